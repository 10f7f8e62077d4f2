use super::*;
use crate::formats::csv;
use crate::formats::gpkg::{self, Layer};
use crate::ingest::inspect::inspect;
use crate::project::Project;
use crate::project::plan::{AreaScore, FactorKind, PriceKind, WeightsPlan};
use crate::sample::{Plan, city};
use crate::space::Point;
use std::path::PathBuf;

/// A folder with the sample city in one GeoPackage, its heights and its index.
fn sample_folder() -> (tempfile::TempDir, PathBuf) {
    let whole = tempfile::tempdir().unwrap();
    let folder = whole.path().join("样例市");
    std::fs::create_dir(&folder).unwrap();
    let city = city(&Plan { parcels: 400, seed: 7, years: vec![2025] }).unwrap();
    let tables = city.tables(&city.years[0]);
    let layers: Vec<Layer<'_>> = tables.iter().map(|table| Layer { table, style: None }).collect();
    gpkg::write(&folder.join("city.gpkg"), &layers).unwrap();
    city.dem.write(&folder.join("dem.tif"), &city.crs).unwrap();
    csv::write(&city.years[0].index_table(), &folder.join("index.csv"), &csv::Options::default()).unwrap();
    (whole, folder)
}

#[test]
fn the_draft_of_the_sample_city_is_a_project_with_its_factors_uses_and_prices() {
    let (_whole, folder) = sample_folder();
    let text = draft(&folder, &inspect(&folder).unwrap());
    let project = Project::parse(&text, &folder.join("project.toml")).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    assert_eq!((project.name.as_str(), project.crs.epsg), ("样例市", Some(4547)));
    assert_eq!(project.base_date.unwrap().to_string(), "2026-01-01");
    assert_eq!((project.units.id(), project.units.given().unwrap().use_field.as_deref()), ("zddm", Some("yt")));
    assert_eq!(project.graded_area.as_ref().unwrap().layer.as_deref(), Some("graded_area"));
    let keys: Vec<&str> = project.factors.iter().map(|factor| factor.key.as_str()).collect();
    let by_hand = [
        "centres",
        "roads",
        "bus_stops",
        "stations",
        "schools",
        "hospitals",
        "parks",
        "planning",
        "flood",
        "environment",
        "slope",
    ];
    assert_eq!(keys, by_hand);
    let uses: Vec<&str> = project.uses.iter().map(|plan| plan.land_use.key.as_str()).collect();
    assert_eq!(uses, ["commercial", "residential", "industrial", "public"]);
    for (spelling, place) in [("商业服务业用地", 0), ("居住用地", 1), ("工业用地", 2), ("公共管理与公共服务用地", 3)]
    {
        assert_eq!(project.use_of(spelling), Some(place));
    }
    for plan in &project.uses {
        let WeightsPlan::Given(weights) = &plan.weights else { panic!("given weights") };
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9 && weights.iter().all(|weight| *weight > 0.0));
        assert_eq!(plan.price.as_ref().unwrap().kind, PriceKind::Ground);
    }
    let prices = project.prices.unwrap();
    assert_eq!((prices.index.len(), prices.base_quarter.unwrap().to_string().as_str()), (20, "2025Q4"));
    assert_eq!((prices.samples.id.as_str(), prices.samples.price.as_deref().unwrap()), ("ypbh", "dj"));
    assert_eq!((prices.samples.date.as_deref(), prices.samples.term.as_deref()), (Some("jyrq"), Some("synx")));
    assert_eq!(prices.samples.unit.as_deref(), Some("元/㎡"));
}

#[test]
fn levels_and_categories_are_those_of_the_data() {
    let (_whole, folder) = sample_folder();
    let text = draft(&folder, &inspect(&folder).unwrap());
    let project = Project::parse(&text, &folder.join("project.toml")).unwrap();
    let factor = |key: &str| &project.factors.iter().find(|factor| factor.key == key).unwrap().kind;
    let FactorKind::Line(roads) = factor("roads") else { panic!("lines") };
    // The classes the generator draws, by their bytes; an arterial road reaches further than a branch.
    let classes: Vec<&str> = roads.levels.iter().map(|level| level.level.as_deref().unwrap()).collect();
    assert_eq!((roads.level_field.as_deref(), classes.len()), (Some("lx"), 4), "{classes:?}");
    let radius = |word: &str| roads.levels.iter().find(|level| level.name.contains(word)).unwrap().radius;
    assert!(radius("主干") > radius("次干") && radius("次干") > radius("支"));
    let FactorKind::Centre(centres) = factor("centres") else { panic!("centres") };
    assert_eq!(centres.levels[0].level.as_deref(), Some("1"));
    let FactorKind::Point(schools) = factor("schools") else { panic!("points") };
    assert_eq!((schools.scale.as_ref().unwrap().fields(), schools.levels.len()), (&["guimo".to_string()][..], 2));
    let FactorKind::Area(planning) = factor("planning") else { panic!("areas") };
    assert!(matches!(&planning.score, AreaScore::Category { field, scores } if field == "lx" && scores.len() >= 2));
    let FactorKind::Area(environment) = factor("environment") else { panic!("areas") };
    assert_eq!(environment.score, AreaScore::Field("df".into()));
    let FactorKind::Raster(slope) = factor("slope") else { panic!("a raster") };
    assert!(slope.slope && !slope.scaling.high_is_good);
    for unused in ["districts", "river", "water", "bridges"] {
        assert!(text.contains(&format!("#   city.gpkg · {unused}: name and fields do not tell")), "{unused}");
    }
}

#[test]
fn the_same_folder_gives_the_same_bytes_wherever_it_stands() {
    let ((_one, first), (_two, second)) = (sample_folder(), sample_folder());
    assert_eq!(draft(&first, &inspect(&first).unwrap()), draft(&second, &inspect(&second).unwrap()));
}

pub(super) fn layer(name: &str, kind: LayerKind, fields: &[(&str, FieldKind, &[&str])]) -> LayerInfo {
    let field = |(name, kind, samples): &(&str, FieldKind, &[&str])| FieldInfo {
        name: (*name).to_string(),
        kind: *kind,
        samples: samples.iter().map(|value| (*value).to_string()).collect(),
        more: false,
        last: samples.last().copied().unwrap_or_default().to_string(),
        blanks: 0,
    };
    LayerInfo {
        path: format!("{name}.shp"),
        layer: name.to_string(),
        alone: true,
        kind,
        crs: Crs::parse("EPSG:4490").ok(),
        encoding: None,
        features: 10,
        extent: Some(Extent { min: Point::new(108.9, 34.5), max: Point::new(109.1, 34.7) }),
        fields: fields.iter().map(field).collect(),
        note: String::new(),
    }
}

/// The draft's plan, its sources made to exist.
pub(super) fn parsed(layers: &[LayerInfo]) -> (String, Project) {
    let folder = tempfile::tempdir().unwrap();
    for info in layers {
        std::fs::write(folder.path().join(&info.path), "").unwrap();
    }
    let text = draft(folder.path(), layers);
    let project =
        Project::parse(&text, &folder.path().join("p.toml")).unwrap_or_else(|fault| panic!("{fault}\n{text}"));
    (text, project)
}

#[test]
fn classes_are_found_under_longer_names() {
    let (text, project) = parsed(&[
        layer("宗地", LayerKind::Polygon, &[("宗地代码", FieldKind::Text, &["1"])]),
        layer(
            "道路",
            LayerKind::Line,
            &[("道路名称", FieldKind::Text, &["甲路"]), ("道路等级", FieldKind::Text, &["主干道", "次干道"])],
        ),
        layer("环境质量", LayerKind::Polygon, &[("大气环境", FieldKind::Text, &["优", "良"])]),
    ]);
    assert!(text.contains("level_field = \"道路等级\"") && text.contains("category = \"大气环境\""), "{text}");
    assert!(text.contains("\"优\" = 100") && text.contains("\"良\" = 80"), "{text}");
    assert_eq!(project.factors.len(), 2);
}

#[test]
fn units_on_an_old_datum_are_asked_about() {
    for (own, drafted) in [("EPSG:2383", "EPSG:2383"), ("EPSG:4610", "EPSG:4545")] {
        let mut parcels = layer("parcels", LayerKind::Polygon, &[("id", FieldKind::Text, &["1"])]);
        parcels.crs = Crs::parse(own).ok();
        let (text, _) = parsed(&[parcels, layer("公交站", LayerKind::Point, &[])]);
        let line = text.lines().find(|line| line.starts_with("crs = ")).unwrap();
        assert!(line.starts_with(&format!("crs = \"{drafted}\"  # ? ")) && line.contains("CGCS2000"), "{line}");
    }
}

#[test]
fn chinese_names_several_spellings_and_degrees_are_understood() {
    use FieldKind::{Int, Text};
    use LayerKind::{Line, Point, Polygon};
    let (text, project) = parsed(&[
        layer(
            "宗地",
            Polygon,
            &[("宗地代码", Text, &["1"]), ("土地用途", Text, &["商业用地", "商服用地", "林地", "住宅用地"])],
        ),
        layer("公交站1", Point, &[]),
        layer("公交站2", Point, &[]),
        layer("城市道路", Line, &[("类型", Text, &["主干路", "未定"])]),
        layer("医院", Point, &[("等级", Int, &["1", "2"]), ("规模", FieldKind::Real, &["1.5"])]),
    ]);
    // 109° E is nearest to the three-degree zone of 108° E.
    assert_eq!(project.crs.epsg, Some(4545));
    assert!(text.contains("crs = \"EPSG:4545\"  # ?"));
    let uses: Vec<&str> = project.uses.iter().map(|plan| plan.land_use.key.as_str()).collect();
    assert_eq!((uses, project.use_of("商服用地")), (vec!["commercial", "residential", "林地"], Some(0)));
    let keys: Vec<&str> = project.factors.iter().map(|factor| factor.key.as_str()).collect();
    assert_eq!(keys, ["roads", "bus", "bus_2", "hospitals"]);
    assert!(project.prices.is_none() && project.uses[0].price.is_none());
}

#[test]
fn a_file_with_one_layer_is_told_by_the_files_name_and_a_facility_keeps_its_own() {
    let geojson = |file: &str, kind, fields: &[(&str, FieldKind, &[&str])]| LayerInfo {
        path: format!("{file}.geojson"),
        ..layer("layer", kind, fields)
    };
    use FieldKind::Text;
    let (text, project) = parsed(&[
        geojson("zongdi_2025", LayerKind::Polygon, &[("zddm", Text, &["1"])]),
        geojson("bus_stops", LayerKind::Point, &[("站点名称", Text, &["东站"])]),
        geojson("学校", LayerKind::Point, &[("NAME", Text, &["一中"])]),
        geojson("公园", LayerKind::Point, &[("n", Text, &["1"])]),
        geojson("小学", LayerKind::Point, &[]),
    ]);
    assert!(project.units.given().unwrap().source.path.ends_with("zongdi_2025.geojson"), "{text}");
    let told: Vec<_> = project
        .factors
        .iter()
        .map(|factor| (factor.key.as_str(), factor.name.as_str(), factor.label.as_deref()))
        .collect();
    let by_hand = [
        ("bus_stops", "公交便捷度", Some("站点名称")),
        ("schools", "学校", Some("NAME")),
        ("schools_2", "学校(小学)", None),
        ("parks", "公园绿地", None),
    ];
    assert_eq!(told, by_hand);
}

#[test]
fn each_layer_left_out_says_why_in_both_languages() {
    use LayerKind::{Line, Point, Polygon, Raster, Table, Unreadable};
    let parcels = || layer("parcels", Polygon, &[("id", FieldKind::Int, &["1"])]);
    let mut old = parcels();
    old.path = "parcels_old.shp".into();
    let mut empty = layer("schools", Point, &[]);
    empty.features = 0;
    let mut broken = layer("bus", Unreadable, &[]);
    broken.note = "cannot / 不能".into();
    let quarter = ("季度", FieldKind::Text, &["2025Q1"][..]);
    let (text, _) = parsed(&[
        parcels(),
        layer("roads", Line, &[]),
        old,
        empty,
        broken,
        layer("rivers", Line, &[]),
        layer("商服中心", Point, &[]),
        layer("规划", Polygon, &[]),
        layer("bus_routes", Line, &[]),
        layer("zhishu", Table, &[quarter]),
        layer("notes", Table, &[]),
        layer("noise", Raster, &[]),
    ]);
    for (file, why) in [
        ("parcels_old", "parcels.shp is taken as the grading units"),
        ("schools", "empty"),
        ("bus", "cannot"),
        ("rivers", "name and fields do not tell"),
        ("商服中心", "a centre needs a field of its level"),
        ("规划", "an area factor needs a field"),
        ("bus_routes", "by its name bus, which cannot be lines"),
        ("zhishu", "must be CSV with a column `quarter`"),
        ("notes", "a table without prices and coordinates"),
        ("noise", "does not tell heights"),
    ] {
        let start = format!("#   {file}.shp: ");
        let line = text.lines().find(|line| line.starts_with(&start)).unwrap_or_else(|| panic!("{file}: {text}"));
        let (en, zh) = line.split_once(" / ").unwrap_or_else(|| panic!("{line}"));
        assert!(en.contains(why) && !zh.is_ascii(), "{line}");
    }
}

#[test]
fn a_layer_that_tells_no_system_but_lies_on_the_units_is_asked_to_share_theirs() {
    let mut parcels = layer("parcels", LayerKind::Polygon, &[("id", FieldKind::Int, &["1"])]);
    parcels.crs = Crs::parse("EPSG:4547").ok();
    parcels.extent = Some(Extent { min: Point::new(500_000.0, 3e6), max: Point::new(502_000.0, 3.002e6) });
    let mut heights = layer("heights", LayerKind::Raster, &[]);
    (heights.crs, heights.extent) = (None, parcels.extent);
    let mut far = layer("roads", LayerKind::Line, &[]);
    (far.crs, far.extent) = (None, Some(Extent { min: Point::new(0.0, 0.0), max: Point::new(9.0, 9.0) }));
    let (text, project) = parsed(&[parcels, heights, far]);
    let crs =
        |key: &str| project.factors.iter().find(|f| f.key == key).unwrap().source.crs.as_ref().and_then(|c| c.epsg);
    assert_eq!((crs("slope"), crs("roads")), (Some(4547), None));
    assert!(
        text.contains("crs = \"EPSG:4547\"  # ? the file tells none")
            && text.contains("# ? the file tells no coordinate")
    );
}

#[test]
fn a_hostile_name_stays_inside_its_comment_or_string() {
    let mut units = layer("parcels", LayerKind::Polygon, &[("id\"\n[x]", FieldKind::Text, &["a"])]);
    units.layer = "parcels\n[evil]\nkey = 1".into();
    units.alone = false;
    let mut other = layer("notes", LayerKind::Table, &[]);
    other.layer = "n\n[evil]".into();
    other.alone = false;
    let (text, project) = parsed(&[units, other, layer("school", LayerKind::Point, &[])]);
    assert_eq!(project.units.given().unwrap().source.layer.as_deref(), Some("parcels\n[evil]\nkey = 1"));
    assert_eq!(project.units.id(), "id\"\n[x]");
    // A table of its own would be an unknown key of the project file, and no project.
    assert!(text.contains("#   notes.shp · n [evil]: "), "{text}");
}

#[test]
fn weights_sum_to_one_whatever_layers_there_are() {
    // One to nine layers of schools beside a road layer: by hand, shares of a role are divided among its layers.
    for count in 1..=9 {
        let schools = (0..count).map(|number| layer(&format!("school_{number}"), LayerKind::Point, &[]));
        let base = [
            layer("parcels", LayerKind::Polygon, &[("id", FieldKind::Int, &["1"])]),
            layer("roads", LayerKind::Line, &[]),
        ];
        let layers: Vec<LayerInfo> = base.into_iter().chain(schools).collect();
        let (_, project) = parsed(&layers);
        let WeightsPlan::Given(weights) = &project.uses[0].weights else { panic!("given") };
        assert_eq!(weights.len(), count + 1);
        assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-9, "{weights:?}");
    }
}

#[test]
fn a_class_field_with_holes_is_passed_over_and_a_folder_without_factors_says_so() {
    let mut stations = layer("stations", LayerKind::Point, &[("lx", FieldKind::Text, &["地铁站", "火车站"])]);
    let parcels = layer("parcels", LayerKind::Polygon, &[("id", FieldKind::Int, &["1"])]);
    let (text, _) = parsed(&[parcels.clone(), stations.clone()]);
    assert!(text.contains("level_field = \"lx\""), "{text}");
    stations.fields[0].blanks = 1;
    let (text, _) = parsed(&[parcels.clone(), stations]);
    assert!(!text.contains("level_field"), "a station without a kind would have no level: {text}");
    let alone = draft(Path::new("empty"), &[parcels]);
    assert!(alone.contains("# ? no factor layer was found"), "{alone}");
    assert!(draft(Path::new("a"), &[]).contains("# ? no polygon layer was found"));
}
