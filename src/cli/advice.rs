//! What to do about a gate that failed, printed beside the result.

use crate::history::{Point, Request};
use crate::policy::ACKS;
use crate::render::safe;
use crate::report::{CheckReport, Stale, StaleAck, Verdict};

use super::args::AcksFrom;
use super::check_request::CheckRequest;
use super::input;
use super::shell::{command_in, same_options, same_paths, shell_quoted};

/// Why an acknowledgement that is new does not count.
const UNMERGED: &str = "with `--acks base` an acknowledgement counts only once it is merged";

/// How to accept what failed, or why an acknowledgement that is there already does not count yet.
/// None where nothing failed, or where even that cannot be found out.
pub(super) fn acceptance_advice(asked: &CheckRequest<'_>, checked: &CheckReport) -> Option<String> {
    let all = checked.worst_first();
    let failing = all.iter().filter(|(_, judged)| judged.verdict == Verdict::Fails);
    let failing: Vec<&str> = failing.map(|(_, judged)| judged.change.id.as_str()).collect();
    let id = match failing.as_slice() {
        [] => return None,
        [only] => only,
        _ => "ID",
    };
    let text = not_merged_yet(checked, &failing)
        .or_else(|| not_there_yet(asked, &failing))
        .unwrap_or_else(|| how_to_accept(asked, id));
    Some(format!("hint: {text}\n"))
}

fn how_to_accept(asked: &CheckRequest<'_>, id: &str) -> String {
    // acknowledgements are written to the working tree
    let (command, place) = if asked.repository.is_bare() {
        ("respdiff".to_owned(), ", in a clone with a working tree")
    } else {
        (command_in(asked.common.start_folder()), "")
    };
    let ack = format!("{command} ack {id} --by NAME --reason TEXT{}", same_range(asked));
    match snapshot_command(asked) {
        Some(snapshot) => {
            format!(
                "if every change is intended, accept them all: {snapshot}\n      or one change{place}: {ack}"
            )
        }
        None if id == "ID" => format!("to accept a change that is intended{place}: {ack}"),
        None => format!("if the change is intended, accept it{place}: {ack}"),
    }
}

/// An acknowledgement that is new in what is checked, where those do not count.
fn not_merged_yet(checked: &CheckReport, failing: &[&str]) -> Option<String> {
    let is_of = |stale: &&StaleAck| {
        stale.why == Stale::NotMerged && failing.contains(&stale.ack.id.as_str())
    };
    let stale = checked.stale.iter().find(is_of)?;
    Some(format!(
        "{} is acknowledged, but {UNMERGED}: merge {ACKS} first, in a pull request of its own",
        stale.ack.id
    ))
}

/// An acknowledgement that only the working tree has.
fn not_there_yet(asked: &CheckRequest<'_>, failing: &[&str]) -> Option<String> {
    let new = new_side(asked)?;
    let how = match new {
        Point::Commit(_) => "commit",
        Point::Index => "stage",
        Point::WorkingTree | Point::Empty => return None,
    };
    let there = asked.acks_at(&new).ok()?;
    let here = asked.acks_at(&Point::WorkingTree).ok()?;
    let known = |id: &str| there.iter().any(|ack| ack.id == id);
    let ack = here.iter().find(|ack| failing.contains(&ack.id.as_str()) && !known(&ack.id))?;
    let id = &ack.id;
    if asked.args.acks == AcksFrom::Base {
        return Some(format!(
            "{id} is acknowledged only in the working tree, but {UNMERGED}: commit {ACKS} and merge \
             it first, in a pull request of its own"
        ));
    }
    Some(if is_older_than_head(asked, &new) {
        format!(
            "{id} is acknowledged only in the working tree: commit {ACKS}, and check a range that \
             ends at that commit or later"
        )
    } else {
        let name = safe::make_visible(new.name());
        format!(
            "{id} is acknowledged only in the working tree: {how} {ACKS}, so that it is part of \
             {name}"
        )
    })
}

/// Whether a point is a commit that no new commit becomes.
fn is_older_than_head(asked: &CheckRequest<'_>, point: &Point) -> bool {
    let (Some(commit), Ok(head)) = (point.commit_id(), asked.repository.find_revision("HEAD"))
    else {
        return false;
    };
    commit != head.commit || head.commit.to_string().starts_with(point.name())
}

fn new_side(asked: &CheckRequest<'_>) -> Option<Point> {
    if asked.args.baseline.is_some() {
        return asked.page_point().ok();
    }
    let words = asked.args.revisions.iter().map(|word| input::word_text(word));
    let revisions = words.collect::<Result<_, _>>().ok()?;
    let ends = asked.repository.resolve_ends(&Request { revisions, cached: asked.args.cached });
    Some(ends.ok()?.points.new)
}

/// What stores the pages as they are now in place of a baseline.
fn snapshot_command(asked: &CheckRequest<'_>) -> Option<String> {
    // what is staged only cannot be stored
    let folder = asked.args.baseline.as_ref().filter(|_| !asked.args.cached)?;
    let words: Vec<_> = asked
        .args
        .revisions
        .iter()
        .map(|word| format!(" {}", shell_quoted(&word.to_string_lossy())))
        .collect();
    let folder = shell_quoted(&folder.to_string_lossy());
    let command = command_in(asked.common.start_folder());
    let options = same_options(asked.common, asked.args.keyrefs.as_deref());
    let paths = same_paths(&asked.args.paths);
    let words = words.concat();
    Some(format!("{command} snapshot{words}{options} --output {folder} --accept{paths}"))
}

/// The `check` that looks at the same changes.
pub(super) fn check_command(asked: &CheckRequest<'_>) -> String {
    format!("{} check{}", command_in(asked.common.start_folder()), same_range(asked))
}

/// The options that make `ack` look at the same changes.
fn same_range(asked: &CheckRequest<'_>) -> String {
    let mut words = vec![same_options(asked.common, asked.args.keyrefs.as_deref())];
    if let Some(folder) = &asked.args.baseline {
        words.extend(["--baseline".to_owned(), shell_quoted(&folder.to_string_lossy())]);
    }
    if asked.args.cached {
        words.push("--cached".to_owned());
    }
    words.extend(asked.args.revisions.iter().map(|word| shell_quoted(&word.to_string_lossy())));
    words.join(" ")
}
