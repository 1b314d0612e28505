//! What a page seems to have lost: where it still stands in the text of the other side, its
//! parties cannot be read there any more.

use std::sync::Arc;

use super::Comparison;
use crate::model::{Code, Document, Matrix, Notice, Side, Sides};
use crate::normalize::{Names, Source, find_unread};

/// A page's content on one side, and the names that it is read with.
#[derive(Clone, Copy, Debug)]
pub struct PageSource<'a> {
    /// The file.
    pub source: Source<'a>,
    /// The names.
    pub names: &'a Names,
    /// What was read of it.
    pub page: &'a Document,
}

/// The matrices of a side's page of which at least half the duties have no counterpart on the
/// other side, with these duties only.
#[must_use]
pub fn lost_matrices(page: &Document, comparison: &Comparison, side: Side) -> Document {
    let lost = lost_by_position(page, comparison, side);
    Document {
        title: page.title.clone(),
        inclusions: page.inclusions.clone(),
        matrices: lost.into_iter().map(|(_, matrix)| matrix).collect(),
        ..Document::default()
    }
}

/// The same matrices, each with its position in the page.
#[must_use]
pub fn lost_by_position(
    page: &Document,
    comparison: &Comparison,
    side: Side,
) -> Vec<(usize, Arc<Matrix>)> {
    let mut alone = vec![false; page.duties().count()];
    for link in &comparison.links {
        if let Some(alone) = link.lone_duty(side).and_then(|at| alone.get_mut(at)) {
            *alone = true;
        }
    }
    let mut lost = Vec::new();
    let mut rest = alone.as_slice();
    for (position, matrix) in page.matrices.iter().enumerate() {
        let duties = matrix.rows.iter().map(|row| row.duties.len()).sum();
        let (alone, below) = rest.split_at_checked(duties).unwrap_or((rest, &[]));
        rest = below;
        let left = alone.iter().filter(|alone| **alone).count();
        if left > 0 && left == duties {
            lost.push((position, Arc::clone(matrix)));
        } else if left > 0 && left * 2 >= duties {
            let mut is_alone = alone.iter().copied();
            let kept = matrix.with_duties(|| is_alone.next().unwrap_or_default());
            lost.push((position, kept.into()));
        }
    }
    lost
}

/// Where duties of a page that have no counterpart stand unread in the other side's file. A file of
/// which nothing is read keeps its own notice, if that found a table without parties.
#[must_use]
pub fn unread_in(source: PageSource<'_>, lost: &Document, side: Side) -> Vec<Notice> {
    if lost.matrices.is_empty() {
        return Vec::new();
    }
    let mut found = find_unread(source.source, source.names, lost, source.page);
    if found.is_empty() && !source.page.is_responsibility_page() {
        let reported = source.page.notices.iter().filter(|notice| notice.code == Code::Unassigned);
        found.extend(reported.cloned());
    }
    found.into_iter().map(|notice| notice.on_side(side)).collect()
}

/// A page that is still there and has no duty any more: it is not gone.
#[must_use]
pub fn no_longer_assigns(pages: Sides<&Document>, comparison: &Comparison) -> Option<Notice> {
    // a table inside a comment says more itself
    let lost = pages.old.is_responsibility_page()
        && !pages.new.is_responsibility_page()
        && !pages.new.has_notice(Code::Hidden);
    let message = "the page still exists but no longer assigns responsibilities: no table or list in it says who has which duty";
    (lost && comparison.unread.is_empty())
        .then(|| Notice::of_page(Code::Unassigned, message.to_owned()).on_side(Side::New))
}

/// Adds to a comparison where parties can be read on one side only. `sources` are the files of
/// both sides; none where a side has no file.
pub fn note_unread(sources: Sides<Option<PageSource<'_>>>, comparison: &mut Comparison) {
    let (Some(old), Some(new)) = (sources.old, sources.new) else { return };
    let mut unread = unread_in(new, &lost_matrices(old.page, comparison, Side::Old), Side::New);
    unread.extend(unread_in(old, &lost_matrices(new.page, comparison, Side::New), Side::Old));
    comparison.notices.extend(unread.iter().cloned());
    comparison.unread = unread;
    comparison.notices.extend(no_longer_assigns(Sides::new(old.page, new.page), comparison));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diff::compare_pages;
    use crate::normalize::read_page;

    const HEADER: &str = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
    const KEYS: &str = "| Keys | Rotate the master keys. | Store keys safely. |\n";

    fn unread_messages(old: &str, new: &str) -> Vec<String> {
        let names = Names::builtin();
        let pages =
            Sides::new(read_page(old.as_bytes(), &names), read_page(new.as_bytes(), &names));
        let mut comparison = compare_pages(pages.as_ref());
        let texts = Sides::new(old.as_bytes().into(), new.as_bytes().into());
        let source = |source, page| Some(PageSource { source, names: &names, page });
        let sources = Sides::new(source(texts.old, &pages.old), source(texts.new, &pages.new));
        note_unread(sources, &mut comparison);
        let reported = |notice: &Notice| format!("{:?} {:?}", notice.side, notice.line);
        comparison.unread.iter().map(reported).collect()
    }

    #[test]
    fn one_of_two_tables_that_lost_its_parties_is_told_and_mirrored() {
        let vaults = "## Vaults\n\n| Task | IBM responsibilities | Your responsibilities |\n\
                      |---|---|---|\n| Doors | Shut the doors. | Lock the doors. |\n";
        let old = format!("# Duties\n\n{HEADER}{KEYS}\n{vaults}");
        let lost = HEADER.replace("IBM responsibilities", "Tier A");
        let lost = lost.replace("Your responsibilities", "Tier B");
        let new = format!("# Duties\n\n{lost}{KEYS}\n{vaults}");
        assert_eq!(unread_messages(&old, &new), ["Some(New) Some(3)"]);
        assert_eq!(unread_messages(&new, &old), ["Some(Old) Some(3)"]);
        assert_eq!(unread_messages(&old, &old), [""; 0]);
        assert_eq!(
            unread_messages(&old, &format!("# Duties\n\n{vaults}")),
            [""; 0],
            "the table is gone"
        );
    }

    #[test]
    fn a_page_that_became_prose_is_not_gone() {
        let names = Names::builtin();
        let old = read_page(format!("# Duties\n\n{HEADER}{KEYS}").as_bytes(), &names);
        let new = read_page(b"# Duties\n\nAsk the desk who does what.\n", &names);
        let reported = |old, new| {
            let pages = Sides::new(old, new);
            no_longer_assigns(pages, &compare_pages(pages)).map(|notice| (notice.code, notice.side))
        };
        assert_eq!(reported(&old, &new), Some((Code::Unassigned, Some(Side::New))));
        assert_eq!(reported(&new, &old), None);
        assert_eq!(reported(&old, &old), None);
    }

    #[test]
    fn a_table_about_responsibilities_with_other_words_is_told_too() {
        let old = format!("# Duties\n\n## Your responsibilities\n\n{HEADER}{KEYS}");
        let new = "# Duties\n\n## Your responsibilities\n\n| Task | Tier A | Tier B |\n\
                   |---|---|---|\n| Doors | Shut the doors. | Lock the doors. |\n";
        assert!(unread_messages(&old, new).len() <= 1);
        assert_eq!(
            unread_messages(&old, "# Walks\n\n| Way | Hours |\n|---|---|\n| Hill | 2 |\n"),
            [""; 0]
        );
    }
}
