//! How prices are used, as an announcement says it: the formula, its signs, the tables of coefficients.

use super::laid_out::coefficients_laid_out;
use super::tables::Tables;
use crate::formats::document::Document;
use crate::land::{Lang, Outcome, Text};
use crate::say;
use toml::Value;

/// How a parcel's price follows from the benchmark price, with the tables.
pub(super) fn usage(doc: &mut Document, tables: &Tables<'_>, lang: Lang) -> Outcome<()> {
    let said = |text: Text| text.in_lang(lang).to_string();
    let before = before_term(&tables.release.head.corrections);
    let names: Vec<&str> =
        tables.release.uses.iter().filter(|own| before.contains(&own.key)).map(|own| own.name.as_str()).collect();
    let split = match tables.release.map.parcels.is_empty() {
        true => say!(
            "A parcel in several grades, and one of a use that is not listed, is judged case by case.",
            "跨级别的宗地和未列用途的宗地，按具体情况另行评估确定。"
        ),
        false => say!(
            "A parcel in several grades has the one that the published table of parcels gives it; one of a use that is not listed is judged case by case.",
            "跨级别的宗地以公布的宗地级别为准；未列用途的宗地，按具体情况另行评估确定。"
        ),
    };
    let mut items = vec![
        said(say!(
            "A parcel's price is the benchmark price of its grade (where it lies in an area or on a street with a price of its own, that price), corrected for date, plot ratio, term, \
             its own conditions and its development: P = P1b · (1 + ΣK) · ΠK + D.",
            "宗地地价以其所在级别（位于区片内或临路线价区段的，为区片价或路线价）的基准地价为基础，经期日、容积率、年期、个别因素和开发程度修正求得：\
             P = P1b ×（1 + ΣK）× ΠK + D。"
        )),
        said(say!(
            "P1b is the benchmark price, ΣK the sum of the corrections for factors, ΠK the product of all other coefficients, D what the development of the parcel adds to or takes off \
             the price.",
            "式中 P1b 为基准地价，ΣK 为各因素修正系数之和，ΠK 为其余各项修正系数之积，D 为开发程度修正值。"
        )),
        said(split),
        said(say!(
            "Ground in an area or on a street with a price of its own is corrected by the tables of the grade that the area or street has; a street comes before an area, and of several \
             streets the dearest.",
            "位于区片或临路线价区段的宗地，按该区片或路线价区段所属级别的修正系数修正；临路线价区段的优先采用路线价，临多条的取最高者。"
        )),
        said(say!(
            "How the coefficients of a table are read between its rows and beyond them stands above it.",
            "各修正系数的取值方法（内插、公式、超出表列范围时的取值）见各表前的说明。"
        )),
        said(say!(
            "Prices older than three years are to be reviewed before they are used.",
            "估价期日距使用时超过三年的，使用前应当更新。"
        )),
    ];
    if !names.is_empty() {
        let list = names.join(if lang == Lang::Zh { "、" } else { ", " });
        items.insert(
            1,
            said(say!(
                "For {list} the correction for development comes before that for the term: P = [P1b · (1 + ΣK) · ΠK + D] · K(term).",
                "{list}的开发程度修正先于年期修正：P = [P1b ×（1 + ΣK）× ΠK + D] × K（年期）。"
            )),
        );
    }
    doc.list(items);
    if !coefficients_laid_out(doc, tables.release, lang)? {
        doc.say(&say!("【tables of correction coefficients】", "【基准地价修正系数表】"), lang);
    }
    Ok(())
}

/// The keys of uses whose development is corrected before the term.
fn before_term(corrections: &str) -> Vec<String> {
    let system: toml::Table = corrections.parse().unwrap_or_default();
    let uses = system.get("uses").and_then(Value::as_array).cloned().unwrap_or_default();
    let is_before = |own: &Value| own.get("development_order").and_then(Value::as_str) == Some("before-term");
    let key = |own: &Value| own.get("key").and_then(Value::as_str).map(str::to_string);
    uses.iter().filter(|own| is_before(own)).filter_map(key).collect()
}
