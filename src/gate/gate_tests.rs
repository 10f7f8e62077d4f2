use super::*;
use crate::compare::fixture::{cell, release as rectangles, use_head};
use crate::ingest::finding::{Code, Finding, Policies};
use crate::land::Lang;
use crate::release::{FactorHead, Judged as Judgement, Origin, SampleDetail, SampleRow};
use crate::space::Point;

/// Four units of one use in three grades, 100 m² each but the last of 200, at 900, 600 and 400 元/㎡, with four factors' samples around each price: it passes
/// every rule.
fn good() -> Release {
    let units = [
        ("a", 0, [0.0, 0.0, 10.0, 10.0], 1, 900.0),
        ("b", 0, [10.0, 0.0, 20.0, 10.0], 1, 900.0),
        ("c", 0, [20.0, 0.0, 30.0, 10.0], 2, 600.0),
        ("d", 0, [30.0, 0.0, 50.0, 10.0], 3, 400.0),
    ];
    let mut release = rectangles("2026", &units);
    release.uses = vec![use_head("commercial", "商业", 3)];
    let head = &mut release.uses[0];
    (head.method, head.reason, head.weights) = ("natural".to_string(), Some("按规程".to_string()), vec![0.6, 0.4]);
    let premises = head.connotation.as_mut().unwrap();
    for (word, text) in
        [(&mut premises.right, "出让"), (&mut premises.classification, "2023"), (&mut premises.scope, "全市")]
    {
        *word = text.to_string();
    }
    premises.meaning = "mean".to_string();
    release.head.origin = Origin::Computed;
    release.head.base_date = Some("2026-01-01".to_string());
    let factor = |key: &str| FactorHead { key: key.to_string(), name: key.to_string(), ..FactorHead::default() };
    release.head.factors = vec![factor("roads"), factor("schools")];
    release.units.scores = vec![90.0, 80.0, 90.0, 80.0, 50.0, 60.0, 10.0, 20.0];
    release.units.totals = vec![86.0, 86.0, 54.0, 14.0];
    for (grade, price, area, count) in [(1, 900.0, 200.0, 2), (2, 600.0, 100.0, 1), (3, 400.0, 200.0, 1)] {
        let mut of_grade = cell(0, grade, price, area);
        (of_grade.units, of_grade.samples, of_grade.kept) = (count, 5, 5);
        release.cells.push(of_grade);
        // Around the price by −15 to 15 %, three of each: COD 8 %.
        for (at, off) in [0.85, 0.95, 1.0, 1.05, 1.15].repeat(3).into_iter().enumerate() {
            release.samples.push(sample(&format!("{grade}-{at}"), grade, price * off));
        }
    }
    release
}

fn sample(id: &str, grade: u8, price: f64) -> SampleRow {
    SampleRow {
        id: id.to_string(),
        place: Point::new(500_000.0, 3_380_000.0),
        use_index: 0,
        unit: String::new(),
        grade,
        price,
        date: "2025-06-01".to_string(),
        plot_ratio: f64::NAN,
        term: f64::NAN,
        area: 1000.0,
        k_date: 1.0,
        k_term: 1.0,
        k_plot_ratio: 1.0,
        corrected: price,
        outcome: say!("used", "采用"),
        used: true,
        detail: SampleDetail::default(),
    }
}

/// The release before: the same, 10 % dearer in every grade.
fn before() -> Release {
    let mut release = good();
    release.head.name = "2023".to_string();
    release.head.base_date = Some("2023-01-01".to_string());
    release.cells.iter_mut().for_each(|cell| cell.published = cell.published.map(|price| price * 1.1));
    release
}

fn breached(release: &Release, previous: Option<&Release>) -> Vec<(Rule, usize)> {
    let found = judge(release, previous, &Rules::default(), Vec::new()).unwrap();
    found
        .rules
        .iter()
        .filter(|judged| !judged.breaches.is_empty())
        .map(|judged| (judged.rule, judged.breaches.len()))
        .collect()
}

#[test]
fn a_release_in_order_passes_every_rule() {
    let (release, previous) = (good(), before());
    assert_eq!(breached(&release, Some(&previous)), []);
    let found = judge(&release, Some(&previous), &Rules::default(), Vec::new()).unwrap();
    assert!(found.passes() && found.demand().is_ok());
    assert!(found.rules.iter().all(|judged| judged.word() == "passed"), "{:?}", found.rules);
    assert_eq!(found.rules.len(), Rule::ALL.len());
}

/// Each rule is broken alone: one thing is changed, and that rule alone finds it.
#[test]
fn each_rule_finds_what_breaks_it_and_no_other_does() {
    type Break = fn(&mut Release);
    let cases: [(Rule, usize, Break); 19] = [
        (Rule::MissingScore, 1, |release| release.units.scores[5] = f64::NAN),
        (Rule::NoGrade, 1, |release| {
            release.units.grades[1] = 0;
            release.cells[0].area = 100.0;
        }),
        (Rule::NoPrice, 1, |release| release.cells[2].published = None),
        (Rule::NoPrice, 1, |release| release.units.prices[3] = 0.0),
        (Rule::FewSamples, 1, |release| release.cells[1].kept = 2),
        (Rule::RatioBand, 1, |release| release.cells[2].published = Some(220.0)),
        (Rule::Statistics, 1, |release| {
            release.samples.iter_mut().for_each(|sample| sample.corrected *= 2.0);
        }),
        (Rule::DefaultUsed, 1, |release| release.cells[0].filled = Some(say!("from grade 2", "取自二级"))),
        (Rule::DefaultUsed, 1, |release| {
            let detail = say!("taken as 元/㎡", "按元/㎡处理");
            release.findings.push(Finding::new(&Policies::default(), Code::UnitAssumed, "samples", detail));
        }),
        (Rule::Premises, 1, |release| release.head.base_date = None),
        (Rule::Premises, 1, |release| release.uses[0].connotation.as_mut().unwrap().term = f64::NAN),
        (Rule::Premises, 1, |release| release.uses[0].connotation.as_mut().unwrap().scope = " ".to_string()),
        (Rule::Areas, 1, |release| release.cells[1].area = 101.0),
        (Rule::NoReason, 1, |release| release.uses[0].reason = Some(" ".to_string())),
        (Rule::InconsistentJudgements, 1, |release| release.uses[0].judged = Some(judgement())),
        (Rule::EmptyGrade, 1, |release| release.uses[0].grades = 4),
        (Rule::PriceOrder, 1, |release| release.cells[1].published = Some(900.0)),
        (Rule::PriceOrder, 1, |release| release.cells[1].published = Some(950.0)),
        (Rule::Areas, 1, |release| {
            release.map.areas.push(crate::release::AreaRow {
                use_index: 0,
                grade: 3,
                district: "城东".to_string(),
                units: 1,
                area: 199.0,
            });
            for (grade, area) in [(1, 200.0), (2, 100.0)] {
                let district = String::new();
                release.map.areas.push(crate::release::AreaRow { use_index: 0, grade, district, units: 1, area });
            }
        }),
    ];
    let mut met = std::collections::BTreeSet::new();
    for (rule, count, change) in cases {
        let mut release = good();
        change(&mut release);
        let others = [Rule::Statistics, Rule::RatioBand];
        let mut found = breached(&release, None);
        // Prices that are out of order or band lie off their samples as well.
        if [Rule::PriceOrder, Rule::RatioBand].contains(&rule) {
            found.retain(|(other, _)| *other == rule || !others.contains(other));
        }
        assert_eq!(found.iter().map(|(rule, _)| *rule).collect::<Vec<_>>(), [rule], "{found:?}");
        assert!(found[0].1 >= count);
        met.insert(rule);
    }
    // Of what came before it.
    let previous = before();
    let mut release = good();
    release.cells.iter_mut().for_each(|cell| cell.published = cell.published.map(|price| price * 1.6));
    release.samples.iter_mut().for_each(|sample| sample.corrected *= 1.6);
    // 1.6 / 1.1 − 1 = 45.45 % in each of three grades.
    assert_eq!(breached(&release, Some(&previous)), [(Rule::Growth, 3)]);
    let mut other = good();
    other.uses[0].connotation.as_mut().unwrap().plot_ratio = 3.0;
    assert_eq!(breached(&other, Some(&previous)), [(Rule::Growth, 1)], "premises that differ are told");
    let mut late = before();
    late.head.base_date = Some("2026-01-01".to_string());
    assert_eq!(breached(&good(), Some(&late)), [(Rule::Predecessor, 1)]);
    let mut named = good();
    named.head.supersedes = Some("2022".to_string());
    assert_eq!(breached(&named, Some(&previous)), [(Rule::Predecessor, 1)]);
    assert_eq!(breached(&named, None), [(Rule::Predecessor, 1)]);
    let mut more = before();
    more.uses.push(use_head("public", "公共", 1));
    assert_eq!(breached(&good(), Some(&more)), [(Rule::Predecessor, 1)]);
    met.extend([Rule::Growth, Rule::Predecessor]);
    assert_eq!(met.len(), Rule::ALL.len(), "a rule has no test: {met:?}");
}

fn judgement() -> Judgement {
    Judgement {
        solver: "eigenvector".to_string(),
        lambda_max: 3.4,
        ci: 0.2,
        ri: 0.58,
        cr: 0.34,
        accepted_because: Some("专家意见".to_string()),
    }
}

#[test]
fn errors_stop_unless_they_are_waived_and_waivers_are_kept() {
    let mut release = good();
    release.cells[1].published = Some(950.0);
    let waiver = Waiver {
        rule: Rule::PriceOrder,
        land_use: Some("commercial".to_string()),
        grade: Some(1),
        who: "地价评审会".to_string(),
        why: "老城一级地限高".to_string(),
        date: "2026-03-01".to_string(),
    };
    let found = judge(&release, None, &Rules::default(), Vec::new()).unwrap();
    assert!(!found.passes());
    let fault = found.demand().unwrap_err();
    assert_eq!(fault.code, "gate-not-passed");
    assert!(fault.what.zh.contains("[price-order] 商业(commercial) 一级"), "{}", fault.what.zh);
    // One of another grade covers nothing, and is told.
    let other = Waiver { grade: Some(2), ..waiver.clone() };
    let found = judge(&release, None, &Rules::default(), vec![other, waiver.clone()]).unwrap();
    assert!(found.passes());
    assert_eq!(found.unused, [0]);
    let order = found.rules.iter().find(|judged| judged.rule == Rule::PriceOrder).unwrap();
    assert_eq!((order.word(), order.breaches[0].waived), ("waived", Some(1)));
    let record: serde_json::Value = serde_json::from_str(&record(&found)).unwrap();
    assert_eq!(record["passed"], true);
    assert_eq!(record["waivers"][1]["who"], "地价评审会");
    assert!(order.breaches[0].line(Lang::En).starts_with("[price-order] commercial I: grade 1 costs 900"));
}

#[test]
fn a_rule_that_is_off_is_told_as_off() {
    let text = rules::BUILT_IN.replacen("severity = \"error\"", "severity = \"off\"", 1);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gate.toml");
    std::fs::write(&path, text).unwrap();
    let mut release = good();
    release.units.scores[5] = f64::NAN;
    let found = judge(&release, None, &Rules::read(&path).unwrap(), Vec::new()).unwrap();
    assert_eq!(found.rules[0].word(), "off");
    assert_ne!(found.rules_digest, Rules::default().digest);
}

/// An error made less by the rule file needs a word of who and why; then the file is kept with what was found.
#[test]
fn errors_that_a_rule_file_makes_less_need_a_reason() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("gate.toml");
    let off = rules::BUILT_IN.replacen("severity = \"error\"", "severity = \"off\"", 1);
    std::fs::write(&path, &off).unwrap();
    let found = judge(&good(), None, &Rules::read(&path).unwrap(), Vec::new()).unwrap();
    assert!(found.passes());
    let fault = found.demand().unwrap_err();
    assert!(fault.code == "softened-rules" && fault.what.en.contains(found.rules[0].rule.key()), "{fault:?}");
    let told =
        off.replacen("severity = \"off\"", "severity = \"off\"\nby = \"地价评审会\"\nreason = \"本市无此项\"", 1);
    std::fs::write(&path, &told).unwrap();
    let found = judge(&good(), None, &Rules::read(&path).unwrap(), Vec::new()).unwrap();
    assert!(found.demand().is_ok());
    let record: serde_json::Value = serde_json::from_str(&record(&found)).unwrap();
    assert_eq!(record["rules_file"].as_str(), Some(told.as_str()));
}

/// Grades of an imported release that have several prices are held by their means: 900, 950 and 300 are out of order.
#[test]
fn the_mean_of_several_prices_is_held_against_the_rules() {
    let of_several = |times: f64| {
        let mut release = good();
        release.head.origin = Origin::Imported;
        for (cell, mean) in release.cells.iter_mut().zip([900.0, 950.0, 300.0]) {
            (cell.published, cell.raw) = (None, Some(times * mean));
        }
        release
    };
    let release = of_several(1.0);
    let found = judge(&release, None, &Rules::default(), Vec::new()).unwrap();
    let of = |rule: Rule| found.rules.iter().find(|judged| judged.rule == rule).unwrap();
    assert_eq!(of(Rule::PriceOrder).breaches.len(), 1);
    assert_eq!(of(Rule::RatioBand).breaches.len(), 1, "950 is more than three times 300");
    let found = judge(&of_several(2.0), Some(&release), &Rules::default(), Vec::new()).unwrap();
    let growth = found.rules.iter().find(|judged| judged.rule == Rule::Growth).unwrap();
    assert_eq!(growth.breaches.len(), 3, "{growth:?}");
}
