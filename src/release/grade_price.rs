//! The price that stands for a grade.

use super::{Origin, PriceCell, Release};

impl Release {
    /// Whether it has any price: of a grade, an area or a street.
    pub fn is_priced(&self) -> bool {
        let places = self.map.places.areas.rows.iter().chain(&self.map.places.streets.rows);
        self.cells.iter().any(|cell| self.price_of(cell).is_some())
            || places.into_iter().any(|row| row.published.is_some())
    }

    /// 元/㎡: the published price; of a grade that an imported release has several prices of, as of areas (区片), their mean; `None` without any.
    pub fn price_of(&self, cell: &PriceCell) -> Option<f64> {
        cell.published.or(cell.raw.filter(|_| self.has_several(cell))).filter(|price| price.is_finite())
    }

    /// Whether a grade has several prices, none of which is published as that of the grade.
    pub fn has_several(&self, cell: &PriceCell) -> bool {
        self.head.origin == Origin::Imported && cell.published.is_none() && cell.raw.is_some()
    }

    /// The grades of a use that have several prices.
    pub fn grades_of_several(&self, land_use: u8) -> impl Iterator<Item = u8> {
        self.cells
            .iter()
            .filter(move |cell| cell.use_index == land_use && self.has_several(cell))
            .map(|cell| cell.grade)
    }
}
