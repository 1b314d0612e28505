//! What a repository's settings say, and what a user says in them: policies, acknowledgements and
//! names of folders.

use std::fs;

use serde_json::{Value, json};

use crate::page::ATTACKS;
use crate::places::{copy, id_of_one_page, run};
use crate::signs::harmless;
use crate::world::texts;

const SEPARATORS: &str = "Ada\u{1b}[31m\u{7}\u{202e}\u{85}\u{2028}\u{2029}##[error]x ::error::y";

#[test]
fn a_policy_is_shown_as_it_is_and_steers_nothing() {
    let (_home, docs, _) = copy();
    let parties: serde_json::Map<String, Value> = ATTACKS
        .iter()
        .enumerate()
        .map(|(at, attack)| {
            let party = ["customer", "ibm", "other"][at % 3];
            ((*attack).to_owned(), json!(party))
        })
        .collect();
    let separators = "a\u{85}b\u{2028}c\u{2029}\n##[error]x\n##vso[y]z";
    let placeholders: Vec<&str> = ATTACKS.iter().copied().chain([separators, "null"]).collect();
    let policy = json!({"version": 1, "parties": parties, "placeholders": placeholders});
    fs::write(docs.join("respdiff.yaml"), serde_yaml::to_string(&policy).unwrap()).unwrap();
    for arguments in [&["config", "check"][..], &["config", "show"], &["snapshot"]] {
        let (code, told) = run(&docs, arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {told:.600}");
        harmless(&told, &format!("{arguments:?}"));
    }
    let stored = fs::read_to_string(docs.join("snapshots/respdiff.yaml")).unwrap();
    harmless(&stored, "the stored policy");
    for told in [run(&docs, &["config", "show"]).1, stored] {
        let read: Value = serde_yaml::from_str(&told).unwrap();
        assert_eq!(read["placeholders"], policy["placeholders"]);
        assert_eq!(read["parties"], policy["parties"]);
    }
    let (code, told) = run(&docs, &["check", "--baseline", "snapshots"]);
    assert_eq!(code, Some(0), "{told:.600}");
    assert!(!told.contains("respdiff.yaml"), "{told:.600}");
    harmless(&told, "check --baseline");
}

#[test]
fn who_accepts_steers_nothing() {
    let (_home, docs, _) = copy();
    let id = id_of_one_page(&docs);
    let range = "HEAD~1..HEAD";
    let accept = ["ack", &id, "--by", SEPARATORS, "--reason", SEPARATORS, range];
    let (code, told) = run(&docs, &accept);
    assert_eq!(code, Some(0), "{told}");
    harmless(&told, "ack");
    let file = fs::read_to_string(docs.join(".respdiff/acks.yaml")).unwrap();
    assert!(!file.contains(['\u{1b}', '\u{85}', '\u{2028}', '\u{2029}', '\u{202e}']), "{file}");
    // with the working tree, where the file is
    for format in ["text", "json", "sarif", "junit", "markdown", "github"] {
        let (code, told) = run(&docs, &["check", "--format", format, "--acks", "new", "HEAD~1"]);
        assert!(code < Some(2), "{told:.600}");
        assert!(!told.contains(['\u{85}', '\u{2028}', '\u{2029}', '\u{202e}']), "{format}");
        if format != "github" {
            harmless(&told, format);
        }
        if format == "json" {
            let read = serde_json::Deserializer::from_str(&told).into_iter().next();
            let read: Value = read.unwrap().unwrap();
            assert!(texts(&read).contains(&SEPARATORS), "it reads as the same");
        }
    }
}

#[test]
fn names_of_folders_steer_nothing() {
    let (home, docs, _) = copy();
    let other = home.path().join("b\u{85}\u{2028}\u{2029}\u{202e}\u{1b}[31m ##[error]x");
    fs::rename(copy_beside(&docs), &other).unwrap();
    let both = ["-C", docs.to_str().unwrap(), "-C", other.to_str().unwrap()];
    for arguments in [
        &["diff", "HEAD~1..HEAD"][..],
        &["diff", "--format", "json", "HEAD~1..HEAD"],
        &["diff", "--format", "csv", "HEAD~1..HEAD"],
        &["log"],
        &["log", "--format", "json"],
        &["log", "--format", "jsonl"],
        &["stats"],
        &["stats", "--format", "json"],
    ] {
        let (code, told) = run(&docs, &[arguments, &both].concat());
        assert_eq!(code, Some(0), "{arguments:?}: {told:.600}");
        harmless(&told.replace('\r', ""), &format!("{arguments:?}"));
    }
}

#[test]
fn names_of_files_that_are_written_steer_nothing() {
    let (_home, docs, _) = copy();
    let name = "b\u{85}\u{2028}\u{202e}\u{1b}[31m\n::error::x ##[error]y";
    let full = docs.join("full.md");
    fs::write(&full, vec![b'x'; 1 << 20]).unwrap();
    let summary = docs.join(format!("{name}.full"));
    fs::rename(full, summary).unwrap();
    for arguments in [
        &["notes", "--prepend", name][..],
        &["report", "--output", name],
        &["man", "--output", &format!("{name}.man")],
        &["demo", &format!("{name}.demo")],
        &["snapshot", "--output", &format!("{name}.pages")],
        &["check", "--summary", &format!("{name}.full"), "HEAD..HEAD"],
    ] {
        let (code, told) = run(&docs, arguments);
        assert_eq!(code, Some(0), "{arguments:?}: {told:.600}");
        assert!(told.contains("\\u{202e}"), "{arguments:?}: {told:.600}");
        harmless(&told, &format!("{arguments:?}"));
    }
}

fn copy_beside(docs: &std::path::Path) -> std::path::PathBuf {
    let place = docs.with_file_name("copied");
    let copied = std::process::Command::new("cp").arg("-a").arg(docs).arg(&place).status();
    assert!(copied.unwrap().success());
    place
}
