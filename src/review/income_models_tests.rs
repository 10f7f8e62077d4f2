use super::*;

fn sample(grade: u8, capital: f64, wages: f64, profit: f64) -> Sample {
    Sample { line: 0, id: String::new(), unit: 0, land_use: 0, grade, industry: String::new(), profit, capital, wages }
}

fn samples() -> Vec<Sample> {
    let given = [
        (4, 100.0, 20.0),
        (4, 150.0, 10.0),
        (3, 80.0, 25.0),
        (3, 200.0, 12.0),
        (2, 90.0, 30.0),
        (1, 300.0, 40.0),
        (1, 60.0, 15.0),
    ];
    let of = |(grade, capital, wages): (u8, f64, f64)| {
        let profit = 2.0 * 1.5_f64.powi(5 - i32::from(grade)) * libm::pow(capital, 0.4) * libm::pow(wages, 0.2);
        sample(grade, capital, wages, profit)
    };
    given.map(of).to_vec()
}

/// Y = 2 · 1.5^X · K^0.4 · L^0.2, met exactly.
#[test]
fn a_model_is_found_again_from_its_own_values() {
    let own = samples();
    let own: Vec<&Sample> = own.iter().collect();
    let found = model(&own, 4, (true, true));
    let fitted = found.fitted.as_ref().unwrap();
    for (value, expected) in [
        (fitted.scale(), 2.0),
        (fitted.rate(), 0.5),
        (fitted.fit.slopes[1].value, 0.4),
        (fitted.fit.slopes[2].value, 0.2),
        (fitted.r2_price, 1.0),
    ] {
        assert!((value - expected).abs() < 1e-9, "{value} is not {expected}");
    }
    assert_eq!((found.verdict(), found.form()), (Some(Verdict::Rises), "Y = A(1 + r)^X · K^b · L^c"));
    let alone = model(&own, 4, (false, true));
    assert_eq!((alone.form(), alone.exponents()), ("Y = A(1 + r)^X · L^c", vec!["c"]));
}

#[test]
fn what_no_logarithm_takes_is_counted_and_what_cannot_be_fitted_told() {
    let mut own = samples();
    (own[0].profit, own[1].capital, own[2].wages) = (-1.0, f64::NAN, 0.0);
    let few: Vec<&Sample> = own.iter().collect();
    let found = model(&few, 4, (true, true));
    assert_eq!((found.samples, found.lacking, found.grades), (4, 2, 3));
    assert!(found.said().en.contains("4 samples, at least 5 needed"), "{:?}", found.said());
    let one_grade: Vec<&Sample> = few[4..5].to_vec();
    assert!(model(&one_grade, 4, (false, false)).said().en.contains("fewer than two grades"));
    own = samples();
    own.iter_mut().for_each(|sample| sample.capital = 70.0);
    assert!(model(&own.iter().collect::<Vec<_>>(), 4, (true, false)).said().en.contains("the same throughout"));
    own.iter_mut().for_each(|sample| sample.capital = libm::exp(f64::from(sample.grade)));
    assert!(model(&own.iter().collect::<Vec<_>>(), 4, (true, false)).said().en.contains("follow from the grade"));
}
