//! Grades without a usable sale: the price they are given, and from what.

use super::model::{Fit, Form};
use crate::land::Text;
use crate::say;

/// How empty grades of a use are priced.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FillRule {
    /// The price of the nearest grade (by number) that has sales, the better one on a tie.
    #[default]
    NearestGrade,
    /// Between two grades with sales: equal ratios from step to step. Beyond the last: the mean step ratio of all grades with sales. With one
    /// such grade alone, or where the worst of them costs no less than the best, the price of the nearest.
    Interpolate,
    /// On a curve through all grades with sales, counted from the worst; at least three of them, and prices that rise towards the better. Else
    /// as by [`FillRule::Interpolate`].
    Model(Form),
    /// They stay without a price.
    Leave,
}

/// What a price at the premises of a grade is of one at common ones: that × `times` + `plus`, 元/㎡.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relative {
    pub times: f64,
    pub plus: f64,
}

impl Relative {
    fn common(self, price: f64) -> Option<f64> {
        Some((price - self.plus) / self.times).filter(|price| *price > 0.0)
    }

    fn own(self, common: f64) -> Option<f64> {
        Some(common * self.times + self.plus).filter(|price| *price > 0.0)
    }
}

/// How one price was filled.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum FillMethod {
    Nearest,
    Interpolated,
    Extrapolated,
    Modelled(Fit),
}

/// A filled price: which grade, how, and the grades whose sales it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct FillNote {
    pub grade: u8,
    /// Its own kept samples: none, or too few.
    pub kept: usize,
    pub method: FillMethod,
    pub sources: Vec<u8>,
    /// Whether its sources have other premises (set plot ratio, development), from which the price was brought to its own.
    pub converted: bool,
    /// Whether a curve was asked for and none could be drawn.
    pub no_curve: bool,
}

impl FillNote {
    /// The note as a sentence.
    pub fn text(&self) -> Text {
        let (grade, kept) = (self.grade, self.kept);
        let few = match kept {
            0 => say!("no usable sale", "无可用样点"),
            1 => say!("one usable sale, too few", "仅 1 个可用样点,数量不足"),
            _ => say!("{kept} usable sales, too few", "仅 {kept} 个可用样点,数量不足"),
        };
        let (few, few_zh) = (few.en, few.zh);
        let sources = self.sources.iter().map(u8::to_string).collect::<Vec<_>>();
        let (en, zh) = (sources.join(", "), sources.join("、"));
        let Text { en: by, zh: by_zh } = match self.converted {
            true => say!(
                ", brought to its own plot ratio and development by the corrections",
                ",并按修正体系换算至本级设定容积率与开发程度"
            ),
            false => Text::default(),
        };
        let Text { en, zh } = match self.method {
            FillMethod::Nearest => {
                say!("grade {grade} has {few}: the price of grade {en}", "{grade}级{few_zh},取{zh}级价格")
            }
            FillMethod::Interpolated => {
                say!(
                    "grade {grade} has {few}: between grades {en}, by equal ratios",
                    "{grade}级{few_zh},由{zh}级按等比内插"
                )
            }
            FillMethod::Extrapolated => {
                say!(
                    "grade {grade} has {few}: continued at the mean ratio of grades {en}",
                    "{grade}级{few_zh},按{zh}级的平均级间比外推"
                )
            }
            FillMethod::Modelled(fit) => {
                let Text { en: curve_en, zh: curve_zh } = fit.text();
                say!(
                    "grade {grade} has {few}: on the curve through grades {en}, {curve_en}",
                    "{grade}级{few_zh},由{zh}级的级别—地价模型推算:{curve_zh}"
                )
            }
        };
        let Text { en: curve, zh: curve_zh } = match self.no_curve {
            true => say!(
                " (no curve could be drawn through the grades, as was asked for)",
                "(所要求的级别—地价模型无法建立)"
            ),
            false => Text::default(),
        };
        say!("{en}{by}{curve}", "{zh}{by_zh}{curve_zh}")
    }
}

/// Fills the empty grades of one use: `prices[0]` is grade 1's, `kept` tells how many samples each has. Only prices from sales are sources, never
/// filled ones, and those of grades with the same number in `premises` (empty: all have the same). Where a grade has none of its own premises,
/// all are brought together by `relative`, what a price at each grade's premises is of one at common ones, and the price found to its own;
/// empty where that is not known. A grade the rule cannot price stays `None`: all of them under [`FillRule::Leave`] or without any price.
pub fn fill(
    prices: &[Option<f64>],
    kept: &[usize],
    premises: &[u8],
    relative: &[Relative],
    rule: FillRule,
) -> (Vec<Option<f64>>, Vec<FillNote>) {
    let of = |grade: usize| premises.get(grade).copied().unwrap_or(0);
    let mut groups: Vec<u8> = (0..prices.len()).map(of).collect();
    groups.sort_unstable();
    groups.dedup();
    let (mut filled, mut notes) = (prices.to_vec(), Vec::new());
    for group in groups {
        let own = |grade: usize| of(grade) == group;
        let alike: Vec<Option<f64>> = (0..prices.len()).map(|grade| prices[grade].filter(|_| own(grade))).collect();
        let (found, told) = among(&alike, rule);
        for grade in (0..prices.len()).filter(|&grade| own(grade)) {
            filled[grade] = found[grade];
        }
        let told = told.into_iter().map(|note| FillNote { kept: kept[usize::from(note.grade) - 1], ..note });
        notes.extend(told.filter(|note| own(usize::from(note.grade) - 1)));
    }
    if relative.len() == prices.len() {
        let common: Vec<Option<f64>> =
            prices.iter().zip(relative).map(|(price, relative)| relative.common((*price)?)).collect();
        let (found, told) = among(&common, rule);
        for grade in (0..prices.len()).filter(|&grade| filled[grade].is_none()).collect::<Vec<_>>() {
            filled[grade] = found[grade].and_then(|price| relative[grade].own(price));
            let note =
                told.iter().find(|note| usize::from(note.grade) == grade + 1 && filled[grade].is_some()).cloned();
            notes.extend(note.map(|note| FillNote { kept: kept[grade], converted: true, ..note }));
        }
    }
    notes.sort_by_key(|note| note.grade);
    (filled, notes)
}

/// Fills the grades of one use whose premises are alike.
fn among(prices: &[Option<f64>], rule: FillRule) -> (Vec<Option<f64>>, Vec<FillNote>) {
    let known: Vec<(u8, f64)> =
        (1..).zip(prices).filter_map(|(grade, price): (u8, _)| price.map(|price| (grade, price))).collect();
    // Grades are counted from the worst: 1, 2, …
    let rank = |grade: u8| (prices.len() + 1) as f64 - f64::from(grade);
    let fit = match rule {
        FillRule::Model(form) => {
            let points: Vec<(f64, f64)> = known.iter().map(|&(grade, price)| (rank(grade), price)).collect();
            Fit::of(&points, form).filter(|fit| fit.slope > 0.0)
        }
        FillRule::NearestGrade | FillRule::Interpolate | FillRule::Leave => None,
    };
    let mut notes = Vec::new();
    let mut filled = Vec::with_capacity(prices.len());
    for (grade, price) in (1..).zip(prices) {
        let found = match (price, rule) {
            (Some(_), _) | (None, FillRule::Leave) => None,
            (None, FillRule::NearestGrade) => nearest(grade, &known),
            (None, FillRule::Interpolate) => interpolated(grade, &known).or_else(|| nearest(grade, &known)),
            // Where no curve can be drawn the next best way stands in, under its own name.
            (None, FillRule::Model(_)) => fit
                .and_then(|fit| modelled(fit, rank(grade), &known))
                .or_else(|| interpolated(grade, &known))
                .or_else(|| nearest(grade, &known)),
        };
        match found {
            Some((price, method, sources)) => {
                filled.push(Some(price));
                let no_curve = matches!(rule, FillRule::Model(_)) && !matches!(method, FillMethod::Modelled(_));
                notes.push(FillNote { grade, kept: 0, method, sources, converted: false, no_curve });
            }
            None => filled.push(*price),
        }
    }
    (filled, notes)
}

type Found = Option<(f64, FillMethod, Vec<u8>)>;

fn nearest(grade: u8, known: &[(u8, f64)]) -> Found {
    // The first least: grades ascend, so the better one on a tie.
    let &(source, price) = known.iter().min_by_key(|(source, _)| source.abs_diff(grade))?;
    Some((price, FillMethod::Nearest, vec![source]))
}

fn interpolated(grade: u8, known: &[(u8, f64)]) -> Found {
    let (&first, &last) = (known.first()?, known.last()?);
    let above = known.partition_point(|(source, _)| *source < grade);
    if above > 0 && above < known.len() {
        let (better, worse) = (known[above - 1], known[above]);
        return Some((along(better, worse, grade), FillMethod::Interpolated, vec![better.0, worse.0]));
    }
    // Prices that rise towards the worse grades continue into nonsense.
    if first.0 == last.0 || first.1 <= last.1 {
        return None;
    }
    // From the end next to the grade, at the mean step ratio (p_last/p_first)^(1/steps).
    let (near, far) = if above == 0 { (first, last) } else { (last, first) };
    let price = along(near, far, grade);
    Some((price, FillMethod::Extrapolated, known.iter().map(|(source, _)| *source).collect()))
}

fn modelled(fit: Fit, rank: f64, known: &[(u8, f64)]) -> Found {
    let price = Some(fit.price(rank)).filter(|price| *price > 0.0)?;
    Some((price, FillMethod::Modelled(fit), known.iter().map(|(source, _)| *source).collect()))
}

/// The price at `grade` on the curve of equal ratios through two grades.
fn along(from: (u8, f64), to: (u8, f64), grade: u8) -> f64 {
    let steps = f64::from(to.0) - f64::from(from.0);
    let share = (f64::from(grade) - f64::from(from.0)) / steps;
    from.1 * libm::pow(to.1 / from.1, share)
}

#[cfg(test)]
#[path = "fill_tests.rs"]
mod tests;
