//! The rule file of the gate: which rules there are, how grave a breach is, and their limits.

use crate::ingest::code::Code;
use crate::land::{Fault, Outcome, Text, written};
use crate::release::digest;
use crate::say;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::Path;

/// The rules that come with the program.
pub const BUILT_IN: &str = include_str!("gate.toml");

/// How grave a breach is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not asked.
    Off,
    Note,
    Warning,
    /// Nothing is sealed as final with it, unless it is waived.
    Error,
}

impl Severity {
    pub fn title(self) -> Text {
        match self {
            Severity::Off => say!("off", "停用"),
            Severity::Note => say!("note", "提示"),
            Severity::Warning => say!("warning", "警告"),
            Severity::Error => say!("error", "错误"),
        }
    }
}

/// A rule, by its code in files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rule {
    MissingScore,
    NoGrade,
    NoPrice,
    FewSamples,
    PriceOrder,
    RatioBand,
    Growth,
    Statistics,
    DefaultUsed,
    Premises,
    Areas,
    NoReason,
    InconsistentJudgements,
    EmptyGrade,
    Predecessor,
}

impl Rule {
    pub const ALL: [Rule; 15] = [
        Rule::MissingScore,
        Rule::NoGrade,
        Rule::NoPrice,
        Rule::FewSamples,
        Rule::PriceOrder,
        Rule::RatioBand,
        Rule::Growth,
        Rule::Statistics,
        Rule::DefaultUsed,
        Rule::Premises,
        Rule::Areas,
        Rule::NoReason,
        Rule::InconsistentJudgements,
        Rule::EmptyGrade,
        Rule::Predecessor,
    ];

    pub fn key(self) -> &'static str {
        match self {
            Rule::MissingScore => "missing-score",
            Rule::NoGrade => "no-grade",
            Rule::NoPrice => "no-price",
            Rule::FewSamples => "few-samples",
            Rule::PriceOrder => "price-order",
            Rule::RatioBand => "ratio-band",
            Rule::Growth => "growth",
            Rule::Statistics => "statistics",
            Rule::DefaultUsed => "default-used",
            Rule::Premises => "premises",
            Rule::Areas => "areas",
            Rule::NoReason => "no-reason",
            Rule::InconsistentJudgements => "inconsistent-judgements",
            Rule::EmptyGrade => "empty-grade",
            Rule::Predecessor => "predecessor",
        }
    }

    pub fn title(self) -> Text {
        match self {
            Rule::MissingScore => say!("scores missing", "因素分值缺失"),
            Rule::NoGrade => say!("units without a grade", "单元无级别"),
            Rule::NoPrice => say!("no price", "无地价"),
            Rule::FewSamples => say!("too few samples", "样点过少"),
            Rule::PriceOrder => say!("order of prices", "级别地价倒挂"),
            Rule::RatioBand => say!("ratio of neighbouring grades", "相邻级别地价之比"),
            Rule::Growth => say!("growth", "涨跌幅"),
            Rule::Statistics => say!("statistics of prices", "比率统计"),
            Rule::DefaultUsed => say!("defaults used", "采用默认或推定值"),
            Rule::Premises => say!("premises incomplete", "地价内涵不全"),
            Rule::Areas => say!("areas that do not add up", "面积不闭合"),
            Rule::NoReason => say!("breaks without a reason", "级别划分未写理由"),
            Rule::InconsistentJudgements => say!("inconsistent judgements", "判断不一致"),
            Rule::EmptyGrade => say!("empty grades", "级别没有单元"),
            Rule::Predecessor => say!("release before", "与上期成果的关系"),
        }
    }
}

/// What the file says of a rule.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    pub severity: Severity,
    pub basis: Basis,
    /// Where the rule is graver in the file that is shipped: who decided otherwise, and why.
    #[serde(default)]
    pub by: Option<String>,
    #[serde(default)]
    pub reason: Option<String>,
    /// `few-samples`: the fewest kept samples.
    #[serde(default)]
    pub least: Option<f64>,
    /// `growth`: percent.
    #[serde(default)]
    pub most: Option<f64>,
    /// `ratio-band`.
    #[serde(default)]
    pub low: Option<f64>,
    #[serde(default)]
    pub high: Option<f64>,
    /// `areas`: part of the whole.
    #[serde(default)]
    pub share: Option<f64>,
    /// `premises`: what must be stated.
    #[serde(default)]
    pub needed: Option<Vec<String>>,
    /// `default-used`: codes of findings.
    #[serde(default)]
    pub findings: Option<Vec<String>>,
    /// `statistics`: which of [`STATISTICS`].
    #[serde(default)]
    pub judged: Option<Vec<String>>,
}

/// How sure a rule is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Basis {
    Standard,
    Known,
    Practice,
}

/// A rule file.
#[derive(Clone, Debug, PartialEq)]
pub struct Rules {
    entries: BTreeMap<Rule, Entry>,
    /// The file.
    pub text: String,
    /// Its SHA-256.
    pub digest: String,
}

/// What `premises` may ask for.
pub const PREMISES: [&str; 10] =
    ["base_date", "term", "plot_ratio", "kind", "development", "rate", "right", "classification", "scope", "meaning"];

/// What `statistics` may judge.
pub const STATISTICS: [&str; 6] = ["median_ratio", "cod", "prd", "prb", "vei", "mki"];

impl Default for Rules {
    fn default() -> Rules {
        Rules::parse(BUILT_IN).expect("the rules that come with the program can be read")
    }
}

impl Rules {
    /// # Errors
    /// `io`; `bad-gate-rules` with what is wrong.
    pub fn read(path: &Path) -> Outcome<Rules> {
        let text = std::fs::read_to_string(path)
            .map_err(|error| Fault::io(say!("cannot read the rules", "无法读取规则文件"), path, &error))?;
        Rules::parse(&text).map_err(|fault| fault.within(path))
    }

    fn parse(text: &str) -> Outcome<Rules> {
        let entries: BTreeMap<Rule, Entry> = written::parse(text, "bad-gate-rules", shown())?;
        if let Some(rule) = Rule::ALL.into_iter().find(|rule| !entries.contains_key(rule)) {
            let key = rule.key();
            return Err(bad(&format!("[{key}] is missing; severity = \"off\" leaves a rule out")));
        }
        for (rule, entry) in &entries {
            entry.check(*rule)?;
        }
        Ok(Rules { entries, text: text.to_string(), digest: digest::of_bytes(text) })
    }

    /// Whether this is the file that is shipped.
    pub fn is_shipped(&self) -> bool {
        self.text == BUILT_IN
    }

    /// The rules that are errors in the file that is shipped and less here without `by` and `reason`.
    pub fn softened(&self) -> Vec<Rule> {
        let shipped = Rules::default();
        let told = |text: &Option<String>| text.as_ref().is_some_and(|text| !text.trim().is_empty());
        let quiet = |rule: &Rule| {
            let own = self.of(*rule);
            let error = shipped.of(*rule).severity == Severity::Error;
            let less = own.severity < Severity::Error || own.is_looser_than(shipped.of(*rule));
            error && less && !(told(&own.by) && told(&own.reason))
        };
        Rule::ALL.into_iter().filter(quiet).collect()
    }

    pub fn of(&self, rule: Rule) -> &Entry {
        &self.entries[&rule]
    }
}

impl Entry {
    /// Whether it lets through what another would not: by a limit, or by what it does not ask for.
    fn is_looser_than(&self, other: &Entry) -> bool {
        let below = |own: Option<f64>, other: Option<f64>| own.zip(other).is_some_and(|(own, other)| own < other);
        let lacks = |own: &Option<Vec<String>>, other: &Option<Vec<String>>| {
            let has = |word: &String| own.iter().flatten().any(|own| own == word);
            other.iter().flatten().any(|word| !has(word))
        };
        below(self.least, other.least)
            || below(other.most, self.most)
            || below(self.low, other.low)
            || below(other.high, self.high)
            || below(other.share, self.share)
            || lacks(&self.needed, &other.needed)
            || lacks(&self.findings, &other.findings)
            || lacks(&self.judged, &other.judged)
    }

    /// The limits of a rule are there, and no others.
    fn check(&self, rule: Rule) -> Outcome<()> {
        let key = rule.key();
        let numbers = [
            ("least", self.least, rule == Rule::FewSamples),
            ("most", self.most, rule == Rule::Growth),
            ("low", self.low, rule == Rule::RatioBand),
            ("high", self.high, rule == Rule::RatioBand),
            ("share", self.share, rule == Rule::Areas),
        ];
        for (name, value, wanted) in numbers {
            match value {
                Some(_) if !wanted => return Err(bad(&format!("[{key}] has no {name}"))),
                Some(value) if !(value >= 0.0 && value.is_finite()) => {
                    return Err(bad(&format!("[{key}] {name} = {value}")));
                }
                None if wanted => return Err(bad(&format!("[{key}] needs {name}"))),
                _ => {}
            }
        }
        if self.low > self.high {
            return Err(bad(&format!("[{key}] low is above high")));
        }
        let lists = [
            ("needed", &self.needed, rule == Rule::Premises),
            ("findings", &self.findings, rule == Rule::DefaultUsed),
            ("judged", &self.judged, rule == Rule::Statistics),
        ];
        for (name, list, wanted) in lists {
            if list.is_some() != wanted {
                return Err(bad(&format!("[{key}] {} {name}", if wanted { "needs" } else { "has no" })));
            }
        }
        let findings: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        for (list, known) in [(&self.needed, &PREMISES[..]), (&self.findings, &findings), (&self.judged, &STATISTICS)] {
            let Some(word) = list.iter().flatten().find(|word| !known.contains(&word.as_str())) else { continue };
            let near = written::nearest(word, known.iter().copied());
            let near = near.map(|near| format!("; did you mean \"{near}\"?")).unwrap_or_default();
            return Err(bad(&format!("[{key}] does not know \"{word}\"{near}")));
        }
        Ok(())
    }
}

fn bad(what: &str) -> Fault {
    Fault::new("bad-gate-rules", say!("the rules cannot be used: {what}", "规则文件不可用:{what}"), shown())
}

fn shown() -> Text {
    say!(
        "start from the file that landgrade gate --show-rules prints",
        "请以 landgrade gate --show-rules 输出的文件为样本"
    )
}

#[cfg(test)]
#[path = "rules_tests.rs"]
mod tests;
