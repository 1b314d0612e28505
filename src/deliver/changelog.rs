//! Puts entries into a changelog that people write, too: theirs is kept byte for byte.

use std::ops::Range;

use crate::error::{Error, ErrorKind, Result};
use crate::report::marks::{self, MarkedEntry, MarkedHeading, Outline};

/// What stands above the entries of a changelog that did not exist.
const TITLE: &str = "# Changelog\n\n";

/// A changelog with its new entries.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Merged {
    /// The whole text.
    pub text: String,
    /// How many entries are new.
    pub added: usize,
    /// How many were rewritten because entries were added to them.
    pub updated: usize,
    /// How many were taken out since nothing is left of them.
    pub removed: usize,
}

/// Puts the marked entries of `notes` into a changelog (`None` if there is no file yet): new
/// entries go above the newest, known ones stay in their place and are replaced only if their
/// content has changed. `without_changes` are the keys of entries that are now empty.
///
/// # Errors
/// Where the changelog is not UTF-8, where marks in it lack their counterpart, and where an entry
/// that has changed was edited by hand.
pub fn prepend_entries(
    changelog: Option<&[u8]>,
    notes: &str,
    without_changes: &[String],
) -> Result<Merged> {
    let Some(bytes) = changelog else {
        let entries = marks::outline_of(notes).entries.len();
        let text = if entries == 0 { String::new() } else { format!("{TITLE}{notes}") };
        return Ok(Merged { text, added: entries, ..Merged::default() });
    };
    let text = std::str::from_utf8(bytes).map_err(|error| {
        let message = format!("the changelog is not valid UTF-8 (at byte {})", error.valid_up_to());
        Error::new(ErrorKind::Input, message).with_hint("save it as UTF-8")
    })?;
    // the mark at the beginning is no part of the first line
    let (bom, text) = text.split_at(if text.starts_with('\u{feff}') { 3 } else { 0 });
    let outline = marks::outline_of(text);
    if let Some(line) = outline.broken {
        let message =
            format!("line {line} of the changelog has a mark whose other half is missing");
        return Err(Error::new(ErrorKind::Input, message)
            .with_hint("restore the missing `<!-- respdiff:... -->` line, or remove this one"));
    }
    let mut merge = ChangelogMerge { text, outline, edits: Vec::new(), done: Merged::default() };
    merge.merge_entries(notes)?;
    merge.withdraw_entries(without_changes);
    let mut merged = merge.done.clone();
    merged.text = format!("{bom}{}", merge.apply_edits());
    Ok(merged)
}

struct ChangelogMerge<'a> {
    text: &'a str,
    outline: Outline,
    /// What gives way to what.
    edits: Vec<(Range<usize>, String)>,
    done: Merged,
}

impl ChangelogMerge<'_> {
    fn merge_entries(&mut self, notes: &str) -> Result<()> {
        let mut place = self.top_position();
        let mut new = String::new();
        for entry in marks::outline_of(notes).entries {
            let block = notes.get(entry.whole.clone()).unwrap_or_default();
            let Some(old) = self.outline.entries.iter().find(|old| old.key == entry.key).cloned()
            else {
                self.done.added += 1;
                new.extend([block, "\n"]);
                continue;
            };
            self.insert(place, std::mem::take(&mut new));
            place = old.whole.end;
            self.update_entry(&old, &entry, block)?;
        }
        self.insert(place, new);
        Ok(())
    }

    /// Above the newest entry: the first release or mark, but for what is unreleased.
    fn top_position(&self) -> usize {
        let heading = newest_release(&self.outline.headings).map(|at| self.above_anchor(at));
        let entry = self.outline.entries.iter().map(|entry| entry.whole.start).min();
        [heading, entry].into_iter().flatten().min().unwrap_or(self.outline.end)
    }

    /// Where an anchor begins that stands above a heading, as some tools write it; else the heading.
    fn above_anchor(&self, heading: usize) -> usize {
        let before = self.text.get(..heading).unwrap_or_default().trim_end();
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = before.get(start..).unwrap_or_default().trim();
        let is_anchor = ["<a name=", "<a id="].iter().any(|sign| line.starts_with(sign))
            && line.ends_with("></a>")
            && line.matches('<').count() == 2;
        if is_anchor { start } else { heading }
    }

    fn update_entry(&mut self, old: &MarkedEntry, new: &MarkedEntry, block: &str) -> Result<()> {
        if old.seal == new.seal {
            return Ok(());
        }
        let body = self.text.get(old.body.clone()).unwrap_or_default();
        if old.seal.as_deref() != Some(&marks::seal_of(body)) {
            let line = self.text[..old.whole.start].matches('\n').count() + 1;
            let message = format!(
                "the entry on line {line} of the changelog was edited by hand, so respdiff does not replace it with its new text"
            );
            return Err(Error::new(ErrorKind::Input, message).with_hint(
                "delete the entry and the comments around it, and respdiff writes it again; keep your own text outside the comments",
            ));
        }
        self.done.updated += 1;
        self.edits.push((old.whole.clone(), self.own_endings(block)));
        Ok(())
    }

    fn insert(&mut self, at: usize, mut new: String) {
        if new.is_empty() {
            return;
        }
        let (before, after) = self.text.split_at(at);
        if after.trim().is_empty() || after.starts_with(['\n', '\r']) {
            new.truncate(new.trim_end_matches('\n').len() + 1);
        }
        let trimmed = before.trim_end_matches([' ', '\t']);
        let ends = trimmed.len() - trimmed.trim_end_matches(['\n', '\r']).len();
        let lines = trimmed[trimmed.len() - ends..].matches('\n').count();
        let gap = if trimmed.len() == ends { 0 } else { 2_usize.saturating_sub(lines) };
        let new = self.own_endings(&format!("{}{new}", "\n".repeat(gap)));
        self.edits.push((at..at, new));
    }

    /// An entry that is as it was written goes, with a blank line below it.
    fn withdraw_entries(&mut self, keys: &[String]) {
        let gone = self.outline.entries.iter().filter(|entry| keys.contains(&entry.key));
        for entry in gone {
            let body = self.text.get(entry.body.clone()).unwrap_or_default();
            if entry.seal.as_deref() == Some(&marks::seal_of(body)) {
                let rest = &self.text[entry.whole.end..];
                let blank = ["\r\n", "\n"].iter().find(|end| rest.starts_with(**end));
                let end = entry.whole.end + blank.map_or(0, |end| end.len());
                self.done.removed += 1;
                self.edits.push((entry.whole.start..end, String::new()));
            }
        }
    }

    /// The text with the line endings that most lines of the changelog have.
    fn own_endings(&self, text: &str) -> String {
        let all = self.text.matches('\n').count();
        let long = self.text.matches("\r\n").count();
        if 2 * long > all { text.replace('\n', "\r\n") } else { text.to_owned() }
    }

    fn apply_edits(mut self) -> String {
        // an insertion goes before what gives way at the same place
        self.edits.sort_by_key(|(range, _)| (range.start, range.end));
        let mut out = String::new();
        let mut from = 0;
        for (range, new) in self.edits {
            out.push_str(self.text.get(from..range.start).unwrap_or_default());
            out.push_str(&new);
            from = range.end;
        }
        out.push_str(self.text.get(from..).unwrap_or_default());
        out
    }
}

/// Where the newest release begins. Some changelogs give each release a heading of level 1, some
/// of level 2 below a title, and some do both, or go down to level 3, by the weight of the release.
fn newest_release(headings: &[MarkedHeading]) -> Option<usize> {
    let has_names = headings.iter().any(|heading| names_release(&heading.title));
    let mut is_below_unreleased = false;
    let mut is_below_second = false;
    for (number, heading) in headings.iter().enumerate() {
        let unreleased = is_unreleased(&heading.title);
        if heading.level > 2 {
            // the lesser headings below one of level 2 are its own
            if !is_below_second && begins_with_version(&heading.title) {
                return Some(heading.at);
            }
            continue;
        }
        is_below_second |= heading.level == 2;
        if heading.level == 1 {
            is_below_unreleased = unreleased;
            // a changelog has one title, and it is the first heading
            let is_title = number == 0 || has_names;
            if !unreleased && (!is_title || names_release(&heading.title)) {
                return Some(heading.at);
            }
        } else if !unreleased && !is_below_unreleased {
            return Some(heading.at);
        }
    }
    None
}

/// Whether a heading begins with a version, as in `1.9.1 (2023-09-01)` or `[v1.9.1]`.
fn begins_with_version(title: &str) -> bool {
    let title = title.trim_start_matches(|c: char| !c.is_alphanumeric());
    let version = title.strip_prefix('v').unwrap_or(title);
    let version = version.split(|c: char| c.is_whitespace() || c == ']').next().unwrap_or_default();
    version.contains('.') && version.starts_with(|c: char| c.is_ascii_digit())
}

fn is_unreleased(title: &str) -> bool {
    let title = title.to_lowercase();
    title.contains("unreleased")
        || matches!(title.trim_matches(['[', ']', ' ']), "next" | "upcoming" | "head")
}

/// Whether a heading of level 1 is a release's and not the title: it holds a version or a date, and
/// does not say that it is a list of changes.
fn names_release(title: &str) -> bool {
    const TITLES: [&str; 6] =
        ["changelog", "change log", "release notes", "history", "what's new", "news"];
    let title = title.to_lowercase();
    let title = title.trim_matches(|c: char| !c.is_alphanumeric());
    if TITLES.iter().any(|known| title.starts_with(known) || title.ends_with(known)) {
        return false;
    }
    let digit = |c: &char| c.is_ascii_digit();
    let is_number = |word: &str| {
        word.strip_prefix('v').unwrap_or(word).chars().next().is_some_and(|c| digit(&c))
    };
    title.split(|c: char| c.is_whitespace() || "[](),:@/".contains(c)).any(is_number)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Notes of entries, as `KEY=line`.
    fn notes(entries: &[&str]) -> String {
        let entry = |entry: &&str| {
            let (key, line) = entry.split_once('=').unwrap();
            format!("{}\n## {key}\n\n- {line}\n\n{}\n", marks::begin_mark(key), marks::END)
        };
        marks::seal_entries(&entries.iter().map(entry).collect::<Vec<_>>().join("\n"))
    }

    #[track_caller]
    fn merged(changelog: &str, entries: &[&str]) -> Merged {
        let notes = notes(entries);
        let merged = prepend_entries(Some(changelog.as_bytes()), &notes, &[]).unwrap();
        let again = prepend_entries(Some(merged.text.as_bytes()), &notes, &[]).unwrap();
        assert_eq!(again, Merged { text: merged.text.clone(), ..Merged::default() });
        merged
    }

    /// The lines that people see, of entries their headings only.
    fn seen(text: &str) -> Vec<&str> {
        let kept = |line: &&str| !line.is_empty() && !line.starts_with("<!--");
        text.lines().filter(kept).collect()
    }

    const HAND: &str = "# Changelog\n\nAll by hand.\n\n## [Unreleased]\n\n- soon\n\n## [1.0] - 2020\n\n- x\n\n[1.0]: https://a.example\n";

    #[test]
    fn new_entries_stand_above_the_newest_and_below_the_unreleased() {
        let one = merged(HAND, &["b=B", "a=A"]);
        let lines = seen(&one.text);
        assert_eq!(
            lines[2..9],
            ["## [Unreleased]", "- soon", "## b", "- B", "## a", "- A", "## [1.0] - 2020"]
        );
        assert_eq!(one.added, 2);
        let three = merged(&one.text, &["c=C", "b=B", "a=A"]);
        assert_eq!(seen(&three.text)[4..7], ["## c", "- C", "## b"]);
        assert_eq!((three.added, three.updated), (1, 0));
        // without the entries, the changelog is as it was
        let mut kept = three.text.clone();
        for entry in marks::outline_of(&three.text).entries.iter().rev() {
            kept.replace_range(entry.whole.start..=entry.whole.end, "");
        }
        assert_eq!(kept, HAND);
    }

    #[test]
    fn an_entry_that_grew_is_written_anew_in_its_place() {
        let one = merged(HAND, &["b=B", "a=A"]).text.replace("## a", "Words between.\n\n## a");
        let hand = one.replace("Words between.\n\n", "");
        let grown = merged(&hand, &["b=B and more", "a=A"]);
        assert_eq!((grown.added, grown.updated), (0, 1));
        assert_eq!(grown.text.replace(" and more", "").len(), hand.len());
        assert_eq!(seen(&grown.text)[4..6], ["## b", "- B and more"]);
    }

    #[test]
    fn what_a_person_edited_is_left_alone_or_told() {
        let edited = merged(HAND, &["a=A"]).text.replace("- A", "- A, for which we are sorry");
        assert_eq!(merged(&edited, &["a=A"]).text, edited);
        let error = prepend_entries(Some(edited.as_bytes()), &notes(&["a=B"]), &[]).unwrap_err();
        assert!(error.to_string().contains("line 9 of the changelog was edited"), "{error}");
    }

    #[test]
    fn an_entry_of_which_nothing_is_left_goes() {
        let one = merged(HAND, &["b=B", "a=A"]);
        let less =
            prepend_entries(Some(one.text.as_bytes()), &notes(&["a=A"]), &["b".into()]).unwrap();
        assert_eq!(less.removed, 1);
        assert_eq!(less.text, merged(HAND, &["a=A"]).text);
    }

    /// The line above which a new entry stands.
    #[track_caller]
    fn check_top(changelog: &str, line: &str) {
        let merged = merged(changelog, &["a=A"]).text;
        let end = merged.find(marks::END).unwrap() + marks::END.len();
        assert_eq!(merged[end..].lines().find(|line| !line.is_empty()).unwrap_or(""), line);
    }

    #[test]
    fn releases_of_either_level_are_found() {
        // lerna, conventional-changelog: weighty releases are of level 1
        check_top(
            "# Changes\n\n### [1.9.1](u) (2023)\n\n- x\n\n## 1.9.0\n",
            "### [1.9.1](u) (2023)",
        );
        check_top("# Changes\n\n## [Unreleased]\n\n### 2.0 ways\n\n## 1.0\n", "## 1.0");
        check_top("<a name=\"2\"></a>\n# 2.0.0 (2023)\n\n- x\n", "<a name=\"2\"></a>");
        check_top(
            "# Change Log\n\n# [2.0.0](https://a.example) (2023-10-01)\n\n- b\n\n## [1.9.1](https://a.example)\n\n- a\n",
            "# [2.0.0](https://a.example) (2023-10-01)",
        );
        check_top(
            "# Change Log\n\n## [1.9.1](https://a.example)\n\n- b\n\n# [1.9.0](https://a.example)\n",
            "## [1.9.1](https://a.example)",
        );
        check_top("# 2.0.0\n\n- b\n\n# 1.0.0\n\n- a\n", "# 2.0.0");
        check_top("# v2\n\n## Features\n\n- b\n\n# v1\n", "# v2");
        check_top("# October 2023\n\n- b\n\n# September 2023\n", "# October 2023");
        check_top("# Skyvault 3 (2023-10-01)\n\n## Fixed\n\n- b\n", "# Skyvault 3 (2023-10-01)");
        check_top("Skyvault changelog\n===\n\n1.1\n===\n\n- b\n", "1.1");
        check_top(
            "# Changelog of Skyvault\n\n# Unreleased\n\n## Added\n\n- soon\n\n# 1.0.0\n\n- a\n",
            "# 1.0.0",
        );
        check_top("# Release notes 2023\n\n## [Unreleased]\n\n## 1.0\n", "## 1.0");
        check_top("# Changelog\n\nAll notable changes.\n\n## Version one\n", "## Version one");
    }

    #[test]
    fn line_endings_and_the_byte_order_mark_stay() {
        let windows = format!("\u{feff}{}", HAND.replace('\n', "\r\n"));
        let merged = merged(&windows, &["a=A"]);
        assert!(merged.text.starts_with("\u{feff}# Changelog\r\n"));
        let all = merged.text.matches('\n').count();
        assert_eq!(merged.text.matches("\r\n").count(), all);
    }

    #[test]
    fn changelogs_without_entries() {
        let close = "# Changelog\n\n## Unreleased\n\n[a]: https://a.example\n";
        let lines = merged(close, &["a=A"]).text;
        assert_eq!(
            seen(&lines),
            ["# Changelog", "## Unreleased", "## a", "- A", "[a]: https://a.example"]
        );
        assert!(merged("text without end", &["a=A"]).text.starts_with("text without end\n\n<!--"));
        assert!(merged("", &["a=A"]).text.starts_with("<!--"));
        let new = prepend_entries(None, &notes(&["a=A"]), &[]).unwrap();
        assert_eq!(seen(&new.text), ["# Changelog", "## a", "- A"]);
        assert_eq!(merged(&new.text, &["a=A"]).text, new.text);
    }

    #[test]
    fn what_cannot_be_read_is_told() {
        assert!(
            prepend_entries(Some(b"\xff"), "", &[])
                .unwrap_err()
                .to_string()
                .contains("not valid UTF-8")
        );
        let broken = format!("{}\n## a\n", marks::begin_mark("a"));
        let error = prepend_entries(Some(broken.as_bytes()), "", &[]).unwrap_err();
        assert!(error.to_string().contains("line 1 of the changelog"), "{error}");
    }
}
