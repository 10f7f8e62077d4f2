//! Names and numbers of encodings, as people, .cpg files and language bytes write them, and decoding with what did not decode told.

use encoding_rs::{
    BIG5, EUC_KR, Encoding, GB18030, GBK, IBM866, MACINTOSH, SHIFT_JIS, UTF_8, WINDOWS_874, WINDOWS_1250, WINDOWS_1251,
    WINDOWS_1252, WINDOWS_1253, WINDOWS_1254, WINDOWS_1255, WINDOWS_1256, WINDOWS_1257, WINDOWS_1258,
};
use std::borrow::Cow;

/// The encoding of a Windows code page; `None` for the DOS pages (437, 850, 852 …), which no decoder here knows.
pub fn of_code_page(page: u32) -> Option<&'static Encoding> {
    Some(match page {
        866 => IBM866,
        874 => WINDOWS_874,
        932 => SHIFT_JIS,
        936 => GBK,
        949 => EUC_KR,
        950 => BIG5,
        1250 => WINDOWS_1250,
        1251 => WINDOWS_1251,
        1252 | 28591 | 88591 => WINDOWS_1252,
        1253 => WINDOWS_1253,
        1254 => WINDOWS_1254,
        1255 => WINDOWS_1255,
        1256 => WINDOWS_1256,
        1257 => WINDOWS_1257,
        1258 => WINDOWS_1258,
        10000 => MACINTOSH,
        54936 => GB18030,
        65001 => UTF_8,
        _ => return None,
    })
}

/// The encoding of a name: `UTF-8`, `GBK`, `cp936`, `ANSI 936`, `OEM 936`, `936`, `LDID/77`, `ISO 88591`, any WHATWG label.
pub fn of_name(name: &str) -> Option<&'static Encoding> {
    let name = name.trim_matches(|c: char| c.is_whitespace() || c.is_control() || c == '\u{feff}');
    if let Some(encoding) = Encoding::for_label(name.as_bytes()) {
        return Some(encoding);
    }
    let plain: String = name.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).collect();
    if let Some(byte) = plain.strip_prefix("ldid") {
        return of_language_byte(byte.parse().ok()?).known();
    }
    let number = ["windows", "iso8859", "iso", "ansi", "oem", "cp", "ms"]
        .into_iter()
        .find_map(|prefix| plain.strip_prefix(prefix))
        .unwrap_or(&plain);
    match plain.as_str() {
        "utf8" => Some(UTF_8),
        "gb2312" | "gbk" => Some(GBK),
        _ => of_code_page(number.parse().ok()?).or_else(|| Encoding::for_label(plain.as_bytes())),
    }
}

/// What a language byte states.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// Nothing: the byte is 0 or nobody's.
    Silent,
    Known(&'static Encoding),
    /// A DOS code page that no decoder here knows.
    Unknown(u32),
}

impl Language {
    fn known(self) -> Option<&'static Encoding> {
        match self {
            Language::Known(encoding) => Some(encoding),
            Language::Silent | Language::Unknown(_) => None,
        }
    }
}

/// The language driver byte of dBASE (offset 29), by the table of the dBASE and FoxPro documentation that GDAL's shapefile driver uses.
/// 0x57 says "the ANSI page of the machine", which is read as Western unless the bytes speak against it.
pub fn of_language_byte(byte: u8) -> Language {
    let page = match byte {
        0x03 | 0x57 | 0x58 | 0x59 => 1252,
        0x04 => 10000,
        0x13 | 0x7b => 932,
        0x26 | 0x65 => 866,
        0x4d | 0x7a => 936,
        0x4e | 0x79 => 949,
        0x4f | 0x78 => 950,
        0x50 | 0x7c => 874,
        0xc8 => 1250,
        0xc9 => 1251,
        0xca => 1254,
        0xcb => 1253,
        0xcc => 1257,
        0x01 | 0x09 | 0x0b | 0x0d | 0x0f | 0x11 | 0x15 | 0x18 | 0x19 | 0x1b => 437,
        0x02 | 0x0a | 0x0e | 0x10 | 0x12 | 0x14 | 0x16 | 0x1a | 0x1d | 0x25 | 0x37 => 850,
        0x1f | 0x22 | 0x23 | 0x40 | 0x64 | 0x87 => 852,
        0x08 | 0x17 | 0x66 => 865,
        0x1c | 0x6c => 863,
        0x24 => 860,
        0x67 => 861,
        0x6a | 0x86 => 737,
        0x6b | 0x88 => 857,
        _ => return Language::Silent,
    };
    of_code_page(page).map_or(Language::Unknown(page), Language::Known)
}

/// Whether every byte string is some text in this encoding, so that decoding proves nothing.
pub fn is_single_byte(encoding: &'static Encoding) -> bool {
    encoding.is_single_byte()
}

/// The name GDAL's ENCODING option takes. GBK is read as GB 18030, its superset, as the decoder here does.
pub fn gdal_name(encoding: &'static Encoding) -> &'static str {
    match encoding.name() {
        "GBK" | "gb18030" => "GB18030",
        "Shift_JIS" => "CP932",
        "EUC-KR" => "CP949",
        "Big5" => "CP950",
        "windows-874" => "CP874",
        "windows-1250" => "CP1250",
        "windows-1251" => "CP1251",
        "windows-1252" => "CP1252",
        "windows-1253" => "CP1253",
        "windows-1254" => "CP1254",
        "windows-1255" => "CP1255",
        "windows-1256" => "CP1256",
        "windows-1257" => "CP1257",
        "windows-1258" => "CP1258",
        "IBM866" => "CP866",
        other => other,
    }
}

/// How a text decoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whole {
    Yes,
    /// All but its end, which a full field cut off inside a character.
    Cut,
    /// Some bytes are no text; they are shown as U+FFFD.
    No,
}

/// Decodes a text. `full` says that it fills its field, so that half a character at its end is the field's fault, not the encoding's.
pub fn decode<'a>(bytes: &'a [u8], encoding: &'static Encoding, full: bool) -> (Cow<'a, str>, Whole) {
    if let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(bytes) {
        return (text, Whole::Yes);
    }
    // The longest character has four bytes (UTF-8, GB 18030): at most three are left of it.
    for cut in (1..=3.min(bytes.len())).filter(|_| full) {
        let (kept, rest) = bytes.split_at(bytes.len() - cut);
        if rest[0] >= 0x80
            && let Some(text) = encoding.decode_without_bom_handling_and_without_replacement(kept)
        {
            return (text, Whole::Cut);
        }
    }
    (encoding.decode_without_bom_handling(bytes).0, Whole::No)
}
