//! Commits that changed tables of names, but no name that a page uses: no versions of it.

use std::sync::Arc;

use super::pages::{PageContent, Pages};
use crate::error::Result;
use crate::history::{File, FileHistory, FileVersion, PageHistories};
use crate::normalize;

/// Takes versions out that only a table of names made, where the page uses none of the names that
/// differ. Nothing is parsed for that.
pub(super) fn drop_versions_of_idle_names(
    found: &mut PageHistories,
    pages: &mut Pages<'_>,
) -> Result<()> {
    for page_history in &mut found.pages {
        let versions = &mut page_history.file_history.versions;
        *versions = without_idle_names(std::mem::take(versions), pages)?;
    }
    Ok(())
}

/// The same of one page's versions, oldest first.
pub(super) fn without_idle_names(
    versions: Vec<FileVersion>,
    pages: &mut Pages<'_>,
) -> Result<Vec<FileVersion>> {
    let mut kept: Vec<FileVersion> = Vec::new();
    for version in versions {
        let is_idle = match kept.last() {
            Some(before) => differs_in_idle_names(before, &version, pages)?,
            None => false,
        };
        if !is_idle {
            kept.push(version);
        }
    }
    Ok(kept)
}

/// Whether two versions of a page differ in names alone that the page does not use, if in anything.
pub(super) fn differs_in_idle_names(
    old: &FileVersion,
    new: &FileVersion,
    pages: &mut Pages<'_>,
) -> Result<bool> {
    match &new.file {
        Some(file) if old.file == new.file && old.included == new.included => {
            Ok(!uses_other_names(file, old, new, pages)?)
        }
        Some(_) | None => Ok(false),
    }
}

/// Whether a file may use a name that is not the same in two versions of it.
fn uses_other_names(
    file: &File,
    old: &FileVersion,
    new: &FileVersion,
    pages: &mut Pages<'_>,
) -> Result<bool> {
    let old = pages.names_of_companions(&old.companions)?;
    let new = pages.names_of_companions(&new.companions)?;
    let keys = old.keys_that_differ(&new);
    Ok(!keys.is_empty() && normalize::may_ask_for(&pages.repository().read_file(file)?, &keys))
}

/// The versions of a page with what each says, none where it assigns no responsibility. A version
/// that only its names made, and that says the same as the one before, is left out.
pub(super) fn versions_that_differ(
    file_history: &FileHistory,
    pages: &mut Pages<'_>,
) -> Result<(FileHistory, Vec<Option<Arc<PageContent>>>)> {
    pages.load(&file_history.versions)?;
    let (mut kept, mut contents) = (FileHistory::default(), Vec::<Option<Arc<PageContent>>>::new());
    for version in &file_history.versions {
        let page = pages.page_of(version)?;
        let page = Some(page).filter(|page| page.document.is_responsibility_page());
        let same_file = kept.versions.last().is_some_and(|before| before.file == version.file);
        let before = contents.last().and_then(Option::as_ref);
        let same_page =
            before.map(|page| &page.document) == page.as_ref().map(|page| &page.document);
        if !(same_file && version.file.is_some() && same_page) {
            kept.versions.push(version.clone());
            contents.push(page);
        }
    }
    Ok((kept, contents))
}
