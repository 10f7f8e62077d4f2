//! A closed SQLite database to which whole tables are appended: leaf pages first, then the levels above them, the root in its place.
//!
//! SQLite itself spends most of a bulk load on moving values and finding places that are known beforehand; writing the pages in the
//! documented format takes a fraction of it. SQLite's own `integrity_check` is the judge in the tests.

use super::pages::{Leaves, PageSize, varint_len, write_varint};
use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Write};
use std::path::Path;

/// A database file that no connection has open.
pub struct Database {
    file: File,
    pub size: PageSize,
    /// The first page number behind the file's end.
    next: u32,
}

/// A table under way.
pub struct Tree {
    root: u32,
    /// The leaves in the file and their last rowids.
    leaves: Vec<(u32, i64)>,
    /// The only leaf so far: it becomes the root where no other follows.
    held: Option<Leaves>,
}

const INTERIOR: u8 = 0x05;
const HEADER: usize = 12;

impl Database {
    /// Opens a database that was closed in whole.
    ///
    /// # Errors
    /// As the file system says; `InvalidData` where the file is no database or one with pointer maps (auto-vacuum).
    pub fn open(path: &Path) -> io::Result<Database> {
        let mut file = File::options().read(true).write(true).open(path)?;
        let mut head = [0; 100];
        file.read_exact(&mut head)?;
        let whole = match u16::from_be_bytes([head[16], head[17]]) {
            1 => 65_536,
            size => usize::from(size),
        };
        let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
        if !head.starts_with(b"SQLite format 3\0") || head[52..56] != [0; 4] || whole < 512 || length % whole != 0 {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "not a plain SQLite database"));
        }
        let size = PageSize { whole, usable: whole - usize::from(head[20]) };
        let next = u32::try_from(length / whole).map_err(|_| too_large())? + 1;
        Ok(Database { file, size, next })
    }

    /// Starts the content of an empty table, whose root is page `root`.
    pub fn tree(&self, root: u32) -> Tree {
        Tree { root, leaves: Vec::new(), held: None }
    }

    /// Ends the file: tells SQLite how many pages it has.
    ///
    /// # Errors
    /// As the file system says.
    pub fn finish(mut self) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(28))?;
        self.file.write_all(&(self.next - 1).to_be_bytes())
    }

    /// Writes pages behind the file's end, around the lock page.
    fn append(&mut self, bytes: &[u8]) -> io::Result<()> {
        let lock = self.size.lock_page();
        let count = u32::try_from(bytes.len() / self.size.whole).map_err(|_| too_large())?;
        let before = if self.next <= lock { (lock - self.next).min(count) } else { count };
        let (one, other) = bytes.split_at(before as usize * self.size.whole);
        self.write_at(self.next, one)?;
        if !other.is_empty() {
            self.write_at(self.next + before + 1, other)?;
        }
        let behind = place(self.next, lock, i64::from(count)).ok_or_else(too_large)?;
        self.next = behind;
        Ok(())
    }

    fn write_at(&mut self, page: u32, bytes: &[u8]) -> io::Result<()> {
        self.file.seek(SeekFrom::Start(u64::from(page - 1) * self.size.whole as u64))?;
        self.file.write_all(bytes)
    }
}

impl Tree {
    /// Adds the next rows.
    ///
    /// # Errors
    /// As the file system says.
    pub fn append(&mut self, database: &mut Database, mut leaves: Leaves) -> io::Result<()> {
        leaves.close();
        if leaves.leaves.is_empty() {
            return Ok(());
        }
        if let Some(held) = self.held.take() {
            self.write(database, held)?;
        } else if self.leaves.is_empty() && leaves.leaves.len() == 1 {
            self.held = Some(leaves);
            return Ok(());
        }
        self.write(database, leaves)
    }

    fn write(&mut self, database: &mut Database, mut leaves: Leaves) -> io::Result<()> {
        let (first, lock) = (database.next, database.size.lock_page());
        leaves.renumber(|page| place(first, lock, i64::from(page)).unwrap_or(u32::MAX));
        self.leaves.append(&mut leaves.leaves);
        database.append(&leaves.bytes)
    }

    /// Builds the levels above the leaves. A table without rows stays as it was.
    ///
    /// # Errors
    /// As the file system says.
    pub fn finish(mut self, database: &mut Database) -> io::Result<()> {
        let size = database.size;
        if let Some(mut only) = self.held.take() {
            // Its overflow pages are 1, 2, …: the first of them takes the file's next page.
            let (first, lock) = (database.next, size.lock_page());
            only.renumber(|page| place(first, lock, i64::from(page) - 1).unwrap_or(u32::MAX));
            database.append(&only.bytes[size.whole..])?;
            return database.write_at(self.root, &only.bytes[..size.whole]);
        }
        let mut level = std::mem::take(&mut self.leaves);
        let Some(&(_, last)) = level.last() else { return Ok(()) };
        let most = (size.usable - HEADER) / (2 + 4 + varint_len(last as u64)) + 1;
        while level.len() > most {
            let groups = level.len().div_ceil(most);
            let (first, lock) = (database.next, size.lock_page());
            let mut bytes = Vec::with_capacity(groups * size.whole);
            let mut upper = Vec::with_capacity(groups);
            for group in 0..groups {
                let children = &level[group * level.len() / groups..(group + 1) * level.len() / groups];
                bytes.extend_from_slice(&interior(children, size));
                let page = place(first, lock, group as i64).ok_or_else(too_large)?;
                upper.push((page, children[children.len() - 1].1));
            }
            database.append(&bytes)?;
            level = upper;
        }
        database.write_at(self.root, &interior(&level, size))
    }
}

/// The file's number of the page that comes `number` pages after `first`; the lock page is stepped over.
fn place(first: u32, lock: u32, number: i64) -> Option<u32> {
    let plain = i64::from(first) + number;
    let page = if first <= lock && plain >= i64::from(lock) { plain + 1 } else { plain };
    u32::try_from(page).ok().filter(|page| *page < u32::MAX)
}

/// A page of children, two at least: each with its last rowid, the last one bare.
fn interior(children: &[(u32, i64)], size: PageSize) -> Vec<u8> {
    let mut page = vec![0; size.whole];
    let mut content = size.usable;
    let (last, keyed) = children.split_last().expect("an interior page has children");
    for (cell, (child, key)) in keyed.iter().enumerate() {
        let mut bytes = [0; 13];
        bytes[..4].copy_from_slice(&child.to_be_bytes());
        let length = 4 + write_varint(*key as u64, &mut bytes[4..]);
        content -= length;
        page[content..content + length].copy_from_slice(&bytes[..length]);
        page[HEADER + 2 * cell..HEADER + 2 * cell + 2].copy_from_slice(&(content as u16).to_be_bytes());
    }
    page[0] = INTERIOR;
    page[3..5].copy_from_slice(&(keyed.len() as u16).to_be_bytes());
    page[5..7].copy_from_slice(&(content as u16).to_be_bytes());
    page[8..12].copy_from_slice(&last.0.to_be_bytes());
    page
}

fn too_large() -> io::Error {
    io::Error::new(io::ErrorKind::FileTooLarge, "the database has more pages than SQLite can number")
}

#[cfg(test)]
#[path = "tree_tests.rs"]
mod tests;
