//! What is checked and from where on it is a finding: rules as data, those of the product or a bureau's own file.

use crate::land::{Fault, Outcome, Text, written};
use crate::say;
use jiff::Span;
use jiff::civil::Date;
use serde::{Deserialize, Serialize};
use std::path::Path;

/// The rules that come with the program.
pub const BUILT_IN: &str = include_str!("rules.toml");

/// How much a finding weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    Note,
    Warning,
    Error,
}

/// A whole rule file; a section per check.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(non_snake_case, reason = "the sections bear the numbers of the checks")]
pub struct Rules {
    pub score: Score,
    pub uses: Vec<UseRule>,
    #[serde(default)]
    pub provinces: Vec<Province>,
    pub U1: Age,
    pub U2: Lag,
    pub U3: Plain,
    pub U4: Filing,
    pub U5: Uses,
    pub U6: Coverage,
    pub U7: Borders,
    pub U8: Order,
    pub U9: UseOrder,
    pub U10: Industrial,
    pub U11: Tables,
    pub U12: Map,
    pub U13: Growth,
    pub U14: Plain,
    pub U15: Form,
    pub U16: Parcels,
    pub U17: Series,
    pub U18: Documents,
    pub U19: Plain,
    pub U20: Transfers,
}

/// Points per finding.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Score {
    pub note: f64,
    pub warning: f64,
    pub error: f64,
}

/// A use districts should have.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UseRule {
    pub key: String,
    pub title: String,
    pub names: Vec<String>,
    pub required: bool,
}

/// What a province asks for beyond the nation.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Province {
    pub code: String,
    pub name: String,
    pub update_years: Option<f64>,
    /// `MM-DD` by which something is filed every year.
    pub yearly_filing: Option<String>,
}

/// From what day years are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CountFrom {
    BaseDate,
    Publication,
}

macro_rules! sections {
    ($($(#[$doc:meta])* $name:ident { $($field:ident: $kind:ty),* $(,)? })*) => {
        $($(#[$doc])*
        #[derive(Clone, Debug, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name { $(pub $field: $kind),* })*
    };
}

sections! {
    /// Nothing but how much it weighs.
    Plain { severity: Severity }
    /// Years by the calendar.
    Age { from: CountFrom, notice_years: f64, overdue_years: f64, expired_years: f64, notice: Severity, overdue: Severity, expired: Severity }
    /// Months between base date and publication.
    Lag { most_months: u16, severity: Severity }
    /// Days after publication.
    Filing { within_days: u16, severity: Severity }
    /// Uses that are missing.
    Uses { required: Severity, recommended: Severity }
    /// The share of the required range without a grade; towns without a table.
    Coverage { most_missing: f64, severity: Severity, towns: Severity }
    /// Limits of the gaps at borders.
    Borders { step_times: f64, ratio: f64, tolerance: f64, overlap: f64, close_gaps: f64, severity: Severity }
    /// The band of P_k/P_{k+1}.
    Order { least_ratio: f64, most_ratio: f64, order: Severity, ratio: Severity }
    /// Uses from the dearest.
    UseOrder { order: Vec<String>, severity: Severity }
    /// 元/㎡ by class of land.
    Industrial { least: Vec<f64>, severity: Severity }
    /// Tolerances of tables.
    Tables { set_ratio: f64, spike_times: f64, rate_fit: f64, amplitude: f64, severity: Severity }
    /// Grades a unit moves by.
    Map { grade_jump: u8, moved: Severity, jump: Severity }
    /// ln of growth against ln of the index.
    Growth { most_difference: f64, least_move: f64, severity: Severity }
    /// What is no discrete, dated table of prices.
    Form { least_days: u32, most_prices: usize, severity: Severity }
    /// Standard parcels.
    Parcels { most_years: f64, least_per_zone: usize, most_deviation: f64, severity: Severity }
    /// Monitoring points.
    Series { frozen_quarters: usize, lag_quarters: usize, severity: Severity }
    /// Their order; those that are missing.
    Documents { severity: Severity, missing: Severity }
    /// The least share of the price of the grade, and what a negotiated transfer is called.
    Transfers { least_share: f64, methods: Vec<String>, severity: Severity }
}

impl Default for Rules {
    fn default() -> Rules {
        Rules::parse(BUILT_IN).expect("the rules that come with the program can be read")
    }
}

fn shown() -> Text {
    say!("start from `landgrade supervise --show-rules`", "请以 landgrade supervise --show-rules 的输出为底本修改")
}

impl Rules {
    /// Reads a rule file.
    ///
    /// # Errors
    /// `io`, `bad-rules` with the line.
    pub fn read(path: &Path) -> Outcome<Rules> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::io(say!("cannot read the rules", "无法读取规则文件"), path, &error))?;
        Rules::parse(&text).map_err(|fault| fault.within(path))
    }

    /// Reads the text of a rule file.
    ///
    /// # Errors
    /// `bad-rules` at its line.
    pub fn parse(text: &str) -> Outcome<Rules> {
        let bad = |line: usize, said: String| {
            Fault::new("bad-rules", say!("the rules are not understood: {said}", "规则文件有误:{said}"), shown())
                .at(line)
        };
        let rules: Rules = written::parse(text, "bad-rules", shown())?;
        let years = [rules.U1.notice_years, rules.U1.overdue_years, rules.U1.expired_years, rules.U16.most_years];
        let local = rules.provinces.iter().filter_map(|province| province.update_years);
        let odd = years.into_iter().chain(local).find(|years| months(*years).is_none());
        if let Some(years) = odd {
            return Err(bad(1, format!("{years} years are no whole number of months above 0")));
        }
        let dates = rules.provinces.iter().filter_map(|province| province.yearly_filing.as_deref());
        if let Some(day) = dates.into_iter().find(|day| in_year(day, 2024).is_none()) {
            return Err(bad(1, format!("yearly_filing \"{day}\" is no MM-DD")));
        }
        Ok(rules)
    }

    /// The use of the rules that a use of a release is.
    pub fn use_of(&self, key: &str, name: &str) -> Option<&UseRule> {
        let by_key = self.uses.iter().find(|rule| rule.key == key);
        let named =
            |rule: &&UseRule| rule.names.iter().any(|own| name.contains(own.as_str()) || key.contains(own.as_str()));
        by_key.or_else(|| self.uses.iter().find(named))
    }
}

/// Years as months; `None` unless they are whole months above 0.
fn months(years: f64) -> Option<i32> {
    let months = years * 12.0;
    (months.fract() == 0.0 && (1.0..=1200.0).contains(&months)).then_some(months as i32)
}

/// The day so many years after another, by the calendar: 29 February becomes 28 February.
pub fn after(day: Date, years: f64) -> Option<Date> {
    day.checked_add(Span::new().months(months(years)?)).ok()
}

/// `MM-DD` of a year.
pub fn in_year(day: &str, year: i16) -> Option<Date> {
    let (month, day) = day.split_once('-')?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

/// Years between two days, for readers: days over 365.25, two decimals.
pub fn years_between(from: Date, to: Date) -> f64 {
    let days = f64::from((to - from).get_days());
    crate::land::money::round_half_up(days / 365.25, 2)
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
