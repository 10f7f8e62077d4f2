use super::*;

#[test]
fn the_parts_of_every_page_lie_inside_its_frame_and_on_none_another() {
    for size in [Size::A4, Size::A3, Size::A2, Size::A1, Size::A0] {
        for ground in [(2.0, 1.0), (1.0, 2.0)] {
            let mut layout = Layout::default();
            layout.paper.size = size;
            let page = Page::of(&layout, ground, 22.0);
            assert_eq!(page.is_landscape(), ground.0 > ground.1);
            let parts = [page.title, page.map, page.panel, page.foot];
            for (at, part) in parts.iter().enumerate() {
                assert!(page.frame.holds(*part) && part.width > 0.0 && part.height > 0.0, "{size:?} {part:?}");
                assert!(parts[at + 1..].iter().all(|other| !part.meets(*other)), "{size:?} {part:?}");
            }
            let share = page.map.width * page.map.height / (page.width * page.height);
            assert!(share > 0.45, "{size:?}: the map has {share:.2} of the page");
        }
    }
}
