//! What commits of one edition changed one after the other: duties that it added for one party and
//! gave to another, and changes under a date that is not that of their commit.

use serde_json::Value;

use super::docs::{Docs, PAGE};

/// A page whose second edition adds a duty for IBM, and gives it to the customer.
fn added_and_moved() -> Docs {
    let docs = Docs::new();
    let page = |ibm: &str, customer: &str| {
        let page = PAGE.replace("2026-01-10", "2026-02-01");
        format!("{page}| Audits | {ibm} | {customer} |\n")
    };
    docs.write("queue.md", &page("Keep the audit records for a year.", "")).commit();
    docs.write("queue.md", &page("", "Keep the audit records for a year.")).commit();
    docs
}

#[test]
fn a_duty_that_was_added_and_moved_names_both_commits() {
    let docs = added_and_moved();
    let (added, moved) = (docs.commit_id("HEAD~1"), docs.commit_id("HEAD"));
    let diff = docs.ends(0, &["HEAD~2..HEAD"]);
    assert!(diff.contains(&format!("in commit {}", &added[..8])), "{diff}");
    assert!(diff.contains(&format!("the customer's since commit {}", &moved[..8])), "{diff}");
    let diff: Value =
        serde_json::from_str(&docs.ends(0, &["--format", "json", "HEAD~2..HEAD"])).unwrap();
    let change = &diff["documents"][0]["changes"][0];
    assert_eq!(change["kind"], "added");
    assert_eq!(change["introduced"]["commit"], added.as_str());
    assert_eq!(change["assigned"]["commit"], moved.as_str());
    let file = docs.beside("report.html");
    docs.ends(0, &["report", "-o", file.to_str().unwrap(), "HEAD~2..HEAD"]);
    assert!(std::fs::read_to_string(file).unwrap().contains("the customer&#x27;s since commit"));
}

#[test]
fn the_move_of_a_duty_that_the_edition_added_is_shown() {
    let docs = added_and_moved();
    let log = docs.ends(0, &["log"]);
    assert!(log.contains("MOVED TO YOU (1 duty)"), "{log}");
    let line = docs.ends(0, &["log", "--oneline"]);
    assert!(line.contains("queue.md 1 added; changed within it: 1 duty moved to you"), "{line}");
    assert!(line.contains(&docs.commit_id("HEAD")[..8]), "{line}");
    let moved = docs.ends(0, &["log", "--oneline", "--kind", "moved"]);
    assert!(moved.contains("queue.md changed within it: 1 duty moved to you"), "{moved}");
    let log: Value = serde_json::from_str(&docs.ends(0, &["log", "--format", "json"])).unwrap();
    let newest = &log["documents"][0]["editions"][0];
    assert_eq!(newest["changes"].as_array().map(Vec::len), Some(1));
    assert_eq!(newest["moved_after_adding"][0]["kind"], "moved");
    assert_eq!(newest["moved_after_adding"][0]["from"], "ibm");
    assert_eq!(newest["since_first_version"], serde_json::json!([]));
}

#[test]
fn stats_adds_up_and_notes_announce_the_duty_once() {
    let docs = added_and_moved();
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(stats.contains("1 duty moved to you; 1 added."), "{stats}");
    assert!(stats.contains("Added: 1 of IBM's."), "{stats}");
    let notes = docs.ends(0, &["notes", "--format", "text", "HEAD~2..HEAD"]).replace('\n', " ");
    assert_eq!(notes.matches("Keep the audit").count(), 1, "{notes}");
    assert!(notes.contains("New among your responsibilities"), "{notes}");
}

#[test]
fn what_got_its_party_back_is_no_move() {
    let docs = added_and_moved();
    let page = docs.read("queue.md");
    let back = page.replace(
        "| Audits |  | Keep the audit records for a year. |",
        "| Audits | Keep the audit records for a year. |  |",
    );
    assert_ne!(back, page);
    docs.write("queue.md", &back).commit();
    let line = docs.ends(0, &["log", "--oneline"]);
    assert!(line.contains("queue.md 1 added") && !line.contains("changed within"), "{line}");
}

#[test]
fn commits_of_a_period_under_a_date_outside_it_are_pointed_to() {
    let docs = added_and_moved();
    // the commits are of 2026-01-01
    let period = ["--since", "2026-01-01", "--until", "2026-01-05"];
    for command in ["log", "stats"] {
        let (code, out, err) = docs.run(&[&[command], period.as_slice()].concat());
        assert_eq!(code, 0, "{err}");
        assert!(out.contains(" in that period ("), "{out}");
        let note = "note: 2 commits of that period changed duties in an edition with a date outside it; \
                    `respdiff log --by commit --since 2026-01-01 --until 2026-01-05` shows them\n";
        assert!(err.contains(note), "{err}");
    }
    let by_commit =
        docs.ends(0, &[&["log", "--by", "commit", "--oneline"], period.as_slice()].concat());
    assert!(by_commit.contains("1 added") && !by_commit.contains("note:"), "{by_commit}");
    let all = docs.ends(0, &["log", "--oneline"]);
    assert!(!all.contains("note:"), "{all}");
    let ours = docs.ends(0, &["log", "--oneline", "--since", "2026-02"]);
    assert!(!ours.contains("note:"), "{ours}");
}
