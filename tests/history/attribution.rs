//! Who brought a change: from ranges of real repositories to commits.

use respdiff::history::{Filter, Repository};
use respdiff::model::{Code, Kind};
use respdiff::normalize::Names;
use respdiff::timeline::{ComparedRange, OldSide, compare_range};

use crate::scratch::{Scratch, ends};

/// A page with one duty a line: `party task: text`.
fn duties(lines: &[&str]) -> String {
    let head = "---\nlastupdated: \"2024-05-06\"\n---\n\n# Responsibilities for Skyvault\n\n\
                | Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n";
    let row = |line: &&str| {
        let (head, text) = line.split_once(": ").unwrap();
        let (party, task) = head.split_once(' ').unwrap();
        if party == "ibm" {
            format!("| {task} | {text} | |\n")
        } else {
            format!("| {task} | | {text} |\n")
        }
    };
    format!("{head}{}", lines.iter().map(row).collect::<String>())
}

const BACKUP: &str = "ibm Backup: Take a copy of every vault each night.";
const BACKUP_YOURS: &str = "you Backup: Take a copy of every vault each night.";
const KEYS: &str = "you Keys: Rotate the signing keys of your tenants.";
const AUDIT: &str = "ibm Audit: Keep access records for ninety days.";

#[track_caller]
fn compare(repo: &Repository, revisions: &[&str]) -> ComparedRange {
    let names = Names::builtin();
    let (ends, filter) = (ends(repo, revisions), Filter::default());
    compare_range(repo, &ends, &filter, &|_| names.clone(), OldSide::AsItIs).unwrap()
}

/// Kind, introducing commit and author of each change of the only document.
#[track_caller]
fn changes(compared: &ComparedRange) -> Vec<(Kind, Option<String>, Option<String>)> {
    let [document] = compared.documents.as_slice() else { panic!("{compared:?}") };
    let tell = |change: &respdiff::model::Change| {
        let introduced = change.introduced.as_ref();
        let author = introduced.and_then(|found| found.author_commit.clone());
        (change.kind, introduced.map(|found| found.commit.clone()), author)
    };
    document.comparison.changes.iter().map(tell).collect()
}

#[track_caller]
fn notices(compared: &ComparedRange, code: Code) -> Vec<String> {
    let all = compared.documents.iter().flat_map(|document| &document.comparison.notices);
    all.filter(|notice| notice.code == code).map(|notice| notice.message.clone()).collect()
}

#[test]
fn each_change_has_the_commit_that_brought_it() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("first");
    let moved = scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS])).commit("moved");
    let added = scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS, AUDIT])).commit("added");
    let gone = scratch.write("a.md", &duties(&[BACKUP_YOURS, AUDIT])).commit("removed");
    scratch.write("b.md", "other").commit("elsewhere");
    let repo = scratch.open();
    let compared = compare(&repo, &["HEAD~4..HEAD"]);
    let expected = [
        (Kind::Moved, Some(moved), None),
        (Kind::Added, Some(added), None),
        (Kind::Removed, Some(gone), None),
    ];
    assert_eq!(changes(&compared), expected);
    let introduced = compared.documents[0].comparison.changes[0].introduced.clone().unwrap();
    assert_eq!(introduced.last_updated.unwrap().to_string(), "2024-05-06");
    assert_eq!(introduced.time.to_rfc3339(), "2023-11-17T00:13:20+02:00");
}

#[test]
fn a_merge_introduces_and_the_commit_inside_is_its_author() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    scratch.write("a.md", &duties(&[BACKUP, KEYS, AUDIT])).commit("added");
    let wrote = scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS])).commit("wrote");
    scratch.git(["checkout", "-q", "main"]);
    scratch.commit("main goes on");
    let merge = scratch.merge("side");
    let last = scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS, AUDIT])).commit("last");
    let repo = scratch.open();
    let found = changes(&compare(&repo, &["HEAD~3..HEAD"]));
    let expected = [(Kind::Moved, Some(merge), Some(wrote)), (Kind::Added, Some(last), None)];
    assert_eq!(found, expected);
}

#[test]
fn what_moved_and_moved_back_is_told() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("first");
    let away = scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS])).commit("away");
    let back = scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("back");
    let repo = scratch.open();
    let compared = compare(&repo, &["HEAD~2..HEAD"]);
    // The file is the same at both ends, so only the versions between can tell.
    let told = notices(&compared, Code::MovedAndBack);
    assert_eq!(told.len(), 1, "{compared:?}");
    assert!(told[0].contains(&away[..7]) && told[0].contains(&back[..7]), "{told:?}");
}

#[test]
fn what_moved_and_moved_back_is_told_beside_other_changes() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("first");
    scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS])).commit("away");
    let last = scratch.write("a.md", &duties(&[BACKUP, KEYS, AUDIT])).commit("back");
    let repo = scratch.open();
    let compared = compare(&repo, &["HEAD~2..HEAD"]);
    assert_eq!(changes(&compared), [(Kind::Added, Some(last), None)]);
    let told = notices(&compared, Code::MovedAndBack);
    assert!(told[0].contains("from IBM to the customer"), "{told:?}");
}

#[test]
fn what_a_branch_had_already_did_not_move_and_come_back() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("first");
    scratch.git(["checkout", "-q", "-b", "topic"]);
    scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS])).commit("given away");
    scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS, AUDIT])).commit("more");
    scratch.git(["checkout", "-q", "main"]);
    scratch.write("b.md", "x").commit("elsewhere");
    scratch.merge("topic");
    let compared = compare(&scratch.open(), &["topic~1..HEAD"]);
    assert_eq!(notices(&compared, Code::MovedAndBack), [""; 0]);
    assert_eq!(changes(&compared).len(), 1, "{compared:?}");
}

#[test]
fn a_merge_names_the_author_of_a_page_that_the_mainline_renamed() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP, KEYS, AUDIT])).commit("first");
    scratch.git(["checkout", "-q", "-b", "topic"]);
    let wrote = scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS, AUDIT])).commit("wrote");
    scratch.git(["checkout", "-q", "main"]);
    scratch.git(["mv", "a.md", "b.md"]);
    scratch.commit("renamed");
    let merge = scratch.merge("topic");
    let compared = compare(&scratch.open(), &["HEAD^1..HEAD"]);
    assert_eq!(changes(&compared), [(Kind::Moved, Some(merge), Some(wrote))]);
}

#[test]
fn ends_in_the_wrong_order_are_said_to_be() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP])).commit("first");
    scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("more");
    let told = notices(&compare(&scratch.open(), &["HEAD..HEAD~1"]), Code::OffMainline);
    let expected = "the ends are swapped: HEAD~1 is older than HEAD; HEAD~1..HEAD names the commit";
    assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
}

#[test]
fn what_is_not_committed_has_no_commit() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP])).commit("first");
    let added = scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("added");
    scratch.write("a.md", &duties(&[BACKUP_YOURS, KEYS]));
    let repo = scratch.open();
    let expected = [(Kind::Moved, None, None), (Kind::Added, Some(added), None)];
    assert_eq!(changes(&compare(&repo, &["HEAD~1"])), expected);
}

#[test]
fn what_the_old_ends_own_side_brought_has_no_commit() {
    let scratch = Scratch::new();
    scratch.write("a.md", &duties(&[BACKUP])).commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("side");
    scratch.git(["checkout", "-q", "main"]);
    let main = scratch.write("a.md", &duties(&[BACKUP, AUDIT])).commit("main");
    let repo = scratch.open();
    let compared = compare(&repo, &["side..main"]);
    assert!(compared.off_mainline);
    let expected = [(Kind::Added, Some(main), None), (Kind::Removed, None, None)];
    assert_eq!(changes(&compared), expected);
    assert!(notices(&compared, Code::OffMainline)[0].contains("side"));
}

#[test]
fn changes_are_followed_through_renames() {
    let scratch = Scratch::new();
    scratch.write("old.md", &duties(&[BACKUP, KEYS])).commit("first");
    let moved = scratch.write("old.md", &duties(&[BACKUP_YOURS, KEYS])).commit("moved");
    scratch.git(["mv", "old.md", "new.md"]);
    scratch.commit("renamed");
    let added = scratch.write("new.md", &duties(&[BACKUP_YOURS, KEYS, AUDIT])).commit("added");
    let repo = scratch.open();
    let compared = compare(&repo, &["HEAD~3..HEAD"]);
    let path = &compared.documents[0].path;
    assert_eq!((path.old.as_deref(), path.new.as_deref()), (Some("old.md"), Some("new.md")));
    let expected = [(Kind::Moved, Some(moved), None), (Kind::Added, Some(added), None)];
    assert_eq!(changes(&compared), expected);
}

#[test]
fn a_page_that_begins_inside_the_range_is_added_whole() {
    let scratch = Scratch::new();
    scratch.write("a.md", "# Nothing yet\n").commit("first");
    let began = scratch.write("a.md", &duties(&[BACKUP])).commit("began");
    let more = scratch.write("a.md", &duties(&[BACKUP, KEYS])).commit("more");
    let repo = scratch.open();
    let compared = compare(&repo, &["HEAD~2..HEAD"]);
    assert_eq!(compared.documents[0].path.old, None);
    let expected = [(Kind::Added, Some(began), None), (Kind::Added, Some(more), None)];
    assert_eq!(changes(&compared), expected);
}

#[test]
fn a_page_renamed_in_steps_too_large_for_the_ends_is_one_document() {
    let scratch = Scratch::new();
    let long = |text: &str| format!("\n{}\n", format!("{text} is told at length.\n").repeat(12));
    let text = |lines: &[&str], more: &str| format!("{}{}", duties(lines), long(more));
    scratch.write("old.md", &text(&[BACKUP, KEYS], "One")).commit("first");
    scratch.git(["mv", "old.md", "new.md"]);
    scratch.commit("renamed");
    let moved = scratch.write("new.md", &text(&[BACKUP_YOURS, KEYS], "Another")).commit("moved");
    let repo = scratch.open();
    let compared = compare(&repo, &["HEAD~2..HEAD"]);
    assert_eq!(compared.documents[0].path.old.as_deref(), Some("old.md"));
    assert_eq!(changes(&compared), [(Kind::Moved, Some(moved), None)]);
}
