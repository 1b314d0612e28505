//! Which column of an owner grid is which: by its heading first, then by its words and by what its
//! cells say.

use std::collections::{HashMap, HashSet};

use super::assignment::{PairCandidate, assign_pairs};
use super::candidates::all_pairs;
use super::identity::{Fingerprint, TIE};
use super::page_index::PageIndex;
use super::rows::{GRID_LABEL, RENAMED};
use super::similarity::dice_likeness;
use super::stem_counts::StemCounts;
use super::words::Vocabulary;
use crate::model::{ComparedText, Layout, Party, Sides};

/// The columns of grids that were renamed; others keep their heading.
#[derive(Default)]
pub(super) struct RenamedColumns<'a> {
    /// By old table, new table and old heading.
    renamed: HashMap<(usize, usize, ComparedText<'a>), ComparedText<'a>>,
}

impl<'a> RenamedColumns<'a> {
    /// The heading in the new table of a column of the old one.
    pub(super) fn heading_for(
        &self,
        tables: Sides<usize>,
        old: ComparedText<'a>,
    ) -> ComparedText<'a> {
        self.renamed.get(&(tables.old, tables.new, old)).copied().unwrap_or(old)
    }
}

/// Pairs the columns of aligned grids.
pub(super) fn align_columns<'a>(
    indexes: Sides<&PageIndex<'a>>,
    tables: &[Sides<usize>],
    rows: &[Sides<usize>],
    vocabulary: &Vocabulary,
) -> RenamedColumns<'a> {
    let mut columns = RenamedColumns::default();
    let grid = |page_index: &PageIndex<'_>, table: usize| {
        page_index.tables[table].layout == Layout::OwnerGrid
    };
    for pair in tables {
        if grid(indexes.old, pair.old) && grid(indexes.new, pair.new) {
            let headings = Sides::new(
                Headings::from_table(indexes.old, pair.old, vocabulary),
                Headings::from_table(indexes.new, pair.new, vocabulary),
            );
            let renamed = renamed_columns(
                headings.as_ref(),
                || owner_cells(indexes, *pair, rows),
                vocabulary,
            );
            for (old, new) in renamed {
                let names = (headings.old.names[old], headings.new.names[new]);
                columns.renamed.insert((pair.old, pair.new, names.0), names.1);
            }
        }
    }
    columns
}

/// The headings of a grid from left to right, as far as its cells show.
struct Headings<'a> {
    names: Vec<ComparedText<'a>>,
    words: Vec<StemCounts>,
    at: HashMap<ComparedText<'a>, usize>,
}

impl<'a> Headings<'a> {
    fn from_table(page_index: &PageIndex<'a>, table: usize, vocabulary: &Vocabulary) -> Self {
        let mut headings = Self { names: Vec::new(), words: Vec::new(), at: HashMap::new() };
        for name in
            page_index.items[page_index.items_of_table(table)].iter().filter_map(|item| item.column)
        {
            headings.at.entry(name).or_insert_with(|| {
                headings.names.push(name);
                headings.names.len() - 1
            });
        }
        headings.words = headings.names.iter().map(|name| vocabulary.stems_of(name.0)).collect();
        headings
    }
}

/// The owners of aligned rows, column by column.
type ColumnOwners<'a> = Vec<Sides<HashMap<ComparedText<'a>, &'a Party>>>;

fn owner_cells<'a>(
    indexes: Sides<&PageIndex<'a>>,
    tables: Sides<usize>,
    rows: &[Sides<usize>],
) -> ColumnOwners<'a> {
    let owners = |page_index: &PageIndex<'a>, row: usize| {
        let items = &page_index.items[page_index.rows[row].items.clone()];
        items.iter().filter_map(|item| Some((item.column?, item.party))).collect()
    };
    rows.iter()
        .filter(|pair| {
            indexes.old.rows[pair.old].table == tables.old
                && indexes.new.rows[pair.new].table == tables.new
        })
        .map(|pair| Sides::new(owners(indexes.old, pair.old), owners(indexes.new, pair.new)))
        .collect()
}

/// Columns whose headings are found on one side only, paired where they are one, renamed: by the
/// words of both headings, and where that leaves one over on each side, by the owners below it.
/// Where a column stands says nothing.
fn renamed_columns<'a>(
    headings: Sides<&Headings<'a>>,
    owners: impl FnOnce() -> ColumnOwners<'a>,
    vocabulary: &Vocabulary,
) -> Vec<(usize, usize)> {
    /// Grids with more new headings than this were rewritten, not renamed.
    const MOST: usize = 2_500;
    let mut free = Sides::new(
        unmatched_headings(headings.old, headings.new).collect::<Vec<_>>(),
        unmatched_headings(headings.new, headings.old).collect::<Vec<_>>(),
    );
    let count = free.old.len().saturating_mul(free.new.len());
    if count == 0 || count > MOST {
        return Vec::new();
    }
    let candidates = all_pairs(&free).map(|(old, new)| {
        let words = dice_likeness(&headings.old.words[old], &headings.new.words[new], vocabulary);
        let prints = (headings.old.names[old], headings.new.names[new]);
        let tie = Fingerprint::of_content(prints.0).tie_break(Fingerprint::of_content(prints.1));
        PairCandidate { old, new, worth: GRID_LABEL * words + TIE * tie - RENAMED }
    });
    let mut found = assign_pairs(candidates.collect());
    free.old.retain(|at| !found.iter().any(|(old, _)| old == at));
    free.new.retain(|at| !found.iter().any(|(_, new)| new == at));
    if let ([old], [new]) = (free.old.as_slice(), free.new.as_slice())
        && owners_agree(&owners(), Sides::new(headings.old.names[*old], headings.new.names[*new]))
    {
        found.push((*old, *new));
    }
    found
}

/// The headings of one side that the other has not.
fn unmatched_headings<'h>(
    own: &'h Headings<'_>,
    other: &'h Headings<'_>,
) -> impl Iterator<Item = usize> + 'h {
    (0..own.names.len()).filter(|at| !other.at.contains_key(&own.names[*at]))
}

/// Whether a column's cells name the same owners in all aligned rows: several, for one owner all
/// the way down is any column's.
fn owners_agree(owners: &ColumnOwners<'_>, column: Sides<ComparedText<'_>>) -> bool {
    let cells = owners.iter().map(|row| (row.old.get(&column.old), row.new.get(&column.new)));
    let filled: Vec<_> = cells.filter(|cell| *cell != (None, None)).collect();
    filled.iter().all(|(old, new)| old == new)
        && filled.iter().map(|(old, _)| *old).collect::<HashSet<_>>().len() > 1
}
