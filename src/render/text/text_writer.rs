//! Lines of styled words, wrapped to the screen.

use anstyle::{AnsiColor, Effects, Style};
use textwrap::core::Fragment;
use unicode_width::UnicodeWidthStr;

use super::TextOptions;
use crate::render::safe;

/// Prose wider than this is hard to read, however wide the screen is.
const MEASURE: usize = 100;
/// Below this a paragraph would be one word per line.
const NARROWEST: usize = 24;

/// What a piece of text is, which decides how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Look {
    /// As it is.
    Plain,
    /// A document's title.
    Title,
    /// Something beside the matter: commits, lines.
    Faint,
    /// Where a duty stands.
    Place,
    /// Words that are gone.
    Gone,
    /// Words that are new.
    Fresh,
    /// A heading over moves to the customer.
    Alarm,
    /// A heading over other moves.
    Move,
    /// A heading over other changes.
    Heading,
    /// A notice's code.
    Warning,
}

impl Look {
    const fn style(self) -> Style {
        let style = Style::new();
        match self {
            Self::Plain => style,
            Self::Title | Self::Heading => style.bold(),
            Self::Faint => style.dimmed(),
            Self::Place => style.fg_color(Some(anstyle::Color::Ansi(AnsiColor::Cyan))),
            Self::Gone => style
                .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)))
                .effects(Effects::STRIKETHROUGH),
            Self::Fresh => style.fg_color(Some(anstyle::Color::Ansi(AnsiColor::Green))),
            Self::Alarm => style
                .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Red)))
                .effects(Effects::BOLD.insert(Effects::INVERT)),
            Self::Move => style
                .fg_color(Some(anstyle::Color::Ansi(AnsiColor::Magenta)))
                .effects(Effects::BOLD.insert(Effects::INVERT)),
            Self::Warning => style.fg_color(Some(anstyle::Color::Ansi(AnsiColor::Yellow))),
        }
    }
}

/// One word with its look.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) struct Word {
    /// Its letters, safe to print.
    pub(in crate::render) text: String,
    /// What it is.
    pub(in crate::render) look: Look,
    width: usize,
}

impl Word {
    pub(super) fn new(text: impl Into<String>, look: Look) -> Self {
        let text = text.into();
        let width = text.width();
        Self { text, look, width }
    }

    /// Its columns on the screen.
    pub(super) const fn width(&self) -> usize {
        self.width
    }
}

impl Fragment for Word {
    fn width(&self) -> f64 {
        self.width as f64
    }
    fn whitespace_width(&self) -> f64 {
        1.0
    }
    fn penalty_width(&self) -> f64 {
        0.0
    }
}

/// The words of a text, made safe to print.
pub(super) fn safe_words(text: &str, look: Look) -> Vec<Word> {
    safe::make_visible(text).split_whitespace().map(|word| Word::new(word, look)).collect()
}

/// The text that grows line by line.
pub(super) struct TextWriter {
    out: String,
    options: TextOptions,
}

impl TextWriter {
    pub(super) fn new(options: &TextOptions) -> Self {
        Self { out: String::new(), options: options.clone() }
    }

    /// Writes the last line of a result, wrapped or whole, see [`TextOptions::wraps_last_line`].
    pub(super) fn write_last_line(&mut self, words: &[Word]) {
        if self.options.wraps_last_line {
            self.write_paragraph(0, words);
        } else {
            self.write_line(0, words);
        }
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.out.into_bytes()
    }

    /// Whether removed and added words are distinguished by colour, or need signs.
    pub(super) const fn has_color(&self) -> bool {
        self.options.color
    }

    /// What runs respdiff in the repository.
    pub(super) fn command(&self) -> &str {
        &self.options.command
    }

    /// Columns of the screen.
    pub(super) const fn width(&self) -> usize {
        self.options.width
    }

    /// An empty line.
    pub(super) fn blank_line(&mut self) {
        self.out.push('\n');
    }

    /// A paragraph whose every line is indented.
    pub(super) fn write_paragraph(&mut self, indent: usize, words: &[Word]) {
        self.hanging_paragraph(indent, &[], 0, words);
    }

    /// A paragraph with something in the margin of its first line; `margin` is the columns
    /// that the margin takes, blanks included. A wider one gets a line of its own.
    pub(super) fn hanging_paragraph(
        &mut self,
        indent: usize,
        lead: &[Word],
        margin: usize,
        words: &[Word],
    ) {
        let body = indent + margin;
        let measure = self.options.width.min(MEASURE + body).saturating_sub(body).max(NARROWEST);
        let lines = textwrap::wrap_algorithms::wrap_first_fit(words, &[measure as f64]);
        let lead_width = line_width(lead);
        let mut lines = lines.into_iter();
        if !lead.is_empty() {
            self.write_indent(indent);
            self.line_of(lead);
            if lead_width < margin && !words.is_empty() {
                self.write_indent(margin - lead_width);
                if let Some(line) = lines.next() {
                    self.line_of(line);
                }
            }
            self.out.push('\n');
        }
        for line in lines.filter(|line| !line.is_empty()) {
            self.write_indent(body);
            self.line_of(line);
            self.out.push('\n');
        }
    }

    /// One line that is not wrapped.
    pub(super) fn write_line(&mut self, indent: usize, words: &[Word]) {
        self.write_indent(indent);
        self.line_of(words);
        self.out.push('\n');
    }

    /// One line of pieces that begin at their columns, or behind the piece before.
    pub(super) fn write_pieces(&mut self, pieces: &[(usize, &[Word])]) {
        let mut at = 0;
        for (start, words) in pieces.iter().filter(|(_, words)| !words.is_empty()) {
            let gap = start.saturating_sub(at);
            self.write_indent(gap);
            self.line_of(words);
            at += gap + line_width(words);
        }
        self.out.push('\n');
    }

    /// The same words, as a link to a line of a file where the terminal can follow it.
    pub(super) fn linked_word(&self, text: &str, path: &str, line: usize, look: Look) -> Word {
        let shown = Word::new(safe::make_visible(text), look);
        let Some(base) = &self.options.links else { return shown };
        link_word(&shown, &format!("file://{}#{line}", safe::uri_path(&format!("{base}/{path}"))))
    }

    /// Words about a commit that begin with its id, shortened; the id is a link to its page where
    /// there is one.
    pub(super) fn of_commit(&self, text: &str, commit: &str, look: Look) -> Vec<Word> {
        let mut reported = safe_words(text, look);
        let is_id = !commit.is_empty() && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        let begins = |word: &Word| is_id && word.text.len() > 3 && commit.starts_with(&word.text);
        if let Some(base) = &self.options.commits
            && let Some(word) = reported.iter_mut().find(|word| begins(word))
        {
            *word = link_word(word, &format!("{base}{commit}"));
        }
        reported
    }

    fn write_indent(&mut self, columns: usize) {
        self.out.extend(std::iter::repeat_n(' ', columns));
    }

    /// Words of one look in a row share one run of attributes, the blanks between them too.
    fn line_of(&mut self, words: &[Word]) {
        let mut before: Option<Look> = None;
        for word in words {
            if let Some(look) = before {
                if look == word.look {
                    self.out.push(' ');
                } else {
                    self.end_style(look);
                    self.out.push(' ');
                    self.begin_style(word.look);
                }
            } else {
                self.begin_style(word.look);
            }
            self.out.push_str(&word.text);
            before = Some(word.look);
        }
        if let Some(look) = before {
            self.end_style(look);
        }
    }

    fn begin_style(&mut self, look: Look) {
        if self.options.color && look != Look::Plain {
            self.out.push_str(&look.style().render().to_string());
        }
    }

    fn end_style(&mut self, look: Look) {
        if self.options.color && look != Look::Plain {
            self.out.push_str(&look.style().render_reset().to_string());
        }
    }
}

/// A word that leads somewhere; it is as wide as before.
fn link_word(word: &Word, target: &str) -> Word {
    let text = format!("\u{1b}]8;;{target}\u{1b}\\{}\u{1b}]8;;\u{1b}\\", word.text);
    Word { text, ..word.clone() }
}

/// The columns that words take on one line.
pub(super) fn line_width(words: &[Word]) -> usize {
    words.iter().map(|word| word.width).sum::<usize>() + words.len().saturating_sub(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canvas(width: usize, color: bool) -> TextWriter {
        TextWriter::new(&TextOptions { width, color, ..TextOptions::default() })
    }

    fn text(canvas: TextWriter) -> String {
        String::from_utf8(canvas.into_bytes()).unwrap()
    }

    #[test]
    fn a_paragraph_hangs_below_its_margin() {
        let mut canvas = canvas(34, false);
        let prose = safe_words("Light the beacon every evening before dusk", Look::Plain);
        canvas.hanging_paragraph(2, &safe_words("IBM", Look::Plain), 5, &prose);
        assert_eq!(text(canvas), "  IBM  Light the beacon every\n       evening before dusk\n");
    }

    #[test]
    fn a_wide_margin_gets_its_own_line() {
        let mut canvas = canvas(40, false);
        canvas.hanging_paragraph(
            0,
            &safe_words("Acme", Look::Plain),
            3,
            &safe_words("Sail", Look::Plain),
        );
        assert_eq!(text(canvas), "Acme\n   Sail\n");
    }

    #[test]
    fn words_of_one_look_share_their_attributes() {
        let mut canvas = canvas(40, true);
        let mut line = safe_words("old words", Look::Gone);
        line.extend(safe_words("stay", Look::Plain));
        canvas.write_line(0, &line);
        let shown = text(canvas);
        assert_eq!(shown.matches('\u{1b}').count(), 3, "{shown:?}");
        assert!(shown.contains("old words\u{1b}[0m stay"), "{shown:?}");
    }

    #[test]
    fn a_link_is_counted_by_what_is_seen() {
        let options = TextOptions {
            width: 80,
            color: true,
            links: Some("/a b".to_owned()),
            ..TextOptions::default()
        };
        let word = TextWriter::new(&options).linked_word("line 3", "x.md", 3, Look::Faint);
        assert_eq!(word.width, 6);
        assert!(word.text.contains("file:///a%20b/x.md#3"));
    }

    #[test]
    fn a_commit_is_linked_by_its_id_only() {
        let commits = Some("https://example.com/commit/".to_owned());
        let canvas = TextWriter::new(&TextOptions { commits, ..TextOptions::default() });
        let reported =
            canvas.of_commit("came with 0123abcd of today", &"0123abcd".repeat(5), Look::Faint);
        assert_eq!(line_width(&reported), "came with 0123abcd of today".len());
        assert!(
            reported[2].text.contains(&format!("/commit/{}\u{1b}\\0123abcd", "0123abcd".repeat(5)))
        );
        assert_eq!(reported[1].text, "with");
    }

    #[test]
    fn a_path_cannot_end_its_link() {
        let options = TextOptions { links: Some("/docs".to_owned()), ..TextOptions::default() };
        let word =
            TextWriter::new(&options).linked_word("x", "a\u{1b}\\b\u{7}%41.md", 1, Look::Plain);
        assert!(
            word.text.contains("file:///docs/a%1B%5Cb%07%2541.md#1\u{1b}\\"),
            "{:?}",
            word.text
        );
    }
}
