//! Titles of fields that Chinese cadastral and land-use data carry under their usual letters, for fields kept from the parcels.

use crate::land::Text;

/// Field, English and Chinese title; the letters are the initials of the Chinese words.
const KNOWN: &[(&str, &str, &str)] = &[
    ("bdcdyh", "real estate unit number", "不动产单元号"),
    ("bsm", "feature code", "标识码"),
    ("bz", "remarks", "备注"),
    ("djh", "cadastral number", "地籍号"),
    ("djqdm", "cadastral district code", "地籍区代码"),
    ("djzqdm", "cadastral sub-district code", "地籍子区代码"),
    ("dlbm", "land class code", "地类编码"),
    ("dlmc", "land class", "地类名称"),
    ("jzmd", "building density", "建筑密度"),
    ("jzxg", "building height limit", "建筑限高"),
    ("mj", "area in the source", "面积(源数据)"),
    ("qllx", "type of right", "权利类型"),
    ("qlr", "right holder", "权利人"),
    ("qlxz", "nature of right", "权利性质"),
    ("qsdwmc", "owning unit", "权属单位名称"),
    ("qxdm", "county code", "区县代码"),
    ("rjl", "plot ratio", "容积率"),
    ("tbbh", "patch number", "图斑编号"),
    ("tbmj", "patch area", "图斑面积"),
    ("tdyt", "land use", "土地用途"),
    ("tdzl", "address", "土地坐落"),
    ("tfh", "map sheet", "图幅号"),
    ("xzqdm", "district code", "行政区代码"),
    ("xzqmc", "district", "行政区名称"),
    ("yt", "use in the source", "用途(源数据)"),
    ("zddm", "parcel code", "宗地代码"),
    ("zdmj", "parcel area", "宗地面积"),
    ("zl", "address", "坐落"),
    ("zldwmc", "unit it lies in", "坐落单位名称"),
];

/// The title of a field, its own name where none is known; capital and small letters are the same.
pub fn title(name: &str) -> Text {
    let known = KNOWN.iter().find(|(known, _, _)| known.eq_ignore_ascii_case(name));
    known.map_or_else(|| Text::same(name), |(_, en, zh)| Text { en: (*en).to_string(), zh: (*zh).to_string() })
}
