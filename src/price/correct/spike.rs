//! Misprints in a printed table that break no rule: a row that stands out of the line of its neighbours.

/// A row and how far it is from the straight line between the rows beside it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Spike {
    pub at: f64,
    pub off: f64,
}

/// How many times the usual bend is a spike: as districts' tables are supervised.
pub const USUAL_TIMES: f64 = 5.0;

/// Rows that stand out, of a table in ascending order. One wrong row bends the table one way and both its neighbours the other, which no
/// smooth table does: told where it is off by more than `times` the usual bend (the median) and by more than 2 units of the last printed
/// place, which rounding alone does not reach. The first and the last row are held against the three beside them. Of fewer than seven rows nothing
/// is usual.
pub fn spikes(rows: &[[f64; 2]], times: f64) -> Vec<Spike> {
    if rows.len() < 7 {
        return Vec::new();
    }
    let bend = |three: &[[f64; 2]]| {
        let ([x0, y0], [x1, y1], [x2, y2]) = (three[0], three[1], three[2]);
        y1 - (y0 + (y2 - y0) * (x1 - x0) / (x2 - x0))
    };
    let bends: Vec<f64> = rows.windows(3).map(bend).collect();
    let mut sizes: Vec<f64> = bends.iter().map(|bend| bend.abs()).collect();
    sizes.sort_by(f64::total_cmp);
    let least = (times * sizes[sizes.len() / 2]).max(2.0 * last_place(rows));
    let against = |one: f64, other: f64| one * other < 0.0 && other.abs() >= one.abs() / 5.0;
    // The second row and the last but one have one neighbour with a bend of its own.
    let stands_out = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| bends.get(at));
        bends[at].abs() > least * (1.0 + 1e-9)
            && beside.clone().count() > 0
            && beside.clone().all(|other| against(bends[at], *other))
    };
    // Of two rows beside each other that both stand out the farther one does.
    let larger = |at: usize| {
        let beside = [at.checked_sub(1), Some(at + 1)].into_iter().flatten().filter_map(|at| bends.get(at));
        beside.clone().all(|other| other.abs() <= bends[at].abs())
    };
    let found = (0..bends.len()).filter(|at| stands_out(*at) && larger(*at));
    let mut spikes: Vec<Spike> = found.map(|at| Spike { at: rows[at + 1][0], off: bends[at] }).collect();
    let backwards: Vec<[f64; 2]> = rows.iter().rev().copied().collect();
    for (ended, near) in [(rows, 1..=3), (&backwards[..], rows.len() - 4..=rows.len() - 2)] {
        // A wrong row near the end draws the end off as well.
        let drawn = |spike: &Spike| near.clone().any(|row| rows[row][0] == spike.at);
        if !spikes.iter().any(drawn) {
            spikes.extend(off_the_end(ended, times));
        }
    }
    spikes.sort_by(|one, other| one.at.total_cmp(&other.at));
    spikes
}

/// The first row, where it is no continuation of the three behind it: neither of the parabola through them, nor of the straight line in
/// logarithms through the first two (a table of powers is one), each by more than `times` what is usual in the table and than rounding of the
/// rows can add up to, while the second row continues those behind it.
fn off_the_end(rows: &[[f64; 2]], times: f64) -> Option<Spike> {
    let parabola = |four: &[[f64; 2]]| {
        let at = four[0][0];
        let share = |own: usize| {
            let others = (1..4).filter(|other| *other != own);
            others.map(|other| (at - four[other][0]) / (four[own][0] - four[other][0])).product::<f64>()
        };
        let shares = [share(1), share(2), share(3)];
        let value: f64 = (1..4).zip(shares).map(|(row, share)| share * four[row][1]).sum();
        (four[0][1] - value, 1.0 + shares.iter().map(|share| share.abs()).sum::<f64>())
    };
    let line = |four: &[[f64; 2]]| {
        let [one, two, three] = [four[0], four[1], four[2]].map(|[x, y]| [x.ln(), y.ln()]);
        one[1] - (two[1] + (three[1] - two[1]) * (one[0] - two[0]) / (three[0] - two[0]))
    };
    let usual = |sizes: Vec<f64>| {
        let mut sizes: Vec<f64> = sizes.into_iter().map(f64::abs).filter(|size| !size.is_nan()).collect();
        sizes.sort_by(f64::total_cmp);
        sizes.get(sizes.len() / 2).copied().unwrap_or(0.0)
    };
    let curved: Vec<(f64, f64)> = rows.windows(4).map(parabola).collect();
    let straight: Vec<f64> = rows.windows(4).map(line).collect();
    let usual_curved = times * usual(curved.iter().map(|(off, _)| *off).collect());
    let usual_straight = times * usual(straight.clone());
    // Each row is printed half a unit off at most.
    let by_rounding = |at: usize| curved[at].1 * last_place(rows) / 2.0;
    let is_off = |at: usize| curved[at].0.abs() > usual_curved.max(2.0 * by_rounding(at)) * (1.0 + 1e-9);
    let is_bent = |at: usize| {
        straight[at].is_nan() || straight[at].abs() > usual_straight.max(2.0 * last_place(rows) / rows[at][1])
    };
    let (first, second) = (is_off(0) && is_bent(0), is_off(1) && is_bent(1));
    (first && !second).then(|| Spike { at: rows[0][0], off: curved[0].0 })
}

/// One unit of the last place that any coefficient is printed with.
fn last_place(rows: &[[f64; 2]]) -> f64 {
    let places = |value: f64| value.to_string().split_once('.').map_or(0, |(_, behind)| behind.len());
    let most = rows.iter().map(|row| places(row[1])).max().unwrap_or(0);
    0.1_f64.powi(most.min(15) as i32)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// (R/2)^0.4 printed with three decimals, a table of 0.5, 0.6, … 4.0.
    fn printed() -> Vec<[f64; 2]> {
        (5..=40)
            .map(|tenths| f64::from(tenths) / 10.0)
            .map(|r| [r, ((r / 2.0).powf(0.4) * 1e3).round() / 1e3])
            .collect()
    }

    #[test]
    fn a_smooth_table_has_none_however_it_is_rounded_or_spaced() {
        assert_eq!(spikes(&printed(), 5.0), []);
        let coarse: Vec<[f64; 2]> = printed().iter().map(|row| [row[0], (row[1] * 100.0).round() / 100.0]).collect();
        assert_eq!(spikes(&coarse, 5.0), []);
        let uneven: Vec<[f64; 2]> =
            printed().into_iter().filter(|row| row[0] < 1.0 || (row[0] * 2.0).fract() == 0.0).collect();
        assert_eq!(spikes(&uneven, 5.0), []);
        let straight: Vec<[f64; 2]> = (0..20).map(|at| [f64::from(at), 1.0 + f64::from(at) / 8.0]).collect();
        assert_eq!(spikes(&straight, 5.0), []);
    }

    #[test]
    fn two_digits_that_changed_places_are_found_though_the_table_rises_and_floor_falls() {
        let mut rows = printed();
        // At 2.5 the coefficient is 1.093; 1.039 lies between its neighbours 1.076 and 1.111 no more, 1.083 does.
        let at = rows.iter().position(|row| row[0] == 2.5).unwrap();
        assert_eq!((rows[at - 1][1], rows[at][1], rows[at + 1][1]), (1.076, 1.093, 1.111));
        rows[at][1] = 1.083;
        assert!(
            rows.windows(2).all(|pair| pair[0][1] < pair[1][1] && pair[1][1] / pair[1][0] < pair[0][1] / pair[0][0])
        );
        let found = spikes(&rows, 5.0);
        assert_eq!(found.iter().map(|spike| spike.at).collect::<Vec<_>>(), [2.5]);
        // 1.083 − (1.076 + 1.111)/2.
        assert!((found[0].off + 0.0105).abs() < 1e-12);
    }

    #[test]
    fn a_wrong_row_at_either_end_is_found_as_such() {
        let last = printed().len() - 1;
        for (row, to) in [(0, 0.547), (last, 1.391), (last, 1.329)] {
            let mut rows = printed();
            rows[row][1] = to;
            let found: Vec<f64> = spikes(&rows, 5.0).iter().map(|spike| spike.at).collect();
            assert_eq!(found, [rows[row][0]], "{to}");
        }
        // One beside the end is that row, not the end.
        for row in [1, last - 1] {
            let mut rows = printed();
            rows[row][1] += 0.02;
            let found: Vec<f64> = spikes(&rows, 5.0).iter().map(|spike| spike.at).collect();
            assert_eq!(found, [rows[row][0]]);
        }
    }

    #[test]
    fn a_table_of_two_pieces_has_none_at_its_ends() {
        // Linear below 1, logarithmic above, with three decimals: as rules for plot ratios are printed.
        let of = |r: f64| if r < 1.0 { 0.4 + 0.6 * r } else { 1.0 + 0.35 * r.ln() };
        let rows: Vec<[f64; 2]> =
            (4..=50).map(|tenths| f64::from(tenths) / 10.0).map(|r| [r, (of(r) * 1e3).round() / 1e3]).collect();
        for step in 1..4 {
            let some: Vec<[f64; 2]> = rows.iter().step_by(step).copied().collect();
            assert_eq!(spikes(&some, 5.0), []);
        }
    }
}
