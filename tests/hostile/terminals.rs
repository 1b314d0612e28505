//! What is read on a screen: text in every form, colour and links, and messages.

use crate::page::ATTACKS;
use crate::signs::{harmless, without_looks};
use crate::world::{BRANCH, command, json, outputs, range, run, world};

/// Every command that prints text, and its forms.
fn screens() -> Vec<Vec<String>> {
    let range = range();
    let id = json(&["--format", "json", &range])["documents"][0]["changes"][0]["id"].clone();
    let split = |line: &str| -> Vec<String> {
        let put = |word: &str| match word {
            "RANGE" => range.clone(),
            "BRANCH" => BRANCH.to_owned(),
            "ID" => id.as_str().unwrap().to_owned(),
            word => word.to_owned(),
        };
        line.split(' ').map(put).collect()
    };
    [
        "diff RANGE",
        "diff RANGE --view unified --ids",
        "diff RANGE --view split --width 200",
        "diff RANGE --view table --width 200",
        "diff RANGE --explain",
        "diff BRANCH BRANCH",
        "log BRANCH",
        "log --oneline",
        "log --stat",
        "blame BRANCH",
        "blame --ids --moved",
        "blame --duty door",
        "lint BRANCH",
        "show BRANCH",
        "show --width 60",
        "explain ID RANGE -- docs*",
        "stats",
        "stats --by area",
        "stats --by document RANGE",
        "check RANGE",
        "diff --width 40 RANGE",
        "notes --format text RANGE",
        "notes --format text --by document",
    ]
    .map(split)
    .into()
}

#[test]
fn text_steers_nothing() {
    for screen in screens() {
        let arguments: Vec<&str> = screen.iter().map(String::as_str).collect();
        let (out, err) = run(&arguments);
        harmless(&out, &format!("{arguments:?}"));
        harmless(&err, &format!("{arguments:?}, standard error"));
    }
}

#[test]
fn with_colour_and_links_the_only_escapes_are_ours() {
    for screen in screens() {
        let mut arguments: Vec<&str> = vec!["--color", "always", "--hyperlinks", "always"];
        let (head, rest) = screen.split_first().unwrap();
        arguments.insert(0, head);
        arguments.extend(rest.iter().map(String::as_str));
        let (out, err) = run(&arguments);
        let mut targets = Vec::new();
        harmless(&without_looks(&out, &mut targets), &format!("{arguments:?}"));
        harmless(&without_looks(&err, &mut targets), &format!("{arguments:?}, standard error"));
        for target in targets.iter().filter(|target| !target.is_empty()) {
            assert!(target.starts_with("file:///"), "{target}");
            assert!(target.bytes().all(|byte| byte.is_ascii_graphic()), "{target:?}");
        }
    }
}

#[test]
fn what_is_shown_is_there() {
    let (out, _) = run(&["show", BRANCH, "--width", "1000"]);
    let words: Vec<&str> = out.split_whitespace().collect();
    for at in 0..ATTACKS.len() {
        assert!(words.windows(2).any(|pair| pair == ["vault", &at.to_string()]), "{at}");
    }
    assert!(out.contains("\\u{202e}reversed\\u{202c}"));
}

/// git shows what its driver writes.
#[test]
fn as_gits_driver() {
    let driver = format!("diff.external='{}' git-driver", env!("CARGO_BIN_EXE_respdiff"));
    for colour in ["color.ui=false", "color.ui=always"] {
        let mut git = std::process::Command::new("git");
        git.current_dir(world().root()).env("GIT_CONFIG_GLOBAL", "/dev/null");
        git.args(["-c", &driver, "-c", colour, "diff", "HEAD~1", "HEAD"]);
        let (out, err) = outputs(&git.output().unwrap(), colour);
        assert!(out.contains("NOW SHARED") || out.contains("MOVED TO YOU"), "{out}");
        harmless(&without_looks(&out, &mut Vec::new()), colour);
        harmless(&err, colour);
    }
}

/// Messages of what fails repeat names that strangers chose.
#[test]
fn messages_steer_nothing() {
    for arguments in [
        &["\u{1b}[31m\u{202e}..HEAD"][..],
        &["log", "HEAD~9\u{202e}"],
        &["explain", "ffff\u{1b}", "HEAD~1..HEAD"],
        &["show", "--no-index", "no\u{1b}[31m\n::error::x\u{202e}"],
        &["show", "--keyrefs", "keyref.yaml"],
        &["check", "--baseline", "\u{202e}\n::error::x"],
        &["notes", "--prepend", "no/\u{1b}[31m/x"],
        &["report", "--output", "no/\u{1b}[31m/x"],
        &["--config", "keyref.yaml"],
        &["man", "\u{1b}[31m\u{202e}"],
        &["schema", "\u{1b}[31m"],
        &["--\u{1b}[31m"],
        &["--color", "X\u{1b}[31m\u{202e}\u{85}\u{2028}\n::error::x ##[error]y"],
        &["lint", "--explain", "X\u{202e}\u{9b}\u{2029}##[group]"],
        &["completions", "X\u{2066}\n##vso[task.setvariable variable=a]b"],
        &["-C", "no\u{1b}[31m\u{202e}", "log"],
    ] {
        let output = command(arguments).output().unwrap();
        let told = String::from_utf8(output.stderr).unwrap();
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(output.stdout.is_empty());
        harmless(&told, &format!("{arguments:?}"));
    }
}
