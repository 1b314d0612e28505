//! `respdiff alert` against servers that answer as badly as servers do.

#![cfg(all(unix, feature = "alert"))]
#![allow(clippy::unwrap_used, reason = "a test may")]

mod answers;
mod docs;
mod interrupts;
mod kills;
mod mail;
mod refusals;
mod rewrites;
mod server;
#[path = "../signals/mod.rs"]
mod signals;
mod signatures;

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A secret that protects nothing.
const KEY: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/// `respdiff alert` in a repository, with the configuration beside it.
fn alert(home: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    command.env_clear().env("PATH", std::env::var_os("PATH").unwrap_or_default());
    command.env("HOOK_KEY", KEY).stdin(Stdio::null());
    command.arg("-C").arg(home.join("docs")).args(["alert", "--config"]);
    command.arg(home.join("config.yaml")).args(arguments);
    command
}

fn configure(home: &Path, targets: &[String]) {
    let text =
        format!("version: 1\nalert:\n  state: alert.sqlite\n  targets:\n{}", targets.concat());
    std::fs::write(home.join("config.yaml"), text).unwrap();
}

/// A webhook on this machine that wants to know everything.
fn webhook(name: &str, url: &str, more: &str) -> String {
    format!(
        "    - {{name: {name}, type: webhook, url: '{url}', secret: {{env: HOOK_KEY}}, \
         filters: {{level: wording}}, allow_private: true, allow_http: true{more}}}\n"
    )
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}
