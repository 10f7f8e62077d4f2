//! The value of one parcel by the coefficient correction of the benchmark price (公示地价系数修正法).
//!
//! `P = P1b·(1 + ΣK)·K_date·K_plot ratio·K_term + D`, where local texts that set the development before the term correct it by the term
//! too (GB/T 18508-2014; both forms are in use).

/// What a parcel differs by from the connotation of its benchmark price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficients {
    /// ΣK of the regional and individual factors, a part of 1: 0.0429 for +4.29 %.
    pub factors: f64,
    pub date: f64,
    pub plot_ratio: f64,
    pub term: f64,
    /// D, the cost of services the parcel has beyond the set ones, or lacks (below 0), 元/㎡.
    pub development: f64,
}

/// Where the development stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Development {
    /// Added to the corrected price.
    AfterAll,
    /// Added before the term coefficient, which corrects it too.
    BeforeTerm,
}

/// The price of the parcel, 元/㎡, not rounded. `benchmark` is the benchmark price of its use and grade, 元/㎡.
pub fn price(benchmark: f64, by: &Coefficients, development: Development) -> f64 {
    let before_term = benchmark * (1.0 + by.factors) * by.date * by.plot_ratio;
    match development {
        Development::AfterAll => before_term * by.term + by.development,
        Development::BeforeTerm => (before_term + by.development) * by.term,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::correct::{PlotRatioTable, Term};

    #[test]
    fn w13_a_full_chain() {
        // grading-and-price.md W13, with the plot ratios of 吉安 (3.9.2) and 35 of 40 years at 6.5 %.
        let table = PlotRatioTable::new(vec![(1.4, 1.0), (1.6, 1.1035)]).unwrap();
        let plot_ratio = table.at(1.5).unwrap().k;
        let term = Term::new(0.065, 40.0).unwrap().from_statutory(35.0).unwrap();
        assert!((plot_ratio - 1.05175).abs() < 1e-12 && (term - 0.967_582).abs() < 5e-7, "{plot_ratio} {term}");
        let by = Coefficients { factors: 0.0429, date: 1.06, plot_ratio, term, development: 45.0 };
        let both = |by: &Coefficients| {
            let price = |development| (price(1000.0, by, development) * 100.0).round() / 100.0;
            (price(Development::AfterAll), price(Development::BeforeTerm))
        };
        assert_eq!(both(&by), (1169.99, 1168.53));
        assert_eq!(both(&Coefficients { term: 0.9676, ..by }), (1170.01, 1168.55));
    }

    #[test]
    fn the_order_costs_the_term_of_the_development() {
        // 3.10: P1b = 500, K = −0.13, T = 1.06, y = 0.97, F = 30 at plot ratio 1.51; the two orders differ by (1 − y)·F = 0.90.
        let by = Coefficients { factors: -0.13, date: 1.06, plot_ratio: 1.51, term: 0.97, development: 30.0 };
        let difference = price(500.0, &by, Development::AfterAll) - price(500.0, &by, Development::BeforeTerm);
        assert!((difference - 0.90).abs() < 1e-9, "{difference}");
    }
}
