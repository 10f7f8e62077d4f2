//! Reads a layer of the project: its text decoded, its geometry checked for kind, its coordinates brought to the project's system, with a
//! finding for everything that was done.

use super::encoding;
use super::finding::{Action, Code, Finding, Findings, Policies, Policy};
use super::readers::shapefile::is_shapefile;
use super::readers::vector::{self, RawLayer, Trouble};
use super::validity::{self, Checker};
use super::{degrees, zone_prefix};
use crate::land::{Fault, Outcome, Text};
use crate::project::{Project, Source};
use crate::space::crs::transform;
use crate::space::{Crs, Extent, Kind, Point, Shapes, datum, measure, quiet};
use crate::{say, scale};

/// Reads layers and collects what is found.
pub(super) struct Reading<'a> {
    pub project: &'a Project,
    pub policies: Policies,
    pub findings: Findings,
    /// The graded area, once units were held against it.
    pub graded_area: Option<Shapes>,
    opened: vector::Opened,
}

/// A layer in the project's system. Rows marked false in `used` are left out, each with its finding.
pub(super) struct Prepared {
    pub raw: RawLayer,
    pub used: Vec<bool>,
}

impl<'a> Reading<'a> {
    /// Starts with the policies the project chooses.
    ///
    /// # Errors
    /// `unknown-finding`, `policy-not-allowed`.
    pub fn new(project: &'a Project) -> Outcome<Reading<'a>> {
        Ok(Reading {
            project,
            policies: super::policies(project)?,
            findings: Findings::default(),
            graded_area: None,
            opened: vector::Opened::default(),
        })
    }

    /// Reads a layer with the fields asked for. `id` is the place among them of the field that findings name features by; their numbers
    /// in the file stand in for it.
    ///
    /// # Errors
    /// What the reader says; `missing-crs`, `zone-prefix`, `no-transform`, `unknown-encoding`.
    pub fn layer(&mut self, source: &Source, fields: &[&str], id: Option<usize>) -> Outcome<Prepared> {
        let name = label(source);
        let encoding = self.encoding(source, &name)?;
        // What was said before belongs to another file.
        let _ = quiet::said();
        let dataset = self.opened.open(&source.path, encoding)?;
        let mut raw = vector::read_from(dataset, &source.path, source.layer.as_deref(), fields)?;
        // Such a cell of a shapefile stays a text, which whoever needs a number tells of.
        let kept = |remark: &String| is_shapefile(&source.path) && remark.contains("parsed incompletely");
        for remark in quiet::said().into_iter().filter(|remark| !told_otherwise(remark) && !kept(remark)) {
            // Where the file lies is nothing of the release's.
            let folder = source.path.parent().map(|folder| format!("{}/", folder.display())).unwrap_or_default();
            let remark = if folder.len() > 1 { remark.replace(&folder, "") } else { remark };
            self.note(Code::ReaderRemark, &name, say!("GDAL says: {remark}", "GDAL 提示:{remark}"));
        }
        if let Some(told) = raw.told_of_deleted() {
            self.note(Code::ReaderRemark, &name, told);
        }
        if raw.rows.is_empty() {
            self.note(Code::EmptyLayer, &name, say!("the layer has no features", "图层没有要素"));
        }
        let used = self.troubles(&raw, &name, id);
        self.project_onto(&mut raw, source, &name)?;
        let mut prepared = Prepared { raw, used };
        if prepared.raw.shapes.kind == Kind::Polygon {
            self.validity(&mut prepared, &name, id);
        }
        Ok(prepared)
    }

    pub fn note(&mut self, code: Code, layer: &str, detail: Text) {
        self.findings.push(Finding::new(&self.policies, code, layer, detail));
    }

    /// Notes a finding of a row and tells whether the row is still used.
    pub fn row(&mut self, code: Code, layer: &str, feature: String, at: Option<Point>, detail: Text) -> bool {
        let finding = Finding::new(&self.policies, code, layer, detail).of_feature(feature).at(at);
        let used = matches!(finding.action, Action::Kept | Action::Repaired);
        self.findings.push(finding);
        used
    }

    /// As [`Reading::row`], of a row that has nothing to be used: where the policy would keep it, it is left out.
    pub fn row_without(&mut self, code: Code, layer: &str, feature: String, at: Option<Point>, detail: Text) -> bool {
        let mut finding = Finding::new(&self.policies, code, layer, detail).of_feature(feature).at(at);
        if finding.action == Action::Kept {
            finding.action = Action::LeftOut;
        }
        let used = finding.action == Action::Repaired;
        self.findings.push(finding);
        used
    }

    /// The encoding GDAL is told, for shapefiles.
    fn encoding(&mut self, source: &Source, name: &str) -> Outcome<Option<&'static str>> {
        if !is_shapefile(&source.path) {
            return Ok(None);
        }
        let (decision, findings) =
            encoding::of_shapefile(&source.path, source.encoding.as_deref(), name, &self.policies)?;
        self.findings.extend(findings);
        Ok(Some(encoding::gdal_name(decision.encoding)))
    }

    /// A finding for every geometry that is not what it should be; tells which rows are used.
    fn troubles(&mut self, raw: &RawLayer, name: &str, id: Option<usize>) -> Vec<bool> {
        let mut used = vec![true; raw.rows.len()];
        let mut lifted = 0;
        for &(row, trouble) in &raw.troubles {
            let (code, detail) = match trouble {
                Trouble::HeightDropped => {
                    lifted += 1;
                    continue;
                }
                Trouble::Null => (Code::NullGeometry, say!("the feature has no geometry", "要素没有几何")),
                Trouble::Empty => (Code::EmptyGeometry, say!("the geometry has no coordinates", "几何没有坐标")),
                Trouble::OtherKind(kind) => {
                    let (Text { en, zh }, Text { en: others, zh: others_zh }) =
                        (kind_name(kind), kinds(raw.shapes.kind));
                    (Code::OtherGeometryKind, say!("it is {en} among {others}", "{others_zh}图层中的{zh}"))
                }
                Trouble::Broken => (Code::InvalidGeometry, say!("the geometry cannot be read", "几何无法读取")),
                Trouble::Unclosed => (Code::UnclosedRing, say!("a ring was not closed", "有环未闭合")),
            };
            let (at, feature) = (raw.shapes.get(row).points().first().copied(), called(raw, row, id));
            used[row] &= if raw.shapes.get(row).is_empty() {
                self.row_without(code, name, feature, at, detail);
                false
            } else {
                self.row(code, name, feature, at, detail)
            };
        }
        if lifted > 0 {
            self.note(
                Code::HeightDropped,
                name,
                say!("heights or measures of {lifted} features were left out", "{lifted} 个要素的高程或度量值已去除"),
            );
        }
        used
    }

    /// Brings the layer's coordinates to the project's system.
    fn project_onto(&mut self, raw: &mut RawLayer, source: &Source, name: &str) -> Outcome<()> {
        let crs = self.crs_of(raw.crs.as_ref(), source, name)?;
        fits(&crs, raw.shapes.extent(), source)?;
        if crs.same_as(&self.project.crs) || raw.shapes.point_count() == 0 {
            return Ok(());
        }
        transform(&mut raw.shapes, &crs, &self.project.crs).map_err(|fault| fault.at(source.path.display()))?;
        let (from, to, name_of) = (crs.label(), self.project.crs.label(), &crs.name);
        self.note(
            Code::CrsTransformed,
            name,
            say!("transformed from {from} ({name_of}) to {to}", "由 {from}({name_of})转换到 {to}"),
        );
        Ok(())
    }

    /// The layer's system: the project file's word, else the file's own; a missing one is asked for, never guessed.
    ///
    /// # Errors
    /// `missing-crs`; `datum-needs-parameters` where there is no way from it to the project's.
    pub fn crs_of(&mut self, own: Option<&Crs>, source: &Source, name: &str) -> Outcome<Crs> {
        let crs = match (&source.crs, own) {
            (Some(stated), Some(own)) if !stated.same_as(own) => {
                let (one, other) = (own.label(), stated.label());
                self.note(
                    Code::CrsOverride,
                    name,
                    say!("the file says {one}, the project file {other}", "文件中为 {one},项目文件指定为 {other}"),
                );
                stated.clone()
            }
            (Some(stated), _) => stated.clone(),
            (None, Some(own)) => own.clone(),
            (None, None) => {
                return Err(Fault::new(
                    "missing-crs",
                    say!(
                        "the layer {name} does not say which coordinate system it is in",
                        "图层 {name} 没有坐标系信息"
                    ),
                    say!(
                        "find out, and write crs = \"EPSG:…\" beside its source in the project file",
                        "请查明后在项目文件中该图层处写 crs = \"EPSG:…\""
                    ),
                )
                .at(source.path.display()));
            }
        };
        datum::check(&crs, &self.project.crs).map_err(|fault| fault.at(source.path.display()))?;
        Ok(crs)
    }

    /// Checks every polygon; repairs, keeps or leaves out as the policy says.
    fn validity(&mut self, prepared: &mut Prepared, name: &str, id: Option<usize>) {
        let shapes = &prepared.raw.shapes;
        let used = &prepared.used;
        let faulty = scale::chunks_with(shapes.len(), 4096, Checker::default, |checker, chunk| {
            let rows = chunk.filter(|&row| used[row]);
            rows.filter_map(|row| checker.check(shapes.get(row)).map(|fault| (row, fault))).collect::<Vec<_>>()
        });
        let mut replacements: Vec<(usize, Shapes)> = Vec::new();
        for (row, fault) in faulty.into_iter().flatten() {
            let raw = &prepared.raw;
            let repairs = self.policies.get(Code::InvalidGeometry) == Policy::Repair;
            let mended = repairs.then(|| validity::repair(raw.shapes.get(row))).flatten();
            let mut detail = fault.text();
            if let Some(mended) = &mended {
                let (before, after, Text { en, zh }) = (mended.area_before, mended.area_after, detail);
                detail = say!("{en}; area {before:.2} → {after:.2} m²", "{zh};面积 {before:.2} → {after:.2} m²");
            }
            let mut finding = Finding::new(&self.policies, Code::InvalidGeometry, name, detail);
            if repairs && mended.is_none() {
                // Nothing with an area remains of it.
                finding.action = Action::LeftOut;
            }
            prepared.used[row] = matches!(finding.action, Action::Kept | Action::Repaired);
            self.findings.push(finding.of_feature(called(raw, row, id)).at(fault.place()));
            replacements.extend(mended.map(|mended| (row, mended.shapes)));
        }
        if !replacements.is_empty() {
            prepared.raw.shapes = replaced(&prepared.raw.shapes, &replacements);
        }
    }
}

/// Whether a remark of GDAL's is about what a finding of its own tells better: rings not closed, texts not in their encoding, rows without
/// a geometry to be asked for.
fn told_otherwise(remark: &str) -> bool {
    // A GeoPackage of a newer minor version reads like an older one.
    ["Non closed ring", "couldn't be converted correctly", "Pointer 'hGeom' is NULL", "may only be partially supported"]
        .iter()
        .any(|known| remark.contains(known))
}

/// Refuses coordinates that cannot be in the system they are said to be in.
///
/// # Errors
/// `zone-prefix`, `not-degrees`, `not-metres`.
pub(super) fn fits(crs: &Crs, extent: Extent, source: &Source) -> Outcome<()> {
    let place = source.path.display();
    zone_prefix::check(crs, extent, &place.to_string())?;
    degrees::check(crs, extent).map_err(|fault| fault.at(place))
}

/// What a layer is called in findings: the layer's name, else the file's.
pub(crate) fn label(source: &Source) -> String {
    let stem = source.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    source.layer.clone().unwrap_or(stem)
}

/// What findings call a row: the value of its field `id` where it has one, else its number in the file.
pub(super) fn called(raw: &RawLayer, row: usize, id: Option<usize>) -> String {
    let id = id.map(|id| raw.columns[id].values.get(row).to_string()).filter(|id| !id.is_empty());
    id.unwrap_or_else(|| row_name(raw, row))
}

/// A geometry by its WKB type.
fn kind_name(kind: u32) -> Text {
    match kind {
        1 | 4 => say!("a point", "点"),
        2 | 5 => say!("a line", "线"),
        3 | 6 => say!("a polygon", "面"),
        7 => say!("a collection of geometries", "几何集合"),
        8..=12 => say!("a geometry with arcs", "含圆弧的几何"),
        other => say!("a geometry of WKB type {other}", "WKB 类型为 {other} 的几何"),
    }
}

/// What a layer's features are called.
pub(super) fn kinds(kind: Kind) -> Text {
    match kind {
        Kind::Point => say!("points", "点"),
        Kind::Line => say!("lines", "线"),
        Kind::Polygon => say!("polygons", "面"),
    }
}

/// What a row is called before it has an identifier.
pub(super) fn row_name(raw: &RawLayer, row: usize) -> String {
    format!("#{}", raw.rows[row])
}

/// What a feature without a name is called: its place in whole metres, which does not depend on the order of the file.
pub(super) fn place_name(raw: &RawLayer, row: usize) -> String {
    let shape = raw.shapes.get(row);
    let place = measure::centroid(shape).or_else(|| shape.points().first().copied());
    place.map_or_else(|| row_name(raw, row), |place| format!("{:.0}, {:.0}", place.x, place.y))
}

fn replaced(shapes: &Shapes, replacements: &[(usize, Shapes)]) -> Shapes {
    let mut whole = Shapes::new(shapes.kind);
    whole.reserve(shapes.len(), shapes.point_count());
    let mut next = replacements.iter().peekable();
    for row in 0..shapes.len() {
        match next.peek() {
            Some((at, mended)) if *at == row => {
                whole.push_shape(mended.get(0));
                next.next();
            }
            _ => whole.push_shape(shapes.get(row)),
        }
    }
    whole
}
