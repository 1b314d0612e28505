//! `respdiff notes` over real histories, and killed half-way. `RESPDIFF_CORPUS` names a folder
//! with `histories/*.bundle`; without it the tests over them are skipped.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    clippy::wildcard_enum_match_arm,
    reason = "a test may"
)]

use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use pulldown_cmark::{Event, HeadingLevel, Parser, Tag, TagEnd};
use serde_json::Value;

use crate::histories::{bundles, cloned};

fn output(command: &mut Command) -> String {
    let output = command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn respdiff(arguments: &[&str]) -> String {
    output(Command::new(env!("CARGO_BIN_EXE_respdiff")).args(arguments))
}

fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&respdiff(&[arguments, &["--format", "json"]].concat())).unwrap()
}

/// The oldest commit of the published line.
fn root(clone: &str) -> String {
    let list = ["-C", clone, "rev-list", "--first-parent", "HEAD"];
    output(Command::new("git").args(list)).lines().last().unwrap().to_owned()
}

/// An entry as a reader sees it: its heading, and its sections with the number of their items.
type Entry = (String, Vec<(String, usize)>);

/// The entries of notes, as a `CommonMark` parser finds them.
fn entries(markdown: &str) -> Vec<Entry> {
    let mut entries: Vec<Entry> = Vec::new();
    let mut heading: Option<(HeadingLevel, String)> = None;
    for event in Parser::new(markdown) {
        match event {
            Event::Start(Tag::Heading { level, .. }) => heading = Some((level, String::new())),
            Event::Text(text) => {
                if let Some((_, title)) = &mut heading {
                    title.push_str(&text);
                }
            }
            Event::End(TagEnd::Heading(_)) => match heading.take().unwrap() {
                (HeadingLevel::H2, title) => entries.push((title, Vec::new())),
                (HeadingLevel::H3, title) => entries.last_mut().unwrap().1.push((title, 0)),
                (level, title) => panic!("{level}: {title}"),
            },
            Event::Start(Tag::Item) => {
                entries.last_mut().unwrap().1.last_mut().unwrap().1 += 1;
            }
            _ => {}
        }
    }
    entries
}

const SECTIONS: [&str; 8] = [
    "Moved to you",
    "Moved to IBM",
    "Now shared",
    "Moved to another party",
    "Added",
    "Removed",
    "Reworded",
    "Relocated",
];

/// Where a change belongs.
fn section(change: &Value) -> &'static str {
    match (change["kind"].as_str().unwrap(), change["to"].as_str()) {
        ("moved", Some("customer")) => SECTIONS[0],
        ("moved", Some("ibm")) => SECTIONS[1],
        ("moved", Some("shared")) => SECTIONS[2],
        ("moved", _) => SECTIONS[3],
        ("added", _) => SECTIONS[4],
        ("removed", _) => SECTIONS[5],
        ("reworded", _) => SECTIONS[6],
        ("relocated", _) => SECTIONS[7],
        (kind, _) => panic!("{kind}"),
    }
}

/// What only points elsewhere is no news.
fn sections<'c>(changes: impl Iterator<Item = &'c Value>) -> Vec<(String, usize)> {
    let is_news = |change: &&Value| change["reference"] != true;
    let found: Vec<&str> = changes.filter(is_news).map(section).collect();
    SECTIONS
        .iter()
        .map(|name| ((*name).to_owned(), found.iter().filter(|one| *one == name).count()))
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn list<'v>(value: &'v Value, name: &str) -> std::slice::Iter<'v, Value> {
    value[name].as_array().unwrap().iter()
}

/// The date of an edition: its stamp's, else its commit's.
fn dated(edition: &Value) -> String {
    let suffix = edition["suffix"].as_str().unwrap_or_default();
    if let Some(date) = edition["last_updated"].as_str() {
        return format!("{date}{suffix}");
    }
    let time = edition["commits"][0]["time"].as_str().unwrap();
    chrono::DateTime::parse_from_rfc3339(time).unwrap().to_utc().date_naive().to_string()
}

#[test]
fn a_range_has_the_sections_and_items_that_the_json_has() {
    let home = tempfile::tempdir().unwrap();
    for bundle in bundles() {
        let clone = cloned(&bundle, home.path());
        let range = format!("{}..HEAD", root(&clone));
        let told = entries(&respdiff(&["-C", &clone, "notes", &range, "--by", "range"]));
        let diff = json(&["-C", &clone, "diff", &range]);
        let expected = sections(list(&diff, "documents").flat_map(|page| list(page, "changes")));
        let found: Vec<_> = told.into_iter().map(|(_, sections)| sections).collect();
        let items: usize = expected.iter().map(|(_, count)| count).sum();
        println!("{}: {items} items", bundle.display());
        let expected = if expected.is_empty() { Vec::new() } else { vec![expected] };
        assert_eq!(found, expected, "{}", bundle.display());
    }
}

#[test]
fn editions_have_the_sections_and_items_that_the_log_has() {
    let home = tempfile::tempdir().unwrap();
    for bundle in bundles() {
        let clone = cloned(&bundle, home.path());
        let mut told: Vec<Entry> = entries(&respdiff(&["-C", &clone, "notes"]))
            .into_iter()
            .map(|(heading, sections)| (heading.split_once(':').unwrap().0.to_owned(), sections))
            .collect();
        let log = json(&["-C", &clone, "log"]);
        let mut expected: Vec<Entry> = list(&log, "documents")
            .flat_map(|page| list(page, "editions"))
            .map(|edition| {
                let lists = ["changes", "between_pages", "since_first_version"];
                let changes = lists.into_iter().flat_map(|name| list(edition, name));
                (edition, (dated(edition), sections(changes)))
            })
            .filter(|(edition, (_, sections))| {
                !sections.is_empty() || !edition["removed"].is_null()
            })
            .map(|(_, entry)| entry)
            .collect();
        told.sort();
        expected.sort();
        println!("{}: {} entries", bundle.display(), told.len());
        assert_eq!(told, expected, "{}", bundle.display());
    }
}

#[test]
fn a_second_run_leaves_a_changelog_as_it_is() {
    let home = tempfile::tempdir().unwrap();
    for bundle in bundles() {
        let clone = cloned(&bundle, home.path());
        let file = home.path().join("CHANGELOG.md");
        fs::write(&file, "# Changelog\n\n## 1.0\n\nBy hand.\n").unwrap();
        let path = file.to_str().unwrap();
        let prepend = ["-C", &clone, "notes", "--prepend", path];
        respdiff(&prepend);
        let once = fs::read_to_string(&file).unwrap();
        respdiff(&prepend);
        assert!(fs::read_to_string(&file).unwrap() == once, "{}", bundle.display());
        let all = entries(&respdiff(&["-C", &clone, "notes"])).len();
        let kept = once.matches("<!-- respdiff:begin ").count();
        assert_eq!(kept, all, "{}", bundle.display());
        assert!(once.ends_with("\n## 1.0\n\nBy hand.\n"), "{}", bundle.display());
    }
}

/// How often the run is killed, and what the moments are drawn with.
const KILLS: usize = 200;
const SEED: u64 = 20_250_416;

#[test]
fn a_killed_run_leaves_the_old_file_or_the_new_one() {
    let home = tempfile::tempdir().unwrap();
    let demo = home.path().join("demo");
    let demo = demo.to_str().unwrap();
    respdiff(&["demo", demo]);
    let file = home.path().join("CHANGELOG.md");
    // long enough that writing it takes a while
    let old = format!("# Changelog\n\n## 1.0\n\n{}", "- by hand, line after line\n".repeat(5_000));
    let mut run = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    run.args(["-C", demo, "notes", "--prepend", file.to_str().unwrap()]);
    run.stdout(Stdio::null()).stderr(Stdio::null());

    let mut whole = Duration::MAX;
    for _ in 0..3 {
        fs::write(&file, &old).unwrap();
        let begun = Instant::now();
        assert!(run.status().unwrap().success());
        whole = whole.min(begun.elapsed());
    }
    let new = fs::read_to_string(&file).unwrap();
    assert!(new.len() > old.len());

    let mut moments = fastrand::Rng::with_seed(SEED);
    let (mut before, mut after) = (0, 0);
    for kill in 0..KILLS {
        fs::write(&file, &old).unwrap();
        let mut child = run.spawn().unwrap();
        // around the end, where the file is written, more often than at the beginning
        let share = 1.1 * moments.f64().sqrt();
        std::thread::sleep(Duration::from_secs_f64(whole.as_secs_f64() * share));
        child.kill().unwrap();
        child.wait().unwrap();
        let found = fs::read_to_string(&file).unwrap();
        if found == old {
            before += 1;
        } else {
            assert!(found == new, "damaged by kill {kill}: {} bytes", found.len());
            after += 1;
        }
    }
    println!("{before} times the old file, {after} times the new one");
    assert!(before > 0, "no kill came before the end");
    // what is left beside the file does not hinder the next run
    assert!(run.status().unwrap().success());
    assert_eq!(fs::read_to_string(&file).unwrap(), new);
}
