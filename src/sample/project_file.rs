//! The project file of a year of the sample city.

use super::{City, USES, Year};
use std::fmt::Write as _;

/// The factors: key, and the weight for each use (commercial, residential, industrial, public).
const WEIGHTS: [(&str, [f64; 4]); 13] = [
    ("shangfu", [0.40, 0.0, 0.0, 0.10]),
    ("shangfu_x", [0.0, 0.16, 0.0, 0.0]),
    ("daolu", [0.14, 0.10, 0.26, 0.12]),
    ("gongjiao", [0.08, 0.10, 0.05, 0.10]),
    ("duiwai", [0.12, 0.08, 0.20, 0.10]),
    ("xuexiao", [0.02, 0.12, 0.02, 0.12]),
    ("yiyuan", [0.03, 0.08, 0.02, 0.12]),
    ("gongyuan", [0.04, 0.08, 0.0, 0.07]),
    ("heliu", [0.02, 0.05, 0.0, 0.04]),
    ("guihua", [0.10, 0.09, 0.25, 0.11]),
    ("hongshui", [0.02, 0.05, 0.08, 0.04]),
    ("huanjing", [0.02, 0.07, 0.04, 0.05]),
    ("podu", [0.01, 0.02, 0.08, 0.03]),
];

const GRADES: [u8; 4] = [6, 5, 4, 4];

pub(super) const FACTORS: &str = r#"
# ---- Factors (定级因素). Radii in metres, scores 0–100; weights stand with the uses above. ----

[[factors]]
key = "shangfu"
name = "商服繁华影响度(指数)"
kind = "centre"                       # function layers: a centre carries its own and all lower functions
source = "city.gpkg"
layer = "centres"
label = "mc"
attenuation = "exponential"           # commercial grading: f^(1 - d/D)
level_field = "jb"
levels = [
    { level = 1, name = "市级", radius = 6000, score = 100 },
    { level = 2, name = "区级", radius = 2500, score = 60 },
    { level = 3, name = "小区级", radius = 1000, score = 25 },
]

[[factors]]
key = "shangfu_x"
name = "商服繁华影响度(直线)"
kind = "centre"
source = "city.gpkg"
layer = "centres"
label = "mc"
attenuation = "linear"                # residential grading: f·(1 - d/D)
level_field = "jb"
levels = [
    { level = 1, name = "市级", radius = 6000, score = 100 },
    { level = 2, name = "区级", radius = 2500, score = 60 },
    { level = 3, name = "小区级", radius = 1000, score = 25 },
]

[[factors]]
key = "daolu"
name = "道路通达度"
kind = "line"                         # the best class counts; distance from the road's edge
source = "city.gpkg"
layer = "roads"
label = "mc"
attenuation = "linear"
level_field = "lx"
levels = [
    { level = "快速路", radius = 800, score = 70, half_width = 20 },
    { level = "主干道", radius = 1000, score = 100, half_width = 14 },
    { level = "次干道", radius = 600, score = 75, half_width = 9 },
    { level = "支路", radius = 300, score = 50, half_width = 5 },
]

[[factors]]
key = "gongjiao"
name = "公交便捷度"
kind = "point"
source = "city.gpkg"
layer = "bus_stops"
label = "mc"
attenuation = "linear"
scale = "guimo"
levels = [{ radius = 500, score = 100 }]

[[factors]]
key = "duiwai"
name = "对外交通便利度"
kind = "point"                        # the best station of each type; types add up
source = "city.gpkg"
layer = "stations"
label = "mc"
attenuation = "linear"
scale = "guimo"
level_field = "lx"
levels = [
    { level = "地铁站", radius = 1200, score = 40 },
    { level = "火车站", radius = 5000, score = 35 },
    { level = "汽车站", radius = 3000, score = 25 },
]

[[factors]]
key = "xuexiao"
name = "学校便利度"
kind = "point"
source = "city.gpkg"
layer = "schools"
label = "mc"
attenuation = "linear"
scale = "guimo"
level_field = "lx"
levels = [{ level = "小学", radius = 800, score = 45 }, { level = "中学", radius = 1500, score = 55 }]

[[factors]]
key = "yiyuan"
name = "医院便利度"
kind = "point"
source = "city.gpkg"
layer = "hospitals"
label = "mc"
attenuation = "linear"
scale = "guimo"
levels = [{ radius = 3000, score = 100 }]

[[factors]]
key = "gongyuan"
name = "公园绿地便利度"
kind = "point"                        # distance to the park's edge
source = "city.gpkg"
layer = "parks"
label = "mc"
attenuation = "linear"
scale = "guimo"
levels = [{ radius = 1500, score = 100 }]

[[factors]]
key = "heliu"
name = "滨水环境"
kind = "line"
source = "city.gpkg"
layer = "river"
label = "mc"
attenuation = "linear"
levels = [{ radius = 1500, score = 90 }]

[[factors]]
key = "guihua"
name = "土地利用规划"
kind = "area"
source = "city.gpkg"
layer = "planning"
category = "lx"
categories = { "商业服务业集中区" = 100, "居住生活区" = 70, "公共服务区" = 75, "综合发展区" = 60, "工业发展区" = 45 }
default = 40                          # land that no plan zone covers

[[factors]]
key = "hongshui"
name = "洪涝影响"
kind = "area"
source = "city.gpkg"
layer = "flood"
label = "mc"
category = "jb"
categories = { 1 = 20, 2 = 45, 3 = 70 }
default = 100                         # no flood zone

[[factors]]
key = "huanjing"
name = "环境质量优劣度"
kind = "area"
source = "city.gpkg"
layer = "environment"
score = "df"
default = 60                          # not surveyed

[[factors]]
key = "podu"
name = "自然条件(坡度)"
kind = "raster"
source = "dem.tif"
value = "slope"
direction = "high-is-bad"
low = 0
high = 15
default = 100
"#;

const GRADING: &str = r#"
[grading]                  # zones join across streets up to this wide; areas are summed by district
close_gaps = 40
simplify = 2
districts = { source = "city.gpkg", layer = "districts", name = "xzqmc" }
"#;

impl City {
    /// The project file for a year whose layers stand beside it as `city.gpkg`, `dem.tif` and `index.csv`.
    pub fn project_file(&self, year: &Year) -> String {
        let quarter = year.corrections.base_quarter;
        let end = ["03-31", "06-30", "09-30", "12-31"][usize::try_from(quarter.quarter - 1).unwrap_or(3)];
        let mut text = format!(
            "# 样例市 {year}: a fictional city made by `landgrade sample`; every key is described in docs/project-file.md.\n\n\
             [project]\nname = \"样例市土地定级与基准地价 {year}\"\ncrs = \"EPSG:4547\"          # CGCS2000 / 3-degree Gauss-Kruger CM 114E\n\
             base_date = \"{base}-{end}\"   # 估价期日\ngraded_area = {{ source = \"city.gpkg\", layer = \"graded_area\" }}\n\n\
             [units]                    # 定级单元: parcels\nsource = \"city.gpkg\"\nlayer = \"parcels\"\nid = \"zddm\"\nuse = \"yt\"\n\
             keep = [\"zl\", \"mj\", \"xzqdm\"]\n",
            year = year.year,
            base = quarter.year,
        );
        for (at, (key, name)) in USES.iter().enumerate() {
            let terms = &year.corrections.uses[at];
            let weights: Vec<String> = WEIGHTS
                .iter()
                .filter(|(_, weights)| weights[at] > 0.0)
                .map(|(factor, weights)| format!("{factor} = {}", weights[at]))
                .collect();
            let rows: Vec<String> = terms.plot_ratio_table.iter().map(|[ratio, k]| format!("[{ratio}, {k}]")).collect();
            let _ = write!(
                text,
                "\n[[uses]]\nkey = \"{key}\"\nname = \"{name}\"\ngrades = {}\nbreaks = \"natural\"\nweights = {{ {} }}\n\
                 [uses.price]               # 地价内涵\nterm = {}\nrate = {}\nplot_ratio = {}\ndevelopment = \"五通一平\"\nright = \"国有建设用地使用权出让\"\n\
                 classification = \"国土空间调查、规划、用途管制用地用海分类指南\"\nscope = \"样例市中心城区\"\nmeaning = \"mean\"\n\
                 plot_ratio_table = [{}]\n",
                GRADES[at],
                weights.join(", "),
                terms.term,
                terms.rate,
                terms.plot_ratio,
                rows.join(", "),
            );
        }
        text.push_str(FACTORS);
        text.push_str(GRADING);
        let _ = write!(
            text,
            "\n[prices]\nindex = \"index.csv\"\ncorrections = \"corrections.toml\"   # 修正体系\nbase_quarter = \"{quarter}\"\noutliers = \"grubbs\"\nleast_samples = 4\nstatistic = \"mean\"\n\
             fill = \"nearest-grade\"      # a grade without samples takes the nearest one's price, and says so\nrounding = 1                # 元/㎡\n\n\
             [prices.samples]\nsource = \"city.gpkg\"\nlayer = \"samples\"\nid = \"ypbh\"\nuse = \"yt\"\ntype = \"jylx\"\nprice = \"dj\"\nunit = \"元/㎡\"\n\
             date = \"jyrq\"\nplot_ratio = \"rjl\"\nterm = \"synx\"\narea = {{ field = \"mj\", unit = \"㎡\" }}\n\n[release]\nfolder = \"../releases\"\nname = \"{}\"\n",
            year.year,
        );
        text
    }
}
