//! Projects made of two: each group of inputs from one or from the other. What stands between them is what a change comes from.

mod index;
mod paths;
mod take;

#[cfg(test)]
#[path = "mix_tests.rs"]
mod tests;

use super::file::{self, ProjectFile};
use super::{Project, check};
use crate::land::{Outcome, Text};
use crate::say;
use index::Spliced;
use std::path::{Path, PathBuf};

/// Inputs that are taken together from one project or the other. Every key of a project file that decides a price belongs to one group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// The units and how they are made, the graded area, the system, what is done about faulty data.
    Units,
    /// The data of factors, barriers and network.
    Layers,
    /// How data become scores: attenuation, radii, scores of levels, normalisation, combination.
    Attenuation,
    Weights,
    /// How totals are cut into grades, and the clean-up.
    Breaks,
    Samples,
    /// Correction tables, rates and the price index.
    Corrections,
    /// Base date, term, set plot ratio, development, kind of price, right, meaning.
    Connotation,
    /// Outlier rule, statistic, filling, rounding, decided prices.
    Pricing,
}

impl Group {
    /// In the order they are taken one after the other.
    pub const ALL: [Group; 9] = [
        Group::Units,
        Group::Layers,
        Group::Attenuation,
        Group::Weights,
        Group::Breaks,
        Group::Samples,
        Group::Corrections,
        Group::Connotation,
        Group::Pricing,
    ];

    /// The word in files.
    pub fn key(self) -> &'static str {
        match self {
            Group::Units => "units",
            Group::Layers => "layers",
            Group::Attenuation => "attenuation",
            Group::Weights => "weights",
            Group::Breaks => "breaks",
            Group::Samples => "samples",
            Group::Corrections => "corrections",
            Group::Connotation => "connotation",
            Group::Pricing => "pricing",
        }
    }

    /// For readers.
    pub fn title(self) -> Text {
        match self {
            Group::Units => say!("units", "定级单元"),
            Group::Layers => say!("factor layers", "因素图层"),
            Group::Attenuation => say!("scoring rules", "量化规则"),
            Group::Weights => say!("weights", "权重"),
            Group::Breaks => say!("breaks", "级别划分"),
            Group::Samples => say!("samples", "样点"),
            Group::Corrections => say!("correction tables", "修正系数"),
            Group::Connotation => say!("premises and base date", "地价内涵与期日"),
            Group::Pricing => say!("pricing rules", "测算规则"),
        }
    }

    /// Whether it decides grades; the others decide prices alone.
    pub fn grades(self) -> bool {
        self <= Group::Breaks
    }
}

/// The groups that are taken from the new project; the others come from the old one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Groups(u16);

impl Groups {
    pub const NONE: Groups = Groups(0);

    pub fn of(groups: impl IntoIterator<Item = Group>) -> Groups {
        groups.into_iter().fold(Groups::NONE, Groups::with)
    }

    pub fn with(self, group: Group) -> Groups {
        Groups(self.0 | 1 << group as u16)
    }

    pub fn and(self, others: Groups) -> Groups {
        Groups(self.0 | others.0)
    }

    pub fn has(self, group: Group) -> bool {
        self.0 & 1 << group as u16 != 0
    }

    pub fn iter(self) -> impl Iterator<Item = Group> {
        Group::ALL.into_iter().filter(move |group| self.has(*group))
    }

    /// Those of them that decide grades.
    pub fn grading(self) -> Groups {
        Groups::of(self.iter().filter(|group| group.grades()))
    }
}

/// A project file as it was written, its paths made absolute.
struct Written {
    raw: ProjectFile,
    text: String,
    path: PathBuf,
}

/// Two project files to make others of.
pub struct Mixture {
    old: Written,
    new: Written,
    index: [Option<Spliced>; 2],
}

impl Mixture {
    /// Reads both: each is the text of a project file and where it stood.
    ///
    /// # Errors
    /// As [`Project::parse`], for either.
    pub fn new(old: (&str, &Path), new: (&str, &Path)) -> Outcome<Mixture> {
        let read = |(text, path): (&str, &Path)| -> Outcome<(Written, Project)> {
            let project = Project::parse(text, path)?;
            let mut raw = file::parse(text, path)?;
            paths::absolute(&mut raw, path);
            Ok((Written { raw, text: text.to_string(), path: path.to_path_buf() }, project))
        };
        let ((old, old_project), (new, new_project)) = (read(old)?, read(new)?);
        let order = take::uses(&old.raw, &new.raw);
        let index = [Spliced::of(&order, &old_project, &new_project), Spliced::of(&order, &new_project, &old_project)];
        Ok(Mixture { old, new, index })
    }

    /// The groups whose settings differ, the data of layers and tables aside: files of one name may hold other data.
    pub fn settings_differ(&self) -> Groups {
        let (old, new) = (&self.old.raw, &self.new.raw);
        Groups::of(Group::ALL.into_iter().filter(|&group| {
            let only = Groups::of([group]);
            let (mut without, mut with) = (take::mixed(old, new, Groups::NONE), take::mixed(old, new, only));
            [&mut without, &mut with].into_iter().for_each(paths::forget);
            without != with || group == Group::Corrections && self.index[0] != self.index[1]
        }))
    }

    /// The project with these groups of the new one, and the rest of the old one.
    ///
    /// # Errors
    /// As [`Project::parse`]: groups that do not fit each other.
    pub fn project(&self, new: Groups) -> Outcome<Project> {
        let mut raw = take::mixed(&self.old.raw, &self.new.raw, new);
        if let Some(prices) = &mut raw.prices {
            let index = &self.index[usize::from(new.has(Group::Corrections))];
            prices.index_table = index.as_ref().map(Spliced::table);
        }
        check::check(raw, &self.new.text, &self.new.path, check::Files::Needed)
    }

    /// The files with the data of a group, in the old and in the new project.
    pub fn sources(&self, group: Group) -> [Vec<PathBuf>; 2] {
        [&self.old.raw, &self.new.raw].map(|raw| paths::of(raw, group))
    }
}
