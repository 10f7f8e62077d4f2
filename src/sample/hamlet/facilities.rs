//! What the hamlet's parcels are near to: centres, roads, public services, planning zones.

use super::{place, push_polygon, rectangle};
use crate::sample::layer::{SampleColumn, SampleLayer};
use crate::say;
use crate::space::{Kind, Shapes};

/// Two commercial centres: squares, so that distances to their edges and corners are easily told.
pub(super) fn centres() -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    push_polygon(&mut shapes, &rectangle([600, 900], [200, 200]));
    push_polygon(&mut shapes, &rectangle([1800, 500], [100, 100]));
    let columns = vec![
        SampleColumn::text("mc", say!("name", "名称"), ["中心街", "东街"]),
        SampleColumn::int("jb", say!("level", "级别"), [1, 2]),
    ];
    SampleLayer { name: "centres", title: say!("Commercial centres", "商服中心"), shapes, columns }
}

/// A main road from west to east and a secondary one from south to north. They cross.
pub(super) fn roads() -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Line);
    for ends in [[[0, 800], [1400, 800]], [[1000, 0], [1000, 1500]]] {
        shapes.push_ring(&ends.map(place), true);
        shapes.end_feature();
    }
    let columns = vec![
        SampleColumn::text("mc", say!("name", "名称"), ["主路", "南北路"]),
        SampleColumn::text("lx", say!("class", "类型"), ["主干道", "次干道"]),
    ];
    SampleLayer { name: "roads", title: say!("Roads", "道路"), shapes, columns }
}

/// Two schools, the second half as large as the first, and a clinic.
pub(super) fn services() -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Point);
    for at in [[400, 500], [1280, 440], [1200, 1100]] {
        shapes.push_ring(&[place(at)], true);
        shapes.end_feature();
    }
    let columns = vec![
        SampleColumn::text("mc", say!("name", "名称"), ["西小学", "东小学", "卫生院"]),
        SampleColumn::text("lx", say!("kind", "类型"), ["小学", "小学", "医院"]),
        SampleColumn::int("guimo", say!("scale", "规模"), [100, 50, 75]),
    ];
    SampleLayer { name: "services", title: say!("Public services", "公用设施"), shapes, columns }
}

/// Zones that cover parcels wholly, in part, two at once and along a diagonal.
pub(super) fn planning() -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    push_polygon(&mut shapes, &rectangle([550, 600], [400, 550]));
    push_polygon(&mut shapes, &rectangle([110, 850], [440, 250]));
    push_polygon(&mut shapes, &rectangle([800, 100], [400, 420]));
    push_polygon(&mut shapes, &rectangle([1200, 480], [700, 220]));
    push_polygon(&mut shapes, &[[1050, 1350], [1250, 1350], [1050, 1550]]);
    push_polygon(&mut shapes, &rectangle([1800, 1500], [200, 200]));
    let columns = vec![
        SampleColumn::text("mc", say!("name", "名称"), ["中心区", "西区", "南区", "东区", "北园", "东园"]),
        SampleColumn::text("lx", say!("kind", "类型"), ["商业区", "居住区", "居住区", "商业区", "公园", "公园"]),
    ];
    SampleLayer { name: "planning", title: say!("Planning zones", "规划分区"), shapes, columns }
}
