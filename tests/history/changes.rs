//! Which pages differ between two ends.

use std::fs;

use respdiff::error::ErrorKind;
use respdiff::history::{Filter, Point, RepoPath, Repository, Request};

use crate::scratch::{Scratch, changed, ends, is_page, page, told};

#[test]
fn tells_pages_that_changed_came_and_went() {
    let scratch = Scratch::new();
    scratch
        .write("kept.md", &page(&["kept"]))
        .write("edited.md", &page(&["a"]))
        .write("gone.md", &page(&["b"]))
        .write("plain.md", "no duties")
        .write("notes.txt", &page(&["c"]))
        .commit("first");
    scratch
        .write("edited.md", &page(&["a", "b"]))
        .write("deep/down/New.MARKDOWN", &page(&["z"]).repeat(9))
        .write("plain.md", "still none")
        .write("notes.txt", "changed")
        .remove("gone.md")
        .commit("second");
    let repo = scratch.open();
    assert_eq!(
        told(&repo, &ends(&repo, &["HEAD~1..HEAD"]), &[]),
        ["Added deep/down/New.MARKDOWN", "Modified edited.md", "Removed gone.md"]
    );
    assert_eq!(
        told(&repo, &ends(&repo, &["HEAD..HEAD~1"]), &[]),
        ["Removed deep/down/New.MARKDOWN", "Modified edited.md", "Added gone.md"]
    );
    assert!(told(&repo, &ends(&repo, &["HEAD..HEAD"]), &[]).is_empty());
}

#[test]
fn a_page_that_becomes_one_is_told() {
    let scratch = Scratch::new();
    scratch.write("a.md", "nothing yet").commit("first");
    scratch.write("a.md", &page(&["a"])).commit("second");
    let repo = scratch.open();
    assert_eq!(told(&repo, &ends(&repo, &["HEAD~1", "HEAD"]), &[]), ["Modified a.md"]);
}

#[test]
fn follows_renames_but_no_copies() {
    let scratch = Scratch::new();
    scratch
        .write("same.md", &page(&["a", "b"]))
        .write("edited.md", &page(&["q", "r", "s", "t"]))
        .write("stays.md", &page(&["m"]))
        .commit("first");
    scratch.git(["mv", "same.md", "moved.md"]);
    scratch
        .write("other/edited-and-moved.md", &page(&["q", "r", "s", "u"]))
        .remove("edited.md")
        .write("copy.md", &page(&["m"]))
        .commit("second");
    let repo = scratch.open();
    let range = ends(&repo, &["HEAD~1..HEAD"]);
    let renamed = [
        "Added copy.md",
        "Renamed moved.md < same.md",
        "Renamed other/edited-and-moved.md < edited.md",
    ];
    assert_eq!(told(&repo, &range, &[]), renamed);
    assert_eq!(told(&repo, &range, &["other"]), renamed[2..]);
    assert_eq!(told(&repo, &range, &["same.md"]), renamed[1..2]);
    assert_eq!(told(&repo, &range, &["*.md", ":!other"]), renamed[..]);
    assert!(told(&repo, &range, &["nowhere"]).is_empty());
}

#[test]
fn a_filter_starts_at_the_folder_that_was_opened() {
    let scratch = Scratch::new();
    scratch.write("docs/a.md", &page(&["a"])).write("a.md", &page(&["a"])).commit("first");
    scratch.write("docs/a.md", &page(&["b"])).write("a.md", &page(&["b"])).commit("second");
    let repo = Repository::open(&scratch.root().join("docs")).unwrap();
    let range = ends(&repo, &["HEAD~1..HEAD"]);
    assert_eq!(told(&repo, &range, &["a.md"]), ["Modified docs/a.md"]);
    assert_eq!(told(&repo, &range, &["../a.md"]), ["Modified a.md"]);
    assert_eq!(told(&repo, &range, &[":/"]), ["Modified a.md", "Modified docs/a.md"]);
}

#[test]
fn reads_the_working_tree_as_git_does() {
    let scratch = Scratch::new();
    scratch
        .write("edited.md", &page(&["a"]))
        .write("gone.md", &page(&["b"]).repeat(5))
        .write("crlf.md", &page(&["c"]))
        .write("kept.md", &page(&["d"]))
        .commit("first");
    scratch.write("edited.md", &page(&["a", "x"])).remove("gone.md");
    scratch.write("untracked.md", &page(&["u"]));
    let repo = scratch.open();
    let told_now = told(&repo, &ends(&repo, &[]), &[]);
    assert_eq!(told_now, ["Modified edited.md", "Removed gone.md"]);
    let pair = changed(&repo, &ends(&repo, &[])).remove(0);
    assert_eq!(&*repo.read_file(&pair.file.new.unwrap()).unwrap(), page(&["a", "x"]).as_bytes());
    scratch.git(["add", "untracked.md"]);
    assert_eq!(told(&scratch.open(), &ends(&repo, &[]), &[]).len(), 3);
}

#[test]
fn reads_the_index_where_asked() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["a"])).write("b.md", &page(&["b"])).commit("first");
    scratch.write("a.md", &page(&["a", "staged"]));
    scratch.git(["add", "a.md"]);
    scratch.write("a.md", &page(&["a", "staged", "not"])).write("b.md", &page(&["not"]));
    scratch.write("later.md", &page(&["later"]));
    scratch.git(["add", "-N", "later.md"]);
    let repo = scratch.open();
    let staged = repo.resolve_ends(&Request { revisions: vec![], cached: true }).unwrap();
    assert_eq!(told(&repo, &staged, &[]), ["Modified a.md"]);
    let file = repo.file_at(&Point::Index, &RepoPath::from("a.md")).unwrap().unwrap();
    assert_eq!(&*repo.read_file(&file).unwrap(), page(&["a", "staged"]).as_bytes());
}

#[cfg(unix)]
#[test]
fn keeps_paths_that_are_no_utf_8() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let scratch = Scratch::new();
    let name = OsStr::from_bytes(b"r\xe9sp.md");
    fs::write(scratch.root().join(name), page(&["a"])).unwrap();
    scratch.commit("first");
    fs::write(scratch.root().join(name), page(&["b"])).unwrap();
    let repo = scratch.open();
    assert_eq!(told(&repo, &ends(&repo, &[]), &[]), ["Modified r\\xe9sp.md"]);
    scratch.commit("second");
    assert_eq!(told(&repo, &ends(&repo, &["HEAD~1..HEAD"]), &[]), ["Modified r\\xe9sp.md"]);
    let filter = repo.path_filter(&[name]).unwrap();
    assert_eq!(repo.page_files(&ends(&repo, &[]).points.old, &filter).unwrap().len(), 1);
}

#[cfg(unix)]
#[test]
fn does_not_read_through_links() {
    let scratch = Scratch::new();
    scratch.write("docs/a.md", &page(&["a"])).write("target.md", &page(&["t"])).commit("first");
    std::os::unix::fs::symlink("target.md", scratch.root().join("link.md")).unwrap();
    scratch.commit("second");
    let repo = scratch.open();
    assert!(told(&repo, &ends(&repo, &["HEAD~1..HEAD"]), &[]).is_empty());
    fs::rename(scratch.root().join("docs"), scratch.beside("elsewhere")).unwrap();
    std::os::unix::fs::symlink(scratch.beside("elsewhere"), scratch.root().join("docs")).unwrap();
    assert_eq!(told(&repo, &ends(&repo, &[]), &[]), ["Removed docs/a.md"]);
}

#[test]
fn leaves_sparse_files_alone() {
    let scratch = Scratch::new();
    scratch.write("in/a.md", &page(&["a"])).write("out/b.md", &page(&["b"])).commit("first");
    scratch.git(["sparse-checkout", "set", "in"]);
    assert!(!scratch.root().join("out/b.md").exists());
    let repo = scratch.open();
    assert!(told(&repo, &ends(&repo, &[]), &[]).is_empty());
}

#[test]
fn reads_a_conflicted_file_once() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["a"])).commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    scratch.write("a.md", &page(&["theirs"])).commit("side");
    scratch.git(["checkout", "-q", "main"]);
    scratch.write("a.md", &page(&["ours"])).commit("main");
    let base = scratch.id("main~1:a.md");
    let (ours, theirs) = (scratch.id("main:a.md"), scratch.id("side:a.md"));
    scratch.git(["rm", "-q", "--cached", "a.md"]);
    let info = format!("100644 {base} 1\ta.md\n100644 {ours} 2\ta.md\n100644 {theirs} 3\ta.md\n");
    fs::write(scratch.beside("info"), info).unwrap();
    let script = format!("git update-index --index-info < {}", scratch.beside("info").display());
    let done =
        std::process::Command::new("sh").args(["-c", &script]).current_dir(scratch.root()).status();
    assert!(done.unwrap().success());
    scratch.write("a.md", &page(&["half", "merged"]));
    let repo = scratch.open();
    assert_eq!(told(&repo, &ends(&repo, &[]), &[]), ["Modified a.md"]);
    let staged = repo.resolve_ends(&Request { revisions: vec![], cached: true }).unwrap();
    let error = repo.changed_pages(&staged, &Filter::default(), &is_page).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Incomplete, "{error}");
}
