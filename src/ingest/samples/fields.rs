//! The fields asked for, and where each stands among the columns.

use crate::project::plan::SamplesPlan;

pub(super) struct Fields<'a> {
    pub names: Vec<&'a str>,
    pub price: Option<usize>,
    pub use_field: Option<usize>,
    pub date: Option<usize>,
    pub plot_ratio: Option<usize>,
    pub term: Option<usize>,
    pub area: Option<usize>,
    pub grade: Option<usize>,
    pub kind: Option<usize>,
    pub condition: Option<usize>,
    pub region: Option<usize>,
    pub development: Option<usize>,
    pub depth: Option<usize>,
    /// One per figure of the plan.
    pub figures: Vec<usize>,
}

impl<'a> Fields<'a> {
    /// The identifier comes first; a field that holds two things is asked for once.
    pub fn of(plan: &'a SamplesPlan) -> Fields<'a> {
        let mut names: Vec<&str> = vec![&plan.id];
        let mut place = |field: &'a str| {
            names.iter().position(|known| *known == field).unwrap_or_else(|| {
                names.push(field);
                names.len() - 1
            })
        };
        let mut add = |field: Option<&'a String>| field.map(|field| place(field));
        let price = add(plan.price.as_ref());
        let use_field = add(plan.use_field.as_ref());
        let date = add(plan.date.as_ref());
        let plot_ratio = add(plan.plot_ratio.as_ref());
        let term = add(plan.term.as_ref());
        let area = add(plan.area.as_ref().map(|area| &area.field));
        let grade = add(plan.grade.as_ref());
        let kind = add(plan.kind.as_ref());
        let condition = add(plan.condition.as_ref());
        let region = add(plan.region.as_ref());
        let development = add(plan.development.as_ref());
        let depth = add(plan.depth.as_ref());
        let figures = plan.figures.iter().map(|figure| place(&figure.column.field)).collect();
        Fields {
            names,
            price,
            use_field,
            date,
            plot_ratio,
            term,
            area,
            grade,
            kind,
            condition,
            region,
            development,
            depth,
            figures,
        }
    }
}
