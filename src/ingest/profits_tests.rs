use super::*;
use std::fs;

fn table(text: &str) -> Outcome<Profits> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.csv");
    fs::write(&path, text).unwrap();
    read(&path, None)
}

#[test]
fn every_column_is_read_in_its_unit() {
    let found = table(
        "样点编号,x,y,用途,行业,单位面积利润(万元/亩),单位面积资金(元/㎡),单位面积工资(元/㎡)\nS1,500010.5,3380020,商业,零售,4,200,30\nS2,,,,,亏损,/,30\n",
    )
    .unwrap();
    let (one, two) = (&found.rows[0], &found.rows[1]);
    assert_eq!((one.x.value(), one.y.value(), one.profit.value()), (500_010.5, 3_380_020.0, 60.0));
    assert_eq!((one.capital.value(), one.wages.value(), one.industry.as_str()), (200.0, 30.0, "零售"));
    assert_eq!((&two.x, &two.capital, &two.profit), (&Number::Blank, &Number::Blank, &Number::Bad("亏损".into())));
    assert!(found.coordinates && found.industries && found.capital && found.wages);
}

#[test]
fn samples_need_a_profit_and_a_place() {
    assert_eq!(table("id,profit\n1,5\n").unwrap_err().code, "missing-field");
    assert_eq!(table("id,x,profit\n1,5,5\n").unwrap_err().code, "missing-field");
    assert_eq!(table("id,unit\n1,5\n").unwrap_err().code, "missing-field");
    assert!(!table("unit,profit\n1,5\n").unwrap().coordinates);
}
