//! The command line in the language of its user: help, and what is said of options that do not fit.

mod refusal;
mod words;

pub(super) use refusal::refusal;

use clap::{Arg, ArgAction, Command};
use landgrade::land::Lang;
use std::ffi::OsString;

/// The language asked for: by `--lang` (looked for before the options are parsed, so that a fault in them is told in it), else by the
/// environment.
pub(super) fn of(args: &[OsString]) -> Lang {
    let mut args = args.iter().filter_map(|arg| arg.to_str());
    while let Some(arg) = args.next() {
        let word = match arg.strip_prefix("--lang") {
            Some("") => args.next(),
            Some(rest) => rest.strip_prefix('='),
            None => None,
        };
        match word {
            Some("zh") => return Lang::Zh,
            Some("en") => return Lang::En,
            _ => {}
        }
    }
    let names = ["LANDGRADE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
    let set = names.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
    set.map_or(Lang::En, |locale| Lang::of_locale(&locale))
}

/// `landgrade help run` asks what `landgrade run --help` asks.
pub(super) fn asked(mut args: Vec<OsString>) -> Vec<OsString> {
    if args.get(1).is_some_and(|first| first == "help") {
        args.remove(1);
        args.push("--help".into());
    }
    args
}

/// The command line with its help in the language.
pub(super) fn command(command: Command, lang: Lang) -> Command {
    let command = command.disable_help_subcommand(true);
    match lang {
        Lang::En => command,
        Lang::Zh => {
            let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
            let command = in_chinese(command.disable_version_flag(true).arg(version), "");
            command.subcommand_help_heading("命令").mut_subcommands(|verb| {
                let name = verb.get_name().to_string();
                in_chinese(verb, &name)
            })
        }
    }
}

fn in_chinese(command: Command, verb: &str) -> Command {
    let about = words::VERBS.iter().find(|(name, _)| *name == verb).map_or("", |(_, about)| about);
    let examples = command.get_after_help().map(|text| text.to_string().replacen("Example:", "示例:", 1));
    let examples = examples.map(|text| text.replacen("The two releases come from:", "两期成果由此得到:", 1));
    let usage = usage(&command, verb);
    // Under a heading of their own clap lists places by name.
    let places: Vec<clap::Id> = command.get_positionals().map(|arg| arg.get_id().clone()).collect();
    let in_order = |arg: Arg| match places.iter().position(|id| id == arg.get_id()) {
        Some(place) => arg.display_order(place),
        None => arg,
    };
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    let command = command
        .help_template(format!("{{about-with-newline}}\n用法:{usage}\n\n{{all-args}}{{after-help}}"))
        .about(about)
        .long_about(None)
        .disable_help_flag(true)
        .arg(help)
        .mut_args(|arg| in_order(explained(arg, verb)));
    match examples {
        Some(examples) => command.after_help(examples),
        None => command,
    }
}

/// `landgrade explain [选项] <RELEASE> [ID]`.
fn usage(command: &Command, verb: &str) -> String {
    let name = |arg: &Arg| arg.get_value_names().and_then(|names| names.first()).map(ToString::to_string);
    let name = |arg: &Arg| name(arg).unwrap_or_else(|| arg.get_id().as_str().to_uppercase());
    let given = |arg: &Arg| if arg.is_required_set() { format!("<{}>", name(arg)) } else { format!("[{}]", name(arg)) };
    let places: Vec<String> = command.get_positionals().map(given).collect();
    let verb = if verb.is_empty() { "<命令>" } else { verb };
    ["landgrade", verb, "[选项]"].into_iter().map(String::from).chain(places).collect::<Vec<_>>().join(" ")
}

/// An option with its meaning, its default and its choices in Chinese.
fn explained(arg: Arg, verb: &str) -> Arg {
    let meaning = meaning(verb, arg.get_id().as_str()).unwrap_or_default();
    let takes_values = arg.get_action().takes_values();
    let defaults: Vec<_> = arg.get_default_values().iter().map(|value| value.to_string_lossy()).collect();
    let choices: Vec<_> = arg.get_possible_values().iter().map(|choice| choice.get_name().to_string()).collect();
    let mut text = meaning.to_string();
    if takes_values && !choices.is_empty() {
        text.push_str(&format!("[可选:{}]", choices.join("、")));
    }
    if takes_values && !defaults.is_empty() {
        text.push_str(&format!("[默认:{}]", defaults.join(",")));
    }
    let heading = match (arg.is_positional(), arg.get_help_heading()) {
        (true, _) => "参数",
        (false, Some(_)) => "通用选项",
        (false, None) => "选项",
    };
    let arg = arg.help(text).long_help(None).help_heading(heading);
    if takes_values { arg.hide_default_value(true).hide_possible_values(true) } else { arg }
}

fn meaning(verb: &str, id: &str) -> Option<&'static str> {
    let of = |wanted: &str| words::OPTIONS.iter().find(|(verb, name, _)| *verb == wanted && *name == id);
    of(verb).or_else(|| of("")).map(|(_, _, meaning)| *meaning)
}

#[cfg(test)]
#[path = "language_tests.rs"]
mod tests;
