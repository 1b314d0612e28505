//! What stands unread in a page, to be held against what its older versions had.

use std::collections::{BTreeSet, HashMap, HashSet};

use super::{UnreadKind, UnreadPlace, UnreadPlaces, texts_of};
use crate::model::{Document, Matrix};
use crate::normalize::{Names, to_utf8};
use crate::parse::Source;

/// So many lines above a table or list may say whose duties it holds.
const LINES_ABOVE: usize = 2;

/// So many lines of it are taken for its beginning: a header, a separator and a row.
const LINES_BELOW: usize = 3;

/// The tables and lists of a page from which no duty was read.
pub struct UnreadBlocks {
    standing: UnreadPlaces,
    blocks: Vec<BlockLines>,
}

/// The lines of the file that hold a table or list.
struct BlockLines {
    /// Its first lines, with those that are above.
    head: Vec<Vec<u8>>,
    /// How many of these are above.
    above: usize,
    /// All of its lines.
    all: HashSet<Vec<u8>>,
}

impl UnreadBlocks {
    /// Those of a page; `read` is what was read of it.
    #[must_use]
    pub fn of_page<'s>(source: impl Into<Source<'s>>, names: &Names, read: &Document) -> Self {
        let duty_lines: BTreeSet<usize> = read.duties().map(|(_, _, duty)| duty.line).collect();
        let source = source.into();
        let bytes = to_utf8(source.bytes);
        let source = Source { bytes: &bytes, ..source };
        let standing = UnreadPlaces::find_unread(source, names, &duty_lines, &HashMap::new());
        let lines = trimmed_lines(&bytes);
        let starts: Vec<usize> = standing.places.iter().map(|place| place.line).collect();
        let end_of = |line: usize| {
            let others = starts.iter().chain(&duty_lines).filter(|other| **other > line);
            others.min().map_or(lines.len(), |other| other - 1)
        };
        let blocks = standing.places.iter().filter(|place| is_block(&place.what));
        let blocks = blocks.map(|place| BlockLines::of_place(place, end_of(place.line), &lines));
        Self { blocks: blocks.collect(), standing }
    }

    /// Whether there is none: then no table of an older version stands here unread.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.blocks.is_empty()
    }

    /// Whether an older version may have read what is not read here, by its lines alone: it has a
    /// line of a table or list whose beginning is another one there.
    #[must_use]
    pub fn may_be_read_in(&self, older: &[u8]) -> bool {
        let older = to_utf8(older);
        let lines = trimmed_lines(&older);
        let mut places: HashMap<&[u8], Vec<usize>> = HashMap::new();
        for (at, line) in lines.iter().enumerate() {
            places.entry(line).or_default().push(at);
        }
        let begins_at = |block: &BlockLines, at: usize| {
            let here = lines.get(at.saturating_sub(block.above)..).unwrap_or_default();
            here.len() >= block.head.len() && here.iter().zip(&block.head).all(|(a, b)| a == b)
        };
        self.blocks.iter().any(|block| {
            let has_line = block.all.iter().any(|line| places.contains_key(line.as_slice()));
            let first = block.head.get(block.above).and_then(|line| places.get(line.as_slice()));
            has_line && !first.into_iter().flatten().any(|at| begins_at(block, *at))
        })
    }

    /// The lines at which a matrix of an older version may stand, before the two versions are
    /// compared: at least a quarter of its texts is there. A matrix with half of its duties read
    /// elsewhere is unread if half of the others are.
    #[must_use]
    pub fn may_hold(&self, matrix: &Matrix, older: &Document, read: &Document) -> BTreeSet<usize> {
        let mut votes: HashMap<usize, usize> = HashMap::new();
        let groups = texts_of(matrix);
        for text in groups.iter().flatten() {
            if let Some(place) = self.standing.texts.get(*text) {
                *votes.entry(*place).or_default() += 1;
            }
        }
        let all: usize = groups.iter().map(HashSet::len).sum();
        let chosen = votes.into_iter().filter(|(_, count)| count * 4 >= all).map(|(at, _)| at);
        let tables = self.standing.tables.iter();
        let alike = tables.filter(|table| table.is_successor_of(matrix, older, read));
        let places = chosen.chain(alike.map(|table| table.place));
        let place = |at: usize| self.standing.places.get(at);
        places.filter_map(place).filter(|one| is_block(&one.what)).map(|one| one.line).collect()
    }
}

impl BlockLines {
    fn of_place(place: &UnreadPlace, end: usize, lines: &[&[u8]]) -> Self {
        // what hides a table begins above it
        let start = match &place.what {
            UnreadKind::Code(fence) => fence.line,
            UnreadKind::Comment(line) => *line,
            UnreadKind::Table(_)
            | UnreadKind::Rows
            | UnreadKind::List
            | UnreadKind::Paragraph
            | UnreadKind::Inclusion(_) => place.line,
        };
        let of = |from: usize, to: usize| lines.get(from..to.min(lines.len())).unwrap_or_default();
        let owned = |line: &&[u8]| line.to_vec();
        let at = start.saturating_sub(1);
        let above = LINES_ABOVE.min(at);
        let head = of(at - above, at + LINES_BELOW).iter().map(owned);
        let own = of(place.line.saturating_sub(1), end).iter().filter(|line| has_words(line));
        Self { head: head.collect(), above, all: own.map(owned).collect() }
    }
}

/// Whether a line says anything, and is not just a separator.
fn has_words(line: &[u8]) -> bool {
    line.iter().any(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())
}

fn trimmed_lines(bytes: &[u8]) -> Vec<&[u8]> {
    bytes.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii).collect()
}

fn is_block(what: &UnreadKind) -> bool {
    match what {
        UnreadKind::Table(_)
        | UnreadKind::Rows
        | UnreadKind::List
        | UnreadKind::Code(_)
        | UnreadKind::Comment(_) => true,
        UnreadKind::Paragraph | UnreadKind::Inclusion(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::read_page;

    const ROWS: &str = "|---|---|---|\n| Keys | Rotate the master keys. | Store keys safely. |\n";

    fn page(header: &str) -> String {
        let read = "| Task | IBM | You |\n|---|---|---|\n| Doors | Shut them. | Lock them. |\n";
        format!("# Duties\n\n## Doors\n\n{read}\n## Keys\n\n{header}\n{ROWS}")
    }

    fn blocks(page: &str) -> UnreadBlocks {
        let names = Names::builtin();
        UnreadBlocks::of_page(page.as_bytes(), &names, &read_page(page.as_bytes(), &names))
    }

    #[test]
    fn a_page_that_is_read_whole_has_none() {
        assert!(blocks(&page("| Task | IBM | You |")).is_empty());
        assert!(!blocks(&page("| Task | Alpha | Beta |")).is_empty());
    }

    #[test]
    fn only_versions_with_another_beginning_are_of_interest() {
        let unread = page("| Task | Alpha | Beta |");
        let blocks = blocks(&unread);
        assert!(blocks.may_be_read_in(page("| Task | IBM | You |").as_bytes()));
        assert!(!blocks.may_be_read_in(unread.replace('\n', "\r\n").as_bytes()));
        assert!(!blocks.may_be_read_in(unread.replace("Shut them.", "Close them.").as_bytes()));
        assert!(!blocks.may_be_read_in(b"# Duties\n\nNothing of it.\n"));
    }

    #[test]
    fn a_table_may_hold_what_an_older_version_had() {
        let names = Names::builtin();
        let unread = page("| Task | Alpha | Beta |");
        let read = read_page(unread.as_bytes(), &names);
        let older = read_page(page("| Task | IBM | You |").as_bytes(), &names);
        let lines = |at: usize| blocks(&unread).may_hold(&older.matrices[at], &older, &read);
        assert_eq!(lines(0), BTreeSet::new());
        assert_eq!(lines(1), BTreeSet::from([11]));
    }
}
