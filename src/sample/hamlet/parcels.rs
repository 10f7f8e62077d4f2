//! The twelve parcels: squares of 100 m, and one L of three squares of 60 m whose centroid lies 50 m from its corner both ways.

use super::{push_polygon, rectangle};
use crate::sample::layer::{SampleColumn, SampleLayer};
use crate::say;
use crate::space::{Kind, Shapes};

/// Identifier, use, address, and the centroid.
const SQUARES: [(&str, &str, &str, [i32; 2]); 11] = [
    ("C1", "商服用地", "中心街1号", [700, 1000]),
    ("C2", "商服用地", "北路2号", [1200, 1400]),
    ("C3", "商服用地", "东街3号", [1720, 560]),
    ("C4", "商服用地", "主路4号", [700, 700]),
    ("C5", "商服用地", "东岭5号", [1900, 1600]),
    ("C6", "商服用地", "南路6号", [1100, 500]),
    ("R1", "住宅用地", "主路11号", [400, 920]),
    ("R2", "住宅用地", "西巷12号", [400, 1100]),
    ("R3", "住宅用地", "西巷13号", [80, 1100]),
    ("R4", "住宅用地", "南路14号", [1200, 500]),
    ("R5", "住宅用地", "南路15号", [880, 140]),
];

/// The L: its south-west corner is 50, 50, so its centroid is 100, 100.
const L_SHAPED: (&str, &str, &str, [[i32; 2]; 6]) =
    ("R6", "住宅用地", "溪边16号", [[50, 50], [170, 50], [170, 110], [110, 110], [110, 170], [50, 170]]);

pub(super) fn layer() -> SampleLayer {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (_, _, _, [east, north]) in SQUARES {
        push_polygon(&mut shapes, &rectangle([east - 50, north - 50], [100, 100]));
    }
    push_polygon(&mut shapes, &L_SHAPED.3);
    let last = (L_SHAPED.0, L_SHAPED.1, L_SHAPED.2);
    let rows: Vec<_> = SQUARES.iter().map(|row| (row.0, row.1, row.2)).chain([last]).collect();
    let columns = vec![
        SampleColumn::text("zddm", say!("parcel code", "宗地代码"), rows.iter().map(|row| row.0)),
        SampleColumn::text("yt", say!("use", "用途"), rows.iter().map(|row| row.1)),
        SampleColumn::text("zl", say!("address", "坐落"), rows.iter().map(|row| row.2)),
    ];
    SampleLayer { name: "parcels", title: say!("Parcels", "宗地"), shapes, columns }
}
