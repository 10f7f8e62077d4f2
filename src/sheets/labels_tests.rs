use super::*;
use crate::sheets::Layout;
use crate::sheets::svg::Anchor;
use crate::space::Shapes;

fn fonts() -> Option<Fonts> {
    let fonts = Fonts::find(&Layout::default().words.fonts).ok();
    if fonts.is_none() {
        eprintln!("skipped: no font with Chinese characters");
    }
    fonts
}

fn rectangles(all: &[(f64, f64, f64, f64)]) -> Shapes {
    let mut shapes = Shapes::new(Kind::Polygon);
    for (west, south, east, north) in all {
        let corners = [(*west, *south), (*east, *south), (*east, *north), (*west, *north), (*west, *south)];
        shapes.push_ring(&corners.map(|(x, y)| Point::new(x, y)), true);
        shapes.end_feature();
    }
    shapes
}

fn labels(shapes: &Shapes) -> Vec<Label<'_>> {
    let label = |at: usize| Label { shape: shapes.get(at), words: format!("{}级", at + 1), grade: Some(at as u8 + 1) };
    (0..shapes.len()).map(label).collect()
}

/// Sheets of 250 by 160 mm at 1:1000 that cover 2000 by 1600 m.
fn sheets() -> Vec<View> {
    let map = Rect { left: 10.0, top: 20.0, width: 250.0, height: 160.0 };
    let centre = |at: u32| Point::new(125.0 + 250.0 * f64::from(at % 8), 80.0 + 160.0 * f64::from(at / 8));
    (0..80).map(|at| View { map, centre: centre(at), scale: 1000.0 }).collect()
}

fn written(fonts: &Fonts, view: &View, labels: &[Label<'_>]) -> (String, Bare) {
    let mut svg = Svg::new(297.0, 210.0, &fonts.family);
    let look = Look::new(3.0, Anchor::Middle);
    let bare = Writing { fonts, view, look, least: 40.0 }.write(&mut svg, labels, &mut Taken::default());
    (svg.finish(), bare)
}

/// The share of a sheet that a rectangle covers, by a count of points.
fn share(view: &View, (west, south, east, north): (f64, f64, f64, f64)) -> f64 {
    let extent = view.extent();
    let inside = |at: u32| {
        let x = extent.min.x + (f64::from(at % 50) + 0.5) / 50.0 * extent.width();
        let y = extent.min.y + (f64::from(at / 50) + 0.5) / 50.0 * extent.height();
        (west..east).contains(&x) && (south..north).contains(&y)
    };
    (0..2500).filter(|at| inside(*at)).count() as f64 / 2500.0
}

/// One part of grade 1 covers 60 sheets or parts of them, grade 2 is a strip across all columns.
#[test]
fn every_grade_of_a_tenth_of_a_detail_sheet_is_labelled_on_it() {
    let Some(fonts) = fonts() else { return };
    let parts = [(0.0, 0.0, 2000.0, 1100.0), (0.0, 1100.0, 2000.0, 1150.0), (0.0, 1150.0, 1300.0, 1600.0)];
    let shapes = rectangles(&parts);
    let labels = labels(&shapes);
    let mut asked = 0;
    for view in sheets() {
        let (page, bare) = written(&fonts, &view, &labels);
        for at in (0..parts.len()).filter(|at| share(&view, parts[*at]) > 0.1) {
            asked += 1;
            assert!(page.contains(&format!(">{}级<", at + 1)), "grade {} on the sheet about {:?}", at + 1, view.centre);
        }
        assert_eq!(bare.grades, 0);
    }
    assert!(asked > 70, "{asked}");
}

/// On the whole map the largest part of a grade bears a label however small it is, on a detail sheet a sliver of a grade bears none.
#[test]
fn slivers_at_the_frame_bear_no_label_and_are_counted() {
    let Some(fonts) = fonts() else { return };
    let view = sheets()[0];
    let inside = rectangles(&[(100.0, 100.0, 103.0, 103.0)]);
    let (page, bare) = written(&fonts, &view, &labels(&inside));
    assert!(page.contains(">1级<") && bare == Bare::default());
    let sliver = rectangles(&[(-500.0, 0.0, 0.1, 100.0)]);
    let (page, bare) = written(&fonts, &view, &labels(&sliver));
    assert!(!page.contains(">1级<"));
    assert_eq!(bare, Bare { small: 1, ..Bare::default() });
}

/// The pole of the ring is taken; the label stands elsewhere on it.
#[test]
fn a_grade_whose_best_places_are_taken_is_labelled_elsewhere() {
    let Some(fonts) = fonts() else { return };
    let view = sheets()[0];
    let shapes = rectangles(&[(20.0, 20.0, 220.0, 120.0)]);
    let mut svg = Svg::new(297.0, 210.0, &fonts.family);
    let mut taken = Taken::default();
    let (x, y) = view.place(Point::new(120.0, 70.0));
    taken.labels.push(Rect { left: x - 60.0, top: y - 20.0, width: 120.0, height: 40.0 });
    let writing = Writing { fonts: &fonts, view: &view, look: Look::new(3.0, Anchor::Middle), least: 40.0 };
    assert_eq!(writing.write(&mut svg, &labels(&shapes), &mut taken), Bare::default());
    assert!(svg.finish().contains(">1级<"));
}

/// Where the label stands, as its text says: the x and y of the only text.
fn place_of(svg: &str) -> (f64, f64) {
    let text = &svg[svg.find("<text").unwrap()..];
    let number = |name: &str| {
        let from = text.find(name).unwrap() + name.len();
        text[from..].split('"').next().unwrap().parse::<f64>().unwrap()
    };
    (number(" x=\""), number(" y=\""))
}

/// A mark in the middle of a rectangle 40 m wide at 1:1000, so 40 mm: the label steps aside, on its own ground; where marks are everywhere it
/// lies upon them rather than nowhere.
#[test]
fn a_label_avoids_marks_and_the_ground_of_others() {
    let Some(fonts) = fonts() else { return };
    let shapes = rectangles(&[(100.0, 60.0, 140.0, 100.0)]);
    let (labels, view) = (labels(&shapes), &sheets()[0]);
    let middle = view.place(Point::new(120.0, 80.0));
    let written = |marks: Vec<Rect>| {
        let mut svg = Svg::new(297.0, 210.0, &fonts.family);
        let look = Look::new(3.0, Anchor::Middle);
        let bare =
            Writing { fonts: &fonts, view, look, least: 40.0 }.write(&mut svg, &labels, &mut Taken::by_marks(marks));
        assert_eq!(bare, Bare::default());
        place_of(&svg.finish())
    };
    let near = |(x, y): (f64, f64)| (x - middle.0).hypot(y - 0.35 * 3.0 - middle.1);
    assert!(near(written(Vec::new())) < 1.0, "nothing is in the way");
    let mark =
        |x: f64, y: f64, half: f64| Rect { left: x - half, top: y - half, width: 2.0 * half, height: 2.0 * half };
    let aside = near(written(vec![mark(middle.0, middle.1, 1.0)]));
    assert!(aside > 2.0 && aside < 20.0, "{aside}");
    assert!(near(written(vec![mark(middle.0, middle.1, 100.0)])) < 1.0, "marks are everywhere");
}
