//! Runs that are killed while the branch is renamed, history is rewritten, and the page goes away
//! and comes back: nothing is lost, and nothing that was heard is told twice.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use super::answers::{Answer, good};
use super::docs::git;
use super::kills::{FIRST_DAY, Killer, Runs};
use super::server::{Message, Server};
use super::{configure, webhook};

const STEPS: usize = 80;
const KILLS: usize = 200;
/// History is rewritten at these steps, and goes back so far.
const REWRITTEN: [(usize, usize); 3] = [(18, 3), (38, 6), (59, 2)];
/// The branch gets another name at these.
const RENAMED: [usize; 2] = [30, 52];

/// What the page is at a step.
#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Page,
    Away,
    Unread,
}

fn state(step: usize) -> State {
    match step % 10 {
        4 => State::Away,
        7 => State::Unread,
        _ => State::Page,
    }
}

/// A duty that is like no other.
fn duty(step: usize) -> String {
    let word = |number: usize| {
        let letter = |at: usize| char::from(b'a' + u8::try_from((number / at) % 20).unwrap());
        format!("{}{}{}", letter(1), letter(20), letter(3))
    };
    let number = step * 37 + 11;
    format!("Keep {} from {} and {}.", word(number), word(number * 7 + 3), word(number * 13 + 5))
}

/// The steps whose duties a page of this step has.
fn rows(step: usize) -> impl Iterator<Item = usize> {
    (0..=step).filter(|at| state(*at) == State::Page)
}

fn page(step: usize) -> Option<String> {
    let columns = match state(step) {
        State::Page => "IBM | You",
        State::Unread => "Tier A | Tier B",
        State::Away => return None,
    };
    let mut page = format!(
        "---\nlastupdated: \"2024-01-{:02}\"\n---\n\n# Responsibilities for Skyvault\n\n## Vaults\n\n\
         | Task | {columns} |\n|---|---|---|\n",
        step % 28 + 1
    );
    for at in rows(step) {
        let _ = writeln!(page, "| Task {at} | {} | |", duty(at));
    }
    Some(page)
}

struct Docs {
    home: TempDir,
    /// By generation and step.
    commits: Vec<Vec<String>>,
}

impl Docs {
    fn new() -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("docs");
        fs::create_dir(&folder).unwrap();
        git(&folder, &["init", "-q", "-b", "main"], "");
        let mut stream = String::new();
        let mut marks: Vec<Vec<usize>> = Vec::new();
        let mut next = 1;
        let begins = std::iter::once(0).chain(REWRITTEN.iter().map(|(step, back)| step - back));
        for (generation, begin) in begins.enumerate() {
            let mut own: Vec<usize> =
                marks.last().map(|older| older[..begin].to_vec()).unwrap_or_default();
            for step in begin..=STEPS {
                let time = 1_600_000_000 + step * 86_400 + generation;
                let _ = write!(
                    stream,
                    "commit refs/heads/all-{generation}\nmark :{next}\n\
                     committer Ada <ada@example.com> {time} +0000\ndata 4\nstep\n"
                );
                if let Some(parent) = own.last() {
                    let _ = writeln!(stream, "from :{parent}");
                }
                match page(step) {
                    Some(page) => {
                        let length = page.len();
                        let _ = write!(stream, "M 644 inline duties.md\ndata {length}\n{page}\n");
                    }
                    None => stream.push_str("D duties.md\n"),
                }
                own.push(next);
                next += 1;
            }
            marks.push(own);
        }
        let table = home.path().join("marks");
        let export = format!("--export-marks={}", table.display());
        git(&folder, &["fast-import", "--quiet", &export], &stream);
        let ids: BTreeMap<usize, String> = fs::read_to_string(table)
            .unwrap()
            .lines()
            .map(|line| {
                let (mark, id) = line.split_once(' ').unwrap();
                (mark[1..].parse().unwrap(), id.to_owned())
            })
            .collect();
        let commits =
            marks.iter().map(|own| own.iter().map(|mark| ids[mark].clone()).collect()).collect();
        Self { home, commits }
    }

    fn publish(&self, branch: &str, commit: &str) {
        let folder: PathBuf = self.home.path().join("docs/.git");
        fs::write(folder.join("refs/heads").join(branch), format!("{commit}\n")).unwrap();
        fs::write(folder.join("HEAD"), format!("ref: refs/heads/{branch}\n")).unwrap();
    }

    /// The step of a commit.
    fn step(&self, commit: &Value) -> usize {
        let commit = commit.as_str().unwrap();
        self.commits.iter().find_map(|own| own.iter().position(|id| id == commit)).unwrap()
    }

    /// What a message tells: the step, what happened, and to which duty.
    fn told(&self, message: &Message) -> BTreeSet<(usize, String, String)> {
        let body: Value = serde_json::from_str(&message.body).unwrap();
        let document = &body["data"]["document"];
        let mut told = BTreeSet::new();
        for change in document["changes"].as_array().into_iter().flatten() {
            let step = self.step(&change["introduced"]["commit"]);
            let place = if change["new"].is_null() { &change["old"] } else { &change["new"] };
            let text = |value: &Value| value.as_str().unwrap().to_owned();
            told.insert((step, text(&change["kind"]), text(&place["text"])));
        }
        for notice in document["notices"].as_array().into_iter().flatten() {
            let step = self.step(&document["to"]["commit"]);
            told.insert((step, notice["code"].as_str().unwrap().to_owned(), String::new()));
        }
        told
    }
}

/// All that has to be told, once.
fn expected() -> BTreeSet<(usize, String, String)> {
    let mut all = BTreeSet::new();
    for step in 1..=STEPS {
        match state(step) {
            State::Page => {
                all.insert((step, "added".to_owned(), duty(step)));
                if state(step - 1) != State::Page {
                    all.insert((step, "returned".to_owned(), String::new()));
                }
            }
            State::Away | State::Unread => {
                all.extend(rows(step).map(|at| (step, "removed".to_owned(), duty(at))));
                if state(step) == State::Unread {
                    all.insert((step, "unassigned".to_owned(), String::new()));
                }
            }
        }
    }
    all
}

#[test]
fn renamed_rewritten_away_and_back() {
    let docs = Docs::new();
    let server = Server::new(&[("/good", good)]);
    configure(
        docs.home.path(),
        &[webhook("good", &server.url("http", "/good"), ", timeout: 60s, retries: [3ms]")],
    );
    let home = docs.home.path();
    let mut runs = Runs { home, server: &server, killed: BTreeSet::new(), day: FIRST_DAY };
    let (mut branch, mut generation) = ("main".to_owned(), 0);
    docs.publish(&branch, &docs.commits[0][0]);
    assert!(runs.whole(&[]).success());
    let mut killer = Killer { dice: 20_261_128, longest: 40_000 };
    for step in 1..=STEPS {
        if RENAMED.contains(&step) {
            // what the old name had is told under it; the new one is watched from there on
            runs.whole(&[]);
            branch = format!("main-{step}");
            docs.publish(&branch, &docs.commits[generation][step - 1]);
            runs.whole(&[]);
        }
        generation += usize::from(REWRITTEN.iter().any(|(at, _)| *at == step));
        docs.publish(&branch, &docs.commits[generation][step]);
        for _ in 0..12 {
            if runs.killed.len() < KILLS * step / STEPS {
                runs.kill_soon(&mut killer);
            }
        }
    }
    assert!(runs.whole(&[]).success());
    let (mut told, mut seen) = (BTreeMap::new(), BTreeMap::<String, Vec<Message>>::new());
    for message in server.got("/good") {
        assert_eq!(message.answer, Answer::Ok);
        let before = seen.entry(message.id().to_owned()).or_default();
        match before.last() {
            Some(last) => {
                assert!(runs.killed.contains(&last.sent_on()), "told again though it was heard");
                assert_eq!(last.body, message.body);
            }
            None => {
                for unit in docs.told(&message) {
                    *told.entry(unit).or_insert(0) += 1;
                }
            }
        }
        before.push(message);
    }
    let twice: Vec<_> = told.iter().filter(|(_, count)| **count > 1).collect();
    assert!(
        twice.is_empty(),
        "{} of {}: {:?}",
        twice.len(),
        told.len(),
        &twice[..3.min(twice.len())]
    );
    let told: BTreeSet<_> = told.into_keys().collect();
    let expected = expected();
    let lost: Vec<_> = expected.difference(&told).take(5).collect();
    assert!(lost.is_empty(), "lost: {lost:?}");
    let more: Vec<_> = told.difference(&expected).take(5).collect();
    assert!(more.is_empty(), "never happened: {more:?}");
    assert!(runs.killed.len() >= KILLS * 9 / 10, "only {} runs were killed", runs.killed.len());
}
