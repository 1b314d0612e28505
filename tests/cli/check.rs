//! The gate: exit codes, what counts from which side, and every format.

use std::fs;
use std::process::Command;

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::{demo_folder, stdout};

const HEADER: &str = "version: 1\n";

#[test]
fn a_moved_boundary_fails_and_a_reworded_duty_does_not() {
    let docs = Docs::new();
    docs.write("queue.md", &PAGE.replace("no longer need", "do not need")).commit();
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("Passed: no change is at level boundary"), "{told}");
    docs.ends(1, &["check", "HEAD~1..HEAD", "--fail-on", "wording"]);
    docs.ends(0, &["check", "HEAD~1..HEAD", "--fail-on", "scope"]);
    let told = docs.ends(0, &["check", "HEAD...HEAD"]);
    assert!(told.contains("no duty changed between the merge base "), "{told}");
    assert!(told.contains("; no responsibility page differs.\n"), "{told}");
    // changes of one row stand under its place
    let page = PAGE.replace("Scale the queue servers", "Scale all queue servers");
    docs.write("queue.md", &page.replace("you no longer need", "nobody needs"));
    let told = docs.ends(1, &["check", "HEAD~1", "--fail-on", "wording"]);
    assert_eq!(told.matches("Operations › Queues (line").count(), 1, "{told}");
    docs.write("queue.md", &moved());
    let told = docs.ends(1, &["check"]);
    assert!(told.contains("IBM → customer"), "{told}");
    assert!(told.contains("Failed: 1 change at level boundary is not acknowledged"), "{told}");
    docs.ends(0, &["check", "--cached"]);
    docs.git(&["add", "-A"]);
    docs.ends(1, &["check", "--cached"]);
    let demo = demo_folder().to_str().unwrap();
    docs.ends(1, &["-C", demo, "check", "HEAD~5..HEAD"]);
    docs.ends(0, &["-C", demo, "check", "HEAD~4..HEAD~3"]);
    docs.ends(2, &["-C", demo, "check", "HEAD~99..HEAD"]);
}

#[test]
fn a_reference_counts_and_is_told_as_one() {
    let docs = Docs::new();
    let text = "Send an alert when a server fails.";
    let page = PAGE.replace(text, &format!("{text} See [Alert events](/docs/queue)."));
    docs.write("queue.md", &page).commit();
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(
        told.contains("; 1 change is below that level (scope; a change of a reference).\n"),
        "{told}"
    );
    let told = docs.ends(1, &["check", "HEAD~1..HEAD", "--fail-on", "scope"]);
    assert!(told.contains("      reference added (level scope), id "), "{told}");
    for (format, expected) in [
        ("markdown", "- **scope: IBM reference added** — "),
        ("github", "title=scope%3A IBM reference added::"),
    ] {
        let asked = ["check", "HEAD~1..HEAD", "--fail-on", "scope", "--format", format];
        let told = docs.ends(1, &asked);
        assert!(told.contains(expected), "{told}");
    }
    docs.write("queue.md", &format!("{page}| Doors | Shut the doors at night. | |\n")).commit();
    let told = docs.ends(0, &["check", "HEAD~2..HEAD"]);
    let both = "; 2 changes are below that level (scope; 1 of them is a change of a reference).\n";
    assert!(told.contains(both), "{told}");
    docs.git(&["reset", "-q", "--hard", "HEAD~1"]);
    let lowers = "version: 1\nlevels: [{kind: added, level: wording}]\n";
    docs.write("queue.md", PAGE).write("respdiff.yaml", lowers).commit();
    docs.write("queue.md", &page).commit();
    docs.ends(0, &["check", "HEAD~1..HEAD", "--fail-on", "scope"]);
}

#[test]
fn a_result_in_a_file_has_its_last_line_beside_it() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let failed = "Failed: 1 change at level boundary is not acknowledged.\n";
    for format in ["text", "sarif", "junit", "markdown", "json"] {
        let args = ["check", "HEAD~1..HEAD", "-o", "out", "--format", format];
        let (code, out, err) = docs.run(&args);
        assert!(code == 1 && out.is_empty(), "{format}: {out}");
        assert!(err.starts_with(&format!("Wrote out.\n{failed}")), "{format}: {err}");
    }
    let told = docs.ends(1, &["HEAD~1..HEAD", "--exit-code", "-o", "out", "--format", "json"]);
    assert_eq!(told, "Wrote out.\n1 duty moved to you, in 1 page.\n");
    let told = docs.ends(0, &["lint", "-o", "out", "--format", "sarif"]);
    assert!(
        told.ends_with("Wrote out.\n2 findings (2 warnings) in 1 responsibility page.\n"),
        "{told}"
    );
}

#[test]
fn a_pager_changes_nothing() {
    let docs = Docs::new();
    docs.write("queue.md", &moved());
    for env in [vec![], vec![("GIT_PAGER", "false")], vec![("PAGER", "cat")]] {
        let (code, out, _) = docs.run_with(&["check"], &env);
        assert_eq!(code, 1);
        let (code, plain, _) = docs.run_with(&["check", "--no-pager"], &env);
        assert_eq!((code, plain), (1, out));
    }
    // on a terminal, as far as `script` can make one
    let script = Command::new("script")
        .args(["-qec", &format!("{} check", env!("CARGO_BIN_EXE_respdiff")), "/dev/null"])
        .current_dir(docs.root())
        .env("GIT_PAGER", "cat")
        .output();
    if let Ok(output) = script {
        assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stdout));
    }
}

#[test]
fn what_cannot_be_known_is_two() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let shallow = docs.beside("shallow");
    let from = format!("file://{}", docs.root().display());
    docs.git(&["clone", "-q", "--depth", "1", &from, shallow.to_str().unwrap()]);
    let (code, out, err) = docs.run(&["-C", shallow.to_str().unwrap(), "check", "HEAD~1..HEAD"]);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("fetch-depth: 0"), "{err}");
    let told = docs.ends(2, &["check", "--baseline", "nowhere"]);
    assert!(told.contains("the baseline `nowhere` does not exist"), "{told}");
    let told = docs.ends(2, &["check", "HEAD~1..HEAD", "--", "nowhere.md"]);
    assert!(told.contains("no markdown file matches `nowhere.md`"), "{told}");
    docs.write("guide.md", "# Guide\n\nWalk.\n").commit();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD", "--", "guide.md"]);
    assert!(told.contains("assigns responsibilities, neither in HEAD~1 nor in HEAD"), "{told}");
    docs.ends(0, &["check", "HEAD~1..HEAD"]);
    docs.write("respdiff.yaml", "version: 1\ngates: {}\n");
    let told = docs.ends(2, &["check"]);
    assert!(told.contains("respdiff.yaml:2:1: unknown key `gates`"), "{told}");
    assert!(told.contains("did you mean `gate`?"), "{told}");
    docs.write("respdiff.yaml", HEADER);
    docs.write(".respdiff/acks.yaml", "version: 1\nacks: [{id: 12}]\n");
    docs.ends(2, &["check"]);
}

#[test]
fn a_policy_that_was_broken_before_is_told_as_that() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", "version: 1\ngates: {}\n").commit();
    docs.write("respdiff.yaml", HEADER).commit();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("HEAD~1:respdiff.yaml:2:1") && told.contains("--config"), "{told}");
    docs.ends(0, &["check", "HEAD~1..HEAD", "--config", "respdiff.yaml"]);
}

#[test]
fn nobody_silences_their_own_change() {
    let docs = Docs::new();
    let silent = "version: 1\nlevels:\n  - level: 'off'\nsources: [nothing]\n";
    docs.write("queue.md", &moved()).write("respdiff.yaml", silent).commit();
    // the page leaves the sources, which is no answer either
    let told = docs.ends(2, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("; 1 change at level boundary is not acknowledged."), "{told}");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    let looser = "looser, so it applies after the merge";
    let edit = format!("respdiff.yaml: new in levels: {{level: off}}; {looser}");
    assert!(told.contains(&edit), "{told}");
    assert!(told.contains(&format!("respdiff.yaml: new in sources: nothing; {looser}")), "{told}");
    let told = docs.ends(2, &["check", "HEAD~1..HEAD", "--format", "markdown"]);
    assert!(told.contains("- `respdiff.yaml`: new in sources: nothing; "), "{told}");
    // templates' texts of the new side would make the duty vanish
    let hides = "version: 1\nplaceholders: ['copy every queue*']\n";
    docs.write("respdiff.yaml", hides).commit();
    docs.ends(1, &["check", "HEAD~2..HEAD"]);
    // once merged it counts
    let docs = Docs::new();
    docs.write("respdiff.yaml", "version: 1\nlevels: [{kind: moved, level: wording}]\n").commit();
    docs.write("queue.md", &moved()).commit();
    docs.ends(0, &["check", "HEAD~1..HEAD"]);
    // the user's own file counts as it is
    let own = docs.beside("own.yaml");
    fs::write(&own, "version: 1\nalert: {targets: []}\n").unwrap();
    docs.ends(1, &["check", "HEAD~1..HEAD", "--config", own.to_str().unwrap()]);
    let (code, ..) =
        docs.run_with(&["check", "HEAD~1..HEAD"], &[("RESPDIFF_CONFIG", own.to_str().unwrap())]);
    assert_eq!(code, 1);
}

#[test]
fn a_policy_applies_to_what_is_read_and_told() {
    let docs = Docs::new();
    let page = PAGE.replace("IBM resp", "Platform team resp").replace("Your resp", "Tenant resp");
    docs.write("queue.md", &page).write("drafts/queue.md", PAGE).commit();
    // nobody can read it any more, but this range did not break it
    let told = docs.ends(0, &["check", "HEAD..HEAD", "--", "queue.md"]);
    assert!(told.contains("Platform team"), "{told}");
    let policy = "\
version: 1
sources: [':!drafts']
parties: {Platform team: ibm, Tenant: customer}
levels: [{kind: reworded, level: 'off'}]
";
    docs.write("respdiff.yaml", policy).commit();
    let shown = docs.ends(0, &["show"]);
    assert!(shown.contains("queue.md, edition") && !shown.contains("drafts"), "{shown}");
    docs.write("queue.md", &page.replace("no longer need", "do not need")).commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(
        told.contains("leaves out (1 change") && told.contains("no duty changed between"),
        "{told}"
    );
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("1 change is left out by the policy"), "{told}");
    assert!(docs.ends(0, &["blame"]).contains("IBM"));
    assert!(!docs.ends(0, &["lint"]).contains("drafts"));
    assert!(docs.ends(0, &["log", "--oneline"]).contains("queue.md"));
}

#[test]
fn json_fits_its_schema_and_sarif_the_standard_s() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", HEADER).write("queue.md", &moved());
    let read = |format: &str| {
        let (code, out, _) = docs.run(&["check", "--format", format]);
        assert_eq!(code, 1);
        serde_json::from_str::<Value>(&out).unwrap()
    };
    let told = read("json");
    let schema: Value = serde_json::from_str(&stdout(&["schema", "check"])).unwrap();
    let fits = jsonschema::validate(&schema, &told);
    assert!(fits.is_ok(), "{fits:?}");
    assert_eq!((&told["verdict"], &told["summary"]["fails"]), (&"failed".into(), &1.into()));
    let sarif = include_str!("../data/sarif-schema-2.1.0.json").replace("{2}]?$", "{2}\\\\]?$");
    let sarif: Value = serde_json::from_str(&sarif).unwrap();
    let told = read("sarif");
    let fits = jsonschema::validate(&sarif, &told);
    assert!(fits.is_ok(), "{fits:?}");
}

#[test]
fn github_gets_annotations_and_a_summary() {
    let docs = Docs::new();
    docs.write("queue.md", &moved());
    let summary = docs.beside("summary.md");
    let env = [("GITHUB_STEP_SUMMARY", summary.to_str().unwrap())];
    let (code, out, _) = docs.run_with(&["check", "--format", "github"], &env);
    assert_eq!(code, 1);
    assert!(out.starts_with("::error file=queue.md,line=15,title=boundary%3A duty moved"), "{out}");
    let told = fs::read_to_string(&summary).unwrap();
    assert!(told.starts_with("## ❌ Responsibilities\n"), "{told}");
    // in text nothing is written beside the result, unless asked for
    docs.run_with(&["check"], &env);
    assert_eq!(fs::read_to_string(&summary).unwrap(), told);
    docs.run_with(&["check", "--summary", summary.to_str().unwrap()], &[]);
    assert_eq!(fs::read_to_string(&summary).unwrap(), told.repeat(2));
}

#[test]
fn many_changes_stay_within_the_limits() {
    let docs = Docs::new();
    let rows = |moved: bool| {
        let row = |number: usize| {
            let duty = format!("Seal pipe number {number} of hall {number} each night.");
            if moved {
                format!("| Pipe {number} | | {duty} |\n")
            } else {
                format!("| Pipe {number} | {duty} | |\n")
            }
        };
        format!("{PAGE}{}", (1..=30).map(row).collect::<String>())
    };
    docs.write("queue.md", &rows(false)).commit().write("queue.md", &rows(true));
    let told = docs.ends(1, &["check", "--format", "github"]);
    let count = |command: &str| told.lines().filter(|line| line.starts_with(command)).count();
    // the date that did not change, and the line about the rest
    assert_eq!((count("::error "), count("::notice ")), (10, 2), "{told}");
    assert!(told.contains("title=stamp-unchanged::"), "{told}");
    assert!(told.contains("::notice title=respdiff::20 more: "), "{told}");
    for format in ["junit", "markdown", "text"] {
        let told = docs.ends(1, &["check", "--format", format]);
        assert!(told.matches("Seal pipe").count() >= 30, "{told}");
    }
}
