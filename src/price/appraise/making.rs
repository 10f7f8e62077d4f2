//! The steps of the formula: each finds its coefficient, or says why the set one stands.

use super::chain::{chain, exact_sum};
use super::{Appraised, Coefficient, LEAST_SHARE, Role, Subject, Warning};
use crate::land::money::round_half_up;
use crate::land::services;
use crate::land::{Fault, Outcome, Text};
use crate::price::system::{FactorTable, Reading, Step, System, Table, factors, is_for};
use crate::project::system::Effect;
use crate::say;

/// Coefficients as they are found.
pub(super) struct Making<'a> {
    subject: &'a Subject<'a>,
    system: &'a System,
    coefficients: Vec<Coefficient>,
    warnings: Vec<Warning>,
}

impl<'a> Making<'a> {
    pub(super) fn new(system: &'a System, subject: &'a Subject<'a>) -> Making<'a> {
        Making { subject, system, coefficients: Vec::new(), warnings: Vec::new() }
    }

    /// Every step of the formula, in its order.
    pub(super) fn all(mut self) -> Outcome<Appraised> {
        self.known()?;
        self.factors()?;
        self.of_tables(Effect::Sum)?;
        self.product("date", say!("date", "期日"), self.subject.date.clone(), "");
        self.plot_ratio()?;
        self.of_tables(Effect::Product)?;
        self.term()?;
        self.development();
        Ok(self.finish())
    }

    /// Every condition must be one a table asks for.
    fn known(&self) -> Outcome<()> {
        let grade = self.subject.grade;
        let factors = self.system.factors.iter().chain(self.system.weighted.iter().map(|(table, _)| table));
        let factors = factors.filter(|table| table.is_for(grade)).map(|table| table.key.as_str());
        let tables = self.system.tables.iter().filter(|table| table.is_for(grade)).map(|table| table.key.as_str());
        let known: Vec<&str> = factors.chain(tables).collect();
        match self.subject.conditions.keys().find(|key| !known.contains(&key.as_str())) {
            None => Ok(()),
            Some(key) => {
                let list = known.join(", ");
                Err(Fault::new(
                    "bad-condition",
                    say!("no table of grade {grade} is for \"{key}\"", "{grade} 级没有「{key}」的修正表"),
                    say!("there are: {list}", "现有:{list}"),
                ))
            }
        }
    }

    fn rounded(&self, k: f64) -> f64 {
        self.system.decimals.map_or(k, |decimals| round_half_up(k, decimals))
    }

    fn warn(&mut self, code: &'static str, text: Text) {
        self.warnings.push(Warning { code, text });
    }

    fn product(&mut self, key: &str, name: Text, reading: Option<Reading>, given: &str) {
        let (k, row, clamped) = match reading {
            Some(reading) => (self.rounded(reading.k), reading.row, reading.clamped),
            None => (1.0, say!("as set", "与设定相同"), false),
        };
        if clamped {
            let (Text { en, zh }, at) = (&name, given);
            self.warn(
                "outside-table",
                say!("{en} {at} lies outside its table: the end was taken", "{zh} {at} 超出修正表,取端点值"),
            );
        }
        let given = Text::same(given);
        self.coefficients.push(Coefficient { key: key.to_string(), name, role: Role::Product, value: k, given, row });
    }

    fn factors(&mut self) -> Outcome<()> {
        let grade = self.subject.grade;
        let stepped = self.system.factors.iter().filter(|table| table.is_for(grade)).cloned();
        let (up, down) = self.amplitude();
        let decimals = 2;
        let weighted =
            self.system.weighted.iter().filter(|(table, _)| table.is_for(grade)).map(|(table, weight)| FactorTable {
                steps: factors::steps(up, down, *weight, decimals),
                ..table.clone()
            });
        let tables: Vec<FactorTable> = stepped.chain(weighted).collect();
        for table in &tables {
            let given = self.subject.conditions.get(&table.key);
            let step = match given {
                None => None,
                Some(condition) => Some(table.step(condition).ok_or_else(|| bad_condition(&table.name, condition))?),
            };
            let value = step.map_or(0.0, |step| table.percent(step));
            let row = match step {
                None => say!("not known: taken as fair", "未给出,按一般处理"),
                Some(step) => {
                    let Text { en, zh } = step.text();
                    let words = table.conditions.as_ref().map_or(String::new(), |words| words[step as usize].clone());
                    let between = if words.is_empty() { "" } else { ": " };
                    say!("{en}{between}{words} → {value} %", "{zh}{between}{words} → {value}%")
                }
            };
            self.coefficients.push(Coefficient {
                key: table.key.clone(),
                name: Text::same(&table.name),
                role: Role::Sum,
                value,
                given: Text::same(given.map_or("", String::as_str)),
                row,
            });
        }
        if !tables.is_empty() {
            self.bounds(&tables);
        }
        Ok(())
    }

    /// F+ and F− of the grade: those of the system, else of its samples.
    fn amplitude(&self) -> (f64, f64) {
        let grade = self.subject.grade;
        let stated = self.system.amplitude.iter().find(|entry| is_for(entry.grades.as_ref(), grade));
        match (stated, self.subject.samples) {
            (Some(entry), _) => (entry.up, entry.down),
            (None, Some((lowest, highest))) => factors::amplitude(self.subject.benchmark, highest, lowest),
            (None, None) => (0.0, 0.0),
        }
    }

    fn bounds(&mut self, tables: &[FactorTable]) {
        let sum: f64 = self.coefficients.iter().filter(|one| one.role == Role::Sum).map(|one| one.value).sum();
        let (up, down) = self.amplitude();
        let outside = (up > 0.0 || down > 0.0) && !(-down - 0.05..=up + 0.05).contains(&sum);
        if outside {
            let [sum, up, down] = [sum, up, down].map(|percent| format!("{percent:.2}"));
            self.warn(
                "outside-amplitude",
                say!("ΣK {sum} % lies outside −{down} % to +{up} %", "ΣK {sum}% 超出修正幅度 −{down}% 至 +{up}%"),
            );
        }
        let unknown = tables.iter().filter(|table| !self.subject.conditions.contains_key(&table.key)).count();
        if unknown > 0 {
            let all = tables.len();
            self.warn(
                "conditions-unknown",
                say!(
                    "{unknown} of {all} factors are not known and taken as fair",
                    "{all} 个修正因素中有 {unknown} 个未给出,按一般处理"
                ),
            );
        }
    }

    /// Tables whose coefficient is a percentage of ΣK, or those that multiply.
    fn of_tables(&mut self, effect: Effect) -> Outcome<()> {
        let grade = self.subject.grade;
        let system = self.system;
        let tables: Vec<&Table> =
            system.tables.iter().filter(|table| table.into == effect && table.is_for(grade)).collect();
        for table in tables {
            let Some(condition) = self.subject.conditions.get(&table.key) else {
                // Not known: as the standard parcel.
                continue;
            };
            let reading = table.at(condition).ok_or_else(|| bad_condition(&table.name, condition))?;
            let name = Text::same(&table.name);
            match effect {
                Effect::Product => self.product(&table.key, name, Some(reading), condition),
                Effect::Sum => self.coefficients.push(Coefficient {
                    key: table.key.clone(),
                    name,
                    role: Role::Sum,
                    value: reading.k,
                    given: Text::same(condition),
                    row: reading.row,
                }),
            }
        }
        Ok(())
    }

    fn plot_ratio(&mut self) -> Outcome<()> {
        let grade = self.subject.grade;
        let law = self.system.plot_ratio.iter().find(|law| law.is_for(grade));
        let name = say!("plot ratio", "容积率");
        let Some(ratio) = self.subject.plot_ratio else {
            self.product("plot_ratio", name, None, "");
            return Ok(());
        };
        let bad = || {
            Fault::new(
                "plot-ratio",
                say!("the plot ratio {ratio} has no coefficient", "容积率 {ratio} 没有修正系数"),
                say!("give a positive plot ratio", "请给出正的容积率"),
            )
        };
        if !(ratio > 0.0 && ratio.is_finite()) {
            return Err(bad());
        }
        match law {
            Some(law) => {
                let reading = law.at(ratio).ok_or_else(bad)?;
                self.product("plot_ratio", name, Some(reading), &ratio.to_string());
            }
            None => {
                if ratio != self.system.set_plot_ratio {
                    self.warn(
                        "no-plot-ratio-table",
                        say!(
                            "there is no table of the plot ratio: {ratio} is not corrected for",
                            "没有容积率修正表,容积率 {ratio} 未作修正"
                        ),
                    );
                }
                self.product("plot_ratio", name, None, &ratio.to_string());
            }
        }
        Ok(())
    }

    fn term(&mut self) -> Outcome<()> {
        let name = say!("term", "年期");
        let Some(years) = self.subject.term else {
            self.product("term", name, None, "");
            return Ok(());
        };
        let reading = self.system.term.at(years).ok_or_else(|| {
            Fault::new(
                "term",
                say!("the remaining term {years} is no positive number of years", "剩余年期 {years} 不是正数"),
                say!("give the remaining years", "请给出剩余年数"),
            )
        })?;
        self.product("term", name, Some(reading), &years.to_string());
        Ok(())
    }

    fn development(&mut self) {
        let name = say!("development", "开发程度");
        let key = "development".to_string();
        let (set, own) = (self.system.set_services.clone(), self.subject.services);
        let (value, given, row) = match (&self.system.development, set, own) {
            (Some(costs), Some(set), Some(own)) => {
                let difference = costs.between(&set, own, self.subject.benchmark);
                if !difference.unknown.is_empty() {
                    let texts: Vec<Text> = difference.unknown.iter().map(|service| service.text()).collect();
                    let list = |of: fn(&Text) -> &str| texts.iter().map(of).collect::<Vec<_>>().join(", ");
                    let (en, zh) = (list(|text| &text.en), list(|text| &text.zh));
                    self.warn("cost-unknown", say!("no cost is known of: {en}", "下列项目没有开发费用,未作修正:{zh}"));
                }
                (difference.amount, services::text(own), difference.row)
            }
            (None, Some(set), Some(own)) if set != *own => {
                self.warn(
                    "cost-unknown",
                    say!("there is no table of development costs", "没有开发程度修正表,未作修正"),
                );
                (0.0, services::text(own), say!("not corrected", "未修正"))
            }
            _ => (0.0, own.map_or_else(Text::default, services::text), say!("as set", "与设定相同")),
        };
        self.coefficients.push(Coefficient { key, name, role: Role::Amount, value, given, row });
    }

    fn finish(mut self) -> Appraised {
        let sum = exact_sum(self.coefficients.iter().filter(|one| one.role == Role::Sum).map(|one| one.value));
        let (benchmark, order) = (self.subject.benchmark, self.system.order);
        let term = self.coefficients.iter().filter(|one| one.role == Role::Product && one.key == "term");
        let others = self.coefficients.iter().filter(|one| one.role == Role::Product && one.key != "term");
        let amount: f64 = self.coefficients.iter().filter(|one| one.role == Role::Amount).map(|one| one.value).sum();
        let (others, term): (Vec<f64>, Vec<f64>) =
            (others.map(|one| one.value).collect(), term.map(|one| one.value).collect());
        let price = chain(benchmark, sum, &others, &term, amount, order);
        if let Some((lowest, highest)) = self.subject.samples {
            let corrected = benchmark * (1.0 + sum / 100.0);
            if corrected < lowest || corrected > highest {
                let at = format!("{corrected:.2}");
                let (lowest, highest) = (format!("{lowest:.2}"), format!("{highest:.2}"));
                self.warn(
                    "outside-grade",
                    say!(
                        "{at} 元/㎡ after the factors lies outside the samples of the grade, {lowest} to {highest}",
                        "因素修正后 {at} 元/㎡ 超出该级别样点范围 {lowest} 至 {highest}"
                    ),
                );
            }
        }
        let least = LEAST_SHARE * benchmark;
        if price < least {
            let (percent, least) = (LEAST_SHARE * 100.0, format!("{least:.2}"));
            self.warn(
                "below-floor",
                say!(
                    "below {percent} % of the price of the grade ({least} 元/㎡), the least of a negotiated grant",
                    "低于级别基准地价的 {percent}%({least} 元/㎡),即协议出让最低价"
                ),
            );
        }
        Appraised { price, coefficients: self.coefficients, order, sum, warnings: self.warnings }
    }
}

fn bad_condition(name: &str, condition: &str) -> Fault {
    let steps: Vec<Text> = Step::ALL.iter().map(|step| step.text()).collect();
    let list = |of: fn(&Text) -> &str| steps.iter().map(of).collect::<Vec<_>>().join(", ");
    let (en, zh) = (list(|text| &text.en), list(|text| &text.zh));
    Fault::new(
        "bad-condition",
        say!("\"{condition}\" is no condition of {name}", "「{condition}」不是 {name} 的条件"),
        say!("write a step ({en}), its words, or a value of the table", "请写等次({zh})、条件说明原文或表中的值"),
    )
}
