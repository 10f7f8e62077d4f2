//! The methods side by side, as a table for people and as JSON.

use super::Ui;
use landgrade::land::{Fault, Lang, Text};
use landgrade::review::breaks::{Row, Subject, named, short};
use landgrade::say;
use serde_json::{Map, Value, json};

/// A table of the methods: one row each, the sealed one first.
pub fn table(ui: &Ui, subject: &Subject<'_>, rows: &[Row]) {
    let Subject { key, totals, classes, .. } = subject;
    // A break inside a name is the data's and makes no line of its own.
    let (name, count) = (subject.name.replace(['\n', '\r'], "\u{fffd}"), totals.len());
    let (en, zh) = if key.is_empty() {
        (name.clone(), name.clone())
    } else {
        (format!("{name} ({key})"), format!("{name}({key})"))
    };
    ui.say(&say!(
        "{en}: {count} values in {classes} classes, listed from the lowest up",
        "{zh}:{count} 个数值分为 {classes} 级,自最低一级起列出"
    ));
    let weighted = subject.areas.is_some();
    let share = if weighted { say!("share of weight, %", "权重比例,%") } else { say!("share, %", "比例,%") };
    let head = [say!("method", "方法"), say!("GVF", "GVF"), say!("breaks", "界限"), say!("values", "个数"), share];
    let mut cells = vec![head.map(|title| title.in_lang(ui.lang).to_string()).to_vec()];
    cells.extend(rows.iter().map(|row| line(row, ui.lang).to_vec()));
    ui.aligned(&cells);
    for (row, fault) in rows.iter().filter_map(|row| row.cut.as_ref().err().map(|fault| (row, fault))) {
        let (Text { en, zh }, code) = (named(row), fault.code);
        let (what, help) = (&fault.what, &fault.help);
        let (what_en, help_en, what_zh, help_zh) = (&what.en, &help.en, &what.zh, &help.zh);
        ui.say(&say!("  {en}: {what_en} [{code}]; {help_en}", "  {zh}:{what_zh} [{code}];{help_zh}"));
    }
    for (row, Text { en: note_en, zh: note_zh }) in rows.iter().filter_map(|row| Some((row, row.note.as_ref()?))) {
        let Text { en, zh } = named(row);
        ui.say(&say!("  {en}: {note_en}", "  {zh}:{note_zh}"));
    }
    for row in rows.iter().filter(|row| row.sealed) {
        ui.say(&match &row.reason {
            Some(reason) => say!("  * sealed in the release, because: {reason}", "  * 成果所用分级,依据:{reason}"),
            None => say!("  * sealed in the release", "  * 成果所用分级"),
        });
    }
}

fn line(row: &Row, lang: Lang) -> [String; 5] {
    let mark = if row.sealed { "*" } else { "" };
    let method = format!("{}{mark}", named(row).in_lang(lang));
    let list = |cells: &mut dyn Iterator<Item = String>| cells.collect::<Vec<_>>().join(" ");
    match &row.cut {
        Err(_) => [method, "–".into(), "–".into(), "–".into(), "–".into()],
        Ok(cut) => [
            method,
            if cut.gvf.is_nan() { "–".to_string() } else { format!("{:.4}", cut.gvf) },
            list(&mut cut.breaks.iter().map(|limit| short(*limit))),
            list(&mut cut.counts.iter().map(usize::to_string)),
            list(&mut cut.shares.iter().map(|share| format!("{:.1}", 100.0 * share))),
        ],
    }
}

/// A method's breaks, counts and GVF; the shares too where methods are compared.
pub fn cut(row: &Row, compared: bool, lang: Lang) -> Value {
    let mut told = Map::new();
    if !compared {
        told.insert("method".into(), json!(row.method));
    }
    match &row.cut {
        Ok(cut) => {
            told.insert("breaks".into(), json!(cut.breaks));
            told.insert("counts".into(), json!(cut.counts));
            if compared {
                told.insert("shares".into(), json!(cut.shares));
            }
            told.insert("gvf".into(), json!(cut.gvf));
        }
        Err(fault) => {
            told.insert("error".into(), of_fault(fault, lang));
        }
    }
    Value::Object(told)
}

fn of_fault(Fault { code, what, help, .. }: &Fault, lang: Lang) -> Value {
    json!({"code": code, "what": what.in_lang(lang), "help": help.in_lang(lang)})
}

/// The methods by their words.
pub fn methods(rows: &[Row], lang: Lang) -> Value {
    let methods = rows.iter().filter(|row| !row.sealed).map(|row| (row.method.clone(), cut(row, true, lang)));
    Value::Object(methods.collect())
}

/// A use with its cut, or with all of them and the one that was sealed.
pub fn of_use(subject: &Subject<'_>, rows: &[Row], all: bool, lang: Lang) -> Value {
    let mut told =
        json!({"use": subject.key, "name": subject.name, "values": subject.totals.len(), "classes": subject.classes});
    if all {
        let sealed = rows.iter().find(|row| row.sealed).map(|row| {
            let mut told = cut(row, true, lang);
            (told["method"], told["reason"]) = (json!(row.method), json!(row.reason));
            told
        });
        (told["sealed"], told["methods"]) = (json!(sealed), methods(rows, lang));
    } else if let Some(Value::Object(cut)) = rows.first().map(|row| cut(row, false, lang)) {
        cut.into_iter().for_each(|(key, value)| told[key] = value);
    }
    told
}
