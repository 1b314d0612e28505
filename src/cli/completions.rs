//! `respdiff completions`: what a shell has to know to complete a command line.

use clap::CommandFactory;

use crate::deliver::{self, Paging};
use crate::error::Result;

use super::Outcome;
use super::args::{Cli, CompletionsArgs};

pub(super) fn run(args: &CompletionsArgs) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Cli::command(), "respdiff", &mut script);
    deliver::result(&script, &Paging::Never)?;
    Ok(Outcome::Done)
}
