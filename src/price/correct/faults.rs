//! What stops a sale from being corrected.

use crate::land::Fault;
use crate::price::Sale;
use crate::say;

pub(super) fn price_fault(sale: &Sale, price: f64, corrected: bool) -> Fault {
    let row = sale.row;
    let what = match corrected {
        true => say!("the corrected price of sale {row} is {price}", "第{row}个样点的修正价格为{price}"),
        false => say!("the price of sale {row} is {price}", "第{row}个样点的价格为{price}"),
    };
    Fault::new("sale-price", what, say!("mend the price or leave the sale out", "请更正价格或剔除该样点"))
}

pub(super) fn score_fault(sale: &Sale, score: f64) -> Fault {
    let row = sale.row;
    Fault::new(
        "sale-score",
        say!("the score of sale {row} is {score}", "第{row}个样点的评分为{score}"),
        say!("write a positive number, 100 where nothing is to be corrected", "请填写正数,无需修正时填 100"),
    )
}

pub(super) fn services_fault(sale: &Sale, service: &str) -> Fault {
    let row = sale.row;
    Fault::new(
        "sale-development",
        say!(
            "no cost is given of what sale {row} differs by: {service}",
            "第{row}个样点的开发程度差异没有对应费用:{service}"
        ),
        say!("complete [development] of the corrections file", "请补充修正体系文件中的 [development]"),
    )
}

pub(super) fn use_fault(sale: &Sale) -> Fault {
    let (row, at) = (sale.row, sale.use_index);
    Fault::new(
        "sale-use",
        say!("sale {row} has use number {at}, which has no corrections", "第{row}个样点的用途序号{at}没有修正参数"),
        say!("state the corrections of every use that has sales", "请为有样点的每种用途给出修正参数"),
    )
}

pub(super) fn term_fault(sale: &Sale) -> Fault {
    let (row, term) = (sale.row, sale.term);
    Fault::new(
        "sale-term",
        say!("the remaining term of sale {row} is {term} years", "第{row}个样点的剩余年期为{term}年"),
        say!("write a positive number of years", "请填写正的年数"),
    )
}

pub(super) fn plot_ratio_fault(sale: &Sale) -> Fault {
    let (row, ratio) = (sale.row, sale.plot_ratio);
    Fault::new(
        "sale-plot-ratio",
        say!("the plot ratio of sale {row} is {ratio}", "第{row}个样点的容积率为{ratio}"),
        say!("write the plot ratio as a number, 0 or more", "请将容积率填写为不小于0的数"),
    )
}

pub(super) fn law_fault(sale: &Sale) -> Fault {
    let (row, ratio) = (sale.row, sale.plot_ratio);
    Fault::new(
        "sale-plot-ratio",
        say!(
            "the law of the plot ratio has no coefficient above 0 at {ratio}, the plot ratio of sale {row}",
            "容积率修正规则在第{row}个样点的容积率{ratio}处没有大于0的系数"
        ),
        say!(
            "mend the law, or write the `range` of plot ratios it holds for",
            "请更正修正规则,或写明其适用的容积率范围 range"
        ),
    )
}
