//! The text as it is read, on reports written by hand.

use chrono::{DateTime, NaiveDate};

use super::*;
use crate::model::{
    Burden, Change, Code, Introduced, Kind, Level, Notice, Party, Place, Side, Sides, Stamp,
};
use crate::report::{DocumentReport, DocumentVersion, End, Status};

fn place(task: &str, text: &str, line: usize) -> Place {
    Place {
        duty: line,
        path: None,
        section: vec!["Quay".to_owned()],
        area: "Quay".to_owned(),
        task: task.to_owned(),
        text: text.to_owned(),
        line,
        included: None,
    }
}

fn moved() -> Change {
    Change {
        id: "m".to_owned(),
        kind: Kind::Moved,
        party: Sides::new(Some(Party::Ibm), Some(Party::Customer)),
        level: Level::Boundary,
        burden: Burden::Customer,
        similarity: Some(0.9),
        emphasis: Vec::new(),
        reference: false,
        controls: Vec::new(),
        place: Sides::new(
            Some(place("Ropes", "Replace the ropes of every boat once a year.", 7)),
            Some(place("Ropes", "Replace the ropes of every boat twice a year.", 8)),
        ),
        introduced: Some(introduced("a")),
        worded: None,
        assigned: None,
        provider: None,
    }
}

fn added(text: &str, line: usize) -> Change {
    Change {
        kind: Kind::Added,
        party: Sides::new(None, Some(Party::Ibm)),
        burden: Burden::Ibm,
        similarity: None,
        place: Sides::new(None, Some(place("Lamps", text, line))),
        introduced: Some(introduced("b")),
        worded: None,
        assigned: None,
        provider: None,
        ..moved()
    }
}

fn introduced(digit: &str) -> Introduced {
    Introduced {
        commit: digit.repeat(40),
        time: DateTime::parse_from_rfc3339("2025-02-03T04:05:06Z").unwrap(),
        last_updated: NaiveDate::from_ymd_opt(2025, 2, 1),
        author_commit: None,
    }
}

fn report(changes: Vec<Change>, notices: Vec<Notice>) -> Report {
    let version = |year| {
        let last_updated = NaiveDate::from_ymd_opt(year, 1, 2);
        Some(DocumentVersion { commit: None, stamp: Stamp { last_updated, ..Stamp::default() } })
    };
    let document = DocumentReport {
        path: "quay.md".to_owned(),
        old_path: None,
        status: Status::Modified,
        title: "Who minds the quay".to_owned(),
        subcollection: None,
        version: Sides::new(version(2024), version(2025)),
        changes,
        notices,
        unread: Vec::new(),
        file_stays: false,
        reads_rest: true,
        ignored: 0,
    };
    let documents = if document.changes.is_empty() { Vec::new() } else { vec![document] };
    let end =
        |rev: &str, digit: &str| End::Commit { rev: rev.to_owned(), commit: digit.repeat(40) };
    Report {
        ends: Sides::new(end("HEAD~5", "1"), end("HEAD", "2")),
        documents,
        loads: Vec::new(),
        givers: Vec::new(),
        ignored: 0,
        for_changes: false,
        counts_whole_pages: false,
        has_no_page: false,
        for_paths: false,
        pages_read: Sides::new(3, 3),
        notices: Vec::new(),
    }
}

fn plain(report: &Report) -> String {
    String::from_utf8(render_diff(report, &TextOptions::default())).unwrap()
}

#[test]
fn moves_stand_first_and_name_both_parties() {
    let changes = vec![moved(), added("Light the lamps.", 9), added("Clean the lamps.", 9)];
    let notices = vec![Notice::at(12, Code::ShortRow, "a cell is missing").on_side(Side::New)];
    assert_eq!(
        plain(&report(changes, notices)),
        "\
Who minds the quay
quay.md, edition 2024-01-02 → 2025-01-02

  MOVED TO YOU (1 duty)
    changed in commit aaaaaaaa of 2025-02-03, edition 2025-02-01:
    Quay › Ropes (line 8)
      IBM → customer  Replace the ropes of every boat [-once-] {+twice+} a year.

  ADDED (2 duties)
    changed in commit bbbbbbbb of 2025-02-03, edition 2025-02-01:
    Quay › Lamps (line 9)
      IBM  Light the lamps.
      IBM  Clean the lamps.

  NOTICES
    short-row           line 12: a cell is missing

1 duty moved to you; 2 added, in 1 page. Added: 2 of IBM's.
"
    );
}

#[test]
fn one_commit_for_all_is_said_once() {
    let text = plain(&report(vec![moved()], Vec::new()));
    assert!(text.contains("\nchanged in commit aaaaaaaa of 2025-02-03, edition 2025-02-01\n"));
    assert_eq!(text.matches("aaaaaaaa").count(), 1);
}

#[test]
fn nothing_changed_tells_both_ends_and_the_pages() {
    assert_eq!(
        plain(&report(Vec::new(), Vec::new())),
        "No duty changed between HEAD~5 (11111111) and HEAD (22222222): 3 responsibility \
         pages read.\n"
    );
}

#[test]
fn what_stood_before_is_only_counted() {
    let notice = Notice::at(12, Code::ShortRow, "a cell is missing");
    let notices = vec![notice.clone().on_side(Side::Old), notice.on_side(Side::New)];
    let text = plain(&report(vec![moved()], notices));
    assert!(
        text.contains(
            "    already in the old version: short-row; `respdiff lint` shows where in the\n    new version\n"
        ),
        "{text}"
    );
}

#[test]
fn a_page_cannot_steer_the_terminal() {
    let text = plain(&report(vec![added("Light\u{1b}[2J\u{202e} lamps", 9)], Vec::new()));
    assert!(text.contains("Light\\u{1b}[2J\\u{202e} lamps"), "{text}");
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn colour_replaces_the_signs() {
    let options = TextOptions { color: true, ..TextOptions::default() };
    let text =
        String::from_utf8(render_diff(&report(vec![moved()], Vec::new()), &options)).unwrap();
    assert!(!text.contains("[-"), "{text}");
    assert!(text.contains("\u{1b}[32mtwice\u{1b}[0m"), "{text:?}");
}

#[test]
fn references_are_counted_apart_from_duties() {
    let mut reference = added("See the handbook.", 10);
    (reference.reference, reference.burden) = (true, Burden::None);
    let report = report(vec![added("Light the lamps.", 9), reference], Vec::new());
    let text = String::from_utf8(render_diff(&report, &TextOptions::default())).unwrap();
    assert!(text.contains("ADDED (1 duty)"), "{text}");
    assert!(
        text.contains("\nNo duty moved; 1 added; 1 reference added, in 1 page. Added: 1 of IBM's."),
        "{text}"
    );
}

#[test]
fn lines_keep_to_the_screen() {
    let long = "Light the lamps of the harbour every evening before the last ferry leaves. ";
    let report = report(vec![added(&long.repeat(6), 9)], Vec::new());
    for width in [60, 80, 200] {
        let options = TextOptions { width, ..TextOptions::default() };
        let text = String::from_utf8(render_diff(&report, &options)).unwrap();
        // the last line stays whole where it does not go to a terminal
        let lines = text.lines().rev().skip(1);
        let widest = lines.map(|line| line.chars().count()).max().unwrap_or(0);
        assert!(widest <= width.min(112), "{widest} at {width}");
    }
}
