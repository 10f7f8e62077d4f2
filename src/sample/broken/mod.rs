//! One small broken input for each finding code: what `landgrade sample --broken` writes and the tests hold the engine against.

mod encodings;
mod foreign;
mod geometry;
mod prices;
mod readme;
mod records;
mod text;
mod transactions;
mod values;

use crate::formats::Part;
use crate::ingest::finding::Code;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::space::Shapes;
use std::path::Path;

/// A broken input: a folder of its code's name.
#[derive(Clone, Debug)]
pub struct Broken {
    pub code: Code,
    /// What is wrong with it.
    pub wrong: Text,
    /// The layer and the feature the finding names; the feature is empty for a whole layer.
    pub layer: &'static str,
    pub feature: &'static str,
    /// The detail of the finding, in English.
    pub says: &'static str,
    pub seen_with: SeenWith,
    /// What cannot but be found beside it.
    pub beside: Option<Code>,
    /// Files by name.
    files: Vec<(&'static str, Content)>,
}

/// The command that shows the finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeenWith {
    /// `landgrade check project.toml`
    Check,
    /// `landgrade run --dry-run project.toml`: the finding is made in pricing.
    DryRun,
    /// `landgrade import mapping.toml`: the finding is about a foreign result.
    Import,
}

#[derive(Clone, Debug)]
enum Content {
    Text(String),
    Shapefile(encodings::Tampered),
}

impl Broken {
    /// The broken input of a code.
    pub fn of(code: Code) -> Broken {
        match code {
            Code::InvalidGeometry => geometry::invalid_geometry(),
            Code::EmptyGeometry => geometry::empty_geometry(),
            Code::NullGeometry => geometry::null_geometry(),
            Code::UnclosedRing => geometry::unclosed_ring(),
            Code::HeightDropped => geometry::height_dropped(),
            Code::OtherGeometryKind => geometry::other_geometry_kind(),
            Code::DuplicateId => records::duplicate_id(),
            Code::MissingId => records::missing_id(),
            Code::RoundedId => records::rounded_id(),
            Code::DuplicateFeature => records::duplicate_feature(),
            Code::DuplicateGeometry => records::duplicate_geometry(),
            Code::Overlap => geometry::overlap(),
            Code::Sliver => geometry::sliver(),
            Code::OutsideGradedArea => geometry::outside_graded_area(),
            Code::MissingValue => values::missing_value(),
            Code::OutOfRange => values::out_of_range(),
            Code::NumberInText => values::number_in_text(),
            Code::NotANumber => values::not_a_number(),
            Code::UnknownUse => records::unknown_use(),
            Code::UnmappedCategory => values::unmapped_category(),
            Code::UnlistedLevel => values::unlisted_level(),
            Code::UnknownTransaction => transactions::unknown_transaction(),
            Code::NotDerived => transactions::not_derived(),
            Code::DateConverted => transactions::date_converted(),
            Code::TakenAsBlank => transactions::taken_as_blank(),
            Code::FewSamples => transactions::few_samples(),
            Code::ThinPlace => prices::thin_place(),
            Code::CellsDisagree => transactions::cells_disagree(),
            Code::UnevenRow => transactions::uneven_row(),
            Code::OddRatio => prices::odd_ratio(),
            Code::NotCorrected => prices::not_corrected(),
            Code::OddTable => prices::odd_table(),
            Code::SeveralPoints => values::several_points(),
            Code::DuplicateSale => values::duplicate_sale(),
            Code::SampleOutside => prices::sample_outside(),
            Code::SampleUseMismatch => prices::sample_use_mismatch(),
            Code::SamplesLost => prices::samples_lost(),
            Code::GradeWithoutSamples => prices::grade_without_samples(),
            Code::GradeOfOneSample => prices::grade_of_one_sample(),
            Code::RuleBreach => records::rule_breach(),
            Code::SliversJoined => geometry::slivers_joined(),
            Code::InconsistentJudgements => prices::inconsistent_judgements(),
            Code::PriceOrder => prices::price_order(),
            Code::ZeroPrice => prices::zero_price(),
            Code::EncodingDetected => encodings::encoding_detected(),
            Code::UndecodableText => encodings::undecodable_text(),
            Code::CrsTransformed => values::crs_transformed(),
            Code::CrsOverride => values::crs_override(),
            Code::DistortedCrs => values::distorted_crs(),
            Code::UnitConverted => values::unit_converted(),
            Code::EmptyLayer => values::empty_layer(),
            Code::NetworkInParts => geometry::network_in_parts(),
            Code::BarrierDoubt => geometry::barrier_doubt(),
            Code::RowNumbers => foreign::row_numbers(),
            Code::UnmappedUse => foreign::unmapped_use(),
            Code::UnknownGrade => foreign::unknown_grade(),
            Code::EmptyGrade => foreign::empty_grade(),
            Code::SeveralPrices => foreign::several_prices(),
            Code::MixedPremises => foreign::mixed_premises(),
            Code::UnitsDisagree => foreign::units_disagree(),
            Code::UnitAssumed => foreign::unit_assumed(),
            Code::OpenQuestion => records::open_question(),
            Code::ReaderRemark => records::reader_remark(),
        }
    }

    /// The project or mapping file.
    pub fn start(&self) -> &'static str {
        match self.seen_with {
            SeenWith::Check | SeenWith::DryRun => "project.toml",
            SeenWith::Import => "mapping.toml",
        }
    }

    fn write(&self, folder: &Path) -> Outcome<()> {
        make(folder)?;
        for (name, content) in &self.files {
            let path = folder.join(name);
            match content {
                Content::Text(text) => write_text(&path, text)?,
                Content::Shapefile(tampered) => tampered.write(&path)?,
            }
        }
        Ok(())
    }
}

/// Writes the broken input of every code into a new folder, with a README that lists them.
///
/// # Errors
/// `io` where the folder cannot be written.
pub fn write_broken(folder: &Path) -> Outcome<()> {
    let part = Part::new(folder)?;
    make(part.path())?;
    let all: Vec<Broken> = Code::ALL.iter().map(|&code| Broken::of(code)).collect();
    for broken in &all {
        broken.write(&part.path().join(broken.code.name()))?;
    }
    write_text(&part.path().join("README.md"), &readme::of(&all))?;
    part.commit()?;
    Ok(())
}

fn make(folder: &Path) -> Outcome<()> {
    std::fs::create_dir_all(folder)
        .map_err(|error| Fault::io(say!("cannot make the folder", "无法创建文件夹"), folder, &error))
}

fn write_text(path: &Path, text: &str) -> Outcome<()> {
    std::fs::write(path, text).map_err(|error| Fault::io(say!("cannot write", "无法写入"), path, &error))
}

/// A square of 20 m at (`x`, `y`) metres from the corner of the sample.
fn square(shapes: &mut Shapes, x: f64, y: f64) {
    let corner = |dx: f64, dy: f64| text::place(x + dx, y + dy);
    let ring = [corner(0.0, 0.0), corner(20.0, 0.0), corner(20.0, 20.0), corner(0.0, 20.0), corner(0.0, 0.0)];
    shapes.push_ring(&ring, true);
    shapes.end_feature();
}
