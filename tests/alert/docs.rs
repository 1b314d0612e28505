//! A docs repository with many editions, made at once.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

const TASKS: usize = 12;

/// A repository whose branch can be put at each of its editions.
pub(crate) struct Docs {
    home: TempDir,
    /// Oldest first.
    pub(crate) commits: Vec<String>,
}

impl Docs {
    /// So many editions after a first one; each moves one duty to the other party.
    pub(crate) fn new(editions: usize) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("docs");
        fs::create_dir(&folder).unwrap();
        git(&folder, &["init", "-q", "-b", "main"], "");
        let stream: String = (0..=editions).map(commit).collect();
        git(&folder, &["fast-import", "--quiet"], &stream);
        let commits = git(&folder, &["rev-list", "--reverse", "all"], "");
        let docs = Self { home, commits: commits.lines().map(str::to_owned).collect() };
        docs.publish(0);
        docs
    }

    pub(crate) fn home(&self) -> &Path {
        self.home.path()
    }

    /// Puts the branch at an edition.
    pub(crate) fn publish(&self, edition: usize) {
        let branch: PathBuf = self.home().join("docs/.git/refs/heads/main");
        fs::write(branch, format!("{}\n", self.commits[edition])).unwrap();
    }
}

fn commit(edition: usize) -> String {
    let time = 1_600_000_000 + edition * 86_400;
    let page = page(edition);
    format!(
        "commit refs/heads/all\ncommitter Ada <ada@example.com> {time} +0000\ndata 7\nedition\n\
         M 644 inline duties.md\ndata {}\n{page}\n",
        page.len()
    )
}

/// Edition by edition one task after the other goes to the other party.
fn page(edition: usize) -> String {
    let day = chrono::DateTime::from_timestamp(
        1_600_000_000 + i64::try_from(edition).unwrap() * 86_400,
        0,
    )
    .unwrap();
    let mut page = format!(
        "---\nlastupdated: \"{}\"\n---\n\n# Responsibilities for Skyvault\n\n## Vaults\n\n\
         | Task | IBM | You |\n|---|---|---|\n",
        day.format("%Y-%m-%d")
    );
    for (task, duty) in DUTIES.iter().enumerate() {
        let turns = (edition + TASKS - 1 - task) / TASKS;
        let _ = if turns.is_multiple_of(2) {
            writeln!(page, "| Task {task} | {duty} | |")
        } else {
            writeln!(page, "| Task {task} | | {duty} |")
        };
    }
    page
}

const DUTIES: [&str; TASKS] = [
    "Repair a broken vault.",
    "Watch the quota of each region.",
    "Run a restore drill once per quarter.",
    "Rotate the service keys.",
    "Label new storage nodes.",
    "Publish the maintenance calendar.",
    "Approve access requests of auditors.",
    "Delete expired snapshots.",
    "Encrypt exported archives.",
    "Train the operators on call.",
    "Count failed logins.",
    "Renew certificates of gateways.",
];

pub(crate) fn git(folder: &Path, arguments: &[&str], input: &str) -> String {
    let mut child = Command::new("git")
        .current_dir(folder)
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "git {arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}
