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
    let told = docs.ends(0, arguments);
    // a note of what is excluded may follow
    serde_json::Deserializer::from_str(&told).into_iter().next().unwrap().unwrap()
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

/// The published table ends at a comment between its rows.
#[test]
fn a_comment_between_rows_of_mdx_is_a_finding() {
    let docs = Docs::new();
    let page = "# Shared responsibilities\n\n| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
                | Keys | Store keys. | Make keys. |\n{/* | Old | Sweep. | Mop. | */}\n\
                | Doors {/* all */} | Shut doors each night. | Lock doors each night. |\n";
    docs.write("shared.mdx", page).commit();
    let told = docs.ends(0, &["lint", "shared.mdx"]);
    assert_eq!(told.matches("[orphan-rows]").count(), 1, "{told}");
    assert!(told.contains("shared.mdx:7:1: warning: rows without a header"), "{told}");
    assert!(told.replace("\n    ", " ").contains("an attribute line or a comment"), "{told}");
    let told = docs.ends(0, &["show", "HEAD:shared.mdx"]);
    assert!(told.contains("Lock doors each night.") && !told.contains("Sweep"), "{told}");
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
        for column in ["Ownership", "Control origination", "Implementation"] {
            let page = format!("# Controls\n\n| Control | {column} |\n|---|---|\n{lines}");
            docs.write("queue.md", &page)
                .write("respdiff.yaml", &format!("version: 1\npreset: {preset}\n"))
                .commit();
            let shown = parsed(&docs, &["show", "--format", "json"]);
            let rows_shown = shown["documents"][0]["matrices"][0]["rows"].as_array().unwrap();
            let parties: Vec<_> =
                rows_shown.iter().map(|row| row["duties"][0]["party"].as_str().unwrap()).collect();
            let expected: Vec<_> = rows.iter().map(|(_, party)| *party).collect();
            assert_eq!(parties, expected, "{preset}, {column}");
        }
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

const ASSEMBLY: &str = "= Duties for {product-title}\ninclude::_attributes/common.adoc[]\n:context: duties\n\n\
                        include::modules/matrix.adoc[leveloffset=+1]\n\ninclude::modules/other.adoc[leveloffset=+1]\n";

const MODULE: &str = "[id=\"matrix_{context}\"]\n= Responsibilities for {product-title}\n\n\
                      [cols=\"1,2a,2a\",options=\"header\"]\n|===\n|Task |Red Hat responsibilities |Customer responsibilities\n\n\
                      |Backups\n|\n* Copy every vault once a day.\n* Test the copies each quarter.\n|\n* Choose which vaults are copied.\n|===\n";

/// An assembly that includes modules through links, as large documentation sets have them: a module
/// is added, one that has nothing to do with it changes, a duty moves, a module goes.
#[cfg(unix)]
fn assemblies() -> Docs {
    let docs = Docs::new();
    let moved = MODULE
        .replace("* Test the copies each quarter.\n", "")
        .replace("are copied.\n", "are copied.\n* Test the copies each quarter.\n");
    docs.write("respdiff.yaml", &format!("{POLICY}sources: [docs]\n"))
        .write("docs/duties.adoc", ASSEMBLY)
        .write("_attributes/common.adoc", ":product-title: Skyvault\n:revdate: 2024-05-01\n")
        .write("modules/matrix.adoc", MODULE)
        .write("modules/other.adoc", "= Others\n\nText.\n");
    for folder in ["modules", "_attributes"] {
        std::os::unix::fs::symlink(format!("../{folder}"), docs.root().join("docs").join(folder))
            .unwrap();
    }
    docs.commit();
    docs.write("modules/other.adoc", "= Others\n\nMore text.\n").commit();
    docs.write("_attributes/common.adoc", ":product-title: Skyvault\n:revdate: 2024-05-03\n")
        .write("modules/matrix.adoc", &moved)
        .commit();
    fs::remove_file(docs.root().join("modules/other.adoc")).unwrap();
    docs.commit();
    docs
}

#[cfg(unix)]
#[test]
fn a_page_changes_with_the_files_that_it_includes() {
    let docs = assemblies();
    let shown = docs.ends(0, &["show", "HEAD~3"]);
    for told in ["Duties for Skyvault", "Responsibilities for Skyvault", "edition 2024-05-01"] {
        assert!(shown.contains(told), "{told}: {shown}");
    }
    assert!(!shown.contains("not-included"), "{shown}");
    let told = docs.ends(0, &["HEAD~3..HEAD"]);
    assert!(told.contains("MOVED TO YOU (1 duty)"), "{told}");
    assert!(told.contains("Red Hat → customer  Test the copies each quarter."), "{told}");
    assert!(told.contains("`modules/other.adoc` is not in the repository"), "{told}");
    let of = |range: &str| parsed(&docs, &[range, "--format", "json"]);
    let (all, one) = (of("HEAD~3..HEAD"), of("HEAD~2..HEAD~1"));
    let introduced = &all["documents"][0]["changes"][0]["introduced"]["commit"];
    assert_eq!(introduced, &one["to"]["commit"], "{all}");
    docs.ends(1, &["check", "HEAD~2..HEAD~1"]);
    docs.ends(0, &["check", "HEAD~3..HEAD~2"]);
    // an included file that went leaves a doubt
    let told = docs.ends(2, &["check", "HEAD~2..HEAD"]);
    assert!(told.contains("respdiff may have misread"), "{told}");
    for paths in [&[][..], &["--", "docs/duties.adoc"]] {
        let log = docs.ends(0, &[&["log"], paths].concat());
        assert_eq!(log.matches("MOVED TO YOU").count(), 1, "{log}");
        assert!(log.contains("2 editions"), "{log}");
    }
    let ranged = docs.ends(0, &["log", "HEAD~2..HEAD"]);
    assert!(ranged.contains("MOVED TO YOU"), "{ranged}");
    let blamed = docs.ends(0, &["blame"]);
    assert!(blamed.contains("moved from Red Hat"), "{blamed}");
    let lint = docs.ends(0, &["lint", "HEAD~1"]);
    assert!(!lint.contains("stamp-future") && !lint.contains("stamp-unchanged"), "{lint}");
    let told = docs.ends(2, &["snapshot", "--output", "accepted"]);
    assert!(told.contains("or pass `--accept` to store it as respdiff reads it"), "{told}");
    docs.ends(0, &["snapshot", "--output", "accepted", "--accept"]);
    docs.ends(0, &["check", "--baseline", "accepted"]);
    let stored = docs.read("accepted/docs/duties.adoc.yaml");
    assert!(stored.contains("Copy every vault") && !stored.contains("include::modules/matrix"));
    // what is only on disk, and what is only staged
    docs.write("modules/matrix.adoc", &MODULE.replace("once a day", "twice a day"));
    assert!(docs.ends(0, &[]).contains("[-once-] {+twice+}"));
    assert!(docs.ends(0, &["--cached"]).contains("No duty changed"));
    docs.git(&["add", "-A"]);
    assert!(docs.ends(0, &["--cached"]).contains("[-once-] {+twice+}"));
}

#[cfg(unix)]
#[test]
fn no_include_leads_out_of_the_repository() {
    let docs = Docs::new();
    let outside = docs.beside("outside.adoc");
    fs::write(&outside, "|Secret |Red Hat reads it |Nothing\n").unwrap();
    let page = "= Responsibilities\n\n[options=\"header\"]\n|===\n|Task |Red Hat |Customer\n|Keys |Store keys |Make keys\n\
                include::link.adoc[]\ninclude::folder/outside.adoc[]\ninclude::../outside.adoc[]\ninclude::loop/x.adoc[]\n|===\n";
    docs.write("respdiff.yaml", POLICY).write("duties.adoc", page);
    let link = |to: &std::path::Path, name: &str| {
        std::os::unix::fs::symlink(to, docs.root().join(name)).unwrap();
    };
    link(&outside, "link.adoc");
    link(outside.parent().unwrap(), "folder");
    link(std::path::Path::new("loop"), "loop");
    docs.commit();
    for arguments in [&["show"][..], &["show", "HEAD"], &["show", "--cached"]] {
        let shown = docs.ends(0, arguments);
        assert!(shown.contains("Store keys") && !shown.contains("Secret"), "{shown}");
        assert!(shown.contains("not-included"), "{shown}");
    }
    let alone = docs.root().join("duties.adoc");
    let shown = docs.ends(0, &["show", "--no-index", alone.to_str().unwrap()]);
    assert!(shown.contains("outside of its repository") && !shown.contains("Secret"), "{shown}");
}

#[test]
fn every_text_for_people_names_the_provider() {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.write("respdiff.yaml", &format!("{POLICY}sources: [a.adoc]\n")).commit();
    let page = |red_hat: &str, both: &str, customer: &str| {
        format!(
            "= Responsibilities\n:revdate: 2024-05-01\n\n== Vaults\n\n[options=\"header\"]\n|===\n\
             |Task |Responsibility\n|Store all keys in the vault |{red_hat}\n|Test every lock each week |{both}\n\
             |Order the racks for a new vault |{customer}\n|Sweep floors |Customer\n|===\n"
        )
    };
    docs.write("a.adoc", &page("Red Hat", "Shared", "Customer")).commit();
    docs.ends(0, &["snapshot"]);
    let later = page("Shared", "Red Hat", "Red Hat")
        .replace("2024-05-01", "2024-06-01")
        .replace("|Sweep floors |Customer\n", "|Check the doors |Red Hat\n");
    docs.write("a.adoc", &later).commit();
    let later = later.replace("keys in the vault |Shared", "keys in the vault |Customer");
    docs.write("a.adoc", &later.replace("2024-06-01", "2024-07-01")).commit();
    let html = docs.beside("report.html");
    let html = html.to_str().unwrap();
    docs.ends(0, &["report", "--output", html, "HEAD~2..HEAD"]);
    let mut texts = vec![fs::read_to_string(html).unwrap()];
    for arguments in [
        &["HEAD~2..HEAD"][..],
        &["log"],
        &["log", "--oneline"],
        &["stats"],
        &["stats", "--by", "area"],
        &["show"],
        &["blame"],
        &["notes"],
        &["lint"],
    ] {
        texts.push(docs.ends(0, arguments));
    }
    texts.push(docs.ends(1, &["check", "HEAD~2..HEAD"]));
    texts.push(docs.ends(1, &["check", "--baseline", "snapshots"]));
    for text in &texts {
        let shown = text.split("<style").next().unwrap_or_default().to_owned()
            + text.split("</style>").nth(1).unwrap_or_default();
        let at = shown.find("IBM").unwrap_or(shown.len());
        let around: String = shown[..at].chars().rev().take(200).collect();
        assert!(!shown.contains("IBM"), "{}", around.chars().rev().collect::<String>());
    }
    for told in ["MOVED TO RED HAT", "to Red Hat", "Red Hat's", "yours"] {
        assert!(texts.iter().any(|text| text.contains(told)), "{told}");
    }
    let json = docs.ends(0, &["HEAD~2..HEAD", "--format", "json"]);
    assert!(json.contains("\"ibm\"") && json.contains("\"provider\": \"Red Hat\""), "{json}");
}

/// The assembly in a folder of its own.
fn assembly_below() -> String {
    ASSEMBLY.replace("include::", "include::../")
}

/// Two assemblies that include one module, and rows that another file holds, without `sources`.
fn pages_within_pages() -> Docs {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    let matrix = MODULE.replace("\n|Backups", "\ninclude::../rows.adoc[]\n|Backups");
    docs.write("respdiff.yaml", POLICY)
        .write("a/duties.adoc", &assembly_below())
        .write("b/duties.adoc", &assembly_below())
        .write("_attributes/common.adoc", ":product-title: Skyvault\n")
        .write("rows.adoc", "|Drills\n|Plan drills each spring.\n|Take part.\n\n")
        .write("modules/other.adoc", "= Others\n\nText.\n")
        .write("modules/matrix.adoc", &matrix)
        .commit();
    let duty = "* Test the copies each quarter.\n";
    let moved = matrix.replace(duty, "").replace("are copied.\n", &format!("are copied.\n{duty}"));
    docs.write("modules/matrix.adoc", &moved).commit();
    docs.write("rows.adoc", "|Drills\n|Plan drills each autumn.\n|Take part.\n\n").commit();
    docs
}

#[test]
fn a_duty_is_reported_once_where_it_is_written() {
    let docs = pages_within_pages();
    let one_page = |arguments: &[&str]| {
        let told = parsed(&docs, arguments);
        let documents = told["documents"].as_array().unwrap().clone();
        let paths: Vec<_> = documents.iter().map(|page| page["path"].as_str().unwrap()).collect();
        assert_eq!(paths, ["modules/matrix.adoc"], "{arguments:?}: {told}");
        documents[0].clone()
    };
    let page = one_page(&["HEAD~2..HEAD", "--format", "json"]);
    let kinds: Vec<_> = page["changes"].as_array().unwrap().iter().map(|c| &c["kind"]).collect();
    assert_eq!(kinds, ["moved", "reworded"], "{page}");
    one_page(&["HEAD~1..HEAD", "--format", "json"]);
    one_page(&["show", "--format", "json"]);
    one_page(&["blame", "--format", "json"]);
    one_page(&["log", "--format", "json", "--", ":!queue.md"]);
    let told = docs.ends(1, &["check", "HEAD~2..HEAD"]);
    assert_eq!(told.matches("Test the copies each quarter.").count(), 1, "{told}");
    // a change of an assembly itself is none of a duty
    docs.write("a/duties.adoc", &assembly_below().replace("Duties", "All"));
    assert!(docs.ends(0, &[]).contains("No duty changed"));
    let (_, shown, told) = docs.run_with(&["show", "--", "a/duties.adoc"], &[]);
    let own = "`../modules/matrix.adoc` is a page of its own";
    assert!(told.contains(own), "{shown}{told}");
}

#[test]
fn an_included_page_that_sources_leave_out_is_part_of_the_page() {
    let docs = pages_within_pages();
    docs.write("respdiff.yaml", &format!("{POLICY}sources: [a]\n")).commit();
    let told = parsed(&docs, &["HEAD~3..HEAD", "--format", "json"]);
    let page = &told["documents"][0];
    assert_eq!(page["path"], "a/duties.adoc", "{told}");
    assert_eq!(page["changes"].as_array().unwrap().len(), 2, "{told}");
}

#[test]
fn a_page_says_which_of_its_files_are_pages_of_their_own() {
    let docs = pages_within_pages();
    let own = "== More\n\n[options=\"header\"]\n|===\n|Task |Red Hat |Customer\n|Locks |Oil the locks. |Turn the keys.\n|===\n";
    let page = assembly_below() + "\n" + own;
    docs.write("a/duties.adoc", &page).commit();
    let shown = parsed(&docs, &["show", "--format", "json", "--", "a"]);
    let page = &shown["documents"][0];
    assert_eq!(page["matrices"].as_array().unwrap().len(), 1, "{page}");
    let notices = page["notices"].as_array().unwrap();
    let own: Vec<_> = notices.iter().filter(|notice| notice["code"] == "own-page").collect();
    assert_eq!((own.len(), own[0]["line"].as_u64()), (1, Some(5)), "{page}");
    docs.ends(0, &["check", "HEAD~1..HEAD"]);
    let lint = docs.ends(0, &["lint", "--", "a"]);
    assert!(lint.contains("[own-page]"), "{lint}");
}

#[test]
fn cells_that_asciidoctor_leaves_out_are_told() {
    let docs = Docs::new();
    for (rows, code) in [
        ("|Keys |Store keys |Make keys\n|Doors |Shut doors\n", "short-row"),
        ("|Keys |Store keys 2+|Make keys\n|Doors |Shut doors |Open doors\n", "long-row"),
    ] {
        let page = format!(
            "= Responsibilities\n\n[options=\"header\"]\n|===\n|Task |IBM |Customer\n{rows}|===\n"
        );
        docs.write("duties.adoc", &page).commit();
        let shown = docs.ends(0, &["show", "--format", "json", "--", "duties.adoc"]);
        assert!(shown.contains(code) && shown.contains("Shut doors"), "{shown}");
        assert!(docs.ends(0, &["lint", "--", "duties.adoc"]).contains(code));
    }
    // a sign behind the last cell is no row
    let page = "= Responsibilities\n\n[options=\"header\"]\n|===\n|Task |IBM |Customer\n|Keys |Store keys |Make keys |\n|===\n";
    docs.write("duties.adoc", page).commit();
    let shown = docs.ends(0, &["show", "--format", "json", "--", "duties.adoc"]);
    assert!(!shown.contains("short-row"), "{shown}");
}

#[test]
fn a_duty_names_the_included_file_and_its_line() {
    let docs = pages_within_pages();
    let told = parsed(&docs, &["HEAD~2..HEAD", "--format", "json"]);
    let changes = told["documents"][0]["changes"].as_array().unwrap();
    let [moved, reworded] = &changes[..] else { panic!("{told}") };
    assert!(moved["new"]["included"].is_null(), "{moved}");
    let included = serde_json::json!({"path": "rows.adoc", "line": 2});
    for side in ["old", "new"] {
        assert_eq!(reworded[side]["included"], included, "{reworded}");
        // the line of the page is that of its `include::`
        assert_eq!(reworded[side]["line"], 8, "{reworded}");
    }
    let shown = parsed(&docs, &["show", "--format", "json"]);
    let rows = &shown["documents"][0]["matrices"][0]["rows"];
    assert_eq!(rows[0]["duties"][0]["included"], included, "{rows}");
    assert!(rows[1]["duties"][0]["included"].is_null(), "{rows}");
    let blamed = parsed(&docs, &["blame", "--format", "json"]);
    assert!(blamed.to_string().contains("rows.adoc"), "{blamed}");
    let text = docs.ends(0, &["HEAD~1..HEAD"]);
    assert!(text.contains("(rows.adoc, line 2)"), "{text}");
    // a notice, too
    docs.write("rows.adoc", "|Drills\n|Plan drills each {season}.\n|Take part.\n\n").commit();
    let shown = docs.ends(0, &["show", "--format", "json"]);
    assert!(shown.contains("(rows.adoc:2)"), "{shown}");
}

#[test]
fn titles_above_lists_and_names_in_cells_name_the_party() {
    let docs = Docs::new();
    docs.git(&["rm", "-q", "queue.md"]);
    let page = "= Responsibilities\n\n== Vaults\n\n.Your responsibilities\n* Open vaults.\n\n.Red Hat responsibilities\n* Guard vaults.\n\n\
                == Racks\n\n[%header,cols=\"1,2a\"]\n|===\n|Task |Responsibilities\n|Racks\n|*Red Hat*\n\n* Build racks.\n* Mend racks.\n\n\
                *Customer*\n\n* Order racks.\n|Cables |*Red Hat:* Lay cables.\n\n*Customer:* Label cables.\n|===\n";
    docs.write("respdiff.yaml", POLICY).write("a.adoc", page).commit();
    let csv = docs.ends(0, &["show", "--format", "csv"]);
    for (party, duty) in [
        ("customer", "Open vaults."),
        ("ibm", "Guard vaults."),
        ("ibm", "Mend racks."),
        ("customer", "Order racks."),
        ("ibm", "Lay cables."),
        ("customer", "Label cables."),
    ] {
        let line = csv.lines().find(|line| line.contains(duty)).unwrap_or_default();
        assert!(line.contains(party), "{duty} is {party}'s: {csv}");
    }
}
