//! What a sale sample is: the types of transactions a land price follows from, and the figures that tables have of them.

use super::Text;
use super::quantity::Quantity;
use crate::say;

/// The figures, with what they count.
pub const FIGURES: [(&str, Quantity); 26] = [
    ("total_price", Quantity::Money),
    ("land_area", Quantity::Area),
    ("taxes", Quantity::Money),
    ("building_cost", Quantity::Money),
    ("land_share", Quantity::Share),
    ("annual_rent", Quantity::Yearly),
    ("expenses", Quantity::Yearly),
    ("gross_rent", Quantity::Yearly),
    ("replacement", Quantity::Money),
    ("residual", Quantity::Money),
    ("used_years", Quantity::Years),
    ("life", Quantity::Years),
    ("management", Quantity::Yearly),
    ("repair", Quantity::Yearly),
    ("insurance", Quantity::Yearly),
    ("interest", Quantity::Yearly),
    ("tax", Quantity::Yearly),
    ("sale_value", Quantity::Money),
    ("fees", Quantity::Money),
    ("profit", Quantity::Yearly),
    ("capital_return", Quantity::Yearly),
    ("wages", Quantity::Yearly),
    ("acquisition", Quantity::Money),
    ("development", Quantity::Money),
    ("increment", Quantity::Money),
    ("term", Quantity::Years),
];

/// What a figure is called in Chinese; the key itself where it is none.
pub fn figure_name(key: &str) -> &str {
    match key {
        "total_price" => "总价",
        "land_area" => "土地面积",
        "taxes" => "税费",
        "building_cost" => "房屋建造成本",
        "land_share" => "土地方分成比例",
        "annual_rent" => "年租金",
        "expenses" => "租赁费用",
        "gross_rent" => "房屋年总租金",
        "replacement" => "房屋重置价",
        "residual" => "房屋残值",
        "used_years" => "已使用年限",
        "life" => "房屋耐用年限",
        "management" => "管理费",
        "repair" => "维修费",
        "insurance" => "保险费",
        "interest" => "利息",
        "tax" => "税金",
        "sale_value" => "售房总价",
        "fees" => "专业费用",
        "profit" => "利润",
        "capital_return" => "资本报酬",
        "wages" => "工资",
        "acquisition" => "土地取得费",
        "development" => "土地开发费",
        "increment" => "土地增值收益",
        "term" => "年期",
        other => other,
    }
}

/// What was agreed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// 出让
    Grant,
    /// 转让
    Transfer,
    /// 土地出租
    GroundLease,
    /// 房屋出租
    HouseRent,
    /// 商品房出售
    NewHouse,
    /// 旧房出售
    OldHouse,
    /// 联建、联营
    Joint,
    /// 企业利润
    Profit,
    /// 征地、拆迁成本
    Cost,
}

impl Kind {
    pub const ALL: [Kind; 9] = [
        Kind::Grant,
        Kind::Transfer,
        Kind::GroundLease,
        Kind::HouseRent,
        Kind::NewHouse,
        Kind::OldHouse,
        Kind::Joint,
        Kind::Profit,
        Kind::Cost,
    ];

    /// Its word in files.
    pub fn key(self) -> &'static str {
        match self {
            Kind::Grant => "grant",
            Kind::Transfer => "transfer",
            Kind::GroundLease => "ground-lease",
            Kind::HouseRent => "house-rent",
            Kind::NewHouse => "new-house",
            Kind::OldHouse => "old-house",
            Kind::Joint => "joint",
            Kind::Profit => "profit",
            Kind::Cost => "cost",
        }
    }

    pub fn text(self) -> Text {
        match self {
            Kind::Grant => say!("grant", "出让"),
            Kind::Transfer => say!("transfer", "转让"),
            Kind::GroundLease => say!("ground lease", "土地出租"),
            Kind::HouseRent => say!("rent of a building", "房屋出租"),
            Kind::NewHouse => say!("sale of new buildings", "商品房出售"),
            Kind::OldHouse => say!("sale of an old building", "旧房出售"),
            Kind::Joint => say!("joint building", "联建"),
            Kind::Profit => say!("profit of a business", "企业利润"),
            Kind::Cost => say!("cost of acquisition", "征地拆迁成本"),
        }
    }

    /// The type a word in a table means.
    pub fn parse(word: &str) -> Option<Kind> {
        let word = word.trim();
        let named = |kind: &Kind| kind.key() == word || kind.text().zh == word;
        Kind::ALL.into_iter().find(named).or_else(|| {
            // Longer words first: 房屋出租 is no 出租 of land, 协议出让 is a grant.
            const WORDS: [(&str, Kind); 32] = [
                // A court sells a right that stands already.
                ("司法拍卖", Kind::Transfer),
                ("法拍", Kind::Transfer),
                ("法院", Kind::Transfer),
                ("房屋出租", Kind::HouseRent),
                ("房屋租赁", Kind::HouseRent),
                ("商铺出租", Kind::HouseRent),
                ("柜台出租", Kind::HouseRent),
                ("土地出租", Kind::GroundLease),
                ("土地租赁", Kind::GroundLease),
                ("土地使用权出租", Kind::GroundLease),
                ("商品房", Kind::NewHouse),
                ("新房", Kind::NewHouse),
                ("二手房", Kind::OldHouse),
                ("旧房", Kind::OldHouse),
                ("存量房", Kind::OldHouse),
                ("房屋买卖", Kind::OldHouse),
                ("联建", Kind::Joint),
                ("联营", Kind::Joint),
                ("入股", Kind::Transfer),
                ("利润", Kind::Profit),
                ("征地", Kind::Cost),
                ("征收", Kind::Cost),
                ("拆迁", Kind::Cost),
                ("成本", Kind::Cost),
                ("出让", Kind::Grant),
                ("转让", Kind::Transfer),
                ("买卖", Kind::Transfer),
                ("挂牌", Kind::Grant),
                ("拍卖", Kind::Grant),
                ("招标", Kind::Grant),
                ("作价", Kind::Transfer),
                ("出租", Kind::GroundLease),
            ];
            WORDS.into_iter().find(|(part, _)| word.contains(part)).map(|(_, kind)| kind)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_figure_has_a_chinese_name_of_its_own() {
        let mut names: Vec<&str> = FIGURES.iter().map(|(key, _)| figure_name(key)).collect();
        assert!(names.iter().all(|name| !name.is_ascii()), "{names:?}");
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FIGURES.len());
    }
}
