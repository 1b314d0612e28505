//! Before a first commit, and where a checkout or an index holds only a part.

use std::fs;

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};

/// A repository whose branch has no commit yet.
fn unborn() -> Docs {
    let docs = Docs::new();
    docs.git(&["checkout", "-q", "--orphan", "new"]);
    docs
}

#[test]
fn the_old_side_of_an_unborn_branch_is_the_empty_tree() {
    let docs = unborn();
    let told: Value =
        serde_json::from_str(&docs.ends(0, &["--cached", "--format", "json"])).unwrap();
    let end = serde_json::json!({"rev": null, "commit": null, "empty_tree": true});
    assert_eq!(told["from"], end);
    assert_eq!(told["documents"][0]["status"], "added");
    assert_eq!(told["documents"][0]["from"], Value::Null);
    assert_eq!(told["summary"]["moved"], 0);
    for words in [&["--cached"][..], &["diff"], &["check", "--cached"], &["check"]] {
        docs.ends(0, words);
    }
    docs.ends(1, &["check", "--cached", "--fail-on", "scope"]);
    for command in ["show", "lint", "snapshot"] {
        docs.ends(0, &[command]);
    }
    // against a branch that has commits
    docs.write("queue.md", &moved());
    docs.git(&["add", "-A"]);
    docs.ends(1, &["check", "main", "--cached"]);
    for words in [&["log"][..], &["HEAD..main"], &["check", "HEAD", "--cached"], &["blame", "HEAD"]]
    {
        let told = docs.ends(2, words);
        assert!(told.contains("the current branch has no commit"), "{told}");
    }
}

#[test]
fn without_a_page_the_message_names_only_what_there_is() {
    let docs = unborn();
    docs.git(&["rm", "-q", "-f", "queue.md"]);
    for words in [&["check", "--cached"][..], &["check"]] {
        let told = docs.ends(2, words);
        assert!(told.starts_with("error: the "), "{told}");
        assert!(told.contains(" has no page that assigns responsibilities\nhint: "), "{told}");
    }
    let told = docs.ends(0, &[]);
    assert!(told.starts_with("No responsibility page in the working tree.\n"), "{told}");
    assert!(
        told.contains("\nhint: with -C DIR, name the repository that contains the pages"),
        "{told}"
    );
    docs.write("queue.md", PAGE).git(&["add", "-A"]);
    let told = docs.ends(2, &["ack", "abcdef12", "--by", "Ada", "--reason", "x", "--cached"]);
    let expected = "error: no change between an empty repository and the index has the id";
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn settings_that_sparse_checkout_leaves_out_count() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", "version: 1\ngate: {fail-on: wording}\n");
    docs.write("docs/page.md", PAGE).write("docs/keyref.yaml", "keyword: {x: Acme}\n").commit();
    docs.write("docs/page.md", &moved());
    let told = docs.ends(1, &["check"]);
    let id = told.split("id ").nth(1).unwrap().split_whitespace().next().unwrap().to_owned();
    docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", "agreed"]);
    docs.ends(0, &["check"]);
    docs.git(&["add", ".respdiff"]);
    docs.git(&["commit", "-q", "-m", "ack"]);
    docs.git(&["sparse-checkout", "set", "--no-cone", "docs/page.md"]);
    assert!(!docs.root().join(".respdiff").exists() && !docs.root().join("respdiff.yaml").exists());
    let told = docs.ends(0, &["check"]);
    assert!(told.contains("wording"), "{told}");
    docs.ends(0, &["check", "--cached", "HEAD~1"]);
    // a file that is there in spite of it counts as it is there, as for git
    docs.write("respdiff.yaml", "version: 1\ngate: {fail-on: scope}\n");
    let told = docs.ends(0, &["config", "show"]);
    assert!(told.contains("scope"), "{told}");
    fs::create_dir_all(docs.root().join(".respdiff")).unwrap();
    docs.write(".respdiff/acks.yaml", "version: 1\nacks: []\n");
    docs.ends(1, &["check"]);
}

#[test]
fn an_index_that_cannot_be_read_stops_only_those_who_need_it() {
    for words in [
        &["update-index", "--split-index"][..],
        &["sparse-checkout", "set", "--cone", "--sparse-index", "docs"],
    ] {
        let docs = Docs::new();
        docs.write("docs/page.md", PAGE).write("other/far/page.md", PAGE).commit();
        docs.write("docs/page.md", &moved()).commit();
        docs.git(words);
        for command in [
            &["HEAD~1..HEAD"][..],
            &["check", "HEAD~1..HEAD", "--fail-on", "boundary"],
            &["log"],
            &["blame", "HEAD"],
            &["show", "HEAD"],
            &["lint", "HEAD"],
            &["notes", "HEAD~1..HEAD"],
            &["stats"],
            &["report", "--output", "/dev/null"],
            &["config", "show", "HEAD"],
        ] {
            docs.ends(i32::from(command[0] == "check"), command);
        }
        for command in [&["diff"][..], &["--cached"], &["check"], &["show"]] {
            let told = docs.ends(2, command);
            assert!(
                told.contains("the index cannot be read") && told.contains("hint: run"),
                "{told}"
            );
        }
    }
}
