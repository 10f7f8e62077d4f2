use super::fixture::*;
use super::*;
use crate::ingest::finding::{Action, Code};
use crate::land::Values;

#[test]
fn sanyuan_2025_becomes_the_cells_it_printed() {
    let Some(release) = table("sanyuan_2025.csv", 3, "") else { return };
    let prices =
        |key: &str| published(&release).iter().filter(|cell| cell.0 == key).map(|c| c.2.unwrap()).collect::<Vec<_>>();
    // The notice 三政发〔2025〕11号, as transcribed.
    assert_eq!(prices("commercial"), [1590.0, 1425.0, 1125.0, 675.0]);
    assert_eq!(prices("residential"), [1650.0, 1500.0, 1125.0, 675.0]);
    assert_eq!(prices("industrial"), [450.0, 390.0, 345.0, 315.0]);
    assert_eq!(prices("public"), [549.0, 437.0, 360.0, 330.0]);
    assert_eq!(release.head.base_date.as_deref(), Some("2023-12-31"));
    assert!(release.findings.is_empty());
    // Printed in 万元/亩 too: 106 × 15 = 1590, 36.6 × 15 = 549.
    let Some(other) = table("sanyuan_2025.csv", 3, "price_unit = \"万元/亩\"") else { return };
    assert_eq!(other.cells[0].published, Some(23850.0), "15 times the price in 元/㎡");
    let folder = shared("published").unwrap();
    let printed = "source = \"sanyuan_2025.csv\"\nheader = 3\nuse = \"use_en\"\ngrade = \"grade\"\nprice = \"price_wan_per_mu_printed\"\nprice_unit = \"万元/亩\"";
    let printed = import(&Mapping::parse(printed).unwrap(), &folder, "printed").unwrap();
    assert_eq!((printed.cells[0].published, printed.cells[8].published), (Some(1590.0), Some(549.0)));
}

#[test]
fn both_years_of_panzhihua_come_out_of_one_file() {
    let Some(old) = table("panzhihua_2014_2018.csv", 5, "where = { release = \"2014\" }") else { return };
    let Some(new) = table("panzhihua_2014_2018.csv", 5, "where = { release = \"2018\" }") else { return };
    assert_eq!(
        (old.head.base_date.as_deref(), new.head.base_date.as_deref()),
        (Some("2014-01-01"), Some("2018-01-01"))
    );
    let grades = |release: &Release| release.uses.iter().map(|u| (u.key.clone(), u.grades)).collect::<Vec<_>>();
    let named =
        |list: &[(&str, u8)]| list.iter().map(|(key, grades)| ((*key).to_string(), *grades)).collect::<Vec<_>>();
    // 2014: 7 commercial, 6 residential, 4 industrial grades; 2018: industrial 3, public new with 5 (the file's own header).
    assert_eq!(grades(&old), named(&[("commercial", 7), ("industrial", 4), ("residential", 6)]));
    assert_eq!(grades(&new), named(&[("commercial", 7), ("industrial", 3), ("public", 5), ("residential", 6)]));
    assert_eq!((old.cells[0].published, new.cells[0].published), (Some(4800.0), Some(4635.0)));
    assert_eq!((old.cells[16].published, new.cells[20].published), (Some(600.0), Some(675.0)));
    let connotation = new.uses[3].connotation.as_ref().unwrap();
    assert_eq!((connotation.term, connotation.plot_ratio, connotation.kind.as_str()), (70.0, 2.4, "ground"));
}

#[test]
fn baoshan_2019_tells_of_its_restricted_zone_and_its_two_public_classes() {
    let Some(release) = table("baoshan_2019.csv", 3, "") else { return };
    assert_eq!(codes(&release), [(Code::UnknownGrade, 1), (Code::SeveralPrices, 5)]);
    let zone = release.findings.iter().find(|finding| finding.code == Code::UnknownGrade).unwrap();
    assert!(zone.detail.zh.contains("规划限制区") && zone.action == Action::LeftOut);
    let public = &release.cells[9..14];
    // Class I 1976 and class II 537: no price is grade 1's; their mean is 1256.5.
    assert_eq!((public[0].published, public[0].raw), (None, Some(1256.5)));
    assert_eq!(published(&release)[0], ("commercial", 1, Some(3250.0)));
    assert_eq!(
        published(&release)[5..9].iter().map(|c| c.2.unwrap()).collect::<Vec<_>>(),
        [419.0, 403.0, 374.0, 350.0]
    );
}

#[test]
fn other_published_tables_show_floor_prices_gaps_and_mixed_premises() {
    let Some(qingdao) = table("qingdao_2014.csv", 4, "") else { return };
    let kinds: Vec<_> = qingdao.uses.iter().map(|u| u.connotation.as_ref().unwrap().kind.as_str()).collect();
    assert_eq!((kinds, codes(&qingdao)), (vec!["floor", "ground", "floor"], vec![(Code::UnknownGrade, 1)]));
    let Some(xunsi) = table("junlian_2019.csv", 3, "where = { area = \"巡司片区\" }") else { return };
    // Industrial land has grades 2 and 3 only (275, 225).
    assert_eq!(codes(&xunsi), [(Code::EmptyGrade, 1)]);
    assert_eq!(
        published(&xunsi)[3..6],
        [("industrial", 1, None), ("industrial", 2, Some(275.0)), ("industrial", 3, Some(225.0))]
    );
    let Some(whole) = table("junlian_2019.csv", 3, "") else { return };
    // Two areas with plot ratios 2.5 and 1.5 for residential land, and a price each in eleven cells.
    assert_eq!(codes(&whole), [(Code::EmptyGrade, 1), (Code::SeveralPrices, 11), (Code::MixedPremises, 1)]);
    assert_eq!(whole.cells[0].raw, Some((1865.0 + 848.0) / 2.0));
}

#[test]
fn osaka_points_become_units_with_places_and_prices() {
    let Some(folder) = shared("real/osaka") else { return };
    let mapping = "source = \"osaka_2015.csv\"\ncrs = \"EPSG:4326\"\nto = \"EPSG:6674\"\nid = \"point_id\"\nuse = \"用途\"\nprice = \"標準地価格\"\n\
                   x = \"long\"\ny = \"lat\"\narea = \"地積\"\nbase_date = \"価格時点\"\nkeep = [\"標準地番号\"]\n\
                   [uses]\n\"000\" = \"residential\"\n\"005\" = \"commercial\"\n\"009\" = \"industrial\"\n";
    let release = import(&Mapping::parse(mapping).unwrap(), &folder, "2015").unwrap();
    assert_eq!((release.units.len(), release.head.base_date.as_deref()), (1466, Some("2015-01-01")));
    let count = |place: u8| release.units.uses.iter().filter(|found| **found == place).count();
    // Counted in the file: 343 of 005, 100 of 009, 1023 of 000; the mean price is 237,992.36.
    assert_eq!([count(0), count(1), count(2)], [343, 100, 1023]);
    let mean = release.units.prices.iter().sum::<f64>() / 1466.0;
    assert!((mean - 237_992.360_163_710_78).abs() < 1e-6, "{mean}");
    let unit = release.units.ids.find_sorted("1805").unwrap();
    assert_eq!((release.units.price(unit), release.units.areas[unit]), (191_000.0, 185.0));
    let place = release.units.shapes.as_ref().unwrap().get(unit).points()[0];
    // 135.524715° E, 34.725005° N in JGD2011 / Japan plane VI, by pyproj 3.7.2.
    assert!((place.x - -43_528.376_9).abs() < 0.01 && (place.y - -141_340.190_7).abs() < 0.01, "{place:?}");
    assert!(release.cells.is_empty(), "points without grades have no cells");
}

#[test]
fn seoul_parcels_are_measured_in_the_korean_system() {
    let Some(folder) = shared("real/seoul") else { return };
    let mapping = "source = \"parcels.geojson\"\ncrs = \"EPSG:4326\"\nto = \"EPSG:5186\"\nid = \"고유번호\"\none_use = \"all\"\nprice = \"공시지가\"\n\
                   area = \"토지면적\"\n";
    let mapping = |policy: &str| Mapping::parse(&format!("{mapping}{policy}")).unwrap();
    // One parcel crosses itself (the shared data's own description).
    let denied = import(&mapping(""), &folder, "seoul").err().unwrap();
    assert_eq!((denied.code, denied.each().count()), ("denied", 1));
    assert!(denied.place.unwrap().contains("1171010100102780000"));
    let release = import(&mapping("policy = { invalid-geometry = \"warn\" }"), &folder, "seoul").unwrap();
    assert_eq!(release.units.len(), 2382);
    let Values::Real(registered) = &release.units.kept[0].values else { panic!("areas are numbers") };
    let mut ratios: Vec<f64> = release.units.areas.iter().zip(registered).map(|(one, other)| one / other).collect();
    ratios.sort_by(f64::total_cmp);
    // The median of measured over registered area is 1.0000.
    assert!((ratios[1191] - 1.0).abs() < 5e-4, "{}", ratios[1191]);
    let dearest = release.units.prices.iter().copied().fold(0.0, f64::max);
    assert_eq!(dearest, 45_440_000.0);
    // 67 pairs overlap by more than nothing; those above 1 m² are among them.
    let overlaps = release.findings.iter().filter(|f| matches!(f.code, Code::Overlap | Code::Sliver)).count();
    assert!((1..=67).contains(&overlaps), "{overlaps}");
}

/// What the headers of the transcriptions say: every price of 三原 is its 万元/亩 times 15; 筠连 prints 68.38 for 1026, which is 68.40; 珙县
/// computed 万元/亩 before rounding, up to 0.04 off.
#[test]
fn prices_printed_in_two_units_are_held_against_each_other() {
    let told = |file: &str, header: u32| -> Option<Vec<String>> {
        let release = table(file, header, "price_mu = \"price_wan_per_mu_printed\"")?;
        let odd = release.findings.iter().filter(|finding| finding.code == Code::UnitsDisagree);
        Some(odd.map(|finding| finding.detail.en.clone()).collect())
    };
    let Some(sanyuan) = told("sanyuan_2025.csv", 3) else { return };
    assert_eq!(sanyuan, Vec::<String>::new());
    assert_eq!(told("panzhihua_2014_2018.csv", 5).unwrap(), Vec::<String>::new());
    let junlian = told("junlian_2019.csv", 3).unwrap();
    assert!(
        junlian.iter().any(|detail| detail.starts_with("1026 元/㎡ are 68.40 万元/亩, printed 68.38")),
        "{junlian:?}"
    );
    assert_eq!(junlian.len(), 1);
    let gongxian = told("gongxian_2014.csv", 3).unwrap();
    assert!(gongxian.len() >= 5 && gongxian.iter().all(|detail| detail.contains("before rounding")), "{gongxian:?}");
}
