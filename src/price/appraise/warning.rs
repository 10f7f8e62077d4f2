//! What the user of a price should know.

use super::Given;
use crate::land::Text;
use crate::land::services::{self, Services};
use crate::say;
use std::sync::Arc;

/// One note; put into words when somebody reads it.
#[derive(Clone, Debug, PartialEq)]
pub enum Warning {
    OutsideTable {
        name: Arc<Text>,
        given: Given,
    },
    /// Percent.
    OutsideAmplitude {
        sum: f64,
        up: f64,
        down: f64,
    },
    ConditionsUnknown {
        unknown: usize,
        all: usize,
    },
    NoPlotRatioTable(f64),
    CostUnknown(Services),
    NoCosts,
    /// What the connotation says of development is no set of services.
    SetUnread,
    /// 元/㎡.
    OutsideGrade {
        at: f64,
        lowest: f64,
        highest: f64,
    },
    /// 元/㎡.
    BelowFloor {
        least: f64,
        percent: f64,
    },
    UseMismatch {
        unit: String,
        graded_for: String,
        valued_for: String,
    },
    PriceInferred(Text),
    /// On a street.
    DepthUnknown,
    /// ㎡.
    AreaDiffers {
        told: f64,
        drawn: f64,
    },
    OldPrice {
        base: String,
        day: String,
        years: i16,
    },
}

impl Warning {
    pub fn code(&self) -> &'static str {
        match self {
            Warning::OutsideTable { .. } => "outside-table",
            Warning::OutsideAmplitude { .. } => "outside-amplitude",
            Warning::ConditionsUnknown { .. } => "conditions-unknown",
            Warning::NoPlotRatioTable(_) => "no-plot-ratio-table",
            Warning::CostUnknown(_) | Warning::NoCosts | Warning::SetUnread => "cost-unknown",
            Warning::OutsideGrade { .. } => "outside-grade",
            Warning::BelowFloor { .. } => "below-floor",
            Warning::UseMismatch { .. } => "use-mismatch",
            Warning::PriceInferred(_) => "price-inferred",
            Warning::DepthUnknown => "depth-unknown",
            Warning::AreaDiffers { .. } => "area-differs",
            Warning::OldPrice { .. } => "old-price",
        }
    }

    /// What a code means in a few words, for tables of many parcels; the code itself where it is none.
    pub fn title_of(code: &str) -> Text {
        match code {
            "outside-table" => say!("outside a table", "超出修正表"),
            "outside-amplitude" => say!("outside the amplitude", "超出修正幅度"),
            "conditions-unknown" => say!("conditions not given", "修正因素未给全"),
            "no-plot-ratio-table" => say!("no table of the plot ratio", "无容积率修正表"),
            "cost-unknown" => say!("no development cost", "无开发费用"),
            "outside-grade" => say!("outside its samples", "超出样点范围"),
            "below-floor" => say!("below the least price of a negotiated grant", "低于协议出让最低价"),
            "use-mismatch" => say!("graded for another use", "用途与定级用途不同"),
            "price-inferred" => say!("price filled from elsewhere", "级别价系推定"),
            "depth-unknown" => say!("depth not given", "进深未给出"),
            "area-differs" => say!("area is not that of the polygon", "面积与图形不符"),
            other => Text::same(other),
        }
    }

    pub fn text(&self) -> Text {
        match self {
            Warning::OutsideTable { name, given } => {
                let (Text { en, zh }, at) = (name.as_ref(), given.text());
                let (at_en, at_zh) = (at.en, at.zh);
                say!("{en} {at_en} lies outside its table: the end was taken", "{zh} {at_zh} 超出修正表,取端点值")
            }
            Warning::OutsideAmplitude { sum, up, down } => {
                say!(
                    "ΣK {sum:.2} % lies outside −{down:.2} % to +{up:.2} %",
                    "ΣK {sum:.2}% 超出修正幅度 −{down:.2}% 至 +{up:.2}%"
                )
            }
            Warning::ConditionsUnknown { unknown, all } => say!(
                "{unknown} of {all} factors are not known and taken as fair",
                "{all} 个修正因素中有 {unknown} 个未给出,按一般处理"
            ),
            Warning::NoPlotRatioTable(ratio) => say!(
                "there is no table of the plot ratio: {ratio} is not corrected for",
                "没有容积率修正表,容积率 {ratio} 未作修正"
            ),
            Warning::CostUnknown(services) => {
                let Text { en, zh } = services::text(*services);
                say!("no cost is known of: {en}", "下列项目没有开发费用,未作修正:{zh}")
            }
            Warning::NoCosts => say!("there is no table of development costs", "没有开发程度修正表,未作修正"),
            Warning::SetUnread => say!(
                "the development of the connotation is not read as services: not corrected for",
                "地价内涵的开发程度无法识别为各项设施,未作修正"
            ),
            Warning::OutsideGrade { at, lowest, highest } => say!(
                "{at:.2} 元/㎡ after the factors lies outside the samples it rests on, {lowest:.2} to {highest:.2}",
                "因素修正后 {at:.2} 元/㎡ 超出所依据样点的范围 {lowest:.2} 至 {highest:.2}"
            ),
            Warning::BelowFloor { least, percent } => say!(
                "below {percent} % of the price of the grade ({least:.2} 元/㎡), the least of a negotiated grant",
                "低于级别基准地价的 {percent}%({least:.2} 元/㎡),即协议出让最低价"
            ),
            Warning::UseMismatch { unit, graded_for, valued_for } => say!(
                "unit {unit} is graded for {graded_for}: its grade number is taken for {valued_for}",
                "单元 {unit} 按{graded_for}定级,此处借用其级别作为{valued_for}级别"
            ),
            Warning::PriceInferred(text) => text.clone(),
            Warning::DepthUnknown => say!(
                "the depth behind the street is not known and taken as the standard one (give it with depth=METRES)",
                "未给出进深,按标准深度处理(可用 depth=米 给出)"
            ),
            Warning::AreaDiffers { told, drawn } => say!(
                "the area told, {told:.2} m², is not that of its polygon, {drawn:.2} m²: the one told counts",
                "给出的面积 {told:.2} ㎡ 与图形面积 {drawn:.2} ㎡ 不符,以给出的为准"
            ),
            Warning::OldPrice { base, day, years } => say!(
                "the base date {base} lies {years} years or more before {day}",
                "估价期日 {base} 距 {day} 已满 {years} 年"
            ),
        }
    }
}
