//! The days of the sales: read in any spelling, and held against the price index they are brought to the base date by.

use super::cells::Cells;
use crate::ingest::finding::Code;
use crate::land::date::{self, Quarter};
use crate::land::{Text, date::SPELLINGS};
use crate::project::Project;
use crate::project::plan::IndexReading;
use crate::say;
use jiff::civil::Date;

impl Cells<'_, '_> {
    /// Dates; one that the index of the sample's use does not cover is a finding, and the sample is left out.
    pub fn dates(&mut self, at: Option<usize>, uses: &[Option<u8>]) -> Vec<Option<Date>> {
        let Some(at) = at else { return self.rows().map(|_| None).collect() };
        let mut found = Vec::new();
        for row in self.rows() {
            let text = self.text(at, row);
            let written = date::written(&text);
            let month = date::month(&text).filter(|_| written.is_none());
            match written {
                None if month.is_some() => {
                    let read = month.unwrap_or_default();
                    self.told(
                        Code::DateConverted,
                        row,
                        say!(
                            "\"{text}\" tells no day: the middle of the month, {read}, is taken",
                            "「{text}」未注明日,取月中 {read}"
                        ),
                        true,
                    );
                }
                None => self.told(Code::MissingValue, row, no_date(&text), false),
                Some(written) if written.converted => {
                    let day = written.date;
                    self.told(
                        Code::DateConverted,
                        row,
                        say!("\"{text}\" is read as {day}", "「{text}」读作 {day}"),
                        true,
                    );
                }
                Some(_) => {}
            }
            let day = written.map(|written| written.date).or(month);
            let priced = uses[row].is_some_and(|at| self.reading.project.uses[usize::from(at)].price.is_some());
            if let Some(detail) = day.filter(|_| priced).and_then(|day| outside(self.reading.project, day)) {
                self.told(Code::OutOfRange, row, detail, false);
            }
            found.push(day);
        }
        found
    }
}

/// What is said of a day that the project's index does not cover.
fn outside(project: &Project, day: Date) -> Option<Text> {
    let plan = project.prices.as_ref()?;
    let (first, last) = (plan.index.keys().next()?, plan.index.keys().next_back()?);
    let quarter = Quarter::of(day);
    // Between the ends of quarters the one before is asked for too.
    let both = plan.index_reading == IndexReading::Month && day.month() % 3 != 0;
    let needed = [Some(quarter), both.then(|| quarter.before())];
    let lacking = needed.into_iter().flatten().find(|quarter| !plan.index.contains_key(quarter))?;
    Some(say!(
        "its date is {day}: the price index, {first} to {last}, has no value for {lacking}",
        "交易日期为 {day}:地价指数({first} 至 {last})没有 {lacking} 的值"
    ))
}

/// A cell that is no date, and how dates are written.
fn no_date(text: &str) -> Text {
    let spellings = SPELLINGS;
    if text.trim().is_empty() {
        return say!("it has no date; dates are read as {spellings}", "没有日期;可读取的写法:{spellings}");
    }
    let serial = text.parse().is_ok_and(|days: f64| (1.0..100_000.0).contains(&days));
    let (en, zh) = match serial {
        true => (
            "; a spreadsheet's count of days: format the column as dates",
            ";似为电子表格的日期序号,请将该列设为日期格式",
        ),
        false => ("", ""),
    };
    say!(
        "\"{text}\" is no date that can be read; dates are read as {spellings}{en}",
        "「{text}」不是可读取的日期;可读取的写法:{spellings}{zh}"
    )
}
