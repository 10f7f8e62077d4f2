//! One row as SQLite stores it: the types of its values, then the values (<https://www.sqlite.org/fileformat2.html#record_format>).

use super::pages::write_varint;

/// A row under way; cleared and used again for the next.
#[derive(Default)]
pub struct Record {
    /// Room for the header's own length, then the types.
    types: Vec<u8>,
    body: Vec<u8>,
}

/// The bytes kept free before the types.
const ROOM: usize = 9;

impl Record {
    pub fn clear(&mut self) {
        self.types.clear();
        self.types.resize(ROOM, 0);
        self.body.clear();
    }

    pub fn null(&mut self) {
        self.types.push(0);
    }

    pub fn int(&mut self, value: i64) {
        let (kind, length) = match value {
            0 => (8, 0),
            1 => (9, 0),
            -0x80..=0x7f => (1, 1),
            -0x8000..=0x7fff => (2, 2),
            -0x80_0000..=0x7f_ffff => (3, 3),
            -0x8000_0000..=0x7fff_ffff => (4, 4),
            -0x8000_0000_0000..=0x7fff_ffff_ffff => (5, 6),
            _ => (6, 8),
        };
        self.types.push(kind);
        self.body.extend_from_slice(&value.to_be_bytes()[8 - length..]);
    }

    pub fn real(&mut self, value: f64) {
        self.types.push(7);
        self.body.extend_from_slice(&value.to_be_bytes());
    }

    pub fn text(&mut self, value: &str) {
        self.body.extend_from_slice(value.as_bytes());
        self.sized(13 + 2 * value.len() as u64);
    }

    /// A blob, whose bytes `write` appends.
    pub fn blob(&mut self, write: impl FnOnce(&mut Vec<u8>)) {
        let start = self.body.len();
        write(&mut self.body);
        self.sized(12 + 2 * (self.body.len() - start) as u64);
    }

    fn sized(&mut self, kind: u64) {
        let mut bytes = [0; 9];
        let length = write_varint(kind, &mut bytes);
        self.types.extend_from_slice(&bytes[..length]);
    }

    /// The finished record in two pieces.
    pub fn pieces(&mut self) -> (&[u8], &[u8]) {
        let types = self.types.len() - ROOM;
        // The length counts itself: one byte more makes a second byte where the first is full.
        let own = if types + 1 < 0x80 { 1 } else { 2 + usize::from(types + 2 >= 0x4000) };
        let start = ROOM - own;
        write_varint((types + own) as u64, &mut self.types[start..ROOM]);
        (&self.types[start..], &self.body)
    }
}
