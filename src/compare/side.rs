//! One release made ready for comparison: rows sorted by identifier, places in the common system, areas measured.

use crate::land::column::{Texts, Value};
use crate::land::{IdColumn, Outcome, Text};
use crate::release::Release;
use crate::say;
use crate::scale;
use crate::space::crs::Transform;
use crate::space::measure::area;
use crate::space::{Crs, Kind, Point, Shapes};
use std::borrow::Cow;
use std::cmp::Ordering;

/// A release with its units in the order of their identifiers; what was in order already is borrowed.
pub struct Side<'a> {
    pub release: &'a Release,
    pub ids: Cow<'a, IdColumn>,
    pub uses: Cow<'a, [u8]>,
    /// In the common system.
    pub shapes: Option<Cow<'a, Shapes>>,
    /// m²: measured where there are polygons, else as the release has them; NaN where unknown.
    pub areas: Cow<'a, [f64]>,
    pub grades: Cow<'a, [u8]>,
    /// 元/㎡; empty where nothing was priced.
    pub prices: Cow<'a, [f64]>,
    /// The release's own row of each row, where they differ.
    order: Option<Vec<u32>>,
}

impl Side<'_> {
    pub fn len(&self) -> usize {
        self.uses.len()
    }

    pub fn is_empty(&self) -> bool {
        self.uses.is_empty()
    }

    /// 元/㎡; NaN where there is none.
    pub fn price(&self, row: usize) -> f64 {
        self.prices.get(row).copied().unwrap_or(f64::NAN)
    }

    /// m²; NaN where unknown.
    pub fn area(&self, row: u32) -> f64 {
        self.areas.get(row as usize).copied().unwrap_or(f64::NAN)
    }

    /// m² as the release states it, in its own system; as measured where it states none.
    pub fn stated_area(&self, row: u32) -> f64 {
        let stated = self.release.units.areas.get(self.own_row(row as usize)).copied().filter(|area| !area.is_nan());
        stated.unwrap_or_else(|| self.area(row))
    }

    /// Points; NaN where there are none.
    pub fn total(&self, row: usize) -> f64 {
        self.release.units.totals.get(self.own_row(row)).copied().unwrap_or(f64::NAN)
    }

    /// The release's own row.
    pub fn own_row(&self, row: usize) -> usize {
        self.order.as_ref().map_or(row, |order| order[row] as usize)
    }

    pub fn kind(&self) -> Option<Kind> {
        self.shapes.as_ref().map(|shapes| shapes.kind)
    }

    /// A field carried through, as it is printed; `None` where it is empty.
    pub(super) fn kept(&self, field: &str, row: usize) -> Option<String> {
        let own = self.own_row(row);
        let column = self.release.units.kept.iter().find(|column| column.name == field)?;
        match column.values.get(own) {
            Value::None => None,
            Value::Int(value) => Some(value.to_string()),
            Value::Real(value) => Some(value.to_string()),
            Value::Text(value) => Some(value.trim().to_string()).filter(|text| !text.is_empty()),
        }
    }
}

/// Both releases in one order and one coordinate system, and that system.
pub(crate) fn prepare<'a>(
    old: &'a Release,
    new: &'a Release,
    notes: &mut Vec<Text>,
) -> Outcome<(Side<'a>, Side<'a>, Crs)> {
    let as_text = matches!(
        (&old.units.ids, &new.units.ids),
        (IdColumn::Int(_), IdColumn::Text(_)) | (IdColumn::Text(_), IdColumn::Int(_))
    );
    let (mut one, mut two) = (sorted(old, as_text), sorted(new, as_text));
    if as_text && !one.is_empty() && !two.is_empty() {
        notes.push(say!(
            "identifiers are numbers in one release and texts in the other; compared as texts",
            "一期的编号为数值,另一期为文本;按文本比较"
        ));
    }
    let crs = match (&one.shapes, &two.shapes) {
        (Some(_), Some(shapes)) => common(&old.head.crs, &new.head.crs, shapes)?,
        (Some(_), None) => old.head.crs.clone(),
        _ => new.head.crs.clone(),
    };
    for side in [&mut one, &mut two] {
        bring(side, &crs, notes)?;
        measure(side, crs.metres_per_unit);
    }
    Ok((one, two, crs))
}

fn sorted(release: &Release, as_text: bool) -> Side<'_> {
    let units = &release.units;
    let ids = match &units.ids {
        IdColumn::Int(ids) if as_text => Cow::Owned(IdColumn::Text(ids.iter().map(i64::to_string).collect::<Texts>())),
        ids => Cow::Borrowed(ids),
    };
    let ordered = (1..units.len()).all(|row| ids.order(row - 1, row) != Ordering::Greater);
    if ordered {
        return Side {
            release,
            ids,
            uses: Cow::Borrowed(&units.uses),
            shapes: units.shapes.as_ref().map(Cow::Borrowed),
            areas: Cow::Borrowed(&units.areas),
            grades: Cow::Borrowed(&units.grades),
            prices: Cow::Borrowed(&units.prices),
            order: None,
        };
    }
    let mut order: Vec<u32> = (0..units.len() as u32).collect();
    order.sort_by(|&one, &two| ids.order(one as usize, two as usize));
    let reals =
        |values: &[f64]| Cow::Owned(order.iter().filter_map(|&row| values.get(row as usize).copied()).collect());
    let smalls =
        |values: &[u8]| Cow::Owned(order.iter().filter_map(|&row| values.get(row as usize).copied()).collect());
    Side {
        release,
        ids: Cow::Owned(ids.gather(&order)),
        uses: smalls(&units.uses),
        shapes: units.shapes.as_ref().map(|shapes| Cow::Owned(shapes.gather(&order))),
        areas: reals(&units.areas),
        grades: smalls(&units.grades),
        prices: reals(&units.prices),
        order: Some(order),
    }
}

/// The system to compare in: the new release's, the old one's where only that is projected, else the UTM zone of the new one's middle.
fn common(old: &Crs, new: &Crs, shapes: &Shapes) -> Outcome<Crs> {
    if !new.geographic {
        return Ok(new.clone());
    }
    if !old.geographic {
        return Ok(old.clone());
    }
    let extent = shapes.extent();
    let middle = if extent.is_empty() {
        Point::default()
    } else {
        Point::new((extent.min.x + extent.max.x) / 2.0, (extent.min.y + extent.max.y) / 2.0)
    };
    let zone = (((middle.x + 180.0) / 6.0) as i32 % 60).clamp(0, 59) + 1;
    Crs::parse(&format!("EPSG:{}", if middle.y < 0.0 { 32700 } else { 32600 } + zone))
}

fn bring(side: &mut Side<'_>, crs: &Crs, notes: &mut Vec<Text>) -> Outcome<()> {
    let own = &side.release.head.crs;
    let Some(shapes) = side.shapes.as_mut().filter(|_| !own.same_as(crs)) else { return Ok(()) };
    Transform::new(own, crs)?.apply(shapes.to_mut().points_mut())?;
    let (name, from, to) = (&side.release.head.name, own.label(), crs.label());
    notes.push(say!(
        "the places of {name} were transformed from {from} to {to} before matching",
        "{name} 的坐标在比对前由 {from} 转换到 {to}"
    ));
    Ok(())
}

fn measure(side: &mut Side<'_>, metres_per_unit: f64) {
    let Some(shapes) = side.shapes.as_deref().filter(|shapes| shapes.kind == Kind::Polygon) else { return };
    let square = metres_per_unit * metres_per_unit;
    side.areas = Cow::Owned(scale::map(shapes.len(), |row| area(shapes.get(row)) * square));
}
