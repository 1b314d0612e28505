//! Which policy `respdiff alert` goes by: the user's own, else that of each watched repository.

use std::fs;

use super::docs::{Docs, PAGE, moved};

const WATCH: &str = "Watch the length of each queue.";

/// A page whose parties only a policy knows.
fn page(provider: &str, customer: &str) -> String {
    let page = PAGE.replace("IBM responsibilities", "Foo tasks");
    let page = page.replace("Your responsibilities", "Bar tasks");
    page.replace("before they are full.", &format!("before they are full. {provider}"))
        .replace("no longer need.", &format!("no longer need. {customer}"))
}

const POLICY: &str =
    "version: 1\nprovider: Red Hat\nparties: {Foo tasks: ibm, Bar tasks: customer}\n";

const NAMES: &str = "version: 1\nparties: {Foo tasks: ibm, Bar tasks: customer}\n";

/// A repository in which the last commit moves a duty, under a policy.
fn history(policy: &str) -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", &page("", WATCH)).write("respdiff.yaml", policy).commit();
    docs.write("queue.md", &page(WATCH, "")).commit();
    docs
}

/// Both outputs of a run with a file of targets that has more keys.
#[track_caller]
fn told(docs: &Docs, keys: &str, options: &[&str]) -> String {
    let config = docs.beside("alert.yaml");
    let text = format!(
        "version: 1\n{keys}alert: {{state: alert.sqlite, targets: [{{name: ops, type: stdout, \
         format: text, filters: {{level: boundary}}}}]}}\n"
    );
    fs::write(&config, text).unwrap();
    let config = config.to_str().unwrap();
    docs.ends(0, &[&["alert", "--alert-config", config], options].concat())
}

const SINCE: [&str; 3] = ["--since", "HEAD~1", "-q"];

#[test]
fn pages_are_read_by_the_policy_of_the_watched_repository() {
    let docs = history(POLICY);
    let text = told(&docs, "", &SINCE);
    assert!(text.contains("Moved to Red Hat: customer → Red Hat"), "{text}");
    assert!(text.contains("1 duty moved to Red Hat: "), "{text}");
    assert!(text.contains(WATCH) && !text.contains("warning"), "{text}");
}

#[test]
fn a_policy_of_the_user_replaces_it() {
    let docs = history(POLICY);
    let own = docs.beside("own.yaml");
    fs::write(&own, POLICY.replace("Red Hat", "Acme")).unwrap();
    let named = [&SINCE[..], &["--config", own.to_str().unwrap()]].concat();
    let text = told(&docs, "", &named);
    assert!(text.contains("Moved to Acme"), "{text}");
    let docs = history(POLICY);
    let keys = POLICY.replace("version: 1\n", "").replace("Red Hat", "Skyvault");
    let text = told(&docs, &keys, &SINCE);
    assert!(text.contains("Moved to Skyvault"), "{text}");
}

#[test]
fn parties_that_do_not_count_for_another_key_are_named() {
    let docs = history(NAMES);
    let text = told(&docs, "stamp: [lastupdated]\n", &SINCE);
    assert!(text.contains("the `parties` of") && text.contains("copy them to it"), "{text}");
    let text = told(&docs, "levels: [{kind: added, level: wording}]\n", &SINCE);
    assert!(text.contains(WATCH) && !text.contains("copy them"), "{text}");
}

#[test]
fn a_watched_repository_cannot_silence_its_moves() {
    let docs = history(&format!("{POLICY}levels: [{{level: 'off'}}]\nsources: [drafts]\n"));
    let text = told(&docs, "", &SINCE);
    assert!(text.contains("Moved to Red Hat"), "{text}");
}

/// No commit changes the page when it can be read again: only the names of its parties are new.
#[test]
fn a_page_is_reported_that_only_new_names_made_readable_again() {
    let docs = Docs::new();
    told(&docs, "", &["-q"]);
    let renamed = |text: &str| {
        let page = text.replace("IBM responsibilities", "Foo tasks");
        page.replace("Your responsibilities", "Bar tasks")
    };
    docs.write("queue.md", &renamed(PAGE)).commit();
    let text = told(&docs, "", &["-q"]);
    assert!(text.contains("Can no longer be read: "), "{text}");
    docs.write("queue.md", &renamed(&moved())).commit();
    let text = told(&docs, "", &["-q"]);
    let warning = "warning: docs: respdiff cannot read any responsibility page of main; queue.md:";
    assert!(text.starts_with(warning), "{text}");
    docs.write("respdiff.yaml", NAMES).commit();
    let text = told(&docs, "", &["-q"]);
    assert!(text.contains("can be read again"), "{text}");
    assert!(text.contains("Copy every queue to a second site each night."), "{text}");
    assert!(text.contains("1 duty moved to you"), "{text}");
    assert_eq!(told(&docs, "", &["-q"]), "");
    // a later change is compared as ever
    docs.write("queue.md", &renamed(PAGE)).commit();
    let text = told(&docs, "", &["-q"]);
    assert!(text.contains("1 duty moved to IBM") && !text.contains("read again"), "{text}");
}

#[test]
fn a_page_that_is_the_same_is_only_said_to_be_readable_again() {
    let docs = Docs::new();
    told(&docs, "", &["-q"]);
    docs.write("queue.md", &page("", "")).commit();
    told(&docs, "", &["-q"]);
    docs.write("respdiff.yaml", NAMES).commit();
    let text = told(&docs, "", &["-q"]);
    assert!(text.contains("can be read again"), "{text}");
    assert!(!text.contains("moved"), "{text}");
    assert_eq!(told(&docs, "", &["-q"]), "");
}

/// The same of one table beside another that could always be read.
#[test]
fn a_table_is_reported_that_only_new_names_made_readable_again() {
    let page = |text: &str| {
        let doors = "\n## Doors\n\n| Task | IBM responsibilities | Your responsibilities |\n\
                     |---|---|---|\n| Doors | Shut the doors. | Lock your office. |\n";
        format!("{text}{doors}")
    };
    let renamed = |text: &str| {
        let page = page(text).replacen("IBM responsibilities", "Foo tasks", 1);
        page.replacen("Your responsibilities", "Bar tasks", 1)
    };
    let docs = Docs::new();
    docs.write("queue.md", &page(PAGE)).commit();
    told(&docs, "", &["-q"]);
    docs.write("queue.md", &renamed(PAGE)).commit();
    let text = told(&docs, "", &["-q"]);
    assert!(text.contains("(Task, Foo tasks, Bar tasks)") && !text.contains("Removed"), "{text}");
    let doors = "| Shut the doors. Lock your office. | |";
    let doors = renamed(&moved()).replace("| Shut the doors. | Lock your office. |", doors);
    docs.write("queue.md", &doors).commit();
    let text = told(&docs, "", &["-q"]);
    assert!(text.contains("1 duty moved to IBM") && !text.contains("Copy every"), "{text}");
    docs.write("respdiff.yaml", NAMES).commit();
    let text = told(&docs, "", &["-q"]);
    assert!(text.contains("line 12: the table can be read again"), "{text}");
    assert!(text.contains("1 duty moved to you") && !text.contains("Lock your"), "{text}");
    assert_eq!(told(&docs, "", &["-q"]), "");
}

#[test]
fn a_page_that_cannot_be_read_is_named_with_the_reason() {
    let docs = Docs::new();
    docs.write("queue.md", &page("", WATCH)).commit();
    let text = told(&docs, "", &[]);
    let expected = "respdiff cannot read any responsibility page of main; queue.md:12: the columns";
    assert!(text.contains(expected), "{text}");
    // a file that never was a page
    std::fs::remove_file(docs.root().join("queue.md")).unwrap();
    let table = "# Responsibilities\n\n| Step | Foo | Bar |\n|---|---|---|\n| One | Stop it. | Mend it. |\n";
    docs.write("responsibilities.md", table).commit();
    let text = told(&docs, "", &[]);
    let expected =
        "main has no responsibility page; responsibilities.md is not a responsibility page";
    assert!(text.contains(expected), "{text}");
}
