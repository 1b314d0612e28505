//! The house rules, held against the sources: imports go one way, the core stays pure, and
//! no file or function outgrows its room.

#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "architecture/circles.rs"]
mod circles;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// Every room with its floor and the rooms that it may use.
const ROOMS: &[(&str, u8, &[&str])] = &[
    ("error", 0, &[]),
    ("model", 0, &[]),
    ("vocabulary", 0, &[]),
    ("parse", 1, &["model", "vocabulary"]),
    ("normalize", 2, &["model", "vocabulary", "parse"]),
    ("align", 3, &["model", "vocabulary", "normalize"]),
    ("diff", 4, &["model", "vocabulary", "normalize", "align"]),
    ("lint", 5, &["model", "vocabulary", "parse", "normalize"]),
    ("report", 5, &["error", "model", "diff"]),
    ("render", 6, &["error", "model", "report"]),
    ("history", 7, &["error", "model"]),
    ("timeline", 8, &["error", "model", "normalize", "align", "diff", "lint", "report", "history"]),
    ("policy", 8, &["error", "model", "report"]),
    ("deliver", 8, &["error", "model", "report"]),
    (
        "cli",
        9,
        &[
            "error",
            "model",
            "normalize",
            "diff",
            "lint",
            "report",
            "render",
            "history",
            "timeline",
            "policy",
            "deliver",
        ],
    ),
    ("lib", 10, &["*"]),
    ("main", 10, &["cli"]),
];

/// Rooms in which the same input always gives the same output.
const CORE: &[&str] =
    &["model", "vocabulary", "parse", "normalize", "align", "diff", "lint", "report", "render"];
/// What ties a room to the machine it runs on.
const IMPURE: &[&str] =
    &["std::fs", "std::env", "std::process", "SystemTime", "Instant", "git2", "clap"];

const FILE_LINES: usize = 400;
const FUNCTION_LINES: usize = 60;

struct Source {
    room: String,
    path: PathBuf,
    text: String,
}

impl Source {
    /// Its lines with their numbers, tests and comments left out.
    fn code(&self) -> impl Iterator<Item = (usize, &str)> {
        let lines = self.text.lines().enumerate().map(|(at, line)| (at + 1, line));
        lines
            .take_while(|(_, line)| line.trim() != "#[cfg(test)]")
            .filter(|(_, line)| !line.trim_start().starts_with("//"))
    }
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut sources = Vec::new();
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let inner = path.strip_prefix(&root).unwrap();
                let first = inner.components().next().unwrap();
                let name = Path::new(&first).file_stem().unwrap().to_str().unwrap().to_owned();
                let text = fs::read_to_string(&path).unwrap();
                sources.push(Source { room: name, path: inner.to_owned(), text });
            }
        }
    }
    sources.sort_by(|a, b| a.path.cmp(&b.path));
    sources
}

/// Files that `#[cfg(test)] mod tests;` brings in.
fn is_tests(source: &Source) -> bool {
    let in_folder = source.path.components().any(|part| part.as_os_str() == "tests");
    in_folder || source.path.file_stem().is_some_and(|stem| stem == "tests")
}

/// The rooms that a line names: `crate::a::x`, `crate::{a::x, b}`.
fn named_rooms(line: &str) -> Vec<&str> {
    let mut rooms = Vec::new();
    for (_, rest) in line.match_indices("crate::").map(|(at, path)| line[at..].split_at(path.len()))
    {
        let Some(list) = rest.strip_prefix('{') else {
            rooms.push(identifier(rest));
            continue;
        };
        let mut depth = 0;
        let mut start = true;
        for (at, c) in list.char_indices() {
            match c {
                '{' => depth += 1,
                '}' if depth == 0 => break,
                '}' => depth -= 1,
                ',' if depth == 0 => start = true,
                ' ' => {}
                _ if start => {
                    rooms.push(identifier(&list[at..]));
                    start = false;
                }
                _ => {}
            }
        }
    }
    rooms
}

fn identifier(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(text.len());
    &text[..end]
}

#[test]
fn the_table_itself_goes_one_way() {
    let floors: BTreeMap<_, _> = ROOMS.iter().map(|(room, floor, _)| (*room, *floor)).collect();
    for (room, floor, may_use) in ROOMS {
        for used in may_use.iter().filter(|used| **used != "*") {
            assert!(floors[used] < *floor, "{room} (floor {floor}) may not use {used}");
        }
    }
}

#[test]
fn imports_go_one_way() {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !is_tests(source)) {
        let Some((_, _, may_use)) = ROOMS.iter().find(|(room, _, _)| *room == source.room) else {
            faults.push(format!("src/{}: a room without a floor", source.path.display()));
            continue;
        };
        for (number, line) in source.code() {
            for used in named_rooms(line) {
                let is_room = ROOMS.iter().any(|(room, _, _)| *room == used);
                let fine = used == source.room || may_use.contains(&used) || may_use == &["*"];
                if is_room && !fine {
                    faults.push(format!(
                        "src/{}:{number}: {} may not use {used}",
                        source.path.display(),
                        source.room
                    ));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

#[test]
fn the_core_knows_nothing_of_the_machine() {
    check_words(IMPURE, |room| CORE.contains(&room));
}

#[test]
fn each_outer_crate_has_one_room() {
    check_words(&["git2"], |room| room != "history");
    check_words(&["clap"], |room| room != "cli");
    check_words(&["stdout()", "stderr()", "println!"], |room| room != "deliver");
}

#[track_caller]
fn check_words(words: &[&str], forbidden_in: impl Fn(&str) -> bool) {
    let mut faults = Vec::new();
    for source in sources().iter().filter(|source| !is_tests(source)) {
        for (number, line) in source.code().filter(|_| forbidden_in(&source.room)) {
            for word in words.iter().filter(|word| holds_word(line, word)) {
                faults.push(format!("src/{}:{number}: {word}", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn holds_word(line: &str, word: &str) -> bool {
    let part = |c: char| c.is_alphanumeric() || c == '_';
    line.match_indices(word).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = line[at + word.len()..].chars().next();
        !before.is_some_and(part) && !after.is_some_and(part)
    })
}

#[test]
fn files_and_functions_keep_to_their_size() {
    let mut faults = Vec::new();
    for source in sources() {
        let lines = source.text.lines().count();
        if lines > FILE_LINES {
            faults.push(format!("src/{}: {lines} lines", source.path.display()));
        }
        // tables of test cases may be long
        for (number, length) in functions(&source).into_iter().filter(|_| !is_tests(&source)) {
            if length > FUNCTION_LINES {
                faults.push(format!("src/{}:{number}: {length} lines", source.path.display()));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Where each function begins and how many lines it has, by the indentation that rustfmt gives.
fn functions(source: &Source) -> Vec<(usize, usize)> {
    let tests = source.text.lines().position(|line| line == "#[cfg(test)]");
    let lines: Vec<&str> = source.text.lines().take(tests.unwrap_or(usize::MAX)).collect();
    let mut functions = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let indent = line.len() - code.len();
        let head = code.split('(').next().unwrap_or_default();
        let is_function = head.split(' ').any(|word| word == "fn") && !code.starts_with("//");
        if !is_function || line.ends_with(';') || line.ends_with('}') {
            continue;
        }
        let end = format!("{}}}", " ".repeat(indent));
        if let Some(length) = lines[at..].iter().position(|line| *line == end) {
            functions.push((at + 1, length + 1));
        }
    }
    functions
}

#[test]
fn named_rooms_are_found_in_every_form() {
    assert_eq!(named_rooms("use crate::model::Party;"), ["model"]);
    assert_eq!(named_rooms("use crate::{error::{Error, Result}, model};"), ["error", "model"]);
    assert_eq!(named_rooms("let x = crate::diff::compare(y);"), ["diff"]);
}

/// A list that no code asks is forgotten, and one that is not there is taken for an empty one.
#[test]
fn every_list_of_words_is_there_and_is_asked() {
    let words = include_str!("../src/vocabulary/words.txt");
    let listed: BTreeSet<&str> =
        words.lines().filter_map(|line| line.strip_prefix('[')?.strip_suffix(']')).collect();
    let sources = sources();
    let asked = sources.iter().filter(|source| source.room != "vocabulary").flat_map(|source| {
        source.text.split("WordList::named(\"").skip(1).filter_map(|rest| rest.split('"').next())
    });
    assert_eq!(listed, asked.collect());
}

/// The fuzz targets build the core from the same files, with a list of crates of their own: one that
/// is missing there breaks them without anybody noticing.
#[test]
fn the_fuzz_targets_have_the_crates_that_the_core_uses() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let core = fs::read_to_string(fuzz.join("core.rs")).unwrap();
    let listed = fs::read_to_string(fuzz.join("Cargo.toml")).unwrap();
    let is_built = |room: &str| core.contains(&format!("pub mod {room};"));
    let mut seen = 0;
    let is_test = |source: &Source| source.path.ends_with("tests.rs");
    for source in sources().iter().filter(|s| is_built(&s.room) && !is_test(s)) {
        for (line, text) in source.code() {
            let Some(path) = text.strip_prefix("use ").and_then(|path| path.split_once("::"))
            else {
                continue;
            };
            let is_own = matches!(path.0, "std" | "core" | "crate" | "super" | "self")
                || source.text.contains(&format!("mod {};", path.0));
            if is_own {
                continue;
            }
            seen += 1;
            let is_listed = [path.0.to_owned(), path.0.replace('_', "-")]
                .iter()
                .any(|name| listed.contains(&format!("\n{name} = ")));
            let place = source.path.display();
            assert!(is_listed, "{place}:{line}: fuzz/Cargo.toml does not list {}", path.0);
        }
    }
    assert!(seen > 20, "{seen}");
}

/// A file of `tests/` that no binary has would never run.
#[test]
fn every_file_of_tests_belongs_to_a_binary() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let manifest = fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let tests = manifest.split("[[test]]\n").skip(1);
    let roots: Vec<String> = tests
        .map(|test| {
            let value = |key: &str| {
                let line = test.lines().take_while(|line| !line.starts_with('['));
                line.filter_map(|line| line.split_once(" = ")).find(|(name, _)| *name == key)
            };
            let name = value("name").unwrap().1.trim_matches('"');
            value("path").map_or_else(
                || format!("tests/{name}.rs"),
                |(_, path)| path.trim_matches('"').to_owned(),
            )
        })
        .collect();
    let joined: String =
        roots.iter().map(|root_file| fs::read_to_string(root.join(root_file)).unwrap()).collect();
    for entry in fs::read_dir(root.join("tests")).unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        if path.is_dir() {
            let main = format!("tests/{stem}/main.rs");
            assert!(!root.join(&main).exists() || roots.contains(&main), "{main} never runs");
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            let is_there = roots.contains(&format!("tests/{stem}.rs"))
                || joined.contains(&format!("mod {stem};"));
            assert!(is_there, "tests/{stem}.rs never runs");
        }
    }
}
