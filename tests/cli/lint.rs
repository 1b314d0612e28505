//! Pages as they stand, with what is to be mended.

use std::fs;

use serde_json::Value;

use super::{demo_folder, refused, respdiff, stdout};

const PAGE: &str = "\
---
copyright:
  years: 2023
lastupdated: \"2024-03-05\"
---

# Responsibilities for Acme Queue

## Operations

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Queues | Scale the queue servers to | Delete queues that you no longer need. |
| Alerts | IBM responsibility description | Subscribe to the alerts. |
| Logs | | |
| Keys | Seal the keys. | Seal the keys. |
";

/// A folder that holds the page as `queue.md`.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("queue.md"), PAGE).unwrap();
    folder
}

fn told(more: &[&str]) -> (Option<i32>, String) {
    let folder = folder();
    let mut run = respdiff();
    run.current_dir(folder.path()).args(["lint", "--no-index", "queue.md"]).args(more);
    let output = run.output().unwrap();
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn each_finding_has_its_place_and_what_to_do() {
    let (code, text) = told(&[]);
    assert_eq!(code, Some(0));
    let expected = "\
Responsibilities for Acme Queue
queue.md:3: copyright-behind: copyright ends in 2023 but lastupdated is of 2024
    Extend the copyright years.
queue.md:13: cut-off: \"Scale the queue servers to\" ends in mid air
    Complete the sentence.
queue.md:14: placeholder: a template's text stands where a duty should: \"IBM responsibility description\"
    Write the duty, or leave the cell empty.
queue.md:15: empty-row: row \"Logs\" gives no party a duty
    Fill the row in or remove it.
queue.md:16: contradiction: \"Seal the keys.\" is told as the duty of both parties
    Move the text to the column of the party that it names, or name the right
    party.

5 findings in 1 responsibility page.
";
    assert_eq!(text, expected);
}

#[test]
fn json_fits_the_published_schema() {
    let (code, text) = told(&["--format", "json", "--exit-code"]);
    assert_eq!(code, Some(1));
    let told: Value = serde_json::from_str(&text).unwrap();
    let schema: Value = serde_json::from_str(&stdout(&["schema", "lint"])).unwrap();
    assert!(jsonschema::is_valid(&schema, &told));
    assert_eq!(told["schema"], "respdiff.lint/1");
    let document = &told["documents"][0];
    assert_eq!(document["path"], "queue.md");
    assert_eq!(document["findings"][1]["code"], "cut-off");
    assert_eq!(document["findings"][1]["line"], 13);
    assert_eq!(document["findings"][1]["help"], "Complete the sentence.");
}

#[test]
fn a_code_is_explained_and_a_slip_answered() {
    let text = stdout(&["lint", "--explain", "short-header"]);
    assert!(text.starts_with("short-header\n\n") && text.contains("What to do: "), "{text}");
    let message = refused(&["lint", "--explain", "short-heder"]);
    assert!(message.contains("'short-header'"), "{message}");
}

#[test]
fn a_file_that_assigns_nothing_is_no_responsibility_page() {
    let folder = tempfile::tempdir().unwrap();
    let lint = |page: &str| {
        let file = folder.path().join("guide.md");
        fs::write(&file, page).unwrap();
        stdout(&["lint", "--no-index", file.to_str().unwrap()])
    };
    assert_eq!(
        lint("---\nlastupdated: \"2024-03-05\"\n---\n\n# Guide\n"),
        "No page here assigns a responsibility.\n"
    );
    let told =
        lint("---\nlastupdated: \"2024-03-05\"\ncopyright:\n  years: 2023\n---\n\n# Guide\n");
    let expected = "1 finding in 1 page, none of which assigns a responsibility.\n";
    assert!(told.ends_with(expected), "{told}");
}

#[test]
fn a_party_that_is_said_not_to_do_its_duty_contradicts_its_column() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("queue.md");
    let page = PAGE.replace("Scale the queue servers to", "IBM does not scale the queue servers.");
    let page = page.replace("Subscribe to the alerts.", "You are not responsible for the alerts.");
    let page =
        page.replace("| Seal the keys. | Seal the keys. |", "| IBM does not keep the keys. | |");
    fs::write(&file, page).unwrap();
    let told = stdout(&["lint", "--no-index", file.to_str().unwrap()]);
    assert_eq!(told.matches(": contradiction: ").count(), 2, "{told}");
    for party in ["IBM", "the customer"] {
        let message = format!("is not for {party} to do but stands in the column of {party}");
        assert!(told.contains(&message), "{told}");
    }
}

#[test]
fn a_page_without_a_flaw_gives_nothing() {
    let demo = demo_folder().to_str().unwrap();
    let output = respdiff().args(["-C", demo, "lint", "--exit-code"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"Nothing found: 1 responsibility page read.\n");
    assert_eq!(
        stdout(&["-C", demo, "lint", "--", "none"]),
        "No page here assigns a responsibility.\n"
    );
}
