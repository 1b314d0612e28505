//! What a comparison reports beside its changes: renamings, other layouts, possible moves.

use std::collections::{BTreeSet, HashSet};

use super::{DutyLink, PlacedDuty, footnotes};
use crate::align::Alignment;
use crate::model::{Code, Document, Layout, Matrix, Notice, Party, Side, Sides};

/// All notices of a comparison, by line.
pub(super) fn of_comparison(
    pages: Sides<&Document>,
    alignment: &Alignment,
    links: &[DutyLink],
) -> Vec<Notice> {
    let mut notices = Vec::new();
    renamed_areas(pages, alignment, &mut notices);
    renamed_columns(pages, links, &mut notices);
    renamed_tasks(pages, alignment, links, &mut notices);
    add_reshaped_notices(pages, alignment, &mut notices);
    possible_moves(pages, alignment, &mut notices);
    footnotes::add_changed_notices(pages, alignment, &mut notices);
    changed_keyrefs(pages, &mut notices);
    add_duplicate_notices(pages, alignment, &mut notices);
    notices.sort();
    notices
}

fn renamed_areas(pages: Sides<&Document>, alignment: &Alignment, notices: &mut Vec<Notice>) {
    let mut reported = HashSet::new();
    for pair in &alignment.tables {
        let (old, new) = (&pages.old.matrices[pair.old], &pages.new.matrices[pair.new]);
        let (Some(from), Some(to)) = (old.section.last(), new.section.last()) else { continue };
        let nested = old.section.iter().any(|h| h.compared_form() == to.compared_form())
            || new.section.iter().any(|h| h.compared_form() == from.compared_form());
        if !nested && reported.insert((from.compared_form(), to.compared_form())) {
            let message = format!("area \"{}\" is now \"{}\"", from.text, to.text);
            notices.push(Notice::at(new.line, Code::RenamedArea, message).on_side(Side::New));
        }
    }
}

/// Columns of owner grids, whose headings are their cells' areas.
fn renamed_columns(pages: Sides<&Document>, links: &[DutyLink], notices: &mut Vec<Notice>) {
    let duties = pages.map(|page| page.duties().collect::<Vec<PlacedDuty<'_>>>());
    let mut reported = BTreeSet::new();
    for link in links {
        let (Some(old), Some(new)) = (link.duty.old, link.duty.new) else { continue };
        let (old, new) = (&duties.old[old], &duties.new[new]);
        let grids = old.0.layout == Layout::OwnerGrid && new.0.layout == Layout::OwnerGrid;
        let (Some(from), Some(to)) = (&old.2.area, &new.2.area) else { continue };
        let renamed = grids && from.compared_form() != to.compared_form();
        if renamed && reported.insert((new.0.line, &from.canonical, &to.canonical)) {
            let message = format!("area \"{}\" is now \"{}\"", from.text, to.text);
            notices.push(Notice::at(new.0.line, Code::RenamedArea, message).on_side(Side::New));
        }
    }
}

fn renamed_tasks(
    pages: Sides<&Document>,
    alignment: &Alignment,
    links: &[DutyLink],
    notices: &mut Vec<Notice>,
) {
    let kept = rows_with_kept_duties(pages, links);
    for pair in &alignment.rows {
        let old = &pages.old.matrices[pair.old.0];
        let new = &pages.new.matrices[pair.new.0];
        let (from, to) = (&old.rows[pair.old.1], &new.rows[pair.new.1]);
        let labels = old.layout.labels_rows() && new.layout.labels_rows();
        let renamed = from.task.compared_form() != to.task.compared_form()
            && !from.task.is_empty()
            && !to.task.is_empty();
        if labels && renamed && kept.contains(&(pair.old, pair.new)) {
            let message = format!("task \"{}\" is now \"{}\"", from.task.text, to.task.text);
            notices.push(Notice::at(to.line, Code::RenamedTask, message).on_side(Side::New));
        }
    }
}

type Position = (usize, usize);

/// Aligned rows between which at least one duty was kept.
fn rows_with_kept_duties(
    pages: Sides<&Document>,
    links: &[DutyLink],
) -> BTreeSet<(Position, Position)> {
    let positions = pages.map(row_positions);
    links
        .iter()
        .filter_map(|link| {
            let (old, new) = (link.duty.old?, link.duty.new?);
            Some((*positions.old.get(old)?, *positions.new.get(new)?))
        })
        .collect()
}

fn row_positions(page: &Document) -> Vec<Position> {
    let tables = page.matrices.iter().enumerate();
    tables
        .flat_map(|(table, matrix)| {
            matrix
                .rows
                .iter()
                .enumerate()
                .flat_map(move |(row, line)| std::iter::repeat_n((table, row), line.duties.len()))
        })
        .collect()
}

/// Up to this many tables without a partner on each side are checked for a new layout.
const MOST_RESHAPED: usize = 64;

/// A grid that went where tables of sentences came, or the other way round.
fn add_reshaped_notices(pages: Sides<&Document>, alignment: &Alignment, notices: &mut Vec<Notice>) {
    let left = Sides::from_fn(|side| {
        let aligned: BTreeSet<usize> =
            alignment.tables.iter().map(|pair| *pair.get(side)).collect();
        let lone = (0..pages.get(side).matrices.len()).filter(|at| !aligned.contains(at));
        // a page of hundreds of such tables is not held against another one, table by table
        lone.take(MOST_RESHAPED).collect::<Vec<_>>()
    });
    for new in &left.new {
        let to = &pages.new.matrices[*new];
        let from = left.old.iter().map(|old| &pages.old.matrices[*old]).find(|from| {
            (from.layout == Layout::OwnerGrid) != (to.layout == Layout::OwnerGrid)
                && is_about_the_same(from, to)
        });
        if let Some(from) = from {
            let message = format!(
                "the table under \"{}\" changed its layout from {} to {}: its duties are reported as removed and added",
                to.area().text,
                from.layout.name(),
                to.layout.name()
            );
            notices.push(Notice::at(to.line, Code::Reshaped, message).on_side(Side::New));
            return;
        }
    }
}

fn is_about_the_same(from: &Matrix, to: &Matrix) -> bool {
    let tasks: BTreeSet<&str> =
        from.rows.iter().map(|row| row.task.canonical.as_str()).filter(|t| !t.is_empty()).collect();
    let known = to.rows.iter().filter(|row| tasks.contains(row.task.canonical.as_str())).count();
    from.area().canonical == to.area().canonical || (known > 0 && 3 * known >= to.rows.len())
}

fn possible_moves(pages: Sides<&Document>, alignment: &Alignment, notices: &mut Vec<Notice>) {
    if alignment.possible_moves.is_empty() {
        return;
    }
    let duties = pages.map(|page| page.duties().collect::<Vec<PlacedDuty<'_>>>());
    for miss in &alignment.possible_moves {
        let (old, new) = (&duties.old[miss.duty.old], &duties.new[miss.duty.new]);
        let reported = |what: &str, placed: &PlacedDuty<'_>| {
            format!("{} \"{}\"", duty_of(what, &placed.2.party), placed.2.phrase.text)
        };
        // the same duty's line seen from either side: the customer's, if one is theirs
        let weight = |placed: &'_ PlacedDuty<'_>| {
            (placed.2.party == Party::Customer, placed.2.party.clone())
        };
        let (line, side, may_be) = if weight(old) > weight(new) {
            let other = format!("{} (line {})", reported("new", new), new.2.line);
            (old.2.line, Side::Old, format!("{} may be {other}", reported("removed", old)))
        } else {
            let other = format!("{} (was line {})", reported("removed", old), old.2.line);
            (new.2.line, Side::New, format!("{} may be {other}", reported("new", new)))
        };
        let message = format!(
            "{may_be}, moved and reworded; respdiff reports one as removed and one as added"
        );
        notices.push(Notice::at(line, Code::PossibleMove, message).on_side(side));
    }
}

/// A duty by whose it is and what became of it.
fn duty_of(what: &str, party: &Party) -> String {
    match party {
        Party::Ibm => format!("IBM's {what} duty"),
        Party::Customer => format!("the customer's {what} duty"),
        Party::Shared => format!("the {what} shared duty"),
        Party::Provider(name) | Party::Other(name) => format!("{name}'s {what} duty"),
    }
}

/// The party of a duty in brackets.
fn shown_party(party: &Party) -> &str {
    match party {
        Party::Ibm => "IBM",
        Party::Customer => "customer",
        Party::Shared => "shared",
        Party::Provider(name) | Party::Other(name) => name,
    }
}

/// What stands in its cell once more than before, or once less.
fn add_duplicate_notices(
    pages: Sides<&Document>,
    alignment: &Alignment,
    notices: &mut Vec<Notice>,
) {
    let sides = [
        (pages.old, &alignment.duplicates.old, Side::Old, "removed from its task"),
        (pages.new, &alignment.duplicates.new, Side::New, "added to its task"),
    ];
    for (page, found, side, what) in sides.into_iter().filter(|(_, found, ..)| !found.is_empty()) {
        let duties: Vec<PlacedDuty<'_>> = page.duties().collect();
        for (_, _, duty) in found.iter().map(|at| &duties[*at]) {
            let party = shown_party(&duty.party);
            let message = format!("a duplicate of \"{}\" ({party}) was {what}", duty.phrase.text);
            notices.push(Notice::at(duty.line, Code::DuplicateDuty, message).on_side(side));
        }
    }
}

/// Keys that stand for different products on each side. Another spelling of the same name is
/// ignored.
fn changed_keyrefs(pages: Sides<&Document>, notices: &mut Vec<Notice>) {
    for (key, old) in &pages.old.names {
        let Some(new) = pages.new.names.get(key) else { continue };
        if old.canonical != new.canonical {
            let message = format!(
                "keyref {key} means \"{}\" in the old version and \"{}\" in the new one: their keyref files differ",
                old.text, new.text
            );
            notices.push(Notice::of_page(Code::KeyrefChanged, message));
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::diff::compare_pages;
    use crate::model::{Code, Sides};
    use crate::normalize::{Names, read_page};

    #[test]
    fn a_key_of_another_name_is_told() {
        let page =
            "# T\n\n| Task | IBM | You |\n|---|---|---|\n| {{site.data.keyword.sky}} | a | b |\n";
        let reported = |old: &str, new: &str| {
            let names = |table: &str| Names::builtin().with_keyref_file(table).unwrap();
            let pages = Sides::new(old, new).map(|table| read_page(page.as_bytes(), &names(table)));
            let notices = compare_pages(pages.as_ref()).notices;
            let codes = notices.into_iter().map(|notice| notice.code);
            codes.filter(|code| *code == Code::KeyrefChanged).count()
        };
        assert_eq!(reported("sky: Sky Vault", "sky: Cloud Safe"), 1);
        assert_eq!(reported("sky: Sky Vault", ""), 1);
        assert_eq!(reported("sky: Sky Vault", "{sky: 'SKY Vault®', x: Y}"), 0);
        assert_eq!(reported("", ""), 0);
    }
}
