//! `respdiff demo`: something to try it on where there is nothing.

use std::path::Path;

use crate::deliver;
use crate::error::{Error, Result};
use crate::history::Request;
use crate::history::write::{NewCommit, write_repository};
use crate::render::text::TextOptions;
use crate::render::{self, safe};
use crate::timeline::OldSide;

use super::Outcome;
use super::args::{CommonArgs, DemoArgs};
use super::keyrefs::Keyrefs;
use super::output::Output;
use super::range::{self, CompareRequest};
use super::shell::command_in;

const PAGE: &str = "responsibilities.md";
const AUTHOR: (&str, &str) = ("Skyvault Docs", "docs@skyvault.example");
const DAY: i64 = 86_400;
/// 2023-11-20T09:00:00Z
const BEGIN: i64 = 1_700_470_800;

/// The commits: how many days after the first, what they say, the responsibility page then.
const HISTORY: [(i64, &str, &str); 8] = [
    (0, "Skyvault responsibilities, first draft", include_str!("demo/1-draft.md")),
    (77, "Getting started: the agent comes first", include_str!("demo/1-draft.md")),
    (203, "Update: 10-06-2024", include_str!("demo/2-base.md")),
    (287, "Update: 02-09-2024", include_str!("demo/3-reworded.md")),
    (364, "Lists as lists", include_str!("demo/4-formatting.md")),
    (422, "Update: 15-01-2025", include_str!("demo/5-moved.md")),
    (470, "Touch the date", include_str!("demo/6-date-only.md")),
    (513, "Update: 16-04-2025", include_str!("demo/7-added-and-removed.md")),
];

/// The comparison that the demo shows.
const RANGE: &str = "HEAD~5..HEAD";

pub(super) fn run(args: &DemoArgs, common: &CommonArgs) -> Result<Outcome> {
    let folder = common.to_write(&args.directory)?;
    deliver::new_folder(&folder, || write_demo(&folder))
        .map_err(|error| try_another_folder(error, &args.directory, &folder))?;
    let shown = args.directory.display().to_string();
    let shown = safe::make_visible(&shown);
    deliver::print_to_stderr(&format!(
        "Wrote a docs repository about an invented service, with {} commits, to {shown}.\n$ respdiff -C {shown} {RANGE}\n\n",
        HISTORY.len(),
    ));
    let (report, base) = range::compare_repository(&CompareRequest {
        folder: &folder,
        request: Request { revisions: vec![RANGE.to_owned()], cached: false },
        paths: &[],
        keyrefs: &Keyrefs::load(common, None)?,
        selection: None,
        old_side: OldSide::WithNotice,
    })?;
    let output = Output::from_args(common);
    let command = command_in(&args.directory);
    let options = TextOptions { command, ..output.text_options(base.as_deref()) };
    output.write(&render::text::render_diff(&report, &options))?;
    deliver::print_to_stderr(&format!(
        "\nTry next:\n  \
         respdiff -C {shown} --format json {RANGE}\n  \
         respdiff -C {shown} show HEAD\n  \
         respdiff -C {shown} HEAD~4..HEAD~3\n\
         The last command shows a commit that changed only the formatting.\n",
    ));
    Ok(Outcome::Done)
}

fn write_demo(folder: &Path) -> Result<()> {
    let guide = include_str!("demo/getting-started.md");
    let with_guide: Vec<_> =
        HISTORY.map(|(_, _, page)| [("getting-started.md", guide), (PAGE, page)]).into();
    let history: Vec<NewCommit<'_>> = HISTORY
        .iter()
        .zip(&with_guide)
        .enumerate()
        .map(|(at, ((days, message, _), files))| NewCommit {
            time: BEGIN + days * DAY,
            message,
            // the guide comes with the second commit
            files: if at == 0 { files.get(1..).unwrap_or_default() } else { files },
        })
        .collect();
    write_repository(folder, AUTHOR, &history)
}

/// Where the folder is there already, it may be an earlier demo.
fn try_another_folder(error: Error, named: &Path, folder: &Path) -> Error {
    let shown = named.display();
    let hint = format!(
        "name a folder that does not exist yet: respdiff demo DIR; \
         if {shown} is an earlier demo: respdiff -C {shown} {RANGE}"
    );
    if folder.exists() { error.with_hint(hint) } else { error }
}
