//! Options and words that one command took, and now every command does.

use std::fs;

use super::docs::{Docs, PAGE, moved};
use super::{refused, stdout};

/// A page with a moved duty in its second commit, and two commits after that.
fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-01-20")).commit();
    docs.write("guide.md", "# Guide\n").commit().commit();
    docs
}

#[test]
fn a_path_without_a_page_is_an_error_in_oscal_too() {
    let docs = docs();
    let told = docs.ends(2, &["oscal", "--diff", "HEAD~3..HEAD", "--", "no-such.md"]);
    assert!(told.starts_with("error: no markdown file matches `no-such.md`"), "{told}");
    docs.ends(0, &["oscal", "--diff", "HEAD~3..HEAD", "--", "queue.md"]);
}

#[test]
fn an_answer_goes_to_a_file_in_every_command() {
    let docs = docs();
    for args in [
        &["oscal", "--diff", "HEAD~3..HEAD"][..],
        &["man", "log"],
        &["notes", "--print-template"],
        &["notes", "--print-template", "--format", "html"],
        &["completions", "bash"],
    ] {
        let (code, printed, _) = docs.run(args);
        assert!(code == 0 && !printed.is_empty(), "{args:?}");
        let told = docs.ends(0, &[args, &["-o", "answer"]].concat());
        assert_eq!(told, "Wrote answer.\n", "{args:?}");
        assert_eq!(docs.read("answer"), printed, "{args:?}");
        assert_eq!(docs.ends(0, &[args, &["-o", "-"]].concat()), printed, "{args:?}");
    }
    docs.ends(0, &["man", "--output", "pages"]);
    assert!(fs::exists(docs.root().join("pages/respdiff-log.1")).unwrap());
}

#[test]
fn a_number_is_one_of_commits_in_stats_notes_and_report() {
    let docs = docs();
    for command in ["stats", "notes"] {
        let check = |args: &[&str], range: &[&str]| {
            let expected = docs.ends(0, &[&[command], range].concat());
            assert_eq!(docs.ends(0, &[&[command], args].concat()), expected, "{command} {args:?}");
        };
        check(&["-3"], &["HEAD~3..HEAD"]);
        check(&["-n", "1", "HEAD~2"], &["HEAD~3..HEAD~2"]);
        check(&["-1", "HEAD~2", "queue.md"], &["HEAD~3..HEAD~2", "queue.md"]);
        // a shorter history is read as a whole
        check(&["-50"], &[]);
        check(&["-50", "HEAD~1"], &["HEAD~1"]);
        assert!(docs.ends(2, &[command, "-0"]).contains("-n 0 asks for no commits"));
        let told = docs.ends(2, &[command, "-2", "HEAD~1..HEAD"]);
        assert!(told.contains("hint: omit -n, or name one revision"), "{told}");
        let told = docs.ends(2, &[command, "-2", "no-such"]);
        assert!(told.contains("no revision 'no-such'"), "{told}");
    }
    docs.ends(0, &["report", "-3", "-o", "some.html"]);
    docs.ends(0, &["report", "HEAD~3..HEAD", "-o", "same.html"]);
    assert_eq!(docs.read("some.html"), docs.read("same.html"));
}

#[test]
fn paths_need_no_dashes_in_snapshot_and_oscal_either() {
    let docs = docs();
    docs.write("other.md", PAGE).commit();
    let told = docs.ends(0, &["snapshot", "queue.md"]);
    assert!(told.contains("queue.md") && !told.contains("other.md"), "{told}");
    docs.ends(0, &["snapshot", "HEAD~1", "queue.md", "-o", "older"]);
    docs.ends(0, &["snapshot", "HEAD:queue.md", "-o", "one"]);
    let told = docs.ends(0, &["oscal", "-o", "set", "queue.md"]);
    assert!(told.contains("1 page,"), "{told}");
    docs.ends(0, &["oscal", "-o", "set", "HEAD", "other.md"]);
    let all = docs.ends(0, &["oscal", "--diff", "HEAD~4..HEAD", "--", "other.md"]);
    assert_eq!(docs.ends(0, &["oscal", "--diff", "HEAD~4..HEAD", "other.md"]), all);
    let told = docs.ends(2, &["oscal", "--diff", "HEAD~4..HEAD", "HEAD"]);
    assert!(told.contains("'HEAD' is one revision too many: --diff HEAD~4..HEAD names"), "{told}");
    let told = docs.ends(2, &["oscal", "--diff", "HEAD:queue.md..HEAD:other.md"]);
    assert!(told.contains("names two files"), "{told}");
}

#[test]
fn help_names_what_the_command_takes() {
    let help = stdout(&["config", "schema", "--help"]);
    for option in ["-C <DIR>", "--repos", "--config"] {
        assert!(!help.contains(option), "{option}: {help}");
    }
    let help = stdout(&["config", "show", "--help"]);
    assert!(help.contains("Run in DIR, as in git\n") && !help.contains("--repos"), "{help}");
    assert!(stdout(&["config", "check", "--help"]).contains("repeat it to run in several"));
    let help = stdout(&["ack", "--help"]);
    assert!(help.contains("as in git; with --prune, repeat it to run in several"), "{help}");
    assert!(help.contains("With --prune, run in the repositories that FILE lists"), "{help}");
}

#[test]
fn hints_name_options_that_the_command_has() {
    for (args, hint) in [
        (&["show", "-p"][..], "`respdiff diff` and `respdiff log` show the changed words"),
        (&["blame", "-p"], "`respdiff diff` and `respdiff log` show the changed words"),
        (&["show", "--word-diff"], "`respdiff diff` and `respdiff log` show the changed words"),
        (&["check", "-p"], "omit it: `respdiff check` always shows the changed words"),
        (&["log", "-p"], "respdiff always shows the changed words; --oneline and --stat show less"),
        (&["show", "--name-only"], "`respdiff diff --oneline` shows one line per changed page"),
        (&["lint", "--name-only"], "`respdiff diff --oneline` shows one line per changed page"),
        (&["check", "--name-only"], "`respdiff diff --oneline` shows one line per changed page"),
        (&["diff", "--name-only"], "--oneline shows one line per page"),
        (&["log", "--name-status"], "--oneline shows one line per edition"),
        (&["check", "-5"], "name a range instead: HEAD~5..HEAD; `log`, `stats`, `notes` and"),
    ] {
        let told = refused(args);
        assert!(told.contains(&format!("\nhint: {hint}")), "{args:?}: {told}");
    }
    let docs = docs();
    for command in [&["show"][..], &["blame"], &["lint"], &["snapshot"], &["config", "show"]] {
        for range in ["HEAD^!", "HEAD~1..HEAD", "HEAD^-"] {
            let told = docs.ends(2, &[command, &[range]].concat());
            let expected = format!("error: '{range}' is a range, but this command reads one");
            assert!(told.starts_with(&expected), "{command:?}: {told}");
            assert!(told.ends_with("hint: name one revision, such as HEAD~1\n"), "{told}");
        }
    }
}

#[test]
fn the_last_line_has_the_width_that_is_asked_for() {
    let docs = docs();
    // a duty was added, too: the line is long
    docs.write("queue.md", &PAGE.replace("until", "till")).write("other.md", PAGE).commit();
    for args in [
        &["HEAD~1..HEAD"][..],
        &["HEAD..HEAD"],
        &["check", "HEAD~3..HEAD"],
        &["check", "HEAD..HEAD"],
        &["blame"],
        &["log", "HEAD..HEAD"],
    ] {
        let last = |args: &[&str]| docs.run(args).1.lines().last().unwrap().to_owned();
        let whole = last(args);
        assert!(whole.chars().count() > 40, "{args:?}: {whole}");
        let (_, narrow, _) = docs.run(&[args, &["--width", "40"]].concat());
        assert!(narrow.lines().last().unwrap().chars().count() <= 40, "{args:?}: {narrow}");
        let words = narrow.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(words.ends_with(whole.trim()), "{args:?}: {narrow}");
    }
}

#[test]
fn check_and_notes_say_when_a_duty_changed_last() {
    let docs = docs();
    let commit = docs.commit_id("HEAD~2");
    let note = |what: &str| {
        format!(
            "note: the last {what}change is in edition 2026-01-20 of queue.md: \
             `respdiff {}^!` shows it",
            &commit[..8]
        )
    };
    for args in [
        &["check", "HEAD~1..HEAD"][..],
        &["check"],
        &["notes", "--by", "range", "HEAD~1..HEAD"],
        &["notes", "--by", "document", "HEAD~1..HEAD"],
    ] {
        assert!(docs.ends(0, args).lines().any(|line| line == note("")), "{args:?}");
    }
    for format in ["json", "sarif", "junit", "markdown", "github"] {
        let told = docs.ends(0, &["check", "--format", format, "HEAD~1..HEAD"]);
        assert!(!told.contains("note: the last"), "{told}");
    }
    assert!(!docs.ends(1, &["check", "HEAD~3..HEAD"]).contains("note: the last"));
    for by in ["range", "document"] {
        let told = docs.ends(0, &["notes", "--by", by, "HEAD~1..HEAD"]);
        assert!(told.contains(": no responsibility page differs."), "{told}");
    }
    for (args, expected) in [
        (&["--kind", "moved"][..], note("matching ")),
        (&["--party", "ibm"], note("matching ")),
        (&["--kind", "added"], "note: no matching change in any earlier commit either".to_owned()),
    ] {
        let told = docs.ends(0, &[args, &["HEAD~1..HEAD"]].concat());
        assert!(told.starts_with("No matching change between"), "{told}");
        assert_eq!(told.lines().last(), Some(expected.as_str()));
    }
    // a change of another kind in the range is none that was asked for
    docs.write("queue.md", &moved().replace("Send an alert", "Send a message")).commit();
    let told = docs.ends(0, &["--kind", "moved", "HEAD~1..HEAD"]);
    assert_eq!(told.lines().last(), Some(note("matching ").as_str()));
    // two files are no range of commits
    docs.write("copy.md", &docs.read("queue.md")).commit();
    for command in [&["check"][..], &[]] {
        let told = docs.ends(0, &[command, &["HEAD:queue.md", "HEAD:copy.md"]].concat());
        assert!(told.contains("o duty changed") && !told.contains("note: "), "{told}");
    }
}
