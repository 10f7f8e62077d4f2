//! The gate before publication: a release held against coded rules, each with its severity; what is waived, by whom and why (docs/gate.md).
//!
//! A release is sealed as final only where no error is left that nobody waived. What the gate found goes into the release.

mod areas;
mod grading;
mod prices;
mod record;
pub mod rules;
pub mod waiver;

pub use record::record;
pub use rules::{Rule, Rules, Severity};
pub use waiver::Waiver;

use crate::land::{Fault, Outcome, Text, grade};
use crate::release::Release;
use crate::say;

/// One thing that breaks a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Breach {
    pub rule: Rule,
    /// The use's key; `None` where the whole release is meant.
    pub land_use: Option<String>,
    /// The use as people call it.
    pub called: Option<String>,
    pub grade: Option<u8>,
    /// With the figure and its limit.
    pub what: Text,
    /// The place of the waiver that covers it.
    pub waived: Option<usize>,
}

/// What a rule came to.
#[derive(Clone, Debug, PartialEq)]
pub struct Judged {
    pub rule: Rule,
    pub severity: Severity,
    /// Why the rule does not apply to this release.
    pub not_applicable: Option<Text>,
    pub breaches: Vec<Breach>,
}

/// What the gate found.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// In the order of [`Rule::ALL`].
    pub rules: Vec<Judged>,
    pub waivers: Vec<Waiver>,
    /// Waivers that cover nothing, by their places.
    pub unused: Vec<usize>,
    /// SHA-256 of the rule file, and its text where it is not the one that is shipped.
    pub rules_digest: String,
    pub rules_text: Option<String>,
    /// Rules that are errors in the file that is shipped and less in this one, without a word of who and why.
    pub softened: Vec<Rule>,
    /// The release growth was held against.
    pub previous: Option<String>,
}

impl Judged {
    /// The word in files: `off`, `not-applicable`, `passed`, `waived`, `breached`.
    pub fn word(&self) -> &'static str {
        match () {
            () if self.severity == Severity::Off => "off",
            () if self.not_applicable.is_some() => "not-applicable",
            () if self.breaches.is_empty() => "passed",
            () if self.breaches.iter().all(|breach| breach.waived.is_some()) => "waived",
            () => "breached",
        }
    }

    pub fn title(&self) -> Text {
        match self.word() {
            "off" => say!("off", "停用"),
            "not-applicable" => say!("not applicable", "不适用"),
            "passed" => say!("passed", "通过"),
            "waived" => say!("waived", "豁免"),
            _ => say!("breached", "不通过"),
        }
    }
}

impl Found {
    /// Errors that nobody waived.
    pub fn open_errors(&self) -> impl Iterator<Item = &Breach> {
        let errors = self.rules.iter().filter(|judged| judged.severity == Severity::Error);
        errors.flat_map(|judged| &judged.breaches).filter(|breach| breach.waived.is_none())
    }

    pub fn passes(&self) -> bool {
        self.open_errors().next().is_none()
    }

    /// # Errors
    /// `gate-not-passed`, with the first few errors; `softened-rules` where errors are none by a rule file that does not say why.
    pub fn demand(&self) -> Outcome<()> {
        if !self.softened.is_empty() {
            let list = self.softened.iter().map(|rule| rule.key()).collect::<Vec<_>>().join(", ");
            return Err(Fault::new(
                "softened-rules",
                say!(
                    "the rule file makes errors less without saying who decided so and why: {list}",
                    "规则文件降低了错误项的严重性而未写明何人、为何决定:{list}"
                ),
                say!(
                    "write by = \"…\" and reason = \"…\" under each, or waive single breaches with --waivers",
                    "请在各规则下写明 by 与 reason,或用 --waivers 逐项豁免"
                ),
            ));
        }
        if self.passes() {
            return Ok(());
        }
        let count = self.open_errors().count();
        let list =
            |lang| self.open_errors().take(5).map(|breach| format!("\n  {}", breach.line(lang))).collect::<String>();
        let (en, zh) = (list(crate::land::Lang::En), list(crate::land::Lang::Zh));
        Err(Fault::new(
            "gate-not-passed",
            say!("the release does not pass the gate, errors: {count}{en}", "成果未通过公布前检查,错误 {count} 项{zh}"),
            say!(
                "mend them, or waive each with who and why in a file named by --waivers; landgrade gate lists all",
                "请更正,或在 --waivers 指明的文件中逐项豁免并写明豁免人与理由;landgrade gate 可列出全部"
            ),
        ))
    }
}

impl Breach {
    fn of(rule: Rule, what: Text) -> Breach {
        Breach { rule, land_use: None, called: None, grade: None, what, waived: None }
    }

    fn in_use(mut self, release: &Release, land_use: usize) -> Breach {
        let own = &release.uses[land_use];
        (self.land_use, self.called) = (Some(own.key.clone()), Some(own.name.clone()));
        self
    }

    fn in_grade(mut self, grade: u8) -> Breach {
        self.grade = Some(grade);
        self
    }

    /// One line: rule, use, grade, what. The use by its key, which waivers name it by; in Chinese behind its name.
    pub fn line(&self, lang: crate::land::Lang) -> String {
        let named = self.land_use.as_ref().map(|key| match self.called.as_ref().filter(|name| *name != key) {
            Some(name) if lang == crate::land::Lang::Zh => format!("{name}({key})"),
            _ => key.clone(),
        });
        let place = [named, self.grade.map(|number| grade::name(number, lang))];
        let place: Vec<String> = place.into_iter().flatten().collect();
        let place = if place.is_empty() { String::new() } else { format!(" {}", place.join(" ")) };
        format!("[{}]{place}: {}", self.rule.key(), self.what.in_lang(lang))
    }
}

/// Holds a release against the rules. `previous` is the release growth is told against.
pub fn judge(release: &Release, previous: Option<&Release>, rules: &Rules, waivers: Vec<Waiver>) -> Outcome<Found> {
    let mut judged = Vec::new();
    for rule in Rule::ALL {
        let entry = rules.of(rule);
        let found = match entry.severity {
            Severity::Off => Ok(Vec::new()),
            _ => match rule {
                Rule::MissingScore => grading::missing_score(release),
                Rule::NoGrade => grading::no_grade(release),
                Rule::EmptyGrade => grading::empty_grade(release),
                Rule::NoReason => grading::no_reason(release),
                Rule::InconsistentJudgements => grading::inconsistent(release),
                Rule::NoPrice => prices::no_price(release),
                Rule::FewSamples => prices::few_samples(release, entry),
                Rule::PriceOrder => prices::order(release),
                Rule::RatioBand => prices::ratios(release, entry),
                Rule::Growth => prices::growth(release, previous, entry)?,
                Rule::Statistics => prices::statistics(release, entry),
                Rule::DefaultUsed => prices::defaults(release, entry),
                Rule::Premises => prices::premises(release, entry),
                Rule::Areas => areas::areas(release, entry),
                Rule::Predecessor => prices::predecessor(release, previous),
            },
        };
        let (breaches, not_applicable) = match found {
            Ok(breaches) => (breaches, None),
            Err(why) => (Vec::new(), Some(why)),
        };
        judged.push(Judged { rule, severity: entry.severity, not_applicable, breaches });
    }
    let unused = waiver::apply(&mut judged, &waivers);
    let previous = previous.map(|previous| previous.head.name.clone());
    let rules_text = (!rules.is_shipped()).then(|| rules.text.clone());
    let (rules_digest, softened) = (rules.digest.clone(), rules.softened());
    Ok(Found { rules: judged, waivers, unused, rules_digest, rules_text, softened, previous })
}

/// What a check gives: breaches, or why it does not apply.
type Checked = Result<Vec<Breach>, Text>;

#[cfg(test)]
#[path = "gate_tests.rs"]
mod tests;
