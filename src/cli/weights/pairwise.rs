//! Pairwise comparison.

use super::super::{Ending, Ui};
use super::show;
use landgrade::land::{Outcome, Text};
use landgrade::say;
use landgrade::weights::asked;
use landgrade::weights::circles::{circles, consistence};
use landgrade::weights::pairwise::{self, Pairwise};
use serde_json::json;

pub fn run(asked: &asked::Pairwise, mut notes: Vec<Text>, ui: &Ui) -> Outcome<Ending> {
    let asked::Pairwise { factors, matrix, with_virtual } = asked;
    let Pairwise { weights, wins, comparisons, nothing } = pairwise::derive(factors, matrix, *with_virtual)?;
    if !nothing.is_empty() {
        let names = nothing.iter().map(|&at| factors[at].as_str()).collect::<Vec<_>>().join(", ");
        notes.push(say!(
            "{names} loses every comparison and weighs nothing; --virtual adds a factor that loses to all others",
            "{names} 在各次比较中均不占优,权重为 0;--virtual 可加入虚拟因素"
        ));
    }
    let rounds = circles(matrix);
    let consistence = consistence(matrix, rounds.len());
    notes.extend(told(factors, &rounds, consistence));
    let count = factors.len();
    let (extra_en, extra_zh) = if *with_virtual { (" and a virtual one", ",另有虚拟因素") } else { ("", "") };
    ui.say(&say!(
        "pairwise comparison, {count} factors{extra_en}: {comparisons} comparisons",
        "因素成对比较法,{count} 个因素{extra_zh}:共比较 {comparisons} 次"
    ));
    show::notes(ui, &notes);
    let rows = factors.iter().zip(show::rounded(&weights)).zip(&wins);
    let rows = rows.map(|((factor, weight), wins)| vec![factor.clone(), weight, wins.to_string()]).collect();
    show::table(ui, &[say!("factor", "因素"), say!("weight", "权重"), say!("wins", "得分")], rows);
    ui.line(&show::line(factors, &weights));
    ui.result(&json!({
        "method": "pairwise",
        "virtual": with_virtual,
        "weights": show::map(factors, &weights),
        "rounded": show::rounded_map(factors, &weights),
        "wins": show::map(factors, &wins),
        "comparisons": comparisons,
        "circles": rounds.iter().map(|round| round.map(|at| &factors[at])).collect::<Vec<_>>(),
        "consistence": consistence,
        "notes": show::notes_of(ui, &notes),
    }));
    Ok(Ending::Done)
}

/// Circles named one by one before the rest are only counted.
const NAMED: usize = 3;

/// What to say of comparisons that go round.
fn told(factors: &[String], circles: &[[usize; 3]], consistence: Option<f64>) -> Option<Text> {
    if circles.is_empty() {
        return None;
    }
    let round = |[a, b, c]: &[usize; 3]| format!("{0} > {1} > {2} > {0}", factors[*a], factors[*b], factors[*c]);
    let named = circles.iter().take(NAMED).map(round).collect::<Vec<_>>().join("; ");
    let (count, more) = (circles.len(), circles.len().saturating_sub(NAMED));
    let (more_en, more_zh) =
        if more > 0 { (format!("; and {more} more"), format!(";另有 {more} 组")) } else { Default::default() };
    let (zeta_en, zeta_zh) = consistence.map_or_else(Default::default, |zeta| {
        (format!(" (coefficient of consistence ζ {zeta:.4})"), format!("(一致性系数 ζ {zeta:.4})"))
    });
    let (triads, go) = if count == 1 { ("triad", "goes") } else { ("triads", "go") };
    Some(say!(
        "{count} {triads} of comparisons {go} round{zeta_en}: {named}{more_en}; judge these pairs again",
        "有 {count} 组比较循环矛盾{zeta_zh}:{named}{more_zh};请重新判断这些因素对"
    ))
}
