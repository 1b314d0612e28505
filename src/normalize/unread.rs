//! Duties that still stand in a page but whose party cannot be read: the columns name no party any
//! more, a code fence was left open above, a list lost its lead.

mod blocks;
mod place;
mod successor;

use std::collections::{BTreeSet, HashMap, HashSet};

pub use self::blocks::UnreadBlocks;
use self::place::{UnreadKind, UnreadPlace, header_of};
use self::successor::{OpenHeadings, UnreadTable};
use super::duties;
use super::text::TextReader;
use super::{Names, to_utf8};
use crate::model::{Code, Document, Layout, Matrix, Notice};
use crate::parse::{self, Block, Cell, CodeFence, Run, Source};

/// Where duties of another version of a page stand unread in this one, and why. `lost` holds the
/// matrices of that version, with the duties that have no counterpart here. A matrix is reported if
/// at least half of these duties stand here word for word, outside of what `read` was read from, or
/// if another table took its place.
#[must_use]
pub fn find_unread<'s>(
    source: impl Into<Source<'s>>,
    names: &Names,
    lost: &Document,
    read: &Document,
) -> Vec<Notice> {
    if lost.matrices.is_empty() {
        return Vec::new();
    }
    let lines = read.duties().map(|(_, _, duty)| duty.line).collect();
    let source = source.into();
    let is_new = |text: &str| lost.inclusions.iter().all(|(_, known)| known != text);
    let inclusions = read.inclusions.iter().filter(|(_, text)| is_new(text));
    let inclusions = inclusions.map(|(line, text)| (*line, text.as_str())).collect();
    let source = Source { bytes: &to_utf8(source.bytes), ..source };
    let standing = UnreadPlaces::find_unread(source, names, &lines, &inclusions);
    let mut notices: Vec<Notice> =
        lost.matrices.iter().filter_map(|matrix| standing.notice_of(matrix, lost, read)).collect();
    notices.sort();
    // one place is reported once, for all the matrices that stood there
    notices.dedup_by_key(|notice| notice.line);
    notices
}

/// All that stands in a page, read or not.
#[derive(Default)]
struct UnreadPlaces {
    places: Vec<UnreadPlace>,
    /// The first place of each text, by its canonical words.
    texts: HashMap<String, usize>,
    tables: Vec<UnreadTable>,
    /// Texts from other files that only this version brings in: the place and its section.
    inclusions: Vec<(usize, Vec<String>)>,
}

impl UnreadPlaces {
    fn find_unread(
        source: Source<'_>,
        names: &Names,
        read: &BTreeSet<usize>,
        inclusions: &HashMap<usize, &str>,
    ) -> Self {
        let bytes = source.bytes;
        let comment = parse::open_comment(source);
        let shown = comment.map(|line| without_comment_sign(bytes, line));
        let bytes = shown.as_deref().unwrap_or(bytes);
        let fences = parse::code_fences(Source { bytes, ..source });
        let unfenced = (!fences.is_empty()).then(|| without_fences(bytes, &fences));
        let bytes = unfenced.as_deref().unwrap_or(bytes);
        let page = parse::page_of_source(
            Source { bytes, ..source },
            names.attributes(),
            names.included_files(),
        )
        .0;
        let mut standing = Self::default();
        let mut headings = OpenHeadings::default();
        let mut reader = TextReader::new(names, Vec::new());
        for (at, block) in page.blocks.iter().enumerate() {
            let end = page.blocks.get(at + 1).map_or(usize::MAX, line_of);
            if read.range(line_of(block)..end.max(line_of(block))).next().is_some() {
                continue;
            }
            let (line, what) = match block {
                Block::Heading(heading) => {
                    headings.open(heading, &mut reader);
                    continue;
                }
                Block::Condition(_) => continue,
                Block::Table(table) => (table.line, header_of(table, &mut reader)),
                Block::List(list) => (list.line, UnreadKind::List),
                Block::Definition(definition) => (definition.line, UnreadKind::List),
                Block::Paragraph(paragraph) => match inclusions.get(&paragraph.line) {
                    Some(text) => {
                        standing.inclusions.push((standing.places.len(), headings.section()));
                        (paragraph.line, UnreadKind::Inclusion((*text).to_owned()))
                    }
                    None => (paragraph.line, UnreadKind::Paragraph),
                },
            };
            let fence = fences.iter().find(|fence| fence.holds_line(line));
            let what = fence.map_or(what, |fence| UnreadKind::Code(*fence));
            let hidden = comment.filter(|comment| *comment <= line);
            let what = hidden.map_or(what, UnreadKind::Comment);
            if let (Block::Table(table), UnreadKind::Table(_)) = (block, &what) {
                let place = standing.places.len();
                standing.tables.push(UnreadTable::new(place, table, &headings, &mut reader));
            }
            standing.places.push(UnreadPlace { line, what });
            standing.add_block(block, &mut reader);
        }
        standing
    }

    fn add_block(&mut self, block: &Block, reader: &mut TextReader<'_>) {
        match block {
            Block::Heading(_) | Block::Condition(_) => {}
            Block::Table(table) => {
                let cells = table.rows.iter().flat_map(|row| &row.cells);
                for cell in table.header.iter().flatten().chain(cells) {
                    self.add_cell(cell, reader);
                }
            }
            Block::List(list) => {
                let pieces = list.items.iter().map(|item| parse::Piece {
                    kind: parse::PieceKind::Item { depth: item.depth },
                    runs: item.runs.clone(),
                    line: item.line,
                });
                self.add_cell(&Cell { pieces: pieces.collect(), ..Cell::default() }, reader);
            }
            Block::Definition(definition) => {
                let term = reader.plain_text(&definition.term, definition.line);
                self.add_text(&term, reader);
                for inner in &definition.blocks {
                    self.add_block(inner, reader);
                }
            }
            Block::Paragraph(paragraph) => {
                // rows that are no table to the parser still have their bars
                let text = reader.plain_text(&paragraph.runs, paragraph.line);
                for part in text.split('|') {
                    for sentence in parse::split_sentences(&[Run::Text(part.to_owned())]) {
                        let text = reader.plain_text(&sentence, paragraph.line);
                        self.add_text(&text, reader);
                    }
                    self.add_text(part, reader);
                }
            }
        }
    }

    fn add_cell(&mut self, cell: &Cell, reader: &mut TextReader<'_>) {
        let whole = reader.cell_text(cell);
        self.add_text(&whole, reader);
        for duty in duties::of_cell(cell, reader) {
            self.add_text(&duty.text, reader);
        }
    }

    fn add_text(&mut self, text: &str, reader: &TextReader<'_>) {
        let Some(place) = self.places.len().checked_sub(1) else { return };
        let words = reader.phrase_of(text.to_owned()).canonical;
        if !words.is_empty() {
            self.texts.entry(words).or_insert(place);
        }
    }

    /// Where a matrix stands, if most of it does, or where what took its place stands.
    fn notice_of(&self, matrix: &Matrix, lost: &Document, read: &Document) -> Option<Notice> {
        let succeeds = |table: &&UnreadTable| table.is_successor_of(matrix, lost, read);
        let successor = || Some(self.tables.iter().find(succeeds)?.place);
        let headings = || matrix.section.iter().map(|heading| heading.canonical.as_str());
        let stands_there = |section: &[String]| section.iter().map(String::as_str).eq(headings());
        let included = || {
            let here = self.inclusions.iter().find(|(_, section)| stands_there(section));
            here.map(|(place, _)| *place)
        };
        let place = self.place_of(matrix).or_else(successor).or_else(included);
        let place = self.places.get(place?)?;
        Some(Notice::at(place.line, Code::Unassigned, place.what.message()))
    }

    /// The place of most of a matrix's texts.
    fn place_of(&self, matrix: &Matrix) -> Option<usize> {
        let groups = texts_of(matrix);
        let mut votes: HashMap<usize, usize> = HashMap::new();
        for group in &groups {
            let found: Vec<usize> =
                group.iter().filter_map(|text| self.texts.get(*text)).copied().collect();
            if found.is_empty() || found.len() * 2 < group.len() {
                return None;
            }
            for place in found {
                *votes.entry(place).or_default() += 1;
            }
        }
        let most = votes.into_iter().max_by_key(|(place, count)| (*count, usize::MAX - place))?;
        Some(most.0)
    }
}

/// What has to stand in a page for a matrix to be there, group by group: the duties themselves,
/// or, where duties are made of labels, the labels of the rows and those of the columns.
fn texts_of(matrix: &Matrix) -> Vec<HashSet<&str>> {
    let rows = || matrix.rows.iter().filter(|row| !row.duties.is_empty());
    let duties = || rows().flat_map(|row| &row.duties).filter(|duty| !duty.reference);
    let mut groups = match matrix.layout {
        Layout::PartyColumns | Layout::OwnerList | Layout::PartyLists => {
            vec![duties().map(|duty| duty.phrase.canonical.as_str()).collect::<HashSet<_>>()]
        }
        Layout::OwnerGrid | Layout::Raci => vec![
            rows().map(|row| row.task.canonical.as_str()).collect(),
            duties().filter_map(|duty| Some(duty.area.as_ref()?.canonical.as_str())).collect(),
        ],
    };
    groups.retain(|group| !group.is_empty());
    groups
}

fn line_of(block: &Block) -> usize {
    match block {
        Block::Heading(heading) => heading.line,
        Block::Condition(condition) => condition.line,
        Block::Table(table) => table.line,
        Block::List(list) => list.line,
        Block::Definition(definition) => definition.line,
        Block::Paragraph(paragraph) => paragraph.line,
    }
}

/// The page with blank lines where fences open and close.
fn without_fences(bytes: &[u8], fences: &[CodeFence]) -> Vec<u8> {
    let markers: HashSet<usize> =
        fences.iter().flat_map(|fence| [Some(fence.line), fence.end]).flatten().collect();
    let lines = bytes.split_inclusive(|byte| *byte == b'\n').enumerate();
    let kept =
        lines.map(|(at, line)| if markers.contains(&(at + 1)) { b"\n".as_slice() } else { line });
    kept.collect::<Vec<_>>().concat()
}

/// The page without the sign that opens a comment in a line.
fn without_comment_sign(bytes: &[u8], line: usize) -> Vec<u8> {
    const SIGN: &[u8] = b"<!--";
    let mut kept = bytes.to_vec();
    let start: usize =
        bytes.split_inclusive(|byte| *byte == b'\n').take(line - 1).map(<[u8]>::len).sum();
    let end = bytes[start..].iter().position(|byte| *byte == b'\n').unwrap_or(bytes.len() - start);
    let here = &bytes[start..start + end];
    // what is before it in the line is closed
    if let Some(at) = here.windows(SIGN.len()).rposition(|part| part == SIGN) {
        kept[start + at..start + at + SIGN.len()].fill(b' ');
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::read_page;

    const HEADER: &str = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
    const ROWS: &str = "| Backups | Back up the vault every night. | Test restores. |\n\
                        | Keys | Rotate the master keys. | - Store keys safely.\n";

    #[track_caller]
    fn check(old: &str, new: &str, expected: &[(usize, &str)]) {
        let names = Names::builtin();
        let old = read_page(old.as_bytes(), &names);
        assert!(old.is_responsibility_page());
        let page = read_page(new.as_bytes(), &names);
        let found = find_unread(new.as_bytes(), &names, &old, &page);
        let found: Vec<(usize, &str)> =
            found.iter().map(|notice| (notice.line.unwrap(), notice.message.as_str())).collect();
        assert_eq!(found.len(), expected.len(), "{found:?}");
        for ((line, message), (at, part)) in found.iter().zip(expected) {
            assert!(line == at && message.contains(part), "{found:?}");
        }
    }

    #[test]
    fn duties_under_columns_without_a_party_are_found() {
        let old = format!("# Duties\n\n{HEADER}{ROWS}");
        let columns = HEADER.replace("IBM responsibilities", "Provider");
        let columns = columns.replace("Your responsibilities", "Consumer");
        check(
            &old,
            &format!("# Duties\n\n{columns}{ROWS}"),
            &[(3, "(Task, Provider, Consumer) do not say who")],
        );
        let list = "- Back up the vault every night\n- Test restores\n- Rotate the master keys\n";
        check(&old, &format!("# Duties\n\nSome things:\n\n{list}"), &[(5, "no line above")]);
    }

    #[test]
    fn what_is_read_here_is_not_unread() {
        let twice = format!("# Duties\n\n## A\n\n{HEADER}{ROWS}\n## B\n\n{HEADER}{ROWS}");
        check(&twice, &format!("# Duties\n\n## A\n\n{HEADER}{ROWS}"), &[]);
        let lost = HEADER.replace("IBM responsibilities", "Tier A");
        let lost = lost.replace("Your responsibilities", "Tier B");
        let new = format!("# Duties\n\n## A\n\n{HEADER}{ROWS}\n## B\n\n{lost}{ROWS}");
        check(&twice, &new, &[(12, "(Task, Tier A, Tier B)")]);
    }

    #[test]
    fn a_fence_left_open_is_named_by_its_line() {
        let old = format!("# Duties\n\n{HEADER}{ROWS}");
        let new = format!("# Duties\n\n```sh\nls\n\n{HEADER}{ROWS}");
        check(&old, &new, &[(6, "fence opened on line 3 is never closed")]);
        let new = format!("# Duties\n\n```\n{HEADER}{ROWS}```\n\nMore.\n");
        check(&old, &new, &[(4, "code block that begins on line 3")]);
    }

    #[test]
    fn a_comment_left_open_is_named_by_its_line() {
        let old = format!("# Duties\n\n{HEADER}{ROWS}");
        let reported = "comment opened on line 3 is never closed";
        check(&old, &format!("# Duties\n\n<!-- later\n{HEADER}{ROWS}"), &[(4, reported)]);
    }

    #[test]
    fn a_table_with_other_columns_and_texts_in_its_place_is_found() {
        let page = |title: &str, header: &str, rows: &str| {
            format!("# {title}\n\n## Backup\n\n{header}{rows}")
        };
        let old = page("Responsibilities", HEADER, ROWS);
        let tiers = "| Task | Tier A | Tier B |\n|---|---|---|\n";
        let texts = "| Backups | Made nightly by us. | Read back on demand. |\n\
                     | Keys | New ones each year. | Kept in a good place. |\n";
        let others = texts.replace("Backups", "Copies").replace("Keys", "Certificates");
        check(&old, &page("Responsibilities", tiers, texts), &[(5, "(Task, Tier A, Tier B)")]);
        check(&old, &page("Responsibilities", tiers, &others), &[(5, "(Task, Tier A, Tier B)")]);
        let plain = page("Skyvault", HEADER, ROWS);
        check(&plain, &page("Skyvault", tiers, texts), &[(5, "(Task, Tier A, Tier B)")]);
        check(&plain, &page("Skyvault", tiers, &others), &[]);
        check(&old, &page("Responsibilities", tiers, texts).replace("Backup\n", "Sizes\n"), &[]);
        let sizes = "| Backups | 1 | 2 |\n| Keys | 3 | 4 |\n";
        check(&old, &page("Responsibilities", tiers, sizes), &[]);
        check(&old, "# Responsibilities\n\n## Backup\n\nSee [the new page](new.md).\n", &[]);
    }

    #[test]
    fn a_table_that_comes_from_another_file_now_is_told() {
        let page = |body: &str| format!("# Skyvault\n\n## Backup\n\n{body}\n## More\n\nText.\n");
        let table = page(&format!("{HEADER}{ROWS}"));
        check(
            &table,
            &page("{{../reuse/duties.md#backup}}\n"),
            &[(5, "{{../reuse/duties.md#backup}}")],
        );
        let reported =
            "comes from another file now, which is not read: {{site.data.content.duties}}";
        check(&table, &page("Who does what:\n\n{{site.data.content.duties}}\n"), &[(7, reported)]);
        check(&table, &page("Text with {{site.data.content.duties}} in it.\n"), &[]);
        check(&table, &page("{{site.data.keyword.skyvault}}\n"), &[]);
        let elsewhere = page("Text.\n") + "\n{{../reuse/duties.md}}\n";
        check(&table, &elsewhere, &[]);
        let before = page(&format!("{{{{../reuse/note.md}}}}\n\n{HEADER}{ROWS}"));
        check(&before, &page("{{../reuse/note.md}}\n"), &[]);
    }

    #[test]
    fn what_is_not_there_any_more_is_not_told() {
        let old = format!("# Duties\n\n{HEADER}{ROWS}");
        check(&old, "# Duties\n\nThis page moved. See [the new page](new.md).\n", &[]);
        check(&old, "", &[]);
        check(&old, &format!("# Duties\n\n<!--\n{HEADER}{ROWS}-->\n"), &[]);
        check(&old, "# Vaults\n\n| Task | Time |\n|---|---|\n| Backups | 2 h |\n", &[]);
    }

    #[test]
    fn a_grid_is_there_with_its_rows_and_columns() {
        let grid = |owner: &str| {
            format!(
                "# Shared responsibilities\n\n| Resource | Incidents | Changes |\n|---|---|---|\n\
                 | Vaults | {owner} | {owner} |\n| Keys | {owner} | {owner} |\n"
            )
        };
        let sizes = "# Sizes\n\n| Resource | Least | Most |\n|---|---|---|\n| Vaults | 1 | 2 |\n\
                     | Keys | 3 | 4 |\n";
        check(&grid("IBM"), &grid("Tier 1"), &[(3, "(Resource, Incidents, Changes)")]);
        check(&grid("IBM"), sizes, &[]);
    }
}
