//! Identifiers that their number type did not hold.

use crate::land::Text;
use crate::land::column::Value;
use crate::say;

/// Where the real numbers stop to hold every whole number: 2⁵³.
pub(super) const EXACT: f64 = 9_007_199_254_740_992.0;

/// What a number that does not hold all digits of an identifier looks like: the end of the 64-bit integers, at which GDAL stops; a real
/// number beyond 2⁵³; a text such as `3.20102E+27`, as spreadsheets show those.
pub fn is_rounded(id: Value<'_>) -> bool {
    match id {
        Value::None => false,
        Value::Int(number) => number == i64::MAX || number == i64::MIN,
        Value::Real(number) => number.abs() >= EXACT,
        Value::Text(text) => scientific(text),
    }
}

fn scientific(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some((number, power)) = text.trim().split_once(['e', 'E']) else { return false };
    let power = power.strip_prefix('+').unwrap_or(power);
    let decimal = number.split_once('.').is_some_and(|(whole, rest)| digits(whole) && digits(rest));
    decimal && digits(power) && power.parse::<u32>().is_ok_and(|power| power >= 15)
}

/// What is said of such an identifier in the field.
pub fn detail(field: &str, id: Value<'_>) -> Text {
    let id = id.to_string();
    say!(
        "{field} is stored as a number too large to keep its digits, and reads {id}: make it a text field",
        "{field} 以数字存储,位数超出精度,读作 {id}:请改为文本字段"
    )
}
