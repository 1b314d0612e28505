//! A docs repository that lives as long as its test.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::respdiff;

/// A page of an invented service.
pub(crate) const PAGE: &str = "\
---
copyright:
  years: 2024, 2026
lastupdated: \"2026-01-10\"
subcollection: queue
---

# Responsibilities for Acme Queue

## Operations

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Queues | Scale the queue servers before they are full. | Delete queues that you no longer need. |
| Backups | Copy every queue to a second site each night. | Choose how long copies are kept. |
| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |
";

/// The page after IBM gave a duty away.
pub(crate) fn moved() -> String {
    PAGE.replace(
        "| Backups | Copy every queue to a second site each night. | Choose how long copies are kept. |",
        "| Backups | | Copy every queue to a second site each night. Choose how long copies are kept. |",
    )
}

pub(crate) struct Docs {
    home: TempDir,
    root: PathBuf,
}

impl Docs {
    /// A repository with the page in its first commit.
    pub(crate) fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("docs");
        fs::create_dir(&root).unwrap();
        let docs = Self { home, root };
        docs.git(&["init", "-q", "-b", "main"]);
        docs.write("queue.md", PAGE).commit();
        docs
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path beside the repository.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    #[track_caller]
    pub(crate) fn git(&self, args: &[&str]) {
        self.git_output(args);
    }

    /// The id of a commit.
    #[track_caller]
    pub(crate) fn commit_id(&self, revision: &str) -> String {
        self.git_output(&["rev-parse", revision]).trim().to_owned()
    }

    #[track_caller]
    pub(crate) fn git_output(&self, args: &[&str]) -> String {
        let output = Command::new("git")
            .current_dir(&self.root)
            .args(["-c", "protocol.file.allow=always"])
            .args(args)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "Ada")
            .env("GIT_AUTHOR_EMAIL", "ada@example.com")
            .env("GIT_COMMITTER_NAME", "Ada")
            .env("GIT_COMMITTER_EMAIL", "ada@example.com")
            .env("GIT_AUTHOR_DATE", "1767225600 +0000")
            .env("GIT_COMMITTER_DATE", "1767225600 +0000")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap()
    }

    pub(crate) fn write(&self, path: &str, text: &str) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        self
    }

    pub(crate) fn read(&self, path: &str) -> String {
        fs::read_to_string(self.root.join(path)).unwrap()
    }

    pub(crate) fn commit(&self) -> &Self {
        self.git(&["add", "-A"]);
        self.git(&["commit", "-q", "--allow-empty", "-m", "Change"]);
        self
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.root.join(path)).unwrap();
        self
    }

    /// Runs respdiff here: exit code, standard output, standard error.
    #[track_caller]
    pub(crate) fn run(&self, args: &[&str]) -> (i32, String, String) {
        self.run_with(args, &[])
    }

    /// The same with variables of the environment.
    #[track_caller]
    pub(crate) fn run_with(&self, args: &[&str], env: &[(&str, &str)]) -> (i32, String, String) {
        let mut run = respdiff();
        run.current_dir(&self.root).args(args).envs(env.iter().copied());
        let output = run.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }

    /// Runs respdiff here, which has to end with this exit code; both outputs together.
    #[track_caller]
    pub(crate) fn ends(&self, code: i32, args: &[&str]) -> String {
        let (found, out, err) = self.run(args);
        assert_eq!(found, code, "{args:?}\n{out}{err}");
        format!("{out}{err}")
    }
}
