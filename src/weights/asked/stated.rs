//! What the keys of a weights file in TOML ask for.

use super::syntax::{self, Entry, File, FileRound, FileScores};
use super::{Ahp, Asked, Method, Pairwise, blanks, labels, placed, scores};
use crate::ingest::readers::grid;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::weights::delphi::{Delphi, Round, Rule};
use crate::weights::hierarchy::{Group, Hierarchy};
use crate::weights::{Judgements, RandomIndex, Solver};
use std::path::Path;

/// The method asked for takes the place of the one the file names.
pub(super) fn read(path: &Path, method: Option<Method>, sheet: Option<&str>) -> Outcome<(Asked, Vec<Text>)> {
    let file = syntax::read(path)?;
    if let Some(sheet) = sheet {
        let what = say!("a TOML file has no sheet \"{sheet}\"", "TOML 文件没有工作表「{sheet}」");
        return Err(Fault::new("missing-sheet", what, say!("name none", "请不要指定工作表")).at(path.display()));
    }
    let asked = method.map_or_else(|| named(file.method.as_deref()), Ok).and_then(|method| {
        syntax::stray(&file, method)?;
        match method {
            Method::Ahp => ahp(file, path).map(|asked| (asked, Vec::new())),
            Method::Pairwise => pairwise(file).map(|asked| (asked, Vec::new())),
            Method::Delphi => delphi(file, path.parent().unwrap_or(Path::new(""))),
        }
    });
    asked.map_err(|fault| placed(fault, &path.display().to_string()))
}

fn named(word: Option<&str>) -> Outcome<Method> {
    let known = Method::ALL.map(Method::word).join(", ");
    let Some(word) = word else { return Err(missing("method", &known)) };
    Method::ALL.into_iter().find(|method| method.word() == word).ok_or_else(|| unknown("method", word, &known))
}

fn missing(key: &str, what: &str) -> Fault {
    Fault::new(
        "missing-key",
        say!("the key `{key}` is missing", "缺少键「{key}」"),
        say!("write {key}: {what}", "请补写 {key}:{what}"),
    )
}

fn unknown(key: &str, word: &str, known: &str) -> Fault {
    Fault::new(
        "unknown-word",
        say!("{key} = \"{word}\" is not known", "{key} 的值「{word}」无法识别"),
        say!("write one of {known}", "请写其中之一:{known}"),
    )
}

type Named = (Vec<String>, Vec<Vec<f64>>);

fn matrix(factors: Option<Vec<String>>, matrix: Option<Vec<Vec<Entry>>>, method: Method) -> Outcome<Named> {
    let factors = factors.ok_or_else(|| missing("factors", "[\"roads\", \"plan\"]"))?;
    let matrix = matrix.ok_or_else(|| missing("matrix", "[[1, 3], [\"1/3\", 1]]"))?;
    labels::check(&factors)?;
    let cells: Vec<Vec<Option<f64>>> =
        matrix.into_iter().map(|row| row.into_iter().map(|entry| entry.0).collect()).collect();
    let (matrix, _) = blanks::filled(&factors, &cells, method)?;
    Ok((factors, matrix))
}

/// A reason of nothing but spaces is none.
fn reason(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_string()).filter(|text| !text.is_empty())
}

fn ahp(file: File, path: &Path) -> Outcome<Asked> {
    let solver = match file.solver.as_deref() {
        None => Solver::default(),
        Some(word) => {
            Solver::of_word(word).ok_or_else(|| unknown("solver", word, &Solver::ALL.map(Solver::word).join(", ")))?
        }
    };
    let random_index = match file.random_index.as_deref() {
        None => RandomIndex::default(),
        Some(word) => RandomIndex::of_word(word).ok_or_else(|| unknown("random_index", word, "A, B"))?,
    };
    let (names, top) = matrix(file.factors, file.matrix, Method::Ahp)?;
    let (mut groups, mut reasons, mut faults) = (Vec::<Group>::new(), Vec::new(), Vec::new());
    for group in file.groups.unwrap_or_default() {
        let parent = group.parent;
        let at = names.iter().position(|name| *name == parent);
        match at {
            None => {
                let known = names.join(", ");
                faults.push(Fault::new(
                    "unknown-factor",
                    say!("the group of \"{parent}\" has no such factor above it", "分组「{parent}」没有对应的上层因素"),
                    say!("the factors are: {known}", "上层因素有:{known}"),
                ));
            }
            Some(at) if groups.iter().any(|group| group.parent == at) => faults.push(Fault::new(
                "weights-twice",
                say!("{parent} has two groups", "{parent}有两个分组"),
                say!("join them in one matrix", "请合并为一个判断矩阵"),
            )),
            Some(_) => {}
        }
        match matrix(Some(group.factors), Some(group.matrix), Method::Ahp) {
            Ok((names, matrix)) => {
                let judgements = Judgements { names, matrix };
                groups.push(Group { parent: at.unwrap_or(usize::MAX), judgements });
                reasons.push(reason(group.accept_inconsistent));
            }
            Err(fault) => faults.push(placed(fault, &format!("{}: {parent}", path.display()))),
        }
    }
    if let Some(fault) = Fault::of_all(faults) {
        return Err(fault);
    }
    // What is weighed: sub-factors, and factors without any. Their names are keys of the result.
    let alone = names.iter().enumerate().filter(|(at, _)| groups.iter().all(|group| group.parent != *at));
    let leaves = alone.map(|(_, name)| name).chain(groups.iter().flat_map(|group| &group.judgements.names));
    labels::check(&leaves.cloned().collect::<Vec<_>>())?;
    let hierarchy = Hierarchy { top: Judgements { names, matrix: top }, groups, solver, random_index };
    Ok(Asked::Ahp(Ahp { hierarchy, reason: reason(file.accept_inconsistent), reasons }))
}

fn pairwise(file: File) -> Outcome<Asked> {
    let (factors, matrix) = matrix(file.factors, file.matrix, Method::Pairwise)?;
    Ok(Asked::Pairwise(Pairwise { factors, matrix, with_virtual: file.with_virtual.unwrap_or(false) }))
}

fn delphi(file: File, folder: &Path) -> Outcome<(Asked, Vec<Text>)> {
    let usual = Rule::default();
    let rule = Rule {
        significance: within("significance", file.significance, usual.significance, 1.0)?,
        cv_limit: within("cv_limit", file.cv_limit, usual.cv_limit, 10.0)?,
        round_change: within("round_change", file.round_change, usual.round_change, 100.0)?,
        normalise: file.normalise.unwrap_or(usual.normalise),
    };
    let asked = file.rounds.ok_or_else(|| missing("rounds", "[\"round1.csv\", \"round2.csv\"]"))?;
    let (mut factors, mut rounds, mut notes, mut faults) = (file.factors, Vec::new(), Vec::new(), Vec::new());
    for round in asked {
        match round {
            FileRound::Scores(FileScores { scores, experts }) => {
                match experts.as_ref().filter(|experts| experts.len() != scores.len()) {
                    None => rounds.push(Round { experts: experts.unwrap_or_default(), scores }),
                    Some(experts) => {
                        let (named, rows) = (experts.len(), scores.len());
                        faults.push(Fault::new(
                            "delphi-shape",
                            say!(
                                "{named} experts are named for {rows} rows of scores",
                                "写了{named}位专家的名称,而评分有{rows}行"
                            ),
                            say!("name one expert per row, or none", "请每行写一位专家,或都不写"),
                        ));
                    }
                }
            }
            FileRound::Table(path) => match of_table(&folder.join(path), &mut factors, &mut notes) {
                Ok(round) => rounds.push(round),
                Err(fault) => faults.push(fault),
            },
        }
    }
    if let Some(fault) = Fault::of_all(faults) {
        return Err(fault);
    }
    let factors = factors.ok_or_else(|| missing("factors", "[\"roads\", \"plan\"]"))?;
    labels::check(&factors)?;
    notes.dedup();
    Ok((Asked::Delphi(Delphi { factors, rounds, rule }), notes))
}

/// One round from a table; the first tells the factors where the file does not.
fn of_table(path: &Path, factors: &mut Option<Vec<String>>, notes: &mut Vec<Text>) -> Outcome<Round> {
    let grids = grid::read(path, None)?;
    let (own, mut found) = scores::rounds(&grids, notes)?;
    if found.len() != 1 {
        let count = found.len();
        let what = say!("the table holds {count} rounds", "该表有{count}轮评分");
        let help = say!("give one round per table, or this table alone", "请每个表一轮,或单独使用该表");
        return Err(Fault::new("delphi-table", what, help).at(path.display()));
    }
    let wanted = factors.get_or_insert_with(|| own.clone());
    scores::in_order(found.swap_remove(0), &own, wanted).map_err(|fault| placed(fault, &path.display().to_string()))
}

fn within(key: &str, given: Option<f64>, usual: f64, most: f64) -> Outcome<f64> {
    let value = given.unwrap_or(usual);
    if value > 0.0 && value <= most {
        return Ok(value);
    }
    Err(Fault::new(
        "out-of-range",
        say!("{key} = {value} is out of range", "{key} = {value} 超出范围"),
        say!("write a number above 0, at most {most}", "请写大于 0 且不大于 {most} 的数"),
    ))
}
