//! Commits of a period that changed duties under a date outside it: who asks for the period by the
//! dates of editions does not see them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::model::{Code, Notice, counted};
use crate::report::{PageLog, Selection};

use super::nothing_found;
use super::shell::{command_in, shell_quoted};

/// The commits that were found, of all pages.
#[derive(Default)]
pub(super) struct CommitsUnderOtherDates(BTreeSet<String>);

impl CommitsUnderOtherDates {
    pub(super) fn add_page(&mut self, selection: &Selection, page: &PageLog) {
        let found = selection.commits_under_other_dates(page);
        self.0.extend(found.into_iter().map(str::to_owned));
    }

    /// A note about how many there are, and what shows them: `revision`, and the first and last day
    /// as they were written.
    pub(super) fn note_text(
        &self,
        folder: &Path,
        revision: Option<&str>,
        (since, until): (Option<&str>, Option<&str>),
    ) -> Option<String> {
        let dates = [("--since ", since), ("--until ", until), ("", revision)].into_iter();
        let asked =
            dates.filter_map(|(name, word)| Some(format!(" {name}{}", shell_quoted(word?))));
        let asked = asked.collect::<String>();
        let them = match self.0.len() {
            0 => return None,
            1 => "it",
            _ => "them",
        };
        let commits = counted(self.0.len(), "commit");
        let command = format!("{} log --by commit{asked}", command_in(folder));
        Some(format!(
            "note: {commits} of that period changed duties in an edition with a date outside it; \
             `{command}` shows {them}"
        ))
    }
}

/// Says on standard error which entries have a date that their changes do not have: their page kept an
/// old date, or has one of long before.
pub(super) fn note_other_dates(pages: &[PageLog], folder: &Path) {
    const MOST: usize = 5;
    let is_of_date =
        |notice: &&Notice| matches!(notice.code, Code::StampUnchanged | Code::StampStale);
    let mut found = Vec::new();
    for edition in pages.iter().flat_map(|page| &page.editions) {
        if edition.changes_for_readers().next().is_some() {
            // the later code says more: how long ago the date is
            let notices = edition.report.notices.iter().filter(is_of_date);
            let notice = notices.max_by_key(|notice| notice.code);
            let (path, day) = (&edition.report.path, edition.day);
            found.extend(notice.map(|notice| {
                let what = if notice.code == Code::StampUnchanged {
                    "a change that was made without a new date"
                } else {
                    "changes from a different date"
                };
                format!("{day} of {path} contains {what}: {}", notice.message)
            }));
        }
    }
    let more = found.len().saturating_sub(MOST);
    let mut lines: Vec<String> =
        found.into_iter().take(MOST).map(|text| format!("note: entry {text}")).collect();
    if more > 0 {
        let notices = counted(more, "more notice");
        let them = if more == 1 { "it" } else { "them" };
        let command = command_in(folder);
        lines.push(format!("note: {notices} about dates; `{command} log` shows {them}"));
    }
    nothing_found::print_notes(&lines);
}
