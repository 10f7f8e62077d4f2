//! A system that is unfit for the place of the data: plane lengths and areas that are not those on the ground.

use crate::land::Text;
use crate::say;
use crate::space::distortion::Distortion;
use crate::space::{Crs, Extent, Point, zone};

/// Lengths may be off by a hundredth. A zone of six degrees stays within two thousandths.
const MOST: f64 = 0.01;

/// What the finding `distorted-crs` says of units of this extent in a projected system; `None` where lengths in their middle are true.
pub fn detail(crs: &Crs, units: Extent) -> Option<Text> {
    if units.is_empty() {
        return None;
    }
    let middle = Point::new((units.min.x + units.max.x) / 2.0, (units.min.y + units.max.y) / 2.0);
    let found = Distortion::at(crs, middle).filter(|found| found.is_beyond(MOST))?;
    let (label, code) = (crs.label(), zone::suitable(found.degrees));
    let name = Crs::parse(&code.to_string()).map(|crs| crs.name).unwrap_or_default();
    let [x, y, area] = [found.along_x, found.along_y, found.area].map(|scale| scale * 100.0);
    Some(say!(
        "in the middle of the units a length in {label} is {x:.1} % of the true one along x and {y:.1} % along y, an area {area:.1} %: \
         take the zone of the data, such as EPSG:{code} ({name})",
        "在单元中部,{label} 中的长度沿 x 为实际的 {x:.1}%,沿 y 为 {y:.1}%,面积为 {area:.1}%:请改用数据所在的投影带,\
         如 EPSG:{code}({name})"
    ))
}
