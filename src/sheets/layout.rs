//! The layout of print sheets, from a file: paper, scales, words, what lies underneath, colours.

use crate::formats::style::Colour;
use crate::land::{Fault, Outcome, written};
use crate::say;
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The layout that is shipped, with every key explained.
pub const SHIPPED: &str = include_str!("layout.toml");

/// Everything a layout file says. Lengths are millimetres on paper.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub paper: PaperPlan,
    pub map: MapPlan,
    pub words: Words,
    pub underlay: UnderlayPlan,
    pub colours: Vec<Ramp>,
    /// The folder that paths of the file start from.
    #[serde(skip)]
    pub folder: PathBuf,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperPlan {
    pub size: Size,
    pub orientation: Orientation,
    pub margin: f64,
    pub dpi: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub enum Size {
    A4,
    A3,
    A2,
    A1,
    A0,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Orientation {
    Landscape,
    Portrait,
    Auto,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MapPlan {
    /// The denominator; 0 for the largest scale that shows everything.
    pub scale: u32,
    pub scales: Vec<u32>,
    pub detail: u32,
    pub overlap: f64,
    pub opacity: f64,
    pub grade_line: f64,
    pub least_label: f64,
    pub text: f64,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub maker: String,
    pub document: String,
    pub made_on: String,
    pub fonts: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct UnderlayPlan {
    pub roads: Vec<String>,
    pub water: Vec<String>,
    pub files: Vec<FilePlan>,
}

/// A layer of another file.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FilePlan {
    pub source: PathBuf,
    pub layer: Option<String>,
    pub crs: Option<String>,
    pub encoding: Option<String>,
    pub draw: Draw,
    pub name: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Draw {
    Road,
    Water,
    District,
}

/// The colours of a use's grades.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ramp {
    pub words: Vec<String>,
    pub best: String,
    pub worst: String,
}

impl Default for Layout {
    fn default() -> Layout {
        Layout::parse("", Path::new("layout.toml")).expect("the shipped layout is sound")
    }
}

impl Layout {
    /// Reads a layout file; keys that it leaves out are those of [`SHIPPED`].
    ///
    /// # Errors
    /// `io`; `bad-layout` naming the key or value.
    pub fn read(path: &Path) -> Outcome<Layout> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::io(say!("cannot read the layout", "无法读取版式文件"), path, &error))?;
        Layout::parse(&text, path)
    }

    /// As [`Layout::read`], of a text; `path` is told in faults and paths of the file start beside it.
    ///
    /// # Errors
    /// `bad-layout`.
    pub fn parse(text: &str, path: &Path) -> Outcome<Layout> {
        let within = |fault: Fault| fault.within(path);
        let own: toml::Table = written::parse(text, CODE, see()).map_err(within)?;
        let shipped: toml::Table = written::parse(SHIPPED, CODE, see())?;
        let merged = toml::to_string(&merged(shipped, own, "").map_err(within)?).unwrap_or_default();
        let mut layout: Layout = written::parse(&merged, CODE, see()).map_err(|fault| fault.at(path.display()))?;
        layout.check().map_err(within)?;
        layout.folder = path.parent().map(Path::to_path_buf).unwrap_or_default();
        Ok(layout)
    }

    fn check(&self) -> Outcome<()> {
        let Layout { paper, map, .. } = self;
        let ranges = [
            ("paper.margin", paper.margin, 0.0, 50.0),
            ("paper.dpi", f64::from(paper.dpi), 50.0, 600.0),
            ("map.overlap", map.overlap, 0.0, 50.0),
            ("map.opacity", map.opacity, 0.05, 1.0),
            ("map.grade_line", map.grade_line, 0.05, 5.0),
            ("map.least_label", map.least_label, 0.0, 1e6),
            ("map.text", map.text, 0.3, 3.0),
            ("map.detail", f64::from(map.detail), 100.0, 1e7),
        ];
        let outside = ranges.into_iter().filter(|(_, value, low, high)| !(low..=high).contains(&value));
        let mut faults: Vec<Fault> = outside
            .map(|(key, value, low, high)| {
                let what = say!("{key} is {value}, not {low} to {high}", "{key} 为 {value},应在 {low} 至 {high} 之间");
                Fault::new(CODE, what, see())
            })
            .collect();
        let ascending = map.scales.windows(2).all(|pair| pair[0] < pair[1])
            && map.scales.first().is_some_and(|first| *first >= 100);
        if !ascending {
            let what = say!("map.scales is not ascending from 100 up", "map.scales 应从不小于 100 的数起递增");
            faults.push(Fault::new(CODE, what, see()));
        }
        for colour in self.colours.iter().flat_map(|ramp| [&ramp.best, &ramp.worst]).filter(|it| colour(it).is_none()) {
            let what = say!("\"{colour}\" is no colour such as #8f1414", "「{colour}」不是 #8f1414 这样的颜色");
            faults.push(Fault::new(CODE, what, see()));
        }
        if self.colours.is_empty() {
            faults.push(Fault::new(CODE, say!("no colours are given", "没有颜色"), see()));
        }
        Fault::of_all(faults).map_or(Ok(()), Err)
    }

    /// The colours of so many grades of a use, the best first.
    pub fn colours(&self, key: &str, name: &str, grades: u8) -> Vec<Colour> {
        let holds =
            |ramp: &&Ramp| ramp.words.iter().any(|word| key.contains(word.as_str()) || name.contains(word.as_str()));
        let ramp = self.colours.iter().find(holds).or_else(|| self.colours.last());
        let ends = ramp.and_then(|ramp| colour(&ramp.best).zip(colour(&ramp.worst)));
        let (best, worst) = ends.unwrap_or(([80, 80, 80], [230, 230, 230]));
        let last = f64::from(grades.max(2) - 1);
        let part = |at: u8, from: u8, to: u8| {
            (f64::from(from) + (f64::from(to) - f64::from(from)) * f64::from(at) / last).round() as u8
        };
        (0..grades).map(|at| [0, 1, 2].map(|channel: usize| part(at, best[channel], worst[channel]))).collect()
    }
}

const CODE: &str = "bad-layout";

fn see() -> crate::land::Text {
    say!(
        "landgrade publish --show-layout prints the one that is shipped",
        "landgrade publish --show-layout 可显示自带的版式文件"
    )
}

/// The keys of `own` in place of those that are shipped.
fn merged(mut shipped: toml::Table, own: toml::Table, above: &str) -> Outcome<toml::Table> {
    for (key, value) in own {
        let whole = format!("{above}{key}");
        let Some(known) = shipped.get(&key) else {
            let help = match written::nearest(&key, shipped.keys().map(String::as_str)) {
                Some(nearest) => say!("did you mean \"{nearest}\"?", "是否为「{nearest}」?"),
                None => {
                    let known: Vec<&str> = shipped.keys().map(String::as_str).collect();
                    let known = known.join(", ");
                    say!("here stand: {known}", "此处可用的键:{known}")
                }
            };
            return Err(Fault::new(CODE, say!("there is no key {whole}", "没有键 {whole}"), help));
        };
        let value = match (known.clone(), value) {
            (toml::Value::Table(known), toml::Value::Table(own)) => {
                toml::Value::Table(merged(known, own, &format!("{whole}."))?)
            }
            // 10 for 10.0.
            (toml::Value::Float(_), toml::Value::Integer(own)) => toml::Value::Float(own as f64),
            (_, own) => own,
        };
        shipped.insert(key, value);
    }
    Ok(shipped)
}

/// Reads `#8f1414`.
fn colour(text: &str) -> Option<Colour> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6 && digits.is_ascii())?;
    let part = |at: usize| u8::from_str_radix(&digits[at..at + 2], 16).ok();
    Some([part(0)?, part(2)?, part(4)?])
}

#[cfg(test)]
#[path = "layout_tests.rs"]
mod tests;
