//! A repository that a stranger made, and a run over it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::page;

/// Names of files that say more than a name should.
pub(crate) const PATHS: [&str; 3] = [
    "-q \"'<img src=x onerror=alert(9)>`$(touch x)`\n::error::p\u{1b}[31m\u{202e}\u{9b}2J%0A.md",
    "=cmd|' [a](javascript:b) @everyone {{7*7}} ##[error].md",
    "docs\r\n/key\u{2028}::error::q\u{85}\u{2029}: &a [b]#c.md",
];
/// A branch, as far as git lets go of names.
pub(crate) const BRANCH: &str =
    "<img/src=x/onerror=alert(8)>'\"`@everyone`$(x){{7+7}}%0A|=\u{202e}\u{9b}31m";
pub(crate) const TAG: &str = "--output=<b>@here\u{202e}";

pub(crate) struct World {
    home: TempDir,
}

impl World {
    pub(crate) fn root(&self) -> PathBuf {
        self.home.path().join("docs")
    }

    pub(crate) fn beside(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn made() -> Self {
        let world = Self { home: tempfile::tempdir().unwrap() };
        fs::create_dir(world.root()).unwrap();
        git(&world.root(), 0, &["init", "-q", "-b", "main"]);
        for (day, newer) in [(1, false), (2, true)] {
            let edition = format!("2024-02-0{day}");
            for (at, path) in PATHS.iter().enumerate() {
                let path = world.root().join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                let text = if at == 1 { page::flawed(newer) } else { page::page(&edition, newer) };
                fs::write(path, text).unwrap();
            }
            fs::write(world.root().join("keyref.yaml"), "- \"\\e[31m\\n::error::k\\u202E\": [\n")
                .unwrap();
            git(&world.root(), day, &["add", "-A"]);
            git(&world.root(), day, &["commit", "-q", "-m", "\u{1b}[31m<b>\n\n::error::c\u{202e}"]);
        }
        git(&world.root(), 3, &["branch", BRANCH]);
        git(&world.root(), 3, &["update-ref", &format!("refs/tags/{TAG}"), "HEAD~1"]);
        world
    }
}

/// The repository, made once.
pub(crate) fn world() -> &'static World {
    static WORLD: OnceLock<World> = OnceLock::new();
    WORLD.get_or_init(World::made)
}

#[track_caller]
fn git(root: &Path, day: i64, arguments: &[&str]) {
    let date = format!("{} +0000", 1_706_700_000 + day * 86_400);
    let mut git = Command::new("git");
    for who in ["AUTHOR", "COMMITTER"] {
        git.env(format!("GIT_{who}_NAME"), "=cmd|\u{1b}[31m&\"@everyone ::error::a\u{202e}");
        git.env(format!("GIT_{who}_EMAIL"), "a@{{7*7}}\u{9b}31m")
            .env(format!("GIT_{who}_DATE"), &date);
    }
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.current_dir(root).args(arguments).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// respdiff in that repository.
pub(crate) fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    command.env_clear().env("TERM", "dumb").env("PATH", std::env::var_os("PATH").unwrap());
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    command.env("RESPDIFF_NOW", "2026-01-01T12:00:00Z");
    command.current_dir(world().root()).args(arguments);
    command
}

/// What a run writes to both outputs; it may find something, but must not fail.
#[track_caller]
pub(crate) fn run(arguments: &[&str]) -> (String, String) {
    outputs(&command(arguments).output().unwrap(), &format!("{arguments:?}"))
}

#[track_caller]
pub(crate) fn outputs(output: &Output, of: &str) -> (String, String) {
    let (out, err) =
        (String::from_utf8(output.stdout.clone()), String::from_utf8(output.stderr.clone()));
    let (out, err) = (out.unwrap(), err.unwrap());
    assert!(matches!(output.status.code(), Some(0 | 1)), "{of}: {err}");
    (out, err)
}

#[track_caller]
pub(crate) fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&run(arguments).0).unwrap()
}

/// Every text of a value.
pub(crate) fn texts(value: &Value) -> Vec<&str> {
    match value {
        Value::String(text) => vec![text],
        Value::Array(items) => items.iter().flat_map(texts).collect(),
        Value::Object(fields) => fields.values().flat_map(texts).collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => Vec::new(),
    }
}

/// Both ends, newest by the hostile branch.
pub(crate) fn range() -> String {
    format!("HEAD~1..{BRANCH}")
}
