//! Who has how many duties, and how that changed: the history of pages in numbers.

mod ended_pages;
mod grouping;

pub use ended_pages::EndedPages;
pub use grouping::Grouping;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::model::{Party, Sides};

use super::{CommitReport, Edition, PageLog, ReadCounts, Summary};

/// The duties of each party.
type Counts = BTreeMap<Party, usize>;

/// The duties after a commit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatsPoint {
    /// The commit.
    pub commit: CommitReport,
    /// `lastupdated` of the pages that it changed; `None` where they give no date or several.
    pub last_updated: Option<NaiveDate>,
    /// How many duties each party has, in the order of parties; those without any too.
    pub duties: Vec<(Party, usize)>,
}

/// How the duties of one group went.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Track {
    /// The heading or the document's path; empty where all is counted together.
    pub name: String,
    /// The document's title.
    pub title: Option<String>,
    /// How many duties each party had to begin with, and has in the end.
    pub parties: Vec<(Party, Sides<usize>)>,
    /// The counts after each commit that brought an edition (of an area, one that changed them).
    pub points: Vec<StatsPoint>,
    /// What the changes between editions come to.
    pub summary: Summary,
}

/// All that was counted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatsReport {
    /// What by.
    pub by: Grouping,
    /// Whether it begins at an edition before; else each page begins with its first edition.
    pub bounded: bool,
    /// All together.
    pub total: Track,
    /// Each by itself; the one with the most moves to the customer stands first.
    pub groups: Vec<Track>,
    /// How many pages have an edition in it.
    pub pages: usize,
    /// Those of them that were removed in the end.
    pub removed: EndedPages,
    /// Those of which nobody can tell any more who has which duty.
    pub unread: EndedPages,
    /// How many duties pages start with that began after the moment at which a bounded report does.
    pub begun_later: usize,
    /// What became of duties that came from another page, or went to one, in a page's first edition.
    pub between_pages: Summary,
    /// How many editions there are.
    pub editions: usize,
    /// How many commits were walked.
    pub commits: usize,
    /// What was read of it, asked for or not.
    pub read: ReadCounts,
}

/// Counts page after page; of each no more is kept than numbers.
#[derive(Debug)]
pub struct Stats {
    by: Grouping,
    bounded: bool,
    editions: usize,
    removed: EndedPages,
    unread: EndedPages,
    begun_later: usize,
    between_pages: Summary,
    pages: Vec<Numbers>,
}

/// Counts by group; none stands for all together.
type Grouped = BTreeMap<Option<String>, Counts>;

/// What is kept of a page.
#[derive(Debug, Default)]
struct Numbers {
    path: String,
    title: String,
    /// What all is held against.
    begun: Grouped,
    /// The counts before the first edition that is shown.
    before: Grouped,
    events: Vec<CountEvent>,
    /// The headings as they are written, by what they are counted by.
    headings: BTreeMap<String, String>,
    summaries: BTreeMap<Option<String>, Summary>,
}

/// Something that gave a page other counts.
#[derive(Debug)]
struct CountEvent {
    /// When, but never before what happened to the page before.
    at: DateTime<FixedOffset>,
    commit: CommitReport,
    last_updated: Option<NaiveDate>,
    counts: Grouped,
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
            removed: EndedPages::default(),
            unread: EndedPages::default(),
            begun_later: 0,
            between_pages: Summary::default(),
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
            ..Numbers::default()
        };
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
        if self.bounded && oldest.stamp_before().is_none() {
            self.begun_later += oldest.duties.iter().map(|(_, count)| count.new).sum::<usize>();
        }
        self.removed.count_page(page.removed_duties());
        self.unread.count_page(page.unread_duties());
        self.editions += page.editions.len();
        self.pages.push(numbers);
    }

    fn group_counts(
        &self,
        page: &PageLog,
        edition: &Edition,
        side: impl Fn(&Sides<usize>) -> usize,
    ) -> Grouped {
        let all = || edition.duties.iter().map(|(party, count)| (party.clone(), side(count)));
        let mut grouped = Grouped::from([(None, all().collect())]);
        match self.by {
            Grouping::Party => {}
            Grouping::Document => {
                grouped.insert(Some(page.path.clone()), all().collect());
            }
            Grouping::Area => {
                for count in &edition.areas {
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
            self.between_pages.count_change(change);
        }
        let canonical: BTreeMap<&str, &str> = edition
            .areas
            .iter()
            .map(|count| (count.area.text.as_str(), count.area.canonical.as_str()))
            .collect();
        for change in edition.report.changes.iter().filter(|change| !change.reference) {
            numbers.summaries.entry(None).or_default().count_change(change);
            let group = match self.by {
                Grouping::Party => continue,
                Grouping::Document => page.path.clone(),
                Grouping::Area => {
                    let place = change.place.new.as_ref().or(change.place.old.as_ref());
                    let area = place.map_or("", |place| place.area.as_str());
                    canonical.get(area).map_or_else(|| area.to_lowercase(), |key| (*key).to_owned())
                }
            };
            numbers.summaries.entry(Some(group)).or_default().count_change(change);
        }
    }

    /// All that was counted, in the order of time; `commits` were walked for it.
    #[must_use]
    pub fn finish(self, commits: usize) -> StatsReport {
        let (by, bounded, removed, unread) = (self.by, self.bounded, self.removed, self.unread);
        let (editions, pages) = (self.editions, self.pages.len());
        let (begun_later, between_pages) = (self.begun_later, self.between_pages.clone());
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
            removed,
            unread,
            begun_later,
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

impl Numbers {
    fn push(&mut self, commit: &CommitReport, last_updated: Option<NaiveDate>, counts: Grouped) {
        let before = self.events.last().map(|event| event.at);
        let at = before.map_or(commit.time, |before| before.max(commit.time));
        self.events.push(CountEvent { at, commit: commit.clone(), last_updated, counts });
    }
}

/// The most moves to the customer first, then the most moves, then where the customer's duties grew
/// most.
fn track_order(track: &Track) -> (Reverse<[usize; 2]>, Reverse<i64>, Reverse<usize>, &str) {
    let yours = track.parties.iter().find(|(party, _)| *party == Party::Customer);
    let yours = yours.map_or(Sides::default(), |(_, count)| *count);
    let signed = yours.map(|count| i64::try_from(count).unwrap_or(i64::MAX));
    let moves = [track.summary.moved_to_customer, track.summary.moved];
    (Reverse(moves), Reverse(signed.new - signed.old), Reverse(yours.new), &track.name)
}

fn grow_counts(counts: &mut Counts, more: &Counts) {
    for (party, count) in more {
        *counts.entry(party.clone()).or_default() += count;
    }
}

/// A group while it is counted.
#[derive(Debug, Default)]
struct GroupTally {
    name: String,
    title: Option<String>,
    begun: Counts,
    now: Counts,
    points: Vec<(CommitReport, Option<NaiveDate>, Counts)>,
    summary: Summary,
}

impl GroupTally {
    /// The newest spelling counts, and a document is known by its title, too.
    fn set_name(&mut self, group: Option<&str>, page: &Numbers) {
        let Some(group) = group else { return };
        if group == page.path {
            self.title = Some(page.title.clone());
        }
        let heading = page.headings.get(group).cloned();
        self.name = heading.unwrap_or_else(|| group.to_owned());
    }

    /// One page's part of it changes; `every` keeps a point although the counts are the same.
    fn apply_step(
        &mut self,
        was: Option<&Counts>,
        is: Option<&Counts>,
        event: &CountEvent,
        every: bool,
    ) {
        let before = self.now.clone();
        for (party, count) in was.into_iter().flatten() {
            let now = self.now.entry(party.clone()).or_default();
            *now = now.saturating_sub(*count);
        }
        grow_counts(&mut self.now, is.unwrap_or(&Counts::new()));
        if !every && !self.points.is_empty() && self.now == before {
            return;
        }
        let mut date = event.last_updated;
        if let Some((last, reported, _)) = self.points.last()
            && last.commit == event.commit.commit
        {
            date = date.filter(|date| *reported == Some(*date));
            self.points.pop();
        }
        self.points.push((event.commit.clone(), date, self.now.clone()));
    }

    fn into_track(self) -> Track {
        let counted = self.points.iter().flat_map(|(_, _, counts)| counts.keys());
        let mut parties: BTreeSet<Party> = BTreeSet::new();
        // the first stays, by the name that the pages' policy has for it
        for party in self.begun.keys().chain(counted) {
            parties.insert(party.clone());
        }
        for party in [Party::Ibm, Party::Shared, Party::Customer] {
            parties.insert(party);
        }
        let of = |counts: &Counts, party: &Party| counts.get(party).copied().unwrap_or(0);
        let point = |(commit, last_updated, counts): (CommitReport, _, Counts)| StatsPoint {
            commit,
            last_updated,
            duties: parties.iter().map(|party| (party.clone(), of(&counts, party))).collect(),
        };
        let both = |party: &Party| Sides::new(of(&self.begun, party), of(&self.now, party));
        Track {
            name: self.name,
            title: self.title,
            parties: parties.iter().map(|party| (party.clone(), both(party))).collect(),
            points: self.points.into_iter().map(point).collect(),
            summary: self.summary,
        }
    }
}

#[cfg(test)]
mod tests;
