//! A merge that stopped at a conflict: the index has no one answer.

use std::process::Command;

use crate::scratch::{Scratch, page};
use crate::state::{answers, refuses};

/// A merge in which the given file is changed on both sides.
fn conflict(path: &str, contents: [&str; 3]) -> Scratch {
    let scratch = Scratch::new();
    scratch.write("b.md", &page(&["1"])).write(path, contents[0]).commit("base");
    scratch.git(["checkout", "-q", "-b", "theirs"]);
    scratch.write(path, contents[1]).commit("theirs");
    scratch.git(["checkout", "-q", "main"]);
    scratch.write(path, contents[2]).commit("ours");
    let merge = Command::new("git")
        .args(["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "merge", "-q", "theirs"])
        .current_dir(scratch.root())
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .output()
        .unwrap();
    assert!(!merge.status.success());
    scratch
}

#[test]
fn a_page_has_no_staged_content() {
    let scratch = conflict("a.md", [&page(&["1"]), &page(&["1", "2"]), &page(&["1", "3"])]);
    let words = ["a.md has an unresolved merge conflict", "git add"];
    for arguments in [
        &["--cached"][..],
        &["check", "--cached"],
        &["--cached", "--", "a.md"],
        &["explain", "--cached", "dead"],
    ] {
        refuses(scratch.root(), arguments, &words);
    }
    // what was not asked for does no harm, nor does what does not read the index
    assert!(answers(scratch.root(), ["--cached", "--", "b.md"]).contains("No duty changed"));
    answers(scratch.root(), ["HEAD~1..HEAD"]);
    // settled
    scratch.write("a.md", &page(&["1", "2", "3"])).git(["add", "a.md"]);
    assert!(answers(scratch.root(), ["--cached"]).contains("added"));
}

#[test]
fn a_page_that_one_side_removed() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("base");
    let blob = scratch.id("HEAD:a.md");
    scratch.git(["rm", "-q", "--cached", "a.md"]);
    let entries = scratch.beside("entries");
    // only the old content and theirs: we removed it
    std::fs::write(&entries, format!("100644 {blob} 1\ta.md\n100644 {blob} 3\ta.md\n")).unwrap();
    let script = format!("git update-index --index-info < {}", entries.display());
    let status = Command::new("sh").args(["-c", &script]).current_dir(scratch.root()).status();
    assert!(status.unwrap().success());
    refuses(scratch.root(), &["--cached"], &["a.md has an unresolved merge conflict"]);
}

#[test]
fn settings_and_names_that_are_not_merged() {
    let versions = ["version: 1\n", "version: 1 # theirs\n", "version: 1 # ours\n"];
    let scratch = conflict("respdiff.yaml", versions);
    refuses(
        scratch.root(),
        &["check", "--cached"],
        &["respdiff.yaml has an unresolved merge conflict"],
    );
    let scratch = conflict("notes.txt", ["1\n", "2\n", "3\n"]);
    assert!(answers(scratch.root(), ["--cached"]).contains("No duty changed"));
}
