//! A page that is there, but whose parties can no longer be read: every command tells the same.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};

/// The page with columns that name nobody.
fn broken() -> String {
    PAGE.replace("IBM responsibilities", "Tier A").replace("Your responsibilities", "Tier B")
}

fn json(docs: &Docs, code: i32, args: &[&str]) -> Value {
    let (found, out, err) = docs.run(args);
    assert_eq!(found, code, "{out}{err}");
    serde_json::from_str(&out).unwrap()
}

/// The first commit has the page, the second cannot be read.
fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &broken()).commit();
    docs
}

#[test]
fn the_gate_says_that_it_could_not_know() {
    let docs = docs();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD"]);
    assert!(
        told.contains("Incomplete: respdiff can no longer tell who has which duty in queue.md"),
        "{told}"
    );
    assert!(
        told.contains(
            "error: queue.md:12: respdiff can no longer tell who has which duty on this page"
        ),
        "{told}"
    );
    assert!(told.contains("(Task, Tier A, Tier B)") && told.contains("`parties:`"), "{told}");
    let told = json(&docs, 2, &["check", "HEAD~1..HEAD", "--format", "json"]);
    assert_eq!(told["verdict"], "incomplete");
    let page = &told["documents"][0];
    assert_eq!(
        (page["status"].as_str(), page["unread"][0]["line"].as_u64()),
        (Some("modified"), Some(12))
    );
    assert_eq!(page["unread"][0]["side"], "new");
    for format in ["github", "sarif", "junit", "markdown"] {
        let (code, out, _) = docs.run(&["check", "HEAD~1..HEAD", "--format", format]);
        assert_eq!(code, 2, "{out}");
        assert!(out.contains("can no longer tell") || out.contains("Tier A"), "{format}: {out}");
    }
    // a change that fails is told as well, and mending the page is no fault
    let names = "version: 1\nparties: {Tier A: ibm, Tier B: customer}\n";
    docs.ends(0, &["check", "HEAD~1..HEAD", "--config", write(&docs, "own.yaml", names).as_str()]);
}

fn write(docs: &Docs, name: &str, text: &str) -> String {
    let path = docs.beside(name);
    std::fs::write(&path, text).unwrap();
    path.display().to_string()
}

#[test]
fn who_comes_later_is_not_stopped() {
    let docs = docs();
    docs.write("guide.md", "# Guide\n\nWalk.\n").commit();
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("queue.md") && told.contains("Tier A"), "{told}");
    docs.write("queue.md", PAGE).commit();
    docs.ends(0, &["check", "HEAD~1..HEAD"]);
    docs.write("queue.md", &broken()).commit();
    docs.write("queue.md", &moved()).commit();
    let told = docs.ends(1, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("IBM → customer") && told.contains("can be read again"), "{told}");
    docs.ends(0, &["check", "HEAD~4..HEAD~3"]);
}

#[test]
fn a_policy_lets_it_pass_where_both_sides_say_so() {
    let docs = docs();
    let passes = "version: 1\ngate: {unreadable: pass}\n";
    docs.ends(0, &["check", "HEAD~1..HEAD", "--config", &write(&docs, "own.yaml", passes)]);
    // a change cannot silence itself
    docs.write("queue.md", PAGE).commit();
    docs.write("queue.md", &broken()).write("respdiff.yaml", passes).commit();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("gate.unreadable"), "{told}");
    assert!(
        told.ends_with("set `gate: {unreadable: pass}` in respdiff.yaml and merge that first\n")
    );
    docs.write("queue.md", PAGE).commit();
    docs.write("queue.md", &broken()).commit();
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("unassigned"), "told all the same: {told}");
}

#[test]
fn names_that_come_with_the_page_have_to_be_merged_first() {
    let docs = Docs::new();
    docs.write("queue.md", &broken());
    docs.write("respdiff.yaml", "version: 1\nparties: {Tier A: ibm, Tier B: customer}\n").commit();
    let told = docs.ends(2, &["check", "HEAD^!"]);
    assert!(told.contains("hint: `parties` count after the merge: merge"), "{told}");
}

#[test]
fn diff_log_show_and_notes_say_where_and_why() {
    let docs = docs();
    let told = json(&docs, 0, &["HEAD~1..HEAD", "--format", "json"]);
    let page = &told["documents"][0];
    assert_eq!(page["status"], "modified");
    assert_eq!(page["to"]["last_updated"], "2026-01-10");
    assert_eq!(told["summary"]["removed"], 6);
    let notice = page["notices"].as_array().unwrap().iter().find(|n| n["code"] == "unassigned");
    assert_eq!(notice.unwrap()["side"], "new");
    for (option, what) in [("--oneline", "6 removed"), ("--stat", "IBM -3, customer -3")] {
        let told = docs.ends(0, &["HEAD~1..HEAD", option]);
        let line =
            format!("both versions: {what}; respdiff can no longer tell who has which duty\n");
        assert!(told.contains(&line), "{told}");
        let told = docs.ends(0, &["HEAD", "HEAD~1", option]);
        assert!(
            told.contains("; respdiff could not tell before who had which duty (notice: "),
            "{told}"
        );
    }
    // the other way round it is the old side that says nothing
    let told = json(&docs, 0, &["HEAD", "HEAD~1", "--format", "json"]);
    assert_eq!(told["documents"][0]["status"], "modified");
    let notices = told["documents"][0]["notices"].as_array().unwrap();
    assert!(notices.iter().any(|n| n["code"] == "unassigned" && n["side"] == "old"));
    let log = docs.ends(0, &["log"]).replace("\n ", "");
    assert!(
        log.contains("respdiff cannot tell who has which duty") && log.contains("line 12"),
        "{log}"
    );
    let log = json(&docs, 0, &["log", "--format", "json"]);
    let edition = &log["documents"][0]["editions"][0];
    assert_eq!(edition["removed"], Value::Null);
    assert_eq!(edition["unread"]["last_updated"], "2026-01-10");
    let (code, notes, error) = docs.run(&["notes", "--by", "range"]);
    assert_eq!(code, 2, "{error}");
    assert!(!notes.contains("Removed") && error.contains("queue.md:12"), "{notes}{error}");
    let unread = "respdiff can no longer tell who has which duty in 1 page.";
    assert!(notes.starts_with(&format!("{unread} No other duty changed ")), "{notes}");
    let (code, notes, error) = docs.run(&["notes", "--format", "text", "HEAD^!"]);
    assert!(code == 2 && error.contains("queue.md:12"), "{error}");
    assert!(notes.replace('\n', " ").contains(unread), "{notes}");
}

#[test]
fn commands_that_read_all_pages_name_what_they_leave_out() {
    let docs = Docs::new();
    let table =
        "| Task | Alpha | Gamma |\n|---|---|---|\n| Backups | Keep copies. | Test them. |\n";
    docs.write("store.md", &format!("# Responsibilities with Acme Store\n\n{table}"));
    docs.write("guide.md", &format!("# Tiers\n\n{table}"));
    docs.write("responsibilities-steps.md", "# Steps\n\nGo on.\n").commit();
    let note = "note: store.md is not a responsibility page: ";
    for args in [&["lint"][..], &["show"], &["blame"], &["snapshot", "--output", "accepted"]] {
        let (code, out, err) = docs.run(args);
        assert_eq!(code, 0, "{out}{err}");
        assert!(err.contains(note) && err.contains("\nhint: if a page calls"), "{args:?}: {err}");
        assert!(!err.contains("guide.md") && !err.contains("steps"), "{args:?}: {err}");
        assert!(!docs.ends(0, args).contains("queue.md is not"), "{args:?}");
    }
    for number in 0..5 {
        docs.write(&format!("{number}.md"), &format!("# Responsibilities\n\n{table}"));
    }
    docs.commit();
    let (_, _, err) = docs.run(&["show"]);
    assert_eq!(err.matches(" is not a responsibility page: ").count(), 5, "{err}");
    assert!(err.contains("note: 1 more file with a table about responsibilities"), "{err}");
}

#[test]
fn lint_finds_pages_that_name_no_party_any_more() {
    let docs = docs();
    docs.write("guide.md", "# Guide\n\n| Way | Hours |\n|---|---|\n| Hill | 2 |\n");
    docs.write("other.md", &PAGE.replace("Acme Queue", "Acme Store")).commit();
    let line = "queue.md:12:1: error: ";
    for args in [&["lint"][..], &["lint", "HEAD"], &["lint", "--cached"], &["lint", "queue.md"]] {
        docs.ends(0, args);
        let args = [args, &["--fail-on", "error"]].concat();
        let told = docs.ends(1, &args);
        assert!(told.contains(line) && told.contains("[unassigned]"), "{args:?}: {told}");
        assert!(!told.contains("guide.md") && !told.contains("No responsibility page"), "{told}");
    }
    let told = json(&docs, 1, &["lint", "--fail-on", "error", "--format", "json"]);
    assert!(told.to_string().contains("\"unassigned\""), "{told}");
    // before the commit, as a hook runs it
    docs.write("other.md", &broken().replace("Acme Queue", "Acme Store"));
    docs.git(&["add", "-A"]);
    let told = docs.ends(1, &["lint", "--cached", "--fail-on", "error", "other.md"]);
    assert!(told.contains("other.md:12:1: error: "), "{told}");
    // nobody is told of a page that says something else now
    docs.write("other.md", "# Store\n\nSee the overview.\n");
    docs.write("queue.md", PAGE).commit();
    docs.ends(0, &["lint", "--fail-on", "error"]);
}

#[test]
fn lint_finds_a_table_that_lost_its_parties_beside_another() {
    let docs = Docs::new();
    let second = "\n## Doors\n\n| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
                  | Doors | Shut the doors. | Lock the doors. |\n";
    docs.write("queue.md", &format!("{PAGE}{second}")).commit();
    docs.ends(0, &["lint", "--fail-on", "error"]);
    docs.write("queue.md", &format!("{}{second}", broken())).commit();
    let told = docs.ends(1, &["lint", "--fail-on", "error"]);
    assert!(told.contains("queue.md:12:1: error: ") && told.contains("[unassigned]"), "{told}");
}

#[test]
fn pages_that_name_no_party_any_more_are_named_below_an_answer() {
    let docs = docs();
    docs.write("other.md", &PAGE.replace("Acme Queue", "Acme Store")).commit();
    let note = "note: queue.md:12: ";
    for args in [&["show"][..], &["blame"], &["snapshot", "--output", "accepted"]] {
        let (code, out, err) = docs.run(args);
        assert_eq!(code, 0, "{out}{err}");
        assert!(err.contains(note) && !out.contains("Tier A"), "{args:?}: {out}{err}");
    }
    let (_, out, err) = docs.run(&["show", "queue.md"]);
    assert!(out.contains("No responsibility page found.") && err.starts_with(note), "{out}{err}");
}

#[test]
fn a_baseline_and_two_files_say_the_same() {
    let docs = Docs::new();
    docs.ends(0, &["snapshot", "--output", "accepted"]);
    docs.write("queue.md", &broken());
    let told = docs.ends(2, &["check", "--baseline", "accepted"]);
    assert!(
        told.contains("queue.md:12: respdiff can no longer tell who has which duty on this page"),
        "{told}"
    );
    docs.write("queue.md", "# Queue\n\nGone to another page.\n");
    docs.ends(0, &["check", "--baseline", "accepted"]);
    let (old, new) = (write(&docs, "old.md", PAGE), write(&docs, "new.md", &broken()));
    let told = json(&docs, 0, &["--no-index", &old, &new, "--format", "json"]);
    assert_eq!(told["documents"][0]["status"], "modified");
    let notices = told["documents"][0]["notices"].as_array().unwrap();
    assert!(notices.iter().any(|n| n["code"] == "unassigned" && n["line"] == 12), "{notices:?}");
}

#[test]
fn a_table_that_never_had_parties_is_told_in_one_line() {
    let docs = Docs::new();
    let table = "# Skyvault\n\n## Doors\n\n| Task | Your responsibilities | Tier B |\n|---|---|---|\n\
                 | Doors | Shut the doors. | Lock the doors. |\n";
    docs.write("doors.md", table).commit();
    let shown = docs.ends(0, &["show"]);
    assert!(shown.contains("doors.md") && shown.contains("`parties:`"), "{shown}");
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(told.contains("doors.md") && told.contains("`parties:`"), "{told}");
    let told = docs.ends(0, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("doors.md") && told.contains("`parties:`"), "{told}");
    let (code, _, error) = docs.run(&["log"]);
    assert!(code == 0 && error.contains("note: doors.md:5: "), "{error}");
}

#[test]
fn check_carries_every_notice_of_diff() {
    let docs = Docs::new();
    docs.write("queue.md", &PAGE.replace("| Alerts |", "| Alarms |")).commit();
    let codes = |told: &Value| -> Vec<String> {
        let notices = told["documents"][0]["notices"].as_array().unwrap().iter();
        notices.map(|notice| notice["code"].as_str().unwrap().to_owned()).collect()
    };
    let diff = json(&docs, 0, &["HEAD~1..HEAD", "--format", "json"]);
    let check = json(&docs, 0, &["check", "HEAD~1..HEAD", "--format", "json"]);
    assert!(codes(&diff).contains(&"renamed-task".to_owned()), "{diff}");
    assert_eq!(codes(&diff), codes(&check));
}

/// The page after a merge that was committed unresolved: a duty stands in either column.
fn unresolved() -> String {
    let row = PAGE.lines().find(|line| line.contains("Copy every queue")).unwrap();
    let other = moved();
    let other = other.lines().find(|line| line.contains("Copy every queue")).unwrap();
    let both = format!("<<<<<<< HEAD\n{row}\n=======\n{other}\n>>>>>>> side");
    PAGE.replace(row, &both)
}

#[test]
fn an_unresolved_merge_stops_who_commits_it() {
    let docs = Docs::new();
    docs.write("queue.md", &unresolved()).commit();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("Incomplete: respdiff may have misread queue.md"), "{told}");
    assert!(told.contains("an unresolved merge begins here"), "{told}");
    assert!(told.contains("hint: keep one of the two versions"), "{told}");
    for format in ["github", "sarif", "junit", "markdown", "json"] {
        let (code, out, _) = docs.run(&["check", "HEAD~1..HEAD", "--format", format]);
        assert!(code == 2 && out.contains("an unresolved merge begins here"), "{format}: {out}");
    }
    assert!(docs.ends(0, &["HEAD~1..HEAD"]).contains("merge-conflict"));
    assert!(docs.ends(1, &["lint", "--fail-on", "error"]).contains("[merge-conflict]"));
    docs.write("guide.md", "# Guide\n\nWalk.\n").commit();
    docs.ends(0, &["check", "HEAD~1..HEAD"]);
    let told = docs.ends(2, &["snapshot", "--output", "accepted"]);
    assert!(told.contains("or pass `--accept` to store it as respdiff reads it"), "{told}");
    docs.ends(0, &["snapshot", "--output", "accepted", "--accept"]);
    docs.ends(0, &["check", "--baseline", "accepted"]);
    docs.write("queue.md", &moved()).commit();
    docs.ends(1, &["check", "HEAD~3..HEAD"]);
}

#[test]
fn a_table_that_comes_from_another_file_cannot_be_known() {
    let docs = Docs::new();
    let text: String = PAGE
        .lines()
        .filter(|line| !line.starts_with('|'))
        .fold(String::new(), |text, line| text + line + "\n");
    docs.write("queue.md", &(text.clone() + "\n{{../reuse/duties.md#queue}}\n")).commit();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("comes from another file now") && told.contains("{{../reuse"), "{told}");
    docs.write("queue.md", &text).commit();
    docs.ends(0, &["check", "HEAD~2..HEAD"]);
}

#[test]
fn who_asks_for_some_changes_hears_of_it_too() {
    let docs = docs();
    for asked in [["--kind", "moved"], ["--party", "customer"], ["--area", "Operations"]] {
        let told = docs.ends(0, &["HEAD~1..HEAD", asked[0], asked[1]]);
        assert!(told.contains("unassigned") && told.contains("line 12"), "{told}");
        let told = docs.ends(0, &["HEAD~1..HEAD", "--oneline", asked[0], asked[1]]);
        assert!(told.contains("respdiff can no longer tell who has which duty"), "{told}");
        for range in ["HEAD~1..HEAD", "HEAD"] {
            let told = docs.ends(0, &["log", range, "--oneline", asked[0], asked[1]]);
            assert!(told.contains("respdiff could no longer tell who has which duty"), "{told}");
        }
    }
}

#[test]
fn duties_that_count_as_removed_may_still_be_there() {
    let docs = docs();
    let told = docs.ends(0, &["HEAD~1..HEAD"]).split_whitespace().collect::<Vec<_>>().join(" ");
    let lost = "respdiff can no longer tell who has which duty in 1 page: duties that count as removed \
                may still be there.";
    assert!(
        told.contains(&format!("6 removed, in 1 page. Removed: 3 of yours, 3 of IBM's. {lost}")),
        "{told}"
    );
    docs.ends(0, &["report", "HEAD~1..HEAD", "-o", "range.html"]);
    assert!(docs.read("range.html").contains(lost.trim_end_matches('.')));
}

#[test]
fn a_date_that_stayed_is_no_fault_of_a_page_whose_duties_cannot_be_read() {
    let docs = docs();
    for args in
        [&["HEAD~1..HEAD"][..], &["check", "HEAD~1..HEAD"], &["log", "HEAD~1..HEAD"], &["lint"]]
    {
        let (_, out, err) = docs.run(args);
        assert!(!out.contains("stamp-unchanged"), "{args:?}: {out}{err}");
    }
}
