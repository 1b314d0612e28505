//! Turns pages into raw tables, headings and lists, with one reader per format. Reading never fails: broken syntax
//! is read as a person would read it, and reported as a notice.
//!
//! This room knows syntax only; who holds what is [`normalize`](crate::normalize)'s to say.

mod asciidoc;
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
mod mdx;
mod merge_conflict;
mod page;
mod page_source;
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
mod special_bytes;
mod struck;
#[cfg(test)]
mod testing;
pub(crate) mod yaml;

pub use asciidoc::{AsciiDocPage, DocAttributes, LinePlaces};
pub use page::{
    Block, Cell, CitedFootnote, Condition, Definition, FrontMatter, Heading, List, ListItem, Page,
    Paragraph, Piece, PieceKind, Run, Spans, Table, TableRow, TableSource,
};
pub use page_source::Source;
pub use section::{CutPage, PageText, Section, SectionBlocks};
pub use sentence::split_sentences;

use crate::model::{Format, IncludedFiles, Notice};
pub use comments::CodeFence;
use inline::raised_text;

/// A page's bytes as UTF-8, whatever it was saved as: a copy only where it was saved otherwise.
#[must_use]
pub fn to_utf8(bytes: &[u8]) -> std::borrow::Cow<'_, [u8]> {
    source::to_utf8(bytes)
}

/// Reads a page, free of syntax, and says in the order of lines what was wrong with it. Attributes
/// of AsciiDoc pages may be set from outside, and files that they include are given.
#[must_use]
pub fn page_of_source(
    source: Source<'_>,
    set: &DocAttributes,
    files: Option<&IncludedFiles>,
) -> (Page, Vec<Notice>) {
    if source.format == Format::AsciiDoc {
        let AsciiDocPage { blocks, footnotes, .. } =
            AsciiDocPage::read_page(source.bytes, set, files);
        let SectionBlocks { blocks, hidden, notices, publishing, .. } = blocks;
        let front_matter = FrontMatter::default();
        return (Page { front_matter, blocks, hidden, footnotes, publishing }, notices);
    }
    let text = PageText::decode(source);
    let cut = CutPage::from_text(&text);
    let mut page = Page::default();
    let mut notices = cut.notices.clone();
    for section in cut.sections() {
        let read = section.read_blocks();
        page.blocks.extend(read.blocks);
        page.hidden.extend(read.hidden);
        page.publishing.extend(read.publishing);
        notices.extend(read.notices);
    }
    notices.sort_by_key(|notice| notice.line);
    (Page { front_matter: cut.front_matter, footnotes: cut.footnotes, ..page }, notices)
}

/// The same of markdown.
#[must_use]
pub fn markdown_page(bytes: &[u8]) -> (Page, Vec<Notice>) {
    page_of_source(bytes.into(), &DocAttributes::none(), None)
}

/// The beginning of a text, at most this many bytes.
pub(crate) fn head_of(text: &str, most: usize) -> &str {
    let end = (0..=most.min(text.len())).rev().find(|end| text.is_char_boundary(*end));
    &text[..end.unwrap_or_default()]
}

/// The blocks of fenced code of a page, in order.
#[must_use]
pub fn code_fences(source: Source<'_>) -> Vec<CodeFence> {
    in_body(source, comments::code_fences).unwrap_or_default()
}

/// The line of a comment that is never closed, so that nothing below it is read.
#[must_use]
pub fn open_comment(source: Source<'_>) -> Option<usize> {
    in_body(source, comments::open_comment)?
}

/// What is found in the lines of markdown below the front matter; `find` gets them and the first
/// one's number.
fn in_body<T>(source: Source<'_>, find: impl FnOnce(&[&str], usize) -> T) -> Option<T> {
    if source.format == Format::AsciiDoc {
        return None;
    }
    let (text, _) = source::decode_page(source.bytes);
    let lines: Vec<&str> = text.split('\n').collect();
    let (_, body, _) = front_matter::read_front_matter(&lines);
    Some(find(lines.get(body..).unwrap_or_default(), body + 1))
}

#[cfg(test)]
mod tests;
