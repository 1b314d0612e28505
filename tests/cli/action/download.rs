//! How the action comes by its binary.

use std::fs;
use std::process::Command;

use sha2::{Digest as _, Sha256};

use super::runner::Job;

/// The name of the archive for this machine; none where there are no releases for it.
fn name() -> Option<String> {
    let system = match std::env::consts::OS {
        "linux" => "unknown-linux-gnu",
        "macos" => "apple-darwin",
        _ => return None,
    };
    Some(format!("respdiff-0.1.0-{}-{system}", std::env::consts::ARCH))
}

/// What runs this build's binary, which itself is large, and packed is slow.
fn script() -> String {
    format!("#!/bin/sh\nexec '{}' \"$@\"\n", env!("CARGO_BIN_EXE_respdiff"))
}

/// An archive as scripts/release.sh makes it, and its SHA-256.
fn archive(job: &Job, name: &str) -> (Vec<u8>, String) {
    packed(job, name, &script())
}

fn packed(job: &Job, name: &str, text: &str) -> (Vec<u8>, String) {
    let folder = job.docs.beside(name);
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("respdiff"), text).unwrap();
    let mut chmod = Command::new("chmod");
    assert!(chmod.arg("755").arg(folder.join("respdiff")).status().unwrap().success());
    let file = job.docs.beside("archive.tar.gz");
    let mut tar = Command::new("tar");
    tar.arg("-czf").arg(&file).arg("-C").arg(folder.parent().unwrap()).arg(name);
    assert!(tar.status().unwrap().success());
    let content = fs::read(file).unwrap();
    let sum: Vec<_> = Sha256::digest(&content).iter().map(|byte| format!("{byte:02x}")).collect();
    (content, sum.concat())
}

#[test]
fn a_download_is_what_its_checksum_says() {
    let (Some(job), Some(name)) = (Job::new(), name()) else { return };
    let (content, sum) = archive(&job, &name);
    job.docs.write("queue.md", &super::moved()).commit();
    job.pull_request();
    let releases = format!("{}/acme/respdiff/releases", job.forge.url());
    let place = format!("/acme/respdiff/releases/download/v0.1.0/{name}.tar.gz");
    let asked = |version: &str, sum: &str| {
        let inputs =
            [("binary", ""), ("version", version), ("releases", &releases), ("sha256", sum)];
        job.run(&inputs)
    };
    let missing = asked("", "");
    assert_eq!(missing.code, 2);
    assert!(missing.log.contains("build: true builds respdiff instead"), "{}", missing.log);
    assert_eq!(asked("v0.1.0", "").code, 2, "there is no such release");
    job.forge.file(&place, content);
    let ended = asked("v0.1.0", "");
    assert_eq!(ended.code, 2, "there is no checksum: {}", ended.log);
    job.forge.file(&format!("{place}.sha256"), format!("{sum}  {name}.tar.gz\n").into_bytes());
    assert_eq!(asked("v0.1.0", "").code, 1);
    assert_eq!(asked("0.1.0", &sum.to_uppercase()).code, 1);
    assert_eq!(asked("", "").code, 1, "the release of the action's own version");
    let ended = asked("v0.1.0", &"0".repeat(64));
    assert_eq!(ended.code, 2);
    assert!(ended.log.contains("is not what it should be: its SHA-256 is"), "{}", ended.log);
    assert_eq!(ended.outputs.get("exit-code"), None);
    // somebody exchanged the archive
    job.forge.file(&place, b"else".to_vec());
    assert_eq!(asked("v0.1.0", "").code, 2);
    assert_eq!(asked("v0.1.0", &sum).code, 2);
    for slip in ["../../x", "v1/../..", "-o", "latest"] {
        assert_eq!(asked(slip, "").code, 2, "{slip}");
    }
    let plain = [("binary", ""), ("version", "v0.1.0"), ("releases", "http://forge.example/r")];
    assert!(job.run(&plain).log.contains("is no https address"));
}

/// An archive of one version under the name of another, and an action that is newer than what it
/// runs.
#[test]
fn an_old_archive_is_told() {
    let (Some(job), Some(name)) = (Job::new(), name()) else { return };
    let old = name.replace("0.1.0", "0.0.9");
    job.docs.write("queue.md", &super::moved()).commit();
    job.pull_request();
    let releases = format!("{}/acme/respdiff/releases", job.forge.url());
    let asked = |text: &str| {
        let (content, sum) = packed(&job, &old, text);
        job.forge.file(&format!("/acme/respdiff/releases/download/v0.0.9/{old}.tar.gz"), content);
        job.run(&[("binary", ""), ("version", "v0.0.9"), ("releases", &releases), ("sha256", &sum)])
    };
    let ended = asked(&script());
    assert_eq!(ended.code, 2);
    assert!(ended.log.contains("the archive is old or misnamed"), "{}", ended.log);
    let older = "case $1 in --version) echo respdiff 0.0.9; exit;; esac\n";
    let ended = asked(&script().replacen("exec", &format!("{older}exec"), 1));
    assert_eq!(ended.code, 1, "{}", ended.log);
    assert!(ended.log.contains("::warning"), "{}", ended.log);
    assert!(ended.log.contains("runs respdiff 0.0.9"), "{}", ended.log);
    let ended = asked("#!/bin/sh\nexit 1\n");
    assert_eq!(ended.code, 2);
    assert!(ended.log.contains("does not run here"), "{}", ended.log);
}

#[test]
fn when_asked_it_is_built_from_the_action_s_sources() {
    let Some(job) = Job::new() else { return };
    job.docs.write("queue.md", &super::moved()).commit();
    job.pull_request();
    let ended = job.run(&[("binary", ""), ("build", "true")]);
    assert_eq!(ended.code, 1, "{}", ended.log);
    assert!(
        ended.commands.contains("cargo install --locked --path . --root "),
        "{}",
        ended.commands
    );
    for (inputs, words) in [
        ([("build", "true"), ("version", "v0.1.0")], "leave version and sha256 out"),
        ([("build", "yes"), ("version", "")], "neither true nor false"),
    ] {
        let ended = job.run(&[&[("binary", "")][..], &inputs].concat());
        assert_eq!(ended.code, 2);
        assert!(ended.log.contains(words), "{}", ended.log);
    }
}
