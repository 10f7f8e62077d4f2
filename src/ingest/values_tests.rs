use super::*;

fn written(name: &str, text: impl AsRef<[u8]>, wanted: Wanted<'_>) -> Outcome<Numbers> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    read(&path, wanted).map_err(|mut fault| {
        fault.place = fault.place.map(|place| place.replace(&format!("{}/", folder.path().display()), ""));
        fault
    })
}

fn values(name: &str, text: impl AsRef<[u8]>) -> (Vec<f64>, usize) {
    let numbers = written(name, text, Wanted::default()).unwrap();
    (numbers.values, numbers.blank)
}

#[test]
fn a_list_of_numbers_reads_with_and_without_a_heading() {
    for text in
        ["1\n2.5\n-3e1\n", "total\n1\n2.5\n-3e1", "\n\n总分\r\n1\r\n2.5\r\n-3e1\r\n", "\u{feff}x\n1\n2.5\n-3e1\n"]
    {
        assert_eq!(values("a.csv", text), (vec![1.0, 2.5, -30.0], 0), "{text:?}");
        assert_eq!(values("a.txt", text), (vec![1.0, 2.5, -30.0], 0), "{text:?}");
    }
    assert_eq!(written("a.txt", "7\n8\n", Wanted::default()).unwrap().column, "");
    assert_eq!(written("a.txt", "分\n8\n", Wanted::default()).unwrap().column, "分");
}

#[test]
fn blanks_are_counted() {
    assert_eq!(values("a.csv", "x\n1\n\n  \n2\n"), (vec![1.0, 2.0], 2));
    let wanted = Wanted { column: Some("b"), ..Wanted::default() };
    let numbers = written("a.csv", "a,b\n1,2\n3,\n,\n4, 5 \n\n", wanted).unwrap();
    assert_eq!((numbers.values, numbers.blank), (vec![2.0, 5.0], 3));
}

/// The plain reader and the one for quotes, UTF-16 and the like tell the same.
#[test]
fn quoted_text_and_other_encodings_read_the_same() {
    let wanted = Wanted { column: Some("b"), weight: Some("w"), ..Wanted::default() };
    let plain = written("a.csv", "a,b,w\nx,2,1\ny,,9\nz,4,3\n", wanted).unwrap();
    assert_eq!((&plain.values, &plain.weights, plain.blank), (&vec![2.0, 4.0], &Some(vec![1.0, 3.0]), 1));
    assert_eq!(written("a.csv", "a,\"b\",w\n\"x, y\",2,1\ny,,9\nz,\"4\",3\n", wanted).unwrap(), plain);
    let wide: Vec<u8> = "\u{feff}a,b,w\nx,2,1\ny,,9\nz,4,3\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(written("a.csv", wide, wanted).unwrap(), plain);
    // GBK headings.
    let (gbk, _, _) = encoding_rs::GBK.encode("地块,总分\n甲地,2\n乙地,4\n");
    let wanted = Wanted { column: Some("总分"), ..Wanted::default() };
    assert_eq!(written("a.csv", &gbk, wanted).unwrap().values, [2.0, 4.0]);
    assert_eq!(values("a.csv", "\"1\"\n\"2\"\n").0, [1.0, 2.0], "a list without a heading");
}

#[test]
fn a_cell_that_is_no_number_is_told_with_its_line() {
    let fault = written("a.csv", "a,b\n1,2\n1,x\n\n1,12 m\n1,inf\n", Wanted { column: Some("b"), ..Wanted::default() })
        .unwrap_err();
    assert_eq!((fault.code, fault.place.as_deref()), ("not-a-number", Some("a.csv:3")));
    assert_eq!(fault.what.en, "\"x\" is no number; so are 2 further cells: 5, 6");
    let quoted =
        written("a.csv", "a,b\n\"1\",2\n1,x\n", Wanted { column: Some("b"), ..Wanted::default() }).unwrap_err();
    assert_eq!(quoted.place.as_deref(), Some("a.csv:3"));
    let weight = |cell: &str| {
        let wanted = Wanted { column: Some("a"), weight: Some("b"), ..Wanted::default() };
        written("a.csv", format!("a,b\n1,{cell}\n"), wanted).unwrap_err()
    };
    assert_eq!((weight("").code, weight("-1").code), ("not-a-number", "not-a-number"));
    let uneven = written("a.csv", "a,b\n1,2\n1\n", Wanted { column: Some("b"), ..Wanted::default() }).unwrap_err();
    assert_eq!(uneven.code, "wrong-field-count");
}

#[test]
fn of_several_columns_one_is_to_be_named() {
    let code = |column, text: &str| written("a.csv", text, Wanted { column, ..Wanted::default() }).unwrap_err().code;
    assert_eq!(code(None, "a,b\n1,2\n"), "column-needed");
    assert_eq!(code(Some("c"), "a,b\n1,2\n"), "missing-field");
    assert_eq!(code(Some("a"), "a,a\n1,2\n"), "ambiguous-field");
    assert_eq!(code(Some("a"), "a,b\n,2\n"), "no-values");
    assert_eq!(values("a.csv", "id,total\n1,2\n").0, [2.0], "a release's column is known");
    let second = Wanted { column: Some("2"), ..Wanted::default() };
    assert_eq!(written("a.txt", "1\t2\n3\t4\n", second).unwrap().values, [2.0, 4.0]);
    assert_eq!(read(Path::new("nosuch.gpkg"), Wanted::default()).unwrap_err().code, "missing-file");
    assert_eq!(read(Path::new("nosuch.csv"), Wanted::default()).unwrap_err().code, "io");
}

#[test]
fn pieces_of_a_long_text_join_without_a_seam() {
    let text: String = (0..200_000).map(|row| format!("{}.25\n", row % 1000)).collect();
    let numbers = written("a.txt", &text, Wanted::default()).unwrap();
    assert_eq!(numbers.values.len(), 200_000);
    assert!(numbers.values.iter().enumerate().all(|(row, value)| *value == (row % 1000) as f64 + 0.25));
    let broken = text.replacen("999.25\n", "oops\n", 1) + "oops\n";
    let fault = written("a.txt", broken, Wanted::default()).unwrap_err();
    assert_eq!(fault.place.as_deref(), Some("a.txt:1000"));
    assert!(fault.what.en.ends_with("so are 1 further cells: 200001"), "{}", fault.what.en);
}

#[test]
fn layers_and_the_units_of_a_release_read_too() {
    let parcels = Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/hamlet/parcels.geojson");
    let names = vector::field_names(&vector::open(&parcels, None).unwrap(), None, &parcels).unwrap();
    assert!(!names.is_empty());
    let code = read(&parcels, Wanted { column: Some("nosuch"), ..Wanted::default() }).unwrap_err().code;
    assert_eq!(code, "missing-field");
}
