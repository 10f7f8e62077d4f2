//! The findings of an import, treated as the mapping's policies say.

use crate::ingest::finding::{Action, Code, Finding, Findings, Policies};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::Point;

/// How many findings a fault tells of; a layer that is wrong throughout would tell them by the thousand.
const TOLD: usize = 20;

pub(super) struct Notes {
    pub policies: Policies,
    pub layer: String,
    findings: Findings,
}

impl Notes {
    pub fn new(policies: Policies) -> Notes {
        Notes { policies, layer: String::new(), findings: Findings::default() }
    }

    /// Something about the whole layer.
    pub fn layer(&mut self, code: Code, detail: Text) {
        self.findings.push(Finding::new(&self.policies, code, self.layer.clone(), detail));
    }

    /// Something about one row; tells whether the row is used.
    pub fn row(&mut self, code: Code, row: &str, place: Option<Point>, detail: Text) -> bool {
        let finding = Finding::new(&self.policies, code, self.layer.clone(), detail).of_feature(row).at(place);
        let used = !matches!(finding.action, Action::LeftOut | Action::Denied);
        self.findings.push(finding);
        used
    }

    /// Something that leaves a row out whatever the policy, unless that stops the run.
    pub fn row_out(&mut self, code: Code, row: &str, detail: Text) {
        let mut finding = Finding::new(&self.policies, code, self.layer.clone(), detail).of_feature(row);
        if finding.action != Action::Denied {
            finding.action = Action::LeftOut;
        }
        self.findings.push(finding);
    }

    pub fn extend(&mut self, findings: Vec<Finding>) {
        self.findings.extend(findings);
    }

    /// The findings in order.
    ///
    /// # Errors
    /// `denied`, one fault for each of the first findings that stop the run.
    pub fn finish(mut self) -> Outcome<Findings> {
        self.findings.sort();
        let count = self.findings.denied().count();
        let faults = self.findings.denied().take(TOLD).enumerate().map(|(at, finding)| {
            let (layer, feature, code) = (&finding.layer, &finding.feature, finding.code.name());
            let Text { en, zh } = &finding.detail;
            let what = if at + 1 == TOLD && count > TOLD {
                let more = count - TOLD;
                say!("{code}: {en} (and {more} findings more)", "{code}:{zh}(另有 {more} 条)")
            } else {
                say!("{code}: {en}", "{code}:{zh}")
            };
            let words = ["warn", "repair"];
            let allowed = words
                .into_iter()
                .filter(|word| Policies::default().set(code, word).is_ok())
                .map(|word| format!("{code} = \"{word}\""))
                .collect::<Vec<_>>()
                .join(" / ");
            let help = if allowed.is_empty() {
                say!("mend the data", "请修改数据")
            } else {
                say!("mend the data, or write under [policy]: {allowed}", "请修改数据,或在 [policy] 中写:{allowed}")
            };
            Fault::new("denied", what, help).at(format!("{layer} {feature}").trim().to_string())
        });
        Fault::of_all(faults.collect()).map_or(Ok(self.findings), Err)
    }
}
