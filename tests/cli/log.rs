//! `respdiff log`, and several repositories in one run.

use std::fs;

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::{demo_folder, refused, respdiff, stdout};

fn demo() -> &'static str {
    demo_folder().to_str().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let all = [&["-C", demo(), "log", "--format", "json"], arguments].concat();
    serde_json::from_str(&stdout(&all)).unwrap()
}

/// The dates of the editions that are told.
fn dates(arguments: &[&str]) -> Vec<String> {
    let log = json(arguments);
    let documents = log["documents"].as_array().unwrap().iter();
    let editions = documents.flat_map(|document| document["editions"].as_array().unwrap());
    editions.map(|edition| edition["last_updated"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn json_is_that_of_the_contract_and_fits_its_schema() {
    let schema: Value = serde_json::from_str(&stdout(&["schema", "log"])).unwrap();
    let log = json(&[]);
    let errors: Vec<_> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&log)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    assert_eq!(log["schema"], "respdiff.log/1");
    let document = &log["documents"][0];
    assert_eq!(document["path"], "responsibilities.md");
    let editions = document["editions"].as_array().unwrap();
    assert_eq!(editions.len(), 6);
    assert_eq!(editions[0]["copyright"]["last"], 2025);
    assert_eq!(editions[3]["commits"].as_array().unwrap().len(), 2);
    assert_eq!(editions[2]["changes"][0]["kind"], "moved");
    assert_eq!(editions[1]["notices"][0]["code"], "stamp-only");
    assert_eq!(editions[5]["changes"], Value::Array(Vec::new()));
    assert_eq!(editions[5]["duties"]["ibm"], 6);
}

#[test]
fn lines_say_what_the_whole_says() {
    let lines = stdout(&["-C", demo(), "log", "--format", "jsonl"]);
    let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let whole = json(&[]);
    let editions = whole["documents"][0]["editions"].as_array().unwrap();
    assert_eq!(lines.len(), editions.len());
    for (line, edition) in lines.iter().zip(editions) {
        assert_eq!(line["document"], "responsibilities.md");
        for (field, value) in edition.as_object().unwrap() {
            assert_eq!(&line[field], value, "{field}");
        }
    }
}

#[test]
fn diff_tells_only_what_is_asked_for() {
    let kinds = |arguments: &[&str]| {
        let all = [&["-C", demo(), "diff", "--format", "json", "HEAD~5..HEAD"], arguments].concat();
        let diff: Value = serde_json::from_str(&stdout(&all)).unwrap();
        let documents = diff["documents"].as_array().unwrap().clone();
        let changes = documents.iter().flat_map(|one| one["changes"].as_array().unwrap().clone());
        let mut kinds: Vec<String> =
            changes.map(|change| change["kind"].as_str().unwrap().to_owned()).collect();
        kinds.dedup();
        kinds
    };
    assert!(kinds(&[]).len() > 1);
    assert_eq!(kinds(&["--kind", "moved"]), ["moved"]);
    assert!(!kinds(&["--party", "customer"]).is_empty());
    assert!(kinds(&["--party", "shared"]).is_empty());
    let none = ["-C", demo(), "diff", "HEAD~5..HEAD", "--party", "shared"];
    let told = stdout(&none);
    assert!(told.starts_with("No matching change between "), "{told}");
    for view in ["split", "table"] {
        let told = stdout(&[&none[..], &["--view", view]].concat());
        assert!(told.starts_with("No matching change between "), "{told}");
    }
    let code = |arguments: &[&str]| {
        let all = [&["-C", demo(), "diff", "HEAD~5..HEAD", "--exit-code"], arguments].concat();
        respdiff().args(all).output().unwrap().status.code()
    };
    assert_eq!((code(&["--kind", "moved"]), code(&["--party", "shared"])), (Some(1), Some(0)));
}

#[test]
fn what_is_asked_for_is_told() {
    assert_eq!(dates(&["-n", "2"]), ["2025-04-16", "2025-03-04"]);
    assert_eq!(dates(&["-n", "2", "--reverse"]), ["2025-03-04", "2025-04-16"]);
    assert_eq!(dates(&["--since", "2025-02"]), ["2025-04-16", "2025-03-04"]);
    assert_eq!(dates(&["--since", "2024-09", "--until", "2024"]), ["2024-09-02"]);
    // an edition of September 2024, of which a later commit only changed the formatting
    let by_commit = ["--since", "2024-11-18", "--until", "2024-11-18", "--by", "commit"];
    assert_eq!(dates(&by_commit), ["2024-09-02"]);
    assert_eq!(dates(&["--kind", "moved"]), ["2025-01-15"]);
    assert_eq!(dates(&["--kind", "moved,reworded"]), ["2025-01-15", "2024-09-02"]);
    assert_eq!(dates(&["--kind", "added", "--party", "customer"]), ["2025-04-16", "2024-06-10"]);
    assert_eq!(dates(&["--area", "INCIDENT", "--kind", "reworded"]), ["2024-09-02"]);
    assert_eq!(dates(&["HEAD~2..HEAD"]), ["2025-04-16", "2025-03-04"]);
    assert!(dates(&["--", "getting-started.md"]).is_empty());
}

#[test]
fn a_page_says_how_many_of_its_editions_are_shown() {
    let head = |arguments: &[&str]| {
        let told = stdout(&[&["-C", demo(), "log"], arguments].concat());
        told.lines().nth(1).unwrap().to_owned()
    };
    assert_eq!(head(&[]), "responsibilities.md, 6 editions");
    assert_eq!(head(&["-n", "2"]), "responsibilities.md, 2 of 6 editions");
    assert_eq!(head(&["--kind", "moved"]), "responsibilities.md, 1 of 6 editions");
}

#[test]
fn days_that_are_none_are_refused() {
    let message = refused(&["-C", demo(), "log", "--since", "soon"]);
    assert_eq!(
        message,
        "error: `soon` is not a date\nhint: write it as 2024-05-31, 2024-05 or 2024\n"
    );
}

#[test]
fn exit_code_1_is_asked_for() {
    let code = |arguments: &[&str]| {
        respdiff().args(["-C", demo(), "log", "--exit-code"]).args(arguments).output().unwrap()
    };
    assert_eq!(code(&[]).status.code(), Some(1));
    assert_eq!(code(&["--format", "jsonl"]).status.code(), Some(1));
    assert_eq!(code(&["--until", "2023"]).status.code(), Some(0));
}

#[test]
fn nothing_found_is_said() {
    let told = stdout(&["-C", demo(), "log", "--", "getting-started.md"]);
    assert_eq!(told, "No responsibility page found among the given paths in 8 commits.\n");
}

#[test]
fn one_bad_repository_does_not_stop_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    fs::write(&list, format!("# ours\n\n./missing\n{}\n", demo())).unwrap();
    let list = list.to_str().unwrap();
    let schema: Value = serde_json::from_str(&stdout(&["schema", "repositories"])).unwrap();
    for arguments in [&["log"][..], &["diff", "HEAD~5..HEAD"]] {
        let all = [&["--repos", list], arguments, &["--format", "json"]].concat();
        let run = respdiff().args(all).output().unwrap();
        assert_eq!(run.status.code(), Some(2));
        let message = String::from_utf8(run.stderr).unwrap();
        assert!(message.starts_with("error: ./missing: "), "{message}");
        let told: Value = serde_json::from_slice(&run.stdout).unwrap();
        assert!(jsonschema::is_valid(&schema, &told));
        assert_eq!(told["schema"], "respdiff.repositories/1");
        let repositories = told["repositories"].as_array().unwrap();
        assert_eq!(repositories[0]["path"], "./missing");
        assert!(repositories[0]["error"].is_string() && repositories[0]["result"].is_null());
        assert!(repositories[1]["error"].is_null());
        let path = &repositories[1]["result"]["documents"][0]["path"];
        assert_eq!(path, "responsibilities.md");
    }
    let run = respdiff().args(["--repos", list, "log", "--format", "jsonl"]).output().unwrap();
    let first = String::from_utf8(run.stdout).unwrap();
    let line: Value = serde_json::from_str(first.lines().next().unwrap()).unwrap();
    assert_eq!(line["repository"], demo());
}

#[test]
fn what_no_edition_has_is_told_with_what_was_read() {
    for filter in [["--kind", "relocated"], ["--party", "shared"]] {
        let told = stdout(&[&["-C", demo(), "log"][..], &filter].concat());
        assert_eq!(
            told,
            "None of the 6 editions has a matching change (1 page, 8 commits read).\n"
        );
    }
    let expected = "None of the 6 editions is in that period (1 page, 8 commits read).\n";
    assert_eq!(stdout(&["-C", demo(), "log", "--since", "2040"]), expected);
    assert_eq!(stdout(&["-C", demo(), "stats", "--since", "2040"]), expected);
    let expected = "No responsibility page found among the given paths in 8 commits.\n";
    for command in ["log", "stats"] {
        assert_eq!(stdout(&["-C", demo(), command, "--", "getting-started.md"]), expected);
    }
}

#[test]
fn several_folders_are_told_one_after_the_other() {
    let told = stdout(&["-C", demo(), "-C", demo(), "log", "--oneline"]);
    let headings = told.lines().filter(|line| line.starts_with("━━ ")).count();
    assert_eq!(headings, 2);
    let one = stdout(&["-C", demo(), "log", "--oneline"]);
    assert!(told.ends_with(&format!("{one}\n\n2 repositories: 2 with changes.\n")));
}

#[test]
fn a_list_without_a_repository_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let list = folder.path().join("list");
    fs::write(&list, "# none\n").unwrap();
    let message = refused(&["--repos", list.to_str().unwrap(), "log"]);
    assert!(message.contains("lists no repository"), "{message}");
}

#[test]
fn editions_in_one_line_have_the_name_that_the_page_had_then() {
    let docs = Docs::new();
    for day in ["2026-01-11", "2026-01-12"] {
        docs.write("queue.md", &PAGE.replace("2026-01-10", day)).commit();
    }
    docs.git(&["mv", "queue.md", "queues.md"]);
    let later = PAGE.replace("2026-01-10", "2026-02-10").replace("each night", "each hour");
    docs.write("queues.md", &later).commit();
    let lines = docs.ends(0, &["log", "--oneline"]);
    assert!(
        lines.contains("2026-01-11 to 2026-01-12 queue.md 2 editions, no duty changed"),
        "{lines}"
    );
}

#[test]
fn each_of_several_pages_is_named_above_its_lines() {
    let docs = Docs::new();
    docs.write("zones.md", &PAGE.replace("2026-01-10", "2026-01-30").replace("Queue", "Zone"));
    docs.commit();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-02-10")).commit();
    let lines = docs.ends(0, &["log", "--oneline"]);
    let ids = ["HEAD", "HEAD~2", "HEAD~1"].map(|at| docs.commit_id(at)[..8].to_owned());
    let expected = format!(
        "queue.md, 2 editions\n2026-02-10 {} queue.md 1 duty moved to you\n\
         2026-01-10 {} queue.md the first edition\n\n\
         zones.md, 1 edition\n2026-01-30 {} zones.md the first edition\n",
        ids[0], ids[1], ids[2]
    );
    assert_eq!(lines.replace(" (notice: stamp-future)", ""), expected);
    // one page needs no heading
    let lines = docs.ends(0, &["log", "--oneline", "--", "zones.md"]);
    assert!(lines.starts_with(&format!("2026-01-30 {} zones.md ", ids[2])), "{lines}");
}

/// A commit in the evening of a place that is behind UTC.
#[test]
fn every_day_of_a_commit_is_that_of_utc() {
    let docs = Docs::new();
    docs.write("queue.md", &moved().replace("2026-01-10", "2024-01-10"));
    let commit = ["-c", "user.name=Ada", "-c", "user.email=ada@example.com", "commit", "-qam", "X"];
    let output = std::process::Command::new("git")
        .current_dir(docs.root())
        .args(commit)
        .env("GIT_AUTHOR_DATE", "2026-01-22T22:37:00-0600")
        .env("GIT_COMMITTER_DATE", "2026-01-22T22:37:00-0600")
        .output();
    assert!(output.unwrap().status.success());
    let log = docs.ends(0, &["log", "HEAD^!"]);
    assert!(log.contains(" of 2026-01-23\n"), "{log}");
    let log = log.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(log.contains("changed in a commit of 2026-01-23, "), "{log}");
    let notes = docs.ends(0, &["notes", "HEAD^!", "--commits"]);
    for told in [log, notes, docs.ends(0, &["HEAD^!"])] {
        assert!(told.contains("2026-01-23") && !told.contains("2026-01-22"), "{told}");
    }
    // the entry has the date of the page, and a note the reason
    let told = docs.ends(0, &["notes", "HEAD^!"]);
    let note = "note: entry 2024-01-10 of queue.md contains changes from a different date: \
                lastupdated is 2024-01-10, but ";
    assert!(told.contains("## 2024-01-10: ") && told.contains(note), "{told}");
}

#[test]
fn a_duplicate_that_goes_or_comes_is_named_with_its_party() {
    let docs = Docs::new();
    let row = "| Cool | Cool the halls.CELL | Wear a coat. |\n";
    let with = |more: &str| format!("{PAGE}{}", row.replace("CELL", more));
    docs.write("queue.md", &with("<br>Cool the halls.")).commit();
    docs.write("queue.md", &with("")).commit();
    let told = docs.ends(0, &["HEAD^!", "--format", "json"]);
    let expected = r#"a duplicate of \"Cool the halls.\" (IBM) was removed from its task"#;
    assert!(told.contains(expected), "{told}");
    let told = docs.ends(0, &["HEAD..HEAD^", "--format", "json"]);
    assert!(told.contains(&expected.replace("removed from", "added to")), "{told}");
}
