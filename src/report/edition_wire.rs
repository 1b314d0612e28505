//! An edition as `respdiff.log/1` has it: what is said of its page, of its end and of its changes, in
//! one object.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::loads::{PartyCount, counts_by_name};
use super::log::{CommitReport, Edition, Gone};
use super::other_page::GivenDuty;
use super::published::{is_zero, published};
use super::summary::BurdenCounts;
use crate::model::{Change, Notice, Party, Sides, Stamp};

published! {
    Edition as EditionWire<'_>: (edition, to) => EditionWire::from_edition(edition).serialize(to);
}

/// One edition with all that a line needs to stand alone.
#[derive(Clone, Copy, Debug, Serialize)]
#[serde(tag = "schema", rename = "respdiff.log/1")]
pub struct EditionLine<'a> {
    /// The repository as it was named, where there are several.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repository: Option<&'a str>,
    /// The newest path of the page.
    pub document: &'a str,
    /// The edition.
    #[serde(flatten)]
    pub edition: &'a Edition,
}

/// One edition of a page: consecutive versions with the same date and copyright years.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Edition")]
struct EditionWire<'a> {
    #[serde(flatten)]
    stamp: Stamp,
    /// The commits of the edition, newest first.
    commits: &'a [CommitReport],
    /// The changes since the previous edition; empty for the first.
    changes: &'a [Change],
    /// For the first edition: the changes of duties that came from another page or went to one (the
    /// side in the other page has a `path`).
    between_pages: &'a [Change],
    /// For a first edition of several commits: what the later ones changed since its first version.
    since_first_version: &'a [Change],
    /// For editions after the first: the moves of duties that the edition itself added. In `changes`,
    /// each of these duties is added for the party that has it now.
    moved_after_adding: &'a [Change],
    notices: &'a [Notice],
    /// The path of the page at that time.
    path: &'a str,
    title: &'a str,
    /// The commit that removed the page after this edition, or all duties from it.
    removed: Option<&'a CommitReport>,
    /// Whether the file is still there after that commit.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    removed_file_stays: bool,
    /// How many duties went to other pages in the commit that `removed` or `unread` names, by path.
    went_to: Option<&'a BTreeMap<String, usize>>,
    /// How many duties of the removed page are also on other pages, by path.
    also_in: Option<BTreeMap<&'a str, usize>>,
    /// The duties of the removed page that the page in `also_in` has, too, but gives to another party.
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    also_in_given_to_others: &'a [GivenDuty],
    /// The commit since which the parties of the page cannot be read, or, with `removed`, could not be
    /// read until it was removed.
    unread: Option<&'a Gone>,
    /// How many duties are in tables whose parties can no longer be read, on a page with other tables
    /// whose parties can. `notices` says where (`unassigned`).
    unread_duties: usize,
    /// How many of its changes the policy leaves out (`level: off`).
    #[serde(skip_serializing_if = "is_zero")]
    ignored_by_policy: usize,
    /// How many duties each party has (`ibm`, `customer`, `shared`, `other:<name>`).
    duties: BTreeMap<String, usize>,
    /// The same, as rows.
    duty_counts: Vec<PartyCount>,
    /// How many changes shift work to each party.
    burden: BurdenCounts,
}

impl<'a> EditionWire<'a> {
    fn from_edition(edition: &'a Edition) -> Self {
        let (shown, gone) = (&edition.report, edition.gone.as_ref());
        let unread = gone.and_then(Gone::unread_version);
        let removed = gone.filter(|gone| gone.unread.is_empty()).map(|gone| &gone.commit);
        let within = edition.changes_within.as_slice();
        let (since_first_version, moved_after_adding) =
            if edition.stamp_before().is_none() { (within, &[][..]) } else { (&[][..], within) };
        let count = |(party, count): &(Party, Sides<usize>)| PartyCount {
            party: party.clone(),
            count: count.new,
        };
        let duty_counts: Vec<PartyCount> = edition.duties.iter().map(count).collect();
        let also_in = edition.also_in();
        Self {
            stamp: edition.stamp(),
            commits: &edition.commits,
            changes: &shown.changes,
            between_pages: &edition.between_pages,
            since_first_version,
            moved_after_adding,
            notices: &shown.notices,
            path: &shown.path,
            title: &shown.title,
            removed,
            removed_file_stays: removed.is_some() && edition.file_stays(),
            went_to: gone.map(|gone| &gone.went_to),
            also_in: also_in.map(|page| BTreeMap::from([(page.path.as_str(), page.duties)])),
            also_in_given_to_others: also_in.map_or(&[], |page| &page.given_to_others),
            unread,
            ignored_by_policy: shown.ignored,
            unread_duties: edition.unread_tables.all_duties(),
            duties: counts_by_name(&duty_counts),
            duty_counts,
            burden: edition.summary().burden,
        }
    }
}
