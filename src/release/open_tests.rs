use super::*;
use crate::release::{Seal, first_difference, fixture};

#[test]
fn an_opened_release_is_the_sealed_one() {
    for mut release in [fixture::full(), fixture::bare()] {
        let folder = fixture::folder();
        let sealed = fixture::sealed(&mut release, folder.path());
        let opened = open(&sealed.path).unwrap();
        assert_eq!(first_difference(&release, &opened), None);
        assert_eq!(format!("{:?}", opened.head), format!("{:?}", release.head));
        assert_eq!(format!("{:?}", opened.uses), format!("{:?}", release.uses));
        assert_eq!(format!("{:?}", opened.units), format!("{:?}", release.units));
        assert_eq!(opened.layers.len(), release.layers.len());
        for (one, other) in opened.layers.iter().zip(&release.layers) {
            match (one, other) {
                (Some(one), Some(other)) => assert!(fixture::same_layer(one, other)),
                (one, other) => assert!(one.is_none() && other.is_none()),
            }
        }
    }
}

#[test]
fn the_cover_tells_what_a_release_is_without_its_rows() {
    let folder = fixture::folder();
    let mut release = fixture::full();
    let sealed = fixture::sealed(&mut release, folder.path());
    let Cover { manifest, seal } = open_head(&sealed.path).unwrap();
    assert_eq!((manifest.counts.units, manifest.counts.samples, manifest.counts.findings.len()), (4, 2, 2));
    assert_eq!((seal.sealed_on.as_str(), seal.tool.as_str()), ("2026-03-05", env!("CARGO_PKG_VERSION")));
    assert_eq!(seal.content_digest, sealed.content_digest);
    assert_eq!(manifest.layers, [Some("layers/roads.parquet".to_string()), None]);
}

#[test]
fn what_is_no_release_and_what_is_newer_is_told() {
    let folder = fixture::folder();
    assert_eq!(open(folder.path()).err().unwrap().code, "not-a-release");
    assert_eq!(open(&folder.path().join("absent")).err().unwrap().code, "not-a-release");
    for (text, code) in
        [("{}", "not-a-release"), ("{\"format\": 99, \"new\": []}", "newer-format"), ("no JSON", "damaged-release")]
    {
        std::fs::write(folder.path().join(MANIFEST), text).unwrap();
        assert_eq!(open(folder.path()).err().unwrap().code, code);
    }
}

#[test]
fn every_damaged_file_is_named() {
    let folder = fixture::folder();
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    fixture::put(&sealed.path.join("layers/roads.parquet"), b"");
    fixture::put(&sealed.path.join("samples.csv"), b"");
    std::fs::remove_file(sealed.path.join("samples.csv")).unwrap();
    let fault = open(&sealed.path).err().unwrap();
    let places: Vec<String> = fault.each().map(|fault| fault.place.clone().unwrap()).collect();
    assert_eq!(fault.code, "damaged-release");
    assert!(places.len() == 2 && places[0].ends_with("layers/roads.parquet") && places[1].ends_with("samples.csv"));
}

#[test]
fn a_forged_manifest_reads_no_file_outside_its_folder() {
    let folder = fixture::folder();
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    let text = std::fs::read_to_string(sealed.path.join(MANIFEST)).unwrap();
    for path in ["../project/data/x", "/etc/hostname", "", "layers/../../x"] {
        let forged = text.replace("layers/roads.parquet", path);
        let seal = Seal::new(jiff::civil::date(2026, 3, 5), digest::of_bytes(&forged));
        fixture::put(&sealed.path.join(MANIFEST), forged.as_bytes());
        fixture::put(&sealed.path.join(SEAL), crate::release::manifest::text(&seal).unwrap().as_bytes());
        let fault = open(&sealed.path).err().unwrap();
        assert!(fault.code == "damaged-release" && fault.place.unwrap().ends_with(MANIFEST), "{path}");
    }
}

#[test]
fn a_file_that_was_sealed_unreadable_is_told_with_its_cause() {
    let folder = fixture::folder();
    let sealed = fixture::sealed(&mut fixture::full(), folder.path());
    let text = std::fs::read_to_string(sealed.path.join(MANIFEST)).unwrap();
    let prices = std::fs::read_to_string(sealed.path.join("prices.csv")).unwrap();
    let broken = prices.replace("residential,1,", "residential,one,");
    let forged = text.replace(&digest::of_bytes(&prices), &digest::of_bytes(&broken));
    let seal = Seal::new(jiff::civil::date(2026, 3, 5), digest::of_bytes(&forged));
    fixture::put(&sealed.path.join("prices.csv"), broken.as_bytes());
    fixture::put(&sealed.path.join(MANIFEST), forged.as_bytes());
    fixture::put(&sealed.path.join(SEAL), crate::release::manifest::text(&seal).unwrap().as_bytes());
    let fault = open(&sealed.path).err().unwrap();
    assert!(
        fault.code == "damaged-release"
            && fault.what.en.contains("prices.csv is not as it was sealed: the column \"grade\"")
    );
}
