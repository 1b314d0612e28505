//! The demo repository, and the main job on it.

use std::fs;

use serde_json::Value;

use super::{demo_folder, refused, respdiff, stdout};

fn told(range: &str) -> Value {
    let demo = demo_folder().to_str().unwrap();
    serde_json::from_str(&stdout(&["-C", demo, "--format", "json", range])).unwrap()
}

#[test]
fn the_last_five_commits_move_a_duty_to_the_customer() {
    let told = told("HEAD~5..HEAD");
    let changes = told["documents"][0]["changes"].as_array().unwrap();
    let kinds: Vec<_> = changes.iter().map(|change| change["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["moved", "added", "added", "added", "removed", "removed", "reworded"]);
    assert_eq!(changes[0]["from"], "ibm");
    assert_eq!(changes[0]["to"], "customer");
    assert_eq!(changes[0]["introduced"]["last_updated"], "2025-01-15");
    assert_eq!(changes[6]["introduced"]["last_updated"], "2024-09-02");
    assert_eq!(told["from"]["rev"], "HEAD~5");
    assert_eq!(told["from"]["commit"].as_str().unwrap().len(), 40);
}

#[test]
fn a_reformatted_page_says_the_same() {
    let told = told("HEAD~4..HEAD~3");
    assert_eq!(told["documents"], Value::Array(Vec::new()));
    assert_eq!(told["pages_read"]["to"], 1);
}

#[test]
fn output_fits_the_published_schema() {
    let schema: Value = serde_json::from_str(&stdout(&["schema", "diff"])).unwrap();
    for range in ["HEAD~5..HEAD", "HEAD~7..HEAD", "HEAD..HEAD~7", "HEAD"] {
        let errors: Vec<_> = jsonschema::validator_for(&schema)
            .unwrap()
            .iter_errors(&told(range))
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{range}: {errors:?}");
    }
    let schema: Value = serde_json::from_str(&stdout(&["schema", "matrix"])).unwrap();
    let demo = demo_folder().to_str().unwrap();
    let shown: Value =
        serde_json::from_str(&stdout(&["-C", demo, "show", "--format", "json"])).unwrap();
    assert!(jsonschema::is_valid(&schema, &shown));
    assert_eq!(shown["documents"][0]["matrices"].as_array().unwrap().len(), 3);
}

#[test]
fn an_empty_folder_is_taken_and_a_full_one_is_not() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let output = respdiff().args(["demo", path]).output().unwrap();
    assert!(output.status.success());
    let told = String::from_utf8(output.stderr).unwrap();
    let next = format!("\nTry next:\n  respdiff -C {path} --format json HEAD~5..HEAD\n");
    assert!(told.contains(&next), "{told}");
    // whole lines are pasted into a shell
    assert!(told.contains(&format!("\n  respdiff -C {path} HEAD~4..HEAD~3\n")), "{told}");
    assert!(String::from_utf8(output.stdout).unwrap().contains("MOVED TO YOU"));

    let page = fs::read(folder.path().join("responsibilities.md")).unwrap();
    let message = refused(&["demo", path]);
    assert!(message.contains("already exists\nhint: "), "{message}");
    assert_eq!(fs::read(folder.path().join("responsibilities.md")).unwrap(), page);
    let message = refused(&["demo", &format!("{path}/responsibilities.md/x")]);
    let hint = "responsibilities.md` is a file, not a folder\nhint: name another folder\n";
    assert!(message.ends_with(hint), "{message}");
}

#[test]
fn a_revision_named_like_a_command_is_spelled_out() {
    let demo = demo_folder().to_str().unwrap();
    let message = refused(&["-C", demo, "diff", "show"]);
    assert!(message.contains("show"), "{message}");
}
