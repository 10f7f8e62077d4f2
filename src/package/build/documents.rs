//! Documents and maps that the program makes itself.

use super::{Packed, map, place, put};
use crate::formats::{Table, document::Document, xlsx};
use crate::land::progress::Watch;
use crate::land::{Lang, Outcome, Text};
use crate::package::Subject;
use crate::package::rules::{Made, Need};
use crate::publish::{coefficients_laid_out, corrections_table, notes_table, price_table};
use crate::report;
use crate::say;
use std::path::Path;

/// Writes each that the release has something for.
pub(super) fn write(
    packed: &Packed<'_>,
    subject: &Subject<'_>,
    aside: &Path,
    notes: &mut Vec<Text>,
    watch: &dyn Watch,
) -> Outcome<()> {
    for named in subject.rules.files_of(subject.names) {
        let (rule, path) = (named.rule, &named.path);
        if rule.endings.iter().any(|ending| aside.join(format!("{path}.{ending}")).exists()) {
            continue;
        }
        // Where the rules do not name the ending that the program makes, the check says so.
        let ended = |ending: &str| format!("{path}.{ending}");
        let done = match (rule.of, named.of_use) {
            (Made::Given, _) => continue,
            (Made::Report, _) => put(aside, &ended("html"), &method(packed, watch)).map(|()| true),
            (Made::Instructions, _) => put(aside, &ended("html"), &instructions(subject)?).map(|()| true),
            (Made::Corrections, _) => corrections(subject, aside, &ended("xlsx")),
            (Made::Map, of_use) => {
                let land_use = of_use.map(|wanted| subject.uses.iter().position(|at| *at == wanted));
                // A map of no use of its own is of the first.
                let Some(land_use) = land_use.unwrap_or(Some(0)) else { continue };
                match map::draw(subject, land_use) {
                    Some(svg) => put(aside, &ended("svg"), &svg).map(|()| true),
                    None => Ok(false),
                }
            }
        }?;
        if !done && rule.need != Need::O {
            notes.push(say!("the release has nothing for {path}", "成果中没有 {path} 的内容"));
        }
    }
    Ok(())
}

/// The method report.
fn method(packed: &Packed<'_>, watch: &dyn Watch) -> String {
    let subject = report::Subject {
        release: packed.release,
        project: packed.project,
        content_digest: packed.content_digest,
        sealed_on: packed.sealed_on,
        experts: None,
        profits: None,
        jumps: std::cell::OnceCell::new(),
    };
    report::make(&subject, Lang::Zh, watch).html(Lang::Zh)
}

/// What the instructions print of the table of prices.
const PRINTED: [&str; 8] = ["use_name", "label", "price", "price_mu", "floor_price", "term", "plot_ratio", "develop"];

/// 使用说明: the premises, the prices, how a parcel's price follows from them.
fn instructions(subject: &Subject<'_>) -> Outcome<String> {
    const LANG: Lang = Lang::Zh;
    let release = subject.release;
    let title = &release.head.title;
    let name = &subject.names.name;
    let mut page =
        Document::new(&say!("{name} {title}: use of the benchmark prices", "{name}{title} 基准地价使用说明").zh);
    page.heading(1, &say!("premises and rules", "内涵与规则"), LANG);
    page.table(&notes_table(release, LANG), &[], usize::MAX, LANG);
    page.heading(1, &say!("benchmark prices", "基准地价"), LANG);
    // The evidence behind a price stands in the method report.
    let prices = price_table(release, LANG);
    let names = prices.fields.iter().map(|field| field.name.as_str());
    let without: Vec<&str> = names.filter(|name| !PRINTED.contains(name)).collect();
    page.table(&prices, &without, usize::MAX, LANG);
    page.heading(1, &say!("price of a parcel", "宗地地价"), LANG);
    page.say(
        &say!(
            "A parcel takes the price of its use in the grade it lies in, corrected to its own date, term, plot ratio, factors and development \
             by the correction tables of this package.",
            "宗地按所在级别、用途的基准地价,依本成果包的修正体系作期日、年期、容积率、区域与个别因素、开发程度修正后得出。"
        ),
        LANG,
    );
    coefficients_laid_out(&mut page, release, LANG)?;
    Ok(page.html(LANG))
}

/// The correction tables as a workbook.
fn corrections(subject: &Subject<'_>, aside: &Path, path: &str) -> Outcome<bool> {
    let table: Table<'_> = corrections_table(subject.release, Lang::Zh);
    if table.rows == 0 {
        return Ok(false);
    }
    let heading = Some(subject.release.head.title.clone());
    let sheet = xlsx::Sheet { heading, leading: 2, ..xlsx::Sheet::plain(&table) };
    xlsx::write(&[sheet], &place(aside, path)?, &xlsx::Options { lang: Lang::Zh })?;
    Ok(true)
}
