//! Delphi.

use super::super::{Ending, Ui};
use super::show;
use landgrade::land::{Outcome, Text};
use landgrade::say;
use landgrade::weights::delphi::{self, Agreed, Delphi, Rule, Statistics};
use serde_json::{Value, json};

pub fn run(asked: &Delphi, mut notes: Vec<Text>, ui: &Ui) -> Outcome<Ending> {
    let agreed = delphi::derive(asked)?;
    notes.extend(agreed.warnings.iter().cloned());
    let (factors, weights, rule) = (&asked.factors, &agreed.weights, &asked.rule);
    let (count, rounds) = (factors.len(), agreed.rounds.len());
    ui.say(&say!("Delphi, {count} factors, rounds: {rounds}", "特尔斐法,{count} 个因素,{rounds} 轮"));
    show::notes(ui, &notes);
    if let Some(last) = agreed.rounds.last() {
        of_factors(ui, factors, weights, last);
    }
    of_rounds(ui, &agreed, rule);
    advice(ui, &agreed, rule);
    ui.line(&show::line(factors, weights));
    let rounds = agreed.rounds.iter().zip(1..).map(|(round, number)| of_round(factors, number, round));
    ui.result(&json!({
        "method": "delphi",
        "weights": show::map(factors, weights),
        "rounded": show::rounded_map(factors, weights),
        "rounds": rounds.collect::<Vec<Value>>(),
        "converged": agreed.converged(),
        "rule": {"significance": rule.significance, "cv_limit": rule.cv_limit, "round_change": rule.round_change, "normalise": rule.normalise},
        "notes": show::notes_of(ui, &notes),
    }));
    Ok(Ending::Done)
}

fn of_factors(ui: &Ui, factors: &[String], weights: &[f64], last: &Statistics) {
    let rows = factors.iter().zip(show::rounded(weights)).enumerate().map(|(at, (factor, weight))| {
        let points = |value: f64| format!("{value:.2}");
        vec![factor.clone(), weight, points(last.mean[at]), points(last.variance[at]), format!("{:.4}", last.cv[at])]
    });
    let head = [
        say!("factor", "因素"),
        say!("weight", "权重"),
        say!("mean", "均值"),
        say!("variance", "方差"),
        say!("CV", "变异系数"),
    ];
    show::table(ui, &head, rows.collect());
}

fn of_rounds(ui: &Ui, agreed: &Agreed, rule: &Rule) {
    let yes = |holds: bool| if holds { say!("yes", "是") } else { say!("no", "否") }.in_lang(ui.lang).to_string();
    let none = || "–".to_string();
    let rows = agreed.rounds.iter().enumerate().map(|(at, round)| {
        let agreement = round.agreement;
        vec![
            (at + 1).to_string(),
            round.experts.to_string(),
            agreement.map_or_else(none, |found| format!("{:.3}", found.w)),
            agreement.map_or_else(none, |found| format!("{:.2}", found.chi_square)),
            agreement.map_or_else(none, |found| found.freedom.to_string()),
            agreement.map_or_else(none, |found| format!("{:.4}", found.p)),
            round.largest_change.map_or_else(none, |change| format!("{change:.2}")),
            yes(round.cv_holds),
            yes(round.agrees),
            round.settled.map_or_else(none, yes),
            yes(round.converged()),
        ]
    });
    let Rule { significance, cv_limit, round_change, .. } = rule;
    let head = [
        say!("round", "轮次"),
        say!("experts", "专家"),
        Text::same("W"),
        Text::same("χ²"),
        say!("df", "自由度"),
        Text::same("p"),
        say!("change", "均值变动"),
        say!("CV ≤ {cv_limit}", "变异系数≤{cv_limit}"),
        say!("p < {significance}", "p<{significance}"),
        say!("change < {round_change}", "变动<{round_change}"),
        say!("converged", "收敛"),
    ];
    show::table(ui, &head, rows.collect());
}

/// Whether to ask again.
fn advice(ui: &Ui, agreed: &Agreed, rule: &Rule) {
    let Some(last) = agreed.rounds.last() else { return };
    let limit = rule.cv_limit;
    if last.converged() {
        return ui.say(&say!(
            "converged: no CV is above {limit}, and the experts agree on the order; stop here",
            "已收敛:各因素变异系数均不大于 {limit},专家排序意见显著一致,可以结束征询"
        ));
    }
    let (cv_en, cv_zh) =
        if last.cv_holds { ("", "") } else { ("a CV is above its limit", "有因素的变异系数超限") };
    let (order_en, order_zh) = if last.agrees {
        ("", "")
    } else {
        ("the experts do not agree on the order significantly", "专家排序意见的一致性不显著")
    };
    let join =
        |parts: [&str; 2], with: &str| parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(with);
    let (why_en, why_zh) = (join([cv_en, order_en], " and "), join([cv_zh, order_zh], ","));
    ui.say(&if agreed.rounds.len() < 4 {
        say!(
            "not converged: {why_en}; hold another round and show the experts these means and variances",
            "未收敛:{why_zh};请再征询一轮,并向专家反馈上述均值与方差"
        )
    } else {
        say!(
            "not converged: {why_en}; after so many rounds ask why the experts differ, or take another method",
            "未收敛:{why_zh};已征询多轮,请了解分歧原因或改用其他方法"
        )
    });
}

fn of_round(factors: &[String], number: usize, round: &Statistics) -> Value {
    let agreement = round.agreement;
    json!({
        "round": number,
        "experts": round.experts,
        "mean": show::map(factors, &round.mean),
        "variance": show::map(factors, &round.variance),
        "cv": show::map(factors, &round.cv),
        "kendall_w": agreement.map(|found| found.w),
        "chi_square": agreement.map(|found| found.chi_square),
        "df": agreement.map(|found| found.freedom),
        "p": agreement.map(|found| found.p),
        "largest_change": round.largest_change,
        "tests": {"cv": round.cv_holds, "agreement": round.agrees, "change": round.settled},
        "converged": round.converged(),
    })
}
