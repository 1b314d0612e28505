//! Files that are no YAML at all: what is wrong, where, and what to do.

use serde::de::IgnoredAny;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{MOST_OPEN, find_too_deep};

/// Why a text is not one YAML document, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub struct BrokenYaml {
    /// The line and the column, from 1, where they are known.
    pub place: Option<(usize, usize)>,
    /// What is wrong.
    pub what: String,
    /// What to do.
    pub advice: &'static str,
}

impl BrokenYaml {
    /// Looks for what no parser of YAML takes; none where a text only holds other values than it
    /// should, or is nested too deeply to look at.
    #[must_use]
    pub fn find(text: &str) -> Option<Self> {
        if text.trim().is_empty() || find_too_deep(text).is_some() {
            return None;
        }
        let error = serde_yaml::from_str::<IgnoredAny>(text).err()?;
        let place = error.location().map(|at| (at.line(), at.column()));
        let whole = error.to_string();
        if whole.contains("more than one document") {
            return Some(Self {
                place: second_document(text),
                what: "the file contains more than one YAML document".to_owned(),
                advice: "keep one of them, and remove this `---`",
            });
        }
        let is_unexpected = ["cannot start any token", "found a tab character"];
        let line = place.and_then(|(line, _)| text.lines().nth(line.saturating_sub(1)));
        if is_unexpected.iter().any(|words| whole.contains(words))
            && line.is_some_and(|line| line.trim_start_matches(' ').starts_with('\t'))
        {
            let what = "a tab cannot be used to indent".to_owned();
            return Some(Self { place, what, advice: "indent with spaces" });
        }
        let tail = place.map(|(line, column)| format!(" at line {line} column {column}"));
        let reason = tail.map_or_else(|| whole.clone(), |tail| whole.replacen(&tail, "", 1));
        Some(Self {
            place,
            what: format!("not valid YAML: {reason}"),
            advice: "check the indentation, the quotes and the brackets of this line and of the line above it",
        })
    }

    /// What is wrong, after its line where that is known.
    #[must_use]
    pub fn reason(&self) -> String {
        match self.place {
            Some((line, _)) => format!("line {line}: {}", self.what),
            None => self.what.clone(),
        }
    }

    /// The place in a file of this name, and what is wrong.
    #[must_use]
    pub fn message(&self, name: &str) -> String {
        match self.place {
            Some((line, column)) => format!("{name}:{line}:{column}: {}", self.what),
            None => format!("{name}: {}", self.what),
        }
    }
}

/// Refuses text with more open brackets than a person writes.
pub(super) fn check_depth(name: &str, text: &str) -> Result<()> {
    let Some(line) = find_too_deep(text) else { return Ok(()) };
    let message = format!("{name}:{line}: more than {MOST_OPEN} brackets are open");
    Err(Error::new(ErrorKind::Input, message).with_hint("close them"))
}

/// Where a second document begins.
fn second_document(text: &str) -> Option<(usize, usize)> {
    let is_content = |line: &str| !line.trim().is_empty() && !line.starts_with(['#', '%']);
    let mut lines = text.lines().enumerate().skip_while(|(_, line)| !is_content(line)).skip(1);
    lines.find(|(_, line)| line.starts_with("---")).map(|(at, _)| (at + 1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_broken_is_named_with_its_place() {
        let message = |text: &str| BrokenYaml::find(text).map(|broken| broken.message("a.yaml"));
        let check = |text: &str, expected: &str| {
            let found = message(text).unwrap();
            assert!(found.starts_with(expected), "{found}");
        };
        check("a: 1\nb: c: d\n", "a.yaml:2:5: not valid YAML: mapping values are not allowed");
        check("a: [\n", "a.yaml:2:1: not valid YAML: did not find expected node content");
        check("a: *b\n", "a.yaml:1:4: not valid YAML: unknown anchor");
        check("a: 1\n\tb: 2\n", "a.yaml:2:1: a tab cannot be used to indent");
        let two = "the file contains more than one YAML document";
        check("# x\n---\na: 1\n--- # y\nb: 2\n", &format!("a.yaml:4:1: {two}"));
        for text in ["", "- a\n", "a: b\n", "---\na: b\n...\n", &"[".repeat(600)] {
            assert_eq!(message(text), None, "{text}");
        }
    }
}
