//! How a run ended, in words.

use std::collections::BTreeMap;
use std::fmt::Write;

use crate::deliver;
use crate::deliver::delivery::DeliveryTally;
use crate::error::{Error, Result};
use crate::model::{Level, counted, counted_with_is, short_id};
use crate::render;
use crate::render::safe::make_visible;

use super::super::args::{AlertArgs, AlertFormat};
use super::super::output::Output;
use super::super::{Outcome, complain_of};
use super::filter::FilteredChanges;
use super::watch::{News, UnreadFile};

/// What a run found and sent.
#[derive(Default)]
pub(super) struct AlertOutcome {
    /// Of how many events another try was asked for.
    pub(super) retried: Option<usize>,
    /// Lines for the person, in order.
    lines: Vec<String>,
    repositories: usize,
    events: usize,
    delivered: usize,
    waiting: usize,
    failed: bool,
}

impl AlertOutcome {
    /// Takes in what was found, after it was written down.
    pub(super) fn add_found(
        &mut self,
        name: &str,
        found: Result<News>,
        store: impl Fn(&News) -> Result<()>,
    ) {
        match found.and_then(|found| store(&found).map(|()| found)) {
            Ok(found) => {
                self.repositories += 1;
                self.events += found.events.len();
                self.lines.extend(remarks_on(&found, "watching"));
                self.lines.extend(filters_text(&found, false));
                deliver::print_to_stderr(&warnings_of(&found));
            }
            Err(error) => {
                complain_of(Some(name), &error);
                self.failed = true;
            }
        }
    }

    /// Takes in what became of the deliveries.
    pub(super) fn add_deliveries(
        &mut self,
        tallies: Vec<Result<DeliveryTally>>,
        faults: &[(String, Error)],
    ) {
        complain_of_targets(faults);
        self.failed |= !faults.is_empty();
        for tally in tallies {
            match tally {
                Ok(tally) => self.add_tally(&tally),
                Err(error) => {
                    complain_of(None, &error);
                    self.failed = true;
                }
            }
        }
    }

    fn add_tally(&mut self, tally: &DeliveryTally) {
        let DeliveryTally { target, delivered, dead, failed, disabled, waiting } = tally;
        self.delivered += delivered;
        self.waiting += usize::from(*waiting && failed.is_none());
        let mut tell = |what: String, hint: &str| {
            let target = make_visible(target).into_owned();
            deliver::print_to_stderr(&format!(
                "error: target {target}: {}\nhint: {hint}\n",
                make_visible(&what)
            ));
            self.failed = true;
        };
        for reason in dead {
            tell(
                format!("gave up on an event: {reason}"),
                "when the target works again, send it with `respdiff alert --retry`",
            );
        }
        if let Some(reason) = failed {
            tell(reason.clone(), "the event stays in the outbox, and a later run tries again");
        }
        if let Some(reason) = disabled {
            tell(
                format!("disabled: {reason}"),
                "its events wait until you change its address or run `respdiff alert --retry`",
            );
        }
    }

    /// Says how the run ended.
    pub(super) fn into_outcome(self, args: &AlertArgs) -> Outcome {
        if !args.quiet {
            let mut text: String = self.lines.concat();
            let found = match self.retried {
                Some(retried) => format!("{} to retry", counted(retried, "event")),
                None => format!(
                    "{} checked, {}",
                    counted(self.repositories, "repository"),
                    counted(self.events, "new event")
                ),
            };
            let _ = write!(text, "{found}; {} delivered", self.delivered);
            if self.waiting > 0 {
                let waiting = if self.waiting == 1 {
                    "is waiting for its next attempt"
                } else {
                    "are waiting for their next attempts"
                };
                let targets = counted(self.waiting, "target");
                let _ = write!(text, "; {targets} {waiting}");
            }
            deliver::print_to_stderr(&(text + ".\n"));
        }
        if self.failed { Outcome::Failed } else { Outcome::Done }
    }
}

/// Says of each target what is wrong with its configuration.
pub(super) fn complain_of_targets(faults: &[(String, Error)]) {
    for (name, fault) in faults {
        complain_of(Some(&format!("target {name}")), fault);
    }
}

/// `watching` says whether the commit is recorded.
fn remarks_on(found: &News, watching: &str) -> Option<String> {
    let News { origin, commit, first, .. } = found;
    let commit = short_id(commit);
    first.then(|| {
        let (name, branch) = (make_visible(&origin.name), make_visible(&origin.shown_branch));
        format!(
            "{name}: {watching} {branch} from {commit} on; use --from-start or --since REV to report earlier changes.\n"
        )
    })
}

/// Which targets get nothing of what is new, and why. A rehearsal also counts what only the level
/// keeps from the others.
fn filters_text(found: &News, is_rehearsal: bool) -> Option<String> {
    let name = make_visible(&found.origin.name);
    let line = |filtered: &FilteredChanges| {
        let FilteredChanges { target, level, changes, passed, below, next_level } = filtered;
        let (target, level_name) = (make_visible(target), level.name());
        let told = if *passed == 0 && below < changes {
            let do_not = if *changes == 1 { "does not" } else { "do not" };
            let changes = counted(*changes, "change");
            format!("{changes} {do_not} pass the filters of target {target} (level {level_name})")
        } else if *below > 0 && (is_rehearsal || *passed == 0) {
            let below = counted_with_is(*below, "change");
            format!("{below} below the level of target {target} ({level_name})")
        } else {
            return String::new();
        };
        format!("{name}: {told}{}.\n", level_hint(*next_level))
    };
    let lines: String = found.filtered.iter().map(line).collect();
    (!lines.is_empty()).then_some(lines)
}

/// Which level applies to each target for which no repository has anything new.
fn levels_text(all: &[(String, Result<News>)]) -> String {
    let found = || all.iter().filter_map(|(_, found)| found.as_ref().ok());
    let mut levels = BTreeMap::new();
    for one in found().flat_map(|found| &found.filtered) {
        levels.entry(&one.target).or_insert((one.level, 0)).1 += one.changes;
    }
    let line = |(target, (level, _)): (&String, (Level, usize))| {
        let next_level = (level == Level::Boundary).then_some(Level::Scope);
        let (target, name, hint) = (make_visible(target), level.name(), level_hint(next_level));
        let above = if level == Level::Boundary { "" } else { " or above" };
        format!("Target {target} reports changes at level {name}{above}{hint}.\n")
    };
    let is_told = |(level, changes): &(Level, usize)| *changes == 0 && *level != Level::Wording;
    levels.into_iter().filter(|(_, one)| is_told(one)).map(line).collect()
}

/// How to get what is left out, by the highest level that it has.
fn level_hint(level: Option<Level>) -> &'static str {
    match level {
        Some(Level::Scope) => "; `filters: {level: scope}` also reports added and removed duties",
        Some(Level::Wording) => {
            "; `filters: {level: wording}` also reports reworded and relocated duties"
        }
        Some(Level::Boundary) | None => "",
    }
}

fn warnings_of(found: &News) -> String {
    [
        switched_warning(found),
        unfetched_warning(found),
        branch_warning(found),
        no_page_warning(found),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// That nothing can be found, however often anybody looks.
fn no_page_warning(found: &News) -> Option<String> {
    found.has_no_page.then(|| {
        let (name, branch) =
            (make_visible(&found.origin.name), make_visible(&found.origin.shown_branch));
        match &found.unread {
            Some(UnreadFile { reason, was_page }) => {
                let reason = make_visible(reason);
                let what = if *was_page {
                    format!("respdiff cannot read any responsibility page of {branch}")
                } else {
                    format!("{branch} has no responsibility page")
                };
                format!("warning: {name}: {what}; {reason}\n")
            }
            None => format!(
                "warning: {name}: {branch} has no responsibility page; check the repository's \
                 path and `sources`\n"
            ),
        }
    })
}

/// That another branch is watched than before.
fn switched_warning(found: &News) -> Option<String> {
    let left = found.left.as_ref()?;
    let was = left.name.strip_prefix("refs/heads/").or(left.name.strip_prefix("refs/remotes/"));
    let (name, branch) =
        (make_visible(&found.origin.name), make_visible(&found.origin.shown_branch));
    let was = make_visible(was.unwrap_or(&left.name));
    let commit = short_id(&left.commit);
    Some(if left.is_gone {
        format!(
            "warning: {name}: {was} no longer exists; now watching {branch}, starting after {commit}, \
             where {was} was\n"
        )
    } else {
        format!(
            "warning: {name}: now watching {branch} instead of {was}, which was reported up to \
             {commit}; to keep watching it, set `branch: {was}` under `repositories`\n"
        )
    })
}

/// That what is watched stays as it is, however often is fetched.
fn unfetched_warning(found: &News) -> Option<String> {
    found.is_unfetched.then(|| {
        let (name, branch) =
            (make_visible(&found.origin.name), make_visible(&found.origin.shown_branch));
        format!(
            "warning: {name}: the watched branch {branch} tracks no branch of a remote, so `git \
             fetch` never updates it; watch one that does, as in `branch: origin/main` under \
             `repositories`\n"
        )
    })
}

fn branch_warning(found: &News) -> Option<String> {
    let rewritten = found.rewritten.as_ref()?;
    let base = match &rewritten.base {
        Some(base) => format!("respdiff continues after {}", short_id(base)),
        None => "the two histories have no commit in common".into(),
    };
    let (name, branch) =
        (make_visible(&found.origin.name), make_visible(&found.origin.shown_branch));
    let was = short_id(&rewritten.was);
    Some(format!(
        "warning: {name}: the history of {branch} was rewritten: the last run ended at {was}, which \
         is no longer among its first parents; {base}\n"
    ))
}

/// Shows what would be sent.
pub(super) fn show_rehearsal(
    all: &[(String, Result<News>)],
    args: &AlertArgs,
    output: &Output,
) -> Result<Outcome> {
    let (mut bytes, mut failed) = (Vec::new(), false);
    for (name, found) in all {
        match found {
            Ok(found) => {
                deliver::print_to_stderr(
                    &(warnings_of(found)
                        + &remarks_on(found, "would watch").unwrap_or_default()
                        + &filters_text(found, true).unwrap_or_default()),
                );
                for event in &found.events {
                    match args.format {
                        AlertFormat::Json => {
                            bytes.extend(event.delivery.body.as_bytes());
                            bytes.push(b'\n');
                        }
                        AlertFormat::Text => {
                            let target = &event.delivery.target;
                            let line = render::alert::alert_line(&event.alert);
                            bytes.extend(format!("{target} ← {line}\n").into_bytes());
                        }
                    }
                }
            }
            Err(error) => {
                complain_of(Some(name), error);
                failed = true;
            }
        }
    }
    deliver::print_to_stderr(&levels_text(all));
    if bytes.is_empty() && !failed && args.format == AlertFormat::Text {
        bytes.extend(b"Nothing new.\n");
    }
    output.write(&bytes)?;
    Ok(if failed { Outcome::Failed } else { Outcome::Done })
}
