//! Parcels whose identifier or use is at fault, or that are there twice.

use super::Broken;
use super::text::{Sample, feature, layer, parcel, parcels, polygon, square};
use crate::ingest::finding::Code;
use crate::say;

fn third(properties: &str) -> String {
    parcels(&[(3, feature(properties, &polygon(&square(60.0))))])
}

pub(super) fn duplicate_id() -> Broken {
    Sample::new(Code::DuplicateId).with("parcels.geojson", third("\"parcel\": 2, \"use\": \"commercial\"")).broken(
        say!("two different parcels bear the number 2", "两个不同宗地的编号都是 2"),
        ("parcels", "2"),
        "feature #2 bears an identifier that an earlier one has",
    )
}

pub(super) fn missing_id() -> Broken {
    Sample::new(Code::MissingId).with("parcels.geojson", third("\"parcel\": null, \"use\": \"commercial\"")).broken(
        say!("the third parcel has no number", "第三个宗地没有编号"),
        ("parcels", "#2"),
        "it has no identifier",
    )
}

pub(super) fn rounded_id() -> Broken {
    let long = third("\"parcel\": 3201020010010000010000000003.0, \"use\": \"commercial\"");
    Sample::new(Code::RoundedId).with("parcels.geojson", long).broken(
        say!("the identifier of the third parcel, 28 digits, is stored as a number", "第三个宗地的 28 位编号以数字存储"),
        ("parcels", "#2"),
        "parcel is stored as a number too large to keep its digits, and reads 3201020010010000000000000000: make it a text field",
    )
}

pub(super) fn duplicate_feature() -> Broken {
    let twice = layer(&[parcel(1), parcel(2), parcel(2), parcel(3), parcel(4)]);
    Sample::new(Code::DuplicateFeature).with("parcels.geojson", twice).broken(
        say!("parcel 2 is there twice, alike in everything", "宗地 2 重复出现,内容完全相同"),
        ("parcels", "2"),
        "feature #2 bears an identifier that an earlier one has",
    )
}

pub(super) fn duplicate_geometry() -> Broken {
    let same = feature("\"parcel\": 3, \"use\": \"commercial\"", &polygon(&square(30.0)));
    Sample::new(Code::DuplicateGeometry).with("parcels.geojson", parcels(&[(3, same)])).broken(
        say!("parcel 3 is drawn where parcel 2 is", "宗地 3 与宗地 2 的边界相同"),
        ("parcels", "3"),
        "it has the geometry of 2",
    )
}

pub(super) fn unknown_use() -> Broken {
    Sample::new(Code::UnknownUse).with("parcels.geojson", third("\"parcel\": 3, \"use\": \"forest\"")).broken(
        say!("parcel 3 has a use that the project does not list", "宗地 3 的用途不在项目文件中"),
        ("parcels", "3"),
        "its use is \"forest\"",
    )
}

pub(super) fn reader_remark() -> Broken {
    let long = third("\"parcel\": 3, \"use\": \"commercial\", \"unit_number\": 3201020010010000010000000003");
    Sample::new(Code::ReaderRemark).with("parcels.geojson", long).broken(
        say!(
            "the 28 digits of parcel 3's real-estate unit number stand there as a number, not as a text",
            "宗地 3 的 28 位不动产单元号写成了数字而不是文本"
        ),
        ("parcels", ""),
        "GDAL says: Integer values probably ranging out of 64bit integer range have been found. Will be clamped to INT64_MIN/INT64_MAX",
    )
}

pub(super) fn open_question() -> Broken {
    let undecided = Sample {
        head: "base_date = \"2025-12-31\"  # ? the date the prices stand for\n",
        ..Sample::new(Code::OpenQuestion)
    };
    undecided.broken(
        say!("the base date, which a draft guessed, is not decided", "起草时推测的估价期日尚未确定"),
        ("project.toml", "5"),
        "line 5 is not decided yet: base_date = \"2025-12-31\"  # ? the date the prices stand for",
    )
}

/// A rule file of one rule: a factor that is mandatory, and that no factor of the project is.
pub(super) fn rule_breach() -> Broken {
    let rules = "title = \"one rule\"\n\n[[factors]]\nid = \"water\"\nname = \"供水\"\ngroup = \"facilities\"\n\
                 schemes = { commercial = \"mandatory\" }\n\n[[factors]]\nid = \"centre\"\nname = \"商服\"\ngroup = \"prosperity\"\n\
                 schemes = { commercial = \"choice\" }\n";
    let held = Sample {
        weights: "{ factor = 1.0 }\nscheme = \"commercial\"",
        factor: "standard = \"centre\"\nkind = \"point\"\nsource = \"stops.geojson\"\nattenuation = \"linear\"\n\
                 levels = [{ radius = 500, score = 100 }]\n",
        rest: "\n[rules]\nfile = \"rules.toml\"\n",
        ..Sample::new(Code::RuleBreach)
    };
    held.with("rules.toml", rules).broken(
        say!("a factor the rules ask for has no weight", "规则要求的因素没有权重"),
        ("rules", "mandatory-factor"),
        "commercial: the mandatory factor 供水 has no weight",
    )
}
