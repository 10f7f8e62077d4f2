//! The filing package (成果汇交): a release as the tree of documents, tables, layers and maps that a province asks for, and the check of any
//! such tree, ours or not, against the rules (docs/package.md).

pub mod build;
pub mod check;
mod code;
mod content;
#[cfg(test)]
mod fixture;
mod manifest;
mod metadata;
pub mod rules;

pub use build::{Built, Options, build};
pub use check::{Checked, check};
pub use code::Code;
pub use rules::{Rules, Severity};

use crate::land::{Column, Fault, Outcome};
use crate::release::Release;
use crate::review::coefficients::{Coefficient, Kind, coefficients};
use crate::say;
use rules::Names;
use std::collections::BTreeMap;

/// A release to be packed, with what stands for its uses and its place in the rules.
pub(crate) struct Subject<'a> {
    pub release: &'a Release,
    pub rules: &'a Rules,
    pub names: &'a Names,
    /// For each use of the release, the use of the rules.
    pub uses: Vec<usize>,
    /// What the units of an import are called.
    pub unit_names: Option<&'a Column>,
    /// How far the factors of a grade may correct, up and down, %; by use and grade.
    pub amplitudes: BTreeMap<(usize, u8), [f64; 2]>,
}

impl<'a> Subject<'a> {
    /// # Errors
    /// `package-use` where a use of the release is none of the rules, or two are the same.
    fn new(release: &'a Release, rules: &'a Rules, names: &'a Names) -> Outcome<Subject<'a>> {
        let mut uses: Vec<usize> = Vec::new();
        for head in &release.uses {
            let (key, name) = (&head.key, &head.name);
            let known = rules.use_of(key, name).filter(|at| !uses.contains(at));
            let Some(at) = known else {
                let list = rules.uses.iter().map(|own| own.key.as_str()).collect::<Vec<_>>().join(", ");
                return Err(Fault::new(
                    "package-use",
                    say!(
                        "the rules have no use of its own for {key} ({name})",
                        "规则中没有与 {key}({name})单独对应的用途"
                    ),
                    say!(
                        "add it to [[uses]] of the rule file, with its code; there are: {list}",
                        "请在规则文件的 [[uses]] 中补充该用途及代码;现有:{list}"
                    ),
                ));
            };
            uses.push(at);
        }
        let (unit_names, amplitudes) = (content::unit_names(release), amplitudes(release)?);
        Ok(Subject { release, rules, names, uses, unit_names, amplitudes })
    }
}

/// Of releases with a correction system.
fn amplitudes(release: &Release) -> Outcome<BTreeMap<(usize, u8), [f64; 2]>> {
    let rows = coefficients(release)?;
    let rows = rows.iter().filter(|row| row.kind == Kind::Amplitude).collect::<Vec<_>>();
    let of_grade = |own: &[&Coefficient]| match own {
        [up, down] => Some(((up.use_index, *up.grades.first()?), [up.value, down.value])),
        _ => None,
    };
    let groups = rows.chunk_by(|one, other| (one.use_index, &one.grades) == (other.use_index, &other.grades));
    Ok(groups.filter_map(of_grade).collect())
}
