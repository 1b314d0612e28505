//! Repositories that cannot be read.

use std::fs;
use std::path::Path;

use respdiff::error::ErrorKind;
use respdiff::history::{Filter, Repository};

use crate::scratch::{Scratch, ends, is_page, page};

#[track_caller]
fn refused(dir: &Path, words: &[&str]) {
    let error = Repository::open(dir).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Repository, "{error}");
    let said = format!("{error}\n{}", error.advice().unwrap_or_default());
    for word in words {
        assert!(said.contains(word), "{said}");
    }
}

#[test]
fn no_repository() {
    let empty = tempfile::tempdir().unwrap();
    refused(empty.path(), &["no git repository", "-C DIR", "--no-index"]);
    refused(&empty.path().join("nowhere"), &["nowhere"]);
}

#[test]
fn kinds_that_are_not_supported() {
    let scratch = Scratch::new();
    let place = scratch.beside("other");
    let make = |option: &str| {
        let _ = fs::remove_dir_all(&place);
        scratch.git(["init", "-q", option, &place.display().to_string()]);
    };
    make("--ref-format=reftable");
    refused(&place, &["reftable", "git clone --ref-format=files"]);
    make("--ref-format=files");
    scratch.git_in(&place, ["config", "core.repositoryformatversion", "1"]);
    for (name, value, words) in [
        ("refStorage", "files", ["extensions.refstorage", "git config --unset"]),
        ("noop-v1", "true", ["extensions.noop-v1", "git config --unset"]),
        ("partialClone", "origin", ["partial clone", "--filter"]),
        ("later", "true", ["extensions.later", "git clone"]),
    ] {
        let key = format!("extensions.{name}");
        scratch.git_in(&place, ["config", &key, value]);
        refused(&place, &words);
        let config = fs::read_to_string(place.join(".git/config")).unwrap();
        let line = format!("\t{name} = {value}\n");
        assert!(config.contains(&line), "{config}");
        fs::write(place.join(".git/config"), config.replace(&line, "")).unwrap();
        Repository::open(&place).unwrap();
    }
    for name in ["worktreeConfig", "preciousObjects", "relativeWorktrees"] {
        scratch.git_in(&place, ["config", &format!("extensions.{name}"), "true"]);
        Repository::open(&place).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_strangers_repository_is_not_trusted() {
    let scratch = Scratch::new();
    scratch.commit("first");
    let git = scratch.root().join(".git");
    // Only root can give files away.
    for place in [scratch.root(), &git] {
        if std::os::unix::fs::chown(place, Some(4321), None).is_err() {
            return;
        }
    }
    refused(scratch.root(), &["another user", "safe.directory"]);
}

#[test]
fn a_damaged_object_is_noticed() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    scratch.write("a.md", &page(&["2"])).commit("second");
    let repo = scratch.open();
    let range = ends(&repo, &["HEAD~1..HEAD"]);
    let blob = scratch.id("HEAD:a.md");
    let object = scratch.root().join(".git/objects").join(&blob[..2]).join(&blob[2..]);
    fs::remove_file(&object).unwrap();
    let error = repo.changed_pages(&range, &Filter::default(), &is_page).unwrap_err();
    assert!(error.to_string().contains("a.md"), "{error}");
    assert!(error.advice().unwrap().contains("git fsck"));
    fs::write(&object, b"rubbish").unwrap();
    let error = scratch.open().changed_pages(&range, &Filter::default(), &is_page).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Repository);
    assert!(error.advice().unwrap().contains("git fsck"), "{error}");
}

#[test]
fn a_lock_left_behind_does_no_harm() {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    fs::write(scratch.root().join(".git/index.lock"), "").unwrap();
    fs::write(scratch.root().join(".git/HEAD.lock"), "").unwrap();
    scratch.write("a.md", &page(&["2"]));
    let repo = scratch.open();
    let range = ends(&repo, &[]);
    assert_eq!(repo.changed_pages(&range, &Filter::default(), &is_page).unwrap().len(), 1);
}
