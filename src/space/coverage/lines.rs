//! The lines between labelled features, drawn end to end.

use super::{Coverage, NONE, Point};
use std::collections::BTreeMap;

/// The line two labels share.
#[derive(Clone, Debug, PartialEq)]
pub struct BorderLine {
    /// The smaller label; it lies to the left of every path.
    pub one: u32,
    pub other: u32,
    /// Metres.
    pub length: f64,
    /// Paths of two points at least, by where they start.
    pub paths: Vec<Vec<Point>>,
}

impl Coverage {
    /// Every line between two features of different labels (one per feature, `u32::MAX` for none) that are `wanted`, smaller label first; by
    /// labels. The numbering of half-edges changes nothing.
    pub fn lines(&self, labels: &[u32], wanted: impl Fn(u32, u32) -> bool) -> Vec<BorderLine> {
        let mut chosen: Vec<(u32, u32, u32)> = Vec::new();
        for edge in 0..self.len() as u32 {
            let Some(beside) = self.beside(edge) else { continue };
            let (one, other) = (labels[self.feature_of(edge)], labels[beside]);
            if one < other && other != NONE && wanted(one, other) {
                chosen.push((one, other, edge));
            }
        }
        chosen.sort_unstable();
        let of_pair = |pair: &[(u32, u32, u32)]| {
            let edges: Vec<u32> = pair.iter().map(|(_, _, edge)| *edge).collect();
            let mut lengths: Vec<f64> = edges.iter().map(|&edge| self.length(edge)).collect();
            lengths.sort_unstable_by(f64::total_cmp);
            let (one, other, _) = pair[0];
            BorderLine { one, other, length: lengths.iter().sum(), paths: self.paths(&edges) }
        };
        chosen.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).map(of_pair).collect()
    }

    /// Half-edges joined where the end of one is the start of another.
    fn paths(&self, edges: &[u32]) -> Vec<Vec<Point>> {
        let key = |edge: u32| {
            let (from, to) = self.ends(edge);
            [from.x, from.y, to.x, to.y]
        };
        let mut order: Vec<u32> = edges.to_vec();
        let less = |a: &[f64; 4], b: &[f64; 4]| {
            a.iter()
                .zip(b)
                .map(|(a, b)| a.total_cmp(b))
                .find(|order| order.is_ne())
                .unwrap_or(std::cmp::Ordering::Equal)
        };
        order.sort_by(|&a, &b| less(&key(a), &key(b)));
        let mut from: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
        let mut arriving: BTreeMap<u32, u32> = BTreeMap::new();
        for &edge in order.iter().rev() {
            from.entry(self.from[edge as usize]).or_default().push(edge);
            *arriving.entry(self.to[edge as usize]).or_default() += 1;
        }
        // Paths that begin somewhere first, then the rings that are left.
        let open = order.iter().copied().filter(|edge| !arriving.contains_key(&self.from[*edge as usize]));
        let starts: Vec<u32> = open.chain(order.iter().copied()).collect();
        let mut paths = Vec::new();
        for start in starts {
            let mut vertex = self.from[start as usize];
            let mut path = vec![self.vertices[vertex as usize]];
            while let Some(edge) = from.get_mut(&vertex).and_then(Vec::pop) {
                vertex = self.to[edge as usize];
                path.push(self.vertices[vertex as usize]);
            }
            if path.len() > 1 {
                paths.push(path);
            }
        }
        paths
    }
}
