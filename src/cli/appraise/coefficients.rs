//! Every coefficient of many parcels, a row each, with the row of the table it comes from.

use super::batch::Line;
use super::one::role_key;
use landgrade::formats::{Cells, Field, Table, fields};
use landgrade::land::{Lang, Text, Values};
use landgrade::price::appraise::Coefficient;
use landgrade::release::Release;
use landgrade::say;

pub(super) fn table_of(release: &Release, lines: &[Line], lang: Lang) -> Table<'static> {
    let each = || {
        lines.iter().flat_map(|line| {
            let valued = line.found.as_ref().ok();
            valued.into_iter().flat_map(move |valued| valued.coefficients.iter().map(move |one| (line, one)))
        })
    };
    let text = |name: &str, title: Text, of: &dyn Fn(&Line, &Coefficient) -> String| {
        fields::text_field(name, title, each().map(|(line, one)| of(line, one)))
    };
    let said = |text: &Text| text.in_lang(lang).to_string();
    let use_key = |line: &Line| line.land_use.map_or(String::new(), |at| release.uses[at].key.clone());
    let values = Cells::Own(Values::Real(each().map(|(_, one)| one.value).collect()));
    let columns = vec![
        text("id", say!("parcel", "宗地编号"), &|line, _| line.id.clone()),
        text("use", say!("use", "用途"), &|line, _| use_key(line)),
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
