//! `respdiff notes --format atom`: what stands above the entries.

use crate::error::Result;
use crate::history::{Repository, git_config};
use crate::render;
use crate::report::feed::{FeedHead, TAG};
use crate::report::{LinkBase, Notes, percent_encoded};

use super::error_output::print_line;
use super::notes::NotesRequest;

impl NotesRequest<'_> {
    /// What the links of entries begin with where nothing else is named: none where `origin` says
    /// where commits are shown, else the docs of IBM Cloud.
    pub(super) fn ibm_docs(&self) -> Option<LinkBase> {
        if git_config::commit_pages(self.common.start_folder()).is_some() {
            return None;
        }
        let base = LinkBase::ibm_docs();
        let address = base.as_str();
        print_line(&format!(
            "note: entries link to {address}; use --link-base for another address"
        ));
        Some(base)
    }

    /// The notes as a feed. Its own link is the link base, else the repository's page.
    pub(super) fn notes_feed(&self, notes: &Notes, link: Option<String>) -> Result<Vec<u8>> {
        let folder = self.common.start_folder();
        let repository = Repository::open(folder)?;
        let tip = repository.parse_span(self.args.span.revision.as_deref())?.tip().clone();
        let commits = git_config::commit_pages(folder);
        let site = || commits.as_deref().and_then(|page| page.strip_suffix("/commit/"));
        let link = link.or_else(|| site().map(str::to_owned)).unwrap_or_default();
        let newest = notes.entries.iter().flat_map(|entry| {
            let removal = entry.removed.as_ref().map(|removed| &removed.commit);
            entry.commits.first().into_iter().chain(removal)
        });
        let updated = newest.map(|commit| commit.time).max();
        // other paths or entries make another feed of the same history
        let root = repository.root_commit(&tip.commit.to_string())?;
        let paths =
            self.args.span.paths.iter().map(|path| percent_encoded(&path.to_string_lossy()));
        let mut parts = vec![format!("{TAG}feed/{root}/{}", notes.by.name())];
        parts.extend(paths);
        let head = FeedHead {
            id: parts.join("/"),
            title: "Changes to responsibilities".to_owned(),
            link,
            updated: updated.or(repository.commit_time(&tip)).unwrap_or_default(),
        };
        render::feed::atom_feed(notes, &head, commits.as_deref())
    }
}
