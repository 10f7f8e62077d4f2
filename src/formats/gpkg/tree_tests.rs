//! SQLite itself judges: its `integrity_check`, and what it reads.

use super::*;
use rusqlite::Connection;

/// A database with one empty table `t (id INTEGER PRIMARY KEY, value)`, and the table's root page.
fn empty(path: &Path, page_size: usize) -> u32 {
    let database = Connection::open(path).unwrap();
    database
        .execute_batch(&format!("PRAGMA page_size = {page_size}; CREATE TABLE t (id INTEGER PRIMARY KEY, value BLOB)"))
        .unwrap();
    database.query_row("SELECT rootpage FROM sqlite_master WHERE name = 't'", [], |row| row.get(0)).unwrap()
}

/// The record (NULL, blob of `length` bytes).
fn record(rowid: i64, length: usize) -> (Vec<u8>, Vec<u8>) {
    let mut record = crate::formats::gpkg::record::Record::default();
    record.clear();
    record.null();
    record.blob(|out| out.extend((0..length).map(|at| (at as i64 * 31 + rowid) as u8)));
    let (head, body) = record.pieces();
    (head.to_vec(), body.to_vec())
}

/// Appends rows of these lengths, `each` rows a chunk.
fn fill(database: &mut Database, root: u32, lengths: &[usize], each: usize) {
    let mut tree = database.tree(root);
    for (chunk, lengths) in lengths.chunks(each).enumerate() {
        let mut leaves = Leaves::new(database.size);
        for (number, &length) in lengths.iter().enumerate() {
            let rowid = (chunk * each + number) as i64 + 1;
            let (head, body) = record(rowid, length);
            leaves.push(rowid, &head, &body);
        }
        tree.append(database, leaves).unwrap();
    }
    tree.finish(database).unwrap();
}

fn check(path: &Path, lengths: &[usize]) -> Vec<String> {
    let database = Connection::open(path).unwrap();
    let mut rows = database.prepare("SELECT id, value FROM t ORDER BY id").unwrap();
    let rows: Vec<(i64, Vec<u8>)> =
        rows.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    assert_eq!(rows.len(), lengths.len());
    for ((rowid, bytes), (number, &length)) in rows.iter().zip(lengths.iter().enumerate()) {
        assert_eq!(*rowid, number as i64 + 1);
        let (_, body) = record(*rowid, length);
        assert!(*bytes == body, "row {rowid} of {length} bytes");
        // Found by its key too, down from the root.
        let found: i64 =
            database.query_row("SELECT length(value) FROM t WHERE id = ?1", [rowid], |row| row.get(0)).unwrap();
        assert_eq!(found, length as i64);
    }
    let mut check = database.prepare("PRAGMA integrity_check(100000)").unwrap();
    check.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn sqlite_finds_every_row_and_no_fault_in_small_and_large_tables() {
    let folder = tempfile::tempdir().unwrap();
    // Around the sizes where a leaf is full, where a level is added (11 rows a leaf, some 450 leaves) and where rows overflow.
    for (case, lengths) in [
        vec![],
        vec![10],
        vec![300; 13],
        vec![300; 14],
        vec![1; 20_000],
        (0..3000).map(|row| row % 700).collect(),
        vec![4048, 4049, 4050, 4051, 4052, 4053, 4054, 4055, 4056, 4057, 4058, 4059, 4060],
        vec![100_000],
        vec![0, 50_000, 3, 8000, 4092, 4096, 8192, 1, 12_288],
        (0..6000).map(|row| if row % 97 == 0 { 9000 } else { 1800 }).collect(),
    ]
    .into_iter()
    .enumerate()
    {
        for each in [1, 7, 4096] {
            let path = folder.path().join(format!("{case}-{each}.db"));
            let root = empty(&path, 4096);
            let mut database = Database::open(&path).unwrap();
            fill(&mut database, root, &lengths, each);
            database.finish().unwrap();
            assert_eq!(check(&path, &lengths), ["ok"], "case {case}, {each} a chunk");
        }
    }
}

#[test]
fn the_page_at_two_to_the_thirtieth_is_stepped_over() {
    let folder = tempfile::tempdir().unwrap();
    // How many pages before the lock page the rows begin: with it inside leaves, overflow chains, upper levels or just before them.
    for (before, lengths) in [(1, vec![40_000; 9]), (2, vec![300_000; 4]), (0, vec![20_000; 9]), (0, vec![200_000])] {
        let path = folder.path().join(format!("{before}-{}.db", lengths.len()));
        let root = empty(&path, 65_536);
        let mut database = Database::open(&path).unwrap();
        let first = database.next;
        // A sparse file: the pages between hold nothing.
        database.next = database.size.lock_page() - before;
        let gap = first..database.next;
        fill(&mut database, root, &lengths, 3);
        database.finish().unwrap();
        let unused: Vec<String> = gap.map(|page| format!("Page {page} is never used")).collect();
        let said = check(&path, &lengths);
        let said: Vec<&str> =
            said.iter().flat_map(|lines| lines.lines()).filter(|line| !line.starts_with("***")).collect();
        assert!(said == unused, "{:?}", said.iter().find(|line| !unused.iter().any(|known| known == *line)));
    }
}

#[test]
fn numbers_are_written_as_sqlite_does() {
    // From the table in the file format's description: the bytes of a few varints.
    for (value, bytes) in [
        (0u64, &[0u8][..]),
        (0x7f, &[0x7f]),
        (0x80, &[0x81, 0x00]),
        (0x3fff, &[0xff, 0x7f]),
        (0x4000, &[0x81, 0x80, 0x00]),
        (u64::MAX, &[0xff; 9]),
        (1 << 56, &[0x80, 0xc0, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00]),
    ] {
        let mut out = [0; 9];
        let length = write_varint(value, &mut out);
        assert_eq!(&out[..length], bytes, "{value}");
        assert_eq!(varint_len(value), length);
    }
}
