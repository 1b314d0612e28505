//! Changes that no commit of the mainline brought.

use crate::history::{Ends, Point, Repository};
use crate::model::{Code, Notice, counted};

/// That some changes have no commit. From a newer end to an older one, all commits are on the way to
/// the old end.
pub(super) fn off_mainline_notice(count: usize, ends: &Ends, repo: &Repository) -> Notice {
    let is_swapped = match (&ends.points.old, &ends.points.new) {
        (Point::Commit(old), Point::Commit(new)) => {
            repo.leads_to(&new.commit.to_string(), old.commit)
        }
        (_, _) => false,
    };
    let (old, new) = (ends.points.old.name(), ends.points.new.name());
    let changes = counted(count, "change");
    let come = if count == 1 { "comes" } else { "come" };
    let way_out = if is_swapped {
        format!("{new} is older than {old}: {new}..{old} is the range between them")
    } else {
        format!("{old}...{new} compares from the merge base")
    };
    Notice::of_page(
        Code::OffMainline,
        format!(
            "{changes} {come} from commits of {old} that are not among the first parents of {new}, so \
             no commit is shown; {way_out}"
        ),
    )
}
