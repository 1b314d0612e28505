//! Pages that the version being checked takes out of the gate: its policy no longer reads them, or
//! they are no longer among the sources. The check of the next change would not see them.

use std::collections::BTreeSet;

use crate::cli::check_request::CheckRequest;
use crate::cli::keyrefs::Keyrefs;
use crate::cli::nothing_found::print_notes;
use crate::cli::pages::{PageAt, PagesAt};
use crate::cli::policy::{EffectivePolicy, sources_filter};
use crate::diff::{self};
use crate::error::Result;
use crate::history::{Filter, Point, RepoPath, Repository};
use crate::model::{Code, Notice, Side, Sides};
use crate::report::{DocumentReport, Report};
use crate::timeline::ComparedRange;

/// How the notice of a page begins that the changed policy no longer reads.
pub(super) const BY_POLICY: &str = "with the changed respdiff.yaml, ";
/// How the notice of a page begins that is no source any more.
pub(super) const NO_SOURCE: &str = "respdiff will no longer read this page";

/// What a check reads pages by, and what the next one would.
pub(super) struct AfterMerge<'a> {
    pub(super) repository: &'a Repository,
    /// The new end.
    pub(super) point: &'a Point,
    /// The paths that were asked for.
    pub(super) asked: &'a Filter,
    /// What holds at the old end, by which the pages of both ends are read.
    pub(super) before: &'a Keyrefs,
    /// What holds at the new end.
    pub(super) after: &'a EffectivePolicy,
}

/// Whether the policy of the new end may read a page in another way.
fn reads_otherwise(old: &EffectivePolicy, new: &EffectivePolicy) -> bool {
    let (before, after) = (&old.policy, &new.policy);
    before.sources != after.sources
        || before.parties != after.parties
        || before.placeholders != after.placeholders
        || before.keyrefs != after.keyrefs
        || before.pages != after.pages
        || old.tables != new.tables
        || !after.pages.attribute_files.is_empty()
}

/// What the pages of both ends are read by: the policy of the base side, so that nobody can hide a duty
/// by calling it something else. Where that reads no page at all, it hides nothing to go by the policy
/// of the new end, which may be the first.
pub(super) fn keyrefs_to_read(
    asked: &CheckRequest<'_>,
    points: &Sides<Point>,
    filter: &Filter,
    policy: &Sides<EffectivePolicy>,
) -> Result<Keyrefs> {
    let repository = asked.repository;
    let under = |policy: &EffectivePolicy| {
        asked.keyrefs.under_policy(policy.clone(), repository).at_point(&points.new)
    };
    let before = under(&policy.old);
    let has_page = |keyrefs: &Keyrefs| {
        let at = |point| PagesAt::new(repository, point, keyrefs);
        Ok(at(&points.new).has_page(filter)? || at(&points.old).has_page(filter)?)
    };
    if !reads_otherwise(&policy.old, &policy.new) || has_page(&before)? {
        return Ok(before);
    }
    let after = under(&policy.new);
    if !has_page(&after)? {
        return Ok(before);
    }
    let note = format!(
        "note: respdiff reads the pages by the policy of {}, because by the policy of {} it reads none",
        points.new.name(),
        points.old.name()
    );
    print_notes(&[note]);
    Ok(after)
}

impl AfterMerge<'_> {
    /// Adds to a report where the new end says who has which duty and the next check could not read
    /// it any more.
    pub(super) fn add_lost_pages(
        &self,
        compared: &ComparedRange,
        report: &mut Report,
    ) -> Result<()> {
        let sources = sources_filter(self.repository, &self.after.policy)?;
        let is_source =
            |path: &RepoPath| sources.as_ref().is_none_or(|sources| sources.matches(path));
        let is_other_policy = reads_otherwise(&self.before.policy, self.after);
        let after = self.before.under_policy(self.after.clone(), self.repository);
        for page in self.watched_pages(compared, is_other_policy)? {
            let notices = if !is_source(&page.file.path) {
                let what = format!("{NO_SOURCE}: `sources` does not include it");
                vec![Notice::of_page(Code::Unassigned, what).on_side(Side::New)]
            } else if is_other_policy {
                self.unread_notices(&page, &after)?
            } else {
                Vec::new()
            };
            if !notices.is_empty() {
                add_notices(report, &page, notices);
            }
        }
        Ok(())
    }

    /// The pages of the new end that this check reads: those of the sources so far, and those that
    /// were among them under another name.
    fn watched_pages(&self, compared: &ComparedRange, all: bool) -> Result<Vec<PageAt>> {
        let sources = sources_filter(self.repository, &self.before.policy.policy)?;
        let is_source =
            |path: &RepoPath| sources.as_ref().is_none_or(|sources| sources.matches(path));
        let mut left = BTreeSet::new();
        for document in &compared.documents {
            let paths = document.path.as_ref().map(|path| path.as_deref().map(RepoPath::from));
            if let (Some(old), Some(new)) = (paths.old, paths.new)
                && old != new
                && is_source(&old)
                && !is_source(&new)
            {
                left.insert(new);
            }
        }
        let left: Vec<RepoPath> = left.into_iter().collect();
        let at = PagesAt::new(self.repository, self.point, self.before);
        let mut found = at.pages_of_paths(&left)?;
        if all {
            let within = self.asked.clone();
            let within = match sources {
                Some(sources) => within.within_any(vec![sources]),
                None => within,
            };
            found.extend(at.pages_under(&within)?);
        }
        found.retain(|page| page.document.is_responsibility_page());
        Ok(found)
    }

    /// Where the policy of the new end no longer reads who has which duty on a page.
    fn unread_notices(&self, page: &PageAt, after: &Keyrefs) -> Result<Vec<Notice>> {
        let path = std::slice::from_ref(&page.file.path);
        let then = PagesAt::new(self.repository, self.point, after).pages_of_paths(path)?;
        let Some(then) = then.first() else { return Ok(Vec::new()) };
        let both = Sides::new(page, then);
        let mut comparison = diff::compare_pages(both.map(|page| &page.document));
        let before = comparison.notices.len();
        diff::note_unread(both.map(|page| Some(page.page_source())), &mut comparison);
        let mut found = comparison.notices.split_off(before);
        found.retain(|notice| notice.side == Some(Side::New));
        for notice in &mut found {
            notice.message = format!("{BY_POLICY}{}", notice.message);
        }
        Ok(found)
    }
}

/// Adds to a page of a report, which may not be part of it yet, that it can no longer be read.
fn add_notices(report: &mut Report, page: &PageAt, notices: Vec<Notice>) {
    let path = page.path();
    if !report.documents.iter().any(|document| document.path == path) {
        let at = report.documents.partition_point(|document| document.path < path);
        let unchanged = DocumentReport::unchanged(path.clone(), &page.document, None);
        report.documents.insert(at, unchanged);
    }
    let found = report.documents.iter_mut().find(|document| document.path == path);
    if let Some(document) = found {
        document.notices.extend(notices.iter().cloned());
        document.unread.extend(notices);
        document.reads_rest = false;
    }
}
