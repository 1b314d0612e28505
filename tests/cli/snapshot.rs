//! Baselines: what was accepted, compared without any history.

use std::fs;

use super::docs::{Docs, PAGE, moved};

const FILE: &str = "snapshots/queue.md.yaml";

#[test]
fn a_page_is_stored_checked_and_accepted_anew() {
    let docs = Docs::new();
    let told = docs.ends(0, &["snapshot"]);
    assert!(told.contains("stored queue.md as snapshots/queue.md.yaml"), "{told}");
    let first = docs.read(FILE);
    assert!(first.contains("text: Copy every queue to a second site each night."), "{first}");
    docs.ends(0, &["check", "--baseline", "snapshots"]);
    // the same again changes nothing
    docs.ends(0, &["snapshot"]);
    assert_eq!(docs.read(FILE), first);
    docs.write("queue.md", &moved());
    let told = docs.ends(1, &["check", "--baseline", "snapshots"]);
    assert!(told.contains("IBM → customer"), "{told}");
    assert!(
        told.contains("accept them all: respdiff snapshot --output snapshots --accept"),
        "{told}"
    );
    assert!(told.contains("NAME --reason TEXT --baseline snapshots"), "{told}");
    let told = docs.ends(2, &["snapshot"]);
    assert!(told.contains("queue.md has 1 change") && told.contains("--accept"), "{told}");
    assert!(told.contains("respdiff snapshot --output snapshots --accept"), "{told}");
    let told = docs.ends(2, &["snapshot", "HEAD~1..HEAD"]);
    assert!(told.contains("'HEAD~1..HEAD' is a range"), "{told}");
    assert_eq!(docs.read(FILE), first);
    docs.ends(0, &["snapshot", "--accept"]);
    docs.ends(0, &["check", "--baseline", "snapshots"]);
    assert_ne!(docs.read(FILE), first);
}

#[test]
fn accepting_what_is_accepted_stores_nothing() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot"]);
    docs.commit();
    for revision in [&[][..], &["HEAD"]] {
        let told = docs.ends(0, &[&["snapshot", "--accept"], revision].concat());
        assert_eq!(told, "0 pages stored, 1 page unchanged.\n");
    }
    assert_eq!(docs.git_output(&["status", "--porcelain"]), "");
}

#[test]
fn no_history_is_needed() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot", "--output", "../accepted"]);
    docs.write("queue.md", &moved()).commit();
    let shallow = docs.beside("shallow");
    let from = format!("file://{}", docs.root().display());
    docs.git(&["clone", "-q", "--depth", "1", &from, shallow.to_str().unwrap()]);
    let shallow = shallow.to_str().unwrap();
    docs.ends(1, &["-C", shallow, "check", "--baseline", "../accepted"]);
    docs.ends(1, &["-C", shallow, "check", "--baseline", "../accepted", "HEAD"]);
    docs.ends(2, &["-C", shallow, "check", "--baseline", "../accepted", "HEAD~1..HEAD"]);
}

#[test]
fn a_renamed_page_is_still_the_same_and_a_lost_one_is_told() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot"]);
    docs.git(&["mv", "queue.md", "duties.md"]);
    let told = docs.ends(0, &["check", "--baseline", "snapshots", "--fail-on", "wording"]);
    assert!(told.contains("Passed: no duty changed"), "{told}");
    docs.git(&["rm", "-q", "-f", "duties.md"]);
    let told = docs.ends(1, &["check", "--baseline", "snapshots", "--fail-on", "scope"]);
    assert!(told.contains("Failed: 6 changes"), "{told}");
    docs.ends(0, &["snapshot", "--accept"]);
    assert!(!docs.root().join(FILE).exists());
}

#[test]
fn what_a_newer_reader_reads_otherwise_is_no_change_of_the_page() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot"]);
    // an older respdiff overlooked a duty and gave another one to the wrong party
    let old = without_checksum(&docs.read(FILE))
        .replace("reader: ", "reader: 0.0.1-")
        .replacen("party: ibm\n      text: Scale", "party: customer\n      text: Scale", 1)
        .replace("text: Subscribe to the alerts.", "text: Subscribe.");
    docs.write(FILE, &old);
    let told = docs.ends(0, &["check", "--baseline", "snapshots", "--fail-on", "wording"]);
    assert!(told.contains("re-read: 2 differences"), "{told}");
    // the page's own change is told even then
    docs.write("queue.md", &moved());
    let told = docs.ends(1, &["check", "--baseline", "snapshots", "--fail-on", "wording"]);
    assert!(told.contains("Failed: 1 change at level wording or above"), "{told}");
    assert!(told.contains("Copy every queue") && !told.contains("Scale"), "{told}");
    let json = docs.ends(1, &["check", "--baseline", "snapshots", "--format", "json"]);
    assert!(json.contains("\"re_read\": 2"), "{json}");
    // by the same reader the stored matrix is what was accepted
    docs.write("queue.md", PAGE).ends(0, &["snapshot", "--accept"]);
    let edited = without_checksum(&docs.read(FILE))
        .replace("text: Subscribe to the alerts.", "text: Subscribe.");
    docs.write(FILE, &edited);
    docs.ends(1, &["check", "--baseline", "snapshots", "--fail-on", "wording"]);
}

/// A stored file as older versions wrote it.
fn without_checksum(text: &str) -> String {
    let kept = text.lines().filter(|line| !line.contains("sha256"));
    kept.collect::<Vec<_>>().join("\n") + "\n"
}

#[test]
fn a_stored_file_that_was_cut_off_is_no_baseline() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", "version: 1\ngate: {fail-on: scope}\nplaceholders: [Fill in*]\n");
    docs.ends(0, &["snapshot"]);
    for file in [FILE, "snapshots/respdiff.yaml"] {
        let whole = docs.read(file);
        let letters = whole.trim_end().len();
        for cut in [letters - 1, letters - 40, letters / 2, 300, 10, 0] {
            docs.write(file, &whole[..cut]);
            let told = docs.ends(2, &["check", "--baseline", "snapshots"]);
            assert!(told.contains(file) && told.contains("hint"), "{cut}: {told}");
            assert!(docs.run(&["snapshot"]).0 == 2, "{file}: {cut}");
        }
        docs.write(file, &whole).ends(0, &["check", "--baseline", "snapshots"]);
    }
    let damaged = docs.read(FILE).replacen("party: ibm", "party: shared", 1);
    docs.write(FILE, &damaged);
    let told = docs.ends(2, &["check", "--baseline", "snapshots"]);
    assert!(told.contains("cut off or damaged"), "{told}");
    let hint = "accept the page again: respdiff snapshot --output snapshots --accept\n";
    assert!(told.ends_with(hint), "{told}");
    assert!(docs.ends(2, &["snapshot"]).ends_with(hint));
    docs.write(FILE, &without_checksum(&damaged)).ends(1, &["check", "--baseline", "snapshots"]);
}

#[test]
fn what_is_not_ours_is_not_touched() {
    let docs = Docs::new();
    docs.write(FILE, "mine: true\n");
    let told = docs.ends(2, &["snapshot", "--accept"]);
    let hint = "queue.md.yaml is not a respdiff snapshot\nhint: restore the file from git";
    assert!(told.contains(hint), "{told}");
    assert_eq!(docs.read(FILE), "mine: true\n");
    fs::remove_file(docs.root().join(FILE)).unwrap();
    let told = docs.ends(2, &["check", "--baseline", "snapshots"]);
    assert!(told.contains("`snapshots`"), "{told}");
    docs.ends(2, &["snapshot", "--", "nowhere.md"]);
    docs.ends(0, &["snapshot"]);
    docs.write("snapshots/other.md.yaml", &docs.read(FILE));
    let told = docs.ends(2, &["check", "--baseline", "snapshots"]);
    assert!(
        told.contains("two snapshots of queue.md: snapshots/other.md.yaml and snapshots/queue"),
        "{told}"
    );
}

#[cfg(unix)]
#[test]
fn no_link_is_followed() {
    let docs = Docs::new();
    let outside = docs.beside("outside");
    fs::create_dir(&outside).unwrap();
    std::os::unix::fs::symlink(&outside, docs.root().join("snapshots")).unwrap();
    docs.ends(2, &["snapshot"]);
    assert_eq!(fs::read_dir(&outside).unwrap().count(), 0);
}

#[test]
fn the_policy_of_the_baseline_counts_and_not_the_page_s_new_one() {
    let docs = Docs::new();
    let policy = "version: 1\nlevels: [{kind: reworded, level: wording}]\n";
    docs.write("respdiff.yaml", policy).ends(0, &["snapshot"]);
    assert!(docs.read("snapshots/respdiff.yaml").contains("{kind: reworded, level: wording}"));
    docs.ends(0, &["check", "--baseline", "snapshots"]);
    docs.write("respdiff.yaml", "version: 1\nlevels: [{level: 'off'}]\n")
        .write("queue.md", &moved());
    let told = docs.ends(1, &["check", "--baseline", "snapshots"]);
    assert!(told.contains("respdiff.yaml: new in levels: {level: off};"), "{told}");
    docs.write("respdiff.yaml", "version: 1\nlevels: [{kind: added, level: wording}]\n");
    let told = docs.ends(1, &["check", "--baseline", "snapshots"]);
    let told = told.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains("; where it is stricter, it applies at once; where it is looser, only"));
}

/// What counts is accepted like a page: nobody weakens it by storing the pages once more.
#[test]
fn another_policy_is_stored_only_when_it_is_accepted() {
    let docs = Docs::new();
    let strict = "version: 1\ngate: {fail-on: wording}\nlevels: [{kind: moved, level: scope}]\n";
    docs.write("respdiff.yaml", strict).ends(0, &["snapshot"]);
    let stored = docs.read("snapshots/respdiff.yaml");
    docs.ends(0, &["snapshot"]);
    docs.write("respdiff.yaml", "version: 1\ngate: {fail-on: boundary}\n");
    let told = docs.ends(2, &["snapshot"]);
    let expected = "error: the policy differs from the accepted one in `snapshots`: `levels` in \
                    respdiff.yaml changed; `gate.fail-on` in respdiff.yaml changed\n";
    assert!(told.contains(expected), "{told}");
    assert!(told.contains("respdiff snapshot --output snapshots --accept"), "{told}");
    docs.ends(2, &["snapshot", "--", "queue.md"]);
    assert_eq!(docs.read("snapshots/respdiff.yaml"), stored);
    let told = docs.ends(0, &["check", "--baseline", "snapshots"]);
    assert!(told.contains("gate.fail-on"), "{told}");
    assert!(told.contains("applies once it is accepted"), "{told}");
    assert!(!told.contains("merge"), "{told}");
    docs.ends(0, &["snapshot", "--accept"]);
    assert_ne!(docs.read("snapshots/respdiff.yaml"), stored);
    let told = docs.ends(0, &["check", "--baseline", "snapshots"]);
    assert!(!told.contains("respdiff.yaml"), "{told}");
    // nor by taking it away, nor where there was none
    fs::remove_file(docs.root().join("respdiff.yaml")).unwrap();
    docs.write("respdiff.yaml", strict).ends(0, &["snapshot", "--accept"]);
    fs::remove_file(docs.root().join("respdiff.yaml")).unwrap();
    docs.ends(2, &["snapshot"]);
    docs.ends(0, &["snapshot", "--output", "plain"]);
    docs.write("respdiff.yaml", strict).ends(2, &["snapshot", "--output", "plain"]);
}

#[test]
fn a_policy_that_is_not_the_baseline_s_own_is_not_overwritten() {
    let docs = Docs::new();
    let own = "version: 1  # agreed in May\ngate: {fail-on: scope}\n";
    docs.write("respdiff.yaml", own);
    let told = docs.ends(2, &["snapshot", "--output", "."]);
    assert!(told.contains("respdiff.yaml` exists and belongs to no snapshot"), "{told}");
    docs.ends(2, &["snapshot", "--output", ".", "--accept"]);
    assert_eq!(docs.read("respdiff.yaml"), own);
    assert!(!docs.root().join("queue.md.yaml").exists());
    docs.write("snapshots/respdiff.yaml", "TODO: my notes\n");
    docs.ends(2, &["snapshot"]);
    docs.ends(2, &["snapshot", "--accept"]);
    assert_eq!(docs.read("snapshots/respdiff.yaml"), "TODO: my notes\n");
}

#[test]
fn a_policy_of_whatever_words_is_kept_as_it_is() {
    let docs = Docs::new();
    let words = "version: 1\nparties: {\"cafe\u{301}\": other, \"a\u{a0}b\": customer, \"z\u{200b}\": shared, \"null\": ibm}\n\
                 placeholders: ['yes', \"##[error]x\"]\n";
    docs.write("respdiff.yaml", words).ends(0, &["snapshot"]);
    let told = docs.ends(0, &["check", "--baseline", "snapshots"]);
    assert!(!told.contains("respdiff.yaml"), "{told}");
    docs.ends(0, &["snapshot"]);
}

/// A file's text as another machine stores it.
type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;

#[test]
fn files_that_a_checkout_or_an_editor_altered_are_read_and_mended() {
    let docs = Docs::new();
    // a page's own carriage returns are none of the checkout's
    docs.write("queue.md", &PAGE.replace('\n', "\r\n"));
    docs.write("respdiff.yaml", "version: 1\ngate: {fail-on: wording}\n");
    docs.ends(0, &["snapshot"]);
    assert_eq!(docs.read("snapshots/.gitattributes").lines().last(), Some("*.yaml text eol=lf"));
    let files = [FILE, "snapshots/respdiff.yaml"];
    let written = files.map(|file| docs.read(file));
    let windows = |text: &str| text.replace('\n', "\r\n").into_bytes();
    let bom = |text: &str| format!("\u{feff}{text}").into_bytes();
    let both = |text: &str| format!("\u{feff}{}", text.replace('\n', "\r\n")).into_bytes();
    let wide = |text: &str| {
        let units = "\u{feff}".encode_utf16().chain(text.encode_utf16());
        units.flat_map(u16::to_le_bytes).collect()
    };
    for way in [&windows as Encode, &bom, &both, &wide] {
        for accept in [&[][..], &["--accept"]] {
            for (file, text) in files.iter().zip(&written) {
                fs::write(docs.root().join(file), way(text)).unwrap();
            }
            docs.ends(0, &["check", "--baseline", "snapshots"]);
            let told = docs.ends(0, &[&["snapshot"], accept].concat());
            assert!(told.contains("fixed the line endings"), "{told}");
            assert_eq!(files.map(|file| docs.read(file)), written);
        }
    }
    assert!(!docs.ends(0, &["snapshot"]).contains("fixed the line endings"));
}

#[test]
fn git_checks_a_baseline_out_as_it_was_written() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot"]);
    docs.git(&["config", "core.autocrlf", "true"]);
    let written = docs.read(FILE);
    docs.commit();
    fs::remove_dir_all(docs.root().join("snapshots")).unwrap();
    docs.git(&["checkout", "-q", "snapshots"]);
    assert_eq!(docs.read(FILE), written);
}

#[test]
fn attributes_that_somebody_wrote_stay() {
    let docs = Docs::new();
    fs::create_dir(docs.root().join("snapshots")).unwrap();
    docs.write("snapshots/.gitattributes", "*.md text\n");
    let told = docs.ends(0, &["snapshot"]);
    assert!(told.contains("add `*.yaml text eol=lf` to it"), "{told}");
    docs.write("snapshots/.gitattributes", "*.md text\n*.yaml -text\n");
    let told = docs.ends(0, &["snapshot"]);
    assert!(!told.contains(".gitattributes"), "{told}");
    assert_eq!(docs.read("snapshots/.gitattributes"), "*.md text\n*.yaml -text\n");
}

#[test]
fn snapshots_lie_in_folders_as_their_pages_do() {
    let docs = Docs::new();
    docs.git(&["mv", "queue.md", "duties.md"]);
    docs.write("parts/queue.md", PAGE).commit();
    let told = docs.ends(0, &["snapshot"]);
    assert!(told.contains("stored parts/queue.md as snapshots/parts/queue.md.yaml"), "{told}");
    let attributes = docs.read("snapshots/.gitattributes");
    assert!(attributes.ends_with("\n*.yaml text eol=lf\n"), "{attributes}");
    // as an older respdiff stored it
    let (old, new) = ("snapshots/parts%2Fqueue.md.yaml", "snapshots/parts/queue.md.yaml");
    let root = docs.root();
    fs::rename(root.join(new), root.join(old)).unwrap();
    docs.ends(0, &["check", "--baseline", "snapshots"]);
    docs.write("parts/queue.md", &moved());
    docs.ends(1, &["check", "--baseline", "snapshots"]);
    docs.ends(0, &["snapshot", "--accept"]);
    assert!(docs.read(old).contains("commit") || !root.join(new).exists());
    docs.ends(0, &["check", "--baseline", "snapshots"]);
    docs.git(&["rm", "-qf", "parts/queue.md"]);
    let told = docs.ends(0, &["snapshot", "--accept"]);
    let expected = "removed the snapshot of parts/queue.md: the page no longer exists\n";
    assert!(told.contains(expected), "{told}");
    assert!(!root.join(old).exists());
    // what somebody else keeps in a folder of it is not ours to judge
    docs.write("snapshots/parts/values.yaml", "a: 1\n");
    docs.ends(0, &["check", "--baseline", "snapshots"]);
}

#[test]
fn accepting_keeps_what_was_accepted_of_a_page_that_cannot_be_read() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot", "-o", "acc"]);
    let stored = docs.read("acc/queue.md.yaml");
    let columns = "| Task | Vendor stuff | Tenant stuff |";
    let header = PAGE.lines().find(|line| line.starts_with("| Task")).unwrap();
    docs.write("queue.md", &PAGE.replace(header, columns)).commit();
    // it is not gone, and accepting is no way out
    let told = docs.ends(2, &["snapshot", "-o", "acc"]);
    let expected = "error: queue.md is still there, but respdiff cannot tell who has which duty on \
                    it\nhint: fix the page, or exclude it: `-- ':!PATH'`";
    assert!(told.contains(expected), "{told}");
    assert!(!told.contains("is gone") && !told.contains("--accept"), "{told}");
    let told = docs.ends(2, &["snapshot", "-o", "acc", "--accept"]);
    assert!(told.contains("queue.md is still there, but respdiff cannot tell"), "{told}");
    assert_eq!(docs.read("acc/queue.md.yaml"), stored);
    // a page of prose has no duties to accept
    docs.write("queue.md", "# Acme Queue\n\nMoved.\n").commit();
    let told = docs.ends(0, &["snapshot", "-o", "acc", "--accept"]);
    assert!(
        told.contains(
            "removed the snapshot of queue.md: the page no longer assigns responsibilities"
        ),
        "{told}"
    );
    assert!(!told.contains("hint: "), "{told}");
}

#[test]
fn a_file_in_the_place_of_the_folder_is_no_link() {
    let docs = Docs::new();
    docs.write("taken", "a file");
    let told = docs.ends(2, &["snapshot", "--output", "taken"]);
    assert!(told.contains("taken` is not a folder\nhint: move this file away, or name"), "{told}");
}
