//! A table with the same names in its first row and first column.

use super::{Asked, Method, Pairwise, blanks, labels, placed, plain};
use crate::ingest::readers::grid::{Grid, Row};
use crate::land::{Fault, Outcome, Text};
use crate::say;
use crate::weights::{Judgements, entry};

/// The names across and the rows below them; titles of a single cell above are passed over. `None` where there is no such row.
pub(super) fn head(grid: &Grid) -> Option<(&Row, &[Row])> {
    let at = grid.rows.iter().position(|row| row.filled() > 1)?;
    Some((&grid.rows[at], &grid.rows[at + 1..]))
}

fn across(head: &Row) -> Vec<String> {
    (1..head.len()).map(|at| head.cell(at).to_string()).collect()
}

/// Whether half of the names across stand at rows too.
pub(super) fn looks_square(grid: &Grid) -> bool {
    let Some((head, rows)) = head(grid) else { return false };
    let names = across(head);
    let shared = names.iter().filter(|name| rows.iter().any(|row| row.cell(0) == name.as_str())).count();
    shared > 0 && 2 * shared >= names.len().max(rows.len())
}

/// # Errors
/// `weights-sheets` where several sheets are there; what is wrong with the table.
pub(super) fn of_grids(grids: &[Grid], method: Option<Method>) -> Outcome<(Asked, Vec<Text>)> {
    let grid = match grids {
        [grid] => grid,
        several => {
            let sheets = several.iter().map(|grid| grid.name.as_str()).collect::<Vec<_>>().join(", ");
            return Err(Fault::new(
                "weights-sheets",
                say!("several sheets could hold the matrix: {sheets}", "有多个工作表可能是判断矩阵:{sheets}"),
                say!(
                    "name one with --layer; two layers of judgements are written in TOML",
                    "请用 --layer 指定其一;两层判断矩阵请写成 TOML"
                ),
            ));
        }
    };
    let (names, cells) = cells(grid)?;
    labels::check(&names).map_err(|fault| placed(fault, &grid.place))?;
    let taken = method.unwrap_or_else(|| kind(&cells));
    let (matrix, told) = blanks::filled(&names, &cells, taken).map_err(|fault| placed(fault, &grid.place))?;
    let mut notes = Vec::new();
    if method.is_none() {
        notes.push(match taken {
            Method::Pairwise => say!(
                "taken as pairwise comparisons, since every cell is 0, 0.5 or 1; --method ahp takes it as judgements",
                "各格均为0、0.5或1,按因素成对比较法处理;如为判断矩阵,请加 --method ahp"
            ),
            _ => say!(
                "taken as judgements for AHP; --method pairwise takes it as comparisons of 1, 0 and 0.5",
                "按层次分析法的判断矩阵处理;如为1、0、0.5的比较,请加 --method pairwise"
            ),
        });
    }
    if told > 0 {
        notes.push(say!(
            "{told} cells are empty and follow from those across the diagonal",
            "{told} 格为空,由对角线另一侧的值得出"
        ));
    }
    let asked = match taken {
        Method::Pairwise => Asked::Pairwise(Pairwise { factors: names, matrix, with_virtual: false }),
        _ => plain(Judgements { names, matrix }),
    };
    Ok((asked, notes))
}

/// No judgement of AHP is 0, and no pair of comparisons is reciprocal: at most one of the two fits. Where neither does, a 0 among nothing
/// but 0, 0.5 and 1 tells.
fn kind(cells: &[Vec<Option<f64>>]) -> Method {
    let off = |row: usize, column: usize| (row != column).then(|| cells[row][column]).flatten();
    let n = cells.len();
    let pairs = || (0..n).flat_map(move |row| (0..n).map(move |column| (row, column)));
    let words = pairs().filter_map(|(row, column)| off(row, column)).all(|value| [0.0, 0.5, 1.0].contains(&value));
    let some_zero = pairs().filter_map(|(row, column)| off(row, column)).any(|value| value == 0.0);
    let sums = pairs().filter_map(|(row, column)| Some(off(row, column)? + off(column, row)?)).all(|sum| sum == 1.0);
    let both = pairs().any(|(row, column)| off(row, column).is_some() && off(column, row).is_some());
    if words && (some_zero || sums && both) { Method::Pairwise } else { Method::Ahp }
}

type Cells = Vec<Vec<Option<f64>>>;

/// Names in the order across, and the cells with their rows in the same order.
fn cells(grid: &Grid) -> Outcome<(Vec<String>, Cells)> {
    let (head, rows) = head(grid).ok_or_else(|| unlabelled(grid))?;
    let names = across(head);
    if names.iter().all(|name| entry::parse(name).is_some()) {
        return Err(unlabelled(grid));
    }
    let mut faults = Vec::new();
    for row in rows {
        let label = row.cell(0);
        if !names.iter().any(|name| name == label) {
            faults.push(
                labels_fault(say!("the row \"{label}\" has no column", "行「{label}」没有对应的列")).at(grid.at(row)),
            );
        }
    }
    for name in &names {
        let count = rows.iter().filter(|row| row.cell(0) == name.as_str()).count();
        match count {
            1 => {}
            0 => faults.push(
                labels_fault(say!("the column \"{name}\" has no row", "列「{name}」没有对应的行")).at(&grid.place),
            ),
            _ => faults.push(
                labels_fault(say!("{count} rows are named \"{name}\"", "有{count}行都名为「{name}」")).at(&grid.place),
            ),
        }
    }
    if let Some(fault) = Fault::of_all(faults) {
        return Err(fault);
    }
    let mut faults = Vec::new();
    let mut cells = Vec::new();
    for name in &names {
        let row = rows.iter().find(|row| row.cell(0) == name.as_str()).expect("every name has its row");
        let cell = |at: usize| match read(row.cell(at + 1)) {
            Ok(value) => Some(value),
            Err(text) => {
                faults.push(entry_fault(name, &names[at], text).at(grid.at(row)));
                None
            }
        };
        cells.push((0..names.len()).map(cell).map(Option::flatten).collect());
    }
    Fault::of_all(faults).map_or(Ok((names, cells)), Err)
}

/// A number, nothing (also a dash), or the text that is neither.
fn read(text: &str) -> Result<Option<f64>, &str> {
    match text {
        "" | "-" | "–" | "—" | "——" | "/" | "\\" => Ok(None),
        text => entry::parse(text).map(Some).ok_or(text),
    }
}

pub(super) fn entry_fault(row: &str, column: &str, text: &str) -> Fault {
    let help = if entry::is_date(text) {
        say!(
            "the spreadsheet made a date of a fraction such as 1/3: format the cell as text or type =1/3",
            "电子表格把 1/3 之类的分数变成了日期:请将单元格设为文本,或输入 =1/3"
        )
    } else {
        say!("write a number or a fraction such as 1/3", "请写数字,或 1/3 这样的分数")
    };
    let what = say!("{row} against {column} is \"{text}\", no number", "{row}对{column}为「{text}」,不是数");
    Fault::new("weights-entry", what, help)
}

fn labels_fault(what: Text) -> Fault {
    let help = say!(
        "write the same names in the first row and the first column, and nothing else in them",
        "首行与首列请写相同的因素名称,不写其他内容"
    );
    Fault::new("weights-labels", what, help)
}

/// No names to be read.
pub(super) fn unlabelled(grid: &Grid) -> Fault {
    Fault::new(
        "weights-header",
        say!("the first row holds no names of factors", "首行没有因素名称"),
        say!(
            "write the factors in the first row; of a matrix also in the first column",
            "请在首行写因素名称;判断矩阵的首列也写因素名称"
        ),
    )
    .at(&grid.place)
}
