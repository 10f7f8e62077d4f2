use super::*;
use crate::land::Lang;
use serde::Deserialize;

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Word {
    ErrorFound,
    Note,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    _word: Option<Word>,
    _years: Option<u8>,
}

fn wrong(text: &str) -> Fault {
    parse::<File>(text, "bad-file", say!("see the manual", "见手册")).unwrap_err()
}

#[test]
fn a_misspelt_key_and_a_misspelt_word_are_answered_with_the_nearest_and_with_the_line() {
    let key = wrong("_years = 3\n_wrod = \"note\"\n");
    assert_eq!((key.code, key.place.as_deref()), ("bad-file", Some("2")));
    assert!(key.show(Lang::En).contains("unknown key `_wrod`") && key.help.en.starts_with("did you mean `_word`?"));
    let word = wrong("_word = \"eror-found\"\n");
    assert!(word.what.zh.contains("eror-found") && word.help.zh.starts_with("是否应为「error-found」"), "{word:?}");
    let far = wrong("_word = \"zzz\"\n");
    assert!(far.help.en.starts_with("the words here are: error-found, note"), "{far:?}");
    assert!(wrong("_years = \"x\"\n").what.en.contains("a whole number"));
    assert_eq!(wrong("_years = \n").help.en, "see the manual");
}

#[test]
fn nothing_near_is_no_suggestion() {
    assert_eq!(nearest("zl", ["kept", "name"]), None);
    assert_eq!(nearest("nmae", ["kept", "name"]), Some("name"));
    assert_eq!(nearest("x", []), None);
}
