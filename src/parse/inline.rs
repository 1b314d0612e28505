//! Inline markdown and HTML to runs and pieces.

use std::borrow::Cow;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::pieces::Collector;
use super::prepare::{self, Flow};
use super::{Cell, Paragraph, Piece, Run, raised, struck};
use crate::vocabulary::WordList;

/// Keeps the parser from seeing a heading, list or rule at the start of a text.
pub(super) const LEAD: &str = "x ";
static BREAKS: WordList = WordList::named("tags that end a piece");
/// Tags that say nothing here. `<address>`, `<data>` and the like are left out, for in
/// these pages such words stand for something that the reader fills in.
static QUIET: WordList = WordList::named("tags that say nothing");
/// The runs of prose.
pub(super) fn parse_runs(text: &str) -> Vec<Run> {
    parse_pieces(text, 1, Flow::Prose)
        .into_iter()
        .next()
        .map(|piece| piece.runs)
        .unwrap_or_default()
}

/// A cell, from its source and the line where that begins.
pub(super) fn parse_cell(text: &str, line: usize, flow: Flow) -> Cell {
    Cell { pieces: parse_pieces(text, line, flow), ..Cell::default() }
}

fn parse_pieces(text: &str, line: usize, flow: Flow) -> Vec<Piece> {
    let text = &*raised::in_tags(text);
    let splits = flow != Flow::Prose;
    if prepare::is_plain(text) {
        let mut collector = Collector::new(None, line..=line, splits);
        collector.push(text.trim());
        return collector.finish();
    }
    let prepared = prepare::prepare_text(text, flow);
    let lines = line..=line + text.matches('\n').count();
    let mut reader = InlineReader {
        collector: Collector::new(Some(&prepared), lines, splits),
        image: None,
        lead: true,
        struck: 0,
        struck_ends: struck::closing_tags(&prepared.text),
        raised: false,
    };
    let source = format!("{LEAD}{}", prepared.text.trim_matches(' '));
    for event in Parser::new_ext(&source, Options::empty()) {
        reader.read_event(event);
    }
    reader.collector.finish()
}

struct InlineReader<'p> {
    collector: Collector<'p>,
    /// The open image's target, and its text so far.
    image: Option<(String, String)>,
    lead: bool,
    /// How many tags that strike text out are open, and how many still close one.
    struck: usize,
    struck_ends: usize,
    /// Whether `<sup>` is open.
    raised: bool,
}

/// What a raised text says: a footnote's sign, a trade mark, a power.
pub(super) fn raised_text(text: &str) -> String {
    match text.trim() {
        "TM" | "tm" => return "™".to_owned(),
        "R" | "(R)" => return "®".to_owned(),
        _ => {}
    }
    let raise = |c: char| match c {
        '0' => '⁰',
        '1' => '¹',
        '2' => '²',
        '3' => '³',
        '4' => '⁴',
        '5' => '⁵',
        '6' => '⁶',
        '7' => '⁷',
        '8' => '⁸',
        '9' => '⁹',
        _ => c,
    };
    text.chars().map(raise).collect()
}

impl InlineReader<'_> {
    fn read_event(&mut self, event: Event<'_>) {
        match event {
            Event::Text(text) => self.add_text(&text),
            Event::Code(code) if self.struck > 0 => self.pass_over(&code),
            Event::Code(code) => match &mut self.image {
                Some((_, alt)) => alt.push_str(&code),
                None => self.collector.push_code(&code),
            },
            Event::InlineHtml(tag) | Event::Html(tag) => self.read_tag(&tag),
            Event::SoftBreak | Event::HardBreak => self.collector.push(" "),
            Event::Start(Tag::Image { dest_url, .. }) => {
                let target = self.collector.restore_source(&dest_url);
                self.image = Some((target, String::new()));
            }
            Event::End(TagEnd::Image) => {
                if let Some((target, alt)) = self.image.take().filter(|_| self.struck == 0) {
                    let alt = self.collector.restore_source(&alt).trim().to_owned();
                    self.collector.push_run(Run::Image { alt, target });
                }
            }
            Event::InlineMath(text) | Event::DisplayMath(text) | Event::FootnoteReference(text) => {
                self.add_text(&text);
            }
            // paragraphs, emphasis, links: their text comes by itself
            Event::Start(_) | Event::End(_) | Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    fn add_text(&mut self, text: &str) {
        let text = if std::mem::take(&mut self.lead) {
            text.strip_prefix(LEAD).or_else(|| text.strip_prefix('x')).unwrap_or(text)
        } else {
            text
        };
        match &mut self.image {
            _ if self.struck > 0 => self.pass_over(text),
            Some((_, alt)) => alt.push_str(text),
            None if self.raised => self.collector.push(&raised_text(text)),
            None => self.collector.push(text),
        }
    }

    /// Leaves a text out, but counts its lines.
    fn pass_over(&mut self, text: &str) {
        for _ in text.matches(prepare::LINE) {
            self.collector.push("\t");
        }
    }

    fn read_tag(&mut self, tag: &str) {
        let inside = tag.trim_start_matches('<');
        let (closes, inside) =
            inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let end = inside.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(inside.len());
        let name = inside[..end].to_ascii_lowercase();
        // a break inside a tag is still a new line
        let lines = tag.matches(prepare::LINE).count();
        match (name.as_str(), closes) {
            ("ul" | "ol", false) => self.collector.open_list(),
            ("ul" | "ol", true) => self.collector.close_list(),
            ("li", false) => self.collector.open_item(),
            ("li", true) => self.collector.close_item(),
            ("code" | "kbd" | "samp", false) => self.collector.code += 1,
            ("code" | "kbd" | "samp", true) => {
                self.collector.code = self.collector.code.saturating_sub(1);
            }
            (name, false) if struck::TAGS.contains(&name) => {
                // one that is never closed strikes nothing
                self.struck += usize::from(self.struck < self.struck_ends);
            }
            (name, true) if struck::TAGS.contains(&name) => {
                self.struck = self.struck.saturating_sub(1);
                self.struck_ends = self.struck_ends.saturating_sub(1);
            }
            ("sup", closes) => self.raised = !closes,
            ("img", false) if self.struck == 0 => {
                let attribute = |name| self.collector.restore_source(&html_attribute(tag, name));
                let run = Run::Image { alt: attribute("alt"), target: attribute("src") };
                self.collector.push_run(run);
            }
            (name, _) if BREAKS.has(name) => self.collector.end_piece(),
            (name, _) if QUIET.has(name) => {}
            ("", _) => {}
            _ => return self.add_text(tag),
        }
        for _ in 0..lines {
            self.collector.push("\t");
        }
    }
}

/// The value of a tag's attribute.
fn html_attribute(tag: &str, name: &str) -> String {
    let lower = tag.to_ascii_lowercase();
    let wanted = format!(" {name}=");
    let Some(at) = lower.find(&wanted) else { return String::new() };
    let value = &tag[at + wanted.len()..];
    let quote = value.chars().next().filter(|c| "\"'".contains(*c));
    let value = match quote {
        Some(quote) => value[1..].split(quote).next(),
        None => value.split([' ', '>']).next(),
    };
    value.unwrap_or_default().trim().to_owned()
}

impl Paragraph {
    /// Its text, free of markup however long it is.
    #[must_use]
    pub fn all_runs(&self) -> Cow<'_, [Run]> {
        match self.runs.as_slice() {
            [Run::Text(source)] if self.long => Cow::Owned(parse_runs(source)),
            runs => Cow::Borrowed(runs),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::PieceKind;
    use super::*;

    fn shown(runs: &[Run]) -> String {
        let one = |run: &Run| match run {
            Run::Text(text) => text.clone(),
            Run::Code(code) => format!("`{code}`"),
            Run::Keyref { key, .. } => format!("<{key}>"),
            Run::Content(key) => format!("<<{key}>>"),
            Run::Image { alt, .. } => format!("!{alt}!"),
        };
        runs.iter().map(one).collect()
    }

    #[track_caller]
    fn check(text: &str, want: &[&str]) {
        check_flow(Flow::Pipe, text, want);
    }

    #[track_caller]
    fn check_flow(flow: Flow, text: &str, want: &[&str]) {
        let got: Vec<String> = parse_cell(text, 1, flow)
            .pieces
            .iter()
            .map(|piece| match piece.kind {
                PieceKind::Text => shown(&piece.runs),
                PieceKind::Item { depth } => {
                    format!("{}- {}", "  ".repeat(depth), shown(&piece.runs))
                }
            })
            .collect();
        assert_eq!(got, want, "{text}");
    }

    #[test]
    fn inline_markup_goes() {
        check(
            "**Bold** and *soft* snake_case 5 * 3 = 15",
            &["Bold and soft snake_case 5 * 3 = 15"],
        );
        check("See [the guide](/docs/{DomainName}/x){: external}.", &["See the guide."]);
        check("`sky cp` {{site.data.keyword.skyvault}}'s", &["`sky cp` <skyvault>'s"]);
        check("**{{site.data.keyword.sky}}**s &amp; &nbsp;you", &["<sky>s & you"]);
        check(
            "![Icon](a.svg \"b\") for <target region> <b>x</b>",
            &["!Icon! for <target region> x"],
        );
        check(
            "<code>a_b</code> <a href=\"/x\">link</a> <img src='s' alt='t'>",
            &["`a_b` link !t!"],
        );
        check("**Lost emphasis", &["Lost emphasis"]);
        check("2**3 is ** lost", &["2**3 is lost"]);
        check("", &[]);
        check("-", &["-"]);
        check("# 12", &["# 12"]);
    }

    #[test]
    fn what_is_struck_out_is_withdrawn() {
        check("Keep ~~all~~ <del>most `x` {{site.data.keyword.a}}</del> some", &["Keep some"]);
        check("<s>a<br>b</s><DEL>c ![d](e)</DEL >f", &["f"]);
        check("<ul><li><strike>a</strike></li><li>b</li></ul>", &["- b"]);
        check("<s>a <del>b</del> c", &["c"]);
        check("a</s> b", &["a b"]);
    }

    #[test]
    fn raised_signs() {
        check(
            "IBM<sup>1</sup> RedSky<sup>TM</sup> 10<sup>12</sup> b<sup>*</sup>",
            &["IBM¹ RedSky™ 10¹² b*"],
        );
    }

    #[test]
    fn breaks_make_pieces() {
        check("a</br>b<br><br/>c", &["a", "b", "c"]);
        check(r"A. \n B \n\n C \n", &["A.", "B", "C"]);
        check("<p>a</p><p>b</p>", &["a", "b"]);
        check(r"`a \n b` \nodes", &[r"`a \n b` \nodes"]);
    }

    #[test]
    fn items_in_every_form() {
        check(r"The team: \n - a \n * b \n-C", &["The team:", "- a", "- b", "- C"]);
        check(r"*Generate x. \n* Keep y.", &["- Generate x.", "- Keep y."]);
        check("*Generate* x", &["Generate x"]);
        check(r"1. One \n2. Two \n 3) Three", &["- One", "- Two", "- Three"]);
        check(r"a. One \n b. Two", &["- One", "- Two"]);
        check(r"a. s. o.", &["a. s. o."]);
        check("• a • b", &["- a", "- b"]);
        check(r"- a \n   - b \n - c", &["- a", "  - b", "- c"]);
        check(r"* a \n * b \n Continuously c", &["- a", "- b", "Continuously c"]);
        check("- {{site.data.keyword.sky}} x", &["- <sky> x"]);
        check(r"- [ ] a \n - [x] b", &["- a", "- b"]);
        check("[x]", &["[x]"]);
    }

    #[test]
    fn html_lists() {
        check("You:<ul><li>a</li><li>b</li></ul>c", &["You:", "- a", "- b", "c"]);
        check("<ul><li>a<li>b</li></li></ul>", &["- a", "- b"]);
        check("<ul><li>a<ul><li>b</li></ul></li></ul>", &["- a", "  - b"]);
        check("<ul><li>a<br>still a</li><li><p>b</p></li></ul>", &["- a still a", "- b"]);
        check("<li>a</li>b", &["- a", "b"]);
    }

    #[test]
    fn lines_of_html_cells() {
        check_flow(
            Flow::Html,
            "**IBM**:\n* a\n  more\n* b\n\nc",
            &["IBM:", "- a more", "- b", "c"],
        );
        let cell = parse_cell("a\n<ul>\n<li>b</li>\n", 7, Flow::Html);
        assert_eq!(cell.pieces.iter().map(|p| p.line).collect::<Vec<_>>(), [7, 9]);
    }
}
