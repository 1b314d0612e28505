//! Acknowledgements: what they live through and what ends them.

use super::docs::{Docs, PAGE, moved};

/// A repository whose last commit moved a duty, with the change's id.
fn with_move() -> (Docs, String) {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let told = docs.ends(1, &["check", "HEAD~1..HEAD"]);
    let (_, rest) = told.split_once("moved (level boundary), id ").unwrap();
    let id = rest.get(..16).unwrap().to_owned();
    (docs, id)
}

#[test]
fn an_acknowledged_change_passes_and_is_listed() {
    let (docs, id) = with_move();
    let accept = ["ack", &id[..6], "--by", "Ada", "--reason", "agreed: see plan 7", "HEAD~1..HEAD"];
    docs.ends(0, &accept);
    let file = docs.read(".respdiff/acks.yaml");
    assert!(file.contains(&format!("id: {id}")) || file.contains(&format!("id: '{id}'")), "{file}");
    assert!(file.contains("kind: moved\n  from: ibm\n  to: customer\n"), "{file}");
    assert!(file.contains("old: Copy every queue to a second site each night."), "{file}");
    let told = docs.ends(1, &["check", "HEAD~1..HEAD", "--acks", "base"]);
    assert!(told.contains("commit .respdiff/acks.yaml and merge it first, in a pull"), "{told}");
    let told = docs.ends(1, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("only in the working tree: commit .respdiff/acks.yaml"), "{told}");
    let told = docs.ends(2, &["ack", &id, "--by", "Ada", "--reason", "agreed"]);
    assert!(told.contains("no change between HEAD and the working tree has the id"), "{told}");
    docs.commit();
    let told = docs.ends(0, &["check", "HEAD~2..HEAD"]);
    assert!(told.contains("accepted by Ada: agreed: see plan 7"), "{told}");
    assert!(
        told.contains(&format!(
            ".respdiff/acks.yaml: new acknowledgement {id}: agreed: see plan 7\n  (Ada); applies at once"
        )),
        "{told}"
    );
    // a change that is accepted on its own branch only is none for the strict
    let told = docs.ends(1, &["check", "HEAD~2..HEAD", "--acks", "base"]);
    let hint = "is acknowledged, but with `--acks base` an acknowledgement counts only once it is merged: merge";
    assert!(told.contains(hint) && !told.contains("accept it"), "{told}");
    assert!(told.contains("it does not count until it is merged"), "{told}");
    // once more is a change of the same one, and the file stays sorted and stable
    docs.ends(0, &[&accept[..6], &["HEAD~2..HEAD"]].concat());
    assert_eq!(docs.read(".respdiff/acks.yaml"), file);
}

#[test]
fn it_lives_through_other_rows_lines_and_file_names_but_not_its_own_words() {
    let (docs, id) = with_move();
    docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", "agreed", "HEAD~1..HEAD"]);
    docs.commit();
    let page = moved().replace("Send an alert", "Send a mail");
    docs.write("queue.md", &page).commit();
    docs.ends(0, &["check", "HEAD~3..HEAD"]);
    let page = page.replace("## Operations\n", "Some words.\n\nMore words.\n\n## Operations\n");
    docs.write("queue.md", &page).commit();
    docs.ends(0, &["check", "HEAD~4..HEAD"]);
    docs.git(&["mv", "queue.md", "responsibilities.md"]);
    docs.commit();
    docs.ends(0, &["check", "HEAD~5..HEAD"]);
    docs.write("responsibilities.md", &page.replace("each night", "each week")).commit();
    let told = docs.ends(1, &["check", "HEAD~6..HEAD"]);
    assert!(told.contains(&format!("{id}: no change in this range has this id")), "{told}");
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("with `respdiff ack --prune` and the range of this check"), "{told}");
    let told = docs.ends(0, &["check"]).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("ack --prune` and a range without the change"), "{told}");
}

#[test]
fn it_counts_until_its_last_day() {
    let (docs, id) = with_move();
    let range = "HEAD~1..HEAD";
    let by = ["--by", "Ada", "--reason", "for now", "--until", "2026-03-31", range];
    let accept = [&["ack", id.as_str()][..], &by].concat();
    let (code, ..) = docs.run_with(&accept, &[("RESPDIFF_NOW", "2026-04-01")]);
    assert_eq!(code, 2);
    let (code, ..) = docs.run_with(&accept, &[("RESPDIFF_NOW", "2026-03-01")]);
    assert_eq!(code, 0);
    docs.commit();
    let check = |now: &str| {
        let (code, out, err) = docs.run_with(&["check", "HEAD~2..HEAD"], &[("RESPDIFF_NOW", now)]);
        (code, out + &err)
    };
    assert_eq!(check("2026-03-31T23:59:59Z").0, 0);
    let (code, told) = check("2026-04-01");
    assert!(code == 1 && told.contains("it has expired"), "{told}");
    assert_eq!(check("some day").0, 2);
}

#[test]
fn a_second_acknowledgement_says_what_it_replaces() {
    let (docs, id) = with_move();
    let now = [("RESPDIFF_NOW", "2026-03-01")];
    let accept = |by: &[&str]| {
        let (code, out, err) =
            docs.run_with(&[&["ack", &id], by, &["HEAD~1..HEAD"]].concat(), &now);
        assert_eq!(code, 0, "{err}");
        out
    };
    let first = accept(&["--by", "Ada", "--reason", "for now", "--until", "2026-03-31"]);
    assert!(!first.contains("had already accepted"), "{first}");
    let second = accept(&["--by", "Bob", "--reason", "agreed"]);
    let replaced = "Ada had already accepted this change, until 2026-03-31 (reason: for now). The \
                    acknowledgement now has no expiry date.\n";
    assert!(second.starts_with("Changed ") && second.contains(replaced), "{second}");
    let same = accept(&["--by", "Bob", "--reason", "all agreed"]);
    assert!(same.contains("without an expiry date (reason: agreed).\nCommit"), "{same}");
    let third = accept(&["--by", "Bob", "--reason", "all agreed"]);
    assert!(
        third.starts_with("The acknowledgement is already in ") && !third.contains("had already"),
        "{third}"
    );
}

#[test]
fn slips_write_nothing() {
    let (docs, id) = with_move();
    let accept = |id: &str, by: &str, reason: &str| {
        docs.ends(2, &["ack", id, "--by", by, "--reason", reason, "HEAD~1..HEAD"])
    };
    assert!(accept("0000", "Ada", "x").contains("has the id `0000`"));
    assert!(accept(&id[..2], "Ada", "x").contains("too short"));
    assert!(accept(&id, " ", "x").contains("--by is empty"));
    assert!(accept(&id, "Ada", "").contains("--reason is empty"));
    assert!(!docs.root().join(".respdiff").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_a_link() {
    let (docs, id) = with_move();
    let outside = docs.beside("outside");
    std::fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, docs.root().join(".respdiff")).unwrap();
    let told = docs.ends(2, &["ack", &id, "--by", "Ada", "--reason", "x", "HEAD~1..HEAD"]);
    assert!(told.contains("not a regular file of this repository"), "{told}");
    assert!(told.contains("\nhint: respdiff does not follow this link"), "{told}");
    assert_eq!(std::fs::read_dir(&outside).unwrap().count(), 0);
    std::fs::remove_file(docs.root().join(".respdiff")).unwrap();
    std::fs::create_dir_all(docs.root().join(".respdiff/acks.yaml")).unwrap();
    let told = docs.ends(2, &["ack", &id, "--by", "Ada", "--reason", "x", "HEAD~1..HEAD"]);
    assert!(told.contains("\nhint: it is a folder; remove it"), "{told}");
}

#[test]
fn words_that_are_not_the_change_s_are_told() {
    let (docs, id) = with_move();
    docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", "agreed", "HEAD~1..HEAD"]);
    let file = docs.read(".respdiff/acks.yaml");
    docs.write(".respdiff/acks.yaml", &file.replace("Copy every queue", "Polish every desk"))
        .commit();
    let told = docs.ends(0, &["check", "HEAD~2..HEAD"]);
    assert!(told.contains("it counts, but the description in its file does not match"), "{told}");
    assert_eq!(PAGE.matches("Copy every queue").count(), 1);
}

/// The ids of a range's changes.
fn ids(docs: &Docs, range: &str) -> Vec<String> {
    let told = docs.ends(0, &["diff", "--format", "json", range]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    let changes = told["documents"][0]["changes"].as_array().unwrap();
    changes.iter().map(|change| change["id"].as_str().unwrap().to_owned()).collect()
}

/// Several at once: each has its turn, and none is lost.
#[cfg(unix)]
#[test]
fn at_once_none_is_lost() {
    let docs = Docs::new();
    let page = PAGE
        .replace("Scale the", "Grow the")
        .replace("Delete queues", "Remove queues")
        .replace("Copy every", "Mirror every")
        .replace("Choose how", "Decide how")
        .replace("Send an alert", "Send a mail")
        .replace("Subscribe to", "Sign up for");
    docs.write("queue.md", &page).commit();
    let ids = ids(&docs, "HEAD~1..HEAD");
    assert!(ids.len() >= 6, "{ids:?}");
    std::thread::scope(|scope| {
        for id in &ids {
            let accept = ["ack", id, "--by", "Ada", "--reason", "agreed", "HEAD~1..HEAD"];
            let docs = &docs;
            scope.spawn(move || docs.ends(0, &accept));
        }
    });
    let file = docs.read(".respdiff/acks.yaml");
    assert_eq!(file.matches("by: Ada").count(), ids.len(), "{file}");
    let left: Vec<_> = std::fs::read_dir(docs.root().join(".respdiff")).unwrap().collect();
    assert_eq!(left.len(), 1, "{left:?}");
}

#[cfg(unix)]
#[test]
fn it_keeps_to_the_user_s_mask_and_leaves_what_is_read_only() {
    use std::os::unix::fs::PermissionsExt;
    let (docs, id) = with_move();
    let path = docs.root().join(".respdiff/acks.yaml");
    let mode = || std::fs::metadata(&path).unwrap().permissions().mode() & 0o777;
    let masked = format!(
        "umask 027; '{}' ack {id} --by Ada --reason agreed HEAD~1..HEAD",
        env!("CARGO_BIN_EXE_respdiff")
    );
    let accept = || {
        let mut sh = std::process::Command::new("sh");
        let output = sh.arg("-c").arg(&masked).current_dir(docs.root()).output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(accept(), (Some(0), String::new()));
    assert_eq!(mode(), 0o640);
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o444)).unwrap();
    let before = docs.read(".respdiff/acks.yaml");
    let (code, told) = accept();
    assert!(code == Some(2) && told.contains("is read-only"), "{told}");
    assert_eq!((docs.read(".respdiff/acks.yaml"), mode()), (before, 0o444));
}

#[test]
fn idle_ones_are_one_line_and_pruned_on_request() {
    let (docs, id) = with_move();
    docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", "agreed", "HEAD~1..HEAD"]);
    docs.commit();
    let told = docs.ends(0, &["ack", "--prune", "HEAD~2..HEAD"]);
    assert!(told.starts_with("Nothing removed: every "), "{told}");
    docs.write("guide.md", "# Guide\n").commit();
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains(&format!("{id}: no change in this range has this id")), "{told}");
    docs.ends(0, &["snapshot", "--output", "kept"]);
    for format in ["text", "markdown"] {
        let told = docs.ends(0, &["check", "--baseline", "kept", "--format", format]);
        assert!(told.contains("no change since the accepted snapshots has this id; "), "{told}");
    }
    // the change is committed: without a range nobody knows that it is accepted no more
    let told = docs.ends(0, &["ack", "--prune"]);
    assert!(
        told.starts_with("Nothing removed: 1 acknowledgement matches no uncommitted"),
        "{told}"
    );
    assert!(docs.read(".respdiff/acks.yaml").contains(&id));
    let told = docs.ends(0, &["ack", "--prune", "HEAD~1..HEAD"]);
    let expected = "no change between HEAD~1 and HEAD has this id";
    assert!(
        told.contains(&format!(
            "removed the acknowledgement of {id} (moved; accepted by Ada): {expected}\n"
        )),
        "{told}"
    );
    assert!(!docs.read(".respdiff/acks.yaml").contains(&id));
    let told = docs.ends(2, &["ack", "--by", "Ada"]);
    assert!(told.contains("CHANGE-ID"), "{told}");
}

#[test]
fn prune_takes_no_id() {
    let (docs, id) = with_move();
    let told = docs.ends(2, &["ack", &id, "--prune"]);
    assert!(
        told.starts_with(&format!("error: --prune takes a range, but `{id}` is not a range\n")),
        "{told}"
    );
    assert!(told.contains("delete its entry from .respdiff/acks.yaml"), "{told}");
}

#[test]
fn advice_names_the_comparison_that_was_checked() {
    let docs = super::docs::Docs::new();
    docs.ends(0, &["snapshot", "--output", "accepted"]);
    docs.write("queue.md", &super::docs::moved());
    let how = |check: &[&str]| docs.ends(1, &[check, &["--format", "markdown"]].concat());
    let told = how(&["check"]);
    assert!(told.contains("ack ID --by NAME --reason TEXT`, and commit"), "{told}");
    docs.git(&["add", "-A"]);
    let told = how(&["check", "--cached"]);
    assert!(told.contains("--reason TEXT --cached`, and commit"), "{told}");
    let baseline = ["check", "--baseline", "accepted"];
    let told = how(&baseline);
    assert!(told.contains("--reason TEXT --baseline accepted`, and commit"), "{told}");
    let id = told.split("id `").nth(1).unwrap().split('`').next().unwrap().to_owned();
    let accept = ["ack", &id, "--by", "Ada", "--reason", "agreed", "--baseline", "accepted"];
    docs.ends(0, &accept);
    docs.ends(0, &["snapshot", "--output", "accepted", "--accept"]);
    docs.commit();
    let told = docs.ends(0, &baseline).split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("with `respdiff ack --prune --baseline accepted`"), "{told}");
    let told = docs.ends(0, &["ack", "--prune", "--baseline", "accepted"]);
    assert!(told.contains(&format!("removed the acknowledgement of {id} ")), "{told}");
}

#[test]
fn an_entry_without_a_kind_is_removed_without_one() {
    let docs = Docs::new();
    let entry = "version: 1\nacks:\n- id: '132c540e3cfdb11d'\n  by: Ada\n  reason: ok\n  until: 2025-01-01\n";
    docs.write(".respdiff/acks.yaml", entry).commit();
    let told = docs.ends(0, &["ack", "--prune"]);
    assert_eq!(
        told,
        "removed the acknowledgement of 132c540e3cfdb11d (accepted by Ada): it has expired\n"
    );
}
