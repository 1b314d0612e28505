//! Commits of a period that changed duties under a date outside it: who asks for the period by the
//! dates of editions does not see them.

use std::collections::BTreeSet;
use std::path::Path;

use crate::deliver;
use crate::model::counted;
use crate::render::safe;
use crate::report::{PageLog, Selection};

use super::shell::{command_in, shell_quoted};

/// The commits that were found, of all pages.
#[derive(Default)]
pub(super) struct CommitsUnderOtherDates(BTreeSet<String>);

impl CommitsUnderOtherDates {
    pub(super) fn add_page(&mut self, selection: &Selection, page: &PageLog) {
        let found = selection.commits_under_other_dates(page);
        self.0.extend(found.into_iter().map(str::to_owned));
    }

    /// Says how many there are, and what shows them: `revision`, and the first and last day as they
    /// were written.
    pub(super) fn note(
        &self,
        folder: &Path,
        revision: Option<&str>,
        (since, until): (Option<&str>, Option<&str>),
    ) {
        let dates = [("--since ", since), ("--until ", until), ("", revision)].into_iter();
        let asked =
            dates.filter_map(|(name, word)| Some(format!(" {name}{}", shell_quoted(word?))));
        let asked = asked.collect::<String>();
        let them = match self.0.len() {
            0 => return,
            1 => "it",
            _ => "them",
        };
        let commits = counted(self.0.len(), "commit");
        let command = format!("{} log --by commit{asked}", command_in(folder));
        deliver::print_to_stderr(&format!(
            "note: {commits} of that period changed duties in an edition with a date outside it; \
             `{}` shows {them}\n",
            safe::make_visible(&command)
        ));
    }
}
