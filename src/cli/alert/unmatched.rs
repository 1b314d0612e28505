//! Filters that nothing in the watched repositories matches: they may be misspelled, and whoever
//! waits for a change would never hear of one.

use std::collections::BTreeSet;

use crate::error::Result;
use crate::history::{Point, Repository, similar_names};
use crate::model::{Party, Place};
use crate::policy::alert::TargetConfig;
use crate::render::{party_name, safe};

use super::super::keyrefs::Keyrefs;
use super::super::pages::{PageAt, PagesAt};
use super::super::{asked_names, log};
use super::filter::TargetFilter;
use super::settings::AlertSettings;

/// More names than these are not listed.
const MOST: usize = 4;

/// What a filter is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum FilterKey {
    Area,
    Document,
    Party,
    Repository,
}

impl FilterKey {
    const fn name(self) -> &'static str {
        match self {
            Self::Area => "area",
            Self::Document => "document",
            Self::Party => "party",
            Self::Repository => "repository",
        }
    }

    /// What it is compared with, and its short name for one and for several.
    const fn things(self) -> [&'static str; 3] {
        match self {
            Self::Area => ["heading of the watched pages", "heading", "headings"],
            Self::Document => ["responsibility page", "page", "pages"],
            Self::Party => ["party of the watched pages", "party", "parties"],
            Self::Repository => ["watched repository", "repository", "repositories"],
        }
    }
}

/// A value of a filter: the target's name, the filter's key and the value.
type FilterValue = (String, FilterKey, String);

/// What a repository has that filters are compared with.
#[derive(Clone, Default)]
pub(super) struct FilterMatches {
    /// The values that this repository was searched for.
    sought: BTreeSet<FilterValue>,
    matched: BTreeSet<FilterValue>,
    names: BTreeSet<(FilterKey, String)>,
    /// Where a repository is: filters may name that, too, but lists give each repository once.
    places: BTreeSet<String>,
}

/// The search for what filters match, over all repositories of a run.
#[derive(Clone, Default)]
pub(super) struct FilterSearch {
    found: FilterMatches,
    /// Whether a watched repository was not looked at, in which a filter may match.
    is_partial: bool,
    /// Whether a filter may be meant for another repository, which another run is about.
    is_one_of_several: bool,
}

impl FilterSearch {
    /// Of a run over these repositories.
    pub(super) fn over(settings: &AlertSettings, is_rehearsal: bool) -> Self {
        let listed = settings.places.iter().filter(|place| place.is_configured).count();
        let is_partial = listed < settings.config.repositories.len();
        let is_one_of_several = listed == 0 && settings.places.len() == 1 && !is_rehearsal;
        Self { is_partial, is_one_of_several, found: FilterMatches::default() }
    }

    /// Adds what one repository has; none where it could not be read.
    pub(super) fn add(&mut self, found: Option<&FilterMatches>) {
        let Some(found) = found.cloned() else {
            self.is_partial = true;
            return;
        };
        self.found.sought.extend(found.sought);
        self.found.matched.extend(found.matched);
        self.found.names.extend(found.names);
        self.found.places.extend(found.places);
    }

    /// A warning for each value that nothing matched, one a line.
    pub(super) fn warnings(&self) -> String {
        if self.is_partial {
            return String::new();
        }
        let unmatched = self.found.sought.difference(&self.found.matched);
        unmatched.filter_map(|value| self.warning(value)).collect()
    }

    fn warning(&self, (target, key, value): &FilterValue) -> Option<String> {
        let names = self.found.names.iter().filter(|(of, _)| of == key);
        let names: Vec<&str> = names.map(|(_, name)| name.as_str()).collect();
        // without a page there is another warning
        if names.is_empty() || (*key == FilterKey::Repository && self.is_one_of_several) {
            return None;
        }
        let [one, thing, things] = key.things();
        let key_name = key.name();
        let list = || {
            if let [only] = names.as_slice() {
                return format!("the only {thing} is {only}");
            }
            let shown = names.iter().take(MOST).copied().collect::<Vec<_>>().join("; ");
            let more = match names.len().saturating_sub(MOST) {
                0 => String::new(),
                more => format!("; and {more} more"),
            };
            format!("the {things} are: {shown}{more}")
        };
        let places = self.found.places.iter().filter(|_| *key == FilterKey::Repository);
        let known: Vec<&str> = names.iter().copied().chain(places.map(String::as_str)).collect();
        let like = nearest(*key, value, &known);
        let advice = like.map_or_else(list, |like| format!("did you mean {like}?"));
        let text =
            format!("warning: target `{target}`: `{key_name}: {value}` matches no {one}; {advice}");
        Some(format!("{}\n", safe::make_visible(&text)))
    }
}

/// Searches the pages at a point for what the targets' filters name, and looks whether there is a
/// page at all. Pages are read until each value of a filter is found.
pub(super) fn search_pages(
    repository: &Repository,
    point: &Point,
    keyrefs: &Keyrefs,
    targets: &[TargetConfig],
    (name, identity): (&str, &str),
) -> Result<(bool, FilterMatches)> {
    let mut search = ValueSearch::default();
    search.found.names.insert((FilterKey::Repository, name.to_owned()));
    search.found.places.insert(identity.to_owned());
    for target in targets {
        search.add_target(target, repository, [name, identity])?;
    }
    let filter = keyrefs.path_filter(repository, &[])?;
    let keyrefs = keyrefs.of_repository(repository);
    let has_page = PagesAt::new(repository, point, &keyrefs).visit_pages(&filter, &mut |page| {
        search.look_at(page);
        search.open.is_empty()
    })?;
    Ok((has_page, search.found))
}

/// Whether a page has what the value of a filter names.
type ValueTest = Box<dyn Fn(&PageNames) -> bool>;

#[derive(Default)]
struct ValueSearch {
    /// The values that no page matched yet.
    open: Vec<(FilterValue, ValueTest)>,
    found: FilterMatches,
}

/// What filters are compared with, of one page.
struct PageNames {
    path: String,
    headings: BTreeSet<String>,
    parties: BTreeSet<Party>,
}

impl ValueSearch {
    /// Adds the values of a target that go by a repository, or by its pages.
    fn add_target(
        &mut self,
        target: &TargetConfig,
        repository: &Repository,
        names: [&str; 2],
    ) -> Result<()> {
        let filters = &target.filters;
        let value = |key, value: &String| (target.name.clone(), key, value.clone());
        for asked in &filters.repository {
            let asked_for = value(FilterKey::Repository, asked);
            if TargetFilter::is_part_of_a_name(asked, names) {
                self.found.matched.insert(asked_for.clone());
            }
            self.found.sought.insert(asked_for);
        }
        if TargetFilter::for_target(target, repository, names)?.is_none() {
            return Ok(());
        }
        for area in &filters.area {
            let wanted = area.to_lowercase();
            let test = move |page: &PageNames| {
                page.headings.iter().any(|heading| heading.to_lowercase().contains(&wanted))
            };
            self.seek(value(FilterKey::Area, area), Box::new(test));
        }
        for document in filters.document.iter().filter(|one| !is_excluding(one)) {
            let one = repository.path_filter(&[document])?;
            let test = move |page: &PageNames| one.matches(&page.path.as_str().into());
            self.seek(value(FilterKey::Document, document), Box::new(test));
        }
        for party in &filters.party {
            let asked = log::parse_party(party);
            if matches!(asked, Party::Other(_)) {
                let test = move |page: &PageNames| page.parties.iter().any(|p| p.is_called(&asked));
                self.seek(value(FilterKey::Party, party), Box::new(test));
            }
        }
        Ok(())
    }

    fn seek(&mut self, value: FilterValue, test: ValueTest) {
        self.found.sought.insert(value.clone());
        self.open.push((value, test));
    }

    fn look_at(&mut self, page: &PageAt) {
        let names = PageNames::of_page(page);
        let matched = &mut self.found.matched;
        self.open.retain(|(value, is_on)| {
            let is_matched = is_on(&names);
            if is_matched {
                matched.insert(value.clone());
            }
            !is_matched
        });
        if self.open.is_empty() {
            return;
        }
        let parties = names.parties.iter().map(|party| party_name(Some(party)));
        let known = parties.map(|party| (FilterKey::Party, party));
        let known = known.chain(names.headings.into_iter().map(|name| (FilterKey::Area, name)));
        self.found.names.extend(known.chain([(FilterKey::Document, names.path)]));
    }
}

impl PageNames {
    fn of_page(page: &PageAt) -> Self {
        let (mut headings, mut parties) = (BTreeSet::new(), BTreeSet::new());
        for (at, duty) in page.document.duties().enumerate() {
            parties.insert(duty.2.party.clone());
            let place = Place::of_duty(at, duty);
            headings.extend(place.section.into_iter().chain([place.area]));
        }
        headings.remove("");
        Self { path: page.path(), headings, parties }
    }
}

/// Whether a pathspec says what is not wanted; it may exclude nothing today.
fn is_excluding(pathspec: &str) -> bool {
    [":!", ":^", ":(exclude"].iter().any(|sign| pathspec.starts_with(sign))
}

/// The name that somebody probably meant. Filters match a part of a heading or of a name, so that
/// parts are compared as well.
fn nearest(key: FilterKey, value: &str, names: &[&str]) -> Option<String> {
    let mut likely: Vec<String> = names.iter().map(ToString::to_string).collect();
    match key {
        FilterKey::Area => likely.extend(names.iter().flat_map(|name| runs_of_words(name, value))),
        FilterKey::Document | FilterKey::Repository => {
            let parts = names.iter().flat_map(|name| name.split('/'));
            likely.extend(parts.map(str::to_owned));
        }
        FilterKey::Party => likely.extend(asked_names::USUAL_PARTIES.map(str::to_owned)),
    }
    similar_names(value, likely).into_iter().next()
}

/// The runs of a heading's words that are as many as those of a text.
fn runs_of_words(heading: &str, text: &str) -> Vec<String> {
    let words: Vec<&str> = heading.split_whitespace().collect();
    let count = text.split_whitespace().count().max(1);
    words.windows(count).map(|run| run.join(" ")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(key: FilterKey, value: &str, names: &[&str], expected: Option<&str>) {
        assert_eq!(nearest(key, value, names).as_deref(), expected);
    }

    #[test]
    fn a_part_of_a_name_may_be_meant() {
        let headings = ["Backup and restore duties", "Queues"];
        check(FilterKey::Area, "bakcup", &headings, Some("'Backup'"));
        check(FilterKey::Area, "restore dutys", &headings, Some("'restore duties'"));
        check(FilterKey::Area, "Networks", &headings, None);
        check(FilterKey::Document, "dutys.md", &["sky/duties.md"], Some("'duties.md'"));
        check(FilterKey::Repository, "skv", &["github.com/docs/sky"], Some("'sky'"));
        check(FilterKey::Party, "custmer", &["Vendor"], Some("'customer'"));
    }
}
