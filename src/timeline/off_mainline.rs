//! Changes that no commit of the mainline brought.

use crate::history::{Ends, Point, Repository};
use crate::model::{Code, Notice, counted};

/// That some changes have no commit. From a newer end to an older one, all commits are on the way to
/// the old end.
pub(super) fn off_mainline_notice(count: usize, ends: &Ends, repo: &Repository) -> Notice {
    let (old, new) = (ends.points.old.name(), ends.points.new.name());
    let leads = |from: &Point, to: &Point| match (from, to) {
        (Point::Commit(from), Point::Commit(to)) => {
            repo.leads_to(&from.commit.to_string(), to.commit)
        }
        (_, _) => false,
    };
    let (made, changes, these, commits) = match count {
        1 => ("was made", "1 change".to_owned(), "this change", "commit"),
        _ => ("were made", counted(count, "change"), "these changes", "commits"),
    };
    let message = if leads(&ends.points.new, &ends.points.old) {
        format!(
            "the ends are swapped: {new} is older than {old}; {new}..{old} names the {commits} of \
             {these}"
        )
    } else {
        let place = if leads(&ends.points.old, &ends.points.new) {
            format!("on a branch that was merged into {new}")
        } else {
            format!("in commits that are in {old} but not in {new}")
        };
        let whose = if count == 1 { "its" } else { "their" };
        format!(
            "{changes} {made} {place}, so respdiff cannot name {whose} {commits}; {old}...{new} \
             compares from the merge base"
        )
    };
    Notice::of_page(Code::OffMainline, message)
}
