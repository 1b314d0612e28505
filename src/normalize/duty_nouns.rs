//! Words for responsibility.

/// What every word for responsibility begins with.
pub(super) const RESPONSIBILITY_STEMS: [&str; 5] =
    ["responsib", "accountab", "dut", "obligation", "ownership"];

/// "responsibility" and what stands for it, misspelled too.
pub(super) fn is_duty_noun(word: &str) -> bool {
    let misspelled = (word.starts_with("resp") || word.starts_with("repons"))
        && word.len() > 9
        && (word.ends_with('y') || word.ends_with("ies") || word.ends_with("tes"));
    misspelled || is_responsibility(word) || is_role_noun(word)
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
        for word in ["language", "provided", "owner", "response", "responses"] {
            assert!(!is_duty_noun(word), "{word}");
        }
    }
}
