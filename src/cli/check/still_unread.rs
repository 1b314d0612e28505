//! Pages that a change touches and that could not be read before it either: the commit that broke them
//! was stopped, later ones are not.

use std::collections::BTreeSet;

use crate::cli::export_gaps::unread_place;
use crate::cli::former_pages::{LookBack, former_pages};
use crate::cli::keyrefs::Keyrefs;
use crate::cli::nothing_found::print_notes;
use crate::error::Result;
use crate::history::{Ends, File, Filter, Repository};
use crate::report::Report;
use crate::timeline::ComparedRange;

/// Names the files that differ between the ends and were pages before the old one, but not there:
/// nobody can tell which duties the change moves. What the report has is passed over.
pub(super) fn note_former_pages(
    repository: &Repository,
    (ends, filter): (&Ends, &Filter),
    keyrefs: &Keyrefs,
    (compared, report): (&ComparedRange, &Report),
) -> Result<()> {
    let compared = compared.documents.iter().filter_map(|document| document.path.new.as_deref());
    let reported = report.documents.iter().map(|document| document.path.as_str());
    let known: BTreeSet<&str> = compared.chain(reported).collect();
    let mut files: Vec<File> = repository.differing_files(ends, filter)?;
    files.retain(|file| !known.contains(file.path.to_string().as_str()));
    if files.is_empty() {
        return Ok(());
    }
    let former = former_pages(repository, &ends.points.new, &files, keyrefs, LookBack::Brief)?;
    let notes = former.iter().filter_map(|page| {
        let place = unread_place(&page.path, page.notices.first()?);
        Some(format!("note: {place}; this check cannot tell what changes there"))
    });
    print_notes(&notes.collect::<Vec<_>>());
    Ok(())
}
