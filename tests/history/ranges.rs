//! What the user may name.

use respdiff::error::ErrorKind;
use respdiff::history::{Point, Repository, Request};

use crate::scratch::{Scratch, ends, page, request, told};

fn three_commits() -> (Scratch, Vec<String>) {
    let scratch = Scratch::new();
    let commit = |duty| scratch.write("a.md", &page(&[duty])).commit(duty);
    let ids = ["one", "two", "three"].map(commit).to_vec();
    (scratch, ids)
}

#[track_caller]
fn check(repo: &Repository, revisions: &[&str], old: &str, new: Option<&str>) {
    let ends = ends(repo, revisions);
    let hex = |point: &Point| point.commit_id().map(|id| id.to_string());
    assert_eq!(hex(&ends.points.old).as_deref(), Some(old));
    assert_eq!(hex(&ends.points.new).as_deref(), new);
}

#[track_caller]
fn refused(repo: &Repository, revisions: &[&str], kind: ErrorKind, words: &[&str]) {
    let error = repo.resolve_ends(&request(revisions)).unwrap_err();
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
    assert_eq!(repo.resolve_ends(&cached).unwrap().points.new, Point::Index);
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
    refused(&repo, &["main...alone"], ErrorKind::Repository, &["no common commit", "main..alone"]);
}

#[test]
fn a_branch_and_its_upstream() {
    let (scratch, ids) = three_commits();
    scratch.git(["branch", "-q", "next", "HEAD~1"]);
    scratch.git(["branch", "-q", "--set-upstream-to", "next"]);
    let repo = scratch.open();
    check(&repo, &["@{u}..HEAD"], &ids[1], Some(&ids[2]));
    scratch.git(["branch", "-q", "--unset-upstream"]);
    refused(&repo, &["@{u}"], ErrorKind::Usage, &["no upstream branch", "--set-upstream-to"]);
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
    refused(&repo, &["HEAD^{tree}"], ErrorKind::Usage, &["a folder"]);
    refused(&repo, &["HEAD:a.md"], ErrorKind::Usage, &["a file"]);
    refused(&repo, &["--output=x"], ErrorKind::Usage, &["dash"]);
    refused(&repo, &["main..-x"], ErrorKind::Usage, &["dash"]);
    refused(&repo, &["a", "b", "c"], ErrorKind::Usage, &["too many revisions (3)"]);
    let cached = Request { revisions: vec!["HEAD~1..HEAD".into()], cached: true };
    assert_eq!(repo.resolve_ends(&cached).unwrap_err().kind(), ErrorKind::Usage);
}

#[test]
fn a_first_commit_has_nothing_before_it() {
    let scratch = Scratch::new();
    refused(&scratch.open(), &["HEAD"], ErrorKind::Repository, &["no commit"]);
    refused(&scratch.open(), &["HEAD~1..HEAD"], ErrorKind::Repository, &["no commit"]);
    scratch.commit("only");
    refused(
        &scratch.open(),
        &["HEAD~5..HEAD"],
        ErrorKind::Repository,
        &["only 1 commit ", "is the first commit", "HEAD^!"],
    );
}

#[test]
fn a_detached_head_is_a_head() {
    let (scratch, ids) = three_commits();
    scratch.git(["checkout", "-q", "HEAD~1"]);
    check(&scratch.open(), &["HEAD~1..HEAD"], &ids[0], Some(&ids[1]));
}

#[test]
fn a_commit_and_its_parent_are_a_range() {
    let (scratch, ids) = three_commits();
    scratch.git(["checkout", "-q", "-b", "side", "HEAD~2"]);
    let side = scratch.write("b.md", &page(&["side"])).commit("side");
    scratch.git(["checkout", "-q", "main"]);
    let merge = scratch.merge("side");
    let repo = scratch.open();
    check(&repo, &["HEAD^!"], &ids[2], Some(&merge));
    check(&repo, &["HEAD^-"], &ids[2], Some(&merge));
    check(&repo, &["HEAD^-2"], &side, Some(&merge));
    check(&repo, &["main~2^!"], &ids[0], Some(&ids[1]));
    // nothing is older than a first commit
    let first = ends(&repo, &["HEAD~3^!"]);
    assert_eq!(
        (&first.points.old, repo.walk_mainline(&first).unwrap().commits().len()),
        (&Point::Empty, 1)
    );
    assert_eq!(told(&repo, &first, &[]), ["Added a.md"]);
    refused(&repo, &["HEAD^-3"], ErrorKind::Repository, &["has only 2 parents"]);
    refused(
        &repo,
        &["HEAD^!", "HEAD"],
        ErrorKind::Usage,
        &["'HEAD' is one revision too many: 'HEAD^!' already names both ends"],
    );
    assert!(
        repo.resolve_ends(&Request { revisions: vec!["HEAD^!".into()], cached: true }).is_err()
    );
}

/// Whatever the configuration says: the branch that git would push to, or an error where git has
/// one.
#[test]
fn the_branch_that_is_pushed_to_is_found_as_git_finds_it() {
    let (scratch, _) = three_commits();
    let clone = scratch.beside("clone");
    let place = clone.to_str().unwrap();
    scratch.git(["branch", "other", "HEAD~1"]);
    scratch.git(["clone", "-q", scratch.root().to_str().unwrap(), place]);
    let git = |words: &[&str]| scratch.git_in(&clone, words);
    let mut found = 0;
    let mut compare = |name: &str| {
        let asked = std::process::Command::new("git")
            .args(["-C", place, "rev-parse", "-q", "--verify", &format!("{name}^{{commit}}")])
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .output()
            .unwrap();
        let wanted = asked.status.success().then(|| String::from_utf8(asked.stdout).unwrap());
        let repo = Repository::open(&clone).unwrap();
        let ours = repo.find_revision(name).ok().map(|found| format!("{}\n", found.commit));
        assert_eq!(ours, wanted, "{name}");
        found += usize::from(ours.is_some());
    };
    git(&["checkout", "-q", "other"]);
    git(&["checkout", "-q", "-b", "lone"]);
    git(&["remote", "add", "second", scratch.root().to_str().unwrap()]);
    git(&["fetch", "-q", "second"]);
    let names =
        ["@{push}", "main@{push}", "other@{PUSH}~1", "lone@{push}", "HEAD@{push}", "no@{push}"];
    let settings: [&[&str]; 12] = [
        &["push.default", "nothing"],
        &["push.default", "current"],
        &["push.default", "matching"],
        &["push.default", "upstream"],
        &["push.default", "simple"],
        &["branch.other.merge", "refs/heads/main"],
        &["push.default", "upstream"],
        &["remote.pushDefault", "second"],
        &["branch.main.pushRemote", "origin"],
        &["remote.second.push", "refs/heads/o*:refs/heads/m*"],
        &["remote.origin.push", "refs/heads/main:refs/heads/other"],
        &["branch.lone.pushRemote", "gone"],
    ];
    for branch in ["main", "lone"] {
        git(&["checkout", "-q", branch]);
        for name in names {
            compare(name);
        }
    }
    for setting in settings {
        git(&[&["config"], setting].concat());
        for name in names {
            compare(name);
        }
    }
    assert!(found > 20, "{found}");
}

/// A clone's reflog begins when it was cloned; git only warns about a date before that.
#[test]
fn a_date_before_the_reflog_is_refused() {
    let (scratch, ids) = three_commits();
    let repo = scratch.open();
    let words = ["this clone's record of", "name a commit"];
    for name in ["HEAD@{2023-01-01}", "main@{2022-05-05 10:00}..HEAD", "@{30.years.ago}~1"] {
        refused(&repo, &[name], ErrorKind::Incomplete, &words);
        let span = repo.parse_span(Some(name)).unwrap_err();
        assert_eq!(span.kind(), ErrorKind::Incomplete, "{span}");
    }
    for name in ["HEAD@{yesterday}", "main@{now}", "@{1.week.ago}", "HEAD@{2023-11-16}", "HEAD@{1}"]
    {
        check(&repo, &[name], &scratch.id(name), None);
    }
    assert_eq!(scratch.id("HEAD@{yesterday}"), ids[2]);
    refused(&repo, &["HEAD@{7}"], ErrorKind::Repository, &["git reflog", "name a commit"]);
    // a bare clone keeps no reflog at all
    let bare = scratch.beside("bare");
    scratch.git(["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    let bare = Repository::open(&bare).unwrap();
    refused(&bare, &["main@{yesterday}", "main"], ErrorKind::Repository, &["name a commit"]);
}
