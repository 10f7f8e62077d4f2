//! 修正系数表: every coefficient of a release's correction system, row by row, as people read them.

use crate::land::date::Quarter;
use crate::land::money::round_half_up;
use crate::land::{Outcome, Text};
use crate::price::appraise::Ready;
use crate::price::street::DepthRule;
use crate::price::system::{
    Development, FactorTable, Form, PlotRatioForm, PlotRatioLaw, Step, System, Table, TermLaw, build, refit,
};
use crate::project::Project;
use crate::project::plan::IndexReading;
use crate::project::system::{CostUnit, Effect, Order, System as File};
use crate::release::Release;
use crate::say;
use std::collections::BTreeMap;
use std::path::Path;

/// One coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    pub use_index: usize,
    /// Empty where it holds for all grades.
    pub grades: Vec<u8>,
    /// What is corrected for: 容积率, 年期, a factor.
    pub table: Text,
    /// The value, the step or the word it is read by.
    pub item: Text,
    /// What the step means; empty where nothing is said.
    pub condition: String,
    /// NaN of a row in words.
    pub value: f64,
    pub unit: Unit,
    pub kind: Kind,
}

/// What a row is of its table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It says in words how the others are used.
    Words,
    /// How far the factors of a grade may correct, up or down.
    Amplitude,
    /// One of the five steps of a factor.
    Step,
    /// Read by a value or a word.
    Value,
}

/// How a coefficient works on a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// It multiplies.
    Factor,
    /// Percent of ΣK.
    Percent,
    /// 元/㎡.
    Yuan,
    /// The power of (R/R0)^b, or s and c of the straight and the logarithmic part.
    Law,
    /// Not at all: the row says how the others are put together.
    Words,
}

/// Decimals of a percent that amplitudes are shown with.
const AMPLITUDE: u32 = 4;

/// The rows, use by use; none for imported releases and for projects without corrections.
///
/// # Errors
/// What the project and the system say.
pub fn coefficients(release: &Release) -> Outcome<Vec<Coefficient>> {
    if release.head.project.is_empty() {
        return Ok(Vec::new());
    }
    let project = Project::sealed(&release.head.project, Path::new("project.toml"))?;
    let place = Path::new("corrections.toml");
    let (systems, _) = build(&File::parse(&release.head.corrections, place)?, &project.uses)?;
    let index = project.index_of_text(&release.head.index)?;
    let mut rows = Vec::new();
    for (use_index, system) in systems.iter().enumerate() {
        let Some(system) = system else { continue };
        let mut of_use = Rows { use_index, rows: &mut rows };
        of_use.formula(system.order);
        of_use.date(&project, &index);
        system.plot_ratio.iter().for_each(|law| of_use.plot_ratio(law));
        of_use.term(&system.term);
        of_use.factors(release, system);
        system.tables.iter().for_each(|table| of_use.table(table));
        system.development.iter().for_each(|costs| of_use.development(costs, system.floor));
        let streets = project.prices.as_ref().and_then(|plan| plan.streets.as_ref());
        let sold = release.map.places.streets.rows.iter().any(|row| usize::from(row.use_index) == use_index);
        if let Some(plan) = streets.filter(|_| sold) {
            of_use.depth(&DepthRule::of(plan)?);
        }
    }
    Ok(rows)
}

struct Rows<'a> {
    use_index: usize,
    rows: &'a mut Vec<Coefficient>,
}

impl Rows<'_> {
    fn push(&mut self, grades: &[u8], table: &Text, item: Text, value: f64, unit: Unit) {
        let kind = if unit == Unit::Words { Kind::Words } else { Kind::Value };
        self.push_of(kind, grades, table, item, value, unit);
    }

    fn push_of(&mut self, kind: Kind, grades: &[u8], table: &Text, item: Text, value: f64, unit: Unit) {
        let (table, condition, grades) = (table.clone(), String::new(), grades.to_vec());
        self.rows.push(Coefficient { use_index: self.use_index, grades, table, item, condition, value, unit, kind });
    }

    /// How the rows below make a price, and when the cost of development is added.
    fn formula(&mut self, order: Order) {
        self.push(&[], &say!("formula", "估价公式"), order.formula(), f64::NAN, Unit::Words);
        let added = match order {
            Order::AfterAll => say!("added after all coefficients", "各项修正之后加上"),
            Order::BeforeTerm => say!("added before the term is corrected for", "年期修正之前加上"),
        };
        self.push(&[], &say!("development D", "开发程度修正 D"), added, f64::NAN, Unit::Words);
    }

    /// A sentence on how the rows that follow are read.
    fn rule(&mut self, grades: &[u8], table: &Text, rule: Text) {
        self.push(grades, table, rule, f64::NAN, Unit::Words);
    }

    /// K = I(date) / I(base date) by quarters; months in between lie on a straight line where the project reads the index so.
    fn date(&mut self, project: &Project, index: &BTreeMap<Quarter, Vec<f64>>) {
        let stated = project.prices.as_ref().and_then(|plan| plan.base_quarter);
        let Some(base) = stated.or_else(|| project.base_date.map(Quarter::of)) else { return };
        let value = |quarter: &Quarter| index.get(quarter)?.get(self.use_index).copied();
        let Some(at_base) = value(&base) else { return };
        let title = say!("date (base {base})", "期日(基期 {base})");
        let quarters: Vec<(Quarter, f64)> = index.keys().filter_map(|own| Some((*own, value(own)?))).collect();
        let by_month = project.prices.as_ref().is_some_and(|plan| plan.index_reading == IndexReading::Month);
        let rule = match by_month {
            true => say!(
                "index of the date over that of the base date; a quarter's value is that of its last month, months before it lie on the straight line from the quarter before; no price beyond these quarters",
                "估价期日指数与基期指数之比;季度指数为季末月的值,其余月份与上季度末之间按直线内插;表列季度以外不修正,须补充指数"
            ),
            false => say!(
                "index of the quarter of the date over that of the base date; no price beyond these quarters",
                "估价期日所在季度的指数与基期指数之比,季度内不内插;表列季度以外不修正,须补充指数"
            ),
        };
        if !quarters.is_empty() {
            self.rule(&[], &title, rule);
        }
        for (quarter, at) in quarters {
            self.push(&[], &title, Text::same(format!("{quarter} ({at}/{at_base})")), at / at_base, Unit::Factor);
        }
    }

    /// Behind a street: against the price of the standard depth.
    fn depth(&mut self, rule: &DepthRule) {
        let title = say!("depth behind a street", "临街进深(路线价)");
        self.rule(&[], &title, strips());
        for (part, average) in rule.ends() {
            let item = say!("{part} of the standard depth", "标准深度的 {part} 倍");
            self.push(&[], &title, item, average, Unit::Factor);
        }
    }

    fn plot_ratio(&mut self, law: &PlotRatioLaw) {
        let set = law.set;
        let title = say!("plot ratio (set at {set})", "容积率(设定 {set})");
        let grades = law.grades.clone().unwrap_or_default();
        match &law.form {
            PlotRatioForm::Table(rows, at_set) => {
                let divided = say!(
                    "between two rows by a straight line, beyond the table as its end, divided by {at_set}, the coefficient of the table at {set}",
                    "两行之间按直线内插,超出表列范围取端值,再除以设定容积率 {set} 在原表中的系数 {at_set}"
                );
                self.rule(&grades, &title, if *at_set == 1.0 { straight() } else { divided });
                for [ratio, k] in rows {
                    self.push(&grades, &title, Text::same(ratio.to_string()), k / at_set, Unit::Factor);
                }
            }
            PlotRatioForm::Power(b) => {
                self.rule(&grades, &title, by_law(law.range));
                self.push(&grades, &title, say!("b of (R/{set})^b", "(R/{set})^b 的 b"), *b, Unit::Law);
            }
            PlotRatioForm::LinearLog(slope, c) => {
                self.rule(&grades, &title, by_law(law.range));
                let straight = say!("s of 1 + s·(R − {set}), below", "1 + s·(R − {set}) 的 s(低于设定)");
                self.push(&grades, &title, straight, *slope, Unit::Law);
                let logarithmic = say!("c of 1 + c·ln(R/{set}), above", "1 + c·ln(R/{set}) 的 c(高于设定)");
                self.push(&grades, &title, logarithmic, *c, Unit::Law);
            }
        }
    }

    /// Whole years up to the statutory term.
    fn term(&mut self, law: &TermLaw) {
        let (rate, statutory) = (round_half_up(100.0 * law.rate, 6), law.years);
        let title = match law.table {
            Some(_) => say!("term, of {statutory} years", "年期(最高 {statutory} 年)"),
            None => say!("term, of {statutory} years at {rate} %", "年期(最高 {statutory} 年,还原率 {rate}%)"),
        };
        if let Some((fitted, off)) = law.table.as_ref().and_then(|rows| refit(rows, statutory)) {
            let (fitted, off) = (format!("{:.2}", 100.0 * fitted), format!("{off:.5}"));
            let item = say!(
                "the one rate that fits the table best is {fitted} %, largest difference {off}",
                "与该表最相符的单一还原率为 {fitted}%,最大相差 {off}"
            );
            self.rule(&[], &title, item);
        }
        let read = match law.table {
            Some(_) => straight(),
            None => say!(
                "K = [1 − (1 + r)^−n] / [1 − (1 + r)^−{statutory}], r = {rate} %, also for parts of years; more than {statutory} years count as {statutory}",
                "K = [1 −(1 + r)^−n]/[1 −(1 + r)^−{statutory}],r = {rate}%,不足整年按公式计算;超过 {statutory} 年按 {statutory} 年计"
            ),
        };
        self.rule(&[], &title, read);
        let mut year = 1.0;
        while year <= statutory.min(1000.0) {
            // What lies beyond a printed table is no row of it.
            if let Some(reading) = law.at(year).filter(|reading| !reading.clamped) {
                self.push(&[], &title, say!("{year} years", "{year} 年"), reading.k, Unit::Factor);
            }
            year += 1.0;
        }
        let Some([first, .., last]) = law.table.as_deref() else { return };
        let ([least, k_least], [most, k_most]) = (*first, *last);
        if least > 1.0 {
            let item = say!("under {least} years, as {least}", "{least} 年以下,按 {least} 年");
            self.push(&[], &title, item, k_least, Unit::Factor);
        }
        if most < statutory {
            let item = say!("over {most} years, as {most}", "{most} 年以上,按 {most} 年");
            self.push(&[], &title, item, k_most, Unit::Factor);
        }
    }

    /// Five steps of each factor; those that follow from the samples of a grade differ from grade to grade.
    fn factors(&mut self, release: &Release, system: &System) {
        let use_index = self.use_index;
        let of_use = release.cells.iter().filter(|cell| usize::from(cell.use_index) == use_index);
        let priced = of_use.filter_map(|cell| Some((cell.grade, cell.published?, cell.lowest.zip(cell.highest))));
        let mut known: Vec<(FactorTable, Vec<u8>)> = Vec::new();
        for (grade, price, samples) in priced {
            let ready = Ready::new(system, grade, price, samples);
            if !system.weighted.is_empty() {
                let (title, (up, down)) = (say!("amplitude", "修正幅度"), ready.amplitude());
                let rounded = |share| round_half_up(share, AMPLITUDE);
                for (item, share) in [(say!("F+, up", "F+(上调)"), up), (say!("F−, down", "F−(下调)"), down)] {
                    self.push_of(Kind::Amplitude, &[grade], &title, item, rounded(share), Unit::Percent);
                }
            }
            for table in ready.factor_tables() {
                match known.iter_mut().find(|(known, _)| known == table) {
                    Some((_, grades)) => grades.push(grade),
                    None => known.push((table.clone(), vec![grade])),
                }
            }
        }
        // One factor after the other, each by its grades.
        let mut order: Vec<&str> = Vec::new();
        known.iter().for_each(|(table, _)| {
            if !order.contains(&table.key.as_str()) {
                order.push(&table.key);
            }
        });
        let all = release.cells.iter().filter(|cell| usize::from(cell.use_index) == self.use_index).count();
        for key in &order {
            for (table, grades) in known.iter().filter(|(table, _)| table.key == *key) {
                let own: &[u8] = if grades.len() == all { &[] } else { grades };
                for step in Step::ALL {
                    let (name, percent) = (Text::same(&table.name), table.percent(step));
                    self.push_of(Kind::Step, own, &name, step.text(), percent, Unit::Percent);
                    let words = table.conditions.as_ref().map(|words| words[step as usize].clone());
                    if let (Some(row), Some(words)) = (self.rows.last_mut(), words) {
                        row.condition = words;
                    }
                }
            }
        }
    }

    fn table(&mut self, table: &Table) {
        let grades = table.grades.clone().unwrap_or_default();
        let unit = if table.into == Effect::Sum { Unit::Percent } else { Unit::Factor };
        let title = Text::same(&table.name);
        match &table.form {
            Form::Rows(rows) => {
                self.rule(&grades, &title, straight());
                rows.iter().for_each(|[value, k]| self.push(&grades, &title, Text::same(value.to_string()), *k, unit))
            }
            Form::Depth(standard, rule) => {
                self.rule(&grades, &title, strips());
                for (depth, k) in rule.ends() {
                    let metres = depth * standard;
                    self.push(&grades, &title, say!("{metres} m deep", "深 {metres} 米"), k, unit);
                }
            }
            Form::Classes(classes) => {
                // 一面, 两面, 三面: in the order of their coefficients.
                let mut classes: Vec<(&String, f64)> = classes.iter().map(|(word, k)| (word, *k)).collect();
                classes.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(other.0)));
                classes.into_iter().for_each(|(word, k)| self.push(&grades, &title, Text::same(word), k, unit));
            }
        }
    }

    fn development(&mut self, costs: &Development, floor: bool) {
        let unit = if costs.unit == CostUnit::Percent { Unit::Percent } else { Unit::Yuan };
        let title = say!("development", "开发程度");
        self.rule(&[], &title, match (costs.unit, floor) {
            (CostUnit::Percent, _) => say!(
                "of the benchmark price; added for services beyond the set ones, taken off for those that lack",
                "占基准地价的百分比;高于设定开发程度的加,低于的减"
            ),
            (CostUnit::Yuan, false) => say!(
                "per m² of land; added for services beyond the set ones, taken off for those that lack",
                "按土地面积计;高于设定开发程度的加,低于的减"
            ),
            (CostUnit::Yuan, true) => say!(
                "per m² of land, so ÷ the plot ratio of the parcel for prices of floor; added for services beyond the set ones, taken off for those that lack",
                "按土地面积计,楼面地价须除以宗地容积率;高于设定开发程度的加,低于的减"
            ),
        });
        for (service, cost) in &costs.costs {
            self.push(&[], &title, service.text(), cost.abs(), unit);
        }
    }
}

fn straight() -> Text {
    say!("between two rows by a straight line, beyond the table as its end", "两行之间按直线内插,超出表列范围取端值")
}

fn strips() -> Text {
    say!(
        "the mean of the shares of the strips up to the depth of the parcel, by their ground",
        "宗地进深以内各条带百分率按面积的平均值"
    )
}

/// How a formula is read, and how far.
fn by_law(range: Option<[f64; 2]>) -> Text {
    match range {
        Some([low, high]) => say!(
            "by the formula; below {low} and above {high} as there",
            "按公式计算;低于 {low} 或高于 {high} 的取该端的值"
        ),
        None => say!("by the formula", "按公式计算"),
    }
}

#[cfg(test)]
#[path = "coefficients_tests.rs"]
mod tests;
