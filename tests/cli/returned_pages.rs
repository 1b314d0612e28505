//! A page that can be read again, in a range that begins while it could not be read.

use super::docs::{Docs, PAGE, moved};

/// The first commit has the page, the second cannot be read, the third moves a duty.
fn docs() -> Docs {
    let docs = Docs::new();
    let broken = PAGE.replace("IBM responsibilities", "Alpha");
    docs.write("queue.md", &broken.replace("Your responsibilities", "Beta")).commit();
    docs.write("queue.md", &moved()).commit();
    docs
}

/// Output without the breaks of its lines.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn histories_compare_it_with_its_last_readable_version() {
    let docs = docs();
    let commit = docs.commit_id("HEAD~2");
    let short = &commit[..8];
    for range in ["HEAD^!", "HEAD~1..HEAD"] {
        let log = in_one_line(&docs.ends(0, &["log", range]));
        let told = format!("compared with its last readable version, commit {short} of 2026-01-01");
        assert!(log.contains("MOVED TO YOU (1 duty)") && log.contains(&told), "{log}");
        assert!(!log.contains("the first edition"), "{log}");
        let notes = docs.ends(0, &["notes", range]);
        assert!(
            notes.contains("### Moved to you") && !notes.contains("No duty changed"),
            "{notes}"
        );
        let stats = in_one_line(&docs.ends(0, &["stats", range]));
        assert!(stats.contains("all 6") && stats.contains("1 duty moved to you"), "{stats}");
        assert!(!stats.contains("page was added"), "{stats}");
        let notes = docs.ends(0, &["notes", "--by", "range", range]);
        assert!(notes.contains("### Moved to you") && !notes.contains("### Added"), "{notes}");
        let file = docs.beside("report.html");
        docs.ends(0, &["report", range, "-o", file.to_str().unwrap()]);
        let report = std::fs::read_to_string(&file).unwrap();
        assert!(report.contains("the page can be read again"), "{range}");
        assert!(report.contains("1 duty moved to you") && !report.contains("new page"), "{range}");
    }
}

#[test]
fn a_break_within_one_edition_is_named() {
    let docs = docs();
    let log = in_one_line(&docs.ends(0, &["log"]));
    let (broken, readable) = (docs.commit_id("HEAD~1"), docs.commit_id("HEAD~2"));
    let told = format!(
        "from commit {} of 2026-01-01 on, respdiff could not tell who had which duty; compared with its last \
         readable version, commit {} of 2026-01-01",
        &broken[..8],
        &readable[..8]
    );
    assert!(log.contains(&told) && log.contains("MOVED TO YOU (1 duty)"), "{log}");
}

#[test]
fn a_comparison_names_the_range_that_says_more() {
    let docs = docs();
    let commit = docs.commit_id("HEAD~2");
    let short = &commit[..8];
    let after = "compares it with its last readable version";
    for (args, range) in [
        (&["HEAD^!"][..], format!("{short}..HEAD")),
        (&["HEAD~1"], short.to_owned()),
        (&["--cached", "HEAD~1"], format!("--cached {short}")),
    ] {
        let told = in_one_line(&docs.ends(0, args));
        assert!(told.contains(&format!("`respdiff {range}` {after}")), "{args:?}: {told}");
    }
    let range = format!("{short}..HEAD");
    assert!(docs.ends(0, &[&range]).contains("MOVED TO YOU"));
    assert!(!docs.ends(0, &[&range]).contains("can be read again"));
}

#[test]
fn a_page_that_comes_back_is_not_new_and_a_new_page_is() {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    docs.write("queue.md", &moved()).commit();
    let log = in_one_line(&docs.ends(0, &["log", "HEAD^!"]));
    assert!(log.contains("it was missing since commit") && log.contains("MOVED TO YOU"), "{log}");
    docs.write("topics.md", &PAGE.replace("queue", "topic").replace("Queue", "Topic")).commit();
    let log = docs.ends(0, &["log", "HEAD^!"]);
    assert!(log.contains("the first edition") && !log.contains("read again"), "{log}");
    let stats = docs.ends(0, &["stats", "HEAD^!"]);
    assert!(stats.contains("1 page was added, with 6 duties."), "{stats}");
}

#[test]
fn a_clone_without_the_readable_version_does_not_know() {
    let docs = docs();
    let origin = format!("file://{}", docs.root().display());
    let clone = docs.beside("clone");
    docs.git(&["clone", "-q", "--depth", "2", &origin, clone.to_str().unwrap()]);
    let folder = clone.to_str().unwrap();
    for args in [&["log", "HEAD^!"][..], &["HEAD^!"]] {
        let told = docs.ends(0, &[&["-C", folder], args].concat());
        assert!(!told.contains("can be read again"), "{args:?}: {told}");
    }
}

#[test]
fn notes_do_not_announce_the_removal_of_a_page_that_is_there_again() {
    let page = PAGE.replace("are full", "are 80% full").replace("2026-01-10", "2026-01-20");
    for back in [page.clone(), moved().replace("2026-01-10", "2026-02-10")] {
        let docs = Docs::new();
        docs.write("queue.md", &page).commit();
        docs.ends(0, &["notes", "--prepend", "N.md"]);
        let before = docs.read("N.md");
        docs.remove("queue.md").commit();
        // the entry of the edition keeps what changed in it
        docs.ends(0, &["notes", "HEAD^..HEAD", "--prepend", "gone.md"]);
        let gone = docs.read("gone.md");
        assert!(gone.contains("This page was removed") && gone.contains("### Reworded"), "{gone}");
        docs.remove("gone.md").write("queue.md", &back).commit();
        for range in ["HEAD~2..HEAD", "HEAD"] {
            let notes = docs.ends(0, &["notes", range]);
            assert!(!notes.contains("This page was removed"), "{range}: {notes}");
        }
        docs.ends(0, &["notes", "HEAD~2..HEAD", "--prepend", "N.md"]);
        let entries = |text: &str| text.matches("respdiff:begin").count();
        let after = docs.read("N.md");
        let more = usize::from(back != page);
        assert_eq!(entries(&after), entries(&before) + more, "{after}");
    }
}

#[test]
fn a_comparison_says_that_a_page_was_there_before_it_was_deleted() {
    let docs = Docs::new();
    let readable = docs.commit_id("HEAD");
    docs.remove("queue.md").write("guide.md", "# Guide\n").commit();
    docs.write("queue.md", &moved()).commit();
    let told = in_one_line(&docs.ends(0, &["HEAD^..HEAD"]));
    let range = format!("`respdiff {}..HEAD` compares it", &readable[..8]);
    assert!(told.contains("returned the page is back: it was missing since commit"), "{told}");
    assert!(told.contains(&range), "{told}");
    docs.write("other.md", &PAGE.replace("Queue", "Other")).commit();
    assert!(!docs.ends(0, &["HEAD^..HEAD"]).contains("returned"));
}
