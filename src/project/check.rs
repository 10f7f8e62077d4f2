//! From what was written to what it means: every value checked, every problem collected.

use super::file::{LevelKey, ProjectFile};
use super::lines::{Lines, Step};
use super::plan::{Project, ReleasePlan, Source};
use super::{barriers, factors, groups, network, prices, standard, units, uses, weights, zones};
use crate::land::{Fault, Outcome, Text, date, release_name};
use crate::say;
use crate::space::Crs;
use std::path::{Path, PathBuf};

/// Whether the files a project names must be there.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Files {
    Needed,
    /// An index file is read where it is there; nothing else is looked for.
    IfThere,
    Unneeded,
}

/// Collects problems while the plan is built.
pub(super) struct Problems<'a> {
    pub lines: Lines<'a>,
    pub folder: PathBuf,
    pub files: Files,
    faults: Vec<Fault>,
}

impl Problems<'_> {
    /// Notes a problem with the value at `steps`.
    pub fn add(&mut self, code: &'static str, steps: &[Step<'_>], what: Text, help: Text) {
        self.faults.push(Fault::new(code, what, help).at(self.lines.of(steps)));
    }

    /// One of a closed list of words; a word outside it is a problem and the first of the list stands in.
    pub fn word<T: Copy>(&mut self, steps: &[Step<'_>], written: Option<&str>, words: &[(&str, T)]) -> T {
        let (_, default) = words[0];
        let Some(written) = written else { return default };
        if let Some((_, meaning)) = words.iter().find(|(word, _)| *word == written) {
            return *meaning;
        }
        let known = words.iter().map(|(word, _)| *word).collect::<Vec<_>>().join(", ");
        self.add(
            "unknown-word",
            steps,
            say!("\"{written}\" is not understood here", "此处不能写「{written}」"),
            say!("write one of: {known}", "可写:{known}"),
        );
        default
    }

    /// A layer to read; a missing file is a problem.
    pub fn source(
        &mut self,
        steps: &[Step<'_>],
        source: &str,
        layer: Option<&String>,
        crs: Option<&String>,
        encoding: Option<&String>,
    ) -> Source {
        let path = self.folder.join(source);
        if self.files == Files::Needed && !path.exists() {
            self.missing_file(steps, "source", &path);
        }
        let crs = crs
            .and_then(|crs| Crs::parse(crs).map_err(|fault| self.add(fault.code, steps, fault.what, fault.help)).ok());
        Source { path, layer: layer.cloned(), crs, encoding: encoding.cloned() }
    }

    /// A file that `key` names and that is not there.
    pub fn missing_file(&mut self, steps: &[Step<'_>], key: &str, path: &Path) {
        let shown = path.display();
        self.add(
            "missing-file",
            steps,
            say!("there is no file {shown}", "找不到文件 {shown}"),
            say!(
                "check `{key}`; relative paths start from the project file's folder",
                "请检查 {key};相对路径从项目文件所在文件夹算起"
            ),
        );
    }

    /// A number inside a range, ends included.
    pub fn within(&mut self, steps: &[Step<'_>], name: &str, value: f64, low: f64, high: f64) {
        if !(low..=high).contains(&value) {
            self.add(
                "out-of-range",
                steps,
                say!("{name} is {value}", "{name} 为 {value}"),
                say!("give a number from {low} to {high}", "请填 {low} 到 {high} 之间的数"),
            );
        }
    }
}

/// Builds the plan, or tells every problem.
pub(super) fn check(raw: ProjectFile, text: &str, path: &Path, files: Files) -> Outcome<Project> {
    let folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
    let mut problems = Problems { lines: Lines::new(text, path), folder, files, faults: Vec::new() };
    let crs = project_crs(&raw, &mut problems);
    let base_date = raw.project.base_date.as_deref().and_then(|written| {
        let parsed = date::parse(written);
        if parsed.is_none() {
            problems.add(
                "bad-date",
                &[Step::Key("project"), Step::Key("base_date")],
                say!("\"{written}\" is no date", "「{written}」不是日期"),
                say!("write it as 2026-01-01", "请写成 2026-01-01"),
            );
        }
        parsed
    });
    let graded_area = raw.project.graded_area.as_ref().map(|s| {
        let steps = [Step::Key("project"), Step::Key("graded_area")];
        problems.source(&steps, &s.source, s.layer.as_ref(), s.crs.as_ref(), s.encoding.as_ref())
    });
    let barriers = barriers::check(&raw.barriers, &mut problems);
    let network = network::check(raw.network.as_ref(), &mut problems);
    let barrier_keys: Vec<&str> = raw.barriers.iter().map(|barrier| barrier.key.as_str()).collect();
    let groups = groups::check(&raw, &mut problems);
    let of = groups::members(&raw.factors, &groups, &mut problems);
    let around = factors::Around {
        groups: &of,
        barriers: &barrier_keys,
        network: network.is_some(),
        graded_area: raw.project.graded_area.is_some(),
    };
    let factors = factors::check(&raw.factors, &around, &mut problems);
    let keys: Vec<&str> = raw.factors.iter().map(|factor| factor.key.as_str()).collect();
    let members = weights::Members { factors: &keys, groups: &groups, of: &of };
    let uses = uses::check(&raw, members, &mut problems);
    let units = units::check(&raw, &uses, &mut problems);
    let alternatives = uses::alternatives(&raw, &uses, &keys, &mut problems);
    let zones = zones::check(raw.grading.as_ref(), &mut problems);
    let prices = raw.prices.as_ref().map(|raw_prices| prices::check(raw_prices, &uses, base_date, &mut problems));
    let (rules, rules_file) = standard::check(&raw, &mut problems);
    let release = release(&raw, base_date, &mut problems);
    if let Some(fault) = Fault::of_all(problems.faults) {
        return Err(fault);
    }
    Ok(Project {
        path: path.to_path_buf(),
        text: text.to_string(),
        name: raw.project.name,
        crs: crs.expect("a project without a CRS has a fault"),
        base_date,
        city_size: raw.project.city_size,
        rules,
        rules_file,
        graded_area,
        units,
        uses,
        groups,
        factors,
        barriers,
        network,
        alternatives,
        zones,
        prices,
        policy: raw.policy,
        release,
    })
}

fn project_crs(raw: &ProjectFile, problems: &mut Problems<'_>) -> Option<Crs> {
    let steps = [Step::Key("project"), Step::Key("crs")];
    match Crs::parse(&raw.project.crs) {
        Err(fault) => {
            problems.add(fault.code, &steps, fault.what, fault.help);
            None
        }
        Ok(crs) if crs.geographic || (crs.metres_per_unit - 1.0).abs() > 1e-12 => {
            let name = &crs.name;
            problems.add(
                "crs-not-metric",
                &steps,
                say!("{name} is not a projected system in metres", "{name} 不是以米为单位的投影坐标系"),
                say!(
                    "take a projected one, such as EPSG:4547; layers in other systems are transformed",
                    "请用投影坐标系,如 EPSG:4547;其他坐标系的图层会自动转换"
                ),
            );
            None
        }
        Ok(crs) => Some(crs),
    }
}

fn release(raw: &ProjectFile, base_date: Option<jiff::civil::Date>, problems: &mut Problems<'_>) -> ReleasePlan {
    let default = super::file::Release::default();
    let raw = raw.release.as_ref().unwrap_or(&default);
    let name =
        raw.name.clone().or_else(|| base_date.map(|date| date.to_string())).unwrap_or_else(|| "release".to_string());
    if let Err(fault) = release_name::check(&name) {
        problems.add(fault.code, &[Step::Key("release"), Step::Key("name")], fault.what, fault.help);
    }
    let known: Vec<(&str, &str)> = ["gpkg", "geojson", "shp", "csv", "xlsx"].into_iter().map(|f| (f, f)).collect();
    let formats = match &raw.formats {
        None => known.iter().map(|(format, _)| (*format).to_string()).collect(),
        Some(formats) => formats
            .iter()
            .map(|format| {
                problems.word(&[Step::Key("release"), Step::Key("formats")], Some(format), &known).to_string()
            })
            .collect(),
    };
    ReleasePlan {
        folder: problems.folder.join(raw.folder.as_deref().unwrap_or("releases")),
        name,
        formats,
        gbk: problems.word(
            &[Step::Key("release"), Step::Key("encoding")],
            raw.encoding.as_deref(),
            &[("GBK", true), ("UTF-8", false)],
        ),
        supersedes: raw.supersedes.clone(),
    }
}

pub(super) fn level_text(key: &LevelKey) -> String {
    match key {
        LevelKey::Number(number) => number.to_string(),
        LevelKey::Text(text) => text.clone(),
    }
}
