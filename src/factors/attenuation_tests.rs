use super::*;
use proptest::prelude::*;

fn effect(form: Form, f: f64, radius: f64, distance: f64) -> f64 {
    let law = Attenuation { form, radius, reached_at_radius: false };
    law.effect(law.level(law.strength(f), distance))
}

#[test]
fn w5_exponential_score() {
    // f = 60, D = 3000 m, at 1000 m → 60^(2/3) = 15.326; linear 40.
    assert!((effect(Form::Exponential, 60.0, 3000.0, 1000.0) - 15.326).abs() < 5e-4);
    assert!((effect(Form::Linear, 60.0, 3000.0, 1000.0) - 40.0).abs() < 1e-12);
}

#[test]
fn the_table_of_both_forms() {
    // grading-and-price.md 2.4, r = 0, 0.25, 0.5, 0.75.
    for (f, expected) in [
        (100.0, [100.0, 31.623, 10.0, 3.162]),
        (75.0, [75.0, 25.486, 8.660, 2.943]),
        (25.0, [25.0, 11.180, 5.0, 2.236]),
        (3.0, [3.0, 2.280, 1.732, 1.316]),
    ] {
        for (step, value) in expected.into_iter().enumerate() {
            let r = step as f64 / 4.0;
            assert!((effect(Form::Exponential, f, 1.0, r) - value).abs() < 5.1e-4, "f {f} r {r}");
            assert!((effect(Form::Linear, f, 1.0, r) - f * (1.0 - r)).abs() < 1e-12);
        }
    }
}

#[test]
fn the_edge_is_outside_unless_said_otherwise() {
    let mut law = Attenuation { form: Form::Exponential, radius: 500.0, reached_at_radius: false };
    assert_eq!(law.effect(law.level(law.strength(100.0), 500.0)), 0.0);
    law.reached_at_radius = true;
    assert_eq!(law.effect(law.level(law.strength(100.0), 500.0)), 1.0);
    assert_eq!(law.effect(law.level(law.strength(100.0), 500.0001)), 0.0);
}

proptest! {
    #[test]
    fn effects_are_bounded_and_fall_with_distance(
        f in 1.0..100.0f64, radius in 1.0..1e4f64, near in 0.0..1.2f64, far in 0.0..1.2f64,
    ) {
        let (near, far) = (near.min(far), near.max(far));
        for form in [Form::Linear, Form::Exponential] {
            let (one, two) = (effect(form, f, radius, near * radius), effect(form, f, radius, far * radius));
            prop_assert!(one <= f * (1.0 + 1e-12) && two >= 0.0 && one >= two);
        }
    }
}
