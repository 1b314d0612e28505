//! What is written is whole or not there: after signals, on full disks, into pipes and devices.

use std::fs::{self, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use super::demo_folder;

const BINARY: &str = env!("CARGO_BIN_EXE_respdiff");

fn names(folder: &Path) -> Vec<String> {
    let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = names.map(|name| name.to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// A copy of the demo repository.
fn docs() -> (tempfile::TempDir, PathBuf) {
    let home = tempfile::tempdir().unwrap();
    let docs = home.path().join("docs");
    let copied = Command::new("cp").arg("-a").arg(demo_folder()).arg(&docs).status();
    assert!(copied.unwrap().success());
    (home, docs)
}

/// Signals at many moments: the file is whole or not there, and nothing lies beside it.
#[test]
fn a_signal_leaves_nothing_half_written() {
    let (home, docs) = docs();
    let out = home.path().join("out");
    fs::create_dir(&out).unwrap();
    let writers: [&[&str]; 4] = [
        &["report", "--output", "../out/report.html"],
        &["notes", "--output", "../out/notes.md"],
        &["snapshot", "--output", "../out/pages"],
        &["demo", "../out/demo"],
    ];
    let mut killed = 0;
    for at in 0..48_u64 {
        let writer = writers[(at % 4) as usize];
        let signal = [("-INT", 2), ("-TERM", 15), ("-QUIT", 3)][(at / 4 % 3) as usize];
        let mut run = Command::new(BINARY);
        let run = run.current_dir(&docs).args(writer).stdout(Stdio::null()).stderr(Stdio::null());
        let mut child = run.spawn().unwrap();
        thread::sleep(Duration::from_millis(4 * at));
        let _ = Command::new("kill")
            .args([signal.0, &child.id().to_string()])
            .stderr(Stdio::null())
            .status();
        let status = child.wait().unwrap();
        let by_signal = status.signal() == Some(signal.1);
        assert!(by_signal || status.code() == Some(0), "{writer:?}: {status}");
        killed += usize::from(by_signal);
        for name in names(&out) {
            let path = out.join(&name);
            match name.as_str() {
                "report.html" => {
                    assert!(fs::read_to_string(path).unwrap().trim_end().ends_with("</html>"));
                }
                "notes.md" => {
                    assert!(fs::read_to_string(path).unwrap().trim_end().ends_with("-->"));
                }
                "pages" => {
                    let is_yaml = |name: &str| name.rsplit('.').next() == Some("yaml");
                    let mut names = names(&path).into_iter();
                    assert!(names.all(|name| name == ".gitattributes" || is_yaml(&name)));
                }
                "demo" => assert!(path.join("responsibilities.md").exists()),
                other => panic!("{other} was left by {writer:?}"),
            }
        }
        let _ = fs::remove_dir_all(&out);
        fs::create_dir(&out).unwrap();
    }
    assert!(killed > 0);
}

#[test]
fn output_goes_into_a_pipe_and_to_standard_output() {
    let (home, docs) = docs();
    let pipe = home.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    for (writer, end) in [("report", "</html>"), ("notes", "-->")] {
        let run = |file: &Path| {
            let mut run = Command::new(BINARY);
            run.current_dir(&docs).args([writer, "--output"]).arg(file).output().unwrap()
        };
        let reader = thread::spawn({
            let pipe = pipe.clone();
            move || fs::read_to_string(pipe).unwrap()
        });
        assert_eq!(run(&pipe).status.code(), Some(0));
        let piped = reader.join().unwrap();
        assert!(piped.trim_end().ends_with(end));
        let direct = run(Path::new("/dev/stdout"));
        assert_eq!(direct.status.code(), Some(0));
        assert_eq!(String::from_utf8(direct.stdout).unwrap(), piped);
        // a reader that goes away is no failure
        let reader = thread::spawn({
            let pipe = pipe.clone();
            move || {
                OpenOptions::new().read(true).open(pipe).unwrap().read_exact(&mut [0; 10]).unwrap();
            }
        });
        assert_eq!(run(&pipe).status.code(), Some(0));
        reader.join().unwrap();
    }
    for writer in ["report", "notes"] {
        let mut run = Command::new(BINARY);
        let output = run.current_dir(&docs).args([writer, "--output", "-"]).output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        assert!(!output.stdout.is_empty(), "{writer}");
    }
    assert!(!docs.join("-").exists());
    assert_eq!(names(home.path()), ["docs", "pipe"]);
}

/// The id of the first change in a range of the demo.
fn first_change(range: &str) -> String {
    let mut run = Command::new(BINARY);
    let run = run.args(["-C", demo_folder().to_str().unwrap(), "--format", "json", range]);
    let told: serde_json::Value = serde_json::from_slice(&run.output().unwrap().stdout).unwrap();
    told["documents"][0]["changes"][0]["id"].as_str().unwrap().to_owned()
}

/// A configuration of `alert` whose messages go to standard output.
fn alert_to_nobody() -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    // a rehearsal says how many changes are below any other level
    let text = "version: 1\nalert: {state: a.sqlite, \
                targets: [{name: me, type: stdout, filters: {level: wording}}]}\n";
    file.write_all(text.as_bytes()).unwrap();
    file
}

/// Every command and format, whose reader is gone before it begins.
#[test]
fn a_reader_that_went_away_ends_every_format_quietly() {
    let range = "HEAD~5..HEAD";
    let mut runs: Vec<Vec<&str>> = Vec::new();
    for (command, formats) in [
        ("diff", &["text", "json", "csv"][..]),
        ("log", &["text", "json", "jsonl", "csv"]),
        ("blame", &["text", "json"]),
        ("lint", &["text", "json", "github", "sarif", "junit", "markdown"]),
        ("show", &["text", "yaml", "json"]),
        ("stats", &["text", "csv", "json"]),
        ("notes", &["markdown", "text", "html", "json"]),
        ("check", &["text", "json", "github", "sarif", "junit", "markdown"]),
    ] {
        runs.extend(formats.iter().map(|format| vec![command, "--format", format]));
    }
    for more in ["check", "diff", "stats", "log"] {
        runs.push(vec![more, range]);
    }
    for view in ["unified", "split", "table"] {
        runs.push(vec!["diff", "--width", "120", "--view", view, range]);
    }
    let change = first_change(range);
    for format in ["text", "json"] {
        runs.push(vec!["explain", &change, "--format", format, range]);
    }
    let config = alert_to_nobody();
    let config = config.path().to_str().unwrap();
    for more in
        [&["--from-start", "--dry-run"][..], &["--status"], &["--status", "--format", "json"]]
    {
        if cfg!(feature = "alert") {
            runs.push([&["alert", "--config", config], more].concat());
        }
    }
    runs.extend([vec!["report", "--output", "-"], vec!["man"], vec!["completions", "bash"]]);
    runs.extend([vec!["schema"], vec!["config", "show"], vec!["config", "schema"], vec!["--help"]]);
    for arguments in runs {
        let mut run = Command::new(BINARY);
        run.args(["-C", demo_folder().to_str().unwrap()]).args(&arguments);
        let mut child = run.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert!(matches!(output.status.code(), Some(0 | 1)), "{arguments:?}: {told}");
        let advice = |line: &str| {
            line.starts_with("hint: if the change is intended, accept it: ")
                || line.starts_with("note: the last change is in edition ")
                || line.starts_with("note: no duty changed ")
        };
        assert!(told.lines().all(advice), "{arguments:?}: {told}");
    }
}

/// A small disk of its own, where the system lets us have one: the script runs in `disk`.
fn on_small_disk(options: &str, script: &str) -> Option<Output> {
    let (_home, docs) = docs();
    let disk = docs.with_file_name("disk");
    fs::create_dir(&disk).unwrap();
    let whole = format!(
        "mount -t tmpfs -o {options} tmpfs '{0}' || exit 77; cd '{0}' || exit 77; {script}",
        disk.display()
    );
    let mut shell = Command::new("unshare");
    shell.args(["-rm", "sh", "-c", &whole]).env("R", BINARY).env("DOCS", &docs);
    let output = shell.env("HOME", &disk).output().ok()?;
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    let possible = output.status.code() != Some(77) && !told.contains("unshare");
    possible.then_some(output)
}

#[test]
fn a_full_disk_and_one_that_is_read_only_are_told_and_keep_what_they_had() {
    let script = r#"
        echo old > report.html; echo old > notes.md
        head -c 200000 /dev/zero > fill 2>/dev/null
        config="version: 1
alert: {state: $PWD/a.sqlite, targets: [{name: me, type: stdout}]}"
        echo "$config" > ../config.yaml
        [ -n "$RO" ] && mount -o remount,ro .
        for command in 'report --output report.html' 'notes --output notes.md' \
            'notes --prepend notes.md' 'snapshot --output pages' 'man --output man' 'demo demo' \
            'alert --config ../config.yaml --from-start'; do
          at=$PWD
          case $command in
            alert*) "$R" -C "$DOCS" $(echo "$command" | sed "s|\.\./|$at/../|") >/dev/null ;;
            snapshot*) "$R" -C "$DOCS" snapshot --output "$at/pages" >/dev/null ;;
            demo*|man*) "$R" $command >/dev/null ;;
            *) set -- $command; "$R" -C "$DOCS" "$1" "$2" "$at/$3" >/dev/null ;;
          esac
          echo "$command: $?"
        done
        cat report.html notes.md; ls -A . pages man 2>/dev/null | grep -a '\.tmp$'; ls -d demo 2>/dev/null; true"#;
    for (options, before) in [("size=16k", ""), ("size=1m", "RO=1;")] {
        let Some(output) = on_small_disk(options, &format!("{before}{script}")) else { return };
        let told = String::from_utf8_lossy(&output.stdout);
        let errors = String::from_utf8_lossy(&output.stderr);
        assert_eq!(told.lines().filter(|line| line.ends_with(": 2")).count(), 7, "{told}{errors}");
        assert!(told.ends_with("old\nold\n"), "{told}{errors}");
    }
}

/// A limit that the shell sets is told like a full disk.
#[test]
fn a_file_that_may_not_grow_is_told() {
    let (home, docs) = docs();
    fs::write(home.path().join("before.md"), "before\n").unwrap();
    let long = "check --format github HEAD~5..HEAD --summary";
    for (blocks, writer, cannot) in [
        (4, "report --output ../report.html", "cannot be written"),
        (1, &*format!("{long} ../summary.md"), "cannot be written"),
        (1, &format!("{long} ../before.md"), "cannot be written"),
        (1, "snapshot --output ../new/pages", "cannot be written"),
        (1, "snapshot --output pages/deep", "cannot be written"),
        (0, "notes --output ../notes.md", "cannot be written"),
    ] {
        let script = format!("ulimit -f {blocks}; '{BINARY}' {writer}");
        let mut sh = Command::new("sh");
        let output = sh.args(["-c", &script]).current_dir(&docs).stdout(Stdio::null()).output();
        let output = output.unwrap();
        let told = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{writer}: {told}");
        assert!(told.contains(cannot), "{writer}: {told}");
        assert_eq!(names(home.path()), ["before.md", "docs"], "{writer}");
        assert!(!docs.join("pages").exists(), "{writer}");
    }
    assert_eq!(fs::read_to_string(home.path().join("before.md")).unwrap(), "before\n");
}
