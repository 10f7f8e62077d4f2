//! The first parcel in which two releases differ.

use super::parcels::ParcelRows;
use crate::land::Text;
use crate::say;

/// Compares parcel by parcel, bit for bit; `uses` gives a use's key.
pub(super) fn first(one: &ParcelRows, other: &ParcelRows, uses: &dyn Fn(u8) -> String) -> Option<Text> {
    let (left, right) = (one.len(), other.len());
    if left != right || one.width() != other.width() {
        return Some(say!("number of parcels: {left} against {right}", "宗地数:{left} 与 {right} 不同"));
    }
    let at = (0..left).find(|&at| !same(one, other, at))?;
    let (left, right) = (show(one, at, uses), show(other, at, uses));
    if left == right {
        return Some(say!("parcel {left}: its corners differ", "宗地 {left}:界址点不同"));
    }
    Some(say!("parcels: {left} against {right}", "宗地:{left} 与 {right} 不同"))
}

fn same(one: &ParcelRows, other: &ParcelRows, at: usize) -> bool {
    let corners = |rows: &ParcelRows| -> Vec<u64> {
        let corners = rows.shapes.get(at).points().iter();
        corners.flat_map(|point| [point.x.to_bits(), point.y.to_bits()]).collect()
    };
    let plain = |rows: &ParcelRows| (rows.uses[at], rows.grades[at], rows.decided[at], rows.ids.show(at));
    plain(one) == plain(other) && bits(one, at).eq(bits(other, at)) && corners(one) == corners(other)
}

/// Every number of a parcel; those that are missing are alike.
fn bits(rows: &ParcelRows, at: usize) -> impl Iterator<Item = u64> {
    numbers(rows, at).into_iter().map(|number| if number.is_nan() { f64::NAN.to_bits() } else { number.to_bits() })
}

fn numbers(rows: &ParcelRows, at: usize) -> Vec<f64> {
    let price = rows.prices.get(at).copied().unwrap_or(f64::NAN);
    let mut numbers = vec![rows.areas[at], rows.totals[at], rows.bare[at], price];
    for grade in 1..=rows.width() as u8 {
        numbers.extend([rows.ground(at, grade), rows.front(at, grade)]);
    }
    numbers
}

fn show(rows: &ParcelRows, at: usize, uses: &dyn Fn(u8) -> String) -> String {
    let (id, land_use, grade, rule) =
        (rows.ids.show(at), uses(rows.uses[at]), rows.grades[at], rows.decided[at].word());
    let numbers = numbers(rows, at).iter().map(f64::to_string).collect::<Vec<_>>().join(", ");
    format!("{id} {land_use}: {grade} {rule}, {numbers}")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::land::{Decided, IdColumn};
    use crate::space::{Kind, Point, Shapes};

    fn rows() -> ParcelRows {
        let mut shapes = Shapes::new(Kind::Polygon);
        shapes.push_ring(&[(0.0, 0.0), (9.0, 0.0), (0.0, 9.0), (0.0, 0.0)].map(|(x, y)| Point::new(x, y)), true);
        shapes.end_feature();
        ParcelRows {
            ids: IdColumn::Int(vec![7]),
            uses: vec![0],
            shapes,
            areas: vec![40.5],
            grades: vec![2],
            decided: vec![Decided::Area],
            totals: vec![61.0],
            bare: vec![0.0],
            prices: vec![f64::NAN],
            ground: vec![10.5, 30.0],
            fronts: Vec::new(),
        }
    }

    #[test]
    fn the_first_number_or_corner_that_differs_is_told() {
        let told = |change: fn(&mut ParcelRows)| {
            let mut other = rows();
            change(&mut other);
            first(&rows(), &other, &|_| "commercial".into()).map(|text| text.en)
        };
        assert_eq!(told(|_| {}), None);
        let found = told(|other| other.ground[0] += 1e-9).unwrap();
        assert!(found.starts_with("parcels: 7 commercial: 2 area, 40.5, 61, 0, NaN, 10.5, "), "{found}");
        assert!(told(|other| other.shapes.points_mut()[1].x += 1e-9).unwrap().ends_with("corners differ"));
        assert!(told(|other| *other = ParcelRows::default()).unwrap().ends_with("1 against 0"));
    }
}
