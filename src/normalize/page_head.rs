//! What is known of a page beside its sections.

use crate::model::Notice;
use crate::parse::{CitedFootnote, CutPage, FrontMatter};

/// What is known of a page beside its sections.
pub(super) struct PageHead<'p> {
    pub(super) front_matter: &'p FrontMatter,
    pub(super) footnotes: &'p [CitedFootnote],
    /// What is wrong with its bytes and its front matter.
    pub(super) notices: &'p [Notice],
    /// Lines that only bring in a text from another file.
    pub(super) inclusions: &'p [(usize, String)],
    /// The fields that hold its date if the policy names none.
    pub(super) stamp_fields: &'static [&'static str],
    /// Gives a field of its head by name, and its line.
    pub(super) field: FieldOf<'p>,
}

/// Gives a field of a page's head by name, and its line.
pub(super) type FieldOf<'p> = &'p dyn Fn(&str) -> Option<(String, usize)>;

impl<'p> PageHead<'p> {
    pub(super) fn of_cut(cut: &'p CutPage<'_>, field: FieldOf<'p>) -> Self {
        let CutPage { front_matter, footnotes, notices, inclusions, .. } = cut;
        Self { front_matter, footnotes, notices, inclusions, stamp_fields: &[], field }
    }
}
