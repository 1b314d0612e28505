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
mod section;
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
pub use section::{CutPage, PageText, Section, SectionBlocks};
pub use sentence::sentences;

use crate::model::Notice;
pub use comments::CodeFence;

/// A page's bytes as UTF-8, whatever it was saved as: a copy only where it was saved otherwise.
#[must_use]
pub fn utf8(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    source::utf8(bytes)
}

/// Reads a page, free of syntax, and tells in the order of lines what was wrong with it.
#[must_use]
pub fn page(bytes: &[u8]) -> (Page, Vec<Notice>) {
    let text = PageText::of(bytes);
    let cut = CutPage::of(&text);
    let mut page = Page::default();
    let mut notices = cut.notices.clone();
    for section in cut.sections() {
        let read = section.read();
        page.blocks.extend(read.blocks);
        page.hidden.extend(read.hidden);
        page.publishing.extend(read.publishing);
        notices.extend(read.notices);
    }
    notices.sort_by_key(|notice| notice.line);
    (Page { front_matter: cut.front_matter, footnotes: cut.footnotes, ..page }, notices)
}

/// The blocks of fenced code of a page, in order.
#[must_use]
pub fn code_fences(bytes: &[u8]) -> Vec<CodeFence> {
    in_body(bytes, comments::fences)
}

/// The line of a comment that is never closed, so that nothing below it is read.
#[must_use]
pub fn open_comment(bytes: &[u8]) -> Option<usize> {
    in_body(bytes, comments::open_comment)
}

/// What is found in the lines below the front matter; `find` gets them and the first one's number.
fn in_body<T>(bytes: &[u8], find: impl FnOnce(&[&str], usize) -> T) -> T {
    let (text, _) = source::decode(bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    let (_, body, _) = front_matter::read(&lines);
    find(lines.get(body..).unwrap_or_default(), body + 1)
}

#[cfg(test)]
mod tests;
