//! `respdiff log` against git's own plumbing, over real histories. `RESPDIFF_CORPUS` names a
//! folder with `histories/*.bundle`; without it these tests are skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may")]

use std::collections::{BTreeMap, HashMap};
use std::process::Command;

use respdiff::normalize::{self, Names};
use serde_json::Value;

use crate::histories::{bundles, cloned};

fn output(command: &mut Command) -> Vec<u8> {
    let output = command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

fn git(clone: &str, arguments: &[&str]) -> Vec<u8> {
    output(Command::new("git").args(["-C", clone]).args(arguments))
}

fn respdiff(arguments: &[&str], threads: usize) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    output(command.args(arguments).env("RAYON_NUM_THREADS", threads.to_string()))
}

/// One file that one mainline commit touched.
struct Touched {
    commit: String,
    time: i64,
    status: u8,
    blob: String,
    old_path: String,
    path: String,
}

/// Newest first, renames as git finds them.
fn touched(clone: &str) -> Vec<Touched> {
    let arguments = ["log", "--first-parent", "-m", "--raw", "-z", "-M", "-l0", "--no-abbrev"];
    let format = ["--format=%x01%H %ct", "HEAD", "--", "*.md"];
    let log = git(clone, &[&arguments[..], &format[..]].concat());
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (mut commit, mut time) = (String::new(), 0);
    let mut touched = Vec::new();
    let mut fields = log.split(|byte| *byte == 0);
    while let Some(field) = fields.next() {
        let field = text(field);
        if let Some((_, header)) = field.split_once('\u{1}') {
            let mut words = header.split_whitespace();
            words.next().unwrap().clone_into(&mut commit);
            time = words.next().unwrap().parse().unwrap();
        }
        let Some((_, entry)) = field.split_once(':') else { continue };
        let words: Vec<&str> = entry.split(' ').collect();
        let (blob, status) = (words[3].to_owned(), words[4].as_bytes()[0]);
        let old_path = text(fields.next().unwrap());
        let path = if status == b'R' { text(fields.next().unwrap()) } else { old_path.clone() };
        touched.push(Touched { commit: commit.clone(), time, status, blob, old_path, path });
    }
    touched
}

/// The contents of a page by its newest path, newest first.
fn versions<'t>(touched: &'t [Touched], newest: &str, from: usize) -> Vec<&'t Touched> {
    let mut path = newest.to_owned();
    let mut versions = Vec::new();
    for one in &touched[from..] {
        if one.path == path && one.status != b'D' {
            versions.push(one);
            path.clone_from(&one.old_path);
        } else if one.status == b'R' && one.old_path == path {
            // the name belongs to another page from here on
            break;
        }
    }
    versions
}

/// `lastupdated` and the years, read line by line; where there is no date, the commit's day.
fn stamp(content: &str, time: i64) -> (String, String) {
    let mut head = content.lines().take(40).map(str::trim);
    let value = |line: Option<&str>| {
        let value = line.and_then(|line| line.split_once(':')).map_or("", |(_, value)| value);
        value.trim().trim_matches(['"', '\'']).to_owned()
    };
    let date = value(head.clone().find(|line| line.starts_with("lastupdated")));
    let years = value(head.find(|line| line.starts_with("years")));
    let years: Vec<&str> =
        years.split(|c: char| !c.is_ascii_digit()).filter(|year| !year.is_empty()).collect();
    let years = match years[..] {
        [] => String::new(),
        [first, .., last] => format!("{first} {last}"),
        [one] => format!("{one} {one}"),
    };
    let is_date = date.len() >= 10 && date.as_bytes()[..4].iter().all(u8::is_ascii_digit);
    let day = chrono::DateTime::from_timestamp(time, 0).unwrap().date_naive();
    (if is_date { date } else { format!("commit of {day}") }, years)
}

/// Every page's editions by its newest path, each as its commits, newest first.
type Editions = BTreeMap<String, Vec<Vec<String>>>;

fn told(log: &Value) -> Editions {
    let strings = |edition: &Value| {
        let commits = edition["commits"].as_array().unwrap().iter();
        commits.map(|commit| commit["commit"].as_str().unwrap().to_owned()).collect()
    };
    let document = |document: &Value| {
        let editions = document["editions"].as_array().unwrap();
        (document["path"].as_str().unwrap().to_owned(), editions.iter().map(strings).collect())
    };
    log["documents"].as_array().unwrap().iter().map(document).collect()
}

fn expected(clone: &str) -> Editions {
    let touched = touched(clone);
    let names = Names::builtin();
    let mut known: HashMap<String, Option<String>> = HashMap::new();
    let mut read = |blob: &str| {
        let look = || {
            let bytes = git(clone, &["cat-file", "blob", blob]);
            let page = normalize::may_assign_responsibility(&bytes)
                && normalize::read_page(&bytes, &names).is_responsibility_page();
            page.then(|| String::from_utf8_lossy(&bytes).into_owned())
        };
        known.entry(blob.to_owned()).or_insert_with(look).clone()
    };
    let mut editions = Editions::new();
    let mut seen: Vec<(&str, &str)> = Vec::new();
    for (at, one) in touched.iter().enumerate() {
        let taken = seen.contains(&(one.commit.as_str(), one.path.as_str()));
        if taken || one.status == b'D' || read(&one.blob).is_none() {
            continue;
        }
        let mut runs: Vec<((String, String), Vec<String>)> = Vec::new();
        for version in versions(&touched, &one.path, at) {
            seen.push((&version.commit, &version.path));
            let Some(content) = read(&version.blob) else { continue };
            let stamp = stamp(&content, version.time);
            match runs.last_mut().filter(|run| run.0 == stamp) {
                Some(run) => run.1.push(version.commit.clone()),
                None => runs.push((stamp, vec![version.commit.clone()])),
            }
        }
        let runs = runs.into_iter().map(|(_, commits)| commits).collect();
        assert!(editions.insert(one.path.clone(), runs).is_none(), "{}", one.path);
    }
    editions
}

#[test]
fn editions_are_the_runs_of_equal_stamps() {
    let home = tempfile::tempdir().unwrap();
    for bundle in bundles() {
        let clone = cloned(&bundle, home.path());
        let log = respdiff(&["-C", &clone, "log", "--format", "json"], 2);
        let told = told(&serde_json::from_slice(&log).unwrap());
        let expected = expected(&clone);
        let versions: usize = expected.values().flatten().map(Vec::len).sum();
        println!("{}: {} pages, {versions} versions", bundle.display(), expected.len());
        let paths = |editions: &Editions| editions.keys().cloned().collect::<Vec<_>>();
        assert_eq!(paths(&told), paths(&expected), "{}", bundle.display());
        for (path, editions) in &expected {
            assert_eq!(&told[path], editions, "{}: {path}", bundle.display());
        }
    }
}

#[test]
fn the_same_bytes_whatever_the_threads() {
    let home = tempfile::tempdir().unwrap();
    let mut all = vec!["log".to_owned(), "--format".to_owned(), "json".to_owned()];
    for bundle in bundles() {
        all.extend(["-C".to_owned(), cloned(&bundle, home.path())]);
    }
    if all.len() < 4 {
        return;
    }
    let arguments: Vec<&str> = all.iter().map(String::as_str).collect();
    let first = respdiff(&arguments, 1);
    for run in 1..20 {
        let threads = [1, 2, 8][run % 3];
        assert!(respdiff(&arguments, threads) == first, "run {run} with {threads} threads");
    }
}
