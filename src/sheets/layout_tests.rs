use super::*;

fn parse(text: &str) -> Outcome<Layout> {
    Layout::parse(text, Path::new("/maps/own.toml"))
}

#[test]
fn a_file_replaces_only_the_keys_it_has() {
    let own = parse("[paper]\nsize = \"A0\"\nmargin = 12\n[words]\nmaker = \"某市自然资源局\"\n").unwrap();
    assert_eq!((own.paper.size, own.paper.margin, own.words.maker.as_str()), (Size::A0, 12.0, "某市自然资源局"));
    let shipped = Layout::default();
    assert_eq!((own.paper.dpi, &own.map, &own.colours), (shipped.paper.dpi, &shipped.map, &shipped.colours));
    assert_eq!(own.folder, Path::new("/maps"));
}

#[test]
fn what_a_layout_cannot_mean_is_told() {
    for (text, words) in [
        ("[paper]\nsise = \"A3\"", "size"),
        ("[paper]\nsize = \"B3\"", "A4"),
        ("[map]\nopacity = 3.0", "opacity"),
        ("[map]\nscales = [5000, 1000]", "ascending"),
        ("[[colours]]\nwords = []\nbest = \"red\"\nworst = \"#ffffff\"", "red"),
        ("[paper\n", "own.toml"),
    ] {
        let fault = parse(text).unwrap_err();
        let told = format!("{:?}", fault);
        assert!(fault.code == "bad-layout" && told.contains(words), "{text}: {told}");
    }
}

/// Red from 0x8f to 0xfb over three grades: 143, 197, 251.
#[test]
fn grades_run_from_the_best_colour_to_the_worst() {
    let colours = Layout::default().colours("commercial", "商业服务业用地", 3);
    assert_eq!(colours.iter().map(|colour| colour[0]).collect::<Vec<_>>(), [0x8f, 197, 0xfb]);
    assert_eq!(Layout::default().colours("x", "林地", 2)[0], [0x2f, 0x5d, 0x3a], "the last for all others");
    assert_eq!(Layout::default().colours("x", "林地", 1).len(), 1);
}

/// Ground that just misses a scale loses at most a third of the map's width to the next.
#[test]
fn scales_lie_close_to_one_another() {
    let scales = Layout::default().map.scales;
    for pair in scales.windows(2) {
        assert!(f64::from(pair[1]) <= 1.5 * f64::from(pair[0]), "{pair:?}");
    }
    assert!([3000, 4000, 6000, 8000].iter().all(|scale| scales.contains(scale)));
}
