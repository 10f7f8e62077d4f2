//! Tables that stand beside releases: documents, standard parcels, monitored prices, reports, transfers. A row that cannot be read is told.

use crate::ingest::headed::{Headed, Wanted};
use crate::land::date::Quarter;
use crate::land::{Outcome, Text, date, grade};
use crate::say;
use jiff::civil::Date;
use std::path::Path;

/// A document in the life of a release.
#[derive(Clone, Debug, PartialEq)]
pub struct Document {
    /// The release's name; empty for the newest.
    pub release: String,
    pub kind: Kind,
    pub date: Option<Date>,
    /// 文号; empty where there is none.
    pub number: String,
    pub source: String,
}

/// What a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Hearing,
    Acceptance,
    Approval,
    Publication,
    Filing,
    /// That prices stay as they are, as it is filed every year.
    Confirmation,
    /// The number is that of the document repealed.
    Repeal,
}

impl Kind {
    pub fn title(self) -> Text {
        match self {
            Kind::Hearing => say!("hearing", "听证"),
            Kind::Acceptance => say!("acceptance", "验收"),
            Kind::Approval => say!("approval", "批准"),
            Kind::Publication => say!("publication", "公布"),
            Kind::Filing => say!("filing", "备案"),
            Kind::Confirmation => say!("confirmation", "年度确认"),
            Kind::Repeal => say!("repeal", "废止"),
        }
    }

    fn parse(text: &str) -> Option<Kind> {
        let kinds = [
            (Kind::Hearing, ["hearing", "听证"]),
            (Kind::Acceptance, ["acceptance", "验收"]),
            (Kind::Approval, ["approval", "批"]),
            (Kind::Publication, ["publication", "公布"]),
            (Kind::Filing, ["filing", "备案"]),
            (Kind::Confirmation, ["confirmation", "确认"]),
            (Kind::Repeal, ["repeal", "废止"]),
        ];
        let text = text.to_lowercase();
        kinds.into_iter().find(|(_, words)| words.iter().any(|word| text.contains(word))).map(|(kind, _)| kind)
    }
}

/// A standard parcel (标准宗地).
#[derive(Clone, Debug, PartialEq)]
pub struct Standard {
    pub id: String,
    pub land_use: String,
    pub grade: Option<u8>,
    pub zone: String,
    pub date: Option<Date>,
    /// 元/㎡ at the connotation of its grade.
    pub price: f64,
    /// m²; NaN where it is not told.
    pub area: f64,
    /// In the release's system; NaN where it is not told.
    pub place: [f64; 2],
    pub source: String,
}

/// A monitored price of a point in a quarter.
#[derive(Clone, Debug, PartialEq)]
pub struct Monitored {
    pub point: String,
    pub land_use: String,
    pub quarter: Quarter,
    pub price: f64,
    pub source: String,
}

/// A valuation report.
#[derive(Clone, Debug, PartialEq)]
pub struct Report {
    pub id: String,
    pub date: Date,
    /// The release by its name, or its base date.
    pub cites: String,
    pub source: String,
}

/// A transfer of land.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    pub id: String,
    pub date: Date,
    pub land_use: String,
    pub grade: u8,
    pub method: String,
    /// 元/㎡ of ground at the connotation of its grade.
    pub price: f64,
    pub source: String,
}

fn wanted(title: Text, names: &'static [&'static str], needed: bool) -> Wanted {
    Wanted { title, names, needed }
}

/// Reads the rows that can be read; the others are told.
fn rows<T>(
    path: &Path,
    columns: &[Wanted],
    told: &mut Vec<Text>,
    read: impl Fn(&Headed, usize, String) -> Option<T>,
) -> Outcome<Vec<T>> {
    let table = Headed::read(path, None, columns)?;
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut all = Vec::new();
    for row in 0..table.len() {
        let line = table.line(row);
        match read(&table, row, format!("{name}:{line}")) {
            Some(found) => all.push(found),
            None => told.push(say!("{name}, line {line} cannot be read", "{name} 第 {line} 行无法读取")),
        }
    }
    told.extend(table.notes.iter().map(|note| {
        let Text { en, zh } = note;
        say!("{name}: {en}", "{name}:{zh}")
    }));
    Ok(all)
}

const DATE: &[&str] = &["date", "日期", "期日", "时间"];
const USE: &[&str] = &["use", "用途"];
const GRADE: &[&str] = &["grade", "级别"];
const PRICE: &[&str] = &["price", "价格", "地价", "单价"];
const ID: &[&str] = &["id", "编号", "宗地编号"];

/// # Errors
/// What the reader says; so the four below.
pub fn documents(path: &Path, told: &mut Vec<Text>) -> Outcome<Vec<Document>> {
    let columns = [
        wanted(say!("release", "成果"), &["release", "成果", "期次"], false),
        wanted(say!("kind", "类型"), &["kind", "类型", "文件类型"], true),
        wanted(say!("date", "日期"), DATE, true),
        wanted(say!("number", "文号"), &["number", "文号", "备案号"], false),
    ];
    rows(path, &columns, told, |table, row, source| {
        let written = table.text(2, row);
        let date = date::parse(&written);
        let kind = Kind::parse(&table.text(1, row))?;
        let fine = date.is_some() || written.is_empty();
        fine.then(|| Document { release: table.text(0, row), kind, date, number: table.text(3, row), source })
    })
}

pub fn standard_parcels(path: &Path, told: &mut Vec<Text>) -> Outcome<Vec<Standard>> {
    let columns = [
        wanted(say!("identifier", "编号"), ID, true),
        wanted(say!("use", "用途"), USE, true),
        wanted(say!("grade", "级别"), GRADE, false),
        wanted(say!("zone", "区域"), &["zone", "区域", "标定区域"], false),
        wanted(say!("date", "日期"), DATE, false),
        wanted(say!("price", "价格"), PRICE, true),
        wanted(say!("x", "横坐标"), &["x", "横坐标"], false),
        wanted(say!("y", "纵坐标"), &["y", "纵坐标"], false),
        wanted(say!("area", "面积"), &["area", "面积", "宗地面积"], false),
    ];
    rows(path, &columns, told, |table, row, source| {
        let price = table.amount(5, row, 1.0).value();
        let found = Standard {
            id: table.text(0, row),
            land_use: table.text(1, row),
            grade: grade::parse(&table.text(2, row)),
            zone: table.text(3, row),
            date: date::parse(&table.text(4, row)),
            price,
            area: table.plain(8, row).value(),
            place: [6, 7].map(|column| table.plain(column, row).value()),
            source,
        };
        (price > 0.0).then_some(found)
    })
}

pub fn monitoring(path: &Path, told: &mut Vec<Text>) -> Outcome<Vec<Monitored>> {
    let columns = [
        wanted(say!("point", "监测点"), &["point", "监测点", "监测点编号", "编号", "id"], true),
        wanted(say!("use", "用途"), USE, false),
        wanted(say!("quarter", "季度"), &["quarter", "季度"], true),
        wanted(say!("price", "价格"), PRICE, true),
    ];
    rows(path, &columns, told, |table, row, source| {
        let price = table.amount(3, row, 1.0).value();
        let quarter = Quarter::parse(&table.text(2, row))?;
        let (point, land_use) = (table.text(0, row), table.text(1, row));
        (price > 0.0).then_some(Monitored { point, land_use, quarter, price, source })
    })
}

pub fn reports(path: &Path, told: &mut Vec<Text>) -> Outcome<Vec<Report>> {
    let columns = [
        wanted(say!("report", "报告"), &["report", "报告编号", "id", "编号"], true),
        wanted(say!("date", "日期"), DATE, true),
        wanted(say!("release cited", "引用成果"), &["cites", "release", "引用成果", "成果", "估价期日"], true),
    ];
    rows(path, &columns, told, |table, row, source| {
        let (id, cites) = (table.text(0, row), table.text(2, row));
        Some(Report { id, date: date::parse(&table.text(1, row))?, cites, source })
    })
}

pub fn transfers(path: &Path, told: &mut Vec<Text>) -> Outcome<Vec<Transfer>> {
    let columns = [
        wanted(say!("identifier", "编号"), ID, true),
        wanted(say!("date", "日期"), DATE, true),
        wanted(say!("use", "用途"), USE, true),
        wanted(say!("grade", "级别"), GRADE, true),
        wanted(say!("method", "方式"), &["method", "方式", "供应方式", "出让方式"], true),
        wanted(say!("price", "价格"), PRICE, true),
    ];
    rows(path, &columns, told, |table, row, source| {
        let price = table.amount(5, row, 1.0).value();
        let date = date::parse(&table.text(1, row))?;
        let grade = grade::parse(&table.text(3, row))?;
        let [id, land_use, method] = [0, 2, 4].map(|column| table.text(column, row));
        (price > 0.0).then_some(Transfer { id, date, land_use, grade, method, price, source })
    })
}
