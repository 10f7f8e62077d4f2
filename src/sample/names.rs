//! Names of roads, centres and facilities, put together from common words.

use super::lattice::RoadClass;
use crate::land::random::Random;

const FIRST: [&str; 32] = [
    "人", "建", "解", "和", "长", "东", "文", "新", "春", "金", "安", "中", "青", "光", "永", "振", "清", "云", "福",
    "兴", "学", "星", "江", "柳", "梅", "松", "望", "天", "瑞", "朝", "景", "锦",
];

const SECOND: [&str; 32] = [
    "民", "设", "放", "平", "江", "风", "昌", "华", "晖", "山", "定", "兴", "年", "明", "安", "宁", "溪", "龙", "源",
    "业", "府", "湖", "滨", "林", "园", "岭", "城", "河", "阳", "泰", "秀", "水",
];

/// Two characters, the same for the same number.
pub(super) fn word(seed: u64, number: u64) -> String {
    let mut random = Random::new(seed, &[super::theme::NAMES, number]);
    format!("{}{}", random.pick(&FIRST), random.pick(&SECOND))
}

/// The name of a road by its number and class.
pub(super) fn road(seed: u64, number: u32, class: RoadClass) -> String {
    let suffix = match (class, number % 3) {
        (RoadClass::Express, _) => "快速路",
        (RoadClass::Arterial, 0) => "大街",
        (RoadClass::Arterial, _) => "大道",
        (RoadClass::Secondary, _) => "路",
        (RoadClass::Branch, 0) => "巷",
        (RoadClass::Branch, 1) => "街",
        (RoadClass::Branch, _) => "里",
    };
    format!("{}{suffix}", word(seed, u64::from(number)))
}
