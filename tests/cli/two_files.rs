//! Two files of a repository, as `git diff A:PATH B:PATH` names them.

use super::docs::{Docs, PAGE, moved};

/// Two pages of one commit: the second gives a duty of the first to the customer.
fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("guide.md", "# Guide\n\nRead on.\n");
    docs.write("stream.md", &moved().replace("2026-01-10", "2026-01-20")).commit();
    docs
}

#[test]
fn two_paths_are_compared_with_each_other() {
    let docs = docs();
    for args in [
        &["HEAD:queue.md", "HEAD:stream.md"][..],
        &["HEAD~1:queue.md", "HEAD:stream.md"],
        &["HEAD:queue.md..HEAD:stream.md"],
        &["HEAD:queue.md", "stream.md"],
        &["HEAD:./queue.md", ":./stream.md"],
        &[":queue.md", "HEAD:stream.md"],
        &[":0:queue.md", "stream.md"],
    ] {
        let told = docs.ends(0, args);
        assert!(told.contains("MOVED TO YOU"), "{args:?}: {told}");
        assert!(told.contains("queue.md → stream.md"), "{args:?}: {told}");
        assert!(told.contains("1 duty moved to you"), "{args:?}: {told}");
        docs.ends(1, &[&["check"], args].concat());
    }
    let told = docs.ends(0, &["HEAD:stream.md", "HEAD:queue.md"]);
    assert!(told.contains("MOVED TO IBM"), "{told}");
}

#[test]
fn changes_have_the_ids_of_any_other_comparison() {
    let docs = docs();
    let change = |args: &[&str]| -> serde_json::Value {
        let (code, out, err) = docs.run(&[&["--format", "json"], args].concat());
        assert_eq!(code, 0, "{err}");
        serde_json::from_str(&out).unwrap()
    };
    let found = change(&["HEAD:queue.md", "HEAD:stream.md"]);
    let page = &found["documents"][0];
    assert_eq!(page["path"], "stream.md");
    assert_eq!(page["old_path"], "queue.md");
    assert_eq!(page["status"], "renamed");
    assert_eq!(page["from"]["last_updated"], "2026-01-10");
    assert_eq!(found["from"]["rev"], "HEAD");
    assert!(page["changes"][0]["introduced"].is_null());
    let files = change(&["--no-index", "queue.md", "stream.md"]);
    let id = &page["changes"][0]["id"];
    assert_eq!(*id, files["documents"][0]["changes"][0]["id"]);
    let told = docs.ends(0, &["explain", id.as_str().unwrap(), "HEAD:queue.md", "HEAD:stream.md"]);
    assert!(told.contains("Copy every queue"), "{told}");
}

#[test]
fn a_renamed_page_keeps_the_commits_of_its_changes() {
    let docs = Docs::new();
    docs.git(&["mv", "queue.md", "topic.md"]);
    docs.commit().write("topic.md", &moved()).commit();
    let told = docs.ends(0, &["HEAD~2:queue.md", "HEAD:topic.md"]);
    let commit = &docs.commit_id("HEAD")[..8];
    assert!(told.contains("MOVED TO YOU") && told.contains(commit), "{told}");
}

#[test]
fn one_path_in_the_index_is_compared_on_either_side() {
    let docs = docs();
    docs.write("queue.md", &moved()).git(&["add", "queue.md"]);
    docs.write("queue.md", PAGE);
    assert!(docs.ends(0, &["HEAD:queue.md", ":queue.md"]).contains("MOVED TO YOU"));
    assert!(docs.ends(0, &[":queue.md", "HEAD:queue.md"]).contains("MOVED TO IBM"));
    assert!(docs.ends(0, &[":queue.md", "queue.md"]).contains("MOVED TO IBM"));
    docs.ends(1, &["check", "HEAD:queue.md", ":queue.md"]);
    let told = docs.ends(0, &["HEAD~1:queue.md..HEAD:queue.md"]);
    assert!(told.contains("No duty changed between HEAD~1"), "{told}");
}

#[test]
fn what_cannot_be_compared_is_an_error() {
    let docs = docs();
    for command in [&["diff"][..], &["check"]] {
        let told = |args: &[&str]| docs.ends(2, &[command, args].concat());
        let missing = told(&["HEAD:queue.md", "HEAD:steam.md"]);
        assert!(missing.contains("HEAD has no file `steam.md`"), "{missing}");
        assert!(missing.contains("did you mean 'stream.md'?"), "{missing}");
        assert!(told(&["HEAD~1:stream.md", "HEAD:stream.md"]).contains("HEAD~1: no markdown file"));
        let guide = told(&["HEAD:queue.md", "HEAD:guide.md"]);
        assert!(guide.contains("`guide.md` in HEAD is not a responsibility page"), "{guide}");
        assert!(told(&["HEAD:guide.md", "HEAD:queue.md"]).contains("is not a responsibility page"));
        let more = told(&["HEAD:queue.md", "HEAD:stream.md", "--", "guide.md"]);
        assert!(more.contains("more paths are named than the two files"), "{more}");
        assert!(told(&["HEAD:queue.md", "HEAD:stream.md", "guide.md"]).contains("more paths"));
        docs.write("new.md", PAGE);
        let untracked = told(&["HEAD:queue.md", "new.md"]);
        assert!(untracked.contains("hint: git does not track it"), "{untracked}");
    }
    for command in ["log", "stats", "notes", "blame", "show"] {
        docs.ends(2, &[command, "HEAD:queue.md", "HEAD:stream.md"]);
    }
    let told = docs.ends(2, &["log", "HEAD:queue.md", "HEAD:stream.md"]);
    assert!(told.contains("hint: `respdiff HEAD:queue.md HEAD:stream.md` does"), "{told}");
}
