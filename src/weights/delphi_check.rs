//! Whether what the experts said can be computed with; every fault names the round and the expert.

use super::delphi::{Delphi, Round};
use crate::land::{Fault, Outcome, Text};
use crate::say;

/// How far the points of an expert may lie from 100: rounding to whole points and tenths.
pub(super) const SUM_TOLERANCE: f64 = 0.5;

pub(super) fn check(delphi: &Delphi) -> Outcome<()> {
    let mut faults = Vec::new();
    if delphi.rounds.is_empty() {
        let help = say!("give the scores of one round or more", "请给出至少一轮的评分");
        faults.push(Fault::new("delphi-rounds", say!("there is no round of scores", "没有任何一轮评分"), help));
    }
    let count = delphi.factors.len();
    if count < 2 {
        let help = say!("give two factors or more", "请给出两个以上因素");
        let what = say!("points cannot be spread over {count} factors", "{count}个因素无从分配分值");
        faults.push(Fault::new("delphi-factors", what, help));
    }
    for (number, round) in (1..).zip(&delphi.rounds) {
        of_round(number, round, delphi, &mut faults);
    }
    Fault::of_all(faults).map_or(Ok(()), Err)
}

fn of_round(number: usize, round: &Round, delphi: &Delphi, faults: &mut Vec<Fault>) {
    let experts = round.scores.len();
    if experts < 2 {
        faults.push(Fault::new(
            "delphi-experts",
            say!("round {number} has {experts} experts", "第{number}轮有{experts}位专家"),
            say!("ask two experts or more; 10 to 40 are usual", "请至少征询两位专家,通常为10至40位"),
        ));
    }
    for (at, name) in round.experts.iter().enumerate().filter(|(at, name)| round.experts[..*at].contains(name)) {
        let row = at + 1;
        faults.push(Fault::new(
            "delphi-twice",
            say!(
                "round {number}: {name} is there twice, again as number {row}",
                "第{number}轮:{name}出现两次,第二次为第{row}位"
            ),
            say!("give each expert one row per round", "每轮每位专家请只写一行"),
        ));
    }
    let wanted = delphi.factors.len();
    for (at, row) in round.scores.iter().enumerate() {
        let who = round.expert(at);
        if row.len() == wanted {
            of_row(number, &who, row, delphi, faults);
            continue;
        }
        let (Text { en, zh }, found) = (who, row.len());
        faults.push(Fault::new(
            "delphi-shape",
            say!(
                "round {number}: {en} has {found} scores for {wanted} factors",
                "第{number}轮:{zh}有{found}个分值,而因素有{wanted}个"
            ),
            say!("write one score per factor, 0 where it has none", "每个因素请写一个分值,没有则写0"),
        ));
    }
}

fn of_row(number: usize, who: &Text, row: &[f64], delphi: &Delphi, faults: &mut Vec<Fault>) {
    let Text { en, zh } = who;
    let good = |score: f64| score.is_finite() && score >= 0.0;
    for (factor, score) in delphi.factors.iter().zip(row).filter(|(_, score)| !good(**score)) {
        faults.push(Fault::new(
            "delphi-score",
            say!("round {number}: {en} gives {factor} {score}", "第{number}轮:{zh}给{factor}的分值为{score}"),
            say!("write a score of 0 to 100", "请写0至100的分值"),
        ));
    }
    let sum: f64 = row.iter().sum();
    let fits = if delphi.rule.normalise { sum > 0.0 } else { (sum - 100.0).abs() <= SUM_TOLERANCE };
    if row.iter().all(|score| good(*score)) && !(fits && sum.is_finite()) {
        let shown = crate::land::money::round_half_up(sum, 6);
        faults.push(Fault::new(
            "delphi-sum",
            say!(
                "round {number}: the points of {en} sum to {shown}, not 100",
                "第{number}轮:{zh}的分值之和为{shown},不是100"
            ),
            say!(
                "ask the expert again, or let rows be brought to 100 with `normalise = true` or --normalise",
                "请再征询该专家;或以 normalise = true 或 --normalise 将各行折算为100分"
            ),
        ));
    }
}
