//! The table beside the map, what lines mean, and who made the map of what.

use super::content::{Legend, Sign};
use super::fonts::Fonts;
use super::layout::Draw;
use super::paper::Rect;
use super::seen::Seen;
use super::svg::{Anchor, INK, Look, Svg};
use super::underlay::Underlay;
use crate::formats::style::Colour;
use crate::land::{Lang, Text};
use crate::say;

/// Samples on the map.
pub const USED: Colour = [106, 61, 154];
pub const AREA: Colour = [0, 110, 100];
pub const STREET: Colour = [214, 96, 0];
/// Ground of other uses, as the web map has it.
pub const OTHERS: Colour = [227, 225, 219];
/// Between grades.
pub const GRADE_LINE: Colour = [90, 80, 70];

/// A row's height, times the text.
const ROW: f64 = 1.75;

/// Draws the table; hands over where it ends.
pub fn table(svg: &mut Svg, fonts: &Fonts, legend: &Legend, at: Rect, text: f64, strength: f64) -> f64 {
    let mut y = at.top + 1.3 * text;
    svg.text((at.left, y), &legend.title, Look::new(1.25 * text, Anchor::Start));
    let sign = 2.4 * text;
    let columns = legend.heads.len();
    let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
    let wide: Vec<f64> = (0..columns)
        .map(|column| {
            let cells = legend.rows.iter().map(|(_, row)| cell(row, column)).chain([cell(&legend.heads, column)]);
            cells.map(|words| fonts.width(&words, text)).fold(0.0, f64::max)
        })
        .collect();
    // The columns share what is left of the width, up to a gap that the eye still crosses; a table too wide is written smaller.
    let room = at.width - sign - 0.8 * text;
    let needed: f64 = wide.iter().sum::<f64>() + 0.6 * text * columns.saturating_sub(1) as f64;
    let shrink = (room / needed).min(1.0);
    let gap =
        ((room - wide.iter().sum::<f64>() * shrink) / columns.max(2).saturating_sub(1) as f64).clamp(0.0, 2.0 * text);
    let size = text * shrink;
    // The first column begins at the left, numbers end at the right of theirs.
    let place = |column: usize| {
        let before: f64 = wide[..column].iter().map(|wide| wide * shrink + gap).sum();
        let left = at.left + sign + 0.8 * text + before;
        if column == 0 { (left, Anchor::Start) } else { (left + wide[column] * shrink, Anchor::End) }
    };
    y += 1.7 * text;
    for column in 0..columns {
        let (x, anchor) = place(column);
        svg.text((x, y), &cell(&legend.heads, column), Look::new(0.9 * size, anchor));
    }
    y += 0.45 * text;
    svg.line((at.left, y), (at.left + at.width, y), 0.04 * text, INK);
    for (mark, row) in &legend.rows {
        y += ROW * text;
        let middle = y - 0.35 * text;
        match mark {
            Sign::Colour(colour) => {
                let high = 1.15 * text;
                let swatch = Rect { left: at.left, top: middle - high / 2.0, width: sign, height: high };
                svg.rect(swatch, Some([255, 255, 255]), 0.0);
                svg.rect(swatch, Some(blended(*colour, strength)), 0.04 * text);
            }
            Sign::Sample(used) => sample(svg, (at.left + sign / 2.0, middle), text, *used),
        }
        for column in 0..columns {
            let (x, anchor) = place(column);
            svg.text((x, y), &cell(row, column), Look::new(size, anchor));
        }
    }
    y + 0.9 * text
}

/// A colour as it looks on white.
pub fn blended(colour: Colour, strength: f64) -> Colour {
    colour.map(|part| (255.0 - (255.0 - f64::from(part)) * strength).round() as u8)
}

/// The room that a mark takes.
pub fn room_of_sample((x, y): (f64, f64), text: f64) -> Rect {
    let half = 0.4 * text;
    Rect { left: x - half, top: y - half, width: 2.0 * half, height: 2.0 * half }
}

pub fn sample(svg: &mut Svg, place: (f64, f64), text: f64, used: bool) {
    let fill = if used { USED } else { [255, 255, 255] };
    svg.circle(place, 0.35 * text, Some(fill), 0.1 * text, if used { [255, 255, 255] } else { USED });
}

/// What a map shows besides the signs of its table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Keys {
    pub seen: Seen,
    /// Lines between grades where the colours are not those of grades.
    pub grades: bool,
    pub areas: bool,
    pub streets: bool,
}

/// What the lines of a map mean, those it has; hands over where it ends.
pub fn lines(svg: &mut Svg, underlay: &Underlay<'_>, keys: &Keys, at: Rect, text: f64, lang: Lang) -> f64 {
    let drawn = [
        (Draw::District, say!("border of districts", "区县界")),
        (Draw::Road, say!("road", "道路")),
        (Draw::Water, say!("water", "水系")),
    ];
    let mut y = at.top;
    let wide = 2.4 * text;
    let mut row = |svg: &mut Svg, words: &Text, draw: &dyn Fn(&mut Svg, (f64, f64))| {
        y += 1.5 * text;
        draw(svg, (at.left, y - 0.35 * text));
        svg.text((at.left + wide + 0.8 * text, y), words.in_lang(lang), Look::new(0.9 * text, Anchor::Start));
    };
    let grounds = [
        (keys.seen.others, OTHERS, say!("ground of other uses", "其他用途的土地")),
        (keys.seen.bare, [255, 255, 255], say!("ground not graded", "未定级土地")),
    ];
    for (_, colour, words) in grounds.iter().filter(|(there, ..)| *there) {
        row(svg, words, &|svg, (x, y)| {
            let swatch = Rect { left: x, top: y - 0.5 * text, width: wide, height: text };
            svg.rect(swatch, Some(*colour), 0.04 * text);
        });
    }
    for (draw, words) in drawn.iter().filter(|(draw, _)| underlay.has(*draw) && keys.seen.line(*draw)) {
        row(svg, words, &|svg, place| Underlay::sample(*draw, svg, place, wide, text));
    }
    let own = [
        (keys.grades, GRADE_LINE, 0.11, say!("border of grades", "级别界")),
        (keys.areas, AREA, 0.14, say!("area with a price of its own", "区片界")),
        (keys.streets, STREET, 0.3, say!("street price", "路线价区段")),
    ];
    for (_, colour, width, words) in own.iter().filter(|(there, ..)| *there) {
        row(svg, words, &|svg, (x, y)| svg.line((x, y), (x + wide, y), width * text, *colour));
    }
    y + 0.6 * text
}

/// Lines of text, each no wider than the panel; hands over where they end.
pub fn facts(svg: &mut Svg, fonts: &Fonts, facts: &[String], at: Rect, text: f64) -> f64 {
    let size = 0.9 * text;
    let mut y = at.top;
    for fact in facts {
        for line in wrapped(fonts, fact, size, at.width) {
            y += 1.35 * size;
            svg.text((at.left, y), &line, Look::new(size, Anchor::Start));
        }
    }
    y
}

/// A text in lines of at most a width; Chinese breaks anywhere, other words at blanks.
pub fn wrapped(fonts: &Fonts, words: &str, size: f64, wide: f64) -> Vec<String> {
    let (mut lines, mut line, mut word) = (Vec::new(), String::new(), String::new());
    let fits = |line: &str| fonts.width(line, size) <= wide;
    let mut take = |line: &mut String, word: &mut String| {
        if !line.is_empty() && !fits(&format!("{line}{word}")) {
            lines.push(std::mem::take(line).trim_end().to_string());
            *word = word.trim_start().to_string();
        }
        line.push_str(word);
        word.clear();
    };
    let mut all = words.chars().peekable();
    while let Some(c) = all.next() {
        word.push(c);
        // No line begins with a sign that ends something.
        if all.peek().is_some_and(|next| "，。；：、）〕》」".contains(*next)) {
            continue;
        }
        if c.is_whitespace() || !c.is_ascii() || !fits(&word) {
            take(&mut line, &mut word);
        }
    }
    take(&mut line, &mut word);
    lines.push(line.trim_end().to_string());
    lines
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Layout;

    #[test]
    fn no_line_begins_with_a_full_stop() {
        let Ok(fonts) = Fonts::find(&Layout::default().words.fonts) else {
            eprintln!("skipped: no font with Chinese characters");
            return;
        };
        // Room for four characters.
        let lines = wrapped(&fonts, "基准地价，评估（结果）。", 10.0, 41.0);
        assert_eq!(lines, ["基准地", "价，评估", "（结", "果）。"]);
    }
}
