use super::{Asked, Method, read};
use crate::weights::delphi::Round;
use std::fs;
use tempfile::TempDir;

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    files.iter().for_each(|(name, text)| fs::write(folder.path().join(name), text).unwrap());
    folder
}

/// What a single file asks for, and the notes beside it.
#[track_caller]
fn asked(name: &str, text: &str, method: Option<Method>) -> (Asked, Vec<String>) {
    let folder = folder(&[(name, text)]);
    let (asked, notes) = read(&folder.path().join(name), method, None).unwrap();
    (asked, notes.into_iter().map(|note| note.en).collect())
}

#[track_caller]
fn refused(name: &str, text: &str, method: Option<Method>) -> Vec<(&'static str, String)> {
    let folder = folder(&[(name, text)]);
    let fault = read(&folder.path().join(name), method, None).unwrap_err();
    assert!(fault.each().all(|fault| fault.place.is_some()), "{fault}");
    fault.each().map(|fault| (fault.code, fault.what.en.clone())).collect()
}

fn matrix(asked: &Asked) -> Vec<Vec<f64>> {
    match asked {
        Asked::Ahp(ahp) => ahp.hierarchy.top.matrix.clone(),
        Asked::Pairwise(pairwise) => pairwise.matrix.clone(),
        Asked::Delphi(_) => panic!("no matrix"),
    }
}

#[test]
fn a_square_table_is_judgements_and_its_rows_may_stand_in_any_order() {
    let (found, notes) = asked("m.csv", "title\n,a,b,c\nc,1/4,1/2,1\na,1,2,4\nb,1/2,1,2\n", None);
    assert_eq!(matrix(&found), [[1.0, 2.0, 4.0], [0.5, 1.0, 2.0], [0.25, 0.5, 1.0]]);
    assert_eq!(found.method(), Method::Ahp);
    assert!(notes.len() == 1 && notes[0].starts_with("taken as judgements"), "{notes:?}");
}

#[test]
fn blanks_follow_from_the_other_side_of_the_diagonal_and_are_counted() {
    let (found, notes) = asked("m.csv", "因素;a;b;c\na;;3;–\nb;1/3;;5\nc;1/7;;1\n", None);
    assert_eq!(matrix(&found), [[1.0, 3.0, 7.0], [1.0 / 3.0, 1.0, 5.0], [1.0 / 7.0, 0.2, 1.0]]);
    assert!(notes[1].starts_with("2 cells are empty"), "{notes:?}");
    assert_eq!(
        refused("m.csv", ",a,b\na,1,\nb,,1\n", None),
        [("weights-blank", "a and b are not compared".to_string())]
    );
}

#[test]
fn a_square_table_of_nothing_but_0_half_and_1_is_comparisons_unless_it_is_forced() {
    let text = ",a,b,c\na,-,1,1\nb,0,-,0.5\nc,0,0.5,-\n";
    let (found, notes) = asked("m.csv", text, None);
    assert_eq!(found.method(), Method::Pairwise);
    assert!(notes[0].starts_with("taken as pairwise"), "{notes:?}");
    let (forced, notes) = asked("m.csv", text, Some(Method::Ahp));
    assert_eq!((forced.method(), notes.len()), (Method::Ahp, 0));
    // Equal judgements are AHP: 1 + 1 is no comparison. One slip among comparisons leaves them comparisons.
    assert_eq!(asked("m.csv", ",a,b\na,1,1\nb,1,1\n", None).0.method(), Method::Ahp);
    assert_eq!(asked("m.csv", ",a,b\na,,1\nb,1,\n", None).0.method(), Method::Ahp);
    assert_eq!(asked("m.csv", ",a,b,c\na,,1,1\nb,1,,1\nc,0,0,\n", None).0.method(), Method::Pairwise);
    assert_eq!(asked("m.csv", ",a,b\na,,.5\nb,.5,\n", None).0.method(), Method::Pairwise);
}

#[test]
fn labels_that_do_not_match_and_cells_that_are_no_numbers_are_told() {
    let told = refused("m.csv", ",a,b,c\na,1,2,4\nb,1/2,1,2\nx,1/4,1/2,1\n", None);
    assert_eq!(
        told,
        [
            ("weights-labels", "the row \"x\" has no column".into()),
            ("weights-labels", "the column \"c\" has no row".into())
        ]
    );
    let told = refused("m.csv", ",a,b\na,1,2024-01-03\nb,three,1\n", None);
    assert_eq!(told.len(), 2);
    assert_eq!(told[0], ("weights-entry", "a against b is \"2024-01-03\", no number".into()));
    assert_eq!(refused("m.csv", "1,3\n1/3,1\n", None)[0].0, "weights-header");
    assert_eq!(refused("m.csv", ",a,a\na,1,2\na,1,2\n", None)[0].0, "weights-labels");
}

#[test]
fn a_table_of_scores_has_rounds_by_its_column_and_leaves_sums_and_means_out() {
    let text = "轮次,专家,道路,公交,合计\n第二轮,甲,60,40,100\n1,甲,50,50,100\n1,乙,70,30,100\n2,乙,65,35,100\n2,平均,62.5,37.5,100\n";
    let (found, notes) = asked("s.csv", text, None);
    let Asked::Delphi(delphi) = found else { panic!() };
    assert_eq!(delphi.factors, ["道路", "公交"]);
    let names = || vec!["甲".to_string(), "乙".to_string()];
    assert_eq!(
        delphi.rounds,
        [
            Round { experts: names(), scores: vec![vec![50.0, 50.0], vec![70.0, 30.0]] },
            Round { experts: names(), scores: vec![vec![60.0, 40.0], vec![65.0, 35.0]] }
        ]
    );
    assert_eq!(notes, ["left out, since they are no factors or experts: 合计, 平均"]);
}

#[test]
fn scores_without_names_of_experts_are_one_round() {
    let Asked::Delphi(delphi) = asked("s.csv", "a\tb\n60\t40\n50\t50\n", None).0 else { panic!() };
    assert_eq!(delphi.rounds, [Round { experts: vec![], scores: vec![vec![60.0, 40.0], vec![50.0, 50.0]] }]);
    let Asked::Delphi(delphi) = asked("s.csv", ",a,b\nX,60,40\nY,50,50\n", None).0 else { panic!() };
    assert_eq!(delphi.rounds[0].experts, ["X", "Y"]);
    let told = refused("s.csv", "expert,a,b\nX,60,\nY,abc,50\n", None);
    assert_eq!(
        told,
        [("weights-entry", "b has no score".into()), ("weights-entry", "the score of a is \"abc\", no number".into())]
    );
    assert_eq!(refused("s.csv", "round,a,b\nlast,60,40\n", None)[0].0, "delphi-table");
}

#[test]
fn toml_states_everything_and_fractions_are_exact() {
    let (found, _) = asked(
        "w.toml",
        "method = \"ahp\"\nfactors = [\"a\", \"b\"]\nmatrix = [[1, 3], [\"1/3\", 1.0]]\nsolver = \"column-mean\"\n\
         random_index = \"B\"\naccept_inconsistent = \" \"\n[[groups]]\nparent = \"b\"\nfactors = [\"c\", \"d\"]\n\
         matrix = [[\"\", 2], [\"\", \"\"]]\naccept_inconsistent = \"reviewed\"\n",
        None,
    );
    let Asked::Ahp(ahp) = found else { panic!() };
    assert_eq!(ahp.hierarchy.top.matrix, [[1.0, 3.0], [1.0 / 3.0, 1.0]]);
    assert_eq!(ahp.hierarchy.groups[0].judgements.matrix, [[1.0, 2.0], [0.5, 1.0]]);
    assert_eq!((ahp.reason, ahp.reasons), (None, vec![Some("reviewed".to_string())]));
    assert_eq!((ahp.hierarchy.solver.word(), ahp.hierarchy.random_index.word()), ("column-mean", "B"));
}

#[test]
fn toml_reads_rounds_from_tables_beside_it_in_the_order_of_its_factors() {
    let folder = folder(&[
        (
            "w.toml",
            "method = \"delphi\"\nfactors = [\"b\", \"a\"]\nrounds = [\"r1.csv\", { scores = [[1, 99], [2, 98]], experts = [\"X\", \"Y\"] }]\n",
        ),
        ("r1.csv", "expert,a,b\nX,60,40\nY,50,50\n"),
    ]);
    let (found, _) = read(&folder.path().join("w.toml"), None, None).unwrap();
    let Asked::Delphi(delphi) = found else { panic!() };
    assert_eq!(delphi.rounds[0].scores, [[40.0, 60.0], [50.0, 50.0]]);
    assert_eq!((delphi.rounds[1].scores[0][1], delphi.rounds[1].experts.len()), (99.0, 2));
}

#[test]
fn what_toml_cannot_mean_is_told_with_its_key() {
    let two = "factors = [\"a\", \"b\"]\n";
    for (text, code) in [
        (String::new(), "missing-key"),
        ("method = \"topsis\"".into(), "unknown-word"),
        ("method = \"ahp\"".into(), "missing-key"),
        (format!("method = \"ahp\"\n{two}"), "missing-key"),
        ("method = ".into(), "weights-syntax"),
        ("metod = \"ahp\"".into(), "weights-syntax"),
        (format!("method = \"ahp\"\n{two}matrix = [[1, true], [1, 1]]"), "weights-syntax"),
        (format!("method = \"ahp\"\n{two}matrix = [[1, \"x/3\"], [1, 1]]"), "weights-syntax"),
        (format!("method = \"ahp\"\n{two}matrix = [[1, 1], [1, 1]]\nvirtual = true"), "stray-key"),
        (format!("method = \"pairwise\"\n{two}matrix = [[0, 1], [0, 0]]\nsolver = \"eigenvector\""), "stray-key"),
        (format!("method = \"ahp\"\n{two}matrix = [[1, 1], [1, 1]]\nsolver = \"svd\""), "unknown-word"),
        (format!("method = \"ahp\"\n{two}matrix = [[1, 1], [1, 1]]\nrandom_index = \"C\""), "unknown-word"),
        ("method = \"ahp\"\nfactors = [\"a\", \"a\"]\nmatrix = [[1, 1], [1, 1]]".into(), "weights-twice"),
        ("method = \"delphi\"\nfactors = [\"a\", \"\"]\nrounds = []".into(), "weights-header"),
        (format!("method = \"delphi\"\n{two}"), "missing-key"),
        (format!("method = \"delphi\"\n{two}rounds = [3]"), "weights-syntax"),
        (format!("method = \"delphi\"\n{two}rounds = [\"nosuch.csv\"]"), "io"),
        (format!("method = \"delphi\"\n{two}rounds = []\ncv_limit = 0"), "out-of-range"),
        (format!("method = \"delphi\"\n{two}rounds = [{{ scores = [[1, 99]], experts = [] }}]"), "delphi-shape"),
        (
            format!(
                "method = \"ahp\"\n{two}matrix = [[1, 1], [1, 1]]\n[[groups]]\nparent = \"x\"\nfactors = [\"c\"]\nmatrix = [[1]]"
            ),
            "unknown-factor",
        ),
        (
            format!(
                "method = \"ahp\"\n{two}matrix = [[1, 1], [1, 1]]\n[[groups]]\nparent = \"a\"\nfactors = [\"b\"]\nmatrix = [[1]]"
            ),
            "weights-twice",
        ),
    ] {
        assert_eq!(refused("w.toml", &text, None)[0].0, code, "{text}");
    }
    let told = refused("w.toml", &format!("method = \"ahp\"\n{two}matrix = [[1, \"x/3\"], [1, 1]]"), None);
    assert_eq!(told[0].1, "\"x/3\" is no number and no fraction");
}
