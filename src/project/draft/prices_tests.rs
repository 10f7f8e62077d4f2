use super::super::tests::{layer, parsed};
use super::super::{FieldKind, LayerInfo, LayerKind, questions};

use FieldKind::{Int, Real, Text};
use LayerKind::{Point, Polygon, Table};

/// Parcels of two uses in EPSG:4547, about (500000, 3000000) to (502000, 3002000).
fn parcels() -> LayerInfo {
    let mut info = layer("parcels", Polygon, &[("zddm", Text, &["1"]), ("yt", Text, &["住宅用地", "商服用地"])]);
    info.crs = crate::space::Crs::parse("EPSG:4547").ok();
    info.extent = Some(crate::space::Extent {
        min: crate::space::Point::new(500_000.0, 3_000_000.0),
        max: crate::space::Point::new(502_000.0, 3_002_000.0),
    });
    info
}

fn table(name: &str, fields: &[(&str, FieldKind, &[&str])]) -> LayerInfo {
    let mut info = layer(name, Table, fields);
    (info.path, info.crs, info.extent) = (format!("{name}.csv"), None, None);
    info
}

fn roads() -> LayerInfo {
    layer("roads", LayerKind::Line, &[])
}

/// The line of a key below `[prices.samples]`.
fn sample_line<'a>(text: &'a str, key: &str) -> &'a str {
    let (_, samples) = text.split_once("[prices.samples]").unwrap_or_else(|| panic!("{text}"));
    samples.lines().find(|line| line.starts_with(key)).unwrap_or_else(|| panic!("{key}: {text}"))
}

#[test]
fn a_table_with_coordinates_and_prices_is_the_samples_though_all_its_columns_are_text() {
    let sales = table(
        "成交案例",
        &[
            ("案例编号", Text, &["A1", "A2"]),
            ("用途", Text, &["住宅", "商服"]),
            ("X坐标", Text, &["500100.5", "500200"]),
            ("Y坐标", Text, &["3000100", "3000200"]),
            ("成交总价(万元)", Text, &["120", "300"]),
            ("成交单价(万元/亩)", Text, &["80", "面议", "1,200", "90"]),
            ("成交日期", Text, &["2024/11/3", "2025年2月1日"]),
            ("设定容积率", Text, &["1.5", "2"]),
            ("土地使用年限", Text, &["40", "70"]),
            ("面积(㎡)", Text, &["1000"]),
        ],
    );
    let (text, project) = parsed(&[parcels(), roads(), sales]);
    let samples = project.prices.unwrap().samples;
    assert_eq!(samples.xy, Some(("X坐标".into(), "Y坐标".into())));
    assert_eq!(samples.source.crs.unwrap().epsg, Some(4547));
    assert_eq!((samples.id.as_str(), samples.price.as_deref().unwrap()), ("案例编号", "成交单价(万元/亩)"));
    // 1 mu is 10 000 / 15 m²: 1 万元/亩 is 15 元/㎡.
    assert_eq!((samples.unit.as_deref(), samples.use_field.as_deref()), (Some("万元/亩"), Some("用途")));
    assert_eq!((samples.plot_ratio.as_deref(), samples.term.as_deref()), (Some("设定容积率"), Some("土地使用年限")));
    assert_eq!(samples.area.as_ref().map(|area| area.field.as_str()), Some("面积(㎡)"));
    // The spellings of the samples belong to the uses of the units.
    assert_eq!(
        project.uses.iter().map(|plan| plan.land_use.name.as_str()).collect::<Vec<_>>(),
        ["商服用地", "住宅用地"]
    );
    assert!(text.contains("spellings = [\"商服\"]") && text.contains("spellings = [\"住宅\"]"), "{text}");
    // What corrects nothing yet, or may be the term granted, is asked.
    for key in ["crs", "plot_ratio", "term", "# date"] {
        assert!(sample_line(&text, key).contains("# ?"), "{key}: {text}");
    }
}

#[test]
fn each_name_of_the_term_is_known_and_the_remaining_one_goes_before_the_granted() {
    for name in
        ["使用年期", "土地使用年限", "出让年限", "剩余年限", "土地使用权剩余年期", "出让年期(年)", "synx", "土地年限"]
    {
        let sales =
            layer("样点", Point, &[("单价", Real, &["1"]), ("用途", Text, &["住宅用地"]), (name, Int, &["40"])]);
        let (_, project) = parsed(&[parcels(), roads(), sales]);
        assert_eq!(project.prices.unwrap().samples.term.as_deref(), Some(name));
    }
    let both = [
        ("单价", Real, &["1"][..]),
        ("用途", Text, &["住宅用地"]),
        ("出让年限", Int, &["70"]),
        ("剩余年限", Int, &["9"]),
    ];
    let (text, project) = parsed(&[parcels(), roads(), layer("样点", Point, &both)]);
    assert_eq!(project.prices.unwrap().samples.term.as_deref(), Some("剩余年限"));
    assert!(!sample_line(&text, "term").contains("# ?"), "{text}");
}

#[test]
fn dated_samples_without_a_fitting_index_leave_the_date_as_a_question_and_the_draft_parses() {
    let sales = |dates: &[&str]| {
        layer("样点", Point, &[("dj", Real, &["1"]), ("yt", Text, &["住宅用地"]), ("jyrq", Text, dates)])
    };
    let index = |columns: &[&str], quarters: &[&str]| {
        let fields: Vec<(&str, FieldKind, &[&str])> = std::iter::once(("quarter", Text, quarters))
            .chain(columns.iter().map(|c| (*c, Text, &["100"][..])))
            .collect();
        table("zs", &fields)
    };
    let year = ["2025Q1", "2025Q2", "2025Q3", "2025Q4"];
    let both = ["commercial", "residential"];
    let dates = ["2025-02-03", "2025-11-30"];
    for (index, word) in [
        (None, "needs a price index"),
        (Some(index(&both[..1], &year)), "no column residential"),
        (Some(index(&both, &year[..3])), "from 2025Q1 to 2025Q3, the sales from 2025Q1 to 2025Q4"),
        (Some(index(&both, &year[1..])), "from 2025Q2 to 2025Q4"),
    ] {
        let layers: Vec<LayerInfo> = [parcels(), roads(), sales(&dates)].into_iter().chain(index).collect();
        let (text, project) = parsed(&layers);
        assert_eq!(project.prices.unwrap().samples.date, None);
        let line = sample_line(&text, "# date");
        assert!(line.starts_with("# date = \"jyrq\"  # ? ") && line.contains(word), "{line}");
        // 1 January of the year after the latest sale.
        assert!(text.contains("base_date = \"2026-01-01\"  # ? 1 January after the latest sale, 2025-11-30"), "{text}");
    }
    // A file that exists is read when the plan is made: here only the text is looked at.
    let text =
        super::super::draft(std::path::Path::new("x"), &[parcels(), roads(), sales(&dates), index(&both, &year)]);
    assert_eq!(sample_line(&text, "date"), "date = \"jyrq\"");
    assert!(text.contains("index = \"zs.csv\"\nbase_quarter = \"2025Q4\"  # ?"), "{text}");
    let (text, project) = parsed(&[parcels(), roads(), sales(&["不详"])]);
    assert!(project.base_date.is_none() && text.contains("# base_date = \"…\"  # ?"), "{text}");
}

#[test]
fn tables_that_cannot_be_the_samples_do_not_stand_in_the_way_of_a_layer_that_can() {
    let good = layer("ypd", Point, &[("ypbh", Text, &["1"]), ("dj", Real, &["1"]), ("yt", Text, &["住宅用地"])]);
    let total = table("a_samples", &[("x", Text, &["1"]), ("y", Text, &["1"]), ("总价(万元)", Text, &["9"])]);
    let placeless = table("b_samples", &[("地价", Text, &["900"])]);
    let useless = table("c_samples", &[("x", Text, &["1"]), ("y", Text, &["1"]), ("地价", Text, &["900"])]);
    let second = table(
        "d_samples",
        &[("x", Text, &["1"]), ("y", Text, &["1"]), ("地价", Text, &["900"]), ("用途", Text, &["住宅用地"])],
    );
    let (text, project) = parsed(&[total, placeless, useless, second, parcels(), roads(), good]);
    let path = project.prices.unwrap().samples.source.path;
    assert!(path.ends_with("ypd.shp"), "{text}");
    for (file, why) in [
        ("a_samples.csv", "without a price per area"),
        ("b_samples.csv", "without columns of coordinates"),
        ("c_samples.csv", "without a field of the use"),
        ("d_samples.csv", "ypd.shp is taken as the samples"),
    ] {
        assert!(
            text.lines().any(|line| line.starts_with(&format!("#   {file}: ")) && line.contains(why)),
            "{file}: {text}"
        );
    }
}

#[test]
fn grades_of_facilities_under_the_initials_of_a_price_make_no_samples() {
    let stops = table("站点", &[("x", Text, &["500100"]), ("y", Text, &["3000100"]), ("dj", Text, &["1", "2"])]);
    let (text, project) = parsed(&[parcels(), roads(), stops]);
    assert!(project.prices.is_none(), "{text}");
    assert!(text.contains("#   站点.csv: coordinates"), "{text}");
}

#[test]
fn surveyors_axes_degrees_and_zone_numbers_are_told_by_the_values() {
    let crs_of = |x: (&str, &str), y: (&str, &str)| {
        let fields =
            [(x.0, Text, &[x.1][..]), (y.0, Text, &[y.1]), ("地价", Text, &["900"]), ("用途", Text, &["住宅用地"])];
        let (_, project) = parsed(&[parcels(), roads(), table("样点", &fields)]);
        let samples = project.prices.unwrap().samples;
        (samples.xy.unwrap().0, samples.source.crs.unwrap().epsg.unwrap())
    };
    // In surveyors' axes X is north: 3000100 m is a northing, 500100 m an easting.
    assert_eq!(crs_of(("X", "3000100"), ("Y", "500100")), ("Y".to_string(), 4547));
    assert_eq!(crs_of(("纵坐标X", "3000100"), ("横坐标Y", "500100")), ("横坐标Y".to_string(), 4547));
    assert_eq!(crs_of(("经度", "114.01"), ("纬度", "27.1")), ("经度".to_string(), 4490));
    // EPSG:4526 is CGCS2000 3-degree zone 38, EPSG:4498 the 6-degree zone 20, each with the number in the easting.
    assert_eq!(crs_of(("东坐标", "38500100"), ("北坐标", "3000100")), ("东坐标".to_string(), 4526));
    assert_eq!(crs_of(("Y", "3000100"), ("X", "20500100")), ("X".to_string(), 4498));
}

#[test]
fn rows_without_a_value_and_prices_of_floors_are_asked_about() {
    let mut sales =
        layer("样点", Point, &[("楼面地价", Real, &["1"]), ("用途", Text, &["住宅用地"]), ("剩余年限", Int, &["9"])]);
    sales.fields[2].blanks = 3;
    let (text, project) = parsed(&[parcels(), roads(), sales]);
    assert!(sample_line(&text, "term").contains("# ? rows without a value: 3"), "{text}");
    assert_eq!(project.uses[0].price.as_ref().unwrap().kind, crate::project::plan::PriceKind::Floor);
    let open = questions(&text).count();
    assert_eq!(open, text.lines().skip(2).filter(|line| line.contains("# ?")).count());
}
