//! Filters of `respdiff alert` that nothing matches: whoever mistypes one hears of it.

use std::fs;

use super::docs::{Docs, PAGE, moved};
use super::respdiff;

/// What a run says on standard error, with these repositories and filters of one target.
#[track_caller]
fn told_of(docs: &Docs, repositories: &str, filters: &str, options: &[&str]) -> String {
    let config = docs.beside("alert.yaml");
    let text = format!(
        "version: 1\nalert:\n  state: alert.sqlite\n  repositories: [{repositories}]\n  \
         targets: [{{name: ops, type: stdout, filters: {filters}}}]\n"
    );
    fs::write(&config, text).unwrap();
    let mut run = respdiff();
    run.current_dir(docs.root()).args(["alert", "--quiet", "--alert-config"]).arg(&config);
    let output = run.args(options).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(0), "{told}");
    told
}

const HERE: &str = "{path: docs, name: sky/queue}";

#[test]
fn a_mistyped_filter_is_named_with_the_nearest_in_every_run() {
    let docs = Docs::new();
    let cases = [
        (
            "{area: [Opertions]}",
            "`area: Opertions` matches no heading of the watched pages; did you mean 'Operations'?",
        ),
        (
            "{document: [qeue.md]}",
            "`document: qeue.md` matches no responsibility page; did you mean 'queue.md'?",
        ),
        (
            "{repository: [quee]}",
            "`repository: quee` matches no watched repository; did you mean 'queue'?",
        ),
        (
            "{party: [custmer]}",
            "`party: custmer` matches no party of the watched pages; did you mean 'customer'?",
        ),
        (
            "{area: [Vaults]}",
            "`area: Vaults` matches no heading of the watched pages; the only heading is Operations",
        ),
    ];
    for (filters, expected) in cases {
        for options in [&[][..], &["--dry-run"], &[]] {
            let told = told_of(&docs, HERE, filters, options);
            assert!(told.starts_with(&format!("warning: target `ops`: {expected}")), "{told}");
            let lines = told.lines().filter(|line| line.starts_with("warning"));
            assert_eq!(lines.count(), 1, "{told}");
        }
    }
}

#[test]
fn a_filter_that_something_matches_is_not_named() {
    let docs = Docs::new();
    for filters in [
        "{area: [operation], document: ['*.md', ':!draft/'], repository: [SKY], party: [you, IBM]}",
        "{}",
        // the changes of a page that is left out by another filter
        "{repository: [sky], level: wording}",
    ] {
        assert_eq!(told_of(&docs, HERE, filters, &[]), "", "{filters}");
    }
    // a change passes by its new heading, and the warning goes
    let filters = "{area: [Upkeep], level: wording}";
    assert!(told_of(&docs, HERE, filters, &[]).contains("`area: Upkeep` matches no heading"));
    docs.write("queue.md", &moved().replace("## Operations", "## Upkeep")).commit();
    assert_eq!(told_of(&docs, HERE, filters, &[]), "");
}

#[test]
fn a_repository_without_a_name_is_listed_once() {
    let docs = Docs::new();
    let told = told_of(&docs, "{path: docs}", "{repository: [elsewhere]}", &[]);
    let expected =
        "`repository: elsewhere` matches no watched repository; the only repository is docs\n";
    assert!(told.ends_with(expected), "{told}");
    // its folder counts all the same
    assert_eq!(told_of(&docs, "{path: docs}", "{repository: [.git]}", &[]), "");
}

#[test]
fn it_is_enough_that_another_repository_matches() {
    let docs = Docs::new();
    let other = docs.beside("net");
    docs.git(&["clone", "-q", ".", other.to_str().unwrap()]);
    fs::write(other.join("queue.md"), PAGE.replace("## Operations", "## Networks")).unwrap();
    docs.git(&["-C", other.to_str().unwrap(), "commit", "-q", "-a", "-m", "Networks"]);
    let both = "{path: docs, name: queue}, {path: net, name: net}";
    assert_eq!(told_of(&docs, both, "{area: [networks, operations]}", &[]), "");
    let told = told_of(&docs, both, "{area: [Networks], repository: [queue]}", &[]);
    assert!(told.contains("`area: Networks` matches no heading"), "{told}");
    // a run over some of the repositories knows too little
    let here = docs.root().to_str().unwrap();
    assert_eq!(told_of(&docs, both, "{area: [networks]}", &["-C", here]), "");
    // one configuration may serve several runs, each over one repository
    assert_eq!(told_of(&docs, "", "{repository: [elsewhere]}", &[]), "");
    let told = told_of(&docs, "", "{repository: [elsewhere]}", &["--dry-run"]);
    assert!(told.contains("`repository: elsewhere` matches no watched repository"), "{told}");
}
