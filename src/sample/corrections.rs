//! The correction tables the sample prices were made with: price index by quarter, land rates, statutory terms, plot-ratio coefficients.
//!
//! An engine that is given these tables and corrects the samples with them recovers the true price surface but for the noise.

use crate::land::date::Quarter;

/// The uses of the sample city: key, name in the data.
pub const USES: [(&str, &str); 4] = [
    ("commercial", "商业服务业用地"),
    ("residential", "居住用地"),
    ("industrial", "工业用地"),
    ("public", "公共管理与公共服务用地"),
];

/// What a project needs to bring the city's sale samples to one connotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrections {
    /// The quarter the true prices of the year are of.
    pub base_quarter: Quarter,
    /// Index values by quarter, in the order of [`USES`].
    pub index: Vec<(Quarter, [f64; 4])>,
    /// In the order of [`USES`].
    pub uses: [UseTerms; 4],
}

/// The connotation of a use's true price, and its tables.
#[derive(Clone, Debug, PartialEq)]
pub struct UseTerms {
    pub key: &'static str,
    pub name: &'static str,
    /// Statutory maximum term in years.
    pub term: f64,
    /// Land capitalisation rate, 0.08 for 8 %.
    pub rate: f64,
    /// The set plot ratio.
    pub plot_ratio: f64,
    /// Plot ratio and coefficient, ascending; linear between, constant beyond.
    pub plot_ratio_table: &'static [[f64; 2]],
}

const TERMS: [UseTerms; 4] = [
    UseTerms {
        key: USES[0].0,
        name: USES[0].1,
        term: 40.0,
        rate: 0.08,
        plot_ratio: 2.0,
        plot_ratio_table: &[[0.5, 0.62], [1.0, 0.78], [1.5, 0.9], [2.0, 1.0], [3.0, 1.15], [4.0, 1.26], [6.0, 1.4]],
    },
    UseTerms {
        key: USES[1].0,
        name: USES[1].1,
        term: 70.0,
        rate: 0.07,
        plot_ratio: 2.0,
        plot_ratio_table: &[[0.5, 0.7], [1.0, 0.83], [1.5, 0.92], [2.0, 1.0], [3.0, 1.12], [4.0, 1.2]],
    },
    UseTerms {
        key: USES[2].0,
        name: USES[2].1,
        term: 50.0,
        rate: 0.06,
        plot_ratio: 1.0,
        plot_ratio_table: &[[0.5, 0.95], [1.0, 1.0], [2.0, 1.05]],
    },
    UseTerms {
        key: USES[3].0,
        name: USES[3].1,
        term: 50.0,
        rate: 0.065,
        plot_ratio: 1.5,
        plot_ratio_table: &[[0.5, 0.8], [1.0, 0.92], [1.5, 1.0], [2.0, 1.06], [3.0, 1.13]],
    },
];

/// Five years of quarters up to the base date of the first year.
const FIVE_YEARS: [[f64; 4]; 20] = [
    [100.0, 100.0, 100.0, 100.0],
    [100.8, 101.5, 100.4, 100.3],
    [101.5, 102.6, 100.9, 100.6],
    [101.9, 102.9, 101.3, 100.8],
    [102.0, 102.7, 101.7, 101.1],
    [101.8, 102.1, 102.0, 101.3],
    [101.4, 101.4, 102.4, 101.5],
    [101.1, 100.8, 102.7, 101.6],
    [101.0, 100.5, 103.0, 101.8],
    [100.9, 100.1, 103.4, 102.0],
    [100.5, 99.4, 103.7, 102.1],
    [100.1, 98.7, 104.0, 102.2],
    [99.6, 97.9, 104.2, 102.4],
    [99.1, 97.0, 104.5, 102.5],
    [98.6, 96.2, 104.7, 102.6],
    [98.3, 95.8, 104.9, 102.7],
    [98.1, 95.5, 105.1, 102.8],
    [97.9, 95.1, 105.4, 102.9],
    [97.7, 94.8, 105.6, 103.0],
    [97.5, 94.6, 105.8, 103.1],
];

/// The move of prices in each later year.
const YEARLY: [f64; 4] = [-0.02, -0.05, 0.01, 0.005];

/// The tables of the `later`-th year after the first: the index runs from five years before to that year's last quarter.
pub(super) fn of_year(first_year: i16, later: usize) -> Corrections {
    let year = first_year + later as i16;
    let index: Vec<(Quarter, [f64; 4])> = (0..20)
        .map(|quarter| {
            let quarter = quarter as i16;
            let at = Quarter { year: year - 4 + quarter / 4, quarter: (quarter % 4) as i8 + 1 };
            (at, index_at(first_year, at))
        })
        .collect();
    Corrections { base_quarter: Quarter { year, quarter: 4 }, index, uses: TERMS }
}

/// The index of a quarter, one decimal as index tables are printed; 100 in the first quarter of the first year's window.
pub(super) fn index_at(first_year: i16, at: Quarter) -> [f64; 4] {
    let quarters = i32::from(at.year - first_year + 4) * 4 + i32::from(at.quarter) - 1;
    if let Some(&known) = usize::try_from(quarters).ok().and_then(|at| FIVE_YEARS.get(at)) {
        return known;
    }
    let last = FIVE_YEARS[19];
    let later = f64::from(quarters - 19) / 4.0;
    [0, 1, 2, 3].map(|land_use| libm::round(last[land_use] * libm::pow(1.0 + YEARLY[land_use], later) * 10.0) / 10.0)
}

impl UseTerms {
    /// The plot-ratio coefficient k(R).
    pub fn plot_ratio_coefficient(&self, plot_ratio: f64) -> f64 {
        let table = self.plot_ratio_table;
        if plot_ratio <= table[0][0] {
            return table[0][1];
        }
        table.windows(2).find(|pair| plot_ratio <= pair[1][0]).map_or(table[table.len() - 1][1], |pair| {
            let [[r0, k0], [r1, k1]] = [pair[0], pair[1]];
            k0 + (k1 - k0) * (plot_ratio - r0) / (r1 - r0)
        })
    }

    /// What a right of `years` is worth of one of the full term: [1 − (1+r)⁻ⁿ] / [1 − (1+r)⁻ᴺ].
    pub fn term_coefficient(&self, years: f64) -> f64 {
        let worth = |years: f64| 1.0 - libm::pow(1.0 + self.rate, -years);
        worth(years) / worth(self.term)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_are_those_worked_by_hand() {
        // Domain notes W7: 20 of 40 years at 6 % are worth 0.688195 / 0.902778 = 0.762309.
        let terms = UseTerms { rate: 0.06, ..TERMS[0].clone() };
        assert!((terms.term_coefficient(20.0) - 0.762_309).abs() < 1e-6);
        assert_eq!(TERMS[0].plot_ratio_coefficient(2.5), 1.075);
        assert_eq!((TERMS[0].plot_ratio_coefficient(0.1), TERMS[0].plot_ratio_coefficient(9.0)), (0.62, 1.4));
        for terms in TERMS {
            assert_eq!(terms.plot_ratio_coefficient(terms.plot_ratio), 1.0);
        }
    }

    #[test]
    fn the_second_year_moves_by_use() {
        let (first, second) = (of_year(2025, 0), of_year(2025, 1));
        assert_eq!((first.index[0].0.year, second.index[19].0), (2021, Quarter { year: 2026, quarter: 4 }));
        assert_eq!(first.index[4..], second.index[..16], "the quarters both years know agree");
        let growth = [0, 1, 2, 3].map(|n| second.index[19].1[n] / first.index[19].1[n] - 1.0);
        for (found, meant) in growth.iter().zip(YEARLY) {
            assert!((found - meant).abs() < 1e-3, "{growth:?}");
        }
    }
}
