//! Where something stands in a page that is not read, and why it is not.

use super::super::text::TextReader;
use crate::parse::{CodeFence, Table};

/// What to do about columns and lists.
const NAME_THE_PARTIES: &str = "name the parties under `parties:` in respdiff.yaml";

/// A table, a list or a paragraph.
pub(super) struct UnreadPlace {
    pub(super) line: usize,
    pub(super) what: UnreadKind,
}

/// What it is.
pub(super) enum UnreadKind {
    /// A table with the texts of its header.
    Table(Vec<String>),
    /// Rows without a header.
    Rows,
    List,
    Paragraph,
    /// A text from another file.
    Inclusion(String),
    /// Inside fenced code.
    Code(CodeFence),
    /// Below a comment that is never closed, which begins in this line.
    Comment(usize),
}

/// What a table is: rows alone, or the texts of its header.
pub(super) fn header_of(table: &Table, reader: &mut TextReader<'_>) -> UnreadKind {
    let Some(header) = &table.header else { return UnreadKind::Rows };
    let texts = header.iter().map(|cell| reader.cell_text(cell));
    UnreadKind::Table(texts.filter(|text| !text.is_empty()).collect())
}

impl UnreadKind {
    /// Why nobody can say whose duties these are, and what to do about it.
    pub(super) fn message(&self) -> String {
        match self {
            Self::Table(header) if header.is_empty() => {
                format!("the columns of this table have no names: {NAME_THE_PARTIES}")
            }
            Self::Table(header) => {
                let columns = header.join(", ");
                format!(
                    "the columns of this table ({columns}) do not say who has each duty: \
                     {NAME_THE_PARTIES}"
                )
            }
            Self::Rows => "these rows have no header that names the parties".to_owned(),
            Self::List => {
                "no line above this list says whose duties these are: add one, such as \"You are \
                 responsible for:\""
                    .to_owned()
            }
            Self::Paragraph => {
                "these duties are running text that does not say whose they are".to_owned()
            }
            Self::Inclusion(text) => {
                format!("what was here comes from another file now, which is not read: {text}")
            }
            Self::Code(CodeFence { line, end: None }) => {
                format!(
                    "the code fence opened on line {line} is never closed: everything below is code"
                )
            }
            Self::Comment(line) => {
                format!("the comment opened on line {line} is never closed: nothing below is read")
            }
            Self::Code(CodeFence { line, end: Some(_) }) => {
                format!("duties are in the code block that begins on line {line}")
            }
        }
    }
}
