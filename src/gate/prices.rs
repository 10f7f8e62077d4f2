//! Rules about prices, their samples, premises and growth.

use super::rules::Entry;
use super::{Breach, Checked, Rule, grading};
use crate::compare::{Options, compare};
use crate::land::progress::Unwatched;
use crate::land::{Outcome, Text};
use crate::quality::Limits;
use crate::quality::verdict::Verdict;
use crate::release::{Origin, PriceCell, Release};
use crate::review::quality::quality;
use crate::say;

fn priced(release: &Release) -> Result<(), Text> {
    match release.cells.is_empty() {
        true => Err(say!("the release holds no prices", "成果中没有地价")),
        false => Ok(()),
    }
}

/// A grade with units, or in the table, that has no price; units whose price is not above 0.
pub(super) fn no_price(release: &Release) -> Checked {
    priced(release)?;
    let mut breaches = Vec::new();
    for cell in &release.cells {
        let price = release.price_of(cell).unwrap_or(f64::NAN);
        if price > 0.0 || (price.is_nan() && cell.units == 0 && !release.units.is_empty()) {
            continue;
        }
        // Areas of one grade may have a price each, so that the grade has none.
        let own = (0..release.units.len())
            .filter(|&at| (release.units.uses[at], release.units.grades[at]) == (cell.use_index, cell.grade));
        let mut own = own.map(|at| release.units.price(at)).peekable();
        let may = release.head.origin == Origin::Imported && price.is_nan();
        if may && own.peek().is_some() && own.all(|price| price > 0.0) {
            continue;
        }
        let what = match price.is_nan() {
            true => say!("the grade has no price", "该级别没有地价"),
            false => say!("the price of the grade is {price}", "该级别地价为 {price}"),
        };
        breaches.push(of_cell(release, Rule::NoPrice, cell, what));
    }
    let units = &release.units;
    for land_use in 0..release.uses.len() {
        let bad = |unit: &usize| {
            usize::from(units.uses[*unit]) == land_use && units.prices.get(*unit).is_some_and(|price| *price <= 0.0)
        };
        let bad: Vec<usize> = (0..units.len()).filter(bad).collect();
        if !bad.is_empty() {
            let (count, list) = (bad.len(), grading::named(release, &bad));
            let what = say!("{count} units have a price of 0 or below: {list}", "{count} 个单元地价不大于 0:{list}");
            breaches.push(Breach::of(Rule::NoPrice, what).in_use(release, land_use));
        }
    }
    Ok(breaches)
}

fn of_cell(release: &Release, rule: Rule, cell: &PriceCell, what: Text) -> Breach {
    Breach::of(rule, what).in_use(release, usize::from(cell.use_index)).in_grade(cell.grade)
}

pub(super) fn few_samples(release: &Release, entry: &Entry) -> Checked {
    priced(release)?;
    if release.samples.is_empty() {
        return Err(say!("the release holds no samples", "成果中没有样点"));
    }
    let least = entry.least.unwrap_or_default();
    let few = release.cells.iter().filter(|cell| cell.published.is_some() && (cell.kept as f64) < least);
    let breach = |cell: &PriceCell| {
        let kept = cell.kept;
        let what = say!("{kept} kept samples, at least {least} wanted", "采用样点 {kept} 个,应不少于 {least} 个");
        of_cell(release, Rule::FewSamples, cell, what)
    };
    Ok(few.map(breach).collect())
}

/// The cells of a use with a price ([`Release::price_of`]), each with the next worse one, where both have the same set plot ratio and development.
fn neighbours(release: &Release) -> impl Iterator<Item = (&PriceCell, &PriceCell, f64, f64)> {
    let pairs = release.cells.iter().flat_map(move |cell| {
        let worse =
            release.cells.iter().filter(move |other| other.use_index == cell.use_index && other.grade > cell.grade);
        let next = worse.filter(|other| release.price_of(other).is_some()).min_by_key(|other| other.grade);
        next.map(|next| (cell, next))
    });
    pairs.filter_map(move |(better, worse)| {
        let premises = release.uses[usize::from(better.use_index)].connotation.as_ref();
        let of =
            |grade: u8| premises.map(|own| (own.plot_ratio_of(grade).to_bits(), own.development_of(grade).to_string()));
        let alike = of(better.grade) == of(worse.grade);
        Some((better, worse, release.price_of(better)?, release.price_of(worse)?)).filter(|_| alike)
    })
}

pub(super) fn order(release: &Release) -> Checked {
    priced(release)?;
    let breach = |(better, worse, high, low): (&PriceCell, &PriceCell, f64, f64)| {
        let (one, other) = (better.grade, worse.grade);
        let what = say!(
            "grade {one} costs {high} 元/㎡, grade {other} {low} 元/㎡",
            "{one}级 {high} 元/㎡,不高于{other}级 {low} 元/㎡"
        );
        (high <= low).then(|| of_cell(release, Rule::PriceOrder, better, what))
    };
    Ok(neighbours(release).filter_map(breach).collect())
}

pub(super) fn ratios(release: &Release, entry: &Entry) -> Checked {
    priced(release)?;
    let (least, most) = (entry.low.unwrap_or_default(), entry.high.unwrap_or(f64::INFINITY));
    let breach = |(better, worse, high, low): (&PriceCell, &PriceCell, f64, f64)| {
        let ratio = high / low;
        let other = worse.grade;
        let what = say!(
            "{ratio:.3} times the price of grade {other}; {least} to {most} expected",
            "为{other}级地价的 {ratio:.3} 倍,一般为 {least}~{most}"
        );
        (high > low && !(least..=most).contains(&ratio)).then(|| of_cell(release, Rule::RatioBand, better, what))
    };
    Ok(neighbours(release).filter_map(breach).collect())
}

/// Growth of each cell since the release before; prices of other premises are not compared, which is told.
pub(super) fn growth(release: &Release, previous: Option<&Release>, entry: &Entry) -> Outcome<Checked> {
    let Some(previous) = previous else {
        return Ok(Err(say!("no release before it was named", "未指明上期成果")));
    };
    let most = entry.most.unwrap_or(f64::INFINITY);
    let comparison = compare(previous, release, &Options::default(), &Unwatched)?;
    let mut breaches = Vec::new();
    for (at, of_use) in comparison.growth.iter().enumerate() {
        let Some(land_use) = comparison.uses[at].new.map(usize::from) else { continue };
        if of_use.in_old && !of_use.compared {
            let what = say!("premises differ: growth cannot be told", "地价内涵不同,无法计算涨跌幅");
            breaches.push(Breach::of(Rule::Growth, what).in_use(release, land_use));
        }
        for of_grade in &of_use.grades {
            let one_sided = of_grade.price_old.is_some() != of_grade.price_new.is_some();
            if of_use.compared && of_grade.in_old && of_grade.in_new && one_sided {
                let what = say!("a price in one release only: growth cannot be told", "只有一期有价格,无法计算涨跌幅");
                breaches.push(Breach::of(Rule::Growth, what).in_use(release, land_use).in_grade(of_grade.grade));
            }
            if let Some(growth) = of_grade.growth_pct.filter(|growth| growth.abs() > most) {
                let what = say!("{growth:+.2} %, more than {most} %", "{growth:+.2}%,超过 {most}%");
                breaches.push(Breach::of(Rule::Growth, what).in_use(release, land_use).in_grade(of_grade.grade));
            }
        }
    }
    Ok(Ok(breaches))
}

pub(super) fn statistics(release: &Release, entry: &Entry) -> Checked {
    let wanted = |key: &str| entry.judged.iter().flatten().any(|own| own == key);
    let limits = Limits::default();
    let found = quality(release, None, &limits).map_err(|fault| fault.what)?;
    let mut breaches = Vec::new();
    for of_use in &found {
        let (study, ranges) = (&of_use.study, &limits.limits);
        let judged = [
            ("median_ratio", study.level.map(|it| it.median), study.verdicts.median_ratio, ranges.median_ratio),
            ("cod", study.spread.map(|it| it.cod), study.verdicts.cod, ranges.cod),
            ("prd", study.prd.map(|it| it.prd), study.verdicts.prd, ranges.prd),
            ("prb", study.prb.map(|it| it.prb), study.verdicts.prb, ranges.prb),
            ("vei", study.vei.as_ref().map(|it| it.vei), study.verdicts.vei, ranges.vei),
            ("mki", study.mki, study.verdicts.mki, ranges.mki),
        ];
        for (key, value, verdict, [low, high]) in judged {
            if wanted(key) && verdict == Verdict::Failed {
                let value = value.unwrap_or(f64::NAN);
                let Text { en, zh } = match key {
                    "median_ratio" => say!("median ratio", "中位比率"),
                    other => Text::same(other.to_uppercase()),
                };
                let what = say!("{en} is {value:.4}, limits {low} to {high}", "{zh} 为 {value:.4},限值 {low}~{high}");
                breaches.push(Breach::of(Rule::Statistics, what).in_use(release, of_use.land_use));
            }
        }
    }
    Ok(breaches)
}

/// Prices from elsewhere than their own samples, and findings that say that something was taken for granted.
pub(super) fn defaults(release: &Release, entry: &Entry) -> Checked {
    let filled = release.cells.iter().filter_map(|cell| Some((cell, cell.filled.clone()?)));
    let mut breaches: Vec<Breach> = filled.map(|(cell, how)| of_cell(release, Rule::DefaultUsed, cell, how)).collect();
    let listed = entry.findings.clone().unwrap_or_default();
    for (code, count) in release.findings.counts() {
        if listed.iter().any(|word| word == code.name()) {
            let Text { en, zh } = code.title();
            let key = code.name();
            let what = say!("{count} findings {key}: {en}", "{count} 条 {key}:{zh}");
            breaches.push(Breach::of(Rule::DefaultUsed, what));
        }
    }
    Ok(breaches)
}

pub(super) fn premises(release: &Release, entry: &Entry) -> Checked {
    priced(release)?;
    let needed = entry.needed.clone().unwrap_or_default();
    let wanted = |name: &str| needed.iter().any(|own| own == name);
    let mut breaches = Vec::new();
    if wanted("base_date") && release.head.base_date.is_none() {
        breaches.push(Breach::of(Rule::Premises, say!("there is no base date", "没有估价期日")));
    }
    for (land_use, head) in release.uses.iter().enumerate() {
        let own = release.cells.iter().any(|cell| usize::from(cell.use_index) == land_use && cell.published.is_some());
        if !own {
            continue;
        }
        let Some(premises) = &head.connotation else {
            let what = say!("prices without any premise", "地价没有任何内涵");
            breaches.push(Breach::of(Rule::Premises, what).in_use(release, land_use));
            continue;
        };
        let stated: [(&str, Text, bool); 9] = [
            ("term", say!("term", "年期"), !premises.term.is_nan()),
            ("plot_ratio", say!("set plot ratio", "设定容积率"), !premises.plot_ratio.is_nan()),
            ("kind", say!("kind of price", "地价类型"), !premises.kind.is_empty()),
            ("development", say!("development", "开发程度"), !premises.development.trim().is_empty()),
            ("rate", say!("capitalisation rate", "还原率"), !premises.rate.is_nan()),
            ("right", say!("right", "土地权利"), !premises.right.trim().is_empty()),
            ("classification", say!("classification of uses", "用途分类"), !premises.classification.trim().is_empty()),
            ("scope", say!("scope", "适用范围"), !premises.scope.trim().is_empty()),
            ("meaning", say!("meaning", "价格涵义"), !premises.meaning.trim().is_empty()),
        ];
        for (_, Text { en, zh }, _) in stated.into_iter().filter(|(name, _, there)| wanted(name) && !there) {
            let what = say!("{en} is not stated", "未写明{zh}");
            breaches.push(Breach::of(Rule::Premises, what).in_use(release, land_use));
        }
    }
    Ok(breaches)
}

/// Whether the release before is one: an earlier base date, and every use of it still there.
pub(super) fn predecessor(release: &Release, previous: Option<&Release>) -> Checked {
    let Some(previous) = previous else {
        return match &release.head.supersedes {
            None => Err(say!("no release before it was named", "未指明上期成果")),
            Some(name) => {
                let what = say!(
                    "the project says that it supersedes {name}, which was not given: --previous",
                    "项目写明取代 {name},但未用 --previous 给出"
                );
                Ok(vec![Breach::of(Rule::Predecessor, what)])
            }
        };
    };
    let mut breaches = Vec::new();
    let name = &previous.head.name;
    if let Some(wanted) = release.head.supersedes.as_ref().filter(|wanted| *wanted != name) {
        let what =
            say!("the project says that it supersedes {wanted}, not {name}", "项目写明取代 {wanted},不是 {name}");
        breaches.push(Breach::of(Rule::Predecessor, what));
    }
    if previous.head.base_date >= release.head.base_date {
        let shown = |date: &Option<String>| date.clone().unwrap_or_else(|| "–".to_string());
        let (old, new) = (shown(&previous.head.base_date), shown(&release.head.base_date));
        let what = say!("its base date {old} is not before {new}", "其估价期日 {old} 不早于 {new}");
        breaches.push(Breach::of(Rule::Predecessor, what));
    }
    for head in previous.uses.iter().filter(|head| release.uses.iter().all(|own| own.key != head.key)) {
        let (key, called) = (&head.key, &head.name);
        let what = say!("the use {called} ({key}) of {name} is gone", "{name} 的用途{called}({key})不再出现");
        breaches.push(Breach::of(Rule::Predecessor, what));
    }
    Ok(breaches)
}
