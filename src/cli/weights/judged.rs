//! AHP, one layer or two.

use super::super::{Ending, Ui};
use super::show;
use landgrade::land::{Outcome, Text};
use landgrade::say;
use landgrade::weights::ahp::{Ahp, Judgements, LARGEST_RATIO, Solver};
use landgrade::weights::asked;
use landgrade::weights::entry;
use landgrade::weights::hierarchy::{self, Consistency, Weighted};
use landgrade::weights::mend::{self, Advice};
use serde_json::{Value, json};

/// A matrix with what came of it.
struct Matrix<'a> {
    /// The factor whose sub-factors it compares; `None` at the top.
    parent: Option<usize>,
    judgements: &'a Judgements,
    derived: &'a Ahp,
    reason: Option<&'a str>,
    advice: Vec<Advice>,
}

impl Matrix<'_> {
    fn accepted(&self) -> bool {
        self.derived.accepted || self.reason.is_some()
    }

    /// Why it is accepted, where its ratio does not say so.
    fn because(&self) -> Option<&str> {
        self.reason.filter(|_| !self.derived.accepted)
    }
}

/// Judgements beyond the scale of 1/9 to 9, each once.
fn off_scale(matrices: &[Matrix<'_>]) -> Vec<Text> {
    let mut notes = Vec::new();
    for Judgements { names, matrix } in matrices.iter().map(|matrix| matrix.judgements) {
        for (row, upper) in names.iter().enumerate() {
            for (column, lower) in names.iter().enumerate().filter(|(column, _)| *column != row) {
                // Of a judgement and its reciprocal the one that says "more".
                let judged = matrix[row][column];
                if judged > 9.0 + 1e-9 {
                    let judged = entry::shown(judged);
                    notes.push(say!(
                        "{upper} over {lower} is {judged}, beyond the scale of 1/9 to 9",
                        "{upper} 对 {lower} 为 {judged},超出 1/9 至 9 的标度"
                    ));
                }
            }
        }
    }
    notes
}

pub fn run(asked: &asked::Ahp, mut notes: Vec<Text>, ui: &Ui) -> Outcome<Ending> {
    let hierarchy = &asked.hierarchy;
    let weighted = hierarchy::derive(hierarchy)?;
    let matrices = matrices(asked, &weighted);
    notes.extend(off_scale(&matrices));
    let accepted = matrices.iter().all(Matrix::accepted);
    let factors: Vec<String> = weighted.leaves.iter().map(|leaf| leaf.name.clone()).collect();
    let weights: Vec<f64> = weighted.leaves.iter().map(|leaf| leaf.weight).collect();

    let (Text { en, zh }, count) = (solver(hierarchy.solver), factors.len());
    ui.say(&say!("AHP by {en}, {count} factors", "层次分析法({zh}),{count} 个因素"));
    show::notes(ui, &notes);
    table(ui, asked, &weighted);
    consistency(ui, asked, &weighted, &matrices);
    matrices.iter().for_each(|matrix| verdict(ui, asked, matrix));
    if accepted {
        ui.line(&show::line(&factors, &weights));
    } else {
        ui.say(&say!(
            "these weights are not to be used: judge again, or give the reason with --accept-inconsistent (in TOML `accept_inconsistent`)",
            "上述权重不得采用:请重新判断,或用 --accept-inconsistent(TOML 中为 accept_inconsistent)写明采用的理由"
        ));
    }

    let top = &matrices[0];
    let mut told = of_matrix(top);
    told["method"] = json!("ahp");
    told["solver"] = json!(hierarchy.solver.word());
    told["random_index"] = json!(hierarchy.random_index.word());
    told["weights"] = show::map(&factors, &weights);
    told["rounded"] = show::rounded_map(&factors, &weights);
    told["accepted"] = json!(accepted);
    told["notes"] = show::notes_of(ui, &notes);
    if let Some(layer) = &weighted.layer {
        told["factors"] = show::map(&hierarchy.top.names, &weighted.top.weights);
        told["layer"] = of_consistency(layer);
        told["total"] = of_consistency(&weighted.total);
        told["groups"] = matrices[1..]
            .iter()
            .map(|matrix| {
                let mut told = of_matrix(matrix);
                told["parent"] = json!(matrix.parent.map(|at| &hierarchy.top.names[at]));
                told["weights"] = show::map(&matrix.judgements.names, &matrix.derived.weights);
                told["accepted"] = json!(matrix.accepted());
                told
            })
            .collect();
    }
    ui.result(&told);
    Ok(if accepted { Ending::Done } else { Ending::Differences })
}

/// The top, then the groups in the order of their factors.
fn matrices<'a>(asked: &'a asked::Ahp, weighted: &'a Weighted) -> Vec<Matrix<'a>> {
    let hierarchy = &asked.hierarchy;
    let of = |parent, judgements, derived, reason: Option<&'a String>| Matrix {
        parent,
        judgements,
        derived,
        reason: reason.or(asked.reason.as_ref()).map(String::as_str),
        advice: mend::advise(judgements, hierarchy.solver, hierarchy.random_index, derived),
    };
    let mut matrices = vec![of(None, &hierarchy.top, &weighted.top, None)];
    for parent in 0..hierarchy.top.names.len() {
        let Some(at) = hierarchy.groups.iter().position(|group| group.parent == parent) else { continue };
        let reason = asked.reasons.get(at).and_then(Option::as_ref);
        matrices.push(of(Some(parent), &hierarchy.groups[at].judgements, &weighted.groups[at], reason));
    }
    matrices
}

fn table(ui: &Ui, asked: &asked::Ahp, weighted: &Weighted) {
    let weights: Vec<f64> = weighted.leaves.iter().map(|leaf| leaf.weight).collect();
    let rounded = show::rounded(&weights);
    let leaves = weighted.leaves.iter().zip(rounded);
    if weighted.layer.is_none() {
        let rows = leaves.map(|(leaf, weight)| vec![leaf.name.clone(), weight]).collect();
        return show::table(ui, &[say!("factor", "因素"), say!("weight", "权重")], rows);
    }
    let mut last = None;
    let rows = leaves.map(|(leaf, weight)| {
        let above = weighted.top.weights[leaf.parent];
        let first = last.replace(leaf.parent) != Some(leaf.parent);
        let (name, own) = if first {
            (asked.hierarchy.top.names[leaf.parent].clone(), format!("{above:.4}"))
        } else {
            (String::new(), String::new())
        };
        vec![name, own, leaf.name.clone(), format!("{:.4}", leaf.weight / above), weight]
    });
    let head = [
        say!("factor", "因素"),
        say!("weight", "权重"),
        say!("sub-factor", "因子"),
        say!("within", "组内权重"),
        say!("weight in all", "组合权重"),
    ];
    show::table(ui, &head, rows.collect());
}

fn consistency(ui: &Ui, asked: &asked::Ahp, weighted: &Weighted, matrices: &[Matrix<'_>]) {
    let table = asked.hierarchy.random_index.word();
    let Some(layer) = &weighted.layer else {
        let Ahp { lambda_max, ci, ri, cr, .. } = &weighted.top;
        return ui.say(&say!(
            "λmax {lambda_max:.4}, CI {ci:.4}, RI {ri:.2} (table {table}), CR {cr:.4}",
            "λmax {lambda_max:.4},CI {ci:.4},RI {ri:.2}({table} 表),CR {cr:.4}"
        ));
    };
    let title = |matrix: &Matrix<'_>| match matrix.parent {
        None => say!("factors", "因素层").in_lang(ui.lang).to_string(),
        Some(parent) => asked.hierarchy.top.names[parent].clone(),
    };
    let mut rows: Vec<Vec<String>> = matrices
        .iter()
        .map(|matrix| {
            let Ahp { lambda_max, ci, ri, cr, .. } = matrix.derived;
            vec![title(matrix), format!("{lambda_max:.4}"), format!("{ci:.4}"), format!("{ri:.2}"), format!("{cr:.4}")]
        })
        .collect();
    for (title, Consistency { ci, ri, cr }) in
        [(say!("second layer", "因子层总排序"), layer), (say!("whole hierarchy", "整个层次结构"), &weighted.total)]
    {
        let title = title.in_lang(ui.lang).to_string();
        rows.push(vec![title, "–".into(), format!("{ci:.4}"), format!("{ri:.4}"), format!("{cr:.4}")]);
    }
    let index = say!("RI ({table})", "RI({table} 表)");
    show::table(ui, &[say!("matrix", "判断矩阵"), Text::same("λmax"), Text::same("CI"), index, Text::same("CR")], rows);
}

/// Whether a matrix is accepted, and which judgement to look at.
fn verdict(ui: &Ui, asked: &asked::Ahp, matrix: &Matrix<'_>) {
    let (cr, limit) = (matrix.derived.cr, LARGEST_RATIO);
    let layer = say!("factors", "因素层");
    let title = match matrix.parent {
        Some(at) => Text::same(&asked.hierarchy.top.names[at]),
        None if asked.hierarchy.groups.is_empty() => Text::default(),
        None => layer,
    };
    let (en, zh) = match title {
        Text { en, .. } if en.is_empty() => (String::new(), String::new()),
        Text { en, zh } => (format!("{en}: "), format!("{zh}:")),
    };
    ui.say(&match (matrix.derived.accepted, matrix.because()) {
        (true, _) => {
            say!("{en}accepted, CR {cr:.4} is below {limit}", "{zh}一致性可接受,CR {cr:.4},小于 {limit}")
        }
        (false, Some(reason)) => say!(
            "{en}CR {cr:.4} is {limit} or more; accepted, because: {reason}",
            "{zh}CR {cr:.4},不小于 {limit};采用理由:{reason}"
        ),
        (false, None) => {
            say!("{en}refused, CR {cr:.4} is {limit} or more", "{zh}不予接受,CR {cr:.4},不小于 {limit}")
        }
    });
    if matrix.judgements.names.len() == 3 && !matrix.advice.is_empty() {
        ui.say(&say!(
            "  of three factors each judgement is as inconsistent as the other two; any one may be mended",
            "  三个因素时三个判断的不一致程度相同,可任改其一"
        ));
    }
    for (number, advice) in matrix.advice.iter().enumerate() {
        let (row, column) = (&matrix.judgements.names[advice.row], &matrix.judgements.names[advice.column]);
        let (judged, fitting) = (entry::shown(advice.judged), entry::shown(advice.fitting));
        let (scale, then) = (entry::shown(advice.scale), advice.cr);
        let (lead_en, lead_zh) =
            if number == 0 { ("most inconsistent", "最不一致的判断") } else { ("then", "其次") };
        let (mend_en, mend_zh) = if advice.scale == advice.judged {
            (String::new(), String::new())
        } else {
            (format!("; with {scale} CR is {then:.4}"), format!(";改为 {scale} 时 CR 为 {then:.4}"))
        };
        ui.say(&say!(
            "  {lead_en}: {row} over {column} is {judged}, the other judgements imply {fitting}{mend_en}",
            "  {lead_zh}:{row} 对 {column} 为 {judged},其余判断推得 {fitting}{mend_zh}"
        ));
    }
}

fn solver(solver: Solver) -> Text {
    match solver {
        Solver::Eigenvector => say!("eigenvector", "特征向量法"),
        Solver::GeometricMean => say!("geometric mean", "方根法"),
        Solver::ColumnMean => say!("column mean", "和积法"),
    }
}

fn of_matrix(matrix: &Matrix<'_>) -> Value {
    let Ahp { lambda_max, ci, ri, cr, .. } = matrix.derived;
    let mends: Vec<Value> = matrix
        .advice
        .iter()
        .map(|Advice { row, column, judged, fitting, scale, cr }| {
            let names = &matrix.judgements.names;
            json!({"factor": names[*row], "over": names[*column], "judged": judged, "fitting": fitting, "scale": scale, "cr": cr})
        })
        .collect();
    json!({"lambda_max": lambda_max, "ci": ci, "ri": ri, "cr": cr, "accepted_because": matrix.because(),
           "most_inconsistent": mends.first(), "mends": if matrix.derived.accepted { Vec::new() } else { mends }})
}

fn of_consistency(Consistency { ci, ri, cr }: &Consistency) -> Value {
    json!({"ci": ci, "ri": ri, "cr": cr})
}
