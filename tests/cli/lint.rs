//! Pages as they stand, with what is to be mended.

use std::fs;

use serde_json::Value;

use super::docs::Docs;
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
queue.md:3:3: note: the copyright ends in 2023 but lastupdated is in 2024 [copyright-behind]
    Extend the copyright years.
queue.md:13:12: warning: \"Scale the queue servers to\" ends in the middle of a sentence [cut-off]
    Complete the sentence, or shorten the text that is too long.
queue.md:14:12: warning: template text in place of a duty: \"IBM responsibility description\" [placeholder]
    Write the duty, the task or the mark. If a party has nothing to do, leave
    its cell empty.
queue.md:15:3: warning: row \"Logs\" gives no party a duty [empty-row]
    Fill the row in or remove it.
queue.md:16:10: error: \"Seal the keys.\" is listed as a duty of both parties [contradiction]
    Move the text to the column of the party that has the duty, or correct the
    party.

5 findings (1 error, 3 warnings, 1 note) in 1 responsibility page.
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
    assert_eq!(document["findings"][1]["column"], 12);
    assert_eq!(document["findings"][1]["severity"], "warning");
    assert_eq!(
        document["findings"][1]["help"],
        "Complete the sentence, or shorten the text that is too long."
    );
}

#[test]
fn a_code_is_explained_and_a_slip_answered() {
    let text = stdout(&["lint", "--explain", "short-header"]);
    assert!(
        text.starts_with("short-header (warning)\n\n") && text.contains("What to do: "),
        "{text}"
    );
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
        "No responsibility page found.\n"
    );
    let told =
        lint("---\nlastupdated: \"2024-03-05\"\ncopyright:\n  years: 2023\n---\n\n# Guide\n");
    let expected = "1 finding (1 note) in 1 page, whose responsibilities respdiff cannot read.\n";
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
    assert_eq!(told.matches(" [contradiction]\n").count(), 2, "{told}");
    for party in ["IBM", "the customer"] {
        let message =
            format!("says that {party} does not have this duty, but is in {party}'s column");
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
        stdout(&["-C", demo, "lint", "--", "getting-started.md"]),
        "No responsibility page found.\n"
    );
}

#[test]
fn the_exit_code_follows_the_severity_that_is_asked_for() {
    for (more, expected) in [
        (&[][..], 0),
        (&["--exit-code"][..], 1),
        (&["--fail-on", "error"][..], 1),
        (&["--fail-on", "note"][..], 1),
    ] {
        assert_eq!(told(more).0, Some(expected), "{more:?}");
    }
    let (code, text) = told(&["--fail-on", "error", "--format", "junit"]);
    assert_eq!(code, Some(1));
    assert!(text.contains(r#"tests="5" failures="1" errors="0">"#), "{text}");
}

/// The page with a policy: the exit code and the last line.
#[track_caller]
fn under(rules: &str, fail_on: &str) -> (Option<i32>, String) {
    let folder = folder();
    let policy = format!("version: 1\nlint:\n{rules}\n");
    fs::write(folder.path().join("respdiff.yaml"), policy).unwrap();
    let mut run = respdiff();
    run.current_dir(folder.path());
    run.args(["--config", "respdiff.yaml", "lint", "--no-index", "queue.md"]);
    let output = run.args(["--fail-on", fail_on]).output().unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    (output.status.code(), text.lines().last().unwrap().to_owned())
}

#[test]
fn the_policy_sets_severities_by_code_and_document() {
    let rest = "in 1 responsibility page.";
    let quiet = "  - {code: contradiction, severity: 'off'}";
    assert_eq!(under(quiet, "error"), (Some(0), format!("4 findings (3 warnings, 1 note) {rest}")));
    assert_eq!(
        under("  - {document: 'queue*', severity: note}", "warning"),
        (Some(0), format!("5 findings (5 notes) {rest}"))
    );
    assert_eq!(
        under("  - {code: [cut-off, empty-row], document: 'q*', severity: error}", "error"),
        (Some(1), format!("5 findings (3 errors, 1 warning, 1 note) {rest}"))
    );
    assert_eq!(
        under("  - {severity: 'off'}\n  - {document: 'other/*', severity: error}", "note"),
        (Some(0), "Nothing found: 1 responsibility page read.".to_owned())
    );
}

#[test]
fn a_repository_s_own_policy_counts_and_a_slip_in_it_is_answered() {
    let docs = Docs::new();
    docs.write("queue.md", PAGE).write("respdiff.yaml", "version: 1\nlint: [{severity: 'off'}]\n");
    docs.commit();
    let run = || respdiff().arg("-C").arg(docs.root()).args(["lint", "--exit-code"]).output();
    assert_eq!(run().unwrap().status.code(), Some(0));
    docs.write("respdiff.yaml", "version: 1\nlint: [{code: cutoff, severity: note}]\n");
    let output = run().unwrap();
    assert_eq!(output.status.code(), Some(2));
    let message = String::from_utf8(output.stderr).unwrap();
    assert!(message.contains("unknown value `cutoff`"), "{message}");
    assert!(message.contains("did you mean `cut-off`?"), "{message}");
}

/// What a validator in its strict mode refuses: a format that the standard does not name. None is
/// needed, so there is none.
#[test]
fn no_schema_names_a_format() {
    fn formats(value: &Value, found: &mut Vec<String>) {
        match value {
            Value::Object(fields) => {
                found.extend(fields.get("format").and_then(Value::as_str).map(str::to_owned));
                fields.values().for_each(|value| formats(value, found));
            }
            Value::Array(items) => items.iter().for_each(|value| formats(value, found)),
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }
    let help = stdout(&["schema", "--help"]);
    let names: Vec<&str> =
        help.lines().filter_map(|line| line.trim().strip_prefix("- ")?.split(':').next()).collect();
    assert!(names.len() >= 12 && names.contains(&"repositories"), "{names:?}");
    let mut runs: Vec<Vec<&str>> = names.iter().map(|name| vec!["schema", name]).collect();
    runs.push(vec!["config", "schema"]);
    for run in runs {
        let mut found = Vec::new();
        formats(&serde_json::from_str(&stdout(&run)).unwrap(), &mut found);
        assert_eq!(found, [""; 0], "{run:?}");
    }
}

#[test]
fn advice_about_dates_names_no_field_that_a_page_may_not_have() {
    for code in ["stamp-stale", "stamp-backwards", "stamp-unchanged"] {
        let told = stdout(&["lint", "--explain", code]).replace('\n', " ");
        assert!(told.contains("or the field that `stamp` in respdiff.yaml names"), "{told}");
    }
    assert!(!stdout(&["lint", "--explain", "copyright-behind"]).contains("lastupdated"));
    // the docs name the one code of comparisons that is no note
    assert!(stdout(&["lint", "--explain", "possible-move"]).contains("(warning)"));
    let docs = include_str!("../../docs/lint.md").replace('\n', " ");
    assert!(docs.contains("except `possible-move`, which is a `warning`"));
}

#[test]
fn an_unknown_code_is_answered_in_one_line() {
    let told = refused(&["lint", "--explain", "cutoff"]);
    assert!(told.starts_with("error: there is no code 'cutoff'\nhint: did you mean 'cut-off'? "));
    let told = refused(&["lint", "--explain", "nosuch"]);
    let hint = "hint: findings end with their code, as in [cut-off]; notices begin with it\n";
    assert_eq!(told, format!("error: there is no code 'nosuch'\n{hint}"));
}
