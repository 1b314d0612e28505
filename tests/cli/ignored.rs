//! Changes that the policy leaves out (`level: off`): every answer says that there are more.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};

const POLICY: &str = "version: 1\nlevels: [{kind: moved, level: 'off'}]\n";
const LEFT_OUT: &str = "the policy leaves out 1 change (`level: off`)";
const APART: &str = "Apart from what the policy leaves out (1 change, `level: off`), ";

/// A duty moves, which the policy leaves out.
fn docs(page: &str) -> Docs {
    let docs = Docs::new();
    docs.write("respdiff.yaml", POLICY).commit();
    docs.write("queue.md", &page.replace("2026-01-10", "2026-02-10")).commit();
    docs
}

fn words(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn every_answer_counts_them_beside_the_others() {
    let docs = docs(&moved().replace("before they are full", "before they are 80% full"));
    let counts = format!("{APART}no duty moved; 1 reworded");
    for args in [
        &["HEAD^..HEAD"][..],
        &["HEAD^..HEAD", "--stat"],
        &["HEAD^..HEAD", "--oneline"],
        &["stats", "HEAD^..HEAD"],
    ] {
        let told = words(&docs.ends(0, args));
        assert!(told.contains(&counts), "{args:?}: {told}");
        assert!(!told.contains("No duty moved"), "{args:?}: {told}");
    }
    let log = words(&docs.ends(0, &["log", "HEAD^..HEAD", "--oneline"]));
    assert!(log.contains(&format!("1 reworded; {LEFT_OUT}")), "{log}");
    for args in
        [&["HEAD^..HEAD", "--format", "json"][..], &["stats", "HEAD^..HEAD", "--format", "json"]]
    {
        let told: Value = serde_json::from_str(&docs.run(args).1).unwrap();
        let summary = if args[0] == "stats" { &told["total"]["summary"] } else { &told["summary"] };
        assert_eq!(summary["ignored_by_policy"], 1, "{told}");
    }
    let (_, log, _) = docs.run(&["log", "HEAD^..HEAD", "--format", "json"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    assert_eq!(log["documents"][0]["editions"][0]["ignored_by_policy"], 1, "{log}");
    docs.ends(0, &["report", "HEAD^..HEAD", "-o", "range.html"]);
    let html = docs.read("range.html");
    assert!(
        html.contains(&format!("{APART}no duty moved; 1 reworded")) && !html.contains("The policy"),
        "{html}"
    );
    assert!(!html.contains("only split or joined"));
}

#[test]
fn an_answer_without_another_change_says_so() {
    let docs = docs(&moved());
    let told = docs.ends(0, &["HEAD^..HEAD"]);
    assert!(words(&told).contains(&format!("{APART}no duty changed between ")), "{told}");
    assert!(!told.contains("No duty changed"), "{told}");
    let stats = words(&docs.ends(0, &["stats", "HEAD^..HEAD"]));
    assert!(stats.contains(&format!("{APART}no duty changed.")), "{stats}");
    let log = words(&docs.ends(0, &["log"]));
    assert!(log.contains(LEFT_OUT), "{log}");
    // without such a rule nothing is said of it
    let plain = Docs::new();
    plain.write("queue.md", &PAGE.replace("are full", "are 80% full")).commit();
    let told = plain.ends(0, &["HEAD^..HEAD", "--format", "json"]);
    assert!(!told.contains("ignored_by_policy"), "{told}");
}
