use super::*;
use crate::compare::fixture::{cell, release};
use crate::land::progress::Unwatched;
use crate::release::{Release, seal};
use crate::supervise::{Rules, supervise};
use calamine::{Data, Reader, open_workbook_auto};
use jiff::civil::date;

const HOSTILE: &str = "西区 <script>alert(1)</script>";

/// A district's release: one square of commercial land at `x`.
fn district(name: &str, year: u16, x: f64, price: f64) -> Release {
    let units = [("a", 0, [x, 0.0, x + 10.0, 10.0], 1, price), ("b", 0, [x, 10.0, x + 10.0, 20.0], 2, price * 0.8)];
    let mut release = release(name, &units);
    release.cells = vec![cell(0, 1, price, 100.0), cell(0, 2, price * 0.8, 100.0)];
    release.head.base_date = Some(format!("{year}-01-01"));
    release.head.index = "quarter,commercial\n2021Q1,100\n2024Q1,110\n".to_string();
    release
}

fn city(folder: &Path, order: &[usize]) -> Supervision {
    let made =
        [("east", "2021", 2021, 0.0, 1000.0), ("east", "2024", 2024, 0.0, 1100.0), ("west", "2021", 2021, 10.0, 600.0)];
    for at in order {
        let (place, name, year, x, price) = made[*at];
        let inside = folder.join(place).join("releases");
        std::fs::create_dir_all(&inside).unwrap();
        seal(&mut district(name, year, x, price), &inside, date(2026, 1, 1), None).unwrap();
    }
    let names = format!(
        "title = \"=1+1\"\n[[districts]]\nfolder = \"west\"\nname = \"{HOSTILE}\"\n[[districts]]\nfolder = \"east\"\nname = \"=HYPERLINK(1)\"\n"
    );
    std::fs::write(folder.join("supervision.toml"), names).unwrap();
    std::fs::write(
        folder.join("east/documents.csv"),
        "release,kind,date,number\n2024,公布,2024-06-01,<b>1号\n2024,odd,x,y\n",
    )
    .unwrap();
    supervise(folder, Rules::default(), date(2026, 6, 30), &Unwatched).unwrap()
}

#[test]
fn pages_hold_every_district_and_hostile_names_are_text() {
    let (folder, out) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let found = city(folder.path(), &[0, 1, 2]);
    let written = write(&found, out.path(), Lang::Zh).unwrap();
    assert_eq!(written.len(), 6);
    let text = |name: &str| std::fs::read_to_string(out.path().join(name)).unwrap();
    let page = text("supervision.html");
    assert!(!page.contains("<script") && page.contains("西区 &lt;script&gt;alert(1)&lt;/script&gt;"));
    for part in ["区县 × 检查项", "区县 × 用途", "U20", "documents.csv 第 3 行无法读取", "<svg", "2024-06-01"]
    {
        assert!(page.contains(part), "{part}");
    }
    assert!(
        !page.contains("http://")
            || page.matches("http://").count() == page.matches("http://www.w3.org/2000/svg").count()
    );
    for name in ["timeline.svg", "map.svg"] {
        assert!(!text(name).contains("<script"), "{name}");
    }
    let mut book = open_workbook_auto(out.path().join("supervision.xlsx")).unwrap();
    let names = book.sheet_names();
    assert_eq!(names.len(), 7, "{names:?}");
    let summary = book.worksheet_range(&names[0]).unwrap();
    let cells: Vec<String> = summary.rows().flatten().map(Data::to_string).collect();
    assert!(cells.contains(&"=HYPERLINK(1)".to_string()) && cells.contains(&HOSTILE.to_string()), "{cells:?}");
    assert!(text("items.csv").contains("'=HYPERLINK(1)"), "a spreadsheet takes it for text");
    // 660 (600 by 110/100) beside 1100: ln 1.667 is above 1.5 · ln 1.25.
    let borders = text("borders.csv");
    assert!(borders.contains(",商业,20,20,0.5108"), "{borders}");
}

#[test]
fn results_are_the_same_whatever_the_order_in_which_folders_came_to_be() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let outs = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    for ((folder, out), order) in folders.iter().zip(&outs).zip([[0, 1, 2], [2, 1, 0]]) {
        write(&city(folder.path(), &order), out.path(), Lang::En).unwrap();
    }
    for name in ["supervision.html", "supervision.xlsx", "items.csv", "borders.csv", "timeline.svg", "map.svg"] {
        let [one, other] = [0, 1].map(|at: usize| std::fs::read(outs[at].path().join(name)).unwrap());
        assert!(one == other, "{name}");
    }
}

#[test]
fn the_summary_holds_every_item_with_figure_limit_and_source() {
    let folder = tempfile::tempdir().unwrap();
    let found = city(folder.path(), &[0, 1, 2]);
    let json = found.summary(Lang::En);
    let east = &json["districts"][0];
    assert_eq!((east["folder"].as_str(), east["releases"].as_array().unwrap().len()), (Some("east"), 2));
    assert_eq!(east["releases"][1]["published"], "2024-06-01");
    let age = &east["items"][0];
    assert_eq!((age["check"].as_str(), age["status"].as_str()), (Some("U1"), Some("passed")));
    assert_eq!(json["districts"][1]["items"][0]["status"], "warning", "2021-01-01 is overdue in 2026");
    let seen: std::collections::BTreeSet<&str> =
        east["items"].as_array().unwrap().iter().filter_map(|item| item["check"].as_str()).collect();
    assert_eq!(seen.len(), 20);
}

#[test]
fn a_damaged_release_is_told_and_the_others_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    city(folder.path(), &[0, 1, 2]);
    let units = folder.path().join("east/releases/2024/units.parquet");
    let mut bytes = std::fs::read(&units).unwrap();
    bytes[20] ^= 1;
    std::fs::write(&units, bytes).unwrap();
    let found = supervise(folder.path(), Rules::default(), date(2026, 6, 30), &Unwatched).unwrap();
    assert_eq!((found.districts[0].unread, found.districts[1].unread), (1, 0));
    assert!(found.districts[0].notes.iter().any(|note| note.en.contains("units.parquet is not as it was sealed")));
    assert!(found.items[0].iter().filter(|item| item.check.0 == 8).all(|item| item.word() == "not-checked"));
}

#[test]
fn a_folder_without_districts_is_a_fault() {
    let folder = tempfile::tempdir().unwrap();
    let code =
        |folder: &Path| supervise(folder, Rules::default(), date(2026, 1, 1), &Unwatched).err().map(|fault| fault.code);
    assert_eq!(code(folder.path()), Some("no-districts"));
    assert_eq!(code(&folder.path().join("nowhere")), Some("missing-folder"));
    std::fs::write(folder.path().join("supervision.toml"), "[[districts]]\nfolder = \"x\"\n").unwrap();
    assert_eq!(code(folder.path()), Some("missing-folder"));
    std::fs::write(folder.path().join("supervision.toml"), "titel = 1\n").unwrap();
    assert_eq!(code(folder.path()), Some("bad-supervision"));
}
