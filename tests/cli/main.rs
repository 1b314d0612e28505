//! The binary as people and scripts meet it.

#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may")]

mod ack;
mod across;
mod action;
#[cfg(feature = "alert")]
mod alert;
#[cfg(feature = "alert")]
mod alert_filters;
#[cfg(feature = "alert")]
mod alert_policy;
#[cfg(feature = "alert")]
mod alert_remote;
mod at_once;
mod blame;
mod changelog;
mod check;
mod config;
#[cfg(all(unix, feature = "alert"))]
mod cron;
mod dead_ends;
mod demo;
mod docs;
mod empty_answers;
mod ended_pages;
mod endings;
mod explain;
mod export_gaps;
mod exports;
mod feed;
mod first_commit;
mod first_edition;
mod first_hour;
mod git_driver;
mod hints_below;
#[path = "../histories/mod.rs"]
mod histories;
mod ignored;
mod install;
mod left_duties;
mod lint;
mod log;
mod moved_in_steps;
mod named_commits;
mod next_steps;
#[cfg(not(feature = "alert"))]
mod no_alert;
mod no_index;
mod notes;
mod oscal;
mod other_formats;
mod out_of_gate;
mod readme;
mod references;
mod removed_pages;
mod report;
mod returned_pages;
mod returned_tables;
mod several;
#[cfg(unix)]
#[path = "../signals/mod.rs"]
mod signals;
mod slips;
mod snapshot;
mod stats;
mod terminal;
mod two_files;
#[cfg(unix)]
mod unfinished;
mod unread;
mod unread_tables;
mod usage;
mod views;
mod within_editions;

use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use assert_cmd::Command;
use tempfile::TempDir;

/// The binary, away from this machine's terminal and configuration.
fn respdiff() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_respdiff"));
    command.env_clear().env("TERM", "dumb");
    if let Some(path) = std::env::var_os("PATH") {
        command.env("PATH", path);
    }
    command
}

/// A run's standard output, which has to succeed.
#[track_caller]
fn stdout(arguments: &[&str]) -> String {
    let output = respdiff().args(arguments).output().unwrap();
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {told}");
    String::from_utf8(output.stdout).unwrap()
}

/// A run that has to fail with exit code 2 and nothing on standard output; gives its message.
#[track_caller]
fn refused(arguments: &[&str]) -> String {
    let output = respdiff().args(arguments).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    told
}

/// The demo repository, written once.
fn demo_folder() -> &'static Path {
    static DEMO: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, folder) = DEMO.get_or_init(|| {
        let parent = tempfile::tempdir().unwrap();
        let folder = parent.path().join("respdiff-demo");
        stdout(&["demo", folder.to_str().unwrap()]);
        (parent, folder)
    });
    folder
}

/// One side of a golden case.
fn case(name: &str, file: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases").join(name);
    folder.join(file).to_str().unwrap().to_owned()
}
