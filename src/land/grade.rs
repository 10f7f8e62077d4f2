//! Land grades (级别): 1 is the best.

use super::{Lang, Text};
use crate::say;

/// The name of a grade for readers: 一级 … in Chinese, Roman numerals in English.
pub fn name(grade: u8, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("{}级", chinese(grade)),
        Lang::En => roman(grade),
    }
}

/// A method of breaks, by its word in project files, for readers; a word of another program stays as it is.
pub fn method(word: &str) -> Text {
    match word {
        "natural" => say!("natural", "自然断点法"),
        "natural-histogram" => say!("natural-histogram", "自然断点法(直方图)"),
        "quantile" => say!("quantile", "分位数法"),
        "equal-interval" => say!("equal-interval", "等间隔法"),
        "given" => say!("given", "指定界限"),
        "number-axis" => say!("number-axis", "总分数轴法"),
        "frequency-curve" => say!("frequency-curve", "总分频率曲线法"),
        "profile" => say!("profile", "总分剖面图法"),
        other => Text::same(other),
    }
}

/// The grade a cell of a foreign table means: `1`, `01`, `1.0`, `1级`, `一级`, `Ⅰ`, `I级`, `II`, `第三级`, `三级地`, `叁級`, `③`. `None` where
/// it means none: `三等` is a class (土地等别), not a grade.
pub fn parse(text: &str) -> Option<u8> {
    let whole: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let core = whole.trim_start_matches('第');
    let core =
        ["等级地", "等级", "级地", "級地", "级", "級"].iter().find_map(|end| core.strip_suffix(end)).unwrap_or(core);
    if core.is_empty() {
        return None;
    }
    let plain: String = core.chars().map(plain).collect();
    // A number that was stored as a real.
    let digits = plain.split_once('.').filter(|(_, rest)| !rest.is_empty() && rest.bytes().all(|b| b == b'0'));
    if let Ok(number) = digits.map_or(plain.as_str(), |(whole, _)| whole).parse::<u8>() {
        return (1..=99).contains(&number).then_some(number);
    }
    let letters = spelled_out(&plain);
    (1..=30).find(|&grade| chinese(grade) == plain || roman(grade) == letters)
}

fn chinese(grade: u8) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (usize::from(grade / 10), usize::from(grade % 10));
    match tens {
        0 => DIGITS[ones].to_string(),
        1 => format!("十{}", DIGITS[ones]),
        _ => format!("{}十{}", DIGITS[tens.min(9)], DIGITS[ones]),
    }
}

fn roman(grade: u8) -> String {
    const STEPS: [(u8, &str); 9] =
        [(100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")];
    let mut rest = grade;
    let mut out = String::new();
    for (value, letters) in STEPS {
        while rest >= value {
            out.push_str(letters);
            rest -= value;
        }
    }
    out
}

/// Full-width digits in half width, figures of account books and circled ones as plain Chinese figures.
fn plain(c: char) -> char {
    const PLAIN: [char; 10] = ['一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];
    let place = |c: char, from: char| PLAIN.get((c as usize).wrapping_sub(from as usize)).copied();
    match c {
        '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}' => {
            char::from((c as u32 - 0xfee0) as u8)
        }
        '①'..='⑩' => place(c, '①').unwrap_or(c),
        '壹' => '一',
        '贰' | '貳' => '二',
        '叁' | '參' => '三',
        '肆' => '四',
        '伍' => '五',
        '陆' | '陸' => '六',
        '柒' => '七',
        '捌' => '八',
        '玖' => '九',
        '拾' => '十',
        other => other,
    }
}

/// `Ⅳ` and its like written out in ASCII letters, upper case.
fn spelled_out(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'Ⅰ'..='Ⅻ' => roman((c as u32 - 'Ⅰ' as u32) as u8 + 1),
            'ⅰ'..='ⅻ' => roman((c as u32 - 'ⅰ' as u32) as u8 + 1),
            other => other.to_ascii_uppercase().to_string(),
        })
        .collect()
}

#[cfg(test)]
#[path = "grade_tests.rs"]
mod tests;
