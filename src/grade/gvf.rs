//! How much of the spread of the totals the classes explain.

/// Goodness of variance fit `1 − SSW/SST` (1 − squares within classes / squares in all); 1 where all totals are equal, as nothing is
/// left to explain. Summed in the order given, squares about the means.
pub fn gvf(totals: &[f64], classes: &[u8]) -> f64 {
    let Some(&origin) = totals.first() else { return 1.0 };
    let mut sums = [(0.0, 0.0); 256];
    for (total, &class) in totals.iter().zip(classes) {
        let (count, sum) = &mut sums[usize::from(class)];
        *count += 1.0;
        *sum += total - origin;
    }
    let mean = sums.iter().map(|(_, sum)| sum).sum::<f64>() / totals.len() as f64;
    let means = sums.map(|(count, sum)| if count > 0.0 { sum / count } else { 0.0 });
    let (mut within, mut all) = (0.0, 0.0);
    for (total, &class) in totals.iter().zip(classes) {
        let moved = total - origin;
        within += (moved - means[usize::from(class)]).powi(2);
        all += (moved - mean).powi(2);
    }
    if all > 0.0 { 1.0 - within / all } else { 1.0 }
}
