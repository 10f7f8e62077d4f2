//! Samples whose prices follow from transactions, or whose cells need reading.

use super::text::Sample;
use super::{Broken, SeenWith};
use crate::ingest::finding::Code;
use crate::say;

/// As [`DEALS`], with a price beside the figures.
const PRICED_DEALS: &str = "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\n\
    id = \"id\"\nuse = \"use\"\ntype = \"type\"\nprice = \"price\"\nunit = \"元/㎡\"\nx = \"x\"\ny = \"y\"\n\n\
    [prices.samples.figures]\ntotal_price = { field = \"total\", unit = \"元\" }\n\
    land_area = { field = \"area\", unit = \"㎡\" }\n";

/// The start of a project that derives its prices.
const DEALS: &str = "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\n\
    id = \"id\"\nuse = \"use\"\ntype = \"type\"\nx = \"x\"\ny = \"y\"\n\n[prices.samples.figures]\n\
    total_price = { field = \"total\", unit = \"元\" }\nland_area = { field = \"area\", unit = \"㎡\" }\n";

const DATED: &str = "\n[prices]\noutliers = \"none\"\nbase_quarter = \"2024Q1\"\n\n[prices.index_table]\n\"2024Q1\" = [100]\n\n\
    [prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\nid = \"id\"\nuse = \"use\"\nprice = \"price\"\n\
    unit = \"元/㎡\"\ndate = \"date\"\nx = \"x\"\ny = \"y\"\n";

const BLANKS: &str = "\n[prices]\noutliers = \"none\"\n\n[prices.samples]\nsource = \"samples.csv\"\ncrs = \"EPSG:4547\"\n\
    id = \"id\"\nuse = \"use\"\nprice = \"price\"\nunit = \"元/㎡\"\narea = { field = \"area\", unit = \"㎡\" }\nblanks = [\"0\"]\nx = \"x\"\ny = \"y\"\n";

fn deals(third: &str) -> String {
    format!(
        "id,use,type,total,area,x,y\nS1,commercial,出让,2000000,1000,500010,3300010\n\
         S2,commercial,转让,2100000,1000,500040,3300010\n{third},500070,3300010\n"
    )
}

pub(super) fn unknown_transaction() -> Broken {
    let table = deals("S3,commercial,赠与,1200000,1000");
    Sample { rest: DEALS, ..Sample::new(Code::UnknownTransaction) }.with("samples.csv", table).broken(
        say!("sample S3 is a gift", "样点 S3 为赠与"),
        ("samples", "S3"),
        "its type is \"赠与\", none of the known sales and leases of land",
    )
}

pub(super) fn not_derived() -> Broken {
    let table = deals("S3,commercial,出让,1200000,");
    Sample { rest: DEALS, ..Sample::new(Code::NotDerived) }.with("samples.csv", table).broken(
        say!("nothing tells the area of sample S3", "样点 S3 没有面积"),
        ("samples", "S3"),
        "grant: land_area missing",
    )
}

pub(super) fn cells_disagree() -> Broken {
    let table = "id,use,type,price,total,area,x,y\nS1,commercial,出让,2000,2000000,1000,500010,3300010\n\
                 S2,commercial,转让,2100,2100000,1000,500040,3300010\nS3,commercial,转让,1200,1500000,1000,500070,3300010\n";
    Sample { rest: PRICED_DEALS, ..Sample::new(Code::CellsDisagree) }.with("samples.csv", table).broken(
        say!("the total and the area of sample S3 give another price than its own", "样点 S3 的总价与面积和单价不符"),
        ("samples", "S3"),
        "its price is 1200.00 元/㎡, its figures give 1500.00 元/㎡: the price counts",
    )
}

pub(super) fn date_converted() -> Broken {
    let table = "id,use,price,date,x,y\nS1,commercial,2000,2024-02-01,500010,3300010\n\
                 S2,commercial,2100,2024-02-02,500040,3300010\nS3,commercial,1200,民国113年2月3日,500070,3300010\n";
    Sample { rest: DATED, ..Sample::new(Code::DateConverted) }.with("samples.csv", table).broken(
        say!("the date of sample S3 counts the years of the Republic", "样点 S3 的日期为民国纪年"),
        ("samples", "S3"),
        "\"民国113年2月3日\" is read as 2024-02-03",
    )
}

pub(super) fn taken_as_blank() -> Broken {
    let table = "id,use,price,area,x,y\nS1,commercial,2000,300,500010,3300010\nS2,commercial,2100,0,500040,3300010\n\
                 S3,commercial,1200,250,500070,3300010\n";
    Sample { rest: BLANKS, ..Sample::new(Code::TakenAsBlank) }.with("samples.csv", table).broken(
        say!("the area of sample S2 is a 0 that means there is none", "样点 S2 的面积以 0 表示无值"),
        ("samples", "S2"),
        "area is \"0\", taken as no value",
    )
}

pub(super) fn uneven_row() -> Broken {
    let table = deals("S3,commercial,转让,1,200,000,1000");
    Sample { rest: DEALS, ..Sample::new(Code::UnevenRow) }.with("samples.csv", table).broken(
        say!("the total of sample S3 has commas and no quotes", "样点 S3 的总价含逗号而未加引号"),
        ("samples", "line 4"),
        "the line has 9 cells, the header 7: put text that holds the separator between double quotes",
    )
}

pub(super) fn few_samples() -> Broken {
    let table = super::text::samples_of(&[
        ("S1,commercial,1500", 10.0),
        ("S2,commercial,2600", 40.0),
        ("S3,commercial,1200", 70.0),
        ("S4,commercial,1100", 100.0),
    ]);
    let sample = Sample { rest: super::text::PRICES, ..Sample::new(Code::FewSamples) };
    let broken = sample.with("samples.csv", table).broken(
        say!("the two samples of grade 1 are far apart", "1级的两个样点价格相差很大"),
        ("prices", ""),
        "commercial: grade 1 has 2 samples with a coefficient of variation of 37.9 %; a mean within 10 % at 95 % asks for 56",
    );
    Broken { seen_with: SeenWith::DryRun, ..broken }
}
