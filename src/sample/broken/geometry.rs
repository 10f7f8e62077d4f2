//! Parcels and roads whose geometry is at fault, alone or beside the others.

use super::Broken;
use super::text::{Sample, feature, layer, pair, parcel, parcels, polygon, ring, square};
use crate::ingest::finding::Code;
use crate::say;

const THIRD: &str = "\"parcel\": 3, \"use\": \"commercial\"";

pub(super) fn invalid_geometry() -> Broken {
    let bow_tie = polygon(&[(60.0, 0.0), (80.0, 20.0), (80.0, 0.0), (60.0, 20.0), (60.0, 0.0)]);
    Sample::new(Code::InvalidGeometry).with("parcels.geojson", parcels(&[(3, feature(THIRD, &bow_tie))])).broken(
        say!("the ring of parcel 3 crosses itself like a bow tie", "宗地 3 的边界自相交,呈蝴蝶结形"),
        ("parcels", "3"),
        "a ring crosses or touches itself",
    )
}

/// GeoJSON has no empty polygon that GDAL tells from none; WKT has.
pub(super) fn empty_geometry() -> Broken {
    let row = |id: u32| {
        let corners = square(30.0 * f64::from(id - 1)).map(|(x, y)| {
            let place = super::text::place(x, y);
            format!("{} {}", place.x, place.y)
        });
        format!("{id},commercial,\"POLYGON (({}))\"\n", corners.join(", "))
    };
    let text = format!("parcel,use,WKT\n{}{}3,commercial,POLYGON EMPTY\n{}", row(1), row(2), row(4));
    Sample {
        units: "source = \"parcels.csv\"\ncrs = \"EPSG:4547\"\nid = \"parcel\"\nuse = \"use\"\n",
        ..Sample::new(Code::EmptyGeometry)
    }
    .with("parcels.csv", text)
    .broken(
        say!("the polygon of parcel 3 has no coordinates", "宗地 3 的多边形没有坐标"),
        ("parcels", "3"),
        "the geometry has no coordinates",
    )
}

pub(super) fn null_geometry() -> Broken {
    Sample::new(Code::NullGeometry).with("parcels.geojson", parcels(&[(3, feature(THIRD, "null"))])).broken(
        say!("parcel 3 has no geometry", "宗地 3 没有几何"),
        ("parcels", "3"),
        "the feature has no geometry",
    )
}

pub(super) fn unclosed_ring() -> Broken {
    let open = polygon(&square(60.0)[..4]);
    Sample::new(Code::UnclosedRing).with("parcels.geojson", parcels(&[(3, feature(THIRD, &open))])).broken(
        say!("the ring of parcel 3 does not come back to its first point", "宗地 3 的边界没有回到起点"),
        ("parcels", "3"),
        "a ring was not closed",
    )
}

pub(super) fn height_dropped() -> Broken {
    let lifted = polygon(&square(60.0)).replace("], [", ", 45], [").replace("]]]", ", 45]]]");
    Sample::new(Code::HeightDropped).with("parcels.geojson", parcels(&[(3, feature(THIRD, &lifted))])).broken(
        say!("the points of parcel 3 carry heights", "宗地 3 的点带有高程"),
        ("parcels", ""),
        "heights or measures of 1 features were left out",
    )
}

pub(super) fn other_geometry_kind() -> Broken {
    let line = format!("{{\"type\": \"LineString\", \"coordinates\": {}}}", ring(&square(60.0)[..4]));
    Sample::new(Code::OtherGeometryKind).with("parcels.geojson", parcels(&[(3, feature(THIRD, &line))])).broken(
        say!("parcel 3 is drawn as a line", "宗地 3 画成了线"),
        ("parcels", "3"),
        "it is a line among polygons",
    )
}

pub(super) fn overlap() -> Broken {
    let moved = feature(THIRD, &polygon(&square(45.0)));
    Sample::new(Code::Overlap).with("parcels.geojson", parcels(&[(3, moved)])).broken(
        say!("parcels 2 and 3 share 5 m × 20 m", "宗地 2 与 3 重叠 5 m × 20 m"),
        ("parcels", "2"),
        "it shares 100.000 m² with 3",
    )
}

pub(super) fn sliver() -> Broken {
    let moved = feature(THIRD, &polygon(&square(49.9375)));
    Sample::new(Code::Sliver).with("parcels.geojson", parcels(&[(3, moved)])).broken(
        say!("parcels 2 and 3 share a strip of 6.25 cm", "宗地 2 与 3 重叠 6.25 cm 宽的一条"),
        ("parcels", "2"),
        "it shares 1.250 m² with 3",
    )
}

pub(super) fn outside_graded_area() -> Broken {
    let area = polygon(&[(-10.0, -10.0), (85.0, -10.0), (85.0, 30.0), (-10.0, 30.0), (-10.0, -10.0)]);
    let area = layer(&[feature("\"name\": \"graded area\"", &area)]);
    Sample { head: "graded_area = { source = \"graded_area.geojson\" }\n", ..Sample::new(Code::OutsideGradedArea) }
        .with("parcels.geojson", layer(&[parcel(1), parcel(2), parcel(3), parcel(4)]))
        .with("graded_area.geojson", area)
        .broken(
            say!("parcel 4 lies outside the graded area", "宗地 4 在定级范围之外"),
            ("parcels", "4"),
            "400.00 of its 400.00 m² lie outside",
        )
}

pub(super) fn slivers_joined() -> Broken {
    let area = polygon(&[(0.0, 0.0), (81.0, 0.0), (81.0, 20.0), (0.0, 20.0), (0.0, 0.0)]);
    let area = layer(&[feature("\"name\": \"graded area\"", &area)]);
    Sample {
        head: "graded_area = { source = \"graded_area.geojson\" }\n",
        units: "make = \"grid\"\nsize = 20\n",
        ..Sample::new(Code::SliversJoined)
    }
    .with("graded_area.geojson", area)
    .broken(
        say!("the graded area reaches 1 m into the last of the cells of 20 m", "定级范围伸入最后一个 20 m 网格仅 1 m"),
        ("units", ""),
        "pieces too small or too narrow that joined a neighbour: 1, 20.00 m² in all",
    )
}

pub(super) fn network_in_parts() -> Broken {
    const STOPS: &str = "kind = \"point\"\nsource = \"stops.geojson\"\ndistance = \"network\"\n\
                         levels = [{ radius = 500, score = 100 }]\n";
    let rest = "\n[network]\nsource = \"roads.geojson\"\n";
    let road = |name: &str, from: f64, to: f64, y: f64| {
        let line = format!("{{\"type\": \"LineString\", \"coordinates\": [{}, {}]}}", pair(from, y), pair(to, y));
        feature(&format!("\"name\": \"{name}\""), &line)
    };
    let roads = [road("main road", -10.0, 130.0, 30.0), road("lane", 60.0, 120.0, -40.0)];
    Sample { factor: STOPS, rest, ..Sample::new(Code::NetworkInParts) }.with("roads.geojson", layer(&roads)).broken(
        say!("the lane is not joined to the main road", "支路未与主干道连通"),
        ("roads", ""),
        "parts not joined to the main one (140 m): 1, 60 m in all",
    )
}

pub(super) fn barrier_doubt() -> Broken {
    const STOPS: &str = "kind = \"point\"\nsource = \"stops.geojson\"\nbarriers = [\"rail\"]\nattenuation = \"linear\"\n\
                         levels = [{ radius = 500, score = 100 }]\n";
    let rest = "\n[[barriers]]\nkey = \"rail\"\nsource = \"rail.geojson\"\n\
                crossings = { source = \"bridges.geojson\", label = \"name\", within = 20 }\n";
    let line =
        format!("{{\"type\": \"LineString\", \"coordinates\": [{}, {}]}}", pair(-10.0, 200.0), pair(130.0, 200.0));
    let point = format!("{{\"type\": \"Point\", \"coordinates\": {}}}", pair(60.0, 300.0));
    Sample { factor: STOPS, rest, ..Sample::new(Code::BarrierDoubt) }
        .with("rail.geojson", layer(&[feature("\"name\": \"rail\"", &line)]))
        .with("bridges.geojson", layer(&[feature("\"name\": \"bridge\"", &point)]))
        .broken(
            say!("the bridge lies 100 m off the railway", "通道距铁路 100 m"),
            ("bridges", "bridge"),
            "the crossing touches nothing of the barrier rail: nothing is crossed there",
        )
}
