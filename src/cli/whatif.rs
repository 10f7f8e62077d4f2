//! `landgrade whatif`: the grades other weights would give.

use super::{Ending, Ui};
use clap::Args;
use landgrade::land::{Lang, Outcome, Text, grade};
use landgrade::pipeline::{Changed, whatif};
use landgrade::release::{UseHead, scores};
use landgrade::review::whatif::Setting;
use landgrade::say;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Set weights of a sealed release to other values and see which grades change
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade whatif demo/releases/2025 --weight residential.daolu=0.30")]
pub struct Whatif {
    /// The sealed release
    release: PathBuf,
    /// A weight, USE.FACTOR=WEIGHT or USE.GROUP=WEIGHT; the others of the use keep their proportions; may be given several times
    #[arg(long, value_name = "SETTING", required = true)]
    weight: Vec<String>,
    /// Keep the score limits of the release instead of making them anew
    #[arg(long)]
    keep_limits: bool,
}

impl Whatif {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let settings = self.weight.iter().map(|written| Setting::parse(written)).collect::<Outcome<Vec<_>>>()?;
        let scores = scores::open(&self.release)?;
        let answer = whatif(&scores, &settings, self.keep_limits)?;
        for changed in &answer {
            tell(ui, &scores.uses[changed.land_use], &scores, changed);
        }
        ui.result(&result(&scores, &answer));
        Ok(Ending::Done)
    }
}

fn tell(ui: &Ui, head: &UseHead, scores: &scores::Scores, changed: &Changed) {
    let (name, key) = (&head.name, &head.key);
    ui.say(&say!("{name} ({key})", "{name}({key})"));
    for (at, factor) in scores.factors.iter().enumerate() {
        let (old, new) = (head.weights[at], changed.weights[at]);
        if old > 0.0 || new > 0.0 {
            let factor = &factor.name;
            ui.say(&say!("  weight of {factor}: {old:.4} → {new:.4}", "  {factor} 权重:{old:.4} → {new:.4}"));
        }
    }
    let list = |limits: &[f64]| limits.iter().map(|limit| format!("{limit:.2}")).collect::<Vec<_>>().join(", ");
    let (old, new) = (list(&head.limits), list(&changed.limits));
    ui.say(&say!("  score limits: {old} → {new}", "  分值界限:{old} → {new}"));
    let (old, new) = (head.gvf, changed.gvf);
    ui.say(&say!("  goodness of variance fit: {old:.4} → {new:.4}", "  方差拟合优度:{old:.4} → {new:.4}"));
    let moves = &changed.moves;
    let grades = 1..moves.counts.len();
    let label = |number: usize| grade::name(number as u8, ui.lang);
    let width = 9;
    let head: String = grades.clone().map(|new| format!("{:>width$}", label(new))).collect();
    let Text { en, zh } = say!("  old \\ new", "  原级别\\新级别");
    ui.line(&format!("{}{head}", if ui.lang == Lang::Zh { zh } else { en }));
    for old in grades.clone() {
        let row: String = grades.clone().map(|new| format!("{:>width$}", moves.counts[old][new])).collect();
        ui.line(&format!("  {:<9}{row}", label(old)));
    }
    let [(better, better_area), (worse, worse_area)] = moves.changed();
    let units: usize = moves.counts.iter().flatten().sum();
    let (better_area, worse_area) = (better_area / 1e4, worse_area / 1e4);
    ui.say(&say!(
        "  of {units} units {better} rise ({better_area:.2} ha) and {worse} fall ({worse_area:.2} ha)",
        "  {units} 个单元中,{better} 个升级({better_area:.2} 公顷),{worse} 个降级({worse_area:.2} 公顷)"
    ));
}

fn result(scores: &scores::Scores, answer: &[Changed]) -> Value {
    let uses = answer.iter().map(|changed| {
        let head = &scores.uses[changed.land_use];
        let weights: serde_json::Map<String, Value> = scores
            .factors
            .iter()
            .zip(&changed.weights)
            .filter(|(_, weight)| **weight > 0.0)
            .map(|(factor, weight)| (factor.key.clone(), json!(weight)))
            .collect();
        let [better, worse] = changed.moves.changed();
        let side = |(units, area): (usize, f64)| json!({"units": units, "area": area});
        json!({
            "use": head.key, "weights": weights, "limits": changed.limits, "limits_before": head.limits, "gvf": changed.gvf,
            "counts": changed.moves.counts, "areas": changed.moves.areas, "better": side(better), "worse": side(worse),
        })
    });
    json!({"uses": uses.collect::<Vec<_>>()})
}
