//! The history of every page of a span.

use super::departures::Departures;
use super::editions;
use super::idle_names::drop_versions_of_idle_names;
use super::page_test::find_page_histories;
use super::pages::{NamesOf, Pages};
use super::returns;
use crate::error::Result;
use crate::history::{Filter, Repository, Span, WalkProgress};
use crate::model::{Code, Notice};
use crate::report::PageLog;

/// Finds the pages of a span and hands over each as soon as it is read, by path. How many
/// commits were walked.
///
/// # Errors
/// If anything on the way cannot be read, and the errors of `tell`.
pub fn log_pages(
    repo: &Repository,
    span: &Span,
    filter: &Filter,
    names_of: NamesOf<'_>,
    progress: WalkProgress<'_>,
    tell: &mut dyn FnMut(PageLog) -> Result<()>,
) -> Result<usize> {
    let mut found = find_page_histories(repo, span, filter, names_of, progress)?;
    let mut pages = Pages::new(repo, names_of);
    drop_versions_of_idle_names(&mut found, &mut pages)?;
    let returned = returns::begin_with_last_readable(repo, span, &mut found, &mut pages)?;
    let departures = Departures::find_all(&found, &mut pages)?;
    for (at, page_history) in found.pages.iter().enumerate() {
        if let Some(mut page) =
            editions::of_page((repo, span), (page_history, &departures.of_page(at)), &mut pages)?
        {
            departures.add_to_editions(at, &mut page);
            if let Some(notice) = returned.get(&at) {
                name_last_readable(&mut page, notice);
            }
            tell(page)?;
        }
        pages.forget_unused();
    }
    Ok(found.commits)
}

/// Names, in the first edition of a span, the version that it is compared with: it is before the
/// span.
fn name_last_readable(page: &mut PageLog, notice: &Notice) {
    let Some(oldest) = page.editions.last_mut() else { return };
    let notices = &mut oldest.report.notices;
    notices.retain(|known| known.code != Code::Returned);
    let order = |one: &Notice| (one.line, one.code);
    let at = notices.partition_point(|known| order(known) < order(notice));
    notices.insert(at, notice.clone());
}
