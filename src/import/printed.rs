//! What is printed beside a price: the same one in 万元/亩, and the price of the other kind (楼面地价 beside 地面地价). Each is held against the
//! price, in price tables and in rows that are units.

use super::mapping::Mapping;
use super::notes::Notes;
use super::source::Rows;
use super::uses::Records;
use crate::ingest::finding::Code;
use crate::land::{Text, money, number};
use crate::release::UseHead;
use crate::say;

/// 元/㎡ of 1 万元/亩, as published tables reckon (1 亩 = 10 000/15 ㎡).
const PER_MU: f64 = 15.0;
/// Prices are published in whole 元/㎡.
const STEP: f64 = 1.0;

/// Tells each price that what is printed beside it does not agree with. `labels` name the rows of the source.
pub(super) fn check(
    (rows, mapping): (&Rows, &Mapping),
    (heads, places, records): (&[UseHead], &[u8], &Records),
    labels: &dyn Fn(usize) -> String,
    notes: &mut Notes,
) {
    if mapping.price_mu.is_none() && mapping.other_kind_price.is_none() {
        return;
    }
    let mut unheld = 0;
    for (record, &row) in records.rows.iter().enumerate() {
        let price = records.prices[record];
        if !price.is_finite() {
            continue;
        }
        let per_mu =
            mapping.price_mu.as_deref().and_then(|field| Some((Printed::of(rows, field, row)?, per_mu(price))));
        let head = &heads[usize::from(places[record])];
        let other = mapping.other_kind_price.as_deref().and_then(|field| Printed::of(rows, field, row));
        let by_ratio = other_kind(head, records.grades[record], price);
        unheld += usize::from(other.is_some() && by_ratio.is_none());
        let other = other.zip(by_ratio);
        for (printed, expected) in [per_mu, other].into_iter().flatten() {
            if let Some(detail) = printed.against(&expected) {
                notes.row(Code::UnitsDisagree, &labels(row), None, detail);
            }
        }
    }
    if unheld > 0 {
        notes.layer(
            Code::MissingValue,
            say!(
                "{unheld} prices of the other kind are not held against the price: the kind or the plot ratio of the price is not told",
                "{unheld} 个另一类地价未核对:未写明地价类型或容积率"
            ),
        );
    }
}

/// A price brought to another unit or kind.
struct Expected {
    value: f64,
    /// What a step of the price comes to.
    step: f64,
    said: Text,
    unit: &'static str,
}

fn per_mu(price: f64) -> Expected {
    let said = say!("{price} 元/㎡ are", "{price} 元/㎡ 合");
    Expected { value: price / PER_MU, step: STEP / PER_MU, said, unit: "万元/亩" }
}

/// Floor = ground / plot ratio; `None` where the connotation does not tell.
fn other_kind(head: &UseHead, grade: u8, price: f64) -> Option<Expected> {
    let premises = head.connotation.as_ref()?;
    let ratio = Some(premises.plot_ratio_of(grade)).filter(|ratio| *ratio > 0.0)?;
    let (value, step, said) = match premises.kind.as_str() {
        "ground" => {
            let said = say!(
                "{price} 元/㎡ of ground at the plot ratio {ratio} are per floor area",
                "地面地价 {price} 元/㎡、容积率 {ratio},楼面地价应为"
            );
            (price / ratio, STEP / ratio, said)
        }
        "floor" => {
            let said = say!(
                "{price} 元/㎡ of floor at the plot ratio {ratio} are per ground",
                "楼面地价 {price} 元/㎡、容积率 {ratio},地面地价应为"
            );
            (money::product(price, ratio), STEP * ratio, said)
        }
        _ => return None,
    };
    Some(Expected { value, step, said, unit: "元/㎡" })
}

/// A number as it is printed.
struct Printed {
    text: String,
    value: f64,
    decimals: usize,
}

impl Printed {
    /// `None` of a cell that holds no number.
    fn of(rows: &Rows, field: &str, row: usize) -> Option<Printed> {
        let text = rows.text(field, row).trim().to_string();
        let value = number::parse(&text)?.value;
        let behind = text.split_once('.').map_or("", |(_, behind)| behind);
        Some(Printed { value, decimals: behind.bytes().take_while(u8::is_ascii_digit).count(), text })
    }

    /// What does not agree to the printed digit, and whether rounding explains it: what is printed may be half its last place off, and come
    /// from a price before rounding.
    fn against(&self, expected: &Expected) -> Option<Text> {
        let (value, text, decimals, unit) = (expected.value, &self.text, self.decimals, expected.unit);
        let exact = money::round_half_up(value, decimals as u32);
        if exact == self.value {
            return None;
        }
        let rounded = 0.5 * expected.step + 0.5 * 10_f64.powi(-(decimals as i32));
        let Text { en, zh } = match (value - self.value).abs() <= rounded {
            true => say!("; it may come from a price before rounding", ";可能由取整前地价换算"),
            false => say!(", more than rounding explains", ",超出取整误差"),
        };
        let Text { en: said, zh: said_zh } = &expected.said;
        Some(say!(
            "{said} {exact:.decimals$} {unit}, printed {text}{en}",
            "{said_zh} {exact:.decimals$} {unit},表中为 {text}{zh}"
        ))
    }
}
