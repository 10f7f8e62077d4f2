//! What of a project breaks a rule.

use super::{Choice, Standard};
use crate::land::Text;
use crate::project::plan::{FactorKind, Project};
use crate::say;
use std::collections::BTreeMap;

/// A rule that is broken.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    /// `mandatory-factor`, `factor-choice`, `weight-range`, `weight-order`, `grade-count`, `centre-levels`; `not-checked` where what a rule
    /// needs is not stated.
    pub rule: &'static str,
    /// The use's key; empty where it is the whole project's.
    pub place: String,
    pub text: Text,
}

/// Two weights as near as that count as equal.
const EQUAL: f64 = 1e-9;

/// Every breach, use by use, and what could not be looked at: uses without a `scheme`, factors without a `standard`, a city of no stated
/// size. `weights` holds each use's weights by factor.
pub fn breaches(project: &Project, rules: &Standard, weights: &[Vec<f64>]) -> Vec<Breach> {
    let mut found = Vec::new();
    for (plan, weights) in project.uses.iter().zip(weights) {
        let (key, name) = (&plan.land_use.key, &plan.land_use.name);
        let mut add = |rule, text: Text| found.push(Breach { rule, place: key.clone(), text });
        let Some(scheme) = &plan.scheme else {
            add(
                "not-checked",
                say!("{name} has no scheme: no rule is held against it", "{name} 未写 scheme,未按规则检查"),
            );
            continue;
        };
        for (factor, weight) in project.factors.iter().zip(weights) {
            if *weight > 0.0 && factor.standard.is_none() {
                let label = &factor.name;
                add(
                    "not-checked",
                    say!(
                        "{name}: {label} has no standard: its weight {weight:.4} counts for no factor of the rules",
                        "{name}:{label} 未写 standard,其权重 {weight:.4} 未计入规则中的任何因素"
                    ),
                );
            }
        }
        let weight_of = |id: &str| -> f64 {
            let own = project.factors.iter().zip(weights).filter(|(factor, _)| factor.standard.as_deref() == Some(id));
            own.map(|(_, weight)| weight).sum()
        };
        for factor in &rules.factors {
            let (weight, label, choice) = (weight_of(&factor.id), &factor.name, factor.schemes.get(scheme));
            if choice == Some(&Choice::Mandatory) && weight <= 0.0 {
                add(
                    "mandatory-factor",
                    say!("{name}: the mandatory factor {label} has no weight", "{name}:必选因素{label}没有权重"),
                );
            }
            if choice.is_none() && weight > 0.0 {
                add(
                    "factor-choice",
                    say!("{name}: {label} is no factor of this scheme", "{name}:{label}不在该定级类型的因素之列"),
                );
            }
        }
        let mut groups: BTreeMap<&str, f64> = BTreeMap::new();
        for (factor, weight) in project.factors.iter().zip(weights) {
            if let Some(group) = factor.standard.as_deref().and_then(|id| rules.group_of(id)) {
                *groups.entry(group).or_insert(0.0) += weight;
            }
        }
        for rule in rules.weights.iter().filter(|rule| rule.scheme == *scheme) {
            let weight = groups.get(rule.group.as_str()).copied().unwrap_or(0.0);
            if weight < rule.low - EQUAL || weight > rule.high + EQUAL {
                let (group, low, high, basis) = (title(&rule.group), rule.low, rule.high, &rule.basis);
                let Text { en, zh } = group;
                let basis_zh = match basis.as_str() {
                    "standard" => "标准",
                    "known" => "通行做法",
                    "practice" => "经验",
                    other => other,
                };
                add(
                    "weight-range",
                    say!(
                        "{name}: {en} weigh {weight:.4}, outside {low} to {high} ({basis})",
                        "{name}:{zh}权重为 {weight:.4},不在 {low} 至 {high} 之间({basis_zh})"
                    ),
                );
            }
        }
        for rule in rules.order.iter().filter(|rule| rule.scheme == *scheme) {
            let weight = |group: &str| groups.get(group).copied().unwrap_or(0.0);
            let expected = rule.first.iter().map(|group| weight(group));
            let falling = expected.clone().zip(expected.clone().skip(1)).all(|(one, next)| one >= next - EQUAL);
            let least = expected.fold(f64::INFINITY, f64::min);
            let others = groups.iter().filter(|(group, _)| !rule.first.iter().any(|first| first == *group));
            if !falling || others.clone().any(|(_, weight)| *weight > least + EQUAL) {
                let list: Vec<Text> = rule.first.iter().map(|group| title(group)).collect();
                let (en, zh) = (
                    list.iter().map(|text| text.en.as_str()).collect::<Vec<_>>().join(", "),
                    list.iter().map(|text| text.zh.as_str()).collect::<Vec<_>>().join("、"),
                );
                add(
                    "weight-order",
                    say!(
                        "{name}: the greatest weights are not those of {en}, in this order",
                        "{name}:权重最大的因素及次序不是{zh}"
                    ),
                );
            }
        }
        if let Some(city) = &project.city_size {
            let of =
                |rule: &&super::CountRule| rule.city == *city && rule.scheme.as_ref().is_none_or(|its| its == scheme);
            for rule in rules.grades.iter().filter(of) {
                let (count, low, high) = (usize::from(plan.grades), rule.low, rule.high);
                if !(low..=high).contains(&count) {
                    add(
                        "grade-count",
                        say!(
                            "{name}: {count} grades, not {low} to {high}",
                            "{name}:{count} 个级别,不在 {low} 至 {high} 之间"
                        ),
                    );
                }
            }
        }
    }
    if project.city_size.is_none() && !(rules.grades.is_empty() && rules.centres.is_empty()) {
        let text = say!(
            "city_size is not stated: numbers of grades and of levels of centres are not checked",
            "未写 city_size,级别数与商服中心级数未检查"
        );
        found.push(Breach { rule: "not-checked", place: String::new(), text });
    }
    if let Some(city) = &project.city_size {
        for factor in &project.factors {
            let FactorKind::Centre(plan) = &factor.kind else { continue };
            for rule in rules.centres.iter().filter(|rule| rule.city == *city) {
                let (count, low, high, name) = (plan.levels.len(), rule.low, rule.high, &factor.name);
                if !(low..=high).contains(&count) {
                    let text = say!(
                        "{name}: {count} levels of centres, not {low} to {high}",
                        "{name}:{count} 级商服中心,不在 {low} 至 {high} 之间"
                    );
                    found.push(Breach { rule: "centre-levels", place: factor.key.clone(), text });
                }
            }
        }
    }
    found
}

/// What a group of the rule file is called; its own word where it is another.
fn title(group: &str) -> Text {
    match group {
        "prosperity" => say!("prosperity", "繁华程度"),
        "transport" => say!("transport", "交通条件"),
        "facilities" => say!("basic facilities", "基本设施状况"),
        "environment" => say!("environment", "环境条件"),
        "others" => say!("other factors", "其他因素"),
        other => Text::same(other),
    }
}
