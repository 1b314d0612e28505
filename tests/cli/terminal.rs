//! What a person at a terminal sees: pages, colour, width, links.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

use super::{demo_folder, respdiff};

const OSC: &str = "\u{1b}]8;;";

fn demo() -> &'static str {
    demo_folder().to_str().unwrap()
}

/// What a run in a terminal writes, and its exit code; none where no terminal can be made.
#[cfg(target_os = "linux")]
fn at_terminal(home: &Path, set: &[(&str, &str)], line: &str) -> Option<(String, i32)> {
    if std::process::Command::new("script").arg("--version").output().is_err() {
        eprintln!("skipped: there is no script to make a terminal");
        return None;
    }
    let mut script = Command::new("script");
    script.env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    script.env("TERM", "xterm").env("HOME", home).env("GIT_CONFIG_NOSYSTEM", "1");
    script.envs(set.iter().copied());
    let line = format!("'{}' {line}", env!("CARGO_BIN_EXE_respdiff"));
    let run = script.args(["-qec", &line, "/dev/null"]).output().unwrap();
    let told = String::from_utf8(run.stdout).unwrap().replace("\r\n", "\n");
    Some((told, run.status.code().unwrap()))
}

#[cfg(target_os = "linux")]
#[test]
fn a_pager_is_the_user_s_and_never_the_repository_s() {
    let home = tempfile::tempdir().unwrap();
    let docs = home.path().join("docs");
    let made = respdiff().args(["demo", docs.to_str().unwrap()]).output().unwrap();
    assert!(made.status.success());
    let mut config = fs::read_to_string(docs.join(".git/config")).unwrap();
    config.push_str("[core]\n\tpager = sed s/^/EVIL:/\n");
    fs::write(docs.join(".git/config"), config).unwrap();
    let line = format!("-C '{}' --exit-code HEAD~5..HEAD", docs.display());
    let check = |set: &[(&str, &str)], prefix: &str| {
        let Some((told, code)) = at_terminal(home.path(), set, &line) else { return };
        assert!(told.contains("MOVED TO YOU") && !told.contains("EVIL"), "{told}");
        let begins = |line: &str| line.starts_with(prefix);
        assert!(prefix.is_empty() || told.lines().all(begins), "{prefix}: {told}");
        // the exit code is the comparison's, whatever becomes of the pager
        assert_eq!(code, 1, "{told}");
    };
    check(&[("PAGER", "sed s/^/P:/")], "P:");
    check(&[("PAGER", "sed s/^/P:/"), ("GIT_PAGER", "cat")], "");
    check(&[("PAGER", "sed s/^/P:/; exit 7")], "P:");
    check(&[("PAGER", "no-such-pager")], "");
    fs::write(home.path().join(".gitconfig"), "[core]\n\tpager = sed s/^/C:/\n").unwrap();
    check(&[("PAGER", "sed s/^/P:/")], "C:");
    check(&[("GIT_PAGER", "sed s/^/G:/")], "G:");
    // a pager that is left at once
    let leave = [("GIT_PAGER", "true")];
    if let Some((told, code)) = at_terminal(home.path(), &leave, &line) {
        assert_eq!((told.as_str(), code), ("", 1));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn colour_and_width_are_the_terminal_s() {
    let home = tempfile::tempdir().unwrap();
    let run = |set: &[(&str, &str)], more: &str| {
        let line = format!("--no-pager -C '{}' HEAD~5..HEAD {more}", demo());
        at_terminal(home.path(), set, &line).map(|(told, _)| told)
    };
    let Some(plain) = run(&[], "") else { return };
    assert!(plain.contains("\u{1b}[32mkeep"), "{plain:?}");
    assert!(!plain.contains(OSC), "no terminal that follows links");
    let colorful = |set: &[(&str, &str)], more: &str| run(set, more).unwrap().contains('\u{1b}');
    assert!(!colorful(&[("NO_COLOR", "1")], ""));
    assert!(colorful(&[("NO_COLOR", "")], ""));
    assert!(!colorful(&[("TERM", "dumb")], ""));
    assert!(!colorful(&[], "--color never"));
    let widest = |set: &[(&str, &str)], more: &str| {
        let told = run(set, &format!("--color never --view split {more}")).unwrap();
        let ruled = told.lines().filter(|line| line.contains('│'));
        ruled.map(|line| line.chars().count()).max().unwrap()
    };
    assert!((100..=130).contains(&widest(&[("COLUMNS", "130")], "")));
    assert!(widest(&[("COLUMNS", "130")], "--width 70") <= 70);
    let line = format!("--no-pager -C '{}' --color never --view split HEAD~5..HEAD", demo());
    let line = format!(
        "schema >/dev/null; stty rows 40 cols 150; '{}' {line}",
        env!("CARGO_BIN_EXE_respdiff")
    );
    let (told, _) = at_terminal(home.path(), &[], &line).unwrap();
    let measured = told.lines().map(|line| line.chars().count()).max().unwrap();
    assert!((120..=150).contains(&measured), "{measured}: {told}");
}

#[cfg(target_os = "linux")]
#[test]
fn links_are_made_where_the_terminal_follows_them() {
    let home = tempfile::tempdir().unwrap();
    let run = |set: &[(&str, &str)], more: &str| {
        let line = format!("--no-pager -C '{}' HEAD~5..HEAD {more}", demo());
        at_terminal(home.path(), set, &line).map(|(told, _)| told.contains(OSC))
    };
    let Some(known) = run(&[("TERM", "xterm-kitty")], "") else { return };
    assert!(known);
    assert_eq!(run(&[("VTE_VERSION", "7200")], ""), Some(true));
    assert_eq!(run(&[("TERM", "xterm-kitty"), ("TMUX", "/x,1,0")], ""), Some(false));
    assert_eq!(run(&[("TERM", "xterm-kitty")], "--hyperlinks never"), Some(false));
    assert_eq!(run(&[("TERM", "xterm-kitty")], "--color never"), Some(false));
}

#[test]
fn links_lead_to_lines_and_commits_and_nowhere_else() {
    let home = tempfile::tempdir().unwrap();
    let docs = home.path().join("a b");
    let made = respdiff().args(["demo", docs.to_str().unwrap()]).output().unwrap();
    assert!(made.status.success());
    let told = || {
        let mut run = respdiff();
        run.args(["-C", docs.to_str().unwrap(), "--hyperlinks", "always", "HEAD~5..HEAD"]);
        String::from_utf8(run.output().unwrap().stdout).unwrap()
    };
    let text = told();
    let folder = docs.canonicalize().unwrap();
    let folder = folder.to_str().unwrap().replace(' ', "%20");
    let line = format!("{OSC}file://{folder}/responsibilities.md#30\u{1b}\\(line 30){OSC}\u{1b}\\");
    assert!(text.contains(&line), "{text:?}");
    assert!(!text.contains("https://"), "{text:?}");
    assert!(!text.contains("\u{1b}["), "links are no colours: {text:?}");
    let origin = |url: &str| {
        let config = docs.join(".git/config");
        let text = fs::read_to_string(&config).unwrap();
        let text = text.split("[remote").next().unwrap().to_owned();
        fs::write(&config, format!("{text}[remote \"origin\"]\n\turl = {url}\n")).unwrap();
    };
    origin("git@github.com:skyvault/docs.git");
    let text = told();
    let id = "b97832f2";
    let commit = format!("{OSC}https://github.com/skyvault/docs/commit/{id}");
    assert!(text.contains(&commit), "{text:?}");
    assert!(text.contains(&format!("\u{1b}\\{id}{OSC}")), "{text:?}");
    origin("https://github.example/skyvault/docs");
    assert!(!told().contains("https://"));
}

#[cfg(target_os = "linux")]
#[test]
fn a_long_run_over_many_repositories_shows_how_far_it_is() {
    let home = tempfile::tempdir().unwrap();
    let list = home.path().join("list");
    let run = |count: usize| {
        fs::write(&list, format!("{}\n", demo()).repeat(count)).unwrap();
        let line = format!("--no-pager stats --repos '{}' >/dev/null", list.display());
        at_terminal(home.path(), &[], &line).map(|(told, code)| {
            assert_eq!(code, 0, "{told}");
            told
        })
    };
    // each takes less than the second for which nothing is shown, all of them take longer
    let mut count = 64;
    let told = loop {
        let begun = std::time::Instant::now();
        let Some(told) = run(count) else { return };
        if begun.elapsed().as_secs() >= 3 || count > 10_000 {
            break told;
        }
        count *= 2;
    };
    assert!(told.contains(&format!("\rrepository {count} of {count}")), "{told:?}");
    assert!(!told.contains("\rrepository 1 of "), "{told:?}");
    // the line is taken away in the end
    assert_eq!(told.split('\r').next_back().unwrap().trim(), "", "{told:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn the_last_line_is_wrapped_at_a_terminal() {
    let home = tempfile::tempdir().unwrap();
    for line in [
        "HEAD~5..HEAD",
        "HEAD..HEAD",
        "check --fail-on scope HEAD~5..HEAD",
        "check HEAD..HEAD",
        "blame",
        "lint",
        "log HEAD..HEAD",
        "stats HEAD..HEAD",
        "--explain HEAD..HEAD",
    ] {
        let line = format!("--no-pager -C '{}' --color never {line} 2>/dev/null", demo());
        let Some((told, _)) = at_terminal(home.path(), &[("COLUMNS", "42")], &line) else { return };
        let last = told.lines().last().unwrap();
        assert!(!last.is_empty() && last.chars().count() <= 42, "{line}: {told}");
    }
}
