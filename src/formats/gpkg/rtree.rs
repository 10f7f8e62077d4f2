//! The spatial index, packed: boxes in Hilbert order fill the nodes of SQLite's R-tree, level by level, and no node is ever split.
//!
//! A node is: depth of the tree (in the root; 2 bytes), number of cells (2), then per cell a rowid or child node (8) and
//! min x, max x, min y, max y (4 each), big-endian; as SQLite's `ext/rtree/rtree.c` describes. Node 1 is the root.

use super::pages::Leaves;
use super::record::Record;
use super::tree::{Database, Tree};
use crate::land::{Outcome, cancel};
use crate::space::{Extent, Point, hilbert};
use std::io;
use std::ops::Range;

/// A box in single precision that encloses the true one: min x, max x, min y, max y. NaN where there is none.
pub type Cell = [f32; 4];

/// The box of a feature.
pub fn cell_of(extent: Extent) -> Cell {
    if extent.is_empty() {
        return [f32::NAN; 4];
    }
    [below(extent.min.x), above(extent.max.x), below(extent.min.y), above(extent.max.y)]
}

fn below(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) > value { near.next_down() } else { near }
}

fn above(value: f64) -> f32 {
    let near = value as f32;
    if f64::from(near) < value { near.next_up() } else { near }
}

/// The root pages of the three tables behind an R-tree, and the bytes of a node.
pub struct Shadow {
    pub node: u32,
    pub rowid: u32,
    pub parent: u32,
    pub node_size: usize,
}

const CELL: usize = 24;

/// Writes the index of rows 1, 2, … with these boxes.
///
/// # Errors
/// `cancelled`; the file system's as `io` by way of `fault`.
pub fn write(
    cells: &[Cell],
    shadow: &Shadow,
    database: &mut Database,
    fault: impl Fn(io::Error) -> crate::land::Fault,
) -> Outcome<()> {
    let order = order(cells);
    if order.is_empty() {
        return Ok(());
    }
    cancel::checkpoint()?;
    let capacity = (shadow.node_size - 4) / CELL;
    let levels = Levels::build(&order, cells, capacity);
    let mut nodes = Table::new(database, shadow.node);
    let mut parents = Table::new(database, shadow.parent);
    let mut leaf_of = vec![0u32; cells.len()];
    let mut blob = Vec::with_capacity(shadow.node_size);
    let top = levels.boxes.len() - 1;
    // The root comes first, being node 1; the leaves follow, then the levels between.
    for level in std::iter::once(top).chain(0..top) {
        cancel::checkpoint()?;
        for node in 0..levels.boxes[level].len() {
            let children = levels.children(level, node);
            let number = levels.number(level, node);
            blob.clear();
            blob.extend_from_slice(&(if level == top { top as u16 } else { 0 }).to_be_bytes());
            blob.extend_from_slice(&(children.len() as u16).to_be_bytes());
            for child in children {
                let (id, cell) = if level == 0 {
                    let row = order[child] as usize;
                    leaf_of[row] = number;
                    (row as i64 + 1, cells[row])
                } else {
                    (i64::from(levels.number(level - 1, child)), levels.boxes[level - 1][child])
                };
                blob.extend_from_slice(&id.to_be_bytes());
                cell.iter().for_each(|side| blob.extend_from_slice(&side.to_be_bytes()));
            }
            blob.resize(shadow.node_size, 0);
            nodes
                .push(database, i64::from(number), |record| record.blob(|out| out.extend_from_slice(&blob)))
                .map_err(&fault)?;
            if level < top {
                let parent = levels.number(level + 1, levels.parent(level, node));
                parents.push(database, i64::from(number), |record| record.int(i64::from(parent))).map_err(&fault)?;
            }
        }
    }
    nodes.finish(database).map_err(&fault)?;
    parents.finish(database).map_err(&fault)?;
    cancel::checkpoint()?;
    let mut rowids = Table::new(database, shadow.rowid);
    for (row, &leaf) in leaf_of.iter().enumerate().filter(|(_, leaf)| **leaf > 0) {
        rowids.push(database, row as i64 + 1, |record| record.int(i64::from(leaf))).map_err(&fault)?;
    }
    rowids.finish(database).map_err(&fault)
}

/// The rows that have a box, along a Hilbert curve through the boxes' middles.
fn order(cells: &[Cell]) -> Vec<u32> {
    let middle = |cell: &Cell| Point {
        x: f64::midpoint(f64::from(cell[0]), f64::from(cell[1])),
        y: f64::midpoint(f64::from(cell[2]), f64::from(cell[3])),
    };
    if cells.iter().all(|cell| !cell[0].is_nan()) {
        return hilbert::order(&cells.iter().map(middle).collect::<Vec<_>>());
    }
    let rows: Vec<u32> = (0..cells.len() as u32).filter(|&row| !cells[row as usize][0].is_nan()).collect();
    let middles: Vec<Point> = rows.iter().map(|&row| middle(&cells[row as usize])).collect();
    hilbert::order(&middles).into_iter().map(|place| rows[place as usize]).collect()
}

/// The nodes of every level: level 0 are the leaves, the last is the root alone.
struct Levels {
    entries: usize,
    boxes: Vec<Vec<Cell>>,
}

impl Levels {
    fn build(order: &[u32], cells: &[Cell], capacity: usize) -> Levels {
        let mut levels = Levels { entries: order.len(), boxes: Vec::new() };
        loop {
            let below = levels.boxes.last();
            let count = below.map_or(order.len(), Vec::len);
            let nodes = count.div_ceil(capacity);
            let boxes = (0..nodes)
                .map(|node| {
                    share(node, nodes, count)
                        .map(|child| below.map_or_else(|| cells[order[child] as usize], |below| below[child]))
                        .reduce(union)
                        .expect("a node has children")
                })
                .collect();
            levels.boxes.push(boxes);
            if nodes == 1 {
                return levels;
            }
        }
    }

    fn below(&self, level: usize) -> usize {
        if level == 0 { self.entries } else { self.boxes[level - 1].len() }
    }

    fn children(&self, level: usize, node: usize) -> Range<usize> {
        share(node, self.boxes[level].len(), self.below(level))
    }

    fn parent(&self, level: usize, node: usize) -> usize {
        let (parents, count) = (self.boxes[level + 1].len(), self.boxes[level].len());
        // The inverse of `share`, found from its neighbourhood.
        let guess = node * parents / count;
        (guess..parents).find(|&parent| share(parent, parents, count).contains(&node)).expect("every node has a parent")
    }

    fn number(&self, level: usize, node: usize) -> u32 {
        if level + 1 == self.boxes.len() {
            return 1;
        }
        let before: usize = self.boxes[..level].iter().map(Vec::len).sum();
        u32::try_from(2 + before + node).expect("fewer nodes than rows")
    }
}

/// Which of `count` children the node takes, so that all nodes are about as full.
fn share(node: usize, nodes: usize, count: usize) -> Range<usize> {
    node * count / nodes..(node + 1) * count / nodes
}

fn union(one: Cell, other: Cell) -> Cell {
    [one[0].min(other[0]), one[1].max(other[1]), one[2].min(other[2]), one[3].max(other[3])]
}

/// A table of two columns, the first its rowid.
struct Table {
    tree: Tree,
    leaves: Leaves,
    record: Record,
}

/// Bytes of pages gathered before they are written.
const BATCH: usize = 1 << 20;

impl Table {
    fn new(database: &Database, root: u32) -> Table {
        Table { tree: database.tree(root), leaves: Leaves::new(database.size), record: Record::default() }
    }

    fn push(&mut self, database: &mut Database, rowid: i64, value: impl FnOnce(&mut Record)) -> io::Result<()> {
        self.record.clear();
        self.record.null();
        value(&mut self.record);
        let (head, body) = self.record.pieces();
        self.leaves.push(rowid, head, body);
        if self.leaves.bytes.len() < BATCH {
            return Ok(());
        }
        let full = std::mem::replace(&mut self.leaves, Leaves::new(database.size));
        self.tree.append(database, full)
    }

    fn finish(mut self, database: &mut Database) -> io::Result<()> {
        self.tree.append(database, self.leaves)?;
        self.tree.finish(database)
    }
}
