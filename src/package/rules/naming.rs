//! Names of files and folders: patterns with what a package is of put in.

use super::{Content, FileRule, LayerRule, Need, Rules, Source, TableRule, UseCode};
use crate::formats::Declared;
use std::borrow::Cow;

/// What stands for the words in braces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names {
    /// 县级行政区代码, six digits.
    pub code: String,
    pub name: String,
    /// Of the base date.
    pub year: String,
    pub release: String,
}

/// The words that patterns may have.
pub(super) const WORDS: [&str; 6] = ["code", "name", "year", "release", "use", "use_name"];

impl Names {
    /// A pattern with the words put in.
    pub fn put(&self, pattern: &str, of_use: Option<&UseCode>) -> String {
        let short = of_use.map_or("", |own| own.short.as_str());
        let name = of_use.map_or("", |own| own.name.as_str());
        let words = [
            ("{code}", self.code.as_str()),
            ("{name}", &self.name),
            ("{year}", &self.year),
            ("{release}", &self.release),
            ("{use}", short),
            ("{use_name}", name),
        ];
        words.into_iter().fold(pattern.to_string(), |text, (word, value)| text.replace(word, &safe(value)))
    }
}

/// Nothing that data says leads out of a folder or is no name.
fn safe(value: &str) -> Cow<'_, str> {
    let bad = |c: char| c.is_control() || "/\\:*?\"<>|".contains(c);
    if value.contains(bad) || value.starts_with('.') {
        return Cow::Owned(value.replace(bad, "_").trim_start_matches('.').to_string());
    }
    Cow::Borrowed(value)
}

/// A file that a package may have: which rule names it, and of which use.
#[derive(Clone, Debug)]
pub struct Named<T> {
    pub rule: T,
    /// Into [`Rules::uses`].
    pub of_use: Option<usize>,
    /// With its ending for layers and tables, without it for documents and maps.
    pub path: String,
}

/// The words by which there is a file per use.
pub(super) fn per_use(pattern: &str) -> bool {
    pattern.contains("{use}") || pattern.contains("{use_name}")
}

impl Rules {
    fn named<'r, T>(&'r self, names: &Names, rules: &'r [T], file: fn(&T) -> &str) -> Vec<Named<&'r T>> {
        let all = rules.iter().flat_map(|rule| {
            let uses = if per_use(file(rule)) { (0..self.uses.len()).map(Some).collect() } else { vec![None] };
            uses.into_iter().map(move |of_use| (rule, of_use))
        });
        all.map(|(rule, of_use)| Named { rule, of_use, path: names.put(file(rule), of_use.map(|at| &self.uses[at])) })
            .collect()
    }

    /// What the words of the folder's pattern stand for in a name; `None` where it does not follow the pattern.
    pub fn names_of(&self, folder: &str) -> Option<Names> {
        let mut names = Names::default();
        let (mut pattern, mut rest) = (self.folder.as_str(), folder);
        while let Some((literal, after)) = pattern.split_once('{') {
            rest = rest.strip_prefix(literal)?;
            let (word, after) = after.split_once('}')?;
            let next = after.split('{').next().unwrap_or_default();
            let digits = |count: usize| {
                let own = rest.get(..count).filter(|own| own.bytes().all(|byte| byte.is_ascii_digit()));
                own.map(str::len)
            };
            let length = match word {
                "code" => digits(6)?,
                "year" => digits(4)?,
                _ if next.is_empty() => rest.len(),
                _ => rest.find(next)?,
            };
            let value = rest.get(..length).filter(|value| !value.is_empty())?.to_string();
            match word {
                "code" => names.code = value,
                "year" => names.year = value,
                "name" => names.name = value,
                _ => names.release = value,
            }
            (pattern, rest) = (after, &rest[length..]);
        }
        (pattern == rest).then_some(names)
    }

    /// Every layer that a package may have.
    pub fn layers_of(&self, names: &Names) -> Vec<Named<&LayerRule>> {
        self.named(names, &self.layers, |rule| &rule.file)
    }

    pub fn tables_of(&self, names: &Names) -> Vec<Named<&TableRule>> {
        self.named(names, &self.tables, |rule| &rule.file)
    }

    /// Documents, then maps.
    pub fn files_of(&self, names: &Names) -> Vec<Named<&FileRule>> {
        let mut all = self.named(names, &self.documents, |rule| &rule.file);
        all.extend(self.named(names, &self.maps, |rule| &rule.file));
        all
    }

    /// Whether a package without the file is not whole: of a file per use, where the use is required too.
    pub fn requires(&self, need: Need, of_use: Option<usize>) -> bool {
        need == Need::M && of_use.is_none_or(|at| self.uses[at].required)
    }

    /// Decimals of the areas in the layers of grades.
    pub fn area_decimals(&self) -> u32 {
        let fields = self.of_content(Content::Grades).flat_map(|rule| &rule.fields);
        let areas = fields.filter(|field| field.of == Source::Area).map(|field| field.kind.0);
        areas
            .map(|kind| if let Declared::Float(_, decimals) = kind { u32::from(decimals) } else { 0 })
            .max()
            .unwrap_or(2)
    }

    /// The layers of a content.
    pub fn of_content(&self, content: Content) -> impl Iterator<Item = &LayerRule> {
        self.layers.iter().filter(move |rule| rule.of == content)
    }
}
