//! Texts as the page shows them. Whatever comes from a document passes [`shown`].

use serde::Serialize;

use crate::model::{Change, Introduced, Kind, Party, Place, Sides, Stamp};
use crate::render::safe;
use crate::render::text::canvas::{Look, Word};
use crate::render::text::marks::{Marked, mark, mark_both};
use crate::render::text::names::{self, Spot};

/// A text with all that could steer a reader made visible.
pub(super) fn shown(text: &str) -> String {
    safe::visible(text).into_owned()
}

/// A stretch of words: as they were, `del` where they are gone, `ins` where they are new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Run {
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// A text without marks.
pub(super) fn plain(text: &str) -> Vec<Run> {
    vec![Run { kind: "", text: shown(text) }]
}

/// Both texts in one, changed words marked.
pub(super) fn inline(old: &str, new: &str) -> Vec<Run> {
    match mark(old, new, true) {
        Marked::Inline(words) => runs(words.iter()),
        Marked::Apart { old, new } => runs(old.iter().chain(&new)),
    }
}

/// Each text with its own changed words marked.
pub(super) fn beside(old: &str, new: &str) -> Sides<Vec<Run>> {
    mark_both(old, new, true).map(|words| runs(words.iter()))
}

fn runs<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<Run> {
    let mut runs: Vec<Run> = Vec::new();
    for word in words {
        let kind = if word.look == Look::Gone {
            "del"
        } else if word.look == Look::Fresh {
            "ins"
        } else {
            ""
        };
        match runs.last_mut() {
            Some(last) if last.kind == kind => {
                last.text.push(' ');
                last.text.push_str(&word.text);
            }
            _ => runs.push(Run { kind, text: word.text.clone() }),
        }
    }
    runs
}

/// A party with the class that colours it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct PartyWire {
    pub(super) class: &'static str,
    pub(super) name: String,
}

impl PartyWire {
    pub(super) fn of(party: &Party) -> Self {
        let (class, name) = match party {
            Party::Ibm => ("ibm", "IBM".to_owned()),
            Party::Provider(name) => ("ibm", shown(name)),
            Party::Customer => ("customer", "Customer".to_owned()),
            Party::Shared => ("shared", "Shared".to_owned()),
            Party::Other(name) => ("other", shown(name)),
        };
        Self { class, name }
    }
}

/// What happened, in one word and one sign.
pub(super) const fn sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Moved => "→",
        Kind::Added => "+",
        Kind::Removed => "−",
        Kind::Reworded => "≈",
        Kind::Relocated => "↳",
    }
}

/// Where a duty stands, headings and task in one line.
pub(super) fn place(place: &Place) -> String {
    let spot = Spot::of(place);
    let parts = [spot.section, spot.task];
    shown(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › "))
}

/// The text of one side of a change; of an owner grid's cell only the area, where the row is
/// shown beside it.
pub(super) fn text_of(place: Option<&Place>) -> &str {
    place.map(|place| place.text.as_str()).unwrap_or_default()
}

/// Who brought a change, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct OriginWire {
    pub(super) edition: String,
    pub(super) commit: String,
    pub(super) day: String,
    pub(super) author: Option<String>,
}

impl OriginWire {
    pub(super) fn of(introduced: &Introduced) -> Self {
        let day = introduced.time.date_naive().to_string();
        let edition = introduced.last_updated.map(|date| format!("edition {date}"));
        Self {
            edition: edition.unwrap_or_else(|| "undated edition".to_owned()),
            commit: names::short_id(&introduced.commit).to_owned(),
            day,
            author: introduced.author_commit.as_deref().map(|id| names::short_id(id).to_owned()),
        }
    }
}

/// What else is to be said of a change.
pub(super) fn remarks(change: &Change) -> Vec<String> {
    let mut remarks = emphasis(change);
    let worded = change.worded.as_ref();
    remarks.extend(worded.map(|it| format!("current words since {}", names::introduced(it))));
    remarks.extend(place_before(change));
    remarks.extend(controls(change));
    remarks
}

/// The controls that the policy maps a change to.
pub(super) fn controls(change: &Change) -> Option<String> {
    let ids = &change.controls;
    (!ids.is_empty()).then(|| shown(&format!("controls: {}", ids.join(", "))))
}

/// What a change does to a duty beyond its words.
pub(super) fn emphasis(change: &Change) -> Vec<String> {
    let told = change.emphasis.iter();
    told.map(|emphasis| format!("changes {}", names::emphasis(*emphasis))).collect()
}

/// Where a duty stood, if elsewhere.
pub(super) fn place_before(change: &Change) -> Option<String> {
    if let (Some(old), Some(new)) = (&change.place.old, &change.place.new) {
        let (before, after) = (place(old), place(new));
        if before != after && !before.is_empty() {
            return Some(format!("was under {before}"));
        }
    }
    None
}

/// A stamp's date, or that there is no date.
pub(super) fn date(stamp: &Stamp) -> String {
    names::date(stamp)
}

/// A sentence begins with a capital.
pub(super) fn capital(text: &str) -> String {
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_uppercase().chain(letters).collect(),
        None => String::new(),
    }
}
