//! A policy as YAML: for people, and as a baseline keeps it.

use std::fmt::Write as _;

use super::checksum::{verify_checksum, with_checksum};
use super::file::Policy;
use super::gate_key::Unreadable;
use super::yaml_words::{escaped_text, quoted_word};
use crate::error::Result;
use crate::model::Party;

/// What a baseline's policy begins with, by which ours are known.
const STORED: &str = "\
# What counted when the pages here were accepted. Written by `respdiff snapshot`, renewed by
# `respdiff snapshot --accept` after review.
";

impl Policy {
    /// The policy as YAML, every value that somebody set with where it came from.
    #[must_use]
    pub fn to_yaml(&self) -> String {
        let gate = match (self.fail_on, self.unreadable) {
            (None, None) => {
                format!("gate: {{}}  # default: fail-on: {}\n", self.gate_level().name())
            }
            (fail_on, unreadable) => {
                let from = self.shown_origin();
                let mut gate = "gate:\n".to_owned();
                if let Some(level) = fail_on {
                    let _ = writeln!(gate, "  fail-on: {}  # {from}", level.name());
                }
                if let Some(found) = unreadable {
                    let _ = writeln!(gate, "  unreadable: {}  # {from}", found.name());
                }
                gate
            }
        };
        self.lists_yaml() + &gate
    }

    /// The same with every default that is in force, for people.
    #[must_use]
    pub fn to_yaml_with_defaults(&self) -> String {
        let from = self.shown_origin();
        let origin = |is_set: bool| if is_set { &*from } else { "default" };
        let unreadable = self.unreadable.unwrap_or(Unreadable::Error);
        format!(
            "{}{}gate:\n  fail-on: {}  # {}\n  unreadable: {}  # {}\n",
            self.lists_yaml(),
            self.pages.default_lines(),
            self.gate_level().name(),
            origin(self.fail_on.is_some()),
            unreadable.name(),
            origin(self.unreadable.is_some())
        )
    }

    /// Where it was read: a file or a revision, which may be untrusted text.
    fn shown_origin(&self) -> String {
        escaped_text(self.origin.as_deref().unwrap_or("default"))
    }

    /// All but the gate.
    fn lists_yaml(&self) -> String {
        let mut out = String::from("version: 1\n");
        let from = self.shown_origin();
        let mut list = |key: &str, items: Vec<String>, default: &str| {
            if items.is_empty() {
                let _ = writeln!(out, "{key}: []  # default: {default}");
                return;
            }
            let _ = writeln!(out, "{key}:  # {from}");
            for item in items {
                let _ = writeln!(out, "  - {item}");
            }
        };
        let sources = self.sources.iter().map(|spec| quoted_word(spec.as_str())).collect();
        list("sources", sources, "every page");
        let placeholders = self.placeholders.iter().map(|text| quoted_word(text)).collect();
        list("placeholders", placeholders, "the texts that respdiff knows");
        let keyrefs = self.keyrefs.iter().map(|file| quoted_word(file.as_str())).collect();
        list(
            "keyrefs",
            keyrefs,
            "none; keyref.yaml always counts, in the root and in the page's folder",
        );
        let levels = self.levels.iter().map(ToString::to_string).collect();
        list("levels", levels, "moved is boundary, added and removed scope, the rest wording");
        let rules = self.lint.iter().map(ToString::to_string).collect();
        list("lint", rules, "the severity that `respdiff lint --explain CODE` shows");
        let controls = self.controls.iter().map(ToString::to_string).collect();
        list("controls", controls, "no duty is mapped to a control");
        if self.parties.is_empty() {
            out.push_str("parties: {}  # default: the names that respdiff knows\n");
        } else {
            let _ = writeln!(out, "parties:  # {from}");
            for (name, party) in &self.parties {
                let party = match party {
                    Party::Other(own) if own == name => "other".to_owned(),
                    Party::Other(_)
                    | Party::Ibm
                    | Party::Provider(_)
                    | Party::Customer
                    | Party::Shared => quoted_word(&party.to_string()),
                };
                let _ = writeln!(out, "  {}: {party}", quoted_word(name));
            }
        }
        out.push_str(&self.pages.to_yaml(&from));
        out
    }

    /// What a baseline keeps of it: the policy that its pages were accepted under.
    #[must_use]
    pub fn to_stored_yaml(&self) -> String {
        format!("{STORED}{}", with_checksum(&self.to_yaml()))
    }

    /// Fails where what a baseline keeps was cut off or damaged.
    ///
    /// # Errors
    /// Where its checksum does not match its text.
    pub fn check_stored(name: &str, text: &str) -> Result<()> {
        text.strip_prefix(STORED).map_or(Ok(()), |body| verify_checksum(name, body))
    }

    /// Whether a file's text is one that a baseline keeps.
    #[must_use]
    pub fn is_stored(text: &str) -> bool {
        text.starts_with(STORED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::control_chars;

    #[test]
    fn a_word_reads_as_the_text_that_it_was() {
        for text in [
            "plain",
            "docs/a-b_c.md",
            "Zürich",
            "cafe\u{301}",
            "no\u{a0}break",
            "zero\u{200b}width",
            "null",
            "Yes",
            "off",
            "",
            " a: b # c ",
            "'\"\\",
            "two\nlines\r\t\u{85}\u{2028}",
            "\u{1b}[31m\u{202e}\u{e0041}\u{1f600}\u{feff}\u{fffe}\0",
            "##[error]a ::error::b ##vso[c]d",
        ] {
            let reported = quoted_word(text);
            assert_eq!(serde_yaml::from_str::<String>(&reported).unwrap(), text, "{reported}");
            assert!(
                reported.chars().all(|c| !c.is_control() && !control_chars::steers_terminal(c)),
                "{reported:?}"
            );
            assert!(!reported.contains("##[") && !reported.contains("::e"), "{reported}");
        }
        assert_eq!([quoted_word("Zürich"), quoted_word("null")], ["Zürich", "\"null\""]);
    }
}
