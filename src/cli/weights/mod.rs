//! `landgrade weights`: the weights of factors from judgements, comparisons or rounds of scores, with the statistics that say whether they hold.

mod delphi;
mod judged;
mod pairwise;
mod show;

use super::{Ending, Ui};
use clap::Args;
use clap::builder::PossibleValuesParser;
use landgrade::land::{Fault, Outcome};
use landgrade::say;
use landgrade::weights::asked::{self, Asked, Method};
use landgrade::weights::{RandomIndex, Solver};
use std::path::PathBuf;

/// Find the weights of factors by AHP, pairwise comparison or Delphi, and test them
#[derive(Args)]
#[command(
    after_help = "Example:\n  landgrade weights data-samples/weights/four-factors.csv --solver column-mean\n  landgrade weights data-samples/weights/two-layers.toml --json\n  landgrade weights data-samples/weights/delphi.csv"
)]
pub struct Weights {
    /// Judgements, comparisons or scores: .toml, .csv, .txt, .tsv, .xlsx
    file: PathBuf,
    /// The method; told by the file where left out
    #[arg(long, value_parser = PossibleValuesParser::new(Method::ALL.map(Method::word)))]
    method: Option<String>,
    /// The sheet of a workbook; of scores every sheet is a round where left out
    #[arg(long, value_name = "SHEET")]
    layer: Option<String>,
    /// How AHP reads weights off the matrix; in place of what the file says
    #[arg(long, value_parser = PossibleValuesParser::new(Solver::ALL.map(Solver::word)))]
    solver: Option<String>,
    /// The table of random indices; in place of what the file says
    #[arg(long, value_parser = PossibleValuesParser::new(["A", "B"]))]
    random_index: Option<String>,
    /// Why judgements with a consistency ratio of 0.1 or more are accepted
    #[arg(long, value_name = "REASON")]
    accept_inconsistent: Option<String>,
    /// Add a factor that loses every pairwise comparison, so that no other weighs nothing
    #[arg(long = "virtual")]
    with_virtual: bool,
    /// Bring the scores of each expert to 100 points instead of refusing other sums
    #[arg(long)]
    normalise: bool,
}

impl Weights {
    pub fn run(self, ui: &Ui) -> Outcome<Ending> {
        let method = Method::ALL.into_iter().find(|method| self.method.as_deref() == Some(method.word()));
        let (mut asked, notes) = asked::read(&self.file, method, self.layer.as_deref())?;
        self.fits(asked.method())?;
        self.set(&mut asked);
        match asked {
            Asked::Ahp(asked) => judged::run(&asked, notes, ui),
            Asked::Pairwise(asked) => pairwise::run(&asked, notes, ui),
            Asked::Delphi(asked) => delphi::run(&asked, notes, ui),
        }
        .map_err(|fault| self.placed(fault))
    }

    /// Refuses options of another method.
    fn fits(&self, method: Method) -> Outcome<()> {
        let given = [
            ("--solver", self.solver.is_some(), Method::Ahp),
            ("--random-index", self.random_index.is_some(), Method::Ahp),
            ("--accept-inconsistent", self.accept_inconsistent.is_some(), Method::Ahp),
            ("--virtual", self.with_virtual, Method::Pairwise),
            ("--normalise", self.normalise, Method::Delphi),
        ];
        let word = method.word();
        let strays = given.into_iter().filter(|(_, given, of)| *given && *of != method).map(|(option, _, of)| {
            let of = of.word();
            Fault::new(
                "bad-option",
                say!(
                    "{option} belongs to {of}, and the file is taken as {word}",
                    "{option} 用于 {of},而该文件按 {word} 处理"
                ),
                say!(
                    "leave it out, or force the method with --method {of}",
                    "请去掉该选项,或用 --method {of} 指定方法"
                ),
            )
        });
        let blank = self.accept_inconsistent.as_ref().is_some_and(|reason| reason.trim().is_empty());
        let blank = blank.then(|| {
            Fault::new(
                "bad-option",
                say!("--accept-inconsistent gives no reason", "--accept-inconsistent 没有写明理由"),
                say!("write why the judgements are accepted", "请写明采用的理由"),
            )
        });
        Fault::of_all(strays.chain(blank).collect()).map_or(Ok(()), Err)
    }

    fn set(&self, asked: &mut Asked) {
        match asked {
            Asked::Ahp(ahp) => {
                let hierarchy = &mut ahp.hierarchy;
                let solver = self.solver.as_deref().and_then(Solver::of_word);
                hierarchy.solver = solver.unwrap_or(hierarchy.solver);
                let table = self.random_index.as_deref().and_then(RandomIndex::of_word);
                hierarchy.random_index = table.unwrap_or(hierarchy.random_index);
                let reason = self.accept_inconsistent.as_deref().map(|reason| reason.trim().to_string());
                ahp.reason = reason.or(ahp.reason.take());
            }
            Asked::Pairwise(pairwise) => pairwise.with_virtual |= self.with_virtual,
            Asked::Delphi(delphi) => delphi.rule.normalise |= self.normalise,
        }
    }

    /// Says in which file; a fault that knows its group keeps it.
    fn placed(&self, mut fault: Fault) -> Fault {
        let file = self.file.display();
        let whole = |place: Option<String>| match place {
            Some(group) => format!("{file}: {group}"),
            None => file.to_string(),
        };
        fault.place = Some(whole(fault.place.take()));
        fault.also.iter_mut().for_each(|also| also.place = Some(whole(also.place.take())));
        fault
    }
}
