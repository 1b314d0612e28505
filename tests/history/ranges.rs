//! What the user may name.

use respdiff::error::ErrorKind;
use respdiff::history::{Point, Repository, Request};

use crate::scratch::{Scratch, ends, page, request};

fn three_commits() -> (Scratch, Vec<String>) {
    let scratch = Scratch::new();
    let commit = |duty| scratch.write("a.md", &page(&[duty])).commit(duty);
    let ids = ["one", "two", "three"].map(commit).to_vec();
    (scratch, ids)
}

#[track_caller]
fn check(repo: &Repository, revisions: &[&str], old: &str, new: Option<&str>) {
    let ends = ends(repo, revisions);
    let hex = |point: &Point| point.commit().map(|id| id.to_string());
    assert_eq!(hex(&ends.points.old).as_deref(), Some(old));
    assert_eq!(hex(&ends.points.new).as_deref(), new);
}

#[track_caller]
fn refused(repo: &Repository, revisions: &[&str], kind: ErrorKind, words: &[&str]) {
    let error = repo.ends(&request(revisions)).unwrap_err();
    assert_eq!(error.kind(), kind, "{error}");
    let said = format!("{error}\n{}", error.advice().unwrap_or_default());
    for word in words {
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn every_spelling_of_a_range() {
    let (scratch, ids) = three_commits();
    scratch.git(["tag", "-a", "-m", "t", "v1", "HEAD~2"]);
    let repo = scratch.open();
    let [first, second, third] = [&ids[0], &ids[1], &ids[2]];
    check(&repo, &["HEAD~2..HEAD"], first, Some(third));
    check(&repo, &["HEAD~2", "HEAD~1"], first, Some(second));
    check(&repo, &["v1.."], first, Some(third));
    check(&repo, &["..v1"], third, Some(first));
    check(&repo, &["main^"], second, None);
    check(&repo, &["@"], third, None);
    check(&repo, &[], third, None);
    check(&repo, &[&first[..8]], first, None);
    let cached = Request { revisions: vec!["v1".into()], cached: true };
    assert_eq!(repo.ends(&cached).unwrap().points.new, Point::Index);
}

#[test]
fn three_dots_start_at_the_merge_base() {
    let (scratch, ids) = three_commits();
    scratch.git(["checkout", "-q", "-b", "side", "HEAD~1"]);
    let side = scratch.commit("side");
    let repo = scratch.open();
    check(&repo, &["main...side"], &ids[1], Some(&side));
    scratch.git(["checkout", "-q", "--orphan", "alone"]);
    scratch.commit("alone");
    refused(
        &repo,
        &["main...alone"],
        ErrorKind::Repository,
        &["no commit in common", "main..alone"],
    );
}

#[test]
fn a_branch_and_its_upstream() {
    let (scratch, ids) = three_commits();
    scratch.git(["branch", "-q", "next", "HEAD~1"]);
    scratch.git(["branch", "-q", "--set-upstream-to", "next"]);
    let repo = scratch.open();
    check(&repo, &["@{u}..HEAD"], &ids[1], Some(&ids[2]));
    scratch.git(["branch", "-q", "--unset-upstream"]);
    refused(&repo, &["@{u}"], ErrorKind::Usage, &["follows no branch", "--set-upstream-to"]);
}

#[test]
fn what_is_not_there_is_named() {
    let (scratch, _) = three_commits();
    scratch.git(["branch", "release-2024"]);
    let repo = scratch.open();
    refused(
        &repo,
        &["relaese-2024..HEAD"],
        ErrorKind::Repository,
        &["'relaese-2024'", "'release-2024'"],
    );
    refused(&repo, &["HEAD~9"], ErrorKind::Repository, &["'HEAD~9'", "only 3 commits", "HEAD~2"]);
    refused(&repo, &["main^2"], ErrorKind::Repository, &["only one parent"]);
    refused(&repo, &["a.md"], ErrorKind::Repository, &["'a.md'", "after --"]);
    refused(&repo, &["HEAD^{tree}"], ErrorKind::Usage, &["folder's content"]);
    refused(&repo, &["HEAD:a.md"], ErrorKind::Usage, &["file's content"]);
    refused(&repo, &["--output=x"], ErrorKind::Usage, &["dash"]);
    refused(&repo, &["main..-x"], ErrorKind::Usage, &["dash"]);
    refused(&repo, &["a", "b", "c"], ErrorKind::Usage, &["3 revisions"]);
    let cached = Request { revisions: vec!["HEAD~1..HEAD".into()], cached: true };
    assert_eq!(repo.ends(&cached).unwrap_err().kind(), ErrorKind::Usage);
}

#[test]
fn a_first_commit_has_nothing_before_it() {
    let scratch = Scratch::new();
    refused(&scratch.open(), &[], ErrorKind::Repository, &["no commit"]);
    refused(&scratch.open(), &["HEAD~1..HEAD"], ErrorKind::Repository, &["no commit"]);
    scratch.commit("only");
    refused(
        &scratch.open(),
        &["HEAD~5..HEAD"],
        ErrorKind::Repository,
        &["only 1 commit ", "no parent"],
    );
}

#[test]
fn a_detached_head_is_a_head() {
    let (scratch, ids) = three_commits();
    scratch.git(["checkout", "-q", "HEAD~1"]);
    check(&scratch.open(), &["HEAD~1..HEAD"], &ids[0], Some(&ids[1]));
}
