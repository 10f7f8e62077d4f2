//! `landgrade candidates`: what the price of every grade could be, side by side.

mod document;
mod show;

use super::{Ending, Ui};
use clap::Args;
use landgrade::land::{Fault, Outcome, Text};
use landgrade::price::model::Form;
use landgrade::release;
use landgrade::review::candidates::candidates;
use landgrade::say;
use serde_json::{Value, json};
use std::path::PathBuf;

/// Lay averages and models of the price of every grade side by side, with the evidence for each
#[derive(Args)]
#[command(after_help = "Example:\n  landgrade candidates demo/releases/2025")]
pub struct Verb {
    /// The sealed release
    release: PathBuf,
    /// Neighbouring grades whose prices differ by less or more than these ratios are told
    #[arg(long, value_name = "LOW,HIGH", value_delimiter = ',', num_args = 1, default_value = "1.1,2")]
    steps: Vec<f64>,
}

impl Verb {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let release = release::open(&self.release)?;
        let [low, high] = self.steps[..] else { return Err(bad_steps(&self.steps)) };
        let band = Some([low, high]).filter(|_| 0.0 < low && low <= high).ok_or_else(|| bad_steps(&self.steps))?;
        let all = candidates(&release);
        if all.is_empty() {
            ui.say(&say!("the release has no samples with prices", "该成果没有可用的样点地价"));
        }
        for of_use in &all {
            show::tell(ui, &release, of_use, band);
        }
        let uses: Vec<Value> = all.iter().map(|of_use| document::of_use(&release, of_use, band, ui.lang)).collect();
        ui.result(&json!({"uses": uses, "steps": band}));
        Ok(Ending::Done)
    }
}

fn bad_steps(steps: &[f64]) -> Fault {
    let shown = steps.iter().map(f64::to_string).collect::<Vec<_>>().join(",");
    Fault::new(
        "bad-option",
        say!("--steps is {shown}", "--steps 为 {shown}"),
        say!("write two ratios, the lower first, such as 1.1,2", "请写两个比值,小者在前,如 1.1,2"),
    )
}

fn form(form: Form) -> Text {
    match form {
        Form::Linear => say!("linear", "线性"),
        Form::Exponential => say!("exponential", "指数"),
        Form::Power => say!("power", "幂函数"),
        Form::Logarithmic => say!("logarithmic", "对数"),
    }
}
