//! Which field holds what, told by its name: pinyin initials as cadastres write them, Chinese, English.

use super::{FieldInfo, FieldKind, LayerInfo};

pub(super) const ID: &[&str] = &[
    "zddm",
    "zdbh",
    "ypbh",
    "宗地代码",
    "宗地编号",
    "地块编号",
    "样点编号",
    "parcel_id",
    "parcelid",
    "parcel_no",
    "sample_id",
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
    "level",
    "class",
    "mc",
    "名称",
    "name",
];
pub(super) const PRICE: &[&str] =
    &["dj", "dmdj", "地面地价", "地价", "单价", "jg", "价格", "成交单价", "price", "unit_price", "price_m2"];
pub(super) const DATE: &[&str] = &["jyrq", "cjrq", "rq", "交易日期", "成交日期", "日期", "date", "sale_date"];
pub(super) const PLOT_RATIO: &[&str] = &["rjl", "容积率", "plot_ratio", "far"];
pub(super) const TERM: &[&str] = &["synx", "nx", "剩余年期", "剩余年限", "使用年限", "年期", "term", "years"];
pub(super) const AREA: &[&str] = &["mj", "zdmj", "tdmj", "面积", "宗地面积", "土地面积", "area"];
pub(super) const UNIT: &[&str] = &["dw", "jgdw", "单位", "价格单位", "unit"];
pub(super) const ADDRESS: &[&str] = &["zl", "tdzl", "坐落", "土地坐落", "address"];
pub(super) const DISTRICT: &[&str] = &["xzqdm", "xzqmc", "行政区代码", "行政区", "district"];

/// The field with the first of these names that there is, upper or lower case.
pub(super) fn find<'a>(info: &'a LayerInfo, names: &[&str]) -> Option<&'a FieldInfo> {
    names.iter().find_map(|name| info.fields.iter().find(|field| field.name.to_lowercase() == *name))
}

/// As [`find`], of fields that hold numbers.
pub(super) fn find_number<'a>(info: &'a LayerInfo, names: &[&str]) -> Option<&'a FieldInfo> {
    let number = |field: &&FieldInfo| field.kind != FieldKind::Text;
    names.iter().find_map(|name| info.fields.iter().filter(number).find(|field| field.name.to_lowercase() == *name))
}

/// As [`find`], of fields that hold one of a few values in every row, none of them fractions.
pub(super) fn find_classes<'a>(info: &'a LayerInfo, names: &[&str]) -> Option<&'a FieldInfo> {
    let few = |field: &&FieldInfo| {
        !field.more && field.blanks == 0 && !field.samples.is_empty() && field.kind != FieldKind::Real
    };
    names.iter().find_map(|name| info.fields.iter().filter(few).find(|field| field.name.to_lowercase() == *name))
}
