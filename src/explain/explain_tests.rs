use super::*;
use crate::land::{Lang, Text};

fn facility(id: &str, to_axis: f64, distance: f64, effect: f64) -> Option<FacilityAccount> {
    Some(FacilityAccount {
        id: id.to_string(),
        to_axis,
        distance,
        function_score: 80.0,
        attenuation: effect / 80.0,
        effect,
        detour: false,
        crossing: None,
        network: None,
    })
}

fn level(name: &str, form: &'static str, half_width: f64, facility: Option<FacilityAccount>) -> LevelAccount {
    LevelAccount { level: name.to_string(), radius: 1000.0, half_width, form, facility }
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
        index: Some(IndexAccount {
            base_quarter: "2025Q4".to_string(),
            at_base: 105.0,
            sale_quarter: "2025Q1".to_string(),
            at_sale: 100.0,
        }),
        k_plot_ratio: 1.1,
        k_term: 1.2,
        further: None,
        derivation: Vec::new(),
        corrected: 1386.0,
        used: true,
        outcome: Bilingual::from(&Text { en: "used".to_string(), zh: "采用".to_string() }),
    }
}

fn told() -> Account {
    let reach = Source::Reach {
        combine: "sum",
        levels: vec![
            level("bus", "linear", 10.0, facility("B7", 260.0, 250.0, 60.0)),
            level("metro", "exponential", 0.0, facility("M1", 500.0, 500.0, 8.94427190999916)),
            level("rail", "linear", 0.0, None),
        ],
        by_rule: vec![LevelHead {
            level: "bus".to_string(),
            radius: 1000.0,
            radius_rule: Some("geometric".to_string()),
            score: 80.0,
            score_rule: Some("mean".to_string()),
        }],
        directions: Some(DirectionsAccount { within: 60.0, directions: vec!["north", "west"], coefficient: 0.9 }),
    };
    let areas = Source::Areas {
        field: "jb".to_string(),
        scale: None,
        areas: vec![AreaAccount {
            id: "zones #3".to_string(),
            value: Some("行洪区".to_string()),
            area: 250.0,
            score: 20.0,
            pieces: Vec::new(),
        }],
        uncovered: 750.0,
        default: Some(100.0),
    };
    let factor = |key: &str, score, weight, contribution, source| FactorAccount {
        key: key.to_string(),
        name: key.to_string(),
        score,
        weight,
        contribution,
        in_group: (key == "bus").then(|| InGroup {
            group: "transport".to_string(),
            group_weight: 0.8,
            weight_inside: 0.625,
        }),
        source,
    };
    let slope = Source::Raster {
        value: Some(3.006_277_065_1),
        unit: "°".to_string(),
        scale: ScaleAccount { low: 0.0, high: 15.0, direction: "high-is-bad", best: None },
        default: None,
    };
    let ndvi = Source::Areas {
        field: "zs".to_string(),
        scale: Some(ScaleAccount { low: 2.0, high: 8.0, direction: "high-is-good", best: None }),
        areas: vec![AreaAccount {
            id: "E1".to_string(),
            value: Some("5".to_string()),
            area: 1000.0,
            score: 50.0,
            pieces: vec![PieceAccount { name: "供水".to_string(), index: 0.5, score: 98.0 }],
        }],
        uncovered: 0.0,
        default: None,
    };
    Account {
        release: "2025".to_string(),
        state: crate::release::State::Draft,
        id: "U1".to_string(),
        land_use: "com".to_string(),
        use_name: "商服用地".to_string(),
        area: 1000.0,
        scored_at: "centroid",
        place: [500.0, 600.0],
        factors: vec![
            factor("bus", 68.94427190999916, 0.5, 34.472135955, reach),
            factor("slope", 79.9582, 1e-9, 0.0, slope),
            factor("green", 50.0, 1e-9, 0.0, ndvi),
            factor("idle", 50.0, 0.0, 0.0, Source::Recorded),
            factor("spare", 50.0, 0.0, 0.0, Source::Recorded),
            factor("flood", 80.0, 0.5, 40.0, areas),
        ],
        groups: vec![GroupAccount {
            key: "transport".to_string(),
            name: "交通条件".to_string(),
            weight: 0.8,
            contribution: 34.472135955,
        }],
        judged: None,
        judged_inside: Vec::new(),
        total: 74.472135955,
        grade: 2,
        grades: 3,
        method: "natural".into(),
        reason: None,
        grade_by_total: None,
        better: Some(Step { grade: 1, limit: 80.0, points: 5.527864045 }),
        worse: Some(Step { grade: 3, limit: 70.0, points: 4.472135955 }),
        price: Some(Arc::new(PriceAccount {
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
            coefficients: Some(Coefficients { k_date: 1.05, k_plot_ratio: 1.1, k_term: 1.2 }),
            filled: None,
            right: String::new(),
            classification: String::new(),
            scope: String::new(),
            meaning: "mean".to_string(),
            decided: None,
            index_file: None,
            sales: vec![sale()],
        })),
    }
}

#[test]
fn an_account_reads_as_a_calculation_one_can_follow() {
    let english = text(&told(), Lang::En).join("\n");
    for line in [
        "1. bus (bus): 68.9443 points × weight 0.5 = 34.472135955",
        "weight: group transport 0.8 × inside it 0.625",
        "交通条件 (transport), weight 0.8: 34.472135955",
        "bus: B7 260.000 m to the axis less half width 10 m = 250.000 m of 1000 m; 80 × (1 − 250.000/1000) = 60.0000",
        "metro: M1 at 500.000 m of 1000 m; 80 ^ (1 − 500.000/1000) = 8.9443",
        "out of reach: rail",
        "by rule: bus radius 1000 m (geometric), score 80 (mean)",
        "directions that have roads within 60 m: north, west; × 0.9",
        "zones #3 (jb = 行洪区): 250.00 m² at 20 points",
        "no area: 750.00 m² at the default, 100 points",
        "raster value 3.006277 °",
        "scaled, high is bad: 0 ° = 100 points, 15 ° = 0 points, capped beyond",
        "E1 (zs = 5): 1000.00 m² at 50 points",
        "= 供水 0.5 × 98.0000",
        "scaled, high is good: 2 = 0 points, 8 = 100 points, capped beyond",
        "Without weight in this use, adding nothing: idle (idle), spare (spare)",
        "4. flood (flood)",
        "Total score: 74.472135955",
        "Grade II of 3",
        "5.527864 points below grade I, which starts at 80",
        "4.472136 points above grade III, which ends at 70",
        "Benchmark price: 1386 元/㎡ = 92.40 万元/亩",
        "S1: 1000 × 1.0500 date (2025Q4 105 / 2025Q1 100, sold 2025-01-01) × 1.1000 plot ratio × 1.2000 term = 1386.00; used",
    ] {
        assert!(english.contains(line), "{line}\nis not in\n{english}");
    }
    let chinese = text(&told(), Lang::Zh).join("\n");
    for line in [
        "级别:二级(共 3 级)",
        "范围外:rail",
        "总分值:74.472135955",
        "60 m 内有道路的方向:北、西;× 0.9",
        "按规则推算:bus 半径 1000 m(geometric)、分值 80(mean)",
        "期日 1.0500(2025Q4 105 / 2025Q1 100",
        "至中心线 260.000 m − 半宽 10 m",
    ] {
        assert!(chinese.contains(line), "{line}\nis not in\n{chinese}");
    }
}

#[test]
fn json_says_null_where_something_is_unknown() {
    let mut account = told();
    if let Some(price) = &mut account.price {
        Arc::make_mut(price).rate = f64::NAN;
    }
    let json = serde_json::to_value(&account).unwrap();
    assert!(json["price"]["rate"].is_null());
    assert_eq!(json["factors"][0]["source"]["levels"][2]["facility"], serde_json::Value::Null);
    assert_eq!(json["use"], "com");
}

#[test]
fn a_way_along_the_network_is_told_in_its_three_parts() {
    let on_network = |network| {
        let mut account = told();
        let found = FacilityAccount { network: Some(network), ..facility("S1", 580.0, 580.0, 33.6).unwrap() };
        let school = level("school", "linear", 0.0, Some(found));
        if let Source::Reach { levels, .. } = &mut account.factors[0].source {
            *levels = vec![school];
        }
        account
    };
    let along = on_network(NetworkAccount::Along { access: 50.0, along: 500.0, source_access: 30.0 });
    let line = "school: S1 at 580.000 m (50.000 m to the network + 500.000 m along it + 30.000 m from it) of 1000 m;";
    assert!(text(&along, Lang::En).join("\n").contains(line));
    let line = "S1,距离 580.000 m(至路网 50.000 m + 沿路网 500.000 m + 离路网 30.000 m)";
    assert!(text(&along, Lang::Zh).join("\n").contains(line));
    let json = serde_json::to_value(&along).unwrap();
    let way = &json["factors"][0]["source"]["levels"][0]["facility"]["network"];
    assert_eq!(way, &serde_json::json!({ "way": "along", "access": 50.0, "along": 500.0, "source_access": 30.0 }));
    let straight = on_network(NetworkAccount::Straight);
    assert!(
        text(&straight, Lang::En).join("\n").contains("at 580.000 m straight, nearer than by the network, of 1000 m;")
    );
    assert!(text(&straight, Lang::Zh).join("\n").contains("(直线,近于路网)"));
}

/// What a line of prices comes to: numbers with `+ − ×` and brackets; the words between them are left out.
fn worked(line: &str) -> f64 {
    fn value(signs: &mut std::iter::Peekable<std::vec::IntoIter<String>>) -> f64 {
        let (mut sum, mut product, mut sign) = (0.0, 1.0, 1.0);
        while let Some(word) = signs.next().filter(|word| word != ")") {
            match word.as_str() {
                "×" => {}
                "+" | "−" => (sum, product, sign) = (sum + sign * product, 1.0, if word == "+" { 1.0 } else { -1.0 }),
                "(" => product *= value(signs),
                number => product *= number.parse::<f64>().unwrap(),
            }
        }
        sum + sign * product
    }
    let spaced = line.replace('(', " ( ").replace(')', " ) ");
    let meant = |word: &&str| "()+−×".contains(*word) || word.parse::<f64>().is_ok();
    let signs: Vec<String> = spaced.split_whitespace().filter(meant).map(String::from).collect();
    value(&mut signs.into_iter().peekable())
}

/// By hand: (1720 × 1 + 50) × 1 × 1.0931 × 1.2 × 1 = 2321.7444; with the services last, 1720 × 1 × 1.0931 × 1.2 × 1 + 50 = 2306.1584; taken
/// off first, (1720 − 50) × 1 × 1.0931 × 1.2 × 1 × 1 = 2190.5724.
#[test]
fn the_corrections_of_a_sample_are_bracketed_as_their_order_asks() {
    let early = vec!["condition", "development", "date", "term", "plot-ratio", "region"];
    let late = vec!["condition", "date", "term", "plot-ratio", "region", "development"];
    let first = vec!["development", "condition", "date", "term", "plot-ratio", "region"];
    for (order, development, corrected) in
        [(early, 50.0, 2321.7444), (late, 50.0, 2306.1584), (first, -50.0, 2190.5724)]
    {
        let further = FurtherAccount { k_condition: 1.0, k_region: 1.0, development, order };
        let (index, further) = (None, Some(further));
        let of_sale = SaleAccount { price: 1720.0, k_date: 1.0, k_term: 1.0931, k_plot_ratio: 1.2, ..sale() };
        let mut account = told();
        Arc::make_mut(account.price.as_mut().unwrap()).sales =
            vec![SaleAccount { index, further, corrected, ..of_sale }];
        for lang in [Lang::En, Lang::Zh] {
            let whole = text(&account, lang).join("\n").replace(':', ": ");
            let line = whole.lines().find(|line| line.contains("S1: ")).unwrap();
            let (formula, result) = line.split_once("S1: ").unwrap().1.split_once(" = ").unwrap();
            assert!((worked(formula) - corrected).abs() < 1e-6, "{line}");
            assert!(result.starts_with(&format!("{corrected:.2}")), "{line}");
        }
    }
}
