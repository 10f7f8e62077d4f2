use super::*;

#[test]
fn only_lines_that_ask_count_and_not_the_head_that_explains_the_mark() {
    let text = "# Lines marked \"# ?\" are guesses.\n\n[project]\nname = \"a # ? b\"\ncrs = \"x\"  # ? one\n# ? two\n# no, # ? not\n\
                id = \"a\\\" # ? b\"\nid = 'c:\\'  # ? three\n# date = \"d\"  # ? four\n#   a # ? b.shp: empty\n";
    assert_eq!(questions(text), 4);
}
