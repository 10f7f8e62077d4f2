//! The verbs: what each is called with, and what it prints.

mod check;
mod compare;
mod explain;
mod grade;
mod import;
mod new;
mod publish;
mod run;
mod sample;
mod summary;
mod ui;
mod verify;

use clap::{Args, Parser, Subcommand, ValueEnum};
use landgrade::land::{Lang, Outcome, cancel};
use landgrade::scale;
use landgrade::space::quiet;
use std::process::ExitCode;
use ui::Ui;

/// Urban land grading and benchmark land prices (土地定级与基准地价).
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
struct Options {
    /// Language of messages and reports (语言); default: from the environment
    #[arg(long, global = true, value_enum)]
    lang: Option<LangChoice>,
    /// Threads to work with; default: one per core (线程数)
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(0..=1024))]
    threads: Option<u16>,
    /// Print the result as JSON (输出 JSON)
    #[arg(long, global = true)]
    json: bool,
    /// How progress is shown on standard error (进度显示)
    #[arg(long, global = true, value_enum, default_value_t = ProgressChoice::Auto)]
    progress: ProgressChoice,
}

#[derive(Clone, Copy, ValueEnum)]
enum LangChoice {
    Zh,
    En,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ProgressChoice {
    /// A bar on a terminal, nothing elsewhere
    Auto,
    /// One JSON object per line
    Json,
    /// Nothing
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
    Explain(explain::Explain),
    Verify(verify::Verify),
    Import(Box<import::Import>),
}

/// How a verb ended, when nothing failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Ending {
    /// Exit code 0.
    Done,
    /// Exit code 1: differences, or findings that deny.
    Differences,
}

/// Runs the program.
pub fn main() -> ExitCode {
    let cli = Cli::parse();
    scale::set_threads(usize::from(cli.options.threads.unwrap_or(0)));
    quiet::gdal();
    // A second Ctrl-C while files are being cleared away changes nothing.
    let _ = ctrlc::set_handler(cancel::request);
    let ui = Ui::new(lang(&cli.options), cli.options.json, cli.options.progress);
    let ended = match cli.verb {
        Verb::Sample(verb) => verb.run(&ui),
        Verb::New(verb) => verb.run(&ui),
        Verb::Check(verb) => verb.run(&ui),
        Verb::Run(verb) => verb.run(&ui),
        Verb::Grade(verb) => verb.run(&ui),
        Verb::Price(verb) => verb.run(&ui),
        Verb::Publish(verb) => verb.run(&ui),
        Verb::Compare(verb) => verb.run(&ui),
        Verb::Explain(verb) => verb.run(&ui),
        Verb::Verify(verb) => verb.run(&ui),
        Verb::Import(verb) => verb.run(&ui),
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

fn lang(options: &Options) -> Lang {
    match options.lang {
        Some(LangChoice::Zh) => Lang::Zh,
        Some(LangChoice::En) => Lang::En,
        None => {
            let names = ["LANDGRADE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"];
            let set = names.iter().filter_map(|name| std::env::var(name).ok()).find(|value| !value.is_empty());
            set.map_or(Lang::En, |locale| Lang::of_locale(&locale))
        }
    }
}
