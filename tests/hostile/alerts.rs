//! What goes to others: standard output, webhooks, Slack, programs, and the outbox's own words.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

use serde_json::Value;

use crate::signs::harmless;
use crate::world::{BRANCH, command, outputs, world};

/// Paths and bodies of requests.
type Received = Vec<(String, String)>;

/// Keeps the bodies that it is sent, as `path body`.
fn listener() -> (u16, Arc<Mutex<Received>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    let got: Arc<Mutex<Vec<_>>> = Arc::default();
    let kept = Arc::clone(&got);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let message = received(&stream).unwrap();
            kept.lock().unwrap().push(message);
            let _ = (&stream)
                .write_all(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok");
        }
    });
    (port, got)
}

fn received(stream: &TcpStream) -> Option<(String, String)> {
    let mut reader = BufReader::new(stream);
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).ok()?;
        if line.trim().is_empty() {
            break;
        }
        lines.push(line);
    }
    let length = lines.iter().find_map(|line| {
        line.to_lowercase().strip_prefix("content-length:")?.trim().parse::<usize>().ok()
    })?;
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    Some((lines[0].split(' ').nth(1)?.to_owned(), String::from_utf8(body).ok()?))
}

/// Alerts of everything that the hostile branch holds; both outputs.
fn alert(state: &str, targets: &str, arguments: &[&str]) -> (String, String) {
    let config = world().beside(&format!("{state}.yaml"));
    let branch = serde_json::to_string(BRANCH).unwrap().replace('\u{9b}', "\\u009b");
    let root = serde_json::to_string(world().root().to_str().unwrap()).unwrap();
    let text = format!(
        "version: 1\nalert:\n  state: {state}.sqlite\n  repositories: [{{path: {root}, name: docs, branch: {branch}}}]\n  targets:\n{targets}"
    );
    fs::write(&config, text).unwrap();
    let mut run = command(&["alert", "--config", config.to_str().unwrap(), "--from-start"]);
    let run = run.args(arguments).env("HOOK_KEY", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw");
    outputs(&run.output().unwrap(), &format!("alert {arguments:?}"))
}

#[test]
fn what_is_told_parses_and_calls_nobody() {
    let (port, got) = listener();
    let more = "filters: {level: wording}";
    let local = format!("allow_private: true, allow_http: true, {more}");
    let file = world().beside("told.json");
    let (out, err) = alert(
        "told",
        &format!(
            "    - {{name: me, type: stdout, {more}}}\n\
             \x20   - {{name: hook, type: webhook, url: 'http://127.0.0.1:{port}/hook', secret: {{env: HOOK_KEY}}, {local}}}\n\
             \x20   - {{name: chat, type: slack, url: 'http://127.0.0.1:{port}/chat', {local}}}\n\
             \x20   - {{name: tool, type: command, command: [tee, -a, '{}'], {more}}}\n",
            file.display()
        ),
        &[],
    );
    harmless(&out, "alert, standard output");
    harmless(&err, "alert, standard error");
    assert!(out.lines().count() >= 3, "{out}");
    for line in out.lines() {
        serde_json::from_str::<Value>(line).unwrap();
    }
    // the signs are there, as escapes
    assert!(out.contains("\\u202ereversed"));
    harmless(&fs::read_to_string(&file).unwrap(), "alert, a program's input");
    let got = got.lock().unwrap();
    assert!(got.iter().any(|(path, _)| path == "/hook"));
    assert!(got.iter().any(|(path, _)| path == "/chat"));
    for (path, body) in got.iter() {
        harmless(body, path);
        let value: Value = serde_json::from_str(body).unwrap();
        if path == "/chat" {
            calls_nobody_in_slack(&value);
        }
    }
}

/// Slack makes mentions and links of what stands between `<` and `>`, and of nothing else where
/// `verbatim` is set; a header is plain text, in which nothing is.
fn calls_nobody_in_slack(message: &Value) {
    assert_eq!(message["parse"], "none");
    assert_eq!(message["link_names"], false);
    assert!(!message["text"].as_str().unwrap().contains(['<', '>']));
    for block in message["blocks"].as_array().unwrap() {
        let texts =
            [&block["text"]].into_iter().chain(block["elements"].as_array().into_iter().flatten());
        for text in texts.filter(|text| !text.is_null()) {
            let words = text["text"].as_str().unwrap();
            match text["type"].as_str().unwrap() {
                "plain_text" => assert_eq!(text["emoji"], false),
                kind => {
                    assert_eq!((kind, &text["verbatim"]), ("mrkdwn", &Value::Bool(true)));
                    assert!(!words.replace("\n> ", "\n").contains(['<', '>']), "{words}");
                }
            }
        }
    }
}

#[test]
fn a_rehearsal_and_the_status_steer_nothing() {
    let target =
        "    - {name: gone, type: command, command: ['false'], filters: {level: wording}}\n";
    for arguments in [&["--dry-run"][..], &["--dry-run", "--format", "json"]] {
        let (out, err) = alert("dry", target, arguments);
        assert!(!out.is_empty());
        harmless(&out, &format!("{arguments:?}"));
        harmless(&err, &format!("{arguments:?}, standard error"));
    }
    // a run that fails to deliver, then what waits
    let config = world().beside("dry.yaml");
    let failed = command(&["alert", "--config", config.to_str().unwrap(), "--from-start"]).output();
    let failed = failed.unwrap();
    assert_eq!(failed.status.code(), Some(2));
    harmless(&String::from_utf8(failed.stderr).unwrap(), "a failed delivery");
    for format in ["text", "json"] {
        let status = command(&[
            "alert",
            "--config",
            config.to_str().unwrap(),
            "--status",
            "--format",
            format,
        ]);
        let (out, err) = outputs(&{ status }.output().unwrap(), format);
        assert!(out.contains("gone"), "{out}");
        harmless(&(out + &err), "the status");
    }
}
