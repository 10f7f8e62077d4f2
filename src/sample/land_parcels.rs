//! The parcels of a year: boundary, code, address, use, registered area and plot ratio, with the true price beside them.

use super::USES;
use super::fabric::{Block, Fabric, Ward, push_open};
use super::layer::{SampleColumn, SampleLayer, two_decimals};
use super::ledger::parcel_id;
use super::prices::Surface;
use super::ring::{area, centroid, shifted, union};
use super::second_year::{Change, Changes};
use super::{names, theme};
use crate::land::random::Random;
use crate::land::{Texts, Values};
use crate::say;
use crate::space::measure::squared_distance_to_segment;
use crate::space::{Kind, Point, Shapes};
use std::borrow::Cow;

/// One parcel as a year has it.
struct Parcel<'a> {
    serial: u32,
    /// The piece its address hangs on.
    piece: usize,
    land_use: u8,
    ring: Cow<'a, [Point]>,
}

/// The parcels of a year.
pub(super) struct Parcels {
    pub layer: SampleLayer,
    /// The use of each parcel, as its place in [`USES`].
    pub uses: Vec<u8>,
    pub truth: Vec<f64>,
    /// Where the rows of each ward begin, and the number of rows at the end.
    pub ward_rows: Vec<usize>,
}

/// What the whole city is drawn from.
pub(super) struct Ground<'a> {
    pub fabric: &'a Fabric,
    pub uses: &'a [u8],
    pub changes: &'a Changes,
    pub surface: &'a Surface,
    pub seed: u64,
}

impl Ground<'_> {
    /// The parcels of the `later`-th year after the first, in the order of their codes.
    pub fn parcels(&self, later: usize) -> Parcels {
        let count = self.fabric.pieces.len();
        let mut shapes = Shapes::new(Kind::Polygon);
        shapes.reserve(count, self.fabric.pieces.point_count());
        let (mut ids, mut districts, mut addresses) = (Texts::default(), Texts::default(), Texts::default());
        let (mut uses, mut truth) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let (mut areas, mut ratios) = (Vec::with_capacity(count), Vec::with_capacity(count));
        let mut ward_rows = vec![0];
        for ward in &self.fabric.wards {
            for parcel in self.of_ward(ward, later) {
                push_open(&mut shapes, &parcel.ring);
                ids.push(&parcel_id(&ward.code, parcel.serial));
                districts.push(&ward.code[..6]);
                let middle = centroid(&parcel.ring);
                addresses.push(&self.address(ward, parcel.piece, middle));
                let path = [theme::PARCELS, u64::from(ward.rank), u64::from(parcel.serial)];
                let mut random = Random::new(self.seed, &path);
                // The registered area departs from the plane area by up to 0.4 %.
                let departure = (0.0018 * random.normal()).clamp(-0.0039, 0.0039);
                areas.push(two_decimals(area(&parcel.ring) * (1.0 + departure)));
                ratios.push(plot_ratio(parcel.land_use, self.fabric.lattice.rim(middle), &mut random));
                truth.push(self.surface.price(usize::from(parcel.land_use), middle, later));
                uses.push(parcel.land_use);
            }
            ward_rows.push(uses.len());
        }
        let use_names: Texts = uses.iter().map(|&land_use| USES[usize::from(land_use)].1).collect();
        let text = |name, title, texts| SampleColumn::new(name, title, Values::Text(texts));
        let columns = vec![
            text("zddm", say!("parcel code", "宗地代码"), ids),
            text("xzqdm", say!("district code", "行政区代码"), districts),
            text("zl", say!("address", "坐落"), addresses),
            text("yt", say!("use", "土地用途"), use_names),
            SampleColumn::real("mj", say!("registered area", "宗地面积"), areas).of("㎡", 2),
            SampleColumn::real("rjl", say!("plot ratio", "容积率"), ratios).of("", 2),
        ];
        let layer = SampleLayer { name: "parcels", title: say!("parcels", "宗地"), shapes, columns };
        Parcels { layer, uses, truth, ward_rows }
    }

    /// The parcels of a ward in a year, by serial number.
    fn of_ward(&self, ward: &Ward, later: usize) -> Vec<Parcel<'_>> {
        let mut parcels: Vec<Parcel<'_>> = ward.pieces().filter_map(|piece| self.of_piece(piece, later)).collect();
        parcels.sort_by_key(|parcel| parcel.serial);
        parcels
    }

    /// The parcel that a piece stands for in a year; `None` where it is no parcel then, or part of another piece's.
    fn of_piece(&self, piece: usize, later: usize) -> Option<Parcel<'_>> {
        let fabric = self.fabric;
        let own = |land_use: u8| Parcel {
            serial: fabric.own_serial(piece),
            piece,
            land_use,
            ring: Cow::Borrowed(fabric.ring(piece)),
        };
        let land_use = self.uses[piece];
        let Some((year, change)) = self.changes.of(piece) else { return Some(own(land_use)) };
        let done = *year <= later;
        let joined = |one: usize, other: usize, serial: u32| {
            let ring = union(fabric.ring(one), fabric.ring(other)).expect("chosen because they have a union");
            Parcel { serial, piece, land_use, ring: Cow::Owned(ring) }
        };
        match *change {
            Change::Merge { one, other, serial } if done => (piece == one).then(|| joined(one, other, serial)),
            Change::Split { one, other, .. } if !done => {
                (piece == one).then(|| joined(one, other, fabric.own_serial(one)))
            }
            Change::Split { one, serials, .. } => {
                let serial = serials[usize::from(piece != one)];
                Some(Parcel { serial, ..own(land_use) })
            }
            Change::Shift { one, other, bend } if done => {
                let rings = shifted(fabric.ring(one), fabric.ring(other), bend).expect("chosen because it can move");
                let ring = if piece == one { rings.0 } else { rings.1 };
                Some(Parcel { ring: Cow::Owned(ring), ..own(land_use) })
            }
            Change::Merge { .. } | Change::Shift { .. } => Some(own(land_use)),
            Change::Remove { .. } => (!done).then(|| own(land_use)),
            Change::Add { .. } => done.then(|| own(land_use)),
            Change::Use { to, .. } => Some(own(if done { to } else { land_use })),
        }
    }

    /// The nearest street of the block and a house number along it, even on one side and odd on the other.
    fn address(&self, ward: &Ward, piece: usize, middle: Point) -> String {
        let block: Option<&Block> = ward.blocks.iter().find(|block| block.pieces.contains(&piece));
        let sides = block.map_or(&[][..], |block| &block.sides);
        let far = |(a, b, _): &(Point, Point, _)| squared_distance_to_segment(middle, *a, *b);
        let Some((a, b, side)) = sides.iter().min_by(|one, other| far(one).total_cmp(&far(other))) else {
            return String::new();
        };
        let class = self.fabric.road_class(ward, side.road);
        let steps = libm::floor(self.fabric.road_origin(ward, side.road).distance(middle) / 9.0) as usize;
        let odd = usize::from((b.x - a.x) + 0.3 * (b.y - a.y) > 0.0);
        format!("{}{}号", names::road(self.seed, side.road, class), 2 * steps + 2 - odd)
    }
}

/// The plot ratio: higher in the middle, and by use; two decimals.
fn plot_ratio(land_use: u8, rim: f64, random: &mut Random) -> f64 {
    let central = (1.15 - rim).clamp(0.0, 1.0);
    two_decimals(match land_use {
        0 => (0.9 + 2.7 * central) * random.between(0.65, 1.4),
        1 => (1.1 + 1.5 * central) * random.between(0.7, 1.3),
        2 => random.between(0.45, 1.7),
        _ => random.between(0.45, 2.0),
    })
}
