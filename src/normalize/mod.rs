//! Turns raw tables into duties with owners: whose column it is, what a duty is, which texts mean the same.
//!
//! `layout` decides what a table is, the files named after the layouts read its rows, `duties`
//! cuts cells, `names` and `canonical` make texts comparable.

mod anchors;
mod asciidoc_page;
mod asked_keys;
mod assembly;
mod builtin_table;
mod cached_sections;
mod canonical;
mod canonical_text;
mod cell_parts;
mod cell_signs;
mod column_role;
mod content_kind;
mod contradiction;
mod dictionary;
mod document;
mod duties;
mod duty_nouns;
#[cfg(test)]
mod fixture;
mod footnote_signs;
mod footnotes;
mod header;
mod header_names;
mod identifiers;
mod keyref_file;
mod keyref_lines;
mod keyref_names;
mod layout;
mod lead;
mod lead_groups;
mod lead_subject;
mod lead_twins;
mod lead_verbs;
mod lead_words;
mod leads;
mod marks;
mod name_uses;
mod names;
mod owner;
mod owner_grid;
mod owner_header;
mod owner_list;
mod owner_spans;
mod owner_tally;
mod owner_words;
mod page;
mod page_head;
mod party_columns;
mod party_keys;
mod party_lists;
mod party_rows;
mod people_columns;
mod policy_vocabulary;
mod presets;
mod promoted;
mod quick_check;
mod raci;
mod raci_pairs;
mod reference;
mod remarks;
mod role_columns;
mod row_labels;
mod same_text;
mod section_cache;
mod section_leads;
mod section_read;
mod spellings;
mod stamp;
mod successive_check;
mod table_header;
mod text;
mod third_parties;
mod title;
mod token;
mod tokens;
mod unknown_keyref;
mod unread;
mod unread_columns;

pub use crate::parse::{DocAttributes, Source, to_utf8};
pub use anchors::page_anchors;
pub use asked_keys::may_ask_for;
pub use canonical_text::canonical_text;
pub(crate) use canonical_text::clauses_of;
pub(crate) use contradiction::{denies_own_party, is_done_by_other, names_other_party};
pub use keyref_file::KeyrefDoubt;
pub use names::Names;
pub use party_keys::PartyKeys;
pub use policy_vocabulary::PolicyVocabulary;
pub use successive_check::{PageQuestion, SuccessiveCheck};
pub use unread::{UnreadBlocks, find_unread};

use crate::model::{Document, Format};
use crate::parse::AsciiDocPage;

/// Whether a page is worth parsing: a cheap search of its bytes that never misses a
/// responsibility page and passes over most others.
#[must_use]
pub fn may_assign_responsibility<'s>(source: impl Into<Source<'s>>) -> bool {
    let source = source.into();
    quick_check::may_assign_as(source.format, &to_utf8(source.bytes))
}

/// The same where a policy gives parties names of their own.
#[must_use]
pub fn may_assign<'s>(source: impl Into<Source<'s>>, names: &Names) -> bool {
    let source = source.into();
    let bytes = &to_utf8(source.bytes);
    quick_check::may_assign_as(source.format, bytes)
        || names.policy_vocabulary().is_some_and(|own| own.may_stand_in(bytes))
}

/// Whether a page may include files, on which what it says depends.
#[must_use]
pub fn may_include(format: Format, bytes: &[u8]) -> bool {
    format == Format::AsciiDoc && AsciiDocPage::may_include(bytes)
}

/// Whether a page assigns any responsibility: the same answer as reading all of it, but cheaper.
#[must_use]
pub fn assigns_responsibility<'s>(source: impl Into<Source<'s>>, names: &Names) -> bool {
    let source = source.into();
    may_assign(source, names) && page::page_assigns(source, names)
}

/// Reads one version of a page. Never fails: what is unreadable is a notice. Sections that were
/// read with these names before are not read again.
#[must_use]
pub fn read_page<'s>(source: impl Into<Source<'s>>, names: &Names) -> Document {
    page::read_page(source.into(), names)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Words that product names are made of, and signs around them.
    const PARTS: [&str; 24] = [
        "IBM",
        "Cloud",
        "Virtual",
        "Private",
        "Servers",
        "for",
        "VPC",
        "Object",
        "Storage",
        "Monitoring",
        "Key",
        "Protect",
        "Identity",
        "and",
        "Access",
        "Management",
        "IAM",
        "(",
        "e.g.",
        "1,000.5",
        "’s",
        "-",
        "®",
        "client",
    ];

    proptest! {
        #[test]
        fn canonical_text_is_settled(parts in prop::collection::vec(0..PARTS.len(), 0..20)) {
            let names = Names::builtin();
            let text: Vec<&str> = parts.into_iter().map(|part| PARTS[part]).collect();
            let once = canonical_text(&text.join(" "), &names);
            prop_assert_eq!(canonical_text(&once, &names), once);
        }

        #[test]
        fn any_text_has_settled_words(text in ".{0,80}") {
            let names = Names::builtin();
            let once = canonical_text(&text, &names);
            prop_assert_eq!(canonical_text(&once, &names), once);
        }

        #[test]
        fn no_page_makes_it_panic(text in "[|\\-#a-zIBM{}\\[\\]:<>/ü\n ]{0,200}") {
            let names = Names::builtin();
            let page = format!("| Task | IBM | You |\n|---|---|---|\n{text}");
            let document = read_page(page.as_bytes(), &names);
            prop_assert!(document.matrices.is_empty() || may_assign_responsibility(page.as_bytes()));
        }
    }

    #[test]
    fn spellings_of_one_product_compare_equal() {
        let names = Names::builtin();
        let canonical = |text: &str| canonical_text(text, &names);
        assert_eq!(canonical("Use IBM® Cloud Object Storage!"), canonical("use Object Storage"));
        assert_eq!(canonical("IBM Cloud™ IAM"), canonical("Identity and Access Management"));
        assert_eq!(canonical("Client’s keys"), canonical("customer's KEYS"));
        assert_ne!(canonical("IBM"), canonical("IBM Cloud"));
    }
}
