use super::*;
use crate::compare::fixture::{bare, use_head};
use crate::release::{GradeConnotation, Release};

const CORRECTIONS: &str = r#"
[[uses]]
key = "residential"
[[uses.plot_ratio]]
table = [[1, 0.8], [1.5, 0.9], [2, 1], [3, 1.2]]
[uses.development]
costs = { gas = 20 }
"#;

/// A price of 70 years at 6 %, plot ratio 2, 五通一平, ground; base date 2024-12-31; index 100 → 110.
fn release(corrections: &str) -> Release {
    let mut release = bare("2024", vec![use_head("residential", "住宅", 3)]);
    release.head.base_date = Some("2024-12-31".to_string());
    release.head.corrections = corrections.to_string();
    release.head.index = "quarter,residential\n2024Q4,100\n2025Q4,110\n".to_string();
    let premises = release.uses[0].connotation.as_mut().unwrap();
    premises.development = "五通一平".to_string();
    release
}

fn target() -> Target {
    let date = Some(jiff::civil::date(2025, 12, 31));
    Target { date, plot_ratio: 1.5, term: 50.0, development: "六通一平".to_string() }
}

fn told(release: &Release, target: &Target) -> Result<Way, Text> {
    way(&Laws::new(release, None, None).unwrap(), 0, 1, target, None)
}

/// By hand: K_v = 0.9/1, K_y = (1 − 1.06^−50)/(1 − 1.06^−70) = 0.961996, K_t = 110/100, D = 20 (gas):
/// 1000 · 0.9 · 0.961996 · 1.1 + 20 = 972.376, or (1000 · 0.9 · 1.1 + 20) · 0.961996 = 971.616 where D comes before the term.
#[test]
fn every_premise_is_converted_and_told_with_its_numbers() {
    let way = told(&release(CORRECTIONS), &target()).unwrap();
    assert!((way.apply(1000.0) - 972.376_3).abs() < 1e-3, "{}", way.apply(1000.0));
    let steps: Vec<&str> = way.steps.iter().map(|step| step.en.as_str()).collect();
    assert_eq!(
        steps,
        [
            "plot ratio 2 → 1.5 by the table of 2024: × 0.9",
            "date 2024-12-31 → 2025-12-31: × 110/100 = 1.1",
            "term 70 → 50 years at 6 %: × 0.961996",
            "development 五通一平 → 六通一平 by the costs of 2024: 20 元/㎡",
        ]
    );
    // In that order by hand: 1000 · 0.9 · 1.1 · 0.961996 + 20.
    assert!((1000.0 * 0.9 * 1.1 * 0.961_996 + 20.0 - way.apply(1000.0)).abs() < 1e-3);
    let before = CORRECTIONS.replace("key =", "development_order = \"before-term\"\nkey =");
    let way = told(&release(&before), &target()).unwrap();
    assert!((way.apply(1000.0) - 971.616_2).abs() < 1e-3, "{}", way.apply(1000.0));
    assert!(way.steps[2].en.starts_with("development") && way.steps[3].en.starts_with("term"), "{:?}", way.steps);
}

/// Floor 500 at 2 is 1000 of ground. The law of the floor is 1.2 at 1.5: floor 600, ground 900.
#[test]
fn a_price_of_floor_becomes_one_of_ground() {
    let mut release = release(&CORRECTIONS.replace("[1.5, 0.9]", "[1.5, 1.2]"));
    release.uses[0].connotation.as_mut().unwrap().kind = "floor".to_string();
    let here = Target { date: None, plot_ratio: 2.0, term: 70.0, development: "五通一平".to_string() };
    assert_eq!(told(&release, &here).unwrap().apply(500.0), 1000.0);
    let there = Target { plot_ratio: 1.5, ..here };
    assert!((told(&release, &there).unwrap().apply(500.0) - 900.0).abs() < 1e-9);
}

/// Grade 1 is set at 3: K_v = 0.9/1.2.
#[test]
fn a_grade_that_is_set_otherwise_starts_from_its_own_plot_ratio() {
    let mut release = release(CORRECTIONS);
    let own = GradeConnotation { grades: vec![1], plot_ratio: Some(3.0), development: None };
    release.uses[0].connotation.as_mut().unwrap().by_grade.push(own);
    let target = Target { date: None, term: f64::NAN, development: String::new(), ..target() };
    let way = told(&release, &target).unwrap();
    assert!((way.apply(1200.0) - 900.0).abs() < 1e-9);
    let assumed: Vec<&str> = way.assumed.iter().map(|text| text.en.as_str()).collect();
    assert_eq!(assumed, ["term", "development"]);
}

#[test]
fn what_no_table_converts_is_refused_with_the_reason() {
    let why = |change: &dyn Fn(&mut Release, &mut Target)| {
        let (mut release, mut target) = (release(CORRECTIONS), target());
        change(&mut release, &mut target);
        told(&release, &target).unwrap_err().en
    };
    assert!(why(&|release, _| release.head.corrections.clear()).contains("no table brings the plot ratio 2 to 1.5"));
    assert!(why(&|_, target| target.plot_ratio = 5.0).contains("outside the table"));
    assert!(why(&|_, target| target.development = "七通一平".to_string()).contains("lack: heat"));
    assert!(why(&|_, target| target.development = "八通".to_string()).contains("cannot be held against"));
    let rateless = |release: &mut Release| release.uses[0].connotation.as_mut().unwrap().rate = f64::NAN;
    assert!(why(&|release, _| rateless(release)).contains("no capitalisation rate"));
    assert!(why(&|_, target| target.date = Some(jiff::civil::date(2026, 12, 31))).contains("2026Q4"));
    assert!(why(&|release, _| release.head.base_date = None).contains("no base date"));
    assert!(why(&|release, _| release.uses[0].connotation = None).contains("no connotation"));
}

#[test]
fn the_neighbour_lends_its_tables_and_a_given_index_takes_the_place_of_the_own_one() {
    let (mut poor, rich) = (release(""), release(CORRECTIONS));
    poor.head.index.clear();
    let index: Index = crate::project::index_by_use("quarter,residential\n2024Q4,100\n2025Q4,120\n", "i").unwrap();
    let [laws, theirs] = [&poor, &rich].map(|release| Laws::new(release, None, Some(&index)).unwrap());
    let way = way(&laws, 0, 1, &target(), Some((&theirs, 0, 1))).unwrap();
    assert_eq!(way.k_plot_ratio, 0.9);
    assert_eq!(way.k_date, 1.2);
    assert_eq!(way.added, 20.0);
}

#[test]
fn rights_and_meanings_are_not_converted() {
    let one = release("").uses[0].connotation.clone().unwrap();
    let of = |right: &str, meaning: &str| Connotation { right: right.into(), meaning: meaning.into(), ..one.clone() };
    assert!(unlike(&of("出让", "mean"), &of("划拨", "mean")).unwrap().zh.contains("划拨"));
    assert!(unlike(&of("出让", "mean"), &of("出让", "minimum")).is_some());
    assert!(unlike(&of("出让", ""), &of("", "mean")).is_none());
}
