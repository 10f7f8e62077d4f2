//! `landgrade borders`: grades and prices side by side, within a release or along the border of two.

use super::{Ending, Ui};
use clap::Args;
use landgrade::borders::{Borders, Flag, Format, Options, across, across::Lent, judge, within, write};
use landgrade::land::progress::Watch;
use landgrade::land::{Fault, Outcome, Text, grade};
use landgrade::project::{index_by_use, system::System};
use landgrade::release::Release;
use landgrade::supervise::checks::claimed::{Claimed, claimed};
use landgrade::{release, say};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Find grade steps, price gaps, inversions and islands along the borders of a release, or of two districts' releases
#[derive(Args)]
#[command(after_help = "Example:
  landgrade borders demo/releases/2025 --district xzqdm --to demo/borders
  landgrade borders east/releases/2025 --with west/releases/2023 --index index.csv --to common-border")]
pub struct Verb {
    /// The sealed release
    release: PathBuf,
    /// The neighbouring district's release: its prices are brought to one date and to the first one's connotation
    #[arg(long, value_name = "RELEASE")]
    with: Option<PathBuf>,
    /// Folder for borders.xlsx, the CSV tables, borders.geojson and borders.gpkg
    #[arg(long, value_name = "FOLDER")]
    to: Option<PathBuf>,
    /// The kept field that tells a unit's district
    #[arg(long, value_name = "FIELD", conflicts_with = "with")]
    district: Option<String>,
    /// A price index in place of the releases' own: CSV with quarter and a column per use key
    #[arg(long, value_name = "FILE", requires = "with")]
    index: Option<PathBuf>,
    /// A correction system in place of the first release's
    #[arg(long, value_name = "FILE", requires = "with")]
    corrections: Option<PathBuf>,
    /// A correction system in place of the neighbouring release's
    #[arg(long, value_name = "FILE", requires = "with")]
    with_corrections: Option<PathBuf>,
    /// Edges meet within so many metres; as in the project, else 0.1, where left out
    #[arg(long, value_name = "METRES")]
    tolerance: Option<f64>,
    /// Gaps up to so many metres lie between neighbours; as in the project, else 0, where left out
    #[arg(long, value_name = "METRES")]
    close_gaps: Option<f64>,
    /// Flag steps of at least so many grades
    #[arg(long, default_value_t = 2, value_name = "N")]
    grade_jump: u8,
    /// Flag gaps above so many times the larger step of prices next to them
    #[arg(long, default_value_t = 1.5, value_name = "TIMES")]
    step_times: f64,
    /// The ratio of prices whose share of the border is told
    #[arg(long, default_value_t = 1.3, value_name = "RATIO")]
    ratio: f64,
    /// Borders of the review list on the screen
    #[arg(long, default_value_t = 20, value_name = "N")]
    show: usize,
}

impl Verb {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        ui.begin(&say!("reading", "读取数据"), 1 + u64::from(self.with.is_some()));
        let first = release::open(&self.release)?;
        ui.advance(1);
        let options = Options {
            snap: self.tolerance,
            close_gaps: self.close_gaps,
            district: self.district.clone(),
            grade_jump: self.grade_jump,
            step_times: self.step_times,
            ratio: self.ratio,
            ..Options::default()
        };
        let mut shared = None;
        let mut found = match &self.with {
            None => within(&first, &options, ui)?,
            Some(path) => {
                let second = release::open(path)?;
                ui.advance(1);
                shared = Some(overlap(&first, &second)?);
                let read = |path: &Option<PathBuf>| path.as_deref().map(System::read).transpose();
                let [own, theirs] = [read(&self.corrections)?, read(&self.with_corrections)?];
                let index = self.index.as_deref().map(read_index).transpose()?;
                let systems = [own.as_ref().map(|(system, _)| system), theirs.as_ref().map(|(system, _)| system)];
                across(
                    &first,
                    &second,
                    Lent { corrections: systems, index: index.as_ref(), names: None },
                    &options,
                    ui,
                )?
            }
        };
        found.notes.extend(shared.flatten());
        for sentence in found.sentences(ui.lang) {
            ui.line(&sentence);
        }
        let mut files = Vec::new();
        if let Some(folder) = &self.to {
            ui.begin(&say!("writing", "写出"), 1);
            let all = write(&found, folder, &Format::ALL, ui.lang)?;
            ui.advance(1);
            for written in all {
                let (path, rows) = (written.path.display().to_string(), written.rows);
                ui.say(&say!("written: {path} ({rows} rows)", "已写出:{path}({rows} 行)"));
                written.losses.iter().for_each(|loss| ui.say(loss));
                files.push(path);
            }
        }
        show(ui, &found, self.show);
        let mut summary = found.summary(ui.lang);
        if let Some(map) = summary.as_object_mut() {
            map.insert("files".to_string(), json!(files));
        }
        ui.result(&summary);
        Ok(Ending::Done)
    }
}

/// What is said of ground that both hold: along it no border is found.
fn overlap(one: &Release, other: &Release) -> Outcome<Option<Text>> {
    /// m²: less is how two surveys draw one line.
    const LEAST: f64 = 1.0;
    Ok(claimed(one, other, LEAST)?.map(|Claimed { area, pairs, worst: [a, b] }| {
        say!(
            "both hold the same ground: {area:.1} m² in {pairs} pairs of units, most in {a} | {b}; along it no border is found beyond the tolerance (--tolerance)",
            "两者单元重叠:{pairs} 对共 {area:.1} 平方米,最大处 {a} | {b};重叠超过容差(--tolerance)处未找到边界"
        )
    }))
}

/// An index by use.
pub(super) fn read_index(path: &Path) -> Outcome<landgrade::borders::bring::Index> {
    let text = std::fs::read_to_string(path)
        .map_err(|error| Fault::io(say!("cannot read the price index", "无法读取地价指数"), path, &error))?;
    index_by_use(&text, &path.display().to_string())
}

fn show(ui: &Ui, found: &Borders, most: usize) {
    let ([zones, units], listed) = (found.looked_at, found.borders.len());
    ui.say(&say!(
        "neighbours looked at: {zones} pairs of zones, {units} pairs of units; {listed} borders listed",
        "已检查相邻级别范围 {zones} 对、相邻单元 {units} 对;列出边界 {listed} 条"
    ));
    for flag in Flag::ALL {
        let (count, Text { en, zh }) = (found.flagged(flag), flag.title());
        ui.say(&say!("  {en}: {count}", "  {zh}:{count}"));
    }
    for pair in &found.pairs {
        let name = &found.uses[usize::from(pair.land_use)].name;
        let (one, other, length) = (&pair.one, &pair.other, pair.length);
        if pair.compared > 0.0 {
            let (mean, over, flagged) = (pair.mean_gap, 100.0 * pair.share_over, pair.flagged_length);
            let ratio = found.options.ratio;
            ui.say(&say!(
                "{name}, {one} | {other}: {length:.0} m, mean gap {mean:.3}, {over:.1} % beyond a ratio of {ratio}, {flagged:.0} m flagged",
                "{name} {one} | {other}:边界 {length:.0} 米,平均价差 {mean:.3},{over:.1}% 超过价格比 {ratio},标记 {flagged:.0} 米"
            ));
        } else {
            ui.say(&say!(
                "{name}, {one} | {other}: {length:.0} m, no prices to compare",
                "{name} {one} | {other}:边界 {length:.0} 米,无可比价格"
            ));
        }
    }
    let listed: Vec<_> = found.borders.iter().filter(|border| border.rank > 0).take(most).collect();
    if listed.is_empty() {
        return;
    }
    ui.say(&judge::rule());
    let rows = listed.iter().map(|border| {
        let flags: Vec<String> = border.flags.iter().map(|flag| flag.title().in_lang(ui.lang).to_string()).collect();
        let number = |value: f64| if value.is_nan() { "–".to_string() } else { format!("{value:.0}") };
        let side = |side: &landgrade::borders::Side| {
            format!("{} {} {}", side.id, grade::name(side.grade, ui.lang), number(side.common))
        };
        let gap = if border.gap.is_nan() { "–".to_string() } else { format!("{:.3}", border.gap) };
        vec![
            border.rank.to_string(),
            flags.join("+"),
            found.uses[usize::from(border.land_use)].name.clone(),
            side(&border.one),
            side(&border.other),
            format!("{:.0} m", border.length),
            gap,
        ]
    });
    ui.aligned(&rows.collect::<Vec<_>>());
}
