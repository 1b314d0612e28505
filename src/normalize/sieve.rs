//! Whether pages assign responsibility, asked of many versions of the same pages: neighbours in
//! history share most of their sections, and each distinct section is read once.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::RwLock;

use memchr::{memchr_iter, memchr3};

use super::{Names, may_assign, read_part};

/// What is known of sections, by their text and the headings above them.
#[derive(Debug)]
pub struct Sieve<'n> {
    names: &'n Names,
    known: RwLock<HashMap<(u64, usize), Answer>>,
}

impl<'n> Sieve<'n> {
    /// Knows nothing yet; `names` are what pages are read with.
    #[must_use]
    pub fn new(names: &'n Names) -> Self {
        Self { names, known: RwLock::default() }
    }

    /// Whether a page assigns any responsibility: what reading it whole would tell.
    #[must_use]
    pub fn assigns(&self, bytes: &[u8]) -> bool {
        if !may_assign(bytes, self.names) {
            return false;
        }
        if has_underlined_heading(bytes) {
            return self.ask(bytes).assigns;
        }
        let mut open = false;
        for section in sections(bytes) {
            let answer = self.ask(&section);
            if answer.assigns {
                return true;
            }
            open |= answer.open;
        }
        // what stands in one section may depend on another
        open && self.ask(bytes).assigns
    }

    fn ask(&self, section: &[u8]) -> Answer {
        if !may_assign(section, self.names) {
            return Answer::default();
        }
        let mut hasher = DefaultHasher::new();
        section.hash(&mut hasher);
        let key = (hasher.finish(), section.len());
        if let Some(known) = self.known.read().ok().and_then(|known| known.get(&key).copied()) {
            return known;
        }
        let (document, open) = read_part(section, self.names);
        let answer = Answer { assigns: document.is_responsibility_page(), open };
        if let Ok(mut known) = self.known.write() {
            known.insert(key, answer);
        }
        answer
    }
}

/// What is known of a section.
#[derive(Clone, Copy, Debug, Default)]
struct Answer {
    assigns: bool,
    /// Whether the rest of its page could change that.
    open: bool,
}

/// Whether a heading may be made by a line below it, which no section begins with.
fn has_underlined_heading(bytes: &[u8]) -> bool {
    let mut inside = Inside::default();
    let mut filled = false;
    bytes.split(|byte| *byte == b'\n').any(|line| {
        let text = line.trim_ascii();
        let outside = inside.nothing();
        inside.pass(line);
        let rule = text.first().is_some_and(|mark| {
            matches!(mark, b'=' | b'-') && text.iter().all(|byte| byte == mark)
        });
        let found = rule && filled && outside && inside.nothing();
        filled = outside && !text.is_empty() && !rule;
        found
    })
}

/// The sections of a page, each with the headings that are open above it. Nothing is cut apart
/// inside of what may hide a heading: code, comments, tags of tables and lists.
fn sections(bytes: &[u8]) -> Vec<Vec<u8>> {
    let mut sections = vec![Vec::new()];
    let mut open: Vec<(usize, &[u8])> = Vec::new();
    let mut inside = Inside::default();
    let ends = memchr_iter(b'\n', bytes).map(|at| at + 1).chain([bytes.len()]);
    let mut start = 0;
    for end in ends {
        let line = &bytes[start..end];
        start = end;
        let level = if inside.nothing() { level(line) } else { None };
        if let Some(level) = level {
            while open.last().is_some_and(|(above, _)| *above >= level) {
                open.pop();
            }
            let mut section: Vec<u8> = Vec::new();
            for (_, heading) in &open {
                section.extend_from_slice(heading);
                section.push(b'\n');
            }
            open.push((level, line));
            sections.push(section);
        } else {
            inside.pass(line);
        }
        if let Some(section) = sections.last_mut() {
            section.extend_from_slice(line);
        }
    }
    sections
}

/// The level of a line that is a heading whatever stands above it.
fn level(line: &[u8]) -> Option<usize> {
    let text = line.trim_ascii_start();
    let level = text.iter().take_while(|byte| **byte == b'#').count();
    let glued = |next: &u8| level > 1 && (next.is_ascii_alphabetic() || *next == b'{');
    let titled = text.get(level).is_some_and(|next| *next == b' ' || glued(next));
    (line.len() - text.len() < 4 && (1..=6).contains(&level) && titled).then_some(level)
}

/// What is open at the end of a line.
#[derive(Default)]
struct Inside {
    front_matter: Option<bool>,
    code: bool,
    /// Comments and tags that were opened and not closed yet.
    tags: usize,
}

impl Inside {
    fn nothing(&self) -> bool {
        self.front_matter != Some(true) && !self.code && self.tags == 0
    }

    fn pass(&mut self, line: &[u8]) {
        let text = line.trim_ascii();
        match self.front_matter {
            None if text.is_empty() => return,
            None => self.front_matter = Some(text == b"---"),
            Some(true) if text == b"---" => self.front_matter = Some(false),
            Some(_) => {}
        }
        if self.tags == 0 && memchr3(b'`', b'~', b'<', text).is_none() {
            return;
        }
        for (at, byte) in text.iter().enumerate() {
            let rest = &text[at..];
            match byte {
                b'`' | b'~' if rest.starts_with(&[*byte; 3]) && !text[..at].ends_with(&[*byte]) => {
                    self.code = !self.code;
                }
                b'<' if opens(rest) => self.tags += 1,
                b'<' if rest.starts_with(b"</") && opens(&[b"<", &rest[2..]].concat()) => {
                    self.tags = self.tags.saturating_sub(1);
                }
                b'-' if rest.starts_with(b"-->") => self.tags = self.tags.saturating_sub(1),
                _ => {}
            }
        }
    }
}

/// Whether something begins that ends further on.
fn opens(text: &[u8]) -> bool {
    [b"<!--".as_slice(), b"<table", b"<ul", b"<ol", b"<dl", b"<pre", b"<details", b"<div"]
        .iter()
        .any(|tag| text.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::normalize::read;

    #[track_caller]
    fn check(page: &str, expected: &[&str]) {
        let found = sections(page.as_bytes());
        let found: Vec<_> = found.iter().map(|section| String::from_utf8_lossy(section)).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn a_section_stands_under_its_headings() {
        check(
            "a\n# b\nc\n## d\ne\n## f\ng",
            &["a\n", "# b\nc\n", "# b\n\n## d\ne\n", "# b\n\n## f\ng"],
        );
    }

    #[test]
    fn nothing_is_cut_inside_of_code_comments_and_tags() {
        check("---\n# no\n---\n# a", &["---\n# no\n---\n", "# a"]);
        check("```\n# no\n```\n# a", &["```\n# no\n```\n", "# a"]);
        check("<!-- x\n# no\n-->\n# a", &["<!-- x\n# no\n-->\n", "# a"]);
        check("<table>\n# no\n</TABLE>\n# a", &["<table>\n# no\n</TABLE>\n", "# a"]);
        check("```\n# no", &["```\n# no"]);
    }

    #[test]
    fn a_page_is_one_if_a_section_is() {
        let names = Names::builtin();
        let sieve = Sieve::new(&names);
        let rows =
            "| Task | IBM responsibilities | Your responsibilities |\n|-|-|-|\n| a | b | c |\n";
        let prose = "You and IBM\n\n- share this page\n";
        for (page, expected) in [
            (format!("# Skyvault\n\n{prose}\n## Duties\n\n{rows}"), true),
            (format!("# Skyvault\n\n{prose}\n## Duties\n\n```\n{rows}```\n"), false),
            (format!("# Skyvault\n\n{prose}"), false),
            ("## IBM responsibilities\n\n- Back up\n".to_owned(), true),
        ] {
            for _ in 0..2 {
                assert_eq!(sieve.assigns(page.as_bytes()), expected, "{page}");
            }
            assert_eq!(read(page.as_bytes(), &names).is_responsibility_page(), expected, "{page}");
        }
    }

    /// A table that comes and goes anywhere in a long page is seen where it is.
    #[test]
    fn what_is_known_does_not_hide_what_is_new() {
        let names = Names::builtin();
        let sieve = Sieve::new(&names);
        let rows = "\n\n| Task | IBM responsibilities | Your responsibilities |\n|-|-|-|\n| a | b | c |\n\n";
        let lines: Vec<String> = (0..400)
            .map(|at| {
                format!(
                    "Line {at} of the guide\n{}",
                    if at % 50 == 0 { "\n## Part\n\n" } else { "" }
                )
            })
            .collect();
        for at in (0..400).step_by(7) {
            let (head, tail) = (lines[..at].concat(), lines[at..].concat());
            assert!(!sieve.assigns(format!("{head}{tail}").as_bytes()));
            assert!(sieve.assigns(format!("{head}{rows}{tail}").as_bytes()), "{at}");
            assert!(!sieve.assigns(format!("{head}more\n{tail}").as_bytes()));
            assert!(!sieve.assigns(tail.as_bytes()));
        }
    }
}
