//! A comparison in short, on the terminal.

use super::Ui;
use landgrade::compare::{Comparison, Summary};
use landgrade::land::{Lang, grade};
use landgrade::say;

/// Prints what changed: units by kind, movements between grades, growth by use and grade.
pub fn show(ui: &Ui, comparison: &Comparison<'_>) {
    let summary = comparison.summary(ui.lang);
    let (old, new) = (&summary.old, &summary.new);
    ui.line(&format!("{} ({}) → {} ({})", old.name, old.units, new.name, new.units));
    let kinds: Vec<String> =
        summary.kinds.iter().filter(|(_, count)| **count > 0).map(|(kind, count)| format!("{kind} {count}")).collect();
    if !kinds.is_empty() {
        ui.line(&format!("  {}", kinds.join("  ")));
    }
    let changed = &summary.changed;
    let (uses, grades, prices) = (changed.land_use, changed.grade, changed.price);
    let (jumps, leaps) = (changed.grade_jumps, changed.price_jumps);
    ui.say(&say!(
        "  use changed {uses}, grade changed {grades} ({jumps} flagged), price changed {prices} ({leaps} flagged)",
        "  用途变化 {uses},级别变化 {grades}(其中标记 {jumps}),地价变化 {prices}(其中标记 {leaps})"
    ));
    for growth in &summary.growth {
        let percent = |value: Option<f64>| value.map_or_else(|| "–".to_string(), |value| format!("{value:+.2} %"));
        let (own, fixed) = (percent(growth.growth_own_pct), percent(growth.growth_fixed_pct));
        let name = &growth.name;
        ui.say(&say!(
            "{name}: {own} over own areas, {fixed} over fixed old areas",
            "{name}:按各期面积 {own},按上期面积 {fixed}"
        ));
        for of_grade in &growth.grades {
            let price = |price: Option<f64>| price.map_or_else(|| "–".to_string(), |price| price.to_string());
            let (title, old, new) =
                (grade::name(of_grade.grade, ui.lang), price(of_grade.price_old), price(of_grade.price_new));
            ui.line(&format!("  {title:<6}{old:>10} → {new:>10}  {:>10}", percent(of_grade.growth_pct)));
        }
    }
    transitions(ui, &summary);
}

fn transitions(ui: &Ui, summary: &Summary) {
    for transition in &summary.transitions {
        let moved: usize = transition
            .counts
            .iter()
            .enumerate()
            .flat_map(|(old, row)| row.iter().enumerate().filter(move |(new, _)| *new != old).map(|(_, count)| *count))
            .sum();
        if moved > 0 {
            let growth = summary.growth.iter().find(|growth| growth.land_use == transition.land_use);
            let name = growth.map_or(&transition.land_use, |growth| &growth.name);
            match ui.lang {
                Lang::Zh => ui.line(&format!("{name}:级别变动 {moved} 对(转移矩阵见 comparison.xlsx)")),
                Lang::En => ui.line(&format!("{name}: {moved} pairs moved between grades (matrix in comparison.xlsx)")),
            }
        }
    }
}
