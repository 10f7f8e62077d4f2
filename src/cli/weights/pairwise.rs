//! Pairwise comparison.

use super::super::{Ending, Ui};
use super::show;
use landgrade::land::{Outcome, Text};
use landgrade::say;
use landgrade::weights::asked;
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
        "notes": show::notes_of(ui, &notes),
    }));
    Ok(Ending::Done)
}
