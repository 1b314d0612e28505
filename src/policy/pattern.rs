//! Patterns in a policy: found good when the file is read, so that a slip has a line.

use std::fmt;

use schemars::JsonSchema;
use serde::de::{Deserialize, Deserializer};

use super::read::deserialize_by;

/// The words that may stand in `:(...)`.
const MAGIC: [&str; 5] = ["top", "literal", "icase", "glob", "exclude"];

/// A pathspec, as in git, from the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
pub struct Pathspec(#[schemars(length(min = 1))] String);

impl Pathspec {
    /// As it was written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether it says what is not wanted.
    #[must_use]
    pub fn is_excluding(&self) -> bool {
        [":!", ":^", ":(exclude"].iter().any(|sign| self.0.starts_with(sign))
    }
}

impl<'de> Deserialize<'de> for Pathspec {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_by(deserializer, "a pathspec", |text| match fault_of_pathspec(text) {
            Some(fault) => Err(format!("the path `{text}` {fault}")),
            None => Ok(Self(text.to_owned())),
        })
    }
}

fn fault_of_pathspec(text: &str) -> Option<String> {
    let mut path = text;
    if let Some(long) = text.strip_prefix(":(") {
        let Some((words, rest)) = long.split_once(')') else {
            return Some("has no closing parenthesis".to_owned());
        };
        let unknown = words.split(',').find(|word| !word.is_empty() && !MAGIC.contains(word));
        if let Some(word) = unknown {
            return Some(format!("uses `{word}`; {} are supported", MAGIC.join(", ")));
        }
        path = rest;
    } else if let Some(short) = text.strip_prefix(':') {
        path = short.trim_start_matches(['/', '!', '^']);
    } else if text.starts_with('/') {
        return Some("is absolute; write it relative to the root of the repository".to_owned());
    }
    if text.is_empty() {
        return Some("is empty; use `.` for all files".to_owned());
    }
    leads_out(path).then(|| "points outside the repository".to_owned())
}

/// Whether `..` leads above the root.
fn leads_out(path: &str) -> bool {
    let mut depth = 0_usize;
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => match depth.checked_sub(1) {
                Some(above) => depth = above,
                None => return true,
            },
            _ => depth += 1,
        }
    }
    false
}

/// A file, from the root of the repository.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
pub struct RepositoryFile(#[schemars(length(min = 1))] String);

impl RepositoryFile {
    /// Its path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl<'de> Deserialize<'de> for RepositoryFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_by(deserializer, "a file of the repository", |text| {
            let plain = !text.is_empty()
                && !text.starts_with('/')
                && text.split('/').all(|part| !matches!(part, "" | "." | ".."));
            if plain {
                return Ok(Self(text.to_owned()));
            }
            Err(format!(
                "`{text}` is not a path from the root of the repository, such as `names/keyref.yaml`"
            ))
        })
    }
}

/// A text in which `*` matches any text and `?` matches one character. Case does not matter.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, JsonSchema)]
pub(super) struct Wildcard(#[schemars(length(min = 1))] String);

impl Wildcard {
    /// Whether the whole text fits.
    pub(super) fn matches(&self, text: &str) -> bool {
        let fold = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
        let (pattern, text) = (fold(&self.0), fold(text));
        // the last star may take one letter more whenever what follows it does not fit
        let (mut at, mut read, mut star) = (0, 0, None);
        while read < text.len() {
            match pattern.get(at) {
                Some('*') => {
                    star = Some((at, read));
                    at += 1;
                }
                Some('?') => (at, read) = (at + 1, read + 1),
                Some(letter) if text.get(read) == Some(letter) => (at, read) = (at + 1, read + 1),
                Some(_) | None => {
                    let Some((begin, taken)) = star else { return false };
                    star = Some((begin, taken + 1));
                    (at, read) = (begin + 1, taken + 1);
                }
            }
        }
        pattern.get(at..).unwrap_or_default().iter().all(|letter| *letter == '*')
    }
}

impl fmt::Display for Wildcard {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for Wildcard {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserialize_by(
            deserializer,
            "a text, in which `*` and `?` stand for other characters",
            |text| {
                const LONGEST: usize = 300;
                if text.is_empty() || text.len() > LONGEST {
                    return Err("a pattern is empty or too long".to_owned());
                }
                if text.contains(['[', '{', '\\']) {
                    return Err(format!(
                        "the pattern `{text}` has unsupported characters; use `*` and `?`"
                    ));
                }
                Ok(Self(text.to_owned()))
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(pattern: &str, text: &str, expected: bool) {
        assert_eq!(Wildcard(pattern.to_owned()).matches(text), expected, "{pattern} {text}");
    }

    #[test]
    fn stars_and_question_marks() {
        check("Security*", "security and compliance", true);
        check("*docs/*.md", "a/docs/b/c.MD", true);
        check("a?c", "abc", true);
        check("a?c", "ac", false);
        check("abc", "abcd", false);
        check("*", "", true);
        check("a**b*", "ab", true);
        check("*b*c", "abcbd", false);
    }

    #[test]
    fn a_hostile_pattern_takes_no_longer_than_pattern_times_text() {
        check(&"*a".repeat(100), &"a".repeat(3_000), true);
        check(&format!("{}b", "*a".repeat(100)), &"a".repeat(3_000), false);
    }

    #[test]
    fn slips_in_paths_are_found() {
        for good in ["docs", "*.md", ":!drafts", ":(top,icase)Docs", "a/../b", ":/x"] {
            assert_eq!(fault_of_pathspec(good), None, "{good}");
        }
        for bad in ["", "/etc", "../x", ":(attr:x)a", ":(top", "a/../../b", ":!../x"] {
            assert!(fault_of_pathspec(bad).is_some(), "{bad}");
        }
    }
}
