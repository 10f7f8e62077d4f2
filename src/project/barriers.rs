//! Checks the barriers and what factors they stand before.

use super::check::Problems;
use super::file::{Barrier, Factor};
use super::lines::Step;
use super::plan::{BarrierPlan, CrossingsPlan};
use crate::say;

pub(super) fn check(raw: &[Barrier], problems: &mut Problems<'_>) -> Vec<BarrierPlan> {
    let mut plans: Vec<BarrierPlan> = Vec::new();
    for (at, barrier) in raw.iter().enumerate() {
        let (key, here) = (&barrier.key, [Step::Key("barriers"), Step::At(at)]);
        if key.is_empty() || plans.iter().any(|plan| plan.key == *key) {
            problems.add(
                "bad-key",
                &here,
                say!("the barrier key \"{key}\" is empty or stands twice", "阻隔键「{key}」为空或重复"),
                say!("give each barrier a key of its own", "请为每个阻隔另取键名"),
            );
        }
        let source = problems.source(
            &[here[0], here[1], Step::Key("source")],
            &barrier.source,
            barrier.layer.as_ref(),
            barrier.crs.as_ref(),
            barrier.encoding.as_ref(),
        );
        let crossings = barrier.crossings.as_ref().map(|raw| {
            let steps = [here[0], here[1], Step::Key("crossings")];
            let within = raw.within.unwrap_or(50.0);
            problems.within(&steps, "within", within, 0.1, 5000.0);
            let (layer, crs, encoding) = (raw.layer.as_ref(), raw.crs.as_ref(), raw.encoding.as_ref());
            let source = problems.source(&steps, &raw.source, layer, crs, encoding);
            CrossingsPlan { source, within, label: raw.label.clone() }
        });
        let name = barrier.name.clone().unwrap_or_else(|| key.clone());
        plans.push(BarrierPlan { key: key.clone(), name, source, crossings });
    }
    plans
}

/// The barriers a factor names, by their numbers, ascending.
pub(super) fn of_factor(factor: &Factor, at: usize, known: &[&str], problems: &mut Problems<'_>) -> Vec<usize> {
    let mut numbers = Vec::new();
    for key in &factor.barriers {
        match known.iter().position(|barrier| barrier == key) {
            Some(number) => numbers.push(number),
            None => {
                let list = if known.is_empty() { "-".to_string() } else { known.join(", ") };
                problems.add(
                    "unknown-barrier",
                    &[Step::Key("factors"), Step::At(at), Step::Key("barriers")],
                    say!("there is no barrier \"{key}\"", "没有名为「{key}」的阻隔"),
                    say!("the barriers are: {list}", "现有阻隔:{list}"),
                );
            }
        }
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
