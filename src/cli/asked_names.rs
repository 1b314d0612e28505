//! Parties and headings that somebody asks for: one that no page has is refused, because a slip
//! would look like an answer.

use super::error_output::print_line;

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result};
use crate::history::similar_names;
use crate::model::{Change, Code, Document, Party};
use crate::render::party_name;
use crate::report::{PageLog, Selection};

/// The parties that every policy knows.
pub(super) const USUAL_PARTIES: [&str; 3] = ["IBM", "customer", "shared"];

/// More headings than these are not listed.
const MOST: usize = 8;

/// The parties, headings and tasks of pages.
#[derive(Default)]
pub(super) struct NamesOnPages {
    parties: BTreeSet<Party>,
    headings: BTreeSet<String>,
    tasks: BTreeSet<String>,
    /// What is said of renamed headings and tasks.
    notices: Vec<String>,
}

impl NamesOnPages {
    /// Those of these changes.
    fn of_changes<'a>(changes: impl Iterator<Item = &'a Change>) -> Self {
        let mut names = Self::default();
        changes.for_each(|change| names.add_change(change));
        names
    }

    /// Adds those of a page.
    pub(super) fn add_page(&mut self, page: &Document) {
        for (matrix, row, duty) in page.duties() {
            self.parties.insert(duty.party.clone());
            let headings = matrix.section.iter().chain(&duty.area);
            self.headings.extend(headings.map(|heading| heading.text.clone()));
            self.tasks.insert(row.task.text.clone());
        }
    }

    /// Adds those of a change.
    pub(super) fn add_change(&mut self, change: &Change) {
        self.parties.extend([&change.party.old, &change.party.new].into_iter().flatten().cloned());
        for place in [&change.place.old, &change.place.new].into_iter().flatten() {
            self.headings.extend(place.section.iter().chain([&place.area]).cloned());
            self.tasks.insert(place.task.clone());
        }
    }

    /// Adds those of a page's history.
    pub(super) fn add_log(&mut self, page: &PageLog) {
        for edition in &page.editions {
            edition.all_changes().for_each(|change| self.add_change(change));
            let renamed = |code| matches!(code, Code::RenamedArea | Code::RenamedTask);
            let notices = edition.report.notices.iter().filter(|notice| renamed(notice.code));
            self.notices.extend(notices.map(|notice| notice.message.clone()));
        }
    }

    /// Refuses a party or a heading that is asked for and not among them. Where there are several
    /// repositories it may be in another one, so that it is noted under the name of this one only.
    pub(super) fn require(&self, selection: &Selection, repository: Option<&str>) -> Result<()> {
        match (self.first_unknown(selection), repository) {
            // without a page the answer is that there is none
            _ if self.parties.is_empty() => Ok(()),
            (None, _) => Ok(()),
            (Some((message, hint)), None) => {
                Err(Error::new(ErrorKind::Input, message).with_hint(hint))
            }
            (Some((message, hint)), Some(name)) => {
                print_line(&format!("note: {name}: {message}; {hint}"));
                Ok(())
            }
        }
    }

    /// Whether a party or a heading that is asked for is not among them.
    pub(super) fn has_unknown(&self, selection: &Selection) -> bool {
        self.first_unknown(selection).is_some()
    }

    fn first_unknown(&self, selection: &Selection) -> Option<(String, String)> {
        let mut parties = selection.parties.iter();
        parties
            .find_map(|party| self.unknown_party(party))
            .or_else(|| selection.area.as_deref().and_then(|area| self.unknown_area(area)))
    }

    /// What is wrong with a party, and what to ask for instead.
    fn unknown_party(&self, asked: &Party) -> Option<(String, String)> {
        let Party::Other(name) = asked else { return None };
        if self.parties.iter().any(|party| party.is_called(asked)) {
            return None;
        }
        let there: Vec<String> = self.parties.iter().map(|party| party_name(Some(party))).collect();
        let usual = USUAL_PARTIES.map(str::to_owned);
        let like = similar_names(name, there.iter().cloned().chain(usual).collect());
        let named = format!("these pages name {}", joined_names(&there));
        Some((format!("no page names a party '{name}'"), with_likely(&like, named)))
    }

    fn unknown_area(&self, asked: &str) -> Option<(String, String)> {
        let wanted = asked.to_lowercase();
        if self.notices.iter().any(|notice| notice.to_lowercase().contains(&wanted)) {
            return None;
        }
        let labels = || self.headings.iter().chain(&self.tasks).filter(|label| !label.is_empty());
        if labels().any(|label| label.to_lowercase().contains(&wanted)) {
            return None;
        }
        let like = similar_names(asked, labels().cloned().collect());
        let mut headings: Vec<String> =
            self.headings.iter().filter(|heading| !heading.is_empty()).cloned().collect();
        if headings.is_empty() {
            let what = "these pages have no heading below their title".to_owned();
            return Some((no_heading(asked), with_likely(&like, what)));
        }
        let more = match headings.len().saturating_sub(MOST) {
            0 => String::new(),
            more => format!("; and {more} more"),
        };
        headings.truncate(MOST);
        let listed = format!("the headings are: {}{more}", headings.join("; "));
        Some((no_heading(asked), with_likely(&like, listed)))
    }
}

/// Whether a selection names anything that may be a slip.
pub(super) const fn names_anything(selection: &Selection) -> bool {
    !selection.parties.is_empty() || selection.area.is_some()
}

/// Refuses a party or a heading that is asked for and that neither a change nor a page has. The
/// pages are read only where no change has it.
pub(super) fn require_names<'a>(
    selection: &Selection,
    changes: impl Iterator<Item = &'a Change>,
    add_pages: impl FnOnce(&mut NamesOnPages) -> Result<()>,
    repository: Option<&str>,
) -> Result<()> {
    let mut names = NamesOnPages::of_changes(changes);
    if names.has_unknown(selection) {
        add_pages(&mut names)?;
        names.require(selection, repository)?;
    }
    Ok(())
}

fn no_heading(asked: &str) -> String {
    format!("no heading or task contains '{asked}'")
}

/// "IBM, customer and Vendor".
fn joined_names(names: &[String]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        _ => names.concat(),
    }
}

fn with_likely(like: &[String], known: String) -> String {
    if like.is_empty() { known } else { format!("did you mean {}? {known}", like.join(" or ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_answered_with_what_the_pages_have() {
        let names = NamesOnPages {
            parties: [Party::Ibm, Party::Customer, Party::Other("Vendor".to_owned())].into(),
            headings: ["Backups".to_owned(), String::new()].into(),
            tasks: ["Keep copies".to_owned()].into(),
            notices: Vec::new(),
        };
        let other = |name: &str| Party::Other(name.to_owned());
        for known in [other("vendor"), Party::Shared, Party::Ibm] {
            assert_eq!(names.unknown_party(&known), None);
        }
        let hint =
            |found: Option<(String, String)>| found.map(|(_, hint)| hint).unwrap_or_default();
        assert_eq!(
            hint(names.unknown_party(&other("custmer"))),
            "did you mean 'customer'? these pages name IBM, customer and Vendor"
        );
        assert_eq!(names.unknown_area("copies"), None);
        assert_eq!(
            hint(names.unknown_area("Backupz")),
            "did you mean 'Backups'? the headings are: Backups"
        );
    }
}
