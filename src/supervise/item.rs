//! What a check found: measured, against what limit, in which source.

use super::rules::Severity;
use crate::land::Text;
use crate::say;

/// A check of the list, U1 to U20.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Check(pub u8);

/// How it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Status {
    Passed,
    Found(Severity),
    /// Why.
    NotChecked(Text),
}

/// One result of a check.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    pub check: Check,
    pub status: Status,
    /// The use, by its name; empty for the whole district.
    pub land_use: String,
    /// What is the matter, or that nothing is.
    pub what: Text,
    /// The figure, and what it is held against; empty where there is none.
    pub measured: Text,
    pub limit: Text,
    /// Which release, table and row.
    pub source: Text,
}

impl Item {
    fn new(check: u8, status: Status, what: Text, source: impl Into<Shown>) -> Item {
        Item {
            check: Check(check),
            status,
            land_use: String::new(),
            what,
            measured: Text::default(),
            limit: Text::default(),
            source: source.into().0,
        }
    }

    pub fn passed(check: u8, what: Text, source: impl Into<Shown>) -> Item {
        Item::new(check, Status::Passed, what, source)
    }

    pub fn found(check: u8, severity: Severity, what: Text, source: impl Into<Shown>) -> Item {
        Item::new(check, Status::Found(severity), what, source)
    }

    /// `severity` where it is `wrong`, else passed.
    pub fn judged(check: u8, wrong: Option<Severity>, what: Text, source: impl Into<Shown>) -> Item {
        Item::new(check, wrong.map_or(Status::Passed, Status::Found), what, source)
    }

    pub fn not_checked(check: u8, why: Text) -> Item {
        let what = say!("not checked", "未检查");
        Item::new(check, Status::NotChecked(why), what, "")
    }

    #[must_use]
    pub fn of_use(mut self, land_use: &str) -> Item {
        self.land_use = land_use.to_string();
        self
    }

    #[must_use]
    pub fn measured(mut self, measured: impl Into<Shown>, limit: impl Into<Shown>) -> Item {
        (self.measured, self.limit) = (measured.into().0, limit.into().0);
        self
    }

    /// The severity of a finding; `None` of what passed or was not checked.
    pub fn severity(&self) -> Option<Severity> {
        match self.status {
            Status::Found(severity) => Some(severity),
            Status::Passed | Status::NotChecked(_) => None,
        }
    }

    /// The word in files.
    pub fn word(&self) -> &'static str {
        match self.status {
            Status::Passed => "passed",
            Status::Found(Severity::Note) => "note",
            Status::Found(Severity::Warning) => "warning",
            Status::Found(Severity::Error) => "error",
            Status::NotChecked(_) => "not-checked",
        }
    }

    pub fn title(&self) -> Text {
        match self.status {
            Status::Passed => say!("passed", "通过"),
            Status::Found(Severity::Note) => say!("note", "提示"),
            Status::Found(Severity::Warning) => say!("warning", "警告"),
            Status::Found(Severity::Error) => say!("error", "错误"),
            Status::NotChecked(_) => say!("not checked", "未检查"),
        }
    }

    /// What is the matter, or why it was not checked.
    pub fn sentence(&self) -> Text {
        match &self.status {
            Status::NotChecked(Text { en, zh }) => say!("not checked: {en}", "未检查:{zh}"),
            Status::Passed | Status::Found(_) => self.what.clone(),
        }
    }
}

/// A figure as it is shown.
pub struct Shown(pub Text);

impl From<String> for Shown {
    fn from(text: String) -> Shown {
        Shown(Text::same(text))
    }
}

impl From<&str> for Shown {
    fn from(text: &str) -> Shown {
        Shown(Text::same(text))
    }
}

impl From<Text> for Shown {
    fn from(text: Text) -> Shown {
        Shown(text)
    }
}

impl Check {
    pub const ALL: [Check; 20] = {
        let mut all = [Check(0); 20];
        let mut at = 0;
        while at < 20 {
            all[at] = Check(at as u8 + 1);
            at += 1;
        }
        all
    };

    /// `U1` … `U20`.
    pub fn id(self) -> String {
        format!("U{}", self.0)
    }

    /// What it is about, and its formula.
    pub fn text(self) -> [Text; 2] {
        let [title, formula] = match self.0 {
            1 => [
                say!("age", "更新时效"),
                say!(
                    "today > base date + 2.5 / 3 / 6 years by the calendar; shown as days / 365.25",
                    "当日 > 估价期日 + 2.5 / 3 / 6 年(按日历);显示值为 天数/365.25"
                ),
            ],
            2 => [
                say!("publication lag", "公布滞后"),
                say!("publication > base date + 24 months", "公布日期 > 估价期日 + 24 个月"),
            ],
            3 => [
                say!("local cycle", "地方更新周期"),
                say!("today > base date + years of the province", "当日 > 估价期日 + 省级规定年数"),
            ],
            4 => [
                say!("filing", "备案"),
                say!(
                    "no filing with number and date by publication + 30 days; yearly filing where the province asks for it",
                    "公布后 30 日内无备案号与日期;有年度备案要求的省份逐年检查"
                ),
            ],
            5 => [
                say!("missing uses", "用途缺失"),
                say!("required and recommended uses less those with prices", "必备与建议用途中没有价格者"),
            ],
            6 => [
                say!("coverage", "覆盖范围"),
                say!(
                    "1 − area(graded) / area(required range); towns without a table",
                    "1 − 级别面积/应覆盖面积;没有价格表的乡镇"
                ),
            ],
            7 => [
                say!("price gap at borders", "边界价差"),
                say!(
                    "|ln(a/b)| at one date and connotation > 1.5 × the larger inner step next to it",
                    "统一期日与内涵后 |ln(a/b)| > 1.5 × 相邻较大级间价差"
                ),
            ],
            8 => [
                say!("order of grades", "级别价格次序"),
                say!("P_k > P_{{k+1}}; P_k/P_{{k+1}} within the band", "P_k > P_{{k+1}};P_k/P_{{k+1}} 在范围内"),
            ],
            9 => [
                say!("order of uses", "用途价格次序"),
                say!("P(commercial) ≥ P(residential) ≥ P(industrial) of one grade", "同级商服 ≥ 住宅 ≥ 工业(仅提示)"),
            ],
            10 => [
                say!("least industrial price", "工业用地最低价"),
                say!(
                    "industrial ground price ≥ the least price of the class of land",
                    "工业地面地价 ≥ 所在土地等别的最低价标准"
                ),
            ],
            11 => [
                say!("integrity of tables", "表格一致性"),
                say!(
                    "万元/亩 = price/15; K(set) = 1, monotone, no spike (second difference > 5 × median); term table of one rate; lower(k) = upper(k+1)",
                    "万元/亩 = 价格/15;K(设定)=1、单调、无突刺(二阶差 > 5×中位数);年期表符合单一还原率;下限(k)=上限(k+1)"
                ),
            ],
            12 => [
                say!("changed map of grades", "级别图变化"),
                say!(
                    "area moved between grades; units moved by two grades or more; new area",
                    "级别间转移面积;变动两级及以上的单元;新增面积"
                ),
            ],
            13 => [
                say!("growth against the index", "涨幅与指数"),
                say!(
                    "|ln(1 + g) − ln(I1/I0)| > 0.10, or opposite signs, after the connotation is made equal",
                    "统一内涵后 |ln(1+g) − ln(I1/I0)| > 0.10,或方向相反"
                ),
            ],
            14 => [
                say!("changed grades or uses", "级别或用途体系变化"),
                say!("number of grades, set of uses against the last release", "与上期比较级数与用途集合"),
            ],
            15 => [
                say!("form of the prices", "公布形式"),
                say!(
                    "real-time or grid update: days between base dates, different prices within a grade",
                    "实时或网格更新:估价期日间隔天数、同级内不同价格个数"
                ),
            ],
            16 => [
                say!("standard parcels", "标定地价"),
                say!(
                    "yearly date; count per zone; |mean/grade price − 1| ≤ 0.20; price within the amplitude; one zone and one grade",
                    "年度日期;区域内宗数;|均价/级别价−1| ≤ 0.20;在修正幅度内;各属一区一级"
                ),
            ],
            17 => [
                say!("monitoring series", "监测序列"),
                say!("missing quarters; four equal quarters", "缺季;连续四季不变"),
            ],
            18 => [
                say!("documents", "文件程序"),
                say!(
                    "hearing < acceptance < publication; approval; number of what it supersedes",
                    "听证 < 验收 < 公布;批准;废止文号"
                ),
            ],
            19 => [
                say!("reports on expired releases", "引用失效成果的评估报告"),
                say!(
                    "report date > base date + 6 years, or after a newer publication",
                    "报告日期 > 估价期日 + 6 年,或晚于新成果公布"
                ),
            ],
            _ => [
                say!("negotiated transfers", "协议出让"),
                say!("price < 0.70 × price of the grade", "成交价 < 0.70 × 级别价"),
            ],
        };
        [title, formula]
    }
}
