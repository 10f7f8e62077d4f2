//! The steps of the formula: each finds its coefficient, or says why the set one stands.

use super::chain::{chain, exact_sum};
use super::ready::Named;
use super::{Appraised, Coefficient, DEPTH, Given, LEAST_SHARE, Ready, Role, Subject, Warning};
use crate::land::money::round_half_up;
use crate::land::{Fault, Outcome, Text};
use crate::price::system::{Form, Reading, Row, Step, Table};
use crate::say;

/// A printed percentage may be half a unit of its second decimal off, and several are summed.
const HAIR: f64 = 0.05;

/// Coefficients as they are found.
pub(super) struct Making<'a> {
    ready: &'a Ready,
    subject: &'a Subject<'a>,
    coefficients: Vec<Coefficient>,
    warnings: Vec<Warning>,
}

impl<'a> Making<'a> {
    pub(super) fn new(ready: &'a Ready, subject: &'a Subject<'a>) -> Making<'a> {
        let most = ready.factors.len() + ready.sums.len() + ready.products.len() + 4;
        Making { ready, subject, coefficients: Vec::with_capacity(most), warnings: Vec::new() }
    }

    /// Every step of the formula, in its order.
    pub(super) fn all(mut self) -> Outcome<Appraised> {
        let (ready, subject) = (self.ready, self.subject);
        self.known()?;
        self.factors()?;
        for table in &ready.sums {
            match self.read(table)? {
                Some((reading, given)) => self.push(table, Role::Sum, reading.k, given, reading.row),
                None => self.push(table, Role::Sum, 0.0, Given::Nothing, Row::AsSet),
            }
        }
        self.product(&ready.date, subject.date.clone(), Given::Nothing);
        self.plot_ratio()?;
        for table in &ready.products {
            match self.read(table)? {
                Some((reading, given)) => self.product(table, Some(reading), given),
                None => self.product(table, None, Given::Nothing),
            }
        }
        if ready.street && !subject.conditions.contains_key(DEPTH) {
            self.warnings.push(Warning::DepthUnknown);
        }
        self.term()?;
        self.development();
        let done = self.finish();
        if done.price > 0.0 {
            return Ok(done);
        }
        let price = done.price;
        Err(Fault::new(
            "no-price-left",
            say!("the corrections leave {price:.2} 元/㎡: no price", "修正后为 {price:.2} 元/㎡,没有地价"),
            say!(
                "check the term, the services and the conditions against the tables",
                "请对照修正表核对年期、开发程度和各项条件"
            ),
        ))
    }

    /// Every condition must be one a table asks for.
    fn known(&self) -> Outcome<()> {
        let unknown = self.subject.conditions.keys().find(|key| !self.ready.keys().any(|known| known == **key));
        let Some(key) = unknown else { return Ok(()) };
        let grade = self.ready.grade;
        let named: Vec<(&str, &Text)> = self.ready.named().collect();
        let list = |of: fn(&Text) -> &str| {
            let shown = |(key, name): &(&str, &Text)| {
                if of(name) == *key { (*key).to_string() } else { format!("{key} ({})", of(name)) }
            };
            named.iter().map(shown).collect::<Vec<_>>().join(", ")
        };
        let (en, zh) = (list(|name| &name.en), list(|name| &name.zh));
        let help = match named.is_empty() {
            true => say!("leave it out: there are no tables", "请去掉该项:没有修正表"),
            false => say!("there are: {en}", "现有:{zh}"),
        };
        Err(Fault::new(
            "bad-condition",
            say!("no table of grade {grade} is for \"{key}\"", "{grade} 级没有「{key}」的修正表"),
            help,
        ))
    }

    fn push<T>(&mut self, of: &Named<T>, role: Role, value: f64, given: Given, row: Row) {
        let (key, name) = (of.key.clone(), of.name.clone());
        self.coefficients.push(Coefficient { key, name, role, value, given, row });
    }

    fn product<T>(&mut self, of: &Named<T>, reading: Option<Reading>, given: Given) {
        let Some(Reading { k, row, clamped }) = reading else {
            self.push(of, Role::Product, 1.0, given, Row::AsSet);
            return;
        };
        if clamped {
            self.warnings.push(Warning::OutsideTable { name: of.name.clone(), given: given.clone() });
        }
        let k = self.ready.decimals.map_or(k, |decimals| round_half_up(k, decimals));
        self.push(of, Role::Product, k, given, row);
    }

    fn factors(&mut self) -> Outcome<()> {
        let ready = self.ready;
        let (mut unknown, mut percents) = (0, Vec::with_capacity(ready.factors.len()));
        for factor in &ready.factors {
            let Some(condition) = self.subject.conditions.get(&*factor.key) else {
                unknown += 1;
                self.push(factor, Role::Sum, 0.0, Given::Nothing, Row::TakenAsFair);
                continue;
            };
            let step = factor.table.step(condition).ok_or_else(|| bad_condition(&factor.name, condition))?;
            let percent = factor.table.percent(step);
            let words = factor.table.conditions.as_ref().map_or("", |words| words[step as usize].as_str());
            let row = Row::Step { step, words: words.into(), percent };
            percents.push(percent);
            self.push(factor, Role::Sum, percent, Given::Word(condition.clone()), row);
        }
        let (up, down) = ready.amplitude;
        let sum: f64 = percents.iter().sum();
        if (up > 0.0 || down > 0.0) && sum != 0.0 && !(-down - HAIR..=up + HAIR).contains(&sum) {
            self.warnings.push(Warning::OutsideAmplitude { sum, up, down });
        }
        if unknown > 0 {
            self.warnings.push(Warning::ConditionsUnknown { unknown, all: ready.factors.len() });
        }
        Ok(())
    }

    /// The coefficient of a table; `None` where its condition is not known: then the parcel is as the standard one.
    fn read(&self, table: &Named<Table>) -> Outcome<Option<(Reading, Given)>> {
        let Some(condition) = self.subject.conditions.get(&*table.key) else { return Ok(None) };
        let reading = table.table.at(condition).ok_or_else(|| bad_value(&table.name, &table.table.form, condition))?;
        Ok(Some((reading, Given::Word(condition.clone()))))
    }

    fn plot_ratio(&mut self) -> Outcome<()> {
        let of = &self.ready.plot_ratio;
        let Some(ratio) = self.subject.plot_ratio else {
            self.product(of, None, Given::Nothing);
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
        let no_coefficient = || {
            Fault::new(
                "plot-ratio",
                say!(
                    "the law of the plot ratio has no coefficient above 0 at {ratio}",
                    "容积率修正规则在 {ratio} 处没有大于 0 的系数"
                ),
                say!(
                    "mend the law of the correction system, or write the `range` it holds for",
                    "请更正修正体系中的规则,或写明其适用范围 range"
                ),
            )
        };
        let reading = of.table.as_ref().map(|law| law.at(ratio).ok_or_else(no_coefficient)).transpose()?;
        if reading.is_none() && ratio != self.ready.set_plot_ratio {
            self.warnings.push(Warning::NoPlotRatioTable(ratio));
        }
        self.product(of, reading, Given::Number(ratio));
        Ok(())
    }

    fn term(&mut self) -> Outcome<()> {
        let of = &self.ready.term;
        let Some(years) = self.subject.term else {
            self.product(of, None, Given::Nothing);
            return Ok(());
        };
        let reading = of.table.at(years).ok_or_else(|| {
            Fault::new(
                "term",
                say!("the remaining term {years} is no positive number of years", "剩余年期 {years} 不是正数"),
                say!("give the remaining years", "请给出剩余年数"),
            )
        })?;
        self.product(of, Some(reading), Given::Number(years));
        Ok(())
    }

    fn development(&mut self) {
        let of = &self.ready.development;
        let own = self.subject.services;
        let given = own.map_or(Given::Nothing, Given::Services);
        let (value, row) = match (&of.table, self.ready.set_services, own) {
            (Some(costs), Some(set), Some(own)) => {
                let floor = self.ready.floor.then(|| self.subject.plot_ratio.unwrap_or(self.ready.set_plot_ratio));
                let difference = costs.between(set, own, self.ready.benchmark, floor);
                if !difference.unknown.is_empty() {
                    self.warnings.push(Warning::CostUnknown(difference.unknown));
                }
                (difference.amount, difference.row)
            }
            (None, Some(set), Some(own)) if set != own => {
                self.warnings.push(Warning::NoCosts);
                (0.0, Row::NotCorrected)
            }
            (_, None, Some(_)) => {
                self.warnings.push(Warning::SetUnread);
                (0.0, Row::NotCorrected)
            }
            _ => (0.0, Row::AsSet),
        };
        self.push(of, Role::Amount, value, given, row);
    }

    fn finish(mut self) -> Appraised {
        let ready = self.ready;
        let of = |role: Role| self.coefficients.iter().filter(move |one| one.role == role);
        let sum = exact_sum(of(Role::Sum).map(|one| one.value));
        let amount: f64 = of(Role::Amount).map(|one| one.value).sum();
        let is_term = |one: &&Coefficient| one.key == ready.term.key;
        let others: Vec<f64> = of(Role::Product).filter(|one| !is_term(one)).map(|one| one.value).collect();
        let term: Vec<f64> = of(Role::Product).filter(is_term).map(|one| one.value).collect();
        let price = chain(ready.benchmark, sum, &others, &term, amount, ready.order);
        if let Some((lowest, highest)) = ready.samples {
            let at = ready.benchmark * (1.0 + sum / 100.0);
            // Steps are printed to hundredths of a percent: their sum may pass the extremes they are made from by half of one each.
            // The benchmark is rounded, they are not.
            let off = ready.benchmark * 5e-5 * of(Role::Sum).count() as f64 + ready.rounding.half();
            if at < lowest - off || at > highest + off {
                self.warnings.push(Warning::OutsideGrade { at, lowest, highest });
            }
        }
        let least = LEAST_SHARE * ready.of_grade;
        if price < least {
            self.warnings.push(Warning::BelowFloor { least, percent: LEAST_SHARE * 100.0 });
        }
        Appraised { price, coefficients: self.coefficients, order: ready.order, sum, warnings: self.warnings }
    }
}

fn bad_value(name: &Text, form: &Form, condition: &str) -> Fault {
    let help = match form {
        Form::Classes(classes) => {
            let list = classes.keys().map(String::as_str).collect::<Vec<_>>().join(", ");
            say!("write one of: {list}", "请写下列之一:{list}")
        }
        Form::Rows(rows) => {
            let (low, high) = (rows.first().map_or(0.0, |row| row[0]), rows.last().map_or(0.0, |row| row[0]));
            say!("write a number; the table runs from {low} to {high}", "请写数值;该表自 {low} 至 {high}")
        }
        Form::Depth(..) => say!("write the depth in m, above 0", "请写进深(米),应大于 0"),
    };
    no_condition(name, condition, help)
}

fn bad_condition(name: &Text, condition: &str) -> Fault {
    let steps: Vec<Text> = Step::ALL.iter().map(|step| step.text()).collect();
    let list = |of: fn(&Text) -> &str| steps.iter().map(of).collect::<Vec<_>>().join(", ");
    let (en, zh) = (list(|text| &text.en), list(|text| &text.zh));
    let help =
        say!("write a step ({en}), its words, or a value of the table", "请写等次({zh})、条件说明原文或表中的值");
    no_condition(name, condition, help)
}

fn no_condition(Text { en, zh }: &Text, condition: &str, help: Text) -> Fault {
    let what = say!("\"{condition}\" is no condition of {en}", "「{condition}」不是 {zh} 的条件");
    Fault::new("bad-condition", what, help)
}
