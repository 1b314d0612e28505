//! A repository that lives as long as its test.

use std::cell::Cell;
use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use respdiff::history::{Ends, FileHistory, FilePair, Filter, Repository, Request, VersionOrigin};
use respdiff::model::Format;
use tempfile::TempDir;

/// The first commit's time; each next one is a day later.
const START: i64 = 1_700_000_000;

pub(crate) struct Scratch {
    _home: TempDir,
    root: PathBuf,
    commits: Cell<i64>,
}

impl Scratch {
    pub(crate) fn new() -> Self {
        let home = TempDir::new().unwrap();
        let root = home.path().join("docs");
        fs::create_dir(&root).unwrap();
        let scratch = Self { _home: home, root, commits: Cell::new(0) };
        scratch.git(["init", "-q", "-b", "main"]);
        scratch
    }

    pub(crate) fn root(&self) -> &Path {
        &self.root
    }

    /// A path beside the repository.
    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.root.with_file_name(name)
    }

    pub(crate) fn git<S: AsRef<OsStr>>(&self, args: impl IntoIterator<Item = S>) -> String {
        self.git_in(&self.root, args)
    }

    #[track_caller]
    pub(crate) fn git_in<S: AsRef<OsStr>>(
        &self,
        dir: &Path,
        args: impl IntoIterator<Item = S>,
    ) -> String {
        let date = format!("{} +0200", START + self.commits.get() * 86_400);
        let mut git = Command::new("git");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY"] {
            git.env_remove(name);
        }
        let output = git
            .current_dir(dir)
            .args(["-c", "protocol.file.allow=always", "-c", "advice.detachedHead=false"])
            .args(args)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_NOSYSTEM", "1")
            .env("GIT_AUTHOR_NAME", "Ada")
            .env("GIT_AUTHOR_EMAIL", "ada@example.com")
            .env("GIT_COMMITTER_NAME", "Ada")
            .env("GIT_COMMITTER_EMAIL", "ada@example.com")
            .env("GIT_AUTHOR_DATE", &date)
            .env("GIT_COMMITTER_DATE", &date)
            .env("LC_ALL", "C")
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim_end().to_owned()
    }

    pub(crate) fn write(&self, path: &str, content: &str) -> &Self {
        let path = self.root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
        self
    }

    pub(crate) fn remove(&self, path: &str) -> &Self {
        fs::remove_file(self.root.join(path)).unwrap();
        self
    }

    /// Commits all that is there; the commit's id.
    pub(crate) fn commit(&self, message: &str) -> String {
        self.tick();
        self.git(["add", "-A"]);
        self.git(["commit", "-q", "--allow-empty", "-m", message]);
        self.id("HEAD")
    }

    /// Merges a branch with a commit of its own; the commit's id.
    pub(crate) fn merge(&self, branch: &str) -> String {
        self.tick();
        self.git(["merge", "-q", "--no-ff", "-m", "merge", branch]);
        self.id("HEAD")
    }

    fn tick(&self) {
        self.commits.set(self.commits.get() + 1);
    }

    pub(crate) fn id(&self, revision: &str) -> String {
        self.git(["rev-parse", revision])
    }

    pub(crate) fn open(&self) -> Repository {
        Repository::open(&self.root).unwrap()
    }
}

/// A page about Skyvault with the given duties, one row each.
pub(crate) fn page(duties: &[&str]) -> String {
    let head = "# Responsibilities for Skyvault\n\n| Task | IBM | You |\n|-|-|-|\n";
    let row = |duty: &&str| format!("| {duty} | IBM does {duty}. | You do {duty}. |\n");
    format!("{head}{}", duties.iter().map(row).collect::<String>())
}

pub(crate) fn is_page(_: Format, content: &[u8]) -> bool {
    content.windows(6).any(|part| part == b"| Task")
}

pub(crate) fn request(revisions: &[&str]) -> Request {
    Request { revisions: revisions.iter().map(ToString::to_string).collect(), cached: false }
}

/// Commit ids of both ends, `-` for the index and the working tree.
#[track_caller]
pub(crate) fn ends(repo: &Repository, revisions: &[&str]) -> Ends {
    repo.resolve_ends(&request(revisions)).unwrap()
}

pub(crate) fn changed(repo: &Repository, ends: &Ends) -> Vec<FilePair> {
    repo.changed_pages(ends, &Filter::default(), &is_page).unwrap()
}

/// The changed pages of a range as `status path (old path)`.
#[track_caller]
pub(crate) fn told(repo: &Repository, ends: &Ends, paths: &[&str]) -> Vec<String> {
    let filter = repo.path_filter(paths).unwrap();
    let pairs = repo.changed_pages(ends, &filter, &is_page).unwrap();
    let tell = |pair: &FilePair| {
        let old = pair.old_path().map(|path| format!(" < {path}")).unwrap_or_default();
        format!("{:?} {}{old}", pair.status(), pair.path)
    };
    pairs.iter().map(tell).collect()
}

/// The lives of all changed pages of a range.
#[track_caller]
pub(crate) fn lives(repo: &Repository, ends: &Ends) -> Vec<FileHistory> {
    let line = repo.walk_mainline(ends).unwrap();
    repo.file_histories(ends, &line, &changed(repo, ends), None, &is_page).unwrap()
}

/// A life as `origin path first-line-of-last-row`, one line a version.
pub(crate) fn tell(repo: &Repository, life: &FileHistory) -> Vec<String> {
    let one = |version: &respdiff::history::FileVersion| {
        let origin = match &version.origin {
            VersionOrigin::OldEnd => "old".to_owned(),
            VersionOrigin::Fork => "fork".to_owned(),
            VersionOrigin::Commit(commit) => commit.id.to_string(),
            VersionOrigin::Unrecorded => "unrecorded".to_owned(),
        };
        let Some(file) = &version.file else { return format!("{origin} -") };
        let content = repo.read_file(file).unwrap();
        let rows = String::from_utf8_lossy(&content).lines().count() - 4;
        format!("{origin} {} {rows}", file.path)
    };
    life.versions.iter().map(one).collect()
}
