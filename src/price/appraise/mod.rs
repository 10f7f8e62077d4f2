//! The value of a parcel by coefficient correction of the benchmark price (公示地价系数修正法; formerly 基准地价系数修正法), every coefficient kept
//! with the row it comes from.
//!
//! `P = P1b · (1 + ΣK) · K_date · K_plot ratio · K_… · K_term + D`, or with D before the term where the connotation says so (GB/T 18508-2014;
//! both forms are in use). Multiplied in decimals; nothing is rounded but coefficients, where the system prints them with so many decimals.

mod chain;
mod codes;
mod making;
mod ready;
mod warning;

pub use codes::Codes;
pub use ready::{DEPTH, Ready};
pub use warning::Warning;

use super::system::{Reading, Row};
use crate::land::Text;
use crate::land::services::{self, Services};
use crate::project::system::Order;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is known of a parcel; what is not is taken as the connotation sets it.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub plot_ratio: Option<f64>,
    /// Remaining years.
    pub term: Option<f64>,
    pub date: Option<Reading>,
    pub services: Option<Services>,
    /// By the keys of factors and tables.
    pub conditions: &'a BTreeMap<String, String>,
}

/// How a coefficient joins the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Percent of ΣK.
    Sum,
    Product,
    /// 元/㎡.
    Amount,
}

/// What was known of the parcel.
#[derive(Clone, Debug, PartialEq)]
pub enum Given {
    Nothing,
    Number(f64),
    Word(String),
    Services(Services),
}

impl Given {
    /// Empty where nothing was known.
    pub fn text(&self) -> Text {
        match self {
            Given::Nothing => Text::default(),
            Given::Number(number) => Text::same(number.to_string()),
            Given::Word(word) => Text::same(word),
            Given::Services(services) => services::text(*services),
        }
    }
}

/// One coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    pub key: Arc<str>,
    pub name: Arc<Text>,
    pub role: Role,
    pub value: f64,
    pub given: Given,
    pub row: Row,
}

/// The price of a parcel, 元/㎡ of what the connotation is of (land or floor), not rounded.
#[derive(Clone, Debug, PartialEq)]
pub struct Appraised {
    pub price: f64,
    /// In the order they stand in the formula.
    pub coefficients: Vec<Coefficient>,
    pub order: Order,
    /// ΣK, percent.
    pub sum: f64,
    pub warnings: Vec<Warning>,
}

/// Of the price of the grade a negotiated grant may not go below (协议出让最低价).
pub const LEAST_SHARE: f64 = 0.7;

#[cfg(test)]
#[path = "appraise_tests.rs"]
mod tests;
