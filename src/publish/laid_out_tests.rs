use super::*;

fn row(kind: Kind, grades: &[u8], table: &str, item: Text, value: f64, unit: Unit) -> Coefficient {
    let (grades, table) = (grades.to_vec(), Text::same(table));
    Coefficient { use_index: 0, grades, table, item, condition: String::new(), value, unit, kind }
}

fn shown(doc: &Document) -> Vec<(String, Vec<String>, Vec<Vec<String>>)> {
    use crate::formats::document::Block;
    let table = |block: &Block| match block {
        Block::Rows { title, head, rows, .. } => Some((title.clone(), head.clone(), rows.clone())),
        _ => None,
    };
    doc.blocks.iter().filter_map(table).collect()
}

/// Seven values stand in two lines of four columns, read downwards, the last one blank.
#[test]
fn values_stand_side_by_side_and_are_read_downwards() {
    let rows: Vec<Coefficient> = (1..=7)
        .map(|year| {
            row(Kind::Value, &[2, 3], "年期", Text::same(year.to_string()), f64::from(year) / 10.0, Unit::Factor)
        })
        .collect();
    let mut doc = Document::new("");
    values(&mut doc, "商业", &rows, Lang::Zh);
    let (title, head, lines) = &shown(&doc)[0];
    assert_eq!(title, "商业：年期（二级、三级）");
    assert_eq!(head.join(" "), ["取值 修正系数"; 4].join(" "));
    assert_eq!(lines[0].join(" "), "1 0.1000 3 0.3000 5 0.5000 7 0.7000");
    assert_eq!(lines[1].join(" "), "2 0.2000 4 0.4000 6 0.6000  ");
}

/// Two factors, one of them in one grade only: a line each, and their words in a table of their own.
#[test]
fn steps_of_a_factor_stand_in_one_line() {
    let steps = ["优", "较优", "一般", "较劣", "劣"];
    let of = |name: &str, grades: &[u8], top: f64| {
        let value = |at: usize| top * (2.0 - at as f64) / 2.0;
        let step = |(at, word): (usize, &&str)| {
            let mut own = row(Kind::Step, grades, name, Text::same(*word), value(at), Unit::Percent);
            own.condition = format!("{name}{word}");
            own
        };
        steps.iter().enumerate().map(step).collect::<Vec<_>>()
    };
    let rows = [of("临街", &[], 8.0), of("形状", &[1], 3.0)].concat();
    assert!(rows.iter().all(|own| together(&rows[0], own)));
    let mut doc = Document::new("");
    super::steps(&mut doc, "商业", &rows, Lang::Zh);
    let tables = shown(&doc);
    assert_eq!(tables[0].1.join(" "), "因素 适用级别 优 较优 一般 较劣 劣");
    assert_eq!(tables[0].2[0].join(" "), "临街 各级 8 4 0 -4 -8");
    assert_eq!(tables[0].2[1].join(" "), "形状 一级 3 1.5 0 -1.5 -3");
    assert_eq!(tables[1].2[1][2], "形状优");
}

/// Up and down stand beside each other.
#[test]
fn amplitudes_have_a_line_for_each_grade() {
    let of = |grade: u8, item: &str, value: f64| {
        row(Kind::Amplitude, &[grade], "修正幅度", Text::same(item), value, Unit::Percent)
    };
    let rows = [of(1, "上", 24.0), of(1, "下", 18.5), of(2, "上", 20.0), of(2, "下", 16.0)];
    let mut doc = Document::new("");
    amplitudes(&mut doc, "商业", &rows, Lang::Zh);
    assert_eq!(shown(&doc)[0].2, [["一级", "24", "18.5"], ["二级", "20", "16"]]);
}
