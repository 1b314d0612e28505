//! The lines of a cell to its pieces: paragraphs and items of lists.

use std::borrow::Cow;

use super::condition::ConditionId;
use super::inline::Inline;
use super::markers::{self, Depths};
use super::options;
use super::text_place::TextPlace;
use crate::parse::{Cell, Piece, PieceKind, Run};

/// What of a line belongs to a cell.
#[derive(Clone, Debug)]
pub(super) struct CellSegment<'t> {
    pub(super) number: usize,
    pub(super) order: usize,
    pub(super) condition: ConditionId,
    pub(super) text: Cow<'t, str>,
}

/// How a cell is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// Paragraphs. Lines that look like items of a list are read as such.
    Plain,
    /// AsciiDoc of its own.
    Document,
    /// As it stands.
    Literal,
}

/// A cell, with the condition of each piece.
pub(super) struct ReadCell {
    pub(super) cell: Cell,
    pub(super) conditions: Vec<ConditionId>,
}

/// Reads a cell.
pub(super) fn read_cell(
    segments: &[CellSegment<'_>],
    style: Style,
    inline: &mut Inline<'_, '_>,
) -> ReadCell {
    let mut builder = CellBuilder {
        inline,
        style,
        pieces: Vec::new(),
        conditions: Vec::new(),
        open: None,
        depths: Depths::default(),
        blank: false,
        continued: false,
        nested: false,
    };
    for segment in segments {
        builder.add_segment(segment);
    }
    builder.end_piece();
    let CellBuilder { pieces, conditions, .. } = builder;
    ReadCell { cell: Cell { pieces, ..Cell::default() }, conditions }
}

/// A paragraph without the label that makes it a note.
fn without_label(text: &str) -> &str {
    let labels = ["NOTE: ", "TIP: ", "IMPORTANT: ", "WARNING: ", "CAUTION: "];
    labels.iter().find_map(|label| text.strip_prefix(label)).unwrap_or(text)
}

struct OpenPiece {
    kind: PieceKind,
    text: String,
    at: TextPlace,
}

struct CellBuilder<'i, 'a, 's> {
    inline: &'i mut Inline<'a, 's>,
    style: Style,
    pieces: Vec<Piece>,
    conditions: Vec<ConditionId>,
    open: Option<OpenPiece>,
    depths: Depths,
    /// Whether a blank line stands just above.
    blank: bool,
    /// Whether a `+` just above joins what comes to the item.
    continued: bool,
    /// Whether a table within the cell is open.
    nested: bool,
}

impl CellBuilder<'_, '_, '_> {
    fn add_segment(&mut self, segment: &CellSegment<'_>) {
        let text = segment.text.trim();
        let CellSegment { number, order, condition, .. } = *segment;
        let at = TextPlace { line: number, order, condition };
        if text.is_empty() {
            self.blank = true;
            return;
        }
        let is_document = self.style == Style::Document;
        if is_document && self.add_syntax_line(text, at) {
            return;
        }
        if is_document && text == "+" {
            self.continued = true;
            return;
        }
        let item = (self.style != Style::Literal).then(|| markers::parse_item(text)).flatten();
        if let Some(item) = item {
            self.end_piece();
            let depth = self.depths.depth_of(item.marker);
            self.begin_piece(PieceKind::Item { depth }, item.text, at);
        } else {
            self.read_words(if is_document { without_label(text) } else { text }, at);
        }
        self.blank = false;
        self.continued = false;
    }

    /// Takes in a line that is no text of its own.
    fn add_syntax_line(&mut self, text: &str, at: TextPlace) -> bool {
        let sign = text.as_bytes()[0];
        let is_fence =
            text.len() >= 4 && b"-=*_.+".contains(&sign) && text.bytes().all(|byte| byte == sign);
        if is_fence || matches!(text, "--" | "'''" | "<<<") || text.starts_with("!==") {
            self.end_piece();
            self.nested ^= text.starts_with('!');
            return true;
        }
        if self.nested && text.contains('!') {
            for cell in text.split('!').map(str::trim).filter(|cell| !cell.is_empty()) {
                self.end_piece();
                self.begin_piece(PieceKind::Text, cell, at);
            }
            self.end_piece();
            return true;
        }
        if options::is_options(text) {
            self.end_piece();
            return true;
        }
        if let Some(title) =
            text.strip_prefix('.').filter(|title| title.starts_with(char::is_alphanumeric))
        {
            self.end_piece();
            self.begin_piece(PieceKind::Text, title, at);
            self.end_piece();
            return true;
        }
        if let Some((_, term, rest)) = markers::parse_term(text) {
            self.end_piece();
            self.begin_piece(PieceKind::Text, term, at);
            self.end_piece();
            if !rest.is_empty() {
                self.begin_piece(PieceKind::Text, rest, at);
            }
            self.blank = false;
            return true;
        }
        false
    }

    fn begin_piece(&mut self, kind: PieceKind, text: &str, at: TextPlace) {
        self.open = Some(OpenPiece { kind, text: String::new(), at });
        self.add_words(text);
    }

    /// Adds words to the open piece; one ends at a ` +`, but for items.
    fn add_words(&mut self, text: &str) {
        let broken = text.strip_suffix(" +");
        let Some(open) = &mut self.open else { return };
        if !open.text.is_empty() {
            open.text.push(' ');
        }
        open.text.push_str(broken.unwrap_or(text));
        if broken.is_some() && open.kind == PieceKind::Text {
            self.end_piece();
        }
    }

    fn read_words(&mut self, text: &str, at: TextPlace) {
        let is_item = self.open.as_ref().is_some_and(|open| open.kind != PieceKind::Text);
        let goes_on = self.open.as_ref().is_some_and(|open| open.at.condition == at.condition)
            && !(self.blank && !(is_item && self.continued));
        if goes_on {
            return self.add_words(text);
        }
        self.end_piece();
        if self.blank {
            self.depths.clear();
        }
        self.begin_piece(PieceKind::Text, text, at);
    }

    fn end_piece(&mut self) {
        let Some(open) = self.open.take() else { return };
        let runs = if self.style == Style::Literal {
            vec![Run::Text(open.text.trim().to_owned())]
        } else {
            self.inline.read_runs(&open.text, open.at)
        };
        if !runs.is_empty() {
            self.pieces.push(Piece { kind: open.kind, runs, line: open.at.line });
            self.conditions.push(open.at.condition);
        }
    }
}
