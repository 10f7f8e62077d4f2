//! What a layer declares: its geometry and its fields with their types and lengths, without reading a row.

use super::vector;
use crate::land::{Fault, Outcome};
use crate::say;
use crate::space::Kind;
use gdal::vector::{LayerAccess, OGRFieldType};
use std::path::Path;

/// A layer as it declares itself.
#[derive(Clone, Debug, PartialEq)]
pub struct Schema {
    pub name: String,
    /// None of a table without geometry.
    pub kind: Option<Kind>,
    pub fields: Vec<Declaration>,
}

/// A field as it is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declaration {
    pub name: String,
    pub kind: FieldType,
    /// Bytes in shapefiles, characters elsewhere; 0 where the format states none.
    pub width: usize,
    pub decimals: usize,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldType {
    Int,
    Real,
    Text,
    Date,
    Other,
}

/// Reads the schema of the only layer of a file.
///
/// # Errors
/// `unreadable-file`; `missing-layer` where there is not exactly one.
pub fn read(path: &Path, encoding: Option<&str>) -> Outcome<Schema> {
    let dataset = vector::open(path, encoding)?;
    let mut layer = match dataset.layer_count() {
        1 => dataset.layer(0).map_err(|error| vector::unreadable(path, &error))?,
        count => {
            return Err(Fault::new(
                "missing-layer",
                say!("the file has {count} layers", "文件中有 {count} 个图层"),
                say!("one layer per file is expected", "每个文件应只有一个图层"),
            )
            .at(path.display()));
        }
    };
    let size = |size: i32| usize::try_from(size).unwrap_or(0);
    let fields = layer
        .defn()
        .fields()
        .map(|field| Declaration {
            name: field.name(),
            kind: match field.field_type() {
                OGRFieldType::OFTInteger | OGRFieldType::OFTInteger64 => FieldType::Int,
                OGRFieldType::OFTReal => FieldType::Real,
                OGRFieldType::OFTString => FieldType::Text,
                OGRFieldType::OFTDate => FieldType::Date,
                _ => FieldType::Other,
            },
            width: size(field.width()),
            decimals: size(field.precision()),
        })
        .collect();
    Ok(Schema { name: layer.name(), kind: vector::kind_of(&mut layer), fields })
}
