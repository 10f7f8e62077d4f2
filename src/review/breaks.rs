//! What is cut, and what each method makes of it.

use crate::grade::{self, Ground, Method, Sections, Units, grade};
use crate::land::{Outcome, Text};
use crate::release::Release;
use crate::{land, say, scale};

/// Numbers to be cut: a column, or the totals of a use.
pub struct Subject<'a> {
    /// The use's key; empty of a column.
    pub key: String,
    pub name: String,
    pub totals: &'a [f64],
    pub areas: Option<&'a [f64]>,
    pub ground: Option<Ground<'a>>,
    pub classes: u8,
}

impl<'a> Subject<'a> {
    pub fn units(&self) -> Units<'a> {
        Units { totals: self.totals, areas: self.areas, ground: self.ground }
    }
}

/// A method with its cut.
pub struct Row {
    pub method: String,
    /// Why it was chosen, where a release says so.
    pub reason: Option<String>,
    /// Whether it is the grading of the release.
    pub sealed: bool,
    /// What was taken where nothing was stated.
    pub note: Option<Text>,
    pub cut: Outcome<Cut>,
}

impl Row {
    /// Whether it is the other's method with the other's limits.
    pub fn repeats(&self, other: &Row) -> bool {
        let breaks = |row: &Row| row.cut.as_ref().ok().map(|cut| cut.breaks.clone());
        self.method == other.method && breaks(self) == breaks(other)
    }
}

/// Classes from the lowest up.
pub struct Cut {
    pub breaks: Vec<f64>,
    pub counts: Vec<usize>,
    /// Of the weight.
    pub shares: Vec<f64>,
    /// NaN where unknown.
    pub gvf: f64,
}

impl Cut {
    pub fn by(subject: &Subject<'_>, method: &Method) -> Outcome<Cut> {
        let graded = grade(subject.units(), subject.classes, method)?;
        Ok(Cut::of(&graded.grades, subject.classes, graded.limits, graded.gvf, subject.areas))
    }

    /// Units without a grade (0) are in no class.
    fn of(grades: &[u8], classes: u8, breaks: Vec<f64>, gvf: f64, areas: Option<&[f64]>) -> Cut {
        let mut counts = vec![0; usize::from(classes)];
        let mut weights = vec![0.0; usize::from(classes)];
        for (unit, &grade) in grades.iter().enumerate().filter(|(_, grade)| (1..=classes).contains(grade)) {
            let class = usize::from(classes - grade);
            counts[class] += 1;
            weights[class] += areas.map_or(1.0, |areas| areas[unit]);
        }
        let whole: f64 = weights.iter().sum();
        Cut { breaks, counts, shares: weights.iter().map(|weight| weight / whole).collect(), gvf }
    }
}

/// The units of a use with a total, their totals and areas laid out for the methods.
pub struct Members {
    at: usize,
    units: Vec<u32>,
    totals: Vec<f64>,
    areas: Option<Vec<f64>>,
}

/// The units of each use of a release. Where an area is unknown, units count once each.
pub fn members(release: &Release) -> Vec<Members> {
    let units = &release.units;
    let of_use = |at: usize| {
        let own = |unit: &usize| usize::from(units.uses[*unit]) == at && !units.totals[*unit].is_nan();
        let members: Vec<u32> = (0..units.len()).filter(own).map(|unit| unit as u32).collect();
        let column = |values: &[f64]| members.iter().map(|&unit| values[unit as usize]).collect::<Vec<f64>>();
        let areas = Some(column(&units.areas)).filter(|areas| areas.iter().all(|area| *area > 0.0));
        Members { at, totals: column(&units.totals), areas, units: members }
    };
    (0..release.uses.len()).map(of_use).collect()
}

impl Members {
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }

    /// What is cut: into as many classes as asked for, else as the use has grades.
    pub fn subject<'a>(&'a self, release: &'a Release, classes: Option<u8>) -> Subject<'a> {
        let head = &release.uses[self.at];
        Subject {
            key: head.key.clone(),
            name: head.name.clone(),
            totals: &self.totals,
            areas: self.areas.as_deref(),
            ground: release.units.shapes.as_ref().map(|shapes| Ground { shapes, features: &self.units }),
            classes: classes.unwrap_or(head.grades),
        }
    }

    /// The grading as it was sealed.
    pub fn sealed(&self, release: &Release) -> Row {
        let head = &release.uses[self.at];
        let grades: Vec<u8> = self.units.iter().map(|&unit| release.units.grades[unit as usize]).collect();
        let cut = Cut::of(&grades, head.grades, head.limits.clone(), head.gvf, self.areas.as_deref());
        Row { method: head.method.clone(), reason: head.reason.clone(), sealed: true, note: None, cut: Ok(cut) }
    }
}

/// The cuts by these methods with their usual parameters, each or why there is none.
pub fn by_words(subject: &Subject<'_>, words: &[&str]) -> Vec<Row> {
    scale::chunks(words.len(), 1, |at| {
        let mut note = None;
        let method = match words[at.start] {
            "number-axis" => Method::NumberAxis { least_share: 0.03 },
            "frequency-curve" => {
                let (method, told) = usual_curve(subject);
                note = told;
                method
            }
            "profile" => Method::Profile(Sections::default()),
            "quantile" => Method::Quantile,
            "equal-interval" => Method::EqualInterval,
            _ => Method::Natural,
        };
        Row { method: method.word().to_string(), reason: None, sealed: false, note, cut: Cut::by(subject, &method) }
    })
}

/// The frequency curve where neither bin nor smoothing is stated, with what was taken.
pub fn usual_curve(subject: &Subject<'_>) -> (Method, Option<Text>) {
    match grade::usual_curve(subject.units(), subject.classes) {
        None => (Method::FrequencyCurve { bin: 1.0, smoothing: 2.0 }, None),
        Some((bin, smoothing)) => {
            let (width, deviation) = (short(bin), short(smoothing));
            let note = say!(
                "bins of {width} and a smoothing of {deviation}, the strongest that leaves a valley for every limit",
                "组距 {width},平滑带宽 {deviation}(能留出所需谷点的最大带宽)"
            );
            (Method::FrequencyCurve { bin, smoothing }, Some(note))
        }
    }
}

/// The method; of imported grades that there is none.
pub fn named(row: &Row) -> Text {
    if row.method.is_empty() { say!("as imported", "按导入") } else { land::grade::method(&row.method) }
}

/// At most four decimals; smaller numbers by their power of ten.
pub fn short(number: f64) -> String {
    if number != 0.0 && number.abs() < 1e-3 {
        return format!("{number:.3e}");
    }
    let text = format!("{number:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" { "0".to_string() } else { text.to_string() }
}
