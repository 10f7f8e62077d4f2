//! A package that passes, and for each rule one that breaks it and no other.

use super::*;
use crate::land::progress::Unwatched;
use crate::land::{Column, Values};
use crate::package::fixture::{SOUTH, WEST, copied, edit, edit_table, pack, release, relist};
use crate::package::{Severity, manifest};
use crate::space::{Crs, Shapes};
use std::fs;

pub(super) fn checked(folder: &Path, rules: &Rules, neighbours: &[PathBuf]) -> Checked {
    check(&Options { rules, neighbours, folder, named: folder, unlisted: false }, &Unwatched).unwrap()
}

/// The codes that are broken.
pub(super) fn broken(checked: &Checked) -> Vec<&'static str> {
    checked.judged.iter().filter(|judged| !judged.items.is_empty()).map(|judged| judged.code.name()).collect()
}

/// Packs the county, lets it be spoilt and listed anew, and gives what the check finds.
pub(super) fn spoilt(spoil: impl FnOnce(&Path)) -> Checked {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let good = pack(&release(), &rules, room.path(), false).unwrap().folder;
    let own = copied(&good, &room.path().join("copy"));
    spoil(&own);
    relist(&own, &rules);
    checked(&own, &rules, &[])
}

pub(super) fn breaks(code: &str, spoil: impl FnOnce(&Path)) {
    let found = spoilt(spoil);
    assert_eq!(broken(&found), [code], "{:#?}", found.errors().flat_map(|own| &own.items).collect::<Vec<_>>());
    let fault = found.demand().unwrap_err();
    assert!(fault.code == "package-not-passed" && fault.what.en.contains(code), "{fault:?}");
}

#[test]
fn a_package_of_every_layer_passes_every_rule_that_can_be_asked() {
    let found = spoilt(|_| ());
    let words: Vec<_> = found.judged.iter().map(|judged| (judged.code.name(), judged.word())).collect();
    for (code, word) in &words {
        let wanted = if ["L6", "T5"].contains(code) { "not-applicable" } else { "passed" };
        assert_eq!(*word, wanted, "{code}");
    }
    assert_eq!(words.len(), 31);
    assert!(found.passes() && found.demand().is_ok());
    // Three layers of grades, range, areas, streets, samples, county, roads, and two tables.
    assert_eq!(found.read.len(), 11, "{:?}", found.read);
}

#[test]
fn f1_a_required_file_is_missing() {
    breaks("F1", |own| fs::remove_file(own.join("01_文档/工作报告.pdf")).unwrap());
    breaks("F1", |own| fs::write(own.join("01_文档/工作报告.pdf"), "").unwrap());
    breaks("F1", |own| fs::write(own.join("01_文档/工作报告.pdf"), "garbage").unwrap());
    #[cfg(unix)]
    breaks("F1", |own| {
        let (file, outside) = (own.join("01_文档/工作报告.pdf"), own.with_file_name("outside.pdf"));
        fs::rename(&file, &outside).unwrap();
        std::os::unix::fs::symlink(&outside, &file).unwrap();
    });
}

#[test]
fn f2_a_file_that_no_rule_names() {
    breaks("F2", |own| fs::write(own.join("01_文档/私人.txt"), "x").unwrap());
}

#[test]
fn f3_a_file_is_not_as_listed() {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let own = pack(&release(), &rules, room.path(), false).unwrap().folder;
    assert_eq!(broken(&checked(&own, &rules, &[])), Vec::<&str>::new());
    fs::write(own.join("01_文档/工作报告.pdf"), "%PDF-1.5").unwrap();
    assert_eq!(broken(&checked(&own, &rules, &[])), ["F3"]);
    // A line too many, and one too few.
    let mut lines = manifest::of(&own, &rules.manifest).unwrap();
    lines[0].name = "05_元数据/\"a\",b.json".to_string();
    fs::write(own.join(&rules.manifest), manifest::text(&lines)).unwrap();
    let found = checked(&own, &rules, &[]);
    let items = &found.judged[2].items;
    assert_eq!((broken(&found), items.len()), (vec!["F3"], 2));
    assert_eq!(items[1].file, "05_元数据/\"a\",b.json");
    fs::write(own.join(&rules.manifest), "name;size\n").unwrap();
    assert_eq!(broken(&checked(&own, &rules, &[])), ["F3"]);
}

#[test]
fn f4_the_folder_has_another_name() {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let own = pack(&release(), &rules, room.path(), false).unwrap().folder;
    let named = own.with_file_name("510402-2026");
    fs::rename(&own, &named).unwrap();
    assert_eq!(broken(&checked(&named, &rules, &[])), ["F4"]);
    let other = named.with_file_name("510403_2026_JZDJ");
    fs::rename(&named, &other).unwrap();
    assert_eq!(broken(&checked(&other, &rules, &[])), ["F4"], "another county than the metadata say");
}

#[test]
fn f5_the_metadata_lack_an_item() {
    breaks("F5", |own| {
        let path = own.join("05_元数据/metadata.json");
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, text.replace("\"title\": \"2026\"", "\"title\": \" \"")).unwrap();
    });
}

#[test]
fn l1_a_layer_cannot_be_read() {
    breaks("L1", |own| fs::write(own.join("03_矢量/LXJ.gpkg"), "no layer").unwrap());
}

#[test]
fn l2_a_field_is_missing() {
    breaks("L2", |own| {
        edit(&own.join("03_矢量/JZQP.gpkg"), |layer| layer.columns.retain(|column| column.name != "PQMC"))
    });
}

#[test]
fn l3_a_field_has_another_length() {
    breaks("L3", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.width("KFCD", 50)));
}

#[test]
fn l3_a_value_is_longer_than_its_field() {
    breaks("L3", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| layer.real("RJL", 0, 12345.0)));
}

#[test]
fn l4_a_field_that_no_rule_names() {
    breaks("L4", |own| {
        edit(&own.join("03_矢量/DL.gpkg"), |layer| {
            layer.columns.push(Column { name: "KD".to_string(), values: Values::Int(vec![Some(12)]) });
        });
    });
}

#[test]
fn l5_another_system() {
    breaks("L5", |own| edit(&own.join("03_矢量/DL.gpkg"), |layer| layer.crs = Crs::parse("EPSG:4548").unwrap()));
}

#[test]
fn l6_another_encoding() {
    let text = crate::package::rules::BUILT_IN[1].1.replace("supplier = \"\"", "supplier = \"某局\"");
    let rules = Rules::parse(&text).unwrap();
    let room = tempfile::tempdir().unwrap();
    let own = pack(&release(), &rules, room.path(), false).unwrap().folder;
    assert_eq!(broken(&checked(&own, &rules, &[])), Vec::<&str>::new());
    fs::write(own.join("矢量数据/DJFW.cpg"), "UTF-8").unwrap();
    relist(&own, &rules);
    assert_eq!(broken(&checked(&own, &rules, &[])), ["L6"]);
}

#[test]
fn l7_another_geometry() {
    breaks("L7", |own| {
        edit(&own.join("03_矢量/DL.gpkg"), |layer| {
            layer.shapes = Shapes::of_points([crate::space::Point::new(WEST + 10.0, SOUTH + 10.0)]);
        });
    });
}

#[test]
fn a1_a_code_of_no_list() {
    breaks("A1", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| layer.text("YTDM", 0, "99")));
    breaks("A1", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.text("YTMC", 0, "居住用地")));
}

#[test]
fn a1_codes_that_no_list_but_the_package_itself_tells() {
    // The county, by its code and its name; a constant; a grade that is none, and one under another's name; the use of another file.
    breaks("A1", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.text("XZQDM", 1, "110101")));
    breaks("A1", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.text("XZQMC", 1, "西区")));
    breaks("A1", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.text("YSDM", 0, "X")));
    breaks("A1", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| layer.text("JB", 0, "7")));
    breaks("A1", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| layer.text("JB", 0, "01")));
    let found = spoilt(|own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.text("JBMC", 2, "二级")));
    assert_eq!(broken(&found), ["A1", "A10"], "the name of the third part is another");
    // A town's code begins with its county's.
    let found = spoilt(|own| edit(&own.join("03_矢量/DJFW.gpkg"), |layer| layer.text("XZQDM", 1, "510402001")));
    assert_eq!(broken(&found), Vec::<&str>::new());
}

#[test]
fn a2_two_rows_have_one_identifier() {
    breaks("A2", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| layer.text("YDBH", 0, "Y2")));
}

#[test]
fn a3_an_area_is_not_that_of_the_geometry() {
    breaks("A3", |own| edit(&own.join("03_矢量/JZQP.gpkg"), |layer| layer.real("QPMJ", 0, 90_100.0)));
}

#[test]
fn a4_the_floor_price_does_not_fit() {
    breaks("A4", |own| edit(&own.join("03_矢量/JZQP.gpkg"), |layer| layer.real("LMDJ", 0, 1601.0)));
}

#[test]
fn a5_the_price_per_mu_does_not_fit() {
    breaks("A5", |own| {
        edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| {
            (0..3).step_by(2).for_each(|row| layer.real("DJWM", row, 201.0))
        });
        edit_table(&own.join("02_表格/基准地价表.xlsx"), "亩价(万元/亩)", 0, 201.0);
    });
}

#[test]
fn a6_one_grade_has_two_prices() {
    breaks("A6", |own| {
        edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| {
            layer.real("JZDJ", 2, 3030.0);
            layer.real("LMDJ", 2, 1515.0);
            layer.real("DJWM", 2, 202.0);
        });
    });
}

#[test]
fn a7_another_base_date() {
    breaks("A7", |own| edit(&own.join("03_矢量/LXJ.gpkg"), |layer| layer.text("GJQR", 0, "2025-01-01")));
    breaks("A7", |own| {
        fs::remove_file(own.join("01_文档/使用说明.html")).unwrap();
        let file = fs::File::create(own.join("01_文档/使用说明.docx")).unwrap();
        let mut archive = zip::ZipWriter::new(file);
        archive.start_file("word/document.xml", zip::write::SimpleFileOptions::default()).unwrap();
        std::io::Write::write_all(&mut archive, "<w:t>估价期日 2025年1月1日</w:t>".as_bytes()).unwrap();
        archive.finish().unwrap();
    });
    breaks("A7", |own| {
        fs::remove_file(own.join("01_文档/使用说明.html")).unwrap();
        let file = fs::File::create(own.join("01_文档/使用说明.docx")).unwrap();
        let mut archive = zip::ZipWriter::new(file);
        archive.start_file("other.xml", zip::write::SimpleFileOptions::default()).unwrap();
        archive.finish().unwrap();
    });
    // The day that the text calls its base date counts, whatever other days stand in it.
    let page = |text: &[u8]| spoilt(|own| fs::write(own.join("01_文档/使用说明.html"), text).unwrap());
    let wrong = "<p>估价期日:2025年12月31日。公布日期 2026-01-01</p>";
    assert_eq!(broken(&page(wrong.as_bytes())), ["A7"]);
    let right = "<meta charset=gbk><p>估价期日:2026年1月1日,公布日期 2025-12-31</p>";
    assert!(page(&encoding_rs::GBK.encode(right).0).passes(), "GBK is read");
    let utf16: Vec<u8> = std::iter::once(0xfeff_u16).chain(right.encode_utf16()).flat_map(u16::to_le_bytes).collect();
    assert!(page(&utf16).passes(), "UTF-16 is read");
}

#[test]
fn a8_a_worse_grade_costs_more() {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let mut release = release();
    release.cells[1].published = Some(3000.0);
    let fault = pack(&release, &rules, room.path(), false).map(drop).unwrap_err();
    assert!(fault.code == "package-not-passed" && fault.what.zh.contains("A8"), "{fault:?}");
    assert!(!room.path().join("out").exists(), "nothing is left");
    let built = pack(&release, &rules, room.path(), true).unwrap();
    assert_eq!(broken(&checked(&built.folder, &rules, &[])), ["A8"]);
    assert_eq!(broken(&built.checked), ["A8"]);
    let again = pack(&release, &rules, room.path(), true).map(drop).unwrap_err();
    assert_eq!(again.code, "package-exists");
}

#[test]
fn a9_a_required_field_is_blank() {
    breaks("A9", |own| edit(&own.join("03_矢量/TDJB_ZZ.gpkg"), |layer| layer.text("XZQMC", 1, "")));
}

#[test]
fn a9_a_price_or_a_term_of_nothing() {
    breaks("A9", |own| {
        edit(&own.join("03_矢量/LXJ.gpkg"), |layer| {
            ["JZDJ", "LMDJ", "DJWM"].iter().for_each(|field| layer.real(field, 0, 0.0))
        })
    });
    breaks("A9", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| layer.real("CJDJ", 1, -5.0)));
}

#[test]
fn a10_a_later_part_of_a_grade_has_other_premises() {
    breaks("A10", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.int("SDNQ", 2, 50)));
    breaks("A10", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.text("KFCD", 2, "三通一平")));
}

#[test]
fn an_empty_folder_passes_nothing_that_was_not_asked() {
    let room = tempfile::tempdir().unwrap();
    let own = room.path().join("510402_2026_JZDJ");
    fs::create_dir(&own).unwrap();
    let found = checked(&own, &Rules::of("neutral").unwrap(), &[]);
    assert_eq!(broken(&found), ["F1", "F3", "F5"]);
    let passed: Vec<_> = found.judged.iter().filter(|own| own.word() == "passed").map(|own| own.code.name()).collect();
    assert_eq!(passed, ["F2", "F4", "L1"]);
}

#[test]
fn numbers_in_metadata_are_texts_and_a_list_in_gbk_is_read() {
    let rules = Rules::of("neutral").unwrap();
    let room = tempfile::tempdir().unwrap();
    let own = pack(&release(), &rules, room.path(), false).unwrap().folder;
    let path = own.join("05_元数据/metadata.json");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("\"year\": \"2026\"", "\"year\": 2026")).unwrap();
    relist(&own, &rules);
    let list = fs::read_to_string(own.join(&rules.manifest)).unwrap();
    fs::write(own.join(&rules.manifest), encoding_rs::GBK.encode(list.trim_start_matches('\u{feff}')).0).unwrap();
    assert_eq!(broken(&checked(&own, &rules, &[])), Vec::<&str>::new());
    fs::write(&path, text.replace("\"epsg\": \"4547\"", "\"epsg\": \"4546\"")).unwrap();
    relist(&own, &rules);
    assert_eq!(broken(&checked(&own, &rules, &[])), ["F5"]);
    fs::write(&path, "[1]").unwrap();
    relist(&own, &rules);
    assert_eq!(broken(&checked(&own, &rules, &[])), ["F5"]);
    let crs = text.lines().find(|line| line.contains("\"crs\"")).unwrap();
    fs::write(&path, text.replace(crs, "  \"crs\": \"WGS 84\",")).unwrap();
    relist(&own, &rules);
    assert_eq!(broken(&checked(&own, &rules, &[])), ["F5"]);
}

#[test]
fn layers_in_degrees_are_told_and_not_measured() {
    let found = spoilt(|own| {
        for name in ["TDJB_SF", "TDJB_ZZ", "YDDJ"] {
            edit(&own.join(format!("03_矢量/{name}.gpkg")), |layer| {
                let to = Crs::parse("EPSG:4490").unwrap();
                crate::space::crs::Transform::new(&layer.crs, &to).unwrap().apply(layer.shapes.points_mut()).unwrap();
                layer.crs = to;
            });
        }
    });
    assert_eq!(broken(&found), ["L5"]);
}

#[test]
fn l7_a_layer_of_another_name_and_l3_a_text_without_length() {
    let rename = |sql: &'static str| {
        move |own: &Path| {
            let base = rusqlite::Connection::open(own.join("03_矢量/DL.gpkg")).unwrap();
            base.execute_batch(sql).unwrap();
        }
    };
    let to = "update gpkg_contents set table_name = 'foo'; update gpkg_geometry_columns set table_name = 'foo';
              delete from gpkg_extensions; delete from gpkg_ogr_contents; alter table DL rename to foo";
    breaks("L7", |own| {
        let base = rusqlite::Connection::open(own.join("03_矢量/DL.gpkg")).unwrap();
        base.execute_batch("pragma foreign_keys = off; pragma legacy_alter_table = on").unwrap();
        let all = "select 'drop trigger ' || quote(name) from sqlite_master where type = 'trigger'";
        let drops: Vec<String> =
            base.prepare(all).unwrap().query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
        base.execute_batch(&drops.join(";")).unwrap();
        drop(base);
        rename(to)(own);
    });
    breaks("L3", |own| edit(&own.join("03_矢量/TDJB_SF.gpkg"), |layer| layer.width("KFCD", 0)));
    breaks("L3", |own| edit(&own.join("03_矢量/YDDJ.gpkg"), |layer| layer.real("RJL", 0, 2.001)));
}

#[test]
fn a10_the_table_prints_something_else() {
    breaks("A10", |own| edit_table(&own.join("02_表格/内涵表.xlsx"), "设定年期(年)", 3, 71.0));
    breaks("A10", |own| edit_table(&own.join("02_表格/基准地价表.xlsx"), "面积(㎡)", 1, 999_999.0));
}

#[test]
fn a_rule_may_be_a_warning_or_left_out() {
    let neutral = crate::package::rules::BUILT_IN[0].1;
    let room = tempfile::tempdir().unwrap();
    let good = pack(&release(), &Rules::of("neutral").unwrap(), room.path(), false).unwrap().folder;
    fs::write(good.join("01_文档/私人.txt"), "x").unwrap();
    for (word, passes, severity) in
        [("error", false, Severity::Error), ("warning", true, Severity::Warning), ("off", true, Severity::Off)]
    {
        let text = neutral.replace("F2 = \"error\"", &format!("F2 = \"{word}\""));
        let rules = Rules::parse(&text).unwrap();
        relist(&good, &rules);
        let found = checked(&good, &rules, &[]);
        assert_eq!((found.passes(), found.judged[1].severity), (passes, severity));
        assert_eq!(found.judged[1].items.len(), usize::from(word != "off"));
    }
}

#[test]
fn the_same_release_gives_the_same_bytes_and_names_from_data_are_text() {
    let rules = Rules::of("neutral").unwrap();
    let mut release = release();
    release.head.title = "<script>alert(1)</script>".to_string();
    let rooms = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let made = [0, 1].map(|at| pack(&release, &rules, rooms[at].path(), false).unwrap().folder);
    let listed = made.each_ref().map(|folder| fs::read_to_string(folder.join(&rules.manifest)).unwrap());
    assert_eq!(listed[0], listed[1]);
    let page = fs::read_to_string(made[0].join("01_文档/使用说明.html")).unwrap();
    assert!(page.contains("&lt;script&gt;") && !page.contains("<script>"));
}
