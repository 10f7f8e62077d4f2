//! `landgrade verify`: whether a sealed release is what was sealed, and whether its inputs still give it.

use super::{Ending, Ui};
use clap::Args;
use landgrade::land::{Fault, Outcome};
use landgrade::pipeline::{self, Map, Until};
use landgrade::project::Project;
use landgrade::release::{self, InputState, Origin, Verification, first_difference};
use landgrade::say;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Digest a sealed release again; with --replay also recompute it from its inputs
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade verify demo/releases/2025\n  landgrade verify demo/releases/2025 --inputs demo/2025 --replay"
)]
pub struct Verify {
    /// The sealed release
    release: PathBuf,
    /// The folder the project file stood in, to check the inputs too
    #[arg(long, value_name = "FOLDER")]
    inputs: Option<PathBuf>,
    /// Recompute from the inputs and name the first difference
    #[arg(long)]
    replay: bool,
}

impl Verify {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        super::at_hand(self.inputs.as_deref())?;
        let at_hand = self.inputs.clone().or_else(|| beside(&self.release));
        let found = release::verify(&self.release, at_hand.as_deref())?;
        let mut whole = found.is_whole();
        let lists = [
            (&found.changed, say!("changed", "已改动")),
            (&found.missing, say!("missing", "缺失")),
            (&found.extra, say!("not of this release", "不属于该成果")),
        ];
        for (files, what) in &lists {
            files.iter().for_each(|file| ui.line(&format!("{}: {file}", what.in_lang(ui.lang))));
        }
        let mut inputs = Vec::new();
        for (path, state) in &found.inputs {
            let (word, text) = match state {
                InputState::Same => ("same", say!("same", "一致")),
                InputState::Changed => ("changed", say!("changed", "已改动")),
                InputState::Missing => ("missing", say!("missing", "缺失")),
                InputState::Unrecorded => ("unrecorded", say!("no digest recorded", "无摘要记录")),
            };
            ui.line(&format!("{path}: {}", text.in_lang(ui.lang)));
            inputs.push(json!({"path": path, "state": word}));
        }
        if whole {
            ui.say(&say!("every file of the release is as it was sealed", "成果的所有文件与封存时一致"));
            if let Some(count) = found.published {
                ui.say(&say!(
                    "{count} published files are as they were on publication",
                    "{count} 个已公布文件与公布时一致"
                ));
            }
        }
        tell_inputs(ui, &found, at_hand.as_deref());
        let mut difference = None;
        if self.replay && at_hand.is_none() {
            return Err(no_inputs(&self.release));
        }
        if let (true, Some(folder)) = (self.replay && whole, &at_hand) {
            difference = replay(&self.release, folder, ui)?;
            match &difference {
                None => ui.say(&say!("recomputed: no difference", "重新计算:没有差异")),
                Some(text) => {
                    whole = false;
                    let landgrade::land::Text { en, zh } = text;
                    ui.say(&say!("recomputed, first difference: {en}", "重新计算,第一处差异:{zh}"));
                }
            }
        }
        ui.result(&json!({
            "whole": found.is_whole(), "changed": found.changed, "missing": found.missing, "extra": found.extra, "inputs": inputs,
            "published": found.published,
            "replayed": self.replay && found.is_whole(), "difference": difference.map(|text| text.in_lang(ui.lang).to_string()),
        }));
        // Inputs that were not asked for are told and decide nothing: the release is whole without them.
        let inputs_same = self.inputs.is_none() || found.has_its_inputs();
        Ok(if whole && inputs_same { Ending::Done } else { Ending::Differences })
    }
}

pub(super) fn no_inputs(release: &Path) -> Fault {
    Fault::new(
        "missing-folder",
        say!("the inputs to recompute from are not near the release", "成果附近找不到用于重算的输入文件夹"),
        say!("name the folder of the project file with --inputs", "请用 --inputs 指明项目文件所在文件夹"),
    )
    .at(release.display())
}

/// How many inputs are as they were when the release was sealed.
fn tell_inputs(ui: &Ui, found: &Verification, folder: Option<&Path>) {
    let Some(folder) = folder else {
        if !found.manifest.inputs.is_empty() {
            ui.say(&say!(
                "its inputs were not looked at: --inputs FOLDER names the folder of the project file",
                "未核对输入文件:请用 --inputs 指明项目文件所在文件夹"
            ));
        }
        return;
    };
    let count = |wanted| found.inputs.iter().filter(|(_, state)| *state == wanted).count();
    let (same, changed, missing) = (count(InputState::Same), count(InputState::Changed), count(InputState::Missing));
    let folder = super::ui::shown(folder);
    let shown = folder.display();
    ui.say(&say!(
        "inputs in {shown} since the sealing: {same} unchanged, {changed} changed, {missing} missing",
        "{shown} 中的输入文件与封存时相比:{same} 个未变,{changed} 个已改动,{missing} 个缺失"
    ));
}

/// The folder of the project file, where it lies near the release: one of its next two folders upwards, or a folder in those, that holds
/// the project file the release was sealed with, to the byte.
pub(super) fn beside(release: &Path) -> Option<PathBuf> {
    let own = std::fs::read(release.join("project.toml")).ok().filter(|text| !text.is_empty())?;
    let whole = release.canonicalize().ok()?;
    let is_its = |folder: &Path| std::fs::read(folder.join("project.toml")).is_ok_and(|text| text == own);
    whole.ancestors().skip(1).take(2).find_map(|above| {
        let entries = std::fs::read_dir(above).ok().into_iter().flatten().flatten().map(|entry| entry.path());
        let mut folders: Vec<PathBuf> = entries.filter(|path| *path != whole && path.is_dir()).collect();
        folders.sort();
        // Another release of the same project holds the file too, and no inputs.
        let mut places = std::iter::once(above.to_path_buf()).chain(folders);
        places.find(|folder| is_its(folder) && !folder.join("manifest.json").exists())
    })
}

fn replay(path: &Path, folder: &Path, ui: &Ui) -> Outcome<Option<landgrade::land::Text>> {
    let sealed = release::open(path)?;
    if sealed.head.origin == Origin::Imported {
        return Err(Fault::new(
            "not-replayable",
            say!("an imported release is not recomputed", "导入的成果不能重新计算"),
            say!("import its source again and compare the two", "请重新导入其来源并比较"),
        ));
    }
    let project = Project::parse(&sealed.head.project, &folder.join("project.toml"))?;
    let until = if sealed.cells.is_empty() { Until::Grades } else { Until::Prices };
    let again = pipeline::run(&project, until, Map::Drawn, ui)?;
    Ok(first_difference(&sealed, &again))
}
