//! Words that tables have for what is no factor.

/// Headings of the column with the experts.
pub(super) const EXPERT: &[&str] = &[
    "expert",
    "experts",
    "name",
    "no",
    "no.",
    "id",
    "专家",
    "专家编号",
    "专家姓名",
    "专家序号",
    "姓名",
    "编号",
    "序号",
    "评分人",
];

/// Headings of the column with the rounds.
pub(super) const ROUND: &[&str] = &["round", "rounds", "轮次", "轮", "轮数", "征询轮次"];

/// Headings of a column, and names of a row, that add up the others.
pub(super) const SUM: &[&str] = &["sum", "total", "合计", "总计", "总和", "总分"];

/// Names of rows below the experts that hold statistics.
pub(super) const STATISTICS: &[&str] = &[
    "mean",
    "average",
    "variance",
    "sd",
    "std",
    "cv",
    "平均",
    "平均值",
    "平均分",
    "均值",
    "方差",
    "标准差",
    "变异系数",
    "权重",
    "weight",
];

/// Whether a text is one of the words, whatever its case and spaces.
pub(super) fn is(text: &str, words: &[&str]) -> bool {
    let plain: String = text.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_lowercase();
    words.contains(&plain.as_str())
}
