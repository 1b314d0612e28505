//! Kinds of repositories and clones, as the command line meets them; `tests/history` holds what
//! the library says of them.

use std::fs;
use std::path::PathBuf;

use crate::scratch::Scratch;
use crate::state::{LAST, answers, refuses, run_with, three_commits};

fn clone(scratch: &Scratch, options: &[&str]) -> PathBuf {
    scratch.git(["config", "uploadpack.allowFilter", "true"]);
    let place = scratch.beside("clone");
    let url = format!("file://{}", scratch.root().display());
    let place_text = place.display().to_string();
    scratch.git([&["clone", "-q"], options, &[&url, &place_text]].concat());
    place
}

#[test]
fn shallow() {
    let scratch = three_commits();
    let place = clone(&scratch, &["--depth", "2"]);
    assert!(answers(&place, ["HEAD~1..HEAD"]).contains(LAST));
    for arguments in [&["log"][..], &["blame"], &["HEAD~2..HEAD"], &["log", "--", "a.md"]] {
        refuses(&place, arguments, &["shallow clone", "git fetch --unshallow"]);
    }
}

#[test]
fn partial() {
    let scratch = three_commits();
    let place = clone(&scratch, &["--filter=blob:none", "--no-checkout"]);
    for arguments in
        [&["HEAD~1..HEAD"][..], &["log"], &["blame", "HEAD"], &["show", "HEAD"], &["lint", "HEAD"]]
    {
        refuses(&place, arguments, &["partial clone", "git fetch --refetch --no-filter"]);
    }
    fs::remove_dir_all(&place).unwrap();
    let place = clone(&scratch, &["--filter=tree:0", "--no-checkout"]);
    refuses(&place, &["log"], &["partial clone"]);
}

#[test]
fn bare() {
    let scratch = three_commits();
    let place = clone(&scratch, &["--bare"]);
    assert!(answers(&place, ["HEAD~1..HEAD"]).contains(LAST));
    answers(&place, ["log"]);
    answers(&place, ["blame"]);
    answers(&place, ["show"]);
    answers(&place, ["lint"]);
    refuses(&place, &[], &["bare"]);
    refuses(&place, &["HEAD~1"], &["bare"]);
    for asked in [&["check"][..], &["lint"], &["show"], &["diff"], &["check", "--baseline", "b"]] {
        let words = ["is a bare repository and has no working tree"];
        refuses(&place, &[asked, &["--cached"]].concat(), &words);
    }
    // unless the environment names an index
    let index = scratch.root().join(".git/index").display().to_string();
    let told = run_with(&place, &[("GIT_INDEX_FILE", &index)], ["check", "--cached"]);
    assert!(told.code == Some(0) && told.out.contains("no duty changed"), "{}", told.err);
}

#[test]
fn that_cannot_be_read() {
    let scratch = three_commits();
    let place = scratch.beside("other");
    scratch.git(["clone", "-q", "--ref-format=reftable", ".", place.to_str().unwrap()]);
    for arguments in [&["log"][..], &["HEAD"], &[], &["blame"], &["show"], &["lint"]] {
        refuses(&place, arguments, &["reftable", "git clone --ref-format=files"]);
    }
    // the way out
    let copy = scratch.beside("copy");
    let [from, to] = [&place, &copy].map(|path| path.to_str().unwrap());
    scratch.git(["clone", "-q", "--ref-format=files", from, to]);
    assert!(answers(&copy, ["HEAD~1..HEAD"]).contains(LAST));
}

/// As for git, a git folder is no part of the working tree around it.
#[test]
fn inside_a_git_folder() {
    let scratch = three_commits();
    let folder = scratch.root().join(".git");
    assert!(answers(&folder, ["HEAD~1..HEAD", "--", "a.md"]).contains(LAST));
    fs::remove_file(folder.join("config")).unwrap();
    for place in [scratch.root(), &folder, &folder.join("refs")] {
        assert!(answers(place, ["HEAD~1..HEAD", "--", "a.md"]).contains(LAST));
    }
    answers(scratch.root(), ["HEAD~1"]);
    refuses(&folder, &["HEAD~1"], &["bare"]);
}

#[test]
fn with_a_configuration_that_is_rubbish() {
    let scratch = three_commits();
    fs::write(scratch.root().join(".git/config"), "[core\nrubbish").unwrap();
    refuses(scratch.root(), &["log"], &["config"]);
}

#[test]
fn with_an_index_that_is_rubbish() {
    let scratch = three_commits();
    fs::write(scratch.root().join(".git/index"), "rubbish").unwrap();
    refuses(scratch.root(), &[], &["index"]);
    assert!(answers(scratch.root(), ["HEAD~1..HEAD"]).contains(LAST));
}

#[test]
fn a_file_that_leads_to_a_repository_which_is_not_there() {
    let scratch = three_commits();
    let place = scratch.beside("linked");
    fs::create_dir(&place).unwrap();
    fs::write(place.join(".git"), "gitdir: /no/such/place\n").unwrap();
    refuses(&place, &["log"], &[]);
    fs::write(place.join(".git"), "rubbish").unwrap();
    refuses(&place, &["log"], &[]);
}

#[cfg(unix)]
#[test]
fn of_another_user() {
    let scratch = three_commits();
    for place in [scratch.root().to_owned(), scratch.root().join(".git")] {
        // only root can give files away
        if std::os::unix::fs::chown(place, Some(4321), None).is_err() {
            return;
        }
    }
    for arguments in [&["log"][..], &["HEAD~1..HEAD"], &[], &["blame"], &["show"], &["lint"]] {
        refuses(scratch.root(), arguments, &["another user", "safe.directory"]);
    }
}

/// Whatever is said of trust, and wherever: as git has it.
#[cfg(unix)]
#[test]
fn whom_git_trusts_of_other_users() {
    let scratch = three_commits();
    let home = scratch.beside("home");
    let place = home.join("real/deep/r");
    fs::create_dir_all(place.parent().unwrap()).unwrap();
    scratch.git(["clone", "-q", ".", place.to_str().unwrap()]);
    let bare = home.join("real/deep/b.git");
    scratch.git(["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    std::os::unix::fs::symlink(home.join("real"), home.join("link")).unwrap();
    fs::create_dir(place.join("docs")).unwrap();
    for owned in [&place, &place.join(".git"), &bare] {
        // only root can give files away
        if std::os::unix::fs::chown(owned, Some(4321), None).is_err() {
            return;
        }
    }
    let config = home.join("config");
    let root = home.display().to_string();
    let compare = |value: &str, environment: &[(&str, &str)]| {
        for folder in [&place, &place.join("docs"), &bare] {
            let run = |program: &str| {
                let mut run = std::process::Command::new(program);
                run.arg("-C").arg(folder).args(["log"]).env_clear();
                run.env("PATH", std::env::var_os("PATH").unwrap()).env("HOME", &home);
                run.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", &config);
                run.envs(environment.iter().copied()).output().unwrap()
            };
            let (git, ours) = (run("git"), run(env!("CARGO_BIN_EXE_respdiff")));
            let told = String::from_utf8_lossy(&ours.stderr).into_owned();
            assert_eq!(
                ours.status.success(),
                git.status.success(),
                "{value} {environment:?} {}: {told}",
                folder.display()
            );
            assert!(ours.status.success() || told.contains("safe.directory"), "{told}");
        }
    };
    for value in [
        "ROOT/real/deep/r",
        "ROOT/real/deep/r/",
        "ROOT/real/deep/*",
        "ROOT/real/*",
        "ROOT/real/deep/r/*",
        "ROOT/real/deep",
        "~/real/deep/r",
        "~/real/deep/*",
        "~/link/deep/r",
        "ROOT/link/deep/*",
        "*",
        "",
        ".",
        "real/deep/r",
        "/*",
        "ROOT/real/deep/r*",
        "ROOT/real/deep/b.git",
        "ROOT/real/deep/r/docs",
        "ROOT/real/deep/r/.git",
        "*\n\tdirectory =",
        "\n\tdirectory = *",
        "*\n\tdirectory",
    ] {
        let text = format!("[safe]\n\tdirectory = {}\n", value.replace("ROOT", &root));
        fs::write(&config, text).unwrap();
        compare(value, &[]);
    }
    let included = home.join("included");
    fs::write(&included, "[safe]\n\tdirectory = *\n").unwrap();
    fs::write(&config, "[include]\n\tpath = included\n").unwrap();
    compare("included", &[]);
    fs::write(&config, "").unwrap();
    let counted = [
        ("GIT_CONFIG_COUNT", "1"),
        ("GIT_CONFIG_KEY_0", "Safe.Directory"),
        ("GIT_CONFIG_VALUE_0", "*"),
    ];
    compare("counted", &counted);
    compare("of git -c", &[("GIT_CONFIG_PARAMETERS", "'safe.directory'='*'")]);
    // what a repository says of itself counts for nothing
    fs::write(&config, "").unwrap();
    let own = place.join(".git/config");
    let text = fs::read_to_string(&own).unwrap();
    fs::write(&own, format!("{text}[safe]\n\tdirectory = *\n")).unwrap();
    compare("its own", &[]);
    // who names the repository answers for it
    let named = place.join(".git");
    compare("named", &[("GIT_DIR", named.to_str().unwrap())]);
}

/// git takes a git folder that no `.git` leads to for bare, whatever its configuration leaves out.
#[test]
fn a_git_folder_without_a_word_about_bareness() {
    let scratch = three_commits();
    let bare = scratch.beside("docs.git");
    scratch.git(["clone", "-q", "--bare", ".", bare.to_str().unwrap()]);
    for setting in [&["--unset", "core.bare"][..], &["core.bare", "false"]] {
        scratch.git_in(&bare, [&["config"], setting].concat());
        refuses(&bare, &[], &["bare"]);
        refuses(&bare, &["check", "HEAD"], &["bare"]);
        assert!(answers(&bare, ["HEAD~1..HEAD"]).contains(LAST));
        scratch.git_in(&bare, ["config", "core.bare", "true"]);
    }
}
