//! Names from documents never choose where a file is written, links lead nowhere, and what is not
//! ours is not overwritten.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use crate::world::{PATHS, command, world};

/// A copy of the hostile repository, and a folder that nothing is to come to.
pub(crate) fn copy() -> (TempDir, PathBuf, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let (docs, elsewhere) = (home.path().join("docs"), home.path().join("elsewhere"));
    let copied = Command::new("cp").arg("-a").arg(world().root()).arg(&docs).status();
    assert!(copied.unwrap().success());
    fs::create_dir(&elsewhere).unwrap();
    fs::write(elsewhere.join("mine"), "mine").unwrap();
    (home, docs, elsewhere)
}

pub(crate) fn run(docs: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let output = command(arguments).current_dir(docs).output().unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.code(), String::from_utf8(told).unwrap())
}

/// Every file and link below a folder but git's own, as paths from there.
fn below(folder: &Path) -> Vec<String> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() && !path.is_symlink() && !path.ends_with(".git") {
            found.extend(below(&path));
        } else if !path.ends_with(".git") {
            found.push(path.display().to_string());
        }
    }
    found.sort();
    found
}

#[test]
fn snapshots_stay_in_their_folder_under_plain_names() {
    let (home, docs, elsewhere) = copy();
    let before = below(home.path());
    let (code, told) = run(&docs, &["snapshot", "--output", "accepted"]);
    assert_eq!(code, Some(0), "{told}");
    let new: Vec<String> =
        below(home.path()).into_iter().filter(|path| !before.contains(path)).collect();
    assert!(new.len() >= PATHS.len(), "{new:?}");
    for path in &new {
        let name = path.strip_prefix(&format!("{}/accepted/", docs.display())).unwrap();
        let plain = |c: char| c.is_ascii_alphanumeric() || "-_.%~".contains(c);
        let is_safe = |part: &str| part.chars().all(plain) && !part.starts_with('.');
        assert!(name == ".gitattributes" || name.split('/').all(is_safe), "{name}");
        // what is reviewed holds nothing that its reader would obey
        let text = fs::read_to_string(path).unwrap();
        assert!(!text.contains(['\u{202e}', '\u{1b}', '\u{9b}', '\u{e0041}']), "{name}");
    }
    assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1);
    let (code, told) = run(&docs, &["check", "--baseline", "accepted"]);
    assert_eq!(code, Some(0), "what is stored reads as the page: {told:.2000}");
}

/// The id of a change that no other page shares, so that nothing but the link is in its way.
pub(crate) fn id_of_one_page(docs: &Path) -> String {
    let told = run(docs, &["--format", "json", "HEAD~1..HEAD"]).1;
    let ids: Vec<&str> =
        told.split("\"id\": \"").skip(1).map(|rest| rest.split('"').next().unwrap()).collect();
    let once = |id: &&&str| ids.iter().filter(|other| other == id).count() == 1;
    (*ids.iter().find(once).unwrap()).to_owned()
}

#[test]
fn no_link_leads_a_file_out() {
    let (_home, docs, elsewhere) = copy();
    let id = id_of_one_page(&docs);
    // a folder of the repository that leads elsewhere, as a stranger may have committed it
    for (link, arguments) in [
        ("snapshots", &["snapshot"][..]),
        ("kept", &["snapshot", "--output", "kept/pages"]),
        (".respdiff", &["ack", "ID", "--by", "Ada", "--reason", "so", "HEAD~1..HEAD"]),
    ] {
        symlink(&elsewhere, docs.join(link)).unwrap();
        let arguments: Vec<&str> =
            arguments.iter().map(|word| if *word == "ID" { &*id } else { word }).collect();
        let (code, told) = run(&docs, &arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {told:.600}");
        assert!(told.contains("link"), "{arguments:?}: {told:.600}");
        assert_eq!(fs::read_dir(&elsewhere).unwrap().count(), 1, "{arguments:?}");
    }
    // a file in its place that is a link, and one that leads nowhere
    let mine = elsewhere.join("mine");
    symlink(&mine, docs.join("report.html")).unwrap();
    symlink(elsewhere.join("new"), docs.join("NEWS.md")).unwrap();
    for arguments in [
        &["report", "--output", "report.html"][..],
        &["notes", "--output", "report.html"],
        &["notes", "--prepend", "report.html"],
        &["report", "--output", "NEWS.md"],
        &["notes", "--prepend", "NEWS.md"],
    ] {
        let (code, told) = run(&docs, arguments);
        assert_eq!(code, Some(2), "{arguments:?}: {told:.600}");
        assert!(told.contains("is a link that points"), "{told:.600}");
    }
    assert_eq!(below(&elsewhere), [mine.display().to_string()]);
    assert_eq!(fs::read_to_string(mine).unwrap(), "mine");
}

#[test]
fn what_is_not_ours_is_not_overwritten() {
    let (_home, docs, _) = copy();
    run(&docs, &["snapshot", "--output", "accepted"]);
    let file = below(&docs.join("accepted")).remove(0);
    fs::write(&file, "mine").unwrap();
    let (code, told) = run(&docs, &["snapshot", "--output", "accepted", "--accept"]);
    assert_eq!(code, Some(2), "{told:.600}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "mine");
    fs::create_dir(docs.join("full")).unwrap();
    fs::write(docs.join("full/mine"), "mine").unwrap();
    let (code, told) = run(&docs, &["demo", "full"]);
    assert_eq!(code, Some(2), "{told:.600}");
    assert_eq!(below(&docs.join("full")).len(), 1);
    // a page of a manual that is a link is replaced, not followed
    fs::create_dir(docs.join("man")).unwrap();
    symlink(docs.join("full/mine"), docs.join("man/respdiff.1")).unwrap();
    let (code, told) = run(&docs, &["man", "--output", "man"]);
    assert_eq!(code, Some(0), "{told:.600}");
    assert_eq!(fs::read_to_string(docs.join("full/mine")).unwrap(), "mine");
}

/// Below the folder that the run is in, no folder on the way is a link; what the user names
/// absolutely, or above, is the user's.
#[test]
fn no_folder_on_the_way_is_a_link() {
    let (home, docs, elsewhere) = copy();
    symlink("../elsewhere", docs.join("out")).unwrap();
    symlink("../elsewhere/mine", docs.join("sum.md")).unwrap();
    symlink("../elsewhere/new", docs.join("lost.md")).unwrap();
    let before = below(&elsewhere);
    let range = "HEAD~1..HEAD";
    let writers: [&[&str]; 11] = [
        &["report", "--output", "out/r.html"],
        &["report", "--output", "./out/deep/../r.html"],
        &["notes", "--output", "out/n.md"],
        &["notes", "--prepend", "out/p.md"],
        &["man", "--output", "out"],
        &["man", "--output", "out/man"],
        &["demo", "out/demo"],
        &["demo", "lost.md"],
        &["check", "--format", "github", "--summary", "out/s.md", range],
        &["check", "--format", "github", "--summary", "sum.md", range],
        &["check", "--format", "github", "--summary", "lost.md", range],
    ];
    for arguments in writers {
        for from in [&docs, &home.path().to_owned()] {
            let mut all = arguments.to_vec();
            if from != &docs {
                all.extend(["-C", docs.to_str().unwrap()]);
            }
            // options of a command come after its name, paths of a check last
            let (code, told) = run(from, &all);
            assert_eq!(code, Some(2), "{all:?}: {told:.600}");
            assert!(told.contains("is a link") || told.contains("is there already"), "{told:.600}");
        }
    }
    assert_eq!(below(&elsewhere), before);
    assert_eq!(fs::read_to_string(elsewhere.join("mine")).unwrap(), "mine");
    // named in full, or from above, it is the user's own way
    let mut absolute = docs.join("out/n.md").display().to_string();
    for place in [&*absolute.clone(), "../docs/out/n.md"] {
        let (code, told) = run(&docs, &["notes", "--output", place]);
        assert_eq!(code, Some(0), "{place}: {told:.600}");
        fs::remove_file(elsewhere.join("n.md")).unwrap();
    }
    absolute.push_str(".sum");
    let mut check = command(&["check", "--format", "github", range]);
    let check = check.current_dir(&docs).env("GITHUB_STEP_SUMMARY", &absolute);
    assert_eq!(check.output().unwrap().status.code(), Some(1));
    assert!(elsewhere.join("n.md.sum").exists());
}
