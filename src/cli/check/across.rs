//! Pages that changed and other pages of the repository that contradict them: notices, which no
//! check fails for.

use crate::cli::error_output::print_line;

use std::collections::BTreeMap;

use crate::cli::keyrefs::Keyrefs;
use crate::cli::pages::{PageAt, PagesAt};
use crate::error::Result;
use crate::history::RepoPath;
use crate::lint;
use crate::model::{Claim, Code, Notice, Side};
use crate::report::Report;

/// Adds a notice to each changed page that disagrees with another page at the new end.
pub(super) fn add_disagreements(new: PagesAt<'_>, report: &mut Report) {
    let with_changes =
        report.documents.iter().enumerate().filter(|(_, page)| !page.changes.is_empty());
    let changed: BTreeMap<String, usize> =
        with_changes.map(|(number, page)| (page.path.clone(), number)).collect();
    if changed.is_empty() {
        return;
    }
    let pages = match changed_and_like(new, &changed) {
        Ok(pages) => pages,
        Err(error) => {
            print_line(&format!("warning: pages are not compared with each other: {error}"));
            return;
        }
    };
    let mut named: Vec<(String, Vec<Claim>)> = pages
        .iter()
        .map(|page| (page.file.path.to_string(), page_claims(page, new.keyrefs)))
        .collect();
    // a finding stands with the first of its two pages
    named.sort_by_key(|(path, _)| !changed.contains_key(path));
    let (paths, claims): (Vec<_>, Vec<_>) = named.into_iter().unzip();
    for found in lint::find_disagreements(&paths, &claims) {
        let number = paths.get(found.page).and_then(|path| changed.get(path));
        if let Some(page) = number.and_then(|number| report.documents.get_mut(*number)) {
            let notice = Notice::at(found.line, Code::Disagrees, found.message);
            page.notices.push(notice.on_side(Side::New));
        }
    }
}

/// The pages that changed, and those that may be about the same.
fn changed_and_like(new: PagesAt<'_>, changed: &BTreeMap<String, usize>) -> Result<Vec<PageAt>> {
    let PagesAt { repository, point, keyrefs } = new;
    let filter = keyrefs.path_filter(repository, &[])?;
    let is_changed = |path: &RepoPath| changed.contains_key(&path.to_string());
    let files = repository.page_files(point, &filter)?;
    let paths: Vec<_> = files.into_iter().map(|file| file.path).filter(is_changed).collect();
    let mut found = new.pages_of_paths(&paths)?;
    let said: Vec<Claim> = found.iter().flat_map(|page| page_claims(page, keyrefs)).collect();
    let sought = lint::SoughtWords::of_claims(&said);
    if !sought.is_empty() {
        let wanted = |page: &[u8]| sought.may_be_in(page);
        let like = new.under_where(&filter, &wanted)?;
        found.extend(like.into_iter().filter(|page| !is_changed(&page.file.path)));
    }
    Ok(found)
}

/// What a page says of who has what, unless the policy turns `disagrees` off for it.
fn page_claims(page: &PageAt, keyrefs: &Keyrefs) -> Vec<Claim> {
    let is_on = keyrefs.policy.policy.severity_of(Code::Disagrees, &page.path()).is_some();
    if is_on && page.document.is_responsibility_page() {
        lint::claims_of_page(&page.document, &page.content)
    } else {
        Vec::new()
    }
}
