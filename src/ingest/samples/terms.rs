//! The years that were left of the right, and what a blank cell means by what was agreed.

use super::cells::{Cells, Kept};
use crate::ingest::finding::{Action, Code, Finding, Policy};
use crate::land::quantity::Quantity;
use crate::land::transaction::Kind;
use crate::land::{Text, date, number};
use crate::say;

/// What is known of the rows by the time their terms are read.
pub(super) struct Agreed<'a> {
    pub kinds: &'a [Option<Kind>],
    pub uses: &'a [Option<u8>],
    pub prices: &'a Option<Vec<f64>>,
    pub figures: &'a [(&'static str, Vec<f64>)],
}

impl Agreed<'_> {
    /// Whether the price is one of the whole term without a remaining term being told: a right starts with its grant, and with what is built
    /// on new land; a yearly income and a cost price are reckoned over the term they are asked for. What is left of a right that is handed
    /// on nobody knows but the table; nor what a price stands for that the table gives of a lease.
    fn whole_term(&self, row: usize) -> Option<Kind> {
        let derived = self.prices.as_ref().is_none_or(|prices| prices.get(row).is_none_or(|price| price.is_nan()));
        self.kinds[row].filter(|kind| match kind {
            Kind::Grant => true,
            Kind::NewHouse | Kind::Joint | Kind::GroundLease | Kind::HouseRent | Kind::Profit | Kind::Cost => derived,
            Kind::Transfer | Kind::OldHouse => false,
        })
    }

    /// The term among the figures.
    fn own_term(&self, row: usize) -> Option<f64> {
        let (_, years) = self.figures.iter().find(|(key, _)| *key == "term")?;
        years.get(row).copied().filter(|years| *years > 0.0)
    }
}

impl Cells<'_, '_> {
    /// Years; of a blank the term of the figures or the connotation, where the type of the sale allows it and the policy for missing values
    /// does not deny it.
    pub fn terms(&mut self, at: Option<usize>, agreed: &Agreed<'_>) -> Option<Vec<f64>> {
        let at = at?;
        let factor = self.headed(at, |unit| Quantity::Years.factor(unit));
        let kept = Kept {
            range: 0.01 / factor..=1000.0 / factor,
            usable: |value| value > 0.0 && value.is_finite(),
            needed: false,
            unit: |unit| Quantity::Years.factor(unit),
        };
        for row in self.rows() {
            let written = self.text(at, row);
            let day = Some(&written)
                .filter(|text| text.len() >= 8 && number::parse(text).is_none_or(|typed| typed.value > 1000.0));
            if let Some(day) = day.and_then(|text| date::parse(text)) {
                let field = self.prepared.raw.columns[at].name.clone();
                let detail = say!(
                    "{field} is \"{written}\", which looks like the day the right ends ({day}), not a number of years",
                    "{field} 为「{written}」,似为土地使用权终止日期({day}),不是年数"
                );
                self.told(Code::OutOfRange, row, detail, false);
            }
        }
        let mut years = self.times(at, factor, kept);
        let allowed = self.reading.policies.get(Code::MissingValue) != Policy::Deny;
        for row in self.rows().filter(|row| years[*row].is_nan()).collect::<Vec<_>>() {
            let field = self.prepared.raw.columns[at].name.clone();
            let set = agreed.uses[row].and_then(|at| self.reading.project.uses[usize::from(at)].price.as_ref());
            let taken = match (agreed.own_term(row), set) {
                (Some(own), _) => Some((own, say!("of its figures", "交易数据的年期"))),
                (None, Some(set)) => Some((set.term, say!("of the benchmark price", "基准地价的设定年期"))),
                (None, None) => None,
            };
            let kind = agreed.whole_term(row).filter(|_| allowed);
            match (kind.map(Kind::text), taken) {
                (Some(Text { en: kind, zh: kind_zh }), Some((term, Text { en, zh }))) => {
                    years[row] = term;
                    let detail = say!(
                        "{field} has no value: for the {kind} the {term} years {en} are taken",
                        "{field} 没有值:{kind_zh}取{zh} {term} 年"
                    );
                    self.kept(row, Code::MissingValue, detail);
                }
                _ => self.told(Code::MissingValue, row, say!("{field} has no value", "{field} 没有值"), false),
            }
        }
        Some(years)
    }

    /// Notes a finding of a row that is used whatever the policy.
    fn kept(&mut self, row: usize, code: Code, detail: Text) {
        if self.prepared.used[row] {
            let (feature, place) = self.named(row);
            let finding = Finding::new(&self.reading.policies, code, self.name, detail);
            self.reading.findings.push(Finding { action: Action::Kept, ..finding.of_feature(feature).at(place) });
        }
    }
}
