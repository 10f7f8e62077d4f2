//! The list of the broken samples, for readers.

use super::{Broken, SeenWith};
use crate::ingest::finding::{Code, Policy, Remedy};
use std::fmt::Write as _;

pub(super) fn of(all: &[Broken]) -> String {
    let mut text = String::from(
        "# Broken inputs, one per finding code\n\n\
         Each folder is named by its code and holds the smallest project (or, for foreign results, mapping) in which exactly that\n\
         finding is made. Try one:\n\n\
         ```\nlandgrade check data-samples/broken/overlap/project.toml\n\
         landgrade run --dry-run data-samples/broken/price-order/project.toml\n\
         landgrade import data-samples/broken/empty-grade/mapping.toml --name try --to releases\n```\n\n\
         What happens is yours to choose, per code, under `[policy]` in the project or mapping file: `deny` stops the run (exit code 1),\n\
         `warn` uses the data as it is, `repair` does what its column says; all three list the finding. A dash: the code does not allow it.\n\
         Nothing here is edited by hand: `landgrade sample FOLDER --broken` makes it all, and a test compares.\n\n\
         | code | what is wrong | seen with | layer, feature: what is said | by default | warn | repair |\n|---|---|---|---|---|---|---|\n",
    );
    for broken in all {
        let code = broken.code;
        let verb = match broken.seen_with {
            SeenWith::Check => "check",
            SeenWith::DryRun => "run",
            SeenWith::Import => "import",
        };
        let place = format!("{} {}", broken.layer, broken.feature);
        let beside = broken.beside.map_or_else(String::new, |code| format!(" (beside `{}`)", code.name()));
        let _ = writeln!(
            text,
            "| [`{name}`]({name}) {title} | {wrong}<br>{wrong_zh} | {verb} | {place}: {says}{beside} | {default} | {warn} | {repair} |",
            name = code.name(),
            title = code.title().zh,
            wrong = broken.wrong.en,
            wrong_zh = broken.wrong.zh,
            place = place.trim_end(),
            says = broken.says,
            default = code.default_policy().name(),
            warn = warn(code),
            repair = repair(code),
        );
    }
    text
}

fn warn(code: Code) -> &'static str {
    match (code.allows(Policy::Warn), code.notes_a_layer(), code) {
        (false, ..) => "–",
        (true, true, _) => "noted",
        (_, _, Code::InvalidGeometry | Code::MissingValue | Code::OutOfRange) => {
            "used as it is; left out where that leaves nothing to use"
        }
        (true, false, _) => "used as it is",
    }
}

fn repair(code: Code) -> String {
    match (code.remedy(), code.repair()) {
        (Remedy::Mend | Remedy::LeaveOut, Some(repair)) => repair.en,
        _ => "–".into(),
    }
}
