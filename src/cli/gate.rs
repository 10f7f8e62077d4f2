//! `landgrade gate`: a release held against the rules before publication.

use super::{Ending, Ui};
use clap::Args;
use landgrade::formats::{Cells, Field, Table, csv, xlsx};
use landgrade::gate::{self, Found, Rules, Waiver, rules, waiver};
use landgrade::land::{Fault, Outcome, Text, Texts, Values, grade};
use landgrade::release::{self, Release};
use landgrade::say;
use std::path::{Path, PathBuf};

/// Hold a release against the rules before publication; exit code 1 where an error is left
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade gate demo/releases/2026 --previous demo/releases/2025\n  landgrade gate --show-rules > gate.toml"
)]
pub struct Gate {
    /// The sealed release
    #[arg(required_unless_present = "show_rules")]
    release: Option<PathBuf>,
    #[command(flatten)]
    by: By,
    /// Write every breach to this file: .csv, .xlsx or .json
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
    /// Print the rules of the program instead, to edit and to name with --gate-rules
    #[arg(long)]
    show_rules: bool,
}

/// By what a release is judged.
#[derive(Args, Clone)]
pub struct By {
    /// The release before it, for growth; the one it supersedes, where that stands beside it
    #[arg(long, value_name = "RELEASE")]
    previous: Option<PathBuf>,
    /// A rule file in place of the program's
    #[arg(long = "gate-rules", alias = "rules", value_name = "FILE")]
    rules: Option<PathBuf>,
    /// A file of waivers: who lets which breach pass, and why; those the release was sealed with where left out
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
}

impl By {
    /// Judges a release; `folder` is where the releases of the project stand.
    pub fn judge(&self, release: &Release, folder: Option<&Path>) -> Outcome<Found> {
        let rules = self.rules.as_deref().map(Rules::read).transpose()?.unwrap_or_default();
        let kept = || Ok(waiver::kept(release));
        let waivers = self.waivers.as_deref().map_or_else(kept, waiver::read)?;
        let beside = || {
            let named = folder?.join(release.head.supersedes.as_deref()?);
            named.join("manifest.json").is_file().then_some(named)
        };
        let previous = self.previous.clone().or_else(beside).map(|path| release::open(&path)).transpose()?;
        gate::judge(release, previous.as_ref(), &rules, waivers)
    }

    /// Whether any of it was asked for.
    pub fn is_asked(&self) -> bool {
        self.previous.is_some() || self.rules.is_some() || self.waivers.is_some()
    }
}

impl Gate {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let Some(path) = self.release.filter(|_| !self.show_rules) else {
            ui.document(rules::BUILT_IN);
            return Ok(Ending::Done);
        };
        let release = release::open(&path)?;
        let whole = path.canonicalize().ok();
        let found = self.by.judge(&release, whole.as_deref().and_then(Path::parent))?;
        let state = release.head.state().title();
        let (name, Text { en, zh }) = (&release.head.name, state);
        ui.say(&say!("release {name}, {en}", "成果 {name},{zh}"));
        show(ui, &found);
        if let Some(target) = &self.to {
            let replaced = write(&found, target, ui)?;
            let shown = target.display();
            ui.say(&match replaced {
                true => {
                    say!("written, in place of the file that stood there: {shown}", "已写出,替换了原有文件:{shown}")
                }
                false => say!("written: {shown}", "已写出:{shown}"),
            });
        }
        ui.result(&serde_json::from_str::<serde_json::Value>(&gate::record(&found)).unwrap_or_default());
        Ok(if found.passes() { Ending::Done } else { Ending::Differences })
    }
}

/// Every rule with what it came to, its breaches below.
pub fn show(ui: &Ui, found: &Found) {
    let mut rows = vec![
        [
            say!("rule", "规则"),
            say!("severity", "等级"),
            say!("result", "结果"),
            say!("breaches", "条数"),
            Text::default(),
        ]
        .map(|head| head.in_lang(ui.lang).to_string())
        .to_vec(),
    ];
    for judged in &found.rules {
        let why = judged.not_applicable.as_ref().map(|why| why.in_lang(ui.lang).to_string()).unwrap_or_default();
        let count = if judged.breaches.is_empty() { String::new() } else { judged.breaches.len().to_string() };
        rows.push(vec![
            format!("{} ({})", judged.rule.title().in_lang(ui.lang), judged.rule.key()),
            judged.severity.title().in_lang(ui.lang).to_string(),
            judged.title().in_lang(ui.lang).to_string(),
            count,
            why,
        ]);
    }
    ui.aligned(&rows);
    for breach in found.rules.iter().flat_map(|judged| &judged.breaches) {
        let waived = breach.waived.map(|at| &found.waivers[at]).map(|waiver| {
            let (who, why) = (&waiver.who, &waiver.why);
            say!("  (waived by {who}: {why})", "(豁免:{who},{why})").in_lang(ui.lang).to_string()
        });
        ui.line(&format!("  {}{}", breach.line(ui.lang), waived.unwrap_or_default()));
    }
    for &at in &found.unused {
        let key = found.waivers[at].rule.key();
        ui.say(&say!("a waiver of {key} covers nothing", "对 {key} 的豁免没有对应的问题"));
    }
    match found.passes() {
        true => ui.say(&say!("the release passes the gate", "成果通过公布前检查")),
        false => {
            let count = found.open_errors().count();
            ui.say(&say!("the release does not pass the gate: errors {count}", "成果未通过公布前检查:错误 {count} 项"));
        }
    }
}

/// Gives whether a file stood there.
fn write(found: &Found, target: &Path, ui: &Ui) -> Outcome<bool> {
    let ending = target.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase()).unwrap_or_default();
    let table = table(found, ui);
    match ending.as_str() {
        "csv" => {
            let options = csv::Options { header: csv::Header::Titles(ui.lang), ..csv::Options::default() };
            csv::write(&table, target, &options).map(|written| written.replaced)
        }
        "xlsx" => xlsx::write(&[xlsx::Sheet::plain(&table)], target, &xlsx::Options { lang: ui.lang })
            .map(|written| written.replaced),
        "json" => {
            let part = landgrade::formats::Part::new(target)?;
            std::fs::write(part.path(), gate::record(found))
                .map_err(|error| Fault::io(say!("cannot write the file", "无法写出文件"), target, &error))?;
            part.commit()
        }
        _ => Err(Fault::new(
            "unknown-format",
            say!("the format is told by the ending, and \".{ending}\" is none", "由扩展名判断格式,「.{ending}」不可用"),
            say!("name a .csv, .xlsx or .json file", "请写 .csv、.xlsx 或 .json 文件"),
        )
        .at(target.display())),
    }
}

/// One row per breach, and one of each rule without any.
fn table(found: &Found, ui: &Ui) -> Table<'static> {
    let of_rule = |judged: &'_ gate::Judged| -> Vec<Option<usize>> {
        if judged.breaches.is_empty() { vec![None] } else { (0..judged.breaches.len()).map(Some).collect() }
    };
    let row =
        |judged| of_rule(judged).into_iter().map(move |at| Row { judged, breach: at.map(|at| &judged.breaches[at]) });
    let rows: Vec<Row<'_>> = found.rules.iter().flat_map(row).collect();
    let text = |name: &str, title: Text, values: Vec<String>| {
        Field::plain(name, Cells::Own(Values::Text(values.into_iter().collect::<Texts>()))).titled(title)
    };
    let of = |value: &dyn Fn(&Row<'_>) -> String| rows.iter().map(value).collect::<Vec<String>>();
    let of_breach = |value: &dyn Fn(&gate::Breach) -> String| of(&|row| row.breach.map(value).unwrap_or_default());
    let of_waiver = |value: &dyn Fn(&Waiver) -> String| {
        of_breach(&|breach| breach.waived.map(|at| value(&found.waivers[at])).unwrap_or_default())
    };
    let fields = vec![
        text("rule", say!("rule", "规则代码"), of(&|row| row.judged.rule.key().to_string())),
        text("title", say!("title", "规则"), of(&|row| row.judged.rule.title().in_lang(ui.lang).to_string())),
        text("severity", say!("severity", "等级"), of(&|row| row.judged.severity.title().in_lang(ui.lang).to_string())),
        text("result", say!("result", "结果"), of(&|row| row.judged.title().in_lang(ui.lang).to_string())),
        text("use", say!("use", "用途代码"), of_breach(&|breach| breach.land_use.clone().unwrap_or_default())),
        text("use_name", say!("use name", "土地用途"), of_breach(&|breach| breach.called.clone().unwrap_or_default())),
        text(
            "grade",
            say!("grade", "级别"),
            of_breach(&|breach| breach.grade.map(|it| grade::name(it, ui.lang)).unwrap_or_default()),
        ),
        text(
            "what",
            say!("what", "问题"),
            of(&|row| row.what().map(|text| text.in_lang(ui.lang).to_string()).unwrap_or_default()),
        ),
        text("waived_by", say!("waived by", "豁免人"), of_waiver(&|waiver| waiver.who.clone())),
        text("why", say!("reason of the waiver", "豁免理由"), of_waiver(&|waiver| waiver.why.clone())),
        text("waived_on", say!("date of the waiver", "豁免日期"), of_waiver(&|waiver| waiver.date.clone())),
    ];
    Table {
        name: "gate".to_string(),
        title: say!("gate before publication", "公布前检查"),
        fields,
        shapes: None,
        crs: None,
        rows: rows.len(),
    }
}

/// A breach, or a rule without any.
struct Row<'a> {
    judged: &'a gate::Judged,
    breach: Option<&'a gate::Breach>,
}

impl Row<'_> {
    /// The breach, or why the rule does not apply.
    fn what(&self) -> Option<&Text> {
        self.breach.map(|breach| &breach.what).or(self.judged.not_applicable.as_ref())
    }
}
