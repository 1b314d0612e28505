//! Commits that changed tables of names, but no name that a page uses: no versions of it.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::pages::{PageContent, Pages};
use crate::error::Result;
use crate::history::{File, FileHistory, FileVersion, Id, PageHistories};
use crate::normalize::AskedKeys;

/// What one file asks for, and the names that it uses by the tables that it is read with.
#[derive(Default)]
struct UsedNames {
    asked: Option<AskedKeys>,
    known: HashMap<Vec<Id>, BTreeMap<String, String>>,
}

/// Takes versions out that only a table of names made, where the page uses none of the names that
/// differ. Nothing is parsed for that.
pub(super) fn drop_versions_of_idle_names(
    found: &mut PageHistories,
    pages: &mut Pages<'_>,
) -> Result<()> {
    for page_history in &mut found.pages {
        let mut used = UsedNames::default();
        let mut kept: Vec<FileVersion> = Vec::new();
        for version in std::mem::take(&mut page_history.file_history.versions) {
            let before = kept.last().filter(|before| {
                before.file == version.file && before.included == version.included
            });
            let (Some(before), Some(file)) = (before, &version.file) else {
                used = UsedNames::default();
                kept.push(version);
                continue;
            };
            let old = names_used(file, before, &mut used, pages)?;
            if old != names_used(file, &version, &mut used, pages)? {
                kept.push(version);
            }
        }
        page_history.file_history.versions = kept;
    }
    Ok(())
}

fn names_used(
    file: &File,
    version: &FileVersion,
    used: &mut UsedNames,
    pages: &mut Pages<'_>,
) -> Result<BTreeMap<String, String>> {
    let tables: Vec<Id> = version.companions.iter().map(|table| table.blob).collect();
    if let Some(known) = used.known.get(&tables) {
        return Ok(known.clone());
    }
    if used.asked.is_none() {
        let content = pages.repository().read_file(file)?;
        used.asked = Some(AskedKeys::of_file(&content));
    }
    let asked = used.asked.get_or_insert_default();
    let names = pages.names_at(version)?.used_by(asked);
    used.known.insert(tables, names.clone());
    Ok(names)
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
