//! The hamlet's project file.

pub(super) const PROJECT: &str = r#"# 样例村: a fictional hamlet of twelve parcels made by `landgrade sample FOLDER --hamlet`; its README works every number by hand.

[project]
name = "样例村土地定级与基准地价"
crs = "EPSG:4547"              # CGCS2000 / 3-degree Gauss-Kruger CM 114E; the layers say so themselves
base_date = "2025-12-31"       # 估价期日

[units]                        # 定级单元: parcels, scored at their centroids
source = "parcels.geojson"
id = "zddm"
use = "yt"
keep = ["zl"]

[[uses]]
key = "commercial"
name = "商服用地"
spellings = ["商服"]
grades = 3
breaks = "natural"             # 自然断点
[uses.weights]                 # 层次分析法: how many times more the row matters than the column
ahp = ["shangfu", "daolu", "guihua"]
matrix = [
    [1, 2, 5],
    [0.5, 1, 4],
    [0.2, 0.25, 1],
]
[uses.price]                   # 地价内涵
term = 40
rate = 0.06
plot_ratio = 2.0
development = "五通一平"
plot_ratio_table = [[1.0, 0.8], [2.0, 1.0], [3.0, 1.15], [4.0, 1.25]]

[[uses]]
key = "residential"
name = "住宅用地"
spellings = ["住宅"]
grades = 3
breaks = { method = "given", limits = [30, 50], reason = "an example of limits that people decided on" }
weights = { daolu = 0.3, gongyong = 0.25, guihua = 0.25, dishi = 0.2 }
[uses.price]
term = 70
rate = 0.05
plot_ratio = 1.5
development = "五通一平"
plot_ratio_table = [[1.0, 0.85], [1.5, 1.0], [2.0, 1.12], [2.5, 1.2]]

[[factors]]
key = "shangfu"
name = "商服繁华影响度"
kind = "centre"                # function layers 100 − 36 = 64 and 36
source = "centres.geojson"
label = "mc"
attenuation = "exponential"    # f^(1 − d/D)
level_field = "jb"
levels = [
    { level = 1, name = "镇级", radius = 2000, score = 100 },
    { level = 2, name = "村级", radius = 1000, score = 36 },
]

[[factors]]
key = "daolu"
name = "道路通达度"
kind = "line"                  # the best class counts
source = "roads.geojson"
label = "mc"
attenuation = "linear"         # f·(1 − d/D), from the road's edge
level_field = "lx"
levels = [
    { level = "主干道", radius = 500, score = 100, half_width = 20 },
    { level = "次干道", radius = 200, score = 60, half_width = 10 },
]

[[factors]]
key = "gongyong"
name = "公用设施完备度"
kind = "point"                 # the best of each type; types add up
source = "services.geojson"
label = "mc"
attenuation = "linear"
scale = "guimo"
level_field = "lx"
levels = [
    { level = "小学", radius = 1000, score = 40 },
    { level = "医院", radius = 1500, score = 60 },
]

[[factors]]
key = "guihua"
name = "土地利用规划"
kind = "area"                  # weighted by the share of the parcel that each zone covers
source = "planning.geojson"
label = "mc"
category = "lx"
categories = { "商业区" = 90, "居住区" = 70, "公园" = 80 }
default = 40

[[factors]]
key = "dishi"
name = "地势"
kind = "raster"                # bilinear between cell centres
source = "heights.asc"
crs = "EPSG:4547"
value = "value"
direction = "high-is-good"
low = 20
high = 40
default = 50                   # where the raster has no value

[prices]
index = "index.csv"
base_quarter = "2025Q4"
outliers = "grubbs"
least_samples = 4
statistic = "mean"
fill = "interpolate"           # a grade without samples: between its neighbours, in equal ratios
rounding = 5                   # 元/㎡

[prices.samples]
source = "samples.csv"
crs = "EPSG:4547"
id = "ypbh"
use = "yt"
x = "x"
y = "y"
price = "dj"
unit = "元/㎡"
date = "jyrq"
plot_ratio = "rjl"
term = "synx"

[release]
folder = "releases"
name = "2025"
"#;
