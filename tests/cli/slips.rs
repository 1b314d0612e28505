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
