//! Names of sheets: at most 31 characters, without the signs that Excel keeps for itself, each once.

use std::collections::BTreeSet;

use crate::render::safe;
use crate::report::BlamedPage;

/// Excel takes no more.
const LONGEST: usize = 31;

/// The names that are taken, in lower case: Excel ignores case.
pub(super) struct SheetNames(BTreeSet<String>);

impl SheetNames {
    pub(super) fn new(taken: &[&str]) -> Self {
        // Excel keeps this one for itself
        let all = taken.iter().chain(&["History"]).map(|name| name.to_lowercase());
        Self(all.collect())
    }

    /// By the file of a page.
    pub(super) fn of_page(&mut self, page: &BlamedPage) -> String {
        let path = page.path.as_str();
        let stem = path.strip_suffix(".md").or_else(|| path.strip_suffix(".MD")).unwrap_or(path);
        self.unused_name(stem)
    }

    /// By the last folder of a repository's name.
    pub(super) fn of_repository(&mut self, name: &str) -> String {
        let last = name.trim_end_matches('/').rsplit('/').next().unwrap_or(name);
        self.unused_name(last)
    }

    fn unused_name(&mut self, wanted: &str) -> String {
        let wanted = safe::make_visible(wanted);
        let plain = wanted.chars().map(|c| match c {
            '[' | ']' | ':' | '*' | '?' | '/' | '\\' => '-',
            other => other,
        });
        // the end of a path says more than its beginning
        let plain: Vec<char> = plain.collect();
        let end = plain.get(plain.len().saturating_sub(LONGEST)..).unwrap_or_default();
        let plain: String = end.iter().collect();
        let plain = plain.trim_matches(|c: char| c == '\'' || c.is_whitespace());
        let plain = if plain.is_empty() { "Sheet" } else { plain };
        for number in 1_usize.. {
            let mark = if number == 1 { String::new() } else { format!(" {number}") };
            let kept: String = plain.chars().take(LONGEST - mark.len()).collect();
            let name = format!("{kept}{mark}");
            if self.0.insert(name.to_lowercase()) {
                return name;
            }
        }
        plain.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_short_plain_and_told_apart() {
        let mut names = SheetNames::new(&["Changes"]);
        for (wanted, expected) in [
            ("docs/a", "docs-a"),
            ("DOCS-A", "DOCS-A 2"),
            ("changes", "changes 2"),
            ("history", "history 2"),
            ("'[x]:*?'", "-x----"),
            ("", "Sheet"),
            ("a-very-long/path/of/a/page/of-responsibilities", "-of-a-page-of-responsibilities"),
        ] {
            let name = names.unused_name(wanted);
            assert!(name.chars().count() <= LONGEST);
            assert_eq!(name.trim_start_matches('h'), expected.trim_start_matches('h'), "{wanted}");
        }
    }
}
