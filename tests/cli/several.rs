//! Several repositories in one run (`-C` repeated), in the commands that write or search.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

use super::{refused, respdiff, stdout};

/// Two repositories with one page each, side by side.
fn two_repositories() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in ["vault", "queue"] {
        let into = folder.path().join(name);
        respdiff().args(["demo", into.to_str().unwrap()]).assert().success();
    }
    folder
}

#[track_caller]
fn run_in(folder: &Path, args: &[&str]) -> (String, String, Option<i32>) {
    let both = ["-C", "vault", "-C", "queue"];
    let output = respdiff().current_dir(folder).args(both).args(args).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (text(output.stdout), text(output.stderr), output.status.code())
}

#[test]
fn notes_stand_under_the_name_of_their_repository() {
    let folder = two_repositories();
    let (notes, _, code) = run_in(folder.path(), &["notes", "HEAD~3..HEAD~2"]);
    assert_eq!(code, Some(0));
    let titles: Vec<_> = notes.lines().filter(|line| line.starts_with("# ")).collect();
    assert_eq!(titles, ["# vault", "# queue"]);
    assert_eq!(notes.matches("### Moved to you").count(), 2, "{notes}");
    let (json, _, _) = run_in(folder.path(), &["notes", "--format", "json"]);
    let schema: Value = serde_json::from_str(&stdout(&["schema", "repositories"])).unwrap();
    let json: Value = serde_json::from_str(&json).unwrap();
    assert!(jsonschema::is_valid(&schema, &json), "{json}");
    assert_eq!(json["repositories"][1]["result"]["schema"], "respdiff.notes/1");
    for format in ["html", "atom"] {
        let (_, message, code) = run_in(folder.path(), &["notes", "--format", format]);
        assert_eq!(code, Some(2));
        assert!(message.contains("is about one repository\nhint: run respdiff once"), "{message}");
    }
}

#[test]
fn each_changelog_gets_the_notes_of_its_own_repository() {
    let folder = two_repositories();
    let asked = ["notes", "--prepend", "NEWS.md"];
    let (_, message, code) = run_in(folder.path(), &asked);
    assert_eq!(code, Some(0), "{message}");
    assert_eq!(message, "vault/NEWS.md: 4 entries added\nqueue/NEWS.md: 4 entries added\n");
    let news = |name| fs::read_to_string(folder.path().join(name).join("NEWS.md")).unwrap();
    assert_eq!(news("vault"), news("queue"));
    assert!(run_in(folder.path(), &asked).1.contains("queue/NEWS.md: nothing new"));
    let (_, message, _) = run_in(folder.path(), &["notes", "--prepend", "/tmp/NEWS.md"]);
    assert!(message.contains("several repositories cannot share one absolute folder"), "{message}");
}

#[test]
fn oscal_writes_a_folder_for_each_repository() {
    let folder = two_repositories();
    let (_, message, code) = run_in(folder.path(), &["oscal", "--output", "sets"]);
    assert_eq!(code, Some(0), "{message}");
    for name in ["vault", "queue"] {
        assert!(folder.path().join("sets").join(name).join("catalogs").is_dir());
    }
    let (json, _, _) = run_in(folder.path(), &["oscal", "--diff", "HEAD~3..HEAD~2"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["repositories"][0]["result"]["schema"], "respdiff.oscal-changes/1");
    let twice = ["-C", "vault", "-C", "./vault", "oscal", "--output", "other"];
    let output = respdiff().current_dir(folder.path()).args(twice).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(!folder.path().join("other").exists());
}

#[test]
fn snapshots_are_stored_in_each_repository() {
    let folder = two_repositories();
    let (shown, _, code) = run_in(folder.path(), &["snapshot"]);
    assert_eq!(code, Some(0), "{shown}");
    assert_eq!(shown.matches("1 page stored, 0 pages unchanged.").count(), 2, "{shown}");
    for name in ["vault", "queue"] {
        let stored = folder.path().join(name).join("snapshots/responsibilities.md.yaml");
        assert!(stored.is_file());
    }
    let (_, _, code) = run_in(folder.path(), &["check", "--baseline", "snapshots"]);
    assert_eq!(code, Some(0));
}

#[test]
fn explain_looks_for_the_change_in_every_repository() {
    let folder = two_repositories();
    let vault = ["-C", "vault", "diff", "--format", "json", "HEAD~3..HEAD~2"];
    let output = respdiff().current_dir(folder.path()).args(vault).output().unwrap();
    let json: Value = serde_json::from_slice(&output.stdout).unwrap();
    let id = json["documents"][0]["changes"][0]["id"].as_str().unwrap();
    let (text, _, code) = run_in(folder.path(), &["explain", id, "HEAD~3..HEAD~2"]);
    assert_eq!((text.matches("━━ ").count(), code), (2, Some(0)), "{text}");
    let (json, _, _) =
        run_in(folder.path(), &["explain", id, "HEAD~3..HEAD~2", "--format", "json"]);
    let json: Value = serde_json::from_str(&json).unwrap();
    assert_eq!(json["repositories"][0]["result"]["changes"][0]["change"]["id"], id);
    let (shown, message, code) = run_in(folder.path(), &["explain", "0000", "HEAD~3..HEAD~2"]);
    assert_eq!((shown.as_str(), code), ("", Some(2)));
    assert!(message.contains("has the id `0000` in any repository"), "{message}");
}

#[test]
fn a_command_about_one_repository_says_so() {
    let ack = ["ack", "3f9a", "--by", "Ada", "--reason", "agreed"];
    let expected: [(&[&str], &str); 6] = [
        (&ack, "an acknowledgement belongs to one repository"),
        (&["config", "show"], "`config show` prints the policy of one repository"),
        (&["config", "schema"], "this command reads no repository"),
        (&["demo"], "demo writes one repository"),
        (&["schema"], "this command reads no repository"),
        (&["man"], "this command reads no repository"),
    ];
    for (asked, reason) in expected {
        let message = refused(&[&["-C", "a", "-C", "b"], asked].concat());
        assert!(message.contains(reason), "{message}");
        assert!(message.contains("\nhint: "), "{message}");
    }
}

#[test]
fn a_folder_that_is_not_there_is_named_once() {
    let folder = two_repositories();
    let (_, message, code) = run_in(folder.path(), &["-C", "none", "lint"]);
    assert_eq!(code, Some(2));
    assert!(message.starts_with("error: no such folder: none\nhint: "), "{message}");
}

#[test]
fn ack_prune_and_config_check_read_each_repository() {
    let folder = two_repositories();
    let (shown, _, code) = run_in(folder.path(), &["ack", "--prune", "HEAD~1..HEAD"]);
    assert_eq!((shown.matches("━━ ").count(), code), (2, Some(0)), "{shown}");
    assert_eq!(shown.matches("Nothing removed: .respdiff/acks.yaml has no ").count(), 2, "{shown}");
    let broken = folder.path().join("queue/respdiff.yaml");
    fs::write(broken, "version: 1\nsorces: [docs]\n").unwrap();
    let (shown, message, code) = run_in(folder.path(), &["config", "check"]);
    assert_eq!(code, Some(2));
    assert!(shown.contains("No respdiff.yaml found"), "{shown}");
    assert!(message.starts_with("error: queue: "), "{message}");
}

#[test]
fn checks_of_several_repositories_end_with_how_many_passed() {
    let folder = two_repositories();
    let end = |range: &str| run_in(folder.path(), &["check", range]).0;
    assert!(end("HEAD~4..HEAD~3").ends_with("\n\n2 repositories: 2 passed.\n"));
    assert!(end("HEAD~5..HEAD").ends_with("\n2 repositories: 2 failed.\n"));
    assert!(end("HEAD~99..HEAD").ends_with("2 repositories: 2 could not be checked.\n"));
}

#[test]
fn text_about_several_repositories_ends_with_what_they_came_to() {
    let folder = two_repositories();
    let page = folder.path().join("queue/responsibilities.md");
    let broken =
        fs::read_to_string(&page).unwrap().replacen("within 4 hours. |", "within 9 hours.", 1);
    fs::write(page, broken).unwrap();
    let cases: [(&[&str], &str); 10] = [
        (&["HEAD~5..HEAD"], "2 with changes"),
        (&["HEAD", "--oneline"], "1 with changes, 1 without a change"),
        (&["HEAD~5..HEAD", "--kind", "relocated"], "2 without a matching change"),
        (&["HEAD", "--explain"], "1 with changes, 1 without a change"),
        (&["HEAD", "--view", "split"], "1 with changes, 1 without a change"),
        (&["log", "--kind", "moved", "--oneline"], "2 with matching changes"),
        (&["log", "-1"], "2 with changes"),
        (&["stats", "HEAD~5..HEAD"], "2 counted"),
        (&["lint"], "1 with findings, 1 without a finding"),
        (&["log", "HEAD~99..HEAD"], "2 could not be read"),
    ];
    for (args, ending) in cases {
        let (shown, _, _) = run_in(folder.path(), args);
        let ending = format!("\n\n2 repositories: {ending}.\n");
        assert!(shown.ends_with(&ending), "{args:?}: {shown}");
    }
    // JSON and CSV have no such line
    for format in ["json", "csv"] {
        let (shown, _, _) = run_in(folder.path(), &["log", "--format", format]);
        assert!(!shown.contains("2 repositories: "), "{shown}");
    }
}
