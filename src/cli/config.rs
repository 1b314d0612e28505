//! `respdiff config`: what counts, and why.

use std::ffi::OsStr;

use crate::error::Result;
use crate::history::Repository;
use crate::policy::{self, Policy};
use crate::render::safe;

use super::args::{CommonArgs, ConfigArgs, ConfigCommand};
use super::output::Output;
use super::policy::{InForce, sources};
use super::{Outcome, input, pages};

pub(super) fn run(args: &ConfigArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::of(common);
    match &args.command {
        ConfigCommand::Schema => output.write(&policy::schema()?)?,
        ConfigCommand::Show { revision } => {
            output.write(in_force(revision.as_deref(), common)?.told().as_bytes())?;
        }
        ConfigCommand::Check { revision } => {
            let policy = in_force(revision.as_deref(), common)?;
            let told = match &policy.origin {
                Some(origin) => format!("{} is good.\n", safe::visible(origin)),
                None => "There is no respdiff.yaml: the defaults are in force.\n".to_owned(),
            };
            output.write(told.as_bytes())?;
        }
    }
    Ok(Outcome::Done)
}

fn in_force(revision: Option<&OsStr>, common: &CommonArgs) -> Result<Policy> {
    let given = InForce::given(common)?;
    if given.is_given {
        return Ok(given.policy);
    }
    let revision = revision.map(input::text).transpose()?;
    let repository = Repository::open(common.folder())?;
    let point = pages::point(&repository, revision)?;
    let policy = InForce::at(&repository, &point)?.policy;
    // what only a repository can tell is wrong
    sources(&repository, &policy)?;
    Ok(policy)
}
