//! Notices about stamps, as `diff` and `log` report them.

use chrono::NaiveDate;

use crate::history::Id;
use crate::lint;
use crate::model::{Change, ChangedPart, Code, Document, Notice, Side, Sides, Stamp, counted};

/// What the stamp of a new version shows: by itself, and against the day of the commit that
/// brought it.
pub(super) fn of_new(stamp: &Stamp, committed: Option<NaiveDate>) -> Vec<Notice> {
    let mut notices = lint::about_stamp(stamp);
    notices.extend(committed.into_iter().flat_map(|day| lint::about_commit(stamp, day)));
    notices
}

/// What the stamps of two ends show, and that of the new one against the day of its commit. A
/// page in which nothing but formatting changed is not called to account for its date again.
pub(super) fn of_ends(
    pages: Sides<Option<&Document>>,
    changed: Option<ChangedPart>,
    committed: Option<NaiveDate>,
) -> Vec<Notice> {
    let Some(new) = pages.new else { return Vec::new() };
    let mut notices = Vec::new();
    if let Some(old) = pages.old {
        notices = lint::between_versions(Sides::new(&old.stamp, &new.stamp), changed);
    }
    if changed.is_some() || pages.old.is_none_or(|old| old.stamp != new.stamp) {
        let day = committed.into_iter().flat_map(|day| lint::about_commit(&new.stamp, day));
        notices.extend(day.map(|notice| notice.on_side(Side::New)));
    }
    notices
}

/// What the stamps of neighbouring editions show. Commits that changed duties inside the newer one
/// are named one by one, so that this does not say it again.
pub(super) fn between_editions(
    stamps: Sides<&Stamp>,
    changed_inside: bool,
    changed: Option<ChangedPart>,
) -> Vec<Notice> {
    let changed = if changed_inside { Some(ChangedPart::Duties) } else { changed };
    let mut found = lint::between_versions(stamps, changed);
    found.retain(|notice| !changed_inside || notice.code != Code::StampUnchanged);
    found
}

/// A commit that changed duties inside an edition.
pub(super) fn unchanged_in(commit: &Id, changes: &[Change], stamp: &Stamp) -> Notice {
    let what = counted(changes.iter().filter(|change| !change.reference).count(), "duty");
    let commit = commit.short();
    let date = match stamp.written_date() {
        Some(date) => format!("{} is still {date}", stamp.date_field()),
        None => "the page still has no date".to_owned(),
    };
    let message = format!("commit {commit} changed {what}, but {date}");
    Notice::of_page(Code::StampUnchanged, message)
}

/// The notices of a page that the version before did not have, and all about its stamp.
pub(super) fn new_notices(old: Option<&Document>, new: &Document) -> Vec<Notice> {
    let mut stood: Vec<(Code, &str)> = old
        .into_iter()
        .flat_map(|page| &page.notices)
        .map(|notice| (notice.code, notice.message.as_str()))
        .collect();
    stood.sort_unstable();
    let is_news = |notice: &&Notice| {
        let about_stamp = matches!(notice.code, Code::StampMissing | Code::StampUnreadable);
        about_stamp || stood.binary_search(&(notice.code, notice.message.as_str())).is_err()
    };
    new.notices.iter().filter(is_news).cloned().collect()
}
