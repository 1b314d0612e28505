//! `respdiff notes --format atom`: what stands above the entries.

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Repository, settings};
use crate::render;
use crate::report::feed::{FeedHead, TAG};
use crate::report::{Notes, encoded};

use super::notes::Asked;

impl Asked<'_> {
    /// The notes as a feed.
    pub(super) fn feed(&self, notes: &Notes) -> Result<Vec<u8>> {
        let folder = self.common.folder();
        let repository = Repository::open(folder)?;
        let tip = repository.span(self.range.as_deref())?.tip().clone();
        let commits = settings::commit_pages(folder);
        let site = || commits.as_deref().and_then(|page| page.strip_suffix("/commit/"));
        let Some(link) = self.args.link_base.as_deref().or_else(site) else {
            return Err(Error::new(ErrorKind::Usage, "the entries of a feed need a link")
                .hint("say where the pages are: --link-base https://cloud.ibm.com/docs/vpc"));
        };
        let newest = notes.entries.iter().filter_map(|entry| entry.commits.first());
        let updated = newest.map(|commit| commit.time).max();
        // other paths or entries make another feed of the same history
        let root = repository.root(&tip.commit.to_string())?;
        let paths = self.args.paths.iter().map(|path| encoded(&path.to_string_lossy()));
        let mut parts = vec![format!("{TAG}feed/{root}/{}", notes.by.name())];
        parts.extend(paths);
        let head = FeedHead {
            id: parts.join("/"),
            title: "Changes of responsibilities".to_owned(),
            link: link.to_owned(),
            updated: updated.or(repository.commit_time(&tip)).unwrap_or_default(),
        };
        render::feed::atom(notes, &head, commits.as_deref())
    }
}
