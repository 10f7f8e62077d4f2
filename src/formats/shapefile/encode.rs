//! Text in the encoding of a DBF table, cut between characters.

use encoding_rs::{EncoderResult, GBK};

/// The encoding of a shapefile's attribute table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TextEncoding {
    /// Simplified Chinese, code page 936: what Chinese desktop programs assume.
    #[default]
    Gbk,
    Utf8,
}

/// What became of a text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Encoded {
    pub length: usize,
    /// Whether it was cut.
    pub cut: bool,
    /// The first character the encoding does not hold.
    pub foreign: Option<char>,
}

impl TextEncoding {
    /// What the `.cpg` file says. A number, because ArcGIS, PostGIS and GDAL (and with it QGIS) all read `936`; only some read `GBK`.
    pub(super) fn code_page(self) -> &'static str {
        match self {
            TextEncoding::Gbk => "936",
            TextEncoding::Utf8 => "UTF-8",
        }
    }

    /// The language driver byte of the DBF header: 0x4D is code page 936; UTF-8 has none.
    pub(super) fn language_driver(self) -> u8 {
        match self {
            TextEncoding::Gbk => 0x4D,
            TextEncoding::Utf8 => 0,
        }
    }

    /// No fewer bytes than the text takes.
    pub(super) fn bound(self, text: &str) -> usize {
        match self {
            // One byte for ASCII, two for all else: as many as characters, and one more per lead byte beyond ASCII.
            TextEncoding::Gbk => {
                text.bytes().map(|byte| usize::from(byte < 0x80) + 2 * usize::from(byte >= 0xC0)).sum()
            }
            TextEncoding::Utf8 => text.len(),
        }
    }

    /// Puts a text at the start of `slot`, as much of it as fits in whole characters; a character the encoding lacks (and NUL, which
    /// ends a text for readers) becomes `unknown`.
    pub(super) fn put(self, slot: &mut [u8], text: &str, unknown: u8, scratch: &mut Vec<u8>) -> Encoded {
        let plain = match self {
            TextEncoding::Gbk => text.bytes().all(|byte| byte != 0 && byte < 0x80),
            TextEncoding::Utf8 => text.bytes().all(|byte| byte != 0),
        };
        if plain && text.len() <= slot.len() {
            slot[..text.len()].copy_from_slice(text.as_bytes());
            return Encoded { length: text.len(), ..Encoded::default() };
        }
        scratch.clear();
        let foreign = self.encode(text, unknown, scratch);
        let length = self.whole_characters(scratch, slot.len());
        slot[..length].copy_from_slice(&scratch[..length]);
        Encoded { length, cut: length < scratch.len(), foreign }
    }

    fn encode(self, text: &str, unknown: u8, out: &mut Vec<u8>) -> Option<char> {
        if self == TextEncoding::Gbk && whole_in_gbk(text, out) {
            return None;
        }
        out.clear();
        let mut foreign = None;
        for character in text.chars() {
            let start = out.len();
            let mut utf8 = [0; 4];
            let own = character.encode_utf8(&mut utf8);
            let held = character != '\0'
                && match self {
                    TextEncoding::Utf8 => {
                        out.extend_from_slice(own.as_bytes());
                        true
                    }
                    TextEncoding::Gbk => one_in_gbk(own, out),
                };
            if !held {
                out.truncate(start);
                out.push(unknown);
                foreign = foreign.or(Some(character));
            }
        }
        foreign
    }

    /// The length of the longest run of whole characters within `most` bytes.
    fn whole_characters(self, bytes: &[u8], most: usize) -> usize {
        if bytes.len() <= most {
            return bytes.len();
        }
        let mut end = 0;
        loop {
            let step = match (self, bytes[end]) {
                (_, 0..0x80) => 1,
                (TextEncoding::Gbk, _) => 2,
                (TextEncoding::Utf8, 0x80..0xE0) => 2,
                (TextEncoding::Utf8, 0xE0..0xF0) => 3,
                (TextEncoding::Utf8, 0xF0..) => 4,
            };
            if end + step > most {
                return end;
            }
            end += step;
        }
    }
}

/// Appends a text in one go, where every character of it is surely held.
fn whole_in_gbk(text: &str, out: &mut Vec<u8>) -> bool {
    // U+E000 to U+EFFF, private use, need a closer look: see `one_in_gbk`.
    if text.bytes().any(|byte| byte == 0 || byte == 0xEE) {
        return false;
    }
    out.resize(2 * text.len() + 8, 0);
    let (result, _, length) = GBK.new_encoder().encode_from_utf8_without_replacement(text, out, true);
    out.truncate(length);
    result == EncoderResult::InputEmpty
}

/// Appends one character. The encoder also takes private-use characters of older tables and writes another character's bytes:
/// those are not held.
fn one_in_gbk(character: &str, out: &mut Vec<u8>) -> bool {
    let mut bytes = [0; 8];
    let (result, _, length) = GBK.new_encoder().encode_from_utf8_without_replacement(character, &mut bytes, true);
    out.extend_from_slice(&bytes[..length]);
    result == EncoderResult::InputEmpty && GBK.decode_without_bom_handling(&bytes[..length]).0 == character
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gbk_character_is_one_ascii_or_two_bytes_and_decodes_to_itself() {
        // The decoder is the judge; € is the one single byte beyond ASCII (0x80, code page 936), and is written as such.
        let mut held = 0;
        let (mut slot, mut scratch) = ([0; 8], Vec::new());
        for character in (' '..='\u{FFFF}').filter(|c| *c != '€') {
            let text = character.to_string();
            let done = TextEncoding::Gbk.put(&mut slot, &text, b'?', &mut scratch);
            if done.foreign.is_none() {
                held += 1;
                assert_eq!(GBK.decode_without_bom_handling(&slot[..done.length]).0, text);
                assert_eq!(done.length, if character.is_ascii() { 1 } else { 2 });
                assert!(TextEncoding::Gbk.bound(&text) >= done.length);
            }
        }
        assert!(held > 21_000, "GBK has 21 003 Chinese characters, and {held} characters were held");
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        let mut scratch = Vec::new();
        let mut slot = [0; 5];
        let done = TextEncoding::Gbk.put(&mut slot, "土地级别", b'?', &mut scratch);
        assert_eq!((done.length, done.cut, &slot[..4]), (4, true, &GBK.encode("土地").0[..]));
        let done = TextEncoding::Utf8.put(&mut slot, "土地级别", b'?', &mut scratch);
        assert_eq!((done.length, done.cut, &slot[..3]), (3, true, "土".as_bytes()));
        let done = TextEncoding::Gbk.put(&mut slot, "a😀\0b", b'?', &mut scratch);
        assert_eq!((&slot[..done.length], done.cut, done.foreign), (&b"a??b"[..], false, Some('😀')));
    }
}
