//! Lines to blocks: headings, tables, lists, paragraphs.

use super::block_lines::{block_title, heading, is_delimiter, is_macro, table_sign, verbatim};
use super::condition::{ConditionId, Conditions};
use super::inline::{At, Inline};
use super::layout::Layout;
use super::lines::Line;
use super::markers::{self, Depths, Marked};
use super::options::{self, BlockOptions};
use super::views;
use crate::model::{Code, Notice};
use crate::parse::{Block, Condition, Definition, Heading, List, ListItem, Paragraph};

/// Of a table with more cells than these, the rest is not read.
const MOST_CELLS: usize = 3_000_000;

/// The blocks of a page, and what is wrong with them.
#[derive(Default)]
pub(super) struct Found {
    pub(super) blocks: Vec<Block>,
    pub(super) notices: Vec<Notice>,
}

/// Reads the blocks of a page.
pub(super) fn read(
    lines: &[Line<'_>],
    conditions: &Conditions,
    inline: &mut Inline<'_, '_>,
) -> Found {
    let mut reader = Reader {
        lines,
        at: 0,
        conditions,
        inline,
        found: Found::default(),
        condition: 0,
        options: BlockOptions::default(),
        title: None,
        open: Open::Nothing,
        depths: Depths::default(),
        state: ListState::default(),
        verbatim: None,
    };
    while let Some(line) = lines.get(reader.at) {
        reader.at += 1;
        reader.line(*line);
    }
    reader.end_list();
    reader.set_condition(0, lines.last().map_or(1, |line| line.number));
    reader.found
}

/// Text that may go on in the next line.
enum Open {
    Nothing,
    Paragraph(At, String),
    Item(At, usize, String),
    /// A term, and what defines it.
    Term(At, String),
}

#[derive(Default)]
struct ListState {
    items: Vec<ListItem>,
    /// Whether a blank line stands just above.
    blank: bool,
    /// Whether a `+` joins what comes to the item.
    continued: bool,
    /// Whether the list defines a term.
    defines: bool,
}

struct Reader<'l, 't, 'a, 's> {
    lines: &'l [Line<'t>],
    /// The next line.
    at: usize,
    conditions: &'l Conditions,
    inline: &'l mut Inline<'a, 's>,
    found: Found,
    condition: ConditionId,
    /// What lines in brackets say of the next block.
    options: BlockOptions,
    /// The title of the next block.
    title: Option<String>,
    open: Open,
    depths: Depths,
    state: ListState,
    /// What ends the open block of code.
    verbatim: Option<&'t str>,
}

impl<'t> Reader<'_, 't, '_, '_> {
    fn line(&mut self, line: Line<'t>) {
        let text = line.text;
        if let Some(end) = self.verbatim {
            if text == end {
                self.verbatim = None;
            }
            return;
        }
        if line.condition != self.condition && !text.is_empty() {
            self.end_list();
            self.set_condition(line.condition, line.number);
        }
        if text.is_empty() {
            self.state.blank = true;
            if matches!(self.open, Open::Paragraph(..)) {
                self.end_text();
            }
        } else if text == "+" {
            self.state.continued = true;
        } else if !self.block(line) {
            self.text(line);
        }
    }

    /// Takes in a line that is no text of a paragraph.
    fn block(&mut self, line: Line<'t>) -> bool {
        let text = line.text;
        if let Some(level) = line.underlined {
            self.heading(line, level, text);
        } else if let Some(sign) = table_sign(text) {
            self.end_list();
            self.table(line, sign);
        } else if let Some(end) = verbatim(text) {
            self.end_text();
            self.verbatim = Some(end);
            self.forget();
        } else if is_delimiter(text) {
            self.end_text();
            self.forget();
        } else if options::is_options(text) {
            self.end_text();
            let filled = self.inline.filled(text, place(line)).into_owned();
            self.options.add(&filled);
        } else if let Some((level, title)) = heading(text) {
            self.heading(line, level, title);
        } else if let Some(title) =
            block_title(text).filter(|_| !matches!(self.open, Open::Paragraph(..)))
        {
            self.end_text();
            self.title = Some(title.to_owned());
        } else if is_macro(text) {
            self.end_text();
            self.forget();
        } else if let Some(item) = markers::item(text) {
            self.item(line, &item);
        } else if let Some((_, term, rest)) = markers::term(text) {
            self.term(line, term, rest);
        } else {
            return false;
        }
        true
    }

    /// What was said of the next block holds for none.
    fn forget(&mut self) {
        self.options = BlockOptions::default();
        self.title = None;
    }

    fn set_condition(&mut self, condition: ConditionId, line: usize) {
        if condition == self.condition {
            return;
        }
        self.condition = condition;
        self.tell_condition(condition, line);
    }

    fn tell_condition(&mut self, condition: ConditionId, line: usize) {
        let text = (condition > 0).then(|| self.conditions.text(condition));
        self.found.blocks.push(Block::Condition(Condition { line, text }));
    }

    fn heading(&mut self, line: Line<'_>, level: u8, title: &str) {
        self.end_list();
        let deeper = i16::from(level) + i16::from(line.level_offset);
        let level = u8::try_from(deeper.clamp(1, 6)).unwrap_or(level);
        let id = std::mem::take(&mut self.options).id;
        self.forget();
        let runs = self.inline.runs(title, place(line));
        self.found.blocks.push(Block::Heading(Heading { line: line.number, level, runs, id }));
        if self.condition > 0 {
            // it stands below the heading, as what follows does
            self.tell_condition(self.condition, line.number);
        }
    }

    fn text(&mut self, line: Line<'_>) {
        let at = place(line);
        let text = line.text.trim();
        let ListState { blank, continued, .. } = self.state;
        self.state.blank = false;
        self.state.continued = false;
        match &mut self.open {
            Open::Paragraph(_, words) => {
                words.push(' ');
                words.push_str(text);
            }
            Open::Item(_, _, words) | Open::Term(_, words) if !blank || continued => {
                words.push(' ');
                words.push_str(text);
            }
            Open::Term(_, words) if words.is_empty() => words.push_str(text),
            Open::Nothing | Open::Item(..) | Open::Term(..) => {
                self.end_list();
                self.title_line(line);
                self.forget();
                self.open = Open::Paragraph(at, text.to_owned());
            }
        }
    }

    /// A title above a list or paragraph is a line of its own.
    fn title_line(&mut self, line: Line<'_>) {
        let Some(title) = self.title.take() else { return };
        let words = self.inline.words(&title, place(line));
        self.paragraph(line.number.saturating_sub(1).max(1), words.runs, words.only_links);
    }

    fn paragraph(&mut self, line: usize, runs: Vec<crate::parse::Run>, only_links: bool) {
        if !runs.is_empty() {
            self.found.blocks.push(Block::Paragraph(Paragraph {
                line,
                runs,
                long: false,
                only_links,
            }));
        }
    }

    fn item(&mut self, line: Line<'_>, item: &Marked<'_>) {
        self.state.blank = false;
        self.state.continued = false;
        if matches!(self.open, Open::Paragraph(..)) {
            self.end_text();
        }
        if matches!(self.open, Open::Term(..)) {
            self.end_text();
            self.state.defines = true;
        }
        self.end_text();
        if self.state.items.is_empty() {
            self.title_line(line);
            self.forget();
        }
        let depth = self.depths.of(item.marker);
        self.open = Open::Item(place(line), depth, item.text.to_owned());
    }

    fn term(&mut self, line: Line<'_>, term: &str, rest: &str) {
        self.end_list();
        self.title_line(line);
        self.forget();
        let at = place(line);
        let runs = self.inline.runs(term, at);
        self.found.blocks.push(Block::Definition(Definition {
            line: line.number,
            term: runs,
            blocks: Vec::new(),
        }));
        self.state.blank = false;
        self.open = Open::Term(at, rest.to_owned());
    }

    /// Ends a paragraph, an item or the text that defines a term.
    fn end_text(&mut self) {
        match std::mem::replace(&mut self.open, Open::Nothing) {
            Open::Nothing => {}
            Open::Paragraph(at, text) => {
                let words = self.inline.words(&text, at);
                self.paragraph(at.line, words.runs, words.only_links);
            }
            Open::Item(at, depth, text) => {
                let words = self.inline.words(&text, at);
                let (runs, only_links) = (words.runs, words.only_links);
                self.state.items.push(ListItem { line: at.line, depth, runs, only_links });
            }
            Open::Term(at, text) => {
                let words = self.inline.words(&text, at);
                if let Some(Block::Definition(term)) =
                    self.found.blocks.last_mut().filter(|_| !words.runs.is_empty())
                {
                    let (runs, only_links) = (words.runs, words.only_links);
                    term.blocks.push(Block::Paragraph(Paragraph {
                        line: at.line,
                        runs,
                        long: false,
                        only_links,
                    }));
                }
            }
        }
    }

    /// Ends whatever is open.
    fn end_list(&mut self) {
        self.end_text();
        self.depths.clear();
        let ListState { items, defines, .. } = std::mem::take(&mut self.state);
        let Some(first) = items.first() else { return };
        let list = Block::List(List { line: first.line, items });
        match self.found.blocks.last_mut() {
            Some(Block::Definition(term)) if defines => term.blocks.push(list),
            _ => self.found.blocks.push(list),
        }
    }

    fn table(&mut self, line: Line<'t>, sign: char) {
        let (options, title) = (std::mem::take(&mut self.options), self.title.take());
        let rest = self.lines.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|below| below.text == line.text).unwrap_or(rest.len());
        self.at += (end + 1).min(rest.len());
        let layout = Layout::of(&options, sign);
        let caption = title.map(|title| self.inline.filled(&title, place(line)).into_owned());
        let attributes: Vec<(String, String)> =
            caption.into_iter().map(|title| ("caption".to_owned(), title)).collect();
        let read = lines_within(&rest[..end], layout.separator);
        if read < end {
            let below = rest.get(read).map_or(line.number, |line| line.number);
            let message = format!(
                "the table has more than {MOST_CELLS} cells; line {below} and those below it are not read"
            );
            self.found.notices.push(Notice::at(line.number, Code::Unassigned, message));
        }
        let both = (self.conditions, &mut *self.inline);
        let (views, is_cut) =
            views::read(&rest[..read], line.condition, &layout, &attributes, both);
        if is_cut {
            let message = "the table has too many conditions; some of its rows are not read";
            self.found.notices.push(Notice::at(line.number, Code::Unassigned, message));
        }
        let base = self.condition;
        for view in views {
            self.set_condition(view.condition, view.table.line);
            self.found.blocks.push(Block::Table(view.table));
        }
        self.set_condition(base, line.number);
    }
}

/// How many lines of a table are read.
fn lines_within(lines: &[Line<'_>], separator: char) -> usize {
    let mut cells = 0;
    let is_more = |line: &Line<'_>| {
        cells += line.text.matches(separator).count();
        cells > MOST_CELLS
    };
    let length: usize = lines.iter().map(|line| line.text.len()).sum();
    if length <= MOST_CELLS {
        return lines.len();
    }
    lines.iter().position(is_more).unwrap_or(lines.len())
}

const fn place(line: Line<'_>) -> At {
    At { line: line.number, order: line.order, condition: line.condition }
}
