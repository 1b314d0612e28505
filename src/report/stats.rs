//! Who has how many duties, and how that changed: the history of pages in numbers.

mod group_tally;
mod grouping;
mod page_numbers;
mod page_totals;
mod track;

pub use grouping::Grouping;
pub use page_totals::PageTotals;
pub use track::{PartyEnds, StatsPoint, Track};

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use crate::model::{Change, Party, Sides};

use super::schemas::with_its_name;
use super::{AreaCount, Edition, PageLog, ReadCounts, Summary};
use group_tally::{GroupTally, grow_counts};
use page_numbers::{CountEvent, Grouped, Numbers};

/// How many duties each party has over time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "schema", rename = "respdiff.stats/1")]
#[schemars(rename = "StatsWire", title = "respdiff.stats/1", transform = with_its_name)]
pub struct StatsReport {
    /// What the duties are grouped by.
    #[schemars(with = "String", extend("enum" = ["party", "area", "document"]))]
    pub by: Grouping,
    /// Whether a range or a day sets the start of the counts; if not, each page starts with its
    /// first edition.
    pub bounded: bool,
    /// The totals.
    pub total: Track,
    /// One group per area or document; empty with `party`. The one with the most moves to the
    /// customer comes first.
    #[schemars(description = "One group per area or document; empty with `party`.")]
    pub groups: Vec<Track>,
    /// The changes of duties that came from another page, or went to one, in the first edition of a
    /// page. `total.summary` does not include them; the text adds both.
    pub between_pages: Summary,
    /// How many duties are still there at the end although respdiff can no longer tell who has them.
    pub unread_duties: usize,
    /// How many pages have an edition in the range.
    pub pages: usize,
    /// Those of them that began after the start, and their duties that were on no page before.
    #[serde(skip)]
    pub new_pages: PageTotals,
    /// Those of them that were removed in the end.
    #[serde(skip)]
    pub removed: PageTotals,
    /// Those of which nobody can tell any more who has which duty.
    #[serde(skip)]
    pub unread: PageTotals,
    /// Those of which that is so of some tables, and the duties of these.
    #[serde(skip)]
    pub unread_tables: PageTotals,
    /// Pages that were there, but have no edition in the range, so that they are in no count.
    pub not_counted: PageTotals,
    /// Its editions.
    pub editions: usize,
    /// How many commits were read, along first parents.
    #[serde(rename = "commits_walked")]
    pub commits: usize,
    /// What was read of it, asked for or not.
    #[serde(skip)]
    pub read: ReadCounts,
}

/// Counts page after page; of each no more is kept than numbers.
#[derive(Debug)]
pub struct Stats {
    by: Grouping,
    bounded: bool,
    editions: usize,
    removed: PageTotals,
    unread: PageTotals,
    unread_tables: PageTotals,
    between_pages: Summary,
    /// The changes between two pages that were counted on one of them, by commit and id.
    counted_once: HashSet<(String, String)>,
    pages: Vec<Numbers>,
}

impl Stats {
    /// `bounded` says that the report begins at a moment: the counts before it are the base of
    /// every comparison, and a new page's duties are new.
    #[must_use]
    pub fn new(by: Grouping, bounded: bool) -> Self {
        Self {
            by,
            bounded,
            editions: 0,
            removed: PageTotals::default(),
            unread: PageTotals::default(),
            unread_tables: PageTotals::default(),
            between_pages: Summary::default(),
            counted_once: HashSet::new(),
            pages: Vec::new(),
        }
    }

    /// Counts a page, whose editions stand newest first.
    pub fn add_page(&mut self, page: &PageLog) {
        let Some(oldest) = page.editions.last() else { return };
        let before = self.group_counts(page, oldest, |side| side.old);
        let first = |side: &Sides<usize>| if self.bounded { side.old } else { side.new };
        let mut numbers = Numbers {
            path: page.path.clone(),
            title: page.title.clone(),
            begun: self.group_counts(page, oldest, first),
            before: if self.bounded { before } else { Grouped::new() },
            new_duties: page.began_with(oldest).map(|began| began.new),
            ..Numbers::default()
        };
        if let (Some(first), Some(began)) = (&oldest.first_version, oldest.commits.last()) {
            let counts = self.group_by(page, (&first.duties, &first.areas), |side| side.new);
            numbers.push(began, oldest.stamp().last_updated, counts);
        }
        for edition in page.editions.iter().rev() {
            for count in &edition.areas {
                numbers.headings.insert(count.area.canonical.clone(), count.area.text.clone());
            }
            let counts = self.group_counts(page, edition, |side| side.new);
            if let Some(newest) = edition.commits.first() {
                numbers.push(newest, edition.stamp().last_updated, counts);
            }
            if let Some(gone) = &edition.gone {
                numbers.push(&gone.commit, None, Grouped::new());
            }
            self.sum_up(page, edition, &mut numbers);
        }
        self.removed.count_removed(page);
        self.unread.count_page(page.unread_duties());
        self.unread_tables.count_page(page.duties_in_unread_tables());
        self.editions += page.editions.len();
        self.pages.push(numbers);
    }

    fn group_counts(
        &self,
        page: &PageLog,
        edition: &Edition,
        side: impl Fn(&Sides<usize>) -> usize,
    ) -> Grouped {
        self.group_by(page, (&edition.duties, &edition.areas), side)
    }

    fn group_by(
        &self,
        page: &PageLog,
        (duties, areas): (&[(Party, Sides<usize>)], &[AreaCount]),
        side: impl Fn(&Sides<usize>) -> usize,
    ) -> Grouped {
        let all = || duties.iter().map(|(party, count)| (party.clone(), side(count)));
        let mut grouped = Grouped::from([(None, all().collect())]);
        match self.by {
            Grouping::Party => {}
            Grouping::Document => {
                grouped.insert(Some(page.path.clone()), all().collect());
            }
            Grouping::Area => {
                for count in areas {
                    let counts = grouped.entry(Some(count.area.canonical.clone())).or_default();
                    counts.insert(count.party.clone(), side(&count.duties));
                }
            }
        }
        grouped
    }

    /// What the changes of an edition come to, each under the heading where it is now.
    fn sum_up(&mut self, page: &PageLog, edition: &Edition, numbers: &mut Numbers) {
        for change in edition.between_pages.iter().filter(|change| !change.reference) {
            if self.is_counted_first(change) {
                self.between_pages.count_change(change);
            }
        }
        let canonical: BTreeMap<&str, &str> = edition
            .areas
            .iter()
            .map(|count| (count.area.text.as_str(), count.area.canonical.as_str()))
            .collect();
        numbers.summaries.entry(None).or_default().ignored += edition.report.ignored;
        let changes: Vec<Cow<'_, Change>> = edition.changes_in_turn().collect();
        for change in changes.iter().filter(|change| !change.reference) {
            if self.is_counted_first(change) {
                numbers.summaries.entry(None).or_default().count_change(change);
            }
            let group = match self.by {
                Grouping::Party => continue,
                Grouping::Document => page.path.clone(),
                Grouping::Area => {
                    let place = change.shown_place();
                    let area = place.map_or("", |place| place.area.as_str());
                    canonical.get(area).map_or_else(|| area.to_lowercase(), |key| (*key).to_owned())
                }
            };
            numbers.summaries.entry(Some(group)).or_default().count_change(change);
        }
    }

    /// Whether no other page showed a change before: what goes from one page to another stands with
    /// both.
    fn is_counted_first(&mut self, change: &Change) -> bool {
        let Some(introduced) = change.introduced.as_ref().filter(|_| change.is_between_pages())
        else {
            return true;
        };
        self.counted_once.insert((introduced.commit.clone(), change.id.clone()))
    }

    /// The pages that began after the start.
    fn new_pages(&self) -> PageTotals {
        let first_event = |page: &Numbers| {
            page.events.first().map(|event| (event.at, event.commit.commit.clone()))
        };
        let start = self.pages.iter().filter_map(first_event).min_by_key(|(at, _)| *at);
        let mut totals = PageTotals::default();
        for page in &self.pages {
            let is_at_start = !self.bounded
                && first_event(page)
                    .zip(start.as_ref())
                    .is_some_and(|(own, start)| own.1 == start.1);
            totals.count_page(page.new_duties.filter(|_| !is_at_start));
        }
        totals
    }

    /// All that was counted, in the order of time; `commits` were walked for it.
    #[must_use]
    pub fn finish(self, commits: usize) -> StatsReport {
        let (by, bounded, removed, unread) = (self.by, self.bounded, self.removed, self.unread);
        let (editions, pages) = (self.editions, self.pages.len());
        let unread_tables = self.unread_tables;
        let (between_pages, new_pages) = (self.between_pages.clone(), self.new_pages());
        let mut tallies = self.into_tallies();
        let total = tallies.remove(&None).unwrap_or_default().into_track();
        let mut groups: Vec<Track> = tallies.into_values().map(GroupTally::into_track).collect();
        groups.sort_by(|a, b| track_order(a).cmp(&track_order(b)));
        let read = ReadCounts { pages, editions, ..ReadCounts::default() };
        StatsReport {
            by,
            bounded,
            total,
            groups,
            pages,
            new_pages,
            removed,
            unread_duties: unread.duties + unread_tables.duties,
            unread,
            not_counted: PageTotals::default(),
            unread_tables,
            between_pages,
            editions,
            commits,
            read,
        }
    }

    fn into_tallies(self) -> BTreeMap<Option<String>, GroupTally> {
        let mut tallies = BTreeMap::from([(None, GroupTally::default())]);
        for page in &self.pages {
            for (group, counts) in &page.begun {
                let tally = tallies.entry(group.clone()).or_default();
                grow_counts(&mut tally.begun, counts);
                tally.set_name(group.as_deref(), page);
            }
            for (group, counts) in &page.before {
                grow_counts(&mut tallies.entry(group.clone()).or_default().now, counts);
            }
            for (group, summary) in &page.summaries {
                let tally = tallies.entry(group.clone()).or_default();
                tally.summary = tally.summary.plus(summary);
                tally.set_name(group.as_deref(), page);
            }
        }
        let mut state: Vec<Grouped> = self.pages.iter().map(|page| page.before.clone()).collect();
        let of_page = |(at, page)| -> Vec<(usize, &CountEvent)> {
            let page: &Numbers = page;
            page.events.iter().map(|event| (at, event)).collect()
        };
        let mut events: Vec<_> = self.pages.iter().enumerate().flat_map(of_page).collect();
        // stable: what happened to one page stays in its order
        events.sort_by_key(|(page, event)| (event.at, *page));
        for (page, event) in events {
            let (Some(was), Some(numbers)) = (state.get_mut(page), self.pages.get(page)) else {
                continue;
            };
            let groups: BTreeSet<_> = was.keys().chain(event.counts.keys()).cloned().collect();
            for group in groups {
                let tally = tallies.entry(group.clone()).or_default();
                tally.set_name(group.as_deref(), numbers);
                let every = self.by != Grouping::Area || group.is_none();
                tally.apply_step(was.get(&group), event.counts.get(&group), event, every);
            }
            was.clone_from(&event.counts);
        }
        tallies
    }
}

/// The most moves to the customer first, then the most moves, then where the customer's duties grew
/// most.
fn track_order(track: &Track) -> (Reverse<[usize; 2]>, Reverse<i64>, Reverse<usize>, &str) {
    let yours = track.party_counts.iter().find(|row| row.party == Party::Customer);
    let yours = yours.map_or(Sides::default(), |row| row.duties);
    let signed = yours.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let moves = [track.summary.moved_to_customer, track.summary.moved];
    (Reverse(moves), Reverse(signed.new - signed.old), Reverse(yours.new), &track.name)
}

#[cfg(test)]
mod tests;
