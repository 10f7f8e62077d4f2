//! What a layer is for, told by its name, else by its fields and values.

use super::uses::Class;
use super::{LayerInfo, LayerKind, fields};

/// What a layer is for. Factors stand in the order of the draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    Units,
    Samples,
    GradedArea,
    Centres,
    Roads,
    Bus,
    Stations,
    Schools,
    Hospitals,
    Parks,
    Planning,
    Flood,
    Environment,
    Terrain,
}

use LayerKind::{Line, Point, Polygon, Raster, Table};

/// The roles, the kinds of layers that can have them, and the words that tell; the first match counts. Latin words of up to
/// four letters must stand alone (a plural or a number behind them does no harm), others may be part of a name.
const NAMES: &[(Role, &[LayerKind], &[&str])] = &[
    (Role::GradedArea, &[Polygon], &["graded_area", "定级范围", "djfw", "评估范围"]),
    (Role::Samples, &[Point, Polygon, Table], &["samples", "sales", "样点", "yangdian", "ypd", "transactions", "成交"]),
    (
        Role::Centres,
        &[Point, Polygon],
        &["centres", "centers", "商服中心", "商业中心", "商圈", "sfzx", "commercial_centre"],
    ),
    (Role::Bus, &[Point], &["bus", "公交", "gjz", "gongjiao"]),
    (
        Role::Stations,
        &[Point, Polygon],
        &["station", "车站", "火车", "客运", "metro", "subway", "地铁", "轨道", "枢纽", "czzd"],
    ),
    (Role::Schools, &[Point, Polygon], &["school", "学校", "教育", "小学", "中学", "xuexiao", "edu"]),
    (Role::Hospitals, &[Point, Polygon], &["hospital", "医院", "医疗", "卫生", "clinic", "yiyuan", "med"]),
    (Role::Parks, &[Point, Polygon], &["park", "公园", "绿地", "广场", "gongyuan"]),
    (Role::Roads, &[Line], &["road", "道路", "street", "dl", "路网", "daolu"]),
    (Role::Planning, &[Polygon], &["planning", "规划", "guihua", "gh", "zoning"]),
    (Role::Flood, &[Polygon], &["flood", "洪", "内涝", "淹没"]),
    (Role::Environment, &[Polygon], &["environment", "环境", "huanjing", "污染", "hjzl"]),
    (Role::Units, &[Polygon], &["parcel", "宗地", "地块", "定级单元", "zongdi", "zd", "dk", "units", "farms"]),
    (Role::Terrain, &[Raster], &["dem", "dtm", "srtm", "高程", "地形", "elevation"]),
];

/// The role of a layer and what told it, in both languages.
pub(super) fn role_of(info: &LayerInfo) -> Option<(Role, String)> {
    let name = info.layer.to_lowercase();
    let tokens: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let alone = |word: &str| {
        let bare = |token: &str| token.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('s') == word;
        tokens.iter().any(|token| *token == word || bare(token))
    };
    let matches = |word: &str| if word.is_ascii() && word.len() <= 4 { alone(word) } else { name.contains(word) };
    for (role, kinds, words) in NAMES {
        if let Some(word) = words.iter().find(|word| kinds.contains(&info.kind) && matches(word)) {
            return Some((*role, format!("guessed from \"{word}\" in the layer's name / 按图层名推测")));
        }
    }
    by_content(info)
}

fn by_content(info: &LayerInfo) -> Option<(Role, String)> {
    let has = |names| fields::find(info, names).is_some();
    if matches!(info.kind, Point) && fields::find_number(info, fields::PRICE).is_some() && has(fields::DATE) {
        return Some((Role::Samples, "guessed from fields of price and date / 按价格、日期字段推测".into()));
    }
    let parcel = ["zddm", "宗地代码", "parcel_id", "bdcdyh", "고유번호"];
    if matches!(info.kind, Polygon) && has(&parcel) {
        return Some((Role::Units, "guessed from a field of parcel codes / 按宗地编号字段推测".into()));
    }
    let classes = fields::find_classes(info, fields::LEVEL).filter(|_| matches!(info.kind, Line));
    if classes.is_some_and(|field| field.samples.iter().any(|value| value.contains("干路") || value.contains("干道")))
    {
        return Some((Role::Roads, "guessed from its classes of roads / 按道路类型值推测".into()));
    }
    None
}

impl Role {
    /// The factor's key where the layer's name makes none, and its Chinese name.
    pub fn names(self) -> (&'static str, &'static str) {
        match self {
            Role::Units => ("units", "定级单元"),
            Role::Samples => ("samples", "样点"),
            Role::GradedArea => ("graded_area", "定级范围"),
            Role::Centres => ("centres", "商服繁华度"),
            Role::Roads => ("roads", "道路通达度"),
            Role::Bus => ("bus", "公交便捷度"),
            Role::Stations => ("stations", "对外交通便利度"),
            Role::Schools => ("schools", "学校"),
            Role::Hospitals => ("hospitals", "医院"),
            Role::Parks => ("parks", "公园绿地"),
            Role::Planning => ("planning", "规划分区"),
            Role::Flood => ("flood", "洪涝风险"),
            Role::Environment => ("environment", "环境质量"),
            Role::Terrain => ("slope", "地形坡度"),
        }
    }

    /// A first share of the role among the factors of a use; 0 for what is no factor. Orders of weight as grading schemes have them:
    /// bustle leads for commerce, services and surroundings for dwelling, transport and ground for industry.
    pub fn share(self, class: Class) -> u32 {
        let [commercial, residential, industrial, public, other] = match self {
            Role::Units | Role::Samples | Role::GradedArea => [0; 5],
            Role::Centres => [32, 15, 4, 14, 16],
            Role::Roads => [16, 11, 26, 13, 16],
            Role::Bus => [10, 10, 5, 11, 9],
            Role::Stations => [12, 9, 18, 9, 12],
            Role::Schools => [3, 13, 2, 9, 7],
            Role::Hospitals => [3, 8, 2, 9, 6],
            Role::Parks => [3, 9, 2, 7, 5],
            Role::Planning => [10, 8, 16, 11, 11],
            Role::Flood => [4, 5, 10, 6, 6],
            Role::Environment => [4, 8, 5, 7, 6],
            Role::Terrain => [3, 4, 10, 4, 6],
        };
        match class {
            Class::Commercial => commercial,
            Class::Residential => residential,
            Class::Industrial => industrial,
            Class::Public => public,
            Class::Other => other,
        }
    }
}
