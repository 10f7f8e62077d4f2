//! Foreign results at fault, which `landgrade import` sees.

use super::{Broken, Content, SeenWith};
use crate::ingest::finding::Code;
use crate::land::Text;
use crate::say;

const ZONES: &str = "rows = \"units\"\nid = \"id\"\none_use = \"commercial\"\ngrade = \"grade\"\nprice = \"price\"\n\
                     price_unit = \"元/㎡\"\n";
const PRICE_TABLE: &str = "use = \"use\"\ngrade = \"grade\"\nprice = \"price\"\nprice_unit = \"元/㎡\"\n";

/// A mapping of `table.csv`.
fn foreign(code: Code, mapping: &str, table: &str, wrong: Text, feature: &'static str, says: &'static str) -> Broken {
    let name = code.name();
    let mapping =
        format!("# One fault is in these files: {name}. See ../README.md.\nsource = \"table.csv\"\n{mapping}");
    Broken {
        code,
        wrong,
        layer: "table",
        feature,
        says,
        seen_with: SeenWith::Import,
        beside: None,
        files: vec![("mapping.toml", Content::Text(mapping)), ("table.csv", Content::Text(table.into()))],
    }
}

pub(super) fn row_numbers() -> Broken {
    let mapping = ZONES.replace("id = \"id\"\n", "");
    foreign(
        Code::RowNumbers,
        &mapping,
        "grade,price\n1,2000\n2,1200\n2,1200\n",
        say!("nothing identifies the zones", "各区没有编号"),
        "",
        "no id is named: 3 units bear the numbers of their rows, which change with the order of the file",
    )
}

pub(super) fn unmapped_use() -> Broken {
    let mapping = format!("{PRICE_TABLE}\n[uses]\n\"商业\" = \"commercial\"\n");
    foreign(
        Code::UnmappedUse,
        &mapping,
        "use,grade,price\n商业,1,2000\n商业,2,1200\n工矿,1,600\n",
        say!("one use (工矿) is not in the mapping", "用途「工矿」不在映射中"),
        "",
        "\"工矿\" is not among the uses of the mapping and stands for itself, in 1 rows",
    )
}

pub(super) fn unknown_grade() -> Broken {
    foreign(
        Code::UnknownGrade,
        ZONES,
        "id,grade,price\nA,1,2000\nB,2,1200\nC,规划限制区,1200\n",
        say!("the grade of zone C is a word (\"restricted by planning\")", "C 区的级别写作「规划限制区」"),
        "C",
        "\"规划限制区\" is no grade: the unit has none",
    )
}

pub(super) fn empty_grade() -> Broken {
    foreign(
        Code::EmptyGrade,
        PRICE_TABLE,
        "use,grade,price\ncommercial,1,2000\ncommercial,3,800\n",
        say!("grade 2 is missing between grades 1 and 3", "1级与3级之间缺少2级"),
        "",
        "commercial: no rows of grade 2",
    )
}

pub(super) fn several_prices() -> Broken {
    foreign(
        Code::SeveralPrices,
        PRICE_TABLE,
        "use,grade,price\ncommercial,1,2000\ncommercial,1,2200\ncommercial,2,1200\n",
        say!("grade 1 has two prices", "1级有两个价格"),
        "",
        "commercial, grade 1: 2 prices from 2000 to 2200, so none is published; simple mean (areas are not known) 2100.00",
    )
}

pub(super) fn mixed_premises() -> Broken {
    let mapping = format!("{PRICE_TABLE}term = \"term\"\n");
    foreign(
        Code::MixedPremises,
        &mapping,
        "use,grade,price,term\ncommercial,1,2000,40\ncommercial,2,1200,70\n",
        say!("the prices of one use stand for terms of 40 and 70 years", "同一用途的价格年期有 40 年和 70 年"),
        "",
        "commercial: rows differ in term: 40, 70",
    )
}

pub(super) fn units_disagree() -> Broken {
    let mapping = format!("{PRICE_TABLE}price_mu = \"mu\"\n");
    foreign(
        Code::UnitsDisagree,
        &mapping,
        "use,grade,price,mu\ncommercial,1,2000,133.33\ncommercial,2,1200,85.00\n",
        say!("the price of grade 2 in 万元/亩 is misprinted", "2级的万元/亩价格有误"),
        "3",
        "1200 元/㎡ are 80.00 万元/亩, printed 85.00, more than rounding explains",
    )
}

pub(super) fn unit_assumed() -> Broken {
    let mapping = PRICE_TABLE.replace("price_unit = \"元/㎡\"\n", "");
    foreign(
        Code::UnitAssumed,
        &mapping,
        "use,grade,price\ncommercial,1,133.33\ncommercial,2,80\n",
        say!("nothing says that the prices are in 万元/亩", "没有任何地方注明价格单位为万元/亩"),
        "",
        "2 prices are taken as 元/㎡: neither the mapping (`price_unit`), nor a heading or title, nor the cells name a unit",
    )
}
