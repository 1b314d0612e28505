//! The lines of a section that could be leads.

use super::lead::LeadCandidate;

/// A heading of a page: its section, and its block there from 1. The page itself is section 0's
/// block 0.
pub(super) type HeadingPlace = (usize, usize);

/// A line of a section that could be a lead, or a heading.
#[derive(Clone, Debug)]
pub(super) enum LeadLine {
    Heading {
        /// The block in the section, from 1.
        at: usize,
        level: u8,
        /// Its canonical words.
        title: String,
        /// Whether it speaks of responsibilities.
        says: bool,
        found: Option<LeadCandidate>,
    },
    Other(LeadCandidate),
}

/// Every line of a section that could be a lead.
#[derive(Clone, Debug, Default)]
pub(super) struct SectionLeads(pub(super) Vec<LeadLine>);
