use super::super::page;
use super::*;
use crate::compare::fixture::release;
use crate::compare::{Options, compare};
use crate::land::progress::Unwatched;
use crate::release::Release;

fn theme() -> Theme {
    let labels = ["down", "same", "up"].map(Text::same).to_vec();
    Theme { value: |change| change.growth, limits: vec![-1.0, 1.0], labels, warm_above: true }
}

/// Squares of 10 m side by side, named by number, at 100 元/㎡ grown by `growth` of the number.
fn row(count: usize, growth: impl Fn(usize) -> f64) -> Release {
    let names: Vec<String> = (0..count).map(|at| format!("u{at:06}")).collect();
    let units: Vec<_> = (0..count)
        .map(|at| {
            let x = at as f64 * 10.0;
            (names[at].as_str(), 0, [x, 0.0, x + 10.0, 10.0], 1, 100.0 + growth(at))
        })
        .collect();
    release("r", &units)
}

/// One path per class that has units: the first unit falls, the second stays, the third rises.
#[test]
fn units_stand_in_the_colours_of_their_classes() {
    let (old, new) = (row(3, |_| 0.0), row(3, |at| [-20.0, 0.0, 20.0][at]));
    let comparison = compare(&old, &new, &Options::default(), &Unwatched).unwrap();
    let svg = draw(&comparison, &theme(), Lang::En).unwrap();
    for (colour, left) in [(ramp(2, 3), "M0.0 32.0"), (ramp(1, 3), "M320.0 32.0"), (ramp(0, 3), "M640.0 32.0")] {
        let path = svg.lines().find(|line| line.starts_with("<path d=\"M") && line.contains(&hex(colour))).unwrap();
        assert!(path.contains(left) || path.contains(&left.replace("32.0", "320.0")), "{left} in {path}");
    }
    assert_eq!(svg.matches("<text").count(), 5, "three classes, those not compared, and the scale");
    assert!(svg.contains(">2 m<"), "an eighth of 30 m is 3.75 m: {svg}");
}

/// 60,000 squares have more corners than are drawn one by one: 250 of them share a square of the mosaic, which shows their mean.
#[test]
fn many_units_become_a_mosaic() {
    let (old, new) = (row(60_000, |_| 0.0), row(60_000, |at| if at < 30_000 { 40.0 } else { -40.0 }));
    let comparison = compare(&old, &new, &Options::default(), &Unwatched).unwrap();
    let svg = draw(&comparison, &theme(), Lang::En).unwrap();
    let squares =
        |colour| svg.lines().filter(|line| line.contains("width=\"4\"") && line.contains(&hex(colour))).count();
    assert_eq!((squares(ramp(0, 3)), squares(ramp(2, 3))), (120, 120));
    assert!(svg.len() < 60_000, "{}", svg.len());
}

#[test]
fn names_from_data_are_text_on_the_page() {
    let name = "<img src=x onerror=alert(1)>";
    let (mut old, mut new) = (
        release("a", &[(name, 0, [0.0, 0.0, 10.0, 10.0], 1, 100.0)]),
        release("b", &[(name, 0, [0.0, 0.0, 10.0, 10.0], 1, 120.0)]),
    );
    old.head.title = "</title><script>alert(2)</script>".to_string();
    new.uses[0].name = "\"><svg onload=alert(3)>".to_string();
    let comparison = compare(&old, &new, &Options::default(), &Unwatched).unwrap();
    for lang in [Lang::En, Lang::Zh] {
        let page = page(&comparison, lang);
        for bad in ["<img", "<script", "<svg onload"] {
            assert!(!page.contains(bad), "{bad}");
        }
        assert!(page.contains("&lt;img src=x onerror=alert(1)&gt;"));
        assert!(
            !page.contains("http")
                || page.matches("http").count() == page.matches("http://www.w3.org/2000/svg").count()
        );
    }
}
