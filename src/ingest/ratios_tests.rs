use super::*;

fn table(text: &str, group: Option<&str>) -> Outcome<Ratios> {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("r.csv");
    std::fs::write(&path, text).expect("writes");
    let header = text.lines().find(|line| line.starts_with('v') || line.starts_with("评")).unwrap_or_default();
    let mut names = header.split(',');
    let (value, price) = (names.next().unwrap_or_default(), names.next().unwrap_or_default());
    read(&path, Wanted { sheet: None, value, price, group, header: None, encoding: None })
}

fn pairs(text: &str) -> (Vec<(f64, f64)>, Vec<u32>, usize) {
    let ratios = table(text, None).expect("reads");
    let rows = ratios.rows.iter().map(|row| (row.value, row.price)).collect();
    (rows, ratios.without.iter().map(|(line, _)| *line).collect(), ratios.notes.len())
}

#[test]
fn a_unit_of_another_kind_is_no_amount_of_the_column() {
    // 1 万元/亩 is 15 元/㎡: 80 are 1200. A bare 元 tells no area there, a sum is no price.
    let text = "v(万元/亩),p(万元/亩)\n80,80\n80,1200元\n80,1200元/㎡\n80,3万元\n";
    assert_eq!(pairs(text), (vec![(1200.0, 1200.0), (1200.0, 1200.0)], vec![3, 5], 2));
    // In 元/㎡ it is what people write.
    assert_eq!(pairs("v(元/㎡),p\n80,1200元\n"), (vec![(80.0, 1200.0)], vec![], 1));
    assert_eq!(pairs("v,p\n80,1200元/㎡\n1200元/㎡,3万元\n"), (vec![(80.0, 1200.0)], vec![3], 0));
}

#[test]
fn a_title_tells_the_unit_of_both_columns() {
    assert_eq!(pairs("比较表(单位:万元/亩)\nv,p\n80,1200元/㎡\n"), (vec![(1200.0, 1200.0)], vec![], 2));
    assert_eq!(pairs("金额单位:万元\nv,p\n3,30000元\n"), (vec![(30_000.0, 30_000.0)], vec![], 2));
}

#[test]
fn a_row_of_too_few_cells_is_left_out_and_the_others_stay() {
    assert_eq!(pairs("v,p,g\n1,2,a\n3,4\n5,6,a\n"), (vec![(1.0, 2.0), (5.0, 6.0)], vec![3], 0));
}

#[test]
fn one_grade_in_several_spellings_is_one_group() {
    let groups = |text: &str| {
        let ratios = table(text, Some("g")).expect("reads");
        ratios.rows.iter().map(|row| row.group.clone()).collect::<Vec<_>>()
    };
    assert_eq!(groups("v,p,g\n1,2,一级\n1,2,Ⅰ\n1,2,1级\n1,2,一级\n1,2,2\n"), ["一级", "一级", "一级", "一级", "2"]);
    // Others stay what they are.
    assert_eq!(groups("v,p,g\n1,2,一级\n1,2,Ⅰ\n1,2,一级\n1,2,等外\n"), ["一级", "一级", "一级", "等外"]);
}

#[test]
fn a_unit_that_is_not_known_is_refused_and_one_of_any_money_for_any_area_is_read() {
    assert_eq!(pairs("v(元/公顷),p(元/㎡)\n1500000,150\n"), (vec![(150.0, 150.0)], vec![], 1));
    assert_eq!(pairs("v(千元/亩),p(元/㎡)\n100,150\n"), (vec![(150.0, 150.0)], vec![], 1));
    assert_eq!(table("v(美元/㎡),p(元/㎡)\n1,1\n", None).expect_err("unknown").code, "unknown-unit");
}

#[test]
fn sums_and_averages_of_other_lines_are_no_sales() {
    let read = table("v,p,n\n1,2,a\n3,4,b\n4,6,合计\n2,3,平均\n", None).expect("reads");
    assert_eq!((read.rows.len(), read.without.len()), (2, 2));
}
