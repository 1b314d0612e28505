//! Arguments, exit codes, and messages that say what to do.

use super::{case, demo_folder, refused, respdiff, stdout};

#[test]
fn help_and_version_are_results() {
    assert!(stdout(&["--help"]).contains("Examples:"));
    assert!(stdout(&["show", "--help"]).contains("Aligned tables"));
    let usage =
        "Usage: respdiff [OPTIONS] [REVISION]... [-- <PATH>...]\n       respdiff <COMMAND> ...\n";
    assert!(stdout(&["--help"]).contains(usage));
    assert_eq!(stdout(&["--version"]), concat!("respdiff ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn an_unknown_option_is_answered_with_the_nearest() {
    assert!(refused(&["--frmat", "json"]).contains("'--format'"));
    assert!(refused(&["show", "--formt", "json"]).contains("'--format'"));
}

#[test]
fn a_mistyped_command_is_answered_with_the_nearest() {
    let demo = demo_folder().to_str().unwrap();
    let hint = "hint: did you mean the command 'stats'?\n";
    let message = refused(&["-C", demo, "stast"]);
    assert!(message.starts_with("error: no revision 'stast' in "), "{message}");
    assert!(message.ends_with(hint), "{message}");
    // taken for a diff, whose options these are not
    assert!(refused(&["-C", demo, "stast", "--by", "area"]).ends_with(hint));
    assert!(!refused(&["-C", demo, "HEAD~99..HEAD"]).contains("command"));
}

#[test]
fn a_mistyped_revision_is_answered_with_the_nearest() {
    let demo = demo_folder().to_str().unwrap();
    assert!(refused(&["-C", demo, "HAED~2"]).ends_with("hint: did you mean 'HEAD'?\n"));
    let message = refused(&["-C", demo, "log", "mian"]);
    assert!(message.ends_with("hint: did you mean 'main'?\n"), "{message}");
}

#[test]
fn a_value_with_a_minus_is_named_as_it_was_written() {
    let demo = demo_folder().to_str().unwrap();
    for option in ["--number", "-n", "--width"] {
        let message = refused(&["-C", demo, "log", option, "-1"]);
        assert!(message.starts_with("error: invalid value '-1' for '"), "{message}");
        let expected = match option {
            "--width" => "give a number of columns, such as 100; the minimum is 40",
            _ => "give a positive whole number, such as 5",
        };
        assert!(message.contains(expected), "{message}");
    }
    assert!(refused(&["-C", demo, "log", "--width", "39"]).contains("the minimum is 40"));
    assert!(stdout(&["-C", demo, "log", "-1"]).lines().count() > 1);
    for option in ["--party", "--area"] {
        let message = refused(&["-C", demo, "log", option, ""]);
        assert!(
            message.starts_with(&format!("error: a value is required for '{option} ")),
            "{message}"
        );
    }
}

#[test]
fn an_option_of_another_program_is_answered_with_ours() {
    let check = |args: &[&str], hint: &str| {
        let message = refused(args);
        assert!(message.contains(&format!("\nhint: {hint}")), "{message}");
    };
    check(&["diff", "--json"], "write --format json\n");
    check(&["-v"], "`respdiff --version` prints the version\n");
    check(&["log", "--cached"], "this command reads commits; `respdiff --cached` compares");
    check(
        &["blame", "--cached"],
        "this command cannot read the index; `respdiff --cached` compares",
    );
    check(&["check", "-3"], "name a range instead: HEAD~3..HEAD");
    check(&["lint", "-3"], "`respdiff lint --help` lists the options");
}

#[test]
fn a_branch_that_is_not_there_is_no_mistyped_command() {
    let demo = demo_folder().to_str().unwrap();
    for word in ["master", "mastr", "mian"] {
        let message = refused(&["-C", demo, word]);
        assert!(!message.contains("the command"), "{message}");
    }
}

#[test]
fn a_file_that_is_named_and_missing_has_a_hint() {
    let demo = demo_folder().to_str().unwrap();
    for option in ["--config", "--repos"] {
        let message = refused(&["-C", demo, "show", option, "none.yaml"]);
        let (error, hint) = message.split_once('\n').unwrap();
        assert!(error.ends_with("none.yaml`: no such file"), "{message}");
        assert_eq!(hint, "hint: paths are relative to the current folder, or to -C DIR\n");
    }
}

#[test]
fn help_comes_in_groups_with_examples() {
    let help = stdout(&["--help"]);
    let commands = help.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.take_while(|line| !line.is_empty());
    let commands = commands.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    for command in commands.filter_map(|line| line.split_whitespace().next()) {
        if command != "help" {
            let help = stdout(&[command, "--help"]);
            assert!(help.contains("\nExamples:\n"), "{command}");
            let uses_general = !["completions", "man"].contains(&command);
            assert_eq!(help.contains("\nGeneral:\n"), uses_general, "{command}");
        }
    }
}

#[test]
fn help_and_errors_speak_of_commands() {
    for words in [
        &["--help"][..],
        &["-h"],
        &["help"],
        &["help", "--help"],
        &["help", "-h"],
        &["config", "--help"],
        &["config", "help", "--help"],
        &["completions", "zsh"],
    ] {
        let text = stdout(words);
        assert!(text.contains("Print this help, or the help of a command"), "{words:?}: {text}");
        assert!(!text.contains("subcommand(s)"), "{words:?}: {text}");
    }
    assert_eq!(
        refused(&["config", "chek"]),
        "error: unknown command 'chek'\n\
         hint: did you mean 'check'? `respdiff config --help` lists the commands\n"
    );
    assert_eq!(
        refused(&["help", "nothing"]),
        "error: unknown command 'nothing'\nhint: `respdiff --help` lists the commands\n"
    );
}

#[test]
fn the_help_of_lint_shows_its_own_options() {
    let help = stdout(&["lint", "--help"]);
    for option in ["--across", "--fail-on", "--format sarif"] {
        assert!(help.contains(&format!("  respdiff lint {option}")), "{help}");
    }
}

#[test]
fn an_option_before_its_command_is_not_lost() {
    assert_eq!(
        refused(&["--format", "json", "show"]),
        "error: `--format` comes before the command\n\
         hint: write options after the command name\n"
    );
}

#[test]
fn a_file_that_is_no_file_is_named() {
    let file = case("date-only", "old.md");
    let message = refused(&["--no-index", &file, "no-such.md"]);
    assert!(
        message.starts_with("error: `no-such.md`: no such file\nhint: use /dev/null"),
        "{message}"
    );
    let folder = env!("CARGO_MANIFEST_DIR");
    let message = refused(&["--no-index", folder, &file]);
    let hint = "is a directory, not a file\nhint: to compare versions of a repository, name ";
    assert!(message.contains(hint), "{message}");
    let message = refused(&["show", "--no-index", folder]);
    assert!(message.contains("omit --no-index, and name it with -C DIR\n"), "{message}");
    let message = refused(&["--no-index", &file, &file, "--keyrefs", folder]);
    assert!(message.ends_with("is a directory, not a file\nhint: name a file\n"), "{message}");
    let message = refused(&["--no-index", &file, &file, "--keyrefs", "no-such.yaml"]);
    let expected =
        "error: `no-such.yaml`: no such file\nhint: paths are relative to the current folder";
    assert!(message.starts_with(expected), "{message}");
    let message = refused(&["--no-index", &file]);
    assert!(message.contains("--no-index compares two files"), "{message}");
    let message = refused(&["--no-index", "/dev/null", "/dev/null"]);
    assert!(message.contains("both sides are /dev/null"), "{message}");
}

#[test]
fn a_folder_without_a_repository_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let message = refused(&["-C", folder.path().to_str().unwrap(), "HEAD~1..HEAD"]);
    assert!(message.starts_with("error: "), "{message}");
    assert!(message.contains(folder.path().file_name().unwrap().to_str().unwrap()), "{message}");
}

#[test]
fn an_unknown_revision_is_named() {
    let demo = demo_folder().to_str().unwrap();
    let message = refused(&["-C", demo, "HEAD~99..HEAD"]);
    assert!(message.contains("HEAD~99"), "{message}");
}

#[test]
fn exit_code_one_only_where_it_is_asked_for() {
    let demo = demo_folder().to_str().unwrap();
    let code = |arguments: &[&str]| {
        respdiff().args(["-C", demo]).args(arguments).output().unwrap().status.code()
    };
    assert_eq!(code(&["HEAD~5..HEAD"]), Some(0));
    assert_eq!(code(&["--exit-code", "HEAD~5..HEAD"]), Some(1));
    assert_eq!(code(&["--exit-code", "HEAD..HEAD"]), Some(0));
    assert_eq!(code(&["--exit-code", "HEAD~99..HEAD"]), Some(2));
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(env!("CARGO_BIN_EXE_respdiff"))
        .args(["schema", "diff"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success());
    assert!(output.stderr.is_empty());
}

#[test]
fn a_revision_is_no_mistyped_command() {
    let message = refused(&["main~5", "main~6", "main~7"]);
    assert!(!message.contains("did you mean"), "{message}");
    let message = refused(&["statss", "a", "b"]);
    assert!(message.contains("did you mean the command 'stats'?"), "{message}");
}

#[test]
fn help_lists_only_what_a_command_uses() {
    for (command, used, unused) in [
        ("schema", "--no-pager", "--width"),
        ("stats", "--width", "--hyperlinks"),
        ("report", "--repos", "--color"),
        ("ack", "--repos", "--width"),
        ("notes", "--width", "--color"),
        ("blame", "--hyperlinks", "--cached"),
    ] {
        let help = stdout(&[command, "--help"]);
        assert!(help.contains(used) && !help.contains(unused), "{command}: {help}");
    }
    // hidden, but harmless where somebody has it in an alias
    stdout(&["schema", "--width", "80", "--color", "never"]);
}

#[test]
fn an_option_that_would_have_no_effect_is_refused() {
    let demo = demo_folder().to_str().unwrap();
    let range = "HEAD~5..HEAD";
    for arguments in [
        &["diff", "--oneline", "--format", "json", range][..],
        &["diff", "--stat", "--format", "csv", range],
        &["diff", "--oneline", "--ids", range],
        &["diff", "--stat", "--all", range],
        &["log", "--stat", "--format", "csv"],
        &["log", "--oneline", "--format", "jsonl"],
        &["log", "--by", "commit"],
        &["lint", "--explain", "cut-off", "--format", "sarif"],
    ] {
        refused(&[&["-C", demo], arguments].concat());
    }
    // what these ask for is in every format
    stdout(&["-C", demo, "diff", "--ids", "--all", "--format", "json", range]);
}

#[test]
fn errors_of_the_parser_look_like_all_others() {
    let told = refused(&["report", "out.html"]);
    assert!(told.ends_with("hint: name the file, as in `respdiff report --output duties.html`\n"));
    for arguments in [&["log", "--format", "xls"][..], &["log", "--stat", "--oneline"]] {
        let told = refused(arguments);
        assert!(told.starts_with("error: "), "{told}");
        assert!(told.ends_with("\nhint: `respdiff log --help` lists the options\n"), "{told}");
        assert!(!told.contains("Usage:") && !told.contains("For more"), "{told}");
    }
}
