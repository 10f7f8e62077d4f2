//! The Chinese help is whole, and holds nothing that is no longer there.

use super::*;
use clap::CommandFactory;
use std::collections::BTreeSet;

fn english() -> Command {
    super::super::Cli::command()
}

#[test]
fn every_verb_and_option_has_its_meaning_in_chinese_and_no_meaning_is_left_over() {
    let (mut used, mut verbs) = (BTreeSet::new(), BTreeSet::new());
    let root = english();
    for verb in std::iter::once(&root).chain(root.get_subcommands()) {
        let name = if verb.get_name() == "landgrade" { "" } else { verb.get_name() };
        assert!(words::VERBS.iter().any(|(known, about)| *known == name && !about.is_empty()), "{name}");
        verbs.insert(name);
        for arg in verb.get_arguments() {
            let id = arg.get_id().as_str();
            assert!(meaning(name, id).is_some(), "{name} {id}");
            let own = words::OPTIONS.iter().any(|(verb, known, _)| *verb == name && *known == id);
            used.insert((if own { name } else { "" }, id.to_string()));
        }
    }
    used.extend(["help", "version"].map(|id| ("", id.to_string())));
    let known: BTreeSet<_> = words::OPTIONS.iter().map(|(verb, id, _)| (*verb, (*id).to_string())).collect();
    assert_eq!(known, used);
    assert_eq!(words::VERBS.iter().map(|(verb, _)| *verb).collect::<BTreeSet<_>>(), verbs);
}

#[test]
fn the_english_help_is_english_and_the_chinese_help_has_no_english_sentence() {
    let is_chinese = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let names = english().get_subcommands().map(|verb| verb.get_name().to_string()).collect::<Vec<_>>();
    for name in names {
        let of = |lang| command(english(), lang).find_subcommand_mut(&name).unwrap().render_long_help().to_string();
        // Units and file names stay as they are written.
        let english = of(Lang::En).replace("元/㎡", "").replace("万元/亩", "");
        assert!(!english.contains(is_chinese), "{english}");
        let chinese = of(Lang::Zh);
        let (before, _) = chinese.split_once("示例:").unwrap();
        assert!(before.contains("用法:") && before.contains("选项:") && before.contains("显示帮助"), "{before}");
        let sentence = before.lines().filter(|line| {
            line.split_whitespace().filter(|word| word.chars().all(|c| c.is_ascii_lowercase())).count() > 2
        });
        assert_eq!(sentence.collect::<Vec<_>>(), Vec::<&str>::new());
    }
}

#[test]
fn the_language_is_known_before_the_options_are_parsed() {
    let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
    assert_eq!(of(&args("landgrade run --lang zh --nosuch")), Lang::Zh);
    assert_eq!(of(&args("landgrade --lang=zh run")), Lang::Zh);
    assert_eq!(of(&args("landgrade run --lang en")), Lang::En);
}

#[test]
fn help_before_a_verb_is_the_verbs_help() {
    let args = |line: &str| line.split(' ').map(OsString::from).collect::<Vec<_>>();
    assert_eq!(asked(args("landgrade help run")), args("landgrade run --help"));
    assert_eq!(asked(args("landgrade run help")), args("landgrade run help"));
}
