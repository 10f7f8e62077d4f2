//! The parcels of a file, each valued.

use super::areas::{self, Areas};
use super::beside;
use super::{Appraise, read_date, read_services};
use landgrade::ingest::subjects::Subjects;
use landgrade::land::quantity::Quantity;
use landgrade::land::{Fault, Outcome, money, number};
use landgrade::pipeline::{Appraisal, Appraiser, Asked, Basis, Where};
use landgrade::price::appraise::{Codes, Coefficient, Role};
use landgrade::project::plan::PriceKind;
use landgrade::project::system::Order;
use landgrade::release::Release;
use landgrade::space::measure::point_on_surface;
use landgrade::space::{Kind, Point};
use landgrade::{say, scale};
use std::collections::BTreeMap;

/// Everything the rows are valued with.
pub(super) struct Batch<'a> {
    pub verb: &'a Appraise,
    pub release: &'a Release,
    pub appraiser: &'a Appraiser<'a>,
    pub subjects: &'a Subjects,
    pub areas: Areas,
    /// What the heading of the plot ratio multiplies bare numbers by (%), and that of the term (月).
    pub factors: [f64; 2],
    /// What the options say of every parcel.
    pub common: Asked,
    /// The keys of all conditions, with their names.
    pub conditions: &'a [(String, String)],
    /// Conditions handed in beside the parcels, by identifier.
    pub beside: BTreeMap<String, Vec<(String, String)>>,
}

/// One parcel's row, in the order of the parcels.
pub(super) struct Line {
    pub land_use: Option<usize>,
    pub unit: Option<usize>,
    pub area: f64,
    pub found: Result<Valued, Box<Fault>>,
}

/// What is kept of an appraisal.
pub(super) struct Valued {
    pub grade: u8,
    pub benchmark: f64,
    /// The area or street the price starts from, by its identifier; `None` where it is the grade's.
    pub basis: Option<Box<(&'static str, String)>>,
    pub sum: f64,
    pub date: f64,
    pub plot_ratio: f64,
    pub others: f64,
    pub term: f64,
    pub development: f64,
    pub ground: f64,
    pub floor: f64,
    pub per_mu: f64,
    pub total: f64,
    /// The plot ratio the price of floor is at: the parcel's, or the set one.
    pub ratio: f64,
    pub kind: PriceKind,
    pub order: Order,
    pub warnings: Codes,
    /// All of them, where they are asked for.
    pub coefficients: Box<[Coefficient]>,
}

impl Batch<'_> {
    /// A line per parcel, in their order.
    pub fn lines(&self) -> Outcome<Vec<Line>> {
        let stated = self.verb.land_use.as_deref().map(|word| self.appraiser.use_of(word)).transpose()?;
        let uses: Vec<Outcome<usize>> =
            scale::map(self.subjects.len(), |row| stated.map_or_else(|| self.use_of_row(row), Ok));
        let units = self.units(&uses);
        let grades = self.grades(&uses);
        // Without coordinates of its own a parcel lies where its unit lies.
        let inside_unit =
            |unit: usize| self.release.units.shapes.as_ref().and_then(|shapes| point_on_surface(shapes.get(unit)));
        let at = |row: usize| self.subjects.places[row].or_else(|| inside_unit(units[row]?));
        let place = |row: usize| (at(row), units[row], uses[row].as_ref().map_or(usize::MAX, |it| *it));
        let places: Vec<_> = (0..self.subjects.len()).map(place).collect();
        let outline = |row: usize| {
            let shapes = self.subjects.shapes.as_ref().filter(|shapes| shapes.kind == Kind::Polygon)?;
            Some(shapes.get(row))
        };
        let inside = self.appraiser.inside(&places, outline);
        Ok(scale::map(self.subjects.len(), |row| self.line(row, &uses[row], (units[row], grades[row]), inside[row])))
    }

    fn use_of_row(&self, row: usize) -> Outcome<usize> {
        let word = self.subjects.word("use", row);
        // A parcel that names its unit is of that unit's use.
        let unit = || self.release.units.ids.find_sorted(&self.subjects.text("unit", row));
        if let Some(unit) = Some(()).filter(|()| word.is_empty()).and_then(|()| unit()) {
            return Ok(usize::from(self.release.units.uses[unit]));
        }
        if word.is_empty() {
            return Err(Fault::new(
                "no-use",
                say!("no use is told", "没有用途"),
                say!("give --use, or --field use=COLUMN", "请给出 --use 或 --field use=列名"),
            ));
        }
        self.appraiser.use_of(&word)
    }

    /// The rows that have a place and a use, and both.
    fn placed_rows(&self, uses: &[Outcome<usize>]) -> (Vec<usize>, Vec<(Point, usize)>) {
        let placed = |row: usize| Some((row, (self.subjects.places[row]?, *uses[row].as_ref().ok()?)));
        (0..self.subjects.len()).filter_map(placed).unzip()
    }

    /// The grade that the release publishes for the parcel at each place.
    fn grades(&self, uses: &[Outcome<usize>]) -> Vec<Option<u8>> {
        let mut grades = vec![None; self.subjects.len()];
        let (rows, places) = self.placed_rows(uses);
        for (row, grade) in rows.into_iter().zip(self.appraiser.parcel_grades(&places)) {
            grades[row] = grade;
        }
        grades
    }

    /// The unit each parcel lies on, or that it names.
    fn units(&self, uses: &[Outcome<usize>]) -> Vec<Option<usize>> {
        let (release, subjects) = (self.release, self.subjects);
        let mut units = vec![None; subjects.len()];
        let (rows, places) = self.placed_rows(uses);
        for (row, unit) in rows.into_iter().zip(self.appraiser.units(&places)) {
            units[row] = unit;
        }
        for (row, unit) in units.iter_mut().enumerate().filter(|(_, unit)| unit.is_none()) {
            let named = subjects.text("unit", row);
            *unit =
                Some(named).filter(|named| !named.is_empty()).and_then(|named| release.units.ids.find_sorted(&named));
        }
        units
    }

    fn line(
        &self,
        row: usize,
        land_use: &Outcome<usize>,
        (unit, grade): (Option<usize>, Option<u8>),
        inside: Where,
    ) -> Line {
        let asked = self.whole(row).and_then(|()| land_use.clone());
        let asked = asked.and_then(|land_use| self.asked(row, land_use, (unit, grade, inside)));
        let asked = asked.and_then(|asked| if unit.is_none() { self.placed(row).map(|()| asked) } else { Ok(asked) });
        let area = asked.as_ref().ok().and_then(|asked| asked.area).unwrap_or(f64::NAN);
        let found = asked.and_then(|asked| {
            let appraisal = self.appraiser.appraise(&asked)?;
            Ok(kept(appraisal, asked.plot_ratio, self.verb.coefficients.is_some()))
        });
        let found = found.map_err(Box::new);
        Line { land_use: land_use.as_ref().ok().copied(), unit, area, found }
    }

    /// A line that sums up others is no parcel; nothing tells which cell of a row of too few or too many is of which column.
    fn whole(&self, row: usize) -> Outcome<()> {
        if let Ok(at) = self.subjects.sums.binary_search_by_key(&row, |(row, _)| *row) {
            let help = say!("leave the line out of the table", "请从表中去掉该行");
            return Err(Fault::new("sum-line", self.subjects.sums[at].1.clone(), help));
        }
        match self.subjects.uneven.binary_search_by_key(&row, |(row, _)| *row) {
            Err(_) => Ok(()),
            Ok(at) => Err(Fault::new(
                "uneven-row",
                self.subjects.uneven[at].1.clone(),
                say!("put text that holds the separator between double quotes", "含分隔符的文字请用双引号括起"),
            )),
        }
    }

    /// A parcel on no unit must at least lie somewhere.
    fn placed(&self, row: usize) -> Outcome<()> {
        if self.subjects.places[row].is_some() {
            return Ok(());
        }
        let (unit, release) = (self.subjects.text("unit", row), &self.release.head.name);
        if !unit.is_empty() {
            return Err(Fault::new(
                "no-unit",
                say!("the release {release} has no unit \"{unit}\"", "成果 {release} 中没有单元「{unit}」"),
                say!("mend the unit, or give coordinates", "请更正单元编号,或给出坐标"),
            ));
        }
        if let Ok(at) = self.subjects.unread.binary_search_by_key(&row, |(row, _)| *row) {
            let help = say!("mend the cell", "请更正该单元格");
            return Err(Fault::new("not-a-number", self.subjects.unread[at].1.clone(), help));
        }
        let what = match self.subjects.shapes {
            Some(_) => say!("the parcel has no geometry", "宗地没有几何"),
            None => say!("the parcel has no coordinates", "宗地没有坐标"),
        };
        Err(Fault::new("no-place", what, say!("draw it, or name its unit", "请补绘图形,或写明所在单元")))
    }

    fn asked(
        &self,
        row: usize,
        land_use: usize,
        (unit, own_grade, inside): (Option<usize>, Option<u8>, Where),
    ) -> Outcome<Asked> {
        let mut asked = Asked { land_use, unit, grade: own_grade, inside, ..self.common.clone() };
        let id = || if self.beside.is_empty() { None } else { beside::key(self.subjects, row) };
        let beside = id().and_then(|id| self.beside.get(&id));
        let cell = |key: &str| {
            let other = beside.and_then(|cells| cells.iter().find(|(own, _)| own == key));
            let text = other.map_or_else(|| self.subjects.text(key, row), |(_, value)| value.clone());
            Some(text).filter(|text| !text.is_empty())
        };
        // What is a number in the file need not be printed and read again.
        let number = |key: &str| match beside {
            Some(cells) if cells.iter().any(|(own, _)| own == key) => None,
            _ => self.subjects.number(key, row),
        };
        let real = |key: &str, name: &str, read: &dyn Fn(&str) -> Option<f64>| match cell(key) {
            None => Ok(None),
            Some(text) => read(&text).map(Some).ok_or_else(|| {
                Fault::new(
                    "not-a-number",
                    say!("{key} is \"{text}\", not a number", "{name}为「{text}」,不是数值"),
                    say!("mend the cell", "请更正该单元格"),
                )
            }),
        };
        // A bare number is in the unit of the heading of its column; one handed in beside the parcels has another heading.
        let either = |key: &str, name: &str, quantity: Quantity, factor: f64| {
            let of_column = beside.is_none_or(|cells| cells.iter().all(|(own, _)| own != key));
            let factor = if of_column { factor } else { 1.0 };
            let read = |text: &str| {
                let typed = number::parse(text)?;
                let factor = if typed.unit.is_empty() { factor } else { quantity.factor(&typed.unit)? };
                Some(typed.value * factor)
            };
            match number(key) {
                Some(number) => Ok(Some(number * factor)),
                None => real(key, name, &read),
            }
        };
        let [of_ratio, of_term] = self.factors;
        asked.plot_ratio = either("far", "容积率", Quantity::Share, of_ratio)?.or(asked.plot_ratio);
        asked.term = either("term", "剩余年期", Quantity::Years, of_term)?.or(asked.term);
        // A parcel that is told by its unit alone has the unit's area.
        let of_unit = || self.release.units.areas.get(unit.filter(|_| self.subjects.places[row].is_none())?).copied();
        let measured = Some(self.subjects.areas[row]).filter(|area| !area.is_nan()).or_else(of_unit);
        let measured = measured.filter(|area| !area.is_nan());
        let told = match number("area") {
            Some(number) => Some(self.areas.plain(number)),
            None => real("area", "面积", &|text| self.areas.read(text))?,
        };
        (asked.area, asked.drawn) = (told.or(asked.area).or(measured), measured);
        areas::checked(asked.area)?;
        if let Some(text) = cell("date") {
            asked.date = Some(read_date(&text)?);
        }
        if let Some(text) = cell("services") {
            asked.services = Some(read_services(&text)?);
        }
        let grade = own_grade.or(unit.map(|unit| self.release.units.grades[unit])).unwrap_or(0);
        for (key, _) in self.conditions.iter().filter(|(key, _)| key != "area") {
            // A column may be one of other uses or grades only.
            if let Some(text) = cell(key).filter(|_| self.appraiser.asks_for(land_use, grade, inside, key)) {
                asked.conditions.insert(key.clone(), text);
            }
        }
        Ok(asked)
    }
}

fn kept(appraisal: Appraisal, plot_ratio: Option<f64>, whole: bool) -> Valued {
    let coefficients = &appraisal.appraised.coefficients;
    let product = |wanted: &dyn Fn(&str) -> bool| {
        coefficients
            .iter()
            .filter(|one| one.role == Role::Product && wanted(&one.key))
            .map(|one| one.value)
            .reduce(money::product)
            .unwrap_or(1.0)
    };
    let named = |key: &str| !matches!(key, "date" | "plot_ratio" | "term");
    Valued {
        grade: appraisal.grade,
        benchmark: appraisal.benchmark,
        basis: match &appraisal.basis {
            Basis::Grade => None,
            Basis::Area(row) => Some(Box::new(("area", row.id.clone()))),
            Basis::Street(row) => Some(Box::new(("street", row.id.clone()))),
        },
        sum: appraisal.appraised.sum,
        date: product(&|key| key == "date"),
        plot_ratio: product(&|key| key == "plot_ratio"),
        others: product(&named),
        term: product(&|key| key == "term"),
        development: coefficients.iter().filter(|one| one.role == Role::Amount).map(|one| one.value).sum(),
        ground: appraisal.ground,
        floor: appraisal.floor.unwrap_or(f64::NAN),
        per_mu: appraisal.per_mu,
        total: appraisal.total.unwrap_or(f64::NAN),
        ratio: plot_ratio.unwrap_or(appraisal.set_plot_ratio),
        kind: appraisal.kind,
        order: appraisal.appraised.order,
        warnings: Codes::of(&appraisal.warnings),
        coefficients: if whole { appraisal.appraised.coefficients.into() } else { Box::default() },
    }
}
