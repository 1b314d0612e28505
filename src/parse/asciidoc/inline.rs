//! Inline AsciiDoc to runs: emphasis and links go, attributes are put in, and what no attribute is
//! known for is a keyref.

use std::borrow::Cow;

use super::attributes::{self, Attributes, KnownValue};
use super::condition::Conditions;
use super::scan::Scan;
use super::text_place::TextPlace;
use crate::model::{Code, Notice};
use crate::parse::{CitedFootnote, Run};

/// Attributes may expand to this many times the size of the page, plus this constant.
const MOST_TIMES: usize = 4;
const MOST_BYTES: usize = 1 << 20;

/// Reads texts of a page.
pub(super) struct Inline<'a, 's> {
    attributes: &'a Attributes<'s>,
    conditions: &'a Conditions,
    /// How many more bytes attributes may put in.
    budget: usize,
    /// The line where the budget ended.
    spent: Option<usize>,
    /// Footnotes that texts cite.
    pub(super) footnotes: Vec<CitedFootnote>,
}

/// What a text says.
#[derive(Debug, Default)]
pub(super) struct InlineWords {
    pub(super) runs: Vec<Run>,
    /// Whether it is nothing but links.
    pub(super) only_links: bool,
}

impl<'a, 's> Inline<'a, 's> {
    pub(super) fn new(
        attributes: &'a Attributes<'s>,
        conditions: &'a Conditions,
        length: usize,
    ) -> Self {
        let budget = length.saturating_mul(MOST_TIMES).saturating_add(MOST_BYTES);
        Self { attributes, conditions, budget, spent: None, footnotes: Vec::new() }
    }

    pub(super) fn notices(&self) -> Vec<Notice> {
        let message =
            "the attributes are much longer than the page; below this line they are not expanded";
        self.spent.map(|line| Notice::at(line, Code::CutOff, message)).into_iter().collect()
    }

    /// The runs of a text.
    pub(super) fn read_runs(&mut self, text: &str, at: TextPlace) -> Vec<Run> {
        self.read_words(text, at).runs
    }

    /// The runs of a text, and whether it is nothing but links.
    pub(super) fn read_words(&mut self, text: &str, at: TextPlace) -> InlineWords {
        let text = text.trim();
        if text.contains('\t') {
            // they divide values only, as long as nothing else is read of a page
            return self.read_words(&text.replace('\t', " "), at);
        }
        if text.bytes().all(is_plain) {
            let runs = if text.is_empty() { Vec::new() } else { vec![Run::Text(text.to_owned())] };
            return InlineWords { runs, only_links: false };
        }
        let filled = self.fill_attributes(text, at);
        let mut scan = Scan::new(&filled, at, 0);
        scan.run();
        self.footnotes.append(&mut scan.footnotes);
        let only_links = scan.linked && !scan.has_words;
        InlineWords { runs: scan.finish(), only_links }
    }

    /// A text without its markup.
    pub(super) fn plain_text(&mut self, text: &str, at: TextPlace) -> String {
        let plain = |run: &Run| match run {
            Run::Text(text) | Run::Code(text) | Run::Content(text) => text.clone(),
            Run::Keyref { key, .. } => format!("{{{key}}}"),
            Run::Image { .. } => String::new(),
        };
        self.read_runs(text, at).iter().map(plain).collect()
    }

    /// A line with the attributes that are known.
    pub(super) fn fill_attributes<'t>(&mut self, text: &'t str, at: TextPlace) -> Cow<'t, str> {
        attributes::fill_references(text, |name, before| {
            if before.ends_with('\\') {
                return None;
            }
            let KnownValue::Set(value) = self.attributes.get(name, at, self.conditions) else {
                return None;
            };
            if value.len() > self.budget {
                self.spent.get_or_insert(at.line);
                return None;
            }
            self.budget -= value.len();
            Some(value)
        })
    }
}

const fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric()
        || matches!(
            byte,
            b' ' | b'.' | b',' | b'-' | b'/' | b'\'' | b'"' | b';' | b'?' | b'!' | b'%' | b'='
        )
}
