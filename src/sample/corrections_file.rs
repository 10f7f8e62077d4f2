//! The correction system (修正体系) of the sample city: tables a parcel is valued by.

use super::City;
use super::corrections::USES;
use std::fmt::Write as _;

/// Costs of services in 元 per m² of land, by use in the order of [`USES`].
const COSTS: [(&str, [f64; 4]); 8] = [
    ("road", [42.0, 38.0, 30.0, 34.0]),
    ("power", [26.0, 22.0, 28.0, 22.0]),
    ("water", [18.0, 16.0, 20.0, 16.0]),
    ("drainage", [24.0, 22.0, 20.0, 20.0]),
    ("telecom", [12.0, 10.0, 8.0, 10.0]),
    ("gas", [20.0, 18.0, 16.0, 18.0]),
    ("heat", [32.0, 30.0, 24.0, 28.0]),
    ("levelled", [18.0, 16.0, 15.0, 16.0]),
];

/// Factors of a use: key, name, weight, what its five steps mean.
type FactorRow = (&'static str, &'static str, f64, [&'static str; 5]);

const STREETS: [&str; 5] = ["临主干道", "临次干道", "临支路", "距支路不足100米", "其他"];
const SHAPES: [&str; 5] = ["矩形", "近矩形", "较规则", "不规则", "很不规则"];
const SUPPLY: [&str; 5] = ["保证率98%以上", "95%—98%", "90%—95%", "85%—90%", "不足85%"];
const SURROUNDINGS: [&str; 5] = ["优美", "较好", "一般", "较差", "有污染"];
const CROWDS: [&str; 5] = ["很密集", "密集", "一般", "稀少", "很稀少"];
const CLUSTER: [&str; 5] = ["园区核心", "园区内", "园区边缘", "零散", "孤立"];

const FACTORS: [&[FactorRow]; 4] = [
    &[
        ("street", "临街状况", 0.35, STREETS),
        ("crowd", "人流密度", 0.35, CROWDS),
        ("form", "宗地形状", 0.15, SHAPES),
        ("supply", "基础设施保证率", 0.15, SUPPLY),
    ],
    &[
        ("street", "临街状况", 0.25, STREETS),
        ("surroundings", "周围环境", 0.4, SURROUNDINGS),
        ("form", "宗地形状", 0.15, SHAPES),
        ("supply", "基础设施保证率", 0.2, SUPPLY),
    ],
    &[
        ("street", "临街状况", 0.35, STREETS),
        ("cluster", "产业集聚程度", 0.35, CLUSTER),
        ("form", "宗地形状", 0.1, SHAPES),
        ("supply", "基础设施保证率", 0.2, SUPPLY),
    ],
    &[
        ("street", "临街状况", 0.3, STREETS),
        ("surroundings", "周围环境", 0.3, SURROUNDINGS),
        ("form", "宗地形状", 0.15, SHAPES),
        ("supply", "基础设施保证率", 0.25, SUPPLY),
    ],
];

/// How far factors move a price, percent up and down, by use.
const AMPLITUDES: [[f64; 2]; 4] = [[24.0, 22.0], [20.0, 18.0], [12.0, 12.0], [16.0, 16.0]];

impl City {
    /// The file `corrections.toml`.
    pub fn corrections_file(&self) -> String {
        let mut text = String::from(
            "# 样例市基准地价修正体系: the tables parcels are valued by; landgrade appraise reads them from the sealed release.\n\
             # Terms, rates and tables of plot ratios stand with the uses of project.toml.\n\
             decimals = 4               # coefficients are used as printed\n",
        );
        for (at, (key, name)) in USES.iter().enumerate() {
            let [up, down] = AMPLITUDES[at];
            let _ = write!(
                text,
                "\n[[uses]]\nkey = \"{key}\"          # {name}\ndevelopment_order = \"after-all\"\n\
                 \n[[uses.amplitude]]         # 修正幅度, %\nup = {up:.1}\ndown = {down:.1}\n"
            );
            for (key, name, weight, [best, better, fair, worse, worst]) in FACTORS[at] {
                let _ = write!(
                    text,
                    "\n[[uses.factors]]\nkey = \"{key}\"\nname = \"{name}\"\nweight = {weight}\n\
                     conditions = {{ best = \"{best}\", better = \"{better}\", fair = \"{fair}\", worse = \"{worse}\", worst = \"{worst}\" }}\n"
                );
                if *key == "supply" {
                    text.push_str(
                        "at_least = { best = 98, better = 95, fair = 90, worse = 85 }   # or the rate itself, %\n",
                    );
                }
            }
            text.push_str("\n[uses.development]         # 开发程度, 元/㎡\ncosts = { ");
            let costs: Vec<String> =
                COSTS.iter().map(|(service, costs)| format!("{service} = {:.0}", costs[at])).collect();
            let _ = writeln!(text, "{} }}", costs.join(", "));
            if at == 0 {
                text.push_str(
                    "\n[[uses.tables]]\nkey = \"width\"\nname = \"临街宽度\"          # m\nrows = [[4, 0.92], [8, 1], [12, 1.04], [20, 1.08]]\n\
                     \n[[uses.tables]]\nkey = \"corner\"\nname = \"街角地\"\nclasses = { \"一面临街\" = 1, \"两面临街\" = 1.08, \"三面临街\" = 1.12 }\n",
                );
            }
            if at == 1 {
                text.push_str(
                    "\n[[uses.tables]]\nkey = \"area\"\nname = \"宗地面积\"          # m²\nrows = [[500, 0.95], [2000, 1], [20000, 1.03]]\n",
                );
            }
        }
        text
    }
}
