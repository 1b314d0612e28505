//! Clones of every kind: bare, shallow, partial, linked.

use std::path::Path;

use respdiff::error::{Error, ErrorKind};
use respdiff::history::{Filter, Repository};

use crate::scratch::{Scratch, ends, is_page, page, request, told};

fn five_commits() -> Scratch {
    let scratch = Scratch::new();
    for n in 1..=5 {
        let duties: Vec<String> = (0..n).map(|n| n.to_string()).collect();
        let duties: Vec<&str> = duties.iter().map(String::as_str).collect();
        scratch.write("a.md", &page(&duties)).commit("c");
    }
    scratch
}

fn url(scratch: &Scratch) -> String {
    format!("file://{}", scratch.root().display())
}

#[track_caller]
fn incomplete(error: &Error, words: &[&str]) {
    assert_eq!(error.kind(), ErrorKind::Incomplete, "{error}");
    let said = format!("{error}\n{}", error.advice().unwrap_or_default());
    for word in words {
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn a_bare_clone_has_no_working_tree() {
    let scratch = five_commits();
    let bare = scratch.beside("bare.git");
    scratch.git(["clone", "-q", "--bare", &url(&scratch), &bare.display().to_string()]);
    let repo = Repository::open(&bare).unwrap();
    assert_eq!(told(&repo, &ends(&repo, &["HEAD~2..HEAD"]), &["*.md"]), ["Modified a.md"]);
    let error = repo.resolve_ends(&request(&[])).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Usage);
    assert!(error.to_string().contains("bare"));
}

#[test]
fn a_linked_worktree_has_its_own_head() {
    let scratch = five_commits();
    let linked = scratch.beside("linked");
    scratch.git(["worktree", "add", "-q", "--detach", &linked.display().to_string(), "HEAD~2"]);
    std::fs::write(linked.join("a.md"), page(&["new"])).unwrap();
    let repo = Repository::open(&linked).unwrap();
    assert_eq!(told(&repo, &ends(&repo, &[]), &[]), ["Modified a.md"]);
    assert_eq!(
        ends(&repo, &["HEAD"]).points.old.commit_id().unwrap().to_string(),
        scratch.id("HEAD~2")
    );
}

#[test]
fn a_shallow_clone_never_answers_in_part() {
    let scratch = five_commits();
    let shallow = scratch.beside("shallow");
    let place = shallow.display().to_string();
    scratch.git(["clone", "-q", "--depth", "3", &url(&scratch), &place]);
    let repo = Repository::open(&shallow).unwrap();
    assert!(repo.is_shallow());
    assert_eq!(told(&repo, &ends(&repo, &["HEAD~2..HEAD"]), &[]), ["Modified a.md"]);
    repo.walk_mainline(&ends(&repo, &["HEAD~2..HEAD"])).unwrap();
    let error = repo.resolve_ends(&request(&["HEAD~4..HEAD"])).unwrap_err();
    incomplete(&error, &["HEAD~4", "3 commits", "git fetch --unshallow"]);
    incomplete(
        &repo.resolve_ends(&request(&["HEAD~2^1"])).unwrap_err(),
        &["parents", "--unshallow"],
    );
    // The old end is there, the way to it is not.
    scratch.git_in(&shallow, ["fetch", "-q", "--depth", "1", "origin", &scratch.id("HEAD~4")]);
    scratch.git_in(&shallow, ["tag", "first", "FETCH_HEAD"]);
    scratch.git_in(&shallow, ["fetch", "-q", "--depth", "2", "origin", "main"]);
    let repo = Repository::open(&shallow).unwrap();
    let range = ends(&repo, &["first..origin/main"]);
    incomplete(&repo.walk_mainline(&range).unwrap_err(), &["first", "origin/main", "--unshallow"]);
    let error = repo.resolve_ends(&request(&["first...origin/main"])).unwrap_err();
    incomplete(&error, &["merge base", "--unshallow"]);
}

#[test]
fn a_partial_clone_names_what_is_missing() {
    let scratch = five_commits();
    scratch.git(["config", "uploadpack.allowFilter", "true"]);
    let partial = scratch.beside("partial");
    let place = partial.display().to_string();
    scratch.git(["clone", "-q", "--filter=blob:none", "--no-checkout", &url(&scratch), &place]);
    let repo = Repository::open(&partial).unwrap();
    let range = ends(&repo, &["HEAD~1..HEAD"]);
    let error = repo.changed_pages(&range, &Filter::default(), &is_page).unwrap_err();
    incomplete(&error, &["a.md", "partial clone", "git fetch --refetch --no-filter"]);
    // What the hint says helps.
    scratch.git_in(&partial, ["fetch", "-q", "--refetch", "--no-filter"]);
    let repo = Repository::open(&partial).unwrap();
    assert_eq!(told(&repo, &range, &[]), ["Modified a.md"]);
}

#[test]
fn a_clone_without_trees_names_what_is_missing() {
    let scratch = five_commits();
    scratch.git(["config", "uploadpack.allowFilter", "true"]);
    let partial = scratch.beside("treeless");
    let place = partial.display().to_string();
    scratch.git(["clone", "-q", "--filter=tree:0", "--no-checkout", &url(&scratch), &place]);
    let repo = Repository::open(Path::new(&partial)).unwrap();
    let range = ends(&repo, &["HEAD~1..HEAD"]);
    let error = repo.changed_pages(&range, &Filter::default(), &is_page).unwrap_err();
    incomplete(&error, &["partial clone"]);
}
