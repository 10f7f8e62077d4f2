//! From sale samples to the benchmark price of every use and grade.
//!
//! GB/T 18508-2014: samples are brought to one connotation ([`correct`]), screened ([`screen`]), averaged per grade ([`level`]), empty grades
//! filled ([`fill`]) and the order of the grades checked ([`order`]); [`book`] does all of it and rounds once. [`system`] holds the tables that [`appraise`] values a
//! parcel by; [`street`] is land by its depth. A method is a file. Nothing is dropped: a sample set aside stays in the list with its reason, a price that was filled says
//! from what.

pub mod appraise;
pub mod book;
pub mod correct;
pub mod fill;
pub mod level;
pub mod model;
pub mod order;
pub mod place;
pub mod screen;
mod spread;
pub mod street;
pub mod system;
pub mod transaction;

pub use book::{Cell, PriceBook, Rules};
pub use correct::{Corrected, Corrections};

use crate::land::services::Services;
use jiff::civil::Date;

/// One sale sample with its place in the grading: which use, which grade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sale {
    /// The row in its source, for messages.
    pub row: u32,
    /// Place of the use in the project's list.
    pub use_index: u8,
    /// Grade of the parcel it lies on; 1 is the best.
    pub grade: u8,
    /// 元/㎡, as agreed.
    pub price: f64,
    /// ㎡.
    pub area: f64,
    pub date: Date,
    pub plot_ratio: f64,
    /// Remaining years of the right sold.
    pub term: f64,
    /// Scores of the circumstances of the sale and of its place, 100 where usual; NaN where they are not told.
    pub condition: f64,
    pub region: f64,
    /// What its site is developed with, where it is told.
    pub services: Option<Services>,
}
