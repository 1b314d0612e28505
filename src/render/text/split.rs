//! Changes with old and new side by side.

use crate::model::{Change, Kind, Party, Place, Stamp};
use crate::report::DocumentReport;

use super::canvas::{Canvas, Look, Word, words};
use super::columns::{Cell, Column, Item, row};
use super::marks::mark_both;
use super::names;

/// Around the rule between both sides.
const GAP: usize = 3;
/// Prose wider than this is hard to read.
const MEASURE: usize = 100;

/// What stands over the two sides.
pub(super) fn head(canvas: &mut Canvas, document: &DocumentReport) {
    let told = |stamp: Option<&Stamp>| -> Cell {
        let text = stamp.map_or("no page".to_owned(), |s| format!("edition {}", names::date(s)));
        vec![Item::plain(words(&text, Look::Heading))]
    };
    let stamps = document.version.as_ref().map(|version| version.as_ref().map(|v| &v.stamp));
    canvas.blank();
    write(canvas, 0, &[told(stamps.old), told(stamps.new)]);
}

/// One change; each side names its party above its words.
pub(super) fn tell(canvas: &mut Canvas, change: &Change, indent: usize) {
    let text = |place: &Option<Place>| place.as_ref().map(|p| p.text.clone()).unwrap_or_default();
    let (old, new) = (text(&change.place.old), text(&change.place.new));
    let marked = match change.kind {
        Kind::Moved | Kind::Reworded | Kind::Relocated => mark_both(&old, &new, canvas.has_color()),
        Kind::Added | Kind::Removed => {
            crate::model::Sides::new(words(&old, Look::Plain), words(&new, Look::Plain))
        }
    };
    let look = match change.kind {
        Kind::Moved => Look::Heading,
        Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated => Look::Faint,
    };
    let cell = |party: Option<&Party>, words: Vec<Word>| -> Cell {
        let Some(party) = party else { return Cell::new() };
        let name = Word::new(names::party(Some(party)), look);
        vec![Item::plain(vec![name]), Item::plain(words)]
    };
    let party = change.party.as_ref().map(Option::as_ref);
    write(canvas, indent, &[cell(party.old, marked.old), cell(party.new, marked.new)]);
}

fn write(canvas: &mut Canvas, indent: usize, sides: &[Cell; 2]) {
    // the rule stands at one column, however deep the change is
    let half = (canvas.width().saturating_sub(GAP) / 2).min(MEASURE);
    let columns = [
        Column { start: indent, width: half.saturating_sub(indent) },
        Column { start: half + GAP, width: half },
    ];
    row(canvas, &columns, sides, &[(half + 1, Word::new("│", Look::Faint))]);
}
