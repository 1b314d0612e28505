//! A change as a sentence that a customer understands.

use crate::model::{
    Change, Emphasis, Kind, Party, Place, Sides, capitalized, counted, some_of_them,
};
use crate::render::text::{MarkedWords, diff_runs};
use crate::report::{DutySources, GivenDuty, Notes, NotesBy, NotesPage, PageTitles, RemovedPage};

/// Where a duty stands: its task, and the headings above it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct NotedPlace {
    pub(super) label: String,
    pub(super) place: String,
}

impl NotedPlace {
    /// What has no task, or one that is the duty itself, goes by the nearest heading; what has
    /// neither by the page.
    pub(super) fn from_place(place: &Place, page: &str) -> Self {
        let mut parts: Vec<&str> = place.section.iter().map(String::as_str).collect();
        if parts.last() != Some(&place.area.as_str()) {
            parts.push(&place.area);
        }
        parts.retain(|part| !part.is_empty());
        let has_label = !place.task.is_empty() && place.task != place.text;
        let label = if has_label { Some(place.task.as_str()) } else { parts.pop() };
        parts.retain(|part| Some(*part) != label);
        // "Tasks for shared responsibilities by area" says nothing beside the area
        let outer = parts.len().saturating_sub(1);
        let says_nothing = |part: &str| part.to_lowercase().contains("responsibilit");
        let mut at = 0..;
        parts.retain(|part| at.next().is_some_and(|at| at >= outer) || !says_nothing(part));
        Self { label: label.unwrap_or(page).to_owned(), place: parts.join(" › ") }
    }

    /// What to say about it beside another place.
    fn text_beside(&self, other: &Self) -> String {
        if self.place.is_empty() || self.place == other.place {
            format!("“{}”", self.label)
        } else {
            format!("“{}” ({})", self.label, self.place)
        }
    }
}

/// The words of a duty beside its place: an owner grid's duty has no words beyond its place.
pub(super) struct DutyWords {
    /// The new text, or the old one if there is no new one; changed words marked.
    pub(super) words: Vec<MarkedWords>,
    /// The text of yesterday, where too little of it is left to mark words.
    pub(super) before: Option<String>,
}

impl DutyWords {
    pub(super) fn of_change(change: &Change) -> Self {
        let text = |place: &Option<Place>| {
            place.as_ref().filter(|place| !is_grid_cell(place)).map(|place| place.text.clone())
        };
        let plain = |text: String| Self { words: vec![MarkedWords::unmarked(text)], before: None };
        match (text(&change.place.old), text(&change.place.new)) {
            (Some(old), Some(new)) => match diff_runs(&old, &new) {
                // a duty that was only relocated is shown in its new words
                _ if change.kind == Kind::Relocated => plain(new),
                Some(words) => Self { words, before: None },
                None => Self { words: vec![MarkedWords::unmarked(new)], before: Some(old) },
            },
            (Some(text), None) | (None, Some(text)) => plain(text),
            (None, None) => Self { words: Vec::new(), before: None },
        }
    }
}

fn is_grid_cell(place: &Place) -> bool {
    !place.task.is_empty()
        && place.text.strip_prefix(place.task.as_str()) == Some(&format!(": {}", place.area))
}

/// What happened, up to the duty's own words. `here` is the page, where readers cannot know it.
pub(super) fn change_clause(
    change: &Change,
    titles: &PageTitles,
    here: Option<&NotesPage>,
) -> String {
    let (old, new) = (change.party.old.as_ref(), change.party.new.as_ref());
    match change.kind {
        Kind::Moved => moved_clause(old, new, change.provider.as_deref().unwrap_or("IBM")),
        Kind::Added => format!("New among {} responsibilities", party_possessive(new)),
        Kind::Removed => {
            format!("No longer listed among {} responsibilities", party_possessive(old))
        }
        Kind::Reworded => match new {
            Some(Party::Shared) => {
                "This shared responsibility is now worded differently".to_owned()
            }
            _ => format!("{} is now worded differently", capitalized(&duty_of(new))),
        },
        Kind::Relocated => {
            let duty = capitalized(&duty_of(new));
            format!("{duty} {}", relocated_clause(&change.place, titles, here))
        }
    }
}

/// Where a duty is now, and where it was. Titles that are equal do not tell pages apart, so these go
/// by their paths.
fn relocated_clause(
    ends: &Sides<Option<Place>>,
    titles: &PageTitles,
    here: Option<&NotesPage>,
) -> String {
    let spot = |place: &Option<Place>| {
        let spot = place.as_ref().map(|place| NotedPlace::from_place(place, "the top of the page"));
        spot.unwrap_or_default()
    };
    let (was, is) = (spot(&ends.old), spot(&ends.new));
    let own_title = here.map(|page| page.title.as_str());
    let on_page = |path: &str| match titles.title_of(path) {
        title if title.is_some() && title == own_title => format!("in {path}"),
        title => format!("on {}", page_name(path, title)),
    };
    let path = |place: &Option<Place>| place.as_ref().and_then(|place| place.path.clone());
    let (old_path, new_path) = (path(&ends.old), path(&ends.new));
    let from = old_path.as_ref().map(|path| format!("{}, ", on_page(path))).unwrap_or_default();
    let to = match (new_path, old_path, here) {
        (Some(path), _, _) => format!("{}, under {}", on_page(&path), is.text_beside(&was)),
        (None, None, _) => "here".to_owned(),
        (None, Some(_), None) => "on this page".to_owned(),
        (None, Some(old_path), Some(page)) if titles.title_of(&old_path) == own_title => {
            format!("in {}", page.path)
        }
        (None, Some(_), Some(page)) => format!("on {}", page_name(&page.path, own_title)),
    };
    format!("is now listed {to}; it was {from}under {}", was.text_beside(&is))
}

/// That a page is new, and how many of its duties no other page had.
pub(super) fn page_began(duties: DutySources) -> String {
    let DutySources { new, from_pages } = duties;
    let counted = counted(new, "responsibility");
    match (new, from_pages) {
        (0, 0) => "This page is new.".to_owned(),
        (_, 0) => format!("This page is new, with {counted}."),
        (0, _) => "This page is new. Its responsibilities were on another page before.".to_owned(),
        (1, _) => {
            "This page is new. 1 of its responsibilities is new; the others were on another page before."
                .to_owned()
        }
        _ => format!(
            "This page is new. {new} of its responsibilities are new; the others were on another page before."
        ),
    }
}

/// When a page was removed, with which duties, and which other pages have its duties.
pub(super) fn page_removed(removed: &RemovedPage, titles: &PageTitles) -> String {
    let RemovedPage { commit, duties, file_stays, went_to, also_in } = removed;
    let day = commit.time.to_utc().date_naive();
    let text = format!("This page was removed on {day}");
    let mut text = match (duties, went_to.is_empty()) {
        (0, _) if *file_stays => format!("Since {day}, this page lists no responsibilities."),
        (1, true) if *file_stays => {
            format!("The only responsibility on this page was removed on {day}.")
        }
        (all, true) if *file_stays => {
            format!("All {all} responsibilities were removed from this page on {day}.")
        }
        (some, false) if *file_stays => {
            format!("{some} of its responsibilities were removed from this page on {day}.")
        }
        (0, _) => format!("{text}."),
        (all, true) => format!("{text} with its {}.", counted(*all, "responsibility")),
        (some, false) => format!("{text} with {some} of its responsibilities."),
    };
    for (path, count) in went_to {
        let page = page_name(path, titles.title_of(path));
        let which = match (duties, went_to.len()) {
            (0, 1) if *count == 1 => "Its responsibility".to_owned(),
            (0, 1) => "Its responsibilities".to_owned(),
            _ => format!("{count} of its responsibilities"),
        };
        text = format!("{text} {which} went to {page}.");
    }
    if let Some(page) = also_in {
        let which = capitalized(&some_of_them(page.duties, *duties));
        let title = Some(page.title.as_str()).filter(|title| !title.is_empty());
        text = format!("{text} {which} also on {}.", page_name(&page.path, title));
        for given in &page.given_to_others {
            text = format!("{text} {}", given_on_page(given));
        }
    }
    text
}

/// That the other page gives a duty of a removed page to another party.
fn given_on_page(given: &GivenDuty) -> String {
    let Sides { old, new } = &given.party;
    let provider = old.provider_name().or(new.provider_name()).unwrap_or("IBM");
    let clause = moved_clause(Some(old), Some(new), provider);
    let clause = clause.replacen("This is", "this is", 1).replacen("You and", "you and", 1);
    format!("On that page, {clause}: “{}”", given.text)
}

/// Another page by its title, which readers know, and its path.
fn page_name(path: &str, title: Option<&str>) -> String {
    match title {
        Some(title) => format!("the page “{title}” ({path})"),
        None => format!("another page ({path})"),
    }
}

fn moved_clause(old: Option<&Party>, new: Option<&Party>, provider: &str) -> String {
    let was_shared = old == Some(&Party::Shared);
    match new {
        Some(Party::Customer) if was_shared => {
            format!("This is now your responsibility alone, no longer shared with {provider}")
        }
        Some(Party::Ibm | Party::Provider(_)) if was_shared => {
            let now = party_possessive(new);
            format!("This is now {now} responsibility alone, no longer shared with you")
        }
        Some(Party::Shared) => {
            let alone = if matches!(old, Some(Party::Other(_))) { "" } else { " alone" };
            let before = held_by(old, provider);
            format!("You and {provider} now share this responsibility; it was {before}{alone}")
        }
        new => {
            let (now, before) = (party_possessive(new), held_by(old, provider));
            format!("This is now {now} responsibility, no longer {before}")
        }
    }
}

/// "It was ..."
fn held_by(party: Option<&Party>, provider: &str) -> String {
    match party {
        Some(Party::Customer) => "yours".to_owned(),
        Some(Party::Shared) => format!("shared by you and {provider}"),
        Some(Party::Ibm | Party::Provider(_) | Party::Other(_)) | None => party_possessive(party),
    }
}

fn party_possessive(party: Option<&Party>) -> String {
    match party {
        Some(Party::Customer) => "your".to_owned(),
        Some(Party::Ibm) => "IBM's".to_owned(),
        Some(Party::Shared) => "the shared".to_owned(),
        Some(Party::Provider(name) | Party::Other(name)) if name.ends_with('s') => {
            format!("{name}'")
        }
        Some(Party::Provider(name) | Party::Other(name)) => format!("{name}'s"),
        None => "nobody's".to_owned(),
    }
}

fn duty_of(party: Option<&Party>) -> String {
    match party {
        Some(Party::Shared) => "this shared responsibility".to_owned(),
        Some(Party::Customer | Party::Ibm | Party::Provider(_) | Party::Other(_)) | None => {
            format!("{} responsibility", party_possessive(party))
        }
    }
}

/// What weighty words do to the duty.
pub(super) fn emphasis_text(change: &Change) -> Option<String> {
    let shown: Vec<&str> = change
        .emphasis
        .iter()
        .map(|emphasis| match emphasis {
            Emphasis::Strength => "how binding the responsibility is",
            Emphasis::Negation => "a “not”",
            Emphasis::Quantity => "a number or a time period",
        })
        .collect();
    let (last, rest) = shown.split_last()?;
    let rest = rest.join(", ");
    Some(if rest.is_empty() {
        format!("This changes {last}.")
    } else {
        format!("This changes {rest} and {last}.")
    })
}

/// The sentence for notes without any change.
pub(super) fn nothing_changed(notes: &Notes) -> String {
    let pages = match notes.pages_read {
        0 if notes.ends.is_none() => {
            let none = match notes.pages_at_end {
                None => "No responsibility page found.",
                Some(0) => "No responsibility page found in this range.",
                Some(_) => "No responsibility page changed in this range.",
            };
            return none.to_owned();
        }
        // there are pages, none of which differs
        0 if notes.pages_at_end.is_some_and(|pages| pages > 0) => {
            "no responsibility page differs".to_owned()
        }
        0 => "no responsibility page read".to_owned(),
        count => format!("{} read", counted(count, "responsibility page")),
    };
    let nothing = match notes.pages_unread {
        0 => "No duty changed".to_owned(),
        count => format!(
            "respdiff can no longer tell who has which duty in {}. No other duty changed",
            counted(count, "page")
        ),
    };
    let read = match (&notes.ends, notes.by) {
        (Some(ends), _) => {
            let (old, new) =
                (crate::report::lasting_name(&ends.old), crate::report::lasting_name(&ends.new));
            format!(" between {old} and {new}: {pages}")
        }
        (None, NotesBy::Edition | NotesBy::Change) => {
            let editions = counted(notes.without_changes.len(), "edition");
            format!(": {} with {editions} read", pages.trim_end_matches(" read"))
        }
        (None, NotesBy::Range | NotesBy::Document | NotesBy::Control) => format!(": {pages}"),
    };
    format!("{nothing}{read}.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_from_the_inside_out() {
        let mut place = Place {
            duty: 0,
            path: None,
            section: vec!["By area".to_owned(), "Disaster recovery".to_owned()],
            area: "Disaster recovery".to_owned(),
            task: "Restore".to_owned(),
            text: String::new(),
            line: 1,
            included: None,
        };
        let shown = |place: &Place| {
            let spot = NotedPlace::from_place(place, "Page");
            (spot.label, spot.place)
        };
        assert_eq!(shown(&place), ("Restore".into(), "By area › Disaster recovery".into()));
        place.section[0] = "Shared responsibilities by area".to_owned();
        assert_eq!(shown(&place), ("Restore".into(), "Disaster recovery".into()));
        place.section[0] = "By area".to_owned();
        place.task.clear();
        assert_eq!(shown(&place), ("Disaster recovery".into(), "By area".into()));
        place.section.clear();
        place.area.clear();
        assert_eq!(shown(&place), ("Page".into(), String::new()));
    }

    #[test]
    fn who_had_it_and_who_has_it() {
        let vendor = Party::Other("Acme".to_owned());
        let shown = |old: &Party, new: &Party| moved_clause(Some(old), Some(new), "IBM");
        assert_eq!(
            shown(&Party::Ibm, &Party::Customer),
            "This is now your responsibility, no longer IBM's"
        );
        assert_eq!(
            shown(&Party::Shared, &Party::Ibm),
            "This is now IBM's responsibility alone, no longer shared with you"
        );
        assert_eq!(
            shown(&Party::Customer, &Party::Shared),
            "You and IBM now share this responsibility; it was yours alone"
        );
        assert_eq!(
            shown(&Party::Customer, &vendor),
            "This is now Acme's responsibility, no longer yours"
        );
        assert_eq!(
            shown(&Party::Customer, &Party::Other("Operations".to_owned())),
            "This is now Operations' responsibility, no longer yours"
        );
    }
}
