//! 综合定级 of a year of the sample city: units made by quadtree, two layers of weights, barriers, network distances, the rules.

use super::project_file::FACTORS;
use super::{City, Year};
use std::fmt::Write as _;

/// The factors of the composite grading: key, group, which factor of the standard it is, and how its distances are measured.
const MEMBERS: [(&str, &str, &str, &str); 11] = [
    ("shangfu", "fanhua", "commercial_prosperity", "barriers = [\"river\"]\n"),
    ("daolu", "jiaotong", "road_accessibility", ""),
    ("gongjiao", "jiaotong", "bus_convenience", ""),
    ("duiwai", "jiaotong", "external_transport", "barriers = [\"river\"]\n"),
    ("xuexiao", "sheshi", "public_facilities", "distance = \"network\"                  # along the roads\n"),
    ("yiyuan", "sheshi", "public_facilities", "distance = \"network\"\n"),
    ("gongyuan", "huanjing_z", "green_space", ""),
    ("huanjing", "huanjing_z", "environment_quality", ""),
    ("hongshui", "huanjing_z", "natural_conditions", ""),
    ("podu", "huanjing_z", "natural_conditions", ""),
    ("guihua", "qita", "planning", ""),
];

const BEFORE: &str = r#"
[units]                    # 定级单元: cells, split where they are uneven (动态网格法); they tile the graded area
make = "quadtree"
largest = 400
smallest = 50

[rules]                    # held against the rules of GB/T 18507; landgrade check lists what breaks them

[[uses]]
key = "composite"
name = "综合定级"
scheme = "composite"
grades = 6
breaks = { method = "natural", reason = "方差拟合优度最高" }

[uses.weights]             # 因素 by AHP, 因子 inside each given
ahp = ["fanhua", "jiaotong", "sheshi", "huanjing_z", "qita"]
matrix = [
    [1, 1.5, 2, 3, 5],
    [0.6666666666666666, 1, 1.5, 2, 4],
    [0.5, 0.6666666666666666, 1, 1.5, 3],
    [0.3333333333333333, 0.5, 0.6666666666666666, 1, 2],
    [0.2, 0.25, 0.3333333333333333, 0.5, 1],
]

[uses.weights.inside]
jiaotong = { daolu = 0.45, gongjiao = 0.3, duiwai = 0.25 }
sheshi = { xuexiao = 0.6, yiyuan = 0.4 }
huanjing_z = { gongyuan = 0.35, huanjing = 0.35, hongshui = 0.2, podu = 0.1 }

[[groups]]
key = "fanhua"
name = "繁华程度"

[[groups]]
key = "jiaotong"
name = "交通条件"

[[groups]]
key = "sheshi"
name = "基本设施"

[[groups]]
key = "huanjing_z"
name = "环境条件"

[[groups]]
key = "qita"
name = "其他"

[[barriers]]               # 阻隔: distances go round the river, over its bridges
key = "river"
name = "河流"
source = "city.gpkg"
layer = "river"
crossings = { source = "city.gpkg", layer = "bridges", within = 80, label = "mc" }

[network]                  # 路网: what `distance = "network"` is measured along
source = "city.gpkg"
layer = "roads"
"#;

const AFTER: &str = r#"
[grading]                  # patches below this many m² go over to a neighbour; areas are summed by district
smallest_area = 10000
districts = { source = "city.gpkg", layer = "districts", name = "xzqmc" }
"#;

impl City {
    /// The project file of the composite grading, for the same layers as [`City::project_file`].
    pub fn composite_file(&self, year: &Year) -> String {
        let year = year.year;
        let mut text = format!(
            "# 样例市 {year}, 综合定级: no parcels are needed, the program makes the units; every key is described in docs/project-file.md.\n\n\
             [project]\nname = \"样例市综合定级 {year}\"\ncrs = \"EPSG:4547\"\ncity_size = \"medium\"\n\
             graded_area = {{ source = \"city.gpkg\", layer = \"graded_area\" }}\n"
        );
        text.push_str(BEFORE);
        for block in FACTORS.split("\n[[factors]]\n").skip(1) {
            let own = |(key, ..): &&(&str, &str, &str, &str)| block.starts_with(&format!("key = \"{key}\"\n"));
            let Some((key, group, standard, distance)) = MEMBERS.iter().find(own) else { continue };
            let rest = block.trim_end().split_once('\n').map_or("", |(_, rest)| rest);
            let _ = write!(
                text,
                "\n[[factors]]\nkey = \"{key}\"\ngroup = \"{group}\"\nstandard = \"{standard}\"\n{distance}{rest}\n"
            );
        }
        text.push_str(AFTER);
        let _ = write!(text, "\n[release]\nfolder = \"../releases\"\nname = \"composite-{year}\"\n");
        text
    }
}
