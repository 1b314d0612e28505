//! Targets that may not be called, that refuse, and Slack's pace.

use std::path::Path;
use std::process::Output;

use serde_json::Value;

use super::answers::{Answer, Script, good};
use super::docs::Docs;
use super::server::Server;
use super::{alert, configure, stderr, webhook};

/// A run on a day.
fn run(home: &Path, day: u32, arguments: &[&str]) -> Output {
    let mut command = alert(home, arguments);
    command.env("RESPDIFF_NOW", format!("2025-06-{day:02}T12:00:00Z"));
    command.env("HTTPS_PROXY", "http://127.0.0.1:9").output().unwrap()
}

/// A repository with so many editions to tell, and a server with one script.
fn scene(editions: usize, script: Script) -> (Docs, Server) {
    (Docs::new(editions), Server::new(&[("/hook", script)]))
}

fn status(home: &Path) -> Value {
    let output = run(home, 30, &["--status", "--format", "json"]);
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn a_private_or_open_address_is_not_called_unless_that_is_allowed() {
    let (docs, server) = scene(1, good);
    let home = docs.home();
    let target = |url: &str, allowed: &str| {
        webhook("hook", url, "").replace("allow_private: true, allow_http: true", allowed)
    };
    configure(home, &[webhook("hook", &server.url("http", "/hook"), "")]);
    assert!(run(home, 1, &[]).status.success());
    docs.publish(1);
    for (day, allowed, told) in [
        (1, "allow_http: true", "target hook: 127.0.0.1 is a private address (`allow"),
        (2, "allow_private: true", "target hook: its address has no TLS"),
    ] {
        let target = target(&server.url("http", "/hook"), &format!("{allowed}, retries: [1h]"));
        configure(home, &[target]);
        let output = run(home, day, &[]);
        assert_eq!(output.status.code(), Some(2));
        assert!(stderr(&output).contains(told), "{}", stderr(&output));
        assert!(!stderr(&output).contains("/hook"), "{}", stderr(&output));
    }
    assert!(server.got("/hook").is_empty());
    configure(home, &[webhook("hook", &server.url("http", "/hook"), "")]);
    assert!(run(home, 3, &[]).status.success());
    assert_eq!(server.got("/hook").len(), 1);
}

#[test]
fn what_is_refused_again_and_again_makes_way_and_what_fails_does_not() {
    // the first event that comes is never taken
    fn picky(_: &str, tried: usize) -> Answer {
        if tried < 5 { Answer::Refuse(404, "") } else { Answer::Ok }
    }
    fn broken(_: &str, tried: usize) -> Answer {
        if tried < 30 { Answer::Refuse(503, "") } else { Answer::Ok }
    }
    let (docs, server) = scene(1, picky);
    let home = docs.home();
    configure(home, &[webhook("hook", &server.url("http", "/hook"), ", retries: [1h]")]);
    assert!(run(home, 1, &[]).status.success());
    docs.publish(1);
    for day in 2..6 {
        assert_eq!(run(home, day, &[]).status.code(), Some(2));
        assert_eq!(status(home)["targets"][0]["pending"], 1, "on day {day}");
    }
    let output = run(home, 6, &[]);
    assert!(stderr(&output).contains("gave up on an event: 127.0.0.1: it answered 404"));
    assert_eq!(run(home, 7, &["--status"]).status.code(), Some(2));
    assert_eq!(status(home)["targets"][0]["dead"], 1);
    // a given up event is not tried by itself
    assert!(run(home, 8, &[]).status.success());
    assert_eq!(server.got("/hook").len(), 5);
    server.script("/hook", broken);
    let mut day = 9;
    assert_eq!(run(home, day, &["--retry"]).status.code(), Some(2));
    while server.got("/hook").len() < 30 {
        day += 1;
        let time = format!("2025-{:02}-01T12:00:00Z", day % 12 + 1);
        let time = time.replace("2025", &format!("{}", 2025 + day / 12));
        alert(home, &[]).env("RESPDIFF_NOW", time).output().unwrap();
        assert_eq!(status(home)["targets"][0]["dead"], 0);
    }
    assert!(alert(home, &["--retry"]).status().unwrap().success());
    assert_eq!(status(home)["targets"][0]["delivered"], 1);
    let got = server.got("/hook");
    assert!(got.iter().all(|message| message.id() == got[0].id() && message.body == got[0].body));
}

#[test]
fn slack_gets_blocks_and_one_message_a_second() {
    let (docs, server) = scene(3, good);
    let home = docs.home();
    configure(
        home,
        &["    - {name: chat, type: slack, url: {env: SLACK_URL}, allow_private: true, \
            allow_http: true}\n"
            .to_owned()],
    );
    let slack = |day| {
        let mut command = alert(home, &[]);
        command.env("SLACK_URL", server.url("http", "/hook"));
        command.env("RESPDIFF_NOW", format!("2025-06-{day:02}T12:00:00Z")).output().unwrap()
    };
    assert!(slack(1).status.success());
    docs.publish(3);
    let begun = std::time::Instant::now();
    let output = slack(2);
    assert!(output.status.success(), "{}", stderr(&output));
    assert!(begun.elapsed().as_millis() >= 2_000);
    let got = server.got("/hook");
    assert_eq!(got.len(), 3);
    for message in &got {
        let body: Value = serde_json::from_str(&message.body).unwrap();
        assert!(body["text"].as_str().unwrap().starts_with("1 duty moved to you: "), "{body}");
        assert_eq!(body["blocks"][0]["type"], "header");
        assert!(!message.headers.contains_key("webhook-signature"));
    }
}
