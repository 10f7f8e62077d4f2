//! What can be wrong with a package: a code for each rule.

use crate::land::Text;
use crate::say;
use serde::{Deserialize, Serialize};

macro_rules! codes {
    ($($code:ident: $en:literal, $zh:literal;)*) => {
        /// A rule, by its code: F of files, L of layers and tables, T of topology, A of attributes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
        pub enum Code {
            $($code,)*
        }

        impl Code {
            pub const ALL: [Code; [$($en),*].len()] = [$(Code::$code),*];

            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$code => stringify!($code),)*
                }
            }

            /// What the rule asks for.
            pub fn title(self) -> Text {
                match self {
                    $(Code::$code => say!($en, $zh),)*
                }
            }
        }
    };
}

codes! {
    F1: "every required file is there, none empty", "必备文件齐全且非空";
    F2: "no file that no rule names", "没有规则之外的文件";
    F3: "the manifest lists every file as it is", "清单与文件一致";
    F4: "the folder is named by the pattern", "文件夹命名符合规则";
    F5: "the metadata state what is required, and the system of the layers", "元数据完整,坐标系与图层一致";
    L1: "layers and tables can be read and have rows", "图层和表可读且非空";
    L2: "every required field is there", "必备字段齐全";
    L3: "fields have the prescribed type and length", "字段类型和长度符合规则";
    L4: "no field that no rule names", "没有规则之外的字段";
    L5: "the coordinate reference system is a prescribed one, the same in all layers", "坐标系符合规则且各图层一致";
    L6: "texts are in the prescribed encoding", "文字编码符合规则";
    L7: "layers have the prescribed name and geometry", "图层名和几何类型符合规则";
    T1: "polygons are valid, closed, no slivers", "面有效、闭合、无碎片";
    T2: "no overlap inside a layer", "同层无重叠";
    T3: "the grades cover the grading range", "级别覆盖定级范围无空隙";
    T4: "the grades lie inside the grading range", "级别在定级范围内";
    T5: "vertices on the border of neighbouring districts agree", "相邻行政区边界节点一致";
    T6: "several parts only where the grade's label says so", "多部件要素仅限规定的级别";
    T7: "route lines lie inside the grades, on roads", "路线价在级别范围内并与道路吻合";
    T8: "points lie inside the range", "点在范围内";
    T9: "coordinates lie in the belt and in the district", "坐标在分带和行政区内";
    A1: "codes are of their lists and agree with their names, file and county", "代码在代码表内,与名称、文件、行政区一致";
    A2: "identifiers are unique", "标识码唯一";
    A3: "area fields agree with the geometry", "面积字段与图形一致";
    A4: "ground price = floor price × plot ratio", "地面地价=楼面地价×容积率";
    A5: "the price per mu agrees", "亩价换算一致";
    A6: "one price per area, use and grade", "同一片区、用途、级别只有一个地价";
    A7: "one base date in layers, tables, metadata and documents", "图层、表、元数据、文档的估价期日一致";
    A8: "a better grade costs more", "级别越高地价越高";
    A9: "required fields are filled, prices, terms and areas above 0", "必填字段非空,地价、年期、面积大于 0";
    A10: "printed tables agree with the layers, cell by cell", "表与图层逐格一致";
}
