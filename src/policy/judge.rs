//! Judges changes by a policy and acknowledgements, so that nobody can silence their own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::acks::{ACKS, Ack, Acks};
use super::effect;
use super::file::{FILE, Policy, level_name};
use crate::model::{Change, Level, Sides};
use crate::report::{
    Accepted, CheckedDocument, DocumentReport, Edit, Judged, Stale, StaleAck, Verdict,
};

/// What changes are judged by.
#[derive(Clone, Debug)]
pub struct Gate {
    /// The policy of both sides.
    pub policy: Sides<Policy>,
    /// The acknowledgements of both sides.
    pub acks: Sides<Acks>,
    /// From which level on a change fails, where the user says so.
    pub fail_on: Option<Level>,
    /// Whether acknowledgements of the new side count.
    pub new_acks: bool,
    /// Today, where any acknowledgement has a last day.
    pub today: Option<NaiveDate>,
}

/// The changes, judged, and what became of the acknowledgements.
#[derive(Clone, Debug, Default)]
pub struct Judgement {
    /// The pages.
    pub documents: Vec<CheckedDocument>,
    /// Acknowledgements that count.
    pub accepted: Vec<Accepted>,
    /// Acknowledgements that do nothing.
    pub stale: Vec<StaleAck>,
}

impl Gate {
    /// Where the gate stands, and who says so: the user, else the stricter of both sides.
    #[must_use]
    pub fn stands_at(&self) -> (Level, String) {
        if let Some(level) = self.fail_on {
            return (level, "--fail-on".to_owned());
        }
        let said = |policy: &Policy| {
            let default = (Level::Boundary, "default".to_owned());
            let from = policy.origin.clone().unwrap_or_default();
            policy.fail_on.map_or(default, |level| (level, from))
        };
        let (old, new) = (said(&self.policy.old), said(&self.policy.new));
        if new.0 < old.0 { new } else { old }
    }

    /// Whether a page whose parties can no longer be read is no fault: where both sides say so.
    #[must_use]
    pub fn lets_unreadable_pass(&self) -> bool {
        self.policy.old.unreadable_passes() && self.policy.new.unreadable_passes()
    }

    /// The level of a change: the worse one of the two sides.
    fn level_of(&self, change: &Change, path: &str) -> Option<Level> {
        self.policy.old.level_of(change, path).max(self.policy.new.level_of(change, path))
    }

    /// The controls of a change: those that either side maps it to.
    fn controls_of(&self, change: &Change, path: &str) -> Vec<String> {
        let mut ids = self.policy.new.controls_of_change(change, path);
        for id in self.policy.old.controls_of_change(change, path) {
            if !ids.contains(&id) {
                ids.push(id);
            }
        }
        ids
    }

    /// The acknowledgement of a change that counts.
    fn ack_for(&self, id: &str) -> Option<&Ack> {
        let acks = if self.new_acks { &self.acks.new } else { &self.acks.old };
        acks.get(id).filter(|ack| !self.is_over(ack))
    }

    /// Whether its last day passed.
    fn is_over(&self, ack: &Ack) -> bool {
        ack.until.zip(self.today).is_some_and(|(until, today)| until < today)
    }

    /// Judges all changes of a comparison.
    #[must_use]
    pub fn judge_all(&self, documents: Vec<DocumentReport>) -> Judgement {
        let (gate, _) = self.stands_at();
        let mut judgement = Judgement::default();
        let mut seen = BTreeSet::new();
        for document in documents {
            let unread = document.lost_notices().cloned().collect();
            let reads_rest = document.reads_rest;
            let DocumentReport { path, old_path, status, title, changes, notices, .. } = document;
            let mut judged = Vec::new();
            for mut change in changes {
                let level = self.level_of(&change, &path);
                change.level = level.unwrap_or(change.level);
                change.controls = self.controls_of(&change, &path);
                let ack = self.ack_for(&change.id);
                let verdict = match level {
                    None => Verdict::Off,
                    Some(level) if level < gate => Verdict::Passes,
                    Some(_) if ack.is_some() => Verdict::Acknowledged,
                    Some(_) => Verdict::Fails,
                };
                if let Some(ack) = ack {
                    judgement.accepted.push(Accepted {
                        ack: ack.acknowledged(),
                        is_new: self.acks.old.get(&ack.id).is_none(),
                        tells_otherwise: ack.has_other_words(&change),
                        path: path.clone(),
                    });
                }
                seen.insert(change.id.clone());
                let ack = ack.map(Ack::acknowledged);
                judged.push(Judged { change, verdict, ack });
            }
            if !judged.is_empty() || !notices.is_empty() {
                judgement.documents.push(CheckedDocument {
                    path,
                    old_path,
                    status,
                    title,
                    changes: judged,
                    reread: Vec::new(),
                    notices,
                    unread,
                    reads_rest,
                });
            }
        }
        judgement.accepted.sort_by(|a, b| a.ack.id.cmp(&b.ack.id));
        judgement.stale = self.stale_acks(&seen);
        judgement
    }

    /// What does nothing of the acknowledgements of the new side.
    fn stale_acks(&self, seen: &BTreeSet<String>) -> Vec<StaleAck> {
        let why = |ack: &Ack| {
            if self.is_over(ack) {
                Some(Stale::Expired)
            } else if !seen.contains(&ack.id) {
                Some(Stale::Gone)
            } else if self.ack_for(&ack.id).is_none() {
                Some(Stale::NotMerged)
            } else {
                None
            }
        };
        let reported = |ack: &Ack| Some(StaleAck { ack: ack.acknowledged(), why: why(ack)? });
        self.acks.new.iter().filter_map(reported).collect()
    }

    /// What differs between the policies and the acknowledgements of both sides, each named.
    #[must_use]
    pub fn edits_between_sides(&self) -> Vec<Edit> {
        let mut edits = Vec::new();
        let Sides { old, new } = &self.policy;
        let mut edit = |what: &str, value: Sides<Option<String>>, effect| {
            if value.old != value.new {
                let (file, what) = (FILE.to_owned(), what.to_owned());
                edits.push(Edit { file, what, value, effect });
            }
        };
        let gate = |policy: &Policy| policy.fail_on.map(|level| level_name(Some(level)).to_owned());
        // to say what holds anyway changes nothing
        if old.gate_level() != new.gate_level() {
            edit("gate.fail-on", Sides::new(gate(old), gate(new)), effect::of_gate(&self.policy));
        }
        if old.unreadable_passes() != new.unreadable_passes() {
            let reported = |policy: &Policy| policy.unreadable.map(|found| found.name().to_owned());
            let value = Sides::new(reported(old), reported(new));
            edit("gate.unreadable", value, effect::of_unreadable(&self.policy));
        }
        for ((key, old), (_, new)) in listed_keys(old).into_iter().zip(listed_keys(new)) {
            let (only_old, only_new) = (names_not_in(&old, &new), names_not_in(&new, &old));
            for gone in &only_old {
                let effect = effect::of_entry(key, gone, false, &self.policy);
                edit(key, Sides::new(Some(gone.clone()), None), effect);
            }
            for fresh in &only_new {
                let effect = effect::of_entry(key, fresh, true, &self.policy);
                edit(key, Sides::new(None, Some(fresh.clone())), effect);
            }
            if only_old.is_empty() && only_new.is_empty() {
                let whole = |list: Vec<String>| Some(list.join(", "));
                edit(key, Sides::new(whole(old), whole(new)), effect::of_order(key));
            }
        }
        for ((key, old), (_, new)) in old.pages.key_values().into_iter().zip(new.pages.key_values())
        {
            let reported =
                |values: Vec<String>| Some(values.join(", ")).filter(|text| !text.is_empty());
            edit(key, Sides::new(reported(old), reported(new)), effect::MERGED);
        }
        edits.extend(self.ack_edits());
        edits
    }

    fn ack_edits(&self) -> Vec<Edit> {
        let reported = |ack: &Ack| {
            let until = ack.until.map(|day| format!(", until {day}")).unwrap_or_default();
            format!("{} ({}{until})", ack.reason, ack.by)
        };
        let mut all: BTreeMap<&str, Sides<Option<&Ack>>> = BTreeMap::new();
        for ack in self.acks.old.iter() {
            all.entry(&ack.id).or_default().old = Some(ack);
        }
        for ack in self.acks.new.iter() {
            all.entry(&ack.id).or_default().new = Some(ack);
        }
        let effect = if self.new_acks { "applies at once" } else { "applies after the merge" };
        let effect = |ack: Option<&Ack>| match ack {
            Some(ack) if self.is_over(ack) => "expired, so it has no effect",
            Some(_) | None => effect,
        };
        all.into_iter()
            .filter(|(_, ack)| ack.old != ack.new)
            .map(|(id, ack)| Edit {
                file: ACKS.to_owned(),
                what: id.to_owned(),
                value: ack.map(|ack| ack.map(reported)),
                effect: effect(ack.new),
            })
            .collect()
    }
}

/// The keys of a policy that hold lists, with their entries.
fn listed_keys(policy: &Policy) -> [(&'static str, Vec<String>); 7] {
    let parties = policy.parties.iter().map(|(name, party)| format!("{name}: {party}"));
    [
        ("sources", policy.sources.iter().map(|spec| spec.as_str().to_owned()).collect()),
        ("levels", policy.levels.iter().map(ToString::to_string).collect()),
        ("controls", policy.controls.iter().map(ToString::to_string).collect()),
        ("parties", parties.collect()),
        ("placeholders", policy.placeholders.clone()),
        ("keyrefs", policy.keyrefs.iter().map(|file| file.as_str().to_owned()).collect()),
        ("lint", policy.lint.iter().map(ToString::to_string).collect()),
    ]
}

/// What is in one list and not in the other.
fn names_not_in(list: &[String], other: &[String]) -> Vec<String> {
    list.iter().filter(|item| !other.contains(item)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Burden, Kind, Party};
    use crate::policy::Whose;
    use crate::report::Status;

    const ID: &str = "0123456789abcdef";

    fn document() -> DocumentReport {
        let change = Change {
            id: ID.to_owned(),
            kind: Kind::Moved,
            party: Sides::new(Some(Party::Ibm), Some(Party::Customer)),
            level: Level::Boundary,
            burden: Burden::Customer,
            similarity: None,
            emphasis: Vec::new(),
            reference: false,
            controls: Vec::new(),
            place: Sides::default(),
            introduced: None,
            worded: None,
            assigned: None,
            provider: None,
        };
        DocumentReport {
            path: "gate.md".to_owned(),
            old_path: None,
            status: Status::Modified,
            title: String::new(),
            subcollection: None,
            version: Sides::default(),
            changes: vec![change],
            notices: Vec::new(),
            unread: Vec::new(),
            file_stays: false,
            reads_rest: false,
            ignored: 0,
        }
    }

    fn policy(text: &str) -> Policy {
        Policy::read("p", &format!("version: 1\n{text}"), Whose::Repository).unwrap()
    }

    fn acks(until: Option<&str>) -> Acks {
        let mut ack = Ack::for_change(&document().changes[0], "gate.md", "Ada", "agreed");
        ack.until = until.map(|day| day.parse().unwrap());
        let mut acks = Acks::default();
        acks.insert(ack);
        acks
    }

    fn gate(old: &str, new: &str) -> Gate {
        Gate {
            policy: Sides::new(policy(old), policy(new)),
            acks: Sides::default(),
            fail_on: None,
            new_acks: true,
            today: "2026-03-31".parse().ok(),
        }
    }

    #[track_caller]
    fn check(gate: &Gate, expected: Verdict) {
        assert_eq!(gate.judge_all(vec![document()]).documents[0].changes[0].verdict, expected);
    }

    #[test]
    fn what_silences_counts_from_the_base_side_only() {
        check(&gate("", ""), Verdict::Fails);
        check(&gate("", "levels: [{level: 'off'}]"), Verdict::Fails);
        check(&gate("levels: [{level: 'off'}]", "levels: [{level: 'off'}]"), Verdict::Off);
        check(&gate("levels: [{level: 'off'}]", ""), Verdict::Fails);
        let lower = "levels: [{level: wording}]";
        check(&gate(lower, &format!("{lower}\ngate: {{fail-on: wording}}")), Verdict::Fails);
        check(&gate(&format!("{lower}\ngate: {{fail-on: wording}}"), lower), Verdict::Fails);
        check(&gate(lower, lower), Verdict::Passes);
    }

    #[test]
    fn an_ack_counts_until_its_last_day_and_from_the_side_that_is_asked() {
        let mut gate = gate("", "");
        gate.acks.new = acks(None);
        check(&gate, Verdict::Acknowledged);
        gate.new_acks = false;
        check(&gate, Verdict::Fails);
        assert_eq!(gate.judge_all(vec![document()]).stale[0].why, Stale::NotMerged);
        gate.new_acks = true;
        gate.acks.new = acks(Some("2026-03-31"));
        check(&gate, Verdict::Acknowledged);
        gate.acks.new = acks(Some("2026-03-30"));
        check(&gate, Verdict::Fails);
        assert_eq!(gate.judge_all(vec![document()]).stale[0].why, Stale::Expired);
        assert_eq!(gate.judge_all(Vec::new()).stale[0].why, Stale::Expired);
        gate.acks.new = acks(None);
        assert_eq!(gate.judge_all(Vec::new()).stale[0].why, Stale::Gone);
    }

    #[test]
    fn every_edit_is_named() {
        let mut gate = gate(
            "sources: [docs]\ngate: {fail-on: scope}",
            "sources: [docs, more]\nlevels: [{kind: moved, level: 'off'}]",
        );
        gate.acks.new = acks(None);
        let reported: Vec<_> = gate
            .edits_between_sides()
            .into_iter()
            .map(|edit| format!("{} {:?}", edit.what, edit.value))
            .collect();
        assert_eq!(reported.len(), 4, "{reported:?}");
        assert!(reported[0].starts_with("gate.fail-on Sides { old: Some(\"scope\"), new: None"));
        assert!(reported[1].starts_with("sources Sides { old: None, new: Some(\"more\")"));
        assert!(reported[2].contains("{kind: moved, level: off}"));
        assert!(reported[3].starts_with(ID));
    }
}
