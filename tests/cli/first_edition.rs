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
fn all_shows_every_duty_that_a_later_commit_of_it_added() {
    let docs = Docs::new();
    let row =
        |fruit: &str| format!("| {fruit} | Wash the {fruit} baskets. | Count {fruit} crates. |\n");
    let rows = ["apple", "cherry", "fig", "lemon", "mango", "peach", "plum"].map(row).concat();
    docs.write("queue.md", &format!("{PAGE}{rows}")).commit();
    let summed = docs.ends(0, &["log"]);
    assert!(summed.contains("... 11 more duties (--all shows them)"), "{summed}");
    let log = docs.ends(0, &["log", "--all"]);
    assert!(log.contains("Count plum crates.") && !log.contains("more duties"), "{log}");
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
        notes.contains(
            "now listed on this page; it was on the page “Responsibilities for Acme Queue” (queue.md), under"
        ),
        "{notes}"
    );
    let gone =
        "Its responsibilities went to the page “Responsibilities for Acme Queue” (operations.md).";
    let line = notes.lines().find(|line| line.starts_with("Since "));
    assert!(line.is_some_and(|line| line.ends_with(gone)), "{notes}");
    let log = docs.ends(0, &["log"]).replace("\n  ", " ");
    assert!(log.contains("; 6 duties went to operations.md"), "{log}");
    let log = log_json(&docs);
    let removed =
        log["documents"].as_array().unwrap().iter().find(|page| page["path"] == "queue.md");
    assert_eq!(removed.unwrap()["editions"][0]["went_to"]["operations.md"], 6);
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    let left = "1 page was left without duties; they are on another page.";
    assert!(stats.contains(left), "{stats}");
    let file = docs.beside("report.html");
    docs.ends(0, &["report", "-o", file.to_str().unwrap()]);
    let page = std::fs::read_to_string(file).unwrap();
    assert!(page.contains("First to last edition: no duty changed. From other pages: 6 relocated"));
    assert!(page.contains("Its duties are on another page"));
    assert!(page.contains("1 page was added, with duties from other pages. 1 page was left"));
    assert!(!page.contains("No duty changed"));
}

/// The page is copied in one commit, and its old file removed in the next.
fn copied_and_removed(copy: &str) -> Docs {
    let docs = Docs::new();
    docs.write("operations.md", copy).commit();
    docs.remove("queue.md").commit();
    docs
}

#[test]
fn a_removed_page_that_was_copied_before_names_the_copy() {
    let docs = copied_and_removed(PAGE);
    let last = |args: &[&str]| docs.ends(0, args).split_whitespace().collect::<Vec<_>>().join(" ");
    let there = "; all of them are also in operations.md";
    let log = last(&["log", "HEAD^!"]);
    assert!(log.contains("the page was removed with its 6 duties in commit"), "{log}");
    assert!(log.contains(there), "{log}");
    let line = last(&["log", "--oneline", "HEAD^!"]);
    assert!(line.contains(&format!("the page was removed with its 6 duties{there}")), "{line}");
    let all = log_json(&docs);
    assert_eq!(all["documents"][1]["path"], "queue.md");
    assert_eq!(all["documents"][1]["editions"][0]["also_in"]["operations.md"], 6);
    let changes = last(&["HEAD^!"]);
    let notice = "same-duties all 6 removed duties are also in operations.md";
    assert!(changes.contains(notice), "{changes}");
    assert!(changes.contains("6 removed, in 1 page"), "{changes}");
    for style in ["--oneline", "--stat"] {
        let line = last(&["HEAD^!", style]);
        assert!(line.contains(" (notice: same-duties) "), "{line}");
    }
    let stats = last(&["stats", "HEAD^!"]);
    let text = "1 page was removed, with its 6 duties; all of them are also on another page.";
    assert!(stats.contains(text), "{stats}");
    let notes = last(&["notes", "HEAD^!", "--format", "text"]);
    let text =
        "All of them are also on the page “Responsibilities for Acme Queue” (operations.md).";
    assert!(notes.contains(text), "{notes}");
    let range = last(&["notes", "HEAD^!", "--by", "range"]);
    let note = "note: queue.md was removed, but all 6 removed duties are also in operations.md";
    assert!(range.contains(note), "{range}");
    let file = docs.beside("report.html");
    docs.ends(0, &["report", "-o", file.to_str().unwrap()]);
    let report = std::fs::read_to_string(file).unwrap();
    assert!(report.contains("with its 6 duties; all of them are also on another page."));
}

#[test]
fn a_copy_that_gives_a_duty_to_another_party_says_so_when_the_original_is_removed() {
    let docs = copied_and_removed(&moved());
    let last = |args: &[&str]| docs.ends(0, args).split_whitespace().collect::<Vec<_>>().join(" ");
    let given = "1 is the customer's there: \"Copy every queue to a second site each night.\"";
    let changes = last(&["HEAD^!"]);
    let notice = format!("5 of the 6 removed duties are also in operations.md; {given}");
    assert!(changes.contains(&notice), "{changes}");
    let check = last(&["check", "HEAD^!"]);
    assert!(check.contains(&notice), "{check}");
    for log in [last(&["log", "HEAD^!"]), last(&["log", "--oneline", "HEAD^!"])] {
        assert!(log.contains(&format!("5 of them are also in operations.md; {given}")), "{log}");
    }
    let all = log_json(&docs);
    let there = &all["documents"][1]["editions"][0]["also_in_given_to_others"];
    assert_eq!(there[0]["party"], serde_json::json!({"from": "ibm", "to": "customer"}));
    assert_eq!(there[0]["text"], "Copy every queue to a second site each night.");
    let stats = last(&["stats", "HEAD^!"]);
    let text = "5 of them are also on another page, which gives 1 more to another party.";
    assert!(stats.contains(text), "{stats}");
    let notes = last(&["notes", "HEAD^!", "--format", "text"]);
    let text = "On that page, this is now your responsibility, no longer IBM's: “Copy every queue";
    assert!(notes.contains(text), "{notes}");
}

#[test]
fn blame_follows_a_page_that_was_copied_before_its_original_was_removed() {
    let docs = copied_and_removed(&moved());
    let history = docs.ends(0, &["blame", "--moved"]);
    assert!(history.contains("moved from IBM"), "{history}");
    let page: Value = serde_json::from_str(&docs.ends(0, &["blame", "--format", "json"])).unwrap();
    let first = docs.git_output(&["rev-list", "--max-parents=0", "HEAD"]);
    for duty in page["documents"][0]["duties"].as_array().unwrap() {
        let added = duty["history"].as_array().unwrap().last().unwrap();
        assert_eq!(added["commit"], first.trim(), "{duty}");
    }
    // a copy of a page that is still there is a page of its own
    let docs = Docs::new();
    docs.write("operations.md", &moved()).commit();
    let history = docs.ends(0, &["blame", "--moved"]);
    assert!(history.contains("No duty of this version ever changed hands"), "{history}");
}

#[test]
fn notes_date_the_removal_of_a_page_and_say_where_its_duties_are() {
    let docs = copied_and_removed(PAGE);
    let day = docs.git_output(&["show", "-s", "--format=%cs"]);
    let notes = docs.ends(0, &["notes", "HEAD^!"]);
    let text = format!("This page was removed on {} with its 6 responsibilities.", day.trim());
    assert!(notes.contains(&text), "{notes}");
    // the entry is the same in every range
    docs.ends(0, &["notes", "HEAD^!", "--prepend", "C.md"]);
    docs.ends(0, &["notes", "--prepend", "C.md"]);
    let changelog = std::fs::read_to_string(docs.root().join("C.md")).unwrap();
    assert_eq!(changelog.matches("This page was removed").count(), 1, "{changelog}");
    let feed = |range: &str| docs.ends(0, &["notes", range, "--format", "atom"]);
    let removed_at = docs.git_output(&["show", "-s", "--format=%cI"]).replace('Z', "+00:00");
    for feed in [feed("HEAD^!"), feed("HEAD")] {
        let entry = feed.split("<entry>").find(|entry| entry.contains("was removed on")).unwrap();
        assert!(entry.contains(&format!("<updated>{}</updated>", removed_at.trim())), "{entry}");
    }
}

#[test]
fn a_removed_page_names_a_page_with_most_of_its_duties_only() {
    let without_alerts = PAGE.split_inclusive('\n').filter(|line| !line.starts_with("| Alerts"));
    let docs = copied_and_removed(&without_alerts.collect::<String>());
    let log = docs.ends(0, &["log", "HEAD^!"]).replace("\n  ", " ");
    assert!(log.contains("; 4 of them are also in operations.md"), "{log}");
    let changes = docs.ends(0, &["HEAD^!"]);
    let notice = "4 of the 6 removed duties are also in operations.md";
    assert!(changes.contains(notice), "{changes}");
    let docs = copied_and_removed(&moved().replace("servers", "hosts").replace("alert", "mail"));
    let changes = docs.ends(0, &["HEAD^!"]);
    assert!(!changes.contains("same-duties"), "{changes}");
    let log = docs.ends(0, &["log", "HEAD^!"]);
    assert!(!log.contains("also in"), "{log}");
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

/// A page of which a section goes to a page of its own, while a duty of it moves to the customer.
fn split() -> Docs {
    split_to("the operations of Acme Queue")
}

/// The same; the new page is about `subject`.
fn split_to(subject: &str) -> Docs {
    let docs = Docs::new();
    let (head, _) = PAGE.split_once("## Operations").unwrap();
    let moved = moved();
    let (_, table) = moved.split_once("## Operations").unwrap();
    let other = head.replace("Acme Queue", subject);
    let rest = "## Audits\n\n| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
                | Audits | Answer the auditors. | Read the audit reports. |\n";
    docs.write("queue.md", &format!("{PAGE}\n{rest}")).commit();
    docs.write("queue.md", &format!("{head}{rest}").replace("01-10", "02-10"));
    docs.write("operations.md", &format!("{other}## Operations{table}").replace("01-10", "02-10"));
    docs.commit();
    docs
}

#[test]
fn the_json_of_stats_counts_duties_that_went_to_a_new_page() {
    let docs = split();
    let text = docs.ends(0, &["stats", "HEAD~1..HEAD"]);
    assert!(text.contains("1 duty moved to you; 5 relocated"), "{text}");
    let told = docs.ends(0, &["stats", "HEAD~1..HEAD", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let between = &told["between_pages"];
    assert_eq!((&between["moved"], &between["relocated"]), (&1.into(), &5.into()), "{told}");
    assert_eq!(told["total"]["summary"]["moved"], 0);
    let schema: Value = serde_json::from_str(&docs.ends(0, &["schema", "stats"])).unwrap();
    assert!(jsonschema::is_valid(&schema, &told));
}

#[test]
fn a_page_that_only_lost_duties_to_another_page_is_part_of_every_sum() {
    let docs = split();
    let told = docs.ends(0, &["report", "HEAD~1..HEAD", "-o", "range.html"]);
    assert!(told.ends_with(": 2 pages, 6 changes.\n"), "{told}");
    let html = docs.read("range.html");
    assert!(!html.contains("only split or joined"), "{html}");
    assert!(html.contains("6 duties went to other pages; no other duty changed"), "{html}");
    let lines = docs.ends(0, &["HEAD~1..HEAD", "--oneline"]);
    assert!(lines.contains("queue.md ") && lines.contains("operations.md "), "{lines}");
    assert!(lines.contains("duties went to other pages"), "{lines}");
}

#[test]
fn a_renamed_page_that_lost_a_duty_to_another_page_is_one_page() {
    let docs = Docs::new();
    let row = PAGE.split_inclusive('\n').find(|line| line.starts_with("| Alerts")).unwrap();
    let table = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
    docs.remove("queue.md").write("queues.md", &PAGE.replace(row, ""));
    docs.write("alerts.md", &format!("# Responsibilities for alerts\n\n{table}{row}")).commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(told.contains("No duty moved; 2 relocated, in 2 pages."), "{told}");
}

#[test]
fn a_report_counts_a_move_to_another_page_once() {
    let docs = split();
    docs.ends(0, &["report", "HEAD~1..HEAD", "-o", "range.html"]);
    let html = docs.read("range.html");
    assert!(html.contains("What moved") && !html.contains("changed hands in between"), "{html}");
    docs.ends(0, &["report", "-o", "whole.html"]);
    let html = docs.read("whole.html");
    assert!(html.contains("In between, 1 duty changed hands"), "{html}");
    let why = "The counts above do not include this move, because they compare only the first \
               edition of each page with its last.";
    assert!(html.contains(why), "{html}");
    let why = "Each page is compared by itself, so a duty that went to another page may count as \
               removed: 6 duties went to another page.";
    assert!(html.contains(why), "{html}");
    let other = Docs::new();
    other.ends(0, &["report", "-o", "whole.html"]);
    assert!(!other.read("whole.html").contains("Each page is compared by itself"));
}

#[test]
fn notes_of_a_range_name_both_pages_of_a_duty_that_went_to_another() {
    let docs = split();
    let notes = docs.ends(0, &["notes", "--by", "range", "HEAD~1..HEAD"]);
    let expected = "is now listed on the page “Responsibilities for the operations of Acme Queue” \
                    (operations.md); it was on the page “Responsibilities for Acme Queue” (queue.md)";
    let notes = notes.replace('\\', "");
    assert!(notes.contains(expected) && !notes.contains("on this page"), "{notes}");
}

#[test]
fn notes_of_a_range_name_pages_with_the_same_title_by_their_paths() {
    let docs = split_to("Acme Queue");
    let notes = docs.ends(0, &["notes", "--by", "range", "HEAD~1..HEAD"]);
    let notes = notes.replace('\\', "");
    assert!(notes.contains("is now listed in operations.md; it was in queue.md, under"), "{notes}");
}
