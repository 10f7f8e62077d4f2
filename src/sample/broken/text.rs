//! The texts the broken samples are put together from: project files and GeoJSON, a feature a line.

use super::{Broken, Content, SeenWith};
use crate::ingest::finding::Code;
use crate::land::Text;
use crate::space::Point;

/// The corner all places count from, in EPSG:4547.
const EAST: f64 = 500_000.0;
const NORTH: f64 = 3_300_000.0;

/// A place some metres from the corner of the sample.
pub(super) fn place(x: f64, y: f64) -> Point {
    Point::new(EAST + x, NORTH + y)
}

/// A project of four parcels and one bus stop, in which something is then broken.
pub(super) struct Sample {
    pub code: Code,
    /// The project's system.
    pub crs: u32,
    /// The `[units]` table.
    pub units: &'static str,
    /// Further `[[uses]]`; the first is `commercial`.
    pub uses: &'static str,
    /// The weights of the first use.
    pub weights: &'static str,
    /// Further words of the first use's price.
    pub table: &'static str,
    pub factor: &'static str,
    /// Further keys of `[project]`.
    pub head: &'static str,
    /// Further tables.
    pub rest: &'static str,
    pub files: Vec<(&'static str, Content)>,
}

pub(super) const UNITS: &str = "source = \"parcels.geojson\"\nid = \"parcel\"\nuse = \"use\"\n";

/// Scores fall by 0.2 a metre from the stop in parcel 1.
const STOPS: &str = "kind = \"point\"\nsource = \"stops.geojson\"\nattenuation = \"linear\"\n\
                     levels = [{ radius = 500, score = 100 }]\n";

/// The start of a project that prices its units by `samples.csv`.
pub(super) const PRICES: &str = "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"samples.csv\"\n\
                                 crs = \"EPSG:4547\"\nid = \"id\"\nuse = \"use\"\nprice = \"price\"\nunit = \"元/㎡\"\nx = \"x\"\ny = \"y\"\n";

impl Sample {
    /// The sample with nothing broken yet.
    pub fn new(code: Code) -> Sample {
        Sample {
            code,
            crs: 4547,
            units: UNITS,
            uses: "",
            weights: "{ factor = 1.0 }",
            table: "",
            factor: STOPS,
            head: "",
            rest: "",
            files: Vec::new(),
        }
    }

    /// Adds a file, or takes the place of the one there is.
    pub fn with(mut self, name: &'static str, text: impl Into<String>) -> Sample {
        self.files.push((name, Content::Text(text.into())));
        self
    }

    fn project(&self) -> String {
        let Sample { crs, units, uses, weights, table, factor, head, rest, .. } = self;
        let name = self.code.name();
        format!(
            "# One fault is in these files: {name}. See ../README.md.\n\
             [project]\nname = \"{name}\"\ncrs = \"EPSG:{crs}\"\n{head}\n\
             [units]\n{units}\n\
             [[uses]]\nkey = \"commercial\"\ngrades = 2\nbreaks = \"equal-interval\"\nweights = {weights}\n\
             price = {{ term = 40, rate = 0.06, plot_ratio = 2.0{table} }}\n{uses}\n\
             [[factors]]\nkey = \"factor\"\n{factor}{rest}"
        )
    }

    /// The sample as a whole: files that were not given are the sound ones.
    pub fn broken(self, wrong: Text, (layer, feature): (&'static str, &'static str), says: &'static str) -> Broken {
        let priced = self.rest.contains("samples.csv");
        let sound = [
            ("parcels.geojson", self.units.contains("parcels.geojson"), sound_parcels as fn() -> String),
            ("stops.geojson", self.factor.contains("stops.geojson"), stops),
            ("samples.csv", priced, samples),
        ];
        let mut files = vec![("project.toml", Content::Text(self.project()))];
        let missing =
            sound.into_iter().filter(|(name, used, _)| *used && !self.files.iter().any(|(own, _)| own == name));
        files.extend(missing.map(|(name, _, text)| (name, Content::Text(text()))));
        files.extend(self.files);
        Broken { code: self.code, wrong, layer, feature, says, seen_with: SeenWith::Check, beside: None, files }
    }
}

/// A polygon's ring as GeoJSON coordinates.
pub(super) fn ring(corners: &[(f64, f64)]) -> String {
    let corners = corners.iter().map(|&(x, y)| pair(x, y)).collect::<Vec<_>>();
    format!("[{}]", corners.join(", "))
}

pub(super) fn pair(x: f64, y: f64) -> String {
    let place = place(x, y);
    format!("[{}, {}]", place.x, place.y)
}

pub(super) fn polygon(corners: &[(f64, f64)]) -> String {
    format!("{{\"type\": \"Polygon\", \"coordinates\": [{}]}}", ring(corners))
}

/// The corners of a parcel: a square of 20 m with its lower left corner at (`x`, 0).
pub(super) fn square(x: f64) -> [(f64, f64); 5] {
    [(x, 0.0), (x + 20.0, 0.0), (x + 20.0, 20.0), (x, 20.0), (x, 0.0)]
}

/// The commercial parcel `id` where it belongs: parcels stand 10 m apart.
pub(super) fn parcel(id: u32) -> String {
    feature(&format!("\"parcel\": {id}, \"use\": \"commercial\""), &polygon(&square(30.0 * f64::from(id - 1))))
}

pub(super) fn feature(properties: &str, geometry: &str) -> String {
    format!("{{\"type\": \"Feature\", \"properties\": {{{properties}}}, \"geometry\": {geometry}}}")
}

/// A layer in EPSG:4547.
pub(super) fn layer(features: &[String]) -> String {
    layer_in(Some(4547), features)
}

/// A layer with the `crs` member that GDAL reads; RFC 7946 knows none, and lon/lat needs none.
pub(super) fn layer_in(epsg: Option<u32>, features: &[String]) -> String {
    let crs = epsg.map(|epsg| {
        format!("\"crs\": {{\"type\": \"name\", \"properties\": {{\"name\": \"urn:ogc:def:crs:EPSG::{epsg}\"}}}},\n")
    });
    let (crs, features) = (crs.unwrap_or_default(), features.join(",\n"));
    format!("{{\"type\": \"FeatureCollection\",\n{crs}\"features\": [\n{features}\n]}}\n")
}

/// Parcels 1 to 4 with other features in the places of some.
pub(super) fn parcels(changed: &[(u32, String)]) -> String {
    let one = |id| changed.iter().find(|(at, _)| *at == id).map_or_else(|| parcel(id), |(_, feature)| feature.clone());
    layer(&(1..=4).map(one).collect::<Vec<_>>())
}

fn sound_parcels() -> String {
    parcels(&[])
}

fn stops() -> String {
    layer(&[feature("\"name\": \"stop\"", &format!("{{\"type\": \"Point\", \"coordinates\": {}}}", pair(10.0, 10.0)))])
}

/// A price table whose lines are written as `id,use,price` with the place of parcel `id`.
pub(super) fn samples_of(rows: &[(&str, f64)]) -> String {
    let mut text = String::from("id,use,price,x,y\n");
    for (row, x) in rows {
        let place = place(*x, 10.0);
        text.push_str(&format!("{row},{},{}\n", place.x, place.y));
    }
    text
}

/// A sample in the middle of each parcel; grade 1 (parcels 1 and 2) is dearer.
fn samples() -> String {
    samples_of(&[
        ("S1,commercial,2000", 10.0),
        ("S2,commercial,2100", 40.0),
        ("S3,commercial,1200", 70.0),
        ("S4,commercial,1100", 100.0),
    ])
}
