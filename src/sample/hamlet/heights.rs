//! The hamlet's relief as an Esri ASCII grid: whole metres, cells of 200 m, one cell without a value.

use super::ORIGIN;
use std::fmt::Write as _;

const NO_DATA: i32 = -9999;

/// Rows from north to south, columns from west to east; the south-west corner of the grid is the origin.
const HEIGHTS: [[i32; 10]; 8] = [
    [30, 31, 32, 33, 34, 35, 36, 38, 40, 42],
    [26, 27, 28, 30, 32, 34, 35, 37, 39, 44],
    [18, 24, 26, 28, 30, 32, 34, 36, 38, 46],
    [22, 25, 27, 29, 31, 33, 34, 35, 36, 38],
    [24, 26, 28, 30, 32, 33, 34, 35, 34, 36],
    [23, 25, 27, 29, 31, 32, 36, 36, 34, 38],
    [21, 22, 24, 26, 28, 30, 32, 33, 34, 35],
    [NO_DATA, 21, 22, 23, 24, 26, 28, 30, 31, 32],
];

pub(super) fn text() -> String {
    let mut text = format!(
        "ncols 10\nnrows 8\nxllcorner {}\nyllcorner {}\ncellsize 200\nNODATA_value {NO_DATA}\n",
        ORIGIN.x, ORIGIN.y
    );
    for row in HEIGHTS {
        let cells = row.map(|height| height.to_string());
        let _ = writeln!(text, "{}", cells.join(" "));
    }
    text
}
