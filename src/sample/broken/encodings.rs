//! Shapefiles whose text does not say, or does not keep to, its encoding: the only samples that are not text.

use super::text::Sample;
use super::{Broken, Content, square};
use crate::formats::shapefile::{self, TextEncoding};
use crate::formats::{Cells, Field, Table};
use crate::ingest::finding::Code;
use crate::land::{Fault, Outcome, Texts, Values};
use crate::say;
use crate::space::{Crs, Kind, Shapes};
use std::path::Path;

/// What is done to a sound GBK shapefile of four parcels.
#[derive(Clone, Copy, Debug)]
pub(super) enum Tampered {
    /// The `.cpg` is taken away and the language byte cleared.
    Silent,
    /// Two bytes that are no GBK text stand for the first character of the third name.
    Garbled,
}

const NAMES: [&str; 4] = ["百货大楼", "人民商场", "东门菜场", "南街商铺"];
/// Where a .dbf states its language.
const LANGUAGE_BYTE: usize = 29;

const UNITS: &str = "source = \"parcels.shp\"\nid = \"parcel\"\nuse = \"use\"\nkeep = [\"name\"]\n";

impl Tampered {
    pub fn write(self, path: &Path) -> Outcome<()> {
        let mut shapes = Shapes::new(Kind::Polygon);
        (0..4).for_each(|at| square(&mut shapes, 30.0 * f64::from(at), 0.0));
        let ids = Values::Int((1..=4).map(Some).collect());
        let uses = Values::Text(["commercial"; 4].into_iter().collect::<Texts>());
        let names = Values::Text(NAMES.into_iter().collect::<Texts>());
        let crs = Crs::parse("EPSG:4547")?;
        let columns = [("parcel", &ids), ("use", &uses), ("name", &names)];
        let table = Table {
            name: "parcels".into(),
            title: say!("parcels", "宗地"),
            fields: columns.map(|(name, values)| Field::plain(name, Cells::Values(values))).into(),
            shapes: Some(&shapes),
            crs: Some(&crs),
            rows: 4,
        };
        shapefile::write(&table, path, &shapefile::Options { encoding: TextEncoding::Gbk })?;
        let failed = |error: std::io::Error| Fault::io(say!("cannot write", "无法写入"), path, &error);
        std::fs::remove_file(path.with_file_name("parcels_fields.csv")).map_err(failed)?;
        let dbf = path.with_extension("dbf");
        let mut bytes = std::fs::read(&dbf).map_err(failed)?;
        match self {
            Tampered::Silent => {
                std::fs::remove_file(path.with_extension("cpg")).map_err(failed)?;
                bytes[LANGUAGE_BYTE] = 0;
            }
            Tampered::Garbled => {
                let (name, ..) = encoding_rs::GBK.encode(NAMES[2]);
                let at = bytes.windows(name.len()).position(|window| window == &name[..]);
                let at = at.expect("the third name was written");
                bytes[at..at + 2].fill(0xFF);
            }
        }
        std::fs::write(&dbf, bytes).map_err(failed)
    }
}

fn shapefile(code: Code, tampered: Tampered) -> Sample {
    let mut sample = Sample { units: UNITS, ..Sample::new(code) };
    sample.files.push(("parcels.shp", Content::Shapefile(tampered)));
    sample
}

pub(super) fn encoding_detected() -> Broken {
    shapefile(Code::EncodingDetected, Tampered::Silent).broken(
        say!(
            "nothing tells that the parcels' text is GBK: no .cpg, language byte 0",
            "没有 .cpg,语言字节为 0,未说明文字为 GBK"
        ),
        ("parcels", ""),
        "the text is read as GBK: 百货大楼 · 人民商场 · 东门菜场 · 南街商铺",
    )
}

pub(super) fn undecodable_text() -> Broken {
    shapefile(Code::UndecodableText, Tampered::Garbled).broken(
        say!(
            "two bytes in the name of parcel 3 are no GBK text, which the .cpg says",
            "宗地 3 的名称中有两个字节不是 .cpg 所述的 GBK 文字"
        ),
        ("parcels", ""),
        "1 texts are no GBK, which the .cpg file says; the first is name #3: FF FF C3 C5 B2 CB B3 A1",
    )
}
