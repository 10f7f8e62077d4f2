//! 修正系数表: the coefficients parcels are valued by, as a table.

use super::units::in_lang;
use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::Release;
use crate::review::coefficients::{Coefficient, Unit, coefficients};
use crate::say;

/// One row per coefficient, use by use; no rows where the release has no correction system.
pub fn corrections_table(release: &Release, lang: Lang) -> Table<'static> {
    // A sealed system was sound when it was sealed.
    let rows = coefficients(release).unwrap_or_default();
    let texts =
        |text: &dyn Fn(&Coefficient) -> String| Cells::Own(Values::Text(rows.iter().map(text).collect::<Texts>()));
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let values = Cells::Own(Values::Real(rows.iter().map(|row| row.value).collect()));
    let fields = vec![
        field("use_name", say!("use name", "土地用途"), texts(&|row| release.uses[row.use_index].name.clone())),
        field("grades", say!("grades", "适用级别"), texts(&|row| grades(row, lang))),
        field("table", say!("corrected for", "修正项目"), texts(&|row| row.table.in_lang(lang).to_string())),
        field("item", say!("value or step", "取值或等次"), texts(&|row| row.item.in_lang(lang).to_string())),
        field("meaning", say!("what it means", "指标说明"), texts(&|row| row.condition.clone())),
        field("value", say!("coefficient", "修正系数"), values).shown_with(4),
        field("unit", say!("unit", "单位"), texts(&|row| unit(row.unit, lang).to_string())),
    ];
    let rows = rows.len();
    Table {
        name: "corrections".into(),
        title: say!("Correction coefficients", "基准地价修正系数表"),
        fields,
        shapes: None,
        crs: None,
        rows,
    }
}

fn grades(row: &Coefficient, lang: Lang) -> String {
    if row.grades.is_empty() {
        return in_lang(lang, "all", "各级").to_string();
    }
    row.grades.iter().map(|own| grade::name(*own, lang)).collect::<Vec<_>>().join(in_lang(lang, ", ", "、"))
}

fn unit(unit: Unit, lang: Lang) -> &'static str {
    match unit {
        Unit::Factor => in_lang(lang, "times", "倍"),
        Unit::Percent => "%",
        Unit::Yuan => "元/㎡",
        Unit::Words => "",
        Unit::Law => in_lang(lang, "of the law", "公式参数"),
    }
}
