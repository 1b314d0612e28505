//! What ended a page: it was removed, or nobody can tell any more who has which duty on it.

use std::collections::BTreeMap;

use super::edition_runs::commit_of;
use super::editions::{EditionBuilder, commit_report};
use super::outage;
use super::pages::{PageContent, Pages};
use crate::error::Result;
use crate::model::Side;
use crate::report::Gone;

impl EditionBuilder<'_> {
    /// How the page went after a version, or why it cannot be read any more. A page that could not be
    /// read first and was removed later went when it was removed.
    pub(super) fn gone_after(&self, at: usize, pages: &mut Pages<'_>) -> Result<Option<Gone>> {
        let next = at + 1;
        let away = self.contents.iter().skip(next).take_while(|page| page.is_none()).count();
        let (true, Some(page)) = (away > 0, self.page_at(at)) else { return Ok(None) };
        let Some(gone) = self.gone_in(next, page, pages)? else { return Ok(None) };
        let mut removed = None;
        if !gone.unread.is_empty() {
            for later in (next + 1..next + away).rev() {
                match self.gone_in(later, page, pages)? {
                    Some(found) if found.unread.is_empty() => removed = Some(found),
                    Some(_) | None => break,
                }
            }
        }
        Ok(Some(match removed {
            Some(removed) => Gone { unread_since: Some(Box::new(gone)), ..removed },
            None => gone,
        }))
    }

    /// What became of a page in a version that has none of its duties.
    fn gone_in(
        &self,
        at: usize,
        page: &PageContent,
        pages: &mut Pages<'_>,
    ) -> Result<Option<Gone>> {
        let version = self.file_history.versions.get(at);
        let Some((version, commit)) = version.zip(commit_of(self.file_history, at)) else {
            return Ok(None);
        };
        let there = pages.page_of(version)?;
        let (lost, there) = (&page.document, &there.document);
        let unread = outage::unread_of(pages, version, there, lost, Side::New)?;
        let stamp = Some(there.stamp.clone()).filter(|_| !unread.is_empty());
        let (commit, went_to) = (commit_report(commit), BTreeMap::new());
        let file_stays = version.file.is_some();
        let (unread_since, also_in) = (None, None);
        Ok(Some(Gone { commit, stamp, unread, unread_since, file_stays, went_to, also_in }))
    }
}
