//! Which column of an owner grid is which: by its heading first, then by its words, its place and
//! what its cells say.

use std::collections::HashMap;

use super::assignment::{Candidate, assign};
use super::bag::Bag;
use super::face::Face;
use super::rows::{FEWEST_OWNERS, GRID_LABEL, NEIGHBOURS, RENAMED, SAME_OWNERS};
use super::similarity::dice;
use super::words::Vocabulary;
use crate::model::{Layout, Party, Sides};

/// The columns of grids that were renamed; others keep their heading.
#[derive(Default)]
pub(super) struct Columns<'a> {
    /// By old table, new table and old heading.
    renamed: HashMap<(usize, usize, &'a str), &'a str>,
}

impl<'a> Columns<'a> {
    /// The heading in the new table of a column of the old one.
    pub(super) fn of(&self, tables: Sides<usize>, old: &'a str) -> &'a str {
        self.renamed.get(&(tables.old, tables.new, old)).copied().unwrap_or(old)
    }
}

/// Pairs the columns of aligned grids.
pub(super) fn align<'a>(
    faces: Sides<&Face<'a>>,
    tables: &[Sides<usize>],
    rows: &[Sides<usize>],
    vocabulary: &Vocabulary,
) -> Columns<'a> {
    let mut columns = Columns::default();
    let grid = |face: &Face<'_>, table: usize| face.tables[table].layout == Layout::OwnerGrid;
    for pair in tables {
        if grid(faces.old, pair.old) && grid(faces.new, pair.new) {
            let headings = Sides::new(
                Headings::of(faces.old, pair.old, vocabulary),
                Headings::of(faces.new, pair.new, vocabulary),
            );
            let renamed = renamed(headings.as_ref(), || cells(faces, *pair, rows), vocabulary);
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
    names: Vec<&'a str>,
    words: Vec<Bag>,
    at: HashMap<&'a str, usize>,
}

impl<'a> Headings<'a> {
    fn of(face: &Face<'a>, table: usize, vocabulary: &Vocabulary) -> Self {
        let mut headings = Self { names: Vec::new(), words: Vec::new(), at: HashMap::new() };
        for name in face.items[face.items_of_table(table)].iter().filter_map(|item| item.column) {
            headings.at.entry(name).or_insert_with(|| {
                headings.names.push(name);
                headings.names.len() - 1
            });
        }
        headings.words = headings.names.iter().map(|name| vocabulary.known(name)).collect();
        headings
    }
}

/// The owners of aligned rows, column by column.
type Owners<'a> = Vec<Sides<HashMap<&'a str, &'a Party>>>;

fn cells<'a>(faces: Sides<&Face<'a>>, tables: Sides<usize>, rows: &[Sides<usize>]) -> Owners<'a> {
    let owners = |face: &Face<'a>, row: usize| {
        let items = &face.items[face.rows[row].items.clone()];
        items.iter().filter_map(|item| Some((item.column?, item.party))).collect()
    };
    rows.iter()
        .filter(|pair| {
            faces.old.rows[pair.old].table == tables.old
                && faces.new.rows[pair.new].table == tables.new
        })
        .map(|pair| Sides::new(owners(faces.old, pair.old), owners(faces.new, pair.new)))
        .collect()
}

/// Columns whose headings are found on one side only, paired where they are one, renamed. What
/// is found so is a neighbour in a second round.
fn renamed<'a>(
    headings: Sides<&Headings<'a>>,
    owners: impl FnOnce() -> Owners<'a>,
    vocabulary: &Vocabulary,
) -> Vec<(usize, usize)> {
    /// Grids of more new headings than this were not renamed but written anew.
    const MOST: usize = 2_500;
    const ROUNDS: usize = 2;
    let mut partner: Vec<Option<usize>> =
        headings.old.names.iter().map(|name| headings.new.at.get(name).copied()).collect();
    let lone = (0..headings.new.names.len())
        .filter(|at| !headings.old.at.contains_key(headings.new.names[*at]));
    let free = Sides::new(
        (0..partner.len()).filter(|at| partner[*at].is_none()).collect::<Vec<_>>(),
        lone.collect::<Vec<_>>(),
    );
    let count = free.old.len().saturating_mul(free.new.len());
    if count == 0 || count > MOST {
        return Vec::new();
    }
    let owners = owners();
    let mut found = Vec::new();
    for _ in 0..ROUNDS {
        let is_free = |(old, new): &(usize, usize)| {
            !found.iter().any(|(a, b): &(usize, usize)| a == old || b == new)
        };
        let pairs = free.old.iter().flat_map(|old| free.new.iter().map(move |new| (*old, *new)));
        let candidates = pairs.filter(is_free).map(|(old, new)| {
            let words = dice(&headings.old.words[old], &headings.new.words[new], vocabulary);
            let place = neighbours(&partner, headings.new.names.len(), (old, new));
            let names = Sides::new(headings.old.names[old], headings.new.names[new]);
            let owned = if place >= 1.0 && agree(&owners, names) { SAME_OWNERS } else { 0.0 };
            Candidate { old, new, worth: GRID_LABEL * words + NEIGHBOURS * place + owned - RENAMED }
        });
        let more = assign(candidates.collect());
        for (old, new) in &more {
            partner[*old] = Some(*new);
        }
        found.extend(more);
    }
    found
}

/// Share of the columns next to both that are one; an edge is next to an edge.
fn neighbours(partner: &[Option<usize>], news: usize, (old, new): (usize, usize)) -> f64 {
    let meet = |old: Option<usize>, new: Option<usize>| match (old, new) {
        (None, None) => true,
        (Some(old), Some(new)) => partner[old] == Some(new),
        (Some(_), None) | (None, Some(_)) => false,
    };
    let left = meet(old.checked_sub(1), new.checked_sub(1));
    let after = |at: usize, count: usize| Some(at + 1).filter(|at| *at < count);
    let right = meet(after(old, partner.len()), after(new, news));
    f64::from(u8::from(left) + u8::from(right)) / 2.0
}

/// Whether a column's cells name the same owners in all aligned rows, of which there are some.
fn agree(owners: &Owners<'_>, column: Sides<&str>) -> bool {
    let cells = owners.iter().map(|row| (row.old.get(column.old), row.new.get(column.new)));
    let filled: Vec<bool> =
        cells.filter(|cell| *cell != (None, None)).map(|(old, new)| old == new).collect();
    filled.len() >= FEWEST_OWNERS && filled.iter().all(|same| *same)
}
