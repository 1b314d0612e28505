//! Texts as the page shows them. Whatever comes from a document passes [`visible_text`].

use serde::Serialize;

use crate::model::{Change, Introduced, Kind, Party, Place, Sides, Stamp};
use crate::render::safe;
use crate::render::text::marks::{MarkedText, mark_both, mark_changes};
use crate::render::text::names::{self, ShownPlace};
use crate::render::text::text_writer::{Look, Word};

/// A text with all that could steer a reader made visible.
pub(super) fn visible_text(text: &str) -> String {
    safe::make_visible(text).into_owned()
}

/// A stretch of words: as they were, `del` where they are gone, `ins` where they are new.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct MarkedRun {
    pub(super) kind: &'static str,
    pub(super) text: String,
}

/// A text without marks.
pub(super) fn unmarked_runs(text: &str) -> Vec<MarkedRun> {
    vec![MarkedRun { kind: "", text: visible_text(text) }]
}

/// Both texts in one, changed words marked.
pub(super) fn inline_runs(old: &str, new: &str) -> Vec<MarkedRun> {
    match mark_changes(old, new, true) {
        MarkedText::Inline(words) => join_runs(words.iter()),
        MarkedText::Apart { old, new } => join_runs(old.iter().chain(&new)),
    }
}

/// Each text with its own changed words marked.
pub(super) fn side_runs(old: &str, new: &str) -> Sides<Vec<MarkedRun>> {
    mark_both(old, new, true).map(|words| join_runs(words.iter()))
}

fn join_runs<'w>(words: impl Iterator<Item = &'w Word>) -> Vec<MarkedRun> {
    let mut runs: Vec<MarkedRun> = Vec::new();
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
            _ => runs.push(MarkedRun { kind, text: word.text.clone() }),
        }
    }
    runs
}

/// A party with the class that colours it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct HtmlParty {
    pub(super) class: &'static str,
    pub(super) name: String,
}

impl HtmlParty {
    pub(super) fn from_party(party: &Party) -> Self {
        let (class, name) = match party {
            Party::Ibm => ("ibm", "IBM".to_owned()),
            Party::Provider(name) => ("ibm", visible_text(name)),
            Party::Customer => ("customer", "Customer".to_owned()),
            Party::Shared => ("shared", "Shared".to_owned()),
            Party::Other(name) => ("other", visible_text(name)),
        };
        Self { class, name }
    }
}

/// What happened, in one word and one sign.
pub(super) const fn kind_sign(kind: Kind) -> &'static str {
    match kind {
        Kind::Moved => "→",
        Kind::Added => "+",
        Kind::Removed => "−",
        Kind::Reworded => "≈",
        Kind::Relocated => "↳",
    }
}

/// Where a duty stands, headings and task in one line.
pub(super) fn place_line(place: &Place) -> String {
    let spot = ShownPlace::from_place(place);
    let parts = [spot.section, spot.task];
    visible_text(&parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" › "))
}

/// Who brought a change, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct HtmlOrigin {
    pub(super) edition: String,
    pub(super) commit: String,
    pub(super) day: String,
    pub(super) author: Option<String>,
}

impl HtmlOrigin {
    pub(super) fn from_introduced(introduced: &Introduced) -> Self {
        let day = introduced.time.to_utc().date_naive().to_string();
        let edition = introduced.last_updated.map(|date| format!("edition {date}"));
        Self {
            edition: edition.unwrap_or_else(|| "edition without a date".to_owned()),
            commit: names::short_id(&introduced.commit).to_owned(),
            day,
            author: introduced.author_commit.as_deref().map(|id| names::short_id(id).to_owned()),
        }
    }
}

/// What else is to be said of a change.
pub(super) fn change_remarks(change: &Change) -> Vec<String> {
    let mut remarks = emphasis_texts(change);
    remarks.extend(names::later_origins(change).iter().map(|text| visible_text(text)));
    remarks.extend(place_before(change));
    remarks.extend(controls_text(change));
    remarks
}

/// The controls that the policy maps a change to.
pub(super) fn controls_text(change: &Change) -> Option<String> {
    let ids = &change.controls;
    (!ids.is_empty()).then(|| visible_text(&format!("controls: {}", ids.join(", "))))
}

/// What a change does to a duty beyond its words.
pub(super) fn emphasis_texts(change: &Change) -> Vec<String> {
    let shown = change.emphasis.iter();
    shown.map(|emphasis| format!("changes {}", names::emphasis_text(*emphasis))).collect()
}

/// Where a duty stood, if elsewhere.
pub(super) fn place_before(change: &Change) -> Option<String> {
    if let (Some(old), Some(new)) = (&change.place.old, &change.place.new) {
        let (before, after) = (place_line(old), place_line(new));
        if before != after && !before.is_empty() {
            let is_above = after.strip_prefix(&before).is_some_and(|rest| rest.starts_with(" › "));
            return Some(format!("was {}under {before}", if is_above { "directly " } else { "" }));
        }
    }
    None
}

/// A stamp's date, or that there is no date.
pub(super) fn stamp_date(stamp: &Stamp) -> String {
    names::stamp_date(stamp)
}
