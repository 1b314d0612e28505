//! Markdown to raw tables, headings and lists. Reading never fails: what cannot be
//! read as written is read as a person would, and told as a notice.
//!
//! This room knows syntax only; who holds what is [`normalize`](crate::normalize)'s to say.

mod page;

pub use page::{
    Block, Cell, FrontMatter, Heading, List, ListItem, Page, Paragraph, Piece, PieceKind, Run,
    Table, TableRow, TableSource,
};
