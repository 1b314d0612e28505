//! A run can be killed at any moment, and nothing is lost by that.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::{Child, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value;

use super::answers::{Answer, gone, good, moody};
use super::docs::Docs;
use super::server::{Message, PATIENCE, Server};
use super::{alert, configure, stderr, webhook};

const EDITIONS: usize = 500;
const BATCH: usize = 10;
const KILLS: usize = 110;
/// 2025-06-15, in days since 1970.
pub(super) const FIRST_DAY: usize = 20_254;
const SEED: u32 = 20_250_115;

/// Targets that are alive, though two of them are moody.
const LIVING: [&str; 3] = ["/good", "/moody", "/moodier"];

#[test]
fn nothing_is_lost_and_nothing_that_was_heard_is_told_twice() {
    let begun = Instant::now();
    let docs = Docs::new(EDITIONS);
    let server = Server::new(&[
        ("/good", good),
        ("/moody", moody),
        ("/moodier", moody),
        ("/gone", gone),
        ("/tls", good),
    ]);
    let quick = &format!(", timeout: {}s, retries: [3ms]", PATIENCE.as_secs());
    let mut targets: Vec<String> =
        LIVING.map(|path| webhook(&path[1..], &server.url("http", path), quick)).to_vec();
    // these two are dead until somebody mends them, and hold up nobody
    targets.push(webhook("gone", &server.url("http", "/gone"), quick));
    targets.push(webhook("tls", &server.url("https", "/tls"), ", timeout: 9s, retries: [1h]"));
    configure(docs.home(), &targets);
    let mut runs =
        Runs { home: docs.home(), server: &server, killed: BTreeSet::new(), day: FIRST_DAY };
    assert!(runs.whole(&[]).success());
    let mut killer = Killer { dice: SEED, longest: 40_000 };
    for edition in (BATCH..=EDITIONS).step_by(BATCH) {
        docs.publish(edition);
        let wanted = KILLS * edition / EDITIONS;
        for _ in 0..20 {
            if runs.killed.len() >= wanted {
                break;
            }
            runs.kill(&mut killer);
        }
    }
    let kills = runs.killed.len();
    let (killing, early) = (begun.elapsed(), taken(&server.got("/good")).len());
    assert!(kills >= 100, "only {kills} runs were killed");
    assert!(early > EDITIONS / 4, "only {early} editions arrived between the kills");
    let drain = |runs: &mut Runs<'_>, paths: &[&str]| {
        for _ in 0..60 {
            let missing = |path: &&str| taken(&server.got(path)).len() < EDITIONS;
            if !paths.iter().any(missing) {
                break;
            }
            runs.whole(&[]);
        }
    };
    drain(&mut runs, &LIVING);
    // switched off at once, and tried no more
    assert!(server.got("/gone").len() <= 1 + kills, "{}", server.got("/gone").len());
    assert!(server.got("/tls").is_empty());
    // mended: one comes back by its new address, one because somebody asks for it
    targets[4] = webhook("tls", &server.url("http", "/tls"), quick);
    configure(docs.home(), &targets);
    server.script("/gone", good);
    runs.whole(&["--retry"]);
    drain(&mut runs, &["/gone", "/tls"]);
    assert!(runs.whole(&[]).success());
    let mut twice = Twice::default();
    for path in LIVING.iter().chain(&["/gone", "/tls"]) {
        check(path, &server.got(path), &docs.commits[1..], &runs.killed, &mut twice);
    }
    let received: usize = LIVING.iter().map(|path| server.got(path).len()).sum();
    println!(
        "{EDITIONS} editions to {} targets that live and 2 that did not: {kills} of {} runs killed \
         ({early} editions had arrived at the best of them by then, {killing:?}); {received} \
         messages to the living; taken twice: {} since the server broke off the answer, {} since \
         the sender was killed before it heard it; {:?}",
        LIVING.len(),
        runs.day - FIRST_DAY,
        twice.broken_off,
        twice.killed,
        begun.elapsed()
    );
}

/// Runs of `alert`, a day apart.
pub(super) struct Runs<'a> {
    pub(super) home: &'a Path,
    pub(super) server: &'a Server,
    /// The days of those that were killed.
    pub(super) killed: BTreeSet<usize>,
    /// The day of the last one, since 1970.
    pub(super) day: usize,
}

pub(super) struct Killer {
    pub(super) dice: u32,
    /// Microseconds.
    pub(super) longest: u32,
}

impl Killer {
    fn draw(&mut self, below: u32) -> u32 {
        self.dice = self.dice.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (self.dice >> 8) % below
    }

    /// Waits for any moment of a run: a while after it began, or around any message that it sends.
    fn wait(&mut self, server: &Server, child: &mut Child) {
        let messages = self.draw(16) as usize;
        let before = server.count();
        while messages > 0 && server.count() < before + messages {
            if child.try_wait().unwrap().is_some() {
                return;
            }
            thread::sleep(Duration::from_micros(100));
        }
        let longest = if messages > 0 { 4_000 } else { self.longest };
        thread::sleep(Duration::from_micros(self.draw(longest).into()));
    }
}

impl Runs<'_> {
    fn command(&mut self, arguments: &[&str]) -> std::process::Command {
        self.day += 1;
        let now =
            chrono::DateTime::from_timestamp(i64::try_from(self.day).unwrap() * 86_400 + 40_000, 0);
        let mut command = alert(self.home, arguments);
        command.env("RESPDIFF_NOW", now.unwrap().to_rfc3339());
        command
    }

    pub(super) fn whole(&mut self, arguments: &[&str]) -> std::process::ExitStatus {
        let output = self.command(arguments).output().unwrap();
        let told = stderr(&output);
        for secret in ["whsec_", "MfKQ9r8", "/moody", "/tls", "panicked"] {
            assert!(!told.contains(secret), "{told}");
        }
        output.status
    }

    /// Starts a run and kills it, if it is not faster.
    fn kill(&mut self, killer: &mut Killer) {
        self.kill_when(killer, Killer::wait);
    }

    /// The same at any moment of a run, whether it has something to send or not.
    pub(super) fn kill_soon(&mut self, killer: &mut Killer) {
        self.kill_when(killer, |killer, _, _| {
            thread::sleep(Duration::from_micros(killer.draw(killer.longest).into()));
        });
    }

    fn kill_when(
        &mut self,
        killer: &mut Killer,
        wait: impl FnOnce(&mut Killer, &Server, &mut Child),
    ) {
        use std::os::unix::process::ExitStatusExt;
        let mut command = self.command(&[]);
        let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        wait(killer, self.server, &mut child);
        child.kill().unwrap();
        if child.wait().unwrap().signal() == Some(9) {
            self.killed.insert(self.day);
            killer.longest += 2_000;
        } else {
            killer.longest = (killer.longest / 4 * 3).max(5_000);
        }
    }
}

fn commit_of(message: &Message) -> String {
    let body: Value = serde_json::from_str(&message.body).unwrap();
    let changes = body["data"]["document"]["changes"].as_array().unwrap();
    assert_eq!(changes.len(), 1, "{body}");
    assert_eq!(body["data"]["id"], message.id());
    changes[0]["introduced"]["commit"].as_str().unwrap().to_owned()
}

/// The commits of the messages that a server took.
fn taken(messages: &[Message]) -> BTreeSet<String> {
    let taken = |message: &&Message| !matches!(message.answer, Answer::Refuse(..));
    messages.iter().filter(taken).map(commit_of).collect()
}

/// How often an event was taken again, and why.
#[derive(Default)]
struct Twice {
    broken_off: usize,
    killed: usize,
}

/// Every edition arrived, in order, under one id and with one body; what arrived twice did so
/// because the sender could not know.
fn check(
    path: &str,
    got: &[Message],
    commits: &[String],
    killed: &BTreeSet<usize>,
    twice: &mut Twice,
) {
    let mut events: BTreeMap<String, Vec<&Message>> = BTreeMap::new();
    let mut order = Vec::new();
    for message in got {
        let commit = commit_of(message);
        if !events.contains_key(&commit) {
            order.push(commit.clone());
        }
        events.entry(commit).or_default().push(message);
    }
    assert_eq!(order, commits, "{path}: all of them, oldest first");
    let mut ids = BTreeSet::new();
    for (commit, messages) in &events {
        let first = messages[0];
        assert!(ids.insert(first.id()), "{path}: two events have one id");
        assert!(messages.iter().all(|m| m.id() == first.id() && m.body == first.body));
        let arrived: Vec<&&Message> =
            messages.iter().filter(|m| !matches!(m.answer, Answer::Refuse(..))).collect();
        assert!(arrived.last().is_some_and(|m| m.answer == Answer::Ok), "{path}: {commit} is lost");
        for pair in arrived.windows(2) {
            if pair[0].answer.is_lost() {
                twice.broken_off += 1;
            } else {
                let run = pair[0].sent_on();
                assert!(killed.contains(&run), "{path}: {commit} was told again though heard");
                twice.killed += 1;
            }
        }
    }
}
