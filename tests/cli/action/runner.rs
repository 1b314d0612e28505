//! Runs action.yml step by step with the environment that GitHub's runner sets.

use std::cell::RefCell;
use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::Command;

use serde_json::{Value as Json, json};

use super::super::docs::Docs;
use super::definition::{Definition, Step};
use super::forge::Forge;

/// The job's own token.
pub(super) const TOKEN: &str = "ghs_0123456789";

const FAKE_CARGO: &str = r#"
while [ $# -gt 1 ]; do [ "$1" = --root ] && root=$2; shift; done
mkdir -p "$root/bin"
ln -s "$REAL_RESPDIFF" "$root/bin/respdiff""#;

/// How a job ended.
pub(super) struct Ended {
    pub(super) code: i32,
    /// What its steps printed.
    pub(super) log: String,
    pub(super) summary: String,
    /// Outputs of its steps.
    pub(super) outputs: HashMap<String, String>,
    /// Command lines of curl and cargo.
    pub(super) commands: String,
}

pub(super) struct Job {
    pub(super) docs: Docs,
    pub(super) forge: Forge,
    event: RefCell<String>,
    workspace: RefCell<PathBuf>,
}

#[expect(clippy::print_stderr, reason = "who reads the log wants to know what was left out")]
fn is_there(program: &str) -> bool {
    let found = Command::new(program).arg("--version").output();
    let found = found.is_ok_and(|output| output.status.success());
    if !found {
        eprintln!("skipped: there is no {program}");
    }
    found
}

impl Job {
    /// A repository with the branch `base`; none where a program is missing that GitHub's own
    /// runners have.
    pub(super) fn new() -> Option<Self> {
        if !["bash", "curl", "jq"].into_iter().all(is_there) {
            return None;
        }
        let docs = Docs::new();
        docs.git(&["branch", "base"]);
        let workspace = RefCell::new(docs.root().to_owned());
        let event = RefCell::new("push".to_owned());
        let job = Self { docs, forge: Forge::open(), event, workspace };
        for folder in ["bin", "home", "temp"] {
            fs::create_dir(job.docs.beside(folder)).unwrap();
        }
        job.program("curl", "PATH=$REAL_PATH\nexec curl \"$@\"");
        job.program("cargo", FAKE_CARGO);
        Some(job)
    }

    /// Puts a program first that writes down its command line.
    fn program(&self, name: &str, rest: &str) {
        let file = self.docs.beside("bin").join(name);
        let log = self.docs.beside("commands");
        let text = format!("#!/bin/sh\necho {name} \"$@\" >>'{}'\n{rest}\n", log.display());
        fs::write(&file, text).unwrap();
        fs::set_permissions(&file, fs::Permissions::from_mode(0o755)).unwrap();
    }

    pub(super) fn commit(&self, name: &str) -> String {
        let mut git = Command::new("git");
        let output = git.arg("-C").arg(self.docs.root()).args(["rev-parse", name]).output();
        String::from_utf8(output.unwrap().stdout).unwrap().trim().to_owned()
    }

    /// What the job is about.
    pub(super) fn event(&self, name: &str, event: &Json) {
        self.event.replace(name.to_owned());
        fs::write(self.docs.beside("event.json"), event.to_string()).unwrap();
    }

    /// It is about a pull request of HEAD to `base`.
    pub(super) fn pull_request(&self) {
        let sides = json!({
            "number": 7,
            "base": {"sha": self.commit("base")},
            "head": {"sha": self.commit("HEAD")},
        });
        self.event("pull_request", &json!({"pull_request": sides}));
    }

    /// The checkout has the newest commit only.
    pub(super) fn clone_shallow(&self) {
        let shallow = self.docs.beside("shallow");
        let from = format!("file://{}", self.docs.root().display());
        self.docs.git(&["clone", "-q", "--depth", "1", &from, shallow.to_str().unwrap()]);
        *self.workspace.borrow_mut() = shallow;
    }

    /// Runs the action. Where no binary is named, it is this build's.
    pub(super) fn run(&self, inputs: &[(&str, &str)]) -> Ended {
        let mut given = HashMap::from([("binary", env!("CARGO_BIN_EXE_respdiff"))]);
        given.extend(inputs.iter().copied());
        let definition = Definition::read();
        let mut outputs: HashMap<String, String> = HashMap::new();
        let mut log = String::new();
        let mut code = 0;
        for file in ["summary.md", "commands"] {
            fs::write(self.docs.beside(file), "").unwrap();
        }
        for step in &definition.steps {
            let value = |expression: &str| {
                let words: Vec<&str> = expression.split('.').collect();
                match words.as_slice() {
                    ["inputs", name] => given
                        .get(name)
                        .map_or_else(|| definition.inputs[*name].clone(), ToString::to_string),
                    ["steps", _, "outputs", name] => outputs[*name].clone(),
                    ["github", "token"] => TOKEN.to_owned(),
                    other => panic!("{other:?}"),
                }
            };
            let env: Vec<_> =
                step.env.iter().map(|(name, text)| (name.clone(), filled(text, &value))).collect();
            code = self.step(step, env, &mut log);
            let written = fs::read_to_string(self.docs.beside("output")).unwrap();
            for line in written.lines() {
                let (name, value) = line.split_once('=').unwrap();
                outputs.insert(name.to_owned(), value.to_owned());
            }
            if code != 0 {
                break;
            }
        }
        let read = |file: &str| fs::read_to_string(self.docs.beside(file)).unwrap();
        Ended { code, log, summary: read("summary.md"), outputs, commands: read("commands") }
    }

    /// One step; gives its exit code.
    fn step(&self, step: &Step, env: Vec<(String, String)>, log: &mut String) -> i32 {
        let script = self.docs.beside("step.sh");
        fs::write(&script, &step.run).unwrap();
        fs::write(self.docs.beside("output"), "").unwrap();
        let path = std::env::var("PATH").unwrap();
        let first = self.docs.beside("bin");
        let mut bash = Command::new("bash");
        bash.args(["--noprofile", "--norc", "-eo", "pipefail"]).arg(script).env_clear();
        bash.env("PATH", format!("{}:{path}", first.display()))
            .env("REAL_PATH", path)
            .env("REAL_RESPDIFF", env!("CARGO_BIN_EXE_respdiff"))
            .env("CI", "true")
            .env("GITHUB_ACTIONS", "true")
            .env("GITHUB_ACTION_PATH", env!("CARGO_MANIFEST_DIR"))
            .env("GITHUB_API_URL", self.forge.url())
            .env("GITHUB_BASE_REF", "base")
            .env("GITHUB_EVENT_NAME", &*self.event.borrow())
            .env("GITHUB_EVENT_PATH", self.docs.beside("event.json"))
            .env("GITHUB_OUTPUT", self.docs.beside("output"))
            .env("GITHUB_REF", "refs/heads/topic")
            .env("GITHUB_REPOSITORY", "acme/docs")
            .env("GITHUB_RUN_ID", "77")
            .env("GITHUB_SERVER_URL", "https://forge.example")
            .env("GITHUB_SHA", self.commit("HEAD"))
            .env("GITHUB_STEP_SUMMARY", self.docs.beside("summary.md"))
            .env("GITHUB_WORKSPACE", &*self.workspace.borrow())
            .env("HOME", self.docs.beside("home"))
            .env("RUNNER_TEMP", self.docs.beside("temp"))
            .envs(env)
            .current_dir(&*self.workspace.borrow());
        let output = bash.output().unwrap();
        log.push_str(&String::from_utf8(output.stdout).unwrap());
        log.push_str(&String::from_utf8(output.stderr).unwrap());
        output.status.code().unwrap()
    }
}

/// A text with its expressions replaced.
fn filled(text: &str, value: &dyn Fn(&str) -> String) -> String {
    let Some((before, rest)) = text.split_once("${{") else { return text.to_owned() };
    let (expression, after) = rest.split_once("}}").unwrap();
    format!("{before}{}{}", value(expression.trim()), filled(after, value))
}
