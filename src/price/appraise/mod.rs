//! The value of a parcel by coefficient correction of the benchmark price (公示地价系数修正法; formerly 基准地价系数修正法), every coefficient kept
//! with the row it comes from.
//!
//! `P = P1b · (1 + ΣK) · K_date · K_plot ratio · K_… · K_term + D`, or with D before the term where the connotation says so (GB/T 18508-2014;
//! both forms are in use). Multiplied in decimals; nothing is rounded but coefficients, where the system prints them with so many decimals.

mod chain;
mod making;

use super::system::{Reading, System};
use crate::land::services::Services;
use crate::land::{Outcome, Text};
use crate::project::system::Order;
use making::Making;
use std::collections::BTreeMap;

/// What is valued.
#[derive(Clone, Debug)]
pub struct Subject<'a> {
    pub grade: u8,
    /// The published price of its use and grade, 元/㎡.
    pub benchmark: f64,
    /// The lowest and the highest sample of the grade at the connotation.
    pub samples: Option<(f64, f64)>,
    /// As below: what is not known is taken as the connotation sets it.
    pub plot_ratio: Option<f64>,
    /// Remaining years.
    pub term: Option<f64>,
    pub date: Option<Reading>,
    pub services: Option<&'a Services>,
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

/// One coefficient.
#[derive(Clone, Debug, PartialEq)]
pub struct Coefficient {
    pub key: String,
    pub name: Text,
    pub role: Role,
    pub value: f64,
    /// What was known of the parcel; empty where nothing was.
    pub given: Text,
    /// The row of the table, or the formula.
    pub row: Text,
}

/// Something the user of a price should know.
#[derive(Clone, Debug, PartialEq)]
pub struct Warning {
    pub code: &'static str,
    pub text: Text,
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

/// Of the price of the grade a negotiated grant may not go below (协议出让最低价), where the correction system says nothing else.
pub const LEAST_SHARE: f64 = 0.7;

/// Values a parcel.
///
/// # Errors
/// `bad-condition` naming a condition that is no step, word or number of its table, or that no table is for; `plot-ratio`, `term` where they
/// are no positive numbers.
pub fn appraise(system: &System, subject: &Subject<'_>) -> Outcome<Appraised> {
    Making::new(system, subject).all()
}

#[cfg(test)]
#[path = "appraise_tests.rs"]
mod tests;
