//! Which step between two ends made a change.

use super::duty_counts::DutyKey;
use super::version_chain::{DutyVersion, Lineage, VersionChain};
use crate::model::{Change, Kind};

/// The version that first shows a change for good, and how to recognise it in other contents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FirstShown {
    /// Position among the versions, from 1.
    pub(super) version: usize,
    /// The duty as that version states it (as the one before did, for a removed duty).
    pub(super) key: DutyKey,
    /// Whether the duty came; otherwise it went.
    pub(super) came: bool,
}

/// Finds the step that made a change: by the lineage of its duty, and where that does not
/// agree with the comparison of the ends, by when the page first stated what it states now.
pub(super) fn find(chain: &VersionChain, change: &Change) -> Option<FirstShown> {
    if change.kind == Kind::Removed {
        return find_removal(chain, change.place.old.as_ref()?.duty);
    }
    let duty = change.place.new.as_ref()?.duty;
    let lineage = chain.follow_back(duty);
    let begun = Some(lineage.last_version()).filter(|version| *version > 0);
    let version =
        step_that_made(chain, &lineage, change.kind).or(begun).or(lineage.events.first().copied());
    let with_place = change.kind == Kind::Relocated;
    let key =
        |stop: DutyVersion| chain.duty_at(stop).map(|found| DutyKey::for_duty(found, with_place));
    match version {
        Some(version) => {
            let stop = lineage.stops.iter().find(|stop| stop.version == version)?;
            Some(FirstShown { version, key: key(*stop)?, came: true })
        }
        None => by_state(chain, key(DutyVersion { version: chain.last(), duty })?, true),
    }
}

/// The step since which an added duty has its present words, where that is later than the one
/// that added it.
pub(super) fn find_wording(chain: &VersionChain, change: &Change) -> Option<FirstShown> {
    if change.kind != Kind::Added {
        return None;
    }
    let lineage = chain.follow_back(change.place.new.as_ref()?.duty);
    shown_by_step(chain, &lineage, Kind::Reworded)
}

/// The step since which an added duty has its present party, where that is later than the one that
/// added it, and gave it to another.
pub(super) fn find_assignment(chain: &VersionChain, change: &Change) -> Option<FirstShown> {
    let lineage = added_for_another(chain, change)?;
    shown_by_step(chain, &lineage, Kind::Moved)
}

/// The version that added a duty for another party than the one that has it now; none where none
/// did.
pub(super) fn added_for_another_at(chain: &VersionChain, change: &Change) -> Option<usize> {
    added_for_another(chain, change).map(|lineage| lineage.last_version())
}

fn added_for_another(chain: &VersionChain, change: &Change) -> Option<Lineage> {
    if change.kind != Kind::Added {
        return None;
    }
    let lineage = chain.follow_back(change.place.new.as_ref()?.duty);
    let party = |stop: Option<&DutyVersion>| Some(&chain.duty_at(*stop?)?.2.party);
    let began_with = party(lineage.stops.last().filter(|stop| stop.version > 0))?;
    (Some(began_with) != party(lineage.stops.first())).then_some(lineage)
}

/// The newest step on a lineage that changed the duty in one way.
fn shown_by_step(chain: &VersionChain, lineage: &Lineage, kind: Kind) -> Option<FirstShown> {
    let version = step_that_made(chain, lineage, kind)?;
    let stop = lineage.stops.iter().find(|stop| stop.version == version)?;
    Some(FirstShown { version, key: DutyKey::for_duty(chain.duty_at(*stop)?, false), came: true })
}

fn find_removal(chain: &VersionChain, duty: usize) -> Option<FirstShown> {
    let lineage = chain.follow_forth(duty);
    let last = *lineage.stops.last()?;
    let key = DutyKey::for_duty(chain.duty_at(last)?, false);
    if last.version < chain.last() {
        return Some(FirstShown { version: last.version + 1, key, came: false });
    }
    // The versions between lead it to the new end, the comparison of the ends does not.
    let gone = DutyKey::for_duty(chain.duty_at(DutyVersion { version: 0, duty })?, false);
    by_state(chain, gone, false).or_else(|| {
        let version = *lineage.events.last()?;
        Some(FirstShown { version, key, came: true })
    })
}

/// The newest step on a lineage that made the change between the ends.
fn step_that_made(chain: &VersionChain, lineage: &Lineage, kind: Kind) -> Option<usize> {
    let differs = |newer: DutyVersion, older: DutyVersion| {
        let (Some(new), Some(old)) = (chain.duty_at(newer), chain.duty_at(older)) else {
            return false;
        };
        match kind {
            Kind::Moved => new.2.party != old.2.party,
            Kind::Reworded => new.2.phrase.canonical != old.2.phrase.canonical,
            Kind::Relocated => DutyKey::place_only(new) != DutyKey::place_only(old),
            Kind::Added | Kind::Removed => false,
        }
    };
    let steps = lineage.stops.windows(2);
    steps.filter(|pair| differs(pair[0], pair[1])).map(|pair| pair[0].version).next()
}

/// The first version from which on a duty is stated as often as at the new end (or, for one
/// that went, no more often).
fn by_state(chain: &VersionChain, key: DutyKey, came: bool) -> Option<FirstShown> {
    let count = |version: usize| {
        chain.pages.get(version).map_or(0, |page| page.counts_by_key().count_of(key))
    };
    let wanted = count(chain.last());
    let holds = |version: &usize| {
        if came { count(*version) >= wanted } else { count(*version) <= wanted }
    };
    let version = (0..=chain.last()).rev().take_while(holds).last()?;
    (version > 0).then_some(FirstShown { version, key, came })
}

#[cfg(test)]
mod tests {
    use super::super::testing::{chain, change};
    use super::*;

    /// Each version is a list of `party: text @ task`, a duty keeps its position in the list
    /// where `links` do not say otherwise.
    #[track_caller]
    fn check(
        versions: &[&[&str]],
        kind: Kind,
        old: Option<usize>,
        new: Option<usize>,
        at: Option<usize>,
    ) {
        let chain = chain(versions);
        let found = find(&chain, &change(kind, old, new));
        assert_eq!(found.map(|found| found.version), at);
    }

    #[test]
    fn a_move_is_made_by_the_last_step_that_gave_it_away() {
        let versions: &[&[&str]] = &[
            &["1 customer: back up"],
            &["1 ibm: back up"],
            &["1 customer: back up"],
            &["1 ibm: back up all"],
            &["1 ibm: back up all data"],
        ];
        check(versions, Kind::Moved, Some(0), Some(0), Some(3));
        check(versions, Kind::Reworded, Some(0), Some(0), Some(4));
    }

    #[test]
    fn an_added_duty_begins_and_a_removed_one_ends() {
        let versions: &[&[&str]] = &[
            &["1 ibm: a", "2 ibm: b"],
            &["1 ibm: a", "2 ibm: b", "3 ibm: c"],
            &["1 ibm: a", "3 ibm: c d"],
            &["1 ibm: a", "3 ibm: c d"],
        ];
        check(versions, Kind::Added, None, Some(1), Some(1));
        check(versions, Kind::Removed, Some(1), None, Some(2));
    }

    #[test]
    fn an_added_duty_has_its_words_since_a_later_step() {
        let chain = chain(&[
            &["1 ibm: a"],
            &["1 ibm: a", "2 ibm: b"],
            &["1 ibm: a", "2 ibm: b c"],
            &["1 ibm: a", "2 ibm: b c"],
        ]);
        let added = change(Kind::Added, None, Some(1));
        assert_eq!(find(&chain, &added).unwrap().version, 1);
        assert_eq!(find_wording(&chain, &added).unwrap().version, 2);
        assert_eq!(find_wording(&chain, &change(Kind::Reworded, Some(0), Some(0))), None);
    }

    #[test]
    fn an_added_duty_has_its_party_since_a_later_step() {
        let chain = chain(&[
            &["1 ibm: a"],
            &["1 ibm: a", "2 ibm: b", "3 ibm: c"],
            &["1 ibm: a", "2 customer: b", "3 shared: c"],
            &["1 ibm: a", "2 customer: b", "3 ibm: c"],
        ]);
        let added = change(Kind::Added, None, Some(1));
        assert_eq!(find(&chain, &added).unwrap().version, 1);
        assert_eq!(find_assignment(&chain, &added).unwrap().version, 2);
        assert_eq!(added_for_another_at(&chain, &added), Some(1));
        // who got it back had it from the beginning
        assert_eq!(find_assignment(&chain, &change(Kind::Added, None, Some(2))), None);
        assert_eq!(find_assignment(&chain, &change(Kind::Reworded, Some(0), Some(0))), None);
    }

    #[test]
    fn a_move_that_the_steps_saw_as_removed_and_added_counts_from_the_adding() {
        let versions: &[&[&str]] =
            &[&["1 ibm: back up"], &["2 customer: back up"], &["2 customer: back up now"]];
        check(versions, Kind::Moved, Some(0), Some(0), Some(1));
    }

    #[test]
    fn a_relocation_is_a_change_of_place() {
        let versions: &[&[&str]] = &[
            &["1 ibm: a @ storage"],
            &["1 ibm: a @ network"],
            &["1 ibm: b @ network"],
            &["1 ibm: a @ network"],
        ];
        check(versions, Kind::Relocated, Some(0), Some(0), Some(1));
    }

    #[test]
    fn where_lineage_disagrees_events_and_then_states_decide() {
        let events: &[&[&str]] = &[&["1 ibm: a"], &["1 ibm: b"], &["1 ibm: b"]];
        check(events, Kind::Added, None, Some(0), Some(1));
        let same: &[&[&str]] = &[&["1 ibm: a"], &["1 ibm: a"]];
        check(same, Kind::Added, None, Some(0), None);
        check(same, Kind::Removed, Some(0), None, None);
    }
}
