//! `respdiff ack`: accepts a change, in a file that is reviewed like code.

use std::collections::BTreeSet;
use std::ffi::OsStr;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, Repository};
use crate::model::{Change, Sides, counted};
use crate::policy::{ACKS, Ack, Acks};
use crate::render::safe;
use crate::report::{End, Report, Stale, StaleAck, end_name};

use super::advice::check_command;
use super::args::{AckArgs, AcksFrom, CheckArgs, CheckFormat, CommonArgs};
use super::check_request::CheckRequest;
use super::output::Output;
use super::several::Answers;
use super::shell::command_in;
use super::{Outcome, clock};

/// Shorter beginnings of an id are slips.
const SHORTEST: usize = 4;

pub(super) fn run(args: &AckArgs, common: &CommonArgs) -> Result<Outcome> {
    let output = Output::from_args(common);
    let answers = Answers::of_run(common, false, |place| {
        Ok((change_acks(args, &place.args_within(common))?.into_bytes(), None))
    })?;
    output.write(&answers.text(&output, |shown, _| shown.clone(), |_| Vec::new()))?;
    Ok(answers.outcome(false))
}

/// Changes the acknowledgements of one repository; returns what was done.
fn change_acks(args: &AckArgs, common: &CommonArgs) -> Result<String> {
    let repository = Repository::open(common.start_folder())?;
    if repository.is_bare() {
        return Err(Error::new(
            ErrorKind::Usage,
            "a bare repository has no working tree for the file",
        )
        .with_hint("run this in a clone with a working tree"));
    }
    let asked = as_check(args);
    let asked = CheckRequest::from_args(&asked, common, &repository)?;
    if !args.prune {
        return add_ack(args, &asked);
    }
    match args.id.as_deref().filter(|id| is_second_id(&repository, OsStr::new(id))) {
        Some(id) => Err(Error::new(
            ErrorKind::Usage,
            format!("--prune takes a range, but `{id}` is not a range"),
        )
        .with_hint(format!("to withdraw one acknowledgement, delete its entry from {ACKS}"))),
        None => prune_acks(&asked),
    }
}

/// Adds the acknowledgement of a change to the file.
fn add_ack(args: &AckArgs, asked: &CheckRequest<'_>) -> Result<String> {
    let repository = asked.repository;
    let id = args.id.as_deref().unwrap_or_default().to_lowercase();
    if !id.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        let id = args.id.as_deref().unwrap_or_default();
        return Err(Error::new(ErrorKind::Usage, format!("`{id}` is not the id of a change"))
            .with_hint("the id comes first: respdiff ack ID --by NAME --reason TEXT A..B"));
    }
    let report = asked.unjudged_report().map_err(|error| {
        if args.revisions.iter().any(|word| is_second_id(repository, word)) {
            return Error::new(ErrorKind::Usage, "ack takes one id at a time")
                .with_hint("run it once for each id; after the id comes the range");
        }
        error
    })?;
    let (pages, change) = wanted_change(&report, &id, asked)?;
    let page = pages.first().copied().unwrap_or_default();
    let mut ack = Ack::for_change(
        change,
        page,
        required_words(args.by.as_deref(), "--by")?,
        required_words(args.reason.as_deref(), "--reason")?,
    );
    ack.until = last_day(args)?;
    let _turn = deliver::FolderLock::take(repository.shown_path())?;
    let mut acks: Acks = asked.acks_at(&Point::WorkingTree)?;
    let before = acks.insert(ack.clone());
    let what = match &before {
        Some(before) if *before == ack => format!("The acknowledgement is already in {ACKS}"),
        Some(_) => format!("Changed the acknowledgement in {ACKS}"),
        None => format!("Added an acknowledgement to {ACKS}"),
    };
    let replaced = before.filter(|before| *before != ack);
    let replaced = replaced.map(|before| replaced_text(&before, &ack)).unwrap_or_default();
    deliver::write_inside(repository.shown_path(), ACKS, acks.write()?.as_bytes())?;
    // an id knows no page: where two pages changed alike, both changes are accepted
    let each = if pages.len() > 1 {
        format!(" in {}", safe::make_visible(&pages.join(", ")))
    } else {
        String::new()
    };
    Ok(format!(
        "{what}: {} accepts {} ({}{each}).\n{replaced}Commit this file with the page, so that both are reviewed together.\n",
        safe::make_visible(&ack.by),
        ack.id,
        ack.kind
    ))
}

/// Who accepted a change before and until when, where an acknowledgement replaces another one.
fn replaced_text(before: &Ack, now: &Ack) -> String {
    let was =
        before.until.map_or("without an expiry date".to_owned(), |day| format!("until {day}"));
    let is = now.until.map_or("has no expiry date".to_owned(), |day| format!("counts until {day}"));
    let (by, reason) = (safe::make_visible(&before.by), safe::make_visible(&before.reason));
    let changed = if before.until == now.until {
        String::new()
    } else {
        format!(" The acknowledgement now {is}.")
    };
    format!("{by} had already accepted this change, {was} (reason: {reason}).{changed}\n")
}

/// Whether a word in the place of a revision is the id of a change.
fn is_second_id(repository: &Repository, word: &OsStr) -> bool {
    let word = word.to_string_lossy();
    let is_id = word.len() >= SHORTEST && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id && repository.find_revision(&word).is_err()
}

/// Removes the acknowledgements that do nothing from the file.
fn prune_acks(asked: &CheckRequest<'_>) -> Result<String> {
    let checked = asked.run_check()?;
    let names_changes = !asked.args.revisions.is_empty() || asked.args.baseline.is_some();
    let is_idle = |stale: &&StaleAck| match stale.why {
        // what was committed may be what they accept
        Stale::Gone => names_changes,
        Stale::Expired => true,
        Stale::NotMerged => false,
    };
    let _turn = deliver::FolderLock::take(asked.repository.shown_path())?;
    let mut acks: Acks = asked.acks_at(&Point::WorkingTree)?;
    let is_judged = |id: &str| {
        checked.accepted.iter().any(|one| one.ack.id == id)
            || checked.stale.iter().any(|one| one.ack.id == id)
    };
    let unjudged = acks.iter().filter(|ack| !is_judged(&ack.id)).count();
    let between = joined_ends(&checked.ends);
    let mut shown = String::new();
    for stale in checked.stale.iter().filter(is_idle) {
        if let Some(gone) = acks.remove(&stale.ack.id) {
            let why = match stale.why {
                Stale::Gone => format!("no change between {between} has this id"),
                Stale::Expired | Stale::NotMerged => stale.why.reason().to_owned(),
            };
            // who writes an entry by hand may leave out its kind
            let kind = if gone.kind.is_empty() { "" } else { &format!("{}; ", gone.kind) };
            let line = format!("{} ({kind}accepted by {}): {why}", gone.id, gone.by);
            shown =
                format!("{shown}removed the acknowledgement of {}\n", safe::make_visible(&line));
        }
    }
    let kept = checked.stale.iter().filter(|stale| stale.why == Stale::Gone && !names_changes);
    let kept = kept.count();
    if kept > 0 {
        if !shown.is_empty() {
            deliver::write_inside(asked.repository.shown_path(), ACKS, acks.write()?.as_bytes())?;
        }
        shown.push_str(&kept_without_range(kept, shown.is_empty(), asked));
    } else if acks.is_empty() && shown.is_empty() {
        shown = format!("Nothing removed: {ACKS} has no acknowledgements.\n");
    } else if shown.is_empty() && unjudged > 0 {
        let count = counted(unjudged, "acknowledgement");
        let is = if unjudged == 1 { "is" } else { "are" };
        let new = end_name(&checked.ends.new);
        let it = if unjudged == 1 { "it matches" } else { "they match" };
        shown = format!(
            "Nothing removed: {count} in {ACKS} {is} not in {new}, so respdiff did not check whether {it} a change between {between}.\n"
        );
    } else if shown.is_empty() {
        shown = format!("Nothing removed: every acknowledgement in {ACKS} matches a change.\n");
    } else {
        deliver::write_inside(asked.repository.shown_path(), ACKS, acks.write()?.as_bytes())?;
    }
    Ok(shown)
}

/// That acknowledgements stay which match no uncommitted change, and how to name others.
fn kept_without_range(kept: usize, is_all: bool, asked: &CheckRequest<'_>) -> String {
    let count = counted(kept, "acknowledgement");
    let verb = if kept == 1 { "matches" } else { "match" };
    let start = if is_all { "Nothing removed: " } else { "Kept: " };
    let command = command_in(asked.common.start_folder());
    format!(
        "{start}{count} {verb} no uncommitted change. Name the range that you check, as in \
         `{command} ack --prune main...HEAD`.\n"
    )
}

/// The same range for `check`.
fn as_check(args: &AckArgs) -> CheckArgs {
    CheckArgs {
        // without an id the first word is the range
        revisions: match &args.id {
            Some(id) if args.prune => [vec![id.into()], args.revisions.clone()].concat(),
            _ => args.revisions.clone(),
        },
        paths: Vec::new(),
        cached: args.cached,
        output: None,
        baseline: args.baseline.clone(),
        keyrefs: args.keyrefs.clone(),
        fail_on: None,
        acks: AcksFrom::New,
        format: CheckFormat::Text,
        summary: None,
    }
}

/// What else is called an id.
const OTHER_IDS: &str = "; ids of duties, which `respdiff blame` prints, do not work here";

/// The one change whose id begins like that, and the pages that have it.
fn wanted_change<'a>(
    report: &'a Report,
    id: &str,
    asked: &CheckRequest<'_>,
) -> Result<(Vec<&'a str>, &'a Change)> {
    let all = report.documents.iter().flat_map(|document| {
        document.changes.iter().map(move |change| (document.path.as_str(), change))
    });
    let found: Vec<_> = all.filter(|(_, change)| change.id.starts_with(id)).collect();
    let ids: BTreeSet<&str> = found.iter().map(|(_, change)| change.id.as_str()).collect();
    match found.as_slice() {
        [(_, change), ..] if ids.len() == 1 && id.len() >= SHORTEST => {
            Ok((found.iter().map(|(page, _)| *page).collect(), *change))
        }
        [] => {
            let between = joined_ends(&report.ends);
            let message = format!("no change between {between} has the id `{id}`");
            let hint = if asked.args.baseline.is_some() {
                format!("`{}` lists the ids{OTHER_IDS}", check_command(asked))
            } else {
                format!(
                    "give the range that you gave `respdiff check`, as in \
                     `respdiff ack ID --by NAME --reason TEXT A..B`{OTHER_IDS}"
                )
            };
            Err(Error::new(ErrorKind::Input, message).with_hint(hint))
        }
        _ if id.len() < SHORTEST => {
            Err(Error::new(ErrorKind::Usage, format!("`{id}` is too short"))
                .with_hint(format!("give at least {SHORTEST} characters")))
        }
        _ => {
            let message = format!("`{id}` is ambiguous: {} change ids begin with it", ids.len());
            let ids: Vec<&str> = ids.into_iter().collect();
            Err(Error::new(ErrorKind::Input, message)
                .with_hint(format!("give more characters: {}", ids.join(", "))))
        }
    }
}

fn joined_ends(ends: &Sides<End>) -> String {
    format!("{} and {}", end_name(&ends.old), end_name(&ends.new))
}

fn required_words<'a>(text: Option<&'a str>, option: &str) -> Result<&'a str> {
    let text = text.unwrap_or_default().trim();
    if text.is_empty() {
        return Err(Error::new(ErrorKind::Usage, format!("{option} is empty"))
            .with_hint("name who accepts the change and why; reviewers read it"));
    }
    Ok(text)
}

fn last_day(args: &AckArgs) -> Result<Option<chrono::NaiveDate>> {
    let Some(text) = &args.until else { return Ok(None) };
    let day: chrono::NaiveDate = text.parse().map_err(|_| {
        Error::new(ErrorKind::Usage, format!("--until `{text}` is not a date"))
            .with_hint("write it as 2026-03-31")
    })?;
    if day < clock::today()? {
        return Err(Error::new(ErrorKind::Usage, format!("--until {day} has passed"))
            .with_hint("name a future date"));
    }
    Ok(Some(day))
}
