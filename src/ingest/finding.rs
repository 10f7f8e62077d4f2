//! What was found wrong in the data: where, and what was done about it. Nothing is dropped or repaired without one of these.

pub use super::code::{Code, Policy, Remedy};
pub use super::policies::Policies;

use crate::formats::{Cells, Field, Table};
use crate::land::{Lang, Text, Texts, Values};
use crate::say;
use crate::space::{Crs, Kind, Point, Shapes};
use std::collections::HashSet;

/// What was done with the feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// The run stops before grading.
    Denied,
    /// Used as it is.
    Kept,
    /// Changed as the code's repair says, and used.
    Repaired,
    /// Not used.
    LeftOut,
    /// Something done to a whole layer, for the reader to know.
    Noted,
}

impl Action {
    /// What a policy does with a feature of this code.
    pub fn of(code: Code, policy: Policy) -> Action {
        match (policy, code.remedy()) {
            (Policy::Deny, _) => Action::Denied,
            (Policy::Repair, Remedy::Mend) => Action::Repaired,
            (Policy::Repair, Remedy::LeaveOut) => Action::LeftOut,
            (Policy::Warn, _) | (Policy::Repair, Remedy::None) => {
                if code.notes_a_layer() {
                    Action::Noted
                } else {
                    Action::Kept
                }
            }
        }
    }

    /// The word in JSON.
    pub fn name(self) -> &'static str {
        match self {
            Action::Denied => "denied",
            Action::Kept => "kept",
            Action::Repaired => "repaired",
            Action::LeftOut => "left-out",
            Action::Noted => "noted",
        }
    }

    /// Reads [`Action::name`].
    pub fn parse(name: &str) -> Option<Action> {
        use Action::{Denied, Kept, LeftOut, Noted, Repaired};
        [Denied, Kept, Repaired, LeftOut, Noted].into_iter().find(|action| action.name() == name)
    }

    pub fn title(self) -> Text {
        match self {
            Action::Denied => say!("stops the run", "中止运行"),
            Action::Kept => say!("used as it is", "按原样使用"),
            Action::Repaired => say!("repaired", "已修复"),
            Action::LeftOut => say!("left out", "未参加评定"),
            Action::Noted => say!("noted", "已记录"),
        }
    }
}

/// One thing found.
#[derive(Clone, Debug, PartialEq)]
pub struct Finding {
    pub code: Code,
    pub layer: String,
    /// The feature's identifier, or its row where it has none; empty for a whole layer.
    pub feature: String,
    /// Where to look, in the project's system.
    pub place: Option<Point>,
    pub detail: Text,
    pub action: Action,
}

impl Finding {
    /// A finding treated as the project's policies say.
    pub fn new(policies: &Policies, code: Code, layer: impl Into<String>, detail: Text) -> Finding {
        let action = Action::of(code, policies.get(code));
        Finding { code, layer: layer.into(), feature: String::new(), place: None, detail, action }
    }

    #[must_use]
    pub fn of_feature(mut self, feature: impl Into<String>) -> Finding {
        self.feature = feature.into();
        self
    }

    #[must_use]
    pub fn at(mut self, place: Option<Point>) -> Finding {
        self.place = place;
        self
    }

    /// One line for a terminal or a log, whatever the feature is called.
    pub fn show(&self, lang: Lang) -> String {
        let feature = if self.feature.is_empty() { String::new() } else { format!(" {}", self.feature) };
        let (detail, action) = (self.detail.in_lang(lang), self.action.title());
        // What is said of the price table itself has no layer of the reader's.
        let layer = if self.layer == "prices" && lang == Lang::Zh { "地价表" } else { &self.layer };
        let line = format!("{layer}{feature}: {detail} [{}] ({})", self.code.name(), action.in_lang(lang));
        line.replace(['\n', '\r'], "\u{FFFD}")
    }
}

/// Every finding of a run.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    list: Vec<Finding>,
}

impl Findings {
    pub fn push(&mut self, finding: Finding) {
        self.list.push(finding);
    }

    pub fn extend(&mut self, findings: impl IntoIterator<Item = Finding>) {
        self.list.extend(findings);
    }

    pub fn len(&self) -> usize {
        self.list.len()
    }

    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter()
    }

    /// Says of findings whose features were used as they are, or mended, that these are left out.
    pub fn leave_out(&mut self, of: impl Fn(&Finding) -> bool) {
        let used = |finding: &&mut Finding| matches!(finding.action, Action::Kept | Action::Repaired) && of(finding);
        self.list.iter_mut().filter(used).for_each(|finding| finding.action = Action::LeftOut);
    }

    /// Takes back, of the findings from number `start` on, those that stand before it word for word.
    pub(super) fn drop_repeats(&mut self, start: usize) {
        let key = |finding: &Finding| {
            let place = finding.place.map(|at| (at.x.to_bits(), at.y.to_bits()));
            (finding.code, finding.layer.clone(), finding.feature.clone(), place, finding.detail.en.clone())
        };
        let told: HashSet<_> = self.list[..start].iter().map(key).collect();
        let fresh: Vec<Finding> = self.list.drain(start..).filter(|finding| !told.contains(&key(finding))).collect();
        self.list.extend(fresh);
    }

    /// Puts the findings in their published order: by code, layer, feature (numbers by value), place and detail; findings equal in all
    /// of these keep the order they were made in.
    pub fn sort(&mut self) {
        let number = |finding: &Finding| finding.feature.parse::<i64>().unwrap_or(i64::MAX);
        let place = |finding: &Finding| finding.place.unwrap_or(Point::new(f64::INFINITY, f64::INFINITY));
        self.list.sort_by(|a, b| {
            let by_name = (a.code, &a.layer, number(a), &a.feature).cmp(&(b.code, &b.layer, number(b), &b.feature));
            let (p, q) = (place(a), place(b));
            by_name
                .then_with(|| p.x.total_cmp(&q.x).then_with(|| p.y.total_cmp(&q.y)))
                .then_with(|| a.detail.en.cmp(&b.detail.en))
        });
    }

    /// How many findings there are of each code that has any, in the order of [`Code::ALL`].
    pub fn counts(&self) -> Vec<(Code, usize)> {
        let mut counts = vec![0; Code::ALL.len()];
        self.list.iter().for_each(|finding| counts[finding.code as usize] += 1);
        Code::ALL.iter().copied().zip(counts).filter(|(_, count)| *count > 0).collect()
    }

    /// The findings that stop the run.
    pub fn denied(&self) -> impl Iterator<Item = &Finding> {
        self.list.iter().filter(|finding| finding.action == Action::Denied)
    }

    /// One point per finding, in order, empty where it has no place: the shapes [`Findings::table`] wants for a layer.
    pub fn places(&self) -> Shapes {
        let mut shapes = Shapes::new(Kind::Point);
        for finding in &self.list {
            if let Some(place) = finding.place {
                shapes.push_ring(&[place], true);
            }
            shapes.end_feature();
        }
        shapes
    }

    /// The findings as a table, for a reader of `lang`; with [`Findings::places`] and their system it is a layer that QGIS opens.
    pub fn table<'a>(&self, lang: Lang, places: Option<(&'a Shapes, &'a Crs)>) -> Table<'a> {
        let texts =
            |text: &dyn Fn(&Finding) -> String| Cells::Own(Values::Text(self.list.iter().map(text).collect::<Texts>()));
        let reals = |real: &dyn Fn(Point) -> f64| {
            let value = |finding: &Finding| finding.place.map_or(f64::NAN, real);
            Cells::Own(Values::Real(self.list.iter().map(value).collect()))
        };
        let field = |name: &str, title: Text, cells| Field::plain(name, cells).titled(title);
        let fields = vec![
            field("code", say!("code", "代码"), texts(&|f| f.code.name().into())),
            field("title", say!("finding", "问题"), texts(&|f| f.code.title().in_lang(lang).into())),
            field("layer", say!("layer", "图层"), texts(&|f| f.layer.clone())),
            field("feature", say!("feature", "要素"), texts(&|f| f.feature.clone())),
            field("x", say!("x (east)", "横坐标(东)"), reals(&|p| p.x)),
            field("y", say!("y (north)", "纵坐标(北)"), reals(&|p| p.y)),
            field("detail", say!("detail", "说明"), texts(&|f| f.detail.in_lang(lang).into())),
            field("action", say!("what was done", "处理结果"), texts(&|f| f.action.title().in_lang(lang).into())),
        ];
        Table {
            name: "findings".into(),
            title: say!("Findings in the data", "数据检查结果"),
            fields,
            shapes: places.map(|(shapes, _)| shapes),
            crs: places.map(|(_, crs)| crs),
            rows: self.list.len(),
        }
    }
}

#[cfg(test)]
#[path = "finding_tests.rs"]
mod tests;
