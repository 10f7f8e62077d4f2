//! The number of a round in what a cell or sheet calls it: `2`, `round 2`, `第二轮`.

/// The first number in a text, in digits or as 一 to 十; `None` where there is none.
pub(super) fn of(text: &str) -> Option<u32> {
    let digits: String =
        text.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).take(6).collect();
    let numerals = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let numeral = || text.chars().find_map(|c| numerals.iter().position(|known| *known == c));
    digits.parse().ok().or_else(|| numeral().map(|at| at as u32 + 1))
}

#[cfg(test)]
mod tests {
    #[test]
    fn rounds_are_numbered_in_digits_or_characters() {
        for (text, wanted) in
            [("2", Some(2)), ("round 12", Some(12)), ("第三轮", Some(3)), ("R1", Some(1)), ("last", None)]
        {
            assert_eq!(super::of(text), wanted, "{text}");
        }
    }
}
