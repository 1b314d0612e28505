//! Parties, places and dates in people's words.

use crate::model::{Change, Emphasis, Introduced, Party, Place, Stamp, Years, noun_for};
pub(in crate::render) use crate::model::{counted, short_id};
use crate::render::safe;
use crate::report::{CommitReport, Edition, ReadCounts};

/// Where no page was found, if only some paths were asked for.
pub(super) const AMONG_PATHS: &str = " among the given paths";

/// A party as people call it.
pub(crate) fn party_name(party: Option<&Party>) -> String {
    match party {
        Some(Party::Ibm) => "IBM".to_owned(),
        Some(Party::Customer) => "customer".to_owned(),
        Some(Party::Shared) => "shared".to_owned(),
        Some(Party::Provider(name) | Party::Other(name)) => safe::make_visible(name).into_owned(),
        None => "nobody".to_owned(),
    }
}

/// A name from outside, as it may be shown.
pub(super) fn visible(name: &str) -> String {
    safe::make_visible(name).into_owned()
}

/// Where a duty stands, for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::render) struct ShownPlace {
    /// The headings above it.
    pub(in crate::render) section: String,
    /// Its task; empty where nothing is to be said of it.
    pub(in crate::render) task: String,
}

impl ShownPlace {
    /// For an owner grid's duty only the section is shown: its text is its row and column. The
    /// label of an owner list's row is often the duty itself.
    pub(in crate::render) fn from_place(place: &Place) -> Self {
        let mut parts: Vec<&str> = place.section.iter().map(String::as_str).collect();
        let grid_cell = !place.task.is_empty()
            && place.text.strip_prefix(place.task.as_str()) == Some(&format!(": {}", place.area));
        if !grid_cell && parts.last() != Some(&place.area.as_str()) {
            parts.push(&place.area);
        }
        parts.retain(|part| !part.is_empty());
        let path = place.path.as_ref().map(|path| format!("{path}: ")).unwrap_or_default();
        let is_said = grid_cell || (place.task == place.text && !parts.is_empty());
        let task = if is_said { String::new() } else { place.task.clone() };
        Self { section: format!("{path}{}", parts.join(" › ")), task }
    }

    /// Where a duty was before, if it is here now.
    pub(in crate::render) fn was_text(&self, now: &Self) -> String {
        let (before, now) = (self.in_one_line(), now.in_one_line());
        let is_above = now.strip_prefix(&before).is_some_and(|rest| rest.starts_with(" › "));
        format!("was {}under {before}", if is_above { "directly " } else { "" })
    }

    /// Both in one line.
    pub(in crate::render) fn in_one_line(&self) -> String {
        match (self.section.as_str(), self.task.as_str()) {
            ("", "") => "(above the first heading)".to_owned(),
            ("", task) => task.to_owned(),
            (section, "") => section.to_owned(),
            (section, task) => format!("{section} › {task}"),
        }
    }
}

/// A stamp's date as the page writes it.
pub(in crate::render) fn stamp_date(stamp: &Stamp) -> String {
    match stamp.written_date() {
        Some(date) => safe::make_visible(&date).into_owned(),
        None => "without a date".to_owned(),
    }
}

/// Copyright years.
pub(in crate::render) fn years_text(years: Option<Years>) -> String {
    years.map_or_else(|| "none".to_owned(), |years| years.to_string())
}

/// The commit that brought a change, its day and its edition.
pub(in crate::render) fn introduced_text(introduced: &Introduced) -> String {
    commit_of(introduced, true)
}

/// Since when an added duty has its present party and its present words, where that is later than
/// the commit that added it.
pub(in crate::render) fn later_origins(change: &Change) -> Vec<String> {
    let owner = change.party.new.as_ref().map_or("nobody's".into(), Party::possessive);
    let owner = safe::make_visible(&owner);
    let since = |what: &str, origin: &Option<Introduced>| {
        origin.as_ref().map(|origin| format!("{what} since {}", introduced_text(origin)))
    };
    let all = [since(&owner, &change.assigned), since("current wording", &change.worded)];
    all.into_iter().flatten().collect()
}

/// The same as [`introduced_text`], without the edition where a heading names it.
pub(super) fn commit_of(introduced: &Introduced, with_edition: bool) -> String {
    let edition = match introduced.last_updated {
        _ if !with_edition => String::new(),
        Some(date) => format!(", edition {date}"),
        None => ", no date in the page".to_owned(),
    };
    let day = introduced.time.to_utc().date_naive();
    // a change that a merge brought was written in a commit inside it
    let (what, author) = match &introduced.author_commit {
        Some(commit) => ("merge", format!(", written in commit {}", short_id(commit))),
        None => ("commit", String::new()),
    };
    format!("{what} {} of {day}{edition}{author}", short_id(&introduced.commit))
}

/// The date of the stamp, or of the commit that stands in for it.
pub(in crate::render) fn edition_date(edition: &Edition) -> String {
    let stamp = edition.stamp();
    match stamp.last_updated {
        Some(_) => stamp_date(&stamp),
        None => format!("{} (date of its commit)", edition.day),
    }
}

/// The commits of an edition, the newest ones by name.
pub(in crate::render) fn commits_text(edition: &Edition) -> String {
    /// More than these are counted.
    const COMMITS: usize = 3;
    let all = &edition.commits;
    let shown: Vec<String> = all.iter().take(COMMITS).map(commit_text).collect();
    let shown = format!("{} {}", noun_for(all.len(), "commit"), shown.join(", "));
    match all.len().checked_sub(COMMITS + 1) {
        Some(more) => format!("{shown} and {} more", more + 1),
        None => shown,
    }
}

/// A commit and its day.
pub(in crate::render) fn commit_text(commit: &CommitReport) -> String {
    format!("{} of {}", short_id(&commit.commit), commit.time.to_utc().date_naive())
}

/// What weighty words do to a duty.
pub(in crate::render) const fn emphasis_text(emphasis: Emphasis) -> &'static str {
    match emphasis {
        Emphasis::Strength => "how binding the duty is",
        Emphasis::Negation => "a negation",
        Emphasis::Quantity => "a number or a time period",
    }
}

/// That there is no edition, or none of those that were asked for.
#[must_use]
pub fn none_found_text(read: &ReadCounts, commits: usize) -> String {
    let walked = counted(commits, "commit");
    if read.editions == 0 {
        let among = if read.for_paths { AMONG_PATHS } else { "" };
        return match read.at_end {
            None => format!("No responsibility page found{among} in {walked}."),
            Some(0) => format!("No responsibility page found{among} in this range ({walked})."),
            Some(pages) => {
                let pages = counted(pages, "responsibility page");
                format!("No responsibility page changed in this range ({walked}, {pages}).")
            }
        };
    }
    let which = match (read.editions, read.for_changes) {
        (1, true) => "The only edition has no matching change".to_owned(),
        (1, false) => "The only edition is not in that period".to_owned(),
        (all, true) => format!("None of the {all} editions has a matching change"),
        (all, false) => format!("None of the {all} editions is in that period"),
    };
    format!("{which} ({}, {walked} read).", counted(read.pages, "page"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_above_is_told_apart() {
        let place = |section: &str, task: &str| ShownPlace {
            section: section.to_owned(),
            task: task.to_owned(),
        };
        let now = place("Security › Compliance", "Audits");
        assert_eq!(place("Security", "").was_text(&now), "was directly under Security");
        assert_eq!(place("Security", "Audits").was_text(&now), "was under Security › Audits");
        assert_eq!(place("Secur", "").was_text(&now), "was under Secur");
    }

    #[test]
    fn a_label_that_is_the_duty_is_not_shown_twice() {
        let mut cell = Place {
            duty: 0,
            path: None,
            section: vec!["Overview".to_owned()],
            area: "Disaster recovery".to_owned(),
            task: "Storage".to_owned(),
            text: "Storage: Disaster recovery".to_owned(),
            line: 4,
            included: None,
        };
        assert_eq!(ShownPlace::from_place(&cell).in_one_line(), "Overview");
        cell.text = "Copy it".to_owned();
        assert_eq!(
            ShownPlace::from_place(&cell).in_one_line(),
            "Overview › Disaster recovery › Storage"
        );
        cell.task = "Copy it".to_owned();
        assert_eq!(ShownPlace::from_place(&cell).in_one_line(), "Overview › Disaster recovery");
    }
}
