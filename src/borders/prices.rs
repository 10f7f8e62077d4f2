//! Prices of a release by use and grade, and the steps between neighbouring grades.

use super::bring::Way;
use crate::land::Text;
use crate::release::Release;
use std::collections::BTreeMap;

/// Something that holds for some grades.
type OfGrades<T> = (Vec<u8>, T);

/// What the prices of a use are at the common premises.
pub(super) struct Prices {
    /// By grade: the published price, the way, or why there is none.
    of: BTreeMap<u8, (f64, Result<Way, Text>)>,
}

impl Prices {
    /// `way` gives that of each grade.
    pub fn new(release: &Release, land_use: u8, way: impl Fn(u8) -> Result<Way, Text>) -> Prices {
        let priced = release.cells.iter().filter(|cell| cell.use_index == land_use);
        let mut of: BTreeMap<u8, (f64, Result<Way, Text>)> = priced
            .filter_map(|cell| Some((cell.grade, (cell.published.filter(|price| *price > 0.0)?, way(cell.grade)))))
            .collect();
        for grade in 1..=release.uses[usize::from(land_use)].grades {
            of.entry(grade).or_insert_with(|| (f64::NAN, way(grade)));
        }
        Prices { of }
    }

    /// The published price of a grade; NaN where there is none.
    pub fn published(&self, grade: u8) -> f64 {
        self.of.get(&grade).map_or(f64::NAN, |(price, _)| *price)
    }

    /// A price of a grade at the common premises; NaN where it cannot be brought there.
    pub fn common(&self, grade: u8, price: f64) -> f64 {
        let way = self.of.get(&grade).and_then(|(_, way)| way.as_ref().ok());
        way.map(|way| way.apply(price)).filter(|price| *price > 0.0 && price.is_finite()).unwrap_or(f64::NAN)
    }

    /// The larger of ln(P_{k-1}/P_k) and ln(P_k/P_{k+1}), whichever way they go; NaN where the grade stands alone.
    pub fn inner(&self, grade: u8) -> f64 {
        let priced = self.of.iter().map(|(own, (price, _))| (*own, self.common(*own, *price)));
        let priced: Vec<(u8, f64)> = priced.filter(|(_, price)| !price.is_nan()).collect();
        let steps = priced.windows(2).filter(|pair| pair.iter().any(|(own, _)| *own == grade));
        steps.map(|pair| libm::log(pair[0].1 / pair[1].1).abs()).fold(f64::NAN, f64::max)
    }

    /// What was done and what could not be, each sentence once with its grades.
    pub fn told(&self) -> (Vec<OfGrades<Vec<Text>>>, Vec<OfGrades<Text>>) {
        let (mut done, mut refused): (Vec<OfGrades<Vec<Text>>>, Vec<OfGrades<Text>>) = Default::default();
        for (grade, (_, way)) in &self.of {
            match way {
                Ok(way) if way.steps.is_empty() => {}
                Ok(way) => match done.iter_mut().find(|(_, steps)| *steps == way.steps) {
                    Some((grades, _)) => grades.push(*grade),
                    None => done.push((vec![*grade], way.steps.clone())),
                },
                Err(why) => match refused.iter_mut().find(|(_, known)| known == why) {
                    Some((grades, _)) => grades.push(*grade),
                    None => refused.push((vec![*grade], why.clone())),
                },
            }
        }
        (done, refused)
    }

    /// Premises taken as those of the target because nobody states them.
    pub fn assumed(&self) -> Vec<Text> {
        let mut all: Vec<Text> = Vec::new();
        for text in self.of.values().filter_map(|(_, way)| way.as_ref().ok()).flat_map(|way| &way.assumed) {
            if !all.contains(text) {
                all.push(text.clone());
            }
        }
        all
    }
}
