//! Hints stand below the answer, and name why it has no page.

use std::fs::File;
use std::process::{Command, Stdio};

use super::docs::{Docs, PAGE, moved};

/// Both outputs in the order in which a terminal shows them.
#[track_caller]
fn shown_in_order(docs: &Docs, args: &[&str]) -> String {
    let path = docs.beside("screen");
    let file = File::create(&path).unwrap();
    Command::new(env!("CARGO_BIN_EXE_respdiff"))
        .current_dir(docs.root())
        .args(args)
        .stdin(Stdio::null())
        .stdout(file.try_clone().unwrap())
        .stderr(file)
        .status()
        .unwrap();
    std::fs::read_to_string(path).unwrap()
}

/// A page that a later commit adds.
fn with_later_page() -> Docs {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.git(&["commit", "-q", "--amend", "-m", "Guide", "--allow-empty"]);
    docs.write("guide.md", "# Guide\n\nRead on.\n").commit();
    docs.write("queue.md", PAGE).commit();
    docs
}

#[test]
fn hints_come_after_the_answer() {
    let docs = with_later_page();
    docs.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let no_page = "No responsibility page found";
    for (command, answer) in [
        (&["log"][..], no_page),
        (&["stats"], no_page),
        (&["notes"], no_page),
        (&["report", "-o", "report.html"], "Wrote report.html: no responsibility page found."),
        (&["log", "--format", "json"], "{"),
        (&["notes", "--format", "json"], "{"),
        (&["diff", "--format", "json"], "{"),
    ] {
        let screen = shown_in_order(&docs, command);
        assert!(screen.starts_with(answer), "{command:?}: {screen}");
        let last = screen.lines().last().unwrap();
        assert_eq!(last, "hint: with -C DIR, name the repository that contains the pages");
    }
    let several = ["-C", ".", "-C", ".", "stats"];
    let screen = shown_in_order(&docs, &several);
    assert!(
        screen.ends_with("\nhint: .: with -C DIR, name the repository that contains the pages\n")
    );
    // what a period leaves out stands below the answer, too
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let screen = shown_in_order(&docs, &["log", "--since", "2026-01-01", "--until", "2026-01-05"]);
    assert!(screen.starts_with("The only edition is not in that period "), "{screen}");
    assert!(screen.contains("\nnote: 1 commit of that period changed duties "), "{screen}");
}

#[test]
fn a_version_before_the_first_page_names_head() {
    let docs = with_later_page();
    let hint = "hint: HEAD has a responsibility page: name HEAD, or a commit that is newer\n";
    for command in ["show", "blame", "log", "stats", "notes"] {
        let told = docs.ends(0, &[command, "HEAD~1"]);
        assert!(told.contains(hint) && !told.contains("-C DIR"), "{command}: {told}");
    }
    assert!(docs.ends(0, &["HEAD~2..HEAD~1"]).contains(hint));
    assert!(docs.ends(2, &["check", "HEAD~2..HEAD~1"]).contains(hint));
    assert!(docs.ends(2, &["lint", "HEAD~1"]).contains(hint));
}

#[test]
fn a_removed_page_is_named_even_if_the_policy_names_sources() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", "version: 1\nsources: [queue.md]\n").commit();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    let removed = format!("in commit {}, which removed queue.md", &docs.commit_id("HEAD")[..8]);
    for (code, args) in [(0, &[][..]), (0, &["show"]), (0, &["blame"]), (2, &["lint"])] {
        let told = docs.ends(code, args);
        assert!(told.contains(&removed), "{args:?}: {told}");
        assert!(!told.contains("hint: respdiff reads only the files"), "{args:?}: {told}");
    }
}
