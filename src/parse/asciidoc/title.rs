//! Titles that are underlined, and the lines below a page's title: its authors and its revision.

/// The level of a heading by the line below it.
pub(super) fn underline_level(line: &str) -> Option<u8> {
    let first = *line.as_bytes().first()?;
    let level = b"=-~^+".iter().position(|sign| *sign == first)?;
    let is_line = line.len() > 1 && line.bytes().all(|byte| byte == first);
    is_line.then(|| u8::try_from(level + 1).unwrap_or(1))
}

/// Whether a line is a heading when one like this stands below: both are about as long.
pub(super) fn may_be_underlined(title: &str, line: &str) -> bool {
    let length = title.chars().count();
    length.abs_diff(line.len()) < 2
        && !title.starts_with(['.', '[', ' ', '*', '|'])
        && title.contains(char::is_alphanumeric)
}

/// Whether a heading may begin below a line.
pub(super) fn may_stand_above(line: &str) -> bool {
    line.is_empty() || super::options::is_options(line)
}

/// Whether an entry says how deep headings are set.
pub(super) fn sets_level_offset(entry: &str) -> bool {
    entry.get(..20).unwrap_or(entry).trim_start_matches([':', '!']).starts_with("leveloffset")
}

/// How far a page's header is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum HeaderPart {
    #[default]
    Start,
    /// A line of text stands above, which may be underlined.
    Text,
    /// The title stands above.
    Title,
    /// What may name the authors stands above.
    Authors {
        is_kept: bool,
    },
    Done,
}

/// The header of a page on the way down its lines.
#[derive(Debug, Default)]
pub(super) struct Header {
    part: HeaderPart,
}

/// What a line of a header that is no text of the page says.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct HeaderLine {
    /// Whether the line above, which was taken for text, names the authors.
    pub(super) with_line_above: bool,
    /// Attributes that it sets.
    pub(super) entries: Vec<String>,
}

impl Header {
    pub(super) fn is_done(&self) -> bool {
        self.part == HeaderPart::Done
    }

    /// The line above is a heading.
    pub(super) fn note_underlined(&mut self, level: u8) {
        self.part = if self.part == HeaderPart::Text && level == 1 {
            HeaderPart::Title
        } else {
            HeaderPart::Done
        };
    }

    /// Takes in a line; none where it is text of the page.
    pub(super) fn read_line(&mut self, text: &str) -> Option<HeaderLine> {
        let is_heading = |text: &str| text.starts_with("= ") || text.starts_with("# ");
        match self.part {
            HeaderPart::Start if text.is_empty() || super::options::is_options(text) => None,
            HeaderPart::Start if is_heading(text) => {
                self.part = HeaderPart::Title;
                None
            }
            HeaderPart::Start => {
                self.part = HeaderPart::Text;
                None
            }
            HeaderPart::Title if names_with_address(text) => {
                self.part = HeaderPart::Authors { is_kept: false };
                Some(HeaderLine::default())
            }
            HeaderPart::Title if may_name_authors(text) => {
                self.part = HeaderPart::Authors { is_kept: true };
                None
            }
            HeaderPart::Authors { is_kept } => {
                self.part = HeaderPart::Done;
                let entries = parse_revision(text)?;
                Some(HeaderLine { with_line_above: is_kept, entries })
            }
            HeaderPart::Text | HeaderPart::Title | HeaderPart::Done => {
                self.part = HeaderPart::Done;
                None
            }
        }
    }
}

/// `Kim Doe <kim@example.com>; Lee Doe <lee@example.com>`.
fn names_with_address(text: &str) -> bool {
    let with_address = |author: &str| {
        let author = author.trim();
        author.ends_with('>') && author.split_once(" <").is_some_and(|(name, _)| may_be_name(name))
    };
    text.split("; ").all(with_address)
}

fn may_name_authors(text: &str) -> bool {
    text.split("; ").all(may_be_name)
}

/// One to three words.
fn may_be_name(text: &str) -> bool {
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '\'' | '’' | '.');
    let words = text.split_whitespace();
    (1..=3).contains(&words.clone().count())
        && words.into_iter().all(|word| {
            word.starts_with(|c: char| c.is_alphanumeric() || c == '_') && word.chars().all(is_name)
        })
}

/// What a line of revision says: `v1.0, 2024-01-02: remark`, `2024-01-02`, `v1.0`.
fn parse_revision(text: &str) -> Option<Vec<String>> {
    let is_number = |text: &str| {
        let bare = text.strip_prefix(['v', 'V']).unwrap_or(text);
        bare.starts_with(|c: char| c.is_ascii_digit()) && !bare.contains(char::is_whitespace)
    };
    let (number, rest) = match text.split_once(',') {
        Some((number, rest)) if is_number(number.trim()) => (Some(number.trim()), rest),
        _ => (None, text),
    };
    let (date, remark) = match rest.split_once(": ") {
        Some((date, remark)) => (date.trim(), Some(remark.trim())),
        None => (rest.trim(), None),
    };
    let is_version = date.starts_with('v') && is_number(date);
    let holds_year = date.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit));
    if number.is_none() && !is_version && !(holds_year && date.split_whitespace().count() < 4) {
        return None;
    }
    let bare = |number: &str| number.trim_start_matches(['v', 'V']).to_owned();
    let mut entries = Vec::new();
    if let Some(number) = number.or_else(|| is_version.then_some(date)) {
        entries.push(format!(":revnumber: {}", bare(number)));
    }
    if !is_version && !date.is_empty() {
        entries.push(format!(":revdate: {date}"));
    }
    entries.extend(remark.map(|remark| format!(":revremark: {remark}")));
    Some(entries)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_under_titles() {
        assert_eq!(underline_level("====="), Some(1));
        assert_eq!(underline_level("++++"), Some(5));
        assert_eq!(underline_level("-=-="), None);
        assert_eq!(underline_level("-"), None);
        assert!(may_be_underlined("Keys", "-----") && may_be_underlined("Keys", "---"));
        assert!(!may_be_underlined("Keys", "------") && !may_be_underlined(".Keys", "-----"));
    }

    #[test]
    fn revisions_are_read() {
        for (line, expected) in [
            ("v1.0, 2024-01-02", Some(":revnumber: 1.0 :revdate: 2024-01-02")),
            ("v1.0,January 2, 2024", Some(":revnumber: 1.0 :revdate: January 2, 2024")),
            (
                "2.1, 2024-01-02: new keys",
                Some(":revnumber: 2.1 :revdate: 2024-01-02 :revremark: new keys"),
            ),
            ("v1.0", Some(":revnumber: 1.0")),
            ("2024-01-02", Some(":revdate: 2024-01-02")),
            ("Store the keys", None),
            ("Since 2024 Red Hat stores the keys", None),
        ] {
            let found = parse_revision(line).map(|entries| entries.join(" "));
            assert_eq!(found.as_deref(), expected, "{line}");
        }
    }

    #[test]
    fn a_header_ends_where_text_begins() {
        let read = |lines: &[&str]| {
            let mut header = Header::default();
            lines.iter().map(|line| header.read_line(line).is_some()).collect::<Vec<_>>()
        };
        assert_eq!(
            read(&["= T", "Kim Doe <kim@example.com>", "v1, 2024-01-02", "text"]),
            [false, true, true, false]
        );
        assert_eq!(read(&["= T", "Kim Doe", "v1, 2024-01-02"]), [false, false, true]);
        assert_eq!(read(&["= T", "", "Kim Doe", "2024-01-02"]), [false; 4]);
        assert_eq!(read(&["= T", "IBM responsibilities", "* Store keys"]), [false; 3]);
    }
}
