//! Lines of descent over a real history, held against `git log -S`. `RESPDIFF_CORPUS` names a
//! folder with `histories/*.bundle`; without it this test is skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may")]

use std::process::Command;

use serde_json::Value;

use crate::histories;

/// The history whose page has most versions.
const BUNDLE: &str = "openshift";
/// How many duties are checked, drawn with this seed.
const DUTIES: usize = 20;
const SEED: u64 = 20_240_607;
/// Words of a phrase: enough to be one of its kind, too few to run into markup often.
const WORDS: usize = 6;

fn output(program: &str, arguments: &[&str]) -> String {
    let mut run = Command::new(program);
    run.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = run.output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The page of a history with most versions on its mainline.
fn busiest(clone: &str, told: &Value) -> Value {
    let versions = |page: &&Value| {
        let path = page["path"].as_str().unwrap();
        let log = ["-C", clone, "log", "--first-parent", "-m", "--format=%h", "HEAD", "--", path];
        output("git", &log).lines().count()
    };
    told["documents"].as_array().unwrap().iter().max_by_key(versions).unwrap().clone()
}

/// Some words of a duty that stand but once on the page.
fn phrase(duty: &Value, page: &str) -> Option<String> {
    let words: Vec<&str> = duty["text"].as_str().unwrap().split_whitespace().collect();
    let mut phrases = words.windows(WORDS).map(|run| run.join(" "));
    phrases.find(|phrase| page.matches(phrase.as_str()).count() == 1)
}

/// The newest entry that brought a phrase: it says it, and what was before did not.
fn brought<'d>(duty: &'d Value, phrase: &str) -> Option<&'d str> {
    let history = duty["history"].as_array().unwrap();
    let says = |at: usize| {
        history.get(at).is_some_and(|entry| entry["text"].as_str().unwrap().contains(phrase))
    };
    let at = (0..history.len()).find(|at| says(*at) && !says(at + 1))?;
    history[at]["commit"].as_str()
}

/// Numbers that are the same in every run.
fn draw(state: &mut u64, below: usize) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap() % below
}

/// The newest commit of a history that changed how often a page says a phrase, as git finds it. Where
/// that commit copied the page, as git sees it, from one that said so, too, it is the one of that page.
fn found_by_git(clone: &str, revision: &str, path: &str, phrase: &str) -> String {
    let pickaxe = format!("-S{phrase}");
    let log = ["-C", clone, "log", "--first-parent", "-m", "-1", "--format=%H", &pickaxe];
    let commit = output("git", &[&log[..], &[revision, "--", path]].concat()).trim().to_owned();
    let show =
        ["show", "--first-parent", "-m", "--format=", "--name-status", "--find-copies-harder"];
    let listed = output("git", &[&["-C", clone][..], &show, &["-C", &commit]].concat());
    let copied = listed.lines().find_map(|line| {
        let mut fields = line.split('\t');
        let is_copy = fields.next()?.starts_with('C');
        let from = fields.next()?;
        (is_copy && fields.next()? == path).then(|| from.to_owned())
    });
    let Some(from) = copied else { return commit };
    let before = format!("{commit}^");
    let original = output("git", &["-C", clone, "show", &format!("{before}:{from}")]);
    if original.contains(phrase) { found_by_git(clone, &before, &from, phrase) } else { commit }
}

fn check(clone: &str) {
    let blame = ["-C", clone, "blame", "HEAD", "--format", "json"];
    let told: Value =
        serde_json::from_str(&output(env!("CARGO_BIN_EXE_respdiff"), &blame)).unwrap();
    let document = busiest(clone, &told);
    let path = document["path"].as_str().unwrap();
    let page = output("git", &["-C", clone, "show", &format!("HEAD:{path}")]);
    let mut duties: Vec<&Value> = document["duties"].as_array().unwrap().iter().collect();
    let mut state = SEED;
    let mut seen = 0;
    while seen < DUTIES {
        assert!(!duties.is_empty(), "{path}: only {seen} duties have a phrase of their own");
        let duty = duties.swap_remove(draw(&mut state, duties.len()));
        let Some(phrase) = phrase(duty, &page) else { continue };
        let commit = found_by_git(clone, "HEAD", path, &phrase);
        assert_eq!(brought(duty, &phrase), Some(commit.as_str()), "{path}: {phrase}");
        seen += 1;
    }
}

#[test]
fn a_phrase_came_with_the_commit_that_git_finds() {
    let Some(bundle) = histories::bundle(BUNDLE) else { return };
    let folder = tempfile::tempdir().unwrap();
    check(&histories::cloned(&bundle, folder.path()));
}
