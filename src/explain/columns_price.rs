//! The price of accounts as columns: what was published, what it was rounded from, the coefficients and the connotation.

use super::columns::{real, text};
use super::{Account, PriceAccount};
use crate::formats::{Cells, Field};
use crate::land::{Text, Values};
use crate::say;

/// A name, its title, its unit and the number it heads.
type Number = (&'static str, Text, &'static str, fn(&PriceAccount) -> f64);

/// A name, its title and the text it heads.
type Words = (&'static str, Text, fn(&PriceAccount) -> String);

/// A name, its title and the count it heads.
type Count = (&'static str, Text, fn(&PriceAccount) -> usize);

pub(super) fn of_price(fields: &mut Vec<Field<'_>>, accounts: &[Account]) {
    numbers(fields, accounts, published());
    words(fields, accounts, how());
    for (name, title, count) in counts() {
        let of = |account: &Account| account.price.as_ref().map(|price| count(price) as i64);
        let counts = accounts.iter().map(of).collect();
        fields.push(Field::plain(name, Cells::Own(Values::Int(counts))).titled(title));
    }
    numbers(fields, accounts, coefficients());
    numbers(fields, accounts, connotation());
    words(fields, accounts, named());
}

fn published() -> Vec<Number> {
    vec![
        ("price", say!("benchmark price", "基准地价"), "元/㎡", |price| or_none(price.price)),
        ("price_mu", say!("benchmark price", "基准地价"), "万元/亩", |price| or_none(price.price_per_mu)),
        ("unrounded", say!("price before rounding", "取整前地价"), "元/㎡", |price| or_none(price.unrounded)),
        ("rounded_to", say!("rounded half up to", "四舍五入到"), "元/㎡", |price| or_none(price.rounded_to)),
    ]
}

fn how() -> Vec<Words> {
    vec![
        ("statistic", say!("statistic of the samples", "样点统计量"), |price| price.statistic.to_string()),
        (
            "filled_zh",
            say!("how a grade without samples is filled (Chinese)", "无样点级别的填补方法"),
            |price| price.filled.as_ref().map(|filled| filled.zh.clone()).unwrap_or_default(),
        ),
        (
            "filled_en",
            say!("how a grade without samples is filled", "无样点级别的填补方法(英文)"),
            |price| price.filled.as_ref().map(|filled| filled.en.clone()).unwrap_or_default(),
        ),
    ]
}

fn counts() -> Vec<Count> {
    vec![
        ("samples", say!("samples of the use and grade", "该用途级别样点数"), |price| price.samples),
        ("kept", say!("samples kept", "采用样点数"), |price| price.kept),
    ]
}

fn coefficients() -> Vec<Number> {
    vec![
        (
            "k_date",
            say!("date coefficient, mean of the kept samples", "期日修正系数(采用样点平均)"),
            "",
            |price| price.coefficients.as_ref().map_or(f64::NAN, |mean| mean.k_date),
        ),
        (
            "k_plot_ratio",
            say!("plot ratio coefficient, mean of the kept samples", "容积率修正系数(采用样点平均)"),
            "",
            |price| price.coefficients.as_ref().map_or(f64::NAN, |mean| mean.k_plot_ratio),
        ),
        (
            "k_term",
            say!("term coefficient, mean of the kept samples", "年期修正系数(采用样点平均)"),
            "",
            |price| price.coefficients.as_ref().map_or(f64::NAN, |mean| mean.k_term),
        ),
    ]
}

fn connotation() -> Vec<Number> {
    vec![
        ("term", say!("term of the price", "地价年期"), "年", |price| price.term),
        ("plot_ratio", say!("plot ratio of the price", "地价设定容积率"), "", |price| price.plot_ratio),
        ("rate", say!("capitalisation rate", "土地还原率"), "", |price| price.rate),
    ]
}

fn named() -> Vec<Words> {
    vec![
        ("base_date", say!("base date", "估价期日"), |price| price.base_date.clone().unwrap_or_default()),
        ("price_kind", say!("price kind", "地价类型"), |price| price.price_kind.clone()),
        ("development", say!("development", "开发程度"), |price| price.development.clone()),
    ]
}

fn numbers(fields: &mut Vec<Field<'_>>, accounts: &[Account], numbers: Vec<Number>) {
    for (name, title, unit, number) in numbers {
        fields.push(real(name, title, unit, accounts, |account| account.price.as_deref().map_or(f64::NAN, number)));
    }
}

fn words(fields: &mut Vec<Field<'_>>, accounts: &[Account], words: Vec<Words>) {
    for (name, title, word) in words {
        fields.push(text(name, title, accounts, |account| account.price.as_deref().map(word).unwrap_or_default()));
    }
}

fn or_none(value: Option<f64>) -> f64 {
    value.unwrap_or(f64::NAN)
}
