//! Another page that has the duties of a removed page: someone copied the page first and removed
//! it in a later commit.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::history::{RepoPath, Repository, Request};
use crate::model::{Code, Document, Duty, Kind, Notice, Party, Row, Sides};
use crate::report::{GivenDuty, OtherPage, PageLog};
use crate::timeline::ComparedRange;

use super::keyrefs::Keyrefs;
use super::pages::{PageAt, PagesAt};

/// What makes two duties the same, whoever has them: task, words, and heading of the column.
type LostDutyKey = (String, String, Option<String>);

/// A duty of a removed page.
struct LostDuty {
    key: LostDutyKey,
    party: Party,
    text: String,
}

/// The duties of a removed page.
#[derive(Default)]
struct LostDuties {
    duties: Vec<LostDuty>,
    /// Pages that are not of interest.
    except: HashSet<String>,
    /// The page that has most of them.
    best: Option<OtherPage>,
}

impl LostDuties {
    fn add(&mut self, row: &Row, duty: &Duty) {
        if !duty.reference {
            let (party, text) = (duty.party.clone(), duty.phrase.text.clone());
            self.duties.push(LostDuty { key: duty_key(row, duty), party, text });
        }
    }

    fn total(&self) -> usize {
        self.duties.len()
    }

    /// Compares with a page. Whether that has them all.
    fn compare_with(&mut self, path: &str, page: &Document) -> bool {
        if self.except.contains(path) {
            return false;
        }
        let mut there: HashMap<LostDutyKey, Vec<&Party>> = HashMap::new();
        for (_, row, duty) in page.duties().filter(|(_, _, duty)| !duty.reference) {
            there.entry(duty_key(row, duty)).or_default().push(&duty.party);
        }
        let (mut duties, mut left) = (0, Vec::new());
        for lost in &self.duties {
            let holders = there.get_mut(&lost.key);
            let same =
                holders.as_ref().and_then(|them| them.iter().position(|it| **it == lost.party));
            match (holders, same) {
                (Some(holders), Some(at)) => {
                    holders.remove(at);
                    duties += 1;
                }
                _ => left.push(lost),
            }
        }
        if duties > self.best.as_ref().map_or(0, |best| best.duties) {
            // the same words are left on both sides: the duty went to another party
            let given = left.into_iter().filter_map(|lost| {
                let holder = there.get_mut(&lost.key)?.pop()?;
                let party = Sides::new(lost.party.clone(), holder.clone());
                Some(GivenDuty { party, text: lost.text.clone() })
            });
            let (path, title) = (path.to_owned(), page.title.clone());
            let given_to_others = given.collect();
            self.best = Some(OtherPage { path, title, duties, given_to_others });
        }
        duties == self.total()
    }

    /// The page that has most of them, if it has at least half: fewer may be the same by chance.
    fn into_best(self) -> Option<OtherPage> {
        let total = self.total();
        self.best.filter(|best| best.duties * 2 >= total)
    }
}

fn duty_key(row: &Row, duty: &Duty) -> LostDutyKey {
    let area = duty.area.as_ref().map(|area| area.canonical.clone());
    (row.task.canonical.clone(), duty.phrase.canonical.clone(), area)
}

/// Finds the page at a point that has most of each set of duties.
fn find_pages(at: PagesAt<'_>, lost: &mut [LostDuties]) -> Result<()> {
    let filter = at.keyrefs.path_filter(at.repository, &[])?;
    let mut is_found = vec![false; lost.len()];
    let mut compare = |page: &PageAt| {
        let path = page.path();
        for (lost, is_found) in lost.iter_mut().zip(&mut is_found).filter(|(_, found)| !**found) {
            *is_found = lost.compare_with(&path, &page.document);
        }
        is_found.iter().all(|found| *found)
    };
    at.visit_pages(&filter, &mut compare)?;
    Ok(())
}

/// Adds to each removed page of a comparison a notice that names the page that has its duties.
pub(super) fn note_same_duties(new: PagesAt<'_>, compared: &mut ComparedRange) -> Result<()> {
    let mut removed = Vec::new();
    for (at, document) in compared.documents.iter().enumerate() {
        let pages = document.page_sides();
        let (Some(old), None) = (pages.old, pages.new) else { continue };
        let mut lost = LostDuties::default();
        let duties: Vec<_> = old.duties().collect();
        let changes = document.comparison.changes.iter();
        for change in changes.filter(|change| change.kind == Kind::Removed) {
            let place = change.place.old.as_ref();
            if let Some((_, row, duty)) = place.and_then(|place| duties.get(place.duty)) {
                lost.add(row, duty);
            }
        }
        if lost.total() > 0 {
            removed.push((at, lost));
        }
    }
    if removed.is_empty() {
        return Ok(());
    }
    let (positions, mut lost): (Vec<usize>, Vec<LostDuties>) = removed.into_iter().unzip();
    find_pages(new, &mut lost)?;
    for (at, lost) in positions.into_iter().zip(lost) {
        let total = lost.total();
        if let (Some(document), Some(page)) = (compared.documents.get_mut(at), lost.into_best()) {
            let which = match (page.duties, total) {
                (1, 1) => "the removed duty is".to_owned(),
                (found, all) if found == all => format!("all {all} removed duties are"),
                (1, all) => format!("1 of the {all} removed duties is"),
                (found, all) => format!("{found} of the {all} removed duties are"),
            };
            let given = page.given_text().map(|given| format!("; {given}")).unwrap_or_default();
            let message = format!("{which} also in {}{given}", page.path);
            document.comparison.notices.push(Notice::of_page(Code::SameDuties, message));
        }
    }
    Ok(())
}

/// Adds to each edition after which a page was removed the page that has its duties.
pub(super) fn find_for_editions(
    repository: &Repository,
    keyrefs: &Keyrefs,
    log: &mut PageLog,
) -> Result<()> {
    for edition in &mut log.editions {
        if edition.removed_duties().unwrap_or_default() == 0 {
            continue;
        }
        let path = RepoPath::from(edition.report.path.as_str());
        let Some(gone) = &mut edition.gone else { continue };
        // its last readable version
        let since = gone.unread_version().map_or(&gone.commit, |since| &since.commit);
        let revisions = vec![format!("{}^", since.commit), gone.commit.commit.clone()];
        let points = repository.resolve_ends(&Request { revisions, cached: false })?.points;
        let except = gone.went_to.keys().cloned().collect();
        let mut lost = LostDuties { except, ..LostDuties::default() };
        for page in PagesAt::new(repository, &points.old, keyrefs).pages_of_paths(&[path])? {
            page.document.duties().for_each(|(_, row, duty)| lost.add(row, duty));
        }
        let mut lost = [lost];
        find_pages(PagesAt::new(repository, &points.new, keyrefs), &mut lost)?;
        let [lost] = lost;
        gone.also_in = lost.into_best();
    }
    Ok(())
}
