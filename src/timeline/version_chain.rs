//! The versions of one page in a row, and how each duty went from one to the next.

use std::sync::Arc;

use super::pages::PageContent;
use crate::diff::{Comparison, DutyLink};
use crate::history::{FileHistory, VersionOrigin};
use crate::model::{Duty, Kind, Matrix, Row, Sides};

/// Where a duty came from or went, from one version to its neighbour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct LinkedDuty {
    /// Its index in the neighbour; none where it has no counterpart.
    pub(super) to: Option<usize>,
    /// What happened to it on the way.
    pub(super) kind: Option<Kind>,
    /// Whether it is only a part of that one, which goes on in another part.
    pub(super) part: bool,
}

/// The links between two neighbours, from either side.
#[derive(Clone, Debug, Default)]
pub(super) struct VersionLinks {
    back: Vec<LinkedDuty>,
    forth: Vec<LinkedDuty>,
    /// Whether any duty went to another party.
    pub(super) moves: bool,
}

impl VersionLinks {
    /// The step between pages whose duties are the same.
    pub(super) fn all_unchanged(duties: usize) -> Self {
        let hops: Vec<LinkedDuty> =
            (0..duties).map(|at| LinkedDuty { to: Some(at), kind: None, part: false }).collect();
        Self { back: hops.clone(), forth: hops, moves: false }
    }

    pub(super) fn new(comparison: &Comparison) -> Self {
        let mut step = Self::default();
        for DutyLink { duty, kind } in &comparison.links {
            step.moves |= *kind == Some(Kind::Moved);
            add_link(
                &mut step.back,
                duty.new,
                LinkedDuty { to: duty.old, kind: *kind, part: false },
            );
            add_link(
                &mut step.forth,
                duty.old,
                LinkedDuty { to: duty.new, kind: *kind, part: false },
            );
        }
        for pair in &comparison.recut {
            join(&mut step.back, pair.new, pair.old);
            join(&mut step.forth, pair.old, pair.new);
        }
        step.add_moved_sentences(comparison);
        step
    }

    /// A duty that was a sentence of another party's, or became one, goes on with that duty.
    fn add_moved_sentences(&mut self, comparison: &Comparison) {
        for change in comparison.changes.iter().filter(|change| change.kind == Kind::Moved) {
            let (Some(old), Some(new)) = (&change.place.old, &change.place.new) else { continue };
            if old.path.is_some() {
                continue;
            }
            self.moves = true;
            for (hops, at, to) in
                [(&mut self.back, new.duty, old.duty), (&mut self.forth, old.duty, new.duty)]
            {
                if let Some(hop) = hops.get_mut(at).filter(|hop| hop.to.is_none()) {
                    *hop = LinkedDuty { to: Some(to), kind: Some(Kind::Moved), part: true };
                }
            }
        }
    }
}

/// A duty that was cut from another, or joined to it, goes on with that one.
fn join(hops: &mut [LinkedDuty], at: usize, to: usize) {
    if let Some(hop) = hops.get_mut(at).filter(|hop| hop.to.is_none() && hop.kind.is_none()) {
        *hop = LinkedDuty { to: Some(to), kind: None, part: true };
    }
}

fn add_link(hops: &mut Vec<LinkedDuty>, at: Option<usize>, hop: LinkedDuty) {
    let Some(at) = at else { return };
    if hops.len() <= at {
        hops.resize(at + 1, LinkedDuty { to: None, kind: None, part: false });
    }
    hops[at] = hop;
}

/// One page from the old end to the new: step `k` leads from version `k` to `k + 1`.
pub(super) struct VersionChain {
    pub(super) pages: Vec<Arc<PageContent>>,
    pub(super) steps: Vec<Arc<VersionLinks>>,
}

/// A duty at one version on its way, with what brought it there from the older neighbour.
#[derive(Clone, Copy, Debug)]
pub(super) struct DutyVersion {
    pub(super) version: usize,
    pub(super) duty: usize,
}

/// A duty's way through the versions.
#[derive(Debug)]
pub(super) struct Lineage {
    /// From where the walk began, each stop next to the one before.
    pub(super) stops: Vec<DutyVersion>,
    /// Where something happened: the newer version of each such step, in the walk's order.
    pub(super) events: Vec<usize>,
}

impl VersionChain {
    /// The newest version.
    pub(super) fn last(&self) -> usize {
        self.pages.len().saturating_sub(1)
    }

    /// Whether a duty has none before it that goes on in it alone.
    pub(super) fn is_beginning(&self, version: usize, duty: usize) -> bool {
        self.link_back(version, duty).is_none_or(|hop| hop.to.is_none() || hop.part)
    }

    /// How a duty came from the version before.
    pub(super) fn link_back(&self, version: usize, duty: usize) -> Option<LinkedDuty> {
        self.steps.get(version.checked_sub(1)?)?.back.get(duty).copied()
    }

    /// Follows a duty of the newest version back to where it begins.
    pub(super) fn follow_back(&self, duty: usize) -> Lineage {
        let mut lineage = Lineage::starting_at(self.last(), duty);
        let mut here = duty;
        for version in (1..=self.last()).rev() {
            let Some(hop) = self.steps.get(version - 1).and_then(|step| step.back.get(here)) else {
                break;
            };
            if hop.kind.is_some() || hop.to.is_none() {
                lineage.events.push(version);
            }
            let Some(to) = hop.to else { break };
            here = to;
            lineage.stops.push(DutyVersion { version: version - 1, duty: here });
        }
        lineage
    }

    /// Follows a duty of the oldest version to where it ends.
    pub(super) fn follow_forth(&self, duty: usize) -> Lineage {
        let mut lineage = Lineage::starting_at(0, duty);
        let mut here = duty;
        for version in 1..=self.last() {
            let Some(hop) = self.steps.get(version - 1).and_then(|step| step.forth.get(here))
            else {
                break;
            };
            if hop.kind.is_some() || hop.to.is_none() {
                lineage.events.push(version);
            }
            let Some(to) = hop.to else { break };
            here = to;
            lineage.stops.push(DutyVersion { version, duty: here });
        }
        lineage
    }

    /// The duties of the oldest version that went to another party on their way to the newest one,
    /// whole or in part, each with what it is there.
    pub(super) fn moved_by_steps(&self) -> Vec<Sides<usize>> {
        if self.steps.len() < 2 || !self.steps.iter().any(|step| step.moves) {
            return Vec::new();
        }
        let duties = |page: Option<&Arc<PageContent>>| page.map_or(0, |page| page.duty_count());
        let mut found: Vec<Sides<usize>> = (0..duties(self.pages.last()))
            .map(|duty| (duty, self.follow_back(duty)))
            .filter(|(_, lineage)| lineage.last_version() == 0 && self.moves_back(lineage))
            .filter_map(|(new, lineage)| Some(Sides::new(lineage.stops.last()?.duty, new)))
            .collect();
        // what became a part of another duty is no beginning of it
        let joined = (0..duties(self.pages.first()))
            .map(|duty| (duty, self.follow_forth(duty)))
            .filter(|(_, lineage)| lineage.last_version() == self.last())
            .filter(|(_, lineage)| self.moves_forth(lineage))
            .filter_map(|(old, lineage)| Some(Sides::new(old, lineage.stops.last()?.duty)));
        for pair in joined {
            if !found.contains(&pair) {
                found.push(pair);
            }
        }
        found
    }

    fn moves_back(&self, lineage: &Lineage) -> bool {
        let mut hops = lineage.stops.iter().map(|stop| self.link_back(stop.version, stop.duty));
        hops.any(|hop| hop.is_some_and(|hop| hop.kind == Some(Kind::Moved)))
    }

    fn moves_forth(&self, lineage: &Lineage) -> bool {
        let mut hops = lineage
            .stops
            .iter()
            .filter_map(|stop| self.steps.get(stop.version)?.forth.get(stop.duty));
        hops.any(|hop| hop.kind == Some(Kind::Moved))
    }

    /// The duty at a stop, in its row and matrix.
    pub(super) fn duty_at(&self, stop: DutyVersion) -> Option<(&Matrix, &Row, &Duty)> {
        self.pages.get(stop.version)?.duty_at(stop.duty)
    }
}

impl Lineage {
    fn starting_at(version: usize, duty: usize) -> Self {
        Self { stops: vec![DutyVersion { version, duty }], events: Vec::new() }
    }

    /// The last stop of the walk.
    pub(super) fn last_version(&self) -> usize {
        self.stops.last().map_or(0, |stop| stop.version)
    }
}

/// A version by its commit and date, for people.
pub(super) fn version_text(
    file_history: &FileHistory,
    chain: &VersionChain,
    version: usize,
) -> String {
    let stamp = chain.pages.get(version).and_then(|page| page.document.stamp.written_date());
    match file_history.versions.get(version).map(|version| &version.origin) {
        Some(VersionOrigin::Commit(commit)) => {
            let day = stamp.unwrap_or_else(|| commit.time.to_utc().date_naive().to_string());
            format!("{}, {day}", commit.id.short())
        }
        Some(VersionOrigin::Fork) => "at the merge base".into(),
        Some(VersionOrigin::Unrecorded) => "not committed".into(),
        Some(VersionOrigin::OldEnd) | None => "at the old end".into(),
    }
}
