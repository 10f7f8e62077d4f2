//! Factor layers and sample tables with values, systems or units at fault.

use super::Broken;
use super::text::{PRICES, Sample, feature, layer, layer_in, pair, polygon, samples_of};
use crate::ingest::finding::Code;
use crate::say;

/// Zones with a score, beside which a default stands.
const SCORED: &str = "kind = \"area\"\nsource = \"zones.geojson\"\nscore = \"score\"\ndefault = 40\n";
const CATEGORISED: &str = "kind = \"area\"\nsource = \"zones.geojson\"\ncategory = \"kind\"\ncategories = { centre = 100, edge = 60 }\ndefault = 40\n";

/// Two zones: parcel 1, and parcels 2 and 3.
fn zones(first: &str, second: &str) -> String {
    let zone = |from: f64, to: f64| polygon(&[(from, -5.0), (to, -5.0), (to, 25.0), (from, 25.0), (from, -5.0)]);
    layer(&[feature(first, &zone(-5.0, 25.0)), feature(second, &zone(25.0, 85.0))])
}

pub(super) fn missing_value() -> Broken {
    Sample { factor: SCORED, ..Sample::new(Code::MissingValue) }
        .with("zones.geojson", zones("\"score\": 90", "\"score\": null"))
        .broken(say!("the second zone has no score", "第二个区没有分值"), ("zones", "#1"), "score has no value")
}

pub(super) fn out_of_range() -> Broken {
    let rest = concat!(
        "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\nid = \"id\"\n",
        "price = \"price\"\nunit = \"元/㎡\"\nplot_ratio = \"plot_ratio\"\nx = \"x\"\ny = \"y\"\n"
    );
    let table =
        "id,price,plot_ratio,x,y\nS1,2000,2.0,500010,3300010\nS2,2100,180,500040,3300010\nS3,1200,1.5,500070,3300010\n";
    Sample { rest, ..Sample::new(Code::OutOfRange) }.with("samples.csv", table).broken(
        say!("the plot ratio of sample S2 lacks its decimal point", "样点 S2 的容积率漏写小数点"),
        ("samples", "S2"),
        "plot_ratio is 180, not between 0.001 and 100",
    )
}

pub(super) fn number_in_text() -> Broken {
    let table =
        samples_of(&[("S1,commercial,2000", 10.0), ("S2,commercial,140万元/亩", 40.0), ("S3,commercial,1200", 70.0)]);
    Sample { rest: PRICES, ..Sample::new(Code::NumberInText) }.with("samples.csv", table).broken(
        say!("the price of sample S2 is typed with its unit", "样点 S2 的价格连单位一起填写"),
        ("samples", "S2"),
        "price is the text \"140万元/亩\", read as 2100",
    )
}

pub(super) fn not_a_number() -> Broken {
    let table = samples_of(&[("S1,commercial,2000", 10.0), ("S2,commercial,面议", 40.0), ("S3,commercial,1200", 70.0)]);
    Sample { rest: PRICES, ..Sample::new(Code::NotANumber) }.with("samples.csv", table).broken(
        say!("the price of sample S2 is a word (\"negotiable\")", "样点 S2 的价格写作「面议」"),
        ("samples", "S2"),
        "price is \"面议\"",
    )
}

/// Prices in a layer of points.
const POINT_PRICES: &str = "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"sales.geojson\"\nid = \"id\"\n\
                            use = \"use\"\nprice = \"price\"\nunit = \"元/㎡\"\n";

pub(super) fn several_points() -> Broken {
    let sale = |id: &str, price: u32, geometry: String| {
        feature(&format!("\"id\": \"{id}\", \"use\": \"commercial\", \"price\": {price}"), &geometry)
    };
    let point = |x: f64| format!("{{\"type\": \"Point\", \"coordinates\": {}}}", pair(x, 10.0));
    let two = format!("{{\"type\": \"MultiPoint\", \"coordinates\": [{}, {}]}}", pair(40.0, 10.0), pair(100.0, 10.0));
    let sales = [sale("S1", 2000, point(10.0)), sale("S2", 2100, two), sale("S3", 1200, point(70.0))];
    Sample { rest: POINT_PRICES, ..Sample::new(Code::SeveralPoints) }.with("sales.geojson", layer(&sales)).broken(
        say!("sample S2 lies in two places, parcels 2 and 4", "样点 S2 有两个点,分别在宗地 2 和 4"),
        ("sales", "S2"),
        "its geometry has 2 points",
    )
}

pub(super) fn duplicate_sale() -> Broken {
    let table = samples_of(&[
        ("S1,commercial,2000", 10.0),
        ("S2,commercial,2100", 40.0),
        ("S3,commercial,1200", 70.0),
        ("S4,commercial,1200", 70.0),
    ]);
    Sample { rest: PRICES, ..Sample::new(Code::DuplicateSale) }.with("samples.csv", table).broken(
        say!("one sale is there as S3 and as S4", "同一交易以 S3 和 S4 两个编号出现"),
        ("samples", "S4"),
        "it has the place, price and use of S3",
    )
}

pub(super) fn unmapped_category() -> Broken {
    Sample { factor: CATEGORISED, ..Sample::new(Code::UnmappedCategory) }
        .with("zones.geojson", zones("\"kind\": \"centre\"", "\"kind\": \"harbour\""))
        .broken(
            say!("the second zone is of a kind that the project gives no score", "第二个区的类别在项目文件中没有分值"),
            ("zones", "#1"),
            "kind is \"harbour\", which has no score",
        )
}

pub(super) fn unlisted_level() -> Broken {
    const STOPS: &str = "kind = \"point\"\nsource = \"stops.geojson\"\nlevel_field = \"kind\"\n\
                         levels = [{ level = \"bus\", radius = 500, score = 100 }]\n";
    let stop = |kind: &str, x: f64| {
        let place = super::text::pair(x, 10.0);
        feature(&format!("\"kind\": \"{kind}\""), &format!("{{\"type\": \"Point\", \"coordinates\": {place}}}"))
    };
    Sample { factor: STOPS, ..Sample::new(Code::UnlistedLevel) }
        .with("stops.geojson", layer_in(Some(4547), &[stop("bus", 10.0), stop("metro", 100.0)]))
        .broken(
            say!("one stop is of a kind that the factor does not list", "有一个站点的类型未在因素的 levels 中列出"),
            ("stops", ""),
            "kind \"metro\" is no level of factor factor; features without influence: 1",
        )
}

pub(super) fn crs_transformed() -> Broken {
    // 114° 0' 0.37" E, 29° 48' 57" N: a few metres from parcel 1.
    let stop = feature("\"name\": \"stop\"", "{\"type\": \"Point\", \"coordinates\": [114.000103, 29.815908]}");
    Sample::new(Code::CrsTransformed).with("stops.geojson", layer_in(None, &[stop])).broken(
        say!("the bus stop is in longitude and latitude", "公交站点为经纬度坐标"),
        ("stops", ""),
        "transformed from EPSG:4326 (WGS 84) to EPSG:4547",
    )
}

pub(super) fn crs_override() -> Broken {
    let features: Vec<String> = (1..=4).map(super::text::parcel).collect();
    Sample {
        units: "source = \"parcels.geojson\"\ncrs = \"EPSG:4547\"\nid = \"parcel\"\nuse = \"use\"\n",
        ..Sample::new(Code::CrsOverride)
    }
    .with("parcels.geojson", layer_in(Some(4548), &features))
    .broken(
        say!(
            "the parcels' file says it is in the zone of 117° E, the project file that of 114° E",
            "宗地文件标为 117° 带,项目文件指定 114° 带"
        ),
        ("parcels", ""),
        "the file says EPSG:4548, the project file EPSG:4547",
    )
}

pub(super) fn distorted_crs() -> Broken {
    // 114.000° E, 29.816° N in Web Mercator, where a parcel of 20 m is drawn 23 m wide.
    let pair = |(x, y): (f64, f64)| format!("[{}, {}]", 12_690_400.0 + x, 3_480_000.0 + y);
    let parcel = |id: u32| {
        let corners = super::text::square(30.0 * f64::from(id - 1)).map(pair).join(", ");
        let polygon = format!("{{\"type\": \"Polygon\", \"coordinates\": [[{corners}]]}}");
        feature(&format!("\"parcel\": {id}, \"use\": \"commercial\""), &polygon)
    };
    let stop = format!("{{\"type\": \"Point\", \"coordinates\": {}}}", pair((10.0, 10.0)));
    Sample { crs: 3857, ..Sample::new(Code::DistortedCrs) }
        .with("parcels.geojson", layer_in(Some(3857), &(1..=4).map(parcel).collect::<Vec<_>>()))
        .with("stops.geojson", layer_in(Some(3857), &[feature("\"name\": \"stop\"", &stop)]))
        .broken(
            say!(
                "the project is in Web Mercator, whose metres are those of the equator",
                "项目采用 Web 墨卡托投影,其长度仅在赤道为真"
            ),
            ("parcels", ""),
            "in the middle of the units a length in EPSG:3857 is 115.2 % of the true one along x and 115.7 % along y, \
             an area 133.3 %: take the zone of the data, such as EPSG:4547 (CGCS2000 / 3-degree Gauss-Kruger CM 114E)",
        )
}

pub(super) fn unit_converted() -> Broken {
    let rest = concat!(
        "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\nid = \"id\"\n",
        "price = \"price\"\nunit = \"万元/亩\"\nx = \"x\"\ny = \"y\"\n"
    );
    let table = "id,price,x,y\nS1,140,500010,3300010\nS3,80,500070,3300010\n";
    Sample { rest, ..Sample::new(Code::UnitConverted) }.with("samples.csv", table).broken(
        say!("prices are in 万元/亩", "价格以万元/亩计"),
        ("samples", ""),
        "prices × 15 = 元/㎡",
    )
}

pub(super) fn empty_layer() -> Broken {
    Sample::new(Code::EmptyLayer).with("stops.geojson", layer(&[])).broken(
        say!("the layer of bus stops has no features", "公交站点图层没有要素"),
        ("stops", ""),
        "the layer has no features",
    )
}
