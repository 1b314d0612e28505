//! Paths and entries that a careless reader would trip over.
#![cfg(unix)]

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;

use crate::scratch::{Scratch, page};
use crate::state::{answers, refuses, three_commits};

/// A tree entry made by hand, for what no file system would hold.
fn commit_with(scratch: &Scratch, entries: &[(&str, &[u8], &str)]) -> String {
    let mut raw = Vec::new();
    for (mode, name, object) in entries {
        raw.extend(format!("{mode} ").bytes());
        raw.extend_from_slice(name);
        raw.push(0);
        let hex = |at: usize| u8::from_str_radix(&object[at..at + 2], 16).unwrap();
        raw.extend((0..40).step_by(2).map(hex));
    }
    let file = scratch.beside("tree");
    fs::write(&file, raw).unwrap();
    let file = file.display().to_string();
    let tree = scratch.git(["hash-object", "-t", "tree", "-w", "--literally", &file]);
    let commit = scratch.git(["commit-tree", "-p", "HEAD", "-m", "made by hand", &tree]);
    scratch.git(["update-ref", "refs/heads/main", &commit]);
    commit
}

#[test]
fn bytes_that_are_no_text_and_line_breaks() {
    let scratch = three_commits();
    let blob = scratch.id("HEAD:a.md");
    let names: [&[u8]; 4] = [b"\xff\xfe.md", b"a\nb.md", b"c\x1b[31m.md", b"d\t\"e\".md"];
    let entry = |name: &&'static [u8]| ("100644", *name, blob.clone());
    let mut entries: Vec<_> = names.iter().map(entry).collect();
    entries.sort_by_key(|entry| entry.1);
    let entries: Vec<_> =
        entries.iter().map(|(mode, name, id)| (*mode, *name, id.as_str())).collect();
    commit_with(&scratch, &entries);
    for arguments in
        [&["HEAD~1..HEAD"][..], &["log"], &["blame"], &["show", "HEAD"], &["lint", "HEAD"]]
    {
        let told = answers(scratch.root(), arguments);
        assert!(!told.contains(['\u{1b}', '\t']), "{told:?}");
    }
    let told = answers(scratch.root(), ["--format", "json", "HEAD~1..HEAD"]);
    let json: serde_json::Value = serde_json::from_str(&told).unwrap();
    let paths: Vec<&str> = json["documents"]
        .as_array()
        .unwrap()
        .iter()
        .map(|page| page["path"].as_str().unwrap())
        .collect();
    assert_eq!(paths.len(), 4 + usize::from(paths.contains(&"a.md")), "{paths:?}");
    let told = answers(
        scratch.root(),
        [OsStr::new("log"), "--".as_ref(), OsStr::from_bytes(b"\xff\xfe.md")],
    );
    assert!(told.contains("\\xff\\xfe.md"), "{told}");
    // each line of JSON Lines is one line, whatever a path holds
    let told = answers(scratch.root(), ["log", "--format", "jsonl"]);
    assert!(told.lines().all(|line| serde_json::from_str::<serde_json::Value>(line).is_ok()));
}

/// Names that would lead out of a checkout are names here, and nothing is written anyway.
#[test]
fn names_that_lead_elsewhere() {
    let scratch = three_commits();
    let blob = scratch.id("HEAD:a.md");
    let tree = scratch.id("HEAD^{tree}");
    commit_with(
        &scratch,
        &[
            ("40000", b"..", &tree),
            ("40000", b".git", &tree),
            ("100644", b"/etc/x.md", &blob),
            ("100644", b"..\\x.md", &blob),
            ("100644", b"\\\\host\\x.md", &blob),
        ],
    );
    for arguments in [&["HEAD~1..HEAD"][..], &["log"], &["show", "HEAD"], &["lint", "HEAD"]] {
        answers(scratch.root(), arguments);
    }
}

#[test]
fn links_are_not_followed() {
    let scratch = three_commits();
    fs::write(scratch.beside("secret.md"), page(&["secret"])).unwrap();
    fs::create_dir(scratch.beside("outside")).unwrap();
    fs::write(scratch.beside("outside/b.md"), page(&["outside"])).unwrap();
    symlink("../secret.md", scratch.root().join("link.md")).unwrap();
    symlink("../outside", scratch.root().join("folder")).unwrap();
    symlink("../secret.md", scratch.root().join("keyref.yaml")).unwrap();
    symlink("loop.md", scratch.root().join("loop.md")).unwrap();
    scratch.commit("links");
    // a page that becomes a link is gone, also where only the working tree has it so
    for arguments in [&["HEAD~1..HEAD"][..], &["show", "HEAD"], &["log"], &["HEAD~1"], &["lint"]] {
        let told = answers(scratch.root(), arguments);
        assert!(!told.contains("secret") && !told.contains("outside"), "{told}");
    }
    scratch.remove("a.md");
    symlink("../secret.md", scratch.root().join("a.md")).unwrap();
    let told = answers(scratch.root(), &[] as &[&str]);
    assert!(told.contains("6 removed") && !told.contains("secret"), "{told}");
}

#[test]
fn a_folder_that_became_a_link() {
    let scratch = Scratch::new();
    scratch.write("docs/a.md", &page(&["1"])).commit("first");
    fs::create_dir(scratch.beside("elsewhere")).unwrap();
    fs::write(scratch.beside("elsewhere/a.md"), page(&["1", "2"])).unwrap();
    fs::remove_dir_all(scratch.root().join("docs")).unwrap();
    symlink("../elsewhere", scratch.root().join("docs")).unwrap();
    assert!(answers(scratch.root(), &[] as &[&str]).contains("2 removed"));
}

#[test]
fn a_file_that_is_a_folder_on_the_other_side() {
    let scratch = Scratch::new();
    scratch.write("docs.md", &page(&["1", "2"])).commit("file");
    scratch.remove("docs.md").write("docs.md/inner.md", &page(&["1", "2"])).commit("folder");
    scratch.git(["rm", "-q", "-r", "docs.md"]);
    scratch.write("docs.md", &page(&["7"])).commit("file again");
    let told = answers(scratch.root(), ["--format", "json", "HEAD~2..HEAD~1"]);
    assert!(told.contains("No duty") || told.contains("\"status\": \"renamed\""), "{told}");
    answers(scratch.root(), ["HEAD~1..HEAD"]);
    answers(scratch.root(), ["HEAD..HEAD~1"]);
    answers(scratch.root(), ["log", "--", "docs.md"]);
    answers(scratch.root(), ["log", "--", "docs.md/inner.md"]);
    // and in the working tree
    scratch.remove("docs.md").write("docs.md/new.md", &page(&["8"]));
    assert!(answers(scratch.root(), &[] as &[&str]).contains("2 removed"));
}

#[test]
fn a_rename_of_letter_case_only() {
    let scratch = Scratch::new();
    scratch.write("Duties.md", &page(&["1", "2"])).commit("first");
    scratch.git(["mv", "Duties.md", "duties.md"]);
    scratch.write("duties.md", &page(&["1", "2", "3"])).commit("renamed");
    let told = answers(scratch.root(), ["--format", "json", "HEAD~1..HEAD"]);
    assert!(told.contains("\"old_path\": \"Duties.md\""), "{told}");
    let log = answers(scratch.root(), ["log", "--oneline", "--", "duties.md"]);
    assert_eq!(log.lines().count(), 2, "{log}");
    // both spellings at once are two pages
    scratch.write("DUTIES.md", &page(&["9"])).commit("both");
    assert!(
        answers(scratch.root(), ["HEAD~1..HEAD"])
            .contains("2 added, in 1 page. Added: 1 of yours, 1 of IBM's.")
    );
}

#[test]
fn submodules_are_left_alone() {
    let scratch = three_commits();
    let (blob, commit) = (scratch.id("HEAD:a.md"), scratch.id("HEAD~1"));
    commit_with(
        &scratch,
        &[
            ("100644", b"a.md", &blob),
            ("160000", b"module", "0123456789012345678901234567890123456789"),
            ("160000", b"page.md", &commit),
        ],
    );
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains("No duty changed"));
    answers(scratch.root(), ["log"]);
    // a page that became a submodule is gone
    commit_with(&scratch, &[("160000", b"a.md", &commit)]);
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains("6 removed"));
}

#[test]
fn a_path_that_has_no_end() {
    let scratch = three_commits();
    let mut tree = scratch.id("HEAD^{tree}");
    let blob = scratch.id("HEAD:a.md");
    for _ in 0..3 {
        let long = "d".repeat(2_000);
        let commit =
            commit_with(&scratch, &[("100644", b"a.md", &blob), ("40000", long.as_bytes(), &tree)]);
        tree = scratch.id(&format!("{commit}^{{tree}}"));
    }
    refuses(scratch.root(), &["HEAD~3..HEAD"], &["4096 bytes", "limit the comparison"]);
}
