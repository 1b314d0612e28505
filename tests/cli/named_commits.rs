//! How often `log` names the commits of an edition: what its head says is not said again.

use super::docs::{Docs, PAGE};

/// A page with a table in each of four sections; the named ones have a duty more.
fn page(date: &str, longer: &[&str]) -> String {
    let mut text = PAGE.replace("2026-01-10", date);
    for section in ["Halls", "Lamps", "Ropes", "Quays"] {
        let rows = format!(
            "\n## {section}\n\n| Task | IBM responsibilities | Your responsibilities |\n\
             |---|---|---|\n| Order | Keep the {section} in order. | Report what is broken. |\n"
        );
        text.push_str(&rows);
        if longer.contains(&section) {
            let row = format!("| Locks | Lock the {section} at night. | |\n");
            text.push_str(&row);
        }
    }
    text
}

fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &page("2026-01-10", &[])).commit();
    docs
}

/// The newest edition as text.
fn newest_edition(docs: &Docs) -> String {
    let log = docs.ends(0, &["log", "-n", "1"]);
    let (_, edition) = log.split_once("\nedition ").unwrap();
    edition.to_owned()
}

fn short_id(docs: &Docs, revision: &str) -> String {
    docs.commit_id(revision)[..8].to_owned()
}

/// Commits on a branch, one per page, and the merge of the branch.
fn merge(docs: &Docs, pages: &[String]) {
    docs.git(&["checkout", "-q", "-b", "side"]);
    for page in pages {
        docs.write("queue.md", page).commit();
    }
    docs.git(&["checkout", "-q", "main"]);
    docs.git(&["merge", "-q", "--no-ff", "-m", "Merge", "side"]);
}

#[test]
fn a_merge_names_the_commit_of_all_its_changes_once() {
    let docs = docs();
    merge(&docs, &[page("2026-01-20", &["Halls", "Lamps", "Quays"])]);
    let edition = newest_edition(&docs);
    let (merge, written) = (short_id(&docs, "HEAD"), short_id(&docs, "side"));
    let head = format!("commit {merge} of 2026-01-01\n  all written in commit {written}\n\n");
    assert!(edition.contains(&head), "{edition}");
    assert_eq!(edition.matches(&merge).count(), 1, "{edition}");
    assert_eq!(edition.matches(&written).count(), 1, "{edition}");
}

#[test]
fn beside_the_changes_of_a_merge_only_the_commit_in_it_is_named() {
    let docs = docs();
    let first = page("2026-01-20", &["Halls", "Lamps"]);
    merge(&docs, &[first, page("2026-01-20", &["Halls", "Lamps", "Quays"])]);
    let edition = newest_edition(&docs);
    let merge = short_id(&docs, "HEAD");
    assert_eq!(edition.matches(&merge).count(), 1, "{edition}");
    for commit in ["side~1", "side"] {
        let line = format!("\n    written in commit {}:\n", short_id(&docs, commit));
        assert_eq!(edition.matches(&line).count(), 1, "{edition}");
    }
}

#[test]
fn the_one_of_two_commits_that_changed_duties_is_named_once() {
    let docs = docs();
    let changed = page("2026-01-20", &["Halls", "Lamps", "Quays"]);
    docs.write("queue.md", &changed).commit();
    docs.write("queue.md", &format!("{changed}\nMore is in the handbook.\n")).commit();
    let edition = newest_edition(&docs);
    let line = format!("\n  all changed in commit {} of 2026-01-01\n\n", short_id(&docs, "HEAD~"));
    assert_eq!(edition.matches(&line).count(), 1, "{edition}");
    assert_eq!(edition.matches("changed in").count(), 1, "{edition}");
    // one change is not "all"
    docs.write("queue.md", &page("2026-01-30", &["Halls", "Lamps"])).commit();
    docs.write(
        "queue.md",
        &page("2026-01-30", &["Halls", "Lamps"]).replace("---\n\n#", "---\n\n\n#"),
    )
    .commit();
    let edition = newest_edition(&docs);
    let line = format!("\n  changed in commit {} of 2026-01-01\n", short_id(&docs, "HEAD~"));
    assert!(edition.contains(&line), "{edition}");
}

#[test]
fn a_commit_is_named_once_above_the_sections_in_a_row_that_came_with_it() {
    let docs = docs();
    docs.write("queue.md", &page("2026-01-20", &["Halls", "Lamps", "Quays"])).commit();
    docs.write("queue.md", &page("2026-01-20", &["Halls", "Lamps", "Ropes", "Quays"])).commit();
    let edition = newest_edition(&docs);
    let named = |revision: &str| {
        let line =
            format!("\n    changed in commit {} of 2026-01-01:\n", short_id(&docs, revision));
        edition.matches(&line).count()
    };
    // Halls and Lamps in a row, then Ropes, then Quays
    assert_eq!((named("HEAD~"), named("HEAD")), (2, 1), "{edition}");
    // a comparison names it for each section, as its head names none
    let diff = docs.ends(0, &["HEAD~2..HEAD"]);
    assert_eq!(diff.matches(&format!("changed in commit {}", short_id(&docs, "HEAD~"))).count(), 3);
}
