//! References that lead nowhere or to the wrong kind of thing, and what replaces history.

use std::fs;

use crate::scratch::{Scratch, page};
use crate::state::{LAST, answers, refuses, run_with, three_commits};

const NOWHERE: &str = "0123456789012345678901234567890123456789";

#[test]
fn dangling() {
    let scratch = three_commits();
    let git = scratch.root().join(".git");
    fs::write(git.join("refs/heads/gone"), format!("{NOWHERE}\n")).unwrap();
    fs::write(git.join("refs/heads/empty"), "").unwrap();
    fs::write(git.join("refs/heads/rubbish"), "no id\n").unwrap();
    fs::write(git.join("refs/heads/loop"), "ref: refs/heads/loop\n").unwrap();
    for name in ["gone", "empty", "rubbish", "loop"] {
        refuses(scratch.root(), &[&format!("{name}..HEAD")], &[name]);
        refuses(scratch.root(), &["log", name], &[name]);
    }
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
}

#[test]
fn a_head_that_leads_nowhere() {
    let scratch = three_commits();
    let head = scratch.root().join(".git/HEAD");
    fs::write(&head, "ref: refs/heads/nowhere\n").unwrap();
    refuses(scratch.root(), &["log"], &["HEAD"]);
    // a branch without a commit: for git, too, everything is new on it
    assert!(
        answers(scratch.root(), ["--cached"])
            .contains("6 added, in 1 page. Added: 3 of yours, 3 of IBM's.")
    );
    fs::write(&head, format!("{NOWHERE}\n")).unwrap();
    refuses(scratch.root(), &["log"], &["HEAD"]);
    fs::write(&head, "rubbish\n").unwrap();
    refuses(scratch.root(), &["log"], &[]);
}

#[test]
fn no_commit_yet() {
    let scratch = Scratch::new();
    refuses(scratch.root(), &["HEAD"], &["commit"]);
    refuses(scratch.root(), &["log"], &["commit"]);
}

#[test]
fn to_a_tree_or_a_blob() {
    let scratch = three_commits();
    scratch.git(["tag", "folder", "HEAD^{tree}"]);
    scratch.git(["tag", "-a", "-m", "x", "file", "HEAD:a.md"]);
    refuses(scratch.root(), &["folder..HEAD"], &["'folder'", "not a commit", "name a commit"]);
    refuses(scratch.root(), &["log", "file"], &["'file'", "commit", "name a commit"]);
    // a branch cannot be made so, but a file can be written so
    let tree = scratch.id("HEAD^{tree}");
    fs::write(scratch.root().join(".git/refs/heads/main"), format!("{tree}\n")).unwrap();
    refuses(scratch.root(), &["log"], &["'HEAD'", "not a commit"]);
}

#[test]
fn packed_refs_that_are_rubbish() {
    let scratch = three_commits();
    scratch.git(["pack-refs", "--all"]);
    fs::write(scratch.root().join(".git/packed-refs"), "rubbish\n\0\n").unwrap();
    refuses(scratch.root(), &["log"], &[]);
}

#[test]
fn names_that_would_be_options_or_are_no_text() {
    let scratch = three_commits();
    refuses(scratch.root(), &["HEAD..\u{1b}[31m"], &["\\u{1b}"]);
    refuses(scratch.root(), &["a\nb"], &[]);
    refuses(scratch.root(), &[&"x".repeat(100_000)], &[]);
    refuses(scratch.root(), &[&format!("HEAD{}", "^".repeat(50_000))], &[]);
    refuses(scratch.root(), &["HEAD~99999999999999999999"], &[]);
    refuses(scratch.root(), &["HEAD@{99}"], &[]);
    refuses(scratch.root(), &["HEAD^{/[}"], &[]);
    refuses(scratch.root(), &[":/(((("], &[]);
}

/// git reads another history where objects are replaced; so as not to tell one that nobody else
/// sees, neither is told unless asked for.
#[test]
fn replaced_objects_and_grafts() {
    let scratch = three_commits();
    scratch.git(["replace", "HEAD", "HEAD~1"]);
    refuses(scratch.root(), &["log"], &["refs/replace", "GIT_NO_REPLACE_OBJECTS=1"]);
    let recorded = run_with(scratch.root(), &[("GIT_NO_REPLACE_OBJECTS", "1")], ["HEAD~1..HEAD"]);
    assert!(recorded.out.contains(LAST), "{}{}", recorded.out, recorded.err);
    scratch.git(["pack-refs", "--all"]);
    refuses(scratch.root(), &["HEAD~1..HEAD"], &["refs/replace"]);
    scratch.git(["config", "core.useReplaceRefs", "false"]);
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
    let (root, tip) = (scratch.id("HEAD~2"), scratch.id("HEAD"));
    let grafts = scratch.root().join(".git/info/grafts");
    fs::create_dir_all(grafts.parent().unwrap()).unwrap();
    fs::write(&grafts, format!("{tip} {root}\n")).unwrap();
    refuses(scratch.root(), &["log"], &["info/grafts", "move the file away"]);
    fs::write(&grafts, "rubbish\n").unwrap();
    refuses(scratch.root(), &["log"], &["info/grafts", "move the file away"]);
    fs::remove_file(&grafts).unwrap();
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
}

#[test]
fn a_tag_of_a_tag() {
    let scratch = three_commits();
    scratch.git(["tag", "-a", "-m", "x", "one", "HEAD~1"]);
    scratch.git(["tag", "-a", "-m", "x", "two", "one"]);
    assert!(answers(scratch.root(), ["two..HEAD"]).contains(LAST));
    scratch.write("b.md", &page(&["9"]));
    assert!(answers(scratch.root(), ["HEAD"]).contains("No duty changed"));
}

/// git takes no beginning of an id that is shorter than four digits.
#[test]
fn names_that_are_too_short_for_an_id() {
    let scratch = three_commits();
    for name in ["A", "e", "abc", "A~1"] {
        refuses(scratch.root(), &[name], &["no revision", name]);
        refuses(scratch.root(), &[&format!("{name}..HEAD")], &["no revision", name]);
    }
}

#[test]
fn a_path_where_revisions_stand() {
    let scratch = three_commits();
    for arguments in [&["HEAD~1..HEAD", "a.md"][..], &["HEAD~1", "a.md"]] {
        assert!(answers(scratch.root(), arguments).contains("2 added"), "{arguments:?}");
    }
    // as for git, what follows a path is a path
    let words = ["no file matches `HEAD~1..HEAD`"];
    refuses(scratch.root(), &["a.md", "HEAD~1..HEAD"], &words);
    // however like a branch it is called
    scratch.git(["branch", "a.mb"]);
    assert!(answers(scratch.root(), ["HEAD~1", "a.md"]).contains("2 added"));
}
