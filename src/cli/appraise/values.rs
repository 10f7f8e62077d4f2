//! The values of many parcels as a table, and in a workbook as formulas that give them again.

use super::super::Ui;
use super::batch::{Line, Valued};
use super::beside::called;
use landgrade::formats::{Cells, Field, Table};
use landgrade::ingest::subjects::Subjects;
use landgrade::land::{Lang, Text, Texts, Values};
use landgrade::price::appraise::{Codes, Warning};
use landgrade::project::Project;
use landgrade::project::plan::PriceKind;
use landgrade::project::system::Order;
use landgrade::release::Release;
use landgrade::{say, scale};
use std::path::Path;

pub(super) fn is_workbook(target: &Path) -> bool {
    target.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("xlsx"))
}

/// What cells of words hold: codes for programs, names in plain words in workbooks.
#[derive(Clone, Copy)]
pub(super) struct Words {
    lang: Lang,
    plain: bool,
}

impl Words {
    pub(super) fn of(target: &Path, ui: &Ui) -> Words {
        Words { lang: ui.lang, plain: is_workbook(target) }
    }

    fn warnings(self, codes: Codes) -> String {
        if !self.plain {
            return codes.text();
        }
        let titles = codes.iter().map(|code| Warning::title_of(code).in_lang(self.lang).to_string());
        titles.collect::<Vec<_>>().join(if self.lang == Lang::Zh { ";" } else { "; " })
    }

    fn basis(self, (kind, id): (&'static str, &str)) -> String {
        let word = match kind {
            "area" => say!("area", "区片"),
            _ => say!("street", "路线价"),
        };
        if self.plain { format!("{} {id}", word.in_lang(self.lang)) } else { format!("{kind} {id}") }
    }
}

pub(super) fn table_of<'a>(release: &'a Release, subjects: &'a Subjects, lines: &[Line], words: Words) -> Table<'a> {
    let texts = |of: &dyn Fn(&Line) -> String| Cells::Own(Values::Text(lines.iter().map(of).collect::<Texts>()));
    let reals = |of: &(dyn Fn(&Valued) -> f64 + Sync)| {
        Cells::Own(Values::Real(scale::map(lines.len(), |row| lines[row].found.as_ref().map_or(f64::NAN, of))))
    };
    let head = |head: &landgrade::release::UseHead| if words.plain { head.name.clone() } else { head.key.clone() };
    let name = |line: &Line| line.land_use.map_or(String::new(), |at| head(&release.uses[at]));
    let unit = |line: &Line| line.unit.map_or(String::new(), |unit| release.units.ids.show(unit).to_string());
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let grades = lines.iter().map(|line| line.found.as_ref().ok().map(|it| i64::from(it.grade))).collect();
    let reason =
        |line: &Line| line.found.as_ref().err().map_or(String::new(), |it| it.what.in_lang(words.lang).to_string());
    let basis = |it: &Valued| it.basis.as_ref().map(|basis| words.basis((basis.0, &basis.1))).unwrap_or_default();
    let based = texts(&|line| line.found.as_ref().map_or(String::new(), basis));
    let mut fields = vec![
        field(
            "id",
            say!("parcel", "宗地编号"),
            Cells::Own(Values::Text((0..lines.len()).map(|row| called(subjects, row)).collect::<Texts>())),
        ),
        field("use", say!("use", "用途"), texts(&name)),
        field("unit", say!("unit", "单元编号"), texts(&unit)),
        field("grade", say!("grade", "级别"), Cells::Own(Values::Int(grades))),
        field("benchmark", say!("benchmark price", "基准地价"), reals(&|it| it.benchmark)).in_unit("元/㎡"),
        field("sum_k", say!("ΣK", "ΣK"), reals(&|it| it.sum)).in_unit("%").shown_with(2),
        field("far", say!("plot ratio taken", "所用容积率"), reals(&|it| it.ratio)),
        field("k_date", say!("date", "期日修正系数"), reals(&|it| it.date)).shown_with(4),
        field("k_far", say!("plot ratio", "容积率修正系数"), reals(&|it| it.plot_ratio)).shown_with(4),
        field("k_other", say!("other coefficients", "其他修正系数"), reals(&|it| it.others)).shown_with(4),
        field("k_term", say!("term", "年期修正系数"), reals(&|it| it.term)).shown_with(4),
        field("d", say!("development", "开发程度修正"), reals(&|it| it.development)).in_unit("元/㎡").shown_with(2),
        field("price", say!("price of land", "地面地价"), reals(&|it| it.ground)).in_unit("元/㎡"),
        field("floor", say!("price of floor", "楼面地价"), reals(&|it| it.floor)).in_unit("元/㎡"),
        field("price_mu", say!("price of land", "地面地价"), reals(&|it| it.per_mu)).in_unit("万元/亩").shown_with(2),
        field("area", say!("area", "面积"), Cells::Own(Values::Real(lines.iter().map(|line| line.area).collect())))
            .in_unit("m²")
            .shown_with(2),
        field("total", say!("total", "总价"), reals(&|it| it.total)).in_unit("元").shown_with(0),
        field(
            "notes",
            say!("notes", "提示"),
            texts(&|line| line.found.as_ref().map_or(String::new(), |it| words.warnings(it.warnings))),
        ),
        field("reason", say!("why not valued", "未估价原因"), texts(&reason)),
    ];
    if lines.iter().any(|line| line.found.as_ref().is_ok_and(|it| it.basis.is_some())) {
        let title = say!("area or street the price is of", "所用区片或路线价");
        fields.insert(5, field("basis", title, based));
    }
    Table {
        name: "values".to_string(),
        title: say!("Values of parcels", "宗地估价结果"),
        fields,
        shapes: subjects.shapes.as_ref(),
        crs: Some(&release.head.crs),
        rows: lines.len(),
    }
}

/// The formulas of prices and totals, from the cells of their own line. Binary fractions lie a hair beside the half: nine decimals first,
/// then the step the release rounds to.
pub(super) fn formulas<'a>(
    release: &'a Release,
    table: &Table<'_>,
    lines: &'a [Line],
) -> impl Fn(usize, usize, u32) -> Option<String> + Sync + use<'a> {
    let step = rounding(release);
    let places: Vec<String> = table.fields.iter().map(|field| field.name.clone()).collect();
    move |row, column, line| {
        let valued = lines[row].found.as_ref().ok()?;
        let cell = |name: &str| {
            let at = places.iter().position(|own| own == name).unwrap_or(0);
            format!("{}{line}", char::from(b'A' + at as u8))
        };
        let rounded = |price: String| match &step {
            Some(step) => format!("=ROUND(ROUND({price}/{step},9),0)*{step}"),
            None => format!("={price}"),
        };
        let [benchmark, sum, date, far, other, term, amount] =
            ["benchmark", "sum_k", "k_date", "k_far", "k_other", "k_term", "d"].map(cell);
        let before = format!("{benchmark}*(1+{sum}/100)*{date}*{far}*{other}");
        let exact = match valued.order {
            Order::AfterAll => format!("({before}*{term}+{amount})"),
            Order::BeforeTerm => format!("(({before}+{amount})*{term})"),
        };
        let ratio = cell("far");
        Some(match (places[column].as_str(), valued.kind) {
            ("price", PriceKind::Ground) | ("floor", PriceKind::Floor) => rounded(exact),
            ("price", PriceKind::Floor) => rounded(format!("{exact}*{ratio}")),
            ("floor", PriceKind::Ground) => rounded(format!("{exact}/{ratio}")),
            ("price_mu", _) => format!("=ROUND(ROUND({}/15,9),2)", cell("price")),
            ("total", _) if !valued.total.is_nan() => format!("=ROUND(ROUND({}*{},4),0)", cell("price"), cell("area")),
            _ => return None,
        })
    }
}

/// The step prices are rounded to; `None` where they are not.
pub(super) fn rounding(release: &Release) -> Option<String> {
    let project = Project::sealed(&release.head.project, Path::new("project.toml")).ok()?;
    project.prices.as_ref()?.rounding.step.map(|step| step.normalize().to_string())
}
