//! Alerts for the person at the terminal: what would be sent, and what waits.

use std::fmt::Write;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::model::short_id;
use crate::render::safe::make_visible;
use crate::render::text::summary;
use crate::report::{Alert, AlertContent, EditionTold, Rewritten, Status, Summary, TargetQueue};

/// A message in one line.
#[must_use]
pub fn alert_line(alert: &Alert) -> String {
    let place = make_visible(&alert.repository);
    match &alert.content {
        AlertContent::Edition(shown) => {
            let part = match shown.parts {
                1 => String::new(),
                parts => format!(" (part {} of {parts})", shown.part),
            };
            let document = make_visible(&shown.document.path);
            format!("{place}: {document}, {}: {}{part}", edition_text(shown), changes_text(shown))
        }
        AlertContent::Rewritten(Rewritten { was, now, .. }) => {
            format!("{place}: history rewritten, {} is not in {}", short_id(was), short_id(now))
        }
    }
}

fn edition_text(shown: &EditionTold) -> String {
    let version = shown.document.version.new.as_ref();
    let day = version.and_then(|version| version.stamp.last_updated);
    match (shown.document.status, day) {
        (Status::Removed, _) => "removed".into(),
        (Status::Added | Status::Modified | Status::Renamed, Some(day)) => format!("edition {day}"),
        (Status::Added | Status::Modified | Status::Renamed, None) => "no date in the page".into(),
    }
}

fn changes_text(shown: &EditionTold) -> String {
    let summary = Summary::of_changes(&shown.document.changes);
    let mut parts = Vec::new();
    if summary.total_changes() > 0 {
        parts.push(summary::brief_counts(&summary));
    }
    parts.extend(shown.document.notices.iter().map(|notice| {
        let line = notice.line.map(|line| format!("line {line}: ")).unwrap_or_default();
        make_visible(&format!("{line}{}", notice.message)).into_owned()
    }));
    parts.join("; ")
}

/// What waits for each target.
#[must_use]
pub fn status_text(queues: &[TargetQueue]) -> String {
    let mut text = String::new();
    for queue in queues {
        let TargetQueue { name, pending, dead, delivered, .. } = queue;
        let gone = if queue.configured { "" } else { " (no longer configured)" };
        let _ = writeln!(
            text,
            "{}{gone}: {pending} waiting, {dead} given up, {delivered} delivered",
            make_visible(name)
        );
        let mut tell = |label: &str, value: Option<String>| {
            if let Some(value) = value {
                let _ = writeln!(text, "  {label:<14}{}", make_visible(&value));
            }
        };
        tell("switched off", queue.disabled.clone());
        tell("oldest", queue.oldest.map(time_text));
        tell("next try", queue.next_attempt.filter(|_| queue.disabled.is_none()).map(time_text));
        tell("last delivery", queue.last_delivery.map(time_text));
        tell("last error", queue.last_error.clone());
    }
    if queues.is_empty() {
        text.push_str("No target is configured.\n");
    }
    text
}

fn time_text(time: DateTime<Utc>) -> String {
    time.to_rfc3339_opts(SecondsFormat::Secs, true)
}

#[cfg(test)]
pub(super) mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::model::{Burden, Change, Kind, Level, Party, Place, Sides, Stamp};
    use crate::report::{AlertLinks, DocumentReport, DocumentVersion};

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
            included: None,
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
            assigned: None,
            provider: None,
        }
    }

    pub(in crate::render::alert) fn alert_of(changes: Vec<Change>) -> Alert {
        let stamp =
            Stamp { last_updated: NaiveDate::from_ymd_opt(2025, 1, 15), ..Stamp::default() };
        let version = DocumentVersion { commit: Some("c".repeat(40)), stamp };
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
            reads_rest: true,
            ignored: 0,
        };
        Alert {
            id: "evt_1".into(),
            time: DateTime::from_timestamp(1_700_000_000, 0).unwrap(),
            repository: "docs".into(),
            branch: "main".into(),
            content: AlertContent::Edition(Box::new(EditionTold::new(document, None, false))),
            links: AlertLinks::default(),
        }
    }

    #[test]
    fn a_line_says_where_and_what() {
        let alert = alert_of(vec![change("Lock it."), change("Close it.")]);
        assert_eq!(
            alert_line(&alert),
            "docs: duties.md, edition 2025-01-15: 2 duties moved to you"
        );
    }

    #[test]
    fn a_queue_tells_what_it_has() {
        let mut queue = TargetQueue::empty("ops");
        queue.pending = 3;
        queue.last_error = Some("it answered 503".into());
        queue.next_attempt = DateTime::from_timestamp(1_700_000_000, 0);
        assert_eq!(
            status_text(&[queue]),
            "ops: 3 waiting, 0 given up, 0 delivered\n  next try      2023-11-14T22:13:20Z\n  \
             last error    it answered 503\n"
        );
    }
}
