//! Numbers with a fixed count of decimals, printed from scaled integers.

const POWERS: [f64; 12] = [1.0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11];
const PAIRS: [[u8; 2]; 100] = {
    let mut pairs = [[0; 2]; 100];
    let mut number = 0;
    while number < 100 {
        pairs[number] = [b'0' + (number / 10) as u8, b'0' + (number % 10) as u8];
        number += 1;
    }
    pairs
};

/// The most decimals [`scaled`] knows.
pub(super) const MOST_DECIMALS: usize = POWERS.len() - 1;

/// The value in units of its last decimal, half away from zero; meant for results below 2^53, where every integer is a double.
pub(super) fn scaled(value: f64, decimals: usize) -> i64 {
    let product = value * POWERS[decimals];
    (product + 0.5_f64.copysign(product)) as i64
}

/// Whether `decimals` places hold the value: printed and read back, it is the same double.
pub(super) fn holds(value: f64, decimals: usize) -> bool {
    let units = scaled(value, decimals);
    // Both numbers are exact, so their quotient is the double nearest to the printed decimal.
    units.unsigned_abs() < 1 << 53 && units as f64 / POWERS[decimals] == value
}

/// The length of a scaled integer as [`put_right`] prints it.
pub(super) fn printed_width(units: i64, decimals: usize) -> usize {
    let digits = units.unsigned_abs().checked_ilog10().map_or(1, |log| log as usize + 1);
    usize::from(units < 0) + digits.max(decimals + 1) + usize::from(decimals > 0)
}

/// Prints a scaled integer at the right end of `slot`; gives where it starts. The slot must be at least [`printed_width`] long.
pub(super) fn put_right(slot: &mut [u8], units: i64, decimals: usize) -> usize {
    let mut rest = units.unsigned_abs();
    let mut at = slot.len();
    if decimals > 0 {
        let point = at - decimals - 1;
        while at > point + 2 {
            at -= 2;
            slot[at..at + 2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
            rest /= 100;
        }
        if at > point + 1 {
            at -= 1;
            slot[at] = b'0' + (rest % 10) as u8;
            rest /= 10;
        }
        at -= 1;
        slot[at] = b'.';
    }
    while rest >= 100 {
        at -= 2;
        slot[at..at + 2].copy_from_slice(&PAIRS[(rest % 100) as usize]);
        rest /= 100;
    }
    if rest >= 10 {
        at -= 2;
        slot[at..at + 2].copy_from_slice(&PAIRS[rest as usize]);
    } else {
        at -= 1;
        slot[at] = b'0' + rest as u8;
    }
    if units < 0 {
        at -= 1;
        slot[at] = b'-';
    }
    at
}

/// Appends a whole number.
pub(super) fn push_int(out: &mut Vec<u8>, value: i64) {
    let mut slot = [0; 24];
    let start = put_right(&mut slot, value, 0);
    out.extend_from_slice(&slot[start..]);
}

/// Appends a value with at most `decimals` places, without trailing zeros.
pub(super) fn push_fixed(out: &mut Vec<u8>, value: f64, decimals: usize) {
    let mut slot = [0; 40];
    let start = put_right(&mut slot, scaled(value, decimals), decimals);
    let mut end = slot.len();
    if decimals > 0 {
        while slot[end - 1] == b'0' {
            end -= 1;
        }
        end -= usize::from(slot[end - 1] == b'.');
    }
    out.extend_from_slice(&slot[start..end]);
}

#[cfg(test)]
#[path = "digits_tests.rs"]
mod tests;
