//! What can go wrong while a GeoPackage is written, as faults.

use crate::land::Fault;
use crate::say;
use std::io;
use std::path::Path;

/// The file system's refusal; a full disk is called that.
pub fn io(path: &Path, error: &io::Error) -> Fault {
    let doing = if error.kind() == io::ErrorKind::StorageFull {
        say!("disk full: the GeoPackage was not written", "磁盘已满:GeoPackage 没有写成")
    } else {
        say!("cannot write the GeoPackage", "无法写入 GeoPackage")
    };
    Fault::io(doing, path, error)
}

/// SQLite's refusal.
pub fn sqlite(path: &Path, error: &rusqlite::Error) -> Fault {
    if error.sqlite_error_code() == Some(rusqlite::ErrorCode::DiskFull) {
        return io(path, &io::Error::from(io::ErrorKind::StorageFull));
    }
    Fault::new(
        "io",
        say!("cannot write the GeoPackage: {error}", "无法写入 GeoPackage:{error}"),
        say!("check the disk and the path, then run again", "请检查磁盘和路径后重试"),
    )
    .at(path.display())
}

/// GDAL's refusal to make the layer `name`.
pub fn gdal(path: &Path, name: &str, error: &gdal::errors::GdalError) -> Fault {
    Fault::new(
        "gdal",
        say!("GDAL cannot make the layer \"{name}\": {error}", "GDAL 无法建立图层「{name}」:{error}"),
        say!(
            "check the names of the layer and its fields, and its coordinate reference system",
            "请检查图层名、字段名和坐标系"
        ),
    )
    .at(path.display())
}

/// A layer's or field's name that is empty or stands twice.
pub fn name(path: &Path, name: &str) -> Fault {
    Fault::new(
        "name-twice",
        say!(
            "the name \"{name}\" is empty or stands twice (capital and small letters are the same here)",
            "名称「{name}」为空或重复(不区分大小写)"
        ),
        say!("rename one of the layers or fields", "请修改其中一个图层或字段的名称"),
    )
    .at(path.display())
}
