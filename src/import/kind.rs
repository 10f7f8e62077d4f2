//! The kind of prices, of land (地面地价) or of floor (楼面地价), where headings tell it.

use super::mapping::{Fields, Mapping};
use super::notes::Notes;
use crate::ingest::finding::Code;
use crate::land::heading::price_kind;
use crate::land::{Fault, Outcome, Text};
use crate::say;
use std::borrow::Cow;

/// The mapping, completed by the kind that the headings of the prices tell, or lines above the table, where it states none; that is noted.
///
/// # Errors
/// `kind-conflict` where a heading tells another kind than the mapping.
pub(super) fn completed<'a>(mapping: &'a Mapping, above: &[String], notes: &mut Notes) -> Outcome<Cow<'a, Mapping>> {
    if mapping.kind_field().is_some() {
        return Ok(Cow::Borrowed(mapping));
    }
    let headings: Vec<&str> = mapping.price.iter().flat_map(Fields::names).map(String::as_str).collect();
    // What a title says of a table does not outweigh what the mapping says of its prices.
    let above = if mapping.kind.is_some() { &[] } else { above };
    let Some((kind, written)) = price_kind(&headings, above) else { return Ok(Cow::Borrowed(mapping)) };
    let Text { en, zh } = name(kind);
    match mapping.kind.as_deref() {
        None => {
            notes.layer(Code::ReaderRemark, say!("\"{written}\" tells {en} prices", "由「{written}」得知为{zh}"));
            Ok(Cow::Owned(Mapping { kind: Some(kind.to_string()), ..mapping.clone() }))
        }
        Some(stated) if stated == kind => Ok(Cow::Borrowed(mapping)),
        Some(stated) => {
            let Text { en: other, zh: other_zh } = name(stated);
            Err(Fault::new(
                "kind-conflict",
                say!(
                    "the heading \"{written}\" tells {en} prices, the mapping {other} prices",
                    "表头「{written}」为{zh},映射中为{other_zh}"
                ),
                say!(
                    "write the kind the numbers are of, and rename the heading if it is wrong",
                    "请写明数字的实际类型;表头有误时请改名"
                ),
            ))
        }
    }
}

fn name(kind: &str) -> Text {
    if kind == "floor" { say!("floor", "楼面地价") } else { say!("ground", "地面地价") }
}
