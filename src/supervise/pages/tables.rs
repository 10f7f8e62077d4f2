//! Supervision as tables: the matrices of the city, its releases and borders, the results of a district.

use super::super::{Check, Severity, Supervision};
use super::mark;
use crate::formats::Table;
use crate::formats::fields::{count_field, plain, real_field, text_field};
use crate::land::{Lang, Text};
use crate::say;
use crate::supervise::rules::UseRule;

/// District × check.
pub fn by_check(found: &Supervision) -> Table<'static> {
    let every = || 0..found.districts.len();
    let count = |name: &str, title: Text, severity: Severity| {
        count_field(name, title, every().map(|at| Some(found.count(at, severity) as i64)))
    };
    let newest = every().map(|at| found.districts[at].newest().and_then(|held| held.base));
    let mut fields = vec![
        text_field("district", say!("district", "区县"), found.districts.iter().map(|own| &own.name)),
        text_field(
            "base",
            say!("base date", "估价期日"),
            newest.map(|day| day.map(|day| day.to_string()).unwrap_or_default()),
        ),
    ];
    for check in Check::ALL {
        // The sheet of the checks says what each is.
        let id = check.id();
        let title = Text::same(&id);
        fields.push(text_field(&id.to_lowercase(), title, every().map(|at| mark(found, at, check))));
    }
    fields.extend([
        count("errors", say!("errors", "错误"), Severity::Error),
        count("warnings", say!("warnings", "警告"), Severity::Warning),
        count("notes", say!("notes", "提示"), Severity::Note),
        real_field("score", say!("points", "得分"), every().map(|at| Some(found.score(at)))).shown_with(0),
    ]);
    plain("by_check", say!("summary by check", "汇总(检查项)"), fields, found.districts.len())
}

/// District × use: the number of grades, from the dearest to the cheapest price.
pub fn by_use(found: &Supervision, lang: Lang) -> Table<'static> {
    let (heads, rows) = uses(found, lang);
    let mut fields =
        vec![text_field("district", say!("district", "区县"), found.districts.iter().map(|own| &own.name))];
    for (at, head) in heads.iter().enumerate() {
        let cells =
            rows.iter().map(|row| row[at].as_ref().map(|text| text.in_lang(lang).to_string()).unwrap_or_default());
        fields.push(text_field(&format!("use_{}", at + 1), Text::same(head), cells));
    }
    plain("by_use", say!("summary by use", "汇总(用途)"), fields, found.districts.len())
}

/// The uses of the rules and those beside them, and what each district has of them.
pub fn uses(found: &Supervision, lang: Lang) -> (Vec<String>, Vec<Vec<Option<Text>>>) {
    // The key of a use is its English name.
    let titled = |rule: &UseRule| if lang == Lang::Zh { rule.title.clone() } else { rule.key.clone() };
    let mut heads: Vec<String> = found.rules.uses.iter().map(titled).collect();
    let mut rows: Vec<Vec<Option<Text>>> = Vec::new();
    for district in &found.districts {
        let mut row: Vec<Option<Text>> = vec![None; heads.len()];
        for (number, head) in (0_u8..).zip(district.current().map_or(&[][..], |release| &release.uses)) {
            let release = district.current();
            let cells = release.iter().flat_map(|release| &release.cells).filter(|cell| cell.use_index == number);
            let prices: Vec<f64> = cells.filter_map(|cell| cell.published).collect();
            if prices.is_empty() {
                continue;
            }
            let rule = found.rules.use_of(&head.key, &head.name).map_or_else(|| head.name.clone(), titled);
            let at = heads.iter().position(|known| *known == rule).unwrap_or_else(|| {
                heads.push(rule);
                row.push(None);
                heads.len() - 1
            });
            let (count, high, low) = (
                prices.len(),
                prices.iter().copied().fold(f64::NEG_INFINITY, f64::max),
                prices.iter().copied().fold(f64::INFINITY, f64::min),
            );
            row[at] = Some(say!("{count} grades, {high}–{low}", "{count} 级,{high}–{low}"));
        }
        rows.push(row);
    }
    rows.iter_mut().for_each(|row| row.resize(heads.len(), None));
    // Recommended uses that no district has are told by U5, not by empty columns.
    let kept: Vec<usize> = (0..heads.len())
        .filter(|at| {
            found.rules.uses.get(*at).is_some_and(|rule| rule.required) || rows.iter().any(|row| row[*at].is_some())
        })
        .collect();
    let heads = kept.iter().map(|at| heads[*at].clone()).collect();
    let rows = rows.into_iter().map(|row| kept.iter().map(|at| row[*at].clone()).collect()).collect();
    (heads, rows)
}

/// Every release of every district.
pub fn releases(found: &Supervision, lang: Lang) -> Table<'static> {
    let rows: Vec<_> =
        found.districts.iter().flat_map(|own| own.releases.iter().map(move |held| (own, held))).collect();
    let day = |day: Option<jiff::civil::Date>| day.map(|day| day.to_string()).unwrap_or_default();
    let origin = |origin: crate::release::Origin| match origin {
        crate::release::Origin::Computed => say!("computed", "计算"),
        crate::release::Origin::Imported => say!("imported", "导入"),
    };
    let fields = vec![
        text_field("district", say!("district", "区县"), rows.iter().map(|(own, _)| &own.name)),
        text_field("place", say!("folder", "文件夹"), rows.iter().map(|(_, held)| &held.place)),
        text_field("title", say!("title", "名称"), rows.iter().map(|(_, held)| &held.title)),
        text_field("base", say!("base date", "估价期日"), rows.iter().map(|(_, held)| day(held.base))),
        text_field("published", say!("published", "公布日期"), rows.iter().map(|(own, held)| day(own.published(held)))),
        text_field("sealed", say!("sealed", "封存日期"), rows.iter().map(|(_, held)| &held.sealed_on)),
        text_field(
            "origin",
            say!("origin", "来源"),
            rows.iter().map(|(_, held)| origin(held.origin).in_lang(lang).to_string()),
        ),
    ];
    plain("releases", say!("releases", "成果"), fields, rows.len())
}

/// The common borders, by use.
pub fn borders(found: &Supervision) -> Table<'static> {
    let rows: Vec<_> =
        found.neighbours.iter().flat_map(|own| own.borders.pairs.iter().map(move |pair| (own, pair))).collect();
    let known = |value: f64| Some(value).filter(|value| value.is_finite());
    let name = |at: usize| found.districts[at].name.clone();
    let fields = vec![
        text_field("one", say!("one side", "一侧"), rows.iter().map(|(own, _)| name(own.one))),
        text_field("other", say!("other side", "另一侧"), rows.iter().map(|(own, _)| name(own.other))),
        text_field(
            "use",
            say!("use", "用途"),
            rows.iter().map(|(own, pair)| own.borders.uses[usize::from(pair.land_use)].name.clone()),
        ),
        real_field("length", say!("common border", "共同边界"), rows.iter().map(|(_, pair)| Some(pair.length)))
            .in_unit("m")
            .shown_with(1),
        real_field("compared", say!("compared", "可比长度"), rows.iter().map(|(_, pair)| Some(pair.compared)))
            .in_unit("m")
            .shown_with(1),
        real_field(
            "mean_gap",
            say!("mean gap |ln(a/b)|", "平均价差 |ln(a/b)|"),
            rows.iter().map(|(_, pair)| known(pair.mean_gap)),
        )
        .shown_with(4),
        real_field("greatest", say!("greatest gap", "最大价差"), rows.iter().map(|(_, pair)| known(pair.greatest_gap)))
            .shown_with(4),
        real_field(
            "share_over",
            say!("share beyond the ratio", "超限长度占比"),
            rows.iter().map(|(_, pair)| known(pair.share_over * 100.0)),
        )
        .in_unit("%")
        .shown_with(2),
        real_field("flagged", say!("flagged", "标记长度"), rows.iter().map(|(_, pair)| Some(pair.flagged_length)))
            .in_unit("m")
            .shown_with(1),
    ];
    plain("borders", say!("borders", "边界"), fields, rows.len())
}

/// What every check is.
pub fn formulas(lang: Lang) -> Table<'static> {
    let texts: Vec<[Text; 2]> = Check::ALL.iter().map(|check| check.text()).collect();
    let fields = vec![
        text_field("check", say!("check", "检查项"), Check::ALL.iter().map(|check| check.id())),
        text_field("title", say!("title", "名称"), texts.iter().map(|[title, _]| title.in_lang(lang).to_string())),
        text_field(
            "formula",
            say!("formula", "公式"),
            texts.iter().map(|[_, formula]| formula.in_lang(lang).to_string()),
        ),
    ];
    plain("checks", say!("checks", "检查项说明"), fields, texts.len())
}

/// The results of some districts, one row each.
pub fn items(found: &Supervision, districts: &[usize], name: &str, lang: Lang) -> Table<'static> {
    let rows: Vec<_> = districts.iter().flat_map(|&at| found.items[at].iter().map(move |item| (at, item))).collect();
    let text = |text: &Text| text.in_lang(lang).to_string();
    let fields = vec![
        text_field("district", say!("district", "区县"), rows.iter().map(|(at, _)| &found.districts[*at].name)),
        text_field("check", say!("check", "检查项"), rows.iter().map(|(_, item)| item.check.id())),
        text_field("title", say!("title", "名称"), rows.iter().map(|(_, item)| text(&item.check.text()[0]))),
        text_field("use", say!("use", "用途"), rows.iter().map(|(_, item)| &item.land_use)),
        text_field("status", say!("result", "结果"), rows.iter().map(|(_, item)| text(&item.title()))),
        text_field("what", say!("what was found", "说明"), rows.iter().map(|(_, item)| text(&item.sentence()))),
        text_field("measured", say!("measured", "实测"), rows.iter().map(|(_, item)| text(&item.measured))),
        text_field("limit", say!("limit", "限值"), rows.iter().map(|(_, item)| text(&item.limit))),
        text_field("source", say!("source", "出处"), rows.iter().map(|(_, item)| text(&item.source))),
    ];
    plain(name, say!("results", "检查结果"), fields, rows.len())
}
