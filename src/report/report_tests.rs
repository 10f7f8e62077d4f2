use super::*;
use crate::land::progress::Unwatched;

fn report(lang: Lang) -> Report {
    let mut release = crate::publish::fixture::city();
    release.uses[0].name = "商业<script>|用地".to_string();
    let subject = Subject {
        jumps: Default::default(),
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
        let (markdown, html) = (report.markdown(lang), report.html(lang));
        for chapter in chapters {
            assert!(markdown.contains(&format!("## {chapter}")), "{markdown}");
            assert!(html.contains(&format!(">{chapter}</h2>")));
        }
    }
}

#[test]
fn text_from_data_is_text() {
    let report = report(Lang::Zh);
    let (markdown, html) = (report.markdown(Lang::Zh), report.html(Lang::Zh));
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

/// A name per sample where an industry is meant, and texts that try to be more than texts, in a table of three hundred rows.
#[test]
fn a_table_that_was_handed_in_neither_floods_nor_commands_the_report() {
    let release = crate::publish::fixture::hamlet();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("<b>.csv");
    let rows = (0..300)
        .map(|at| format!("=s{at},00000{},<i>{at}|,{}\n", 1 + at % 3, if at == 7 { -1 } else { 50 - at % 3 * 9 }));
    let table = format!("id,unit,industry,profit\n{}x,zz,,1\n", rows.collect::<String>());
    std::fs::write(&path, &table).unwrap();
    let profits = profits(&release, &path, None).unwrap();
    let experts = path.with_file_name("e.csv");
    std::fs::write(&experts, "unit,grade,reason\n000002,1,\"</td><script>\"\n000003,9,\n").unwrap();
    let experts = super::experts(&release, &experts, None).unwrap();
    let subject = Subject {
        jumps: Default::default(),
        release: &release,
        project: None,
        content_digest: "ab12",
        sealed_on: "2026-01-31",
        experts: Some(&experts),
        profits: Some(&profits),
    };
    let made = make(&subject, Lang::En, &Unwatched);
    let (markdown, html) = (made.markdown(Lang::En), made.html(Lang::En));
    assert!(!html.contains("<i>") && !html.contains("<script") && !html.contains("<b>"));
    assert!(html.contains("&lt;i&gt;0|") && html.contains("&lt;b&gt;.csv"));
    assert!(markdown.contains("\\<i\\>0\\|") && markdown.contains("Further rows of this table: 100."));
    assert!(markdown.contains(&format!("{} bytes, SHA-256 {}", table.len(), crate::release::digest::of_bytes(&table))));
    let target = folder.path().join("report");
    let files = write(&made, &target, Lang::En).unwrap();
    assert_eq!(files.len(), names(&made).len());
    let all = std::fs::read_to_string(target.join("profits.csv")).unwrap();
    assert!(all.lines().count() == 301 && all.contains(",'=s0,"), "{}", &all[..200]);
    assert!(
        std::fs::read_to_string(target.join("profits_left_out.csv"))
            .unwrap()
            .contains("302,the release has no such unit,zz")
    );
    assert!(
        std::fs::read_to_string(target.join("experts_left_out.csv")).unwrap().contains("3,the use has no such grade,9")
    );
}
