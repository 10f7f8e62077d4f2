use super::*;

#[test]
fn only_lines_that_ask_count_and_not_the_head_that_explains_the_mark() {
    let text = "# Lines marked \"# ?\" are guesses.\n\n[project]\nname = \"a # ? b\"\ncrs = \"x\"  # ? one\n# ? two\n# no, # ? not\n\
                id = \"a\\\" # ? b\"\nid = 'c:\\'  # ? three\n# date = \"d\"  # ? four\n#   a # ? b.shp: empty\n";
    let found: Vec<(usize, &str)> = questions(text).collect();
    let lines = [5, 6, 9, 10].map(|line| (line, text.lines().nth(line - 1).unwrap()));
    assert_eq!(found, lines);
}
