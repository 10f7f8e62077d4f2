//! Rows of a table that was handed in beside a release and could not be used, each with the reason; and the units such rows mean.

use crate::land::Text;
use crate::release::Release;
use crate::say;

/// A row that was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct LeftOut {
    /// In the file, from 1.
    pub line: u32,
    pub why: Why,
    /// The value that is meant, as written.
    pub value: String,
}

/// Why a row was left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    NoUnit,
    UnknownUnit,
    UnknownUse,
    /// The unit is graded for several uses and the row tells none.
    NeedsUse,
    OtherUse,
    NoGrade,
    Unreadable,
    OutOfRange,
    Repeated,
    Contradictory,
    NoPlace,
    BadPlace,
    Outside,
    Exchanged,
    BadAmount,
    NoAmount,
    RepeatedSample,
}

impl Why {
    pub fn text(self) -> Text {
        match self {
            Why::NoUnit => say!("no unit is told", "未写单元编号"),
            Why::UnknownUnit => say!("the release has no such unit", "成果中没有该单元"),
            Why::UnknownUse => say!("the release has no such use", "成果中没有该用途"),
            Why::NeedsUse => say!("graded for several uses, and none is told", "该单元有多种用途,未写用途"),
            Why::OtherUse => say!("the unit is of another use", "单元属于其他用途"),
            Why::NoGrade => say!("the unit has no grade", "该单元没有级别"),
            Why::Unreadable => say!("this is no grade", "不是级别"),
            Why::OutOfRange => say!("the use has no such grade", "该用途没有这一级别"),
            Why::Repeated => say!("a vote of the same expert again", "同一专家重复填写"),
            Why::Contradictory => {
                say!("the same expert gives several grades: none counts", "同一专家给出不同级别,均不计")
            }
            Why::NoPlace => say!("neither coordinates nor a unit", "既无坐标也无单元编号"),
            Why::BadPlace => say!("a coordinate is no number", "坐标不是数"),
            Why::Outside => say!("lies in no unit", "不在任何单元内"),
            Why::Exchanged => say!("lies in no unit; x and y look exchanged", "不在任何单元内;x、y 似乎颠倒"),
            Why::BadAmount => say!("an amount is no number, or its unit is not known", "金额不是数,或单位不认识"),
            Why::NoAmount => say!("no profit is told", "未写利润"),
            Why::RepeatedSample => say!("the same row again", "与另一行完全相同"),
        }
    }
}

/// The use a text means: its key or its name. `None` for an empty text.
///
/// # Errors
/// [`Why::UnknownUse`].
pub fn use_of(release: &Release, text: &str) -> Result<Option<u8>, Why> {
    if text.is_empty() {
        return Ok(None);
    }
    let means = |key: &str, name: &str| key.eq_ignore_ascii_case(text) || name.trim() == text;
    let found = release.uses.iter().position(|head| means(&head.key, &head.name));
    found.map(|at| Some(at as u8)).ok_or(Why::UnknownUse)
}

/// The unit a text means, of this use where one is told: its identifier, or, where units stand once for every use, the identifier they have
/// in common (docs/methods/units.md).
///
/// # Errors
/// [`Why`].
pub fn unit_of(release: &Release, text: &str, land_use: Option<u8>) -> Result<usize, Why> {
    if text.is_empty() {
        return Err(Why::NoUnit);
    }
    let units = &release.units;
    if let Some(unit) = units.ids.find_sorted(text) {
        return if land_use.is_none_or(|own| units.uses[unit] == own) { Ok(unit) } else { Err(Why::OtherUse) };
    }
    let of = |at: usize| units.ids.find_sorted(&format!("{text}-{}", release.uses[at].key));
    match land_use {
        Some(own) => of(usize::from(own)).filter(|&unit| units.uses[unit] == own).ok_or(Why::UnknownUnit),
        None => {
            let mut found = (0..release.uses.len()).filter_map(of);
            match (found.next(), found.next()) {
                (Some(unit), None) => Ok(unit),
                (Some(_), Some(_)) => Err(Why::NeedsUse),
                (None, _) => Err(Why::UnknownUnit),
            }
        }
    }
}

/// How many rows each reason left out, with their lines, the reasons in their order.
pub fn by_reason(left_out: &[LeftOut]) -> Vec<(Why, Vec<u32>)> {
    let mut sorted: Vec<(Why, u32)> = left_out.iter().map(|row| (row.why, row.line)).collect();
    sorted.sort_unstable();
    sorted.chunk_by(|a, b| a.0 == b.0).map(|rows| (rows[0].0, rows.iter().map(|row| row.1).collect())).collect()
}
