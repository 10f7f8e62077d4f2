//! Makes the system of every use out of the file and the project, or tells everything that is wrong with it.

use super::check::{self, Doubt};
use super::development::Development;
use super::factors::FactorTable;
use super::parts;
use super::plot_ratio::{self, PlotRatioLaw};
use super::tables::Table;
use super::term::TermLaw;
use crate::land::services::{self, Services};
use crate::land::{Fault, Outcome, Text};
use crate::price::correct::Term;
use crate::project::UsePlan;
use crate::project::file::GradePremises;
use crate::project::plan::{ConnotationPlan, PriceKind};
use crate::project::system::{self as file, Amplitude, Order, UseSystem};
use crate::say;

/// The corrections of one use.
#[derive(Clone, Debug, PartialEq)]
pub struct System {
    pub order: Order,
    /// Decimals coefficients are rounded to; as computed where there are none.
    pub decimals: Option<u32>,
    pub set_plot_ratio: f64,
    /// Whether prices are of floor (楼面地价).
    pub floor: bool,
    pub plot_ratio: Vec<PlotRatioLaw>,
    pub term: TermLaw,
    pub amplitude: Vec<Amplitude>,
    pub factors: Vec<FactorTable>,
    /// Factors whose steps follow from the amplitude of each grade's own samples.
    pub weighted: Vec<(FactorTable, f64)>,
    pub development: Option<Development>,
    /// The services of the connotation; `None` where its text is not one of services.
    pub set_services: Option<Services>,
    /// Grades that are set otherwise: the plot ratio, the services.
    pub by_grade: Vec<SetOfGrades>,
    pub tables: Vec<Table>,
}

/// What is set otherwise for some grades.
#[derive(Clone, Debug, PartialEq)]
pub struct SetOfGrades {
    pub grades: Vec<u8>,
    pub plot_ratio: Option<f64>,
    pub services: Option<Services>,
}

impl System {
    /// The set plot ratio of a grade.
    pub fn set_plot_ratio_of(&self, grade: u8) -> f64 {
        self.own(grade).and_then(|own| own.plot_ratio).unwrap_or(self.set_plot_ratio)
    }

    /// The set services of a grade.
    pub fn set_services_of(&self, grade: u8) -> Option<Services> {
        self.own(grade).and_then(|own| own.services).or(self.set_services)
    }

    fn own(&self, grade: u8) -> Option<&SetOfGrades> {
        self.by_grade.iter().find(|own| own.grades.contains(&grade))
    }
}

/// What deserves a second look, each with the place of its use.
pub type Doubts = Vec<(usize, Doubt)>;

/// One system per use of the project, `None` where the use has no connotation; and what deserves a second look, by use.
///
/// # Errors
/// Everything that is wrong, at once: `corrections-use` for a use the project does not have or one given twice, `corrections-table`,
/// `corrections-factor`, `corrections-weights`, `corrections-grade`.
pub fn build(file: &file::System, uses: &[UsePlan]) -> Outcome<(Vec<Option<System>>, Doubts)> {
    let mut faults = Vec::new();
    for (at, part) in file.uses.iter().enumerate() {
        let known = uses.iter().any(|plan| plan.land_use.key == part.key && plan.price.is_some());
        if !known || file.uses[..at].iter().any(|earlier| earlier.key == part.key) {
            let key = &part.key;
            faults.push(Fault::new(
                "corrections-use",
                say!(
                    "the corrections name the use \"{key}\" twice, or the project has no such use with a price",
                    "修正体系重复写了用途「{key}」,或项目中没有该用途的地价内涵"
                ),
                say!("name each priced use once, by its key", "每种有地价内涵的用途按 key 写一次"),
            ));
        }
    }
    let (mut systems, mut doubts) = (Vec::new(), Vec::new());
    let nothing = UseSystem::default();
    for (at, plan) in uses.iter().enumerate() {
        let Some(connotation) = &plan.price else {
            systems.push(None);
            continue;
        };
        let part = file.uses.iter().find(|part| part.key == plan.land_use.key).unwrap_or(&nothing);
        let mut problems = Problems { key: &plan.land_use.key, grades: plan.grades, faults: &mut faults };
        if let Some(system) = of_use(file, part, connotation, &mut problems) {
            doubts.extend(check::doubts(&system).into_iter().map(|doubt| (at, doubt)));
            systems.push(Some(system));
        }
    }
    Fault::of_all(faults).map_or(Ok((systems, doubts)), Err)
}

pub(super) struct Problems<'a> {
    pub key: &'a str,
    pub grades: u8,
    pub faults: &'a mut Vec<Fault>,
}

impl Problems<'_> {
    pub fn add(&mut self, code: &'static str, what: Text, help: Text) {
        let (key, Text { en, zh }) = (self.key, what);
        self.faults.push(Fault::new(code, say!("{key}: {en}", "{key}:{zh}"), help));
    }

    pub fn grades(&mut self, name: &str, grades: Option<&Vec<u8>>) {
        let most = self.grades;
        if let Some(odd) = grades.into_iter().flatten().find(|grade| !(1..=most).contains(*grade)) {
            self.add(
                "corrections-grade",
                say!("{name} is for grade {odd}; there are {most}", "{name} 写了 {odd} 级,而该用途共 {most} 级"),
                say!("name grades from 1 to {most}", "级别请写 1 至 {most}"),
            );
        }
    }

    pub fn rows(&mut self, name: &str, rows: &[[f64; 2]]) {
        let sound = |row: &[f64; 2]| row[0] >= 0.0 && row[0].is_finite() && row[1] > 0.0 && row[1].is_finite();
        if rows.is_empty() || !rows.iter().all(sound) || rows.windows(2).any(|pair| pair[0][0] >= pair[1][0]) {
            self.add(
                "corrections-table",
                say!(
                    "{name} is not a table of ascending values with positive coefficients",
                    "{name} 不是按值递增且系数为正的表"
                ),
                say!("write [[value, coefficient], …] from the lowest value up", "请按值从小到大写 [[值, 系数], …]"),
            );
        }
    }
}

fn of_use(
    file: &file::System,
    part: &UseSystem,
    connotation: &ConnotationPlan,
    problems: &mut Problems<'_>,
) -> Option<System> {
    let term = Term::new(connotation.rate, connotation.term).map_err(|fault| problems.faults.push(fault)).ok()?;
    let mut laws: Vec<PlotRatioLaw> = Vec::new();
    for raw in &part.plot_ratio {
        laws.extend(of_grades(raw, connotation, problems));
    }
    let claimed = |grade: u8| laws.iter().filter(|law| law.is_for(grade)).count();
    if let Some(twice) = (1..=problems.grades).find(|grade| claimed(*grade) > 1) {
        problems.add(
            "corrections-grade",
            say!("two laws of the plot ratio are for grade {twice}", "{twice} 级有两条容积率修正规则"),
            say!("name each grade in one of them", "每个级别只写在一条规则中"),
        );
    }
    if part.plot_ratio.is_empty() && !connotation.plot_ratio_table.is_empty() {
        let raw =
            file::PlotRatioLaw { table: Some(connotation.plot_ratio_table.clone()), ..file::PlotRatioLaw::default() };
        laws.extend(of_grades(&raw, connotation, problems));
    }
    if let Some(table) = &part.term {
        problems.rows("term", &table.table);
    }
    for amplitude in &part.amplitude {
        problems.grades("amplitude", amplitude.grades.as_ref());
        let (up, down) = (amplitude.up, amplitude.down);
        if !(up >= 0.0 && up.is_finite() && (0.0..100.0).contains(&down)) {
            problems.add(
                "corrections-amplitude",
                say!("an amplitude of {up} % up and {down} % down", "修正幅度上 {up}%、下 {down}% 无意义"),
                say!(
                    "write up from 0 and down from 0 to below 100, both in percent",
                    "up 应不小于 0,down 应在 0 至 100(不含)之间,均为百分数"
                ),
            );
        }
    }
    parts::twice(part, problems);
    let (mut stepped, mut weighted) = (Vec::new(), Vec::new());
    for raw in &part.factors {
        match parts::factor(raw, problems) {
            Some((table, Some(weight))) => weighted.push((table, weight)),
            Some((table, None)) => stepped.push(table),
            None => {}
        }
    }
    for grade in 1..=problems.grades {
        let sum: f64 = weighted.iter().filter(|(table, _)| table.is_for(grade)).map(|(_, weight)| weight).sum();
        if sum > 0.0 && (sum - 1.0).abs() > 1e-6 {
            problems.add(
                "corrections-weights",
                say!(
                    "the weights of the factors sum to {sum:.6} in grade {grade}",
                    "{grade} 级修正因素权重之和为 {sum:.6}"
                ),
                say!("let them sum to 1 in every grade", "请使各级权重之和为 1"),
            );
            break;
        }
    }
    Some(System {
        order: part.development_order,
        decimals: file.decimals,
        set_plot_ratio: connotation.plot_ratio,
        floor: connotation.kind == PriceKind::Floor,
        plot_ratio: laws,
        term: TermLaw {
            term,
            years: connotation.term,
            rate: connotation.rate,
            table: part.term.as_ref().map(|term| term.table.clone()),
        },
        amplitude: part.amplitude.clone(),
        factors: stepped,
        weighted,
        development: part.development.as_ref().map(|raw| Development { unit: raw.unit, costs: raw.costs.clone() }),
        set_services: services::parse(&connotation.development).map(|(services, _)| services),
        by_grade: connotation.by_grade.iter().map(set_of_grades).collect(),
        tables: part.tables.iter().filter_map(|raw| parts::table(raw, problems)).collect(),
    })
}

fn set_of_grades(premises: &GradePremises) -> SetOfGrades {
    let services = premises.development.as_deref().and_then(services::parse);
    SetOfGrades {
        grades: premises.grades.clone(),
        plot_ratio: premises.plot_ratio,
        services: services.map(|(services, _)| services),
    }
}

/// The law once for each plot ratio that its grades are set at.
fn of_grades(
    raw: &file::PlotRatioLaw,
    connotation: &ConnotationPlan,
    problems: &mut Problems<'_>,
) -> Vec<PlotRatioLaw> {
    let set_otherwise: Vec<(&GradePremises, f64)> =
        connotation.by_grade.iter().filter_map(|own| Some((own, own.plot_ratio?))).collect();
    if set_otherwise.is_empty() {
        return law(raw, connotation.plot_ratio, problems).into_iter().collect();
    }
    let covered: Vec<u8> = raw.grades.clone().unwrap_or_else(|| (1..=problems.grades).collect());
    let own = |grade: &u8| set_otherwise.iter().any(|(own, _)| own.grades.contains(grade));
    let rest: Vec<u8> = covered.iter().copied().filter(|grade| !own(grade)).collect();
    let parts = set_otherwise.iter().map(|(own, ratio)| {
        (covered.iter().copied().filter(|grade| own.grades.contains(grade)).collect::<Vec<u8>>(), *ratio)
    });
    let parts: Vec<(Vec<u8>, f64)> =
        parts.chain([(rest, connotation.plot_ratio)]).filter(|(grades, _)| !grades.is_empty()).collect();
    let one = |(grades, ratio): (Vec<u8>, f64)| {
        law(&file::PlotRatioLaw { grades: Some(grades), ..raw.clone() }, ratio, problems)
    };
    parts.into_iter().filter_map(one).collect()
}

fn law(raw: &file::PlotRatioLaw, of_use: f64, problems: &mut Problems<'_>) -> Option<PlotRatioLaw> {
    problems.grades("plot_ratio", raw.grades.as_ref());
    if let Some(rows) = &raw.table {
        let before = problems.faults.len();
        problems.rows("plot_ratio", rows);
        if problems.faults.len() > before {
            return None;
        }
    }
    let set = raw.set.unwrap_or(of_use);
    if (set - of_use).abs() > 1e-9 {
        problems.add(
            "corrections-set",
            say!(
                "the law of the plot ratio is set at {set}, the price at {of_use}",
                "容积率修正的设定容积率为 {set},而地价内涵为 {of_use}"
            ),
            say!(
                "write the plot ratio of these grades in the project: price = {{ …, by_grade = [{{ grades = […], plot_ratio = {set} }}] }}",
                "请在项目文件中写明这些级别的设定容积率:price = {{ …, by_grade = [{{ grades = […], plot_ratio = {set} }}] }}"
            ),
        );
        return None;
    }
    let range = raw.range.is_none_or(|[low, high]| 0.0 < low && low <= set && set <= high && high.is_finite());
    let Some(form) = plot_ratio::form(raw, set).filter(|_| range && set > 0.0) else {
        problems.add(
            "corrections-table",
            say!(
                "the law of the plot ratio has none or several of table, power and linear_log, or a range without the set ratio {set}",
                "容积率修正须在 table、power、linear_log 中恰取其一,且 range 应包含设定容积率 {set}"
            ),
            say!("give one of the three", "三者请只写一个"),
        );
        return None;
    };
    Some(PlotRatioLaw { grades: raw.grades.clone(), set, form, range: raw.range })
}
