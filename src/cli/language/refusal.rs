//! What is said of a command line that cannot be obeyed.

use clap::error::{ContextKind, ContextValue, ErrorKind};
use landgrade::land::{Fault, Text};
use landgrade::say;
use std::error::Error as _;
use std::ffi::OsString;

/// The fault of a command line: the option or verb, what is wrong with it, and what would do.
pub fn refusal(error: &clap::Error, args: &[OsString]) -> Fault {
    let told = |kind| error.get(kind).map(text).unwrap_or_default();
    let (option, value) = (told(ContextKind::InvalidArg), told(ContextKind::InvalidValue));
    let what = match error.kind() {
        ErrorKind::UnknownArgument => say!("there is no option {option}", "没有选项 {option}"),
        ErrorKind::InvalidSubcommand => {
            let verb = told(ContextKind::InvalidSubcommand);
            say!("there is no verb {verb}", "没有命令 {verb}")
        }
        ErrorKind::MissingSubcommand => say!("the verb is missing", "缺少命令"),
        ErrorKind::MissingRequiredArgument => say!("{option} is missing", "缺少 {option}"),
        ErrorKind::ArgumentConflict => {
            let other = told(ContextKind::PriorArg);
            let other = if other.is_empty() { option.clone() } else { other };
            match other == option {
                true => say!("{option} is given twice", "{option} 给出了两次"),
                false => say!("{option} and {other} do not go together", "{option} 与 {other} 不能同时使用"),
            }
        }
        ErrorKind::InvalidValue if value.is_empty() => say!("{option} needs a value", "{option} 需要给出值"),
        ErrorKind::InvalidValue => say!("{option}: \"{value}\" is not known", "{option}:不认识「{value}」"),
        ErrorKind::ValueValidation => {
            let Text { en, zh } = why(error);
            say!("{option}: \"{value}\" {en}", "{option}:「{value}」{zh}")
        }
        ErrorKind::TooManyValues | ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            say!("{option}: too many or too few values", "{option}:值的个数不对")
        }
        ErrorKind::InvalidUtf8 => say!("an option is no UTF-8 text", "选项不是 UTF-8 文本"),
        _ => {
            let said = error.to_string();
            let said = said.trim_start_matches("error: ").lines().next().unwrap_or_default().to_string();
            say!("{said}", "{said}")
        }
    };
    Fault::new("bad-option", what, help(error, args))
}

/// Why a value does not fit: the parser's own words, of ranges in both languages.
fn why(error: &clap::Error) -> Text {
    let said = error.source().map(ToString::to_string).unwrap_or_default();
    match said.split_once(" is not in ") {
        Some((_, range)) => say!("is not within {range}", "不在 {range} 之内"),
        None if said.contains("number") || said.contains("digit") || said.contains("float") => {
            say!("is no such number: {said}", "不是可用的数值")
        }
        None => say!("does not fit: {said}", "不可用:{said}"),
    }
}

fn help(error: &clap::Error, args: &[OsString]) -> Text {
    let verb = args.iter().skip(1).filter_map(|arg| arg.to_str()).find(|arg| super::words::is_verb(arg));
    let verb = verb.map(|verb| format!(" {verb}")).unwrap_or_default();
    let more = say!("landgrade{verb} --help lists what there is", "landgrade{verb} --help 列出全部用法");
    let first = |kinds: &[ContextKind]| {
        kinds.iter().find_map(|kind| error.get(*kind)).map(text).filter(|text| !text.is_empty())
    };
    let near = first(&[ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::SuggestedValue]);
    let Text { en, zh } = more;
    match (near, first(&[ContextKind::ValidValue])) {
        (Some(near), _) => say!("did you mean {near}? {en}", "是否想用 {near}?{zh}"),
        (None, Some(choices)) => say!("choose among {choices}; {en}", "可选:{choices};{zh}"),
        (None, None) => say!("{en}", "{zh}"),
    }
}

fn text(value: &ContextValue) -> String {
    match value {
        ContextValue::String(one) => one.clone(),
        ContextValue::Strings(several) => several.join(", "),
        other => other.to_string(),
    }
}
