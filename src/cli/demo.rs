//! `respdiff demo`: something to try it on where there is nothing.

use crate::error::{Error, ErrorKind, Result};

use super::Outcome;
use super::args::{CommonArgs, DemoArgs};

pub(super) fn run(args: DemoArgs, _common: &CommonArgs) -> Result<Outcome> {
    Err(Error::new(ErrorKind::Repository, format!("`{}` (being built)", args.directory.display())))
}
