//! Laws over real pages. `RESPDIFF_CORPUS` names a folder with `histories/*.bundle` (git
//! bundles of docs repositories) and `gold/` (labelled pairs); without it these tests are skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may")]

mod agreement;
mod descent;
mod editions;
mod histories;
#[path = "../fuzz/laws.rs"]
#[allow(dead_code, unreachable_pub, reason = "it belongs to the fuzz targets")]
mod laws;
mod notes;

use std::collections::{BTreeMap, BTreeSet};
use std::io::{BufRead, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use rayon::prelude::*;
use respdiff::model::Document;
use respdiff::normalize::Names;
// the laws find the rooms where a fuzz target has them: at the root
use respdiff::{diff, lint, model, normalize};

/// What the labelled pairs must reach at least: F1 of all kinds, F1 of moves, exact cases.
const GOLD: &str = "0.97,1,43";

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

fn all() -> Vec<History> {
    histories::bundles().par_iter().map(|bundle| history(bundle)).collect()
}

fn history(bundle: &Path) -> History {
    let folder = tempfile::tempdir().unwrap();
    let clone = &*histories::cloned(bundle, folder.path());
    let log = ["-C", clone, "log", "--first-parent", "-m", "--reverse", "--raw", "-z"];
    let more = ["--no-renames", "--no-abbrev", "--format=", "HEAD", "--", "*.md"];
    let versions = versions(&output(git(&[&log[..], &more[..]].concat())));
    let ids = versions.values().flatten().cloned().collect();
    History { name: histories::name(bundle), versions, pages: blobs(clone, &ids) }
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

/// A law that a blob breaks is told with its name.
fn at<T>(place: &str, law: impl FnOnce() -> T) -> T {
    catch_unwind(AssertUnwindSafe(law)).unwrap_or_else(|_| panic!("{place} breaks a law"))
}

#[test]
fn laws_hold_on_every_version_of_every_history() {
    let names = Names::builtin();
    for History { name, versions, pages } in all() {
        let read = |(id, bytes): (&String, &Vec<u8>)| {
            let place = format!("{name}: blob {id}");
            let page = at(&place, || laws::page(bytes, &names));
            if page.is_responsibility_page() {
                at(&place, || laws::styles(bytes, &page, &names));
            }
            (id.clone(), page)
        };
        let mut pages: BTreeMap<String, Document> = pages.par_iter().map(read).collect();
        let files = pages.len();
        pages.retain(|_, page| page.is_responsibility_page());
        assert!(!pages.is_empty(), "{name}: no responsibility page in {files} files");
        let mut pairs: BTreeSet<(&str, &str)> = BTreeSet::new();
        for ids in versions.values() {
            pairs.extend(ids.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())));
        }
        let is_page = |id: &str| pages.contains_key(id);
        pairs.retain(|(old, new)| old != new && is_page(old) && is_page(new));
        pages.par_iter().for_each(|(id, page)| {
            at(&format!("{name}: blob {id}"), || laws::same(page));
        });
        pairs.par_iter().for_each(|(old, new)| {
            at(&format!("{name}: {old}..{new}"), || laws::mirror(&pages[*old], &pages[*new]));
        });
        println!("{name}: {} pages of {files}, {} pairs", pages.len(), pairs.len());
    }
}

#[test]
fn labelled_pairs_are_told_as_people_told_them() {
    let Some(corpus) = histories::corpus() else { return };
    let output = Command::new(corpus.join("../tools/score"))
        .env("RESPDIFF", env!("CARGO_BIN_EXE_respdiff"))
        .env("MIN", GOLD)
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stdout);
    println!("{told}");
    assert!(output.status.success(), "below {GOLD}:\n{told}");
}

/// The folders of small cases: those of this project, and those beside the corpus.
fn cases() -> Vec<PathBuf> {
    let mut roots = vec![PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/cases")];
    roots.extend(histories::corpus().map(|corpus| corpus.join("../cases")));
    let folders = roots
        .iter()
        .filter(|root| root.is_dir())
        .flat_map(|root| std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()));
    let mut folders: Vec<PathBuf> = folders.filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

#[test]
fn laws_hold_on_every_case() {
    let names = Names::builtin();
    let mut count = 0;
    for folder in cases() {
        let place = folder.display().to_string();
        let page = |stem: &str| {
            let bytes = std::fs::read(folder.join(format!("{stem}.md"))).ok()?;
            let page = at(&place, || laws::page(&bytes, &names));
            at(&place, || laws::same(&page));
            at(&place, || laws::styles(&bytes, &page, &names));
            Some(page)
        };
        let pages = ["page", "old", "new"].map(page);
        count += pages.iter().flatten().count();
        if let [_, Some(old), Some(new)] = &pages {
            at(&place, || laws::mirror(old, new));
        }
    }
    assert!(count > 20, "only {count} pages in cases");
}
