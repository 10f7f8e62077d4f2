use super::*;

fn head(key: &str, weights: &[f64]) -> UseHead {
    UseHead {
        key: key.into(),
        name: key.into(),
        grades: 3,
        method: "natural".into(),
        limits: vec![40.0, 60.0],
        gvf: f64::NAN,
        weights: weights.to_vec(),
        judged: None,
        reason: None,
        layers: None,

        alternative_limits: Vec::new(),
        connotation: None,
    }
}

fn factors() -> Vec<FactorHead> {
    let head = |(key, group): (&str, Option<&str>)| FactorHead {
        key: key.to_string(),
        name: format!("{key}条件"),
        group: group.map(str::to_string),
        levels: Vec::new(),
    };
    [("bus", Some("transport")), ("roads", Some("transport")), ("plan", None)].map(head).to_vec()
}

#[test]
fn a_setting_is_read_from_its_text() {
    let setting = Setting::parse("residential.roads = 0.30").unwrap();
    assert_eq!(setting, Setting { land_use: "residential".into(), factor: "roads".into(), weight: 0.3 });
    for wrong in ["roads=0.3", "a.b", "a.b=1.2", "a.b=x", "a.b=-0.1"] {
        assert_eq!(Setting::parse(wrong).unwrap_err().code, "bad-weight", "{wrong}");
    }
}

/// By hand: 0.5, 0.3, 0.2; roads set to 0.44 leaves 0.56 to 0.5 and 0.2 in their proportion: 0.4 and 0.16.
#[test]
fn the_other_weights_keep_their_proportions() {
    let uses = [head("a", &[0.5, 0.3, 0.2]), head("b", &[0.1, 0.1, 0.8])];
    let found = weights(&uses, &factors(), &[Setting::parse("a.roads=0.44").unwrap()]).unwrap();
    let expected = [0.4, 0.44, 0.16];
    assert!(found[0].iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12), "{found:?}");
    assert_eq!(found[1], [0.1, 0.1, 0.8]);
}

/// By hand: bus and roads are 0.5 and 0.3 of 0.8; a group of 0.4 gives them 0.25 and 0.15 and leaves 0.6 to the other.
#[test]
fn the_weight_of_a_group_is_shared_by_its_factors_in_their_proportions() {
    let uses = [head("a", &[0.5, 0.3, 0.2])];
    let found = weights(&uses, &factors(), &[Setting::parse("a.transport=0.4").unwrap()]).unwrap();
    let expected = [0.25, 0.15, 0.6];
    assert!(found[0].iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12), "{found:?}");
    let by_name = weights(&uses, &factors(), &[Setting::parse("a.plan条件=0.6").unwrap()]).unwrap();
    assert!(by_name[0].iter().zip(expected).all(|(found, expected)| (found - expected).abs() < 1e-12), "{by_name:?}");
}

#[test]
fn what_is_not_there_and_what_does_not_add_up_is_told() {
    let uses = [head("a", &[0.5, 0.3, 0.2])];
    let code = |texts: &[&str]| {
        let settings: Vec<Setting> = texts.iter().map(|text| Setting::parse(text).unwrap()).collect();
        weights(&uses, &factors(), &settings).map_err(|fault| fault.code)
    };
    assert_eq!(code(&["b.bus=0.3"]), Err("unknown-use"));
    assert_eq!(code(&["a.tram=0.3"]), Err("unknown-factor"));
    assert_eq!(code(&["a.bus=0.7", "a.roads=0.4"]), Err("weights-sum"));
    assert_eq!(code(&["a.bus=0.2", "a.bus=0.4"]), Err("weight-twice"));
    assert_eq!(code(&["a.bus=0.2", "a.transport=0.4"]), Err("weight-twice"));
    assert_eq!(code(&["a.bus=0.5", "a.roads=0.3", "a.plan=0.1"]), Err("weights-sum"));
    assert_eq!(code(&["a.bus=0.2", "a.roads=0.3", "a.plan=0.5"]), Ok(vec![vec![0.2, 0.3, 0.5]]));
}

#[test]
fn moves_count_units_and_ground_both_ways() {
    let pairs = [(1, 1, 10.0), (1, 2, 20.0), (3, 2, 5.0), (3, 1, 1.0)];
    let moves = Moves::of(3, pairs.into_iter());
    assert_eq!(moves.counts[3], [0, 1, 1, 0]);
    assert_eq!(moves.changed(), [(2, 6.0), (1, 20.0)]);
}
