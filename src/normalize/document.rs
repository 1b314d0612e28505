//! A page's blocks to its document.

use std::ops::RangeInclusive;

use super::layout::{self, Reading};
use super::text::Reader;
use super::{Names, stamp};
use crate::model::{Code, Document, Matrix, Notice, Phrase};
use crate::parse::{Block, Heading, Page, Table};

/// The document that a page is, with `notices` of its parsing.
pub(super) fn of_page(page: &Page, notices: Vec<Notice>, names: &Names) -> Document {
    let (stamp, told) = stamp::read(&page.front_matter);
    let mut walk = Walk::new(Reader::new(names, notices));
    walk.reader.notices.extend(told);
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => walk.heading(heading),
            Block::Table(table) => walk.table(table),
            Block::List(_) | Block::Paragraph(_) => {}
        }
    }
    for table in &page.hidden {
        walk.hidden(table);
    }
    walk.read.sort_by_key(|lines| *lines.start());
    let mut notices = walk.reader.notices;
    notices.retain(|notice| concerns(notice, &walk.read));
    notices.sort();
    notices.dedup();
    Document {
        title: walk.title.unwrap_or_default(),
        subcollection: page.front_matter.subcollection.clone(),
        stamp,
        matrices: walk.matrices,
        notices,
    }
}

/// A table's own flaws matter where the table assigns responsibility; `read` holds the lines of
/// those that do.
fn concerns(notice: &Notice, read: &[RangeInclusive<usize>]) -> bool {
    let of_table =
        matches!(notice.code, Code::ShortRow | Code::LongRow | Code::BrokenRow | Code::Hidden);
    let inside = |line: usize| {
        let after = read.partition_point(|lines| *lines.start() <= line);
        after.checked_sub(1).is_some_and(|at| read[at].contains(&line))
    };
    !of_table || notice.line.is_none_or(inside)
}

/// The lines of a table.
fn lines(table: &Table) -> RangeInclusive<usize> {
    table.line..=table.rows.last().map_or(table.line, |row| row.line)
}

/// Walks down a page.
struct Walk<'a> {
    reader: Reader<'a>,
    title: Option<String>,
    /// The open headings with their levels.
    headings: Vec<(u8, Phrase)>,
    matrices: Vec<Matrix>,
    /// The lines of the tables that assign responsibility, in order.
    read: Vec<RangeInclusive<usize>>,
    /// How the rows of the last matrix of this section are read.
    last: Option<Reading>,
}

impl<'a> Walk<'a> {
    fn new(reader: Reader<'a>) -> Self {
        Self {
            reader,
            title: None,
            headings: Vec::new(),
            matrices: Vec::new(),
            read: Vec::new(),
            last: None,
        }
    }

    /// A heading closes those of its own level and deeper ones.
    fn heading(&mut self, heading: &Heading) {
        let text = self.reader.text(&heading.runs, heading.line);
        self.last = None;
        while self.headings.last().is_some_and(|(level, _)| *level >= heading.level) {
            self.headings.pop();
        }
        if heading.level > 1 {
            let phrase = self.reader.phrase(text);
            self.headings.push((heading.level, phrase));
        } else if self.title.is_none() {
            self.title = Some(text);
        }
    }

    fn table(&mut self, table: &Table) {
        if table.header.is_none() {
            self.orphans(table);
            return;
        }
        let caption = caption(table).map(|raw| self.reader.attribute(raw, table.line));
        self.last = layout::recognize(table, &mut self.reader);
        let Some(reading) = &self.last else {
            self.unassigned(table, caption.as_deref().unwrap_or_default());
            return;
        };
        self.read.push(lines(table));
        let rows = reading.rows(&table.rows, &mut self.reader);
        self.matrices.push(Matrix {
            layout: reading.layout(),
            section: self.headings.iter().map(|(_, phrase)| phrase.clone()).collect(),
            line: table.line,
            caption,
            rows,
        });
    }

    /// Rows without a header go on with the matrix above, if the section has one.
    fn orphans(&mut self, table: &Table) {
        let (Some(reading), Some(matrix)) = (&self.last, self.matrices.last_mut()) else { return };
        let rows = reading.rows(&table.rows, &mut self.reader);
        matrix.rows.extend(rows);
        self.read.push(lines(table));
        let message = "rows without a header; read as a continuation of the table above";
        self.reader.notice(table.line, Code::OrphanRows, message);
    }

    fn unassigned(&mut self, table: &Table, caption: &str) {
        let heading = self.headings.last().map_or("", |(_, phrase)| phrase.text.as_str());
        let told = format!("{caption} {heading}");
        if layout::is_unassigned(table, &told, &self.reader) {
            let message = "a table about responsibilities from which no two parties can be read";
            self.reader.notice(table.line, Code::Unassigned, message);
        }
    }

    fn hidden(&mut self, table: &Table) {
        let mut aside = Reader::new(self.reader.names(), Vec::new());
        if layout::recognize(table, &mut aside).is_some() {
            self.read.push(lines(table));
        }
    }
}

fn caption(table: &Table) -> Option<&str> {
    let named = |(name, _): &&(String, String)| name == "caption";
    table.attributes.iter().find(named).map(|(_, value)| value.as_str())
}

#[cfg(test)]
mod tests {
    use crate::model::Code;
    use crate::normalize::fixture::{codes, document, heading, paragraph, table, told};

    const HEADER: &str = "Task | IBM responsibilities | Your responsibilities";

    #[test]
    fn headings_open_and_close() {
        let page = document(vec![
            heading(1, "Duties with {cloud}"),
            heading(2, "Keys"),
            heading(3, "Standard"),
            table(HEADER, &["a | b | c"]),
            heading(2, "Vaults"),
            table(HEADER, &["a | b | c"]),
        ]);
        assert_eq!(page.title, "Duties with IBM Cloud");
        let sections: Vec<Vec<&str>> = page
            .matrices
            .iter()
            .map(|matrix| matrix.section.iter().map(|phrase| phrase.text.as_str()).collect())
            .collect();
        assert_eq!(sections, [vec!["Keys", "Standard"], vec!["Vaults"]]);
    }

    #[test]
    fn a_lost_first_header_cell_still_names_the_columns() {
        let rows = ["Keys | Store keys | Make keys"];
        let page = document(vec![table("IBM responsibilities | Your responsibilities", &rows)]);
        assert_eq!(
            told(&page.matrices[0]),
            ["Keys > ibm: Store keys", "Keys > customer: Make keys"]
        );
        assert_eq!(codes(&page), [Code::ShortHeader]);
    }

    #[test]
    fn rows_without_a_header_go_on() {
        let page = document(vec![
            heading(2, "Keys"),
            table(HEADER, &["Keys | Store keys | Make keys"]),
            paragraph("More:"),
            table("", &["Vaults | Shut them | "]),
            heading(2, "Other"),
            table("", &["Doors | Shut them | "]),
        ]);
        assert_eq!(page.matrices.len(), 1);
        assert_eq!(told(&page.matrices[0]).last().unwrap(), "Vaults > ibm: Shut them");
        assert_eq!(codes(&page), [Code::OrphanRows]);
    }

    #[test]
    fn what_names_one_party_only_is_told() {
        let page = document(vec![table("Task | Your responsibilities", &["Keys | Make keys"])]);
        assert!(page.matrices.is_empty());
        assert_eq!(codes(&page), [Code::Unassigned]);
    }
}
