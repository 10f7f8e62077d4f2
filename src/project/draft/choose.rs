//! Which layer is taken for what, and why the others are not.

use super::home::Home;
use super::index::Index;
use super::place;
use super::prices::{self, Sales};
use super::quote::{comment, note};
use super::roles::{Role, Told, kind_name, role_of, told_but_unfit};
use super::{LayerInfo, LayerKind, fields};

/// What each layer was taken for.
pub(super) struct Chosen<'a> {
    pub units: Option<(&'a LayerInfo, String)>,
    pub graded_area: Option<&'a LayerInfo>,
    pub factors: Vec<(&'a LayerInfo, Told)>,
    /// Layers that seem to hold samples, the likeliest first.
    samples: Vec<&'a LayerInfo>,
    pub unused: Vec<Unused<'a>>,
}

/// A layer that is left out.
pub(super) struct Unused<'a> {
    pub info: &'a LayerInfo,
    /// In both languages.
    pub why: String,
}

pub(super) fn choose(layers: &[LayerInfo]) -> Chosen<'_> {
    let (units, graded_area, factors, unused) = (None, None, Vec::new(), Vec::new());
    let mut chosen = Chosen { units, graded_area, factors, samples: Vec::new(), unused };
    let mut nameless = Vec::new();
    for info in layers {
        match role_of(info) {
            _ if info.kind == LayerKind::Unreadable || info.features == 0 => chosen.leave(info, unfit(info)),
            Some(told) => match (told.role, &chosen.units, chosen.graded_area) {
                (Role::Units, None, _) => chosen.units = Some((info, told.why)),
                (Role::Units, Some((taken, _)), _) => chosen.leave(info, taken_by(taken, "grading units", "定级单元")),
                (Role::GradedArea, _, None) => chosen.graded_area = Some(info),
                (Role::GradedArea, _, Some(taken)) => chosen.leave(info, taken_by(taken, "graded area", "定级范围")),
                (Role::Samples, ..) => chosen.samples.push(info),
                _ => chosen.factors.push((info, told)),
            },
            None => nameless.push(info),
        }
    }
    if chosen.units.is_none() {
        // The most features, the first by name among equals.
        let polygons = nameless.iter().enumerate().filter(|(_, info)| info.kind == LayerKind::Polygon);
        if let Some((at, _)) = polygons.max_by_key(|(at, info)| (info.features, usize::MAX - at)) {
            let why = "? the polygon layer with the most features / 要素最多的面图层".to_string();
            chosen.units = Some((nameless.remove(at), why));
        }
    }
    nameless.into_iter().for_each(|info| chosen.leave(info, unfit(info)));
    chosen.factors.sort_by_key(|(_, told)| told.role);
    // A layer of points needs no guess about its coordinates.
    chosen.samples.sort_by_key(|info| info.kind != LayerKind::Point);
    chosen
}

impl<'a> Chosen<'a> {
    fn leave(&mut self, info: &'a LayerInfo, why: String) {
        self.unused.push(Unused { info, why });
    }

    /// The first layer of samples that has all it needs; the others are left out, each with the reason.
    pub fn sales(&mut self, home: &Home, several_uses: bool) -> Option<Sales<'a>> {
        let mut found: Option<Sales<'a>> = None;
        for info in std::mem::take(&mut self.samples) {
            match (prices::samples(info, home, several_uses), &found) {
                (Ok(sales), None) => found = Some(sales),
                (Ok(_), Some(taken)) => {
                    let why = taken_by(taken.info, "samples", "样点");
                    self.leave(info, why);
                }
                (Err(why), _) => self.leave(info, why),
            }
        }
        found
    }

    /// The table of the index is no longer among what is left out; without samples it is, with that reason.
    pub fn settle(&mut self, index: Option<&Index>, priced: bool) {
        let Some(index) = index else { return };
        let of_index = |unused: &Unused<'_>| unused.info.path == index.path;
        if priced {
            self.unused.retain(|unused| !of_index(unused));
        } else if let Some(unused) = self.unused.iter_mut().find(|unused| of_index(unused)) {
            unused.why =
                "a price index, but there are no samples to bring to a date by it / 地价指数表,但没有可修正的样点"
                    .into();
        }
    }
}

fn taken_by(taken: &LayerInfo, en: &str, zh: &str) -> String {
    let label = comment(&taken.label());
    format!("{label} is taken as the {en} / 已采用 {label} 作为{zh}")
}

/// Why a layer that no role fits is left out.
fn unfit(info: &LayerInfo) -> String {
    if !info.note.is_empty() {
        return note(&info.note);
    }
    if info.features == 0 {
        return "it is empty / 没有要素".into();
    }
    if let Some(role) = told_but_unfit(info) {
        let ((en, zh), (key, name)) = (kind_name(info.kind), role.names());
        return format!("by its name {key}, which cannot be {en} / 名称像「{name}」,但不能用{zh}表示");
    }
    match info.kind {
        LayerKind::Table if info.fields.iter().any(|field| ["quarter", "季度", "季"].contains(&field.name.as_str())) => {
            "like a price index, which must be CSV with a column `quarter` such as 2025Q4 / 像地价指数表;指数须为 CSV,季度列名为 quarter,值如 2025Q4".into()
        }
        LayerKind::Table if place::has_coordinates(info) => {
            "coordinates, but no price per area; factors are read from layers, not tables: save it as points / 有坐标但无单位地价;因素须为图层,请先转为点图层".into()
        }
        LayerKind::Table if fields::find_price(info).is_some() => {
            "a table with prices, but without columns of coordinates (x and y, 经度 and 纬度, 东坐标 and 北坐标) / 有价格,但没有坐标列(x、y,经度、纬度 或 东坐标、北坐标)".into()
        }
        LayerKind::Table => "a table without prices and coordinates / 表中没有价格与坐标列".into(),
        LayerKind::Raster => {
            "a raster whose name does not tell heights (dem, 高程 …) / 名称看不出是高程栅格(dem、高程等)".into()
        }
        LayerKind::Point | LayerKind::Line | LayerKind::Polygon | LayerKind::Unreadable => {
            "name and fields do not tell what it is for / 名称与字段看不出用途".into()
        }
    }
}
