//! What the gate found, as CI servers read it.

mod github;
mod junit;
mod markdown;
mod sarif;
mod words;

pub(super) use words::{edit_text, gone_reason, old_place};

pub use github::render_github;
pub use junit::render_junit;
pub use markdown::render_markdown;
pub use sarif::render_sarif;
pub use words::outcome_sentence;

pub use super::ci::{COMMENT_LIMIT, SUMMARY_LIMIT};

#[cfg(test)]
pub(super) mod sample {
    //! A report to render.

    use crate::model::{Burden, Change, Kind, Level, Party, Place, Sides};
    use crate::report::{Acknowledged, CheckReport, CheckedDocument, End, Judged, Status, Verdict};

    /// A change of the given kind on a line.
    pub(in crate::render) fn judged(kind: Kind, line: usize, verdict: Verdict) -> Judged {
        let place = |text: &str| {
            Some(Place {
                duty: line,
                path: None,
                section: vec!["Gates, walls: all".to_owned()],
                area: "Gates, walls: all".to_owned(),
                task: "Gate".to_owned(),
                text: text.to_owned(),
                line,
                included: None,
            })
        };
        let (old, new) = match kind {
            Kind::Added => (None, place("Paint 100% of it.")),
            Kind::Removed => (place("Guard it <b>well</b> @night."), None),
            Kind::Moved | Kind::Reworded | Kind::Relocated => {
                (place("Shut it."), place("Close it."))
            }
        };
        let level = match kind {
            Kind::Moved => Level::Boundary,
            Kind::Added | Kind::Removed => Level::Scope,
            Kind::Reworded | Kind::Relocated => Level::Wording,
        };
        let ack = Acknowledged {
            id: format!("{line:016x}"),
            by: "Ada".to_owned(),
            reason: "agreed | at last".to_owned(),
            until: None,
        };
        Judged {
            change: Change {
                id: format!("{line:016x}"),
                kind,
                party: Sides::new(
                    old.as_ref().map(|_| Party::Ibm),
                    new.as_ref().map(|_| Party::Customer),
                ),
                level,
                burden: Burden::Customer,
                similarity: None,
                emphasis: Vec::new(),
                reference: false,
                controls: Vec::new(),
                place: Sides::new(old, new),
                introduced: None,
                worded: None,
                assigned: None,
                provider: None,
            },
            verdict,
            ack: (verdict == Verdict::Acknowledged).then_some(ack),
        }
    }

    /// A report of one page with these changes.
    pub(in crate::render) fn report(changes: Vec<Judged>) -> CheckReport {
        let document = CheckedDocument {
            path: "docs/a,b: 100%.md".to_owned(),
            old_path: None,
            status: Status::Modified,
            title: "Gates *and* walls".to_owned(),
            changes,
            reread: Vec::new(),
            notices: Vec::new(),
            unread: Vec::new(),
            reads_rest: true,
        };
        let end = |rev: &str| End::Commit { rev: rev.to_owned(), commit: "0".repeat(40) };
        CheckReport {
            ends: Sides::new(end("v1"), end("v2")),
            baseline: None,
            fail_on: Level::Boundary,
            fail_on_from: "default".to_owned(),
            documents: vec![document],
            accepted: Vec::new(),
            stale: Vec::new(),
            edits: Vec::new(),
            pages_read: Sides::new(1, 1),
            unreadable_passes: false,
        }
    }
}
