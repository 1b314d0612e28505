//! Pages that were removed in a range, or whose parties nobody can tell any more.

use super::docs::{Docs, PAGE, moved};

/// A second page, so that the answer is never that there is none.
const OTHER: &str = "\
---
lastupdated: \"2026-01-10\"
---

# Responsibilities for Acme Topics

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Topics | Restart a broker that fails. | Name each topic. |
";

fn two_pages() -> Docs {
    let docs = Docs::new();
    docs.write("topics.md", OTHER).commit();
    docs
}

#[test]
fn a_commit_that_only_removes_a_page_is_a_change() {
    let docs = two_pages();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    let line = docs.ends(0, &["log", "--oneline", "HEAD^!"]);
    assert!(line.contains("queue.md the page was removed with its 6 duties"), "{line}");
    let log = docs.ends(0, &["log", "HEAD^!"]).replace("\n ", "");
    assert!(log.contains("the page was removed with its 6 duties in commit"), "{log}");
    assert!(!log.contains("no duty changed"), "{log}");
    docs.ends(1, &["log", "--exit-code", "HEAD^!"]);
    let counts = docs.ends(0, &["log", "--stat", "--", "queue.md"]).replace("\n           ", "");
    assert!(counts.contains("· then the page was removed with its 6 duties\n"), "{counts}");
    let removed = docs.ends(0, &["log", "--kind", "removed", "--oneline", "HEAD^!"]);
    assert!(removed.contains("removed with its 6 duties"), "{removed}");
    let stats = docs.ends(0, &["stats", "HEAD^!"]);
    assert!(stats.contains("1 page was removed, with its 6 duties."), "{stats}");
    for format in ["markdown", "text", "html", "json"] {
        let notes = docs.ends(0, &["notes", "HEAD^!", "--format", format]);
        assert!(notes.contains("with its 6 responsibilities."), "{notes}");
    }
    let feed = docs.ends(0, &["notes", "--by", "change", "--format", "atom"]);
    assert!(feed.contains("with its 6 responsibilities."), "{feed}");
}

#[test]
fn a_page_that_becomes_a_redirect_is_still_there() {
    let docs = two_pages();
    docs.write("queue.md", "# Acme Queue\n\nMoved to [topics](topics.md).\n").commit();
    let log = docs.ends(0, &["log", "HEAD^!"]).replace("\n ", "");
    assert!(log.contains("all 6 duties were removed from the page in commit"), "{log}");
    let line = docs.ends(0, &["log", "--oneline"]);
    assert!(line.contains("; then all 6 duties were removed from the page"), "{line}");
    let stats = docs.ends(0, &["stats", "HEAD^!"]).replace('\n', " ");
    assert!(stats.contains("1 page was left without duties: 6 duties removed."), "{stats}");
    let notes = docs.ends(0, &["notes", "HEAD^!"]);
    assert!(notes.contains("All 6 responsibilities were removed from this page on "), "{notes}");
    docs.ends(0, &["report", "-o", "report.html"]);
    assert!(docs.read("report.html").contains("all 6 duties were removed from the page"));
    let (_, json, _) = docs.run(&["log", "HEAD^!", "--format", "json"]);
    assert!(json.contains("\"removed_file_stays\": true"), "{json}");
    for text in [log, line, stats, notes] {
        assert!(!text.contains("page was removed"), "{text}");
    }
}

#[test]
fn notes_end_with_the_removal_of_a_page() {
    let docs = two_pages();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-02-10")).commit();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    let notes = docs.ends(0, &["notes"]);
    assert_eq!(notes.matches("with its 6 responsibilities.").count(), 1);
}

#[test]
fn a_page_whose_parties_nobody_can_tell_is_named_by_every_history() {
    let docs = two_pages();
    let page = PAGE
        .replace("IBM responsibilities", "Alpha tasks")
        .replace("Your responsibilities", "Beta tasks");
    docs.write("queue.md", &page).commit();
    let line = docs.ends(0, &["log", "--oneline", "HEAD^!"]);
    assert!(line.contains("respdiff could no longer tell who has which duty"), "{line}");
    let log = docs.ends(0, &["log", "HEAD^!"]).replace("\n ", "");
    assert!(log.contains("respdiff cannot tell who has which duty: line 12:"), "{log}");
    for range in [&["HEAD^!"][..], &[]] {
        let stats = docs.ends(0, &[&["stats"], range].concat()).replace('\n', " ");
        assert!(
            stats.contains("respdiff can no longer tell who has the 6 duties of 1 page"),
            "{stats}"
        );
        assert!(!stats.contains("The counts in the table also"), "{stats}");
    }
    let notes = docs.ends(2, &["notes", "HEAD^!"]);
    assert!(notes.contains("error: queue.md:12: its duties are omitted"), "{notes}");
    let file = docs.beside("report.html");
    docs.ends(0, &["report", "-o", file.to_str().unwrap()]);
    let report = std::fs::read_to_string(file).unwrap();
    assert!(report.contains("respdiff can no longer tell who has the 6 duties of 1 page"));
}

/// A page that breaks and is removed by a later commit; the ids of both commits.
fn broken_and_removed(docs: &Docs) -> [String; 2] {
    let page = PAGE
        .replace("IBM responsibilities", "Alpha tasks")
        .replace("Your responsibilities", "Beta tasks");
    docs.write("queue.md", &page).commit();
    let broken = docs.commit_id("HEAD");
    docs.write("guide.md", "# Guide\n").commit();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    let removed = docs.commit_id("HEAD");
    docs.write("guide.md", "# Guide\n\nMore.\n").commit();
    [broken, removed].map(|id| id[..8].to_owned())
}

#[test]
fn histories_say_that_a_broken_page_was_removed_later() {
    let docs = two_pages();
    let [broken, removed] = broken_and_removed(&docs);
    let joined = |args: &[&str]| {
        let told = docs.ends(0, args);
        told.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let log = joined(&["log", "--", "queue.md"]);
    let then = format!("then the page was removed with its 6 duties in commit {removed} of ");
    assert!(log.contains(&then), "{log}");
    let before = format!("; from commit {broken} of ");
    assert!(log.contains(&before), "{log}");
    let why = " until then, respdiff could not tell who had which duty: line 12: ";
    assert!(log.contains(why), "{log}");
    let line = joined(&["log", "--oneline", "HEAD~4..HEAD"]);
    let then = "respdiff could no longer tell who had which duty; later the page was removed with its \
                6 duties";
    assert!(line.contains(then), "{line}");
    let json = docs.ends(0, &["log", "--format", "json", "--", "queue.md"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    let edition = &json["documents"][0]["editions"][0];
    for (key, id) in [("removed", &removed), ("unread", &broken)] {
        assert!(edition[key]["commit"].as_str().unwrap().starts_with(id), "{edition}");
    }
    for range in [&["HEAD~4..HEAD"][..], &[]] {
        let stats = joined(&[&["stats"], range].concat());
        assert!(stats.contains("1 page was removed, with its 6 duties."), "{stats}");
        assert!(!stats.contains("can no longer tell"), "{stats}");
        let notes = joined(&[&["notes"], range].concat());
        assert!(notes.contains("with its 6 responsibilities."), "{notes}");
    }
    docs.ends(0, &["report", "-o", "report.html"]);
    assert!(docs.read("report.html").contains("then the page was removed with its 6 duties"));
    // while the file is there, it was not removed
    let log = joined(&["log", "HEAD~2", "--", "queue.md"]);
    assert!(!log.contains("the page was removed"), "{log}");
}

#[test]
fn a_broken_page_that_is_removed_later_names_the_page_with_its_duties() {
    let docs = two_pages();
    docs.write("copy.md", PAGE).commit();
    broken_and_removed(&docs);
    let log = docs.ends(0, &["log", "--oneline", "HEAD~4..HEAD"]);
    let found = "later the page was removed with its 6 duties; all of them are also in copy.md";
    assert!(log.contains(found), "{log}");
}

#[test]
fn commands_without_a_page_name_a_broken_page_that_was_removed_later() {
    let docs = Docs::new();
    let [broken, removed] = broken_and_removed(&docs);
    let note = format!(
        "note: the last change is in commit {removed}, which removed queue.md; from commit {broken} \
         until then, respdiff could not tell who had which duty in it"
    );
    for (code, args) in [
        (0, &["blame"][..]),
        (0, &["show"]),
        (2, &["lint"]),
        (2, &["check"]),
        (0, &["notes", "HEAD~1..HEAD"]),
        (0, &["HEAD~1..HEAD"]),
    ] {
        let told = docs.ends(code, args);
        assert!(told.contains(&note), "{told}");
    }
    let range = format!("{broken}^..{removed}");
    assert!(docs.ends(0, &["HEAD"]).contains(&format!("`respdiff {range}` shows it")));
    assert!(docs.ends(0, &[&range]).contains("page removed"));
    // a file that was renamed is still there
    docs.git(&["reset", "-q", "--hard", &broken]);
    docs.git(&["mv", "queue.md", "duties.md"]);
    docs.commit();
    let log = docs.ends(0, &["log", "--oneline"]);
    assert!(!log.contains("the page was removed"), "{log}");
}

#[test]
fn stats_start_with_what_was_there_then() {
    let docs = Docs::new();
    docs.write("topics.md", &OTHER.replace("2026-01-10", "2026-03-10")).commit();
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(stats.contains("6 → 8"), "{stats}");
    assert!(stats.contains("1 page was added, with 2 duties."), "{stats}");
}

/// Half of a page's duties go to a new page, which has others, too.
#[test]
fn notes_say_what_is_new_on_a_page_that_has_duties_of_another() {
    let docs = Docs::new();
    let row = "| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |\n";
    let alerts = format!(
        "---\nlastupdated: \"2026-02-10\"\n---\n\n# Responsibilities for alerts\n\n\
         | Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n{row}\
         | Sirens | Test the sirens each month. | Keep the sirens free. |\n"
    );
    docs.write("queue.md", &PAGE.replace(row, "").replace("2026-01-10", "2026-02-10"));
    docs.write("alerts.md", &alerts).commit();
    let notes = docs.ends(0, &["notes", "HEAD^!"]);
    let said = "This page is new. 2 of its responsibilities are new; the others were on another page before.";
    assert_eq!(notes.matches("This page is new").count(), 1, "{notes}");
    assert!(notes.contains(said), "{notes}");
    for format in ["text", "html", "json", "atom"] {
        let notes = docs.ends(0, &["notes", "HEAD^!", "--format", format]);
        assert!(notes.contains(said), "{format}: {notes}");
    }
}

#[test]
fn an_edition_of_which_no_change_is_asked_for_is_not_said_to_have_none() {
    let docs = two_pages();
    docs.write("queue.md", &moved()).commit();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    let line = docs.ends(0, &["log", "--oneline", "--party", "shared", "--", "queue.md"]);
    assert!(line.contains("queue.md no matching change; then the page was removed"), "{line}");
    let log = docs.ends(0, &["log", "--party", "shared", "--", "queue.md"]);
    assert!(log.contains("no matching change") && !log.contains("no duty changed"), "{log}");
    // the counts are of the page, the moves those that are asked for
    let counts = docs.ends(0, &["log", "--stat", "--party", "ibm", "--", "queue.md"]);
    assert!(counts.contains("· matching: 1 duty moved to you"), "{counts}");
    assert!(!docs.ends(0, &["log", "--stat"]).contains("matching"));
}

#[test]
fn a_range_whose_ends_are_swapped_is_named() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    for by in ["edition", "change", "range", "document"] {
        let told = docs.ends(0, &["notes", "--by", by, "HEAD..HEAD~1"]);
        let note = "note: the ends are swapped (HEAD~1 is older than HEAD); for changes in chronological order, use HEAD~1..HEAD";
        assert!(told.contains(note), "{by}: {told}");
        assert!(!docs.ends(0, &["notes", "--by", by, "HEAD~1..HEAD"]).contains("is older than"));
    }
}

#[test]
fn entries_of_pages_with_one_title_have_different_headings() {
    let docs = Docs::new();
    docs.write("copy.md", PAGE).commit();
    for page in ["queue.md", "copy.md"] {
        docs.write(page, &moved().replace("2026-01-10", "2026-02-10"));
    }
    docs.commit();
    let notes = docs.ends(0, &["notes", "HEAD^!"]);
    let heading = "## 2026-02-10: Responsibilities for Acme Queue (";
    assert_eq!(notes.matches(heading).count(), 2, "{notes}");
    let notes = docs.ends(0, &["notes", "HEAD^!", "--", "queue.md"]);
    assert!(notes.contains("## 2026-02-10: Responsibilities for Acme Queue\n"), "{notes}");
}
