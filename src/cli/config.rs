//! `respdiff config`: what counts, and why.

use std::ffi::OsStr;
use std::path::Path;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Filter, Point, Repository};
use crate::normalize::Names;
use crate::policy::{self, Policy, Whose};
use crate::render::safe;

use super::args::{CommonArgs, ConfigArgs, ConfigCommand};
use super::output::Output;
use super::overlooked::{Misnamed, misnamed_files, report_sources};
use super::policy::{EffectivePolicy, given_file, sources_filter};
use super::several::Answers;
use super::shell::{git_in, shell_quoted};
use super::{Outcome, input, pages, print_error, schema, unmatched_rules};

pub(super) fn run(args: &ConfigArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::from_args(common);
    match &args.command {
        ConfigCommand::Schema { file, output } => {
            let schema = schema::config_schema(*file);
            Output::to_file(common, output.as_deref())?.write(schema.as_bytes())?;
        }
        ConfigCommand::Show { revision, output } => {
            let output = Output::to_file(common, output.as_deref())?;
            output
                .write(in_force(revision.as_deref(), common)?.to_yaml_with_defaults().as_bytes())?;
        }
        ConfigCommand::Check { revision } => {
            let answers = Answers::of_run(common, false, |place| {
                let shown = check_policy(revision.as_deref(), &place.args_within(common))?;
                Ok((shown.into_bytes(), None))
            })?;
            output.write(&answers.text(&output, |shown, _| shown.clone(), |_| Vec::new()))?;
            return Ok(answers.outcome(false));
        }
    }
    Ok(Outcome::Done)
}

/// What is to be said of the policy of one repository.
fn check_policy(revision: Option<&OsStr>, common: &CommonArgs) -> Result<String> {
    let policy = in_force(revision, common)
        .map_err(|error| print_other_mistakes(error, revision, common))?;
    let mut shown = match &policy.origin {
        Some(origin) => format!("{} is valid.\n", safe::make_visible(origin)),
        None => "No respdiff.yaml found: the defaults apply.\n".to_owned(),
    };
    shown.push_str(&unmatched_rules::list_unmatched(&policy, revision, common)?);
    Ok(shown)
}

/// Prints the mistakes of a policy that cannot be read, but the last one; gives that.
fn print_other_mistakes(error: Error, revision: Option<&OsStr>, common: &CommonArgs) -> Error {
    let mut all = policy_mistakes(revision, common).unwrap_or_default();
    match all.pop() {
        Some(last) if !all.is_empty() => {
            all.iter().for_each(print_error);
            last
        }
        Some(_) | None => error,
    }
}

fn policy_mistakes(revision: Option<&OsStr>, common: &CommonArgs) -> Result<Vec<Error>> {
    if let Some((path, shown)) = given_file(common) {
        let text = String::from_utf8_lossy(&input::read_option(&path)?).into_owned();
        return Ok(Policy::all_mistakes(&shown, &text, Whose::User));
    }
    let repository = Repository::open(common.start_folder())?;
    let point = pages::named_point(&repository, revision.map(input::word_text).transpose()?)?;
    let found = repository.read_setting(&point, policy::FILE)?;
    Ok(found.map_or_else(Vec::new, |file| {
        Policy::all_mistakes(&file.name, &file.text, Whose::Repository)
    }))
}

fn in_force(revision: Option<&OsStr>, common: &CommonArgs) -> Result<Policy> {
    let given = EffectivePolicy::from_option(common)?;
    if given.is_given {
        return Ok(given.policy);
    }
    let revision = revision.map(input::word_text).transpose()?;
    let repository = Repository::open(common.start_folder())?;
    let point = pages::named_point(&repository, revision)?;
    let policy = EffectivePolicy::of_repository(&repository, &point)?.policy;
    if let Some(misnamed) = misnamed_files(&repository, &point)?.first() {
        let Misnamed { found, meant, meant_exists } = misnamed;
        let advice = match meant {
            Some(meant) if !meant_exists => {
                // git moves only what it tracks
                let is_untracked =
                    matches!(repository.read_setting(&Point::Index, found), Ok(None));
                let root = repository.shown_path();
                let is_here = repository.given_folder() == Path::new(".");
                let at_root = |file: &str| shell_quoted(&root.join(file).to_string_lossy());
                let mv = match (is_untracked, is_here && !repository.is_below_root()) {
                    (true, true) => format!("mv {found} {meant}"),
                    (true, false) => format!("mv {} {}", at_root(found), at_root(meant)),
                    (false, true) => format!("git mv {found} {meant}"),
                    (false, false) => format!("{} mv {found} {meant}", git_in(root)),
                };
                format!("{}: {mv}", misnamed.advice())
            }
            Some(_) | None => misnamed.advice(),
        };
        return Err(Error::new(ErrorKind::Input, format!("{found} is not read")).with_hint(advice));
    }
    // what is wrong, as far as only a repository shows it
    let everything = Filter::default();
    let within = sources_filter(&repository, &policy)?;
    let sides = (&everything, within.as_ref().unwrap_or(&everything));
    report_sources(&repository, &[&point], &policy, sides, &Names::builtin())?;
    Ok(policy)
}
