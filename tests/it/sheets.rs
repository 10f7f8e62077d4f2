//! Print sheets of the sample city: what is on them is what the release and its tables say, read by another program.

use crate::cli::{Room, call, city, copy, landgrade, release};
use crate::tools;
use std::collections::HashMap;
use std::path::Path;

/// Small sheets of few dots.
const SMALL: &str =
    "[paper]\nsize = \"A4\"\ndpi = 50\n[words]\nmaker = \"样例市自然资源局 <b>&\"\ndocument = \"样政发〔2025〕1号\"\n";

/// Draws sheets with a layout and hands over their names; `None` where the machine has no font for them.
fn drawn(room: &Path, to: &str, layout: &str, more: &[&str]) -> Option<Vec<String>> {
    drawn_of(&release(), room, to, layout, more)
}

fn drawn_of(own: &str, room: &Path, to: &str, layout: &str, more: &[&str]) -> Option<Vec<String>> {
    let file = room.join(format!("{to}.toml"));
    std::fs::write(&file, layout).unwrap();
    let folder = room.join(to);
    let args =
        ["publish", own, "--to", folder.to_str().unwrap(), "--formats", "sheets", "--layout", file.to_str().unwrap()];
    let ran = landgrade(&[&args[..], more].concat());
    if ran.err.contains("[no-font]") {
        eprintln!("skipped: this machine has no font with Chinese characters");
        return None;
    }
    ran.ends(0);
    let mut names: Vec<String> = tools::files_below(&folder).into_iter().map(|file| file.0).collect();
    names.sort();
    Some(names)
}

fn prices() -> Vec<HashMap<String, String>> {
    let mut table = csv::Reader::from_path(city().join("releases/2025/prices.csv")).unwrap();
    let heads = table.headers().unwrap().clone();
    let row = |row: csv::StringRecord| heads.iter().zip(&row).map(|(head, cell)| (head.into(), cell.into())).collect();
    table.records().map(|record| row(record.unwrap())).collect()
}

/// The text of a PDF as Poppler reads it, in one line.
fn text(pdf: &Path) -> Option<String> {
    if !tools::installed("pdftotext") {
        eprintln!("skipped: pdftotext is not installed");
        return None;
    }
    let text = tools::program("pdftotext", &["-layout", pdf.to_str().unwrap(), "-"], "")?;
    Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn a_price_map_bears_the_published_prices_as_text() {
    let room = Room::new();
    let Some(names) = drawn(room.path(), "maps", SMALL, &["--lang", "zh"]) else { return };
    for map in ["grades", "prices", "samples"] {
        for ending in ["pdf", "png"] {
            assert!(names.contains(&format!("{map}_residential.{ending}")), "{names:?}");
        }
    }
    assert!(!names.iter().any(|name| name.starts_with("changes")), "no release before was named: {names:?}");
    // A4 lies across: 297 mm at 50 dots per inch are 585.
    let png = std::fs::read(room.path().join("maps/prices_residential.png")).unwrap();
    let size = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    let mut sides = [size(16), size(20)];
    sides.sort_unstable();
    assert_eq!(sides, [413, 585]);
    let Some(text) = text(&room.path().join("maps/prices_residential.pdf")) else { return };
    let own = prices();
    let own: Vec<_> = own.iter().filter(|row| row["use"] == "residential" && !row["published"].is_empty()).collect();
    assert!(own.len() > 2);
    for row in own {
        let price: f64 = row["published"].parse().unwrap();
        assert!(text.contains(&price.to_string()), "{price} in {text}");
        // 1 元/㎡ = 1/15 万元/亩.
        let per_mu = format!("{:.2}", (price / 15.0 * 100.0).round() / 100.0);
        assert!(text.contains(&per_mu), "{per_mu} in {text}");
    }
    for words in [
        "居住用地基准地价图",
        "图例",
        "万元/亩",
        "容积率",
        "比例尺 1:",
        "估价期日：2025-12-31",
        "样例市自然资源局 <b>&",
        "样政发〔2025〕1号",
        "基准地价是评估结果，不是成交价格。",
        "地面地价 元/㎡",
        "地价类型：地面地价",
        "成果：2025（草案）",
        "其他用途的土地",
        " km",
    ] {
        assert!(text.contains(words), "{words} in {text}");
    }
    let pdf = room.path().join("maps/prices_residential.pdf").display().to_string();
    let Some(told) = tools::program("pdfinfo", &[&pdf], "") else { return };
    assert!(told.lines().any(|line| line.starts_with("Title:") && line.ends_with("居住用地基准地价图")), "{told}");
}

/// The last stage stands with its date and document, whatever day it is.
#[test]
fn sheets_tell_the_stage_that_the_life_notes() {
    let room = Room::new();
    let own = room.path().join("2025");
    copy(Path::new(&release()), &own);
    let own = own.display().to_string();
    for (date, told) in [
        ("2999-01-01", "release 2025 (hearing, 2999-01-01, 听3)"),
        ("2026-01-10", "release 2025 (hearing, 2026-01-10, 听3)"),
    ] {
        let _ = std::fs::remove_file(room.path().join("2025.life.json"));
        call(&format!("life {own} --to hearing --date {date} --document 听3")).ends(0);
        if drawn_of(&own, room.path(), date, SMALL, &[]).is_none() {
            return;
        }
        let Some(text) = text(&room.path().join(date).join("prices_residential.pdf")) else { return };
        assert!(text.contains(told), "{told} in {text}");
    }
}

#[test]
fn what_maps_do_not_tell_is_listed() {
    let room = Room::new();
    if drawn(room.path(), "maps", SMALL, &[]).is_none() {
        return;
    }
    let list = std::fs::read_to_string(room.path().join("maps/losses.csv")).unwrap();
    let of = |name: &str| list.lines().filter(|line| line.starts_with(name)).collect::<Vec<_>>().join(" ");
    let (pdf, png) = (of("grades_residential.pdf"), of("grades_residential.png"));
    let told = pdf.split(" parts smaller than 40 mm²").next().and_then(|before| before.rsplit(',').next());
    assert!(told.and_then(|count| count.parse::<u32>().ok()).is_some_and(|count| count > 0), "{pdf}");
    assert!(png.contains("its text is part of the picture") && !pdf.contains("its text"), "{png}");
}

#[test]
fn the_same_sheets_have_the_same_bytes() {
    let room = Room::new();
    let Some(_) = drawn(room.path(), "one", SMALL, &["--threads", "1"]) else { return };
    drawn(room.path(), "two", SMALL, &["--threads", "2"]);
    let [one, two] = ["one", "two"].map(|to| tools::files_below(&room.path().join(to)));
    assert!(one.len() > 10 && one == two);
}

#[test]
fn changes_are_drawn_against_the_release_before_and_large_cities_on_several_sheets() {
    let room = Room::new();
    let layout = format!("{SMALL}[map]\nscale = 5000\n");
    let later = city().join("releases/2026").display().to_string();
    let earlier = ["--previous", &release()];
    let Some(names) = drawn_of(&later, room.path(), "maps", &layout, &earlier) else { return };
    assert!(names.contains(&"changes_residential.pdf".to_string()), "{names:?}");
    let sheets: Vec<&String> =
        names.iter().filter(|name| name.starts_with("prices_residential") && name.ends_with(".pdf")).collect();
    assert!(sheets.len() > 2, "an index and detail sheets: {sheets:?}");
    assert_eq!(
        *sheets.last().unwrap(),
        "prices_residential_01.pdf".replace("01", &format!("{:02}", sheets.len() - 1)).as_str()
    );
    if let Some(text) = text(&room.path().join("maps/changes_residential.pdf")) {
        assert!(text.contains("growth of price") && text.contains("2025 to 2026"), "{text}");
        assert!(text.contains("−5 to below 0 %") && text.contains("border of grades"), "{text}");
        assert!(text.contains(&format!("index of {} sheets", sheets.len() - 1)), "{text}");
    }
    if let Some(text) = text(&room.path().join("maps/prices_residential_01.pdf")) {
        assert!(text.contains("1:5000") && text.contains("sheet 1 of"), "{text}");
        assert!(text.contains("adjoining sheets"), "{text}");
    }
}

#[test]
fn what_sheets_cannot_be_made_of_is_told() {
    let room = Room::new();
    let (own, to) = (release(), room.at("x"));
    let later = city().join("releases/2026").display().to_string();
    for (new, old) in [(&own, &own), (&own, &later)] {
        let line = format!("publish {new} --to {to} --formats sheets --previous {old}");
        call(&line).ends(2).tells("not-earlier", &["--previous"]);
    }
    assert!(!room.path().join("x").exists());
    let atlas = room.path().join("atlas.toml");
    std::fs::write(&atlas, "[map]\nscale = 100\n").unwrap();
    let line = format!("publish {own} --to {to} --formats sheets --layout {}", atlas.display());
    call(&line).ends(2).tells("too-many-sheets", &["scale"]);
    let layout = room.path().join("own.toml");
    for (text, words) in
        [("[paper]\nsize = \"B5\"\n", "A4"), ("[map]\nskale = 1\n", "map.skale"), ("[paper", "own.toml")]
    {
        std::fs::write(&layout, text).unwrap();
        let ran = call(&format!("publish {own} --to {to} --formats sheets --layout {}", layout.display())).ends(2);
        ran.tells("bad-layout", &[words]);
    }
    call(&format!("publish {own} --to {to} --formats csv --previous {own}"))
        .ends(2)
        .tells("foreign-option", &["--previous"]);
    std::fs::write(&layout, "[paper]\nsize = \"A0\"\ndpi = 600\n").unwrap();
    let ran = call(&format!("publish {own} --to {to} --formats sheets --layout {}", layout.display()));
    if !ran.err.contains("[no-font]") {
        ran.ends(2).tells("picture-too-large", &["600"]);
    }
    assert!(!Path::new(&to).exists(), "nothing is written where something is wrong");
    let shipped = call("publish --show-layout").ends(0).out;
    assert!(shipped.contains("[paper]") && shipped.contains("scales = ["), "{shipped}");
}
