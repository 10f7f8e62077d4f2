//! U11: whether the tables agree with themselves: 万元/亩, plot ratios, terms, amplitudes.

use super::{Context, prices};
use crate::borders::bring::Laws;
use crate::ingest::finding::Code;
use crate::land::{Outcome, Text, money};
use crate::price::correct::{PlotRatioTable, plot_ratio::Oddity};
use crate::price::system::refit;
use crate::project::Project;
use crate::project::system::UseSystem;
use crate::release::Release;
use crate::say;
use crate::supervise::found::Held;
use crate::supervise::item::Item;
use crate::supervise::rules::Tables;
use std::path::Path;

/// U11.
pub fn tables(context: &Context<'_>) -> Outcome<Vec<Item>> {
    let (held, release) = match context.current(11) {
        Ok(found) => found,
        Err(items) => return Ok(items),
    };
    let rule = &context.rules.U11;
    let mut items: Vec<Item> = release
        .findings
        .iter()
        .filter(|finding| finding.code == Code::UnitsDisagree)
        .map(|finding| {
            let source = format!("{}: {} {}", held.place, finding.layer, finding.feature);
            Item::found(11, rule.severity, finding.detail.clone(), source).measured("", "price/15")
        })
        .collect();
    let laws = Laws::new(release, context.district.system.as_ref(), None)?;
    let project = match release.head.project.as_str() {
        "" => None,
        text => Some(Project::sealed(text, Path::new("project.toml"))?),
    };
    let mut seen = 0;
    for land_use in 0..u8::try_from(release.uses.len()).unwrap_or(u8::MAX) {
        let head = &release.uses[usize::from(land_use)];
        let part = laws.of_use(land_use);
        let set = |grades: Option<&Vec<u8>>| {
            let grade = grades.and_then(|grades| grades.first()).copied().unwrap_or(1);
            head.connotation.as_ref().map_or(f64::NAN, |own| own.plot_ratio_of(grade))
        };
        let floor = head.connotation.as_ref().is_some_and(|own| own.kind == "floor");
        let plan = project.as_ref().and_then(|project| project.uses.get(usize::from(land_use))?.price.as_ref());
        let of_project =
            plan.map(|plan| (&plan.plot_ratio_table, plan.plot_ratio)).filter(|(table, _)| !table.is_empty());
        let of_system = part.iter().flat_map(|part| &part.plot_ratio);
        let of_system = of_system
            .filter_map(|law| Some((law.table.as_ref()?, law.set.unwrap_or_else(|| set(law.grades.as_ref())))));
        let check = Check { rule, held, name: &head.name };
        for (table, set) in of_system.chain(of_project) {
            seen += 1;
            items.extend(check.plot_ratios(table, set, floor));
        }
        if let Some((rows, years)) =
            part.and_then(|part| Some((&part.term.as_ref()?.table, head.connotation.as_ref()?.term)))
        {
            seen += 1;
            items.extend(check.term(rows, years));
        }
        if let Some(part) = part.filter(|part| !part.amplitude.is_empty()) {
            seen += 1;
            items.extend(check.amplitude(part, release, land_use));
        }
    }
    if items.is_empty() {
        items.push(match seen {
            0 => Item::not_checked(
                11,
                say!(
                    "no correction tables and no printed 万元/亩 that disagree are at hand",
                    "没有修正系数表;万元/亩 无不一致记录"
                ),
            ),
            _ => {
                Item::passed(11, say!("{seen} tables agree with themselves", "{seen} 张表自身一致"), held.place.clone())
            }
        });
    }
    Ok(items)
}

struct Check<'a> {
    rule: &'a Tables,
    held: &'a Held,
    name: &'a str,
}

impl Check<'_> {
    fn found(&self, what: Text, table: Text) -> Item {
        let (place, Text { en, zh }) = (&self.held.place, table);
        Item::found(11, self.rule.severity, what, say!("{place}: {en}", "{place}:{zh}")).of_use(self.name)
    }

    fn plot_ratios(&self, rows: &[[f64; 2]], set: f64, floor: bool) -> Vec<Item> {
        let mut items = Vec::new();
        let Ok(table) = PlotRatioTable::new(rows.iter().map(|row| (row[0], row[1])).collect()) else {
            items.push(self.found(
                say!("the table of plot ratios does not ascend", "容积率修正表未按容积率递增"),
                say!("plot ratios", "容积率修正表"),
            ));
            return items;
        };
        if let Some(reading) = table.at(set) {
            let off = (reading.k - 1.0).abs();
            if off > self.rule.set_ratio || reading.clamped {
                let what = say!("K at the set plot ratio {set} is not 1", "设定容积率 {set} 处系数不为 1");
                let item = self.found(what, say!("plot ratios, R = {set}", "容积率修正表 R={set}"));
                items.push(item.measured(money::round_half_up(reading.k, 6).to_string(), "1"));
            }
        }
        // A coefficient of floor prices times its ratio is one of land: what must rise and fall is the same then.
        let on_land = if floor {
            PlotRatioTable::new(rows.iter().map(|row| (row[0], row[0] * row[1])).collect()).ok()
        } else {
            Some(table)
        };
        for oddity in on_land.iter().flat_map(PlotRatioTable::oddities) {
            let (ratio, what) = match oddity {
                Oddity::FactorFalls { ratio } if floor => {
                    (ratio, say!("the price of the land falls at plot ratio {ratio}", "容积率 {ratio} 处地面地价下降"))
                }
                Oddity::FloorPriceRises { ratio } if floor => (
                    ratio,
                    say!("the price per floor area rises at plot ratio {ratio}", "容积率 {ratio} 处楼面地价上升"),
                ),
                Oddity::FactorFalls { ratio } | Oddity::FloorPriceRises { ratio } => (ratio, oddity.text()),
                // Spikes have a rule of their own below.
                Oddity::Spike { .. } => continue,
            };
            items.push(self.found(what, say!("plot ratios, R = {ratio}", "容积率修正表 R={ratio}")));
        }
        let seconds: Vec<(f64, f64)> =
            rows.windows(3).map(|three| (three[2][0], three[2][1] - 2.0 * three[1][1] + three[0][1])).collect();
        // Of unequal steps second differences say nothing.
        let even = rows.windows(3).all(|three| {
            let (one, other) = (three[1][0] - three[0][0], three[2][0] - three[1][0]);
            (one - other).abs() <= 1e-6 * one.abs().max(other.abs())
        });
        let mut sizes: Vec<f64> = seconds.iter().map(|(_, second)| second.abs()).collect();
        sizes.sort_by(f64::total_cmp);
        let median = sizes.get(sizes.len() / 2).copied().unwrap_or(0.0);
        // A few rows, or rows on one line, have no usual second difference.
        if even && sizes.len() >= 5 && median > 1e-9 {
            for (ratio, second) in
                seconds.into_iter().filter(|(_, second)| second.abs() > self.rule.spike_times * median)
            {
                let what = say!(
                    "a spike at plot ratio {ratio}, which looks like a misprint",
                    "容积率 {ratio} 处有突刺,疑为误植"
                );
                let item = self.found(what, say!("plot ratios, R = {ratio}", "容积率修正表 R={ratio}"));
                let times = self.rule.spike_times;
                items.push(item.measured(format!("{:.4}", second.abs()), format!("≤ {times} × {median:.4}")));
            }
        }
        items
    }

    fn term(&self, rows: &[[f64; 2]], years: f64) -> Vec<Item> {
        let Some((rate, off)) = refit(rows, years) else { return Vec::new() };
        if off <= self.rule.rate_fit {
            return Vec::new();
        }
        let rate = money::round_half_up(rate * 100.0, 2);
        let what = say!(
            "the term table is of no one rate; the nearest is {rate} %",
            "年期修正表不符合单一还原率,最接近 {rate}%"
        );
        vec![
            self.found(what, say!("terms", "年期修正表"))
                .measured(format!("{off:.5}"), format!("≤ {}", self.rule.rate_fit)),
        ]
    }

    /// lower(k) = P_k · (1 − down_k) and upper(k+1) = P_{k+1} · (1 + up_{k+1}).
    fn amplitude(&self, part: &UseSystem, release: &Release, land_use: u8) -> Vec<Item> {
        let of = |grade: u8| {
            part.amplitude.iter().find(|own| own.grades.as_ref().is_none_or(|grades| grades.contains(&grade)))
        };
        let prices = prices(release, land_use);
        let mut items = Vec::new();
        for (grade, pair) in (1_u8..).zip(prices.windows(2)) {
            let (Some(better), Some(worse), Some(own), Some(next)) = (pair[0], pair[1], of(grade), of(grade + 1))
            else {
                continue;
            };
            let (lower, upper) = (better * (1.0 - own.down / 100.0), worse * (1.0 + next.up / 100.0));
            let off = (lower - upper).abs() / better;
            if off > self.rule.amplitude {
                let after = grade + 1;
                let what = say!(
                    "the amplitudes of grades {grade} and {after} do not meet",
                    "{grade} 级下限与 {after} 级上限不衔接"
                );
                let item = self.found(what, say!("amplitudes {grade}/{after}", "修正幅度 {grade}/{after}"));
                items.push(item.measured(format!("{lower:.0} / {upper:.0}"), format!("≤ {} × P", self.rule.amplitude)));
            }
        }
        items
    }
}
