//! Duties as rows, several repositories in one run, and controls.

use std::fs;

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::{demo_folder, refused, respdiff, stdout};

const POLICY: &str = "\
version: 1
controls:
  - {area: 'oper*', task: Backups, ids: [cp-9, 'pci:12.8.5']}
  - {document: '*.md', ids: cp-9}
  - {task: 'Nothing here', ids: xx-1}
";

fn rows(csv: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(csv.as_bytes()).records().collect::<Result<_, _>>().unwrap()
}

fn duties_of_json(folder: &str) -> usize {
    let told = stdout(&["-C", folder, "show", "--format", "json", "HEAD"]);
    told.matches("\"party\":").count()
}

#[test]
fn one_duty_is_one_row_of_show_and_of_blame() {
    let demo = demo_folder().to_str().unwrap();
    let shown = stdout(&["-C", demo, "show", "--format", "csv", "HEAD"]);
    assert_eq!(shown, stdout(&["-C", demo, "blame", "--format", "csv", "HEAD"]));
    assert_eq!(rows(&shown).len(), duties_of_json(demo));
    assert!(
        shown.starts_with("repository,document,title,subcollection,edition,section,area,task,")
    );
    let moved = stdout(&["-C", demo, "blame", "--moved", "--format", "csv"]);
    let row = &rows(&moved)[0];
    assert_eq!(&row[8], "customer");
    assert_eq!((&row[15], &row[16], &row[18]), ("2025-01-15", "moved", "2025-01-15"));
    let blamed = stdout(&["-C", demo, "blame", "--moved", "--format", "json"]);
    assert!(blamed.contains(&format!("\"id\": \"{}\"", &row[12])), "the id is blame's");
}

#[test]
fn lines_of_json_fit_their_schema() {
    let demo = demo_folder().to_str().unwrap();
    let schema: Value = serde_json::from_str(&stdout(&["schema", "duty"])).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let told = stdout(&["-C", demo, "show", "--format", "jsonl", "HEAD"]);
    assert_eq!(told.lines().count(), duties_of_json(demo));
    for line in told.lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        assert!(schema.is_valid(&line), "{line}");
    }
}

#[test]
fn a_file_has_rows_without_a_history() {
    let docs = Docs::new();
    let (code, told, _) = docs.run(&["show", "--no-index", "queue.md", "--format", "csv"]);
    assert_eq!(code, 0);
    assert_eq!(rows(&told).len(), 6);
    assert!(rows(&told).iter().all(|row| row[12].is_empty() && row[16].is_empty()));
}

#[test]
fn no_cell_is_a_formula() {
    let docs = Docs::new();
    let page = PAGE.replace("Subscribe to the alerts.", "=HYPERLINK(\"http://a\") the alerts.");
    docs.write("queue.md", &page.replace("| Alerts", "| @Alerts")).commit();
    for command in ["show", "blame"] {
        let told = docs.ends(0, &[command, "--format", "csv"]);
        let cells: Vec<_> = rows(&told).into_iter().collect();
        assert!(told.contains("'=HYPERLINK") && told.contains("'@Alerts"), "{told}");
        let formula = |cell: &str| cell.starts_with(['=', '+', '-', '@']);
        assert!(!cells.iter().any(|row| row.iter().any(formula)), "{told}");
    }
}

#[test]
fn several_repositories_are_one_table() {
    let demo = demo_folder().to_str().unwrap();
    let docs = Docs::new();
    let other = docs.root().to_str().unwrap();
    let one = rows(&stdout(&["-C", demo, "blame", "--format", "csv"])).len();
    for command in ["show", "blame"] {
        let told = stdout(&["-C", demo, "-C", other, command, "--format", "csv"]);
        let rows = rows(&told);
        assert_eq!(rows.iter().filter(|row| &row[0] == demo).count(), one);
        assert_eq!(rows.iter().filter(|row| &row[0] == other).count(), 6);
    }
    let schema: Value = serde_json::from_str(&stdout(&["schema", "repositories"])).unwrap();
    for command in ["show", "blame", "lint", "check"] {
        let told = stdout(&["-C", demo, "-C", other, command, "--format", "json"]);
        let told: Value = serde_json::from_str(&told).unwrap();
        assert!(jsonschema::is_valid(&schema, &told), "{command}: {told}");
        assert_eq!(told["repositories"].as_array().map(Vec::len), Some(2));
        let text = stdout(&["-C", demo, "-C", other, command]);
        assert_eq!(text.matches("━━ ").count(), 2, "{command}: {text}");
    }
    let yaml = stdout(&["-C", demo, "-C", other, "show", "--format", "yaml"]);
    assert!(yaml.starts_with("schema: respdiff.repositories/1\n"), "{yaml}");
}

#[test]
fn one_repository_that_fails_does_not_stop_the_others() {
    let demo = demo_folder().to_str().unwrap();
    for command in ["show", "blame", "lint", "check"] {
        let output = respdiff().args(["-C", demo, "-C", "no-such", command]).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{command}");
        let told = String::from_utf8(output.stderr).unwrap();
        assert!(told.contains("error: no such folder: no-such\n"), "{command}: {told}");
        assert!(!output.stdout.is_empty(), "{command}");
    }
    let message = refused(&["-C", demo, "-C", demo, "check", "--format", "sarif"]);
    assert!(message.contains("as text or JSON"), "{message}");
}

#[test]
fn check_judges_each_repository_by_its_own_policy() {
    let (strict, lax) = (Docs::new(), Docs::new());
    lax.write("respdiff.yaml", "version: 1\nlevels: [{level: 'off'}]\n").commit();
    for docs in [&strict, &lax] {
        docs.write("queue.md", &moved());
    }
    let (a, b) = (strict.root().to_str().unwrap(), lax.root().to_str().unwrap());
    let run = |places: &[&str]| {
        let output = respdiff().args(places).args(["check", "--format", "json"]).output().unwrap();
        let told: Value = serde_json::from_slice(&output.stdout).unwrap();
        let of = |at: usize| told["repositories"][at]["result"]["verdict"].clone();
        (output.status.code(), of(0), of(1))
    };
    assert_eq!(run(&["-C", b, "-C", b]), (Some(0), "passed".into(), "passed".into()));
    assert_eq!(run(&["-C", a, "-C", b]), (Some(1), "failed".into(), "passed".into()));
}

#[test]
fn controls_stand_in_every_machine_format_and_in_the_report() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", POLICY).commit();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-01-12")).commit();
    let both = "cp-9";
    for arguments in [
        &["HEAD~1..HEAD", "--format", "json"][..],
        &["HEAD~1..HEAD", "--format", "csv"],
        &["log", "--format", "json"],
        &["log", "--format", "jsonl"],
        &["log", "--format", "csv"],
        &["blame", "--format", "json"],
        &["show", "--format", "json"],
        &["show", "--format", "yaml"],
        &["show", "--format", "csv"],
        &["show", "--format", "jsonl"],
        &["notes", "--format", "json"],
        &["report", "--output", "-"],
        &["report", "HEAD~1..HEAD", "--output", "-"],
    ] {
        let told = docs.ends(0, arguments);
        assert!(told.contains(both) && told.contains("pci:12.8.5"), "{arguments:?}\n{told}");
    }
    for format in ["json", "sarif"] {
        let told = docs.ends(1, &["check", "HEAD~1..HEAD", "--format", format]);
        assert!(told.contains("pci:12.8.5"), "{format}: {told}");
    }
    let schemas =
        [("diff", "HEAD~1..HEAD"), ("blame", "blame"), ("matrix", "show"), ("log", "log")];
    for (schema, command) in schemas {
        let schema: Value = serde_json::from_str(&stdout(&["schema", schema])).unwrap();
        let told: Value =
            serde_json::from_str(&docs.ends(0, &[command, "--format", "json"])).unwrap();
        assert!(jsonschema::is_valid(&schema, &told), "{command}");
    }
}

#[test]
fn notes_by_control_have_an_entry_a_control() {
    let docs = Docs::new();
    let message = docs.ends(2, &["notes", "--by", "control"]);
    assert!(message.contains("--by control needs `controls`"), "{message}");
    docs.write("respdiff.yaml", "version: 1\ncontrols: [{area: Operations, ids: ac-2}]\n");
    let told = docs.ends(2, &["notes", "--by", "control"]);
    let note = "note: the respdiff.yaml in the working tree is not committed, so it does not apply";
    assert!(told.starts_with(note), "{told}");
    docs.write("respdiff.yaml", POLICY).commit();
    docs.write("queue.md", &moved()).commit();
    let told = docs.ends(0, &["notes", "--by", "control", "HEAD~1..HEAD"]);
    assert!(told.contains("## cp-9\n") && told.contains("## pci:12.8.5\n"), "{told}");
    assert!(!told.contains("Without a control"), "{told}");
    docs.write("respdiff.yaml", "version: 1\ncontrols: [{task: None, ids: xx-1}]\n").commit();
    let told = docs.ends(0, &["notes", "--by", "control", "HEAD~2..HEAD"]);
    assert!(told.contains("## Without a control\n"), "{told}");
    // an older version has its own policy
    let told = docs.ends(2, &["notes", "--by", "control", "HEAD~3"]);
    let error = "error: the respdiff.yaml of HEAD~3 has no `controls`\n\
                 hint: to use the respdiff.yaml of the working tree, add `--config respdiff.yaml`\n";
    assert_eq!(told, error);
    docs.ends(0, &["notes", "--by", "control", "HEAD~3", "--config", "respdiff.yaml"]);
}

#[test]
fn slips_in_controls_are_told_and_rules_that_match_nothing_too() {
    let docs = Docs::new();
    let told = |text: &str, code: i32| {
        docs.write("respdiff.yaml", text);
        docs.ends(code, &["config", "check"])
    };
    let good = told(POLICY, 0);
    assert!(
        good.starts_with("respdiff.yaml is valid.\nwarning: respdiff.yaml: controls[2] {"),
        "{good}"
    );
    assert_eq!(good.matches("warning:").count(), 1, "{good}");
    let error = told("version: 1\ncontrols: [{area: a, id: ac-2}]\n", 2);
    assert!(error.contains("respdiff.yaml:2:22: controls[0]: unknown key `id`"), "{error}");
    assert!(error.contains("did you mean `ids`?"), "{error}");
    let error = told("version: 1\ncontrols: [{area: a, ids: ['']}]\n", 2);
    assert!(error.contains("a control id is empty"), "{error}");
    for command in ["show", "blame"] {
        assert!(docs.ends(2, &[command]).contains("a control id is empty"), "{command}");
    }
}

#[test]
fn a_workbook_is_written_whole_and_the_same_each_time() {
    let demo = demo_folder().to_str().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    for name in ["a.xlsx", "b.xlsx"] {
        stdout(&["-C", demo, "show", "HEAD", "--format", "xlsx", "--output", &file(name)]);
    }
    let bytes = fs::read(file("a.xlsx")).unwrap();
    assert!(bytes.starts_with(b"PK"));
    assert_eq!(bytes, fs::read(file("b.xlsx")).unwrap());
    let output = respdiff().args(["-C", demo, "blame", "HEAD", "--format", "xlsx"]).output();
    assert_eq!(bytes, output.unwrap().stdout, "standard output is a pipe here");
    let csv = file("c.csv");
    stdout(&["-C", demo, "show", "--format", "csv", "-o", &csv]);
    assert!(fs::read_to_string(csv).unwrap().starts_with("repository,"));
    for command in ["show", "blame"] {
        stdout(&["-C", demo, command, "--output", &file("d")]);
        let expected = stdout(&["-C", demo, command, "--width", "80"]);
        assert_eq!(fs::read_to_string(file("d")).unwrap(), expected);
    }
}

#[test]
fn an_export_without_the_duties_of_a_table_says_so() {
    let docs = Docs::new();
    let broken =
        PAGE.replace("IBM responsibilities", "Tier A").replace("Your responsibilities", "Tier B");
    docs.write("broken.md", PAGE).commit();
    docs.write("broken.md", &broken).commit();
    for command in ["show", "blame"] {
        for format in ["csv", "jsonl"] {
            let (code, out, err) = docs.run(&[command, "HEAD", "--format", format]);
            assert_eq!(code, 2, "{err}");
            assert!(err.contains("broken.md:12: ") && err.contains(":!PATH"), "{err}");
            assert!(out.contains("Copy every queue"), "what can be read: {out}");
        }
        let file = docs.root().join("out.xlsx");
        let path = file.to_str().unwrap();
        let (code, _, err) = docs.run(&[command, "HEAD", "--format", "xlsx", "--output", path]);
        assert!(code == 2 && err.contains("is not written") && !file.exists(), "{err}");
        let without = ["--", ":!broken.md"];
        let args =
            [&[command, "HEAD", "--format", "xlsx", "--output", path], &without[..]].concat();
        assert_eq!(docs.run(&args).0, 0);
        std::fs::remove_file(&file).unwrap();
    }
    let (code, _, err) = docs.run(&["oscal", "HEAD", "--output", "set"]);
    assert!(
        code == 2 && err.contains("broken.md:12: ") && !docs.root().join("set").exists(),
        "{err}"
    );
    let (code, out, err) = docs.run(&["oscal", "--diff", "HEAD~1..HEAD"]);
    assert!(code == 2 && out.is_empty() && err.contains("HEAD: broken.md:12: "), "{err}");
    docs.ends(0, &["oscal", "HEAD", "--output", "set", "--", ":!broken.md"]);
}
