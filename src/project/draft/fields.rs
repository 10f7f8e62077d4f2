//! Which field holds what, told by its name: pinyin initials as cadastres write them, Chinese, English.

use super::{FieldInfo, FieldKind, LayerInfo};
use crate::land::heading::{heading, price_unit};
use crate::land::{date, number};

pub(super) const ID: &[&str] = &[
    "zddm",
    "zdbh",
    "ypbh",
    "宗地代码",
    "宗地编号",
    "宗地号",
    "地块编号",
    "样点编号",
    "样点号",
    "案例编号",
    "parcel_id",
    "parcelid",
    "parcel_no",
    "sample_id",
    "point_id",
    "bdcdyh",
    "不动产单元号",
    "编号",
    "bh",
    "bsm",
    "标识码",
    "objectid",
    "fid",
    "gid",
    "id",
    "고유번호",
    "pnu",
    "序号",
    "xh",
];
pub(super) const USE: &[&str] = &[
    "yt",
    "tdyt",
    "ytmc",
    "用途",
    "土地用途",
    "land_use",
    "landuse",
    "use",
    "dlmc",
    "地类名称",
    "地类",
    "dlbm",
    "地类编码",
];
pub(super) const SCALE: &[&str] = &["guimo", "gm", "gmzs", "规模", "规模指数", "规模分", "scale"];
pub(super) const SCORE: &[&str] = &["df", "fz", "得分", "分值", "作用分", "score", "points"];
pub(super) const LEVEL: &[&str] = &[
    "jb",
    "dj",
    "级别",
    "等级",
    "level",
    "grade",
    "class",
    "lx",
    "dllx",
    "类型",
    "道路类型",
    "type",
    "kind",
    "fclass",
    "highway",
    "category",
    "xz",
    "mc",
    "名称",
    "name",
];
pub(super) const CATEGORY: &[&str] = &[
    "lx",
    "类型",
    "分区类型",
    "规划用途",
    "category",
    "type",
    "kind",
    "zone",
    "jb",
    "级别",
    "等级",
    "质量",
    "环境",
    "功能区",
    "分区",
    "level",
    "class",
    "mc",
    "名称",
    "name",
];
pub(super) const PRICE: &[&str] = &[
    "地面地价",
    "dmdj",
    "成交单价",
    "地面单价",
    "单位地价",
    "单位面积地价",
    "地价",
    "单价",
    "楼面地价",
    "成交价格",
    "交易价格",
    "成交价",
    "价格",
    "標準地価格",
    "地価",
    "unit_price",
    "price_m2",
    "price",
    "dj",
    "jg",
    "cjjg",
    "jydj",
];
/// Names of a price that name other things as well: a grade, a structure.
const AMBIGUOUS: &[&str] = &["dj", "jg"];
/// What makes of a price something else than the price paid per area.
const NO_PRICE: &[&str] =
    &["总", "起始", "起拍", "保证金", "指数", "级别", "等级", "日期", "时间", "时点", "单位名称", "编号", "total"];
pub(super) const DATE: &[&str] = &[
    "jyrq",
    "cjrq",
    "rq",
    "交易日期",
    "成交日期",
    "签订日期",
    "交易时间",
    "成交时间",
    "日期",
    "価格時点",
    "date",
    "sale_date",
];
pub(super) const PLOT_RATIO: &[&str] = &["rjl", "容积率", "容積率", "plot_ratio", "far"];
/// The remaining term before the term granted.
pub(super) const TERM: &[&str] = &[
    "剩余年期",
    "剩余年限",
    "剩余使用年",
    "synx",
    "synq",
    "使用年期",
    "使用年限",
    "出让年期",
    "出让年限",
    "土地年限",
    "年期",
    "年限",
    "nx",
    "remaining_term",
    "term",
    "years",
];
pub(super) const LABEL: &[&str] = &["mc", "名称", "name", "label", "title", "站名", "路名", "校名", "院名"];
pub(super) const AREA: &[&str] = &["mj", "zdmj", "tdmj", "面积", "宗地面积", "土地面积", "area"];
pub(super) const UNIT: &[&str] = &["dw", "jgdw", "价格单位", "地价单位", "单位", "unit"];
pub(super) const ADDRESS: &[&str] = &["zl", "tdzl", "坐落", "土地坐落", "address"];
pub(super) const DISTRICT: &[&str] = &["xzqdm", "xzqmc", "行政区代码", "行政区", "district"];

/// The field with the first of these names that there is, upper or lower case, with a unit behind it or not.
pub(super) fn find<'a>(info: &'a LayerInfo, names: &[&str]) -> Option<&'a FieldInfo> {
    find_of(info, names, |_| true)
}

/// As [`find`], of fields that hold numbers, be it as text.
pub(super) fn find_number<'a>(info: &'a LayerInfo, names: &[&str]) -> Option<&'a FieldInfo> {
    find_of(info, names, holds_numbers)
}

/// As [`find`], else a field whose name holds one of the Chinese names, such as 设定容积率.
pub(super) fn find_like<'a>(
    info: &'a LayerInfo,
    names: &[&str],
    fits: impl Fn(&FieldInfo) -> bool,
) -> Option<&'a FieldInfo> {
    let holds = |field: &FieldInfo, name: &str| !name.is_ascii() && heading(&field.name).name.contains(name);
    let like = || names.iter().find_map(|name| info.fields.iter().filter(|f| fits(f)).find(|field| holds(field, name)));
    find_of(info, names, &fits).or_else(like)
}

/// The price per area, and whether its name tells as much.
pub(super) fn find_price(info: &LayerInfo) -> Option<(&FieldInfo, bool)> {
    let per_area = |field: &FieldInfo| {
        let heading = heading(&field.name);
        let other = NO_PRICE.iter().any(|word| heading.name.contains(word));
        let known = heading.unit.is_none_or(|unit| unit == "元" || price_unit(&unit).is_some() || !unit.contains('元'));
        holds_numbers(field) && !other && known
    };
    let field = find_like(info, PRICE, per_area)?;
    Some((field, !AMBIGUOUS.contains(&heading(&field.name).name.as_str())))
}

/// As [`find`], of fields that hold bare numbers, as coordinates must be.
pub(super) fn find_coordinate<'a>(info: &'a LayerInfo, names: &[&str]) -> Option<&'a FieldInfo> {
    find_like(info, names, |field| {
        !field.samples.is_empty() && field.samples.iter().all(|value| value.parse::<f64>().is_ok())
    })
}

/// As [`find_like`], of fields that hold one of a few values in every row, none of them fractions. A name that only holds 名称 names the
/// feature, not its class.
pub(super) fn find_classes<'a>(info: &'a LayerInfo, names: &[&str]) -> Option<&'a FieldInfo> {
    let fits = |field: &FieldInfo| {
        !field.more && field.blanks == 0 && !field.samples.is_empty() && field.kind != FieldKind::Real
    };
    let classes: Vec<&str> = names.iter().copied().filter(|name| *name != "名称").collect();
    find_of(info, names, fits).or_else(|| find_like(info, &classes, fits))
}

fn find_of<'a>(info: &'a LayerInfo, names: &[&str], fits: impl Fn(&FieldInfo) -> bool) -> Option<&'a FieldInfo> {
    names.iter().find_map(|name| info.fields.iter().find(|field| heading(&field.name).name == *name && fits(field)))
}

/// Whether most of the values shown are numbers, with a unit or not: text files know nothing but text.
pub(super) fn holds_numbers(field: &FieldInfo) -> bool {
    let typed = field.samples.iter().filter(|value| number::parse(value).is_some()).count();
    field.kind != FieldKind::Text || (typed > 0 && typed * 4 >= field.samples.len() * 3)
}

/// Whether most of the values shown are dates.
pub(super) fn holds_dates(field: &FieldInfo) -> bool {
    let dates = field.samples.iter().filter(|value| date::parse(value).is_some()).count();
    dates > 0 && dates * 4 >= field.samples.len() * 3
}
