//! The filing package as a bureau makes it: what other readers see in it, and how it is refused.

use crate::cli::{Room, call, city, release};
use sha2::{Digest, Sha256};
use std::fs;
use std::path::{Path, PathBuf};

/// Papers that no program makes.
fn papers(room: &Room) -> String {
    let folder = room.path().join("papers");
    fs::create_dir_all(&folder).unwrap();
    for name in ["工作报告", "听证材料", "验收意见", "政府批复", "政府批准文件", "备案表"] {
        fs::write(folder.join(format!("{name}.pdf")), "%PDF-1.4").unwrap();
    }
    fs::write(folder.join("别的.txt"), "x").unwrap();
    room.at("papers")
}

/// Rules by which the small city passes: its public land has too few samples for prices in order.
fn lenient(room: &Room, name: &str) -> String {
    let text = call(&format!("package --show-rules {name}")).ends(0).out;
    let path = room.path().join(format!("{name}.toml"));
    fs::write(&path, text.replace("A8 = \"error\"", "A8 = \"warning\"")).unwrap();
    path.display().to_string()
}

/// The release of the small city in which every grade has a price.
fn second() -> String {
    city().join("releases/2026").display().to_string()
}

/// Name, type letter, width and decimals of each field, from the bytes of a dBASE header.
fn dbf(path: &Path) -> Vec<(String, char, u8, u8)> {
    let bytes = fs::read(path).unwrap();
    let fields = bytes[32..].chunks(32).take_while(|field| field[0] != 0x0D);
    fields
        .map(|field| {
            let name = field[..11].iter().take_while(|byte| **byte != 0).map(|byte| char::from(*byte)).collect();
            (name, char::from(field[11]), field[16], field[17])
        })
        .collect()
}

#[test]
fn a_package_by_another_provinces_names_has_the_prescribed_fields_to_the_byte() {
    let room = Room::new();
    let (papers, rules) = (papers(&room), lenient(&room, "initials"));
    let line = format!(
        "package {} --rules {rules} --place 510402 --place-name 东区 --given {papers} --metadata supplier=某局 --to {}",
        second(),
        room.at("filing")
    );
    let told = call(&line).ends(0).out;
    assert!(
        told.contains("别的.txt is no file of the rules") && told.contains("the package passes the rules"),
        "{told}"
    );
    let folder = room.path().join("filing/2026510402JZDJ");
    let fields = dbf(&folder.join("矢量数据/SYYDJB.dbf"));
    let field = |name: &str| fields.iter().find(|field| field.0 == name).cloned().unwrap();
    assert_eq!(fields.len(), 14);
    assert_eq!(field("BSM"), ("BSM".to_string(), 'N', 10, 0));
    assert_eq!(field("DMDJ"), ("DMDJ".to_string(), 'N', 12, 2));
    assert_eq!(field("TDKFCD"), ("TDKFCD".to_string(), 'C', 40, 0));
    assert_eq!(field("PGJZRQ"), ("PGJZRQ".to_string(), 'D', 8, 0));
    let table = fs::read_to_string(folder.join("表格数据/5104022026级别基准地价.csv")).unwrap();
    assert!(table.starts_with("\u{feff}地类编码,地类名称,级别号,地面地价,楼面地价,每亩地价,"), "{table}");
    // Every file is listed with its SHA-256 and size.
    let list = fs::read_to_string(folder.join("文件清单.csv")).unwrap();
    let lines: Vec<Vec<&str>> = list.trim_end().lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert!(lines.len() > 30);
    for line in &lines {
        let bytes = fs::read(folder.join(line[0])).unwrap();
        let digest: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!((line[1], line[2]), (bytes.len().to_string().as_str(), digest.as_str()), "{}", line[0]);
    }
    call(&format!("package --check {} --rules {rules}", folder.display())).ends(0);
    // By the rules of another province it is none.
    let told = call(&format!("package --check {} --json", folder.display())).ends(1).json();
    let broken: Vec<&str> = told["checks"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|check| check["state"] == "breached")
        .map(|check| check["code"].as_str().unwrap())
        .collect();
    assert_eq!(broken, ["F1", "F2", "F3", "F4", "F5"]);
}

/// The declared type of each column of a GeoPackage's layer, as SQLite has it.
fn declared(path: &PathBuf, layer: &str) -> Vec<(String, String)> {
    let base = rusqlite::Connection::open(path).unwrap();
    let mut asked = base.prepare(&format!("select name, type from pragma_table_info('{layer}')")).unwrap();
    asked.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect()
}

#[test]
fn a_neutral_package_is_read_by_sqlite_and_calamine_as_prescribed() {
    let room = Room::new();
    let (papers, rules) = (papers(&room), lenient(&room, "neutral"));
    let line = format!(
        "package {} --rules {rules} --place 510402 --place-name 东区 --given {papers} --to {} --lang zh",
        second(),
        room.at("filing")
    );
    let told = call(&line).ends(0).out;
    assert!(told.contains("成果包符合规则") && told.contains("成果为草案"), "{told}");
    let folder = room.path().join("filing/510402_2026_JZDJ");
    let layer = folder.join("03_矢量/TDJB_SF.gpkg");
    let columns = declared(&layer, "TDJB_SF");
    for wanted in [("XZQMC", "TEXT(100)"), ("JZDJ", "REAL"), ("GJQR", "DATE"), ("KFCD", "TEXT(60)")] {
        assert!(columns.contains(&(wanted.0.to_string(), wanted.1.to_string())), "{wanted:?} in {columns:?}");
    }
    // What is printed is what the layer holds: SQLite reads one, calamine the other.
    let base = rusqlite::Connection::open(&layer).unwrap();
    let mut asked = base.prepare("select JBMC, JZDJ, SDRJL, LMDJ, DJWM, sum(JBMJ) from TDJB_SF group by JBMC").unwrap();
    let drawn: Vec<(String, [f64; 5])> = asked
        .query_map([], |row| Ok((row.get(0)?, [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?, row.get(5)?])))
        .unwrap()
        .map(Result::unwrap)
        .collect();
    let mut book: calamine::Xlsx<_> = calamine::open_workbook(folder.join("02_表格/基准地价表.xlsx")).unwrap();
    let cells = calamine::Reader::worksheet_range_at(&mut book, 0).unwrap().unwrap();
    assert!(drawn.len() > 2);
    for (grade, [ground, ratio, floor, mu, area]) in drawn {
        let row = cells.rows().find(|row| row[0] == "09" && row[2] == grade.as_str()).unwrap();
        let printed = |at: usize| calamine::DataType::as_f64(&row[at]).unwrap();
        assert_eq!((printed(3), printed(4), printed(5)), (ground, floor, mu), "{grade}");
        assert!((printed(6) - area).abs() < 0.01, "{grade}: {} {area}", printed(6));
        // 元/㎡ of ground and of floor, 万元/亩, by hand.
        assert!((floor - ground / ratio).abs() <= 0.005 && (mu - ground / 15.0).abs() <= 0.005 + 1e-9);
    }
    // A report for machines and one for people go along, and a report of a check may go anywhere.
    let report = fs::read_to_string(folder.join("06_检查/report.json")).unwrap();
    assert_eq!(serde_json::from_str::<serde_json::Value>(&report).unwrap()["passed"], true);
    let page = room.at("report.html");
    call(&format!("package --check {} --rules {rules} --report {page} --lang zh", folder.display())).ends(0);
    assert!(fs::read_to_string(&page).unwrap().contains("成果包符合规则"));
    // One byte more is found.
    let path = folder.join("01_文档/工作报告.pdf");
    fs::write(&path, "%PDF-1.4 ").unwrap();
    let told = call(&format!("package --check {} --rules {rules}", folder.display())).ends(1).out;
    assert!(told.contains("F3 01_文档/工作报告.pdf: the file is not as the manifest lists it"), "{told}");
}

#[test]
fn a_package_that_does_not_pass_is_not_made_and_says_which_rules_it_breaks() {
    let room = Room::new();
    let line = format!("package {} --place 510402 --to {}", release(), room.at("filing"));
    call(&line).ends(2).tells("package-not-passed", &["F1", "A8", "A9", "--incomplete"]);
    assert!(!room.path().join("filing").exists(), "nothing is left");
    call(&format!("package {} --place 5104 --to {}", release(), room.at("filing")))
        .ends(2)
        .tells("bad-county-code", &[]);
    call(&format!("package {} --place 510402 --metadata suplier=x", release()))
        .ends(2)
        .tells("unknown-metadata", &["supplier"]);
    fs::write(room.path().join("bad.toml"), "titel = 1\n").unwrap();
    let line = format!("package {} --place 510402 --rules {}", release(), room.at("bad.toml"));
    call(&line).ends(2).tells("bad-package-rules", &["bad.toml:1", "title"]);
}
