//! Words for responsibility.

/// What every word for responsibility begins with.
pub(super) const RESPONSIBILITY_STEMS: [&str; 5] =
    ["responsib", "accountab", "dut", "obligation", "ownership"];

/// "responsibility" and what stands for it, misspelled too.
pub(super) fn is_duty_noun(word: &str) -> bool {
    is_misspelled_responsibility(word) || is_responsibility(word) || is_role_noun(word)
}

/// "responsibilites", "reponsibility", "responsiblity".
pub(super) fn is_misspelled_responsibility(word: &str) -> bool {
    (word.starts_with("resp") || word.starts_with("repons"))
        && word.contains('b')
        && word.len() > 9
        && (word.ends_with('y') || word.ends_with("ies") || word.ends_with("tes"))
}

/// "responsibility" itself, or "accountability" and the like.
pub(super) fn is_responsibility(word: &str) -> bool {
    RESPONSIBILITY_STEMS.iter().any(|stem| match (*stem, word.strip_prefix(stem)) {
        (_, None) => false,
        ("responsib" | "accountab", Some(ending)) => ending.starts_with("il"),
        (_, Some(ending)) => matches!(ending, "" | "s" | "y" | "ies"),
    })
}

fn is_role_noun(word: &str) -> bool {
    matches!(
        word,
        "role" | "roles" | "task" | "tasks" | "action" | "actions" | "activity" | "activities"
    )
}

/// Whether a text speaks of responsibility.
pub(super) fn mentions_responsibility(text: &str) -> bool {
    let text = text.to_lowercase();
    ["responsib", "accountab", "raci ", "duties", "obligations"]
        .iter()
        .any(|word| text.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn misspelled_nouns() {
        for word in
            ["responsibilities", "responsibilites", "responsiblity", "responsibilty", "roles"]
        {
            assert!(is_duty_noun(word), "{word}");
        }
        for word in ["language", "provided", "owner", "response", "responses", "respectively"] {
            assert!(!is_duty_noun(word), "{word}");
        }
    }
}
