//! Two versions of a page table by table, old beside new: all that the table view shows.

use std::collections::BTreeMap;

use crate::model::{Document, Duty, Kind, Layout, Matrix, Party, Phrase, Row, Sides};

use super::Compared;

/// One page of which something changed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PageBeside {
    /// As its report calls it.
    pub path: String,
    /// The tables in which something changed, in the order of the new page; those that are gone
    /// come last.
    pub tables: Vec<TableBeside>,
    /// How many rows of other tables are as they were.
    pub unchanged: usize,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableBeside {
    /// How it names the parties (as the new page has it).
    pub layout: Layout,
    /// The headings above it.
    pub section: Vec<String>,
    /// Line of the file, from 1 (as the new page has it).
    pub line: usize,
    /// The rows in which something changed.
    pub rows: Vec<RowBeside>,
    /// How many rows are as they were.
    pub unchanged: usize,
}

/// One row that is there on either side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RowBeside {
    /// Its label; none where the row is not there. Several old rows may have become one.
    pub task: Sides<Option<String>>,
    /// What it holds, as the new row has it, what is gone last.
    pub duties: Vec<DutyBeside>,
}

/// One duty of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyBeside {
    /// What happened to it; none where it is as it was.
    pub kind: Option<Kind>,
    /// The change's id.
    pub id: Option<String>,
    /// Its holders and texts; of both sides wherever the other one stands.
    pub side: Sides<Option<(Party, String)>>,
    /// Whether it stands in this row.
    pub here: Sides<bool>,
    /// In an owner grid, the heading of its column.
    pub area: Option<String>,
}

/// The pages of a comparison that hold a change.
#[must_use]
pub fn side_by_side(documents: &[Compared<'_>]) -> Vec<PageBeside> {
    let changed = documents.iter().filter(|document| !document.comparison.changes.is_empty());
    changed.map(build_page).collect()
}

fn build_page(document: &Compared<'_>) -> PageBeside {
    let empty = Document::default();
    let sides = document.page.map(|page| SideRows::new(page.unwrap_or(&empty)));
    let fates = Fates::new(document, &sides);
    let matching = Matching::new(&document.comparison.rows, &sides, &fates);
    let mut tables: BTreeMap<(usize, usize), Vec<RowEntry>> = BTreeMap::new();
    let mut lone: Vec<usize> = Vec::new();
    for (at, new) in matching.new_of.iter().enumerate() {
        if new.is_none() && !sides.old.duties_of(at).is_empty() {
            lone.push(at);
        }
    }
    for (at, (matrix, _)) in sides.new.addresses.iter().enumerate() {
        let entry = RowEntry { order: (at, 0), old: matching.old_of(at), new: Some(at) };
        tables.entry((0, *matrix)).or_default().push(entry);
    }
    for at in lone {
        let (table, after) = matching.home_of(at, &sides);
        tables.entry(table).or_default().push(RowEntry {
            order: (after, at + 1),
            old: vec![at],
            new: None,
        });
    }
    let path = document.path.new.clone().or_else(|| document.path.old.clone());
    let mut reported = PageBeside { path: path.unwrap_or_default(), ..PageBeside::default() };
    for ((gone, matrix), mut entries) in tables {
        entries.sort_by_key(|entry| entry.order);
        let page = if gone == 0 { &sides.new } else { &sides.old };
        let Some(matrix) = page.document.matrices.get(matrix) else { continue };
        let table = build_table(matrix, &entries, &sides, &fates);
        if table.rows.is_empty() {
            reported.unchanged += table.unchanged;
        } else {
            reported.tables.push(table);
        }
    }
    reported
}

/// A row of either side, or of both.
struct RowEntry {
    order: (usize, usize),
    old: Vec<usize>,
    new: Option<usize>,
}

fn build_table(
    matrix: &Matrix,
    entries: &[RowEntry],
    sides: &Sides<SideRows<'_>>,
    fates: &Fates,
) -> TableBeside {
    let (mut rows, mut unchanged) = (Vec::new(), 0);
    for entry in entries {
        let duties = row_duties(entry, sides, fates);
        if duties.iter().any(|duty| duty.kind.is_some()) {
            let label = |row: &Row| row.task.text.clone();
            let new = entry.new.and_then(|at| sides.new.row_at(at)).map(label);
            let mut old: Vec<String> =
                entry.old.iter().filter_map(|at| sides.old.row_at(*at)).map(label).collect();
            old.dedup();
            let old = (!old.is_empty()).then(|| old.join(", "));
            rows.push(RowBeside { task: Sides::new(old, new), duties });
        } else if !duties.is_empty() {
            unchanged += 1;
        }
    }
    TableBeside {
        layout: matrix.layout,
        section: matrix.section.iter().map(|heading| heading.text.clone()).collect(),
        line: matrix.line,
        rows,
        unchanged,
    }
}

fn row_duties(entry: &RowEntry, sides: &Sides<SideRows<'_>>, fates: &Fates) -> Vec<DutyBeside> {
    let old: Vec<usize> =
        entry.old.iter().flat_map(|at| sides.old.duties_of(*at)).copied().collect();
    let new: Vec<usize> = entry.new.map(|at| sides.new.duties_of(at).to_vec()).unwrap_or_default();
    let mut reported = Vec::new();
    let mut tell = |duty: Sides<Option<usize>>, fate: Option<&DutyFate>| {
        let found = Sides::new(
            duty.old.and_then(|at| sides.old.duties.get(at)),
            duty.new.and_then(|at| sides.new.duties.get(at)),
        );
        let text = |duty: Option<&&Duty>| duty.map(|d| (d.party.clone(), d.phrase.text.clone()));
        let area = |duty: Option<&&Duty>| duty.and_then(|duty| duty.area.clone());
        reported.push(DutyBeside {
            kind: fate.and_then(|fate| fate.kind),
            id: fate.and_then(|fate| fate.id.clone()),
            side: Sides::new(text(found.old), text(found.new)),
            here: Sides::new(
                duty.old.is_some_and(|at| old.contains(&at)),
                duty.new.is_some_and(|at| new.contains(&at)),
            ),
            area: area(found.new).or_else(|| area(found.old)).map(|area: Phrase| area.text),
        });
    };
    for at in &new {
        let fate = fates.new.get(at);
        tell(Sides::new(fate.and_then(|fate| fate.partner), Some(*at)), fate);
    }
    for at in &old {
        let fate = fates.old.get(at);
        let partner = fate.and_then(|fate| fate.partner);
        if partner.is_none_or(|partner| !new.contains(&partner)) {
            tell(Sides::new(Some(*at), partner), fate);
        }
    }
    reported
}

/// The rows of one side, and which duties each holds.
struct SideRows<'a> {
    document: &'a Document,
    duties: Vec<&'a Duty>,
    /// Matrix and number in it.
    addresses: Vec<(usize, usize)>,
    held: Vec<Vec<usize>>,
    /// The row of each duty.
    row_of: Vec<usize>,
}

impl<'a> SideRows<'a> {
    fn new(document: &'a Document) -> Self {
        let (mut duties, mut addresses, mut held, mut row_of) =
            <(Vec<_>, Vec<_>, Vec<_>, Vec<_>)>::default();
        for (matrix, content) in document.matrices.iter().enumerate() {
            for (number, row) in content.rows.iter().enumerate() {
                let first = duties.len();
                duties.extend(&row.duties);
                row_of.resize(duties.len(), addresses.len());
                held.push((first..duties.len()).collect());
                addresses.push((matrix, number));
            }
        }
        Self { document, duties, addresses, held, row_of }
    }

    fn row_at(&self, at: usize) -> Option<&'a Row> {
        let (matrix, row) = *self.addresses.get(at)?;
        self.document.matrices.get(matrix)?.rows.get(row)
    }

    fn duties_of(&self, at: usize) -> &[usize] {
        self.held.get(at).map_or(&[], Vec::as_slice)
    }

    /// A row by its matrix and its number there.
    fn position_of(&self, address: (usize, usize)) -> Option<usize> {
        self.addresses.binary_search(&address).ok()
    }
}

/// What became of a duty.
struct DutyFate {
    kind: Option<Kind>,
    id: Option<String>,
    partner: Option<usize>,
}

/// What became of each duty, by its position on its side.
struct Fates {
    old: BTreeMap<usize, DutyFate>,
    new: BTreeMap<usize, DutyFate>,
}

impl Fates {
    fn new(document: &Compared<'_>, sides: &Sides<SideRows<'_>>) -> Self {
        let mut fates = Self { old: BTreeMap::new(), new: BTreeMap::new() };
        for link in &document.comparison.links {
            fates.set_fate(link.duty, link.kind, None);
        }
        // what went from page to page is known to the changes only
        for change in &document.comparison.changes {
            let duty = change.place.as_ref().map(|place| {
                place.as_ref().filter(|place| place.path.is_none()).map(|place| place.duty)
            });
            fates.set_fate(duty, Some(change.kind), Some(&change.id));
        }
        fates.old.retain(|at, _| *at < sides.old.duties.len());
        fates.new.retain(|at, _| *at < sides.new.duties.len());
        fates
    }

    fn set_fate(&mut self, duty: Sides<Option<usize>>, kind: Option<Kind>, id: Option<&String>) {
        let fate = |partner| DutyFate { kind, id: id.cloned(), partner };
        if let Some(old) = duty.old {
            self.old.insert(old, fate(duty.new));
        }
        if let Some(new) = duty.new {
            self.new.insert(new, fate(duty.old));
        }
    }
}

/// Which old row became which new one: as the comparison paired them, where both have one label or
/// a duty in common; else the one that holds most of its duties as they were, since several old
/// rows may have become one.
struct Matching {
    new_of: Vec<Option<usize>>,
    old_of: BTreeMap<usize, Vec<usize>>,
}

impl Matching {
    fn new(rows: &[Sides<(usize, usize)>], sides: &Sides<SideRows<'_>>, fates: &Fates) -> Self {
        let paired: BTreeMap<_, _> = rows.iter().map(|pair| (pair.old, pair.new)).collect();
        let (mut new_of, mut old_of) = (Vec::new(), BTreeMap::<usize, Vec<usize>>::new());
        for (at, address) in sides.old.addresses.iter().enumerate() {
            let pair = paired.get(address).and_then(|new| sides.new.position_of(*new));
            let partners = sides.old.duties_of(at).iter().filter_map(|duty| {
                let fate = fates.old.get(duty)?;
                Some((fate.kind, *sides.new.row_of.get(fate.partner?)?))
            });
            let partners: Vec<(Option<Kind>, usize)> = partners.collect();
            let is_kept = |new: &usize| {
                let label = |row: Option<&Row>| row.map(|row| row.task.canonical.clone());
                partners.iter().any(|(_, row)| row == new)
                    || label(sides.old.row_at(at)) == label(sides.new.row_at(*new))
            };
            let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
            for (_, row) in partners.iter().filter(|(kind, _)| kind.is_none()) {
                *votes.entry(*row).or_default() += 1;
            }
            let most = votes.iter().max_by_key(|(row, count)| (**count, std::cmp::Reverse(**row)));
            let new = pair.filter(is_kept).or_else(|| most.map(|(row, _)| *row));
            if let Some(new) = new {
                old_of.entry(new).or_default().push(at);
            }
            new_of.push(new);
        }
        Self { new_of, old_of }
    }

    fn old_of(&self, new: usize) -> Vec<usize> {
        self.old_of.get(&new).cloned().unwrap_or_default()
    }

    /// The table in which a removed row is shown, and the new row that it stands below. Its
    /// neighbours decide; without any, its old table is shown by itself.
    fn home_of(&self, old: usize, sides: &Sides<SideRows<'_>>) -> ((usize, usize), usize) {
        let matrix = |at: usize| sides.old.addresses.get(at).map(|(matrix, _)| *matrix);
        let own = matrix(old);
        let new = |at: usize| self.new_of.get(at).copied().flatten();
        let mut above = (0..old).rev().take_while(|at| matrix(*at) == own);
        let mut below = (old + 1..sides.old.addresses.len()).take_while(|at| matrix(*at) == own);
        let found = above.find_map(new).or_else(|| below.find_map(new));
        match found.and_then(|new| Some((sides.new.addresses.get(new)?.0, new))) {
            Some((matrix, new)) => ((0, matrix), new),
            None => ((1, own.unwrap_or_default()), old),
        }
    }
}

#[cfg(test)]
mod tests;
