//! `respdiff notes --format atom`: what stands above the entries.

use crate::deliver;
use crate::error::Result;
use crate::history::{Repository, settings};
use crate::render;
use crate::report::feed::{FeedHead, TAG};
use crate::report::{LinkBase, Notes, encoded};

use super::notes::Asked;

impl Asked<'_> {
    /// What the links of entries begin with where nothing else is named: none where `origin` says
    /// where commits are shown, else the docs of IBM Cloud.
    pub(super) fn base(&self) -> Option<LinkBase> {
        if settings::commit_pages(self.common.folder()).is_some() {
            return None;
        }
        let base = LinkBase::ibm_docs();
        let address = base.as_str();
        deliver::aside(&format!(
            "note: entries link to {address}; use --link-base for another address\n"
        ));
        Some(base)
    }

    /// The notes as a feed. Its own link is the link base, else the repository's page.
    pub(super) fn feed(&self, notes: &Notes, link: Option<String>) -> Result<Vec<u8>> {
        let folder = self.common.folder();
        let repository = Repository::open(folder)?;
        let tip = repository.span(self.range.as_deref())?.tip().clone();
        let commits = settings::commit_pages(folder);
        let site = || commits.as_deref().and_then(|page| page.strip_suffix("/commit/"));
        let link = link.or_else(|| site().map(str::to_owned)).unwrap_or_default();
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
            link,
            updated: updated.or(repository.commit_time(&tip)).unwrap_or_default(),
        };
        render::feed::atom(notes, &head, commits.as_deref())
    }
}
