//! The table of publishers: one row per format.

use super::style::Styled;
use super::tables::Tables;
use super::{Options, announcement, csv, flatgeobuf, geojson, geoparquet, gpkg, pmtiles, shp, xlsx};
use crate::formats::Written;
use crate::formats::geojson::Coordinates;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use std::path::Path;

/// A format a release is published in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    Gpkg,
    Geojson,
    Shp,
    Csv,
    Xlsx,
    Flatgeobuf,
    Geoparquet,
    Pmtiles,
    Announcement,
}

/// Writes a release's tables in one format.
type Publisher = fn(&Tables<'_>, &Path, &Options) -> Outcome<Vec<Written>>;

/// What is known of a format.
struct Row {
    format: Format,
    name: &'static str,
    en: &'static str,
    zh: &'static str,
    /// Whether it holds units only with their geometry.
    needs_geometry: bool,
    /// The layers whose style stands in files beside it.
    styled: &'static [Styled],
    publish: Publisher,
}

const TABLE: [Row; 9] = [
    Row {
        format: Format::Gpkg,
        name: "gpkg",
        en: "GeoPackage with styles",
        zh: "GeoPackage(含图层样式)",
        needs_geometry: false,
        styled: &[],
        publish: gpkg::publish,
    },
    Row {
        format: Format::Geojson,
        name: "geojson",
        en: "GeoJSON",
        zh: "GeoJSON",
        needs_geometry: true,
        styled: &[Styled::Units, Styled::Zones, Styled::Parcels, Styled::Places],
        publish: geojson::publish,
    },
    Row {
        format: Format::Shp,
        name: "shp",
        en: "ESRI Shapefile",
        zh: "Shapefile",
        needs_geometry: true,
        styled: &[Styled::Units, Styled::Zones, Styled::Parcels, Styled::Places, Styled::Samples],
        publish: shp::publish,
    },
    Row {
        format: Format::Csv,
        name: "csv",
        en: "CSV tables",
        zh: "CSV 表格",
        needs_geometry: false,
        styled: &[],
        publish: csv::publish,
    },
    Row {
        format: Format::Xlsx,
        name: "xlsx",
        en: "Excel workbook",
        zh: "Excel 工作簿",
        needs_geometry: false,
        styled: &[],
        publish: xlsx::publish,
    },
    Row {
        format: Format::Flatgeobuf,
        name: "flatgeobuf",
        en: "FlatGeobuf",
        zh: "FlatGeobuf",
        needs_geometry: true,
        styled: &[Styled::Units, Styled::Zones, Styled::Parcels, Styled::Places, Styled::Samples],
        publish: flatgeobuf::publish,
    },
    Row {
        format: Format::Geoparquet,
        name: "geoparquet",
        en: "GeoParquet",
        zh: "GeoParquet",
        needs_geometry: true,
        styled: &[Styled::Units, Styled::Zones, Styled::Parcels, Styled::Places, Styled::Samples],
        publish: geoparquet::publish,
    },
    Row {
        format: Format::Pmtiles,
        name: "pmtiles",
        en: "vector tiles (PMTiles)",
        zh: "矢量瓦片(PMTiles)",
        needs_geometry: true,
        styled: &[],
        publish: pmtiles::publish,
    },
    Row {
        format: Format::Announcement,
        name: "announcement",
        en: "draft of the announcement",
        zh: "公告草案",
        needs_geometry: false,
        styled: &[],
        publish: announcement::publish,
    },
];

impl Format {
    /// Every format, in the order they are published.
    pub const ALL: [Format; 9] = [
        Format::Gpkg,
        Format::Geojson,
        Format::Shp,
        Format::Csv,
        Format::Xlsx,
        Format::Flatgeobuf,
        Format::Geoparquet,
        Format::Pmtiles,
        Format::Announcement,
    ];

    /// Those a release is published in where nobody names any.
    pub const USUAL: [Format; 5] = [Format::Gpkg, Format::Geojson, Format::Shp, Format::Csv, Format::Xlsx];

    /// The word on the command line and in project files.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    pub fn title(self) -> Text {
        Text { en: self.row().en.to_string(), zh: self.row().zh.to_string() }
    }

    /// The format of a name, in capital or small letters.
    ///
    /// ```
    /// use landgrade::publish::Format;
    /// assert_eq!(Format::parse("gpkg"), Some(Format::Gpkg));
    /// assert_eq!(Format::parse("dwg"), None);
    /// ```
    pub fn parse(name: &str) -> Option<Format> {
        TABLE.iter().find(|row| row.name.eq_ignore_ascii_case(name.trim())).map(|row| row.format)
    }

    /// The formats of a list such as `gpkg,csv`, each once.
    ///
    /// # Errors
    /// `unknown-format` for each name that is none, and where the list names none at all.
    pub fn parse_list(list: &str) -> Outcome<Vec<Format>> {
        let (mut formats, mut faults) = (Vec::new(), Vec::new());
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match Format::parse(name) {
                Some(format) if formats.contains(&format) => {}
                Some(format) => formats.push(format),
                None => faults.push(unknown(name)),
            }
        }
        if formats.is_empty() && faults.is_empty() {
            faults.push(unknown(""));
        }
        Fault::of_all(faults).map_or(Ok(formats), Err)
    }

    /// Why the format cannot hold the release's units; `None` where it can.
    pub(super) fn unwritable(self, tables: &Tables<'_>, options: &Options) -> Outcome<Option<Text>> {
        if tables.units.shapes.is_none() {
            let reason = || say!("the release has no geometry", "该成果没有几何");
            return Ok(self.row().needs_geometry.then(reason));
        }
        match self {
            Format::Geojson => geojson::unwritable(tables, options),
            // Tiles are in degrees whatever GeoJSON is in.
            Format::Pmtiles => {
                geojson::unwritable(tables, &Options { coordinates: Coordinates::LonLat, ..options.clone() })
            }
            Format::Gpkg | Format::Shp | Format::Csv | Format::Xlsx | Format::Flatgeobuf => Ok(None),
            Format::Geoparquet | Format::Announcement => Ok(None),
        }
    }

    pub(super) fn styled(self) -> &'static [Styled] {
        self.row().styled
    }

    pub(super) fn publish(self, tables: &Tables<'_>, folder: &Path, options: &Options) -> Outcome<Vec<Written>> {
        let mut written = (self.row().publish)(tables, folder, options)?;
        if let Some((first, left)) = written.first_mut().zip(self.left_out(tables)) {
            first.losses.push(left);
        }
        Ok(written)
    }

    /// What a format of single layers has no file of, though the release has it.
    fn left_out(self, tables: &Tables<'_>) -> Option<Text> {
        let with_samples = match self {
            Format::Geojson | Format::Pmtiles => false,
            Format::Shp | Format::Flatgeobuf | Format::Geoparquet => true,
            Format::Gpkg | Format::Csv | Format::Xlsx | Format::Announcement => return None,
        };
        let mut parts = Vec::new();
        if !with_samples && tables.samples.rows > 0 {
            parts.push(say!("samples", "样点"));
        }
        if tables.prices.rows > 0 || tables.grades.rows > 0 {
            parts.push(say!("tables of prices, areas, limits and weights", "地价、面积、分值界限与权重等表"));
        }
        if tables.findings.rows > 0 {
            parts.push(say!("findings", "数据检查结果"));
        }
        let joined = |part: fn(&Text) -> &str, by: &str| parts.iter().map(part).collect::<Vec<_>>().join(by);
        let (en, zh) = (joined(|text| &text.en, ", "), joined(|text| &text.zh, "、"));
        (!parts.is_empty()).then(|| {
            say!(
                "the format has no files of: {en}; the GeoPackage and the workbook hold them",
                "该格式不含:{zh};见 GeoPackage 与工作簿"
            )
        })
    }

    fn row(self) -> &'static Row {
        &TABLE[self as usize]
    }
}

fn unknown(name: &str) -> Fault {
    let known = TABLE.iter().map(|row| row.name).collect::<Vec<_>>().join(", ");
    let shown: String = name.chars().take(40).collect();
    Fault::new(
        "unknown-format",
        say!("\"{shown}\" is no format a release is published in", "「{shown}」不是可发布的格式"),
        say!("choose among {known}", "可选格式:{known}"),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_its_row_and_reads_back_from_its_name() {
        assert_eq!(TABLE.len(), Format::ALL.len());
        for format in Format::ALL {
            assert_eq!(format.row().format, format);
            assert_eq!(Format::parse(format.name()), Some(format));
            assert_eq!(Format::parse(&format.name().to_uppercase()), Some(format));
        }
    }

    #[test]
    fn a_list_names_each_format_once_and_every_wrong_name() {
        assert_eq!(Format::parse_list("gpkg, CSV,gpkg,").unwrap(), [Format::Gpkg, Format::Csv]);
        let fault = Format::parse_list("gpkg,dwg,csv,pdf").unwrap_err();
        assert_eq!(fault.each().map(|fault| fault.code).collect::<Vec<_>>(), ["unknown-format"; 2]);
        assert!(fault.help.en.contains("gpkg, geojson, shp, csv, xlsx, flatgeobuf, geoparquet, pmtiles, announcement"));
        assert_eq!(Format::parse_list(" ,").unwrap_err().code, "unknown-format");
    }
}
