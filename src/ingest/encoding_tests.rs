use super::super::finding::Action;
use super::*;
use encoding_rs::{BIG5, EUC_KR, GBK, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252};
use std::path::PathBuf;

/// A .dbf of one text field, its values given as bytes.
fn dbf(folder: &Path, language: u8, name: &[u8], width: u8, values: &[&[u8]]) -> PathBuf {
    let mut bytes = vec![3, 124, 1, 1];
    bytes.extend((values.len() as u32).to_le_bytes());
    bytes.extend(65u16.to_le_bytes());
    bytes.extend((u16::from(width) + 1).to_le_bytes());
    bytes.resize(32, 0);
    bytes[29] = language;
    let mut field = [0u8; 32];
    field[..name.len()].copy_from_slice(name);
    field[11] = b'C';
    field[16] = width;
    bytes.extend(field);
    bytes.push(0x0d);
    for value in values {
        bytes.push(b' ');
        let end = bytes.len() + usize::from(width);
        bytes.extend_from_slice(value);
        bytes.resize(end, b' ');
    }
    let path = folder.join("parcels.dbf");
    std::fs::write(&path, bytes).unwrap();
    path
}

/// What is decided for values in one encoding under a language byte, a .cpg and an option.
fn decided(values: &[Vec<u8>], language: u8, cpg: Option<&str>, user: Option<&str>) -> (Decision, Vec<Finding>) {
    let folder = tempfile::tempdir().unwrap();
    let values: Vec<&[u8]> = values.iter().map(Vec::as_slice).collect();
    let path = dbf(folder.path(), language, b"NAME", 40, &values);
    if let Some(cpg) = cpg {
        std::fs::write(path.with_extension("CPG"), cpg).unwrap();
    }
    of_shapefile(&path.with_extension("shp"), user, "parcels", &Policies::default()).unwrap()
}

fn encoded(texts: &[&str], encoding: &'static Encoding) -> Vec<Vec<u8>> {
    texts.iter().map(|text| encoding.encode(text).0.into_owned()).collect()
}

const NAMES: &[&str] = &["石景山区", "商业用地", "住宅用地", "人民路"];

#[test]
fn statements_are_followed_in_their_order() {
    let gbk = encoded(NAMES, GBK);
    let (decision, findings) = decided(&gbk, 0x4d, None, None);
    assert_eq!((decision.encoding, decision.why), (GBK, Why::LanguageByte));
    assert_eq!((findings, decision.evidence), (vec![], NAMES.iter().map(ToString::to_string).collect()));
    let (decision, findings) = decided(&gbk, 0, Some("ANSI 936\r\n"), None);
    assert_eq!((decision.encoding, decision.why, findings.len()), (GBK, Why::Cpg, 0));
    let (decision, findings) = decided(&encoded(NAMES, BIG5), 0x4d, Some("GBK"), Some("big5"));
    assert_eq!((decision.encoding, decision.why, findings.len()), (BIG5, Why::User, 0));
}

#[test]
fn unstated_text_is_told_from_its_bytes_with_samples() {
    for (texts, encoding) in [(NAMES, GBK), (&["黑龙江省"], GBK), (&["北京"], GBK), (NAMES, UTF_8)] {
        let (decision, findings) = decided(&encoded(texts, encoding), 0, None, None);
        assert_eq!((decision.encoding, decision.why), (encoding, Why::Detected), "{texts:?}");
        assert_eq!(findings[0].code, Code::EncodingDetected);
        assert!(findings[0].detail.zh.contains(texts[0]), "{}", findings[0].detail.zh);
    }
    let korean = ["서울특별시 종로구", "상업지역", "주거지역", "공시지가"];
    assert_eq!(decided(&encoded(&korean, EUC_KR), 0, None, None).0.encoding, EUC_KR);
    let japanese = ["大阪市都島区毛馬町", "住宅、マンション、倉庫等が混在する", "まちなみ"];
    assert_eq!(decided(&encoded(&japanese, SHIFT_JIS), 0, None, None).0.encoding, SHIFT_JIS);
}

#[test]
fn a_statement_the_bytes_refute_gives_a_finding_and_not_a_wrong_name() {
    let (gbk, utf8) = (encoded(NAMES, GBK), encoded(NAMES, UTF_8));
    for (values, language, cpg, right) in [
        (&gbk, 0, Some("UTF-8"), GBK),
        (&gbk, 0x57, None, GBK),
        (&gbk, 0x03, Some("ISO 88591"), GBK),
        (&utf8, 0x4d, None, UTF_8),
        (&utf8, 0, Some("GBK"), UTF_8),
        (&utf8, 0x57, Some("GBK"), UTF_8),
    ] {
        let (decision, findings) = decided(values, language, cpg, None);
        assert_eq!((decision.encoding, decision.undecodable), (right, 0), "{language} {cpg:?}");
        assert_eq!(decision.evidence, NAMES);
        assert!(!findings.is_empty());
    }
    let (_, findings) = decided(&gbk, 0, Some("UTF-8"), None);
    // 石 in GBK is CA AF.
    assert!(findings[0].detail.en.contains("NAME #1: CA AF"), "{}", findings[0].detail.en);
    assert_eq!((findings[0].code, findings[0].action), (Code::UndecodableText, Action::Denied));
}

#[test]
fn one_broken_value_does_not_turn_the_others_into_another_language() {
    let mut values = encoded(NAMES, UTF_8);
    values.push(vec![0xff, 0xfe, b'a']);
    for (cpg, why) in [(Some("UTF-8"), Why::Cpg), (None, Why::Detected)] {
        let (decision, findings) = decided(&values, 0x57, cpg, None);
        assert_eq!((decision.encoding, decision.why), (UTF_8, why));
        assert_eq!((decision.undecodable, decision.texts), (1, 5));
        assert_eq!(findings.iter().filter(|f| f.code == Code::UndecodableText).count(), 1);
    }
}

#[test]
fn western_text_stays_western_and_plain_text_asks_nothing() {
    let (decision, findings) = decided(&encoded(&["Zürich", "Genève", "Straße"], WINDOWS_1252), 0x57, None, None);
    assert_eq!((decision.encoding, decision.why, findings.len()), (WINDOWS_1252, Why::LanguageByte, 0));
    let (decision, findings) = decided(&encoded(&["plain"], UTF_8), 0, None, None);
    assert_eq!((decision.why, findings.len()), (Why::Plain, 0));
    // A DOS page nobody reads here.
    let (decision, findings) = decided(&encoded(NAMES, GBK), 0x02, None, None);
    assert_eq!(decision.encoding, GBK);
    assert!(findings[0].detail.en.contains("cp850"));
}

#[test]
fn a_character_cut_at_the_end_of_its_field_is_told_and_is_no_contradiction() {
    let folder = tempfile::tempdir().unwrap();
    // Ten bytes of UTF-8: three characters and the first byte of a fourth, as writers cut names.
    let cut = &"土地级别".as_bytes()[..10];
    let path = dbf(folder.path(), 0, cut, 10, &[cut]);
    std::fs::write(path.with_extension("cpg"), "UTF-8").unwrap();
    let (decision, findings) = of_shapefile(&path, None, "parcels", &Policies::default()).unwrap();
    assert_eq!((decision.encoding, decision.cut, decision.undecodable), (UTF_8, 2, 0));
    assert_eq!(decision.evidence, ["土地级"]);
    assert_eq!(findings.len(), 1);
}

#[test]
fn a_gbk_text_cut_inside_a_character_is_still_gbk() {
    let folder = tempfile::tempdir().unwrap();
    // 长江中路与解放大道 fills 17 bytes of GBK with eight characters and half of 道.
    let (long, road) = (GBK.encode("长江中路与解放大道").0, GBK.encode("解放路1号").0);
    let path = dbf(folder.path(), 0, b"NAME", 17, &[&long[..17], &road]);
    let (decision, findings) = of_shapefile(&path, None, "parcels", &Policies::default()).unwrap();
    assert_eq!((decision.encoding, decision.cut, decision.undecodable), (GBK, 1, 0));
    assert_eq!(decision.evidence, ["长江中路与解放大", "解放路1号"]);
    assert_eq!(findings.iter().map(|f| f.code).collect::<Vec<_>>(), [Code::EncodingDetected; 2]);
}

#[test]
fn short_chinese_texts_are_gbk_and_western_ones_are_not() {
    for texts in [&["张", "李", "王", "赵", "陈"][..], &["是", "否"], &["商", "住"]] {
        let values = encoded(texts, GBK);
        for (language, cpg) in [(0, None), (0x57, None), (0, Some("ISO-8859-1"))] {
            let (decision, findings) = decided(&values, language, cpg, None);
            assert_eq!((decision.encoding, decision.undecodable), (GBK, 0), "{texts:?} {language} {cpg:?}");
            assert!(findings.iter().any(|f| f.detail.zh.contains("GBK") && f.detail.zh.contains(texts[0])));
        }
    }
    let german = encoded(&["Müller", "Straße"], WINDOWS_1252);
    assert_eq!(decided(&german, 0, None, None).0.encoding, WINDOWS_1252);
    // Capital letters in even words look like Chinese; who states their page is believed.
    let russian = encoded(&["МОСКВА", "МИНСК", "ТУЛА", "УФ"], WINDOWS_1251);
    assert_eq!(decided(&russian[2..], 0xc9, None, None).0.encoding, WINDOWS_1251);
    assert_eq!(decided(&russian[..2], 0, None, None).0.encoding, WINDOWS_1251);
}

#[test]
fn what_is_missing_or_misnamed_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let policies = Policies::default();
    let fault = of_shapefile(&folder.path().join("a.shp"), None, "a", &policies).unwrap_err();
    assert_eq!(fault.code, "missing-dbf");
    let path = dbf(folder.path(), 0, b"NAME", 40, &[b"x"]);
    assert_eq!(of_shapefile(&path, Some("gkb"), "a", &policies).unwrap_err().code, "unknown-encoding");
    std::fs::write(&path, b"no table").unwrap();
    assert_eq!(of_shapefile(&path, None, "a", &policies).unwrap_err().code, "broken-dbf");
}

#[test]
fn names_of_encodings_are_read_as_cpg_files_write_them() {
    for (name, encoding) in [
        ("UTF-8", UTF_8),
        ("utf8", UTF_8),
        ("65001", UTF_8),
        ("\u{feff}UTF-8\0", UTF_8),
        ("936", GBK),
        ("CP936", GBK),
        ("OEM 936", GBK),
        ("GB2312", GBK),
        ("LDID/77", GBK),
        ("BIG5", BIG5),
        ("950", BIG5),
        ("1252", WINDOWS_1252),
        ("ISO 88591", WINDOWS_1252),
        ("ISO-8859-1", WINDOWS_1252),
        ("949", EUC_KR),
    ] {
        assert_eq!(of_name(name), Some(encoding), "{name}");
    }
    assert_eq!(of_name("klingon"), None);
}

/// A real GBK shapefile of GeoTools' tests, with neither .cpg nor language byte; GeoTools reads its one feature as 黑龙江省.
#[test]
fn the_chinese_shapefile_of_geotools_reads_as_its_province() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("../shared/data/real/geometry/geotools_chinese_poly/chinese_poly.shp");
    if !path.exists() {
        println!("skipped: shared data not present");
        return;
    }
    let (decision, findings) = of_shapefile(&path, None, "chinese_poly", &Policies::default()).unwrap();
    assert_eq!((decision.encoding, decision.evidence.as_slice()), (GBK, &["黑龙江省".to_string()][..]));
    assert_eq!(findings.len(), 1);
    // GDAL, told this encoding, reads the same.
    use gdal::vector::LayerAccess;
    let option = format!("ENCODING={}", gdal_name(decision.encoding));
    let options = gdal::DatasetOptions { open_options: Some(&[&option]), ..Default::default() };
    let dataset = gdal::Dataset::open_ex(&path, options).unwrap();
    let mut layer = dataset.layer(0).unwrap();
    let feature = layer.features().next().unwrap();
    let name = feature.field_index("NAME").and_then(|field| feature.field_as_string(field)).unwrap();
    assert_eq!(name.as_deref(), Some("黑龙江省"));
}

#[test]
fn text_files_are_utf8_or_gbk() {
    assert_eq!(of_text("\u{feff}编号".as_bytes()), (UTF_8, false));
    assert_eq!(of_text("编号,价格".as_bytes()), (UTF_8, false));
    assert_eq!(of_text(&GBK.encode("编号,价格\n1,商业").0), (GBK, true));
    // One rule for tables and shapefiles.
    assert_eq!(of_text(&GBK.encode("id,owner\n1,张\n2,李").0), (GBK, true));
    assert_eq!(of_text(&WINDOWS_1252.encode("id,owner\n1,Müller\n2,Jäger").0), (WINDOWS_1252, true));
}
