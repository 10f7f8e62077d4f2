use super::*;
use crate::release::fixture;

#[test]
fn a_manifest_reads_back_as_it_was_and_writes_the_same_bytes_again() {
    let mut release = fixture::full();
    release.uses[0].limits = vec![1.0 / 3.0, 5e-324, -0.0, f64::NAN];
    let outputs = vec![Output { path: "units.parquet".to_string(), bytes: 7, sha256: digest::of_bytes("x") }];
    let written = text(&Manifest::of(&release, vec![Some("layers/roads.parquet".to_string()), None], outputs)).unwrap();
    let manifest: Manifest = serde_json::from_str(&written).unwrap();
    assert_eq!(text(&manifest).unwrap(), written);
    let bits = |values: &[f64]| values.iter().map(|value| value.to_bits()).collect::<Vec<_>>();
    assert_eq!(bits(&manifest.uses[0].limits), bits(&release.uses[0].limits));
    assert!(manifest.uses[1].gvf.is_nan() && written.contains("\"gvf\": null"));
    assert_eq!(manifest.crs, release.head.crs);
    assert_eq!(manifest.head(release.head.project.clone()).inputs, release.head.inputs);
}

#[test]
fn an_infinite_number_is_refused_not_turned_into_null() {
    let mut release = fixture::full();
    release.uses[0].limits[0] = f64::INFINITY;
    assert_eq!(text(&Manifest::of(&release, Vec::new(), Vec::new())).unwrap_err().code, "not-finite");
}

#[test]
fn the_day_is_in_the_seal_alone() {
    let seal = |day| Seal::new(jiff::civil::date(2026, 3, day), digest::of_bytes("manifest"));
    assert_eq!(seal(5).content_digest, seal(6).content_digest);
    assert_ne!(seal(5).check, seal(6).check);
    assert_eq!((seal(5).sealed_on.as_str(), seal(5).checked()), ("2026-03-05", seal(5).check));
}

/// Releases sealed before reasons stood in the manifest have none, and one without a reason is written as they were.
#[test]
fn a_reason_is_written_where_there_is_one_and_read_back() {
    let mut release = fixture::full();
    let plain = text(&Manifest::of(&release, Vec::new(), Vec::new())).unwrap();
    assert!(!plain.contains("\"reason\""));
    assert_eq!(serde_json::from_str::<Manifest>(&plain).unwrap().uses[0].reason, None);
    release.uses[0].reason = Some("专家论证 \"甲\"".to_string());
    let told = text(&Manifest::of(&release, Vec::new(), Vec::new())).unwrap();
    let read: Manifest = serde_json::from_str(&told).unwrap();
    assert_eq!((&read.uses[0].reason, &read.uses[1].reason), (&release.uses[0].reason, &None));
}
