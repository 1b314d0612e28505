//! An answer is never empty because of a slip: a name that no page has, or a folder without a page.

use super::docs::{Docs, PAGE, moved};

/// Where a page may be.
const HINT: &str = "hint: with -C DIR, name the repository that contains the pages";

fn without_page() -> Docs {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.git(&["commit", "-q", "--amend", "-m", "Guide", "--allow-empty"]);
    docs.write("guide.md", "# Guide\n\nRead on.\n").commit();
    docs
}

fn with_move() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &moved().replace("2026-01-10", "2026-01-20")).commit();
    docs
}

#[test]
fn a_party_that_no_page_names_is_refused() {
    let docs = with_move();
    for range in [&["HEAD~1..HEAD"][..], &["log"], &["HEAD~1..HEAD", "--view", "table"]] {
        for (slip, meant) in [("custmer", "'customer'"), ("IMB", "'IBM'")] {
            let args = [range, &["--party", slip]].concat();
            let told = docs.ends(2, &args);
            assert!(told.contains(&format!("error: no page names a party '{slip}'\n")), "{told}");
            assert!(told.contains(&format!("did you mean {meant}? these pages name ")), "{told}");
        }
    }
    // a party of the contract may well have no change
    let told = docs.ends(0, &["HEAD~1..HEAD", "--party", "shared"]);
    assert!(told.starts_with("No matching change between "), "{told}");
    let told = docs.ends(2, &["HEAD~1..HEAD", "--party", "customer,custmer"]);
    assert!(told.contains("'custmer'"), "{told}");
    docs.ends(2, &["HEAD~1..HEAD", "--explain", "--party", "custmer"]);
    docs.write("old.md", PAGE);
    docs.ends(2, &["--no-index", "old.md", "queue.md", "--party", "custmer"]);
    docs.ends(0, &["--no-index", "old.md", "queue.md", "--party", "you"]);
}

#[test]
fn a_heading_that_no_page_has_is_refused_and_tasks_are_found() {
    let docs = with_move();
    docs.write("queue.md", &PAGE.replace("when a server", "when any server")).commit();
    for command in [&["HEAD~2..HEAD"][..], &["log"]] {
        let told = docs.ends(2, &[command, &["--area", "no such heading"]].concat());
        let expected = "error: no heading or task contains 'no such heading'\nhint: ";
        assert!(told.contains(expected), "{told}");
        assert!(told.contains("the headings are: "), "{told}");
    }
    let told = docs.ends(0, &["HEAD~1..HEAD", "--area", "alerts"]);
    assert!(told.contains("{+any+}"), "{told}");
    // a task without a change is a valid question
    let told = docs.ends(0, &["HEAD~1..HEAD", "--area", "queues"]);
    assert!(told.starts_with("No matching change between "), "{told}");
}

#[test]
fn of_several_repositories_one_may_lack_a_name() {
    let (one, two) = (with_move(), with_move());
    two.write("queue.md", &PAGE.replace("Your", "Vendor")).commit();
    let other = two.root().display().to_string();
    let told = one.ends(0, &["-C", ".", "-C", &other, "log", "--party", "vendor"]);
    assert!(told.contains("note: .: no page names a party 'vendor'; these pages name"), "{told}");
}

#[test]
fn a_repository_without_a_page_says_so() {
    let docs = without_page();
    let told = docs.ends(0, &[]);
    assert!(told.starts_with("No responsibility page in HEAD ("), "{told}");
    assert!(told.contains(") or the working tree.\n") && told.contains(HINT), "{told}");
    for args in [&["show"][..], &["blame"], &["blame", "--moved"]] {
        let told = docs.ends(0, args);
        assert!(told.starts_with("No responsibility page found.\n"), "{told}");
        assert!(told.contains(HINT), "{told}");
    }
    assert!(docs.ends(0, &["notes"]).starts_with("No responsibility page found.\n"));
    let told = docs.ends(0, &["HEAD~1..HEAD", "--stat"]);
    assert!(told.starts_with("No responsibility page in HEAD~1 ("), "{told}");
    // a page that did not change is there
    let told = with_move().ends(0, &[]);
    assert!(told.starts_with("No duty changed between HEAD"), "{told}");
}

#[test]
fn lint_without_a_page_is_no_success() {
    let docs = without_page();
    for args in [&["lint"][..], &["lint", "--fail-on", "error"], &["lint", "HEAD"]] {
        let told = docs.ends(2, args);
        assert!(told.contains("has no page that assigns responsibilities\n"), "{told}");
        assert!(told.contains(HINT), "{told}");
    }
    // what looks like a page is named first, and the hint comes last
    docs.write("responsibilities.md", "# Responsibilities\n\n| Task | Who |\n|---|---|\n").commit();
    let folder = docs.beside("out");
    let folder = folder.to_str().unwrap();
    for args in [&["lint"][..], &["check"], &["snapshot"], &["oscal", "--output", folder]] {
        let told = docs.ends(2, args);
        let starts: Vec<&str> = told.lines().filter_map(|line| line.split(':').next()).collect();
        assert_eq!(starts, ["note", "error", "hint"], "{args:?}: {told}");
        assert!(told.ends_with("name them under `parties` in respdiff.yaml\n"), "{told}");
    }
    // pre-commit names every markdown file of a commit
    docs.ends(0, &["lint", "--fail-on", "warning", "--", "guide.md"]);
}

#[test]
fn exports_name_the_path_that_matches_nothing() {
    let docs = with_move();
    for command in ["oscal", "snapshot"] {
        let told = docs.ends(2, &[command, "--output", "out", "--", "nope.md"]);
        assert!(told.contains("error: no markdown file matches `nope.md`\n"), "{told}");
        assert!(!docs.root().join("out").exists());
    }
}

#[test]
fn blame_counts_references_apart() {
    let docs = Docs::new();
    let page =
        PAGE.replace("Subscribe to the alerts.", "Subscribe to the alerts.<br>See [this](x).");
    docs.write("queue.md", &page).commit();
    let told = docs.ends(0, &["blame"]);
    assert!(told.contains(" duties and 1 reference in 1 responsibility page; none of"), "{told}");
    let duties: usize = told.lines().last().unwrap().split(' ').next().unwrap().parse().unwrap();
    let told = docs.ends(0, &["blame", "--moved"]);
    let expected = format!(
        "No duty of this version ever changed hands: {duties} duties read in 1 responsibility page.\n"
    );
    assert!(told.starts_with(&expected), "{told}");
}

#[test]
fn check_says_that_a_file_is_no_page() {
    let docs = with_move();
    docs.write("guide.md", "# Guide\n\nRead on.\n").commit();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD", "--", "guide.md"]);
    assert!(told.starts_with("note: guide.md is not a responsibility page: no table "), "{told}");
    let error = "error: no page among the given paths assigns responsibilities, neither in HEAD~1 \
                 nor in HEAD\n";
    assert!(told.contains(error), "{told}");
    assert!(!told.contains("-C DIR"), "{told}");
    let told = without_page().ends(2, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("nor HEAD has a page that assigns responsibilities\nhint: "), "{told}");
    assert!(told.contains(HINT), "{told}");
}

#[test]
fn lint_says_that_a_file_outside_a_repository_is_no_page() {
    let docs = Docs::new();
    docs.write("guide.md", "# Guide\n\nRead on.\n");
    let note = "guide.md is not a responsibility page: no table or list in it names the parties\n";
    let told = docs.ends(0, &["lint", "--no-index", "guide.md"]);
    assert!(told.contains(note) && told.contains("under `parties`"), "{told}");
    assert!(!docs.ends(0, &["lint", "--no-index", "queue.md"]).contains("is not a resp"));
}

#[test]
fn a_period_or_range_the_wrong_way_round_is_named() {
    let docs = with_move();
    for command in ["log", "stats"] {
        let told = docs.ends(2, &[command, "--since", "2026-02", "--until", "2025"]);
        let expected = "error: --since 2026-02 is after --until 2025\n\
                        hint: swap the dates: --since 2025 --until 2026-02\n";
        assert_eq!(told, expected);
        docs.ends(0, &[command, "--since", "2026", "--until", "2026-01"]);
        let told = docs.ends(0, &[command, "HEAD..HEAD~1"]);
        let note = "note: the ends are swapped (HEAD~1 is older than HEAD); for changes in chronological order, use HEAD~1..HEAD\n";
        assert!(told.contains(note), "{told}");
        for range in ["HEAD~1..HEAD", "HEAD..HEAD", "HEAD"] {
            assert!(!docs.ends(0, &[command, range]).contains("is older than"));
        }
    }
    let note = "note: the ends are swapped (HEAD~1 is older than HEAD); for changes in chronological order, use HEAD~1..HEAD\n";
    for (code, args) in [(0, &["--oneline"][..]), (0, &["--stat"]), (0, &["diff"]), (1, &["check"])]
    {
        let (found, _, err) = docs.run(&[args, &["HEAD..HEAD~1"]].concat());
        assert!(found == code && err.starts_with(note), "{args:?}: {err}");
        assert!(!docs.ends(code, &[args, &["HEAD~1..HEAD"]].concat()).contains("is older than"));
    }
}

#[test]
fn check_names_an_untracked_page() {
    let docs = with_move();
    docs.ends(0, &["snapshot", "--output", "accepted"]);
    docs.write("new.md", PAGE);
    let note = "note: new.md is not read, because git does not track it";
    assert!(docs.ends(0, &["check"]).contains(note));
    assert!(docs.ends(0, &["check", "--baseline", "accepted"]).contains(note));
    assert!(!docs.ends(1, &["check", "HEAD~1..HEAD"]).contains(note));
    assert!(!docs.ends(0, &["check", "--cached"]).contains(note));
}

#[test]
fn blame_says_that_duties_match_which_never_moved() {
    let docs = Docs::new();
    let blame = |words: &str| docs.ends(2, &["blame", "--moved", "--duty", words]);
    let told = blame("subscribe to the alerts");
    let error = "error: 1 duty matches `subscribe to the alerts`, but it never changed hands\n";
    assert!(told.starts_with(error), "{told}");
    let told = blame("queues");
    let error = "error: 1 duty matches `queues`, but it never changed hands\n";
    assert!(told.starts_with(error), "{told}");
    let told = blame("the");
    assert!(told.contains(" duties match `the`, but none of them ever changed hands\n"), "{told}");
    assert!(blame("water the plants").starts_with("error: no duty matches `water the plants`\n"));
    docs.ends(0, &["blame", "--duty", "queues"]);
    let told = with_move().ends(0, &["blame", "--moved", "--duty", "copy every queue"]);
    assert!(told.contains("Copy every queue"), "{told}");
}

#[test]
fn every_format_has_a_note_where_there_is_no_page() {
    let docs = without_page();
    let range = "HEAD~1..HEAD";
    for args in [
        &["log", "--format", "csv"][..],
        &["log", "--format", "json"],
        &["log", "--format", "jsonl", range],
        &["stats", "--format", "csv"],
        &["stats", "--format", "json", range],
        &["diff", "--format", "csv", range],
        &["diff", "--format", "json"],
        &["oscal", "--diff", range],
        &["notes", "--format", "atom"],
        &["notes", "--format", "json"],
        &["notes", "--by", "document"],
        &["notes", "--by", "range", range],
    ] {
        let (code, out, err) = docs.run(args);
        assert_eq!(code, 0, "{args:?}: {err}");
        let expected = format!("note: no responsibility page found\n{HINT}");
        assert!(err.contains(&expected), "{args:?}: {err}");
        assert_eq!(err.matches("hint: ").count(), 1, "{args:?}: {err}");
        assert!(!out.contains("hint: "), "{args:?}: {out}");
        // a page that did not change is there
        let (_, _, err) = with_move().run(args);
        assert!(!err.contains("no responsibility page found"), "{args:?}: {err}");
    }
    // text says so itself
    for args in [&["log"][..], &["stats"], &["notes"], &["log", range], &["stats", range]] {
        let (code, out, err) = docs.run(args);
        assert_eq!(code, 0);
        assert!(out.starts_with("No responsibility page found"), "{args:?}: {out}");
        assert!(err.starts_with(HINT) && err.lines().count() == 1, "{args:?}: {err}");
    }
    let other = with_move();
    let other = other.root().to_str().unwrap();
    let told = docs.ends(0, &["-C", ".", "-C", other, "log", "--format", "csv"]);
    assert!(told.contains("note: .: no responsibility page found\nhint: "), "{told}");
    assert_eq!(told.matches("no responsibility page").count(), 1, "{told}");
}

#[test]
fn a_report_without_a_page_says_so() {
    let docs = without_page();
    for range in [&[][..], &["HEAD~1..HEAD"]] {
        let told = docs.ends(0, &[&["report", "-o", "report.html"], range].concat());
        assert!(told.contains(HINT), "{told}");
        assert!(told.contains("Wrote report.html: no responsibility page found.\n"), "{told}");
        let html = docs.read("report.html");
        assert!(html.contains("<title>No responsibility page found · "), "{html}");
        assert!(html.contains("<h1>No responsibility page found</h1>"), "{html}");
        assert!(!html.contains("No duty changed"), "{html}");
    }
    // pages of another repository are there
    let other = with_move();
    let other = other.root().to_str().unwrap();
    let told = docs.ends(0, &["-C", ".", "-C", other, "report", "-o", "report.html"]);
    assert!(told.contains("1 page, "), "{told}");
    let html = docs.read("report.html");
    assert!(!html.contains("<h1>No responsibility page found"), "{html}");
    assert!(html.contains("<p class=\"nothing\">No responsibility page found.</p>"), "{html}");
    // and a page that did not change is one
    let same = with_move();
    same.write("guide.md", "# Guide\n").commit();
    let told = same.ends(0, &["report", "-o", "report.html", "HEAD~1..HEAD"]);
    assert!(told.contains("no duty changed; no responsibility page differs.\n"), "{told}");
    let html = same.read("report.html");
    assert!(html.contains("<h1>No duty changed</h1>"));
    assert!(html.contains("No responsibility page differs</p>"), "{html}");
    // one that differs in its formatting was read
    same.write("queue.md", &same.read("queue.md").replace("| Alerts |", "|  Alerts  |")).commit();
    let told = same.ends(0, &["report", "-o", "report.html", "HEAD~1..HEAD"]);
    assert!(told.contains("no duty changed; 1 responsibility page read.\n"), "{told}");
    let html = same.read("report.html");
    assert!(html.contains("1 responsibility page read</p>"), "{html}");
}

#[test]
fn an_export_never_becomes_empty() {
    let docs = without_page();
    let error = "error: the working tree has no page that assigns responsibilities\nhint: ";
    for command in ["show", "blame"] {
        for format in ["csv", "jsonl", "xlsx", "json", "text"] {
            docs.write("kept", "yesterday's");
            let told = docs.ends(2, &[command, "--format", format, "-o", "kept"]);
            assert!(told.contains(error), "{command} {format}: {told}");
            assert_eq!(told.matches("hint: ").count(), 1, "{told}");
            assert_eq!(docs.read("kept"), "yesterday's");
        }
        for format in ["csv", "jsonl"] {
            let told = docs.ends(2, &[command, "--format", format]);
            assert!(told.starts_with(error), "{command} {format}: {told}");
        }
        let (code, out, err) = docs.run(&[command, "--format", "json"]);
        assert!(code == 0 && out.contains("\"documents\": []"), "{out}{err}");
        assert!(err.starts_with("note: no responsibility page found\nhint: "), "{err}");
    }
    // of several repositories, one without a page does not stop the others
    let other = with_move();
    let other = other.root().to_str().unwrap();
    let told = docs.ends(2, &["-C", ".", "-C", other, "show", "--format", "csv", "-o", "kept"]);
    assert!(told.contains("error: .: the working tree has no page"), "{told}");
    assert!(docs.read("kept").contains("Copy every queue"));
    docs.write("kept", "yesterday's");
    docs.ends(2, &["-C", ".", "-C", ".", "show", "--format", "csv", "-o", "kept"]);
    assert_eq!(docs.read("kept"), "yesterday's");
    // a selection may well be empty
    let same = Docs::new();
    same.ends(0, &["blame", "--moved", "--format", "csv", "-o", "kept"]);
}

#[test]
fn an_answer_about_paths_does_not_deny_other_pages() {
    let docs = with_move();
    docs.write("guide.md", "# Guide\n\nRead on.\n").commit();
    let hint = "hint: omit the paths to read every page";
    for args in [&["HEAD~1..HEAD"][..], &["log"], &["log", "HEAD~1..HEAD"], &["stats"]] {
        let told = docs.ends(0, &[args, &["--", "guide.md"]].concat());
        assert!(told.contains(" among the given paths"), "{args:?}: {told}");
        let told = docs.ends(0, &[args, &["--", "queue.md"]].concat());
        assert!(!told.contains("among the given paths"), "{args:?}: {told}");
    }
    for command in ["show", "blame", "log"] {
        let told = docs.ends(0, &[command, "--", "guide.md"]);
        assert!(told.contains("note: guide.md is not a responsibility page: "), "{told}");
        assert!(!told.contains("under `parties`") && !told.contains("-C DIR"), "{told}");
    }
    for args in [&["snapshot"][..], &["oscal", "--output", "set"], &["show", "--format", "csv"]] {
        let told = docs.ends(2, &[args, &["--", "guide.md"]].concat());
        let error = "error: no page among the given paths assigns responsibilities in the working";
        assert!(told.contains(error) && told.contains(hint), "{args:?}: {told}");
    }
    // too many files to name
    for number in 0..4 {
        docs.write(&format!("guides/{number}.md"), "# Guide\n\nRead on.\n");
    }
    docs.commit();
    assert!(docs.ends(0, &["show", "--", "guides"]).contains(hint));
}

#[test]
fn an_answer_without_a_page_says_why() {
    let docs = with_move();
    // the policy leaves it out, in the working tree only
    docs.write("respdiff.yaml", "version: 1\nsources: [other]\n");
    let hint = "hint: respdiff reads only the files that `sources` names: ";
    for args in [&[][..], &["show"], &["blame"]] {
        let told = docs.ends(0, args);
        assert!(told.contains(hint) && !told.contains("-C DIR"), "{args:?}: {told}");
        assert!(!told.contains("the last change is in edition"), "{args:?}: {told}");
    }
    docs.remove("respdiff.yaml").git(&["rm", "-q", "queue.md"]);
    docs.commit();
    let removed = format!("in commit {}, which removed queue.md", &docs.commit_id("HEAD")[..8]);
    for (code, args) in [(0, &[][..]), (0, &["show"]), (0, &["blame"]), (2, &["lint"])] {
        let told = docs.ends(code, args);
        assert!(told.contains(&removed) && !told.contains("-C DIR"), "{args:?}: {told}");
    }
}

#[test]
fn a_snapshot_says_why_a_page_is_not_read() {
    let docs = with_move();
    let page = PAGE.replace("IBM resp", "Alpha resp").replace("Your resp", "Beta resp");
    let second = page.split("## Operations").nth(1).unwrap().to_owned();
    docs.write("queue.md", &format!("{page}\n## Repairs\n{second}")).commit();
    for (code, args) in [(0, &["show"][..]), (2, &["snapshot"])] {
        let told = docs.ends(code, args);
        assert!(told.contains("note: queue.md:12: the columns of this table"), "{args:?}: {told}");
    }
    let told = docs.ends(2, &["snapshot"]);
    let error = "error: respdiff cannot read any responsibility page of the working tree\n\
                 hint: fix the page, or map its names to parties under `parties:`";
    assert!(told.contains(error), "{told}");
    // what became of it is said once
    docs.write("queue.md", &page).commit();
    for command in ["log", "notes", "stats"] {
        let told = docs.ends(0, &[command, "HEAD^!"]);
        assert!(told.contains("respdiff cannot tell who has which duty in queue.md"), "{told}");
        assert!(!told.contains("is not a responsibility page"), "{told}");
    }
}

#[test]
fn paths_that_exclude_every_page_are_refused_as_such() {
    let docs = with_move();
    let told = docs.ends(2, &["show", "--", ":!queue.md"]);
    assert!(told.starts_with("error: `:!queue.md` excludes every page\n"), "{told}");
}

#[test]
fn an_empty_answer_for_machines_is_explained_beside_it() {
    let docs = with_move();
    docs.write("guide.md", "# Guide\n").commit();
    let quiet =
        "note: no responsibility page changed in this range (0 commits, 1 responsibility page)";
    let later = "note: none of the 2 editions is in that period (1 page, 3 commits read)";
    for (args, formats, note) in [
        (&["log", "HEAD..HEAD"][..], &["json", "jsonl", "csv"][..], quiet),
        (&["log", "--since", "2030-01-01"], &["json", "jsonl", "csv"], later),
        (&["stats", "HEAD..HEAD"], &["json", "csv"], quiet),
        (&["stats", "--since", "2030-01-01"], &["json", "csv"], later),
        (&["HEAD~1..HEAD"], &["json", "csv"], "note: no duty changed between HEAD~1"),
        (&["HEAD~2..HEAD", "--kind", "added"], &["csv"], "note: no matching change between HEAD~2"),
        (
            &["blame", "HEAD~2", "--moved"],
            &["json", "jsonl", "csv"],
            "note: no duty of this version ever changed hands: 6 duties read in 1 responsibility page",
        ),
    ] {
        for format in formats {
            let (code, out, err) = docs.run(&[args, &["--format", format]].concat());
            assert_eq!(code, 0, "{args:?} {format}: {err}");
            assert!(out.lines().count() < 2 || *format == "json", "{out}");
            assert!(err.starts_with(note), "{args:?} {format}: {err}");
            assert_eq!(err.matches(note).count(), 1, "{args:?} {format}: {err}");
        }
        // text says so itself
        assert!(!docs.run(args).2.contains(note), "{args:?}");
    }
    for args in [&["log"][..], &["HEAD~2..HEAD~1"], &["stats"], &["blame", "--moved"]] {
        let (code, _, err) = docs.run(&[args, &["--format", "csv"]].concat());
        assert_eq!((code, err.as_str()), (0, ""), "{args:?}");
    }
    let root = docs.root().to_str().unwrap();
    let told = docs.run(&["-C", root, "-C", root, "log", "HEAD..HEAD", "--format", "csv"]).2;
    assert_eq!(told.matches("no responsibility page changed in this range").count(), 2, "{told}");
}
