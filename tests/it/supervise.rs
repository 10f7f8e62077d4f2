//! Published tables under supervision: what cities printed, imported as districts' releases and checked. Skipped aloud where the shared data is
//! absent.

use crate::tools::shared;
use jiff::civil::date;
use landgrade::import::{Mapping, import};
use landgrade::land::Lang;
use landgrade::land::progress::Unwatched;
use landgrade::release::seal;
use landgrade::supervise::{Item, Rules, Supervision, supervise, write};
use std::path::Path;

/// Imports the rows of a published table as the release of a district.
fn district(root: &Path, folder: &str, name: &str, words: &str) -> Option<()> {
    let source = shared("published")?;
    let mapping = Mapping::parse(words).unwrap();
    let mut release = import(&mapping, &source, name).unwrap();
    seal(&mut release, &root.join(folder), date(2026, 1, 1), None).unwrap();
    Some(())
}

fn told(found: &Supervision, district: usize, check: u8) -> Vec<String> {
    let own = found.items[district].iter().filter(|item| item.check.0 == check);
    own.map(|item: &Item| format!("{} {}: {} [{}]", item.word(), item.land_use, item.sentence().en, item.measured.en))
        .collect()
}

/// Putian, 2008: three districts of one notice. The least price of industrial land is 241 − 176 in Xiuyu, and 204 is asked for in class 9.
#[test]
fn the_districts_of_putian_are_held_against_each_rule_that_their_tables_allow() {
    let folder = tempfile::tempdir().unwrap();
    for (at, area) in ["中心城区", "涵江区", "秀屿区"].into_iter().enumerate() {
        let words = format!(
            "source = \"putian_2008_districts.csv\"\nheader = 3\nuse = \"use_en\"\ngrade = \"grade\"\nprice = \"price\"\nwhere = {{ area = \"{area}\" }}\nbase_date = \"2007-01-01\"\ntitle = \"莆田 {area}\"\n"
        );
        if district(folder.path(), &format!("d{at}"), "2008", &words).is_none() {
            return;
        }
    }
    let names = "province = \"35\"\n[[districts]]\nfolder = \"d2\"\nname = \"秀屿区\"\nland_class = 9\n";
    std::fs::write(folder.path().join("supervision.toml"), names).unwrap();
    let found = supervise(folder.path(), Rules::default(), date(2008, 12, 31), &Unwatched).unwrap();
    assert_eq!(found.districts.len(), 3);
    // By hand: 411/348 = 1.18, 348/295 = 1.18, 295/250 = 1.18; 3009/2236 = 1.35 … 921/684 = 1.35: all within the band.
    assert!(told(&found, 0, 8).iter().all(|told| told.starts_with("passed")), "{:?}", told(&found, 0, 8));
    assert!(told(&found, 0, 1)[0].contains("[2.00 years]"), "{:?}", told(&found, 0, 1));
    // Fujian: two years from 2007-01-01 are over after 2009-01-01.
    assert!(told(&found, 0, 3)[0].starts_with("passed"));
    let low = told(&found, 2, 10);
    assert_eq!(low, ["error industrial: grade 3 lies below the least price of class 9 [176 元/㎡]"]);
    let missing: Vec<String> = told(&found, 0, 5).into_iter().filter(|told| told.starts_with("error")).collect();
    assert_eq!(missing.len(), 2, "commercial and public: the excerpt has neither: {missing:?}");
    // Tables alone have no borders, and that is said.
    assert!(told(&found, 1, 7)[0].starts_with("not-checked"));
    let later = supervise(folder.path(), Rules::default(), date(2013, 1, 2), &Unwatched).unwrap();
    assert!(told(&later, 0, 1)[0].starts_with("error : expired"));
    let out = tempfile::tempdir().unwrap();
    let written = write(&found, out.path(), Lang::Zh).unwrap();
    assert!(written.iter().all(|file| !file.path.ends_with("map.svg")), "nothing to draw");
}

/// Panzhihua, 2014 → 2018: the growth of the domain's table, industrial 4 → 3 grades, public added.
#[test]
fn the_two_releases_of_panzhihua_grow_as_published_and_ask_for_a_mapping() {
    let folder = tempfile::tempdir().unwrap();
    for year in ["2014", "2018"] {
        let words = format!(
            "source = \"panzhihua_2014_2018.csv\"\nheader = 5\nuse = \"use_en\"\ngrade = \"grade\"\nprice = \"price\"\nprice_mu = \"price_wan_per_mu_printed\"\nbase_date = \"base_date\"\nterm = \"term_years\"\nplot_ratio = \"std_far\"\nkind = \"price_kind\"\nwhere = {{ release = \"{year}\" }}\n"
        );
        if district(folder.path(), "panzhihua", year, &words).is_none() {
            return;
        }
    }
    let day = date(2018, 12, 1);
    let found = supervise(folder.path(), Rules::default(), day, &Unwatched).unwrap();
    let changed = told(&found, 0, 14);
    assert!(
        changed.contains(&"note industrial: 4 grades became 3: a mapping is required [4 → 3]".to_string()),
        "{changed:?}"
    );
    assert!(changed.contains(&"note public: a new use [– → 5]".to_string()), "{changed:?}");
    // No index: not judged, but told. Growth by grade: −3.4 −6.4 +3.5 −5.3 −2.2 −3.7 −4.2.
    let growth = told(&found, 0, 13);
    assert!(growth[0].contains("growth -3.4 -6.4 +3.5 -5.3 -2.2 -3.7 -4.2 %, but no price index"), "{growth:?}");
    let index = "quarter,commercial,residential\n2014Q1,100,100\n2018Q1,97,109\n";
    std::fs::write(folder.path().join("panzhihua/index.csv"), index).unwrap();
    let found = supervise(folder.path(), Rules::default(), day, &Unwatched).unwrap();
    let growth = told(&found, 0, 13);
    // ln(2670/2580) = +0.0343 against ln 0.97 = −0.0305: another direction; the other six are within 0.10.
    let against: Vec<&String> = growth.iter().filter(|told| told.starts_with("warning commercial")).collect();
    assert_eq!(against, ["warning commercial: grade III: moved against the index [3.49 %, index −3.00 %]"]);
    assert!(
        told(&found, 0, 11)[0].starts_with("not-checked"),
        "every printed 万元/亩 agrees: {:?}",
        told(&found, 0, 11)
    );
}

/// A table that cannot be read is told on its district's page; the other districts are reported as ever.
#[test]
fn one_districts_broken_table_stops_no_other() {
    use crate::cli::{Room, city, landgrade};
    let room = Room::new();
    for district in ["east", "west"] {
        crate::cli::copy(&city().join("releases/2025"), &room.path().join("city").join(district).join("2025"));
    }
    std::fs::write(room.path().join("city/east/monitoring.csv"), "foo,bar\n1,2\n").unwrap();
    std::fs::write(room.path().join("city/east/reports.xlsx"), "garbage").unwrap();
    let out = room.at("out");
    let ran =
        landgrade(&["supervise", room.path().join("city").to_str().unwrap(), "--to", &out, "--today", "2026-08-01"]);
    assert!(ran.code == Some(0) || ran.code == Some(1), "{}", ran.err);
    let pages = crate::tools::files_below(Path::new(&out));
    let all: String = pages.iter().map(|(_, bytes)| String::from_utf8_lossy(bytes).into_owned()).collect();
    assert!(all.contains("monitoring.csv was not read") && all.contains("reports.xlsx was not read"), "told");
    assert!(all.contains("west"), "the other district is reported");
}
