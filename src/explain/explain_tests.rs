use super::*;
use crate::land::{Lang, Text};

fn facility(id: &str, distance: f64, effect: f64) -> Option<FacilityAccount> {
    Some(FacilityAccount { id: id.to_string(), distance, function_score: 80.0, attenuation: effect / 80.0, effect })
}

fn level(name: &str, form: &'static str, facility: Option<FacilityAccount>) -> LevelAccount {
    LevelAccount { level: name.to_string(), radius: 1000.0, form, facility }
}

fn sale() -> SaleAccount {
    SaleAccount {
        id: "S1".to_string(),
        unit: "U1".to_string(),
        price: 1000.0,
        date: "2025-01-01".to_string(),
        plot_ratio: 2.0,
        term: 30.0,
        k_date: 1.05,
        k_plot_ratio: 1.1,
        k_term: 1.2,
        corrected: 1386.0,
        used: true,
        outcome: Bilingual::from(&Text { en: "used".to_string(), zh: "采用".to_string() }),
    }
}

fn told() -> Account {
    let reach = Source::Reach {
        combine: "sum",
        levels: vec![
            level("bus", "linear", facility("B7", 250.0, 60.0)),
            level("metro", "exponential", facility("M1", 500.0, 8.94427190999916)),
            level("rail", "linear", None),
        ],
    };
    let areas = Source::Areas {
        areas: vec![AreaAccount { id: "flood".to_string(), area: 250.0, score: 20.0 }],
        uncovered: 750.0,
        default: Some(100.0),
    };
    let factor = |key: &str, score, weight, contribution, source| FactorAccount {
        key: key.to_string(),
        name: key.to_string(),
        score,
        weight,
        contribution,
        source,
    };
    Account {
        release: "2025".to_string(),
        id: "U1".to_string(),
        land_use: "com".to_string(),
        use_name: "商服用地".to_string(),
        area: 1000.0,
        scored_at: "centroid",
        place: [500.0, 600.0],
        factors: vec![
            factor("bus", 68.94427190999916, 0.5, 34.472135955, reach),
            factor("flood", 80.0, 0.5, 40.0, areas),
        ],
        total: 74.472135955,
        grade: 2,
        grades: 3,
        better: Some(Step { grade: 1, limit: 80.0, points: 5.527864045 }),
        worse: Some(Step { grade: 3, limit: 70.0, points: 4.472135955 }),
        price: Some(PriceAccount {
            price: Some(1386.0),
            price_per_mu: Some(92.4),
            term: 40.0,
            plot_ratio: 1.5,
            price_kind: "ground".to_string(),
            development: "六通一平".to_string(),
            rate: 0.06,
            base_date: Some("2025-01-01".to_string()),
            statistic: "mean",
            unrounded: Some(1386.0),
            rounded_to: Some(1.0),
            samples: 1,
            kept: 1,
            filled: None,
            sales: vec![sale()],
        }),
    }
}

#[test]
fn an_account_reads_as_a_calculation_one_can_follow() {
    let english = text(&told(), Lang::En).join("\n");
    for line in [
        "1. bus (bus): 68.9443 points × weight 0.5 = 34.472135955",
        "bus: B7 at 250.000 m of 1000 m; 80 × (1 − 250.000/1000) = 60.0000",
        "metro: M1 at 500.000 m of 1000 m; 80 ^ (1 − 500.000/1000) = 8.9443",
        "out of reach: rail",
        "flood: 250.00 m² at 20 points",
        "no area: 750.00 m² at the default, 100 points",
        "Total score: 74.472135955",
        "Grade II of 3",
        "5.527864 points below grade I, which starts at 80",
        "4.472136 points above grade III, which ends at 70",
        "Benchmark price: 1386 元/㎡ = 92.40 万元/亩",
        "S1: 1000 × 1.0500 date × 1.1000 plot ratio × 1.2000 term = 1386.00; used",
    ] {
        assert!(english.contains(line), "{line}\nis not in\n{english}");
    }
    let chinese = text(&told(), Lang::Zh).join("\n");
    for line in ["级别:二级(共 3 级)", "范围外:rail", "总分值:74.472135955", "期日 1.0500"] {
        assert!(chinese.contains(line), "{line}\nis not in\n{chinese}");
    }
}

#[test]
fn json_says_null_where_something_is_unknown() {
    let mut account = told();
    if let Some(price) = &mut account.price {
        price.rate = f64::NAN;
    }
    let json = serde_json::to_value(&account).unwrap();
    assert!(json["price"]["rate"].is_null());
    assert_eq!(json["factors"][0]["source"]["levels"][2]["facility"], serde_json::Value::Null);
    assert_eq!(json["use"], "com");
}
