//! Locks that others left, and folders that cannot be written: reading needs neither.

use std::fs;

use crate::state::{LAST, answers, refuses, three_commits};

#[test]
fn locks_of_others_do_no_harm() {
    let scratch = three_commits();
    scratch.git(["commit-graph", "write", "--reachable", "--split"]);
    scratch.git(["pack-refs", "--all"]);
    let git = scratch.root().join(".git");
    for lock in [
        "index.lock",
        "HEAD.lock",
        "config.lock",
        "packed-refs.lock",
        "shallow.lock",
        "gc.pid",
        "refs/heads/main.lock",
        "objects/info/commit-graph.lock",
        "objects/info/commit-graphs/commit-graph-chain.lock",
        "objects/pack/multi-pack-index.lock",
        "objects/pack/tmp_pack_x",
        "objects/maintenance.lock",
    ] {
        fs::write(git.join(lock), "").unwrap();
    }
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
    for arguments in [&["log"][..], &["blame"], &["show"], &["lint"], &[], &["--cached"]] {
        answers(scratch.root(), arguments);
    }
}

/// Caches that git keeps beside the objects, damaged: what they say is not needed.
#[test]
fn caches_that_are_rubbish() {
    let scratch = three_commits();
    scratch.git(["repack", "-qad", "--write-bitmap-index", "--write-midx"]);
    scratch.git(["commit-graph", "write", "--reachable"]);
    let graph = scratch.root().join(".git/objects/info/commit-graph");
    fs::remove_file(&graph).unwrap();
    fs::write(graph, "rubbish").unwrap();
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
    answers(scratch.root(), ["log"]);
    // by it merge bases are found
    refuses(scratch.root(), &["HEAD~1...HEAD"], &["commit-graph is damaged", "remove it"]);
}

#[cfg(unix)]
#[test]
fn a_repository_that_cannot_be_written() {
    use std::os::unix::fs::PermissionsExt;
    let scratch = three_commits();
    let mut folders = vec![scratch.root().to_owned()];
    let mut all = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.file_type().unwrap().is_dir() {
                folders.push(entry.path());
            }
        }
        all.push(folder);
    }
    let rights = |mode: u32| {
        for folder in &all {
            fs::set_permissions(folder, fs::Permissions::from_mode(mode)).unwrap();
        }
    };
    rights(0o555);
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
    answers(scratch.root(), ["log"]);
    answers(scratch.root(), &[] as &[&str]);
    rights(0o755);
}
