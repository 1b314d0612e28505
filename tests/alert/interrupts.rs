//! Runs that are asked to end while a message is on its way.

use std::os::unix::process::ExitStatusExt;
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use super::answers::Answer;
use super::docs::Docs;
use super::server::{Message, Server};
use super::signals::ends_programs;
use super::{alert, configure, webhook};

const EDITIONS: usize = 3;
const SIGNALS: [(&str, i32); 3] = [("-INT", 2), ("-TERM", 15), ("-HUP", 1)];

fn signals() -> Vec<(&'static str, i32)> {
    SIGNALS.into_iter().filter(|(_, number)| ends_programs(*number)).collect()
}

/// Answers when nobody listens any more, until each signal was sent once.
fn slow_at_first(_: &str, tried: usize) -> Answer {
    if tried < signals().len() { Answer::Slow } else { Answer::Ok }
}

fn waits_for(server: &Server, messages: usize, child: &mut Child) {
    let begun = Instant::now();
    while server.count() < messages {
        assert!(child.try_wait().unwrap().is_none(), "it ended before it told anything");
        assert!(begun.elapsed() < Duration::from_secs(20), "nothing is told");
        thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn a_signal_ends_it_at_once_and_the_next_run_tells_what_was_not_heard() {
    let docs = Docs::new(EDITIONS);
    let server = Server::new(&[("/hook", slow_at_first)]);
    configure(docs.home(), &[webhook("hook", &server.url("http", "/hook"), "")]);
    let on = |day: usize| {
        let mut command = alert(docs.home(), &[]);
        command.env("RESPDIFF_NOW", format!("2025-06-{:02}T12:00:00Z", day + 1));
        command
    };
    assert!(on(0).output().unwrap().status.success());
    docs.publish(EDITIONS);
    let signals = signals();
    assert!(signals.contains(&("-TERM", 15)));
    for (at, &(signal, number)) in signals.iter().enumerate() {
        let mut run = on(at + 1);
        let mut child = run.stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        waits_for(&server, at + 1, &mut child);
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.unwrap().success());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.signal(), Some(number), "{signal}: {output:?}");
    }
    let last = on(signals.len() + 1).output().unwrap();
    assert!(last.status.success(), "the way is not free: {last:?}");
    let got = server.got("/hook");
    let taken: Vec<&str> = got[signals.len()..].iter().map(Message::id).collect();
    assert_eq!(taken.len(), EDITIONS, "each edition is told, and no more");
    for again in &got[..signals.len()] {
        assert_eq!((again.id(), &again.body), (taken[0], &got[signals.len()].body));
    }
}

/// A target that is a shell, which starts more and waits: what is left of it writes `survived`.
fn slow_program(docs: &Docs, more: &str) -> Command {
    let words = "sh -c \"sleep 3; touch survived\" & touch began; sleep 30";
    let target = format!(
        "    - {{name: slow, type: command, command: [sh, -c, '{words}'], \
         filters: {{level: wording}}{more}}}\n"
    );
    configure(docs.home(), &[target]);
    let mut first = alert(docs.home(), &[]);
    assert!(first.current_dir(docs.home()).output().unwrap().status.success());
    docs.publish(EDITIONS);
    let mut run = alert(docs.home(), &[]);
    run.current_dir(docs.home());
    run
}

#[test]
fn a_program_that_takes_too_long_ends_with_all_that_it_started() {
    let docs = Docs::new(EDITIONS);
    let output = slow_program(&docs, ", timeout: 1s").output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr);
    assert!(told.contains("the command took more than 1s and was stopped"), "{told}");
    assert!(docs.home().join("began").exists());
    thread::sleep(Duration::from_secs(4));
    assert!(!docs.home().join("survived").exists());
}

#[test]
fn a_signal_ends_a_program_with_all_that_it_started() {
    for (signal, number) in [("-INT", 2), ("-TERM", 15)] {
        let docs = Docs::new(EDITIONS);
        let mut child = slow_program(&docs, "").stderr(Stdio::piped()).spawn().unwrap();
        let begun = Instant::now();
        while !docs.home().join("began").exists() {
            assert!(begun.elapsed() < Duration::from_secs(20), "it is not started");
            thread::sleep(Duration::from_millis(5));
        }
        let sent = Command::new("kill").args([signal, &child.id().to_string()]).status();
        assert!(sent.unwrap().success());
        assert_eq!(child.wait().unwrap().signal(), Some(number), "{signal}");
        thread::sleep(Duration::from_secs(4));
        assert!(!docs.home().join("survived").exists(), "{signal}");
    }
}
