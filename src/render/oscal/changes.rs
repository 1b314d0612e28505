//! `respdiff.oscal-changes/1`: what differs between the exports of two versions, by uuid.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::tasks::{PageTasks, Task, TaskDuty, one_line, pages_with_tasks};
use crate::model::{Party, Sides};
use crate::render::json::published::Published;
use crate::report::{BlamedPage, End};

/// Which exported duties were added, changed or removed between two versions.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "ChangesWire", title = "respdiff.oscal-changes/1")]
pub struct OscalChanges {
    #[schemars(extend("const" = "respdiff.oscal-changes/1"))]
    schema: &'static str,
    from: ExportedEnd,
    to: ExportedEnd,
    /// Duties that only the newer set has.
    added: Vec<ExportedDuty>,
    /// Duties that both sets have, but with other words, another party or another place.
    changed: Vec<ChangedDuty>,
    /// Duties that only the older set has.
    removed: Vec<ExportedDuty>,
}

/// A revision as it was named, and its commit; null for the working tree.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "End")]
struct ExportedEnd {
    rev: Option<String>,
    commit: Option<String>,
}

/// A duty in one of the sets.
#[derive(Clone, PartialEq, Eq, Serialize, JsonSchema)]
#[schemars(rename = "Entry")]
struct ExportedDuty {
    /// The UUID of the duty; it stays the same when the duty is reworded or moved.
    uuid: String,
    /// The UUID under `provided` in the system security plan; null if IBM has no part in the duty.
    provided: Option<String>,
    /// The UUID under `responsibilities`; null if the customer has no part in the duty.
    responsibility: Option<String>,
    duty_id: String,
    /// `ibm`, `customer` or `shared`.
    party: String,
    /// The id of the task in the catalog.
    control: String,
    /// The title of the task.
    task: String,
    document: String,
    text: String,
    /// The controls that the policy maps the place to.
    mapped_controls: Vec<String>,
}

/// A duty that both sets have, but that differs.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "Changed")]
struct ChangedDuty {
    uuid: String,
    /// What differs: `party`, `text`, `control`, `document` or `mapped-controls`.
    what: Vec<&'static str>,
    old: ExportedDuty,
    new: ExportedDuty,
}

/// Two versions, and the duties of each.
pub type ExportedEnds = Sides<(End, Vec<BlamedPage>)>;

impl Published for ExportedEnds {
    type Json<'a> = OscalChanges;

    fn to_json(&self) -> OscalChanges {
        let Sides { old, new } = self.as_ref().map(|(_, pages)| exported_duties(pages));
        let by_uuid = |entries: &[ExportedDuty]| -> BTreeMap<String, ExportedDuty> {
            entries.iter().map(|entry| (entry.uuid.clone(), entry.clone())).collect()
        };
        let (before, after) = (by_uuid(&old), by_uuid(&new));
        let changed = new.iter().filter_map(|new| {
            let old = before.get(&new.uuid)?;
            let what = differing_fields(old, new);
            let (uuid, old, new) = (new.uuid.clone(), old.clone(), new.clone());
            (!what.is_empty()).then_some(ChangedDuty { uuid, what, old, new })
        });
        OscalChanges {
            schema: "respdiff.oscal-changes/1",
            from: ExportedEnd::from_end(&self.old.0),
            to: ExportedEnd::from_end(&self.new.0),
            changed: changed.collect(),
            added: new.iter().filter(|entry| !before.contains_key(&entry.uuid)).cloned().collect(),
            removed: old.iter().filter(|entry| !after.contains_key(&entry.uuid)).cloned().collect(),
        }
    }
}

/// Whether two versions export the same duties.
#[must_use]
pub fn has_same_exports(ends: &ExportedEnds) -> bool {
    let OscalChanges { added, changed, removed, .. } = ends.to_json();
    added.is_empty() && changed.is_empty() && removed.is_empty()
}

fn differing_fields(old: &ExportedDuty, new: &ExportedDuty) -> Vec<&'static str> {
    let all = [
        ("party", old.party != new.party),
        ("text", old.text != new.text),
        ("control", old.control != new.control),
        ("document", old.document != new.document),
        ("mapped-controls", old.mapped_controls != new.mapped_controls),
    ];
    all.into_iter().filter_map(|(what, differs)| differs.then_some(what)).collect()
}

/// The duties that are exported; those of other parties are not.
fn exported_duties(pages: &[BlamedPage]) -> Vec<ExportedDuty> {
    let mut entries = Vec::new();
    for page in pages_with_tasks(pages) {
        for task in &page.tasks {
            let own = task.duties.iter().filter(|duty| match duty.duty.party {
                Party::Ibm | Party::Provider(_) | Party::Customer | Party::Shared => true,
                Party::Other(_) => false,
            });
            entries.extend(own.map(|duty| ExportedDuty::from_task(&page, task, duty)));
        }
    }
    entries
}

impl ExportedDuty {
    fn from_task(page: &PageTasks<'_>, task: &Task<'_>, duty: &TaskDuty<'_>) -> Self {
        Self {
            uuid: duty.uuid.clone(),
            provided: duty.provided_id(),
            responsibility: duty.responsibility_id(),
            duty_id: duty.duty.id.clone(),
            party: duty.duty.party.to_string(),
            control: task.control.clone(),
            task: task.title.clone(),
            document: page.page.path.clone(),
            text: one_line(&duty.duty.place.text),
            mapped_controls: duty.duty.controls.clone(),
        }
    }
}

impl ExportedEnd {
    fn from_end(end: &End) -> Self {
        match end {
            End::Commit { rev, commit } => {
                Self { rev: Some(rev.clone()), commit: Some(commit.clone()) }
            }
            End::WorkingTree | End::Index | End::Empty | End::File { .. } => {
                Self { rev: None, commit: None }
            }
        }
    }
}
