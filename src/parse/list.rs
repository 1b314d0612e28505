//! Lists outside tables, as they grow line by line.

use super::pieces::{break_line, strip_box};
use super::{Block, List, ListItem, Paragraph, Piece, PieceKind, inline, links};

/// The indent of a list item's mark, and the item's text.
pub(super) fn parse_item(line: &str) -> Option<(usize, &str)> {
    let text = line.trim_start();
    let indent = line.len() - text.len();
    if let Some(rest) = text.strip_prefix(['-', '*', '+']) {
        // `-Keep`: a blank was forgotten
        let glued = text.starts_with('-') && rest.starts_with(|c: char| c.is_ascii_uppercase());
        return (rest.starts_with(' ') || glued).then(|| (indent, rest.trim()));
    }
    if let Some(rest) = text.strip_prefix('•') {
        return Some((indent, rest.trim()));
    }
    let digits = text.bytes().take(10).take_while(u8::is_ascii_digit).count();
    if !(1..=9).contains(&digits) {
        return None;
    }
    let rest = text[digits..].strip_prefix(['.', ')'])?;
    rest.starts_with(' ').then(|| (indent, rest.trim()))
}

/// A list that is being read.
pub(super) struct OpenList {
    line: usize,
    items: Vec<OpenItem>,
    indents: Vec<usize>,
    /// Whether a blank line came after the last item.
    pub(super) interrupted: bool,
}

struct OpenItem {
    line: usize,
    depth: usize,
    text: String,
}

impl OpenList {
    /// A list that begins with the item of a line.
    pub(super) fn new(line: usize) -> Self {
        Self { line, items: Vec::new(), indents: Vec::new(), interrupted: false }
    }

    /// Begins an item.
    pub(super) fn push(&mut self, line: usize, indent: usize, text: &str) {
        while self.indents.len() > 1 && self.indents.last().is_some_and(|top| indent < *top) {
            self.indents.pop();
        }
        if self.indents.last().is_none_or(|top| indent >= top + 2) {
            self.indents.push(indent);
        }
        let depth = self.indents.len() - 1;
        self.items.push(OpenItem { line, depth, text: text.to_owned() });
        self.interrupted = false;
    }

    /// Whether a line that is no item goes on with the last one. A line of its own about
    /// responsibilities does not: a blank line was forgotten before it.
    pub(super) fn takes_line(&self, indent: usize, text: &str) -> bool {
        let first = self.indents.first().copied().unwrap_or_default();
        if indent <= first + 1 && is_lead_line(text) {
            return false;
        }
        !self.interrupted || indent > first
    }

    /// Goes on with the last item.
    pub(super) fn go_on(&mut self, text: &str) {
        if let Some(item) = self.items.last_mut() {
            break_line(&mut item.text);
            item.text.push_str(text);
        }
        self.interrupted = false;
    }

    /// The list; items without text are left out.
    pub(super) fn close(self) -> Option<List> {
        let items: Vec<ListItem> = self
            .items
            .into_iter()
            .map(|open| {
                let mut runs = inline::parse_runs(&open.text);
                let has_box = strip_box(&mut runs);
                let only_links = links::is_only_links(&open.text);
                ListItem { line: open.line, depth: open.depth, runs, only_links, has_box }
            })
            .filter(|item| !item.runs.is_empty())
            .collect();
        (!items.is_empty()).then_some(List { line: self.line, items })
    }
}

/// Whether a short line stands alone: it ends with a colon, or is bold from end to end.
fn is_lead_line(text: &str) -> bool {
    const LONGEST: usize = 80;
    let bare = text.trim_end_matches([':', ' ']);
    let is_bold = [("**", "**"), ("__", "__"), ("<strong>", "</strong>"), ("<b>", "</b>")]
        .iter()
        .any(|(open, close)| {
            let inner = bare.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
            inner.is_some_and(|inner| !inner.contains(close))
        });
    let lower = text.to_lowercase();
    let says = ["responsib", "duties", "tasks"].iter().any(|word| lower.contains(word));
    text.len() <= LONGEST && says && (is_bold || text.ends_with(':') || bare.ends_with(":**"))
}

/// The blocks of a paragraph of HTML: its lists become lists.
pub(super) fn blocks_of_pieces(pieces: Vec<Piece>) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let (only_links, has_box) = (false, false);
    for Piece { kind, runs, line } in pieces {
        match (kind, blocks.last_mut()) {
            (PieceKind::Item { depth }, Some(Block::List(list))) => {
                list.items.push(ListItem { line, depth, runs, only_links, has_box });
            }
            (PieceKind::Item { depth }, _) => {
                let items = vec![ListItem { line, depth, runs, only_links, has_box }];
                blocks.push(Block::List(List { line, items }));
            }
            (PieceKind::Text, _) => {
                blocks.push(Block::Paragraph(Paragraph { line, runs, long: false, only_links }));
            }
        }
    }
    blocks
}
