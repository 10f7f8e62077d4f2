//! Every coefficient of many parcels, a row each, with the row of the table it comes from.

use super::batch::Line;
use super::beside::called;
use super::one::role_key;
use landgrade::formats::{Cells, Field, Table, fields};
use landgrade::ingest::subjects::Subjects;
use landgrade::land::{Lang, Text, Values};
use landgrade::price::appraise::Coefficient;
use landgrade::release::Release;
use landgrade::say;

pub(super) fn table_of(release: &Release, subjects: &Subjects, lines: &[Line], lang: Lang) -> Table<'static> {
    let each = || {
        lines.iter().enumerate().flat_map(|(row, line)| {
            let valued = line.found.as_ref().ok();
            valued.into_iter().flat_map(move |valued| valued.coefficients.iter().map(move |one| ((row, line), one)))
        })
    };
    let text = |name: &str, title: Text, of: &dyn Fn((usize, &Line), &Coefficient) -> String| {
        fields::text_field(name, title, each().map(|(line, one)| of(line, one)))
    };
    let said = |text: &Text| text.in_lang(lang).to_string();
    let use_key = |line: &Line| line.land_use.map_or(String::new(), |at| release.uses[at].key.clone());
    let values = Cells::Own(Values::Real(each().map(|(_, one)| one.value).collect()));
    let columns = vec![
        text("id", say!("parcel", "宗地编号"), &|(row, _), _| called(subjects, row)),
        text("use", say!("use", "用途"), &|(_, line), _| use_key(line)),
        text("key", say!("key", "键"), &|_, one| one.key.to_string()),
        text("name", say!("coefficient", "修正"), &|_, one| said(&one.name)),
        text("role", say!("how it counts", "计算方式"), &|_, one| role_key(one.role).to_string()),
        text("given", say!("given", "宗地"), &|_, one| said(&one.given.text())),
        Field::plain("value", values).titled(say!("value", "系数")),
        text("row", say!("from", "依据"), &|_, one| said(&one.row.text())),
    ];
    let rows = each().count();
    fields::plain("coefficients", say!("Coefficients of parcels", "宗地修正系数"), columns, rows)
}
