//! The broken inputs of `data-samples/broken`: each makes its finding and no other, and each policy does what the list of codes says.

use crate::tools::{files_below, json, landgrade, shown};
use landgrade::import::{Mapping, import};
use landgrade::ingest::finding::{Action, Code, Policy, Remedy};
use landgrade::ingest::survey::{FactorLayer, Survey};
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::release::Release;
use landgrade::sample::{Broken, SeenWith, write_broken};
use std::path::{Path, PathBuf};

fn committed() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/broken")
}

/// What is there to be graded, priced or imported under each policy, worked by hand from the inputs. Units stand with their area in m²,
/// behind the first bar the features of the factor's layer, behind the second the samples with their price in 元/㎡; a release with its
/// units' grades or its cells' prices.
fn by_hand(code: Code, policy: Policy) -> &'static str {
    use Policy::{Deny, Repair, Warn};
    const SOUND: &str = "1:400 2:400 3:400 4:400 | 1 |";
    const WITHOUT_3: &str = "1:400 2:400 4:400 | 1 |";
    match (code, policy) {
        // As it is, the two halves of the bow tie (100 m² each) cancel out; rebuilt, they add up.
        (Code::InvalidGeometry, Warn) => "1:400 2:400 3:0 4:400 | 1 |",
        (Code::InvalidGeometry, Repair) => "1:400 2:400 3:200 4:400 | 1 |",
        (Code::InvalidGeometry | Code::EmptyGeometry | Code::NullGeometry | Code::OtherGeometryKind, _) => WITHOUT_3,
        (Code::DuplicateId | Code::MissingId | Code::UnknownUse, _) => WITHOUT_3,
        (Code::UnclosedRing, Repair) | (Code::DuplicateFeature, Repair) => SOUND,
        (Code::UnclosedRing, _) => WITHOUT_3,
        (Code::DuplicateFeature, _) | (Code::HeightDropped, _) => SOUND,
        (Code::DuplicateGeometry, Warn) => SOUND,
        (Code::DuplicateGeometry, _) => WITHOUT_3,
        // What the two share is not taken off either.
        (Code::Overlap | Code::Sliver, _) => SOUND,
        (Code::OutsideGradedArea, Warn) => SOUND,
        (Code::OutsideGradedArea, _) => "1:400 2:400 3:400 | 1 |",
        // A zone without a score has nothing to be used: the default counts there.
        (Code::MissingValue | Code::UnmappedCategory, _) => SOUND,
        (Code::OutOfRange, Warn) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200",
        (Code::NumberInText, Repair) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200",
        (Code::OutOfRange | Code::NotANumber | Code::NumberInText, _) => {
            "1:400 2:400 3:400 4:400 | 1 | S1=2000 S3=1200"
        }
        // 1 万元/亩 = 15 元/㎡.
        (Code::UnitConverted, _) => "1:400 2:400 3:400 4:400 | 1 | S1=2100 S3=1200",
        (Code::EmptyLayer, _) => "1:400 2:400 3:400 4:400 | 0 |",
        // Cells of 20 m; the fifth has 20 m² and joins the fourth.
        (Code::SliversJoined, _) => {
            "20E25000N165000:400 20E25001N165000:400 20E25002N165000:400 20E25003N165000:420 | 1 |"
        }
        (
            Code::ReaderRemark
            | Code::NetworkInParts
            | Code::BarrierDoubt
            | Code::OpenQuestion
            | Code::RuleBreach
            | Code::EncodingDetected
            | Code::UndecodableText
            | Code::CrsTransformed
            | Code::CrsOverride
            | Code::DistortedCrs,
            _,
        ) => SOUND,
        // Samples are placed after they were read: all of them stay on the list.
        (Code::SampleOutside | Code::SamplesLost, _) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200",
        (Code::SampleUseMismatch, _) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=1200 S3=1100 S4=900",
        (Code::RoundedId, _) => WITHOUT_3,
        (Code::SeveralPoints, Repair) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200",
        (Code::SeveralPoints, _) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S3=1200",
        (Code::DuplicateSale, Warn) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200 S4=1200",
        (Code::DuplicateSale, _) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200",
        // Parcels 1 and 2 are grade 1.
        (Code::GradeWithoutSamples, _) => "S1 S2 | commercial 1=2050 2=2050",
        (Code::GradeOfOneSample, _) => "S1 S2 S3 | commercial 1=2050 2=1200",
        (Code::UnlistedLevel, _) => "1:400 2:400 3:400 4:400 | 2 |",
        // Without a table, and at the table's own ratio, a price stays as it is: 2050 and 1150.
        (Code::NotCorrected | Code::InconsistentJudgements, _) => "S1 S2 S3 S4 | commercial 1=2050 2=1150",
        (Code::OddTable, _) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200 S4=1100",
        (Code::UnknownTransaction, Warn) => "1:400 2:400 3:400 4:400 | 1 | S1=- S2=- S3=-",
        (Code::UnknownTransaction, _) => "1:400 2:400 3:400 4:400 | 1 | S1=- S2=-",
        // Prices are derived after the samples were read: all of them stay on the list.
        (Code::DateConverted, Deny) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100",
        (Code::TakenAsBlank, Deny) => "1:400 2:400 3:400 4:400 | 1 | S1=2000 S3=1200",
        (Code::UnevenRow, _) => "1:400 2:400 3:400 4:400 | 1 | S1=- S2=-",
        (Code::DateConverted | Code::TakenAsBlank | Code::CellsDisagree, _) => {
            "1:400 2:400 3:400 4:400 | 1 | S1=2000 S2=2100 S3=1200"
        }
        (Code::NotDerived, _) => "1:400 2:400 3:400 4:400 | 1 | S1=- S2=- S3=-",
        (Code::FewSamples, _) => "S1 S2 S3 S4 | commercial 1=2050 2=1150",
        (Code::ThinPlace, _) => "S1 S2 S3 S4 | commercial 1=2050 2=1150",
        (Code::OddRatio, _) => "S1 S2 S3 S4 | commercial 1=2050 2=590",
        (Code::ZeroPrice, _) => "S1 S2 S3 S4 | commercial 1=2050 2=0",
        (Code::PriceOrder, _) => "S1 S2 S3 S4 | commercial 1=1050 2=1950",
        // Taken as they stand, not times 15.
        (Code::UnitAssumed, _) => "| commercial 1=133.33 2=80",
        // Of a table the rows are its lines, the header the first.
        (Code::RowNumbers, _) => "2:1 3:2 4:2 | commercial 1=2000 2=1200",
        (Code::UnmappedUse, _) => "| commercial 1=2000 2=1200 工矿 1=600",
        (Code::UnknownGrade, Warn) => "A:1 B:2 C:0 | commercial 1=2000 2=1200",
        (Code::UnknownGrade, _) => "A:1 B:2 | commercial 1=2000 2=1200",
        (Code::EmptyGrade, _) => "| commercial 1=2000 2=- 3=800",
        (Code::SeveralPrices, _) => "| commercial 1=- 2=1200",
        (Code::UnitsDisagree, _) => "| commercial 1=2000 2=1200",
        (Code::MixedPremises, Warn | Deny | Repair) => "| commercial 1=2000 2=1200",
    }
}

/// The sample in a folder of its own, with the policy for its code written into it.
fn with_policy(broken: &Broken, policy: Option<Policy>) -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let name = broken.code.name();
    for (file, bytes) in files_below(&committed().join(name)) {
        std::fs::write(folder.path().join(file), bytes).unwrap();
    }
    let start = folder.path().join(broken.start());
    if let Some(policy) = policy {
        let text = std::fs::read_to_string(&start).unwrap();
        std::fs::write(&start, format!("{text}\n[policy]\n{name} = \"{}\"\n", policy.name())).unwrap();
    }
    (folder, start)
}

fn survey_of(survey: &Survey) -> String {
    let units = &survey.units;
    let unit = |at: usize| format!("{}:{}", units.ids.show(at), (units.areas[at] * 1e6).round() / 1e6);
    let units = (0..units.len()).map(unit).collect::<Vec<_>>().join(" ");
    let FactorLayer::Vector(layer) = &survey.layers[0] else { panic!("the factor has a vector layer") };
    let samples = survey
        .samples
        .iter()
        .map(|sample| {
            let price = sample.price.map_or("-".into(), |price| price.to_string());
            format!(" {}={price}", sample.id)
        })
        .collect::<String>();
    let features = layer.shapes.len();
    format!("{units} | {features} |{samples}")
}

fn release_of(release: &Release) -> String {
    let samples = release.samples.iter().filter(|sample| sample.used).map(|sample| sample.id.clone());
    let graded = release.head.factors.is_empty().then_some(&release.units).into_iter();
    let units =
        graded.flat_map(|units| (0..units.len()).map(|at| format!("{}:{}", units.ids.show(at), units.grades[at])));
    let mut shown: Vec<String> = samples.chain(units).collect();
    shown.push("|".into());
    for (at, head) in release.uses.iter().enumerate() {
        shown.push(head.key.clone());
        for cell in release.cells.iter().filter(|cell| usize::from(cell.use_index) == at) {
            let price = cell.published.map_or("-".into(), |price| price.to_string());
            shown.push(format!("{}={price}", cell.grade));
        }
    }
    shown.join(" ")
}

/// What a policy does with the finding, told from the list of codes alone.
fn action(code: Code, policy: Policy) -> Action {
    match (policy, code.remedy()) {
        (Policy::Deny, _) => Action::Denied,
        (Policy::Repair, Remedy::Mend) => Action::Repaired,
        (Policy::Repair, _) => Action::LeftOut,
        // A zone without a score, a price that is none: nothing to be used.
        (Policy::Warn, _) if code == Code::MissingValue => Action::LeftOut,
        (Policy::Warn, _) if code.notes_a_layer() => Action::Noted,
        (Policy::Warn, _) => Action::Kept,
    }
}

#[test]
fn the_committed_files_are_what_the_code_makes() {
    let folder = tempfile::tempdir().unwrap();
    let made = folder.path().join("broken");
    write_broken(&made).unwrap();
    let (made, committed) = (files_below(&made), files_below(&committed()));
    let names = |files: &[(String, Vec<u8>)]| files.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&made), names(&committed));
    for ((name, made), (_, committed)) in made.iter().zip(&committed) {
        assert!(
            made == committed,
            "{name} differs: remove data-samples/broken and make it with `landgrade sample --broken`"
        );
    }
}

#[test]
fn every_code_has_a_sample_in_which_it_is_found_and_nothing_else() {
    for &code in Code::ALL {
        let (broken, name) = (Broken::of(code), code.name());
        let (folder, start) = with_policy(&broken, None);
        let releases = folder.path().join("releases");
        let denies = code.default_policy() == Policy::Deny;
        let (exit, answer, noise) = match broken.seen_with {
            SeenWith::Check => json(&["check", shown(&start)]),
            SeenWith::DryRun => {
                let (exit, answer, noise) = json(&["check", shown(&start)]);
                assert_eq!((exit, answer["findings"].as_array().map(Vec::len)), (0, Some(0)), "{name}: {noise}");
                json(&["run", "--dry-run", shown(&start)])
            }
            SeenWith::Import => json(&["import", shown(&start), "--name", "x", "--to", shown(&releases)]),
        };
        assert_eq!(exit, i32::from(denies), "{name}: {noise}");
        assert_eq!(noise, "", "{name}: nothing is said beside the answer");
        if broken.seen_with == SeenWith::Check {
            let expected = serde_json::json!([{
                "code": name, "layer": broken.layer, "feature": broken.feature, "detail": broken.says,
                "action": action(code, code.default_policy()).name(),
            }]);
            let mut found = answer["findings"].clone();
            let found_codes = found.as_array_mut().unwrap();
            found_codes.retain(|finding| broken.beside.is_none_or(|beside| finding["code"] != beside.name()));
            for finding in found.as_array_mut().unwrap() {
                let finding = finding.as_object_mut().unwrap();
                finding.remove("x");
                finding.remove("y");
                // How a repair changed the area stands behind what was wrong.
                let detail = finding["detail"].as_str().unwrap().split("; area").next().unwrap().to_string();
                finding["detail"] = detail.into();
            }
            assert_eq!(found, expected, "{name}");
        }
    }
}

#[test]
fn each_policy_does_what_the_list_of_codes_says() {
    for &code in Code::ALL {
        let broken = Broken::of(code);
        for policy in Policy::ALL {
            let told = format!("{} = {}", code.name(), policy.name());
            let (folder, start) = with_policy(&broken, Some(policy));
            let expected = by_hand(code, policy);
            let denied = policy == Policy::Deny;
            if code == Code::ReaderRemark {
                // GDAL says it once in a process: each policy is tried in one of its own.
                let (exit, answer, _) = json(&["check", shown(&start)]);
                let done = answer["findings"][0]["action"].as_str().unwrap_or("none");
                let wanted = if code.allows(policy) { action(code, policy).name() } else { "none" };
                let exit_wanted = if code.allows(policy) { i32::from(denied) } else { 2 };
                assert_eq!((exit, done), (exit_wanted, wanted), "{told}: {answer}");
                assert!(!code.allows(policy) || answer["units"] == 4, "{told}: {answer}");
                continue;
            }
            let findings = match broken.seen_with {
                SeenWith::Check => {
                    let project = Project::read(&start).unwrap();
                    if !code.allows(policy) {
                        assert_eq!(
                            pipeline::check(&project, &Unwatched).unwrap_err().code,
                            "policy-not-allowed",
                            "{told}"
                        );
                        continue;
                    }
                    let survey =
                        pipeline::check(&project, &Unwatched).unwrap_or_else(|fault| panic!("{told}: {fault}"));
                    assert_eq!(survey_of(&survey), expected, "{told}");
                    let until = if project.prices.is_some() { Until::Prices } else { Until::Grades };
                    let stopped =
                        pipeline::run(&project, until, Map::Undrawn, &Unwatched).err().map(|fault| fault.code);
                    assert_eq!(stopped, denied.then_some("denied"), "{told}");
                    survey.findings
                }
                SeenWith::DryRun => {
                    let project = Project::read(&start).unwrap();
                    match pipeline::run(&project, Until::Prices, Map::Undrawn, &Unwatched) {
                        Ok(release) => {
                            assert_eq!(release_of(&release), expected, "{told}");
                            release.findings
                        }
                        Err(fault) => {
                            let wanted = if code.allows(policy) { "denied" } else { "policy-not-allowed" };
                            assert_eq!((fault.code, denied || !code.allows(policy)), (wanted, true), "{told}: {fault}");
                            assert!(wanted != "denied" || fault.what.en.contains(broken.says), "{told}: {fault}");
                            continue;
                        }
                    }
                }
                SeenWith::Import => {
                    let mapping = Mapping::read(&start).unwrap();
                    match import(&mapping, folder.path(), "x") {
                        Ok(release) => {
                            assert_eq!(release_of(&release), expected, "{told}");
                            release.findings
                        }
                        Err(fault) => {
                            let wanted = if code.allows(policy) { "denied" } else { "policy-not-allowed" };
                            assert_eq!((fault.code, denied || !code.allows(policy)), (wanted, true), "{told}: {fault}");
                            assert!(wanted != "denied" || fault.what.en.contains(broken.says), "{told}: {fault}");
                            continue;
                        }
                    }
                }
            };
            let alone = findings.iter().filter(|finding| broken.beside != Some(finding.code));
            let [finding] = alone.collect::<Vec<_>>()[..] else { panic!("{told}: {findings:?}") };
            let detail = finding.detail.en.split("; area").next().unwrap();
            assert_eq!(
                (finding.code, finding.layer.as_str(), finding.feature.as_str(), detail, finding.action),
                (code, broken.layer, broken.feature, broken.says, action(code, policy)),
                "{told}"
            );
        }
    }
}

#[test]
fn findings_that_deny_end_every_verb_with_exit_code_1() {
    let (folder, start) = with_policy(&Broken::of(Code::EmptyGrade), Some(Policy::Deny));
    let releases = folder.path().join("releases");
    let output = landgrade(&["import", shown(&start), "--name", "x", "--to", shown(&releases)]);
    assert_eq!((output.status.code(), releases.exists()), (Some(1), false), "{output:?}");
    let (_folder, start) = with_policy(&Broken::of(Code::PriceOrder), Some(Policy::Deny));
    assert_eq!(landgrade(&["run", "--dry-run", shown(&start)]).status.code(), Some(1));
    let (_folder, start) = with_policy(&Broken::of(Code::NullGeometry), None);
    assert_eq!(landgrade(&["grade", shown(&start)]).status.code(), Some(1));
}
