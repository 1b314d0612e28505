//! What a text says next has to be true, and what it tells the reader to do has to help.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::respdiff;

/// The page with columns whose parties only a policy knows.
fn unnamed(page: &str) -> String {
    let page = page.replace("IBM responsibilities", "Foo tasks");
    page.replace("Your responsibilities", "Bar tasks")
}

/// Both outputs, with wrapped lines joined.
#[track_caller]
fn joined(docs: &Docs, code: i32, args: &[&str]) -> String {
    let told = docs.ends(code, args);
    told.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn the_command_that_shows_older_findings_names_their_version() {
    let docs = Docs::new();
    let page = PAGE.replace("Subscribe to the alerts.", "TBD");
    docs.write("queue.md", &page).commit();
    docs.write("queue.md", &page.replace("Delete queues", "Remove queues")).commit();
    let old = docs.commit_id("HEAD~1");
    let command = format!("`respdiff lint {}` shows where", &old[..8]);
    for args in [&["HEAD~1..HEAD"][..], &["check", "HEAD~1..HEAD"]] {
        let told = joined(&docs, 0, args);
        assert!(
            told.contains(&format!("already in the old version: placeholder; {command}")),
            "{told}"
        );
    }
    let told = docs.ends(0, &["lint", &old[..8]]);
    assert!(told.contains("[placeholder]"), "{told}");
    // from another folder, the command names the repository
    let root = docs.root().to_str().unwrap();
    let command = format!("placeholder; `respdiff -C {root} lint {}` shows where", &old[..8]);
    for args in [
        &["-C", root, "HEAD~1..HEAD"][..],
        &["-C", root, "check", "HEAD~1..HEAD"],
        &["-C", root, "-C", ".", "HEAD~1..HEAD"],
    ] {
        let told = joined(&docs, 0, args);
        assert!(told.contains(&command), "{told}");
    }
}

#[test]
fn a_report_names_the_provider_and_counts_what_moved_within_the_first_edition() {
    let docs = Docs::new();
    let of_acme = |page: &str| page.replace("IBM", "Acme");
    docs.write("respdiff.yaml", "version: 1\nprovider: Acme\n");
    docs.write("queue.md", "# Nothing yet\n").write("duties.md", &of_acme(PAGE)).commit();
    docs.write("duties.md", &of_acme(&moved())).commit();
    let file = docs.beside("report.html");
    let told = docs.ends(0, &["report", "-o", file.to_str().unwrap(), "--", "duties.md"]);
    assert!(told.ends_with(": 1 page, 1 change in 1 edition.\n"), "{told}");
    let html = std::fs::read_to_string(&file).unwrap();
    assert!(html.contains("moved to Acme") && !html.contains("moved to IBM"));
    assert!(
        html.contains("Only one edition. Within it, 1 duty changed hands")
            && !html.contains("First to last")
    );
    assert!(html.contains(
        "The counts above do not include this move, because they compare only the first edition"
    ));
}

#[test]
fn a_cell_that_is_too_wide_is_named_in_the_last_row_too() {
    let docs = Docs::new();
    let page = "= Responsibilities for Acme Queue\n:revdate: 2026-01-10\n\n\
                [cols=\"1,2,2\",options=\"header\"]\n|===\n\
                |Task |IBM responsibilities |Your responsibilities\n\n\
                |Drills\n|Plan drills with the auditors.\n|Name people for drills.\n\n\
                |Tests\n3+|Test the copies each quarter.\n|===\n";
    docs.write("queue.adoc", page).commit();
    let told = joined(&docs, 0, &["lint", "--", "queue.adoc"]);
    let finding = "queue.adoc:13:1: error: a cell spans more columns than its row has left (the \
                   table has 3); asciidoctor omits it, so readers of the published page do not see \
                   it [long-row]";
    assert!(told.contains(finding), "{told}");
    assert!(docs.ends(0, &["lint", "--explain", "long-row"]).contains("correct the span"));
}

#[test]
fn a_page_with_another_date_field_is_told_about_that_field() {
    let docs = Docs::new();
    let page = PAGE.replace("lastupdated: \"2026-01-10\"", "ms.date: 01/10/2026");
    docs.write("respdiff.yaml", "version: 1\nstamp: ms.date\n").write("queue.md", &page).commit();
    docs.write("queue.md", &page.replace("Send an alert", "Send two alerts")).commit();
    let told = joined(&docs, 0, &["lint"]);
    assert!(told.contains("duties changed, but ms.date is still 2026-01-10"), "{told}");
    assert!(joined(&docs, 0, &["HEAD^!"]).contains("but ms.date is still"));
    assert!(joined(&docs, 0, &["log"]).contains("changed 1 duty, but ms.date is still"));
}

#[test]
fn a_change_that_was_taken_back_within_an_edition_is_the_last_one() {
    let docs = Docs::new();
    docs.write("queue.md", &PAGE.replace("Send an alert", "Send a message")).commit();
    docs.write("queue.md", &moved()).commit();
    docs.write("queue.md", PAGE).commit();
    let back = docs.commit_id("HEAD");
    docs.write("guide.md", "# Guide\n").commit();
    let told = joined(&docs, 0, &["HEAD~1..HEAD"]);
    let note = format!("in edition 2026-01-10 of queue.md: `respdiff {}^!` shows it", &back[..8]);
    assert!(told.contains(&note), "{told}");
    let notice = "moved-and-back line 15: \"Copy every queue to a second site each night.\" moved from \
                  IBM to the customer";
    for args in [&["HEAD~3..HEAD"][..], &["log"]] {
        let told = joined(&docs, 0, args);
        assert_eq!(told.matches(notice).count(), 1, "{told}");
        assert!(told.contains(&format!("then back to IBM ({}, 2026-01-10)", &back[..8])), "{told}");
    }
    let json: Value = serde_json::from_str(&docs.run(&["log", "--format", "json"]).1).unwrap();
    let notices = json["documents"][0]["editions"][0]["notices"].as_array().unwrap();
    assert!(notices.iter().any(|notice| notice["code"] == "moved-and-back"), "{notices:?}");
}

#[test]
fn the_removal_of_a_page_is_its_last_change() {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.write("guide.md", "# Guide\n").commit();
    let gone = docs.commit_id("HEAD");
    let told = joined(&docs, 0, &["HEAD"]);
    let note = format!(
        "note: the last change is in commit {0}, which removed queue.md: `respdiff {0}^!` shows it",
        &gone[..8]
    );
    assert!(told.contains(&note), "{told}");
    docs.write("queue.md", PAGE).commit();
    docs.write("queue.md", &unnamed(PAGE)).commit();
    let unread = docs.commit_id("HEAD");
    docs.write("guide.md", "# Guide\n\nMore.\n").commit();
    let told = joined(&docs, 0, &["HEAD~1..HEAD"]);
    let note = format!(
        "since commit {}, respdiff cannot tell who has which duty in queue.md",
        &unread[..8]
    );
    assert!(told.contains(&note), "{told}");
}

#[test]
fn a_page_that_is_what_it_was_before_is_no_last_change() {
    let docs = Docs::new();
    for gone in [None, Some(unnamed(PAGE))] {
        match &gone {
            Some(text) => docs.write("queue.md", text).commit(),
            None => docs.remove("queue.md").write("guide.md", "# Guide\n").commit(),
        };
        docs.write("queue.md", PAGE).commit();
        docs.write("guide.md", &format!("# Guide\n\n{}\n", gone.is_some())).commit();
        let told = joined(&docs, 0, &["HEAD~1..HEAD"]);
        assert!(!told.contains("which removed queue.md"), "{told}");
        assert!(!told.contains("since commit"), "{told}");
    }
}

#[test]
fn no_change_on_the_pages_of_the_policy_is_not_no_change_at_all() {
    let docs = Docs::new();
    docs.write("queue.md", &PAGE.replace("Scale the", "Enlarge the")).commit();
    docs.write("respdiff.yaml", "version: 1\nsources: [docs]\n");
    docs.remove("queue.md").write("docs/queue.md", PAGE).commit();
    docs.write("docs/guide.md", "# Guide\n").commit();
    let told = joined(&docs, 0, &["HEAD..HEAD"]);
    assert!(!told.contains("has changed since its page"), "{told}");
}

#[test]
fn ids_of_duties_and_of_changes_are_told_apart() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let csv = docs.ends(0, &["blame", "--format", "csv"]);
    let is_id = |word: &&str| word.len() == 16 && word.bytes().all(|b| b.is_ascii_hexdigit());
    let duty = csv.split([',', '\n']).find(is_id).unwrap();
    let told = docs.ends(2, &["explain", duty, "HEAD~1..HEAD"]);
    assert!(
        told.contains("ids of duties, which `respdiff blame` prints, do not work here"),
        "{told}"
    );
    let told = docs.ends(2, &["ack", duty, "--by", "Ada", "--reason", "x", "HEAD~1..HEAD"]);
    assert!(
        told.contains("ids of duties, which `respdiff blame` prints, do not work here"),
        "{told}"
    );
    let csv = docs.ends(0, &["log", "--format", "csv"]);
    let change = csv.split([',', '\n']).find(is_id).unwrap();
    let told = docs.ends(2, &["blame", "--duty", change]);
    assert!(told.contains("(other commands print ids of changes)"), "{told}");
    let told = docs.ends(2, &["explain", "xyz", "HEAD~1..HEAD"]);
    assert!(told.starts_with("error: `xyz` is not the id of a change\n"), "{told}");
}

#[test]
fn a_misspelled_page_after_two_revisions_is_named() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let told = docs.ends(2, &["HEAD~1", "HEAD", "quue.md"]);
    assert!(told.contains("hint: did you mean the page 'queue.md'?\n"), "{told}");
}

#[test]
fn a_first_commit_is_shown_by_another_range() {
    let docs = Docs::new();
    let told = docs.ends(2, &["HEAD~1..HEAD"]);
    assert!(
        told.contains(
            "hint: HEAD is the first commit: the range HEAD^! shows all its duties as added"
        ),
        "{told}"
    );
    assert!(docs.ends(0, &["HEAD^!"]).contains("6 added"));
    assert!(docs.ends(0, &[]).contains("note: no duty has changed since its page was added\n"));
}

#[test]
fn a_damaged_head_is_not_suggested_again() {
    let docs = Docs::new();
    docs.write(".git/HEAD", "ref: refs/heads/../x\n");
    let told = docs.ends(2, &["HEAD~1..HEAD"]);
    assert!(told.contains("git fsck") && !told.contains("did you mean"), "{told}");
}

#[test]
fn what_is_no_folder_is_not_created() {
    let docs = Docs::new();
    docs.write("queue.md", PAGE).commit();
    let told = docs.ends(2, &["check", "--baseline", "queue.md"]);
    assert!(
        told.contains(
            "the baseline `queue.md` is not a folder\nhint: name the folder that contains"
        ),
        "{told}"
    );
    let told = docs.ends(2, &["man", "--output", "queue.md"]);
    assert!(told.contains("`queue.md` is not a folder\nhint: name another folder"), "{told}");
}

#[test]
fn a_missing_policy_is_said_to_come_from_the_environment() {
    let docs = Docs::new();
    docs.write("queue.md", PAGE).commit();
    let told = |args: &[&str]| {
        let mut command = respdiff();
        command.current_dir(docs.root()).args(args).env("RESPDIFF_CONFIG", "nope");
        let output = command.output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        String::from_utf8(output.stderr).unwrap()
    };
    let text = "`nope`: no such file\nhint: the file name comes from RESPDIFF_CONFIG";
    for args in [&["show"][..], &["check", "HEAD..HEAD"], &["alert"]] {
        let told = told(args);
        assert!(told.contains(text), "{told}");
    }
    let own = docs.beside("alert.yaml").display().to_string();
    std::fs::write(
        &own,
        "version: 1\nalert: {state: s.sqlite, targets: [{name: me, type: stdout}]}\n",
    )
    .unwrap();
    let told = told(&["alert", "--alert-config", &own]);
    assert!(told.contains(text), "{told}");
}

#[test]
fn hints_about_snapshots_name_the_repository() {
    let docs = Docs::new();
    docs.write("queue.md", PAGE).commit();
    let root = docs.root().to_str().unwrap();
    let told = docs.ends(2, &["-C", root, "check", "--baseline", "kept"]);
    let create = format!("hint: create it: respdiff -C {root} snapshot --output kept\n");
    assert!(told.ends_with(&create), "{told}");
    docs.ends(0, &["-C", root, "snapshot", "--output", "all kept"]);
    docs.ends(0, &["-C", root, "snapshot", "--output", "kept"]);
    docs.write("queue.md", &moved()).commit();
    let told = docs.ends(2, &["-C", root, "snapshot", "--output", "kept"]);
    let accept = format!(
        "review with `respdiff -C {root} check --baseline kept`, then accept: \
         respdiff -C {root} snapshot --output kept --accept\n"
    );
    assert!(told.ends_with(&accept), "{told}");
    let told = docs.ends(2, &["snapshot", "--output", "all kept"]);
    assert!(told.contains("`respdiff check --baseline 'all kept'`, then accept: "), "{told}");
    assert!(told.ends_with("snapshot --output 'all kept' --accept\n"), "{told}");
}

#[test]
fn a_file_whose_content_only_git_lfs_has_is_named_without_a_repository_too() {
    let docs = Docs::new();
    let pointer = format!(
        "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 9\n",
        "0".repeat(64)
    );
    docs.write("far.md", &pointer).write("queue.md", PAGE);
    let note = "note: only Git LFS has the content of far.md\nhint: run `git lfs pull`";
    for args in [
        &["show", "--no-index", "far.md"][..],
        &["--no-index", "far.md", "queue.md"],
        &["--no-index", "queue.md", "far.md"],
    ] {
        let told = docs.ends(0, args);
        assert!(told.contains(note), "{told}");
    }
}

#[test]
fn hints_about_pages_that_are_not_there_name_the_repository() {
    let docs = Docs::new();
    let root = docs.root().to_str().unwrap();
    docs.write("respdiff.yaml", "version: 1\nsources: [docs]\n").commit();
    let told = docs.ends(2, &["-C", root, "lint"]);
    assert!(told.ends_with(&format!("see `respdiff -C {root} config show`\n")), "{told}");
    docs.remove("respdiff.yaml").remove("queue.md").write("guide.md", "# Guide\n").commit();
    docs.write("guide.md", "# More\n").commit();
    let set = docs.beside("set").display().to_string();
    let hint = format!("hint: `respdiff -C {root} log` shows the history of pages that are gone\n");
    for args in [&["lint"][..], &["check"], &["snapshot"], &["oscal", "--output", &set]] {
        let told = docs.ends(2, &[&["-C", root], args].concat());
        assert!(told.ends_with(&hint), "{args:?}: {told}");
    }
}

#[test]
fn in_a_bare_repository_a_change_is_accepted_elsewhere() {
    let docs = Docs::new();
    docs.write("queue.md", &moved()).commit();
    let bare = docs.beside("bare.git").display().to_string();
    docs.git(&["clone", "-q", "--bare", ".", &bare]);
    let told = docs.ends(1, &["-C", &bare, "check", "HEAD~1..HEAD"]);
    let hint =
        "hint: if the change is intended, accept it, in a clone with a working tree: respdiff ack ";
    assert!(told.contains(hint), "{told}");
}

#[test]
fn suggested_commands_keep_the_options_and_paths_of_the_run() {
    let docs = Docs::new();
    let policy = docs.beside("p.yaml").display().to_string();
    std::fs::write(&policy, "version: 1\n").unwrap();
    docs.write("guide.md", PAGE).commit();
    docs.ends(0, &["snapshot", "--output", "kept"]);
    docs.write("queue.md", &moved()).commit();
    let told = docs.ends(1, &["check", "--config", &policy, "HEAD~1"]);
    let ack = format!(" --by NAME --reason TEXT --config {policy} HEAD~1\n");
    assert!(told.contains(&ack), "{told}");
    let asked = ["snapshot", "--output", "kept", "--config", &policy, "--", "queue.md"];
    let told = docs.ends(2, &asked);
    let hint = format!(
        "review with `respdiff check --config {policy} --baseline kept -- queue.md`, then accept: \
         respdiff snapshot --config {policy} --output kept --accept -- queue.md\n"
    );
    assert!(told.ends_with(&hint), "{told}");
    let told = docs.ends(1, &["check", "--baseline", "kept", "--", "queue.md"]);
    assert!(told.contains(": respdiff snapshot --output kept --accept -- queue.md\n"), "{told}");
}

#[test]
fn a_page_that_was_deleted_without_a_commit_is_said_to_be_in_head() {
    let docs = Docs::new();
    docs.remove("queue.md");
    for args in [&["lint"][..], &["snapshot"], &["show"]] {
        let (_, _, told) = docs.run(args);
        let hint =
            "hint: HEAD has a responsibility page: name HEAD to read it, or restore the file\n";
        assert!(told.ends_with(hint), "{args:?}: {told}");
    }
    let told = docs.ends(2, &["show", "--", "queue.md"]);
    let hint = "hint: it is deleted here, but HEAD has it: name HEAD to read it, or restore it with \
                `git checkout HEAD -- queue.md`\n";
    assert!(told.ends_with(hint), "{told}");
    // nor is the very name suggested that was typed
    let told = docs.ends(2, &["show", "queue.md"]);
    assert!(!told.contains("did you mean"), "{told}");
}
