//! The canonical order of features: by geometry, then attributes, so that their order in a file changes nothing.

use crate::land::Column;
use crate::land::column::Value;
use crate::space::Shapes;
use std::cmp::Ordering;

/// The order of two features: coordinates first (the shorter one first where one begins the other), then attribute by attribute.
pub(super) fn order(shapes: &Shapes, columns: &[Column], a: usize, b: usize) -> Ordering {
    let (one, other) = (shapes.get(a), shapes.get(b));
    let coordinates = one.points().iter().zip(other.points());
    coordinates
        .map(|(p, q)| p.x.total_cmp(&q.x).then_with(|| p.y.total_cmp(&q.y)))
        .find(|order| order.is_ne())
        .unwrap_or(Ordering::Equal)
        .then_with(|| one.points().len().cmp(&other.points().len()))
        .then_with(|| one.ring_count().cmp(&other.ring_count()))
        .then_with(|| {
            let values = columns.iter().map(|column| value_order(column.values.get(a), column.values.get(b)));
            values.into_iter().find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
        })
}

fn value_order(a: Value<'_>, b: Value<'_>) -> Ordering {
    match (a, b) {
        (Value::Int(a), Value::Int(b)) => a.cmp(&b),
        (Value::Real(a), Value::Real(b)) => a.total_cmp(&b),
        (Value::Text(a), Value::Text(b)) => a.cmp(b),
        (a, b) => rank(a).cmp(&rank(b)),
    }
}

fn rank(value: Value<'_>) -> u8 {
    match value {
        Value::None => 0,
        Value::Int(_) => 1,
        Value::Real(_) => 2,
        Value::Text(_) => 3,
    }
}
