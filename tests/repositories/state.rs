//! Runs respdiff on a repository and holds what it says, and that it wrote nothing.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scratch::{Scratch, page};

/// What a run said.
pub(crate) struct Told {
    pub(crate) code: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// One run away from this machine's configuration, whatever is in the repository.
pub(crate) fn run<S: AsRef<OsStr>>(dir: &Path, arguments: impl IntoIterator<Item = S>) -> Told {
    run_with(dir, &[], arguments)
}

/// The same with more in its environment.
pub(crate) fn run_with<S: AsRef<OsStr>>(
    dir: &Path,
    environment: &[(&str, &str)],
    arguments: impl IntoIterator<Item = S>,
) -> Told {
    // the long run of `benches/flips.sh` wants the release build
    let binary = std::env::var_os("RESPDIFF_BINARY");
    let mut command = Command::new(binary.unwrap_or_else(|| env!("CARGO_BIN_EXE_respdiff").into()));
    command.env_clear().env("TERM", "dumb").env("HOME", dir).arg("-C").arg(dir);
    command.envs(environment.iter().copied()).args(arguments);
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8_lossy(bytes).into_owned();
    let told =
        Told { code: output.status.code(), out: text(&output.stdout), err: text(&output.stderr) };
    assert!(!told.err.contains("panicked"), "{}", told.err);
    told
}

/// All files below a folder, with their contents; what a link points to, what a folder is called.
pub(crate) fn everything(dir: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![dir.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let metadata = fs::symlink_metadata(&path).unwrap();
            if metadata.is_dir() {
                found.insert(path.clone(), Vec::new());
                folders.push(path);
            } else if metadata.is_symlink() {
                found.insert(
                    path.clone(),
                    fs::read_link(&path).unwrap().into_os_string().into_encoded_bytes(),
                );
            } else {
                found.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    found
}

/// Refuses with exit code 2: the message has all the words, there is no result, and the
/// repository is as it was.
#[track_caller]
pub(crate) fn refuses(dir: &Path, arguments: &[&str], words: &[&str]) {
    let before = everything(dir);
    let told = run(dir, arguments);
    assert_eq!(told.code, Some(2), "{arguments:?}: {}{}", told.out, told.err);
    assert!(told.out.is_empty(), "{arguments:?}: {}", told.out);
    assert!(told.err.starts_with("error: "), "{arguments:?}: {}", told.err);
    for word in words.iter().chain(&["\nhint: "]) {
        assert!(told.err.contains(word), "{arguments:?}: no {word:?} in {}", told.err);
    }
    assert!(everything(dir) == before, "{arguments:?} wrote something");
}

/// Whether a line on standard error leads on from an answer, and warns of nothing.
fn leads_on(line: &str) -> bool {
    line.starts_with("note: the last change is in edition ")
        || line.starts_with("note: no duty changed in ")
        || line.starts_with("note: no duty has changed since its page was added")
        || (line.starts_with("note: ") && line.contains("the ends are swapped"))
        || (line.starts_with("note: ") && line.contains(" because git does not track it: "))
}

/// Answers with exit code 0 and no warning on standard error; the repository is as it was.
#[track_caller]
pub(crate) fn answers<S: AsRef<OsStr>>(
    dir: &Path,
    arguments: impl IntoIterator<Item = S>,
) -> String {
    let before = everything(dir);
    let arguments: Vec<OsString> =
        arguments.into_iter().map(|word| word.as_ref().to_owned()).collect();
    let told = run(dir, &arguments);
    assert_eq!(told.code, Some(0), "{arguments:?}: {}{}", told.out, told.err);
    assert!(told.err.lines().all(leads_on), "{arguments:?}: {}", told.err);
    assert!(everything(dir) == before, "{arguments:?} wrote something");
    told.out
}

/// A repository of three commits: a page, one more duty, one more again.
pub(crate) fn three_commits() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("a.md", &page(&["1"])).commit("first");
    scratch.write("a.md", &page(&["1", "2"])).commit("second");
    scratch.write("a.md", &page(&["1", "2", "3"])).commit("third");
    scratch
}

/// What the last commit of [`three_commits`] brought.
pub(crate) const LAST: &str = "2 added, in 1 page. Added: 1 of yours, 1 of IBM's.";
