//! `respdiff alert --fetch` where the remote's branches are not what they were.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use super::docs::{Docs, PAGE, moved};
use super::respdiff;

/// A clone of a remote whose branch is `master`, watched once.
struct Watched {
    remote: Docs,
    clone: PathBuf,
    more: String,
}

impl Watched {
    fn new(options: &[&str], more: &str) -> Self {
        let remote = Docs::new();
        remote.git(&["branch", "-q", "-m", "master"]);
        let clone = remote.beside("clone");
        let place = clone.to_str().unwrap();
        let url = remote.root().to_str().unwrap();
        remote.git(&[&["clone", "-q"], options, &[url, place]].concat());
        Self { remote, clone, more: more.to_owned() }
    }

    fn run(&self) -> Output {
        let config = self.remote.beside("config.yaml");
        let text = format!(
            "version: 1\nalert:\n  fetch: true\n  state: alert.sqlite\n  repositories: [{{path: \
             clone, name: sky{}}}]\n  targets: [{{name: me, type: stdout}}]\n",
            self.more
        );
        fs::write(&config, text).unwrap();
        respdiff().args(["alert", "--quiet", "--config"]).arg(config).output().unwrap()
    }

    #[track_caller]
    fn ends(&self, code: i32, told: &[&str]) -> String {
        let output = self.run();
        let text = [&output.stdout[..], &output.stderr].concat();
        let text = String::from_utf8(text).unwrap();
        assert_eq!(output.status.code(), Some(code), "{text}");
        for word in told {
            assert!(text.contains(word), "{word}: {text}");
        }
        text
    }

    /// The remote's branch is called `main` now, and a duty moves there.
    fn rename(&self) {
        self.remote.git(&["branch", "-q", "-m", "main"]);
        self.remote.write("queue.md", &moved()).commit();
    }

    fn git(&self, words: &[&str]) {
        self.remote.git(&[&["-C", self.clone.to_str().unwrap()], words].concat());
    }
}

const PRUNE: [&str; 3] = ["config", "fetch.prune", "true"];
const GONE: [&str; 3] = ["origin no longer has master", "its HEAD is main", "branch: "];

#[test]
fn a_branch_that_was_renamed_is_told_in_every_kind_of_clone() {
    for (options, more, prunes) in [
        (&[][..], "", false),
        (&[], "", true),
        (&[], ", branch: origin/master", false),
        (&[], ", branch: origin/master", true),
        (&[], ", branch: master", false),
        (&["--bare"], "", false),
        (&["--mirror"], "", false),
        (&["--mirror"], "", true),
        (&["--mirror"], ", branch: master", true),
        (&["--single-branch"], "", false),
    ] {
        let watched = Watched::new(options, more);
        if prunes {
            watched.git(&PRUNE);
        }
        watched.ends(0, &[]);
        watched.rename();
        // a second time, when it is pruned
        for _ in 0..2 {
            watched.ends(2, &GONE);
        }
    }
}

#[test]
fn a_branch_that_was_renamed_goes_on_under_its_new_name() {
    for (options, branch) in [(&[][..], "origin/main"), (&["--mirror"], "main")] {
        let mut watched = Watched::new(options, "");
        watched.ends(0, &[]);
        watched.rename();
        watched.ends(2, &GONE);
        watched.more = format!(", branch: {branch}");
        watched.ends(0, &["\"moved\"", "master no longer exists"]);
        assert_eq!(watched.ends(0, &[]), "");
    }
}

#[test]
fn a_branch_that_was_deleted_and_a_remote_without_head_are_told() {
    let watched = Watched::new(&[], "");
    watched.ends(0, &[]);
    watched.remote.git(&["checkout", "-q", "-b", "other"]);
    watched.remote.git(&["branch", "-q", "-D", "master"]);
    watched.ends(2, &["origin no longer has master; its HEAD is other"]);
    watched.remote.git(&["symbolic-ref", "HEAD", "refs/heads/nowhere"]);
    watched.ends(2, &["origin no longer has master"]);
}

#[test]
fn a_bare_clone_that_no_fetch_moves_is_told() {
    let watched = Watched::new(&["--bare"], "");
    watched.ends(0, &[]);
    watched.remote.write("queue.md", &moved()).commit();
    watched.ends(
        2,
        &["git fetch does not update refs/heads/master from master", "remote.origin.fetch"],
    );
    watched.git(&["config", "remote.origin.fetch", "+refs/heads/*:refs/heads/*"]);
    watched.ends(0, &["\"moved\""]);
}

#[test]
fn a_named_local_branch_follows_the_remote() {
    let watched = Watched::new(&[], ", branch: master");
    watched.ends(0, &[]);
    watched.remote.write("queue.md", &moved()).commit();
    watched.ends(0, &["\"moved\""]);
}

#[test]
fn a_branch_that_no_fetch_moves_is_warned_of() {
    const WARNED: &[&str] = &["tracks no branch of a remote", "branch: origin/main"];
    let watched = Watched::new(&[], "");
    watched.ends(0, &[]);
    watched.git(&["switch", "-q", "-c", "topic"]);
    watched.ends(0, WARNED);
    watched.git(&["switch", "-q", "--detach"]);
    watched.ends(0, WARNED);
    watched.git(&["switch", "-q", "master"]);
    assert!(!watched.ends(0, &[]).contains("tracks no branch"));
    watched.git(&["switch", "-q", "topic"]);
    watched.git(&["remote", "remove", "origin"]);
    assert!(!watched.ends(0, &[]).contains("tracks no branch"), "nothing to fetch from");
}

#[test]
fn a_clone_that_was_switched_says_once_what_it_no_longer_watches() {
    let watched = Watched::new(&[], "");
    watched.remote.git(&["branch", "topic"]);
    watched.ends(0, &[]);
    watched.git(&["switch", "-q", "topic"]);
    watched.ends(0, &["now watching origin/topic instead of origin/master"]);
    assert_eq!(watched.ends(0, &[]), "");
    watched.remote.write("queue.md", &moved()).commit();
    assert_eq!(watched.ends(0, &[]), "");
    // back again, nothing is lost
    watched.git(&["switch", "-q", "master"]);
    watched.ends(0, &["\"moved\"", "instead of origin/topic"]);
    watched.remote.write("queue.md", PAGE).commit();
    assert!(!watched.ends(0, &["\"moved\""]).contains("watching"));
    assert!(Path::new(&watched.clone).exists());
}

/// Both are known by the address of their remote, but each watches its own branch.
#[test]
fn two_clones_of_a_repository_are_not_taken_for_one() {
    let docs = Docs::new();
    docs.git(&["branch", "rel"]);
    let root = docs.root().to_str().unwrap();
    let folders = [docs.beside("one"), docs.beside("two")];
    for (folder, branch) in folders.iter().zip(["main", "rel"]) {
        let folder = folder.to_str().unwrap();
        docs.git(&["clone", "-q", "-b", branch, root, folder]);
    }
    let config = docs.beside("alert.yaml");
    let text = "version: 1\nalert: {state: a.sqlite, targets: [{name: ops, type: stdout}]}\n";
    std::fs::write(&config, text).unwrap();
    for _ in 0..3 {
        let [one, two] = folders.each_ref().map(|folder| folder.to_str().unwrap());
        let config = config.to_str().unwrap();
        let args = ["-C", one, "-C", two, "alert", "--alert-config", config];
        let output = respdiff().args(args).output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success() && !told.contains("warning"), "{told}");
    }
}

#[test]
fn slips_in_the_configuration_are_named() {
    let docs = Docs::new();
    let refused = |alert: &str| {
        docs.write("../a.yaml", &format!("version: 1\nalert: {{state: s, {alert}}}\n"));
        docs.ends(2, &["alert", "--alert-config", "../a.yaml", "--dry-run"])
    };
    let told = refused("targets: [{name: a, type: stdout}], repositories: [{path: none}]");
    assert!(told.contains("error: "), "{told}");
    assert!(
        told.contains("no such folder: ")
            && told.contains("hint: correct `path` under `repositories` in "),
        "{told}"
    );
    docs.write(
        "../a.yaml",
        "version: 1\nalert: {state: s, targets: [{name: a, type: stdout, filters: {party: [custmer, Vendor]}}]}\n",
    );
    let told = docs.ends(0, &["alert", "--alert-config", "../a.yaml", "--dry-run"]);
    let expected = "warning: target `a`: `party: custmer` matches no party of the watched pages; \
                    did you mean 'customer'?\n";
    assert!(told.contains(expected), "{told}");
    let expected = "`party: Vendor` matches no party of the watched pages; the parties are: IBM";
    assert!(told.contains(expected), "{told}");
    let told = refused("targets: []");
    assert!(told.contains("names no target: `targets` is empty"), "{told}");
}
