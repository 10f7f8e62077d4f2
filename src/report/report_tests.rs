use super::*;
use crate::land::progress::Unwatched;

fn report(lang: Lang) -> Report {
    let mut release = crate::publish::fixture::city();
    release.uses[0].name = "商业<script>|用地".to_string();
    let subject = Subject {
        release: &release,
        project: None,
        content_digest: "ab12",
        sealed_on: "2026-01-31",
        experts: None,
        profits: None,
    };
    make(&subject, lang, &Unwatched)
}

#[test]
fn both_forms_say_the_same_chapters_in_both_languages() {
    for (lang, chapters) in [(Lang::En, ["Weights", "Open decisions"]), (Lang::Zh, ["因素权重", "待定事项"])] {
        let report = report(lang);
        let (markdown, html) = (markdown::text(&report, lang), html::text(&report, lang));
        for chapter in chapters {
            assert!(markdown.contains(&format!("## {chapter}")), "{markdown}");
            assert!(html.contains(&format!(">{chapter}</h2>")));
        }
    }
}

#[test]
fn text_from_data_is_text() {
    let report = report(Lang::Zh);
    let (markdown, html) = (markdown::text(&report, Lang::Zh), html::text(&report, Lang::Zh));
    assert!(!html.contains("<script"));
    assert!(html.contains("商业&lt;script&gt;|用地"));
    assert!(markdown.contains("商业\\<script\\>\\|用地"));
}

#[test]
fn every_figure_of_the_markdown_is_written_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("report");
    let made = report(Lang::En);
    let files = write(&made, &target, Lang::En).unwrap();
    assert!(files.iter().all(|file| file.is_file()), "{files:?}");
    let markdown = std::fs::read_to_string(target.join("report.md")).unwrap();
    let linked: Vec<&str> = markdown.split("](").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert!(linked.iter().all(|name| target.join(name).is_file()), "{linked:?}");
    assert_eq!(files.len(), 2 + linked.len());
}
