//! Cells that say that there is nothing to say, and a template's own words.

use super::duty_nouns::is_responsibility;
use crate::vocabulary::WordList;

/// What kind of content a text is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ContentKind {
    /// Nothing, or a marker for nothing.
    Empty,
    /// A template's text that nobody filled in.
    Placeholder,
    /// Words that mean something.
    Words,
}

/// Longer texts are neither markers nor templates.
const LONGEST: usize = 120;

/// Longer texts than this are a template's, if they are not words.
const LONGEST_MARKER: usize = 30;

/// A cheap look before the words are cut: most texts are neither.
fn has_template_word(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    ["descri", " here", "content", "_"].iter().any(|word| lower.contains(word))
}

/// What kind of content a text (a sentence, an item, a cell) is.
pub(super) fn content_kind(text: &str) -> ContentKind {
    static NOTHING: WordList = WordList::named("texts that say that there is nothing");
    let may_be_short = || text.len() <= LONGEST_MARKER || has_template_word(text) || may_deny(text);
    if text.len() > LONGEST || !may_be_short() {
        return ContentKind::Words;
    }
    let words = super::canonical::words_of(text).join(" ");
    let marker = words.is_empty() || NOTHING.has(&words);
    if marker || denies_any_duty(&words) || asks_nothing(&words) || leaves_to_others(text) {
        ContentKind::Empty
    } else if is_placeholder(text, &words) {
        ContentKind::Placeholder
    } else {
        ContentKind::Words
    }
}

/// A cheap look: whether a short text may say that there is nothing to do.
fn may_deny(text: &str) -> bool {
    const LONGEST: usize = 90;
    const OPENINGS: [&str; 5] = ["You do", "You have", "There ", "The service ", "This service "];
    let opens = || OPENINGS.iter().any(|opening| text.starts_with(opening));
    text.len() <= LONGEST && (text.starts_with(['N', 'n']) || opens())
}

/// Words of texts that ask for nothing, beside one that denies.
static QUIET: WordList = WordList::named("words beside one that denies");

/// "No customer action is needed.", "You do not need to do anything.", "There are no responsibilities in
/// this area.": such a text has these words only, and one of them denies.
fn asks_nothing(words: &str) -> bool {
    const DENYING: [&str; 5] = ["no", "not", "none", "nothing", "na"];
    let is_quiet = |word: &str| DENYING.contains(&word) || QUIET.has(word);
    // "IBM N/A", "Customer: N/A"
    let words = format!(" {words} ").replace(" n a ", " na ");
    // "Do not do the tasks of the customer." forbids
    !words.starts_with(" do ")
        && words.split_whitespace().any(|word| DENYING.contains(&word))
        && words.split_whitespace().all(is_quiet)
}

/// "N/A, fully managed", "None: IBM manages this": nothing, since somebody else does it. Without a
/// pause behind the marker it is a word like others: "None are managed without approval".
fn leaves_to_others(text: &str) -> bool {
    const MOST_WORDS: usize = 7;
    let lower = text.to_lowercase();
    let behind = ["n/a", "na", "none", "not applicable"]
        .iter()
        .find_map(|marker| lower.strip_prefix(marker))
        .filter(|behind| behind.trim_start().starts_with([',', ';', ':', '.', '(', '-', '–', '—']));
    let manages =
        |word: &str| matches!(word, "managed" | "manages" | "handled" | "handles" | "provided");
    behind.is_some_and(|behind| {
        let words = super::canonical::words_of(behind);
        words.len() < MOST_WORDS && words.iter().any(|word| manages(word))
    })
}

/// "Not applicable to this service", "N/A (managed by IBM)", "No action required by the customer".
fn denies_any_duty(words: &str) -> bool {
    const MOST_WORDS: usize = 8;
    static DENIALS: WordList = WordList::named("openings of denials of any duty");
    // "No change management responsibilities"
    let has_no_duties = || {
        let last = words.rsplit(' ').next().unwrap_or_default();
        words.starts_with("no ") && is_responsibility(last)
    };
    words.split(' ').count() <= MOST_WORDS
        && (DENIALS.words_behind(words).is_some() || has_no_duties())
}

fn is_placeholder(text: &str, words: &str) -> bool {
    static TO_COME: WordList = WordList::named("templates of what is to come");
    let count = words.split(' ').count();
    let description = words.ends_with("responsibility description")
        || words.ends_with("responsibilities description");
    let instruction = words.ends_with(" here")
        && ["add ", "describe ", "insert ", "enter ", "list "]
            .iter()
            .any(|verb| words.starts_with(verb));
    (description && count <= 6)
        || (instruction && count <= 12)
        || TO_COME.has(words)
        || words.contains("need content")
        || is_task_number(words)
        || is_name_template(text)
}

/// `Task 1`, the label of a template's row.
fn is_task_number(words: &str) -> bool {
    words
        .strip_prefix("task ")
        .is_some_and(|number| !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()))
        || matches!(words, "task n" | "task x")
}

/// `_service-name_` and its like, emphasis kept or not.
fn is_name_template(text: &str) -> bool {
    static TEMPLATES: WordList = WordList::named("names of templates");
    let bare = text.trim_matches(['_', '*', '`', '.', ' ', '<', '>']);
    TEMPLATES.has(&bare.to_ascii_lowercase())
        || ["_service-name_", "_deployable-architecture-name_", "_yourproduct"]
            .iter()
            .any(|name| text.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markers_say_nothing() {
        for text in [
            "",
            "-",
            "N/A",
            "n/a.",
            "None",
            "(None)",
            "Nothing",
            "Not applicable",
            "?",
            "No action required.",
            "Not applicable to this service.",
            "N/A (managed by IBM)",
            "No actions required by the customer.",
            "Coming soon",
            "Same as above.",
            "No action needed.",
            "No customer action is needed.",
            "You do not need to do anything.",
            "There are no customer responsibilities in this area.",
            "The service does not identify specific responsibilities in this area.",
            "Not your responsibility.",
            "N/A - fully managed",
            "None - IBM manages this.",
            "IBM N/A",
            "No change management responsibilities",
            "Customer: not applicable",
        ] {
            assert_eq!(content_kind(text), ContentKind::Empty, "{text}");
        }
    }

    #[test]
    fn templates_are_told() {
        for text in [
            "IBM responsibility description",
            "Customer responsibility description.",
            "Task 1",
            "TBD",
            "_service-name_",
            "NEED CONTENT",
            "Describe what the customer does here",
        ] {
            assert_eq!(content_kind(text), ContentKind::Placeholder, "{text}");
        }
    }

    #[test]
    fn words_mean_something() {
        for text in [
            "None of the keys leaves the vault.",
            "Not applicable keys are sealed by you",
            "Task 1 of the plan",
            "Click here",
            "Add a key",
            "You do not need to rotate the keys.",
            "No customer keys leave the vault.",
            "None of the keys is managed by IBM.",
            "None are managed without approval.",
            "Do not do the tasks of the customer.",
        ] {
            assert_eq!(content_kind(text), ContentKind::Words, "{text}");
        }
    }
}
