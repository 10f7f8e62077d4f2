//! Which encoding bytes are in that are not UTF-8: the detector's word, and GBK where it takes short Chinese texts for Western ones.

use super::charset::{Whole, decode, is_single_byte};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, GB18030, GBK};

/// What bytes are read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Guess {
    pub encoding: &'static Encoding,
    /// Whether it is GBK against the detector's word.
    pub overruled: bool,
}

/// Guesses from lines of text, of a table or of a whole file.
pub fn of_lines(bytes: &[u8]) -> Guess {
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    // The detector's hint "cn" was tried and left out: it read short Korean and Western names as Chinese.
    let encoding = detector.guess(None, Utf8Detection::Deny);
    let reads = |encoding: &'static Encoding| decode(bytes, encoding, false).1 == Whole::Yes;
    if is_single_byte(encoding) && is_chinese(bytes) || reads(GBK) && names_land(bytes) {
        Guess { encoding: GBK, overruled: ![GBK, GB18030].contains(&encoding) }
    } else if !reads(encoding) && reads(GBK) {
        Guess { encoding: GBK, overruled: false }
    } else {
        Guess { encoding, overruled: false }
    }
}

/// Words that tables of land bear in their headings.
const WORDS: [&str; 24] = [
    "面积",
    "容积率",
    "用途",
    "单价",
    "总价",
    "成交",
    "评估",
    "地价",
    "价格",
    "编号",
    "级别",
    "年期",
    "日期",
    "宗地",
    "土地",
    "单元",
    "坐落",
    "位置",
    "区片",
    "地址",
    "样点",
    "时间",
    "单位",
    "备注",
];

/// Whether bytes read as GBK hold such a word: a table of a few short headings is taken for Korean, Japanese or Big5 else, where the same bytes
/// are other characters.
fn names_land(bytes: &[u8]) -> bool {
    let (text, _) = decode(bytes, GBK, false);
    WORDS.iter().any(|word| text.contains(word))
}

/// A text without half a character at its end, as a full field cuts it. Bytes from 0x80 on are taken in pairs, in fours where a digit
/// follows (GB 18030): right for the encodings of Chinese and Korean. Of a Western text it may take one letter more, which tells the
/// detector nothing it would miss.
pub fn without_cut_end(text: &[u8]) -> &[u8] {
    let mut at = 0;
    while at < text.len() {
        let length = match (text[at] >= 0x80, text.get(at + 1)) {
            (false, _) => 1,
            (true, Some(b'0'..=b'9')) => 4,
            (true, _) => 2,
        };
        if at + length > text.len() {
            return &text[..at];
        }
        at += length;
    }
    text
}

/// One of so many characters may speak against Chinese: a rare name, a damaged value.
const AGAINST: usize = 20;
/// So many common characters to a rare one. In Chinese text there are some hundred to one, in names some ten; two letters of Cyrillic
/// words make one to one.
const COMMON: usize = 3;

/// Whether bytes read as GBK are plausible Chinese. Any two letters beyond ASCII are some GBK character, so that it decodes proves
/// nothing; what accidental pairs look like does. GB 2312 (1980) puts the 3,755 common characters under the leads B0 to D7, by far the
/// most of any Chinese text, and the rare ones under D8 to F7. A letter with an ASCII letter behind it (`ü` and `l` of Müller) is outside
/// GB 2312, one letter alone before a blank or an end is no character, and small Cyrillic or Greek letters fall among the rare ones. Two
/// accented letters inside a Latin word (ÇÃ of CONSTITUIÇÃO) would be common; between two Latin letters they are taken for what they are.
/// What this cannot tell from Chinese: capital Cyrillic or Greek words, all of them of an even number of letters.
pub fn is_chinese(bytes: &[u8]) -> bool {
    let (mut common, mut rare, mut against) = (0, 0, 0);
    let letter = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphabetic);
    let mut at = 0;
    while at < bytes.len() {
        if bytes[at] < 0x80 {
            at += 1;
            continue;
        }
        let wedged = at > 0 && letter(at - 1) && letter(at + 2);
        match (bytes[at], bytes.get(at + 1)) {
            (0xb0..=0xd7, Some(0xa1..=0xfe)) if !wedged => common += 1,
            (0xd8..=0xf7, Some(0xa1..=0xfe)) if !wedged => rare += 1,
            // Punctuation and full-width letters say nothing; ㎡ and 〇 are GBK's own, below A1.
            (0xa1..=0xa9, Some(0xa1..=0xfe)) | (0xa8..=0xa9, Some(0x40..=0x7e | 0x80..=0xa0)) => {}
            (0x81..=0xfe, Some(0x40..=0x7e | 0x80..=0xfe)) => against += 1,
            // No character: the next byte may begin one.
            _ => {
                against += 1;
                at += 1;
                continue;
            }
        }
        at += 2;
    }
    common > 0 && common >= COMMON * rare && common + rare >= AGAINST * against
}

#[cfg(test)]
#[path = "guess_tests.rs"]
mod tests;
