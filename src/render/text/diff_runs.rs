//! Changed words for the other renderers.

use super::marks::{MarkedText, mark_changes};
use super::text_writer::{Look, Word};

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
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
pub(in crate::render) fn diff_runs(old: &str, new: &str) -> Option<Vec<(WordFate, String)>> {
    let words = match mark_changes(old, new, true) {
        MarkedText::Inline(words) => words,
        MarkedText::Apart { .. } => return None,
    };
    let mut runs: Vec<(WordFate, String)> = Vec::new();
    for Word { text, look, .. } in words {
        let fate = match look {
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
            Some((last, run)) if *last == fate => run.extend([" ", &text]),
            Some(_) | None => runs.push((fate, text)),
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
        assert_eq!(found, expected.map(|(fate, text)| (fate, text.to_owned())));
        assert_eq!(diff_runs("Feed the cat", "Water every plant of the house"), None);
    }
}
