//! Rows packed into the leaf pages of an SQLite table, laid out as <https://www.sqlite.org/fileformat2.html> says
//! ("page", "cell" and "overflow" are its words).

/// The sizes of a database's pages, in bytes.
#[derive(Clone, Copy, Debug)]
pub struct PageSize {
    pub whole: usize,
    /// Without what is reserved at the end of each page.
    pub usable: usize,
}

impl PageSize {
    /// How much of a row stays in its leaf; the rest goes to overflow pages.
    fn local(self, length: usize) -> usize {
        let most = self.usable - 35;
        if length <= most {
            return length;
        }
        let least = (self.usable - 12) * 32 / 255 - 23;
        let wanted = least + (length - least) % (self.usable - 4);
        if wanted <= most { wanted } else { least }
    }

    /// The page no database may use: the one at byte 2³⁰, which holds locks.
    pub fn lock_page(self) -> u32 {
        u32::try_from((1 << 30) / self.whole + 1).expect("2^30 pages at most")
    }
}

/// Finished leaf pages of consecutive rows, with their overflow pages, numbered from 0 until they get their place in the file.
pub struct Leaves {
    size: PageSize,
    pub bytes: Vec<u8>,
    /// Each leaf's page within `bytes`, and its last rowid.
    pub leaves: Vec<(u32, i64)>,
    /// Where in `bytes` page numbers stand that count from 0.
    links: Vec<usize>,
    /// The start of the leaf under way, its cells and where their content begins in it.
    open: Option<(usize, usize, usize)>,
}

const LEAF: u8 = 0x0d;
const HEADER: usize = 8;

impl Leaves {
    pub fn new(size: PageSize) -> Leaves {
        Leaves { size, bytes: Vec::new(), leaves: Vec::new(), links: Vec::new(), open: None }
    }

    /// Adds a row, whose record is `head` then `body`; rows come in order of their rowid.
    pub fn push(&mut self, rowid: i64, head: &[u8], body: &[u8]) {
        let length = head.len() + body.len();
        let local = self.size.local(length);
        let mut prefix = [0; 18];
        let first = write_varint(length as u64, &mut prefix);
        let prefix_end = first + write_varint(rowid as u64, &mut prefix[first..]);
        let link = if local < length { 4 } else { 0 };
        let start = self.room(prefix_end + local + link, rowid);
        self.bytes[start..start + prefix_end].copy_from_slice(&prefix[..prefix_end]);
        let at = start + prefix_end;
        if local == length {
            let middle = at + head.len();
            self.bytes[at..middle].copy_from_slice(head);
            self.bytes[middle..middle + body.len()].copy_from_slice(body);
        } else {
            let record = [head, body].concat();
            self.bytes[at..at + local].copy_from_slice(&record[..local]);
            self.overflow(at + local, &record[local..]);
        }
    }

    /// The place of the next cell, in a new leaf where the one under way is full.
    fn room(&mut self, cell: usize, rowid: i64) -> usize {
        let fits = |(_, cells, content): (usize, usize, usize)| HEADER + 2 * (cells + 1) + cell <= content;
        let (page, cells, content) = match self.open {
            Some(open) if fits(open) => open,
            _ => {
                self.close();
                let page = self.add_page();
                self.leaves.push((self.number(page), rowid));
                (page, 0, self.size.usable)
            }
        };
        let content = content - cell;
        let pointer = page + HEADER + 2 * cells;
        self.bytes[pointer..pointer + 2].copy_from_slice(&(content as u16).to_be_bytes());
        self.leaves.last_mut().expect("a leaf is open").1 = rowid;
        self.open = Some((page, cells + 1, content));
        page + content
    }

    fn overflow(&mut self, mut link: usize, rest: &[u8]) {
        for piece in rest.chunks(self.size.usable - 4) {
            let page = self.add_page();
            let number = self.number(page);
            self.bytes[link..link + 4].copy_from_slice(&number.to_be_bytes());
            self.links.push(link);
            self.bytes[page + 4..page + 4 + piece.len()].copy_from_slice(piece);
            link = page;
        }
    }

    fn add_page(&mut self) -> usize {
        let page = self.bytes.len();
        self.bytes.resize(page + self.size.whole, 0);
        page
    }

    fn number(&self, page: usize) -> u32 {
        u32::try_from(page / self.size.whole).expect("a chunk of pages is small")
    }

    /// Ends the leaf under way.
    pub fn close(&mut self) {
        if let Some((page, cells, content)) = self.open.take() {
            self.bytes[page] = LEAF;
            self.bytes[page + 3..page + 5].copy_from_slice(&(cells as u16).to_be_bytes());
            self.bytes[page + 5..page + 7].copy_from_slice(&(content as u16).to_be_bytes());
        }
    }

    /// Turns the numbers that count from 0 into page numbers of the file.
    pub fn renumber(&mut self, place: impl Fn(u32) -> u32) {
        for link in self.links.drain(..) {
            let slot = &mut self.bytes[link..link + 4];
            let number = u32::from_be_bytes(slot.try_into().expect("4 bytes"));
            slot.copy_from_slice(&place(number).to_be_bytes());
        }
        self.leaves.iter_mut().for_each(|(page, _)| *page = place(*page));
    }
}

/// Writes a number as SQLite does: seven bits a byte, high ones first, eight in a ninth; gives its length.
pub fn write_varint(value: u64, out: &mut [u8]) -> usize {
    if value < 0x80 {
        out[0] = value as u8;
        return 1;
    }
    let length = varint_len(value);
    if length == 9 {
        out[8] = value as u8;
        let mut rest = value >> 8;
        for slot in out[..8].iter_mut().rev() {
            *slot = 0x80 | rest as u8;
            rest >>= 7;
        }
        return 9;
    }
    let mut rest = value;
    for (back, slot) in out[..length].iter_mut().rev().enumerate() {
        *slot = (rest as u8 & 0x7f) | if back == 0 { 0 } else { 0x80 };
        rest >>= 7;
    }
    length
}

/// The length of [`write_varint`]'s bytes.
pub fn varint_len(value: u64) -> usize {
    ((64 - (value | 1).leading_zeros() as usize).div_ceil(7)).min(9)
}
