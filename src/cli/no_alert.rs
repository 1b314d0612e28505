//! `respdiff alert` in a build that has no alerts (`--no-default-features`).

use super::Outcome;
use super::args::{AlertArgs, CommonArgs};
use crate::error::{Error, ErrorKind, Result};

pub(super) fn run(_: &AlertArgs, _: &CommonArgs) -> Result<Outcome> {
    Err(Error::new(ErrorKind::Usage, "this build of respdiff has no alerts").with_hint(
        "install a release, or build respdiff with its default features: they include `alert`",
    ))
}
