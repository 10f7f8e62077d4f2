use super::*;
use crate::land::random::Random;
use crate::review::fixture::town;
use crate::review::income_models::Verdict;

fn profit(line: u32, unit: &str, profit: f64) -> Profit {
    Profit {
        line,
        id: format!("S{line}"),
        x: Number::Blank,
        y: Number::Blank,
        unit: unit.to_string(),
        land_use: String::new(),
        industry: String::new(),
        profit: Number::Value(profit),
        capital: Number::Blank,
        wages: Number::Blank,
    }
}

fn table(rows: Vec<Profit>) -> Profits {
    Profits { rows, coordinates: true, ..Profits::default() }
}

/// Units a, b, c of grades 1, 2, 3, and d of another use.
fn release() -> Release {
    let units = [("a", 0, 70.0, 1), ("b", 0, 50.0, 2), ("c", 0, 30.0, 3), ("d", 1, 30.0, 1)];
    town(&units, &[("commercial", &[40.0, 60.0]), ("industrial", &[])])
}

/// 40 44 48, 28 30 32 and 18 20 22: the worked example of docs/methods/checks.md.
fn nine() -> Vec<Profit> {
    let values = [40.0, 44.0, 48.0, 28.0, 30.0, 32.0, 18.0, 20.0, 22.0];
    (0..9).map(|at| profit(at + 2, ["a", "b", "c"][at as usize / 3], values[at as usize])).collect()
}

#[track_caller]
fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

/// By hand: means 44, 30, 20; SSB = 3·(38² + 4² + 34²)/9 = 872, SSW = 48, F = 436/8 = 54.5 with 2 and 6 degrees of freedom, whose tail is
/// (1 + 2F/6)^−3 = (6/115)³; ranks 24, 15, 6 give H = 12/90·(576 + 225 + 36)/3 − 30 = 7.2 and exp(−3.6).
#[test]
fn means_differences_and_tests_by_hand() {
    let found = check(&release(), &table(nine()));
    let of_use = &found.uses[0];
    let groups: Vec<_> = of_use.groups.iter().map(|group| (group.grade, group.mean, group.difference)).collect();
    assert_eq!(groups, [(1, 44.0, 24.0), (2, 30.0, 10.0), (3, 20.0, 0.0)]);
    let variance = of_use.variance.unwrap();
    close(variance.f, 54.5, 1e-10);
    assert_eq!(variance.freedom, (2.0, 6.0));
    close(variance.p, (6.0_f64 / 115.0).powi(3), 1e-12);
    let ranks = of_use.ranks.unwrap();
    close(ranks.h, 7.2, 1e-12);
    close(ranks.p, (-3.6_f64).exp(), 1e-12);
    assert_eq!((of_use.disorder.len(), of_use.not_positive), (0, 0));
}

/// The same example; the numbers beside it were computed by another program.
#[test]
fn the_worked_model_comes_out() {
    let found = check(&release(), &table(nine()));
    let model = &found.uses[0].models[0];
    let fitted = model.fitted.as_ref().unwrap();
    close(fitted.scale(), 13.492_466_653, 1e-8);
    close(fitted.rate(), 0.483_672_751, 1e-9);
    close(fitted.fit.r2, 0.953_026_194, 1e-9);
    close(fitted.r2_price, 0.947_518_698, 1e-9);
    close(fitted.grade().t, 11.917_181_828, 1e-8);
    assert_eq!((model.samples, model.grades, model.verdict()), (9, 3, Some(Verdict::Rises)));
}

/// W11 as samples: 柳河县's commercial prices, r = 0.49273, p = 0.0092; industrial ones are not significant.
#[test]
fn w11_comes_out_of_the_model_with_its_verdict() {
    let of = |values: [f64; 3]| {
        let rows = (0..3).map(|at| profit(at + 2, ["c", "b", "a"][at as usize], values[at as usize])).collect();
        check(&release(), &table(rows)).uses.remove(0)
    };
    let commercial = of([609.0, 900.0, 1357.0]);
    let model = &commercial.models[0];
    let fitted = model.fitted.as_ref().unwrap();
    close(fitted.scale(), 406.616, 5e-4);
    close(fitted.rate(), 0.49273, 5e-6);
    close(fitted.fit.r2, 0.99979, 5e-6);
    close(fitted.grade().p, 0.0092, 5e-5);
    assert_eq!(model.verdict(), Some(Verdict::Rises));
    let industrial = of([171.0, 207.0, 337.0]);
    assert_eq!(industrial.models[0].verdict(), Some(Verdict::NotSignificant));
    assert_eq!(industrial.models[0].said().en, "the grade is not significant at 0.05 with 3 samples in 3 grades");
    let falling = of([1357.0, 900.0, 609.0]);
    assert_eq!((falling.models[0].verdict(), falling.disorder.len()), (Some(Verdict::Falls), 2));
}

#[test]
fn samples_lie_where_their_coordinates_say_or_their_unit() {
    let mut rows = nine();
    let at = |x: f64, y: f64, land_use: &str| Profit {
        x: Number::Value(x),
        y: Number::Value(y),
        land_use: land_use.to_string(),
        ..profit(20, "", 50.0)
    };
    rows.push(at(500_050.0, 3_380_050.0, "commercial"));
    rows.push(Profit { line: 21, ..at(3_380_050.0, 500_050.0, "commercial") });
    rows.push(Profit { line: 22, ..at(500_050.0, 3_390_000.0, "commercial") });
    rows.push(Profit { line: 23, ..at(500_350.0, 3_380_050.0, "commercial") });
    rows.push(Profit { line: 24, ..at(500_350.0, 3_380_050.0, "") });
    rows.push(Profit { line: 25, y: Number::Bad("?".into()), ..at(1.0, 1.0, "industrial") });
    rows.push(Profit { line: 26, profit: Number::Blank, ..profit(26, "a", 1.0) });
    rows.push(Profit { line: 27, profit: Number::Bad("x".into()), ..profit(27, "a", 1.0) });
    rows.push(profit(28, "", 1.0));
    rows.push(profit(29, "zz", 1.0));
    rows.push(Profit { line: 30, ..nine()[0].clone() });
    rows.push(profit(31, "d", -4.0));
    let found = check(&release(), &table(rows));
    let told: Vec<(u32, Why)> = found.left_out.iter().map(|row| (row.line, row.why)).collect();
    assert_eq!(
        told,
        [
            (21, Why::Exchanged),
            (22, Why::Outside),
            (23, Why::OtherUse),
            (24, Why::NeedsUse),
            (25, Why::BadPlace),
            (26, Why::NoAmount),
            (27, Why::BadAmount),
            (28, Why::NoPlace),
            (29, Why::UnknownUnit),
            (30, Why::RepeatedSample),
        ]
    );
    assert_eq!(found.samples.len() + found.left_out.len(), found.rows, "no row is lost");
    assert_eq!(found.uses[0].groups[0].profits, [40.0, 44.0, 48.0, 50.0]);
    let industrial = &found.uses[1];
    assert_eq!((industrial.not_positive, industrial.models[0].samples), (1, 0));
    assert!(industrial.models[0].verdict().is_none() && industrial.models[0].said().en.starts_with("no model"));
}

#[test]
fn industries_have_their_own_means_and_their_own_worst_grade() {
    let mut rows = nine();
    rows.iter_mut().enumerate().for_each(|(at, row)| row.industry = ["零售", "餐饮", ""][at % 3].to_string());
    rows.retain(|row| !(row.industry == "餐饮" && row.unit == "c"));
    let found = check(&release(), &Profits { industries: true, ..table(rows) });
    let industries = &found.uses[0].industries;
    let told: Vec<_> =
        industries.iter().map(|(name, groups)| (name.as_str(), groups.len(), groups[0].difference)).collect();
    assert_eq!(told, [("", 3, 48.0 - 22.0), ("零售", 3, 22.0), ("餐饮", 2, 14.0)]);
}

#[test]
fn the_order_of_the_rows_changes_no_digit() {
    let mut random = Random::new(3, &[2]);
    let mut rows: Vec<Profit> = (0..60)
        .map(|at| Profit {
            capital: Number::Value(random.between(50.0, 500.0)),
            wages: Number::Value(random.between(5.0, 50.0)),
            id: "same".into(),
            ..profit(at + 2, ["a", "b", "c"][at as usize % 3], random.between(5.0, 90.0))
        })
        .collect();
    let whole = |rows: &[Profit]| {
        let table = Profits { capital: true, wages: true, ..table(rows.to_vec()) };
        let found = check(&release(), &table);
        let fits: Vec<String> = found.uses[0].models.iter().map(|model| format!("{:?}", model.fitted)).collect();
        (fits, format!("{:?}", found.uses[0].groups))
    };
    let first = whole(&rows);
    for _ in 0..10 {
        for at in (1..rows.len()).rev() {
            rows.swap(at, random.between(0.0, at as f64 + 0.999) as usize);
        }
        assert_eq!(whole(&rows), first);
    }
}
