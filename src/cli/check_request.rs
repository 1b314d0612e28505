//! A check as it was asked for, and what it is judged by.

use crate::error::{Error, Result};
use crate::history::{Filter, Point, Repository};
use crate::model::{Level, Sides};
use crate::policy::{ACKS, Acks, Gate, Policy};

use super::args::{AcksFrom, CheckArgs, CommonArgs, GateLevel};
use super::clock;
use super::keyrefs::Keyrefs;
use super::policy::{EffectivePolicy, sources_filter};

/// What was asked for, found good.
pub(super) struct CheckRequest<'a> {
    pub(super) args: &'a CheckArgs,
    pub(super) common: &'a CommonArgs,
    pub(super) repository: &'a Repository,
    pub(super) keyrefs: Keyrefs,
}

impl<'a> CheckRequest<'a> {
    pub(super) fn from_args(
        args: &'a CheckArgs,
        common: &'a CommonArgs,
        repository: &'a Repository,
    ) -> Result<Self> {
        let keyrefs = Keyrefs::load(common, args.keyrefs.as_deref())?;
        Ok(Self { args, common, repository, keyrefs })
    }

    /// The policy and the acknowledgements of both ends, and what the policies make of pages: those
    /// of this check are read by the old one.
    pub(super) fn read_gate(
        &self,
        points: &Sides<Point>,
    ) -> Result<(Gate, Sides<EffectivePolicy>)> {
        let given = &self.keyrefs.policy;
        let in_force = |point: &Point| {
            if given.is_given {
                Ok(given.clone())
            } else {
                EffectivePolicy::of_repository(self.repository, point)
            }
        };
        let old = in_force(&points.old).map_err(|error| {
            let hint = format!(
                "the error is in the policy of the old version ({}); to use another policy, pass --config FILE",
                points.old.name()
            );
            Error::new(error.kind(), error.to_string()).with_hint(hint)
        })?;
        let new = in_force(&points.new)?;
        let acks = Sides::new(self.acks_at(&points.old)?, self.acks_at(&points.new)?);
        let policy = Sides::new(old.policy.clone(), new.policy.clone());
        Ok((self.gate_of(policy, acks)?, Sides::new(old, new)))
    }

    /// The gate by these policies and acknowledgements.
    pub(super) fn gate_of(&self, policy: Sides<Policy>, acks: Sides<Acks>) -> Result<Gate> {
        let ends = acks.old.iter().chain(acks.new.iter()).any(|ack| ack.until.is_some());
        let today = if ends { Some(clock::today()?) } else { None };
        let fail_on = self.args.fail_on.map(|level| match level {
            GateLevel::Boundary => Level::Boundary,
            GateLevel::Scope => Level::Scope,
            GateLevel::Wording => Level::Wording,
        });
        Ok(Gate { policy, acks, fail_on, new_acks: self.args.acks == AcksFrom::New, today })
    }

    /// The acknowledgements at a point.
    pub(super) fn acks_at(&self, point: &Point) -> Result<Acks> {
        match self.repository.read_setting(point, ACKS)? {
            Some(found) => Acks::read(&found.name, &found.text),
            None => Ok(Acks::default()),
        }
    }

    /// The paths that were asked for, within the sources of either side.
    pub(super) fn path_filter(&self, gate: &Gate) -> Result<Filter> {
        let filter = self.repository.path_filter(&self.args.paths)?;
        let sources = gate.policy.as_ref().map(|policy| sources_filter(self.repository, policy));
        Ok(match (sources.old?, sources.new?) {
            (Some(old), Some(new)) => filter.within_any(vec![old, new]),
            (None, _) | (_, None) => filter,
        })
    }
}
