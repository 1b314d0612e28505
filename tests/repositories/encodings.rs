//! Pages that are not saved as UTF-8, or not saved here at all.

use std::fs;

use crate::scratch::{Scratch, page};
use crate::state::{answers, refuses, run};

fn wide(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn a_page_saved_as_utf_16_stays_a_page() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1", "2"])).commit("first");
    let path = scratch.root().join("a.md");
    for unit in [u16::to_le_bytes, u16::to_be_bytes] {
        fs::write(&path, wide(&page(&["1", "2"]), unit)).unwrap();
        let told = answers(scratch.root(), [""; 0]);
        assert!(told.contains("encoding") && !told.contains("removed"), "{told}");
        fs::write(&path, wide(&page(&["1"]), unit)).unwrap();
        assert!(answers(scratch.root(), [""; 0]).contains("2 removed"));
        let told = answers(scratch.root(), ["lint"]);
        assert!(told.contains("encoding") && told.contains("UTF-16"), "{told}");
    }
    scratch.commit("second");
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains("2 removed"));
    assert!(answers(scratch.root(), ["show", "HEAD"]).contains("You do 1."));
    let baseline = scratch.beside("baseline").display().to_string();
    assert_eq!(run(scratch.root(), ["snapshot", "--output", &baseline]).code, Some(0));
    let stored = fs::read_to_string(scratch.beside("baseline").join("a.md.yaml")).unwrap();
    assert!(stored.contains("| Task | IBM | You |"), "{stored}");
    scratch.write("a.md", &page(&["1", "3"])).commit("third");
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains("2 added"));
}

#[test]
fn a_checkout_in_another_encoding_than_the_commit_s() {
    for encoding in ["UTF-16LE-BOM", "UTF-16LE", "UTF-16"] {
        let scratch = Scratch::new();
        scratch.write("a.md", &page(&["1"])).commit("first");
        scratch.write(".gitattributes", &format!("*.md working-tree-encoding={encoding}\n"));
        fs::remove_file(scratch.root().join("a.md")).unwrap();
        scratch.git(["checkout", "-q", "--", "a.md"]);
        assert!(fs::read(scratch.root().join("a.md")).unwrap().contains(&0));
        let told = answers(scratch.root(), [""; 0]);
        assert!(!told.contains("removed") && !told.contains("gone"), "{told}");
        assert_eq!(run(scratch.root(), ["check", "HEAD"]).code, Some(0));
    }
}

#[test]
fn a_page_that_lfs_keeps() {
    let pointer = |digit: &str| {
        let id = digit.repeat(64);
        format!("version https://git-lfs.github.com/spec/v1\noid sha256:{id}\nsize 12345\n")
    };
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).write("b.md", &page(&["1"])).commit("first");
    scratch.write("a.md", &pointer("a")).commit("a page went to LFS");
    scratch.write("a.md", &pointer("b")).commit("and changed there");
    scratch.write("b.md", &page(&["1", "2"])).commit("another changed");
    let words = ["a.md", "Git LFS", "git lfs pull"];
    refuses(scratch.root(), &["HEAD~3..HEAD"], &words);
    refuses(scratch.root(), &["check", "HEAD~3..HEAD"], &words);
    refuses(scratch.root(), &["HEAD~2..HEAD"], &words);
    refuses(scratch.root(), &["HEAD~1..HEAD~3"], &words);
    let told = answers(scratch.root(), ["HEAD~3..HEAD", "--", "b.md"]);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("2 added") && told.contains("between this page and another"), "{told}");
    refuses(scratch.root(), &["check", "HEAD~3..HEAD", "--", "b.md"], &words);
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains("2 added"));
    // a command that reads one version names it, too
    let told = run(scratch.root(), ["lint", "HEAD", "--", "a.md"]);
    assert_eq!(told.code, Some(0), "{}", told.err);
    let note = "note: only Git LFS has the content of a.md\nhint: run `git lfs pull`, ";
    assert!(told.err.starts_with(note) && !told.err.contains("parties"), "{}", told.err);
    assert_eq!(run(scratch.root(), ["lint"]).err, "");
    scratch.git(["mv", "a.md", "a-responsibilities.md"]);
    let told = run(scratch.root(), ["lint"]);
    let note = note.replace("a.md", "a-responsibilities.md");
    assert!(told.code == Some(0) && told.err.starts_with(&note), "{}", told.err);
    scratch.git(["mv", "a-responsibilities.md", "a.md"]);
    let file = scratch.root().join("a.md").display().to_string();
    let told = run(scratch.root(), ["lint", "--no-index", &file]);
    assert!(told.err.contains("only Git LFS has the content"), "{}", told.err);
    let lone = Scratch::new();
    lone.write("a.md", &pointer("a")).commit("first");
    let told = run(lone.root(), ["lint"]);
    assert_eq!(told.code, Some(2), "{}", told.err);
    assert!(
        told.err.contains("content of a.md\n") && told.err.contains("git lfs pull"),
        "{}",
        told.err
    );
    // pulled into the working tree
    scratch.write("a.md", &page(&["1", "2"]));
    refuses(scratch.root(), &[], &words);
}
