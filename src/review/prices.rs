//! Whether sale prices follow the grades: order, variance, ranks.

use crate::release::Release;
use crate::statistics::groups::{self, Ranks, Variance};
use crate::statistics::pairs::{self, Above, Means};

/// The samples of one grade that were used.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub grade: u8,
    /// 元/㎡ at the connotation, ascending.
    pub prices: Vec<f64>,
    pub mean: f64,
    pub median: f64,
}

/// Two neighbouring grades that have samples.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    pub better: u8,
    pub worse: u8,
    /// Whether the better grade's mean is the higher one.
    pub ordered: bool,
    /// Better over worse.
    pub ratio: f64,
    pub means: Option<Means>,
    pub above: Option<Above>,
}

/// What the samples of a use say of its grades.
#[derive(Clone, Debug, PartialEq)]
pub struct Check {
    pub land_use: usize,
    pub groups: Vec<Group>,
    pub pairs: Vec<Pair>,
    pub variance: Option<Variance>,
    pub ranks: Option<Ranks>,
    /// r of P = A(1 + r)^X over the samples, X = 1 for the worst grade: by least squares of ln P (级差收益).
    pub growth: Option<f64>,
}

/// One check per use.
pub fn checks(release: &Release) -> Vec<Check> {
    (0..release.uses.len()).map(|land_use| check(release, land_use)).collect()
}

fn check(release: &Release, land_use: usize) -> Check {
    let grades = release.uses[land_use].grades;
    let group = |grade: u8| {
        let own = release.samples.iter().filter(|sample| sample.used && sample.grade == grade);
        let own = own.filter(|sample| usize::from(sample.use_index) == land_use && sample.corrected > 0.0);
        let mut prices: Vec<f64> = own.map(|sample| sample.corrected).collect();
        prices.sort_by(f64::total_cmp);
        let middle = prices.len() / 2;
        let median = match prices.len() {
            0 => f64::NAN,
            count if count.is_multiple_of(2) => (prices[middle - 1] + prices[middle]) / 2.0,
            _ => prices[middle],
        };
        Group { grade, mean: prices.iter().sum::<f64>() / prices.len() as f64, median, prices }
    };
    let groups: Vec<Group> = (1..=grades).map(group).filter(|group| !group.prices.is_empty()).collect();
    let pairs = groups.windows(2).map(|pair| Pair {
        better: pair[0].grade,
        worse: pair[1].grade,
        ordered: pair[0].mean > pair[1].mean,
        ratio: pair[0].mean / pair[1].mean,
        means: pairs::means(&pair[0].prices, &pair[1].prices),
        above: pairs::above(&pair[0].prices, &pair[1].prices),
    });
    let pairs = pairs.collect();
    let prices: Vec<Vec<f64>> = groups.iter().map(|group| group.prices.clone()).collect();
    let (variance, ranks) = (groups::variance(&prices), groups::ranks(&prices));
    Check { land_use, growth: growth(&groups, grades), groups, pairs, variance, ranks }
}

/// The slope of ln P over the number of the grade, from the worst, as a rate. `None` with fewer than two grades.
fn growth(groups: &[Group], grades: u8) -> Option<f64> {
    if groups.len() < 2 {
        return None;
    }
    let points: Vec<(f64, f64)> = groups
        .iter()
        .flat_map(|group| {
            group.prices.iter().map(move |price| (f64::from(grades + 1 - group.grade), libm::log(*price)))
        })
        .collect();
    let n = points.len() as f64;
    let (x, y) = (points.iter().map(|p| p.0).sum::<f64>() / n, points.iter().map(|p| p.1).sum::<f64>() / n);
    let (mut product, mut square) = (0.0, 0.0);
    for (one, two) in points {
        product += (one - x) * (two - y);
        square += (one - x) * (one - x);
    }
    Some(libm::exp(product / square) - 1.0)
}
