//! Inline runs to text that people read and to text that is compared.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use memchr::memchr_iter;

use super::Names;
use super::content_kind::{ContentKind, content_kind};
use super::keyref_names::readable_key;
use super::title::names_product;
use super::unknown_keyref::UnknownKeyref;
use crate::model::{Code, Notice, Phrase};
use crate::parse::{Cell, Run};

/// Turns runs into text and remembers what a reader of the page should know.
pub(super) struct TextReader<'a> {
    names: &'a Names,
    /// What the keyrefs stand for that were read so far.
    used: BTreeMap<String, String>,
    /// Those that no name is known for, by key.
    pub(super) unknown_keyrefs: BTreeMap<String, UnknownKeyref>,
    /// What was noticed so far.
    pub(super) notices: Vec<Notice>,
    /// The lines of labels that are read only in part.
    long_labels: BTreeSet<usize>,
    /// The canonical words of the page's title; none where they are not known.
    pub(super) title: Option<Arc<str>>,
    /// Whether the page's title was asked for and is not known.
    pub(super) asked_title: bool,
}

/// A label is repeated with each of its duties, so a page of some longer ones would cost many times
/// its size. The longest one that was seen in published pages has about 200 characters.
const LONGEST_LABEL: usize = 300;

/// The beginning of a text, as long as a label can be; none where all of it is.
pub(super) fn shortened_label(text: &str) -> Option<String> {
    let (end, _) = text.char_indices().nth(LONGEST_LABEL)?;
    Some(format!("{}…", text[..end].trim_end()))
}

impl<'a> TextReader<'a> {
    pub(super) fn new(names: &'a Names, notices: Vec<Notice>) -> Self {
        Self {
            names,
            used: BTreeMap::new(),
            unknown_keyrefs: BTreeMap::new(),
            notices,
            long_labels: BTreeSet::new(),
            title: None,
            asked_title: false,
        }
    }

    /// The same on a page of this title.
    pub(super) fn under_title(self, title: Option<Arc<str>>) -> Self {
        Self { title, ..self }
    }

    /// Takes a heading of the first level for the page's title, if none came before.
    pub(super) fn note_title(&mut self, text: &str) {
        if self.title.is_none() {
            let words = super::canonical_text(text, self.names);
            self.title = (!words.is_empty()).then(|| words.into());
        }
    }

    /// Whether the page's title names a product, given by its canonical words.
    pub(super) fn is_titled(&mut self, product: &str) -> bool {
        self.asked_title |= self.title.is_none();
        self.title.as_ref().is_some_and(|title| names_product(title, product))
    }

    pub(super) fn names(&self) -> &'a Names {
        self.names
    }

    pub(super) fn add_notice(&mut self, line: usize, code: Code, message: impl Into<String>) {
        self.notices.push(Notice::at(line, code, message));
    }

    /// Plain text: keyrefs replaced by product names, white space single.
    pub(super) fn plain_text(&mut self, runs: &[Run], line: usize) -> String {
        let mut text = String::new();
        for run in runs {
            match run {
                Run::Text(words) | Run::Code(words) => text.push_str(words),
                Run::Keyref { key, well_formed: _ } => text.push_str(&self.name_of_key(key, line)),
                Run::Content(key) => text.extend(["{", key, "}"]),
                Run::Image { .. } => text.push(' '),
            }
        }
        if is_tidy(&text) { text } else { tidy_blanks(&text) }
    }

    /// A whole cell as one text; what its images say, where it holds nothing else.
    pub(super) fn cell_text(&mut self, cell: &Cell) -> String {
        let mut texts = cell
            .pieces
            .iter()
            .map(|piece| self.plain_text(&piece.runs, piece.line))
            .filter(|text| !text.is_empty());
        let Some(mut text) = texts.next() else {
            return tidy_blanks(&image_texts(cell.pieces.iter().flat_map(|piece| &piece.runs)));
        };
        for more in texts {
            text.push(' ');
            text.push_str(&more);
        }
        text
    }

    /// A heading, a column's name or a row's label; of one that is far too long only the beginning,
    /// and a notice.
    pub(super) fn label_text(&mut self, text: String, line: usize) -> String {
        let Some(short) = shortened_label(&text) else { return text };
        if self.long_labels.insert(line) {
            let length = text.chars().count();
            let message = format!(
                "only the first {LONGEST_LABEL} of {length} characters of this label are read"
            );
            self.add_notice(line, Code::CutOff, message);
        }
        short
    }

    /// What kind of content a text is, by the policy's words and the built-in ones.
    pub(super) fn content_kind(&self, text: &str) -> ContentKind {
        let own = self.names.policy_vocabulary().and_then(|own| own.content_kind(text));
        own.unwrap_or_else(|| content_kind(text))
    }

    /// A text with its canonical words.
    pub(super) fn phrase_of(&self, text: String) -> Phrase {
        let canonical = super::canonical_text(&text, self.names);
        Phrase { text, canonical }
    }

    /// The name behind a key; for an unknown one its readable form.
    fn name_of_key(&mut self, key: &str, line: usize) -> String {
        if let Some(name) = self.used.get(key) {
            if let Some(unknown) = self.unknown_keyrefs.get_mut(key) {
                unknown.lines.insert(line);
            }
            return name.clone();
        }
        let name = self.names.get(key).map_or_else(|| readable_key(key), str::to_owned);
        if self.names.get(key).is_none() {
            let unknown = UnknownKeyref { first: line, lines: BTreeSet::from([line]) };
            self.unknown_keyrefs.insert(key.to_owned(), unknown);
        }
        self.used.insert(key.to_owned(), name.clone());
        name
    }

    /// What the keyrefs stand for that were read, by key.
    pub(super) fn used_names(&self) -> BTreeMap<String, Phrase> {
        let phrase = |name: &String| self.phrase_of(name.clone());
        self.used.iter().map(|(key, name)| (key.clone(), phrase(name))).collect()
    }

    /// A raw attribute (a caption): keyrefs replaced, white space single.
    pub(super) fn attribute_text(&mut self, raw: &str, line: usize) -> String {
        let text = replace_keyrefs(raw, |key, text| {
            text.push_str(&self.name_of_key(key, line));
            Some(())
        });
        tidy_blanks(&text.unwrap_or_default())
    }
}

/// A text with its raw keyrefs replaced: `push_name` adds what a key stands for. None where that gives
/// none.
pub(super) fn replace_keyrefs(
    raw: &str,
    mut push_name: impl FnMut(&str, &mut String) -> Option<()>,
) -> Option<String> {
    let mut text = String::new();
    let mut rest = raw;
    while let Some(at) = rest.find('{') {
        let (before, from) = rest.split_at(at);
        text.push_str(before);
        if let Some((key, below)) = split_keyref(from) {
            push_name(key, &mut text)?;
            rest = below;
        } else {
            text.push('{');
            rest = &from[1..];
        }
    }
    text.push_str(rest);
    Some(text)
}

/// The key of a raw keyref at the head of `text`, and what stands behind it.
fn split_keyref(text: &str) -> Option<(&str, &str)> {
    let (body, end) = match text.strip_prefix("{{") {
        Some(body) => (body, "}}"),
        None => (text.strip_prefix("{[")?, "]}"),
    };
    let (inner, below) = body.get(..200).unwrap_or(body).find(end).map(|at| body.split_at(at))?;
    let inner = inner.trim();
    // what a nested key is made of stands behind the common beginning
    let nested = inner.strip_prefix("site.data.keyword.");
    let key = nested.or_else(|| inner.rsplit(['.', ':']).next()).unwrap_or_default().trim();
    Some((key, &below[end.len()..]))
}

/// What images say. The mark of a link that leads out says nothing.
fn image_texts<'a>(runs: impl Iterator<Item = &'a Run>) -> String {
    let mut text = String::new();
    for run in runs {
        if let Run::Image { alt, target } = run
            && !target.contains("launch-glyph")
            && !alt.to_ascii_lowercase().contains("external link")
        {
            text.push_str(alt);
            text.push(' ');
        }
    }
    text
}

/// Whether blanks are certainly as they should be (see [`tidy_blanks`]): a quick look.
fn is_tidy(text: &str) -> bool {
    let bytes = text.as_bytes();
    let is_placed = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| bytes.get(at));
        let behind = bytes.get(at + 1);
        !matches!(before, None | Some(b' ' | b'('))
            && !matches!(behind, None | Some(b'.' | b',' | b';' | b':' | b'!' | b'?' | b')'))
    };
    let is_fine = |byte: u8| byte.is_ascii() && !matches!(byte, b'\t'..=b'\r');
    bytes.iter().all(|byte| is_fine(*byte)) && memchr_iter(b' ', bytes).all(is_placed)
}

/// Single blanks, none before closing punctuation.
pub(super) fn tidy_blanks(text: &str) -> String {
    let mut tidy = String::with_capacity(text.len());
    let mut words = text
        .split(|c: char| c.is_whitespace() || matches!(c, '\u{200b}' | '\u{feff}'))
        .filter(|word| !word.is_empty());
    if let Some(first) = words.next() {
        tidy.push_str(first);
    }
    for word in words {
        let closing = word.trim_start_matches(['.', ',', ';', ':', '!', '?', ')']);
        let closes = closing.len() < word.len() && !closing.starts_with(char::is_alphanumeric);
        if !closes && !tidy.ends_with('(') {
            tidy.push(' ');
        }
        tidy.push_str(word);
    }
    tidy
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_well() {
        assert_eq!(tidy_blanks(" Use\u{a0}the  vault ( see docs ) , now . Use .NET "), {
            "Use the vault (see docs), now. Use .NET"
        });
        let texts = [
            "",
            "a",
            "a b",
            " a",
            "a ",
            "a  b",
            "a\tb",
            "a\u{a0}b",
            "a ( b",
            "a (b) c",
            "a .b",
            "a .",
            "a , b",
            "( a",
            "a )",
            "a )b",
            "vault \u{200b}a",
        ];
        for text in texts {
            assert!(!is_tidy(text) || tidy_blanks(text) == text, "{text}");
        }
        assert!(is_tidy("Use the vault (see docs), now."));
    }

    #[test]
    fn a_label_that_is_far_too_long_is_read_in_part_and_told_once() {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
        let long = "ä".repeat(LONGEST_LABEL + 1);
        assert_eq!(reader.label_text(long.clone(), 7).chars().count(), LONGEST_LABEL + 1);
        reader.label_text(long, 7);
        assert_eq!(reader.notices.len(), 1);
        let most = "ä".repeat(LONGEST_LABEL);
        assert_eq!(reader.label_text(most.clone(), 8), most);
    }

    #[test]
    fn an_unknown_key_is_told_once() {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
        let runs = [
            Run::Keyref { key: "skyvault_full_notm".into(), well_formed: true },
            Run::Text("'s keys in".into()),
            Run::Image { alt: "External link icon".into(), target: "launch-glyph.svg".into() },
            Run::Keyref { key: "cos_short".into(), well_formed: true },
        ];
        assert_eq!(reader.plain_text(&runs, 3), "skyvault's keys in Object Storage");
        reader.plain_text(&runs, 4);
        let unknown = &reader.unknown_keyrefs["skyvault_full_notm"];
        assert_eq!(unknown.to_notice("skyvault_full_notm").line, Some(3));
        assert_eq!(unknown.lines.iter().collect::<Vec<_>>(), [&3, &4]);
    }

    #[test]
    fn captions_name_products() {
        let names = Names::builtin();
        let mut reader = TextReader::new(&names, Vec::new());
        let raw = "Table 1. {{site.data.keyword.tg_full}} and {[cloud]} {{open";
        assert_eq!(reader.attribute_text(raw, 1), {
            "Table 1. IBM Cloud Transit Gateway and IBM Cloud {{open"
        });
    }
}
