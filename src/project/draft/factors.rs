//! The factors of a draft: the form each role takes, with radii and scores to start from.

use super::choose::Unused;
use super::home::Home;
use super::quote::{comment, quoted};
use super::roles::{Role, Told};
use super::{FieldInfo, FieldKind, LayerInfo, fields};
use std::fmt::Write;

/// A factor ready to be written.
pub(super) struct Drafted {
    pub key: String,
    /// What readers see.
    pub name: String,
    pub role: Role,
    pub text: String,
}

/// A factor for each layer that can be one; the others with what they lack.
pub(super) fn draft<'a>(layers: &[(&'a LayerInfo, Told)], home: &Home) -> (Vec<Drafted>, Vec<Unused<'a>>) {
    let (mut drafted, mut unused): (Vec<Drafted>, _) = (Vec::new(), Vec::new());
    for (info, told) in layers {
        let role = told.role;
        let Some(body) = body(role, info) else {
            unused.push(Unused { info, why: lack(role).to_string() });
            continue;
        };
        let (key, name) = (key(told, &drafted), name(told, &drafted));
        let (kind, why, source) = (kind(role), comment(&told.why), info.source_lines(home));
        let label = match role {
            Role::Terrain => String::new(),
            _ => label(info),
        };
        let (key_line, name_line) = (quoted(&key), quoted(&name));
        let text = format!(
            "\n[[factors]]  # {why}\nkey = {key_line}\nname = {name_line}\nkind = \"{kind}\"\n{source}{label}{body}"
        );
        drafted.push(Drafted { key, name, role, text });
    }
    (drafted, unused)
}

/// The field that names a facility where a grade is explained.
fn label(info: &LayerInfo) -> String {
    let field = fields::find_like(info, fields::LABEL, |field| !field.samples.is_empty());
    field.map(|field| format!("label = {}\n", quoted(&field.name))).unwrap_or_default()
}

/// What a layer lacks whose role gives no factor.
fn lack(role: Role) -> &'static str {
    match role {
        Role::Centres => {
            "a centre needs a field of its level (jb, 级别, level …) with a value in every row, at most 12 different ones / 商服中心须有级别字段,各行有值,且不多于 12 种"
        }
        _ => {
            "an area factor needs a field of scores (df, 分值 …) or of at most 12 categories (lx, 类型 …) with a value in every row / 面状因素须有分值字段,或各行有值、不多于 12 种的类型字段"
        }
    }
}

/// The layer's name where it can be a key, else the role's; numbered where it is taken.
fn key(told: &Told, taken: &[Drafted]) -> String {
    let plain = told.name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') && !told.name.is_empty();
    let stem = if plain && told.role != Role::Terrain { told.name.as_str() } else { told.role.names().0 };
    let free = |key: &String| taken.iter().all(|factor| factor.key != *key);
    let numbered = (2..).map(|number| format!("{stem}_{number}"));
    std::iter::once(stem.to_string()).chain(numbered).find(free).unwrap_or_default()
}

/// The role's name, with the layer's behind it where there is one of the role already.
fn name(told: &Told, taken: &[Drafted]) -> String {
    let name = told.role.names().1;
    if taken.iter().all(|factor| factor.name != name) { name.to_string() } else { format!("{name}({})", told.name) }
}

fn kind(role: Role) -> &'static str {
    match role {
        Role::Centres => "centre",
        Role::Roads => "line",
        Role::Planning | Role::Flood | Role::Environment => "area",
        Role::Terrain => "raster",
        Role::Bus | Role::Stations | Role::Schools | Role::Hospitals | Role::Parks | Role::Services => "point",
        Role::Units | Role::Samples | Role::GradedArea => "point",
    }
}

fn body(role: Role, info: &LayerInfo) -> Option<String> {
    match role {
        Role::Centres => centres(info),
        Role::Roads => Some(reach("", fields::find_classes(info, fields::LEVEL), road)),
        Role::Bus | Role::Stations | Role::Schools | Role::Hospitals | Role::Parks | Role::Services => {
            Some(points(role, info))
        }
        Role::Planning | Role::Flood | Role::Environment => area(role, info),
        Role::Terrain => Some(
            "value = \"slope\"\ndirection = \"high-is-bad\"\nlow = 0  # degrees: flat ground scores 100 / 度:平地 100 分\n\
             high = 25  # ? degrees that score 0 / 得 0 分的坡度\ndefault = 50  # ? where the raster says nothing / 无数据处\n"
                .to_string(),
        ),
        Role::Units | Role::Samples | Role::GradedArea => None,
    }
}

/// Radius in m, score, half width of a road in m, and whether the words were understood.
type Level = (u32, u32, Option<u32>, bool);

/// `attenuation`, `level_field` and `levels`.
fn reach(head: &str, classes: Option<&FieldInfo>, of: impl Fn(&str) -> Level) -> String {
    let mut text = format!("{head}attenuation = \"linear\"\n");
    let level = |text: &mut String, key: &str, value: &str| {
        let (radius, score, half_width, known) = of(value);
        let half_width = half_width.map(|metres| format!(", half_width = {metres}")).unwrap_or_default();
        let mark = if known || key.is_empty() { "" } else { "  # ? not a class known here / 类别未识别" };
        let _ = writeln!(text, "  {{ {key}radius = {radius}, score = {score}{half_width} }},{mark}");
    };
    match classes {
        Some(field) => {
            let _ = write!(text, "level_field = {}\nlevels = [  # ? radii in metres / 半径(米)\n", quoted(&field.name));
            for value in &field.samples {
                level(&mut text, &format!("level = {}, ", level_key(field, value)), value);
            }
        }
        None => {
            text.push_str("levels = [  # ? radius in metres / 半径(米)\n");
            level(&mut text, "", "");
        }
    }
    text.push_str("]\n");
    text
}

fn level_key(field: &FieldInfo, value: &str) -> String {
    let whole = field.kind == FieldKind::Int && value.parse::<i64>().is_ok();
    if whole { value.to_string() } else { quoted(value) }
}

fn among(value: &str, words: &[&str]) -> bool {
    let value = value.to_lowercase();
    words.iter().any(|word| value.contains(word))
}

fn road(value: &str) -> Level {
    match value {
        v if among(v, &["快速", "高速", "express", "motorway", "trunk"]) => (800, 80, Some(25), true),
        v if among(v, &["主干", "arterial", "primary", "main"]) => (600, 100, Some(20), true),
        v if among(v, &["次干", "secondary", "collector"]) => (400, 70, Some(12), true),
        v if among(v, &["支路", "巷", "branch", "tertiary", "residential", "local", "street"]) => {
            (200, 40, Some(6), true)
        }
        "" => (400, 100, None, false),
        _ => (200, 30, None, false),
    }
}

fn points(role: Role, info: &LayerInfo) -> String {
    let scale = fields::find_number(info, fields::SCALE);
    let head = scale.map(|field| format!("scale = {}  # 0–100\n", quoted(&field.name))).unwrap_or_default();
    let kinds: &[&str] = &["jb", "级别", "等级", "level", "grade", "lx", "类型", "type", "kind", "class"];
    let classes = fields::find_classes(info, kinds).filter(|field| field.samples.len() > 1);
    let level = |value: &str| {
        let (radius, score, known) = facility(role, value);
        (radius, if scale.is_some() { 100 } else { score }, None, known)
    };
    reach(&head, classes.filter(|_| !matches!(role, Role::Bus | Role::Parks)), level)
}

/// Radius in m and score of a kind of facility.
fn facility(role: Role, value: &str) -> (u32, u32, bool) {
    match (role, value) {
        (Role::Stations, v) if among(v, &["火车", "铁路", "高铁", "railway"]) => (2500, 100, true),
        (Role::Stations, v) if among(v, &["汽车", "客运", "coach"]) => (1500, 80, true),
        (Role::Stations, v) if among(v, &["地铁", "轨道", "metro", "subway"]) => (1000, 100, true),
        (Role::Schools, v) if among(v, &["幼儿", "kinder"]) => (500, 60, true),
        (Role::Schools, v) if among(v, &["小学", "primary", "elementary"]) => (1000, 100, true),
        (Role::Schools, v) if among(v, &["中学", "secondary", "high", "middle"]) => (1500, 100, true),
        (Role::Hospitals, v) if among(v, &["三级", "三甲"]) => (3000, 100, true),
        (Role::Hospitals, v) if among(v, &["二级"]) => (2000, 70, true),
        (Role::Hospitals, v) if among(v, &["一级", "社区", "clinic"]) => (1000, 40, true),
        (Role::Services, v) => service(v),
        (Role::Bus, _) => (500, 100, false),
        (Role::Hospitals, _) => (2000, 100, false),
        _ => (1000, 100, false),
    }
}

/// A facility of a layer that holds several kinds: taken as the kind its word tells.
fn service(value: &str) -> (u32, u32, bool) {
    match value {
        v if among(v, &["医院", "卫生", "诊所", "hospital", "clinic"]) => (1500, 100, true),
        v if among(v, &["幼儿", "小学", "中学", "学校", "school", "kinder"]) => facility(Role::Schools, v),
        v if among(v, &["公交", "bus"]) => (500, 100, true),
        v if among(v, &["地铁", "轨道", "火车", "客运", "车站", "station"]) => facility(Role::Stations, v),
        v if among(v, &["公园", "绿地", "广场", "park"]) => (1000, 100, true),
        _ => (1000, 100, false),
    }
}

/// Centres need levels with falling scores, the top one 100.
fn centres(info: &LayerInfo) -> Option<String> {
    let field = fields::find_classes(info, &["jb", "级别", "等级", "level", "grade", "class", "lx", "类型"])?;
    let mut values = field.samples.clone();
    // Levels count from the top: 1, 2, …; words keep their order and the user puts them right.
    values.sort_by_key(|value| (value.parse::<i64>().unwrap_or(i64::MAX), chinese_rank(value), value.clone()));
    let mut text = String::from("attenuation = \"exponential\"\n");
    let _ = write!(
        text,
        "level_field = {}\nlevels = [  # ? the top level first; scores are scale indexes / 从最高级写起,score 为规模指数\n",
        quoted(&field.name)
    );
    const STEPS: [(u32, u32); 12] = [
        (4000, 100),
        (2000, 50),
        (800, 25),
        (500, 15),
        (400, 10),
        (300, 8),
        (300, 6),
        (300, 5),
        (300, 4),
        (300, 3),
        (300, 2),
        (300, 1),
    ];
    for (value, (radius, score)) in values.iter().zip(STEPS) {
        let _ = writeln!(text, "  {{ level = {}, radius = {radius}, score = {score} }},", level_key(field, value));
    }
    text.push_str("]\n");
    Some(text)
}

/// Where a word names its rank: 市级 before 区级 before 小区级, 一级 before 二级.
fn chinese_rank(value: &str) -> usize {
    const RANKS: [&[&str]; 4] =
        [&["市级", "一级", "主"], &["区级", "二级", "副"], &["小区", "三级", "社区"], &["四级"]];
    RANKS.iter().position(|words| words.iter().any(|word| value.starts_with(word))).unwrap_or(RANKS.len())
}

fn area(role: Role, info: &LayerInfo) -> Option<String> {
    let default = match role {
        Role::Flood => "default = 100  # ? outside the zones / 区外\n",
        _ => "default = 50  # ? outside the zones / 区外\n",
    };
    if let Some(field) = fields::find_number(info, fields::SCORE) {
        return Some(format!("score = {}\n{default}", quoted(&field.name)));
    }
    let words: &[&str] = if role == Role::Flood { &["jb", "级别", "level", "class"] } else { fields::CATEGORY };
    let field = fields::find_classes(info, words).or_else(|| fields::find_classes(info, fields::CATEGORY))?;
    let mut text =
        format!("category = {}\n{default}[factors.categories]  # ? a score for each / 各类分值\n", quoted(&field.name));
    for (at, value) in field.samples.iter().enumerate() {
        let score = match role {
            Role::Flood => 20 + 30 * at.min(2),
            _ if among(value, &["商", "commerc"]) => 100,
            _ if among(value, &["居住", "住宅", "resident"]) => 80,
            _ if among(value, &["公共", "public"]) => 75,
            _ if among(value, &["综合", "mixed"]) => 70,
            _ if value.starts_with('优') => 100,
            _ if value.starts_with('良') => 80,
            _ if value.starts_with("较差") => 40,
            _ if value.starts_with(['差', '劣']) => 20,
            _ => 50,
        };
        let _ = writeln!(text, "{} = {score}", quoted(value));
    }
    Some(text)
}
