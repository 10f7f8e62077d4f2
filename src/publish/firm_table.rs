//! The units with how firm their grades are.

use super::units::{in_lang, square_metres};
use crate::formats::style::{Class, Colour, Look};
use crate::formats::{Cells, Field, Style, Table};
use crate::land::{Lang, Text, Texts, Values, grade};
use crate::release::Release;
use crate::review::Margin;
use crate::say;

const BLUE: Colour = [107, 174, 214];
const ORANGE: Colour = [230, 85, 13];

/// One row per unit: its grade, whether it is firm, the least change of one weight that moves it, and where to.
pub fn firm_table<'a>(
    release: &'a Release,
    margins: &[Option<Margin>],
    kept: Option<&'a [f64]>,
    firm: f64,
    lang: Lang,
) -> Table<'a> {
    let units = &release.units;
    let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
    let texts =
        |text: &dyn Fn(usize) -> String| Cells::Own(Values::Text((0..units.len()).map(text).collect::<Texts>()));
    let is_firm = |margin: &Option<Margin>| margin.is_none_or(|margin| margin.change.abs() >= firm);
    let border = margins.iter().map(|margin| Some(i64::from(!is_firm(margin)))).collect();
    let factor =
        |unit: usize| margins[unit].map_or_else(String::new, |m| release.head.factors[m.factor as usize].name.clone());
    // The grade its total gives, which a clean-up may have changed.
    let by_total = |unit: usize| {
        let head = &release.uses[usize::from(units.uses[unit])];
        let class = head.limits.iter().filter(|limit| **limit <= units.totals[unit]).count() as u8;
        if units.totals[unit].is_nan() { 0 } else { head.grades.saturating_sub(class) }
    };
    let own_grades = (0..units.len()).map(|unit| Some(i64::from(by_total(unit))).filter(|own| *own > 0)).collect();
    let towards = |unit: usize| {
        let own = by_total(unit);
        let to = margins[unit].map(|margin| if margin.better { own.saturating_sub(1) } else { own + 1 });
        to.map_or_else(String::new, |to| grade::name(to, lang))
    };
    let changes = margins.iter().map(|margin| margin.map_or(f64::NAN, |margin| margin.change + 0.0)).collect();
    let names = release.uses.iter().map(|head| head.key.clone()).collect();
    let mut fields = vec![
        field("id", say!("unit", "单元编号"), Cells::ids(&units.ids)),
        field("use", say!("use", "用途代码"), Cells::Code { codes: &units.uses, names }),
        field("area", say!("area", "面积"), Cells::real(&units.areas)).in_unit(square_metres(lang)).shown_with(2),
        field("grade", say!("grade", "土地级别"), Cells::Small(&units.grades)),
        field("total", say!("total score", "总分值"), Cells::real(&units.totals))
            .in_unit(in_lang(lang, "points", "分"))
            .shown_with(2),
        field(
            "by_total",
            say!("grade by its total, before clean-up", "清理前级别(按总分)"),
            Cells::Own(Values::Int(own_grades)),
        ),
        field("border", say!("1 on the border, 0 firm", "边界单元(1 边界,0 稳定)"), Cells::Own(Values::Int(border))),
        field(
            "margin",
            say!("least change of one weight, below 0: less weight", "最小权重变动(负值为减小)"),
            Cells::Own(Values::Real(changes)),
        )
        .shown_with(4),
        field("factor", say!("of the factor", "对应因素"), texts(&factor)),
        field("towards", say!("would then be grade", "变动后级别"), texts(&towards)),
    ];
    if let Some(kept) = kept {
        fields.push(
            field("kept", say!("share of draws that keep the grade", "抽样保持率"), Cells::real(kept)).shown_with(3),
        );
    }
    Table {
        name: "firm".into(),
        title: say!("Firmness of the grades", "级别稳定性"),
        fields,
        shapes: units.shapes.as_ref(),
        crs: units.shapes.as_ref().map(|_| &release.head.crs),
        rows: units.len(),
    }
}

/// Firm units and those on the border of their grade.
pub fn firm_style(lang: Lang) -> Style {
    let class = |value, label: Text, colour| Class { value, label: label.in_lang(lang).to_string(), colour };
    let classes = vec![class(0, say!("firm", "稳定"), BLUE), class(1, say!("on the border", "边界"), ORANGE)];
    let name = say!("firmness of the grades", "级别稳定性").in_lang(lang).to_string();
    let others = say!("unknown", "未知").in_lang(lang).to_string();
    let look = Look::Classes { field: "border".to_string(), classes, others };
    Style { name, look, labels: Vec::new() }
}
