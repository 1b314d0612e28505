//! What a page's first edition brought beside its duties: duties of other pages, and what its own
//! later commits changed.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};

#[track_caller]
fn log_json(docs: &Docs) -> Value {
    let log = docs.ends(0, &["log", "--format", "json"]);
    serde_json::from_str(&log).unwrap()
}

#[test]
fn a_later_commit_of_it_that_moves_a_duty_is_shown_everywhere() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let log = docs.ends(0, &["log"]);
    assert!(log.contains("the first edition; changed within it: 1 duty moved to you"), "{log}");
    assert!(log.contains("MOVED TO YOU (1 duty)"), "{log}");
    let line = docs.ends(0, &["log", "--oneline"]);
    assert!(line.contains("changed within it: 1 duty moved to you"), "{line}");
    let counts = docs.ends(0, &["log", "--stat"]);
    assert!(counts.contains("1 duty moved to you"), "{counts}");
    let notes = docs.ends(0, &["notes", "--format", "text"]);
    assert!(notes.contains("Copy every queue to a second site each night."), "{notes}");
    let csv = docs.ends(0, &["log", "--format", "csv"]);
    assert_eq!(csv.lines().count(), 2, "{csv}");
    // the contract: the first edition has no changes
    let log = log_json(&docs);
    let first = &log["documents"][0]["editions"][0];
    assert_eq!(first["changes"], serde_json::json!([]));
    assert_eq!(first["since_first_version"][0]["kind"], "moved");
    docs.ends(1, &["log", "--exit-code"]);
    let none = docs.ends(0, &["log", "--kind", "added"]);
    assert!(!none.contains("MOVED"), "{none}");
}

#[test]
fn formatting_in_a_later_commit_of_it_is_no_change() {
    let docs = Docs::new();
    docs.write("queue.md", &PAGE.replace("Scale", "**Scale**")).commit();
    let log = log_json(&docs);
    let first = &log["documents"][0]["editions"][0];
    assert_eq!(first["commits"].as_array().map(Vec::len), Some(2));
    assert_eq!(first["since_first_version"], serde_json::json!([]));
    docs.ends(0, &["log", "--exit-code"]);
}

#[test]
fn notes_and_the_report_show_duties_from_another_page() {
    let docs = Docs::new();
    let old = PAGE.replace("# Responsibilities for Acme Queue", "# Nothing is left here");
    let table = old.find("## Operations").unwrap();
    docs.write("queue.md", &old[..table]).write("operations.md", PAGE).commit();
    let notes = docs.ends(0, &["notes", "--format", "text"]).replace("\n   ", "");
    assert!(
        notes.contains("now listed on this page; it was on another page (queue.md), under"),
        "{notes}"
    );
    let log = docs.ends(0, &["log"]).replace("\n  ", " ");
    assert!(log.contains("; 6 duties are now in operations.md"), "{log}");
    let log = log_json(&docs);
    let removed =
        log["documents"].as_array().unwrap().iter().find(|page| page["path"] == "queue.md");
    assert_eq!(removed.unwrap()["editions"][0]["went_to"]["operations.md"], 6);
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(stats.contains("1 page was removed; its duties are in other pages."), "{stats}");
    let file = docs.beside("report.html");
    docs.ends(0, &["report", "-o", file.to_str().unwrap()]);
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains("First to last edition: no duty changed. From other pages: 6 relocated"));
    assert!(page.contains("Removed; its duties are in other pages"));
    assert!(!page.contains("No duty changed"));
}

#[test]
fn a_reference_in_a_later_commit_of_it_is_no_change_of_a_duty() {
    let docs = Docs::new();
    let with_reference =
        PAGE.replace("a server fails.", "a server fails. See [Alerts](/docs/alerts).");
    docs.write("queue.md", &with_reference).commit();
    let log = docs.ends(0, &["log"]);
    assert!(log.contains("changed within it: 1 reference added"), "{log}");
    assert!(!log.contains("stamp-unchanged"), "{log}");
}
