//! What to do next: hints that can be pasted, and sums that agree with what stands above them.

use super::docs::{Docs, PAGE, moved};

/// A page, then a moved duty in an edition of its own.
fn with_move() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-01-20")).commit();
    docs
}

fn change_id(docs: &Docs, range: &str) -> String {
    let json = docs.run(&["--format", "json", range]).1;
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    json["documents"][0]["changes"][0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn a_hint_names_the_folder_and_one_id_only_where_there_is_one() {
    let docs = with_move();
    let root = docs.root().display().to_string();
    let id = change_id(&docs, "HEAD~1..HEAD");
    let told = docs.ends(1, &["-C", &root, "check", "HEAD~1..HEAD"]);
    let ack = format!("respdiff -C {root} ack {id} --by NAME --reason TEXT HEAD~1..HEAD\n");
    assert!(told.contains(&format!("hint: if the change is intended, accept it: {ack}")), "{told}");
    let told = docs.ends(1, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains(&format!("accept it: respdiff ack {id} ")), "{told}");
    docs.write("queue.md", &moved().replace("| Alerts |", "| Alerts | Be kind.<br>")).commit();
    let told = docs.ends(1, &["check", "HEAD~2..HEAD", "--fail-on", "wording"]);
    let hint = "hint: to accept a change that is intended: respdiff ack ID --by NAME --reason TEXT \
                HEAD~2..HEAD\n";
    assert!(told.ends_with(hint), "{told}");
    docs.write("guide.md", "# Guide\n").commit();
    let told = docs.ends(0, &["-C", &root, "HEAD~1..HEAD"]);
    assert!(told.contains(&format!("`respdiff -C {root} ")), "{told}");
}

#[test]
fn markdown_says_how_to_accept_a_change() {
    let docs = with_move();
    let how = "run `respdiff ack ID --by NAME --reason TEXT RANGE` with the range of this check";
    let told = docs.ends(1, &["check", "--format", "markdown", "HEAD~1..HEAD"]);
    assert!(told.contains(how), "{told}");
    docs.write("guide.md", "# Guide\n").commit();
    let told = docs.ends(0, &["check", "--format", "markdown", "HEAD~1..HEAD"]);
    assert!(!told.contains(how), "{told}");
}

#[test]
fn ack_takes_one_id_at_a_time() {
    let docs = with_move();
    let id = change_id(&docs, "HEAD~1..HEAD");
    for words in [&[id.as_str(), "HEAD~1..HEAD"][..], &[&id], &[&id, &id, "HEAD"]] {
        let args = [&["ack", &id, "--by", "Ada", "--reason", "agreed"], words].concat();
        let told = docs.ends(2, &args);
        if words.len() < 3 {
            assert!(told.starts_with("error: ack takes one id at a time\nhint: "), "{told}");
        }
    }
    let told = docs.ends(2, &["ack", "HEAD~1..HEAD", &id, "--by", "Ada", "--reason", "agreed"]);
    assert!(
        told.starts_with("error: `HEAD~1..HEAD` is not the id of a change\nhint: the id comes ")
    );
    let told = docs.ends(2, &["HEAD~1..HEAD", "HEAD~1", "--", "queue.md"]);
    let expected = "error: 'HEAD~1' is one revision too many: 'HEAD~1..HEAD' already names both";
    assert!(told.contains(expected), "{told}");
}

#[test]
fn an_acknowledgement_cannot_become_part_of_an_old_commit() {
    let docs = with_move();
    let id = change_id(&docs, "HEAD^!");
    docs.write("guide.md", "# Guide\n").commit();
    docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", "agreed", "HEAD~1^!"]);
    let told = docs.ends(1, &["check", "HEAD~1^!"]);
    let hint = "is acknowledged only in the working tree: commit .respdiff/acks.yaml, and check a \
                range that ends at that commit or later\n";
    assert!(told.ends_with(hint), "{told}");
    let told = docs.ends(1, &["check", "HEAD~2..HEAD"]);
    assert!(told.ends_with("commit .respdiff/acks.yaml, so that it is part of HEAD\n"), "{told}");
}

#[test]
fn prune_does_not_speak_for_what_the_range_does_not_have() {
    let docs = with_move();
    let id = change_id(&docs, "HEAD^!");
    docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", "agreed", "HEAD^!"]);
    docs.write("queue.md", PAGE);
    docs.git(&["add", "queue.md"]);
    docs.git(&["commit", "-q", "-m", "Back"]);
    let told = docs.ends(0, &["ack", "--prune", "HEAD~1..HEAD"]);
    let expected = "Nothing removed: 1 acknowledgement in .respdiff/acks.yaml is not in HEAD, so \
                    respdiff did not check whether it matches a change between HEAD~1 and HEAD.\n";
    assert_eq!(told, expected);
    docs.commit();
    let told = docs.ends(0, &["ack", "--prune", "HEAD~1..HEAD"]);
    assert!(told.contains("removed ") && told.contains("has this id\n"), "{told}");
    assert!(!told.contains("remove it"), "{told}");
}

#[test]
fn a_page_whose_duties_went_to_another_page_is_not_unchanged() {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    let page = PAGE.replace("# Responsibilities for Acme Queue", "# Who does what in Acme Queue");
    let page = page.replace("## Operations", "## Daily work\n\nRead this first.");
    docs.write("roles.md", &format!("{}{}", page, "\nLine.\n".repeat(120))).commit();
    let told = docs.ends(0, &["--oneline", "HEAD~1..HEAD"]);
    assert!(told.contains("queue.md page removed"), "{told}");
    assert!(told.contains("duties went to other pages\n"), "{told}");
    assert!(told.contains(", in 2 pages."), "{told}");
    let told = docs.ends(0, &["stats"]);
    let told = told.replace('\n', " ");
    assert!(told.contains("No duty moved; 6 relocated."), "{told}");
    assert!(told.contains("1 page was removed; its duties are on another page."), "{told}");
    let moved_in = docs.read(".git/refs/heads/main")[..8].to_owned();
    docs.write("roles.md", &format!("{}{}", page, "\nMore.\n".repeat(120))).commit();
    let told = docs.ends(0, &["log", "--oneline"]);
    assert!(told.contains(&format!("{moved_in} roles.md")), "{told}");
    let note = format!("`respdiff {moved_in}^!` shows it");
    let told = docs.ends(0, &[]);
    assert!(told.contains(&note), "{told}");
}

#[test]
fn stats_say_why_counts_and_changes_differ() {
    let docs = Docs::new();
    let note = "The counts in the table also change if a duty is split, joined or repeated";
    assert!(!docs.ends(0, &["stats"]).contains(note));
    let long = PAGE.replace("when a server fails.", "when a server fails and keep it for a year.");
    docs.write("queue.md", &long.replace("2026-01-10", "2026-01-20")).commit();
    let cut = long.replace("fails and keep it for a year.", "fails.<br>And keep it for a year.");
    docs.write("queue.md", &cut.replace("2026-01-10", "2026-01-30")).commit();
    let told = docs.ends(0, &["stats"]);
    assert!(told.contains(&note[..20]), "{told}");
}

#[test]
fn a_line_of_the_old_version_is_said_to_be_old() {
    let docs = Docs::new();
    let page = PAGE.replace(
        "| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |\n",
        "",
    );
    docs.write("queue.md", &page).commit();
    let told = docs.ends(1, &["check", "--fail-on", "scope", "HEAD~1..HEAD"]);
    assert!(!told.contains("(line ") && told.contains("(was line "), "{told}");
    let told = docs.ends(1, &["check", "--fail-on", "scope", "--format", "junit", "HEAD~1..HEAD"]);
    assert!(told.contains("was queue.md:"), "{told}");
    assert!(told.contains("IBM duty removed") && told.contains("customer duty removed"), "{told}");
}

#[test]
fn a_gate_that_passes_counts_once() {
    let docs = with_move();
    let id = change_id(&docs, "HEAD^!");
    docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", "agreed", "HEAD^!"]);
    docs.commit();
    let told = docs.ends(0, &["check", "HEAD~2..HEAD"]);
    let expected = "Passed: every change at level boundary is acknowledged (1 change).\n";
    assert!(told.ends_with(expected), "{told}");
}

#[test]
fn one_commit_inside_an_edition_is_named_once() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-01-20")).commit();
    docs.write("queue.md", &PAGE.replace("Subscribe to", "See [the list](x)<br>Subscribe to"))
        .commit();
    let told = docs.ends(0, &["log", "--all"]);
    assert!(!told.contains(" duties changed, but"), "{told}");
    let named: Vec<&str> = told.split_whitespace().collect();
    let at = named.iter().position(|word| *word == "stamp-unchanged").unwrap();
    assert_eq!((named[at + 1], named[at + 2].len()), ("commit", 8), "{told}");
}

#[test]
fn a_policy_that_is_not_committed_is_said_not_to_apply() {
    let docs = with_move();
    let note = "note: the respdiff.yaml in the working tree is not committed, so it does not apply \
                to this range\n";
    docs.write("respdiff.yaml", "version: 1\nnonsense: [\n");
    for args in [&["check", "--fail-on", "boundary", "HEAD..HEAD"][..], &["log"], &["stats"]] {
        let told = docs.ends(0, args);
        assert_eq!(told.matches(note).count(), 1, "{args:?}: {told}");
    }
    assert!(docs.ends(0, &["HEAD~1..HEAD"]).contains(note));
    docs.write("respdiff.yaml", "version: 1\n").commit();
    assert!(!docs.ends(0, &["log"]).contains(note));
    // an older commit has another policy, which is no slip
    assert!(!docs.ends(0, &["log", "HEAD~1"]).contains(note));
    docs.write("respdiff.yaml", "version: 1\nsources: [queue.md]\n");
    assert!(docs.ends(0, &["stats"]).contains(note));
    assert!(!docs.ends(0, &["show"]).contains(note));
}

#[test]
fn a_folder_that_does_not_exist_is_named() {
    let docs = with_move();
    for args in [&["log", "-o"][..], &["notes", "--prepend"]] {
        let told = docs.ends(2, &[args, &["none/x.md"]].concat());
        assert!(told.contains("x.md` cannot be written: the folder `"), "{told}");
        assert!(told.contains("none` does not exist\nhint: create the folder"), "{told}");
        assert!(!told.contains(".tmp"), "{told}");
    }
    let told = docs.ends(2, &["notes", "-o", "none/"]);
    let hint = "none/` does not name a file\nhint: omit the slash at its end, or add the name of a";
    assert!(told.contains(hint), "{told}");
    let told = docs.ends(2, &["notes", "-o", "queue.md/x"]);
    assert!(told.contains("queue.md` is a file, not a folder\nhint: name another"), "{told}");
    let told = docs.ends(2, &["check", "HEAD^!", "--summary", "."]);
    assert!(told.contains("is a folder\nhint: name a file inside it\n"), "{told}");
    let told = docs.ends(2, &["-C", "none", "log"]);
    assert!(told.starts_with("error: no such folder: none\nhint: `-C DIR` "), "{told}");
}

#[test]
fn slips_in_the_policy_are_named_in_plain_words() {
    let docs = Docs::new();
    let refused = |text: &str| {
        docs.write("respdiff.yaml", text);
        docs.ends(2, &["config", "check"])
    };
    for (text, message) in [
        ("version: 1\nversion: 1\n", "key `version` appears twice"),
        ("version: 1 gate\n", "version: expected the number 1, found \"1 gate\""),
        (
            "version: 1\nparties: {vendor: [a]}\n",
            "expected a party (ibm, customer, shared, other or other:NAME), found a list",
        ),
        ("version: 1\nlint: [{code: cutoff, severity: 'off'}]\n", "unknown value `cutoff`"),
        ("version: 1\nsources: 5\n", "sources: expected a list, found `5`"),
        ("version: 1\nfoo: 5\n", ", asciidoc, gate\n"),
        (
            "version: 1\nasciidoc: {attributes: {a: [1]}}\n",
            "asciidoc.attributes: expected a text, a whole number, true or false\n",
        ),
        (
            "version: 1\nlevels: [{area: [a], level: scope}]\n",
            "expected a text, in which `*` and `?` stand for other characters, found a list\n",
        ),
        (
            "version: 1\ngate:\n\tfail-on: scope\n",
            "a tab cannot be used to indent\nhint: indent with spaces",
        ),
    ] {
        let told = refused(text);
        assert!(told.contains(message), "{text}: {told}");
    }
}

#[test]
fn a_revision_after_a_path_is_known() {
    let docs = with_move();
    for command in ["show", "blame"] {
        for revision in ["HEAD", "HEAD~1"] {
            let told = docs.ends(2, &[command, "queue.md", revision]);
            let hint = format!(
                "hint: `{revision}` is a revision: name it before the paths, as in \
                 `{revision} -- PATH`\n"
            );
            assert!(told.ends_with(&hint), "{told}");
        }
        let told = docs.ends(2, &[command, "--", "queue.md", "--ids"]);
        assert!(told.ends_with("hint: everything after -- is a path: put options before it\n"));
        let told = docs.ends(2, &[command, "queue.md", "nowhere"]);
        assert!(told.ends_with("hint: paths are relative to the current folder, as in git\n"));
    }
}

#[test]
fn hints_name_what_lists_the_ids() {
    let docs = with_move();
    docs.ends(0, &["snapshot", "--output", "accepted"]);
    docs.write("queue.md", PAGE).commit();
    let told = docs.ends(1, &["check", "--baseline", "accepted"]);
    assert!(told.contains(" id "), "{told}");
    let ack = ["ack", "0000", "--by", "Ada", "--reason", "agreed", "--baseline", "accepted"];
    let told = docs.ends(2, &ack);
    let hint = "hint: `respdiff check --baseline accepted` lists the ids; ids of duties, which \
                `respdiff blame` prints, do not work here\n";
    assert!(told.ends_with(hint), "{told}");
    let told = docs.ends(2, &["explain", "0000"]);
    let expected = "error: no change between HEAD and the working tree has the id `0000`\n\
                    hint: give the range of the change: respdiff explain ID A..B; \
                    `respdiff --ids A..B` lists the ids of changes; ids of duties, which \
                    `respdiff blame` prints, do not work here\n";
    assert_eq!(told, expected);
    for args in [&["explain", "0000", "HEAD~1..HEAD"][..], &["explain", "0000", "--cached"]] {
        let told = docs.ends(2, args);
        assert!(told.starts_with("error: no change in this range has"), "{told}");
        assert!(
            told.contains("`respdiff --ids` and the same revisions; ids of duties, which `resp"),
            "{told}"
        );
    }
}

#[test]
fn a_settings_file_is_renamed_by_git_only_where_git_tracks_it() {
    let docs = Docs::new();
    docs.write("respdiff.yml", "version: 1\n");
    let hint = |told: &str, command: &str| {
        let hint = format!(": {command} respdiff.yml respdiff.yaml\n");
        assert!(told.ends_with(&hint), "{told}");
    };
    hint(&docs.ends(2, &["config", "check"]), "mv");
    docs.git(&["add", "respdiff.yml"]);
    hint(&docs.ends(2, &["config", "check"]), "git mv");
    // from elsewhere, the commands name the folder
    let root = docs.root().canonicalize().unwrap();
    let root = root.to_str().unwrap();
    let git = format!(": git -C {root}/ mv respdiff.yml respdiff.yaml\n");
    let told = docs.ends(2, &["-C", root, "config", "check"]);
    assert!(told.ends_with(&git), "{told}");
    docs.git(&["rm", "-q", "--cached", "respdiff.yml"]);
    let mv = format!(": mv {root}/respdiff.yml {root}/respdiff.yaml\n");
    let told = docs.ends(2, &["-C", root, "config", "check"]);
    assert!(told.ends_with(&mv), "{told}");
}

#[test]
fn the_same_acknowledgement_twice_changes_nothing() {
    let docs = with_move();
    let id = change_id(&docs, "HEAD^!");
    let accept =
        |reason: &str| docs.ends(0, &["ack", &id, "--by", "Ada", "--reason", reason, "HEAD^!"]);
    let file = ".respdiff/acks.yaml";
    assert!(
        accept("agreed").starts_with(&format!(
            "Added an acknowledgement to {file}: Ada accepts {id} (moved).\n"
        ))
    );
    let told = accept("agreed");
    let expected = format!("The acknowledgement is already in {file}: Ada accepts {id} (moved).\n");
    assert!(told.starts_with(&expected), "{told}");
    let expected = format!("Changed the acknowledgement in {file}: Ada accepts {id} (moved).\n");
    assert!(accept("agreed in May").starts_with(&expected));
}

#[test]
fn one_line_separates_the_page_from_what_changed() {
    let docs = with_move();
    let told = docs.ends(0, &["--oneline", "HEAD~1..HEAD"]);
    let expected = "queue.md edition 2026-01-10 → 2026-01-20: 1 duty moved to you\n";
    assert!(told.starts_with(expected), "{told}");
    let renamed =
        moved().replace("2026-01-10", "2026-01-20").replace("## Operations", "## Daily operations");
    docs.write("queue.md", &renamed).commit();
    let told = docs.ends(0, &["--oneline", "HEAD~1..HEAD"]);
    let expected = "queue.md edition 2026-01-20 in both versions: no duty changed\n";
    assert!(told.starts_with(expected), "{told}");
}

#[test]
fn annotations_come_with_the_way_to_accept_a_change() {
    let docs = with_move();
    let id = change_id(&docs, "HEAD^!");
    let (code, out, err) = docs.run(&["check", "--format", "github", "HEAD~1..HEAD"]);
    assert_eq!(code, 1, "{err}");
    assert!(out.ends_with("is not acknowledged.\n"), "{out}");
    let hint = format!(
        "hint: if the change is intended, accept it: respdiff ack {id} --by NAME --reason TEXT \
         HEAD~1..HEAD\n"
    );
    assert_eq!(err, hint);
    assert_eq!(docs.run(&["check", "--format", "junit", "HEAD~1..HEAD"]).2, "");
}
