//! landgrade grades urban land and sets its benchmark prices: from parcels and factor layers to a published, explained release.
//!
//! The folders are the stages, in order; each imports only those to its left (docs/architecture.md).

pub mod borders;
pub mod compare;
pub mod explain;
pub mod factors;
pub mod formats;
pub mod gate;
pub mod grade;
pub mod import;
pub mod ingest;
pub mod land;
pub mod package;
pub mod pipeline;
pub mod price;
pub mod project;
pub mod publish;
pub mod quality;
pub mod release;
pub mod report;
pub mod review;
pub mod sample;
pub mod scale;
pub mod score;
pub mod sheets;
pub mod space;
pub mod statistics;
pub mod supervise;
pub mod tiles;
pub mod units;
pub mod web;
pub mod weights;
