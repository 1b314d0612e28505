//! Histories of unusual shape.

use std::fs;

use crate::scratch::{Scratch, page};
use crate::state::{answers, refuses, run, three_commits};

fn lines(text: &str, word: &str) -> usize {
    text.lines().filter(|line| line.contains(word)).count()
}

/// A merge of four branches that each brought a page of its own.
#[test]
fn an_octopus() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    for name in ["x", "y", "z"] {
        scratch.git(["checkout", "-q", "-b", name, "main"]);
        scratch.write(&format!("{name}.md"), &page(&[name])).commit(name);
    }
    scratch.git(["checkout", "-q", "main"]);
    scratch.write("b.txt", "so that nothing is fast-forwarded").commit("main");
    scratch.git(["merge", "-q", "-m", "octopus", "x", "y", "z"]);
    assert_eq!(scratch.git(["rev-list", "--parents", "-1", "HEAD"]).split(' ').count(), 5);
    let told = answers(scratch.root(), ["HEAD~1..HEAD"]);
    assert!(told.contains("6 added, in 3 pages. Added: 3 of yours, 3 of IBM's."), "{told}");
    let log = answers(scratch.root(), ["log", "--oneline"]);
    for name in ["x.md", "y.md", "z.md", "a.md"] {
        assert_eq!(lines(&log, &format!("{name} the first edition")), 1, "{log}");
    }
    // inside the octopus is who wrote it
    let y = scratch.id("y");
    let json = answers(scratch.root(), ["--format", "json", "HEAD~1..HEAD", "--", "y.md"]);
    assert!(json.contains(&format!("\"author_commit\": \"{y}\"")), "{json}");
}

/// Two branches that merged each other: there are two merge bases.
#[test]
fn a_criss_cross() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    scratch.write("side.md", &page(&["s"])).commit("side");
    let side = scratch.id("HEAD");
    scratch.git(["checkout", "-q", "main"]);
    scratch.write("main.md", &page(&["m"])).commit("main");
    let main = scratch.id("HEAD");
    scratch.merge(&side);
    scratch.git(["checkout", "-q", "side"]);
    scratch.merge(&main);
    scratch.write("side.md", &page(&["s", "t"])).commit("more");
    scratch.git(["checkout", "-q", "main"]);
    scratch.write("main.md", &page(&["m", "n"])).commit("more");
    assert_eq!(scratch.git(["merge-base", "--all", "main", "side"]).lines().count(), 2);
    let told = answers(scratch.root(), ["--format", "json", "side..main"]);
    assert_eq!(lines(&told, "\"kind\": \"added\""), 2, "{told}");
    assert_eq!(lines(&told, "\"kind\": \"removed\""), 2, "{told}");
    // one of the two bases is taken, as git takes one; what changed since is told
    let told = answers(scratch.root(), ["side...main"]);
    assert!(told.contains("main.md"), "{told}");
    answers(scratch.root(), ["log"]);
    answers(scratch.root(), ["blame"]);
}

#[test]
fn histories_that_have_nothing_in_common() {
    let scratch = three_commits();
    scratch.git(["checkout", "-q", "--orphan", "other"]);
    scratch.write("a.md", &page(&["1", "9"])).commit("anew");
    let told = answers(scratch.root(), ["--format", "json", "main..other"]);
    assert_eq!(lines(&told, "\"kind\": \"removed\""), 4, "{told}");
    assert_eq!(lines(&told, "\"kind\": \"added\""), 2, "{told}");
}

/// Commit dates that lie: before 1970, in the far future, children before parents.
#[test]
fn clocks_that_lie() {
    let scratch = three_commits();
    let tree = scratch.id("HEAD~1^{tree}");
    let mut parent = scratch.id("HEAD");
    for time in ["-5000000000 +0000", "99999999999 -1200", "0 +9999", "253402300800 +0000"] {
        let raw = format!(
            "tree {tree}\nparent {parent}\nauthor A <a@b> {time}\ncommitter A <a@b> {time}\n\nx\n"
        );
        let file = scratch.beside("commit");
        std::fs::write(&file, raw).unwrap();
        let file = file.display().to_string();
        parent = scratch.git(["hash-object", "-t", "commit", "-w", "--literally", &file]);
    }
    scratch.git(["update-ref", "refs/heads/main", &parent]);
    assert!(answers(scratch.root(), ["HEAD~4..HEAD"]).contains("2 removed"));
    assert!(answers(scratch.root(), ["log"]).contains("REMOVED"));
    answers(scratch.root(), ["blame", "--format", "json"]);
}

#[test]
fn a_message_that_never_ends_or_is_no_text() {
    let scratch = three_commits();
    let (tree, parent) = (scratch.id("HEAD~1^{tree}"), scratch.id("HEAD"));
    let who = "A\u{1b}[31m <a@b> 1700900000 +0000";
    let raw = [
        format!("tree {tree}\nparent {parent}\nauthor {who}\ncommitter {who}\n\n").as_bytes(),
        &b"\xff\x1b]0;title\x07::error::x\n".repeat(200_000),
    ]
    .concat();
    let file = scratch.beside("commit");
    std::fs::write(&file, raw).unwrap();
    let id = scratch.git([
        "hash-object",
        "-t",
        "commit",
        "-w",
        "--literally",
        &file.display().to_string(),
    ]);
    scratch.git(["update-ref", "refs/heads/main", &id]);
    for command in ["log", "blame"] {
        assert!(!answers(scratch.root(), [command]).contains('\u{1b}'));
    }
}

/// Trees that name each other: a few kilobytes, and more files than there is memory for.
#[test]
fn trees_without_end() {
    let scratch = three_commits();
    let blob = scratch.git(["rev-parse", "HEAD:a.md"]);
    let mktree = |lines: &str| {
        fs::write(scratch.beside("lines"), lines).unwrap();
        let mut git = std::process::Command::new("git");
        git.current_dir(scratch.root()).arg("mktree");
        git.stdin(fs::File::open(scratch.beside("lines")).unwrap());
        String::from_utf8(git.output().unwrap().stdout).unwrap().trim().to_owned()
    };
    let mut tree = mktree(&format!("100644 blob {blob}\ta.md\n"));
    for _ in 0..12 {
        let lines: Vec<String> = (0..20).map(|at| format!("040000 tree {tree}\tf{at}\n")).collect();
        tree = mktree(&lines.concat());
    }
    let commit = scratch.git(["commit-tree", "-m", "bomb", "-p", "HEAD", &tree]);
    let begun = std::time::Instant::now();
    for arguments in [
        &["diff", "HEAD", &commit][..],
        &["check", "HEAD", &commit],
        &["log", &commit],
        &["show", &commit],
        &["blame", &commit],
        &["lint", &commit],
    ] {
        refuses(scratch.root(), arguments, &["more files than can be read"]);
    }
    assert!(begun.elapsed() < std::time::Duration::from_secs(120), "{:?}", begun.elapsed());
}

/// Many pages, all changed within one merge of many commits: each page's author is found, and not
/// by looking at every page in every commit.
#[test]
fn many_pages_and_commits_in_one_merge() {
    const PAGES: usize = 150;
    let scratch = Scratch::new();
    for at in 0..PAGES {
        scratch.write(&format!("p{at}.md"), &page(&["1"]));
    }
    scratch.commit("first");
    scratch.git(["checkout", "-q", "-b", "side"]);
    let mut authors = Vec::new();
    for at in 0..PAGES {
        authors.push(scratch.write(&format!("p{at}.md"), &page(&["1", "2"])).commit("change"));
    }
    scratch.git(["checkout", "-q", "main"]);
    scratch.write("b.txt", "so that nothing is fast-forwarded").commit("main");
    scratch.merge("side");
    let json = answers(scratch.root(), ["--format", "json", "HEAD~1..HEAD"]);
    for author in authors {
        assert_eq!(lines(&json, &format!("\"author_commit\": \"{author}\"")), 2);
    }
}

/// A page that came with a history that has nothing in common with the published line.
#[test]
fn a_merged_history_of_its_own_is_pointed_at() {
    let scratch = three_commits();
    scratch.git(["checkout", "-q", "--orphan", "other"]);
    scratch.git(["rm", "-rfq", "."]);
    scratch.write("far.md", &page(&["1"])).commit("far");
    scratch.write("far.md", &page(&["1", "2"])).commit("farther");
    scratch.git(["checkout", "-q", "main"]);
    scratch.git(["merge", "-q", "--allow-unrelated-histories", "-m", "merge", "other"]);
    let merge = scratch.id("HEAD");
    let told = run(scratch.root(), ["log"]);
    let hint = format!(
        "far.md came with the merge {0}, from a history of its own; `respdiff -C {1} log {0}^2` shows \
         that history",
        &merge[..8],
        scratch.root().display()
    );
    assert!(told.err.contains(&hint) && !told.err.contains("a.md"), "{}", told.err);
    assert!(answers(scratch.root(), ["log", &format!("{merge}^2")]).contains("far.md"));
}
