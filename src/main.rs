//! The `respdiff` binary: parse, run, outcome to exit code.

use std::process::ExitCode;

fn main() -> ExitCode {
    ExitCode::from(respdiff::cli::main(std::env::args_os().collect()))
}
