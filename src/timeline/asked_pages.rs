//! Two ends of which only some pages were asked for. What happened is decided over all of them: a
//! duty may have come from a page that nobody asked for, or gone to one.

use super::pages::NamesOf;
use super::range::{ComparedDocument, ComparedRange, OldSide, compare_filtered};
use super::two_files::compare_files;
use crate::error::{Error, Result};
use crate::history::{Ends, Filter, RepoPath, Repository};
use crate::model::{Change, Code, Kind, Notice};

/// Compares two ends and says of every change who brought it. `names_of` gives the product
/// names that hold for a page, `old_side` what a page is compared with that cannot be read at the
/// old end. A change between two pages is reported where either of them was asked for.
///
/// # Errors
/// If anything on the way between the ends cannot be read of the pages that were asked for. If
/// another page cannot be read, a notice and [`ComparedRange::unread_others`] say so.
pub fn compare_range(
    repo: &Repository,
    ends: &Ends,
    filter: &Filter,
    names_of: NamesOf<'_>,
    old_side: OldSide,
) -> Result<ComparedRange> {
    if let Some(files) = ends.files() {
        return compare_files(repo, ends, files, names_of, old_side);
    }
    let compared = compare_filtered(repo, ends, filter, names_of, old_side)?;
    let Some(all) = filter.without_paths() else { return Ok(compared) };
    let mut changes = compared.documents.iter().flat_map(|page| &page.comparison.changes);
    if !changes.any(is_one_sided) {
        return Ok(compared);
    }
    let mut compared = match compare_filtered(repo, ends, &all, names_of, old_side) {
        Ok(compared) => compared,
        Err(error) => return Ok(with_doubt(compared, error)),
    };
    compared.documents.retain_mut(|page| is_asked(page, filter) || came_from_asked(page, filter));
    Ok(compared)
}

/// Notes where duties may have come from other pages or gone to them: those cannot all be read.
fn with_doubt(mut compared: ComparedRange, error: Error) -> ComparedRange {
    let pages = compared.documents.iter_mut().map(|page| &mut page.comparison);
    for comparison in pages.filter(|page| page.changes.iter().any(is_one_sided)) {
        let what = format!(
            "duties that were added or removed may have moved between this page and another one: {error}"
        );
        comparison.notices.push(Notice::of_page(Code::PossibleMove, what));
    }
    compared.unread_others = Some(error);
    compared
}

fn is_one_sided(change: &Change) -> bool {
    matches!(change.kind, Kind::Added | Kind::Removed)
}

fn is_asked(page: &ComparedDocument, filter: &Filter) -> bool {
    let paths = page.path.as_ref().map(Option::as_ref);
    paths.old.into_iter().chain(paths.new).any(|path| matches(filter, path))
}

/// Leaves of a page what came from pages that were asked for; whether there is any.
fn came_from_asked(page: &mut ComparedDocument, filter: &Filter) -> bool {
    let comparison = &mut page.comparison;
    comparison.changes.retain(|change| {
        let from = change.place.old.as_ref().and_then(|place| place.path.as_deref());
        from.is_some_and(|path| matches(filter, path))
    });
    comparison.notices.clear();
    comparison.unread.clear();
    !comparison.changes.is_empty()
}

fn matches(filter: &Filter, path: &str) -> bool {
    filter.matches(&RepoPath::new(path.as_bytes()))
}
