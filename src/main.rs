//! The `landgrade` program: reads the command line, runs the library, prints.

mod cli;

fn main() -> std::process::ExitCode {
    cli::main()
}
