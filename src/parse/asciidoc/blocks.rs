//! Lines to blocks: headings, tables, lists, paragraphs.

use super::block_lines::{
    block_title, is_delimiter, is_macro, parse_heading, table_sign, verbatim_delimiter,
};
use super::condition::{ConditionId, Conditions};
use super::inline::Inline;
use super::layout::CellLayout;
use super::lines::AsciiDocLine;
use super::markers::{self, Depths, MarkedItem};
use super::options::{self, BlockOptions};
use super::text_place::TextPlace;
use super::views;
use crate::model::{Code, Notice};
use crate::parse::{Block, Condition, Definition, Heading, List, ListItem, Paragraph};

/// Of a table with more cells than these, the rest is not read.
const MOST_CELLS: usize = 3_000_000;

/// The blocks of a page, and what is wrong with them.
#[derive(Default)]
pub(super) struct FoundBlocks {
    pub(super) blocks: Vec<Block>,
    pub(super) notices: Vec<Notice>,
}

/// Reads the blocks of a page.
pub(super) fn read_blocks(
    lines: &[AsciiDocLine<'_>],
    conditions: &Conditions,
    inline: &mut Inline<'_, '_>,
) -> FoundBlocks {
    let mut reader = AsciiDocBlockReader {
        lines,
        at: 0,
        conditions,
        inline,
        found: FoundBlocks::default(),
        condition: 0,
        options: BlockOptions::default(),
        title: None,
        open: OpenText::Nothing,
        depths: Depths::default(),
        state: ListState::default(),
        verbatim: None,
    };
    while let Some(line) = lines.get(reader.at) {
        reader.at += 1;
        reader.read_line(*line);
    }
    reader.end_list();
    reader.set_condition(0, lines.last().map_or(1, |line| line.number));
    reader.found
}

/// Text that may go on in the next line.
enum OpenText {
    Nothing,
    Paragraph(TextPlace, String),
    Item(TextPlace, usize, String),
    /// A term, and what defines it.
    Term(TextPlace, String),
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

struct AsciiDocBlockReader<'l, 't, 'a, 's> {
    lines: &'l [AsciiDocLine<'t>],
    /// The next line.
    at: usize,
    conditions: &'l Conditions,
    inline: &'l mut Inline<'a, 's>,
    found: FoundBlocks,
    condition: ConditionId,
    /// What lines in brackets say of the next block.
    options: BlockOptions,
    /// The title of the next block.
    title: Option<String>,
    open: OpenText,
    depths: Depths,
    state: ListState,
    /// What ends the open block of code.
    verbatim: Option<&'t str>,
}

impl<'t> AsciiDocBlockReader<'_, 't, '_, '_> {
    fn read_line(&mut self, line: AsciiDocLine<'t>) {
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
            if matches!(self.open, OpenText::Paragraph(..)) {
                self.end_text();
            }
        } else if text == "+" {
            self.state.continued = true;
        } else if !self.read_block_line(line) {
            self.read_text(line);
        }
    }

    /// Takes in a line that is no text of a paragraph.
    fn read_block_line(&mut self, line: AsciiDocLine<'t>) -> bool {
        let text = line.text;
        if let Some(level) = line.underlined {
            self.add_heading(line, level, text);
        } else if let Some(sign) = table_sign(text) {
            self.end_list();
            self.read_table(line, sign);
        } else if let Some(end) = verbatim_delimiter(text) {
            self.end_text();
            self.verbatim = Some(end);
            self.forget_options();
        } else if is_delimiter(text) {
            self.end_text();
            self.forget_options();
        } else if options::is_options(text) {
            self.end_block();
            let filled = self.inline.fill_attributes(text, place_of_line(line)).into_owned();
            self.options.add_line(&filled);
        } else if let Some((level, title)) = parse_heading(text) {
            self.add_heading(line, level, title);
        } else if let Some(title) = block_title(text).filter(|_| self.begins_block()) {
            self.end_list();
            self.title = Some(title.to_owned());
        } else if is_macro(text) {
            self.end_text();
            self.forget_options();
        } else if let Some(item) = markers::parse_item(text) {
            self.add_item(line, &item);
        } else if let Some((_, term, rest)) = markers::parse_term(text) {
            self.add_term(line, term, rest);
        } else {
            return false;
        }
        true
    }

    /// Whether a line may begin a block: text goes on up to a blank line.
    const fn begins_block(&self) -> bool {
        self.state.blank || matches!(self.open, OpenText::Nothing)
    }

    /// Ends a text; a list, too, if a blank line stands above.
    fn end_block(&mut self) {
        if self.state.blank { self.end_list() } else { self.end_text() }
    }

    /// What was said of the next block holds for none.
    fn forget_options(&mut self) {
        self.options = BlockOptions::default();
        self.title = None;
    }

    fn set_condition(&mut self, condition: ConditionId, line: usize) {
        if condition == self.condition {
            return;
        }
        self.condition = condition;
        self.add_condition(condition, line);
    }

    fn add_condition(&mut self, condition: ConditionId, line: usize) {
        let text = (condition > 0).then(|| self.conditions.full_text(condition));
        self.found.blocks.push(Block::Condition(Condition { line, text }));
    }

    fn add_heading(&mut self, line: AsciiDocLine<'_>, level: u8, title: &str) {
        self.end_list();
        let deeper = i16::from(level) + i16::from(line.level_offset);
        let level = u8::try_from(deeper.clamp(1, 6)).unwrap_or(level);
        let id = std::mem::take(&mut self.options).id;
        self.forget_options();
        let runs = self.inline.read_runs(title, place_of_line(line));
        self.found.blocks.push(Block::Heading(Heading { line: line.number, level, runs, id }));
        if self.condition > 0 {
            // it stands below the heading, as what follows does
            self.add_condition(self.condition, line.number);
        }
    }

    fn read_text(&mut self, line: AsciiDocLine<'_>) {
        let at = place_of_line(line);
        let text = line.text.trim();
        let ListState { blank, continued, .. } = self.state;
        self.state.blank = false;
        self.state.continued = false;
        match &mut self.open {
            OpenText::Paragraph(_, words) => {
                words.push(' ');
                words.push_str(text);
            }
            OpenText::Item(_, _, words) | OpenText::Term(_, words) if !blank || continued => {
                words.push(' ');
                words.push_str(text);
            }
            OpenText::Term(_, words) if words.is_empty() => words.push_str(text),
            OpenText::Nothing | OpenText::Item(..) | OpenText::Term(..) => {
                self.end_list();
                self.title_line(line);
                self.forget_options();
                self.open = OpenText::Paragraph(at, text.to_owned());
            }
        }
    }

    /// A title above a list or paragraph is a line of its own.
    fn title_line(&mut self, line: AsciiDocLine<'_>) {
        let Some(title) = self.title.take() else { return };
        let words = self.inline.read_words(&title, place_of_line(line));
        self.add_paragraph(line.number.saturating_sub(1).max(1), words.runs, words.only_links);
    }

    fn add_paragraph(&mut self, line: usize, runs: Vec<crate::parse::Run>, only_links: bool) {
        if !runs.is_empty() {
            self.found.blocks.push(Block::Paragraph(Paragraph {
                line,
                runs,
                long: false,
                only_links,
            }));
        }
    }

    fn add_item(&mut self, line: AsciiDocLine<'_>, item: &MarkedItem<'_>) {
        self.state.blank = false;
        self.state.continued = false;
        if matches!(self.open, OpenText::Paragraph(..)) {
            self.end_text();
        }
        if matches!(self.open, OpenText::Term(..)) {
            self.end_text();
            self.state.defines = true;
        }
        self.end_text();
        if self.state.items.is_empty() {
            self.title_line(line);
            self.forget_options();
        }
        let depth = self.depths.depth_of(item.marker);
        self.open = OpenText::Item(place_of_line(line), depth, item.text.to_owned());
    }

    fn add_term(&mut self, line: AsciiDocLine<'_>, term: &str, rest: &str) {
        self.end_list();
        self.title_line(line);
        self.forget_options();
        let at = place_of_line(line);
        let runs = self.inline.read_runs(term, at);
        self.found.blocks.push(Block::Definition(Definition {
            line: line.number,
            term: runs,
            blocks: Vec::new(),
        }));
        self.state.blank = false;
        self.open = OpenText::Term(at, rest.to_owned());
    }

    /// Ends a paragraph, an item or the text that defines a term.
    fn end_text(&mut self) {
        match std::mem::replace(&mut self.open, OpenText::Nothing) {
            OpenText::Nothing => {}
            OpenText::Paragraph(at, text) => {
                let words = self.inline.read_words(&text, at);
                self.add_paragraph(at.line, words.runs, words.only_links);
            }
            OpenText::Item(at, depth, text) => {
                let words = self.inline.read_words(&text, at);
                let (runs, only_links) = (words.runs, words.only_links);
                let has_box = false;
                self.state.items.push(ListItem { line: at.line, depth, runs, only_links, has_box });
            }
            OpenText::Term(at, text) => {
                let words = self.inline.read_words(&text, at);
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

    fn read_table(&mut self, line: AsciiDocLine<'t>, sign: char) {
        let (options, title) = (std::mem::take(&mut self.options), self.title.take());
        let rest = self.lines.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|below| below.text == line.text).unwrap_or(rest.len());
        self.at += (end + 1).min(rest.len());
        let layout = CellLayout::from_options(&options, sign);
        let caption = title.map(|title| self.inline.plain_text(&title, place_of_line(line)));
        let attributes: Vec<(String, String)> =
            caption.into_iter().map(|title| ("caption".to_owned(), title)).collect();
        let read = lines_within(&rest[..end], layout.separator);
        if read < end {
            let message =
                format!("the table has more than {MOST_CELLS} cells; those below are not read");
            self.found.notices.push(Notice::at(line.number, Code::Unassigned, message));
        }
        let both = (self.conditions, &mut *self.inline);
        let views = views::read_tables(&rest[..read], line.condition, &layout, &attributes, both);
        self.found.notices.extend(views.left_out);
        if views.is_cut {
            let message = "the table has too many conditions; some of its rows are not read";
            self.found.notices.push(Notice::at(line.number, Code::Unassigned, message));
        }
        let base = self.condition;
        for view in views.tables {
            self.set_condition(view.condition, view.table.line);
            self.found.blocks.push(Block::Table(view.table));
        }
        self.set_condition(base, line.number);
    }
}

/// How many lines of a table are read.
fn lines_within(lines: &[AsciiDocLine<'_>], separator: char) -> usize {
    let mut cells = 0;
    let is_more = |line: &AsciiDocLine<'_>| {
        cells += line.text.matches(separator).count();
        cells > MOST_CELLS
    };
    let length: usize = lines.iter().map(|line| line.text.len()).sum();
    if length <= MOST_CELLS {
        return lines.len();
    }
    lines.iter().position(is_more).unwrap_or(lines.len())
}

const fn place_of_line(line: AsciiDocLine<'_>) -> TextPlace {
    TextPlace { line: line.number, order: line.order, condition: line.condition }
}
