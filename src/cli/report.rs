//! `landgrade report`: the method report of a release.

use super::run::published_beside;
use super::ui::shown;
use super::{Ending, Ui};
use clap::Args;
use landgrade::land::release_name::PUBLISHED;
use landgrade::land::{Fault, Outcome, Text};
use landgrade::project::Project;
use landgrade::release::{self, Release, open_head};
use landgrade::report::{self, Subject};
use landgrade::review::experts::Experts;
use landgrade::review::income::{Group, Income, OfUse};
use landgrade::review::income_models::{Fitted, Model};
use landgrade::say;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};

/// Write the method report of a release: factors, weights, breaks, checks, areas, findings, open decisions
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade report demo/releases/2025 --to report\n  landgrade report demo/releases/2025 --to report --experts opinions.xlsx --profits profits.csv"
)]
pub struct Report {
    /// The sealed release
    release: PathBuf,
    /// The folder to write report.md, report.html and the figures into; <release>-report beside the release where left out
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// Experts' opinions to hold against the grades: a table with unit and grade, perhaps use, expert, reason (.csv, .xlsx)
    #[arg(long, value_name = "FILE")]
    experts: Option<PathBuf>,
    /// The sheet of the opinions
    #[arg(long, value_name = "SHEET", requires = "experts")]
    experts_layer: Option<String>,
    /// Business samples for differential income: a table with profit per m² and x, y or unit, perhaps use, industry, capital, wages (.csv, .xlsx)
    #[arg(long, value_name = "FILE")]
    profits: Option<PathBuf>,
    /// The sheet of the business samples
    #[arg(long, value_name = "SHEET", requires = "profits")]
    profits_layer: Option<String>,
}

impl Report {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let seal = open_head(&self.release)?.seal;
        let release = release::open(&self.release)?;
        let project = match release.head.project.as_str() {
            "" => None,
            text => Some(Project::sealed(text, Path::new("project.toml"))?),
        };
        let folder = self.to.clone().unwrap_or_else(|| beside(&self.release));
        spare(&self.release, &folder)?;
        let (content_digest, sealed_on) = (seal.content_digest.as_str(), seal.sealed_on.as_str());
        let opinions = self.experts.as_ref().map(|file| report::experts(&release, file, self.experts_layer.as_deref()));
        let profits = self.profits.as_ref().map(|file| report::profits(&release, file, self.profits_layer.as_deref()));
        let (opinions, profits) = (opinions.transpose()?, profits.transpose()?);
        let subject = Subject {
            jumps: Default::default(),
            release: &release,
            project: project.as_ref(),
            content_digest,
            sealed_on,
            experts: opinions.as_ref(),
            profits: profits.as_ref(),
        };
        let made = report::make(&subject, ui.lang, ui);
        for input in self.experts.iter().chain(&self.profits) {
            report::names(&made).iter().try_for_each(|name| kept(input, &folder.join(name)))?;
        }
        let files: Vec<PathBuf> = report::write(&made, &folder, ui.lang)?.iter().map(|file| shown(file)).collect();
        let (count, place) = (files.len(), shown(&folder));
        let place = place.display();
        ui.say(&say!("method report: {place} ({count} files)", "方法报告:{place}({count} 个文件)"));
        let mut told = json!({"report": folder, "files": files});
        if let Some(opinions) = &opinions {
            told["experts"] = of_experts(ui, &release, &opinions.found);
        }
        if let Some(profits) = &profits {
            told["profits"] = of_profits(ui, &release, &profits.found);
        }
        ui.result(&told);
        Ok(Ending::Done)
    }
}

/// Says in a line what the opinions come to, and gives it as JSON.
fn of_experts(ui: &Ui, release: &Release, found: &Experts) -> Value {
    let units: usize = found.uses.iter().map(|of_use| of_use.units).sum();
    let (votes, differing, left) = (found.votes, found.differing.len(), found.left_out.len());
    ui.say(&say!(
        "experts: {votes} votes on {units} units, {differing} graded otherwise; rows left out: {left}",
        "专家意见:{units} 个单元 {votes} 票,{differing} 个单元不一致;{left} 行未采用"
    ));
    let uses = found.uses.iter().map(|of_use| {
        json!({"use": release.uses[of_use.land_use].key, "units": of_use.units, "equal": of_use.equal, "by_one": of_use.by_one,
               "by_more": of_use.by_more, "mean_difference": of_use.mean_difference, "kappa": of_use.kappa})
    });
    json!({"rows": found.rows, "votes": votes, "left_out": left, "uses": uses.collect::<Vec<Value>>()})
}

/// Says what the models of differential income come to, and gives it as JSON.
fn of_profits(ui: &Ui, release: &Release, found: &Income) -> Value {
    let (samples, left) = (found.samples.len(), found.left_out.len());
    ui.say(&say!(
        "differential income: {samples} samples; rows left out: {left}",
        "级差收益:{samples} 个样点;{left} 行未采用"
    ));
    let model = |model: &Model| {
        let fitted = model.fitted.as_ref().ok();
        let slopes = fitted.map(|fitted| fitted.fit.slopes.iter().skip(1).map(|one| one.value).collect::<Vec<f64>>());
        json!({"form": model.form(), "samples": model.samples, "grades": model.grades, "a": fitted.map(Fitted::scale),
               "r": fitted.map(Fitted::rate), "exponents": slopes, "r2_log": fitted.map(|fitted| fitted.fit.r2),
               "r2": fitted.map(|fitted| fitted.r2_price), "f": fitted.map(|fitted| fitted.fit.f),
               "p": fitted.map(|fitted| fitted.fit.p), "p_grade": fitted.map(|fitted| fitted.grade().p),
               "verdict": model.said().in_lang(ui.lang)})
    };
    let of_use = |of_use: &OfUse| {
        let head = &release.uses[of_use.land_use];
        for one in &of_use.models {
            let (key, form, Text { en, zh }) = (&head.key, one.form(), one.said());
            ui.say(&say!("  {key}, {form}: {en}", "  {key},{form}:{zh}"));
        }
        let group = |group: &Group| json!({"grade": group.grade, "samples": group.profits.len(), "mean": group.mean, "difference": group.difference});
        json!({"use": head.key, "grades": of_use.groups.iter().map(group).collect::<Vec<Value>>(),
               "falling": of_use.groups.len() > 1 && of_use.disorder.is_empty(),
               "f": of_use.variance.map(|test| test.f), "p": of_use.variance.map(|test| test.p),
               "h": of_use.ranks.map(|test| test.h), "p_ranks": of_use.ranks.map(|test| test.p),
               "not_positive": of_use.not_positive, "models": of_use.models.iter().map(model).collect::<Vec<Value>>()})
    };
    let uses: Vec<Value> = found.uses.iter().map(of_use).collect();
    json!({"rows": found.rows, "samples": samples, "left_out": left, "uses": uses})
}

/// A file of the report takes no input's place.
fn kept(input: &Path, file: &Path) -> Outcome<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    if whole(file).is_none() || whole(file) != whole(input) {
        return Ok(());
    }
    Err(Fault::new(
        "input-overwritten",
        say!("this table is read for the report: it would be overwritten", "这是报告所读的表格,会被覆盖"),
        say!("choose another folder with --to", "请用 --to 另选文件夹"),
    )
    .at(file.display()))
}

/// `releases/2025` is reported on in `releases/2025-report`.
fn beside(release: &Path) -> PathBuf {
    let published = published_beside(release);
    let name = published.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    published.with_file_name(format!("{}-report", name.strip_suffix(PUBLISHED).unwrap_or(&name)))
}

/// Nothing is written into a sealed folder.
fn spare(release: &Path, folder: &Path) -> Outcome<()> {
    let whole = |path: &Path| path.canonicalize().ok();
    let (Some(release), Some(target)) = (whole(release), whole(folder)) else { return Ok(()) };
    if !target.starts_with(&release) && !target.join("seal.json").exists() {
        return Ok(());
    }
    Err(Fault::new(
        "sealed-folder",
        say!("this is a sealed release: nothing is written into it", "这是已封存的成果,不能写入"),
        say!("choose another folder with --to", "请用 --to 另选文件夹"),
    )
    .at(folder.display()))
}
