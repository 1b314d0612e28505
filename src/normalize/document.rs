//! A page's blocks to its document.

use std::ops::RangeInclusive;

use super::layout::{self, Reading};
use super::party_lists::{self, Lead};
use super::text::Reader;
use super::{Names, footnotes, promoted, stamp};
use crate::model::{Code, Document, Layout, Matrix, Notice, Phrase};
use crate::parse::{Block, Heading, List, Page, Paragraph, Table};

/// The document that a page is, with `notices` of its parsing.
pub(super) fn of_page(page: &Page, notices: Vec<Notice>, names: &Names) -> Document {
    let (stamp, told) = stamp::read(&page.front_matter);
    let mut walk = Walk::new(Reader::new(names, notices));
    walk.reader.notices.extend(told);
    for block in &page.blocks {
        match block {
            Block::Heading(heading) => walk.heading(heading),
            Block::Table(table) => walk.table(table),
            Block::List(list) => walk.list(list),
            Block::Paragraph(paragraph) => walk.paragraph(paragraph),
        }
    }
    for table in &page.hidden {
        walk.hidden(table);
    }
    walk.read.sort_by_key(|lines| *lines.start());
    let footnotes = footnotes::cited(page, &walk.matrices, &mut walk.reader);
    let names_used = walk.reader.used_names();
    let mut notices = walk.reader.notices;
    notices.retain(|notice| concerns(notice, &walk.read));
    notices.sort();
    notices.dedup();
    let mut publishing = page.publishing.clone();
    publishing.retain(|notice| notice.line.is_none_or(|line| is_within(line, &walk.read)));
    Document {
        title: walk.title.unwrap_or_default(),
        subcollection: page.front_matter.subcollection.clone(),
        stamp,
        matrices: walk.matrices,
        footnotes,
        names: names_used,
        notices,
        publishing,
    }
}

/// A table's own flaws matter where the table assigns responsibility; `read` holds the lines of
/// those that do.
fn concerns(notice: &Notice, read: &[RangeInclusive<usize>]) -> bool {
    let of_table =
        matches!(notice.code, Code::ShortRow | Code::LongRow | Code::BrokenRow | Code::Hidden);
    !of_table || notice.line.is_none_or(|line| is_within(line, read))
}

/// Whether a line is one of those that were read.
fn is_within(line: usize, read: &[RangeInclusive<usize>]) -> bool {
    let after = read.partition_point(|lines| *lines.start() <= line);
    after.checked_sub(1).is_some_and(|at| read[at].contains(&line))
}

/// The lines of a table.
fn lines(table: &Table) -> RangeInclusive<usize> {
    table.line..=table.rows.last().map_or(table.line, |row| row.line)
}

/// A heading that is still open.
struct Open {
    level: u8,
    phrase: Phrase,
    /// The party that it names: then it is no section of its own.
    lead: Option<Lead>,
}

/// Walks down a page.
struct Walk<'a> {
    reader: Reader<'a>,
    title: Option<String>,
    /// The open headings with their levels.
    headings: Vec<Open>,
    /// The paragraph just above, where it names a party.
    lead: Option<Lead>,
    matrices: Vec<Matrix>,
    /// Whether the last matrix is made of lists, so that more may join it.
    listing: bool,
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
            lead: None,
            matrices: Vec::new(),
            listing: false,
            read: Vec::new(),
            last: None,
        }
    }

    /// A heading closes those of its own level and deeper ones.
    fn heading(&mut self, heading: &Heading) {
        let text = self.reader.text(&heading.runs, heading.line);
        self.last = None;
        self.lead = None;
        while self.headings.last().is_some_and(|open| open.level >= heading.level) {
            self.headings.pop();
        }
        if heading.level > 1 {
            let lead = Lead::of(&text, &self.reader);
            let phrase = self.reader.phrase(text);
            self.headings.push(Open { level: heading.level, phrase, lead });
        } else if self.title.is_none() {
            self.title = Some(text);
        }
    }

    fn paragraph(&mut self, paragraph: &Paragraph) {
        let text = self.reader.text(&paragraph.runs, paragraph.line);
        self.lead = Lead::of(&text, &self.reader);
    }

    /// A list right under a line that names a party, or below a heading that does.
    fn list(&mut self, list: &List) {
        let above = self.headings.last().and_then(|open| open.lead.clone());
        let below_heading = self.lead.is_none();
        let Some(lead) = self.lead.take().or(above) else { return };
        let row = party_lists::of_list(list, &lead, &mut self.reader);
        if row.duties.is_empty() {
            return;
        }
        let section = self.section(below_heading);
        let goes_on =
            self.matrices.last_mut().filter(|matrix| self.listing && matrix.section == section);
        if let Some(matrix) = goes_on {
            matrix.rows.push(row);
            return;
        }
        self.listing = true;
        self.matrices.push(Matrix {
            layout: Layout::PartyLists,
            section,
            line: list.line,
            caption: None,
            rows: vec![row],
        });
    }

    /// The headings above; one that only names the party of what stands below is none.
    fn section(&self, below_party: bool) -> Vec<Phrase> {
        let innermost = self.headings.len().saturating_sub(1);
        let counts = |at: usize, open: &Open| at < innermost || !below_party || open.lead.is_none();
        let open = self.headings.iter().enumerate();
        open.filter(|(at, open)| counts(*at, open)).map(|(_, open)| open.phrase.clone()).collect()
    }

    fn table(&mut self, table: &Table) {
        self.lead = None;
        self.listing = false;
        let caption = caption(table).map(|raw| self.reader.attribute(raw, table.line));
        let says = self.says_responsibility(caption.as_deref());
        let is_headless = table.header.is_none();
        let names_nothing = promoted::is_headless(table);
        let above = self.headings.last().and_then(|open| open.lead.clone());
        let recognize = |reader: &mut Reader<'a>| layout::recognize(table, says, reader);
        let mut reading = None;
        if !names_nothing {
            reading = recognize(&mut self.reader);
        }
        if matches!(reading, None | Some(Reading::PartyLists(_))) {
            let last = self.last.as_ref().filter(|_| names_nothing);
            let found = promoted::promoted(table, last, says, &mut self.reader);
            if let Some((table, reading)) = found {
                return self.matrix(&table, reading, caption);
            }
        }
        if is_headless {
            return self.orphans(table);
        }
        if names_nothing {
            reading = recognize(&mut self.reader);
        }
        let reading = reading.or_else(|| party_lists::below(above?, table, &mut self.reader));
        if let Some(reading) = reading {
            return self.matrix(table, reading, caption);
        }
        self.last = None;
        self.unassigned(table, caption.as_deref().unwrap_or_default());
    }

    /// A table that assigns responsibility; column names between its rows begin another.
    fn matrix(&mut self, table: &Table, reading: Reading, caption: Option<String>) {
        let mut rows = table.rows.as_slice();
        let mut below = None;
        if matches!(reading, Reading::PartyColumns(_))
            && let Some(at) = promoted::next_header(rows, &mut self.reader)
        {
            below = Some(Table { header: None, rows: rows[at..].to_vec(), ..table.clone() });
            rows = &rows[..at];
        }
        self.read.push(lines(table));
        let below_party = matches!(reading, Reading::PartyLists(_));
        let rows = reading.rows(rows, &mut self.reader);
        self.matrices.push(Matrix {
            layout: reading.layout(),
            section: self.section(below_party),
            line: table.line,
            caption,
            rows,
        });
        self.last = Some(reading);
        let Some(mut below) = below else { return };
        below.line = below.rows.first().map_or(table.line, |row| row.line);
        self.table(&below);
    }

    /// Whether a caption, an open heading or the title speaks of responsibility.
    fn says_responsibility(&self, caption: Option<&str>) -> bool {
        let headings = self.headings.iter().map(|open| open.phrase.text.as_str());
        let mut told = headings.chain(caption).chain(self.title.as_deref());
        told.any(|text| {
            let text = text.to_lowercase();
            ["responsib", "accountab", "raci "].iter().any(|word| text.contains(word))
        })
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
        let heading = self.headings.last().map_or("", |open| open.phrase.text.as_str());
        let told = format!("{caption} {heading}");
        if layout::is_unassigned(table, &told, &self.reader) {
            let message = "a table about responsibilities from which no two parties can be read: \
                           name its parties under `parties:` in respdiff.yaml";
            self.reader.notice(table.line, Code::Unassigned, message);
        }
    }

    fn hidden(&mut self, table: &Table) {
        let mut aside = Reader::new(self.reader.names(), Vec::new());
        let Some(reading) = layout::recognize(table, false, &mut aside) else { return };
        // a template's table in a comment is advice to writers
        if reading.rows(&table.rows, &mut aside).iter().any(|row| !row.duties.is_empty()) {
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
