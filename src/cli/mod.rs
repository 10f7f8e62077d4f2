//! The verbs: what each is called with, and what it prints.

mod apply;
mod appraise;
mod borders;
mod breaks;
mod candidates;
mod check;
mod compare;
mod explain;
mod gate;
mod grade;
mod import;
mod language;
mod life;
mod new;
mod outputs;
mod package;
mod publish;
mod quality;
mod report;
mod run;
mod sample;
mod stability;
mod summary;
mod supervise;
mod ui;
mod verify;
mod weights;
mod whatif;

use clap::error::ErrorKind;
use clap::{Args, CommandFactory, FromArgMatches, Parser, Subcommand, ValueEnum};
use landgrade::land::{Fault, Lang, Outcome, cancel};
use landgrade::space::quiet;
use landgrade::{release, say, scale};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use ui::Ui;

/// Urban land grading and benchmark land prices
#[derive(Parser)]
#[command(name = "landgrade", version, arg_required_else_help = true, max_term_width = 110)]
struct Cli {
    #[command(flatten)]
    options: Options,
    #[command(subcommand)]
    verb: Verb,
}

/// What every verb understands.
#[derive(Args)]
#[command(next_help_heading = "Options of every verb")]
struct Options {
    /// Language of messages and reports; from the environment where left out
    #[arg(long, global = true, value_enum)]
    lang: Option<LangChoice>,
    /// Threads to work with; one per core where left out
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print the result as JSON
    #[arg(long, global = true)]
    json: bool,
    /// How progress is shown on standard error: a bar on a terminal, one JSON object per line, nothing
    #[arg(long, global = true, value_enum, default_value_t = ProgressChoice::Auto)]
    progress: ProgressChoice,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangChoice {
    Zh,
    En,
}

impl LangChoice {
    fn lang(self) -> Lang {
        match self {
            LangChoice::Zh => Lang::Zh,
            LangChoice::En => Lang::En,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProgressChoice {
    Auto,
    Json,
    None,
}

#[derive(Subcommand)]
enum Verb {
    Sample(sample::Sample),
    New(new::New),
    Check(check::Check),
    Run(run::Run),
    Grade(grade::Grade),
    Price(grade::Price),
    Publish(publish::Publish),
    Compare(compare::Compare),
    Apply(apply::Apply),
    Explain(explain::Explain),
    Verify(verify::Verify),
    Gate(Box<gate::Gate>),
    Life(Box<life::Verb>),
    Import(Box<import::Import>),
    Breaks(Box<breaks::Breaks>),
    Stability(stability::Stability),
    Whatif(whatif::Whatif),
    Quality(quality::Quality),
    Candidates(candidates::Verb),
    Appraise(Box<appraise::Appraise>),
    Report(report::Report),
    Weights(Box<weights::Weights>),
    Borders(Box<borders::Verb>),
    Supervise(supervise::Verb),
    Package(package::Package),
}

/// How a verb ended, when nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Exit code 0.
    Done,
    /// Exit code 1: differences, or findings that deny.
    Differences,
}

/// Refuses a folder of inputs that is not there.
///
/// # Errors
/// `missing-folder`.
fn at_hand(inputs: Option<&Path>) -> Outcome<()> {
    let Some(folder) = inputs.filter(|folder| !folder.is_dir()) else { return Ok(()) };
    let what = say!("there is no such folder of inputs", "找不到该输入文件夹");
    let help = say!("give the folder that the project file stood in", "请给出项目文件所在的文件夹");
    Err(Fault::new("missing-folder", what, help).at(folder.display()))
}

/// Every path that an option of the verb names to be written to.
fn written_to(found: &clap::ArgMatches) -> Vec<PathBuf> {
    let Some((verb, own)) = found.subcommand() else { return Vec::new() };
    let of = |id: &str| own.try_get_raw(id).ok().flatten().into_iter().flatten().map(PathBuf::from).collect::<Vec<_>>();
    // What one verb reads another writes.
    let folder = Some("folder").filter(|_| verb == "sample");
    let ids = ["to", "coefficients", "change_file", "chart", "write", "report"].into_iter().chain(folder);
    ids.flat_map(of).collect()
}

/// Runs the program.
pub fn main() -> ExitCode {
    let args = language::asked(std::env::args_os().collect());
    let lang = language::of(&args);
    let command = language::command(Cli::command(), lang);
    let mut targets = Vec::new();
    let parsed = command.try_get_matches_from(&args).and_then(|found| {
        targets = written_to(&found);
        Cli::from_arg_matches(&found)
    });
    let cli = match parsed {
        Ok(cli) => cli,
        Err(error) if error.exit_code() == 0 || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand => {
            error.exit()
        }
        Err(error) => {
            let json = args.iter().any(|arg| arg == "--json");
            let lines = args.iter().any(|arg| arg == "--progress=json")
                || args.windows(2).any(|pair| pair[0] == "--progress" && pair[1] == "json");
            let progress = if lines { ProgressChoice::Json } else { ProgressChoice::None };
            return finish(&Ui::new(lang, json, progress), Err(language::refusal(&error, &args)));
        }
    };
    scale::set_threads(usize::from(cli.options.threads.unwrap_or(0)));
    quiet::gdal();
    // A second Ctrl-C while files are being cleared away changes nothing.
    let _ = ctrlc::set_handler(cancel::request);
    let lang = cli.options.lang.map_or(lang, LangChoice::lang);
    let ui = Ui::new(lang, cli.options.json, cli.options.progress);
    let handed_out = targets.iter().map(|target| release::refuse_handed_out(target)).find(Outcome::is_err);
    if let Some(Err(fault)) = handed_out {
        return finish(&ui, Err(fault));
    }
    let ended = match cli.verb {
        Verb::Sample(verb) => verb.run(&ui),
        Verb::New(verb) => verb.run(&ui),
        Verb::Check(verb) => verb.run(&ui),
        Verb::Run(verb) => verb.run(&ui),
        Verb::Grade(verb) => verb.run(&ui),
        Verb::Price(verb) => verb.run(&ui),
        Verb::Publish(verb) => verb.run(&ui),
        Verb::Compare(verb) => verb.run(&ui),
        Verb::Apply(verb) => verb.run(&ui),
        Verb::Explain(verb) => verb.run(&ui),
        Verb::Verify(verb) => verb.run(&ui),
        Verb::Gate(verb) => verb.run(&ui),
        Verb::Life(verb) => verb.run(&ui),
        Verb::Import(verb) => verb.run(&ui),
        Verb::Breaks(verb) => verb.run(&ui),
        Verb::Stability(verb) => verb.run(&ui),
        Verb::Whatif(verb) => verb.run(&ui),
        Verb::Quality(verb) => verb.run(&ui),
        Verb::Candidates(verb) => verb.run(&ui),
        Verb::Appraise(verb) => verb.run(&ui),
        Verb::Report(verb) => verb.run(&ui),
        Verb::Weights(verb) => verb.run(&ui),
        Verb::Borders(verb) => verb.run(&ui),
        Verb::Supervise(verb) => verb.run(&ui),
        Verb::Package(verb) => verb.run(&ui),
    };
    finish(&ui, ended)
}

fn finish(ui: &Ui, ended: Outcome<Ending>) -> ExitCode {
    ui.clear();
    match ended.and_then(|ending| ui.delivered().map(|()| ending)) {
        Ok(ending) => {
            // After a run that went well, what GDAL said on its own is news; else a fault of ours has told it already.
            quiet::said().iter().for_each(|line| ui.aside(&format!("GDAL: {line}")));
            ExitCode::from(u8::from(ending == Ending::Differences))
        }
        Err(fault) => {
            ui.fault(&fault);
            ExitCode::from(if ["denied", "denied-findings"].contains(&fault.code) { 1 } else { 2 })
        }
    }
}
