//! Pages that a change touches and that could not be read before it either: the commit that broke them
//! was stopped, later ones are not.

use std::collections::{BTreeMap, BTreeSet};

use crate::cli::export_gaps::unread_place;
use crate::cli::former_pages::{LookBack, former_pages, unread_tables};
use crate::cli::keyrefs::Keyrefs;
use crate::cli::nothing_found::print_notes;
use crate::cli::pages::PagesAt;
use crate::error::Result;
use crate::history::{Ends, File, Filter, RepoPath, Repository};
use crate::model::{Code, Document, Notice, Side};
use crate::report::Report;
use crate::timeline::{ComparedDocument, ComparedRange};

/// Names the files that differ between the ends and were pages before the old one, but not there, and
/// the tables of pages that differ whose parties cannot be read since before: nobody can tell which
/// duties the change moves there. What this change broke is reported with it.
pub(super) fn note_former_pages(
    repository: &Repository,
    (ends, filter): (&Ends, &Filter),
    keyrefs: &Keyrefs,
    (compared, report): (&ComparedRange, &Report),
) -> Result<()> {
    let files = match ends.files() {
        // the older versions of the one are none of the other
        Some(_) => return Ok(()),
        None => repository.differing_files(ends, filter)?,
    };
    let broken = report.documents.iter().filter(|page| page.lost_notices().next().is_some());
    let broken: BTreeSet<&str> = broken.map(|page| page.path.as_str()).collect();
    let is_read = |page: &&ComparedDocument| {
        page.page_sides().new.is_some_and(Document::is_responsibility_page)
    };
    let read = compared.documents.iter().filter(is_read);
    let read: BTreeMap<&str, &ComparedDocument> =
        read.filter_map(|page| Some((page.path.new.as_deref()?, page))).collect();
    let (partly, others): (Vec<File>, Vec<File>) =
        files.into_iter().partition(|file| read.contains_key(file.path.to_string().as_str()));
    let is_open = |file: &&File| !broken.contains(file.path.to_string().as_str());
    let others: Vec<File> = others.iter().filter(is_open).cloned().collect();
    let new = PagesAt::new(repository, &ends.points.new, keyrefs);
    let former = former_pages(new, &others, LookBack::Brief)?;
    let mut notes: Vec<String> = former
        .iter()
        .filter_map(|page| Some(unclear_change(&page.path, page.notices.first()?)))
        .collect();
    let partly: Vec<RepoPath> = partly.into_iter().map(|file| file.path).collect();
    let partly = new.pages_of_paths(&partly)?;
    let lost = unread_tables(new, &partly, LookBack::Brief)?;
    for (page, lost) in partly.iter().zip(&lost) {
        let path = page.path();
        let reported = read.get(path.as_str()).map(|page| page.comparison.unread.as_slice());
        let is_new = |notice: &Notice| {
            let mut same = reported.into_iter().flatten();
            same.any(|new| new.side == Some(Side::New) && new.line == notice.line)
        };
        let own = page.document.notices.iter().filter(|notice| notice.code == Code::Unassigned);
        // a row that is read although nothing says whose it is
        let is_row = |notice: &&Notice| {
            page.document.duties().any(|(_, row, _)| Some(row.line) == notice.line)
        };
        let all = own.filter(|notice| !is_row(notice)).chain(lost);
        notes.extend(all.filter(|it| !is_new(it)).map(|notice| unclear_change(&path, notice)));
    }
    print_notes(&notes);
    Ok(())
}

/// What a check cannot read, and so says nothing about.
fn unclear_change(path: &str, notice: &Notice) -> String {
    let place = unread_place(path, notice);
    format!("note: {place}; this check cannot tell what changed in {path}")
}
