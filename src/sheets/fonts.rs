//! The font of sheets: one of the machine's that has Chinese characters and plain letters, and how wide its texts are.

use crate::land::{Fault, Outcome};
use crate::say;
use resvg::usvg::fontdb::{Database, FaceInfo, ID, Style};
use std::sync::Arc;

/// The fonts of a set of sheets.
pub struct Fonts {
    pub all: Arc<Database>,
    pub family: String,
    font: ID,
}

/// Characters that every sheet has.
const NEEDED: &str = "级基准地价图元㎡万亩Aagy0123456789%:";

impl Fonts {
    /// The first of the wanted families that the machine has, else any with Chinese characters.
    ///
    /// # Errors
    /// `no-font` where there is none.
    pub fn find(wanted: &[String]) -> Outcome<Fonts> {
        let mut all = Database::new();
        all.load_system_fonts();
        Fonts::of(all, wanted)
    }

    /// As [`Fonts::find`], among given fonts.
    ///
    /// # Errors
    /// `no-font`.
    pub fn of(all: Database, wanted: &[String]) -> Outcome<Fonts> {
        let Some((family, font)) = first(&all, wanted, NEEDED) else {
            return Err(Fault::new(
                "no-font",
                say!(
                    "no font of this machine has Chinese characters and letters",
                    "本机没有同时含中文与西文字符的字体"
                ),
                say!(
                    "install one, such as the package fonts-noto-cjk or fonts-wqy-microhei",
                    "请安装中文字体,如 fonts-noto-cjk 或 fonts-wqy-microhei"
                ),
            ));
        };
        Ok(Fonts { all: Arc::new(all), family, font })
    }

    /// The width of a text, in the unit of its size.
    pub fn width(&self, text: &str, size: f64) -> f64 {
        let measure = |data: &[u8], index: u32| -> Option<f64> {
            let face = ttf_parser::Face::parse(data, index).ok()?;
            let em = f64::from(face.units_per_em());
            // Another font draws what this one lacks: about as wide as its kind of character is.
            let guess = |c: char| if c.is_ascii() { 0.55 * em } else { em };
            let of = |c: char| {
                face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph)).map_or(guess(c), f64::from)
            };
            Some(text.chars().map(of).sum::<f64>() / em)
        };
        size * self.all.with_face_data(self.font, measure).flatten().unwrap_or(text.chars().count() as f64)
    }
}

/// The first of the wanted families with certain characters, else the first by name: upright and of usual weight. The same fonts in any
/// order of files give the same choice.
fn first(all: &Database, wanted: &[impl AsRef<str>], characters: &str) -> Option<(String, ID)> {
    let is_plain = |face: &&FaceInfo| face.weight.0 == 400 && face.style == Style::Normal;
    let mut known: Vec<(&str, &FaceInfo)> =
        all.faces().filter(is_plain).filter_map(|face| Some((face.families.first()?.0.as_str(), face))).collect();
    known.sort_by_key(|(family, face)| {
        let place = wanted.iter().position(|own| own.as_ref() == *family).unwrap_or(wanted.len());
        (place, (*family).to_string(), face.post_script_name.clone(), face.id)
    });
    let fit = known.into_iter().find(|(_, face)| holds(all, face.id, characters));
    fit.map(|(family, face)| (family.to_string(), face.id))
}

fn holds(all: &Database, font: ID, text: &str) -> bool {
    let look = |data: &[u8], index: u32| {
        ttf_parser::Face::parse(data, index).is_ok_and(|face| text.chars().all(|c| face.glyph_index(c).is_some()))
    };
    all.with_face_data(font, look).unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sheets::Layout;

    #[test]
    fn a_machine_without_chinese_fonts_is_told_what_to_do() {
        let fault = Fonts::of(Database::new(), &[]).err().unwrap();
        assert_eq!(fault.code, "no-font");
        assert!(fault.help.en.contains("fonts-noto-cjk"), "{}", fault.help.en);
    }

    #[test]
    fn texts_are_as_wide_as_their_letters() {
        let Ok(fonts) = Fonts::find(&Layout::default().words.fonts) else {
            eprintln!("skipped: no font with Chinese characters");
            return;
        };
        assert!((fonts.width("级别", 10.0) - 20.0).abs() < 1.0, "{}", fonts.width("级别", 10.0));
        assert!(fonts.width("iiii", 10.0) < 0.6 * fonts.width("MMMM", 10.0));
    }
}
