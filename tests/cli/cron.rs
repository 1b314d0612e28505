//! The line for cron that docs/alerts.md shows, run as cron runs it.

#![cfg(unix)]

use std::fs;
use std::process::Command;

use super::docs::{Docs, moved};

/// The command of the only crontab in docs/alerts.md.
fn command() -> String {
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/alerts.md")).unwrap();
    let (_, rest) = page.split_once("```crontab\n").unwrap();
    let line = rest.lines().next().unwrap();
    let (_, command) = line.split_once("* * * *  ").unwrap();
    command.to_owned()
}

#[test]
fn it_finds_its_program_keys_and_configuration() {
    let docs = Docs::new();
    let home = docs.beside("home");
    for folder in [".cargo/bin", ".config/respdiff"] {
        fs::create_dir_all(home.join(folder)).unwrap();
    }
    let binary = home.join(".cargo/bin/respdiff");
    std::os::unix::fs::symlink(env!("CARGO_BIN_EXE_respdiff"), binary).unwrap();
    fs::write(home.join(".respdiff-keys"), "export OPS_KEY=known\n").unwrap();
    let config = format!(
        "version: 1\nalert:\n  repositories: [{{path: '{}', name: queue}}]\n  targets:\n    \
         - {{name: mail, type: stdout}}\n    - {{name: own, type: command, \
         command: [sh, -c, 'echo \"$OPS_KEY\" > ~/key']}}\n",
        docs.root().display()
    );
    fs::write(home.join(".config/respdiff/config.yaml"), config).unwrap();
    let cron = || {
        let mut sh = Command::new("/bin/sh");
        sh.arg("-c").arg(command()).current_dir(&home).env_clear();
        sh.env("HOME", &home).env("LOGNAME", "ada").env("PATH", "/usr/bin:/bin");
        let output = sh.output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!((output.status.code(), told.as_str()), (Some(0), ""));
        String::from_utf8(output.stdout).unwrap()
    };
    assert_eq!(cron(), "", "the first run only notes where it is");
    docs.write("queue.md", &moved()).commit();
    assert!(cron().contains("Copy every queue to a second site each night."));
    assert_eq!(cron(), "", "it is told once");
    assert_eq!(fs::read_to_string(home.join("key")).unwrap(), "known\n");
}
