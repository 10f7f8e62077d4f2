//! `landgrade quality`: prices held against sales by the statistics of ratio studies.

mod found;
mod show;

use super::{Ending, Ui};
use clap::{ArgGroup, Args};
use landgrade::ingest::ratios::{self, Ratios, Wanted};
use landgrade::land::{Fault, Outcome};
use landgrade::quality::{Limits, Pair, limits, study};
use landgrade::{release, review, say};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Hold the prices of a release, or any table of values and prices, against the sales
#[derive(Args)]
#[command(
    group(ArgGroup::new("source").required(true).args(["release", "ratios", "show_limits"])),
    after_help = "Example:\n  landgrade quality demo/releases/2025\n  landgrade quality --ratios sales.csv --value estimate --price sale_price --json"
)]
pub struct Quality {
    /// The sealed release
    release: Option<PathBuf>,
    /// An earlier release of the same premises: whether land that was sold changed otherwise than land that was not
    #[arg(long, value_name = "RELEASE", requires = "release")]
    since: Option<PathBuf>,
    /// A table of values and prices instead: .csv, .txt, .tsv or a workbook
    #[arg(long, value_name = "FILE", requires = "value", requires = "price")]
    ratios: Option<PathBuf>,
    /// The column of the values that were set
    #[arg(long, value_name = "COLUMN", requires = "ratios")]
    value: Option<String>,
    /// The column of the prices that were paid
    #[arg(long, value_name = "COLUMN", requires = "ratios")]
    price: Option<String>,
    /// The column that tells groups apart
    #[arg(long, value_name = "COLUMN", requires = "ratios")]
    group: Option<String>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME", requires = "ratios")]
    sheet: Option<String>,
    /// The line of the column names, from 1, where it is not the first
    #[arg(long, value_name = "LINE", requires = "ratios")]
    header: Option<u32>,
    /// The encoding of a text file, such as GBK, where its bytes do not tell
    #[arg(long, value_name = "NAME", requires = "ratios")]
    encoding: Option<String>,
    /// A file of limits instead of the built-in one
    #[arg(long, value_name = "FILE")]
    limits: Option<PathBuf>,
    /// Print the built-in limits, to be edited
    #[arg(long)]
    show_limits: bool,
}

/// Rows without numbers named one by one before the rest are only counted.
const TOLD: usize = 5;

impl Quality {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        if self.show_limits {
            ui.document(limits::BUILT_IN.trim_end());
            return Ok(Ending::Done);
        }
        let limits = self.limits.as_deref().map_or_else(|| Ok(Limits::default()), Limits::read)?;
        match (&self.release, &self.ratios) {
            (Some(folder), _) => self.of_release(folder, &limits, ui),
            (None, Some(file)) => self.of_table(file, &limits, ui),
            (None, None) => Ok(Ending::Done),
        }
    }

    fn of_release(&self, folder: &Path, limits: &Limits, ui: &Ui) -> Outcome<Ending> {
        let release = release::open(folder)?;
        let earlier = self.since.as_deref().map(release::open).transpose()?;
        if let Some((old, given)) = earlier.as_ref().zip(self.since.as_deref()) {
            super::publish::earlier(old, &release).map_err(|fault| fault.at(given.display()))?;
        }
        let found = review::quality::quality(&release, earlier.as_ref(), limits)?;
        found.iter().for_each(|of_use| found::tell(ui, &release, of_use, limits));
        let uses: Vec<Value> = found.iter().map(|of_use| found::json(ui, &release, of_use)).collect();
        ui.result(&json!({"confidence": limits.confidence, "uses": uses}));
        Ok(Ending::Done)
    }

    fn of_table(&self, file: &Path, limits: &Limits, ui: &Ui) -> Outcome<Ending> {
        let wanted = Wanted {
            sheet: self.sheet.as_deref(),
            value: self.value.as_deref().unwrap_or_default(),
            price: self.price.as_deref().unwrap_or_default(),
            group: self.group.as_deref(),
            header: self.header,
            encoding: self.encoding.as_deref(),
        };
        let Ratios { rows, without, notes } = ratios::read(file, wanted)?;
        notes.iter().for_each(|note| ui.say(note));
        let noted: Vec<&str> = notes.iter().map(|note| note.in_lang(ui.lang)).collect();
        let mut odd: Vec<(u32, landgrade::land::Text)> = without;
        let pair = |row: &ratios::Row| Pair { value: row.value, price: row.price };
        for row in rows.iter().filter(|row| !pair(row).is_usable()) {
            let (value, price) = (row.value, row.price);
            odd.push((
                row.line,
                say!("value {value} and price {price} have no ratio", "价值 {value} 与价格 {price} 无法计算比率"),
            ));
        }
        odd.sort_by_key(|(line, _)| *line);
        for (line, what) in odd.iter().take(TOLD) {
            let (en, zh) = (&what.en, &what.zh);
            ui.say(&say!("line {line} is left out: {en}", "第 {line} 行未采用:{zh}"));
        }
        if odd.len() > TOLD {
            let more = odd.len() - TOLD;
            ui.say(&say!("… and {more} more lines", "……另有 {more} 行"));
        }
        if rows.iter().all(|row| !pair(row).is_usable()) {
            return Err(Fault::new(
                "no-ratios",
                say!("no row has a positive value and a positive price", "没有一行同时具有正的价值与价格"),
                say!("check the columns named by --value and --price", "请检查 --value 与 --price 指定的列"),
            )
            .at(file.display()));
        }
        let all = study(rows.iter().map(pair), limits);
        let mut groups: BTreeMap<(u64, &str), Vec<Pair>> = BTreeMap::new();
        if self.group.is_some() {
            rows.iter().for_each(|row| groups.entry(natural(&row.group)).or_default().push(pair(row)));
        }
        let groups: Vec<(&str, _)> =
            groups.into_iter().map(|((_, name), pairs)| (name, study(pairs, limits))).collect();
        show::studies(ui, &all, &groups, limits);
        let mut result = show::json(&all);
        result["confidence"] = json!(limits.confidence);
        result["notes"] = json!(noted);
        result["left_out"] = json!(
            odd.iter().map(|(line, what)| json!({"line": line, "reason": what.in_lang(ui.lang)})).collect::<Vec<_>>()
        );
        if self.group.is_some() {
            let of_group = |(name, study): &(&str, _)| {
                let mut of_group = show::json(study);
                of_group["group"] = json!(name);
                of_group
            };
            result["groups"] = json!(groups.iter().map(of_group).collect::<Vec<_>>());
        }
        ui.result(&result);
        Ok(Ending::Done)
    }
}

/// Whole numbers in their order, other names behind them in theirs.
fn natural(name: &str) -> (u64, &str) {
    (name.parse().unwrap_or(u64::MAX), name)
}
