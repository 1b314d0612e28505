//! Pages that changed and other pages of the repository that contradict them: notices, which no
//! check fails for.

use std::collections::BTreeMap;

use crate::cli::keyrefs::Keyrefs;
use crate::cli::pages::{self, PageAt};
use crate::deliver;
use crate::history::{Point, Repository};
use crate::lint;
use crate::model::{Claim, Code, Notice, Side};
use crate::render;
use crate::report::Report;

/// Adds a notice to each changed page that disagrees with another page at the new end.
pub(super) fn add_disagreements(
    repository: &Repository,
    new: &Point,
    keyrefs: &Keyrefs,
    report: &mut Report,
) {
    let with_changes =
        report.documents.iter().enumerate().filter(|(_, page)| !page.changes.is_empty());
    let changed: BTreeMap<String, usize> =
        with_changes.map(|(number, page)| (page.path.clone(), number)).collect();
    if changed.is_empty() {
        return;
    }
    let found = keyrefs
        .filter(repository, &[])
        .and_then(|filter| pages::under(repository, new, &filter, keyrefs));
    let pages = match found {
        Ok(pages) => pages,
        Err(error) => {
            let reason = error.to_string();
            let reason = render::safe::visible(&reason);
            deliver::aside(&format!("warning: pages are not compared with each other: {reason}\n"));
            return;
        }
    };
    let mut named: Vec<(String, Vec<Claim>)> =
        pages.iter().map(|page| (page.file.path.to_string(), claims(page, keyrefs))).collect();
    // a finding stands with the first of its two pages
    named.sort_by_key(|(path, _)| !changed.contains_key(path));
    let (paths, claims): (Vec<_>, Vec<_>) = named.into_iter().unzip();
    for found in lint::disagreements(&paths, &claims) {
        let number = paths.get(found.page).and_then(|path| changed.get(path));
        if let Some(page) = number.and_then(|number| report.documents.get_mut(*number)) {
            let notice = Notice::at(found.line, Code::Disagrees, found.message);
            page.notices.push(notice.on(Side::New));
        }
    }
}

/// What a page says of who has what, unless the policy turns `disagrees` off for it.
fn claims(page: &PageAt, keyrefs: &Keyrefs) -> Vec<Claim> {
    let path = page.file.path.to_string();
    let default = lint::default_severity(Code::Disagrees);
    let is_on = keyrefs.policy.policy.severity(Code::Disagrees, &path, default).is_some();
    if is_on && page.document.is_responsibility_page() {
        lint::claims(&page.document, &page.content)
    } else {
        Vec::new()
    }
}
