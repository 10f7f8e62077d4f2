//! From files to a survey: GIS layers, rasters and tables in one projected CRS, with a finding for everything that was not as it should be.

pub mod charset;
pub mod code;
pub mod datum;
pub mod dbf;
pub mod duplicates;
pub mod encoding;
pub mod finding;
pub mod inspect;
pub mod neighbours;
pub mod overlaps;
pub mod readers;
pub mod survey;
pub mod validity;
