//! A page cut into sections: the part above the first subheading, and each subheading with what
//! stands below it. A section reads the same on every page and at every line, but for the targets
//! of links that stand elsewhere on its page; so it has to be read once only.

use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::hash::{Hash, Hasher};

use super::comments::{self, Comment, Line, LineKind};
use super::{Block, CitedFootnote, FrontMatter, Source, Table, mdx};
use super::{
    blocks, footnotes, front_matter, keyref, link_definitions, merge_conflict, published, source,
};
use crate::model::{Code, Format, Notice};

/// A page's bytes as text, before it is cut.
pub struct PageText {
    format: Format,
    text: String,
    notices: Vec<Notice>,
}

impl PageText {
    /// Decodes a page.
    #[must_use]
    pub fn decode(source: Source<'_>) -> Self {
        let (text, notices) = source::decode_page(source.bytes);
        let format = source.format;
        let text = if format == Format::Mdx { mdx::to_markdown(&text) } else { text };
        Self { format, text, notices }
    }
}

/// A page in sections, before their blocks are read.
pub struct CutPage<'t> {
    /// Its front matter.
    pub front_matter: FrontMatter,
    /// What is wrong with its bytes and its front matter.
    pub notices: Vec<Notice>,
    /// Where footnotes are cited, and what they say, in the order of lines.
    pub footnotes: Vec<CitedFootnote>,
    /// The title of MDX that has no heading of the first level.
    pub title: Option<String>,
    /// Lines that only bring in a text from another file, each with its number.
    pub inclusions: Vec<(usize, String)>,
    /// The lines of the front matter.
    head: Vec<&'t str>,
    text: &'t str,
    /// The lines below the front matter as written.
    raw: Vec<&'t str>,
    /// The same without comments.
    lines: Vec<Line<'t>>,
    comments: Vec<Comment<'t>>,
    /// Whether targets of links were put in place.
    has_targets: bool,
    /// Lines of the footnotes that are cited.
    notes: BTreeSet<usize>,
    relations: TextLinks,
    /// Where each section begins: its first line, and the byte of the text.
    begins: Vec<(usize, usize)>,
}

/// What lines of a text have to do with lines elsewhere.
#[derive(Clone, Copy)]
struct TextLinks {
    /// Whether the front matter ends where it does, whatever lines follow.
    head_is_settled: bool,
    has_notes: bool,
    /// Whether a comment or fenced code goes on below its end.
    goes_on: bool,
}

impl<'t> CutPage<'t> {
    /// Cuts a page.
    #[must_use]
    pub fn from_text(page: &'t PageText) -> Self {
        Self::cut(page, |lines| (front_matter::read_front_matter(lines), false))
    }

    /// Cuts a page without reading its front matter.
    #[must_use]
    pub fn sections_from_text(page: &'t PageText) -> Self {
        Self::cut(page, |lines| {
            let (body, is_settled) = front_matter::body_start(lines);
            ((FrontMatter::default(), body, Vec::new()), is_settled)
        })
    }

    /// `read_head` gives the front matter, the index of the first line below it, what is wrong with
    /// it, and whether it ends there whatever follows.
    fn cut(
        page: &'t PageText,
        read_head: impl Fn(&[&str]) -> ((FrontMatter, usize, Vec<Notice>), bool),
    ) -> Self {
        let all: Vec<&str> = page.text.split('\n').collect();
        let ((front_matter, body, reported), head_is_settled) = read_head(&all);
        let above = all.get(..body).unwrap_or(&all);
        let start = above.iter().map(|line| line.len() + 1).sum();
        let raw = all.get(body..).unwrap_or_default().to_vec();
        let (mut lines, comments, goes_on) = comments::strip_comments_to_end(&raw, body + 1);
        let relations =
            TextLinks { head_is_settled, has_notes: footnotes::holds_notes(&lines), goes_on };
        let texts = lines.iter().filter(|line| line.kind == LineKind::Text);
        let conflicts = merge_conflict::find(texts.map(|line| (line.number, line.text.as_ref())));
        let included =
            lines.iter().filter(|line| line.kind == LineKind::Text && is_inclusion(line));
        let inclusions = included.map(|line| (line.number, line.text.trim().to_owned())).collect();
        let footnotes = footnotes::read_footnotes(&mut lines);
        let has_targets = link_definitions::resolve_references(&mut lines);
        let begins = section_starts(&raw, &lines, start);
        let mut notices = page.notices.clone();
        notices.extend(reported);
        notices.extend(conflicts);
        let text = page.text.as_str();
        let is_title = |line: &Line<'_>| line.kind == LineKind::Text && line.text.starts_with("# ");
        let untitled = page.format == Format::Mdx && !lines.iter().any(is_title);
        let title = untitled.then(|| front_matter::read_field(above, "title")).flatten();
        let notes = footnotes.iter().map(|note| note.line).collect();
        Self {
            front_matter,
            notices,
            footnotes,
            title: title.map(|(title, _)| title),
            inclusions,
            head: above.to_vec(),
            text,
            raw,
            lines,
            comments,
            has_targets,
            notes,
            relations,
            begins,
        }
    }

    /// Whether each section reads the same beside other sections, but for comments: there are
    /// neither footnotes nor targets of links that others could refer to, and the front matter ends
    /// where it does whatever follows. Known only of a page that was cut without reading its front
    /// matter.
    #[must_use]
    pub const fn has_independent_sections(&self) -> bool {
        self.relations.head_is_settled && !self.relations.has_notes && !self.has_targets
    }

    /// Whether a comment or fenced code goes on below its end.
    #[must_use]
    pub const fn ends_inside(&self) -> bool {
        self.relations.goes_on
    }

    /// A field of the front matter by its name, and its line.
    #[must_use]
    pub fn front_matter_field(&self, name: &str) -> Option<(String, usize)> {
        front_matter::read_field(&self.head, name)
    }

    /// The sections in order; an empty page has one, too.
    pub fn sections(&self) -> impl Iterator<Item = Section<'_>> {
        let ends = self.begins.iter().skip(1).copied();
        let ends = ends.chain([(self.raw.len(), self.text.len())]);
        self.begins.iter().zip(ends).map(|(begin, end)| self.section_between(*begin, end))
    }

    fn section_between(&self, begin: (usize, usize), end: (usize, usize)) -> Section<'_> {
        let lines = self.lines.get(begin.0..end.0).unwrap_or_default();
        let number = |at: usize| self.lines.get(at).map_or(usize::MAX, |line| line.number);
        let from = self.comments.partition_point(|comment| comment.line < number(begin.0));
        let to = self.comments.partition_point(|comment| comment.line < number(end.0));
        Section {
            text: self.text.get(begin.1..end.1).unwrap_or_default(),
            raw: self.raw.get(begin.0..end.0).unwrap_or_default(),
            lines,
            comments: self.comments.get(from..to).unwrap_or_default(),
            has_targets: self.has_targets,
            notes: self.notes.range(number(begin.0)..number(end.0)).copied().collect(),
            blocks: OnceCell::new(),
        }
    }
}

/// Whether a line is nothing but the place of a text from another file: `{{file.md#part}}` or
/// `{{site.data.content.part}}`.
fn is_inclusion(line: &Line<'_>) -> bool {
    let inner = line.text.trim().strip_prefix("{{").and_then(|rest| rest.strip_suffix("}}"));
    inner.is_some_and(|inner| {
        let path = inner.split('#').next().unwrap_or(inner).trim();
        !inner.contains(['{', '}'])
            && (Format::of_name(path.as_bytes()).is_some()
                || path.starts_with("site.data.content."))
    })
}

/// Where sections begin: at subheadings that no construct above can take in. One level 1 heading
/// more or less is no section, since an HTML table may hold such a line.
fn section_starts(raw: &[&str], lines: &[Line<'_>], start: usize) -> Vec<(usize, usize)> {
    let mut begins = vec![(0, start)];
    let mut offset = start;
    for (at, (line, written)) in lines.iter().zip(raw).enumerate() {
        let text = line.text.as_ref();
        let cuts = text.starts_with("##")
            && line.kind == LineKind::Text
            && text.len() == written.len()
            && !text.contains('|')
            && blocks::parse_heading(text).is_some();
        if cuts && at > 0 {
            begins.push((at, offset));
        }
        offset += written.len() + 1;
    }
    begins
}

/// A part of a page.
pub struct Section<'p> {
    text: &'p str,
    raw: &'p [&'p str],
    lines: &'p [Line<'p>],
    comments: &'p [Comment<'p>],
    has_targets: bool,
    notes: BTreeSet<usize>,
    /// Its blocks, once they were read.
    blocks: OnceCell<SectionBlocks>,
}

/// What stands in a section, free of syntax.
pub struct SectionBlocks {
    /// Its blocks in order.
    pub blocks: Vec<Block>,
    /// Tables inside comments.
    pub hidden: Vec<Table>,
    /// What is wrong with it, in the order of lines.
    pub notices: Vec<Notice>,
    /// What is read here but breaks on the published page.
    pub publishing: Vec<Notice>,
    /// Lines of its footnotes that the page cites.
    pub notes: BTreeSet<usize>,
}

impl<'p> Section<'p> {
    /// The section as written.
    #[must_use]
    pub const fn text(&self) -> &'p str {
        self.text
    }

    /// Line of the file of its first line, from 1.
    #[must_use]
    pub fn first_line(&self) -> usize {
        self.lines.first().map_or(1, |line| line.number)
    }

    /// Its headings alone; `None` where a quick look cannot recognize which lines are headings.
    #[must_use]
    pub fn read_headings(&self) -> Option<SectionBlocks> {
        let is_text = |line: &&Line<'_>| line.kind == LineKind::Text;
        let texts = || self.lines.iter().filter(is_text);
        let is_doubtful = |line: &Line<'_>| {
            let text = line.text.trim_start_matches([' ', '>']);
            let is_set_off = text.len() < line.text.len() && text.starts_with('#');
            is_set_off || blocks::underline_level(text).is_some() || text.contains("<table")
        };
        if texts().any(is_doubtful) {
            return None;
        }
        let headings: Vec<Line<'_>> =
            texts().filter(|line| line.text.starts_with('#')).cloned().collect();
        Some(SectionBlocks {
            blocks: blocks::read_blocks(&headings).0,
            hidden: Vec::new(),
            notices: Vec::new(),
            publishing: Vec::new(),
            notes: BTreeSet::new(),
        })
    }

    /// Hashes all that its blocks depend on, but for its place.
    pub fn hash_content(&self, hasher: &mut impl Hasher) {
        hasher.write(self.text.as_bytes());
        for line in &self.notes {
            (line - self.first_line()).hash(hasher);
        }
        if self.has_targets {
            for line in self.lines.iter().filter(|line| line.kind == LineKind::Text) {
                line.text.hash(hasher);
            }
        }
    }

    /// Its blocks; those that were read before, if they were.
    #[must_use]
    pub fn read_blocks_once(&self) -> &SectionBlocks {
        self.blocks.get_or_init(|| self.read_blocks())
    }

    /// Reads its blocks.
    #[must_use]
    pub fn read_blocks(&self) -> SectionBlocks {
        let mut notices = keyref::malformed_keyrefs(self.lines);
        let (blocks, reported) = blocks::read_blocks(self.lines);
        notices.extend(reported);
        let hidden: Vec<Table> = self.comments.iter().flat_map(commented_tables).collect();
        notices.extend(hidden.iter().filter(|table| !table.rows.is_empty()).map(|table| {
            let message = "A table is inside a comment, where readers do not see it.";
            Notice::at(table.line, Code::Hidden, message)
        }));
        notices.sort_by_key(|notice| notice.line);
        let publishing = published::check_published(&blocks, self.raw, self.lines);
        SectionBlocks { blocks, hidden, notices, publishing, notes: self.notes.clone() }
    }
}

/// The tables inside a comment.
fn commented_tables(comment: &Comment<'_>) -> Vec<Table> {
    let may = |line: &&str| line.contains('|') || super::html_table::table_start(line).is_some();
    if !comment.lines.iter().any(may) {
        return Vec::new();
    }
    let (lines, _) = comments::strip_comments(&comment.lines, comment.line);
    let blocks = blocks::read_blocks(&lines).0.into_iter();
    blocks
        .filter_map(|block| match block {
            Block::Table(table) => Some(table),
            Block::Heading(_)
            | Block::List(_)
            | Block::Definition(_)
            | Block::Paragraph(_)
            | Block::Condition(_) => None,
        })
        .collect()
}
