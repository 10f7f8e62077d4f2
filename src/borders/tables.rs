//! Borders as tables to write: the review list, every border, islands, the borders of districts, what was done to prices.

use super::{Border, Borders, Flag, Level, Side};
use crate::formats::fields::{count_field, plain, real_field, text_field};
use crate::formats::{Field, Table};
use crate::land::{Lang, Text};
use crate::say;
use crate::space::{Kind, Shapes};

/// Codes for programs, or words for readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    Codes,
    Titles(Lang),
}

impl Words {
    fn pick(self, code: &str, title: &Text) -> String {
        match self {
            Words::Codes => code.to_string(),
            Words::Titles(lang) => title.in_lang(lang).to_string(),
        }
    }
}

/// A side of a border.
type Of = fn(&Border) -> &Side;

/// The borders at `rows`, which are places among [`Borders::borders`].
pub fn list(found: &Borders, rows: &[usize], name: &str, title: Text, words: Words) -> Table<'static> {
    let borders = || rows.iter().map(|&row| &found.borders[row]);
    let known = |value: f64| Some(value).filter(|value| value.is_finite());
    let land_use = |border: &Border| {
        let own = &found.uses[usize::from(border.land_use)];
        words.pick(&own.key, &Text::same(&own.name))
    };
    let flags = |border: &Border| {
        let all: Vec<String> = border.flags.iter().map(|flag| words.pick(flag.name(), &flag.title())).collect();
        all.join(";")
    };
    let mut fields: Vec<Field<'static>> = vec![
        count_field("rank", say!("rank", "序号"), borders().map(|b| (b.rank > 0).then_some(i64::from(b.rank)))),
        text_field("level", say!("between", "层次"), borders().map(|b| words.pick(b.level.name(), &b.level.title()))),
        text_field("use", say!("use", "用途"), borders().map(land_use)),
        text_field("flags", say!("flags", "标记"), borders().map(flags)),
    ];
    let sides: [(&str, Text, Of); 2] =
        [("one", say!("one side", "一侧"), |b| &b.one), ("other", say!("other side", "另一侧"), |b| &b.other)];
    for (key, Text { en, zh }, side) in sides {
        let release = |border: &Border| found.releases[usize::from(side(border).release)].clone();
        let titled =
            |english: &str, chinese: &str| Text { en: format!("{en}: {english}"), zh: format!("{zh}{chinese}") };
        if found.releases.len() > 1 {
            fields.push(text_field(&format!("rel_{key}"), titled("release", "成果"), borders().map(release)));
        }
        fields.push(text_field(
            &format!("id_{key}"),
            titled("identifier", "编号"),
            borders().map(|b| side(b).id.clone()),
        ));
        if found.options.district.is_some() {
            let district = borders().map(|b| side(b).district.clone());
            fields.push(text_field(&format!("dist_{key}"), titled("district", "区县"), district));
        }
        let grade = borders().map(|b| Some(i64::from(side(b).grade)));
        fields.push(count_field(&format!("gr_{key}"), titled("grade", "级别"), grade));
        let price = borders().map(|b| known(side(b).price));
        fields.push(real_field(&format!("pr_{key}"), titled("published price", "公布价格"), price).in_unit("元/㎡"));
        let common = borders().map(|b| known(side(b).common));
        let common = real_field(&format!("cp_{key}"), titled("price at common premises", "统一内涵价格"), common);
        fields.push(common.in_unit("元/㎡").shown_with(2));
        let area = borders().map(|b| known(side(b).area));
        fields.push(real_field(&format!("ar_{key}"), titled("area", "面积"), area).in_unit("㎡").shown_with(2));
    }
    fields.extend([
        real_field("length", say!("length", "边界长度"), borders().map(|b| Some(b.length))).in_unit("m").shown_with(1),
        count_field("step", say!("step of grades", "级差"), borders().map(|b| b.step.map(i64::from))),
        real_field("ratio", say!("ratio of prices", "价格比"), borders().map(|b| known(b.ratio()))).shown_with(4),
        real_field("gap", say!("gap |ln(a/b)|", "价差 |ln(a/b)|"), borders().map(|b| known(b.gap))).shown_with(4),
        real_field("inner", say!("larger inner step", "相邻级间最大价差"), borders().map(|b| known(b.inner)))
            .shown_with(4),
    ]);
    plain(name, title, fields, rows.len())
}

/// The lines of `rows`.
pub fn shapes(found: &Borders, rows: &[usize]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Line);
    for &row in rows {
        found.borders[row].paths.iter().for_each(|path| shapes.push_ring(path, true));
        shapes.end_feature();
    }
    shapes
}

/// One row per pair of districts and use.
pub fn pairs(found: &Borders, words: Words) -> Table<'static> {
    let pairs = || found.pairs.iter();
    let known = |value: f64| Some(value).filter(|value| value.is_finite());
    let percent = |value: f64| known(value * 100.0);
    let land_use = |at: u8| {
        let own = &found.uses[usize::from(at)];
        words.pick(&own.key, &Text::same(&own.name))
    };
    let limit = found.options.ratio;
    let fields = vec![
        text_field("use", say!("use", "用途"), pairs().map(|pair| land_use(pair.land_use))),
        text_field("one", say!("one side", "一侧"), pairs().map(|pair| &pair.one)),
        text_field("other", say!("other side", "另一侧"), pairs().map(|pair| &pair.other)),
        real_field("length", say!("common border", "共同边界"), pairs().map(|p| Some(p.length)))
            .in_unit("m")
            .shown_with(1),
        real_field("compared", say!("with prices on both sides", "两侧均可比价"), pairs().map(|p| Some(p.compared)))
            .in_unit("m")
            .shown_with(1),
        real_field("mean_gap", say!("mean gap by length", "按长度加权平均价差"), pairs().map(|p| known(p.mean_gap)))
            .shown_with(4),
        real_field("greatest", say!("greatest gap", "最大价差"), pairs().map(|p| known(p.greatest_gap))).shown_with(4),
        real_field(
            "share_over",
            say!("share beyond a ratio of {limit}", "价格比超过 {limit} 的长度占比"),
            pairs().map(|p| percent(p.share_over)),
        )
        .in_unit("%")
        .shown_with(2),
        count_field("flagged", say!("borders flagged", "标记边界数"), pairs().map(|p| Some(p.flagged as i64))),
        real_field("flagged_m", say!("their length", "标记边界长度"), pairs().map(|p| Some(p.flagged_length)))
            .in_unit("m")
            .shown_with(1),
    ];
    plain("pairs", say!("borders of districts", "区县边界"), fields, found.pairs.len())
}

/// How many of each kind there are.
pub fn counts(found: &Borders, lang: Lang) -> Table<'static> {
    let mut lines: Vec<(Text, usize)> = vec![
        (say!("pairs of neighbouring zones", "相邻级别范围对数"), found.looked_at[0]),
        (say!("pairs of neighbouring units", "相邻单元对数"), found.looked_at[1]),
        (say!("borders listed", "列出的边界"), found.borders.len()),
    ];
    for flag in Flag::ALL {
        for level in [Level::Zone, Level::Unit] {
            let of = |border: &&Border| border.level == level && border.flags.contains(flag);
            let (Text { en, zh }, Text { en: level_en, zh: level_zh }) = (flag.title(), level.title());
            lines.push((say!("{en}, {level_en}s", "{zh}({level_zh})"), found.borders.iter().filter(of).count()));
        }
    }
    let fields = vec![
        text_field("item", say!("item", "项目"), lines.iter().map(|(item, _)| item.in_lang(lang))),
        count_field("count", say!("count", "数量"), lines.iter().map(|(_, count)| Some(*count as i64))),
    ];
    plain("summary", say!("summary", "概要"), fields, lines.len())
}
