use super::fixture::*;
use super::*;
use crate::formats::{Cells, Field, Table};
use crate::ingest::finding::Code;
use crate::land::{IdColumn, Text, Values};
use crate::space::Crs;

#[test]
fn a_table_without_ids_gets_row_numbers_and_says_so() {
    let csv = "use,grade,price,area\na,I,100,20\na,II,80,30\n";
    let release = run(
        "source = \"t.csv\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"\narea = \"area\"",
        &[("t.csv", csv)],
    );
    let release = release.unwrap();
    // Rows bear their lines: the header is line 1.
    assert!(matches!(&release.units.ids, IdColumn::Int(ids) if ids == &[2, 3]));
    assert_eq!(codes(&release), [(Code::RowNumbers, 1), (Code::UnitAssumed, 1)]);
    assert!(release.units.shapes.is_none());
    assert_eq!((release.cells[1].units, release.cells[1].area), (1, 30.0));
}

#[test]
fn wide_price_tables_read_either_way_round() {
    let by_use = "级别,商服,住宅\n一级,1500,900\n二级,1000,/\n";
    let by_grade = "用途,一级,二级\n商服,1500,1000\n住宅,900,\n";
    let uses = "uses = { \"商服\" = \"commercial\", \"住宅\" = \"residential\" }";
    let one = run(
        &format!("source = \"t.csv\"\ngrade = \"级别\"\nprice = [\"商服\", \"住宅\"]\n{uses}"),
        &[("t.csv", by_use)],
    );
    let two = run(
        &format!("source = \"t.csv\"\nuse = \"用途\"\ngrade = [\"一级\", \"二级\"]\n{uses}"),
        &[("t.csv", by_grade)],
    );
    let (one, two) = (one.unwrap(), two.unwrap());
    let by_hand = [("commercial", 1, Some(1500.0)), ("commercial", 2, Some(1000.0)), ("residential", 1, Some(900.0))];
    assert_eq!((published(&one).as_slice(), published(&two).as_slice()), (by_hand.as_slice(), by_hand.as_slice()));
    assert!(one.units.is_empty() && one.units.shapes.is_none());
    // A release without geometry still has a system that reads back.
    assert_eq!(Crs::parse(&one.head.crs.wkt).unwrap().name, "no geometry");
}

#[test]
fn an_xlsx_table_with_typed_numbers_reads_like_its_csv() {
    use crate::formats::xlsx;
    let folder = tempfile::tempdir().unwrap();
    let table = Table {
        name: "地价表".into(),
        title: Text::same("地价表"),
        fields: vec![
            Field::plain("用途", Cells::Own(Values::Text(["住宅", "住宅"].iter().collect()))),
            Field::plain("级别", Cells::Own(Values::Int(vec![Some(1), Some(2)]))),
            Field::plain("地价", Cells::Own(Values::Real(vec![36.6, 20.0]))),
        ],
        shapes: None,
        crs: None,
        rows: 2,
    };
    let sheets = [xlsx::Sheet::plain(&table)];
    xlsx::write(&sheets, &folder.path().join("t.xlsx"), &xlsx::Options::default()).unwrap();
    let mapping = |header: &str| {
        let text = format!(
            "source = \"t.xlsx\"\nuse = \"用途\"\ngrade = \"级别\"\nprice = \"地价\"\nprice_unit = \"万元/亩\"\n{header}"
        );
        Mapping::parse(&text).unwrap()
    };
    let release = import(&mapping(""), folder.path(), "x").unwrap();
    // 36.6 × 15 and 20 × 15.
    assert_eq!(published(&release), [("住宅", 1, Some(549.0)), ("住宅", 2, Some(300.0))]);
    assert_eq!(codes(&release), [(Code::UnitConverted, 1)]);
}

#[test]
fn what_the_last_place_of_a_foreign_unit_is_worth_is_kept_with_the_premises() {
    let last_places = |unit: &str, table: &str| -> Vec<f64> {
        let mapping =
            format!("source = \"t.csv\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"\nprice_unit = \"{unit}\"");
        let release = run(&mapping, &[("t.csv", table)]).unwrap();
        release.uses.iter().map(|head| head.connotation.as_ref().unwrap().last_place).collect()
    };
    // 0.0001 万元/亩 is 0.0015 元/㎡; 36.6 stands for 36.6000 beside prices with four decimals, whatever its use.
    assert_eq!(last_places("万元/亩", "use,grade,price\na,I,289.8667\nb,I,36.6\n"), [0.0015, 0.0015]);
    assert_eq!(last_places("万元/亩", "use,grade,price\na,I,180\n"), [15.0]);
    assert_eq!(last_places("元/亩", "use,grade,price\na,I,800000\n"), [0.0015]);
    // Prices in 元/㎡ are not converted, also where their text says so.
    assert!(last_places("元/㎡", "use,grade,price\na,I,549.5\n")[0].is_nan());
    let mixed = last_places("万元/亩", "use,grade,price\na,I,1350元/㎡\nb,I,36.66\n");
    assert!(mixed[0].is_nan() && mixed[1] == 0.15, "{mixed:?}");
}

#[test]
fn a_unit_above_the_table_counts_and_one_that_contradicts_stops() {
    let csv = "某县基准地价表\n(单位:万元/亩)\nuse,grade,price\na,I,180\na,II,90\n";
    let mapping = "source = \"t.csv\"\nheader = 3\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"";
    let release = run(mapping, &[("t.csv", csv)]).unwrap();
    // 1 万元/亩 = 15 元/㎡.
    assert_eq!(published(&release), [("a", 1, Some(2700.0)), ("a", 2, Some(1350.0))]);
    assert_eq!(codes(&release), [(Code::UnitConverted, 1)]);
    assert_eq!(fault(&format!("{mapping}\nprice_unit = \"元/㎡\""), &[("t.csv", csv)]), "unit-conflict");
}

/// A title over the whole table, a use merged over three grades, and a remark merged across.
fn merged_workbook(path: &Path) {
    use rust_xlsxwriter::{Format, Workbook};
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 2, "某县基准地价表(楼面地价,元/㎡)", &format).unwrap();
    for (column, name) in (0..).zip(["用途", "级别", "地价"]) {
        sheet.write(1, column, name).unwrap();
    }
    sheet.merge_range(2, 0, 4, 0, "商服", &format).unwrap();
    sheet.write(5, 0, "住宅").unwrap();
    for (row, (grade, price)) in (2..).zip([("一级", 900.0), ("二级", 700.0), ("三级", 500.0), ("一级", 600.0)])
    {
        sheet.write(row, 1, grade).unwrap();
        sheet.write(row, 2, price).unwrap();
    }
    book.save(path).unwrap();
}

#[test]
fn merged_cells_have_the_value_of_the_first_and_the_title_tells_the_kind() {
    let folder = tempfile::tempdir().unwrap();
    merged_workbook(&folder.path().join("t.xlsx"));
    let mapping = "source = \"t.xlsx\"\nuse = \"用途\"\ngrade = \"级别\"\nprice = \"地价\"\n";
    let release = import(&Mapping::parse(mapping).unwrap(), folder.path(), "x").unwrap();
    let by_hand = [("住宅", 1, 600.0), ("商服", 1, 900.0), ("商服", 2, 700.0), ("商服", 3, 500.0)];
    assert_eq!(published(&release), by_hand.map(|(key, grade, price)| (key, grade, Some(price))));
    assert!(release.uses.iter().all(|head| head.connotation.as_ref().unwrap().kind == "floor"));
    let told: Vec<&str> = release.findings.iter().map(|finding| finding.detail.en.as_ref()).collect();
    assert!(told.contains(&"2 cells are merged with one above or beside them and have its value"), "{told:?}");
    assert!(told.contains(&"\"某县基准地价表(楼面地价,元/㎡)\" tells floor prices"), "{told:?}");
}

#[test]
fn a_heading_of_another_kind_than_the_mapping_stops() {
    let import = |more: &str| {
        let mapping =
            format!("source = \"t.csv\"\nuse = \"用途\"\ngrade = \"级别\"\nprice = \"楼面地价(元/㎡)\"\n{more}");
        run(&mapping, &[("t.csv", "用途,级别,楼面地价(元/㎡)\n商服,一级,900\n")])
    };
    let kind = |release: Release| release.uses[0].connotation.as_ref().unwrap().kind.clone();
    assert_eq!(kind(import("").unwrap()), "floor");
    assert_eq!(kind(import("kind = \"floor\"\n").unwrap()), "floor");
    assert_eq!(import("kind = \"ground\"\n").err().map(|fault| fault.code), Some("kind-conflict"));
}

/// Set plot ratios differ by grade: that of most grades is the use's, the others stand with their grades. A grade that tells two is told.
#[test]
fn plot_ratios_that_differ_by_grade_are_kept_by_grade() {
    let mapping = "source = \"t.csv\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"\nprice_unit = \"元/㎡\"\nplot_ratio = \"far\"\n";
    let read = |table: &str| {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("t.csv"), table).unwrap();
        import(&Mapping::parse(mapping).unwrap(), folder.path(), "r").unwrap()
    };
    let release = read("use,grade,price,far\n住宅,1,1000,2.0\n住宅,2,800,1.8\n住宅,3,600,1.8\n");
    let own = release.uses[0].connotation.as_ref().unwrap();
    assert_eq!([1, 2, 3].map(|grade| own.plot_ratio_of(grade)), [2.0, 1.8, 1.8]);
    assert!(!release.findings.iter().any(|finding| finding.code == Code::MixedPremises));
    for table in [
        "use,grade,price,far\n住宅,1,1000,2.0\n住宅,1,1000,1.8\n",
        "use,grade,price,far\n住宅,1,1000,2.0\n住宅,2,800,\n住宅,3,600,1.5\n",
    ] {
        let release = read(table);
        assert!(release.uses[0].connotation.as_ref().unwrap().plot_ratio.is_nan());
        assert!(release.findings.iter().any(|finding| finding.code == Code::MixedPremises), "{table}");
    }
}

/// 1500 元/㎡ 合 100 万元/亩;地面地价 2000、容积率 2,楼面地价 1000(印 900);1333 / 2 = 666.5,印 667 是取整。
#[test]
fn what_is_printed_beside_a_price_is_held_against_it_in_every_kind_of_rows() {
    let csv = "id,use,grade,price,mu,floor\na,s,I,1500,90,750\nb,s,II,2000,133.33,900\nc,s,II,1333,88.87,667\n";
    let mapping = |more: &str| {
        format!(
            "source = \"t.csv\"\nuse = \"use\"\ngrade = \"grade\"\nprice = \"price\"\nprice_unit = \"元/㎡\"\nprice_mu = \"mu\"\n\
             other_kind_price = \"floor\"\n{more}"
        )
    };
    for rows in ["id = \"id\"\nrows = \"units\"\n", "rows = \"prices\"\n"] {
        let release = run(&mapping(&format!("plot_ratio = 2\nkind = \"ground\"\n{rows}")), &[("t.csv", csv)]).unwrap();
        let odd = release.findings.iter().filter(|finding| finding.code == Code::UnitsDisagree);
        let told: Vec<&str> = odd.map(|finding| finding.detail.en.as_str()).collect();
        assert_eq!(
            told,
            [
                "1500 元/㎡ are 100 万元/亩, printed 90, more than rounding explains",
                "2000 元/㎡ of ground at the plot ratio 2 are per floor area 1000 元/㎡, printed 900, more than rounding explains",
            ],
            "{rows}"
        );
        // Of which kind the price is nobody tells.
        let denied = run(&mapping(&format!("plot_ratio = 2\n{rows}")), &[("t.csv", csv)]).err().unwrap();
        assert!(denied.what.en.contains("3 prices of the other kind are not held"), "{denied:?}");
    }
    assert_eq!(fault(&mapping("rows = \"prices\"\n"), &[("t.csv", csv)]), "mapping-sense");
}
