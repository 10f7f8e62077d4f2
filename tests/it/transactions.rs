//! Samples out of tables of transactions as they are handed in: every row ends as used, read otherwise than it stood, or not used with the reason.

use crate::cli::{Room, call, landgrade};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};

/// A sealed table by rows.
fn table(path: &Path) -> Vec<HashMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).unwrap();
    let heads = reader.headers().unwrap().clone();
    let row = |row: csv::StringRecord| heads.iter().zip(&row).map(|(head, cell)| (head.into(), cell.into())).collect();
    reader.records().map(|record| row(record.unwrap())).collect()
}

/// The hamlet with other samples: eight grades for each use, and what `prices` says.
fn project(room: &Room, uses: [&str; 2], prices: &str) -> PathBuf {
    call(&format!("sample {} --hamlet", room.path().join("hamlet").display())).ends(0);
    let path = room.path().join("hamlet/project.toml");
    let text = std::fs::read_to_string(&path).unwrap();
    let limits = "grades = 8\nbreaks = { method = \"given\", limits = [10, 20, 30, 40, 50, 60, 70] }";
    let mut text = text.replace("grades = 3\nbreaks = \"natural\"             # 自然断点", limits).replace(
        "grades = 3\nbreaks = { method = \"given\", limits = [30, 50], reason = \"an example of limits that people decided on\" }",
        limits,
    );
    assert_eq!(text.matches("grades = 8").count(), 2);
    for (own, more) in ["[\"商服\"]", "[\"住宅\"]"].into_iter().zip(uses) {
        text = text.replace(&format!("spellings = {own}"), &format!("spellings = {more}"));
    }
    let (start, end) = (text.find("[prices]").unwrap(), text.find("[release]").unwrap());
    text.replace_range(start..end, prices);
    std::fs::write(&path, text).unwrap();
    path
}

const DIRTY: &str = "某县二〇二四年样点调查表,,,,,,,,,,,\n\
    编号,用途,土地级别,交易类型,成交日期,总价,面积,年租金,租赁费用,年限,交易情况,备注\n\
    ,,,,,(万元),公顷,元/年,元/年,年,,\n\
    A1,商服,一级,协议出让,2024/3/5 10:59:31,1403.349,4.6778,,,40,100,\n\
    A2,商服,Ⅰ,挂牌出让,二〇二四年三月五日,30,0.1,,,20,100,\n\
    A3,商服,1级,转让,民国113年3月5日,\"1,500,000元\",0.5,,,40,110,\n\
    A4,商服,I,土地出租,2024年3月5日,,600㎡,\"36,000\",0,40,100,\n\
    A5,商服,一级,赠与,2024-03-05,20,0.1,,,40,100,\n\
    A6,商服,一级,出让,2024-03-05,0,0.1,,,40,100,\n\
    A7,商服,九级,出让,2024-03-05,20,0.1,,,40,100,\n\
    A8,商服,一级,出让,上周,20,0.1,,,40,100,\n\
    A9,林地,一级,出让,2024-03-05,20,0.1,,,40,100,\n\
    合计,,,,,1523.349,5.3778,,,,,\n";

const PRICES: &str = r#"[prices]
outliers = "none"
base_quarter = "2024Q1"
order = ["development", "condition", "date", "term", "plot-ratio", "region"]

[prices.index_table]
"2024Q1" = [100, 100]

[prices.samples]
source = "dirty.csv"
id = "编号"
use = "用途"
grade = "土地级别"
type = "交易类型"
date = "成交日期"
term = "年限"
area = "面积"
condition = "交易情况"
blanks = ["0"]

[prices.samples.figures]
total_price = "总价"
annual_rent = "年租金"
expenses = "租赁费用"

[policy]
missing-value = "repair"
unknown-use = "repair"
unknown-grade = "repair"

"#;

/// By hand, at 6 %: a(20)/a(40) is 0.762309, so 300 元/㎡ for 20 years are 393.54 for 40; 600 元/㎡ scored 110 are 300·100/110 … of the lease
/// 36000/600·15.046297 = 902.78.
#[test]
fn a_dirty_table_is_read_row_by_row_and_nothing_is_lost() {
    let room = Room::new();
    let path = project(&room, ["[\"商服\"]", "[\"住宅\"]"], PRICES);
    let (bytes, _, unmapped) = encoding_rs::GBK.encode(DIRTY);
    assert!(!unmapped);
    std::fs::write(room.path().join("hamlet/dirty.csv"), bytes).unwrap();
    landgrade(&["run", &path.display().to_string()]).ends(0);
    let sealed = room.path().join("hamlet/releases/2025");
    let samples: HashMap<String, HashMap<String, String>> =
        table(&sealed.join("samples.csv")).into_iter().map(|row| (row["id"].clone(), row)).collect();
    let number = |id: &str, column: &str| samples[id][column].parse::<f64>().unwrap();
    let near = |id: &str, column: &str, expected: f64| {
        let told = number(id, column);
        assert!((told - expected).abs() < 5e-3, "{id} {column}: {told} is not {expected}");
    };
    assert_eq!(samples.len(), 4, "{:?}", samples.keys());
    for (id, price, corrected) in
        [("A1", 300.0, 300.0), ("A2", 300.0, 393.54), ("A3", 300.0, 272.73), ("A4", 902.78, 902.78)]
    {
        near(id, "price", price);
        near(id, "corrected", corrected);
        assert_eq!((samples[id]["grade"].as_str(), samples[id]["date"].as_str()), ("1", "2024-03-05"), "{id}");
        assert_eq!((samples[id]["unit"].as_str(), samples[id]["used"].as_str()), ("", "1"), "{id}");
    }
    let converted = "面积(公顷) 4.6778 × 10000 = 46778 ㎡; 总价(万元) 1403.349 × 10000 = 14033490 元";
    assert_eq!(samples["A1"]["outcome_en"], format!("used; {converted}"));
    assert_eq!(number("A1", "area"), 46_778.0, "0.0001 hectares are a whole square metre");
    assert_eq!(
        samples["A3"]["outcome_zh"],
        "采用;面积(公顷) 0.5 × 10000 = 5000 ㎡;总价(万元) 为文本「1,500,000元」,读作 1500000;「民国113年3月5日」读作 2024-03-05"
    );
    let rejected: BTreeMap<String, String> = table(&sealed.join("rejected.csv"))
        .into_iter()
        .map(|row| (row["id"].clone(), row["outcome_zh"].clone()))
        .collect();
    let reason = |id: &str, part: &str| {
        assert!(rejected[id].contains(part), "{id}: {}", rejected[id]);
    };
    reason("A5", "交易类型为「赠与」");
    reason("A6", "出让:缺少 总价");
    reason("A7", "「九级」不是 商服用地 的级别");
    reason("A8", "「上周」不是可读取的日期");
    reason("A9", "用途为「林地」");
    reason("合计", "「合计」为合计或平均行");
    assert_eq!(rejected.len(), 6, "ten rows, each with an end");
    // The lease with its steps, in the release and for readers.
    let steps: Vec<_> = table(&sealed.join("derivations.csv")).into_iter().filter(|row| row["id"] == "A4").collect();
    let told: Vec<(&str, &str)> = steps.iter().map(|row| (row["name_en"].as_str(), row["formula"].as_str())).collect();
    assert_eq!(told[0], ("net rent a year, 元", "36000 − 0"));
    assert_eq!(told.last().unwrap(), &("price of land, 元/㎡", "541666.69 / 600"));
    let found: HashSet<String> =
        table(&sealed.join("findings.csv")).into_iter().map(|row| row["code"].clone()).collect();
    for code in
        ["encoding-detected", "unit-converted", "number-in-text", "date-converted", "taken-as-blank", "reader-remark"]
    {
        assert!(found.contains(code), "{code}: {found:?}");
    }
}

/// The notices of 2016: prices in 万元 altogether, areas in hectares, grades in words, gifts among the sales. What is used is computed anew.
#[test]
fn real_notices_run_from_the_crawl_to_the_price_book() {
    let notices = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data/real/landchina/transfer_2016.csv");
    if !notices.is_file() {
        eprintln!("skipped: shared data not present");
        return;
    }
    let room = Room::new();
    let source = notices.canonicalize().unwrap();
    let prices = format!(
        "[prices]\noutliers = \"by-size\"\nstatistic = \"median\"\nfill = \"exponential-model\"\n\n[prices.samples]\nsource = {source:?}\n\
         id = \"超链接\"\nuse = \"土地用途\"\ntype = \"转让方式\"\ngrade = \"土地级别\"\n\
         area = {{ field = \"土地面积\", unit = \"公顷\" }}\nblanks = [\"0\"]\n\n[prices.samples.figures]\n\
         total_price = {{ field = \"转让价格\", unit = \"万元\" }}\n\n[policy]\nmissing-value = \"repair\"\nmissing-id = \"repair\"\n\
         duplicate-id = \"repair\"\nnot-a-number = \"repair\"\nunknown-use = \"repair\"\nunknown-grade = \"repair\"\n\n"
    );
    let uses = [
        "[\"商服\", \"商服用地\", \"批发零售用地\", \"其他商服用地\", \"商务金融用地\", \"住宿餐饮用地\"]",
        "[\"住宅\", \"住宅用地\", \"其他普通商品住房用地\", \"高档住宅用地\", \"经济适用住房用地\", \"中低价位、中小套型普通商品住房用地\"]",
    ];
    let path = project(&room, uses, &prices);
    landgrade(&["run", &path.display().to_string()]).ends(0);
    let sealed = room.path().join("hamlet/releases/2025");
    let (samples, rejected) = (table(&sealed.join("samples.csv")), table(&sealed.join("rejected.csv")));
    let rows = table(&notices);
    assert_eq!(samples.len() + rejected.len(), rows.len(), "every row has an end");
    assert!(rejected.iter().all(|row| !row["outcome_zh"].is_empty() && !row["outcome_en"].is_empty()));
    // Anew: what a reader of the notices would keep.
    let known: HashSet<&str> = uses.iter().flat_map(|list| list.split('"').filter(|word| word.len() > 2)).collect();
    let grades = ["一级", "二级", "三级", "四级", "五级", "六级", "七级", "八级"];
    let number = |row: &HashMap<String, String>, head: &str| row[head].trim().parse::<f64>().ok();
    let mut expected: BTreeMap<&str, f64> = BTreeMap::new();
    for row in &rows {
        let positive = |head| number(row, head).filter(|value| *value > 0.0);
        let sale = row["转让方式"] == "买卖" && known.contains(row["土地用途"].as_str());
        let named = grades.contains(&row["土地级别"].as_str()) && !row["超链接"].trim().is_empty();
        if let (Some(price), Some(area), true) = (positive("转让价格"), positive("土地面积"), sale && named) {
            expected.insert(&row["超链接"], price / area);
        }
    }
    let told: BTreeMap<&str, f64> =
        samples.iter().map(|row| (row["id"].as_str(), row["price"].parse().unwrap())).collect();
    assert_eq!(told.keys().collect::<Vec<_>>(), expected.keys().collect::<Vec<_>>());
    assert!(told.len() > 300);
    // 万元 per hectare is 元 per square metre.
    assert!(told.iter().all(|(id, price)| (price / expected[id] - 1.0).abs() < 1e-12));
    let cells = table(&sealed.join("prices.csv"));
    for (key, grade) in [("commercial", "1"), ("residential", "1"), ("residential", "3")] {
        let cell = cells.iter().find(|cell| cell["use"] == key && cell["grade"] == grade).unwrap();
        let used = samples.iter().filter(|row| row["use"] == key && row["grade"] == grade && row["used"] == "1");
        let mut prices: Vec<f64> = used.map(|row| row["corrected"].parse().unwrap()).collect();
        prices.sort_by(f64::total_cmp);
        let middle = (prices[(prices.len() - 1) / 2] + prices[prices.len() / 2]) / 2.0;
        assert_eq!(cell["published"].parse::<f64>().unwrap(), middle.round(), "{key} {grade}");
        assert_eq!(cell["kept"].parse::<usize>().unwrap(), prices.len());
    }
}

/// 1200 元/㎡ of floor at a plot ratio of 2.5 are 3000 元/㎡ of land, where the connotation is one of land.
#[test]
fn prices_of_floor_are_brought_to_prices_of_land_and_told() {
    let room = Room::new();
    let prices = "[prices]\noutliers = \"none\"\n[prices.samples]\nsource = \"floor.csv\"\nid = \"编号\"\nuse = \"用途\"\n\
        grade = \"土地级别\"\nprice = \"成交楼面价(元/㎡)\"\nplot_ratio = \"容积率\"\n\n";
    let path = project(&room, ["[\"商服\"]", "[\"住宅\"]"], prices);
    let rows = "编号,用途,土地级别,成交楼面价(元/㎡),容积率\nF1,商服,一级,1200,2.5\nF2,商服,一级,1300,\n";
    std::fs::write(room.path().join("hamlet/floor.csv"), rows).unwrap();
    landgrade(&["run", &path.display().to_string()]).ends(0);
    let sealed = room.path().join("hamlet/releases/2025");
    let samples = table(&sealed.join("samples.csv"));
    assert_eq!((samples.len(), samples[0]["price"].as_str()), (1, "3000"));
    assert_eq!(samples[0]["outcome_en"], "used; price of land, 元/㎡: 1200 · 2.5 = 3000");
    let steps = table(&sealed.join("derivations.csv"));
    assert_eq!((steps[0]["name_en"].as_str(), steps[0]["formula"].as_str()), ("price of land, 元/㎡", "1200 · 2.5"));
    let rejected = table(&sealed.join("rejected.csv"));
    assert!(rejected[0]["outcome_en"].contains("needs the plot ratio of its sale"), "{rejected:?}");
    let told = table(&sealed.join("findings.csv"));
    assert!(told.iter().any(|row| row["detail_en"].starts_with("2 prices of floor")), "{told:?}");
    // Readers see that it was not paid so.
    let published = table(&room.path().join("hamlet/releases/2025-published/samples.csv"));
    let (head, text) =
        published[0].iter().find(|(head, _)| head.contains("derived") && !head.contains("price as")).unwrap();
    assert!(text.contains("1200 · 2.5 = 3000"), "{head}: {text}");
    // What the project says against the heading stops the run.
    let wrong = std::fs::read_to_string(&path)
        .unwrap()
        .replace("plot_ratio = \"容积率\"", "plot_ratio = \"容积率\"\nprice_kind = \"ground\"");
    std::fs::write(&path, wrong).unwrap();
    call(&format!("check {}", path.display())).ends(2).tells("kind-conflict", &["成交楼面价(元/㎡)"]);
}

/// A coefficient of floor is one of the price of floor: at plot ratio 3 (0.85) the first grade has 1500 · 0.85 / 1 = 1275 of the second's 1500 at 2,
/// as a parcel of the second grade has that is asked for at 3.
#[test]
fn an_empty_grade_of_floor_prices_is_filled_as_parcels_are_valued() {
    let room = Room::new();
    let prices = "[prices]\noutliers = \"none\"\nfill = \"nearest-grade\"\n[prices.samples]\nsource = \"floor.csv\"\nid = \"编号\"\nuse = \"用途\"\n\
        grade = \"土地级别\"\nprice = \"成交楼面价(元/㎡)\"\n\n";
    let path = project(&room, ["[\"商服\"]", "[\"住宅\"]"], prices);
    let text = std::fs::read_to_string(&path).unwrap().replace(
        "plot_ratio_table = [[1.0, 0.8], [2.0, 1.0], [3.0, 1.15], [4.0, 1.25]]",
        "kind = \"floor\"\nplot_ratio_table = [[1, 1.3], [2, 1], [3, 0.85], [4, 0.75]]\nby_grade = [{ grades = [1], plot_ratio = 3 }]",
    );
    assert!(text.contains("by_grade"));
    std::fs::write(&path, text).unwrap();
    std::fs::write(room.path().join("hamlet/floor.csv"), "编号,用途,土地级别,成交楼面价(元/㎡)\nF1,商服,二级,1500\n")
        .unwrap();
    landgrade(&["run", &path.display().to_string()]).ends(0);
    let cells = table(&room.path().join("hamlet/releases/2025/prices.csv"));
    let price = |grade: &str| {
        let cell = cells.iter().find(|cell| cell["use"] == "commercial" && cell["grade"] == grade).unwrap();
        cell["published"].clone()
    };
    assert_eq!((price("1").as_str(), price("2").as_str()), ("1275", "1500"));
}
