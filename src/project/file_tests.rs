use super::parse;
use crate::land::Lang;
use std::path::Path;

fn shown(text: &str) -> [String; 2] {
    let fault = parse(text, Path::new("p.toml")).unwrap_err();
    [fault.show(Lang::En), fault.show(Lang::Zh)]
}

const HEAD: &str = "[project]\nname = \"x\"\ncrs = \"EPSG:4547\"\n[units]\nsource = \"a\"\nid = \"b\"\n";

#[test]
fn no_word_of_the_programming_language_reaches_the_reader() {
    let uses = "[[uses]]\nkey = \"a\"\ngrades = 5\n";
    let cases = [
        (format!("{HEAD}[[uses]]\nkey = \"a\"\ngrades = \"six\"\nweights = {{}}\n"), "p.toml:9: \"six\" stands where"),
        (format!("{HEAD}[[uses]]\nkey = \"a\"\ngrades = 900\nweights = {{}}\n"), "p.toml:9: 900 stands where"),
        (format!("{HEAD}[[uses]]\nkey = 1\ngrades = 5\nweights = {{}}\n"), "p.toml:8: 1 stands where a text"),
        (format!("{HEAD}{uses}weights = {{ a = \"much\" }}\n"), "p.toml:10: this value is not understood"),
        (format!("{HEAD}{uses}weights = {{}}\nbreaks = 3\n"), "p.toml:11: this value is not understood"),
        (
            format!("{HEAD}{uses}weights = {{}}\nprice = {{ term = true, rate = 1, plot_ratio = 1 }}\n"),
            "p.toml:11: true",
        ),
        (format!("{HEAD}keep = 3\nuses = []\n"), "p.toml:7: 3 stands where a list"),
        (format!("{HEAD}{uses}"), "p.toml:7: the key `weights` is missing"),
        ("uses = 3\n".to_string(), "p.toml:1: 3 stands where a list"),
        ("[units\n".to_string(), "p.toml:1: unclosed table"),
    ];
    for (text, start) in cases {
        let [en, zh] = shown(&text);
        assert!(en.starts_with(start), "{en}");
        for word in ["u8", "usize", "f64", "untagged", "enum", "struct", "variant", "invalid type", "sequence"] {
            assert!(!en.contains(word) && !zh.contains(word), "{word} in {en} {zh}");
        }
        assert!(zh.chars().any(|c| ('\u{4e00}'..='\u{9fff}').contains(&c)), "{zh}");
    }
}

#[test]
fn a_misspelt_key_is_answered_with_the_nearest_and_with_all() {
    let [en, zh] = shown(&format!("{HEAD}kep = [\"zl\"]\n"));
    assert!(en.contains("p.toml:7: unknown key `kep`") && en.contains("did you mean `keep`?"), "{en}");
    assert!(zh.contains("不认识的键「kep」") && zh.contains("是否应为「keep」"), "{zh}");
    let [en, _] = shown(&format!("{HEAD}zzz = 1\n"));
    assert!(!en.contains("did you mean") && en.contains("score_at"), "{en}");
}
