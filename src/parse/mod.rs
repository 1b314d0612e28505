//! Markdown to raw tables, headings and lists. Reading never fails: what cannot be
//! read as written is read as a person would, and told as a notice.
//!
//! This room knows syntax only; who holds what is [`normalize`](crate::normalize)'s to say.

mod attributes;
mod blocks;
mod comments;
mod definition;
mod footnotes;
mod front_matter;
mod html_spans;
mod html_table;
mod inline;
mod keyref;
mod link_definitions;
mod links;
mod list;
mod logical_row;
mod page;
mod pieces;
mod pipe_row;
mod pipe_table;
mod prepare;
mod published;
mod raised;
mod sentence;
mod source;
mod spans;
mod struck;
#[cfg(test)]
mod testing;
pub(crate) mod yaml;

pub use page::{
    Block, Cell, Definition, Footnote, FrontMatter, Heading, List, ListItem, Page, Paragraph,
    Piece, PieceKind, Run, Spans, Table, TableRow, TableSource,
};
pub use sentence::sentences;

pub use comments::CodeFence;
use comments::Comment;

use crate::model::{Code, Notice};

/// A page's bytes as UTF-8, whatever it was saved as: a copy only where it was saved otherwise.
#[must_use]
pub fn utf8(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    source::utf8(bytes)
}

/// Reads a page, free of syntax, and tells in the order of lines what was wrong with it.
#[must_use]
pub fn page(bytes: &[u8]) -> (Page, Vec<Notice>) {
    let (text, mut notices) = source::decode(bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    let (front_matter, body, told) = front_matter::read(&lines);
    notices.extend(told);
    let raw = lines.get(body..).unwrap_or_default();
    let (mut lines, hidden) = comments::scan(raw, body + 1);
    notices.extend(keyref::malformed(&lines));
    let footnotes = footnotes::read(&mut lines);
    link_definitions::resolve(&mut lines);
    let (blocks, told) = blocks::read(&lines);
    notices.extend(told);
    let hidden: Vec<Table> = hidden.iter().flat_map(tables).collect();
    notices.extend(hidden.iter().filter(|table| !table.rows.is_empty()).map(|table| {
        let message = "A table stands inside a comment, where nobody reads it.";
        Notice::at(table.line, Code::Hidden, message)
    }));
    notices.sort_by_key(|notice| notice.line);
    let publishing = published::check(&blocks, raw, &lines);
    (Page { front_matter, blocks, hidden, footnotes, publishing }, notices)
}

/// The blocks of fenced code of a page, in order.
#[must_use]
pub fn code_fences(bytes: &[u8]) -> Vec<CodeFence> {
    let (text, _) = source::decode(bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    let (_, body, _) = front_matter::read(&lines);
    comments::fences(lines.get(body..).unwrap_or_default(), body + 1)
}

/// The line of a comment that is never closed, so that nothing below it is read.
#[must_use]
pub fn open_comment(bytes: &[u8]) -> Option<usize> {
    let (text, _) = source::decode(bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    let (_, body, _) = front_matter::read(&lines);
    comments::open_comment(lines.get(body..).unwrap_or_default(), body + 1)
}

/// The tables inside a comment.
fn tables(comment: &Comment<'_>) -> Vec<Table> {
    let may = |line: &&str| line.contains('|') || html_table::begins(line).is_some();
    if !comment.lines.iter().any(may) {
        return Vec::new();
    }
    let (lines, _) = comments::scan(&comment.lines, comment.line);
    let blocks = blocks::read(&lines).0.into_iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading(_) | Block::List(_) | Block::Definition(_) | Block::Paragraph(_) => None,
        })
        .collect()
}

#[cfg(test)]
mod tests;
