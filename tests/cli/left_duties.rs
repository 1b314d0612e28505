//! Duties that an edition changed and then gave to another page, or the other way round.

use super::docs::{Docs, PAGE};

const ALERTS: &str = "| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |\n";
const SIRENS: &str = "| Sirens | Test the sirens each month. | Keep the sirens free. |\n";

/// The first commit has the page. The next edition adds a task, and a later commit of it moves two
/// tasks to a page of their own, one of them to the other party.
fn docs() -> Docs {
    let docs = Docs::new();
    let edition = PAGE.replace("2026-01-10", "2026-02-10");
    docs.write("queue.md", &format!("{edition}{SIRENS}")).commit();
    docs.write("queue.md", &edition.replace(ALERTS, ""));
    let page = format!(
        "---\nlastupdated: \"2026-02-10\"\n---\n\n# Responsibilities for alerts\n\n\
         | Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n{ALERTS}\
         | Sirens | Keep the sirens free. | Test the sirens each month. |\n"
    );
    docs.write("sirens.md", &page).commit();
    docs
}

#[test]
fn what_was_added_before_is_added_somewhere() {
    let docs = docs();
    let log = docs.ends(0, &["log", "--oneline"]);
    assert!(log.contains(" queue.md 2 added, 2 relocated "), "{log}");
    let log = docs.ends(0, &["log"]);
    assert!(log.contains("sirens.md: › Sirens"), "{log}");
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(stats.contains("6 → 8") && stats.contains("2 added"), "{stats}");
    assert!(!stats.contains("The counts in the table also change"), "{stats}");
}

#[test]
fn notes_tell_each_change_once() {
    let docs = docs();
    let notes = docs.ends(0, &["notes"]);
    for said in [
        "New among IBM's responsibilities: “Test the sirens each month.”",
        "This is now your responsibility, no longer IBM's: “Test the sirens each month.”",
        "“Subscribe to the alerts.”",
    ] {
        assert_eq!(notes.matches(said).count(), 1, "{said}: {notes}");
    }
    let feed = docs.ends(0, &["notes", "--by", "change", "--format", "atom"]);
    assert_eq!(feed.matches("<entry>").count(), 6, "{feed}");
}

#[test]
fn a_move_before_the_duty_left_is_told() {
    let docs = Docs::new();
    let edition = PAGE.replace("2026-01-10", "2026-02-10");
    let moved = "| Alerts | Subscribe to the alerts. | Send an alert when a server fails. |\n";
    docs.write("queue.md", &edition.replace(ALERTS, moved)).commit();
    docs.write("queue.md", &edition.replace(ALERTS, ""));
    let header = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
    docs.write("sirens.md", &format!("# Responsibilities for alerts\n\n{header}{moved}")).commit();
    let log = docs.ends(0, &["log", "--kind", "moved", "--oneline"]);
    assert!(log.contains("queue.md 1 duty moved to you, 1 to IBM"), "{log}");
}

#[test]
fn a_duty_that_was_reworded_before_it_left_is_not_removed() {
    let docs = Docs::new();
    let edition = PAGE.replace("2026-01-10", "2026-02-10");
    let reworded = "| Alerts | Send an alert within a minute when a server fails. | Subscribe to the alerts. |\n";
    docs.write("queue.md", &edition.replace(ALERTS, reworded)).commit();
    docs.write("queue.md", &edition.replace(ALERTS, ""));
    let header = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
    let page = format!("# Responsibilities for alerts\n\n{header}{reworded}");
    docs.write("sirens.md", &page).commit();
    let log = docs.ends(0, &["log", "--oneline"]);
    assert!(log.contains("queue.md 1 reworded, 2 relocated"), "{log}");
    let csv = docs.ends(0, &["log", "--format", "csv"]);
    let reworded = csv.lines().find(|row| row.contains(",reworded,")).unwrap();
    assert!(reworded.ends_with(",false,sirens.md"), "{csv}");
    let notes = docs.ends(0, &["notes"]);
    assert!(!notes.contains("No longer listed"), "{notes}");
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(!stats.contains("removed"), "{stats}");
}

/// The alerts go from one page to the next edition of another, which a later commit changes.
fn arrived(later: &str) -> Docs {
    let docs = Docs::new();
    let page = |date: &str, rows: &str| {
        let header = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
        format!(
            "---\nlastupdated: \"{date}\"\n---\n\n# Responsibilities for sirens\n\n{header}{SIRENS}{rows}"
        )
    };
    docs.write("sirens.md", &page("2026-01-10", "")).commit();
    docs.write("queue.md", &PAGE.replace("2026-01-10", "2026-02-10").replace(ALERTS, ""));
    docs.write("sirens.md", &page("2026-02-10", ALERTS)).commit();
    docs.write("sirens.md", &page("2026-02-10", later)).commit();
    docs
}

#[test]
fn what_moved_after_it_came_is_relocated_and_moved() {
    let docs =
        arrived("| Alerts | Subscribe to the alerts. | Send an alert when a server fails. |\n");
    let log = docs.ends(0, &["log", "--oneline"]);
    assert!(log.contains("sirens.md 1 duty moved to you, 1 to IBM; 2 relocated"), "{log}");
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(!stats.contains("2 added"), "{stats}");
}

#[test]
fn what_was_removed_after_it_came_is_removed_somewhere() {
    let docs = arrived("");
    let log = docs.ends(0, &["log", "--oneline"]);
    assert!(log.contains("sirens.md 2 removed, 2 relocated"), "{log}");
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(!stats.contains("The counts in the table also change"), "{stats}");
}

#[test]
fn what_came_and_left_is_relocated_twice() {
    let docs = arrived("");
    docs.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let sirens = docs.read("sirens.md");
    docs.write("sirens.md", &sirens.replace(ALERTS, ""));
    docs.write("queue.md", &PAGE.replace("2026-01-10", "2026-03-10")).commit();
    let log = docs.ends(0, &["log", "--oneline"]);
    assert!(log.contains("sirens.md 2 relocated") && log.contains("queue.md 2 relocated"), "{log}");
    assert!(!log.contains("added"), "{log}");
}

#[test]
fn what_came_to_a_new_page_later_is_not_taken_off_its_duties() {
    let docs = Docs::new();
    docs.write("queue.md", &PAGE.replace(ALERTS, &format!("{ALERTS}{SIRENS}"))).commit();
    let header = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
    let page = format!(
        "---\nlastupdated: \"2026-02-10\"\n---\n\n# Responsibilities for sirens\n\n{header}"
    );
    let doors = "| Doors | Repair the doors. | Lock the doors at night. |\n";
    docs.write("sirens.md", &format!("{page}{doors}")).commit();
    docs.write("queue.md", PAGE);
    docs.write("sirens.md", &format!("{page}{doors}{SIRENS}")).commit();
    let stats = docs.ends(0, &["stats"]).replace('\n', " ");
    assert!(stats.contains("1 page was added, with 2 duties."), "{stats}");
    assert!(!stats.contains("The counts in the table also change"), "{stats}");
}
