//! Headers and numbers as people read them in tables.

use super::Field;
use crate::land::{Lang, money};

/// A field's title with its unit in brackets.
pub(crate) fn header(field: &Field<'_>, lang: Lang) -> String {
    let (title, unit) = (field.title.in_lang(lang), field.unit);
    match (unit, lang) {
        ("", _) => title.to_string(),
        (_, Lang::Zh) => format!("{title}({unit})"),
        (_, Lang::En) => format!("{title} ({unit})"),
    }
}

/// A finite number with a fixed count of decimals, rounded half up; the number it stands for comes first.
pub(crate) fn rounded(value: f64, decimals: u8) -> (f64, String) {
    // Adding zero takes the sign off a negative zero.
    let value = money::round_half_up(value, u32::from(decimals)) + 0.0;
    (value, format!("{value:.0$}", usize::from(decimals)))
}

/// A number in full: the shortest digits that read back the same, whole numbers without a point.
pub(crate) fn full(value: f64) -> String {
    let mut buffer = zmij::Buffer::new();
    let printed = buffer.format(value);
    printed.strip_suffix(".0").unwrap_or(printed).to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_round_half_up_on_their_decimal_form_and_keep_their_zeros() {
        // 2.675 is below its decimal form in binary; people expect 2.68.
        for (value, decimals, shown) in
            [(2.675, 2, "2.68"), (474.5, 0, "475"), (-0.004, 2, "0.00"), (7.0, 3, "7.000"), (-2.5, 0, "-3")]
        {
            assert_eq!(rounded(value, decimals).1, shown);
        }
        assert_eq!((full(474.0), full(0.1), full(-1e300)), ("474".into(), "0.1".into(), "-1e+300".into()));
    }
}
