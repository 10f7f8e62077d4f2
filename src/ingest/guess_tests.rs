use super::*;
use encoding_rs::{BIG5, EUC_KR, SHIFT_JIS, WINDOWS_1251, WINDOWS_1252, WINDOWS_1253};

fn lines(texts: &[&str], encoding: &'static Encoding) -> Vec<u8> {
    texts.iter().flat_map(|text| [&encoding.encode(text).0[..], b"\n"].concat()).collect()
}

fn guessed(texts: &[&str], encoding: &'static Encoding) -> &'static Encoding {
    of_lines(&lines(texts, encoding)).encoding
}

#[test]
fn short_chinese_texts_are_gbk() {
    for texts in [
        &["张", "李", "王", "赵", "陈"][..],
        &["是", "否", "是"],
        &["商", "住", "商"],
        &["东", "西", "南", "北"],
        &["甲", "乙"],
        &["A座101室", "B座"],
        &["单价(元/㎡)", "住"],
        &["二〇二五年"],
        &["K0+200至K1路"],
    ] {
        assert_eq!(guessed(texts, GBK), GBK, "{texts:?}");
    }
    // Nineteen common surnames and one outside GB 2312 (喆): one in twenty.
    let mut names = vec!["张"; 19];
    names.push("王喆");
    assert!(is_chinese(&lines(&names, GBK)));
}

#[test]
fn western_texts_are_not_chinese() {
    for (texts, encoding) in [
        (&["Müller", "Straße", "Größe"][..], WINDOWS_1252),
        (&["Genève", "créée", "Île"], WINDOWS_1252),
        (&["PRAÇA", "CONSTITUIÇÃO"], WINDOWS_1252),
        (&["CONSTITUIÇÃO"], WINDOWS_1252),
        (&["ISLAÇÕES", "AÇÃO"], WINDOWS_1252),
        (&["Москва", "Санкт-Петербург", "улица"], WINDOWS_1251),
        (&["УЛИЦА МИРА", "МОСКВА"], WINDOWS_1251),
        (&["Анна", "Иван"], WINDOWS_1251),
        (&["Αθήνα", "οδός"], WINDOWS_1253),
        (&["25° 3' m²"], WINDOWS_1252),
    ] {
        assert!(!is_chinese(&lines(texts, encoding)), "{texts:?}");
        assert_ne!(guessed(texts, encoding), GBK, "{texts:?}");
    }
}

#[test]
fn other_encodings_of_two_bytes_keep_the_detectors_word() {
    assert_eq!(guessed(&["서울특별시 종로구", "상업지역"], EUC_KR), EUC_KR);
    assert_eq!(guessed(&["大阪市都島区毛馬町", "まちなみ"], SHIFT_JIS), SHIFT_JIS);
    assert_eq!(guessed(&["解放路壹號", "人民廣場"], BIG5), BIG5);
}

#[test]
fn half_a_character_at_the_end_is_left_out() {
    // 长江 is B3 A4 BD AD.
    assert_eq!(without_cut_end(b"\xb3\xa4\xbd"), b"\xb3\xa4");
    assert_eq!(without_cut_end(b"\xb3\xa4\xbd\xad"), b"\xb3\xa4\xbd\xad");
    assert_eq!(without_cut_end(b"A\xb3"), b"A");
    // 㐀 is 82 30 FE 32 in GB 18030, cut after each byte.
    for cut in 1..4 {
        assert_eq!(without_cut_end(&b"\xb3\xa4\x82\x30\xfe\x32"[..2 + cut]), b"\xb3\xa4", "{cut}");
    }
    assert_eq!(without_cut_end(b"\xb3\xa4\x82\x30\xfe\x32").len(), 6);
}

/// Headings of a few characters, which the detector takes for Korean, Japanese and Big5.
#[test]
fn headings_of_land_tables_are_chinese_however_short_the_table_is() {
    for text in [
        "unit,面积,容积率\nU1,3000,2.5\n",
        "unit,容积率\nU1,2.5\n",
        "unit,面积(㎡)\nU1,300\n",
        "评估价,成交价\n100,98\n",
    ] {
        let (bytes, _, lost) = GBK.encode(text);
        assert!(!lost);
        let guess = of_lines(&bytes);
        assert_eq!(decode(&bytes, guess.encoding, false).0, text);
    }
}
