//! Ids of feed entries that never change.

use super::log::Edition;
use super::percent_encoded;

/// What all ids begin with; a new recipe would make new ids.
pub const TAG: &str = "tag:respdiff,2026:";

/// The lasting id of an edition: the commit that began it and where the page was then. Both stay
/// when the edition grows, the file is renamed later, or lines shift.
pub(super) fn edition_tag(edition: &Edition) -> Option<String> {
    let began = edition.commits.last()?;
    Some(format!("{TAG}edition/{}/{}", began.commit, percent_encoded(&edition.first_path)))
}
