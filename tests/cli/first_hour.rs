//! Slips of a first hour: words as git takes them, and answers that lead on.

use super::docs::{Docs, PAGE, moved};

/// The page after the move, in an edition of its own.
fn later() -> String {
    moved().replace("2026-01-10", "2026-01-20")
}

/// Two editions, the second with a moved duty, then a commit without a page.
fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &later()).commit();
    docs.write("guide.md", "# Guide\n\nRead on.\n").commit();
    docs
}

#[test]
fn paths_need_no_dashes_where_they_are_no_revisions() {
    let docs = docs();
    for args in [
        &["HEAD~2", "queue.md"][..],
        &["HEAD~2..HEAD", "queue.md"],
        &["HEAD~2", "HEAD", "queue.md"],
        &["HEAD~2..HEAD", "*.md"],
        &["log", "queue.md"],
        &["log", "HEAD~1", "queue.md"],
    ] {
        assert!(docs.ends(0, args).contains("MOVED TO YOU"), "{args:?}");
    }
    assert!(docs.ends(0, &["queue.md"]).starts_with("No duty changed between HEAD"));
    for command in ["show", "blame", "lint", "stats", "notes"] {
        docs.ends(0, &[command, "queue.md"]);
    }
    let told = docs.ends(2, &["log", "no-such.md"]);
    assert!(told.contains("no revision 'no-such.md'"), "{told}");
}

#[test]
fn a_page_at_a_revision_is_read() {
    let docs = docs();
    let told = docs.ends(0, &["HEAD~2:queue.md", "HEAD:queue.md"]);
    assert!(told.contains("MOVED TO YOU"), "{told}");
    assert!(docs.ends(0, &["HEAD~2:queue.md"]).contains("MOVED TO YOU"));
    assert!(docs.ends(0, &["show", "HEAD~2:queue.md"]).contains("queue.md"));
    assert!(docs.ends(0, &["show", "HEAD~2:./queue.md"]).contains("queue.md"));
    docs.ends(2, &["show", "HEAD~2:no-such.md"]);
}

#[test]
fn two_revisions_are_a_range_everywhere() {
    let docs = docs();
    for command in ["log", "stats", "notes"] {
        let two = docs.ends(0, &[command, "HEAD~2", "HEAD~1"]);
        assert_eq!(two, docs.ends(0, &[command, "HEAD~2..HEAD~1"]), "{command}");
    }
    docs.ends(0, &["report", "HEAD~2", "HEAD~1", "-o", "report.html"]);
    for args in [
        &["log", "HEAD", "HEAD", "HEAD"][..],
        &["log", "HEAD~1..HEAD", "HEAD"],
        &["show", "HEAD", "HEAD~1"],
    ] {
        assert!(docs.ends(2, args).contains("too many revisions"), "{args:?}");
    }
}

#[test]
fn options_are_those_of_git() {
    let docs = docs();
    docs.write("queue.md", PAGE).git(&["add", "queue.md"]);
    for args in [&["--staged"][..], &["--cached"], &["diff", "--staged"]] {
        assert!(docs.ends(0, args).contains("MOVED TO IBM"), "{args:?}");
    }
    docs.ends(1, &["check", "--staged"]);
    assert!(docs.ends(0, &["show", "--cached"]).contains("Copy every queue"));
    assert!(docs.ends(0, &["lint", "--cached"]).contains("1 responsibility page"));
    docs.ends(2, &["lint", "--cached", "HEAD"]);
    assert_eq!(docs.ends(0, &["log", "-1"]), docs.ends(0, &["log", "-n", "1"]));
    assert!(docs.ends(2, &["log", "-n", "0"]).contains("-n 0 asks for no edition"));
    assert!(docs.ends(0, &["HEAD~1^!"]).contains("MOVED TO YOU"));
}

#[test]
fn every_result_goes_into_a_file() {
    let docs = docs();
    for args in [
        &["HEAD~2..HEAD"][..],
        &["log"],
        &["stats"],
        &["lint"],
        &["check", "HEAD"],
        &["--view", "split", "HEAD~2..HEAD"],
    ] {
        let plain = docs.run(args).1;
        let (code, stdout, stderr) = docs.run(&[args, &["-o", "out.txt"]].concat());
        assert_eq!((code, stdout.as_str()), (0, ""), "{args:?}: {stderr}");
        assert!(stderr.contains("Wrote out.txt."), "{args:?}: {stderr}");
        assert_eq!(docs.read("out.txt"), plain, "{args:?}");
    }
    docs.ends(2, &["log", "--format", "jsonl", "-o", "out.txt"]);
}

#[test]
fn a_path_that_matches_nothing_is_refused_by_every_command() {
    let docs = docs();
    for command in
        ["diff HEAD~1..HEAD", "log", "stats", "notes", "report -o -", "show", "blame", "lint"]
    {
        let mut args: Vec<&str> = command.split(' ').collect();
        args.extend(["--", "no-such.md"]);
        let told = docs.ends(2, &args);
        assert!(told.contains("no markdown file matches `no-such.md`"), "{command}: {told}");
    }
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    assert!(docs.ends(0, &["log", "--", "queue.md"]).contains("the page was removed"));
}

#[test]
fn an_empty_range_says_where_the_last_change_is() {
    let docs = docs();
    for args in
        [&["HEAD~1..HEAD"][..], &["HEAD"], &[], &["log", "HEAD^!"], &["notes", "HEAD~1", "HEAD"]]
    {
        let told = docs.ends(0, args);
        let note = told.lines().last().unwrap();
        assert!(note.starts_with("note: the last change is in edition 2026-01-20 of queue.md: "));
        let command = note.split('`').nth(1).unwrap();
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        assert!(docs.ends(0, &words).contains("MOVED TO YOU"), "{args:?}: {command}");
    }
    assert!(!docs.ends(0, &["HEAD~1..HEAD", "--format", "json"]).contains("note:"));
    assert!(!docs.ends(0, &["HEAD~2..HEAD"]).contains("note:"));
}

#[test]
fn a_branch_that_is_not_there_leads_to_the_default_branch() {
    let docs = docs();
    docs.git(&["branch", "-q", "-m", "main", "production"]);
    for args in [&["main..HEAD"][..], &["check", "master...HEAD"], &["log", "main"]] {
        let told = docs.ends(2, args);
        assert!(told.contains("the default branch of this repository is 'production'"), "{told}");
    }
}

#[test]
fn an_untracked_page_is_named() {
    let docs = docs();
    docs.write("new.md", PAGE);
    docs.write("notes.md", "# Notes\n");
    for args in [&[][..], &["show"], &["lint"]] {
        let told = docs.ends(0, args);
        assert!(told.contains("note: new.md is not read, because git does not track it"), "{told}");
        assert!(!told.contains("notes.md"), "{told}");
    }
    assert!(docs.ends(2, &["show", "--", "new.md"]).contains("git add -N new.md"));
    docs.git(&["add", "-N", "new.md"]);
    assert!(!docs.ends(0, &["show"]).contains("note: new.md"));
}

#[test]
fn an_unknown_option_gets_no_misleading_advice() {
    let docs = docs();
    let told = docs.ends(2, &["log", "--onelin"]);
    let expected = "error: unknown option '--onelin'\nhint: did you mean '--oneline'? \
                    `respdiff log --help` lists all options\n";
    assert_eq!(told, expected);
    let told = docs.ends(2, &["log", "--no-merges"]);
    assert_eq!(
        told,
        "error: unknown option '--no-merges'\nhint: `respdiff log --help` lists the options\n"
    );
    assert!(docs.ends(2, &["-w"]).contains("hint: `respdiff --help` lists the options"));
}

#[test]
fn pages_are_summed_up_in_a_line() {
    let docs = docs();
    let told = docs.ends(0, &["HEAD~2..HEAD", "--oneline"]);
    assert!(told.starts_with("queue.md edition 2026-01-10 → 2026-01-20 1 duty moved to you"));
    let told = docs.ends(0, &["HEAD~2..HEAD", "--stat"]);
    assert!(told.contains("queue.md edition 2026-01-10 → 2026-01-20 IBM -1, customer +1\n"));
}

#[test]
fn that_no_duty_ever_moved_is_said() {
    let docs = Docs::new();
    let told = docs.ends(0, &["blame", "--moved"]);
    assert_eq!(told, "No duty ever changed hands: 6 duties in 1 responsibility page read.\n");
}

#[test]
fn quiet_editions_and_new_pages_are_folded() {
    let docs = docs();
    let dated = |day: &str| moved().replace("2026-01-10", day);
    for day in ["2026-02-01", "2026-03-01"] {
        docs.write("queue.md", &dated(day)).commit();
    }
    let log = docs.ends(0, &["log"]);
    assert!(log.contains("\n2 editions without a change of duties, 2026-02-01 to 2026-03-01"));
    assert!(!log.contains("edition 2026-02-01"), "{log}");
    assert!(docs.ends(0, &["log", "--all"]).contains("edition 2026-02-01"));
    let line = "2026-02-01 to 2026-03-01 queue.md 2 editions without a change of duties";
    assert!(docs.ends(0, &["log", "--oneline"]).starts_with(line));
    let row = |n: usize| format!("| Task {n} | Run engine {n}. | Watch engine {n}. |\n");
    let rows: String = (1..=10).map(row).collect();
    let page = PAGE.split("| Queues").next().unwrap().to_owned() + &rows;
    docs.write("engines.md", &page).commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(told.contains("ADDED (20 duties)\n    Operations: IBM 10, customer 10\n"), "{told}");
    assert!(told.contains("... 17 more duties (--all shows them)\n"), "{told}");
    let told = docs.ends(0, &["--all", "HEAD~1..HEAD"]);
    assert!(told.contains("Watch engine 10.") && !told.contains("more duties"), "{told}");
}
