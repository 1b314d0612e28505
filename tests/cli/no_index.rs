//! Two files, no repository.

use std::fs;

use serde_json::Value;

use super::{case, respdiff, stdout};

fn compared(old: &str, new: &str) -> Value {
    serde_json::from_str(&stdout(&["--no-index", "--format", "json", old, new])).unwrap()
}

#[test]
fn both_files_are_the_ends_and_one_document() {
    let (old, new) = (case("move-to-customer", "old.md"), case("move-to-customer", "new.md"));
    let told = compared(&old, &new);
    assert_eq!(told["from"], serde_json::json!({ "path": old }));
    assert_eq!(told["to"], serde_json::json!({ "path": new }));
    let document = &told["documents"][0];
    assert_eq!(document["status"], "modified");
    assert_eq!(document["changes"][0]["kind"], "moved");
    assert_eq!(document["changes"][0]["introduced"], Value::Null);
    assert_eq!(told["summary"]["burden"]["customer"], 1);
}

#[test]
fn an_absent_side_makes_all_duties_added_or_removed() {
    let page = case("date-only", "old.md");
    let told = compared("/dev/null", &page);
    assert_eq!(told["documents"][0]["status"], "added");
    assert_eq!(told["documents"][0]["from"], Value::Null);
    assert_eq!(told["summary"]["added"], 2);
    let told = compared(&page, "/dev/null");
    assert_eq!(told["documents"][0]["status"], "removed");
    assert_eq!(told["documents"][0]["path"], page);
    assert_eq!(told["summary"]["removed"], 2);
}

#[test]
fn a_file_is_not_different_from_itself() {
    let page = case("move-to-customer", "old.md");
    let text = stdout(&["--no-index", &page, &page]);
    assert!(text.starts_with("No duty changed between "), "{text}");
    assert!(text.ends_with(": 1 responsibility page read.\n"), "{text}");
}

#[test]
fn what_is_no_responsibility_page_is_said() {
    let text =
        stdout(&["--no-index", "/dev/null", concat!(env!("CARGO_MANIFEST_DIR"), "/Cargo.toml")]);
    assert!(text.starts_with("Nothing to compare: "), "{text}");
}

#[test]
fn names_of_the_user_stand_for_keyrefs() {
    let folder = tempfile::tempdir().unwrap();
    let table = |text: &str| {
        format!(
            "# T\n\n| Task | IBM responsibilities | Your responsibilities |\n|-|-|-|\n| A | {text} | |\n"
        )
    };
    fs::write(folder.path().join("a.md"), table("Run {{site.data.keyword.acmeq}} well.")).unwrap();
    fs::write(folder.path().join("b.md"), table("Run acme queue well.")).unwrap();
    fs::write(folder.path().join("k.yaml"), "keyword:\n  acmeq: Acme Queue\n").unwrap();
    let code = |more: &[&str]| {
        let mut run = respdiff();
        run.current_dir(folder.path()).args(["--no-index", "--exit-code", "a.md", "b.md"]);
        run.args(more).output().unwrap().status.code()
    };
    assert_eq!(code(&[]), Some(1));
    assert_eq!(code(&["--keyrefs", "k.yaml"]), Some(0));
    assert_eq!(code(&["--keyrefs", "no.yaml"]), Some(2));
}

#[test]
fn colour_only_where_it_is_wanted() {
    let (old, new) = (case("reworded-numbers", "old.md"), case("reworded-numbers", "new.md"));
    let run = |more: &[&str], variable: Option<&str>| {
        let mut run = respdiff();
        run.args(["--no-index", &old, &new]).args(more);
        if let Some(name) = variable {
            run.env(name, "1");
        }
        String::from_utf8(run.output().unwrap().stdout).unwrap().contains('\u{1b}')
    };
    assert!(!run(&[], None));
    assert!(run(&["--color", "always"], None));
    assert!(run(&[], Some("CLICOLOR_FORCE")));
    assert!(run(&["--color", "always"], Some("NO_COLOR")));
    assert!(!run(&["--color", "never"], Some("CLICOLOR_FORCE")));
}

#[test]
fn a_dash_is_standard_input() {
    let (old, new) = (case("move-to-customer", "old.md"), case("move-to-customer", "new.md"));
    let run = |arguments: &[&str]| {
        let output = respdiff().args(arguments).write_stdin(fs::read(&old).unwrap()).output();
        let output = output.unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    };
    let told: Value =
        serde_json::from_str(&run(&["--no-index", "-", &new, "--format", "json"])).unwrap();
    let files = compared(&old, &new);
    assert_eq!(told["documents"][0]["changes"], files["documents"][0]["changes"]);
    let back: Value =
        serde_json::from_str(&run(&["--no-index", &new, "-", "--format", "json"])).unwrap();
    assert_eq!(back["documents"][0]["changes"][0]["from"], "customer");
    assert!(run(&["show", "--no-index", "-"]).contains("customer"));
    assert!(run(&["lint", "--no-index", "-"]).contains("1 responsibility page"));
    respdiff().args(["--no-index", "-", "-"]).write_stdin("").assert().code(2);
}
