//! Changed words for the other renderers.

use super::canvas::{Look, Word};
use super::marks::{Marked, mark};

/// What became of some words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::render) enum Fate {
    /// They stayed.
    Same,
    /// They are gone.
    Old,
    /// They are new.
    New,
}

/// One text with its changed words marked, neighbours of one fate joined; none where both texts
/// have little in common. What a terminal would obey is made visible.
pub(in crate::render) fn runs(old: &str, new: &str) -> Option<Vec<(Fate, String)>> {
    let words = match mark(old, new, true) {
        Marked::Inline(words) => words,
        Marked::Apart { .. } => return None,
    };
    let mut runs: Vec<(Fate, String)> = Vec::new();
    for Word { text, look, .. } in words {
        let fate = match look {
            Look::Gone => Fate::Old,
            Look::Fresh => Fate::New,
            Look::Plain
            | Look::Title
            | Look::Faint
            | Look::Place
            | Look::Alarm
            | Look::Move
            | Look::Heading
            | Look::Warning => Fate::Same,
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
        let found = runs("Feed the old cat twice a day", "Feed the young dog twice a day").unwrap();
        let expected = [
            (Fate::Same, "Feed the"),
            (Fate::Old, "old cat"),
            (Fate::New, "young dog"),
            (Fate::Same, "twice a day"),
        ];
        assert_eq!(found, expected.map(|(fate, text)| (fate, text.to_owned())));
        assert_eq!(runs("Feed the cat", "Water every plant of the house"), None);
    }
}
