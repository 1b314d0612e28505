//! Repositories with SHA-256 ids say what SHA-1 repositories of the same history say.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::scratch::Scratch;
use crate::state::{Told, answers, run, run_with};

/// One history twice, in folders of the same name: with SHA-1 and with SHA-256 ids.
struct Twins {
    scratch: Scratch,
    short: PathBuf,
    long: PathBuf,
    /// Each commit's id in either.
    ids: Vec<(String, String)>,
}

impl Twins {
    /// The demo, as respdiff writes it, and as git copies it.
    fn of_demo() -> Self {
        let scratch = Scratch::new();
        let [short, long] = ["short/docs", "longs/docs"].map(|name| scratch.beside(name));
        fs::create_dir_all(short.parent().unwrap()).unwrap();
        let told = run(scratch.root(), ["demo", short.to_str().unwrap()]);
        assert_eq!(told.code, Some(0), "{}", told.err);
        copy_with_long_ids(&scratch, &short, &long);
        let ids = |place: &Path| {
            let text = scratch.git_in(place, ["rev-list", "--all"]);
            text.lines().map(str::to_owned).collect::<Vec<_>>()
        };
        let ids: Vec<_> = ids(&short).into_iter().zip(ids(&long)).collect();
        assert_eq!(ids.len(), 8);
        assert!(ids.iter().all(|(short, long)| (short.len(), long.len()) == (40, 64)));
        Self { scratch, short, long, ids }
    }

    /// What the SHA-256 repository said, in ids of the other.
    fn in_short_ids(&self, text: &str) -> String {
        let mut text = text.replace(self.long.to_str().unwrap(), self.short.to_str().unwrap());
        for (short, long) in &self.ids {
            for (from, to) in [(64, 40), (40, 40), (12, 12), (8, 8), (7, 7)] {
                text = text.replace(&long[..from], &short[..to]);
            }
        }
        text
    }

    #[track_caller]
    fn say_the_same(&self, short: &Told, long: &Told, what: &str) {
        assert_eq!(self.in_short_ids(&long.out), short.out, "{what}");
        assert_eq!(self.in_short_ids(&long.err), short.err, "{what}");
        assert_eq!(long.code, short.code, "{what}");
        assert!(matches!(short.code, Some(0 | 1)), "{what}: {}", short.err);
    }
}

/// Copies a repository's history into one that names objects by SHA-256.
fn copy_with_long_ids(scratch: &Scratch, from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    scratch.git_in(to, ["init", "-q", "-b", "main", "--object-format=sha256"]);
    let export = Command::new("git").current_dir(from).args(["fast-export", "--all"]).output();
    let stream = scratch.beside("stream");
    fs::write(&stream, export.unwrap().stdout).unwrap();
    let import = Command::new("git")
        .current_dir(to)
        .args(["fast-import", "--quiet"])
        .stdin(fs::File::open(&stream).unwrap())
        .status();
    assert!(import.unwrap().success());
    scratch.git_in(to, ["reset", "-q", "--hard"]);
}

#[test]
fn every_command_says_the_same_but_for_ids() {
    let twins = Twins::of_demo();
    let full = |at: usize, place: &Path| {
        let (short, long) = &twins.ids[at];
        if place == twins.short { short.clone() } else { long.clone() }
    };
    let both = |line: &str| {
        let said = [&twins.short, &twins.long].map(|place| {
            let line = line.replace("OLD", &full(5, place)).replace("PART", &full(5, place)[..9]);
            run(place, line.split(' '))
        });
        twins.say_the_same(&said[0], &said[1], line);
        said
    };
    for line in ["HEAD~5..HEAD", "OLD..HEAD", "PART..HEAD", "log", "blame", "show", "lint", "stats"]
    {
        let said = both(line);
        assert!(!said[0].out.is_empty(), "{line}");
    }
    for line in ["diff HEAD~5..HEAD", "log", "blame", "show", "lint", "check HEAD~5", "check OLD"] {
        let (command, rest) = line.split_once(' ').unwrap_or((line, ""));
        both(format!("{command} --format json {rest}").trim_end());
    }
    for line in ["diff HEAD~5..HEAD", "log", "blame"] {
        both(&format!("{line} --format csv"));
    }
    both("check --format sarif HEAD~5");
    both("check --format junit HEAD~5");
    both("report --output - HEAD~5..HEAD");
    both("notes HEAD~5..HEAD");
    both("HEAD~1");
    both("--cached HEAD~1");
}

#[test]
fn ids_in_machine_formats_are_whole() {
    let twins = Twins::of_demo();
    let newest = &twins.ids[0].1;
    for arguments in [&["--format", "json", "HEAD~5..HEAD"][..], &["log", "--format", "json"]] {
        assert!(answers(&twins.long, arguments).contains(&format!("\"{newest}\"")));
    }
}

#[cfg(feature = "alert")]
#[test]
fn an_alert_is_the_same_but_for_ids() {
    let twins = Twins::of_demo();
    let config = twins.scratch.beside("alert.yaml");
    let target = "{name: me, type: stdout, filters: {level: wording}}";
    let alert = |place: &Path, options: &[&str]| {
        let state = place.with_file_name("alert.sqlite");
        let text =
            format!("version: 1\nalert:\n  state: {}\n  targets: [{target}]\n", state.display());
        fs::write(&config, text).unwrap();
        let fixed = [("RESPDIFF_NOW", "2025-06-01T12:00:00Z")];
        let start = ["alert", "--alert-config", config.to_str().unwrap()];
        run_with(place, &fixed, start.iter().chain(options))
    };
    let short = alert(&twins.short, &["--from-start"]);
    let long = alert(&twins.long, &["--from-start"]);
    assert_eq!((short.code, long.code), (Some(0), Some(0)), "{}{}", short.err, long.err);
    let events = |text: &str| {
        let lines =
            text.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let mut events: Vec<_> = lines.collect();
        for event in &mut events {
            // the id is made of the repository's own name, and the clock goes on
            event["timestamp"].take();
            event["data"]["id"].take();
        }
        events
    };
    let told = events(&twins.in_short_ids(&long.out));
    assert!(told.len() > 3, "{}", long.out);
    assert_eq!(told, events(&short.out));
    // where the last run ended is found again
    let again = alert(&twins.long, &[]);
    assert_eq!((again.code, again.out.as_str()), (Some(0), ""), "{}", again.err);
}

/// Objects of their own, packs with an index of several, a commit-graph, borrowed objects.
#[test]
fn however_git_stores_the_objects() {
    let twins = Twins::of_demo();
    let expected = answers(&twins.long, ["log"]);
    let check = |place: &Path, what: &str| assert_eq!(answers(place, ["log"]), expected, "{what}");
    let git = |arguments: &[&str]| twins.scratch.git_in(&twins.long, arguments);
    let pack = fs::read_dir(twins.long.join(".git/objects/pack")).unwrap().flatten();
    let pack =
        pack.map(|file| file.path()).find(|path| path.extension().is_some_and(|e| e == "pack"));
    if let Some(pack) = pack {
        let away = twins.scratch.beside("away.pack");
        fs::rename(pack, &away).unwrap();
        fs::remove_dir_all(twins.long.join(".git/objects/pack")).unwrap();
        let unpack = Command::new("git")
            .current_dir(&twins.long)
            .args(["unpack-objects", "-q"])
            .stdin(fs::File::open(away).unwrap())
            .status();
        assert!(unpack.unwrap().success());
    }
    check(&twins.long, "loose");
    git(&["gc", "-q"]);
    git(&["commit-graph", "write", "--reachable"]);
    git(&["multi-pack-index", "write"]);
    check(&twins.long, "packed, with a commit-graph and a multi-pack-index");
    let borrowing = twins.scratch.beside("borrowing/docs");
    let [from, to] = [&twins.long, &borrowing].map(|path| path.to_str().unwrap());
    twins.scratch.git(["clone", "-q", "--shared", from, to]);
    check(&borrowing, "borrowed");
    let bundle = twins.scratch.beside("history.bundle");
    git(&["bundle", "create", "-q", bundle.to_str().unwrap(), "--all"]);
    let unbundled = twins.scratch.beside("unbundled/docs");
    twins.scratch.git([
        "clone",
        "-q",
        "-b",
        "main",
        bundle.to_str().unwrap(),
        unbundled.to_str().unwrap(),
    ]);
    check(&unbundled, "from a bundle");
    let linked = twins.scratch.beside("linked/docs");
    git(&["worktree", "add", "-q", "--detach", linked.to_str().unwrap()]);
    check(&linked, "a linked working tree");
    let shallow = twins.scratch.beside("shallow/docs");
    let url = format!("file://{from}");
    twins.scratch.git(["clone", "-q", "--depth", "3", &url, shallow.to_str().unwrap()]);
    assert_eq!(
        answers(&shallow, ["HEAD~1..HEAD"]),
        answers(&twins.long, ["HEAD~1..HEAD"]),
        "shallow"
    );
    let told = run(&shallow, ["log"]);
    assert!(told.code == Some(2) && told.err.contains("shallow clone"), "{}", told.err);
}

/// A changed file and a staged one are hashed as the repository does.
#[test]
fn the_working_tree_and_the_index() {
    let twins = Twins::of_demo();
    let page = "responsibilities.md";
    for place in [&twins.short, &twins.long] {
        let text = fs::read_to_string(place.join(page)).unwrap();
        fs::write(place.join(page), &text).unwrap();
        assert!(answers(place, [""; 0]).starts_with("No duty changed"));
        let other = text.replace("Keep the audit events of each vault for one year.", "Keep none.");
        assert_ne!(other, text);
        fs::write(place.join(page), other).unwrap();
    }
    let said = || [&twins.short, &twins.long].map(|place| run(place, ["--format", "json"]));
    let [short, long] = said();
    twins.say_the_same(&short, &long, "working tree");
    for place in [&twins.short, &twins.long] {
        twins.scratch.git_in(place, ["add", "-A"]);
    }
    let [short, long] = [&twins.short, &twins.long].map(|place| run(place, ["--cached"]));
    twins.say_the_same(&short, &long, "index");
    assert!(short.out.contains("Keep none."), "{}", short.out);
    let index = twins.long.join(".git/index");
    let named = run_with(&twins.long, &[("GIT_INDEX_FILE", index.to_str().unwrap())], ["--cached"]);
    assert_eq!(named.out, long.out, "{}", named.err);
    let objects = twins.long.join(".git/objects");
    let named =
        run_with(&twins.long, &[("GIT_OBJECT_DIRECTORY", objects.to_str().unwrap())], ["--cached"]);
    assert_eq!(named.out, long.out, "{}", named.err);
}

/// A tag's target and a damaged list of packed objects.
#[test]
fn tags_and_damage() {
    let twins = Twins::of_demo();
    twins.scratch.git_in(&twins.long, ["tag", "-a", "-m", "old", "before", "HEAD~5"]);
    twins.scratch.git_in(&twins.long, ["tag", "-a", "-m", "older", "named", "before"]);
    let by_tag = answers(&twins.long, ["--format", "csv", "named..HEAD"]);
    assert_eq!(by_tag, answers(&twins.long, ["--format", "csv", "HEAD~5..HEAD"]));
    twins.scratch.git_in(&twins.long, ["gc", "-q"]);
    let pack = fs::read_dir(twins.long.join(".git/objects/pack")).unwrap().flatten();
    let mut paths = pack.map(|file| file.path());
    let list = paths.find(|path| path.extension().is_some_and(|end| end == "idx")).unwrap();
    let mut bytes = fs::read(&list).unwrap();
    bytes[1_100] ^= 1;
    fs::remove_file(&list).unwrap();
    fs::write(&list, bytes).unwrap();
    let told = run(&twins.long, ["log"]);
    assert!(told.code == Some(2) && told.err.contains("checksum"), "{}", told.err);
}
