//! A table's rows made into database pages, chunk by chunk: some threads encode the next chunks while one writes the last.

use super::pages::{Leaves, PageSize};
use super::record::Record;
use super::rtree::{Cell, cell_of};
use super::tree::{Database, Tree};
use super::{Plan, fault, geometry};
use crate::land::column::Value;
use crate::land::{Outcome, cancel};
use crate::scale;
use std::ops::Range;

/// Rows encoded at once by one thread; their pages take about a megabyte.
const CHUNK: usize = 4096;
/// Chunks encoded while the last ones are written.
const WINDOW: usize = 4 * CHUNK;

struct Chunk {
    leaves: Leaves,
    cells: Vec<Cell>,
}

/// Writes the rows into the table whose root is page `root`; gives each row's box for the spatial index.
///
/// # Errors
/// `io`; `cancelled`.
pub fn write(plan: &Plan<'_>, database: &mut Database, root: u32) -> Outcome<Vec<Cell>> {
    let rows = plan.table.rows;
    let mut tree = database.tree(root);
    let mut cells = Vec::with_capacity(if plan.shapes().is_some() { rows } else { 0 });
    let size = database.size;
    let mut ready = encode(plan, size, 0..rows.min(WINDOW));
    let mut end = rows.min(WINDOW);
    while !ready.is_empty() {
        cancel::checkpoint()?;
        let next = end..rows.min(end + WINDOW);
        end = next.end;
        let (encoded, written) =
            scale::both(|| encode(plan, size, next), || store(ready, &mut tree, database, &mut cells));
        written.map_err(|error| fault::io(&plan.path, &error))?;
        ready = encoded;
    }
    tree.finish(database).map_err(|error| fault::io(&plan.path, &error))?;
    Ok(cells)
}

fn store(chunks: Vec<Chunk>, tree: &mut Tree, database: &mut Database, cells: &mut Vec<Cell>) -> std::io::Result<()> {
    for mut chunk in chunks {
        cells.append(&mut chunk.cells);
        tree.append(database, chunk.leaves)?;
    }
    Ok(())
}

fn encode(plan: &Plan<'_>, size: PageSize, window: Range<usize>) -> Vec<Chunk> {
    scale::chunks(window.len(), CHUNK, |range| {
        encode_chunk(plan, size, window.start + range.start..window.start + range.end)
    })
}

fn encode_chunk(plan: &Plan<'_>, size: PageSize, range: Range<usize>) -> Chunk {
    let mut leaves = Leaves::new(size);
    let mut cells = Vec::with_capacity(if plan.shapes().is_some() { range.len() } else { 0 });
    let mut record = Record::default();
    for row in range {
        record.clear();
        // The key column stands in the record as NULL: its value is the rowid.
        record.null();
        if let Some(shapes) = plan.shapes() {
            let shape = shapes.get(row);
            let extent = shape.extent();
            record.blob(|out| geometry::write(shape, extent, plan.srs_id, plan.multi, out));
            cells.push(cell_of(extent));
        }
        for field in &plan.table.fields {
            match field.cells.get(row) {
                Value::None => record.null(),
                Value::Int(value) => record.int(value),
                Value::Real(value) => record.real(value),
                Value::Text(value) => record.text(value),
            }
        }
        let (head, body) = record.pieces();
        leaves.push(row as i64 + 1, head, body);
    }
    leaves.close();
    Chunk { leaves, cells }
}
