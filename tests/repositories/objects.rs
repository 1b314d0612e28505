//! Objects that are missing, cut off, or something else than they should be.

use std::fs;
use std::path::{Path, PathBuf};

use crate::scratch::Scratch;
use crate::state::{answers, refuses, three_commits};

const COMMANDS: [&[&str]; 4] =
    [&["HEAD~2..HEAD"], &["log"], &["blame"], &["log", "--format", "jsonl", "--", "a.md"]];

fn loose(scratch: &Scratch, name: &str) -> PathBuf {
    let id = scratch.id(name);
    scratch.root().join(".git/objects").join(&id[..2]).join(&id[2..])
}

fn pack(root: &Path) -> PathBuf {
    let packs = fs::read_dir(root.join(".git/objects/pack")).unwrap();
    let mut packs = packs.map(|entry| entry.unwrap().path());
    packs.find(|path| path.extension().is_some_and(|end| end == "pack")).unwrap()
}

fn make_writable(path: &Path) {
    let mut rights = fs::metadata(path).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a throw-away file")]
    rights.set_readonly(false);
    fs::set_permissions(path, rights).unwrap();
}

#[test]
fn missing() {
    for (object, words) in [
        ("HEAD~1:a.md", ["a.md", "missing", "git fsck"]),
        ("HEAD~1^{tree}", ["list of files", "missing", "git fsck"]),
        ("HEAD~1^0", ["a commit", "missing", "git fsck"]),
    ] {
        let scratch = three_commits();
        let id = scratch.id(object);
        fs::remove_file(loose(&scratch, object)).unwrap();
        for command in COMMANDS.iter().skip(1) {
            refuses(scratch.root(), command, &["missing", "git fsck", &id]);
        }
        refuses(scratch.root(), COMMANDS[0], &words);
    }
}

#[test]
fn rubbish_empty_or_cut_off() {
    for object in ["HEAD~1:a.md", "HEAD~1^{tree}", "HEAD~1"] {
        let scratch = three_commits();
        let file = loose(&scratch, object);
        make_writable(&file);
        let whole = fs::read(&file).unwrap();
        for content in [&b"rubbish"[..], b"", &whole[..whole.len() / 2], &whole[..whole.len() - 5]]
        {
            fs::write(&file, content).unwrap();
            for command in &COMMANDS[1..] {
                refuses(scratch.root(), command, &["git fsck"]);
            }
        }
    }
}

/// A blob where a tree should be, and the like.
#[test]
fn something_else() {
    let scratch = three_commits();
    let (blob, tree) = (loose(&scratch, "HEAD~1:a.md"), loose(&scratch, "HEAD~1^{tree}"));
    make_writable(&blob);
    make_writable(&tree);
    let (a, b) = (fs::read(&blob).unwrap(), fs::read(&tree).unwrap());
    fs::write(&blob, b).unwrap();
    refuses(scratch.root(), &["log"], &["cannot be read", "git fsck"]);
    fs::write(&blob, &a).unwrap();
    fs::write(&tree, a).unwrap();
    refuses(scratch.root(), &["log"], &["cannot be read", "git fsck"]);
}

#[test]
fn a_truncated_pack() {
    let scratch = three_commits();
    scratch.git(["repack", "-qad"]);
    let pack = pack(scratch.root());
    make_writable(&pack);
    let whole = fs::read(&pack).unwrap();
    for length in [0, 11, 12, whole.len() / 3, whole.len() / 2, whole.len() - 40, whole.len() - 1] {
        fs::write(&pack, &whole[..length]).unwrap();
        for command in COMMANDS {
            refuses(scratch.root(), command, &["git fsck"]);
        }
    }
    fs::write(&pack, whole).unwrap();
    answers(scratch.root(), ["log"]);
}

#[test]
fn a_pack_without_its_index() {
    let scratch = three_commits();
    scratch.git(["repack", "-qad"]);
    let index = pack(scratch.root()).with_extension("idx");
    make_writable(&index);
    let whole = fs::read(&index).unwrap();
    for length in [0, 7, 1_032, whole.len() - 1] {
        fs::write(&index, &whole[..length]).unwrap();
        refuses(scratch.root(), &["log"], &[]);
    }
    fs::remove_file(&index).unwrap();
    refuses(scratch.root(), &["log"], &[]);
}

#[test]
fn objects_that_are_borrowed_from_nowhere() {
    let scratch = three_commits();
    let borrower = scratch.beside("borrower");
    let place = borrower.display().to_string();
    scratch.git(["clone", "-q", "--shared", &scratch.root().display().to_string(), &place]);
    answers(&borrower, ["log"]);
    fs::write(borrower.join(".git/objects/info/alternates"), "/no/such/place\n").unwrap();
    refuses(&borrower, &["log"], &[]);
}
