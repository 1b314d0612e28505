//! `respdiff alert`: find what is new, store it, send it.

mod clock;
mod events;
mod filter;
mod limit;
mod outcome;
mod readable_again;
mod remote;
mod settings;
mod start;
mod targets;
mod topics;
mod unmatched;
mod watch;

use std::sync::Arc;
use std::time::Duration;

use crate::deliver::outbox::{Outbox, RunLock};
use crate::deliver::{self, delivery};
use crate::error::{Error, ErrorKind, Result};
use crate::render;
use crate::report::TargetQueue;

use super::Outcome;
use super::args::{AlertArgs, AlertFormat, CommonArgs};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::policy::given_file;

use outcome::AlertOutcome;
use settings::AlertSettings;
use watch::RepositoryWatch;

pub(super) fn run(args: &AlertArgs, common: &CommonArgs) -> Result<Outcome> {
    if args.format == AlertFormat::Json && !args.status && !args.dry_run {
        return Err(Error::new(
            ErrorKind::Usage,
            "--format applies only to --status and --dry-run",
        )
        .with_hint("omit it, or add one of them; each target gets its messages as configured"));
    }
    let settings = Arc::new(AlertSettings::load(args, common)?);
    let output = Output::from_args(common);
    if args.status {
        return show_status(args, &settings, &output);
    }
    let clock = clock::of_environment()?;
    // The user's own policy counts: a watched repository's might silence what it is watched for. Only
    // the names by which its pages are read are its own.
    let own = given_file(common).filter(|_| settings.is_own).map(|(path, _)| path);
    let is_of_variable = own.is_some() && common.config.is_none();
    let policy = own.unwrap_or_else(|| settings.file.clone());
    // `-C DIR` is in it already
    let policy = std::path::absolute(&policy).unwrap_or(policy);
    let config = (!is_of_variable).then_some(policy);
    let common = &CommonArgs { config, ..common.clone() };
    let keyrefs = Arc::new(Keyrefs::load(common, args.keyrefs.as_deref())?);
    let watch = RepositoryWatch {
        args: Arc::new(args.clone()),
        settings: Arc::clone(&settings),
        own_names: Arc::clone(&keyrefs),
        keyrefs: Arc::clone(&keyrefs),
        clock,
    };
    if args.dry_run {
        let outbox = Arc::new(Outbox::open_read_only(&settings.state)?);
        let mut all = Vec::new();
        let warnings = watch.watch_each(&outbox, |name, found| all.push((name.to_owned(), found)));
        deliver::print_to_stderr(&warnings);
        let outcome = outcome::show_rehearsal(&all, args, &output)?;
        return Ok(unless_unreachable(outcome, &settings));
    }
    let _lock = RunLock::take_lock(&settings.state, Duration::from_secs(args.wait.into()))?;
    let outbox = Arc::new(Outbox::open(&settings.state)?);
    let mut telling = AlertOutcome::default();
    let (targets, faults) = targets::ready_targets(&settings);
    if args.retry {
        telling.retried = Some(outbox.retry_all(clock.now())?);
    }
    // what waits is not held up by what repositories take
    let mut sent = delivery::deliver_due(&outbox, &targets, &clock);
    if !args.retry {
        let warnings = watch.watch_each(&outbox, |name, found| {
            telling.add_found(name, found, |found| found.store_in(&outbox, clock.now()));
        });
        deliver::print_to_stderr(&warnings);
        sent = delivery::deliver_more(sent, &outbox, &targets, &clock);
    }
    telling.add_deliveries(sent, &faults);
    keyrefs.print_warnings();
    Ok(telling.into_outcome(args))
}

fn show_status(args: &AlertArgs, settings: &AlertSettings, output: &Output) -> Result<Outcome> {
    let mut queues = Outbox::open_read_only(&settings.state)?.target_statuses()?;
    for target in &settings.config.targets {
        match queues.iter_mut().find(|queue| queue.name == target.name) {
            Some(queue) => queue.configured = true,
            None => queues.push(TargetQueue::empty(&target.name)),
        }
    }
    queues.sort_by(|a, b| a.name.cmp(&b.name));
    output.write(&match args.format {
        AlertFormat::Text => render::alert::status_text(&queues).into_bytes(),
        AlertFormat::Json => render::json::render_result(&queues)?,
    })?;
    let stuck = queues.iter().any(TargetQueue::is_stuck);
    let outcome = if stuck { Outcome::Failed } else { Outcome::Done };
    Ok(unless_unreachable(outcome, settings))
}

/// Names the targets that a run could not reach as they are configured: with one, nothing is well.
fn unless_unreachable(outcome: Outcome, settings: &AlertSettings) -> Outcome {
    let (_, faults) = targets::ready_targets(settings);
    outcome::complain_of_targets(&faults);
    if faults.is_empty() { outcome } else { Outcome::Failed }
}
