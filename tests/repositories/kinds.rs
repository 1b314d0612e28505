//! Kinds of repositories and clones, as the command line meets them; `tests/history` holds what
//! the library says of them.

use std::fs;
use std::path::PathBuf;

use crate::scratch::Scratch;
use crate::state::{LAST, answers, refuses, three_commits};

fn clone(scratch: &Scratch, options: &[&str]) -> PathBuf {
    scratch.git(["config", "uploadpack.allowFilter", "true"]);
    let place = scratch.beside("clone");
    let url = format!("file://{}", scratch.root().display());
    let place_text = place.display().to_string();
    scratch.git([&["clone", "-q"], options, &[&url, &place_text]].concat());
    place
}

#[test]
fn shallow() {
    let scratch = three_commits();
    let place = clone(&scratch, &["--depth", "2"]);
    assert!(answers(&place, ["HEAD~1..HEAD"]).contains(LAST));
    for arguments in [&["log"][..], &["blame"], &["HEAD~2..HEAD"], &["log", "--", "a.md"]] {
        refuses(&place, arguments, &["shallow clone", "git fetch --unshallow"]);
    }
}

#[test]
fn partial() {
    let scratch = three_commits();
    let place = clone(&scratch, &["--filter=blob:none", "--no-checkout"]);
    for arguments in
        [&["HEAD~1..HEAD"][..], &["log"], &["blame", "HEAD"], &["show", "HEAD"], &["lint", "HEAD"]]
    {
        refuses(&place, arguments, &["partial clone", "git fetch --refetch --no-filter"]);
    }
    fs::remove_dir_all(&place).unwrap();
    let place = clone(&scratch, &["--filter=tree:0", "--no-checkout"]);
    refuses(&place, &["log"], &["partial clone"]);
}

#[test]
fn bare() {
    let scratch = three_commits();
    let place = clone(&scratch, &["--bare"]);
    assert!(answers(&place, ["HEAD~1..HEAD"]).contains(LAST));
    answers(&place, ["log"]);
    answers(&place, ["blame"]);
    answers(&place, ["show"]);
    answers(&place, ["lint"]);
    refuses(&place, &[], &["bare"]);
    refuses(&place, &["HEAD~1"], &["bare"]);
}

#[test]
fn that_cannot_be_read() {
    let scratch = Scratch::new();
    let place = scratch.beside("other");
    for (option, words) in [
        ("--object-format=sha256", ["SHA-256", "SHA-1"]),
        ("--ref-format=reftable", ["reftable", "git refs migrate"]),
    ] {
        let _ = fs::remove_dir_all(&place);
        scratch.git(["init", "-q", option, &place.display().to_string()]);
        for arguments in [&["log"][..], &["HEAD"], &[], &["blame"], &["show"], &["lint"]] {
            refuses(&place, arguments, &words);
        }
    }
}

#[test]
fn with_a_configuration_that_is_rubbish() {
    let scratch = three_commits();
    fs::write(scratch.root().join(".git/config"), "[core\nrubbish").unwrap();
    refuses(scratch.root(), &["log"], &["config"]);
}

#[test]
fn with_an_index_that_is_rubbish() {
    let scratch = three_commits();
    fs::write(scratch.root().join(".git/index"), "rubbish").unwrap();
    refuses(scratch.root(), &[], &["index"]);
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
}

#[test]
fn a_file_that_leads_to_a_repository_which_is_not_there() {
    let scratch = three_commits();
    let place = scratch.beside("linked");
    fs::create_dir(&place).unwrap();
    fs::write(place.join(".git"), "gitdir: /no/such/place\n").unwrap();
    refuses(&place, &["log"], &[]);
    fs::write(place.join(".git"), "rubbish").unwrap();
    refuses(&place, &["log"], &[]);
}

#[cfg(unix)]
#[test]
fn of_another_user() {
    let scratch = three_commits();
    for place in [scratch.root().to_owned(), scratch.root().join(".git")] {
        // only root can give files away
        if std::os::unix::fs::chown(place, Some(4321), None).is_err() {
            return;
        }
    }
    for arguments in [&["log"][..], &["HEAD~1..HEAD"], &[], &["blame"], &["show"], &["lint"]] {
        refuses(scratch.root(), arguments, &["another user", "safe.directory"]);
    }
}
