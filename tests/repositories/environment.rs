//! What git's environment says of where a repository is, held against git itself.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::scratch::{Scratch, page};
use crate::state::{LAST, Told, everything, run, run_with, three_commits};

/// A page whose one text is the customer's or IBM's.
fn boundary(customer: bool) -> String {
    let text = "Rotate the keys of the vault every month.";
    let (ibm, you) = if customer { ("", text) } else { (text, "") };
    format!("# Responsibilities\n\n| Task | IBM | You |\n|-|-|-|\n| Keys | {ibm} | {you} |\n")
}

/// A repository whose next commit moves a boundary.
fn about_to_move() -> Scratch {
    let scratch = Scratch::new();
    scratch.write("a.md", &boundary(false)).write("docs/b.md", "b\n").commit("first");
    scratch.write("a.md", &boundary(true));
    scratch
}

#[track_caller]
fn says(told: &Told, code: i32, words: &[&str]) {
    let all = format!("{}{}", told.out, told.err);
    assert_eq!(told.code, Some(code), "{all}");
    for word in words {
        assert!(all.contains(word), "no {word:?} in {all}");
    }
}

/// Commits as git does it, with respdiff for a hook; whether the hook let it pass, and its words.
#[cfg(unix)]
fn commit(scratch: &Scratch, folder: &str, hook: &str, arguments: &[&str]) -> (bool, String) {
    use std::os::unix::fs::PermissionsExt;
    let binary = std::env::var("RESPDIFF_BINARY");
    let binary = binary.unwrap_or_else(|_| env!("CARGO_BIN_EXE_respdiff").to_owned());
    let hooks = scratch.beside("hooks");
    fs::create_dir_all(&hooks).unwrap();
    let script = hooks.join("pre-commit");
    fs::write(&script, format!("#!/bin/sh\nexec {binary} {hook}\n")).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let output = Command::new("git")
        .args(["-c", &format!("core.hooksPath={}", hooks.display()), "commit", "-q", "-m", "moved"])
        .args(arguments)
        .current_dir(scratch.root().join(folder))
        .envs([("GIT_CONFIG_GLOBAL", "/dev/null"), ("GIT_CONFIG_NOSYSTEM", "1")])
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_NAME"), "Ada")))
        .envs(["AUTHOR", "COMMITTER"].map(|who| (format!("GIT_{who}_EMAIL"), "ada@example.com")))
        .output()
        .unwrap();
    let told = [output.stdout, output.stderr].concat();
    (output.status.success(), String::from_utf8_lossy(&told).into_owned())
}

#[cfg(unix)]
#[test]
fn a_hook_reads_the_index_that_the_commit_is_made_of() {
    for (folder, hook, arguments) in [
        ("", "check --cached", &["-a"][..]),
        ("", "check --cached", &["a.md"]),
        ("", "check --cached", &["-i", "a.md"]),
        ("", "check --cached -- a.md", &["-a"]),
        ("", "-C docs check --cached", &["-a"]),
        ("docs", "check --cached", &["-a"]),
        ("docs", "check --cached", &["../a.md"]),
    ] {
        let scratch = about_to_move();
        let (passed, told) = commit(&scratch, folder, hook, arguments);
        assert!(!passed, "{folder} {hook} {arguments:?}: {told}");
        assert!(told.contains("Rotate the keys"), "{told}");
        // what is not in the commit does not count
        scratch.write("docs/b.md", "more\n");
        let (passed, told) = commit(&scratch, folder, hook, &["--", &up(folder, "docs/b.md")]);
        assert!(passed, "{folder} {hook} {arguments:?}: {told}");
    }
}

fn up(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("../{path}") }
}

#[cfg(unix)]
#[test]
fn a_hook_of_a_linked_worktree() {
    let scratch = about_to_move();
    let linked = scratch.beside("linked");
    scratch.git(["worktree", "add", "-q", "-b", "other", &linked.display().to_string()]);
    fs::write(linked.join("a.md"), boundary(true)).unwrap();
    let (passed, told) = commit(&scratch, "../linked", "check --cached", &["-a"]);
    assert!(!passed && told.contains("Rotate the keys"), "{told}");
}

#[test]
fn an_index_is_seen_from_the_top_of_the_working_tree() {
    let scratch = about_to_move();
    fs::copy(scratch.root().join(".git/index"), scratch.root().join("other")).unwrap();
    scratch.git(["add", "a.md"]);
    let cached = |folder: &str, index: &str| {
        let before = everything(scratch.root());
        let index = [("GIT_INDEX_FILE", index)];
        let told = run_with(&scratch.root().join(folder), &index, ["--cached"]);
        assert!(everything(scratch.root()) == before);
        told
    };
    let absolute = scratch.root().join("other").display().to_string();
    for folder in ["", "docs"] {
        says(&cached(folder, ".git/index"), 0, &["1 duty moved to you"]);
        says(&cached(folder, "other"), 0, &["No duty changed"]);
        says(&cached(folder, &absolute), 0, &["No duty changed"]);
        says(&cached(folder, "../other"), 2, &["GIT_INDEX_FILE", "hint: "]);
        says(&cached(folder, ""), 2, &["GIT_INDEX_FILE", "hint: "]);
    }
}

#[test]
fn the_repository_is_the_one_that_git_would_take() {
    let scratch = three_commits();
    let other = about_to_move();
    let text = |path: &Path| path.display().to_string();
    let dir = text(&other.root().join(".git"));
    // git -C docs honours GIT_DIR, and so do we; the folder is then the top of its working tree
    let seen = |extra: &[(&str, &str)], arguments: &[&str]| {
        run_with(scratch.root(), &[&[("GIT_DIR", dir.as_str())], extra].concat(), arguments)
    };
    says(&seen(&[], &["show", "HEAD"]), 0, &["Rotate the keys"]);
    says(&seen(&[], &[]), 0, &["IBM does 1"]);
    let tree = text(other.root());
    says(&seen(&[("GIT_WORK_TREE", &tree)], &[]), 0, &["1 duty moved to you"]);
    // relative to where we are
    let docs = other.root().join("docs");
    let told = run_with(&docs, &[("GIT_DIR", "../.git"), ("GIT_WORK_TREE", "..")], [""; 0]);
    says(&told, 0, &["1 duty moved to you"]);
    let told = run_with(&docs, &[("GIT_WORK_TREE", "..")], [""; 0]);
    says(&told, 0, &["1 duty moved to you"]);
    let told = run_with(other.root(), &[("GIT_WORK_TREE", &text(scratch.root()))], [""; 0]);
    says(&told, 0, &["IBM does 1"]);
    for (name, value) in [
        ("GIT_DIR", "nowhere"),
        ("GIT_DIR", ""),
        ("GIT_WORK_TREE", "nowhere"),
        ("GIT_WORK_TREE", ""),
        ("GIT_COMMON_DIR", "nowhere"),
        ("GIT_OBJECT_DIRECTORY", "nowhere"),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "nowhere"),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", "\"quoted\""),
        ("GIT_SHALLOW_FILE", "nowhere"),
        ("GIT_GRAFT_FILE", "nowhere"),
        ("GIT_REPLACE_REF_BASE", "refs/others"),
    ] {
        let told = run_with(scratch.root(), &[(name, value)], ["HEAD~1..HEAD"]);
        says(&told, 2, &["error: ", name, "hint: "]);
        assert!(told.out.is_empty());
    }
    // by it git serves others, and reads nothing else
    let told = run_with(scratch.root(), &[("GIT_NAMESPACE", "x")], ["main~1..main"]);
    says(&told, 0, &[LAST]);
    let told = run_with(scratch.root(), &[("GIT_COMMON_DIR", ".git")], ["main~1..main"]);
    says(&told, 0, &[LAST]);
}

#[test]
fn objects_where_git_keeps_them() {
    let scratch = three_commits();
    let (objects, store) = (scratch.root().join(".git/objects"), scratch.root().join(".git/store"));
    fs::rename(&objects, &store).unwrap();
    fs::create_dir(&objects).unwrap();
    for (name, value) in [
        ("GIT_OBJECT_DIRECTORY", ".git/store".to_owned()),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", ".git/store".to_owned()),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", format!("{}:.git/store", objects.display())),
    ] {
        let told = run_with(scratch.root(), &[(name, &value)], ["HEAD~1..HEAD"]);
        says(&told, 0, &[LAST]);
    }
    says(&run(scratch.root(), ["HEAD~1..HEAD"]), 2, &["error: "]);
    // as a push is looked at before it is let in
    scratch.write("new.md", &page(&["new"]));
    let quarantine = scratch.root().join(".git/quarantine");
    fs::create_dir(&quarantine).unwrap();
    fs::rename(&store, objects.with_file_name("x")).unwrap();
    fs::remove_dir(&objects).unwrap();
    fs::rename(objects.with_file_name("x"), &objects).unwrap();
    let environment = [
        ("GIT_OBJECT_DIRECTORY", ".git/quarantine"),
        ("GIT_ALTERNATE_OBJECT_DIRECTORIES", ".git/objects"),
    ];
    says(&run_with(scratch.root(), &environment, ["HEAD~1..HEAD"]), 0, &[LAST]);
}

#[test]
fn no_repository_above_a_ceiling() {
    let scratch = about_to_move();
    let docs = scratch.root().join("docs");
    let root = scratch.root().display().to_string();
    says(&run(&docs, ["HEAD"]), 0, &["1 duty moved to you"]);
    let told = run_with(&docs, &[("GIT_CEILING_DIRECTORIES", &root)], ["HEAD"]);
    says(&told, 2, &["no git repository", "hint: "]);
    let told = run_with(&docs, &[("GIT_CEILING_DIRECTORIES", "/nowhere:relative")], ["HEAD"]);
    says(&told, 0, &["1 duty moved to you"]);
}

/// What names one repository is wrong for the others.
#[test]
fn a_list_of_repositories_and_an_environment_that_names_one() {
    let (scratch, other) = (three_commits(), about_to_move());
    let dir = other.root().join(".git").display().to_string();
    let list = scratch.beside("list");
    fs::write(&list, "docs\n").unwrap();
    let (tree, list) = (other.root().display().to_string(), list.display().to_string());
    for arguments in [&["-C", &tree, "log"][..], &["--repos", &list, "log"]] {
        says(&run_with(scratch.root(), &[], arguments), 0, &[]);
        for (name, value) in [("GIT_DIR", dir.as_str()), ("GIT_INDEX_FILE", ".git/index")] {
            let told = run_with(scratch.root(), &[(name, value)], arguments);
            says(&told, 2, &[name, "hint: unset"]);
            assert!(told.out.is_empty());
        }
    }
}

#[test]
fn a_folder_that_is_none() {
    let scratch = three_commits();
    says(&run(&scratch.root().join("a.md"), ["log"]), 2, &["a.md", "not a directory", "hint: "]);
    says(&run(&scratch.root().join("nowhere"), ["log"]), 2, &["nowhere", "hint: "]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_is_gone() {
    let scratch = three_commits();
    let gone = scratch.root().join("gone");
    fs::create_dir(&gone).unwrap();
    let binary = env!("CARGO_BIN_EXE_respdiff");
    let script = format!("rmdir ../gone && exec {binary} log");
    let output =
        Command::new("sh").args(["-c", &script]).current_dir(&gone).env_clear().output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{told}");
    assert!(told.contains("current folder") && told.contains("removed"), "{told}");
}
