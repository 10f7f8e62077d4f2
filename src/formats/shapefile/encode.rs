//! Text in the encoding of a DBF table, cut between characters.

use encoding_rs::GBK;
use std::sync::OnceLock;

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
    pub(super) fn put(self, slot: &mut [u8], text: &str, unknown: u8) -> Encoded {
        let table = gbk_table();
        let mut done = Encoded::default();
        for character in text.chars() {
            let mut own = [0; 4];
            let bytes: &[u8] = match (self, character) {
                (_, '\0') => &[],
                (_, '\u{1}'..='\u{7F}') | (TextEncoding::Utf8, _) => character.encode_utf8(&mut own).as_bytes(),
                (TextEncoding::Gbk, _) => match table.get(character as usize).copied().unwrap_or(0).to_be_bytes() {
                    [0, 0] => &[],
                    [0, single] => {
                        own[0] = single;
                        &own[..1]
                    }
                    pair => {
                        own[..2].copy_from_slice(&pair);
                        &own[..2]
                    }
                },
            };
            let lacks = bytes.is_empty();
            let bytes = if lacks { &[unknown] } else { bytes };
            let Some(place) = slot.get_mut(done.length..done.length + bytes.len()) else {
                done.cut = true;
                return done;
            };
            place.copy_from_slice(bytes);
            done.length += bytes.len();
            if lacks {
                done.foreign = done.foreign.or(Some(character));
            }
        }
        done
    }
}

/// The bytes of every character of the basic plane that GBK holds beyond ASCII; 0 for the others. Made from the decoder, so that what
/// is written decodes to itself: the library's encoder searches for each character (57 % of the time of a million
/// short addresses) and takes private-use characters to other characters' bytes.
fn gbk_table() -> &'static [u16] {
    static TABLE: OnceLock<Vec<u16>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let mut table = vec![0; 1 << 16];
        // Where two pairs decode to one character the first is the usual one; the euro sign is the single byte 0x80 in code page 936.
        for lead in (0x81..=0xFE).rev() {
            for trail in (0x40..=0xFE).rev() {
                let pair = [lead, trail];
                let decoded = GBK.decode_without_bom_handling_and_without_replacement(&pair);
                let mut characters = decoded.as_deref().unwrap_or_default().chars();
                if let (Some(character), None) = (characters.next(), characters.next())
                    && let Some(entry) = table.get_mut(character as usize)
                {
                    *entry = u16::from_be_bytes(pair);
                }
            }
        }
        table['€' as usize] = 0x80;
        table
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_gbk_character_decodes_to_itself_and_is_what_the_librarys_encoder_writes() {
        let (mut held, mut refused) = (0, 0);
        let mut slot = [0; 8];
        for character in '\u{1}'..='\u{1FFFF}' {
            let text = character.to_string();
            let done = TextEncoding::Gbk.put(&mut slot, &text, b'?');
            let (expected, _, lacks) = GBK.encode(&text);
            if done.foreign.is_none() {
                held += 1;
                assert_eq!((&slot[..done.length], lacks), (&*expected, false), "U+{:04X}", u32::from(character));
                assert_eq!(GBK.decode_without_bom_handling(&slot[..done.length]).0, text);
                assert!(TextEncoding::Gbk.bound(&text) >= done.length);
            } else if !lacks {
                refused += 1;
                assert_ne!(
                    GBK.decode_without_bom_handling(&expected).0,
                    text,
                    "only what would not read back is refused"
                );
            }
        }
        assert!(held > 21_003 && refused > 0, "GBK has 21 003 Chinese characters; {held} held, {refused} refused");
    }

    #[test]
    fn a_text_is_cut_between_characters() {
        let mut slot = [0; 5];
        let done = TextEncoding::Gbk.put(&mut slot, "土地级别", b'?');
        assert_eq!((done.length, done.cut, &slot[..4]), (4, true, &GBK.encode("土地").0[..]));
        let done = TextEncoding::Gbk.put(&mut slot, "€土地€", b'?');
        assert_eq!((done.length, done.cut, &slot[..5]), (5, true, &GBK.encode("€土地").0[..]));
        let done = TextEncoding::Utf8.put(&mut slot, "土地级别", b'?');
        assert_eq!((done.length, done.cut, &slot[..3]), (3, true, "土".as_bytes()));
        let done = TextEncoding::Gbk.put(&mut slot, "a😀\0b", b'?');
        assert_eq!((&slot[..done.length], done.cut, done.foreign), (&b"a??b"[..], false, Some('😀')));
    }
}
