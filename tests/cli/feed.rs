//! `respdiff notes --format atom`: a feed whose ids never change.

use std::collections::BTreeSet;
use std::fs;

use quick_xml::Reader;
use quick_xml::events::Event;

use super::docs::{Docs, PAGE, moved};
use super::{refused, respdiff};

const BASE: &str = "https://docs.example/docs/queue";

fn feed(docs: &Docs, more: &[&str]) -> String {
    let mut run = respdiff();
    run.arg("-C").arg(docs.root()).args(["notes", "--format", "atom", "--link-base", BASE]);
    let output = run.args(more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The texts of all elements of a name.
#[expect(clippy::wildcard_enum_match_arm, reason = "other events hold no text")]
fn texts(feed: &str, name: &str) -> Vec<String> {
    let mut reader = Reader::from_str(feed);
    let mut found = Vec::new();
    let mut inside = false;
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) => inside = tag.name().as_ref() == name.as_bytes(),
            Event::Text(text) if inside => found.push(String::from_utf8(text.to_vec()).unwrap()),
            Event::End(_) => inside = false,
            Event::Eof => return found,
            _ => {}
        }
    }
}

/// A page in three editions, of which the second moves a duty.
fn history() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-02-01")).commit();
    let more = "| Logs | Keep the logs for a year. | Read the logs. |\n";
    let third = format!("{}{more}", moved().replace("2026-01-10", "2026-03-01"));
    docs.write("queue.md", &third).commit();
    docs
}

#[test]
fn an_entry_has_id_link_time_categories_and_the_change_itself() {
    let docs = history();
    let told = feed(&docs, &[]);
    let ids = texts(&told, "id");
    assert_eq!(ids.len(), 3, "the feed and two entries: {told}");
    assert!(ids[1].starts_with("tag:respdiff,2026:edition/") && ids[1].ends_with("/queue.md"));
    assert_eq!(told.matches("<entry>").count(), 2);
    assert!(told.contains("href=\"https://docs.example/docs/queue?topic=queue-queue\""), "{told}");
    for term in ["customer", "ibm", "boundary", "scope", "queue.md"] {
        assert!(told.contains(&format!("term=\"{term}\"")), "{term}: {told}");
    }
    assert!(told.contains("Copy every queue to a second site each night."), "{told}");
    let times = texts(&told, "updated");
    assert!(times.iter().all(|time| time.ends_with("+00:00")), "{times:?}");
    assert_eq!(feed(&docs, &[]), told, "the same bytes");
}

#[test]
fn changes_of_one_kind_party_and_task_have_headings_of_their_own() {
    let docs = Docs::new();
    let row = "| Logs | Keep the logs of each queue server for one year. Rotate the logs. | |";
    docs.write("queue.md", &format!("{}{row}\n", PAGE.replace("2026-01-10", "2026-02-10")));
    docs.commit();
    let titles = texts(&feed(&docs, &["--by", "change"]), "title");
    let with_row = |words: &str| {
        let wanted = format!("s) “{words}”: Responsibilities for Acme Queue");
        titles.contains(&wanted)
    };
    assert!(with_row("Keep the logs of each queue server for …"), "{titles:?}");
    assert!(with_row("Rotate the logs."), "{titles:?}");
}

#[test]
fn by_change_each_change_is_an_entry_and_moves_come_first() {
    let docs = Docs::new();
    let more = "| Logs | Keep the logs for a year. | Read the logs. |\n";
    let second = format!("{}{more}", moved().replace("2026-01-10", "2026-03-01"));
    docs.write("queue.md", &second).commit();
    let told = feed(&docs, &["--by", "change"]);
    let titles = texts(&told, "title");
    assert!(titles.len() >= 4, "{titles:?}");
    assert!(titles[1].starts_with("2026-03-01, Backups (moved to you): "), "{titles:?}");
    let ids: BTreeSet<String> = texts(&told, "id").into_iter().collect();
    let entries = told.matches("<entry>").count();
    assert_eq!(ids.len(), entries + 1, "every id is unique: {ids:?}");
}

/// Line shifts, a renamed file, an edition that grows, more editions, and a range that cuts one.
#[test]
fn ids_never_change() {
    let docs = history();
    let old: BTreeSet<String> = texts(&feed(&docs, &[]), "id").into_iter().collect();
    let by_change = ["--by", "change"];
    let old_changes: BTreeSet<String> = texts(&feed(&docs, &by_change), "id").into_iter().collect();
    let read = || fs::read_to_string(docs.root().join("queue.md")).unwrap();
    // the third edition grows
    docs.write("queue.md", &format!("{}| Keys | Seal the keys. | |\n", read())).commit();
    docs.write("queue.md", &read().replace("## Operations", "Words.\n\n## Operations")).commit();
    docs.git(&["mv", "queue.md", "line.md"]);
    docs.commit();
    let page = fs::read_to_string(docs.root().join("line.md")).unwrap();
    for day in 1..=7 {
        let stamp = format!("2026-04-0{day}");
        let row = format!("| Task {day} | Watch queue number {day}. | |\n");
        docs.write("line.md", &format!("{}{row}", page.replace("2026-03-01", &stamp))).commit();
    }
    for (more, old) in [(&[][..], old), (&by_change[..], old_changes)] {
        let new: BTreeSet<String> = texts(&feed(&docs, more), "id").into_iter().collect();
        assert!(new.is_superset(&old), "gone: {:?}", old.difference(&new));
        assert!(new.len() > old.len());
    }
    // HEAD~8 is in the middle of the third edition
    let cut = texts(&feed(&docs, &["HEAD~8..HEAD"]), "id");
    let whole = texts(&feed(&docs, &[]), "id");
    assert!(cut.iter().all(|id| whole.contains(id)), "{cut:?}");
    assert_eq!(cut.len() + 1, whole.len(), "all but the second edition");
}

#[test]
fn control_characters_are_never_in_it() {
    let docs = Docs::new();
    let page = PAGE.replace("Send an alert", "Send an \u{1b}[31m\u{8}alert\u{fffe}");
    docs.write("queue.md", &page.replace("2026-01-10", "2026-02-01")).commit();
    let told = feed(&docs, &[]);
    assert!(told.contains("alert"), "{told}");
    let is_bad = |c: char| (c.is_control() && c != '\n') || c == '\u{fffe}';
    assert!(!told.contains(is_bad), "{told:?}");
}

#[test]
fn without_a_base_entries_link_to_the_docs_of_ibm_cloud() {
    let docs = history();
    let (code, out, err) = docs.run(&["notes", "--format", "atom"]);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("href=\"https://cloud.ibm.com/docs/queue?topic=queue-queue\""), "{out}");
    assert!(err.contains("--link-base"), "{err}");
    let github = "https://github.com/acme/docs.git";
    docs.git(&["remote", "add", "origin", github]);
    let (_, out, err) = docs.run(&["notes", "--format", "atom"]);
    assert!(
        out.contains("href=\"https://github.com/acme/docs/commit/") && err.is_empty(),
        "{err}{out}"
    );
}

#[test]
fn what_a_feed_cannot_be_is_refused() {
    let docs = history();
    let root = docs.root().to_str().unwrap();
    let run = |more: &[&str]| refused(&[&["-C", root, "notes", "--format", "atom"], more].concat());
    assert!(run(&["--by", "range"]).contains("--by edition or --by change"));
    assert!(run(&["--print-template"]).contains("does not apply to a feed"));
}
