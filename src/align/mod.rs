//! Pairs the duties of the old version with those of the new one.
//!
//! Tables are aligned first, then rows, then duties: a duty is looked for in the cell that its
//! row became before anywhere else. What is left over is paired by one optimal assignment, so
//! that no pair is taken because it was met first.
//!
//! Alignment is a symmetric relation. Both sides are put into an order of their own content
//! before they are compared, so aligning (b, a) yields exactly the pairs of (a, b).

mod alignment;
mod assignment;
mod candidates;
mod cells;
mod columns;
mod deed_nouns;
mod deeds;
mod doers;
mod duties;
mod duty_pairs;
mod explain;
mod identity;
mod kept_holders;
mod leftover;
mod moved_duties;
mod objects;
mod occurrences;
mod opposites;
mod page_index;
mod pair_score;
mod resegmented;
mod rows;
mod similarity;
mod stem_counts;
mod step_count;
mod tables;
mod thresholds;
mod unchanged;
mod words;

#[cfg(test)]
mod tests;

use unchanged::ChangedTables;

use crate::model::{Document, Sides};
use page_index::PageIndex;
use words::Vocabulary;

pub(crate) use deeds::is_verb_form;
pub(crate) use similarity::is_slip;
pub(crate) use words::{CountedStems, counted_stems, deed_behind_condition};

pub use alignment::{AlignedPair, Alignment, NearMiss};
pub use explain::{AlignScope, Explanation, FoundBy, Weighing, explain_duty, explain_each};
pub use pair_score::PairContext;
pub use similarity::{CountedWord, WordsThatCount};
pub use step_count::counted_steps;
pub use thresholds::Thresholds;

/// Aligns two versions of one page.
#[must_use]
pub fn align_pages(pages: Sides<&Document>) -> Alignment {
    align_by(&Thresholds::within_document(), pages)
}

/// The same by other bars, for fitting them.
#[must_use]
pub fn align_by(thresholds: &Thresholds, pages: Sides<&Document>) -> Alignment {
    match ChangedTables::of_pages(pages) {
        Some(changed) => {
            changed.complete_alignment(align_changed(thresholds, changed.pages.as_ref()), pages)
        }
        None => align_changed(thresholds, pages),
    }
}

fn align_changed(thresholds: &Thresholds, pages: Sides<&Document>) -> Alignment {
    let swapped = order_key(pages.old) > order_key(pages.new);
    let pages = if swapped { pages.swap() } else { pages };
    let alignment = align_ordered(pages, thresholds);
    if swapped { alignment.mirrored() } else { alignment }
}

/// Pairs duties of different documents: those of `old` that left theirs with those of `new`
/// that appeared in theirs. Each side is a document that holds just these duties.
#[must_use]
pub fn align_across_documents(pages: Sides<&Document>) -> Vec<AlignedPair> {
    let swapped = order_key(pages.old) > order_key(pages.new);
    let pages = if swapped { pages.swap() } else { pages };
    let (indexes, vocabulary) = page_index::index_pages(pages);
    let mut found = duties::DutySearch::new(indexes.as_ref(), &vocabulary);
    found.assign_left_over(&Thresholds::across_documents());
    let alignment = found.into_alignment();
    if swapped { alignment.mirrored().pairs } else { alignment.pairs }
}

fn align_ordered(pages: Sides<&Document>, thresholds: &Thresholds) -> Alignment {
    let (indexes, vocabulary) = page_index::index_pages(pages);
    let indexes = indexes.as_ref();
    let mut pairing = pair_up(indexes, &vocabulary);
    pairing.search.assign_left_over(thresholds);
    pairing.search.settle_twins();
    let position = |pair: &Sides<usize>| {
        Sides::new(indexes.old.row_position(pair.old), indexes.new.row_position(pair.new))
    };
    let rows = pairing.rows.iter().map(position).collect();
    Alignment { tables: pairing.tables, rows, ..pairing.search.into_alignment() }
}

/// Tables, rows, and the duties that are found again in their own cells.
struct Pairing<'f, 'a> {
    tables: Vec<Sides<usize>>,
    rows: Vec<Sides<usize>>,
    search: duties::DutySearch<'f, 'a>,
}

fn pair_up<'f, 'a>(
    indexes: Sides<&'f PageIndex<'a>>,
    vocabulary: &'f Vocabulary,
) -> Pairing<'f, 'a> {
    let tables = tables::align_tables(indexes, vocabulary);
    let rows = rows::align_rows(indexes, &tables, vocabulary);
    let mut search = duties::DutySearch::new(indexes, vocabulary);
    search.set_context(&tables, &rows);
    let headings = columns::align_columns(indexes, &tables, &rows, vocabulary);
    cells::pair_grid_cells(&mut search, &rows, &headings);
    cells::pair_same_cell(&mut search, &rows);
    resegmented::pair_resegmented(&mut search, &rows);
    resegmented::pair_resegmented_reshaped(&mut search);
    Pairing { tables, rows, search }
}

/// A key over all that alignment looks at; which of two unequal versions comes first does not
/// matter, only that it does not depend on which of them is called old. Rows without a duty count,
/// too: they may have another's label.
fn order_key(page: &Document) -> impl Ord + '_ {
    let mut duties = page
        .duties()
        .map(|(matrix, row, duty)| {
            (
                duty.phrase.canonical.as_str(),
                row.task.canonical.as_str(),
                &duty.party,
                matrix.section.iter().map(|h| h.canonical.as_str()).collect::<Vec<_>>(),
                matrix.layout,
            )
        })
        .collect::<Vec<_>>();
    duties.sort_unstable();
    let rows = page.matrices.iter().flat_map(|matrix| &matrix.rows);
    let rows = rows.map(|row| (row.task.canonical.as_str(), row.duties.len()));
    let mut rows = rows.collect::<Vec<_>>();
    rows.sort_unstable();
    (duties, rows)
}
