//! Changed words for the other renderers.

use schemars::JsonSchema;
use serde::Serialize;

use super::marks::{MarkedText, mark_changes};
use super::text_writer::{Look, Word};

/// Consecutive words with the same mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Words")]
pub(in crate::render) struct MarkedWords {
    #[schemars(with = "String", extend("enum" = ["same", "old", "new"]))]
    pub(in crate::render) mark: WordFate,
    pub(in crate::render) text: String,
}

impl MarkedWords {
    /// Words that stayed.
    pub(in crate::render) const fn unmarked(text: String) -> Self {
        Self { mark: WordFate::Same, text }
    }
}

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::render) enum WordFate {
    /// They stayed.
    Same,
    /// They are gone.
    Old,
    /// They are new.
    New,
}

/// One text with its changed words marked, neighbours of one fate joined; none where both texts
/// have little in common. What a terminal would obey is made visible.
pub(in crate::render) fn diff_runs(old: &str, new: &str) -> Option<Vec<MarkedWords>> {
    let words = match mark_changes(old, new, true) {
        MarkedText::Inline(words) => words,
        MarkedText::Apart { .. } => return None,
    };
    let mut runs: Vec<MarkedWords> = Vec::new();
    for Word { text, look, .. } in words {
        let mark = match look {
            Look::Gone => WordFate::Old,
            Look::Fresh => WordFate::New,
            Look::Plain
            | Look::Title
            | Look::Faint
            | Look::Place
            | Look::Alarm
            | Look::Move
            | Look::Heading
            | Look::Warning => WordFate::Same,
        };
        match runs.last_mut() {
            Some(last) if last.mark == mark => last.text.extend([" ", &text]),
            Some(_) | None => runs.push(MarkedWords { mark, text }),
        }
    }
    Some(runs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn neighbours_are_joined() {
        let found =
            diff_runs("Feed the old cat twice a day", "Feed the young dog twice a day").unwrap();
        let expected = [
            (WordFate::Same, "Feed the"),
            (WordFate::Old, "old cat"),
            (WordFate::New, "young dog"),
            (WordFate::Same, "twice a day"),
        ];
        assert_eq!(found, expected.map(|(mark, text)| MarkedWords { mark, text: text.to_owned() }));
        assert_eq!(diff_runs("Feed the cat", "Water every plant of the house"), None);
    }
}
