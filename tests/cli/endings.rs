//! Runs that end before their time: readers that go away, disks that are full, signals, folders
//! that cannot be written. What is told reaches the reader whole or is told as failed, and what is
//! written is whole or not there.
#![cfg(unix)]

use std::fs::{self, OpenOptions};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use tempfile::TempDir;

use super::signals::ends_programs;
use super::{demo_folder, respdiff};

/// A page that gives more output than any pipe holds.
fn large_page() -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("page.md");
    let row = |at: usize| format!("| Task {at} | Keep the key {at}. | Count the key {at}. |\n");
    let rows: String = (0..6_000).map(row).collect();
    let text = format!("| Task | IBM | You |\n|-|-|-|\n{rows}");
    fs::write(&file, text).unwrap();
    (folder, file)
}

fn spawned(arguments: &[&str], stdout: Stdio) -> Child {
    Command::new(env!("CARGO_BIN_EXE_respdiff"))
        .args(arguments)
        .stdout(stdout)
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn a_reader_that_goes_away_in_the_middle_ends_it_quietly() {
    let (_folder, file) = large_page();
    let file = file.to_str().unwrap();
    for arguments in [
        &["show", "--no-index", file][..],
        &["show", "--format", "json", "--no-index", file],
        &["--no-index", "/dev/null", file],
        &["--format", "json", "--no-index", "/dev/null", file],
    ] {
        let mut child = spawned(arguments, Stdio::piped());
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 100]).unwrap();
        drop(out);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn a_reader_that_goes_away_between_editions() {
    let demo = demo_folder().to_str().unwrap();
    for arguments in [&["-C", demo, "log"][..], &["-C", demo, "log", "--format", "jsonl"]] {
        let mut child = spawned(arguments, Stdio::piped());
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{arguments:?}");
        assert!(output.stderr.is_empty(), "{}", String::from_utf8_lossy(&output.stderr));
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_told() {
    let demo = demo_folder().to_str().unwrap();
    for arguments in [
        &["-C", demo, "HEAD~5..HEAD"][..],
        &["-C", demo, "log", "--format", "jsonl"],
        &["-C", demo, "blame", "--format", "json"],
        &["schema"],
        &["--help"],
    ] {
        let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
        let output = spawned(arguments, full.into()).wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}: {told}");
        assert!(told.contains("cannot write to standard output"), "{told}");
    }
}

#[test]
fn a_named_pipe_takes_it_all() {
    let (folder, file) = large_page();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read(pipe).unwrap().len()
    });
    let writer = OpenOptions::new().write(true).open(&pipe).unwrap();
    let file = file.to_str().unwrap();
    let output = spawned(&["show", "--no-index", file], writer.into()).wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    let plain = respdiff().args(["show", "--no-index", file]).output().unwrap();
    assert_eq!(reader.join().unwrap(), plain.stdout.len());
}

/// Commands that write files, each with a folder that it is to make: they write all or nothing.
const WRITERS: [&[&str]; 1] = [&["demo"]];

#[test]
fn folders_that_cannot_be_written_are_told() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let sealed = folder.path().join("sealed");
    fs::create_dir(&sealed).unwrap();
    fs::set_permissions(&sealed, fs::Permissions::from_mode(0o555)).unwrap();
    fs::write(folder.path().join("file"), "mine").unwrap();
    let mut places = vec![folder.path().join("file/below")];
    // nothing is sealed for root
    if fs::write(sealed.join("probe"), "").is_err() {
        places.push(sealed.join("new"));
    }
    for place in &places {
        for writer in WRITERS {
            let output = respdiff().args(writer).arg(place).output().unwrap();
            let told = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(2), "{told}");
            assert!(told.contains(&*place.display().to_string()), "{told}");
        }
    }
    assert_eq!(fs::read_to_string(folder.path().join("file")).unwrap(), "mine");
}

/// Ends within seconds, whatever was sent to it.
fn ended(mut child: Child) -> Option<i32> {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if let Some(status) = child.try_wait().unwrap() {
            return std::os::unix::process::ExitStatusExt::signal(&status).or(status.code());
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    let _ = child.kill();
    panic!("it does not end");
}

#[test]
fn signals_end_a_run_that_writes_to_nobody() {
    let (_folder, file) = large_page();
    assert!(ends_programs(15));
    for (signal, _) in [("-INT", 2), ("-TERM", 15)].iter().filter(|(_, at)| ends_programs(*at)) {
        let mut child = spawned(&["show", "--no-index", file.to_str().unwrap()], Stdio::piped());
        // once there is something, the rest waits for a reader
        let mut out = child.stdout.take().unwrap();
        out.read_exact(&mut [0; 10]).unwrap();
        let sent = Command::new("kill").args([*signal, &child.id().to_string()]).status();
        assert!(sent.unwrap().success());
        assert!(matches!(ended(child), Some(2 | 15 | 130 | 143)));
        drop(out);
    }
}

/// As git does: who leaves the pager's search with Ctrl-C stays in the pager.
#[test]
fn an_interrupt_while_a_pager_runs_leaves_the_pager_alone() {
    // a terminal is needed; util-linux has a program that makes one
    if !Command::new("script").arg("--version").output().is_ok_and(|run| run.status.success()) {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let said = folder.path().join("said");
    let pager = format!(
        "cat >/dev/null; kill -INT $PPID; sleep 0.4; kill -0 $PPID && echo alive >{}",
        said.display()
    );
    let command = format!("{} -C {} log", env!("CARGO_BIN_EXE_respdiff"), quoted(demo_folder()));
    let status = Command::new("script")
        .args(["-qec", &command, "/dev/null"])
        .env("GIT_PAGER", pager)
        .env("TERM", "dumb")
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .status();
    assert!(status.unwrap().success());
    assert_eq!(fs::read_to_string(said).unwrap_or_default(), "alive\n");
}

fn quoted(path: &Path) -> String {
    format!("'{}'", path.display())
}
