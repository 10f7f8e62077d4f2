//! What a layer is for, told by its name, else by its fields and values.

use super::uses::Class;
use super::{LayerInfo, LayerKind, fields, place};

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
    Services,
    Planning,
    Flood,
    Environment,
    Terrain,
}

use LayerKind::{Line, Point, Polygon, Raster, Table};

/// The roles, the kinds of layers that can have them, and the words that tell; the first match counts. Latin words of up to
/// four letters must stand alone (a plural or a number behind them does no harm), others may be part of a name.
const NAMES: &[Named] = &[
    (Role::GradedArea, &[Polygon], &["graded_area", "定级范围", "djfw", "评估范围"]),
    (Role::Samples, &[Point, Polygon, Table], &["samples", "sales", "样点", "yangdian", "ypd", "transactions", "成交"]),
    (
        Role::Centres,
        &[Point, Polygon],
        &["centres", "centers", "商服中心", "商业中心", "商圈", "商服繁华", "sfzx", "commercial_centre"],
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
    (
        Role::Services,
        &[Point, Polygon],
        &["services", "facilit", "amenit", "公用设施", "公共设施", "公共服务设施", "公服设施", "配套设施", "poi"],
    ),
    (
        Role::Roads,
        &[Line],
        &["road", "道路", "street", "highway", "dl", "路网", "daolu", "公路", "街道", "干道", "干路"],
    ),
    (Role::Planning, &[Polygon], &["planning", "规划", "guihua", "gh", "zoning"]),
    (Role::Flood, &[Polygon], &["flood", "洪", "内涝", "淹没"]),
    (Role::Environment, &[Polygon], &["environment", "环境", "huanjing", "污染", "hjzl"]),
    (Role::Units, &[Polygon], &["parcel", "宗地", "地块", "定级单元", "zongdi", "zd", "dk", "units", "farms"]),
    (Role::Terrain, &[Raster], &["dem", "dtm", "srtm", "高程", "地形", "地势", "elevation", "height"]),
];

/// A role, and what told it.
pub(super) struct Told {
    pub role: Role,
    /// The name that told it: of a file with one layer the file's, as its layer is often called "layer" or "data".
    pub name: String,
    /// In both languages.
    pub why: String,
}

/// The role of a layer by its names, else by its fields and values.
pub(super) fn role_of(info: &LayerInfo) -> Option<Told> {
    for (name, whose) in info.names() {
        let fits = |(_, kinds, _): &&Named| kinds.contains(&info.kind);
        if let Some((role, word)) = by_name(name, NAMES.iter().filter(fits)) {
            let why = format!("guessed from \"{word}\" in {whose}");
            return Some(Told { role, name: name.to_string(), why });
        }
    }
    let (role, why) = by_content(info)?;
    let name = info.names().first().map(|(name, _)| (*name).to_string()).unwrap_or_default();
    Some(Told { role, name, why: why.into() })
}

/// The role that a layer's name tells and its kind of geometry does not allow.
pub(super) fn told_but_unfit(info: &LayerInfo) -> Option<Role> {
    info.names().iter().find_map(|(name, _)| by_name(name, NAMES.iter()).map(|(role, _)| role))
}

type Named = (Role, &'static [LayerKind], &'static [&'static str]);

fn by_name<'a>(name: &str, mut roles: impl Iterator<Item = &'a Named>) -> Option<(Role, &'static str)> {
    let name = name.to_lowercase();
    let tokens: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).collect();
    let alone = |word: &str| {
        let bare = |token: &str| token.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('s') == word;
        tokens.iter().any(|token| *token == word || bare(token))
    };
    let matches = |word: &str| if word.is_ascii() && word.len() <= 4 { alone(word) } else { name.contains(word) };
    roles.find_map(|(role, _, words)| words.iter().find(|word| matches(word)).map(|word| (*role, *word)))
}

fn by_content(info: &LayerInfo) -> Option<(Role, &'static str)> {
    let has = |names| fields::find_like(info, names, |_| true).is_some();
    let price = fields::find_price(info);
    let sold = has(fields::DATE) || has(fields::TERM) || has(fields::PLOT_RATIO);
    if matches!(info.kind, Point) && price.is_some() && has(fields::DATE) {
        return Some((Role::Samples, "guessed from fields of price and date / 按价格、日期字段推测"));
    }
    let placed = matches!(info.kind, Table) && place::has_coordinates(info);
    if placed && price.is_some_and(|(_, sure)| sure || sold) {
        return Some((Role::Samples, "guessed from columns of price and coordinates / 按价格列与坐标列推测"));
    }
    let parcel = ["zddm", "宗地代码", "parcel_id", "bdcdyh", "고유번호"];
    if matches!(info.kind, Polygon) && fields::find(info, &parcel).is_some() {
        return Some((Role::Units, "guessed from a field of parcel codes / 按宗地编号字段推测"));
    }
    let classes = fields::find_classes(info, fields::LEVEL).filter(|_| matches!(info.kind, Line));
    if classes.is_some_and(|field| field.samples.iter().any(|value| value.contains("干路") || value.contains("干道")))
    {
        return Some((Role::Roads, "guessed from its classes of roads / 按道路类型值推测"));
    }
    None
}

/// A kind of layer in words, in both languages.
pub(super) fn kind_name(kind: LayerKind) -> (&'static str, &'static str) {
    match kind {
        Point => ("points", "点图层"),
        Line => ("lines", "线图层"),
        Polygon => ("polygons", "面图层"),
        Table => ("a table", "无坐标的表格"),
        Raster => ("a raster", "栅格"),
        LayerKind::Unreadable => ("an unreadable file", "无法读取的文件"),
    }
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
            Role::Services => ("services", "公用设施完备度"),
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
            Role::Services => [5, 12, 4, 11, 9],
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
