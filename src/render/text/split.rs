//! Changes with old and new side by side.

use crate::model::{Change, Kind, Party, Stamp};
use crate::report::DocumentReport;

use super::columns::{ColumnCell, ColumnItem, ScreenColumn, write_row};
use super::marks::mark_both;
use super::names;
use super::text_writer::{Look, TextWriter, Word, safe_words};

/// Around the rule between both sides.
const GAP: usize = 3;
/// Prose wider than this is hard to read.
const MEASURE: usize = 100;

/// What stands over the two sides.
pub(super) fn write_head(canvas: &mut TextWriter, document: &DocumentReport) {
    let shown = |stamp: Option<&Stamp>| -> ColumnCell {
        let text =
            stamp.map_or("no page".to_owned(), |s| format!("edition {}", names::stamp_date(s)));
        vec![ColumnItem::plain(safe_words(&text, Look::Heading))]
    };
    let stamps = document.version.as_ref().map(|version| version.as_ref().map(|v| &v.stamp));
    canvas.blank_line();
    write_sides(canvas, 0, &[shown(stamps.old), shown(stamps.new)]);
}

/// One change; each side names its party above its words.
pub(super) fn write_change(canvas: &mut TextWriter, change: &Change, indent: usize) {
    let texts = change.texts().map(Option::unwrap_or_default);
    let marked = match change.kind {
        Kind::Moved | Kind::Reworded | Kind::Relocated => {
            mark_both(texts.old, texts.new, canvas.has_color())
        }
        Kind::Added | Kind::Removed => texts.map(|text| safe_words(text, Look::Plain)),
    };
    let look = match change.kind {
        Kind::Moved => Look::Heading,
        Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated => Look::Faint,
    };
    let cell = |party: Option<&Party>, words: Vec<Word>| -> ColumnCell {
        let Some(party) = party else { return ColumnCell::new() };
        let name = Word::new(names::party_name(Some(party)), look);
        vec![ColumnItem::plain(vec![name]), ColumnItem::plain(words)]
    };
    let party = change.party.as_ref().map(Option::as_ref);
    write_sides(canvas, indent, &[cell(party.old, marked.old), cell(party.new, marked.new)]);
}

fn write_sides(canvas: &mut TextWriter, indent: usize, sides: &[ColumnCell; 2]) {
    // the rule stands at one column, however deep the change is
    let half = (canvas.width().saturating_sub(GAP) / 2).min(MEASURE);
    let columns = [
        ScreenColumn { start: indent, width: half.saturating_sub(indent) },
        ScreenColumn { start: half + GAP, width: half },
    ];
    write_row(canvas, &columns, sides, &[(half + 1, Word::new("│", Look::Faint))]);
}
