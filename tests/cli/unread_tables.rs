//! A table of a page whose parties can no longer be read, beside tables that can be read.

use super::docs::{Docs, PAGE};

const HEADER: &str = "| Task | IBM responsibilities | Your responsibilities |";

/// A second table for the page.
const DOORS: &str = "\
\n## Doors\n\n\
| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
| Doors | Shut the doors at night. | Lock the doors of your office. |\n";

/// The page with its first table under columns that name nobody.
fn broken() -> String {
    format!("{}{DOORS}", PAGE.replace(HEADER, "| Task | Vendor | Tenant |"))
}

/// The first commit has both tables, the second breaks one of them, the third changes a date.
fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &format!("{PAGE}{DOORS}")).commit();
    docs.write("queue.md", &broken()).commit();
    docs.write("queue.md", &broken().replace("2026-01-10", "2026-03-10")).commit();
    docs
}

const PLACE: &str = "queue.md:12: the columns of this table (Task, Vendor, Tenant) do not say";

#[test]
fn an_export_without_its_duties_is_refused() {
    let docs = docs();
    let error = format!("error: {PLACE}");
    for revision in ["HEAD~1", "HEAD"] {
        for args in [&["show"][..], &["blame"]] {
            for format in ["csv", "jsonl", "xlsx"] {
                let args = [args, &[revision, "--format", format, "-o", "duties"]].concat();
                let told = docs.ends(2, &args);
                assert!(told.contains(&error), "{args:?}: {told}");
                assert!(!docs.root().join("duties").exists(), "{args:?}");
            }
        }
        let told = docs.ends(2, &["show", revision, "--format", "csv"]);
        assert!(told.contains(&error) && told.contains("Shut the doors at night."), "{told}");
        for args in [&["oscal", revision, "-o", "out"][..], &["snapshot", revision, "-o", "out"]] {
            let told = docs.ends(2, args);
            assert!(told.contains(&error), "{args:?}: {told}");
            assert!(!docs.root().join("out").exists(), "{args:?}");
        }
    }
    docs.ends(0, &["show", "HEAD~2", "--format", "csv", "-o", "duties"]);
    let told = docs.ends(2, &["oscal", "--diff", "HEAD~2..HEAD"]);
    assert!(told.contains(PLACE), "{told}");
}

#[test]
fn what_is_shown_says_what_could_not_be_read() {
    let docs = docs();
    let note = format!("note: {PLACE}");
    for args in [&["show", "HEAD~1"][..], &["show"], &["show", "--", "queue.md"], &["blame"]] {
        let (code, out, err) = docs.run(args);
        assert!(code == 0 && out.contains("Shut the doors"), "{args:?}: {out}{err}");
        assert_eq!(err.matches(&note).count(), 1, "{args:?}: {err}");
    }
    assert!(!docs.ends(0, &["show", "HEAD~2"]).contains("do not say who has each duty"));
}

#[test]
fn check_says_that_it_is_one_table() {
    let docs = Docs::new();
    docs.write("queue.md", &format!("{PAGE}{DOORS}")).commit();
    docs.ends(0, &["snapshot", "-o", "accepted"]);
    docs.write("queue.md", &broken());
    for options in [&[][..], &["--baseline", "accepted"]] {
        let told = docs.ends(2, &[&["check"], options].concat());
        for words in [
            "Incomplete: respdiff can no longer tell who has which duty in a table or list of queue.md",
            "error: queue.md:12: respdiff can no longer tell who has which duty in this table or list: ",
            "hint: fix the table or list; if it no longer assigns responsibilities, remove it, or set ",
        ] {
            assert!(told.contains(words), "{options:?}: {told}");
        }
    }
    let both = broken().replace(HEADER, "| Task | Seller | Buyer |");
    let told = docs.write("queue.md", &both).ends(2, &["check"]);
    assert!(told.contains("under `parties:` in respdiff.yaml (1 more problem)\n"), "{told}");
    docs.write("queue.md", &broken());
    let told = docs.ends(0, &["--stat"]);
    let counts = "; respdiff can no longer tell who has which duty in a table or list\n";
    let summary = "who has which duty in a table or list of 1 page: duties that count as removed";
    assert!(told.contains(counts) && told.contains(summary), "{told}");
    // without the second table, nothing of the page can be read
    docs.write("queue.md", &broken().replace(DOORS, ""));
    let told = docs.ends(2, &["check"]);
    assert!(told.contains("on this page: ") && told.contains("hint: fix the page; "), "{told}");
}

#[test]
fn lint_reports_it_until_the_table_is_mended() {
    let docs = docs();
    let finding = "queue.md:12:1: error: the columns of this table (Task, Vendor, Tenant)";
    for args in [&["lint", "HEAD~1"][..], &["lint"], &["lint", "--cached"], &["lint", "HEAD"]] {
        let told = docs.ends(1, &[args, &["--fail-on", "error"]].concat());
        assert_eq!(told.matches(finding).count(), 1, "{args:?}: {told}");
    }
    docs.git(&["mv", "queue.md", "queues.md"]);
    docs.commit();
    let told = docs.ends(1, &["lint", "--fail-on", "error"]);
    assert!(told.contains("queues.md:12:1: error: "), "{told}");
    // a table that was taken away is not unread, and neither is one whose texts are all new
    let removed = broken().replace("| Task | Vendor | Tenant |", "| Size | Price | Speed |");
    let removed = removed.replace("Queues", "Small").replace("Backups", "Medium");
    let removed = removed.replace("Alerts", "Large").replace("queue", "thing");
    let removed = removed.replace("Copy every", "One").replace("Send an alert", "Two");
    let removed = removed.replace("Choose how", "Three").replace("Subscribe", "Four");
    docs.write("queues.md", &removed).commit();
    docs.ends(0, &["lint", "--fail-on", "error"]);
    docs.write("queues.md", &format!("{PAGE}{DOORS}")).commit();
    docs.ends(0, &["lint", "--fail-on", "error"]);
    docs.ends(0, &["show", "--format", "csv", "-o", "duties"]);
}

#[test]
fn histories_do_not_take_its_duties_for_removed() {
    let docs = docs();
    let error = "error: queue.md:12: its duties are omitted because they cannot be read";
    let unread = "respdiff can no longer tell who has 6 duties of 1 page: see `respdiff log`.";
    for range in [&["HEAD~1^!"][..], &["HEAD~2..HEAD"], &[]] {
        for by in ["edition", "change", "range"] {
            let notes = docs.ends(2, &[&["notes", "--by", by], range].concat());
            assert!(notes.contains(error), "{range:?}: {notes}");
            assert!(!notes.contains("No longer listed"), "{range:?}: {notes}");
            assert!(!notes.contains("No duty changed"), "{range:?}: {notes}");
        }
        let stats = docs.ends(0, &[&["stats"], range].concat()).replace('\n', " ");
        assert!(stats.contains(unread) && !stats.contains("removed"), "{range:?}: {stats}");
        assert!(!stats.contains("The counts in the table"), "{range:?}: {stats}");
        let json = docs.ends(0, &[&["stats", "--format", "json"], range].concat());
        assert!(json.contains("\"unread_duties\": 6"), "{range:?}: {json}");
        let log = docs.ends(0, &[&["log"], range].concat());
        assert!(log.contains("  unassigned "), "{range:?}: {log}");
    }
    // a duty that was taken away is removed all the same
    let rest = broken().replace("Shut the doors at night.", "").replace("01-10", "04-10");
    docs.write("queue.md", &rest).commit();
    let notes = docs.ends(2, &["notes"]);
    assert_eq!(notes.matches("No longer listed").count(), 1, "{notes}");
    docs.write("queue.md", &format!("{PAGE}{DOORS}").replace("01-10", "05-10")).commit();
    docs.ends(0, &["notes"]);
    let stats = docs.ends(0, &["stats"]);
    assert!(!stats.contains("can no longer tell"), "{stats}");
}

#[test]
fn a_clone_without_the_old_versions_does_not_know() {
    let docs = docs();
    let origin = format!("file://{}", docs.root().display());
    let clone = docs.beside("clone");
    docs.git(&["clone", "-q", "--depth", "1", &origin, clone.to_str().unwrap()]);
    let folder = clone.to_str().unwrap();
    let told = docs.ends(0, &["-C", folder, "show"]);
    assert!(!told.contains("do not say who has each duty"), "{told}");
}

/// The page with one party column renamed in its first table.
fn half_named() -> String {
    let header = "| Task | Platform team | Your responsibilities |";
    format!("{}{DOORS}", PAGE.replacen(HEADER, header, 1))
}

#[test]
fn a_table_with_one_named_party_is_reported_by_blame_and_snapshot() {
    let docs = Docs::new();
    docs.write("queue.md", &format!("{PAGE}{DOORS}")).commit();
    docs.write("queue.md", &half_named());
    let place = "queue.md:12: a table about responsibilities in which respdiff recognizes fewer";
    for revision in [&[][..], &["HEAD"]] {
        let (code, out, err) = docs.run(&[&["blame"], revision].concat());
        assert!(code == 0 && out.contains("Shut the doors"), "{out}{err}");
        assert_eq!(err.matches(&format!("note: {place}")).count(), 1, "{err}");
        let told = docs.ends(2, &[&["snapshot", "-o", "accepted"], revision].concat());
        assert!(told.contains(&format!("error: {place}")) && told.contains("--accept"), "{told}");
        assert!(!docs.root().join("accepted").exists());
        // `show` has it beside the table
        let (_, out, err) = docs.run(&[&["show"], revision].concat());
        assert!(out.contains("recognizes fewer") && !err.contains("recognizes fewer"), "{err}");
        docs.commit();
    }
    // the page and the comparison report one table
    let log = docs.ends(0, &["log"]);
    assert_eq!(log.matches("unassigned").count(), 1, "{log}");
    let told = docs.ends(0, &["snapshot", "-o", "accepted", "--accept"]);
    assert!(told.contains(&format!("note: {place}")) && told.contains("1 page stored"), "{told}");
}

#[test]
fn a_later_check_says_that_it_cannot_tell_what_changed() {
    let docs = docs();
    let note = format!("note: {PLACE}");
    let unknown = "this check cannot tell what changed in queue.md";
    let told = docs.ends(0, &["check", "HEAD^!"]);
    assert!(told.contains(&note) && told.contains(unknown), "{told}");
    // the commit that broke it is stopped
    let told = docs.ends(2, &["check", "HEAD~1^!"]);
    assert!(!told.contains(unknown), "{told}");
    // the same of a page without any table that can be read
    let unread = Docs::new();
    let renamed = PAGE.replace(HEADER, "| Task | Vendor | Tenant |");
    unread.write("queue.md", &renamed).commit();
    unread.write("queue.md", &renamed.replace("are full", "are 80% full")).commit();
    let told = unread.ends(0, &["check", "HEAD^!"]);
    assert!(told.contains(&note) && told.contains(unknown), "{told}");
}
