//! What the engine computes of the hamlet, and what stands in its files.

use landgrade::explain::{Account, Source};
use landgrade::land::progress::Unwatched;
use landgrade::pipeline::{Explained, Map, Until, run};
use landgrade::project::Project;
use landgrade::project::plan::WeightsPlan;
use landgrade::release::Release;
use landgrade::sample::hamlet::ORIGIN;
use landgrade::weights::ahp::{Ahp, Judgements, RandomIndex, Solver, derive};
use std::path::{Path, PathBuf};

pub struct Facts {
    pub project: Project,
    pub release: Release,
    /// In the order of the release's units.
    pub accounts: Vec<Account>,
    pub features: Vec<Feature>,
    /// Columns and matrix of the commercial judgements, and what the engine derives.
    pub judgements: (Vec<Vec<f64>>, Ahp),
    /// Numbers that a formula may name in rounded form.
    pub known: Vec<f64>,
    pub heights: String,
    pub index: String,
}

/// A feature of a layer's file.
pub struct Feature {
    pub file: &'static str,
    pub properties: serde_json::Map<String, serde_json::Value>,
    /// East and north of the hamlet's origin, in turn; a ring's last place, which is its first, left out.
    pub coordinates: Vec<f64>,
}

pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data-samples/hamlet")
}

pub fn of(folder: &Path) -> Facts {
    let project = Project::read(&folder.join("project.toml")).unwrap();
    let release = run(&project, Until::Prices, Map::Drawn, &Unwatched).unwrap();
    let explained = Explained::new(&release, &project).unwrap();
    let accounts: Vec<Account> =
        (0..release.units.len()).map(|unit| explained.unit(&release.units.ids.show(unit)).unwrap()).collect();
    let WeightsPlan::Ahp { matrix, .. } = &project.uses[0].weights else { panic!("commercial weights are judged") };
    let names = ["shangfu", "daolu", "guihua"].map(String::from).to_vec();
    let derived = derive(&Judgements { names, matrix: matrix.clone() }, Solver::Eigenvector, RandomIndex::A).unwrap();
    let judgements = (matrix.clone(), derived);
    let known = known(&release, &accounts, &judgements);
    let text = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
    let features = ["parcels", "centres", "roads", "services", "planning"]
        .iter()
        .flat_map(|file| features(file, &text(&format!("{file}.geojson"))))
        .collect();
    drop(explained);
    Facts {
        features,
        heights: text("heights.asc"),
        index: text("index.csv"),
        project,
        release,
        accounts,
        judgements,
        known,
    }
}

fn features(file: &'static str, text: &str) -> Vec<Feature> {
    let whole: serde_json::Value = serde_json::from_str(text).unwrap();
    let feature = |feature: &serde_json::Value| {
        let geometry = &feature["geometry"];
        let mut coordinates = Vec::new();
        flatten(&geometry["coordinates"], &mut coordinates);
        for (at, number) in coordinates.iter_mut().enumerate() {
            *number -= if at % 2 == 0 { ORIGIN.x } else { ORIGIN.y };
        }
        if geometry["type"] == "Polygon" {
            coordinates.truncate(coordinates.len() - 2);
        }
        Feature { file, properties: feature["properties"].as_object().unwrap().clone(), coordinates }
    };
    whole["features"].as_array().unwrap().iter().map(feature).collect()
}

fn flatten(value: &serde_json::Value, numbers: &mut Vec<f64>) {
    match value {
        serde_json::Value::Array(values) => values.iter().for_each(|value| flatten(value, numbers)),
        other => numbers.push(other.as_f64().unwrap()),
    }
}

fn known(release: &Release, accounts: &[Account], (matrix, ahp): &(Vec<Vec<f64>>, Ahp)) -> Vec<f64> {
    let mut known = vec![ahp.lambda_max, ahp.ci];
    for factor in accounts.iter().flat_map(|account| &account.factors) {
        if let Source::Reach { levels, .. } = &factor.source {
            known.extend(levels.iter().filter_map(|level| Some(level.facility.as_ref()?.distance)));
        }
    }
    for sample in release.samples.iter().filter(|sample| !sample.corrected.is_nan()) {
        known.extend([sample.k_date, sample.k_term, sample.k_plot_ratio, sample.corrected]);
    }
    known.extend(release.cells.iter().filter_map(|cell| cell.raw));
    let roots: Vec<f64> = matrix.iter().map(|row| row.iter().product::<f64>().cbrt()).collect();
    known.push(roots.iter().sum());
    known.extend(roots);
    known.extend(&ahp.weights);
    known.extend((0..release.uses.len()).flat_map(|at| <[f64; 2]>::from(squares(release, at))));
    for grubbs in rounds(release) {
        known.extend([grubbs.mean, grubbs.deviation]);
    }
    known
}

/// The sum of squared deviations from the mean.
pub fn spread(totals: &[f64]) -> f64 {
    let mean = totals.iter().sum::<f64>() / totals.len() as f64;
    totals.iter().map(|total| (total - mean).powi(2)).sum()
}

/// The spread of a use's totals within its grades, summed, and over the whole use.
pub fn squares(release: &Release, land_use: usize) -> (f64, f64) {
    let units = &release.units;
    let of = |grade: Option<u8>| {
        let members = (0..units.len()).filter(|&unit| usize::from(units.uses[unit]) == land_use);
        let members = members.filter(|&unit| grade.is_none_or(|grade| units.grades[unit] == grade));
        spread(&members.map(|unit| units.totals[unit]).collect::<Vec<_>>())
    };
    ((1..=3).map(|grade| of(Some(grade))).sum(), of(None))
}

/// One round of Grubbs' test among the samples of grade 1 of commercial land.
pub struct Round {
    pub samples: Vec<String>,
    pub mean: f64,
    pub deviation: f64,
    pub furthest: String,
    pub statistic: f64,
    pub limit: f64,
}

/// The rounds, from the corrected prices and the printed table (Grubbs & Beck 1972, two-sided, 5 %).
pub fn rounds(release: &Release) -> Vec<Round> {
    const LIMITS: [(usize, f64); 2] = [(4, 1.4812), (5, 1.7150)];
    let mut left: Vec<(&str, f64)> = (release.samples.iter())
        .filter(|sample| sample.use_index == 0 && sample.grade == 1 && !sample.corrected.is_nan())
        .map(|sample| (sample.id.as_str(), sample.corrected))
        .collect();
    let mut rounds = Vec::new();
    while let Some(&(_, limit)) = LIMITS.iter().find(|(n, _)| *n == left.len()) {
        let n = left.len() as f64;
        let mean = left.iter().map(|(_, price)| price).sum::<f64>() / n;
        let deviation = (left.iter().map(|(_, price)| (price - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        let distance = |at: &usize| (left[*at].1 - mean).abs();
        let furthest = (0..left.len()).max_by(|a, b| distance(a).total_cmp(&distance(b))).unwrap();
        let statistic = distance(&furthest) / deviation;
        let samples = left.iter().map(|(id, _)| (*id).to_string()).collect();
        rounds.push(Round { samples, mean, deviation, furthest: left[furthest].0.to_string(), statistic, limit });
        if statistic <= limit {
            break;
        }
        left.remove(furthest);
    }
    rounds
}
