use super::super::plan::{PartPlan, Shares, WeightsPlan};
use super::super::{Project, UsePlan};
use crate::land::Outcome;

/// A use whose weights are `weights`, over two factors of transport and one of prosperity; planning stands alone.
fn project(weights: &str) -> Outcome<Project> {
    let mut text = format!(
        "[project]\nname = \"x\"\ncrs = \"EPSG:4547\"\n[units]\nsource = \"a.gpkg\"\nid = \"id\"\n\
         [[groups]]\nkey = \"transport\"\nname = \"交通条件\"\n[[groups]]\nkey = \"prosperity\"\n\
         [[uses]]\nkey = \"all\"\ngrades = 2\nweights = {weights}\n"
    );
    for (key, group) in [("roads", "transport"), ("bus", "transport"), ("centres", "prosperity"), ("plan", "")] {
        let group = if group.is_empty() { String::new() } else { format!("group = \"{group}\"\n") };
        text.push_str(&format!(
            "[[factors]]\nkey = \"{key}\"\nkind = \"point\"\nsource = \"a.gpkg\"\n{group}\
             levels = [{{ radius = 100, score = 100 }}]\n"
        ));
    }
    Project::sealed(&text, std::path::Path::new("project.toml"))
}

fn plan(weights: &str) -> UsePlan {
    project(weights).unwrap().uses.remove(0)
}

fn fault(weights: &str) -> (&'static str, String) {
    let fault = project(weights).unwrap_err();
    (fault.code, fault.what.en)
}

#[test]
fn weights_on_two_layers_keep_groups_and_factors_apart() {
    let weights = "{ prosperity = 0.4, transport = { weight = 0.5, roads = 0.6, bus = 0.4 }, plan = 0.1 }";
    let WeightsPlan::Grouped { parts, shares: Shares::Given(shares) } = plan(weights).weights else { panic!("groups") };
    assert_eq!(shares, [0.1, 0.4, 0.5], "in the order of the keys");
    assert!(matches!(parts[0], PartPlan::Factor(3)));
    let PartPlan::Group { group: 1, factors, shares: Shares::Given(inside) } = &parts[1] else { panic!("prosperity") };
    assert_eq!((factors.as_slice(), inside.as_slice()), (&[2][..], &[1.0][..]));
    let PartPlan::Group { group: 0, factors, shares: Shares::Given(inside) } = &parts[2] else { panic!("transport") };
    assert_eq!((factors.as_slice(), inside.as_slice()), (&[1, 0][..], &[0.4, 0.6][..]));
}

#[test]
fn weights_of_one_layer_may_still_name_every_factor() {
    let WeightsPlan::Given(weights) = plan("{ roads = 0.3, bus = 0.2, centres = 0.4, plan = 0.1 }").weights else {
        panic!("one layer")
    };
    assert_eq!(weights, [0.3, 0.2, 0.4, 0.1]);
}

#[test]
fn judgements_over_groups_take_the_weights_inside_from_their_own_table() {
    let outer = "ahp = [\"transport\", \"prosperity\"], matrix = [[1, 2], [0.5, 1]]";
    for inside in
        ["{ roads = 0.6, bus = 0.4 }", "{ ahp = [\"roads\", \"bus\"], matrix = [[1, 3], [0.3333333333333333, 1]] }"]
    {
        let plan = plan(&format!("{{ {outer}, inside = {{ transport = {inside} }} }}"));
        let WeightsPlan::Grouped { parts, shares: Shares::Ahp { matrix, .. } } = &plan.weights else {
            panic!("judged")
        };
        assert_eq!((parts.len(), matrix.len()), (2, 2));
    }
    let (code, what) = fault(&format!("{{ {outer} }}"));
    assert_eq!((code, what.as_str()), ("group-weights", "the group transport has several factors: roads, bus"));
}

#[test]
fn what_mixes_the_layers_is_refused_by_name() {
    let transport = "transport = { weight = 0.5, roads = 0.6, bus = 0.4 }";
    for (weights, code, what) in [
        ("{ prosperity = 0.4, transport = 0.6 }", "group-weights", "has several factors: roads, bus"),
        ("{ prosperity = 0.5, roads = 0.5 }", "group-weights", "roads is a factor of the group transport"),
        (
            "{ prosperity = 0.5, transport = { weight = 0.5, roads = 0.6, plan = 0.4 } }",
            "group-weights",
            "plan is no factor",
        ),
        ("{ prosperity = 0.5, plan = { weight = 0.5, roads = 1 } }", "group-weights", "plan is a factor, not a group"),
        (&format!("{{ prosperity = 0.4, {transport} }}"), "weights-sum", "the weights of all sum to 0.900000"),
        (
            "{ prosperity = 0.5, transport = { weight = 0.5, roads = 0.6, bus = 0.3 } }",
            "weights-sum",
            "transport sum to 0.9",
        ),
        ("{ prosperity = 0.5, transpot = 0.5 }", "unknown-factor", "no factor \"transpot\""),
    ] {
        let told = fault(weights);
        assert!(told.0 == code && told.1.contains(what), "{weights}: {told:?}");
    }
}

#[test]
fn a_factor_that_a_use_does_not_name_inside_a_group_has_no_weight_there() {
    let weights = "{ prosperity = 0.5, transport = { weight = 0.5, bus = 1 } }";
    let WeightsPlan::Grouped { parts, .. } = plan(weights).weights else { panic!("groups") };
    assert!(parts.iter().any(|part| matches!(part, PartPlan::Group { group: 0, factors, .. } if factors == &[1])));
}
