//! 修正系数表 in documents, laid out as they are printed: by use and by what is corrected for, the five steps of a factor in one line, what is read by
//! a value in columns side by side.

use super::units::in_lang;
use crate::formats::document::Document;
use crate::formats::shown;
use crate::land::{Lang, Outcome, Text, grade};
use crate::release::Release;
use crate::review::coefficients::{Coefficient, Kind, Unit, coefficients};
use crate::say;

/// Columns of values, each with its coefficient, that stand side by side.
const SIDE_BY_SIDE: usize = 5;
/// Decimals of coefficients.
const DECIMALS: u8 = 4;

/// Sets the coefficients of every use into a document; gives whether there were any.
///
/// # Errors
/// What the sealed project and its correction system say.
pub fn coefficients_laid_out(doc: &mut Document, release: &Release, lang: Lang) -> Outcome<bool> {
    let all = coefficients(release)?;
    for of_use in all.chunk_by(|one, other| one.use_index == other.use_index) {
        let name = &release.uses[of_use[0].use_index].name;
        doc.heading(2, &say!("{name}: corrections", "{name}修正系数"), lang);
        let mut rest = of_use;
        while let Some(first) = rest.first() {
            let count = rest.iter().take_while(|row| together(first, row)).count();
            let (own, others) = rest.split_at(count);
            match first.kind {
                Kind::Words => own.iter().for_each(|row| words(doc, row, lang)),
                Kind::Amplitude => amplitudes(doc, name, own, lang),
                Kind::Step => steps(doc, name, own, lang),
                Kind::Value => values(doc, name, own, lang),
            }
            rest = others;
        }
    }
    Ok(!all.is_empty())
}

/// Whether two coefficients stand in one table: steps of any factors, values of one thing and the same grades.
fn together(one: &Coefficient, other: &Coefficient) -> bool {
    let alike = |one: &Coefficient, other: &Coefficient| one.table == other.table && one.grades == other.grades;
    one.kind == other.kind && (one.kind != Kind::Value || (alike(one, other) && one.unit == other.unit))
}

fn words(doc: &mut Document, row: &Coefficient, lang: Lang) {
    let (Text { en, zh }, Text { en: item, zh: item_zh }) = (&row.table, &row.item);
    doc.say(&say!("{en}: {item}", "{zh}：{item_zh}"), lang);
}

fn named(grades: &[u8], lang: Lang) -> String {
    grades.iter().map(|own| grade::name(*own, lang)).collect::<Vec<_>>().join(in_lang(lang, ", ", "、"))
}

fn amplitudes(doc: &mut Document, name: &str, rows: &[Coefficient], lang: Lang) {
    let head = [say!("grade", "级别"), say!("up (%)", "上调（%）"), say!("down (%)", "下调（%）")];
    let lines = rows.chunk_by(|one, other| one.grades == other.grades).map(|own| {
        let of_grade = own.iter().map(number);
        std::iter::once(named(&own[0].grades, lang)).chain(of_grade).collect()
    });
    let title = say!("{name}: amplitudes of factors", "{name}因素修正幅度表");
    doc.rows(&title, &head, &[false, true, true], lines.collect(), lang);
}

/// A line for each factor, and below a table of what its steps mean.
fn steps(doc: &mut Document, name: &str, rows: &[Coefficient], lang: Lang) {
    let factors: Vec<&[Coefficient]> =
        rows.chunk_by(|one, other| one.table == other.table && one.grades == other.grades).collect();
    let some_grades = factors.iter().any(|own| !own[0].grades.is_empty());
    let mut head = vec![say!("factor", "因素")];
    if some_grades {
        head.push(say!("grades", "适用级别"));
    }
    let leading = head.len();
    head.extend(factors[0].iter().map(|step| step.item.clone()));
    let numbers: Vec<bool> = (0..head.len()).map(|at| at >= leading).collect();
    let lines = |cell: &dyn Fn(&Coefficient) -> String| {
        let line = |own: &&[Coefficient]| {
            let mut line = vec![own[0].table.in_lang(lang).to_string()];
            if some_grades {
                line.push(match own[0].grades.as_slice() {
                    [] => in_lang(lang, "all", "各级").to_string(),
                    grades => named(grades, lang),
                });
            }
            line.extend(own.iter().map(cell));
            line
        };
        factors.iter().map(line).collect::<Vec<_>>()
    };
    let title = say!("{name}: corrections by factors (%)", "{name}因素修正系数表（%）");
    doc.rows(&title, &head, &numbers, lines(&number), lang);
    if rows.iter().any(|row| !row.condition.is_empty()) {
        let title = say!("{name}: what the steps of factors mean", "{name}因素指标说明表");
        doc.rows(&title, &head, &vec![false; head.len()], lines(&|row| row.condition.clone()), lang);
    }
}

/// Values and their coefficients, in columns that are read downwards.
fn values(doc: &mut Document, name: &str, rows: &[Coefficient], lang: Lang) {
    let Text { en, zh } = &rows[0].table;
    let Text { en: of, zh: of_zh } = match rows[0].grades.as_slice() {
        [] => Text::default(),
        grades => {
            let (list, list_zh) = (named(grades, Lang::En), named(grades, Lang::Zh));
            say!(", grades {list}", "（{list_zh}）")
        }
    };
    let title = say!("{name}: {en}{of}", "{name}：{zh}{of_zh}");
    let across = rows.len().min(SIDE_BY_SIDE);
    let down = rows.len().div_ceil(across);
    let across = rows.len().div_ceil(down);
    let unit = match rows[0].unit {
        Unit::Percent => say!("correction (%)", "修正（%）"),
        Unit::Yuan => say!("correction (元/㎡)", "修正（元/㎡）"),
        Unit::Law => say!("of the law", "公式参数"),
        Unit::Factor | Unit::Words => say!("coefficient", "修正系数"),
    };
    let head: Vec<Text> = (0..across).flat_map(|_| [say!("value", "取值"), unit.clone()]).collect();
    let numbers: Vec<bool> = (0..head.len()).map(|at| at % 2 == 1).collect();
    let line = |row: usize| {
        let cells = |column: usize| match rows.get(column * down + row) {
            Some(own) => [own.item.in_lang(lang).to_string(), number(own)],
            None => [String::new(), String::new()],
        };
        (0..across).flat_map(cells).collect()
    };
    doc.rows(&title, &head, &numbers, (0..down).map(line).collect(), lang);
}

fn number(row: &Coefficient) -> String {
    match row.unit {
        Unit::Factor => shown::rounded(row.value, DECIMALS).1,
        _ => shown::full(shown::rounded(row.value, DECIMALS).0),
    }
}

#[cfg(test)]
#[path = "laid_out_tests.rs"]
mod tests;
