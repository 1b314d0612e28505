//! Laws over real pages. `RESPDIFF_CORPUS` names a folder with `histories/*.bundle` (git
//! bundles of docs repositories) and `gold/` (labelled pairs); without it these tests are skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rayon::prelude::*;
use respdiff::diff::{Comparison, compare};
use respdiff::model::{Change, Document, Kind, Place, Sides};
use respdiff::normalize::{self, Names};

/// What the labelled pairs must reach at least: F1 of all kinds, F1 of moves, exact cases.
const GOLD: &str = "0.97,1,43";

/// The corpus, if one is named. One that is named and not there is a fault of the set-up.
fn corpus() -> Option<PathBuf> {
    let Some(folder) = std::env::var_os("RESPDIFF_CORPUS").filter(|value| !value.is_empty()) else {
        println!("skipped: RESPDIFF_CORPUS is not set");
        return None;
    };
    let folder = PathBuf::from(folder);
    assert!(folder.is_dir(), "RESPDIFF_CORPUS: {} is no folder", folder.display());
    Some(folder)
}

fn git(arguments: &[&str]) -> Command {
    let mut git = Command::new("git");
    git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    git
}

fn output(mut command: Command) -> Vec<u8> {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// A history: every version of every page, in the order of the mainline.
struct History {
    name: String,
    /// Blob ids by path, oldest first.
    versions: BTreeMap<Vec<u8>, Vec<String>>,
    pages: BTreeMap<String, Vec<u8>>,
}

fn histories(corpus: &Path) -> Vec<History> {
    let mut bundles: Vec<PathBuf> = fs::read_dir(corpus.join("histories"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "bundle"))
        .collect();
    bundles.sort();
    assert!(!bundles.is_empty(), "no bundle in {}", corpus.display());
    bundles.par_iter().map(|bundle| history(bundle)).collect()
}

fn history(bundle: &Path) -> History {
    let folder = tempfile::tempdir().unwrap();
    let clone = folder.path().to_str().unwrap();
    output(git(&["clone", "--quiet", "--bare", bundle.to_str().unwrap(), clone]));
    let log = ["-C", clone, "log", "--first-parent", "-m", "--reverse", "--raw", "-z"];
    let more = ["--no-renames", "--no-abbrev", "--format=", "HEAD", "--", "*.md"];
    let versions = versions(&output(git(&[&log[..], &more[..]].concat())));
    let ids = versions.values().flatten().cloned().collect();
    let name = bundle.file_stem().unwrap().to_string_lossy().into_owned();
    History { name, versions, pages: blobs(clone, &ids) }
}

/// Reads `git log --raw -z`: `:mode mode old new status`, NUL, path, NUL.
fn versions(log: &[u8]) -> BTreeMap<Vec<u8>, Vec<String>> {
    let mut versions: BTreeMap<Vec<u8>, Vec<String>> = BTreeMap::new();
    let mut fields = log.split(|byte| *byte == 0);
    while let Some(field) = fields.next() {
        let Some(at) = field.iter().position(|byte| *byte == b':') else { continue };
        let entry = String::from_utf8_lossy(&field[at..]).into_owned();
        let path = fields.next().unwrap_or_default().to_vec();
        let id = entry.split(' ').nth(3).unwrap_or_default().to_owned();
        if !id.bytes().all(|byte| byte == b'0') {
            versions.entry(path).or_default().push(id);
        }
    }
    versions
}

/// The contents behind ids, as far as they are responsibility pages by a first look.
fn blobs(clone: &str, ids: &BTreeSet<String>) -> BTreeMap<String, Vec<u8>> {
    let mut child = git(&["-C", clone, "cat-file", "--batch"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    let asked: Vec<String> = ids.iter().cloned().collect();
    let writer = std::thread::spawn(move || {
        for id in asked {
            writeln!(input, "{id}").unwrap();
        }
    });
    let mut answers = BufReader::new(child.stdout.take().unwrap());
    let mut pages = BTreeMap::new();
    for id in ids {
        let mut head = String::new();
        answers.read_line(&mut head).unwrap();
        let size: usize = head.trim().rsplit(' ').next().unwrap().parse().unwrap();
        let mut bytes = vec![0; size + 1];
        answers.read_exact(&mut bytes).unwrap();
        bytes.pop();
        pages.insert(id.clone(), bytes);
    }
    writer.join().unwrap();
    assert!(child.wait().unwrap().success());
    pages
}

fn read_all(history: &History) -> BTreeMap<&str, Document> {
    let names = Names::builtin();
    let read = |(id, bytes): (&String, &Vec<u8>)| {
        let page = catch_unwind(AssertUnwindSafe(|| normalize::read(bytes, &names)));
        (id.clone(), page.unwrap_or_else(|_| panic!("{}: blob {id} panics", history.name)))
    };
    let pages: Vec<_> = history.pages.par_iter().map(read).collect();
    let ids: BTreeMap<&str, &str> =
        history.pages.keys().map(|id| (id.as_str(), id.as_str())).collect();
    pages.into_iter().map(|(id, page)| (ids[id.as_str()], page)).collect()
}

#[test]
fn laws_hold_on_every_version_of_every_history() {
    let Some(corpus) = corpus() else { return };
    for history in histories(&corpus) {
        let pages = read_all(&history);
        let found = pages.values().filter(|page| page.is_responsibility_page()).count();
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for ids in history.versions.values() {
            pairs.extend(ids.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())));
        }
        let is_page = |id: &&str| pages[id].is_responsibility_page();
        pairs.retain(|(old, new)| old != new && is_page(old) && is_page(new));
        pages.par_iter().filter(|(_, page)| page.is_responsibility_page()).for_each(
            |(id, page)| {
                let same = compare(Sides::new(page, page));
                assert!(same.changes.is_empty(), "{}: {id} differs from itself", history.name);
            },
        );
        pairs.par_iter().for_each(|(old, new)| {
            let there = compare(Sides::new(&pages[old], &pages[new]));
            let back = compare(Sides::new(&pages[new], &pages[old]));
            let told = format!("{}: {old} {new}", history.name);
            assert_eq!(facts(&there, false), facts(&back, true), "{told}");
        });
        assert!(found > 0, "{}: no responsibility page in {} files", history.name, pages.len());
        println!("{}: {found} pages of {}, {} pairs", history.name, pages.len(), pairs.len());
    }
}

/// What a comparison says, in an order of its own; `mirrored` as seen from the other side.
fn facts(comparison: &Comparison, mirrored: bool) -> Vec<String> {
    let mut facts: Vec<String> =
        comparison.changes.iter().map(|change| fact(change, mirrored)).collect();
    facts.sort();
    facts
}

fn fact(change: &Change, mirrored: bool) -> String {
    let kind = match change.kind {
        Kind::Added if mirrored => Kind::Removed,
        Kind::Removed if mirrored => Kind::Added,
        kind @ (Kind::Moved | Kind::Added | Kind::Removed | Kind::Reworded | Kind::Relocated) => {
            kind
        }
    };
    let side = |place: &Option<Place>| {
        place.as_ref().map(|place| (place.task.clone(), place.line, place.text.clone()))
    };
    let mut place = Sides::new(side(&change.place.old), side(&change.place.new));
    let mut party = change.party.clone();
    if mirrored {
        place = place.swap();
        party = party.swap();
    }
    format!("{} {party:?} {place:?}", kind.name())
}

#[test]
fn labelled_pairs_are_told_as_people_told_them() {
    let Some(corpus) = corpus() else { return };
    let output = Command::new(corpus.join("../tools/score"))
        .env("RESPDIFF", env!("CARGO_BIN_EXE_respdiff"))
        .env("MIN", GOLD)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(output.status.success(), "below {GOLD}:\n{told}");
}
