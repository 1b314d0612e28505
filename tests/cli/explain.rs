//! Why duties were paired.

use serde_json::Value;

use super::{case, demo_folder, refused, respdiff, stdout};

/// The ids that `--ids` tells.
fn ids(arguments: &[&str]) -> Vec<String> {
    let text = stdout(&[arguments, &["--ids"]].concat());
    let ids = text.lines().filter_map(|line| line.trim_start().strip_prefix("id "));
    ids.map(str::to_owned).collect()
}

#[test]
fn a_move_is_explained_by_its_figures() {
    let demo = demo_folder().to_str().unwrap();
    let ids = ids(&["-C", demo, "HEAD~5..HEAD"]);
    assert_eq!(ids.len(), 7);
    let text = stdout(&["-C", demo, "explain", &ids[0][..6], "HEAD~5..HEAD"]);
    assert!(text.starts_with(&format!("{} moved: IBM → customer\n", ids[0])), "{text}");
    for part in [
        "report the\n",
        "keep the result.",
        "words in both",
        "quarter 1.0",
        ", above the minimum of ",
        "The second best candidate",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let all = stdout(&["-C", demo, "--explain", "HEAD~5..HEAD"]);
    assert!(all.starts_with(&text));
    assert!(ids.iter().all(|id| all.contains(id)));
}

#[test]
fn figures_are_told_to_machines() {
    let demo = demo_folder().to_str().unwrap();
    let ids = ids(&["-C", demo, "HEAD~5..HEAD"]);
    let schema: Value = serde_json::from_str(&stdout(&["schema", "explain"])).unwrap();
    for id in &ids {
        let told = stdout(&["-C", demo, "explain", id, "HEAD~5..HEAD", "--format", "json"]);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert!(jsonschema::is_valid(&schema, &told), "{told}");
        assert_eq!(told["schema"], "respdiff.explain/1");
        assert_eq!(told["changes"][0]["change"]["id"], **id);
    }
    let told = stdout(&["-C", demo, "explain", &ids[0], "HEAD~5..HEAD", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let change = &told["changes"][0];
    assert_eq!(change["found"], "worth");
    let own = &change["weighed"][0];
    assert_eq!((&own["taken"], &own["same_party"]), (&Value::Bool(true), &Value::Bool(false)));
    assert!(own["score"].as_f64() >= own["bar"].as_f64());
    let context: f64 = own["context"].as_object().unwrap().values().filter_map(Value::as_f64).sum();
    let sum = own["likeness"].as_f64().unwrap() + context;
    assert!((sum - own["score"].as_f64().unwrap()).abs() < 0.01, "{own}");
}

#[test]
fn two_files_are_explained_too() {
    let (old, new) = (case("removed-row", "old.md"), case("removed-row", "new.md"));
    let ids = ids(&["--no-index", &old, &new]);
    let text = stdout(&["explain", &ids[0], "--no-index", &old, &new]);
    assert!(text.starts_with(&format!("{} removed: ", ids[0])), "{text}");
    assert!(text.contains("No counterpart: "), "{text}");
}

#[test]
fn ids_are_told_only_where_they_are_wanted() {
    let (old, new) = (case("removed-row", "old.md"), case("removed-row", "new.md"));
    let plain = stdout(&["--no-index", &old, &new]);
    let lines = stdout(&["--no-index", "--ids", &old, &new]);
    let without: Vec<_> =
        lines.lines().filter(|line| !line.trim_start().starts_with("id ")).collect();
    assert_eq!(plain.lines().collect::<Vec<_>>(), without);
}

#[test]
fn an_id_that_leads_nowhere_is_answered_with_how_to_find_one() {
    let demo = demo_folder().to_str().unwrap();
    let message = refused(&["-C", demo, "explain", "0000", "HEAD~5..HEAD"]);
    assert!(
        message.starts_with("error: no change in this range has the id `0000`\nhint: "),
        "{message}"
    );
    let message = refused(&["-C", demo, "explain", "0", "HEAD~5..HEAD"]);
    assert!(message.contains("too short"), "{message}");
}

#[test]
fn where_nothing_changed_nothing_is_explained() {
    let demo = demo_folder().to_str().unwrap();
    let arguments = ["-C", demo, "--explain", "--exit-code", "HEAD..HEAD"];
    let output = respdiff().args(arguments).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(output.stdout, b"No duty changed, so there is nothing to explain.\n");
    let told = stdout(&["-C", demo, "--explain", "--kind", "relocated", "HEAD~5..HEAD"]);
    assert_eq!(told, "No matching change, so there is nothing to explain.\n");
}
