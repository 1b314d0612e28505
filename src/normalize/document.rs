//! A page's blocks to its document.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use super::layout::{self, Reading};
use super::lead_groups::Resolver;
use super::party_lists::{self, Lead};
use super::text::Reader;
use super::{Names, footnotes, promoted, stamp};
use crate::model::{Code, Document, Matrix, Notice, Phrase};
use crate::parse::{Block, Heading, Page, Table};

mod intros;
mod lists;

/// The document of a page or a part of it, with `notices` of its parsing, and whether the rest of the page could change what the
/// part assigns.
pub(super) fn of_part(page: &Page, notices: Vec<Notice>, names: &Names) -> (Document, bool) {
    let (stamp, told) = stamp::read(&page.front_matter);
    let mut walk = Walk::new(Reader::new(names, notices), &page.blocks);
    walk.reader.notices.extend(told);
    walk.notes = page.footnotes.iter().map(|note| note.line).collect();
    for (at, block) in page.blocks.iter().enumerate() {
        walk.at = at + 1;
        walk.block(block, page.blocks.get(at + 1));
    }
    walk.drop_references();
    let open = walk.resolver.asked;
    for table in &page.hidden {
        walk.hidden(table);
    }
    walk.read.sort_by_key(|lines| *lines.start());
    let footnotes = footnotes::cited(page, &walk.matrices, &mut walk.reader);
    let names_used = walk.reader.used_names();
    let unknown_keyrefs = walk.reader.unknown_keyrefs;
    let mut notices = walk.reader.notices;
    notices.retain(|notice| concerns(notice, &walk.read));
    notices.sort();
    notices.dedup();
    let mut publishing = page.publishing.clone();
    publishing.retain(|notice| notice.line.is_none_or(|line| is_within(line, &walk.read)));
    let document = Document {
        title: walk.title.unwrap_or_default(),
        subcollection: page.front_matter.subcollection.clone(),
        stamp,
        matrices: walk.matrices,
        footnotes,
        names: names_used,
        unknown_keyrefs,
        notices,
        publishing,
    };
    (document, open)
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
    /// Its position in the page, from 1.
    at: usize,
    phrase: Phrase,
    /// What it says of the lists below it.
    scope: Scope,
}

/// What a heading says of whose duties stand below it.
#[derive(Clone, Debug)]
enum Scope {
    /// Nothing: the heading above it says.
    Open,
    /// One party's.
    Party(Lead),
    /// Nobody's.
    Closed,
}

/// Walks down a page.
struct Walk<'a> {
    reader: Reader<'a>,
    title: Option<String>,
    /// The open headings with their levels.
    headings: Vec<Open>,
    /// The position of the block in the page, from 1.
    at: usize,
    resolver: Resolver<'a>,
    /// The paragraph just above, where it names a party.
    lead: Option<Lead>,
    /// What the paragraph just above introduces.
    intro: lists::Intro,
    /// Positions of the matrices that are made of lists and paragraphs.
    listed: Vec<usize>,
    matrices: Vec<Matrix>,
    /// Lines of the footnotes that are cited.
    notes: BTreeSet<usize>,
    /// Whether the rows that are read will have a label.
    labels: bool,
    /// Whether the last matrix is made of lists, so that more may join it.
    listing: bool,
    /// The lines of the tables that assign responsibility, in order.
    read: Vec<RangeInclusive<usize>>,
    /// How the rows of the last matrix of this section are read.
    last: Option<Reading>,
}

impl<'a> Walk<'a> {
    fn new(reader: Reader<'a>, blocks: &'a [Block]) -> Self {
        Self {
            reader,
            title: None,
            headings: Vec::new(),
            at: 0,
            resolver: Resolver::new(blocks),
            lead: None,
            intro: lists::Intro::Nothing,
            listed: Vec::new(),
            matrices: Vec::new(),
            notes: BTreeSet::new(),
            labels: false,
            listing: false,
            read: Vec::new(),
            last: None,
        }
    }

    /// A heading closes those of its own level and deeper ones.
    fn heading(&mut self, heading: &Heading) {
        let text = self.reader.text(&heading.runs, heading.line);
        let text = self.reader.label(text, heading.line);
        self.last = None;
        self.lead = None;
        self.intro = lists::Intro::Nothing;
        while self.headings.last().is_some_and(|open| open.level >= heading.level) {
            self.headings.pop();
        }
        if heading.level > 1 {
            let scope = self.scope_of(&text, &heading.runs);
            let phrase = self.reader.phrase(text);
            self.headings.push(Open { level: heading.level, at: self.at, phrase, scope });
        } else if self.title.is_none() {
            self.title = Some(text);
        }
    }

    /// The headings above.
    fn section(&self) -> Vec<Phrase> {
        self.headings.iter().map(|open| open.phrase.clone()).collect()
    }

    /// The party of what stands below the open headings; the nearest that says decides.
    fn heading_lead(&self) -> Option<&Lead> {
        self.headings.iter().rev().find_map(|open| match &open.scope {
            Scope::Open => None,
            Scope::Party(lead) => Some(Some(lead)),
            Scope::Closed => Some(None),
        })?
    }

    fn table(&mut self, table: &Table) {
        let above = self.lead_above();
        self.listing = false;
        let caption = caption(table).map(|raw| self.reader.attribute(raw, table.line));
        let says = self.says_responsibility(caption.as_deref());
        let is_headless = table.header.is_none();
        let names_nothing = promoted::is_headless(table);
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
        let rows = reading.rows(rows, &mut self.reader);
        self.matrices.push(Matrix {
            layout: reading.layout(),
            section: self.section(),
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
        if layout::is_unassigned(table, [caption, heading], &self.reader) {
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
