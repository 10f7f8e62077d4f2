//! The sale samples, from a point layer or a table, their amounts in 元 and ㎡; a row that is not used is handed on with its identifier.

mod blanks;
mod cells;
mod dates;
mod fields;
mod sums;
mod table;
mod terms;

use super::finding::Code;
use super::readers::vector::RawLayer;
use super::reading::{Reading, label};
use super::sales::{self, called};
use super::survey::{Rejected, Sample};
use crate::land::heading::{USUAL_PRICE_UNIT, outweighed, price_kind, unit_of_table};
use crate::land::number::yuan_per_square_metre;
use crate::land::transaction::Kind as Type;
use crate::land::{Fault, Outcome};
use crate::project::plan::{PriceKind, SamplesPlan};
use crate::say;
use crate::space::{Kind, Point};
use cells::Cells;
use fields::Fields;
use terms::Agreed;

/// The samples and the rows that are none.
pub(super) type Samples = (Vec<Sample>, Vec<Rejected>);

pub(super) use sums::word as sum_word;

/// Reads the samples, sorted by identifier.
///
/// # Errors
/// What the readers say; `not-points`, `no-coordinates`.
pub(super) fn read(reading: &mut Reading<'_>, plan: &SamplesPlan) -> Outcome<Samples> {
    let name = label(&plan.source);
    let from_table = table::is_table(&plan.source.path);
    if let Some(line) = plan.header.filter(|_| !from_table) {
        return Err(Fault::new(
            "foreign-key",
            say!("`header` = {line} is for tables, the samples are a layer", "header = {line} 只用于表格,样点为图层"),
            say!("leave it out", "请去掉该项"),
        )
        .at(plan.source.path.display()));
    }
    let fields = Fields::of(plan);
    let (mut prepared, above) = if from_table {
        table::read(reading, plan, &fields)?
    } else {
        (reading.layer(&plan.source, &fields.names, Some(0))?, Vec::new())
    };
    let headings: Vec<&str> = fields.price.iter().map(|at| prepared.raw.columns[*at].name.as_str()).collect();
    // Without a column of prices a title tells the units of sums.
    let told = if fields.price.is_some() { &above[..] } else { &[] };
    let unit = unit_of_table(plan.unit.as_deref(), &headings, told);
    let unit = unit.map_err(|fault| fault.at(plan.source.path.display()))?;
    if let Some(told) = outweighed(&headings, &above) {
        reading.note(Code::ReaderRemark, &name, told);
    }
    let price_kind = kind_of_prices(plan, &headings, told).map_err(|fault| fault.at(plan.source.path.display()))?;
    let yuan_per_unit = yuan_per_square_metre(unit.as_deref().unwrap_or(USUAL_PRICE_UNIT)).unwrap_or(1.0);
    if prepared.raw.shapes.kind != Kind::Point && !prepared.raw.rows.is_empty() {
        return Err(Fault::new(
            "not-points",
            say!("the samples' layer {name} holds no points", "样点图层 {name} 不是点图层"),
            say!("name a point layer, or a table with `x` and `y`", "请指定点图层,或带 x、y 列的表格"),
        )
        .at(plan.source.path.display()));
    }
    prepared.raw.shared_ids = sales::shared_ids(&prepared.raw.columns[0], prepared.raw.rows.len());
    if !from_table {
        let (raw, sums_of) =
            (&prepared.raw, |row: usize| sums::word(prepared.raw.columns[0].values.get(row), &[], row));
        let (called, here) = (|row: usize| called(raw, row, false), |row: usize| place(raw, row));
        sums::leave_out(reading, &name, &mut prepared.used, &sums_of, &called, &here);
    }
    Cells::of(reading, &mut prepared, &name, from_table, &above).without_blanks(&plan.blanks);
    sales::identified(reading, &mut prepared, &name, from_table);
    sales::several_points(reading, &mut prepared, &name, from_table);
    let mut cells = Cells::of(reading, &mut prepared, &name, from_table, &above);
    let kinds = cells.kinds(fields.kind);
    let (prices, typed) =
        cells.prices(fields.price, yuan_per_unit, in_yuan(unit.as_deref()), fields.figures.is_empty());
    let uses = cells.uses(fields.use_field);
    let plot_ratio = cells.plot_ratios(fields.plot_ratio);
    let area = fields.area.and_then(|at| Some(cells.area(at, plan.area.as_ref()?))).transpose()?;
    let mut figures = Vec::new();
    for (figure, at) in plan.figures.iter().zip(&fields.figures) {
        figures.push((figure.key, cells.amounts(*at, &figure.column, figure.quantity, false)?));
    }
    let agreed = Agreed { kinds: &kinds, uses: &uses, prices: &prices, figures: &figures };
    let term = cells.terms(fields.term, &agreed);
    let condition = cells.scores(fields.condition);
    let region = cells.scores(fields.region);
    let services = cells.services(fields.development);
    let depth = cells.depths(fields.depth);
    let dates = cells.dates(fields.date, &uses);
    let grades = cells.grades(fields.grade, &uses);
    let mut converted = std::mem::take(&mut cells.converted);
    sales::repeated(reading, &mut prepared, &name, from_table);
    let (mut samples, mut rejected, mut without_unit) = (Vec::new(), Vec::new(), 0);
    for row in 0..prepared.raw.rows.len() {
        let real = |numbers: &Option<Vec<f64>>| {
            numbers.as_ref().and_then(|numbers| numbers.get(row).copied()).filter(|value| !value.is_nan())
        };
        let (called, place) = (called(&prepared.raw, row, from_table), place(&prepared.raw, row));
        let price = real(&prices);
        if !prepared.used[row] || place.is_none() && grades[row].is_none() {
            rejected.push(Rejected { id: called, place, land_use: uses[row], price });
            continue;
        }
        without_unit += usize::from(price.is_some() && !typed[row]);
        let own = figures.iter().filter_map(|(key, values)| Some(((*key).to_string(), values.get(row).copied()?)));
        samples.push(Sample {
            id: prepared.raw.columns[0].values.get(row).to_string(),
            called,
            place,
            land_use: uses[row].unwrap_or(0),
            price,
            price_kind,
            date: dates[row],
            plot_ratio: real(&plot_ratio),
            term: real(&term),
            area: real(&area),
            grade: grades[row],
            kind: kinds[row].or((!figures.is_empty()).then_some(Type::Transfer)),
            figures: own.filter(|(_, value)| !value.is_nan()).collect(),
            condition: real(&condition),
            region: real(&region),
            services: services[row].clone(),
            depth: real(&depth),
            converted: std::mem::take(&mut converted[row]),
        });
    }
    samples.sort_by(sales::order);
    rejected.extend(sales::given_twice(reading, &mut samples, &name, plan.date.is_some()));
    rejected.sort_by(|a, b| sales::order_of_ids(&a.id, &b.id));
    sales::lost(reading, &uses, &samples, &name);
    if unit.is_none() && without_unit > 0 {
        let detail = say!(
            "{without_unit} prices are taken as {USUAL_PRICE_UNIT}: neither the project file (`unit`), nor a heading or title, nor the cells name a unit",
            "{without_unit} 个价格按 {USUAL_PRICE_UNIT} 读取:项目文件(unit)、表头、表题与单元格均未注明单位"
        );
        reading.note(Code::UnitAssumed, &name, detail);
    }
    let other = |sample: &&Sample| {
        let set = reading.project.uses[usize::from(sample.land_use)].price.as_ref();
        sample.price.is_some() && set.zip(price_kind).is_some_and(|(set, told)| set.kind != told)
    };
    let count = samples.iter().filter(other).count();
    if count > 0 {
        let detail = match price_kind {
            Some(PriceKind::Floor) => say!(
                "{count} prices of floor, as heading, title or project tell, are × the plot ratio of the sale prices of land",
                "表头、表题或项目注明为楼面地价:{count} 个价格乘以成交容积率换算为地面地价"
            ),
            _ => say!(
                "{count} prices of land, as heading, title or project tell, are ÷ the plot ratio of the sale prices of floor",
                "表头、表题或项目注明为地面地价:{count} 个价格除以成交容积率换算为楼面地价"
            ),
        };
        reading.note(Code::UnitConverted, &name, detail);
    }
    if yuan_per_unit != 1.0 && fields.price.is_some() {
        let factor = yuan_per_unit;
        reading.note(Code::UnitConverted, &name, say!("prices × {factor} = 元/㎡", "价格 × {factor} = 元/㎡"));
    }
    Ok((samples, rejected))
}

/// Whether prices are of land or of floor, where the project, their heading or a line above the table tells.
///
/// # Errors
/// `kind-conflict` where a heading tells another kind than the project.
fn kind_of_prices(plan: &SamplesPlan, headings: &[&str], above: &[String]) -> Outcome<Option<PriceKind>> {
    let told = price_kind(headings, above);
    match (plan.price_kind, told) {
        (Some(stated), Some((kind, written))) if kind != stated.key() && headings.contains(&written) => {
            Err(Fault::new(
                "kind-conflict",
                say!(
                    "the heading \"{written}\" tells {kind} prices, the project other ones",
                    "表头「{written}」与 price_kind 写明的价格类型不符"
                ),
                say!("mend `price_kind`, or rename the heading if it is wrong", "请更正 price_kind;表头有误时请改名"),
            ))
        }
        (Some(stated), _) => Ok(Some(stated)),
        (None, told) => Ok([PriceKind::Ground, PriceKind::Floor]
            .into_iter()
            .find(|kind| told.is_some_and(|(word, _)| word == kind.key()))),
    }
}

/// Whether prices without another unit are in 元/㎡.
fn in_yuan(unit: Option<&str>) -> bool {
    unit.is_none_or(|unit| unit.starts_with('元') && yuan_per_square_metre(unit) == Some(1.0))
}

fn place(raw: &RawLayer, row: usize) -> Option<Point> {
    raw.shapes.get(row).points().first().copied()
}
