//! Samples that do not fit the units, and prices at fault, most of which only pricing sees.

use super::text::{PRICES, Sample, feature, parcels, polygon, samples_of, square};
use super::{Broken, SeenWith};
use crate::ingest::finding::Code;
use crate::say;

/// As [`PRICES`], empty grades filled.
const FILLED: &str = "\n[prices]\noutliers = \"none\"\nfill = \"nearest-grade\"\n\n[prices.samples]\nsource = \"samples.csv\"\n\
                      crs = \"EPSG:4547\"\nid = \"id\"\nuse = \"use\"\nprice = \"price\"\nunit = \"元/㎡\"\nx = \"x\"\ny = \"y\"\n";

fn priced(broken: Broken) -> Broken {
    Broken { seen_with: SeenWith::DryRun, ..broken }
}

pub(super) fn sample_outside() -> Broken {
    let table = samples_of(&[("S1,commercial,2000", 10.0), ("S2,commercial,2100", 25.0), ("S3,commercial,1200", 70.0)]);
    Sample { rest: PRICES, ..Sample::new(Code::SampleOutside) }.with("samples.csv", table).broken(
        say!("sample S2 lies in the street between parcels 1 and 2", "样点 S2 位于宗地 1 与 2 之间的街道上"),
        ("samples", "S2"),
        "the sample lies in no unit",
    )
}

pub(super) fn sample_use_mismatch() -> Broken {
    let uses = "\n[[uses]]\nkey = \"residential\"\ngrades = 1\nweights = { factor = 1.0 }\n\
                price = { term = 70, rate = 0.05, plot_ratio = 1.6 }\n";
    let homes = feature("\"parcel\": 4, \"use\": \"residential\"", &polygon(&square(90.0)));
    let table = samples_of(&[
        ("S1,commercial,2000", 10.0),
        ("S2,commercial,1200", 70.0),
        ("S3,commercial,1100", 100.0),
        ("S4,residential,900", 105.0),
    ]);
    let sample = Sample { uses, rest: PRICES, ..Sample::new(Code::SampleUseMismatch) };
    sample.with("parcels.geojson", parcels(&[(4, homes)])).with("samples.csv", table).broken(
        say!("sample S3 is commercial, parcel 4 under it residential", "样点 S3 为商业,所在宗地 4 为住宅"),
        ("samples", "S3"),
        "a sample of commercial on unit 4 of residential",
    )
}

pub(super) fn samples_lost() -> Broken {
    let table = "id,use,price,x,y\nS1,commercial,2000,3300010,500010\nS2,commercial,2100,3300010,500040\n\
                 S3,commercial,1200,3300010,500070\n";
    let sample = Sample { rest: PRICES, ..Sample::new(Code::SamplesLost) }.with("samples.csv", table).broken(
        say!("x and y of all samples are exchanged", "全部样点的 x、y 颠倒"),
        ("samples", ""),
        "none of the 3 samples of commercial lies in a unit of its use: x and y look exchanged",
    );
    Broken { beside: Some(Code::SampleOutside), ..sample }
}

pub(super) fn grade_without_samples() -> Broken {
    let table = samples_of(&[("S1,commercial,2000", 10.0), ("S2,commercial,2100", 40.0)]);
    priced(Sample { rest: FILLED, ..Sample::new(Code::GradeWithoutSamples) }.with("samples.csv", table).broken(
        say!("no sample lies in grade 2 (parcels 3 and 4)", "2级(宗地 3、4)没有样点"),
        ("prices", ""),
        "commercial: grade 2 has no usable sale: the price of grade 1",
    ))
}

pub(super) fn grade_of_one_sample() -> Broken {
    let table = samples_of(&[("S1,commercial,2000", 10.0), ("S2,commercial,2100", 40.0), ("S3,commercial,1200", 70.0)]);
    priced(Sample { rest: PRICES, ..Sample::new(Code::GradeOfOneSample) }.with("samples.csv", table).broken(
        say!("one sample lies in grade 2 (parcels 3 and 4)", "2级(宗地 3、4)只有一个样点"),
        ("prices", ""),
        "commercial: grade 2 rests on one sample, S3",
    ))
}

/// Two more factors of the stops, and as [`PRICES`].
const JUDGED: &str = "\n[[factors]]\nkey = \"second\"\nkind = \"point\"\nsource = \"stops.geojson\"\nattenuation = \"linear\"\n\
    levels = [{ radius = 500, score = 100 }]\n\n[[factors]]\nkey = \"third\"\nkind = \"point\"\nsource = \"stops.geojson\"\n\
    attenuation = \"linear\"\nlevels = [{ radius = 500, score = 100 }]\n\n[prices]\noutliers = \"none\"\n\n[prices.samples]\n\
    source = \"samples.csv\"\ncrs = \"EPSG:4547\"\nid = \"id\"\nuse = \"use\"\nprice = \"price\"\nunit = \"元/㎡\"\nx = \"x\"\ny = \"y\"\n";

/// Each factor nine times the next, in a circle: λmax = 1 + 9 + 1/9, CI = (λmax − 3)/2.
pub(super) fn inconsistent_judgements() -> Broken {
    let weights = "{ ahp = [\"factor\", \"second\", \"third\"], matrix = [[1, 9, 0.1111111111111111], \
                   [0.1111111111111111, 1, 9], [9, 0.1111111111111111, 1]], accept_inconsistent = \"reviewed\" }";
    let table = samples_of(&[
        ("S1,commercial,2000", 10.0),
        ("S2,commercial,2100", 40.0),
        ("S3,commercial,1200", 70.0),
        ("S4,commercial,1100", 100.0),
    ]);
    let judged = Sample { rest: JUDGED, weights, ..Sample::new(Code::InconsistentJudgements) };
    priced(judged.with("samples.csv", table).broken(
        say!("three factors are judged in a circle, each nine times the next", "三个因素两两判断成环,各为下一个的九倍"),
        ("weights", ""),
        "commercial: AHP by eigenvector: λmax 10.1111, CI 3.5556, RI 0.58, CR 6.1303, 0.1 or more, accepted because: reviewed",
    ))
}

/// The samples of [`PRICES`] with a plot ratio each.
const RATIOS: &str = "id,use,price,ratio,x,y\nS1,commercial,2000,2,500010,3300010\nS2,commercial,2100,2,500040,3300010\n\
                      S3,commercial,1200,2,500070,3300010\nS4,commercial,1100,2,500100,3300010\n";
const PRICES_BY_RATIO: &str = "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"samples.csv\"\n\
    crs = \"EPSG:4547\"\nid = \"id\"\nuse = \"use\"\nprice = \"price\"\nplot_ratio = \"ratio\"\nunit = \"元/㎡\"\nx = \"x\"\ny = \"y\"\n";

pub(super) fn not_corrected() -> Broken {
    priced(Sample { rest: PRICES_BY_RATIO, ..Sample::new(Code::NotCorrected) }.with("samples.csv", RATIOS).broken(
        say!(
            "samples tell a plot ratio, but the use has no plot_ratio_table",
            "样点有容积率,但用途没有 plot_ratio_table"
        ),
        ("samples", ""),
        "commercial has no plot_ratio_table: its samples are not corrected for their plot ratio",
    ))
}

pub(super) fn odd_table() -> Broken {
    Sample {
        rest: PRICES_BY_RATIO,
        table: ", plot_ratio_table = [[1, 0.8], [2, 1.0], [3, 0.9]]",
        ..Sample::new(Code::OddTable)
    }
    .with("samples.csv", RATIOS)
    .broken(
        say!("the coefficient at plot ratio 3 is below the one at 2", "容积率 3 的系数低于容积率 2 的系数"),
        ("prices", ""),
        "commercial: the coefficient falls at plot ratio 3",
    )
}

pub(super) fn price_order() -> Broken {
    let table = samples_of(&[
        ("S1,commercial,1000", 10.0),
        ("S2,commercial,1100", 40.0),
        ("S3,commercial,1900", 70.0),
        ("S4,commercial,2000", 100.0),
    ]);
    priced(Sample { rest: PRICES, ..Sample::new(Code::PriceOrder) }.with("samples.csv", table).broken(
        say!("samples near the stop (grade 1) are cheaper than those far from it", "靠近站点(1级)的样点价格低于远处"),
        ("prices", ""),
        "commercial: grade 1 costs 1050 元/㎡, grade 2 1950 元/㎡",
    ))
}

pub(super) fn odd_ratio() -> Broken {
    let table = samples_of(&[
        ("S1,commercial,2000", 10.0),
        ("S2,commercial,2100", 40.0),
        ("S3,commercial,600", 70.0),
        ("S4,commercial,580", 100.0),
    ]);
    priced(Sample { rest: PRICES, ..Sample::new(Code::OddRatio) }.with("samples.csv", table).broken(
        say!("grade 1 is more than three times as dear as grade 2", "1级地价超过2级的三倍"),
        ("prices", ""),
        "commercial: the price of grade 1 is 3.475 times that of grade 2, outside 1.1 to 2",
    ))
}

/// As [`PRICES`], with areas that have prices of their own.
const AREAS: &str = "\n[prices]\noutliers = \"none\"\n\n[prices.areas]\nsource = \"areas.geojson\"\nid = \"area\"\nleast_samples = 2\n\n[prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\n\
                     id = \"id\"\nuse = \"use\"\nprice = \"price\"\nunit = \"元/㎡\"\nx = \"x\"\ny = \"y\"\n";

pub(super) fn thin_place() -> Broken {
    let area = feature("\"area\": \"Q1\"", &polygon(&square(30.0)));
    let sample = Sample { rest: AREAS, ..Sample::new(Code::ThinPlace) };
    priced(sample.with("areas.geojson", super::text::layer(&[area])).broken(
        say!(
            "one sample lies in the area Q1 (parcel 2), where two are asked for",
            "区片 Q1(宗地 2)只有一个样点,要求两个"
        ),
        ("areas", "Q1"),
        "commercial: 1 samples (fewer than 2): the price of grade I stands",
    ))
}

pub(super) fn zero_price() -> Broken {
    let table = samples_of(&[
        ("S1,commercial,2000", 10.0),
        ("S2,commercial,2100", 40.0),
        ("S3,commercial,0.12", 70.0),
        ("S4,commercial,0.11", 100.0),
    ]);
    priced(Sample { rest: PRICES, ..Sample::new(Code::ZeroPrice) }.with("samples.csv", table).broken(
        say!("the prices of S3 and S4 were typed in 万元 instead of 元", "样点 S3、S4 的价格误以万元填写"),
        ("prices", ""),
        "commercial: the price of grade 2 rounds to 0 (to multiples of 1 元/㎡)",
    ))
}
