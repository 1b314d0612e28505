//! Slips of a first hour: words as git takes them, and answers that lead on.

use super::docs::{Docs, PAGE, moved};

/// The page after the move, in an edition of its own.
fn later() -> String {
    moved().replace("2026-01-10", "2026-01-20")
}

/// Two editions, the second with a moved duty, then a commit without a page.
fn docs() -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &later()).commit();
    docs.write("guide.md", "# Guide\n\nRead on.\n").commit();
    docs
}

#[test]
fn paths_need_no_dashes_where_they_are_no_revisions() {
    let docs = docs();
    for args in [
        &["HEAD~2", "queue.md"][..],
        &["HEAD~2..HEAD", "queue.md"],
        &["HEAD~2", "HEAD", "queue.md"],
        &["HEAD~2..HEAD", "*.md"],
        &["log", "queue.md"],
        &["log", "HEAD~1", "queue.md"],
    ] {
        assert!(docs.ends(0, args).contains("MOVED TO YOU"), "{args:?}");
    }
    assert!(docs.ends(0, &["queue.md"]).starts_with("No duty changed between HEAD"));
    for command in ["show", "blame", "lint", "stats", "notes"] {
        docs.ends(0, &[command, "queue.md"]);
    }
    let told = docs.ends(2, &["log", "no-such.md"]);
    assert!(told.contains("no revision 'no-such.md'"), "{told}");
    assert!(
        told.contains(
            "there is no such file either; for a file of an earlier commit, write -- no-such.md in a history such as `log`, and REV -- no-such.md elsewhere"
        ),
        "{told}"
    );
    let told = docs.ends(2, &["HEAD:no-such.md"]);
    assert!(told.contains("hint: in REV:PATH, the path begins at the root of the repo"), "{told}");
    // a slip, without an ending, from the root, or from another folder
    docs.write("docs/topic/duties.md", PAGE).write("docs/more.md", "# More\n").commit();
    for (from, words, page) in [
        (".", &["log", "dutise.md"][..], "docs/topic/duties.md"),
        (".", &["show", "duties"], "docs/topic/duties.md"),
        (".", &["show", "--", "duties.md"], "docs/topic/duties.md"),
        (".", &["HEAD:dutes.md"], "docs/topic/duties.md"),
        ("docs", &["show", "docs/topic/duties.md"], "topic/duties.md"),
        ("docs/topic", &["blame", "quue.md"], ":/queue.md"),
    ] {
        let from = docs.root().join(from);
        let told = docs.ends(2, &[&["-C", from.to_str().unwrap()], words].concat());
        assert!(
            told.contains("\nhint: did you mean ") && told.contains(&format!("'{page}'?")),
            "{told}"
        );
        docs.ends(0, &["-C", from.to_str().unwrap(), "show", page]);
    }
    let outside = docs.beside("outside.md");
    let told = docs.ends(2, &["show", outside.to_str().unwrap()]);
    assert!(!told.contains("did you mean"), "{told}");
}

#[test]
fn a_page_at_a_revision_is_read() {
    let docs = docs();
    let told = docs.ends(0, &["HEAD~2:queue.md", "HEAD:queue.md"]);
    assert!(told.contains("MOVED TO YOU"), "{told}");
    assert!(docs.ends(0, &["HEAD~2:queue.md"]).contains("MOVED TO YOU"));
    assert!(docs.ends(0, &["show", "HEAD~2:queue.md"]).contains("queue.md"));
    assert!(docs.ends(0, &["show", "HEAD~2:./queue.md"]).contains("queue.md"));
    docs.ends(2, &["show", "HEAD~2:no-such.md"]);
}

#[test]
fn two_revisions_are_a_range_everywhere() {
    let docs = docs();
    for command in ["log", "stats", "notes"] {
        let two = docs.ends(0, &[command, "HEAD~2", "HEAD~1"]);
        assert_eq!(two, docs.ends(0, &[command, "HEAD~2..HEAD~1"]), "{command}");
    }
    docs.ends(0, &["report", "HEAD~2", "HEAD~1", "-o", "report.html"]);
    for args in [
        &["log", "HEAD", "HEAD", "HEAD"][..],
        &["log", "HEAD~1..HEAD", "HEAD"],
        &["show", "HEAD", "HEAD~1"],
    ] {
        assert!(docs.ends(2, args).contains("too many revisions"), "{args:?}");
    }
}

#[test]
fn options_are_those_of_git() {
    let docs = docs();
    docs.write("queue.md", PAGE).git(&["add", "queue.md"]);
    for args in [&["--staged"][..], &["--cached"], &["diff", "--staged"]] {
        assert!(docs.ends(0, args).contains("MOVED TO IBM"), "{args:?}");
    }
    docs.ends(1, &["check", "--staged"]);
    assert!(docs.ends(0, &["show", "--cached"]).contains("Copy every queue"));
    assert!(docs.ends(0, &["lint", "--cached"]).contains("1 responsibility page"));
    docs.ends(2, &["lint", "--cached", "HEAD"]);
    assert_eq!(docs.ends(0, &["log", "-1"]), docs.ends(0, &["log", "-n", "1"]));
    assert!(docs.ends(2, &["log", "-n", "0"]).contains("-n 0 asks for no editions\n"));
    assert!(docs.ends(0, &["HEAD~1^!"]).contains("MOVED TO YOU"));
}

#[test]
fn every_result_goes_into_a_file() {
    let docs = docs();
    for args in [
        &["HEAD~2..HEAD"][..],
        &["log"],
        &["stats"],
        &["lint"],
        &["check", "HEAD"],
        &["show"],
        &["blame", "--moved"],
        &["config", "show"],
        &["schema", "log"],
        &["--view", "split", "HEAD~2..HEAD"],
    ] {
        let plain = docs.run(args).1;
        let (code, stdout, stderr) = docs.run(&[args, &["-o", "out.txt"]].concat());
        assert_eq!((code, stdout.as_str()), (0, ""), "{args:?}: {stderr}");
        assert!(stderr.contains("Wrote out.txt."), "{args:?}: {stderr}");
        assert_eq!(docs.read("out.txt"), plain, "{args:?}");
    }
    docs.ends(2, &["log", "--format", "jsonl", "-o", "out.txt"]);
}

#[test]
fn a_path_that_matches_nothing_is_refused_by_every_command() {
    let docs = docs();
    for command in
        ["diff HEAD~1..HEAD", "log", "stats", "notes", "report -o -", "show", "blame", "lint"]
    {
        let mut args: Vec<&str> = command.split(' ').collect();
        args.extend(["--", "no-such.md"]);
        let told = docs.ends(2, &args);
        assert!(told.contains("no markdown file matches `no-such.md`"), "{command}: {told}");
    }
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    assert!(docs.ends(0, &["log", "--", "queue.md"]).contains("the page was removed"));
}

#[test]
fn an_empty_range_says_where_the_last_change_is() {
    let docs = docs();
    for args in
        [&["HEAD~1..HEAD"][..], &["HEAD"], &[], &["log", "HEAD^!"], &["notes", "HEAD~1", "HEAD"]]
    {
        let told = docs.ends(0, args);
        let note = told.lines().last().unwrap();
        assert!(note.starts_with("note: the last change is in edition 2026-01-20 of queue.md: "));
        let command = note.split('`').nth(1).unwrap();
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        assert!(docs.ends(0, &words).contains("MOVED TO YOU"), "{args:?}: {command}");
    }
    assert!(!docs.ends(0, &["HEAD~1..HEAD", "--format", "json"]).contains("the last change"));
    assert!(!docs.ends(0, &["HEAD~2..HEAD"]).contains("note:"));
}

#[test]
fn a_branch_that_is_not_there_leads_to_the_default_branch() {
    let docs = docs();
    docs.git(&["branch", "-q", "-m", "main", "production"]);
    for args in [&["main..HEAD"][..], &["check", "master...HEAD"], &["log", "main"]] {
        let told = docs.ends(2, args);
        assert!(told.contains("the current branch is 'production'; `git branch -a`"), "{told}");
    }
    // the branch that is checked out need not be the one that others start from
    docs.git(&["branch", "main"]);
    docs.git(&["checkout", "-q", "-b", "topic"]);
    let told = docs.ends(2, &["check", "master...HEAD"]);
    assert!(told.contains("did you mean 'main'?"), "{told}");
    docs.git(&["update-ref", "refs/remotes/origin/master", "main"]);
    docs.git(&["branch", "-q", "-D", "main"]);
    let told = docs.ends(2, &["check", "main...HEAD"]);
    assert!(told.contains("did you mean 'origin/master'?"), "{told}");
}

#[test]
fn an_untracked_page_is_named() {
    let docs = docs();
    docs.write("new.md", PAGE);
    docs.write("notes.md", "# Notes\n");
    for args in [&[][..], &["show"], &["lint"]] {
        let told = docs.ends(0, args);
        assert!(told.contains("note: new.md is not read, because git does not track it"), "{told}");
        assert!(!told.contains("notes.md"), "{told}");
    }
    assert!(docs.ends(2, &["show", "--", "new.md"]).contains("git add -N new.md"));
    docs.git(&["add", "-N", "new.md"]);
    assert!(!docs.ends(0, &["show"]).contains("note: new.md"));
}

#[test]
fn an_unknown_option_gets_no_misleading_advice() {
    let docs = docs();
    let told = docs.ends(2, &["log", "--onelin"]);
    let expected = "error: unknown option '--onelin'\nhint: did you mean '--oneline'? \
                    `respdiff log --help` lists all options\n";
    assert_eq!(told, expected);
    let told = docs.ends(2, &["log", "--no-merges"]);
    assert_eq!(
        told,
        "error: unknown option '--no-merges'\nhint: `respdiff log --help` lists the options\n"
    );
    assert!(docs.ends(2, &["-w"]).contains("hint: `respdiff --help` lists the options"));
    // options of git and of other commands
    for (args, advice) in [
        (&["log", "-p"][..], "respdiff always shows the changed words"),
        (&["--name-only"], "--oneline shows one line per page"),
        (&["notes", "--since", "2025"], "name a range, such as REV..HEAD"),
        (&["blame", "--party", "ibm"], "`respdiff log` and `respdiff diff` take --kind"),
        (&["show", "--party", "ibm"], "`respdiff show --format csv` writes one row per duty"),
    ] {
        let told = docs.ends(2, args);
        assert!(told.contains(&format!("\nhint: {advice}")), "{args:?}: {told}");
    }
    let by_page = docs.ends(0, &["stats", "--by", "page"]);
    assert_eq!(by_page, docs.ends(0, &["stats", "--by", "document"]));
}

#[test]
fn pages_are_summed_up_in_a_line() {
    let docs = docs();
    let told = docs.ends(0, &["HEAD~2..HEAD", "--oneline"]);
    assert!(told.starts_with("queue.md edition 2026-01-10 → 2026-01-20: 1 duty moved to you"));
    let told = docs.ends(0, &["HEAD~2..HEAD", "--stat"]);
    assert!(told.contains("queue.md edition 2026-01-10 → 2026-01-20: IBM -1, customer +1\n"));
}

#[test]
fn counts_are_those_of_the_pages() {
    // a reference is no duty
    let docs = Docs::new();
    let drop = "Delete queues that you no longer need.";
    let page = PAGE.replace(drop, &format!("{drop} See [Limits](/docs/limits)."));
    docs.write("queue.md", &page).commit();
    let (told, _) = (docs.ends(0, &["HEAD^!", "--stat"]), docs.ends(0, &["HEAD^!"]));
    assert!(told.contains(": the same number of duties for each party\n"), "{told}");
    assert!(told.contains("1 reference added"), "{told}");
    // what left for another page counts there, and only there
    let row = "| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |\n";
    let other = PAGE.split_once("| Queues").unwrap().0.replace("Queue", "Queue alerts");
    docs.write("queue.md", &page.replace(row, ""));
    docs.write("alerts.md", &format!("{other}{row}")).commit();
    let told = docs.ends(0, &["HEAD^!", "--stat"]);
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[0], "alerts.md new page, edition 2026-01-10: IBM +1, customer +1");
    assert_eq!(lines[1], "queue.md edition 2026-01-10 in both versions: IBM -1, customer -1");
    // a note names the page with the last such change
    let (_, told, _) = docs.run(&["HEAD^!", "--stat", "--kind", "added"]);
    assert!(!told.contains("queue.md"), "{told}");
    let told = docs.ends(0, &["HEAD^!", "--stat", "--area", "Operations"]);
    assert!(told.contains(": IBM +1, customer +1, in the whole page\n"), "{told}");
    // a filter chooses parties and pages, and counts nothing else
    docs.write("queue.md", &moved()).commit();
    let told = docs.ends(0, &["HEAD~2..HEAD", "--stat", "--party", "IBM"]);
    assert!(told.contains("both versions: IBM -1\n"), "{told}");
    docs.write("alerts.md", &format!("{other}{row}").replace("alert when", "alert if")).commit();
    let told = docs.ends(0, &["HEAD^!", "--stat", "--party", "IBM"]);
    assert!(told.contains("both versions: IBM ±0\n"), "{told}");
}

#[test]
fn that_no_duty_ever_moved_is_said() {
    let docs = Docs::new();
    let told = docs.ends(0, &["blame", "--moved"]);
    let expected = "No duty of this version ever changed hands: 6 duties read in 1 responsibility \
                    page.\n";
    assert!(told.starts_with(expected), "{told}");
    let hint =
        "hint: `respdiff log --kind moved` also shows moves of duties that were removed later\n";
    assert!(told.ends_with(hint), "{told}");
    // one that was removed later
    docs.write("queue.md", &moved().replace("01-10", "02-10")).commit();
    let moved = "Copy every queue to a second site each night.";
    let page = super::docs::moved().replace(moved, "").replace("01-10", "03-10");
    docs.write("queue.md", &page).commit();
    let told = docs.ends(0, &["blame", "--moved"]);
    assert!(told.starts_with("No duty of this version ever changed hands: 5 duties"), "{told}");
    let told = docs.ends(2, &["blame", "--duty", "second site"]);
    assert!(told.contains("if the duty was removed, `respdiff log` shows it\n"), "{told}");
}

#[test]
fn quiet_editions_and_new_pages_are_folded() {
    let docs = docs();
    let dated = |day: &str| moved().replace("2026-01-10", day);
    for day in ["2026-02-01", "2026-03-01"] {
        docs.write("queue.md", &dated(day)).commit();
    }
    let log = docs.ends(0, &["log"]);
    assert!(log.contains("\n2 editions, 2026-02-01 to 2026-03-01: no duty changed"));
    assert!(!log.contains("edition 2026-02-01"), "{log}");
    assert!(docs.ends(0, &["log", "--all"]).contains("edition 2026-02-01"));
    let line = "2026-02-01 to 2026-03-01 queue.md 2 editions, no duty changed";
    assert!(docs.ends(0, &["log", "--oneline"]).starts_with(line));
    let row = |n: usize| format!("| Task {n} | Run engine {n}. | Watch engine {n}. |\n");
    let rows: String = (1..=10).map(row).collect();
    let page = PAGE.split("| Queues").next().unwrap().to_owned() + &rows;
    docs.write("engines.md", &page).commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(told.contains("ADDED (20 duties)\n    Operations: IBM 10, customer 10\n"), "{told}");
    assert!(told.contains("... 17 more duties (--all shows them)\n"), "{told}");
    let told = docs.ends(0, &["--all", "HEAD~1..HEAD"]);
    assert!(told.contains("Watch engine 10.") && !told.contains("more duties"), "{told}");
}

#[test]
fn references_come_last_and_are_not_summed_as_duties() {
    let docs = docs();
    let see = "See [the guide](guide.md). Watch the queue. |";
    docs.write("queue.md", &later().replace("Subscribe to the alerts. |", see)).commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    let place = |text: &str| told.find(text).unwrap_or_else(|| panic!("{text}: {told}"));
    assert!(place("REMOVED (1 duty)") < place("REFERENCES ADDED (1)"), "{told}");
    let row = |n: usize| format!("| Task {n} | Run engine {n}. | See [page {n}](p{n}.md). |\n");
    let rows: String = (1..=20).map(row).collect();
    let page = PAGE.split("| Queues").next().unwrap().to_owned() + &rows;
    docs.write("engines.md", &page).commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(told.contains("ADDED (20 duties)\n    Operations: IBM 20\n"), "{told}");
    assert!(told.contains("REFERENCES ADDED (20)\n    such as links"), "{told}");
}

#[test]
fn a_range_in_which_no_page_changed_says_so() {
    let docs = docs();
    for command in ["log", "stats"] {
        let told = docs.ends(0, &[command, "HEAD~1..HEAD"]);
        let line =
            "No responsibility page changed in this range (1 commit, 1 responsibility page).";
        assert!(told.starts_with(line), "{told}");
        assert!(told.contains("note: the last change is in edition 2026-01-20"), "{told}");
    }
    let told = docs.ends(0, &["report", "HEAD~1..HEAD", "-o", "report.html"]);
    assert!(told.contains("Wrote report.html: no duty changed; no responsibility page differs."));
    assert!(told.contains("note: the last change is in edition 2026-01-20"), "{told}");
}

/// A page that looks like one, but whose columns name nobody.
const ODD: &str = "# Responsibilities\n\n## Work\n\n| Step | Vendor | Team |\n|---|---|---|\n\
                   | Copies | Keep the copies | Restore them |\n";

#[test]
fn a_page_that_is_not_read_is_named_with_a_reason() {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.write("odd-responsibilities.md", ODD).write(".gitignore", "drafts.md\n").commit();
    let odd = "note: odd-responsibilities.md is not a responsibility page: no table or list in it";
    for args in [&["show"][..], &["lint"], &["blame"], &["log", "--", "odd*"], &["stats", "HEAD^!"]]
    {
        let told = docs.ends(if args == ["lint"] { 2 } else { 0 }, args);
        if args != ["stats", "HEAD^!"] {
            assert!(told.contains(odd), "{args:?}: {told}");
            assert!(told.contains("under `parties` in respdiff.yaml"), "{args:?}: {told}");
        }
    }
    // by its title where its name says nothing
    docs.git(&["mv", "odd-responsibilities.md", "page.md"]);
    docs.commit();
    let told = docs.ends(0, &["show"]);
    assert!(told.contains("note: page.md is not a responsibility page: no table"), "{told}");
    docs.write("notes.txt", "Notes").commit();
    let told = docs.ends(2, &["check", "HEAD~1..HEAD", "--", "notes.txt"]);
    assert!(told.contains("git tracks no markdown, MDX or AsciiDoc file there"), "{told}");
    docs.write("drafts.md", PAGE);
    let told = docs.ends(2, &["HEAD~1..HEAD", "--", "drafts.md"]);
    assert!(told.contains("git ignores it"), "{told}");
    assert!(told.contains("`git add -f drafts.md` includes it"), "{told}");
}

#[test]
fn the_pages_of_a_submodule_are_pointed_to() {
    let (inner, docs) = (Docs::new(), Docs::new());
    docs.git(&["rm", "-q", "queue.md"]);
    let from = inner.root().display().to_string();
    docs.git(&["submodule", "--quiet", "add", &from, "parts/queue"]);
    docs.commit();
    let hint = "parts/queue is a submodule, a repository of its own: `respdiff -C parts/queue` \
                reads its pages";
    for args in [&["show"][..], &["lint"], &["show", "--", "parts"]] {
        let code = if args == ["show"] { 0 } else { 2 };
        assert!(docs.ends(code, args).contains(hint), "{args:?}");
    }
    assert!(docs.ends(2, &["log", "parts/queue/queue.md"]).contains(hint));
    assert!(docs.ends(0, &["-C", "parts/queue", "show"]).contains("Copy every queue"));
    docs.git(&["submodule", "--quiet", "deinit", "-f", "parts/queue"]);
    let told = docs.ends(0, &["show"]);
    assert!(told.contains("run `git submodule update --init parts/queue`"), "{told}");
}

#[test]
fn a_sparse_checkout_changes_no_answer() {
    let docs = docs();
    docs.write("docs/queue.md", &later()).write("keep/readme.md", "# Keep\n");
    docs.write("respdiff.yaml", "version: 1\nsources: [docs]\ngate: {fail-on: scope}\n").commit();
    docs.write("docs/queue.md", PAGE).commit();
    let id = "--by Ada --reason agreed".split(' ');
    let all = docs.run(&["check", "HEAD~1..HEAD", "--format", "json"]).1;
    let json: serde_json::Value = serde_json::from_str(&all).unwrap();
    let change = json["documents"][0]["changes"][0]["id"].as_str().unwrap().to_owned();
    let ack: Vec<&str> = ["ack", change.as_str(), "HEAD~1..HEAD"].into_iter().chain(id).collect();
    docs.ends(0, &ack);
    docs.commit();
    let commands: [&[&str]; 9] = [
        &["HEAD~2..HEAD"],
        &["show"],
        &["lint"],
        &["blame"],
        &["log"],
        &["stats"],
        &["config", "show"],
        &["check", "HEAD~2"],
        &["check", "--cached", "HEAD~2"],
    ];
    let before = commands.map(|args| docs.run(args));
    docs.git(&["sparse-checkout", "set", "--no-cone", "/keep/"]);
    assert!(!docs.root().join("respdiff.yaml").exists());
    assert!(!docs.root().join(".respdiff").exists());
    for (args, before) in commands.iter().zip(before) {
        assert_eq!(docs.run(args), before, "{args:?}");
    }
    let told = docs.ends(0, &["ack", "--prune", "HEAD~2..HEAD"]);
    assert!(told.starts_with("Nothing removed: every acknowledgement"), "{told}");
}

#[test]
fn an_empty_range_says_how_far_it_looked_for_a_change() {
    let docs = Docs::new();
    docs.write("queue.md", &later()).commit();
    for day in 10..25 {
        docs.write("queue.md", &moved().replace("2026-01-10", &format!("2026-02-{day}"))).commit();
    }
    let told = docs.ends(0, &[]);
    let note = "note: no duty changed in the last 12 commits up to HEAD; `respdiff log HEAD` shows older changes\n";
    assert!(told.ends_with(note), "{told}");
    let docs = Docs::new();
    let told = docs.ends(0, &[]);
    assert!(told.ends_with("note: no duty has changed since its page was added\n"), "{told}");
}

#[test]
fn an_empty_range_finds_a_change_behind_names_that_no_page_uses() {
    let docs = Docs::new();
    let page = PAGE.replace("when a server fails", "in {{site.data.keyword.vault}}");
    docs.write("queue.md", &page).write("keyref.yaml", "keyword:\n  vault: Skyvault\n").commit();
    docs.write("keyref.yaml", "keyword:\n  vault: Moon Barn\n").commit();
    docs.write("keyref.yaml", "keyword:\n  vault: Moon Barn\n  other: Pine\n").commit();
    docs.write("queue.md", &page.replace("## Operations", "Read on.\n\n## Operations")).commit();
    docs.write("other.md", "# Other\n").commit();
    let told = docs.ends(0, &["HEAD~3..HEAD"]);
    let (_, command) = told.split_once("note: the last change is in edition ").unwrap();
    let range = command.split(['`', ' ']).find(|word| word.ends_with("^!")).unwrap();
    let told = docs.ends(0, &[range]);
    assert!(told.contains("Moon Barn") && !told.contains("Pine"), "{told}");
}

#[test]
fn what_is_not_committed_is_not_shown_below_a_commit() {
    let docs = Docs::new();
    let committed = PAGE.replace("before they are full", "in time");
    docs.write("queue.md", &committed).commit();
    docs.write("queue.md", &committed.replace("when a server fails", "at each failure"));
    let told = docs.ends(0, &["HEAD~1"]);
    let (above, below) = told.split_once("    not from a commit in this range:\n").unwrap();
    assert!(above.contains("changed in commit ") && above.contains("{+in time.+}"), "{told}");
    assert!(below.contains("{+at each failure.+}"), "{told}");
    let told = docs.ends(1, &["check", "HEAD~1", "--fail-on", "wording"]);
    assert!(told.contains("    not from a commit in this range:\n"), "{told}");
}

#[test]
fn a_line_of_the_log_names_the_commit_that_changed_a_duty() {
    let docs = Docs::new();
    docs.write("queue.md", &later()).commit();
    let before = docs.ends(0, &["log", "--oneline"]);
    docs.write("queue.md", &later().replace("## Operations", "Read on.\n\n## Operations")).commit();
    let told = docs.ends(0, &["log", "--oneline"]);
    assert_eq!(told.lines().next(), before.lines().next());
    let commit = told.split_whitespace().nth(1).unwrap();
    assert!(docs.ends(0, &[&format!("{commit}^!")]).contains("MOVED TO YOU"));
}

#[test]
fn the_way_out_of_a_path_that_matches_nothing_works() {
    let docs = Docs::new();
    docs.write("queue.md", PAGE).commit();
    docs.write("new.md", PAGE);
    for (args, way_in) in [
        (&["show", "new.md"][..], "`git add -N new.md` includes it"),
        (&["check", "--cached", "--", "new.md"], "`git add new.md` adds it"),
        (&["log", "--", "new.md"], "commit it first"),
    ] {
        let told = docs.ends(2, args);
        assert!(told.contains(way_in), "{args:?}: {told}");
    }
    // from a folder below, the name begins at the root
    docs.write("sub/queue.md", PAGE).git(&["add", "sub"]);
    let below = docs.root().join("sub");
    let below = below.to_str().unwrap();
    let told = docs.ends(0, &["-C", below, "show"]);
    assert!(told.contains(&format!("`git -C {below} add -N ':/new.md'` includes it")), "{told}");
    // with -C, the commands name the repository
    let root = docs.root().to_str().unwrap();
    let told = docs.ends(2, &["-C", root, "show", "new.md"]);
    let way_out = format!(
        "`git -C {root} add -N new.md` includes it, or read it alone with \
         `respdiff -C {root} show --no-index new.md`\n"
    );
    assert!(told.ends_with(&way_out), "{told}");
    docs.ends(0, &["-C", root, "show", "--no-index", "new.md"]);
    let told = docs.ends(2, &["-C", below, "HEAD:other.md"]);
    assert!(!told.contains("did you mean 'other.md'?"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_link_is_said_to_be_one() {
    let docs = Docs::new();
    docs.write("queue.md", PAGE).commit();
    std::os::unix::fs::symlink("queue.md", docs.root().join("link.md")).unwrap();
    assert!(!docs.ends(0, &["show"]).contains("link.md"));
    let told = docs.ends(2, &["show", "--", "link.md"]);
    assert!(told.contains("it is a symbolic link, which respdiff does not follow"), "{told}");
}

#[test]
fn a_misnamed_file_beside_the_right_one_is_not_to_be_renamed() {
    let docs = Docs::new();
    docs.write("queue.md", PAGE).write("respdiff.yaml", "version: 1\n").commit();
    docs.write("respdiff.yml", "version: 1\n").commit();
    let told = docs.ends(2, &["config", "check"]);
    assert!(told.contains("move what you need from it to respdiff.yaml, and remove it"), "{told}");
    assert!(!told.contains("mv "), "{told}");
}
