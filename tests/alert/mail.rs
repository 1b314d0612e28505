//! Mails, to a server on this machine that speaks SMTP.

use std::fmt::Write as _;
use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Output};
use std::sync::{Arc, Mutex};
use std::thread;

use super::docs::Docs;

/// Answers as a mail server does, and keeps what it gets. `reply` is what it says of each mail.
fn serve(listener: TcpListener, reply: &'static str) -> Arc<Mutex<Vec<String>>> {
    let got = Arc::new(Mutex::new(Vec::new()));
    let kept = Arc::clone(&got);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let _ = talk(stream, reply, &kept);
        }
    });
    got
}

fn talk(mut stream: TcpStream, reply: &str, got: &Mutex<Vec<String>>) -> std::io::Result<()> {
    let mut lines = BufReader::new(stream.try_clone()?).lines();
    stream.write_all(b"220 here\r\n")?;
    let mut mail = String::new();
    while let Some(line) = lines.next().transpose()? {
        let answer = match line.split(' ').next().unwrap_or_default() {
            "EHLO" => "250-here\r\n250 8BITMIME",
            "DATA" => {
                stream.write_all(b"354 go on\r\n")?;
                for line in lines.by_ref().map_while(Result::ok).take_while(|line| line != ".") {
                    let _ = writeln!(mail, "{line}");
                }
                if reply.starts_with('2') {
                    got.lock().unwrap().push(std::mem::take(&mut mail));
                }
                reply
            }
            "QUIT" => {
                stream.write_all(b"221 bye\r\n")?;
                return Ok(());
            }
            verb => {
                if verb == "RCPT" {
                    let _ = writeln!(mail, "{line}");
                }
                "250 well"
            }
        };
        stream.write_all(format!("{answer}\r\n").as_bytes())?;
    }
    Ok(())
}

fn configure(docs: &Docs, route: &str) {
    let text = format!(
        "version: 1\nalert:\n  state: alert.sqlite\n  repositories: [{{path: docs, name: sky}}]\n  \
         targets:\n    - {{name: mail, type: mail, from: respdiff@a.example, to: 'ops@a.example, Ada \
         <ada@a.example>', {route}, retries: [1s]}}\n"
    );
    fs::write(docs.home().join("alert.yaml"), text).unwrap();
}

fn run(docs: &Docs, day: usize, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    command.current_dir(docs.home()).args(["alert", "--alert-config", "alert.yaml"]);
    command.args(arguments).env("RESPDIFF_NOW", format!("2025-06-{day:02}T12:00:00Z"));
    // the policy is another's business
    command.env_remove("RESPDIFF_CONFIG").output().unwrap()
}

fn local() -> (TcpListener, String) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = listener.local_addr().unwrap().port();
    (listener, format!("smtp: {{host: 127.0.0.1, port: {port}, tls: none}}"))
}

#[test]
fn a_mail_waits_while_the_server_is_down_and_arrives_once() {
    let docs = Docs::new(3);
    let (listener, route) = local();
    let port = listener.local_addr().unwrap().port();
    drop(listener);
    configure(&docs, &route);
    assert_eq!(run(&docs, 1, &[]).status.code(), Some(0));
    docs.publish(2);
    let output = run(&docs, 2, &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("target mail: "), "{told}");
    let status = run(&docs, 2, &["--status"]);
    assert!(String::from_utf8_lossy(&status.stdout).contains("mail: 2 waiting"));
    let got = serve(TcpListener::bind(("127.0.0.1", port)).unwrap(), "250 taken");
    assert_eq!(run(&docs, 3, &[]).status.code(), Some(0));
    assert_eq!(run(&docs, 4, &[]).status.code(), Some(0));
    let mails = got.lock().unwrap().clone();
    assert_eq!(mails.len(), 2, "{mails:?}");
    for part in [
        "RCPT TO:<ops@a.example>",
        "RCPT TO:<ada@a.example>",
        "From: respdiff@a.example",
        "Subject: [respdiff] 1 duty moved to you: Responsibilities for Skyvault (sky)",
        "Message-ID: <evt_",
        "Moved to you: IBM",
    ] {
        assert!(mails[0].contains(part), "{part}: {}", mails[0]);
    }
}

#[test]
fn a_server_that_refuses_is_told() {
    let docs = Docs::new(2);
    let (listener, route) = local();
    let got = serve(listener, "554 no");
    configure(&docs, &route);
    run(&docs, 1, &[]);
    docs.publish(1);
    let output = run(&docs, 2, &[]);
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.code() == Some(2) && told.contains("it answered 554"), "{told}");
    assert!(got.lock().unwrap().is_empty());
}

#[test]
fn sendmail_gets_the_mail_and_no_secret() {
    use std::os::unix::fs::PermissionsExt;

    let docs = Docs::new(2);
    let program = docs.home().join("sendmail");
    let script = "#!/bin/sh\n{ echo \"args: $*\"; echo \"key: ${MAIL_KEY-none}\"; cat; } > sent\n";
    fs::write(&program, script).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    configure(&docs, "sendmail: ./sendmail");
    let text = fs::read_to_string(docs.home().join("alert.yaml")).unwrap();
    let hook =
        "    - {name: hook, type: slack, url: {env: MAIL_KEY}, filters: {area: [Nowhere]}}\n";
    fs::write(docs.home().join("alert.yaml"), text + hook).unwrap();
    run(&docs, 1, &[]);
    docs.publish(1);
    let output = Command::new(env!("CARGO_BIN_EXE_respdiff"))
        .current_dir(docs.home())
        .args(["alert", "--quiet"])
        .env("RESPDIFF_ALERT_CONFIG", "alert.yaml")
        .env("RESPDIFF_NOW", "2025-06-02T12:00:00Z")
        .env("MAIL_KEY", "https://hooks.slack.com/secret")
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{told}");
    let sent = fs::read_to_string(docs.home().join("sent")).unwrap();
    let args = "args: -i -f respdiff@a.example -- ops@a.example ada@a.example";
    assert!(sent.starts_with(args) && sent.contains("key: none"), "{sent}");
    assert!(sent.contains("Moved to you: IBM"), "{sent}");
}
