use super::*;

#[test]
fn digests_agree_with_the_published_ones() {
    // FIPS 180-4 examples (NIST): "abc", the empty message, and one million times "a".
    assert_eq!(of_bytes("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    assert_eq!(of_bytes(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("million");
    std::fs::write(&path, vec![b'a'; 1_000_000]).unwrap();
    let sha256 = "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0";
    assert_eq!(of(&path).unwrap(), Digest { bytes: 1_000_000, sha256: sha256.to_string() });
}

#[test]
fn a_file_of_several_pieces_has_the_digest_of_its_bytes_and_files_keep_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let bytes: Vec<u8> = (0..3 * PIECE + 17).map(|at| (at * 7 % 251) as u8).collect();
    let (long, short) = (folder.path().join("long"), folder.path().join("short"));
    std::fs::write(&long, &bytes).unwrap();
    std::fs::write(&short, "abc").unwrap();
    let digests: Vec<_> = of_each(&[long, folder.path().join("absent"), short]).into_iter().collect();
    assert_eq!(digests[0].as_ref().unwrap().sha256, of_bytes(&bytes));
    assert_eq!(digests[1].as_ref().unwrap_err().code, "io");
    assert_eq!(digests[2].as_ref().unwrap().bytes, 3);
}

#[test]
fn a_folder_is_digested_as_sha256sum_lists_it() {
    let folder = tempfile::tempdir().unwrap();
    let gdb = folder.path().join("city.gdb");
    std::fs::create_dir_all(gdb.join("a")).unwrap();
    std::fs::write(gdb.join("b.txt"), "abc").unwrap();
    std::fs::write(gdb.join("a/c.txt"), "").unwrap();
    let abc = of_bytes("abc");
    let lines = format!("{}  a/c.txt\n{abc}  b.txt\n", of_bytes(""));
    assert_eq!(of(&gdb).unwrap(), Digest { bytes: 3, sha256: of_bytes(lines) });
}
