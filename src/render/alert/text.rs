//! Alerts for the person at the terminal: what would be sent, and what waits.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::Kind;
use crate::render::safe::visible;
use crate::report::{Alert, EditionTold, Rewritten, Status, Summary, TargetQueue, Told};

/// A message in one line.
#[must_use]
pub fn line(alert: &Alert) -> String {
    let place = visible(&alert.repository);
    match &alert.told {
        Told::Edition(told) => {
            let part = match told.parts {
                1 => String::new(),
                parts => format!(" (part {} of {parts})", told.part),
            };
            let document = visible(&told.document.path);
            format!("{place}: {document}, {}: {}{part}", edition(told), changes(told))
        }
        Told::Rewritten(Rewritten { was, now, .. }) => {
            format!("{place}: history rewritten, {} is not in {}", short(was), short(now))
        }
    }
}

fn edition(told: &EditionTold) -> String {
    let version = told.document.version.new.as_ref();
    let day = version.and_then(|version| version.stamp.last_updated);
    match (told.document.status, day) {
        (Status::Removed, _) => "removed".into(),
        (Status::Added | Status::Modified | Status::Renamed, Some(day)) => format!("edition {day}"),
        (Status::Added | Status::Modified | Status::Renamed, None) => "undated edition".into(),
    }
}

fn changes(told: &EditionTold) -> String {
    let summary = Summary::of(&told.document.changes);
    let to_provider = format!("moved to {}", visible(summary.provider()));
    let mut counts = vec![
        (summary.moved_to_customer, "moved to you"),
        (summary.moved_to_shared, "now shared"),
        (summary.moved_to_ibm, to_provider.as_str()),
    ];
    let others = counts.iter().map(|(count, _)| count).sum();
    counts.push((summary.moved.saturating_sub(others), "moved to another party"));
    counts.push((summary.added, Kind::Added.name()));
    counts.push((summary.removed, Kind::Removed.name()));
    counts.push((summary.reworded, Kind::Reworded.name()));
    counts.push((summary.relocated, Kind::Relocated.name()));
    let counted = counts.iter().filter(|(count, _)| *count > 0);
    let mut parts: Vec<String> = counted.map(|(count, what)| format!("{count} {what}")).collect();
    parts.extend(told.document.notices.iter().map(|notice| {
        let line = notice.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        visible(&format!("{line}{}", notice.message)).into_owned()
    }));
    parts.join(", ")
}

fn short(commit: &str) -> &str {
    commit.get(..8).unwrap_or(commit)
}

/// What waits for each target.
#[must_use]
pub fn status(queues: &[TargetQueue]) -> String {
    let mut text = String::new();
    for queue in queues {
        let TargetQueue { name, pending, dead, delivered, .. } = queue;
        let gone = if queue.configured { "" } else { " (no longer configured)" };
        let _ = writeln!(
            text,
            "{}{gone}: {pending} waiting, {dead} given up, {delivered} delivered",
            visible(name)
        );
        let mut tell = |label: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(text, "  {label:<14}{}", visible(&value));
            }
        };
        tell("switched off", queue.disabled.clone());
        tell("oldest", queue.oldest.map(time));
        tell("next try", queue.next_attempt.filter(|_| queue.disabled.is_none()).map(time));
        tell("last arrived", queue.last_delivery.map(time));
        tell("last error", queue.last_error.clone());
    }
    if queues.is_empty() {
        text.push_str("No target is configured.\n");
    }
    text
}

fn time(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::{Burden, Change, Level, Party, Place, Sides, Stamp};
    use crate::report::{AlertLinks, DocumentReport, Version};

    /// An added duty.
    pub(in crate::render::alert) fn change(text: &str) -> Change {
        let place = Place {
            duty: 0,
            path: None,
            section: vec!["Doors".into()],
            area: "Doors".into(),
            task: "Locks".into(),
            text: text.into(),
            line: 7,
        };
        Change {
            id: "0011223344556677".into(),
            kind: Kind::Moved,
            party: Sides::new(Some(Party::Ibm), Some(Party::Customer)),
            level: Level::Boundary,
            burden: Burden::Customer,
            similarity: Some(1.0),
            emphasis: Vec::new(),
            reference: false,
            controls: Vec::new(),
            place: Sides::new(None, Some(place)),
            introduced: None,
            worded: None,
            provider: None,
        }
    }

    pub(in crate::render::alert) fn told(changes: Vec<Change>) -> Alert {
        let stamp =
            Stamp { last_updated: NaiveDate::from_ymd_opt(2025, 1, 15), ..Stamp::default() };
        let version = Version { commit: Some("c".repeat(40)), stamp };
        let document = DocumentReport {
            path: "duties.md".into(),
            old_path: None,
            status: Status::Modified,
            title: "Skyvault".into(),
            subcollection: None,
            version: Sides::new(None, Some(version)),
            changes,
            notices: Vec::new(),
            unread: Vec::new(),
            file_stays: false,
        };
        Alert {
            id: "evt_1".into(),
            time: DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
            repository: "docs".into(),
            branch: "main".into(),
            told: Told::Edition(Box::new(EditionTold {
                document,
                grown: false,
                part: 1,
                parts: 1,
                cut: false,
            })),
            links: AlertLinks::default(),
        }
    }

    #[test]
    fn a_line_says_where_and_what() {
        let alert = told(vec![change("Lock it."), change("Close it.")]);
        assert_eq!(line(&alert), "docs: duties.md, edition 2025-01-15: 2 moved to you");
    }

    #[test]
    fn a_queue_tells_what_it_has() {
        let mut queue = TargetQueue::empty("ops");
        queue.pending = 3;
        queue.last_error = Some("it answered 503".into());
        queue.next_attempt = DateTime::from_timestamp(1_700_000_000, 0);
        assert_eq!(
            status(&[queue]),
            "ops: 3 waiting, 0 given up, 0 delivered\n  next try      2023-11-14T22:13:20Z\n  \
             last error    it answered 503\n"
        );
    }
}
