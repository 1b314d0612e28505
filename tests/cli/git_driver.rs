//! git's own commands with respdiff as their driver.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use tempfile::TempDir;

use super::{demo_folder, histories, refused, respdiff, stdout};

/// Quoted for the shell that git starts a driver with.
fn driver(more: &str) -> String {
    format!("'{}' git-driver{more}", env!("CARGO_BIN_EXE_respdiff"))
}

fn git(folder: &Path, configuration: &[&str], arguments: &[&str]) -> Output {
    let mut git = Command::new("git");
    git.env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").env("TERM", "dumb");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "Ada")
            .env(format!("GIT_{who}_EMAIL"), "ada@example.com");
        git.env(format!("GIT_{who}_DATE"), "1750000000 +0000");
    }
    git.current_dir(folder);
    for setting in configuration {
        git.args(["-c", setting]);
    }
    git.args(arguments).output().unwrap()
}

/// What git tells with the driver, which has to succeed.
#[track_caller]
fn told(folder: &Path, arguments: &[&str]) -> String {
    let setting = format!("diff.respdiff.command={}", driver(""));
    let output = git(folder, &[&setting], arguments);
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {stderr}");
    assert_eq!(stderr, "", "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// A copy of the demo repository whose pages are respdiff's.
fn docs() -> (TempDir, PathBuf) {
    let home = TempDir::new().unwrap();
    let folder = home.path().join("docs");
    let (from, to) = (demo_folder().to_str().unwrap(), folder.to_str().unwrap());
    let clone = git(home.path(), &["protocol.file.allow=always"], &["clone", "-q", from, to]);
    assert!(clone.status.success());
    fs::write(folder.join(".gitattributes"), "*.md diff=respdiff\n").unwrap();
    (home, folder)
}

#[test]
fn git_diff_tells_duties_and_git_the_rest() {
    let (_home, folder) = docs();
    let text = told(&folder, &["diff", "HEAD~5", "HEAD"]);
    let ids = told(&folder, &["diff", "--no-ext-diff", "HEAD~5", "HEAD"]);
    let head: Vec<&str> = text.lines().take(2).collect();
    assert_eq!(head, ids.lines().take(2).collect::<Vec<_>>());
    assert!(text.contains("MOVED TO YOU (1 duty)"), "{text}");
    assert!(text.contains("[-report-] {+keep+}"), "{text}");
    let counts = "1 duty moved to you; 3 added, 2 removed, 1 reworded. Added: 1 of yours, 2 of IBM's; removed: 2 of yours. (";
    let in_one_line = text.replace('\n', " ");
    assert!(in_one_line.contains(counts), "{text}");
    assert!(!text.contains("\n@@"), "{text}");
    assert!(in_one_line.contains("in all; --no-ext-diff shows them)"), "{text}");
}

#[test]
fn a_page_of_which_only_the_form_changed_is_not_passed_over() {
    let (_home, folder) = docs();
    let text = told(&folder, &["diff", "HEAD~4", "HEAD~3"]);
    assert!(text.starts_with("diff --git a/responsibilities.md b/responsibilities.md\n"), "{text}");
    assert!(text.contains("\nNo duty changed. ("), "{text}");
}

#[test]
fn log_and_show_tell_every_commit() {
    let (_home, folder) = docs();
    let text = told(&folder, &["log", "-p", "--ext-diff"]);
    assert_eq!(text.matches("\ncommit ").count(), 7, "{text}");
    assert_eq!(text.matches("MOVED TO YOU").count(), 1);
    // the first draft is a page that was not there, the guide no page at all
    assert!(text.contains("new page, edition 2023-11-20"), "{text}");
    assert!(text.contains("+++ b/getting-started.md\n@@ -0,0 +1,"), "{text}");
    let text = told(&folder, &["show", "--ext-diff", "HEAD~2"]);
    assert!(text.contains("IBM → customer"), "{text}");
}

#[test]
fn a_file_that_is_no_page_is_told_as_git_tells_it() {
    let (_home, folder) = docs();
    let guide = folder.join("getting-started.md");
    let text = fs::read_to_string(&guide).unwrap();
    fs::write(&guide, text.replace("agent", "helper")).unwrap();
    git(&folder, &[], &["add", "-A"]);
    let ours = told(&folder, &["diff", "--cached", "--", "getting-started.md"]);
    assert!(ours.contains("helper"), "{ours}");
    // but for what git tells of the place behind the line numbers
    let bare = |text: &str| -> Vec<String> {
        let cut = |line: &str| match line.match_indices("@@").nth(1) {
            Some((at, _)) if line.starts_with("@@") => line[..at + 2].to_owned(),
            _ => line.to_owned(),
        };
        text.lines().map(cut).collect()
    };
    let git_s = told(&folder, &["diff", "--cached", "--no-ext-diff", "--", "getting-started.md"]);
    assert_eq!(bare(&ours), bare(&git_s));
    // and it applies
    let patch = folder.join("../guide.patch");
    fs::write(&patch, ours).unwrap();
    git(&folder, &[], &["reset", "-q", "--hard"]);
    let applied = git(&folder, &[], &["apply", "../guide.patch"]);
    assert!(applied.status.success(), "{}", String::from_utf8_lossy(&applied.stderr));
    assert!(fs::read_to_string(&guide).unwrap().contains("helper"));
}

#[test]
fn renamed_added_deleted_and_unmerged_files_are_told() {
    let (_home, folder) = docs();
    git(&folder, &[], &["mv", "responsibilities.md", "duties of ours.md"]);
    let page = folder.join("duties of ours.md");
    let text = fs::read_to_string(&page).unwrap().replace("Watch the quota", "Track the quota");
    fs::write(&page, text).unwrap();
    fs::write(folder.join("-C"), "an option's name\n").unwrap();
    fs::write(folder.join(".gitattributes"), "* diff=respdiff\n").unwrap();
    git(&folder, &[], &["add", "-A"]);
    let text = told(&folder, &["diff", "--cached", "-M"]);
    assert!(
        text.contains("\nrename from responsibilities.md\nrename to duties of ours.md\n"),
        "{text}"
    );
    assert!(text.contains("responsibilities.md → duties of ours.md, renamed"), "{text}");
    assert!(text.contains("[-Watch-] {+Track+} the quota"), "{text}");
    assert!(text.contains("+an option's name\n"), "{text}");
    git(&folder, &[], &["commit", "-qm", "Rename"]);
    git(&folder, &[], &["rm", "-q", "duties of ours.md"]);
    let text = told(&folder, &["diff", "--cached"]);
    assert!(text.contains("page removed"), "{text}");
    let text = stdout(&["git-driver", "both changed.md"]);
    assert_eq!(text, "* Unmerged path both changed.md\n");
}

#[test]
fn as_git_s_external_diff_it_never_fails() {
    let (_home, folder) = docs();
    let mut git = Command::new("git");
    git.current_dir(&folder).args(["--no-pager", "diff", "HEAD~5", "HEAD"]);
    let text = git.env("GIT_EXTERNAL_DIFF", driver("")).output().unwrap();
    assert!(text.status.success());
    assert!(String::from_utf8(text.stdout).unwrap().contains("MOVED TO YOU"));

    let side = ["no-such-file", "0123456789", "100644"];
    let words = [&["git-driver", "a.md"], &side[..], &["/dev/null", ".", "."]].concat();
    let text = stdout(&words);
    assert!(text.starts_with("diff --git a/a.md b/a.md\ndeleted file mode 100644\n"), "{text}");
    assert!(text.contains("\nerror: respdiff: `no-such-file`: no such file\n"), "{text}");
    let text = stdout(&["git-driver", "a", "b", "c"]);
    assert!(text.starts_with("error: respdiff: git passed 3 arguments"), "{text}");
    let message = refused(&["git-driver"]);
    assert!(message.contains("git config diff.respdiff.command"), "{message}");
}

#[test]
fn colour_is_git_s() {
    let (_home, folder) = docs();
    let page = folder.join("responsibilities.md");
    let text = fs::read_to_string(&page).unwrap();
    let old = folder.join("../old.md");
    fs::write(&old, text.replace("Watch", "Track")).unwrap();
    let words = ["git-driver", "responsibilities.md", old.to_str().unwrap(), "01", "100644"];
    let words = [&words[..], &[page.to_str().unwrap(), "02", "100644"]].concat();
    let colorful = |set: &[(&str, &str)]| {
        let mut run = respdiff();
        run.args(&words).env("TERM", "xterm").env("HOME", folder.parent().unwrap());
        run.envs(set.iter().copied());
        let output = run.output().unwrap();
        assert!(output.status.success());
        String::from_utf8(output.stdout).unwrap().contains("\u{1b}[")
    };
    assert!(!colorful(&[]));
    assert!(colorful(&[("GIT_PAGER_IN_USE", "true")]));
    assert!(!colorful(&[("GIT_PAGER_IN_USE", "true"), ("NO_COLOR", "1")]));
    assert!(!colorful(&[("GIT_PAGER_IN_USE", "true"), ("TERM", "dumb")]));
    fs::write(folder.join("../.gitconfig"), "[color]\n\tui = never\n").unwrap();
    assert!(!colorful(&[("GIT_PAGER_IN_USE", "true")]));
    fs::write(folder.join("../.gitconfig"), "[color]\n\tui = never\n\tdiff = always\n").unwrap();
    assert!(colorful(&[]));
}

#[test]
fn a_real_history_goes_through_the_driver() {
    let Some(bundle) = histories::bundle("key-protect") else { return };
    let home = TempDir::new().unwrap();
    let folder = home.path().join("docs");
    let clone = git(home.path(), &[], &["clone", "-q", bundle.to_str().unwrap(), "docs"]);
    assert!(clone.status.success(), "{}", String::from_utf8_lossy(&clone.stderr));
    fs::create_dir_all(folder.join(".git/info")).unwrap();
    fs::write(folder.join(".git/info/attributes"), "*.md diff=respdiff\n").unwrap();
    let pages = stdout(&["-C", folder.to_str().unwrap(), "log", "--format", "jsonl"]);
    let line: serde_json::Value = serde_json::from_str(pages.lines().next().unwrap()).unwrap();
    let path = line["document"].as_str().unwrap();
    let text = told(&folder, &["log", "-p", "--ext-diff", "--first-parent", "--", path]);
    assert!(text.contains("edition "), "no duty was told");
    assert!(text.contains(" duty") || text.contains("No duty"), "no summary was told");
    let commits = text.lines().filter(|line| line.starts_with("commit ")).count();
    let files = text.lines().filter(|line| line.starts_with("diff --git ")).count();
    assert!(commits > 5 && files >= commits - 1, "{commits} commits, {files} files");
    assert!(!text.contains("error: "), "{text}");
    let root = git(&folder, &[], &["rev-list", "--max-parents=0", "HEAD"]);
    let root = String::from_utf8(root.stdout).unwrap();
    let text = told(&folder, &["diff", root.lines().next().unwrap(), "HEAD"]);
    assert!(text.contains(", edition ") && text.contains(" duties)"), "no page was told");
}
