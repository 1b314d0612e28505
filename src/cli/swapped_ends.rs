//! Ranges whose ends are the wrong way round: every move would be told in the wrong direction.

use super::error_output::print_line;

use crate::history::{Point, Repository, Revision, Span};
use crate::model::Sides;

/// Says that a range without a commit has one the other way round.
pub(super) fn note_swapped_ends(repository: &Repository, span: &Span) {
    if let Some(base) = span.base() {
        note_swapped_revisions(repository, base, span.tip());
    }
}

/// Says that the old end of a comparison is newer than its new end.
pub(super) fn note_swapped_points(repository: &Repository, ends: &Sides<Point>) {
    if let (Point::Commit(old), Point::Commit(new)) = (&ends.old, &ends.new) {
        note_swapped_revisions(repository, old, new);
    }
}

fn note_swapped_revisions(repository: &Repository, base: &Revision, tip: &Revision) {
    if tip.commit != base.commit && repository.leads_to(&tip.commit.to_string(), base.commit) {
        let (old, new) = (&tip.name, &base.name);
        print_line(&format!(
            "note: the ends are swapped ({old} is older than {new}); for changes in \
             chronological order, use {old}..{new}"
        ));
    }
}
