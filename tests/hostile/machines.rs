//! What machines read: it parses, to the same texts, and holds no command but ours.

use std::collections::BTreeMap;

use quick_xml::events::Event;
use serde_json::Value;

use crate::page::ATTACKS;
use crate::signs::harmless;
use crate::world::{BRANCH, TAG, json, range, run, texts};

#[test]
fn json_reads_as_the_texts_that_were_there() {
    let range = range();
    for arguments in [
        &["--format", "json", &range][..],
        &["log", "--format", "json"],
        &["blame", "--format", "json"],
        &["lint", "--format", "json"],
        &["show", BRANCH, "--format", "json"],
        &["stats", "--format", "json"],
        &["stats", "--by", "area", "--format", "json"],
        &["check", &range, "--format", "json"],
        &["check", &range, "--format", "sarif"],
        &["notes", "--format", "json", &range],
    ] {
        let (out, err) = run(arguments);
        harmless(&out, &format!("{arguments:?}"));
        harmless(&err, &format!("{arguments:?}, standard error"));
        let value: Value = serde_json::from_str(&out).unwrap();
        let all = texts(&value);
        let has = |part: &str| all.iter().any(|text| text.contains(part));
        let path = "onerror=alert(9)";
        assert!(arguments.contains(&"stats") || has(path) || has("alert%289%29"), "{arguments:?}");
        let words = arguments.contains(&"stats") || arguments.contains(&"lint");
        assert!(words || has("@everyone") && has("<script>"), "{arguments:?}: no page's text");
    }
}

/// A tag that looks like an option is a revision all the same, where git lets it be one.
#[test]
fn ends_keep_their_names() {
    let value = json(&["--format", "json", &format!("refs/tags/{TAG}..HEAD")]);
    assert_eq!(value["from"]["rev"], format!("refs/tags/{TAG}"));
}

#[test]
fn json_lines_are_one_a_line() {
    let (out, _) = run(&["log", "--format", "jsonl"]);
    harmless(&out, "jsonl");
    assert!(out.lines().count() >= 6);
    for line in out.lines() {
        serde_json::from_str::<Value>(line).unwrap();
    }
}

#[test]
fn yaml_reads_as_the_json_does() {
    let (out, _) = run(&["show", BRANCH, "--format", "yaml"]);
    harmless(&out, "yaml");
    let yaml: Value = serde_yaml::from_str(&out).unwrap();
    assert!(yaml == json(&["show", BRANCH, "--format", "json"]));
    let shown = texts(&yaml);
    for sign in ["\u{202e}reversed", "\u{2066}isolated", "\u{e0041}", "::error file=a.md"] {
        assert!(shown.iter().any(|text| text.contains(sign)), "{sign:?}");
    }
}

#[test]
fn no_cell_is_a_formula() {
    let range = range();
    for arguments in [
        &["--format", "csv", &range][..],
        &["log", "--format", "csv"],
        &["stats", "--format", "csv"],
        &["stats", "--by", "area", "--format", "csv"],
        &["stats", "--by", "document", "--format", "csv"],
    ] {
        let (out, _) = run(arguments);
        harmless(&out.replace('\r', ""), &format!("{arguments:?}"));
        let mut reader = csv::Reader::from_reader(out.as_bytes());
        let mut rows = 0;
        for row in reader.records() {
            rows += 1;
            for cell in &row.unwrap() {
                let begins = cell
                    .trim_start_matches(|c: char| !c.is_ascii_graphic() && !"＝＋－＠".contains(c));
                let number = cell.parse::<f64>().is_ok();
                let formula = begins.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']);
                assert!(number || !formula, "{arguments:?}: {cell:?}");
            }
        }
        assert!(rows > 3, "{arguments:?}: {rows} rows");
    }
}

#[test]
fn github_gets_our_commands_only() {
    let (out, _) = run(&["check", &range(), "--format", "github"]);
    let mut lines: Vec<&str> = out.lines().collect();
    let last = lines.pop().unwrap();
    assert!(last.starts_with("Failed: "), "{last}");
    assert!(!out.contains(|c: char| c.is_control() && c != '\n'), "{out:?}");
    assert!(!out.contains(['\u{202e}', '\u{2028}', '\u{2029}']), "{out:?}");
    let mut kinds = BTreeMap::new();
    for line in &lines {
        let (command, message) = line[2..].split_once("::").unwrap();
        let (kind, properties) = command.split_once(' ').unwrap();
        *kinds.entry(kind).or_insert(0) += 1;
        for property in properties.split(',') {
            let (name, value) = property.split_once('=').unwrap();
            assert!(["file", "line", "title"].contains(&name), "{line}");
            assert!(!value.contains([':', '\n']), "{line}");
        }
        for part in properties.split('%').chain(message.split('%')).skip(1) {
            let escapes = ["25", "0A", "0D", "3A", "2C"];
            let from_another =
                message.starts_with(part) || escapes.iter().any(|e| part.starts_with(e));
            assert!(from_another, "{line}");
        }
        assert!(!line.contains("##["), "{line}");
    }
    assert!(kinds.keys().all(|kind| ["error", "warning", "notice"].contains(kind)), "{kinds:?}");
    assert_eq!(kinds["error"], 10);
}

#[test]
fn junit_reads_as_one_case_a_change() {
    let (out, _) = run(&["check", &range(), "--format", "junit"]);
    harmless(&out, "junit");
    let mut reader = quick_xml::Reader::from_str(&out);
    let mut names = Vec::new();
    loop {
        match reader.read_event().unwrap() {
            Event::Start(tag) | Event::Empty(tag) => {
                assert!(tag.attributes().all(|attribute| attribute.is_ok()));
                names.push(String::from_utf8(tag.name().as_ref().to_vec()).unwrap());
            }
            Event::Eof => break,
            Event::End(_) | Event::Text(_) | Event::GeneralRef(_) | Event::Decl(_) => {}
            Event::CData(_) | Event::Comment(_) | Event::PI(_) | Event::DocType(_) => {
                panic!("{out}")
            }
        }
    }
    let value = json(&["check", &range(), "--format", "json"]);
    let changes = value["documents"].as_array().unwrap().iter();
    let changes: usize = changes.map(|page| page["changes"].as_array().unwrap().len()).sum();
    let cases = names.iter().filter(|name| *name == "testcase").count();
    assert_eq!(cases, changes);
    let known =
        ["testsuites", "testsuite", "testcase", "failure", "error", "skipped", "system-out"];
    assert!(names.iter().all(|name| known.contains(&name.as_str())), "{names:?}");
    assert!(changes > ATTACKS.len());
    assert!(!out.contains("<script") && !out.contains("<!["));
}
