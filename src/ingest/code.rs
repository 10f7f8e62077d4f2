//! The closed list of what can be wrong with data, and what the user may want done about each.

use crate::land::Text;

/// What is done where a finding of a code is made; the project file chooses, one per code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Policy {
    /// Nothing is graded until the data is mended.
    Deny,
    /// The feature is used as it is, and listed.
    Warn,
    /// What the code's `repair` says is done, and listed.
    Repair,
}

impl Policy {
    pub const ALL: [Policy; 3] = [Policy::Deny, Policy::Warn, Policy::Repair];

    /// The word in project files.
    pub fn name(self) -> &'static str {
        match self {
            Policy::Deny => "deny",
            Policy::Warn => "warn",
            Policy::Repair => "repair",
        }
    }

    pub fn parse(name: &str) -> Option<Policy> {
        Policy::ALL.into_iter().find(|policy| policy.name() == name)
    }
}

/// What a repair does to the feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// The code knows no repair.
    None,
    /// The feature is changed and used.
    Mend,
    /// The feature is left out and listed.
    LeaveOut,
}

/// The facts of a code, one row of the list below.
struct Row {
    name: &'static str,
    en: &'static str,
    zh: &'static str,
    default: Policy,
    /// Whether the data may be used as it is: some faults leave nothing to use.
    may_warn: bool,
    remedy: Remedy,
    /// What a repair does, in English and Chinese; empty without one.
    repair: (&'static str, &'static str),
}

/// The codes: one line declares the variant, and everything that is known of it.
macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident $name:literal, $en:literal, $zh:literal,
        $default:ident $may_warn:literal, $remedy:ident $repair_en:literal $repair_zh:literal;)*) => {
        /// One thing that can be wrong with data.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Code {
            $($(#[$doc])* $variant,)*
        }

        impl Code {
            /// Every code, in the order findings are listed.
            pub const ALL: &'static [Code] = &[$(Code::$variant,)*];

            fn row(self) -> Row {
                match self {
                    $(Code::$variant => Row {
                        name: $name, en: $en, zh: $zh, default: Policy::$default, may_warn: $may_warn,
                        remedy: Remedy::$remedy, repair: ($repair_en, $repair_zh),
                    },)*
                }
            }
        }
    };
}

codes! {
    // variant, name, English, Chinese,
    //     default policy, may it be used as it is?, what a repair does
    /// Rings that cross or touch themselves, holes outside, no area.
    InvalidGeometry "invalid-geometry", "invalid geometry", "几何无效",
        Deny true, Mend "the polygon is rebuilt by the even-odd rule" "按奇偶规则重建多边形";
    /// A geometry without coordinates.
    EmptyGeometry "empty-geometry", "empty geometry", "几何为空",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// No geometry at all.
    NullGeometry "null-geometry", "no geometry", "缺少几何",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// A ring whose last point is not its first.
    UnclosedRing "unclosed-ring", "ring not closed", "多边形未闭合",
        Repair false, Mend "the ring is closed with a straight edge" "以直线闭合";
    /// Heights or measures, which plane grading has no use for.
    HeightDropped "height-dropped", "heights left out", "已去除高程或度量值",
        Warn true, None "" "";
    /// A line among polygons and the like.
    OtherGeometryKind "other-geometry-kind", "another kind of geometry", "几何类型不符",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// Two features with one id.
    DuplicateId "duplicate-id", "id used twice", "编号重复",
        Deny false, LeaveOut "the first in canonical order (by geometry, then attributes) is kept, the others are left out" "保留规范顺序(先几何后属性)中的第一个,其余不参加评定";
    /// A feature without id.
    MissingId "missing-id", "no id", "缺少编号",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// An identifier of more digits than a number holds.
    RoundedId "rounded-id", "id rounded by its number type", "编号超出数字精度",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// Two features with one id, one geometry and the same attributes.
    DuplicateFeature "duplicate-feature", "feature given twice", "要素重复",
        Repair false, LeaveOut "one of them is kept" "只保留一个";
    /// Two features with one geometry.
    DuplicateGeometry "duplicate-geometry", "geometry used twice", "几何重复",
        Deny true, LeaveOut "the first by id is kept, the others are left out" "保留编号最小者,其余不参加评定";
    /// Two units, or two areas of a factor, that share ground.
    Overlap "overlap", "polygons overlap", "图形重叠",
        Warn true, None "" "";
    /// Two such polygons that share a strip narrower than the survey can tell.
    Sliver "sliver", "sliver between polygons", "狭长重叠",
        Warn true, None "" "";
    /// A unit that lies outside the graded area, wholly or in part; a parcel under no unit of its use.
    OutsideGradedArea "outside-graded-area", "outside the graded area", "超出定级范围",
        Warn true, LeaveOut "the feature is left out" "不参加评定";
    /// No value where one is needed.
    MissingValue "missing-value", "missing value", "缺少属性值",
        Deny true, LeaveOut "the feature is left out" "不参加评定";
    /// A value beyond the limits its field is given.
    OutOfRange "out-of-range", "value out of range", "属性值超出范围",
        Deny true, LeaveOut "the feature is left out" "不参加评定";
    /// A number written as text, with or without a unit.
    NumberInText "number-in-text", "number in a text field", "数字以文本填写",
        Repair false, Mend "the number is taken" "取用其中的数字";
    /// A text where a number belongs.
    NotANumber "not-a-number", "not a number", "不是数字",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// A use that the project does not list.
    UnknownUse "unknown-use", "unknown use", "未知用途",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// A category that the project gives no score.
    UnmappedCategory "unmapped-category", "category without a score", "类别未赋分",
        Deny false, LeaveOut "the feature is left out" "不参加评定";
    /// Facilities of a level, class or type that the factor does not list: they have no influence.
    UnlistedLevel "unlisted-level", "level that is not listed", "级别未列出",
        Warn true, None "" "";
    /// A price sample whose geometry has several points.
    SeveralPoints "several-points", "sample of several points", "样点含多个点",
        Deny false, Mend "its first point is taken" "取第一个点";
    /// Two samples of one place, price, use and date.
    DuplicateSale "duplicate-sale", "sale given twice", "交易重复",
        Warn true, LeaveOut "the first by id is kept, the others are left out" "保留编号最小者,其余不参加测算";
    /// A price sample outside every unit.
    SampleOutside "sample-outside", "sample outside the units", "样点在单元之外",
        Repair false, LeaveOut "the sample is left out" "样点不参加测算";
    /// A price sample of another use than its unit's: the unit has no grade of the sample's use.
    SampleUseMismatch "sample-use-mismatch", "sample of another use", "样点用途与单元不符",
        Repair false, LeaveOut "the sample is left out" "样点不参加测算";
    /// A use whose samples are all of no use.
    SamplesLost "samples-lost", "use that loses all its samples", "用途的样点全部落空",
        Deny true, None "" "";
    /// A grade of units whose price rests on no sample of its own.
    GradeWithoutSamples "grade-without-samples", "grade without a sample", "级别没有样点",
        Warn true, None "" "";
    /// A grade of units whose price rests on one sample.
    GradeOfOneSample "grade-of-one-sample", "grade of a single sample", "级别只有一个样点",
        Warn true, None "" "";
    /// A better grade that is not dearer than a worse one.
    PriceOrder "price-order", "a better grade is cheaper", "优级地价低于劣级",
        Warn true, None "" "";
    /// A benchmark price that rounding leaves nothing of.
    ZeroPrice "zero-price", "price rounded to 0", "地价取整为 0",
        Warn true, None "" "";
    /// A transaction that is no sale or lease of land: a gift, an inheritance, an allocation.
    UnknownTransaction "unknown-transaction", "type of transaction not known", "交易类型不明",
        Repair true, LeaveOut "the sample is left out" "样点不参加测算";
    /// Figures that no price of the land follows from.
    NotDerived "not-derived", "no price follows from the figures", "无法由交易数据推算地价",
        Repair false, LeaveOut "the sample is left out" "样点不参加测算";
    /// A date in the years of the Republic, in Chinese numbers or without a day.
    DateConverted "date-converted", "date converted", "日期已换算",
        Repair true, Mend "the date is taken" "取用换算后的日期";
    /// A cell that the project says stands for no value.
    TakenAsBlank "taken-as-blank", "cell taken as no value", "单元格视为无值",
        Repair false, Mend "the cell counts as no value" "按无值处理";
    /// A row of a samples' table with more or fewer cells than its header: what is in which column is not known.
    UnevenRow "uneven-row", "row of too many or too few cells", "行的单元格数与列名行不符",
        Deny false, LeaveOut "the row is left out" "该行不参加测算";
    /// A grade with fewer samples than its spread asks for.
    FewSamples "few-samples", "too few samples for the spread", "样点数不足",
        Warn true, None "" "";
    /// An area or street with too few samples for a price of its own.
    ThinPlace "thin-place", "area or street with too few samples", "区片或路线价区段样点不足",
        Warn true, None "" "";
    /// A price printed in two units that do not agree.
    UnitsDisagree "units-disagree", "two units of a price disagree", "两种单位的地价不符",
        Warn true, None "" "";
    /// A sample whose price and figures, or whose grade and place, disagree.
    CellsDisagree "cells-disagree", "cells of one row disagree", "同一行数据不一致",
        Warn true, None "" "";
    /// Prices of neighbouring grades whose ratio is outside the usual band.
    OddRatio "odd-ratio", "unusual ratio of neighbouring grades", "相邻级别地价比异常",
        Warn true, None "" "";
    /// Samples that tell a plot ratio, of a use without a table to correct it by.
    NotCorrected "not-corrected", "no table to correct by", "缺少修正系数表",
        Warn true, None "" "";
    /// A row of a plot ratio table that looks like a misprint; the table is used as it is.
    OddTable "odd-table", "row of a table to look at", "修正系数表存疑",
        Warn true, None "" "";
    /// An encoding that nothing states, told from the bytes.
    EncodingDetected "encoding-detected", "encoding told from the text", "文字编码由检测得出",
        Warn true, None "" "";
    /// Bytes that are no text in the encoding stated.
    UndecodableText "undecodable-text", "text not in the encoding stated", "文字不符合所述编码",
        Deny true, None "" "";
    /// A layer brought to the project's system.
    CrsTransformed "crs-transformed", "layer transformed", "图层已转换坐标系",
        Warn true, None "" "";
    /// A layer whose own system was overruled.
    CrsOverride "crs-override", "coordinate system overruled", "图层坐标系被指定值取代",
        Warn true, None "" "";
    /// A project system whose lengths are not those on the ground where the units lie.
    DistortedCrs "distorted-crs", "project system unfit for the place", "项目坐标系不适合该地区",
        Deny true, None "" "";
    /// Values turned into the project's unit.
    UnitConverted "unit-converted", "unit converted", "单位已换算",
        Warn true, None "" "";
    /// A layer without features.
    EmptyLayer "empty-layer", "layer without features", "图层没有要素",
        Deny true, None "" "";
    /// Parts of the network that are not joined to its main part.
    NetworkInParts "network-in-parts", "network in parts", "路网不连通",
        Warn true, None "" "";
    /// A crossing that touches no wall, or places inside a barrier of polygons.
    BarrierDoubt "barrier-doubt", "barrier to be looked at", "阻隔存疑",
        Warn true, None "" "";
    /// A foreign layer or table whose rows have no identifier.
    RowNumbers "row-numbers", "rows named by their number", "以行号作编号",
        Warn true, None "" "";
    /// A use of a foreign layer that the mapping does not name.
    UnmappedUse "unmapped-use", "use without a mapping", "用途未映射",
        Warn true, None "" "";
    /// A text that is no grade, such as 规划限制区.
    UnknownGrade "unknown-grade", "not a grade", "不是级别",
        Warn true, LeaveOut "the feature is left out" "不参加评定";
    /// Judgements of factors with a consistency ratio of 0.1 or more, accepted for a reason.
    InconsistentJudgements "inconsistent-judgements", "inconsistent judgements accepted", "判断矩阵一致性不足而采用",
        Warn true, None "" "";
    /// A rule of the standard that the project breaks.
    RuleBreach "rule-breach", "rule of the standard broken", "不符合规程规则",
        Warn true, None "" "";
    /// Pieces of made units that were too small or too narrow to be units.
    SliversJoined "slivers-joined", "slivers joined to neighbours", "碎块已并入相邻单元",
        Warn true, None "" "";
    /// A grade of a use that no unit or row has.
    EmptyGrade "empty-grade", "grade without units", "级别缺失",
        Warn true, None "" "";
    /// More than one price in a grade of a use, so that none is the grade's.
    SeveralPrices "several-prices", "several prices in one grade", "同一级别有多个价格",
        Warn true, None "" "";
    /// Rows of one release or use that disagree about term, plot ratio, kind or date.
    MixedPremises "mixed-premises", "rows with different premises", "价格内涵不一致",
        Warn true, None "" "";
    /// Prices, sums or areas for which nothing names a unit.
    UnitAssumed "unit-assumed", "no unit named", "未注明单位",
        Warn true, None "" "";
    /// A line of the project file that still waits for a decision.
    OpenQuestion "open-question", "line of the project file still marked # ?", "项目文件中仍有 # ? 标记",
        Warn true, None "" "";
    /// Something GDAL said while it read a layer, which no other code tells; also records of a .dbf that are marked as deleted, merged
    /// cells of a workbook, and the kind of price a heading tells. GDAL says
    /// some things once in a process, of the first layer.
    ReaderRemark "reader-remark", "remark of the reader", "读取程序的提示",
        Warn true, None "" "";
}

impl Code {
    /// The short name in project files and tables, such as `duplicate-id`.
    pub fn name(self) -> &'static str {
        self.row().name
    }

    /// Reads [`Code::name`].
    pub fn parse(name: &str) -> Option<Code> {
        Code::ALL.iter().copied().find(|code| code.name() == name)
    }

    /// A few words for readers.
    pub fn title(self) -> Text {
        let Row { en, zh, .. } = self.row();
        Text { en: en.into(), zh: zh.into() }
    }

    /// What happens where the project file says nothing.
    pub fn default_policy(self) -> Policy {
        self.row().default
    }

    /// What happens to a feature under [`Policy::Repair`].
    pub fn remedy(self) -> Remedy {
        self.row().remedy
    }

    /// Whether the finding tells what was done to a whole layer rather than what is wrong with a feature.
    pub fn notes_a_layer(self) -> bool {
        use Code::{BarrierDoubt, NetworkInParts, OpenQuestion, ReaderRemark, RuleBreach, SliversJoined};
        use Code::{CrsOverride, CrsTransformed, DistortedCrs, EncodingDetected, HeightDropped, UnitConverted};
        use Code::{
            EmptyGrade, FewSamples, MixedPremises, OddRatio, RowNumbers, SeveralPrices, UnitAssumed, UnmappedUse,
        };
        use Code::{
            GradeOfOneSample, GradeWithoutSamples, InconsistentJudgements, NotCorrected, OddTable, SamplesLost,
            UnlistedLevel, ZeroPrice,
        };
        let read = matches!(self, CrsOverride | CrsTransformed | EncodingDetected | HeightDropped | UnitConverted);
        let read = read || matches!(self, BarrierDoubt | DistortedCrs | NetworkInParts);
        let priced = matches!(self, NotCorrected | OddTable | UnlistedLevel | ZeroPrice);
        let priced =
            priced || matches!(self, GradeOfOneSample | GradeWithoutSamples | InconsistentJudgements | SamplesLost);
        let taken_over = matches!(self, EmptyGrade | MixedPremises | RowNumbers | SeveralPrices | UnmappedUse);
        let taken_over = taken_over || matches!(self, FewSamples | OddRatio | UnitAssumed);
        read || priced || taken_over || matches!(self, OpenQuestion | ReaderRemark | RuleBreach | SliversJoined)
    }

    /// What a repair does, for readers; `None` where there is none.
    pub fn repair(self) -> Option<Text> {
        let Row { remedy, repair: (en, zh), .. } = self.row();
        (remedy != Remedy::None).then(|| Text { en: en.into(), zh: zh.into() })
    }

    /// Whether the project file may choose the policy for this code.
    pub fn allows(self, policy: Policy) -> bool {
        match policy {
            Policy::Deny => true,
            Policy::Warn => self.row().may_warn,
            Policy::Repair => self.row().remedy != Remedy::None,
        }
    }
}
