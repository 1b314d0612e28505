//! Real histories for tests: `RESPDIFF_CORPUS` names a folder with `histories/*.bundle` (git
//! bundles of docs repositories) and `gold/` (labelled pairs). Where it is unset a test says that
//! it is skipped; where it is set and something is missing, that is a fault of the set-up.
#![allow(
    dead_code,
    clippy::print_stdout,
    reason = "no test uses all of it; one that is skipped says so"
)]

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The corpus, if one is named.
pub(crate) fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("RESPDIFF_CORPUS").filter(|value| !value.is_empty()) else {
        println!("skipped: RESPDIFF_CORPUS is not set");
        return None;
    };
    let folder = PathBuf::from(folder);
    assert!(folder.is_dir(), "RESPDIFF_CORPUS: {} is not a folder", folder.display());
    Some(folder)
}

/// Every bundle in order of name; none where no corpus is named.
pub(crate) fn bundles() -> Vec<PathBuf> {
    let Some(corpus) = corpus() else { return Vec::new() };
    let entries = fs::read_dir(corpus.join("histories")).unwrap();
    let mut bundles: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "bundle"))
        .collect();
    bundles.sort();
    assert!(!bundles.is_empty(), "no bundle in {}", corpus.display());
    bundles
}

/// One bundle by its name.
pub(crate) fn bundle(name: &str) -> Option<PathBuf> {
    let bundle = corpus()?.join(format!("histories/{name}.bundle"));
    assert!(bundle.is_file(), "{} is missing", bundle.display());
    Some(bundle)
}

pub(crate) fn name(bundle: &Path) -> String {
    bundle.file_stem().unwrap().to_str().unwrap().to_owned()
}

/// A bare clone in a folder, under the bundle's name.
pub(crate) fn cloned(bundle: &Path, folder: &Path) -> String {
    let clone = folder.join(name(bundle)).to_str().unwrap().to_owned();
    let words = ["-c", "init.defaultBranch=main", "clone", "--quiet", "--bare"];
    let mut words: Vec<OsString> = words.iter().map(OsString::from).collect();
    words.extend([bundle.into(), OsString::from(&clone)]);
    let mut git = Command::new("git");
    git.args(words).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    assert!(git.status().unwrap().success(), "{} cannot be cloned", bundle.display());
    clone
}
