//! What each code means and what to do about it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::overview::is_of_overview;
use crate::model::{Code, Notice};

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct HelpEntry {
    meaning: String,
    advice: String,
}

/// The texts stand beside the code as data; a test holds that every code has its entry.
static ENTRIES: LazyLock<BTreeMap<String, HelpEntry>> =
    LazyLock::new(|| serde_yaml::from_str(include_str!("codes.yaml")).unwrap_or_default());

/// One sentence that says what to do about a finding.
#[must_use]
pub fn help_for(code: Code) -> &'static str {
    ENTRIES.get(code.name()).map_or("", |entry| &entry.advice)
}

/// What to do about one finding: a code may have advice for overviews.
#[must_use]
pub fn help_for_finding(notice: &Notice) -> &'static str {
    let advice = help_for(notice.code);
    match advice.split_once(FOR_OVERVIEWS) {
        Some((_, overview)) if is_of_overview(notice) => overview,
        Some((cells, _)) => cells,
        None => advice,
    }
}

/// Stands before the advice for overviews.
const FOR_OVERVIEWS: &str = " If an overview disagrees: ";

/// What a code means.
#[must_use]
pub fn meaning_of(code: Code) -> &'static str {
    ENTRIES.get(code.name()).map_or("", |entry| &entry.meaning)
}

/// What a code means, and what to do about it.
#[must_use]
pub fn explanation_of(code: Code) -> String {
    let meaning = meaning_of(code);
    let severity = code.default_severity().name();
    format!("{} ({severity})\n\n{meaning}\n\nWhat to do: {}\n", code.name(), help_for(code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_overview_has_its_own_advice() {
        let advice = |message: &str| {
            help_for_finding(&Notice::at(3, Code::Contradiction, message.to_owned()))
        };
        let overview = "the overview says that \"Drills\" is shared, but ...";
        assert!(advice(overview).starts_with("Correct the owner in the overview"));
        let cell = advice("\"Seal the keys.\" is listed as a duty of both parties");
        assert!(cell.starts_with("Move the text") && !cell.contains("overview"), "{cell}");
    }

    #[test]
    fn every_code_is_explained() {
        let explained: Vec<&str> = ENTRIES.keys().map(String::as_str).collect();
        let mut codes: Vec<&str> = Code::ALL.iter().map(|code| code.name()).collect();
        codes.sort_unstable();
        assert_eq!(explained, codes);
    }
}
