//! Lines to blocks: headings, tables, lists, paragraphs.

use super::comments::{Kind, Line};
use super::list::{self, OpenList};
use super::prepare::Flow;
use super::{Block, Heading, List, ListItem, Paragraph, PieceKind, Run, attributes};
use super::{html_table, inline, keyref, pipe_table};
use crate::model::Notice;

/// A paragraph of more bytes is prose. Only lines that name a party are read, and those are short;
/// so the markup of prose, which is most of a page, stays as written.
const PROSE: usize = 512;

/// Tags that make a paragraph more than one.
const BREAKING: [&str; 8] = ["<ul", "<ol", "<li", "<p>", "<br", "</br", "<dl", "<dt"];

/// The blocks of lines, and what is wrong with them.
pub(super) fn read(lines: &[Line<'_>]) -> (Vec<Block>, Vec<Notice>) {
    let mut reader = Reader {
        lines,
        at: 0,
        blocks: Vec::new(),
        notices: Vec::new(),
        paragraph: None,
        list: None,
        below_table: false,
    };
    while let Some(line) = lines.get(reader.at) {
        reader.line(line);
    }
    reader.end_list();
    (reader.blocks, reader.notices)
}

struct Reader<'l, 'a> {
    lines: &'l [Line<'a>],
    at: usize,
    blocks: Vec<Block>,
    notices: Vec<Notice>,
    /// The open paragraph's first line and text.
    paragraph: Option<(usize, String)>,
    list: Option<OpenList>,
    /// Whether nothing stands between here and the last table.
    below_table: bool,
}

impl<'l> Reader<'l, '_> {
    fn line(&mut self, line: &'l Line<'_>) {
        let (number, raw) = (line.number, unquoted(&line.text));
        let text = raw.trim();
        match line.kind {
            Kind::Comment => return self.skip(),
            Kind::Code => {
                self.below_table = false;
                return self.skip();
            }
            Kind::Text => {}
        }
        if text.is_empty() {
            self.skip();
            if let Some(list) = &mut self.list {
                list.interrupted = true;
            }
        } else if attributes::is_list(text) {
            self.attributes(text);
        } else if keyref::is_definition_list(text) || is_rule(text) {
            self.end_list();
            self.skip();
        } else if let Some((level, title)) = heading(raw) {
            self.end_list();
            self.below_table = false;
            self.blocks.push(Block::Heading(Heading {
                line: number,
                level,
                runs: inline::runs(title),
                id: title.find("{:").and_then(|at| attributes::id(&title[at..])),
            }));
            self.at += 1;
        } else if let Some(offset) = html_table::begins(&line.text) {
            self.html_tables(line, offset);
        } else if pipe_table::begins(self.lines, self.at) {
            self.pipe_table();
        } else {
            self.below_table = false;
            self.words(number, raw);
            self.at += 1;
        }
    }

    /// Leaves a line out; what was a paragraph ends.
    fn skip(&mut self) {
        self.end_paragraph();
        self.at += 1;
    }

    fn attributes(&mut self, text: &str) {
        self.end_paragraph();
        match self.blocks.last_mut() {
            Some(Block::Table(table)) if self.below_table => {
                table.attributes.extend(attributes::parse(text));
            }
            Some(Block::Heading(heading)) if self.list.is_none() && heading.id.is_none() => {
                heading.id = attributes::id(text);
            }
            Some(Block::Heading(_) | Block::Table(_) | Block::List(_) | Block::Paragraph(_))
            | None => {}
        }
        self.at += 1;
    }

    fn pipe_table(&mut self) {
        let (table, next) = pipe_table::read(self.lines, self.at, &mut self.notices);
        if let Some(table) = table {
            self.end_list();
            self.blocks.push(Block::Table(table));
            self.below_table = true;
        }
        self.at = next;
    }

    /// The tables that begin at an offset of this line; another may begin where one ends.
    fn html_tables(&mut self, line: &'l Line<'_>, offset: usize) {
        let before = &line.text[..offset];
        if !before.trim().is_empty() {
            self.words(line.number, before);
        }
        let mut next = Some(offset);
        while let Some(offset) = next {
            next = self.html_table(offset);
        }
        self.at += 1;
    }

    /// A table, and where the next one begins in the line that ends it.
    fn html_table(&mut self, offset: usize) -> Option<usize> {
        self.end_list();
        let found = html_table::read(self.lines, self.at, offset);
        let end = &self.lines[found.line];
        let rest = end.text.get(found.offset..).unwrap_or_default();
        let next = html_table::begins(rest);
        let (attributes, words) = html_table::trailing(&rest[..next.unwrap_or(rest.len())]);
        self.below_table = found.table.is_some();
        if let Some(mut table) = found.table {
            table.attributes.extend(attributes);
            self.blocks.push(Block::Table(table));
        }
        if !words.is_empty() {
            self.below_table = false;
            self.words(end.number, words);
        }
        self.at = found.line;
        next.map(|next| found.offset + next)
    }

    fn words(&mut self, number: usize, raw: &str) {
        let text = raw.trim();
        if let Some((indent, text)) = list::item(raw) {
            self.end_paragraph();
            self.list.get_or_insert_with(|| OpenList::new(number)).push(number, indent, text);
            return;
        }
        let indent = raw.len() - raw.trim_start().len();
        if let Some(list) = self.list.as_mut().filter(|list| list.takes(indent)) {
            return list.go_on(text);
        }
        // `: text` defines the term above
        let (defines, text) = text.strip_prefix(": ").map_or((false, text), |text| (true, text));
        if defines || self.list.is_some() {
            self.end_list();
        }
        match &mut self.paragraph {
            Some((_, open)) => {
                open.push('\n');
                open.push_str(text);
            }
            None => self.paragraph = Some((number, text.to_owned())),
        }
    }

    fn end_list(&mut self) {
        self.end_paragraph();
        let list = self.list.take().and_then(OpenList::close);
        self.blocks.extend(list.map(Block::List));
    }

    fn end_paragraph(&mut self) {
        let Some((line, text)) = self.paragraph.take() else { return };
        if has_breaks(&text) {
            return self.pieces(line, &text);
        }
        let prose = text.len() > PROSE;
        let runs = if prose { vec![Run::Text(text.clone())] } else { inline::runs(&text) };
        if !runs.is_empty() && text.trim() != "-->" {
            self.blocks.push(Block::Paragraph(Paragraph { line, runs }));
        }
    }

    /// A paragraph of HTML: its lists become lists.
    fn pieces(&mut self, line: usize, text: &str) {
        let mut items: Vec<ListItem> = Vec::new();
        for piece in inline::cell(text, line, Flow::Html).pieces {
            match piece.kind {
                PieceKind::Item { depth } => {
                    items.push(ListItem { line: piece.line, depth, runs: piece.runs });
                }
                PieceKind::Text => {
                    self.items(&mut items);
                    let paragraph = Paragraph { line: piece.line, runs: piece.runs };
                    self.blocks.push(Block::Paragraph(paragraph));
                }
            }
        }
        self.items(&mut items);
    }

    fn items(&mut self, items: &mut Vec<ListItem>) {
        if let Some(first) = items.first() {
            let line = first.line;
            self.blocks.push(Block::List(List { line, items: std::mem::take(items) }));
        }
    }
}

/// A line without the marks of block quotes.
fn unquoted(line: &str) -> &str {
    if line.trim_start().starts_with('>') { line.trim_start_matches([' ', '>']) } else { line }
}

/// Level and title of a heading.
fn heading(line: &str) -> Option<(u8, &str)> {
    let text = line.trim_start();
    let level = text.bytes().take(7).take_while(|b| *b == b'#').count();
    if line.len() - text.len() > 3 || !(1..=6).contains(&level) {
        return None;
    }
    let title = &text[level..];
    // `##Title`: a blank was forgotten; `#title` may be anything
    let glued = level > 1 && title.starts_with(|c: char| c.is_alphabetic() || c == '{');
    if !(title.is_empty() || title.starts_with(' ') || glued) {
        return None;
    }
    let title = title.trim();
    let bare = title.trim_end_matches('#');
    let title = if bare.is_empty() || bare.ends_with(' ') { bare.trim_end() } else { title };
    Some((u8::try_from(level).unwrap_or(6), title))
}

fn is_rule(text: &str) -> bool {
    let Some(mark) = text.bytes().next().filter(|b| b"-*_".contains(b)) else { return false };
    text.bytes().all(|b| b == mark || b == b' ') && text.bytes().filter(|b| *b == mark).count() > 2
}

fn has_breaks(text: &str) -> bool {
    text.match_indices('<').any(|(at, _)| {
        let rest = &text.as_bytes()[at..];
        BREAKING.iter().any(|tag| {
            rest.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()))
                && rest
                    .get(tag.len())
                    .is_none_or(|b| tag.ends_with('>') || !b.is_ascii_alphanumeric())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::super::testing;

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        let (page, _) = super::super::page(text.as_bytes());
        assert_eq!(testing::blocks(&page), want, "{text}");
    }

    #[test]
    fn headings() {
        check(
            "# A {{site.data.keyword.b}} {: #a}\n{: #b}\n## C ##\n####### d",
            &["1# A <b>", "2# C", "p ####### d"],
        );
        check("##Glued\n#no", &["2# Glued", "p #no"]);
    }

    #[test]
    fn paragraphs_and_what_is_left_out() {
        check(
            "a\nb\n{: shortdesc}\n\n{:tip: .tip}\n{{site.data.keyword.attribute-definition-list}}\nc",
            &["p a b", "p c"],
        );
        check("```\n# no\n```\n> quoted\n> text\n***\n-->", &["p quoted text"]);
        check("a<ul>\n<li>b</li></ul>c", &["p a", "- b", "p c"]);
        check("Term\n: meaning", &["p Term", "p meaning"]);
    }

    #[test]
    fn lists() {
        check(
            "Lead:\n* a\nlazy\n  - b\n\n    more\n* c\n\nText",
            &["p Lead:", "- a lazy", "  - b more", "- c", "p Text"],
        );
        check("1. a\n2) b\n-Keep c", &["- a", "- b", "- Keep c"]);
    }

    #[test]
    fn tables_and_their_attributes() {
        check(
            "| a | b |\n|--|--|\n| c | d |\n\n{: caption=\"T\"}\n| e | f |\n\n| g | h |",
            &["t a | b / c | d {caption=T}", "t / e | f", "t / g | h"],
        );
        check(
            "x <table><tr><td>a</td></tr></table>{: caption='T'}\ny",
            &["p x", "t / a {caption=T}", "p y"],
        );
        check(
            "<table><tr><td>a</table>{: caption='T'} <table><tr><td>b\n</table>c<TABLE><tr><td>d</table>",
            &["t / a {caption=T}", "t / b", "p c", "t / d"],
        );
        check("- | a | b |\n  |--|--|\n  | c | d |\n- e", &["t a | b / c | d", "- e"]);
    }
}
