//! Merges: introduced by the merge, written by a commit inside it.

use respdiff::history::{Id, RepoPath, Repository, VersionOrigin};

use crate::scratch::{Scratch, ends, lives, page};

/// The commit inside the merge at HEAD that first had `duty` on the page.
#[track_caller]
fn author(repo: &Repository, duty: &str) -> Option<String> {
    let line = repo.walk_mainline(&ends(repo, &["HEAD^1..HEAD"])).unwrap();
    let merge = &line.commits()[0];
    assert!(merge.is_merge());
    let inside = repo.inside_merge(merge, vec![RepoPath::from("a.md")]).unwrap();
    let mut shows = |blob: Option<Id>| {
        let content = blob.map(|blob| repo.read_blob(blob)).transpose()?.unwrap_or_default();
        Ok(String::from_utf8_lossy(&content).contains(duty))
    };
    inside.author_commit(&mut shows).unwrap().map(|id| id.to_string())
}

fn branch(scratch: &Scratch, name: &str) {
    scratch.git(["checkout", "-q", "-b", name]);
}

fn main_again(scratch: &Scratch) {
    scratch.git(["checkout", "-q", "main"]);
}

#[test]
fn a_merge_introduces_and_a_commit_inside_writes() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    branch(&scratch, "side");
    scratch.write("b.md", "x").commit("other work");
    let wrote = scratch.write("a.md", &page(&["1", "wanted"])).commit("wrote");
    scratch.write("a.md", &page(&["1", "wanted", "more"])).commit("more");
    main_again(&scratch);
    let merge = scratch.merge("side");
    let repo = scratch.open();
    assert_eq!(author(&repo, "wanted"), Some(wrote));
    assert_eq!(author(&repo, "nothing"), None);
    let found = lives(&repo, &ends(&repo, &["HEAD^1..HEAD"]));
    let VersionOrigin::Commit(commit) = &found[0].versions[1].origin else { panic!("{found:?}") };
    assert_eq!(commit.id.to_string(), merge);
}

#[test]
fn what_came_and_went_counts_from_its_last_coming() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    branch(&scratch, "side");
    scratch.write("a.md", &page(&["wanted"])).commit("wrote");
    scratch.write("a.md", &page(&["1"])).commit("took back");
    let again = scratch.write("a.md", &page(&["wanted", "2"])).commit("wrote again");
    main_again(&scratch);
    scratch.merge("side");
    assert_eq!(author(&scratch.open(), "wanted"), Some(again));
}

#[test]
fn looks_into_merges_inside_the_merge() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    branch(&scratch, "side");
    scratch.write("b.md", "x").commit("other work");
    branch(&scratch, "deeper");
    let wrote = scratch.write("a.md", &page(&["1", "wanted"])).commit("wrote");
    scratch.git(["checkout", "-q", "side"]);
    scratch.merge("deeper");
    scratch.write("c.md", "x").commit("more work");
    main_again(&scratch);
    scratch.write("d.md", "x").commit("main goes on");
    scratch.git(["checkout", "-q", "side"]);
    scratch.merge("main");
    main_again(&scratch);
    scratch.merge("side");
    assert_eq!(author(&scratch.open(), "wanted"), Some(wrote));
}

#[test]
fn a_merge_that_writes_itself_has_no_author_inside() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    branch(&scratch, "side");
    scratch.write("b.md", "x").commit("side");
    main_again(&scratch);
    scratch.git(["merge", "-q", "--no-ff", "--no-commit", "side"]);
    scratch.write("a.md", &page(&["wanted"])).commit("evil merge");
    assert_eq!(author(&scratch.open(), "wanted"), None);
}

#[test]
fn an_old_state_that_a_branch_kept_has_no_author_inside() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["wanted"])).commit("first");
    branch(&scratch, "side");
    scratch.write("b.md", "x").commit("side");
    main_again(&scratch);
    scratch.write("a.md", &page(&["1"])).commit("main");
    scratch.git(["merge", "-q", "--no-ff", "--no-commit", "side"]);
    scratch.write("a.md", &page(&["wanted"])).commit("kept the old");
    assert_eq!(author(&scratch.open(), "wanted"), None);
}
