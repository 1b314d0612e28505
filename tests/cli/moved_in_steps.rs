//! Moves that only the commits between two versions show, or that take only a part of a duty.

use super::docs::{Docs, PAGE};

const DUTY: &str = "Send an alert when a server fails.";

/// A repository in which a commit rewords a duty, and the next one gives it away.
fn reworded_then_moved() -> Docs {
    let docs = Docs::new();
    let other =
        "Send each owner of a queue an alert within ten minutes of every outage, by mail and chat.";
    let reworded = PAGE.replace(DUTY, other).replace("2026-01-10", "2026-01-11");
    docs.write("queue.md", &reworded).commit();
    let moved = reworded
        .replace(&format!("{other} | "), &format!("| {other} "))
        .replace("2026-01-11", "2026-01-12");
    docs.write("queue.md", &moved).commit();
    docs
}

#[test]
fn a_duty_that_was_reworded_before_it_moved_did_move() {
    let docs = reworded_then_moved();
    let told = docs.ends(0, &["HEAD~2..HEAD"]);
    assert!(told.contains("1 duty moved to you, in 1 page."), "{told}");
    assert!(told.contains("MOVED TO YOU (1 duty)"), "{told}");
    assert!(docs.ends(1, &["check", "HEAD~2..HEAD"]).contains("IBM → customer"));
    let told = docs.ends(0, &["stats", "HEAD~2..HEAD"]);
    assert!(told.contains("1 duty moved to you"), "{told}");
    let json = docs.ends(0, &["HEAD~2..HEAD", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let change = &json["documents"][0]["changes"][0];
    assert_eq!(change["kind"], "moved");
    assert_eq!(change["introduced"]["commit"], docs.commit_id("HEAD"));
    let id = change["id"].as_str().unwrap();
    let told = docs.ends(0, &["explain", id, "HEAD~2..HEAD"]);
    assert!(told.contains("Matched by the commits between the two versions"), "{told}");
}

#[test]
fn a_move_that_the_commits_show_is_in_no_doubt() {
    let docs = Docs::new();
    let (duty, other) =
        ("Copy every queue once a day.", "Make a daily backup copy of every queue.");
    let old = PAGE.replace("Copy every queue to a second site each night.", duty);
    docs.write("queue.md", &old).commit();
    let reworded = old.replace(duty, other);
    docs.write("queue.md", &reworded).commit();
    let moved = reworded.replace(&format!("{other} | "), &format!("| {other} "));
    docs.write("queue.md", &moved).commit();
    let told = docs.ends(0, &["HEAD~2..HEAD"]);
    assert!(told.contains("1 duty moved to you"), "{told}");
    assert!(!told.contains("possible-move"), "{told}");
}

#[test]
fn a_part_of_a_duty_is_explained_as_one() {
    let docs = Docs::new();
    let (kept, given) = ("Scale the queue servers.", "Replace the queue servers.");
    let both = "Scale and replace the queue servers.";
    let old = PAGE.replace("Scale the queue servers before they are full.", both);
    docs.write("queue.md", &old).commit();
    let new = old
        .replace(both, kept)
        .replace("| Delete queues", &format!("| - {given} \\n - Delete queues"));
    docs.write("queue.md", &new).commit();
    let told = docs.ends(0, &["HEAD^..HEAD"]);
    assert!(told.contains("1 duty moved to you; 1 reworded, in 1 page."), "{told}");
    let json = docs.ends(0, &["HEAD^..HEAD", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let id = json["documents"][0]["changes"][0]["id"].as_str().unwrap();
    let told = docs.ends(0, &["explain", id, "HEAD^..HEAD"]);
    assert!(told.contains("A part of the duty moved"), "{told}");
    let told = docs.ends(0, &["explain", id, "HEAD^..HEAD", "--format", "json"]);
    assert!(told.contains("\"found\": \"part\""), "{told}");
}

#[test]
fn a_part_that_moved_and_was_reworded_later_did_move() {
    let docs = Docs::new();
    let both = "Scale and replace the queue servers.";
    let old = PAGE.replace("Scale the queue servers before they are full.", both);
    docs.write("queue.md", &old).commit();
    let moved = |given: &str| {
        old.replace(both, "Scale the queue servers.")
            .replace("| Delete queues", &format!("| - {given} \\n - Delete queues"))
    };
    docs.write("queue.md", &moved("Replace the queue servers.")).commit();
    let later = moved("Replace each queue server that is older than five years by a new one.");
    docs.write("queue.md", &later).commit();
    for range in ["HEAD~2..HEAD", "HEAD~2..HEAD^"] {
        let told = docs.ends(0, &[range]);
        assert!(told.contains("1 duty moved to you"), "{told}");
        assert!(!told.contains(" added"), "{told}");
        assert!(docs.ends(1, &["check", range]).contains("IBM → customer"));
    }
}

#[test]
fn a_sentence_of_a_duty_is_followed_to_the_other_party() {
    let docs = Docs::new();
    let (kept, given) = ("Scale the queue servers.", "Replace broken queue servers.");
    let both =
        PAGE.replace("Scale the queue servers before they are full.", &format!("- {kept} {given}"));
    docs.write("queue.md", &both).commit();
    let moved = both
        .replace(&format!("- {kept} {given}"), &format!("- {kept}"))
        .replace("| Delete queues", &format!("| - {given} \\n - Delete queues"));
    docs.write("queue.md", &moved).commit();
    let told = docs.ends(0, &["HEAD^..HEAD"]);
    assert!(told.contains("1 duty moved to you; 1 reworded, in 1 page."), "{told}");
    let told = docs.ends(0, &["blame", "--moved"]);
    assert!(told.contains("1 duty changed hands"), "{told}");
    let words: Vec<&str> = told.split_whitespace().collect();
    assert!(words.join(" ").contains("moved from IBM"), "{told}");
    let json = docs.ends(0, &["HEAD^..HEAD", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let id = json["documents"][0]["changes"][0]["id"].as_str().unwrap();
    let told = docs.ends(0, &["explain", id, "HEAD^..HEAD"]);
    assert!(told.contains("A part moved: it was part of a duty of one party"), "{told}");
}
