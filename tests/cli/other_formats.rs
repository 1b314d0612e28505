//! Pages that are not IBM's markdown: AsciiDoc, MDX, other providers, presets and stamps, through
//! every command.

use std::fs;

use serde_json::Value;

use super::docs::Docs;

const POLICY: &str = "version: 1\nprovider: Red Hat\nstamp: revdate\n";

/// The page of docs/other-formats.md in a fenced block of a language, as written there.
fn block(language: &str) -> String {
    let page = include_str!("../../docs/other-formats.md");
    let from = page.split_once(&format!("```{language}\n")).unwrap().1;
    from.split_once("```").unwrap().0.to_owned()
}

fn parsed(docs: &Docs, arguments: &[&str]) -> Value {
    serde_json::from_str(&docs.ends(0, arguments)).unwrap()
}

/// A matrix with so many commits behind it: each adds a task, the last moves a duty.
fn page(commit: usize, moved: bool) -> String {
    let row = |task: usize| {
        let days = task + 30;
        format!(
            "|Vault {task}\n|Keep copies of vault {task} for {days} days.\n\
             |Choose who opens vault {task}.\n\n"
        )
    };
    let rows: String = (0..commit).map(row).collect();
    let backup = "Test the copies of all vaults each quarter.";
    let (red_hat, customer) = if moved { ("", backup) } else { (backup, "") };
    format!(
        "= Responsibilities for Skyvault\n:revdate: 2024-{:02}-01\n\n[cols=\"1,2a,2a\",options=\"header\"]\n|===\n\
         |Task |Red Hat responsibilities |Customer responsibilities\n\n\
         |Drills\n|\n* Plan drills with the auditors.\n* {red_hat}\n|\n* Name people for drills.\n* {customer}\n\n{rows}|===\n",
        commit.min(12)
    )
    .replace("* \n", "")
}

fn history() -> Docs {
    let docs = Docs::new();
    docs.write("respdiff.yaml", POLICY).commit();
    for commit in 1..=9 {
        docs.write("modules/duties.adoc", &page(commit, false)).commit();
    }
    docs.write("modules/duties.adoc", &page(10, true)).commit();
    docs
}

#[test]
fn ten_commits_of_a_matrix_and_a_moved_duty() {
    let docs = history();
    let told = docs.ends(0, &["log", "--", "modules"]);
    assert!(told.contains("MOVED TO YOU") && told.contains("Red Hat → customer"), "{told}");
    assert_eq!(told.matches("MOVED TO").count(), 1, "{told}");
    let log = parsed(&docs, &["log", "--format", "json", "--", "modules"]);
    let editions = log["documents"][0]["editions"].as_array().unwrap();
    assert_eq!(editions.len(), 10);
    let kinds: Vec<_> =
        editions[0]["changes"].as_array().unwrap().iter().map(|change| &change["kind"]).collect();
    assert_eq!(kinds, ["moved", "added", "added"], "{}", editions[0]);
    let moved = &editions[0]["changes"][0];
    assert_eq!((moved["from"].as_str(), moved["to"].as_str()), (Some("ibm"), Some("customer")));
    for edition in &editions[1..9] {
        assert_eq!(edition["changes"].as_array().unwrap().len(), 2, "{edition}");
    }
    let told = docs.ends(1, &["check", "HEAD~1..HEAD"]);
    assert!(told.contains("Red Hat → customer"), "{told}");
    docs.ends(0, &["check", "HEAD~2..HEAD~1"]);
}

#[test]
fn every_command_reads_them() {
    let docs = history();
    let shown = docs.ends(0, &["show", "--", "modules"]);
    assert!(shown.contains("Red Hat") && !shown.contains("IBM"), "{shown}");
    let told = docs.ends(0, &["HEAD~1..HEAD", "--", "modules"]);
    assert!(told.contains("Red Hat → customer"), "{told}");
    let blamed = docs.ends(0, &["blame", "--moved", "--", "modules"]);
    assert!(blamed.contains("Test the copies") && blamed.contains("Red Hat"), "{blamed}");
    let notes = docs.ends(0, &["notes", "HEAD~1..HEAD"]);
    assert!(notes.contains("no longer Red Hat's"), "{notes}");
    let stats = docs.ends(0, &["stats", "--format", "json", "--", "modules"]);
    assert!(stats.contains("\"ibm\""), "{stats}");
    docs.ends(0, &["lint", "--", "modules"]);
    let file = docs.beside("report.html");
    docs.ends(0, &["report", "--output", file.to_str().unwrap(), "HEAD~1..HEAD"]);
    let report = fs::read_to_string(file).unwrap();
    assert!(report.contains("Red Hat") && report.contains("Test the copies"));
    let csv = docs.ends(0, &["show", "--format", "csv", "--", "modules"]);
    assert!(csv.contains("ibm") && csv.contains("Vault 3"), "{csv}");
}

#[test]
fn the_example_of_the_manual_holds() {
    let docs = Docs::new();
    let page = block("asciidoc");
    docs.write("respdiff.yaml", &block("yaml"));
    docs.write("modules/responsibilities.adoc", &page).commit();
    let duty = "* Test the copies each quarter.\n";
    let moved = page.replace(duty, "").replace("are copied.\n", &format!("are copied.\n{duty}"));
    docs.write("modules/responsibilities.adoc", &moved).commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    for line in block("text").lines() {
        assert!(told.contains(line), "{line}\n{told}");
    }
    let shown = docs.ends(0, &["show"]);
    assert!(shown.contains("if skyvault-plus") && !shown.contains("tapes"), "{shown}");
    assert!(
        shown.contains("Responsibilities for Skyvault") && shown.contains("2024-05-01"),
        "{shown}"
    );
}

#[test]
fn mdx_pages_are_read() {
    let docs = Docs::new();
    let page = "---\ntitle: Shared responsibilities\nlastupdated: 2024-03-01\n---\nimport Tabs from '@theme/Tabs'\n\n\
                <Tabs>\n  <TabItem value=\"a\">\n\n  | Task | IBM responsibilities | Your responsibilities |\n  |---|---|---|\n\
                \x20 | <Cell>Keys</Cell> | Store keys.<br />Rotate keys. | Make keys. |\n\n  </TabItem>\n</Tabs>\n";
    docs.write("guides/shared.mdx", page).commit();
    docs.write(
        "guides/shared.mdx",
        &page.replace("<br />Rotate keys. | Make", " | Rotate keys. Make"),
    )
    .commit();
    let told = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(told.contains("MOVED TO YOU") && told.contains("Shared responsibilities"), "{told}");
    // the same content under another name is the same page
    docs.git(&["mv", "guides/shared.mdx", "guides/shared.md"]);
    docs.commit();
    assert!(docs.ends(0, &["HEAD~1..HEAD"]).contains("No duty changed"));
}

#[test]
fn sources_that_no_reader_takes_are_told() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", "version: 1\nsources: ['*.rst', '*.md']\n");
    docs.write("duties.rst", "Duties\n======\n").commit();
    let (code, _, told) = docs.run_with(&["check", "HEAD~1..HEAD"], &[]);
    assert_eq!(code, 2, "{told}");
    assert!(
        told.contains(
            "`*.rst` under `sources` matches only files that respdiff does not read, such as duties.rst"
        ),
        "{told}"
    );
    for command in [&["show"][..], &["log"], &["config", "check"]] {
        let (code, _, told) = docs.run_with(command, &[]);
        assert_eq!(code, 0, "{told}");
        assert!(told.contains("that respdiff does not read"), "{command:?}: {told}");
    }
    docs.write("respdiff.yaml", "version: 1\nsources: ['*.mdx', '*.md']\n").commit();
    let (code, _, told) = docs.run_with(&["check", "HEAD~1..HEAD"], &[]);
    assert_eq!((code, told.contains("matches no page")), (0, true), "{told}");
}

#[test]
fn owner_words_of_other_schemes() {
    for (preset, rows) in [
        (
            "ccm",
            &[
                ("CSP-owned", "ibm"),
                ("CSC-owned", "customer"),
                ("Shared (Independent)", "shared"),
                ("Shared (Dependent)", "shared"),
                ("Third-party outsourced", "other:Third party"),
            ][..],
        ),
        (
            "nist",
            &[
                ("Inherited", "ibm"),
                ("Provided", "ibm"),
                ("Customer-configured", "customer"),
                ("Provided by customer", "customer"),
                ("Hybrid", "shared"),
            ],
        ),
        ("pci", &[("TPSP", "ibm"), ("Entity", "customer"), ("Shared", "shared"), ("TPSP", "ibm")]),
    ] {
        let docs = Docs::new();
        let line =
            |(at, (word, _)): (usize, &(&str, &str))| format!("| Keep log {at} | {word} |\n");
        let lines: String = rows.iter().enumerate().map(line).collect();
        let page = format!("# Controls\n\n| Control | Ownership |\n|---|---|\n{lines}");
        docs.write("queue.md", &page)
            .write("respdiff.yaml", &format!("version: 1\npreset: {preset}\n"))
            .commit();
        let shown = parsed(&docs, &["show", "--format", "json"]);
        let rows_shown = shown["documents"][0]["matrices"][0]["rows"].as_array().unwrap();
        let parties: Vec<_> =
            rows_shown.iter().map(|row| row["duties"][0]["party"].as_str().unwrap()).collect();
        let expected: Vec<_> = rows.iter().map(|(_, party)| *party).collect();
        assert_eq!(parties, expected, "{preset}");
    }
}

#[test]
fn providers_by_their_names() {
    let docs = Docs::new();
    let policy = "version: 1\nprovider: {name: Red Hat, spellings: [SRE team]}\n";
    let page = "# Owners\n\n| Duty | Owner |\n|---|---|\n| Keep one | Red Hat |\n| Keep two | SRE team |\n\
                | Keep three | Red Hat and AWS |\n| Keep four | Red Hat and the customer |\n| Keep five | AWS |\n| Keep six | IBM |\n\
                | Keep seven | Customer |\n";
    docs.write("queue.md", page).write("respdiff.yaml", policy).commit();
    let shown = parsed(&docs, &["show", "--format", "json"]);
    let rows = shown["documents"][0]["matrices"][0]["rows"].as_array().unwrap();
    let parties: Vec<_> =
        rows.iter().map(|row| row["duties"][0]["party"].as_str().unwrap()).collect();
    assert_eq!(
        parties,
        ["ibm", "ibm", "other:Red Hat and AWS", "shared", "other:AWS", "other:IBM", "customer"]
    );
}

#[test]
fn stamps_of_others() {
    for (field, head) in [
        ("ms.date", "ms.date: 05/31/2024"),
        ("updated", "updated: 31 May 2024"),
        ("last_update.date", "last_update:\n  date: May 31, 2024"),
        ("[other, updated]", "updated: 2024-05-31T10:00:00Z"),
    ] {
        let docs = Docs::new();
        let page = super::docs::PAGE.replace("lastupdated: \"2026-01-10\"", head);
        docs.write("queue.md", &page)
            .write("respdiff.yaml", &format!("version: 1\nstamp: {field}\n"))
            .commit();
        let shown = parsed(&docs, &["show", "--format", "json"]);
        let stamp = &shown["documents"][0]["stamp"];
        assert_eq!(stamp["last_updated"].as_str(), Some("2024-05-31"), "{field}: {stamp}");
    }
}

#[test]
fn a_page_without_a_date_says_so_once() {
    let docs = Docs::new();
    docs.write("respdiff.yaml", "version: 1\nprovider: Red Hat\n").commit();
    for commit in 1..=3 {
        let undated = page(commit, false).replace(":revdate:", ":other:");
        docs.write("modules/duties.adoc", &undated).commit();
    }
    let log = docs.ends(0, &["log", "--format", "json", "--", "modules"]);
    assert_eq!(log.matches("\"unstamped\"").count(), 1, "{log}");
    assert!(!log.contains("stamp-unchanged") && !log.contains("stamp-missing"), "{log}");
}

#[test]
fn what_is_wrong_with_a_page_is_told() {
    let docs = Docs::new();
    let page = "= Responsibilities\n\nifdef::x[]\n[cols=\"1,1a,1a\",options=\"header\"]\n|===\n|Task |IBM |Customer\n|Keys |Store |Make\n\
                include::../../outside.adoc[]\ninclude::duties.adoc[]\n";
    docs.write("duties.adoc", page).commit();
    let shown = docs.ends(0, &["show", "--format", "json", "--", "duties.adoc"]);
    assert_eq!(shown.matches("\"unclosed\"").count(), 2, "{shown}");
    assert_eq!(shown.matches("\"not-included\"").count(), 2, "{shown}");
}
