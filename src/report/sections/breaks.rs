//! How the totals were cut: every method side by side, with the chart of each use.

use crate::land::{Lang, Text};
use crate::publish;
use crate::report::{Report, Subject};
use crate::review::breaks::{self, Row, members};
use crate::review::{chart, sections};
use crate::say;

/// Methods shown beside the chosen one.
const BESIDE: [&str; 6] = ["natural", "number-axis", "frequency-curve", "profile", "quantile", "equal-interval"];

pub(super) fn write(report: &mut Report, subject: &Subject<'_>, lang: Lang) {
    let release = subject.release;
    report.heading(1, &say!("Totals and grades", "总分与级别划分"), lang);
    if release.units.totals.is_empty() {
        return report.say(&say!("The release knows no totals.", "该成果没有总分。"), lang);
    }
    report.table(&publish::limits_table(release, lang), &["use", "grading"], usize::MAX, lang);
    let members = members(release);
    for (at, of_use) in members.iter().enumerate().filter(|(_, of_use)| !of_use.is_empty()) {
        let cut = of_use.subject(release, None);
        let name = &cut.name;
        report.heading(2, &say!("{name}", "{name}"), lang);
        let sealed = of_use.sealed(release);
        let reason = sealed.reason.clone();
        let beside: Vec<Row> =
            breaks::by_words(&cut, &BESIDE).into_iter().filter(|row| !row.repeats(&sealed)).collect();
        let mut rows = vec![sealed];
        rows.extend(beside);
        let head = [
            say!("method", "方法"),
            say!("breaks, points", "界限(分)"),
            say!("units from the lowest up", "各级单元数(自低至高)"),
            say!("share of area, %", "面积比例(%)"),
            say!("goodness of variance fit", "方差拟合优度"),
        ];
        let cells = rows.iter().map(|row| line(row, lang)).collect();
        let title = say!("{name}: methods side by side (* chosen)", "{name}:各分级方法比较(* 为采用)");
        report.rows(&title, &head, &[false, false, false, false, true], cells, lang);
        if let Some(reason) = reason {
            report.say(&say!("Why these breaks: {reason}", "采用理由:{reason}"), lang);
        }
        let svg = chart::draw(&[(&cut, rows.as_slice())], 1.0, 2.0, lang);
        let title =
            say!("{name}: histogram of totals, frequency curve and breaks", "{name}:总分直方图、频率曲线与各方法界限");
        report.figure(&format!("totals_{}", at + 1), &title, svg, lang);
        if let Some(svg) = sections::draw(&cut, lang) {
            let title = say!("{name}: totals along section lines", "{name}:总分剖面图");
            report.figure(&format!("sections_{}", at + 1), &title, svg, lang);
        }
    }
    let changes = publish::changes_table(release, lang);
    if changes.rows > 0 {
        let count = changes.rows;
        report.say(
            &say!(
                "The clean-up met {count} units in patches under the smallest mapped area; the first of them:",
                "级别归并涉及最小上图面积以下图斑的 {count} 个单元,列出如下(节选):"
            ),
            lang,
        );
        report.table(&changes, &["use"], 20, lang);
    }
}

fn line(row: &Row, lang: Lang) -> Vec<String> {
    let mark = if row.sealed { " *" } else { "" };
    let method = format!("{}{mark}", breaks::named(row).in_lang(lang));
    let list = |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<_>>().join(" / ");
    match &row.cut {
        Err(fault) => {
            let Text { en, zh } = &fault.what;
            vec![method, say!("{en}", "{zh}").in_lang(lang).to_string(), String::new(), String::new(), String::new()]
        }
        Ok(cut) => vec![
            method,
            list(&mut cut.breaks.iter().map(|limit| breaks::short(*limit))),
            list(&mut cut.counts.iter().map(usize::to_string)),
            list(&mut cut.shares.iter().map(|share| format!("{:.1}", 100.0 * share))),
            if cut.gvf.is_nan() { String::new() } else { format!("{:.4}", cut.gvf) },
        ],
    }
}
