//! `respdiff notes`: what readers get, and what becomes of a changelog.

#![allow(clippy::wildcard_enum_match_arm, reason = "a test may")]

use std::fs;
use std::path::{Path, PathBuf};

use pulldown_cmark::{Event, Options, Parser, Tag};
use respdiff::history::write::{NewCommit, write_repository};
use serde_json::Value;
use tempfile::TempDir;

use super::{demo_folder, refused, respdiff, stdout};

const AUTHOR: (&str, &str) = ("Ada", "ada@docs.example");
/// 2024-01-01T00:00:00Z
const BEGIN: i64 = 1_704_067_200;

fn demo() -> &'static str {
    demo_folder().to_str().unwrap()
}

/// A page of the invented Acme Queue: its date, and rows of task, IBM's duty and the customer's.
fn page(date: &str, rows: &[[&str; 3]]) -> String {
    let rows: Vec<String> = rows.iter().map(|row| format!("| {} |\n", row.join(" | "))).collect();
    format!(
        "---\ncopyright:\n  years: 2023, 2024\nlastupdated: \"{date}\"\nsubcollection: acme\n---\n\n\
         # Duties with Acme Queue\n{{: #duties}}\n\n## Operations\n{{: #ops}}\n\n\
         | Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n{}",
        rows.concat()
    )
}

/// A repository with one commit a day, one version each.
struct Docs {
    _home: TempDir,
    folder: PathBuf,
}

impl Docs {
    fn new(file: &str, versions: &[String]) -> Self {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("docs");
        let files: Vec<_> = versions.iter().map(|text| [(file, text.as_str())]).collect();
        let history: Vec<NewCommit<'_>> = files
            .iter()
            .zip(0_i64..)
            .map(|(files, day)| NewCommit { time: BEGIN + day * 86_400, message: "Update", files })
            .collect();
        write_repository(&folder, AUTHOR, &history).unwrap();
        Self { _home: home, folder }
    }

    fn notes(&self, arguments: &[&str]) -> String {
        stdout(&[&["-C", self.folder.to_str().unwrap(), "notes"], arguments].concat())
    }

    /// Puts the notes into a changelog; what standard error tells.
    fn prepend(&self, changelog: &Path) -> String {
        let folder = self.folder.to_str().unwrap();
        let arguments = ["-C", folder, "notes", "--prepend", changelog.to_str().unwrap()];
        let run = respdiff().args(arguments).output().unwrap();
        let told = String::from_utf8(run.stderr).unwrap();
        assert!(run.status.success(), "{told}");
        assert!(run.stdout.is_empty());
        told
    }
}

const DRAIN: [&str; 3] = ["Draining", "Drain a queue before it is moved.", "Stop all writers."];
const FIRST: [&str; 3] = ["Capacity", "Add brokers when a queue is 80% full.", "Watch your quota."];
const MORE: [&str; 3] = ["Capacity", "Add brokers when a queue is 70% full.", "Watch your quota."];

/// A page whose second edition has one commit, or two.
fn history(commits: usize) -> Vec<String> {
    let all = [
        page("2024-01-01", &[FIRST]),
        page("2024-02-01", &[MORE]),
        page("2024-02-01", &[MORE, DRAIN]),
        page("2024-03-01", &[DRAIN]),
    ];
    all[..commits].to_vec()
}

fn changelog(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("CHANGELOG.md");
    fs::write(&file, text).unwrap();
    (folder, file)
}

#[test]
fn sentences_name_task_area_and_parties() {
    let told = stdout(&[
        "-C",
        demo(),
        "notes",
        "HEAD~3..HEAD~2",
        "--commits",
        "--link-base",
        "https://docs.example/skyvault",
    ]);
    let link =
        "https://docs.example/skyvault?topic=skyvault-skyvault-responsibilities#incident-and-ops";
    let lines: Vec<&str> = told.lines().collect();
    assert_eq!(lines[1], "## 2025-01-15: Understanding your responsibilities with Skyvault");
    assert_eq!(lines[3], "### Moved to you");
    assert_eq!(
        lines[5],
        format!(
            "- **[Restore drills]({link})** (Incident and operations management): This is now your \
             responsibility, no longer IBM's: “Run a restore drill for every vault once \
             per quarter and ~~report~~ **keep** the result.” (b97832f2)"
        )
    );
    assert_eq!(lines[7], "### Added");
    assert_eq!(lines[11], "### Removed");
}

#[test]
fn json_fits_its_schema_and_is_what_templates_see() {
    let schema: Value = serde_json::from_str(&stdout(&["schema", "notes"])).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for by in ["edition", "range", "document"] {
        let told = stdout(&["-C", demo(), "notes", "--by", by, "--format", "json"]);
        let told: Value = serde_json::from_str(&told).unwrap();
        let errors: Vec<_> = validator.iter_errors(&told).map(|error| error.to_string()).collect();
        assert!(errors.is_empty(), "{by}: {errors:?}");
        assert_eq!(told["schema"], "respdiff.notes/1");
        assert_eq!(told["entries"].as_array().unwrap().len(), if by == "edition" { 4 } else { 1 });
    }
    let folder = tempfile::tempdir().unwrap();
    let template = folder.path().join("own.j2");
    let template = template.to_str().unwrap();
    let render = |source: &str| {
        fs::write(template, source).unwrap();
        ["-C", demo(), "notes", "--template", template]
    };
    let told = stdout(&render("{% for entry in entries %}{{ entry.day }} {% endfor %}@all\n"));
    assert_eq!(told, "2025-04-16 2025-01-15 2024-09-02 2024-06-10 @all\n");
    let message = refused(&render("one\n{{ entires }}\n"));
    assert!(message.starts_with(&format!("error: {template}:2: ")), "{message}");
    let message = refused(&render("one\n\n{% for x of entries %}\n"));
    assert!(message.starts_with(&format!("error: {template}:3: ")), "{message}");
}

#[test]
fn the_built_in_templates_are_what_is_rendered_by() {
    let folder = tempfile::tempdir().unwrap();
    for format in ["markdown", "text", "html"] {
        let template = folder.path().join(format);
        fs::write(&template, stdout(&["notes", "--print-template", "--format", format])).unwrap();
        let common = ["-C", demo(), "notes", "--format", format];
        let template = ["--template", template.to_str().unwrap()];
        assert_eq!(stdout(&common), stdout(&[&common[..], &template[..]].concat()), "{format}");
    }
}

#[test]
fn a_second_run_changes_nothing_and_a_grown_edition_its_own_entry() {
    let hand = "# Changelog\r\n\r\nWords of ours.\r\n\r\n## [Unreleased]\r\n\r\n* soon\r\n\r\n\
                ## 2023-12-01\r\n\r\nThe beginning.\r\n";
    let (_folder, file) = changelog(&format!("\u{feff}{hand}"));
    let read = || fs::read_to_string(&file).unwrap();
    let early = Docs::new("queue.md", &history(2));
    assert_eq!(early.prepend(&file), format!("{}: 1 entry added\n", file.display()));
    let once = read();
    assert_eq!(early.prepend(&file), format!("{}: nothing new\n", file.display()));
    assert_eq!(read(), once);
    assert_eq!(once.matches('\n').count(), once.matches("\r\n").count());

    let grown = Docs::new("queue.md", &history(4));
    let told = grown.prepend(&file);
    // the grown edition kept its date
    assert!(told.starts_with("note: entry "), "{told}");
    assert!(
        told.contains("queue.md contains a change that was made without a new date: "),
        "{told}"
    );
    assert!(
        told.ends_with(&format!("{}: 1 entry added, 1 entry updated\n", file.display())),
        "{told}"
    );
    let twice = read();
    grown.prepend(&file);
    assert_eq!(read(), twice);
    let headings: Vec<&str> = twice.lines().filter(|line| line.starts_with("## ")).collect();
    assert_eq!(
        headings,
        [
            "## [Unreleased]",
            "## 2024-03-01: Duties with Acme Queue",
            "## 2024-02-01: Duties with Acme Queue",
            "## 2023-12-01"
        ]
    );
    assert!(twice.contains("“Stop all writers.”"));
    let (before, after) = hand.split_once("## 2023").unwrap();
    assert!(twice.starts_with(&format!("\u{feff}{before}")) && twice.ends_with(after));
}

#[test]
fn an_entry_that_somebody_edited_is_not_overwritten() {
    let (_folder, file) = changelog("");
    let early = Docs::new("queue.md", &history(2));
    early.prepend(&file);
    let edited = fs::read_to_string(&file).unwrap().replace("80%", "eighty per cent");
    fs::write(&file, &edited).unwrap();
    early.prepend(&file);
    assert_eq!(fs::read_to_string(&file).unwrap(), edited);
    let grown = Docs::new("queue.md", &history(3));
    let folder = grown.folder.to_str().unwrap();
    let message = refused(&["-C", folder, "notes", "--prepend", file.to_str().unwrap()]);
    assert!(
        message.contains("the entry on line 1 of the changelog was edited by hand"),
        "{message}"
    );
    assert_eq!(fs::read_to_string(&file).unwrap(), edited);
}

#[test]
fn what_cannot_take_notes_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    let refused = |arguments: &[&str]| refused(&[&["-C", demo(), "notes"], arguments].concat());
    assert!(refused(&["--prepend", path]).contains("is a folder"));
    assert!(refused(&["--output", path]).contains("is a folder"));
    assert!(refused(&["--prepend", "/dev/null"]).contains("is not a regular file"));
    assert!(refused(&["--prepend", "x.md", "--format", "html"]).contains("markdown"));
    assert!(refused(&["--heading", "x"]).contains("--by range"));
    for url in ["http://docs.example", "javascript:alert(1)", "https://a b"] {
        assert!(refused(&["--link-base", url]).contains("--link-base"), "{url}");
    }
    assert!(
        refused(&["--format", "json", "--print-template"])
            .contains("--print-template does not apply to JSON")
    );
}

#[test]
fn files_are_written_and_pages_without_changes_told() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("notes.md");
    let file = file.to_str().unwrap();
    let run = respdiff().args(["-C", demo(), "notes", "--output", file]).output().unwrap();
    assert_eq!((run.status.code(), run.stdout.len()), (Some(0), 0));
    assert_eq!(String::from_utf8(run.stderr).unwrap(), format!("Wrote {file}: 4 entries.\n"));
    assert_eq!(fs::read_to_string(file).unwrap(), stdout(&["-C", demo(), "notes"]));
    let told = stdout(&["-C", demo(), "notes", "HEAD~4..HEAD~3", "--by", "range"]);
    // the commits stay when HEAD moves on
    let expected = "No duty changed between 4c6712a9 and 905efbe9: 1 responsibility page read.\n";
    assert_eq!(told, expected);
    let told = stdout(&["-C", demo(), "notes", "HEAD~5..HEAD", "--by", "range"]);
    assert!(told.contains("\n## Changes from 1811954e to 14afb11a\n"), "{told}");
    let told = stdout(&["-C", demo(), "notes", "HEAD~7", "--format", "text"]);
    assert_eq!(told, "No duty changed: 1 responsibility page with 1 edition read.\n");
    let told = stdout(&["-C", demo(), "notes", "--", "getting-started.md"]);
    assert_eq!(told, "No responsibility page found.\n");
    let told = stdout(&["-C", demo(), "notes", "--by", "range", "--heading", "1.4 & more"]);
    assert!(told.lines().any(|line| line == "## 1.4 & more"), "{told}");
}

#[cfg(unix)]
#[test]
fn a_pipe_is_written_into() {
    let told = stdout(&["-C", demo(), "notes", "--output", "/dev/stdout"]);
    assert_eq!(told, stdout(&["-C", demo(), "notes"]));
}

/// Text that is out for something, as a page can hold it.
const HOSTILE: [&str; 12] = [
    "Ask @everyone and @ada about #123 and acme/docs#7.",
    "End &lt;/style&gt;&lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; here.",
    "Read \\[x\\](javascript:alert(1)) and !\\[y\\](https://evil.example/pixel) now.",
    "Keep &#96;ticks&#96; and \\*stars\\* and \\_lines\\_ and ~~more~~ of it.",
    "# Not a heading of yours",
    "- Not a list of yours",
    "Clear \u{1b}[2J\u{1b}]0;owned\u{7} and \u{9b}31m the screen.",
    "Turn \u{202e}txet siht\u{202c} around.",
    "=cmd&#124;' /C calc'!A0",
    "+1+1",
    "\\@SUM(1+1)*cmd",
    "Write to evil@spam.example, www.evil.example or &lt;https://evil.example&gt;.",
];

/// A page full of it in title, area, task and duties, with an edition that adds it all.
fn hostile() -> Docs {
    let rows: Vec<[&str; 3]> = HOSTILE.iter().map(|text| [*text, text, "Nothing else."]).collect();
    let first = page("2024-01-01", &[["Queues", "Run them.", "Nothing else."]]);
    let second = page("2024-02-01", &rows)
        .replace(
            "# Duties with Acme Queue",
            "# @here &lt;script&gt; \\[x\\](javascript:y) \u{202e}",
        )
        .replace("{: #duties}", "{: #\"><script>}")
        .replace("## Operations", "## # @team &lt;img src=x&gt; \u{1b}[31m");
    Docs::new("we--ird name-->.md", &[first, second])
}

#[track_caller]
fn is_quiet(text: &str) {
    let bad = |c: char| {
        (c.is_control() && c != '\n' && c != '\r') || ('\u{202a}'..='\u{202e}').contains(&c)
    };
    assert!(!text.contains(bad), "{:?}", text.find(bad).map(|at| &text[at..]));
}

#[test]
fn markdown_keeps_a_stranger_s_text_to_itself() {
    let docs = hostile();
    for extra in [&[][..], &["--by", "range"], &["--link-base", "https://docs.example/acme"]] {
        let told = docs.notes(extra);
        is_quiet(&told);
        assert!(told.contains("@&#8203;everyone"), "{told}");
        assert!(!told.contains("@everyone") && !told.contains("#123") && !told.contains("://evil"));
        let (mut items, mut headings) = (0, 0);
        for event in Parser::new_ext(&told, Options::all()) {
            match event {
                Event::Html(html) => {
                    assert!(html.starts_with("<!-- respdiff:") && html.trim().ends_with("-->"));
                    assert_eq!(html.matches("--").count(), 2, "{html}");
                }
                Event::Start(Tag::Link { dest_url, .. }) => {
                    assert!(dest_url.starts_with("https://docs.example/acme?topic=acme-"));
                    assert!(!dest_url.contains(['<', '"', ' ']), "{dest_url}");
                }
                Event::Start(Tag::Heading { .. }) => headings += 1,
                Event::Start(Tag::Item) => items += 1,
                Event::Start(Tag::Paragraph | Tag::List(_) | Tag::Strong | Tag::HtmlBlock)
                | Event::End(_)
                | Event::Text(_) => {}
                event => panic!("{event:?} in {told}"),
            }
        }
        assert_eq!(headings, 4, "{told}");
        assert!(items > HOSTILE.len(), "{told}");
    }
}

#[test]
fn html_text_and_json_keep_a_stranger_s_text_to_themselves() {
    let docs = hostile();
    let html = docs.notes(&["--format", "html", "--link-base", "https://docs.example/acme"]);
    is_quiet(&html);
    assert!(html.contains("default-src 'none'"));
    assert_eq!(html.matches("</style").count(), 1);
    for sign in ["<script", "<img", "javascript:y\"", "onerror"] {
        assert!(!html.contains(sign), "{sign}");
    }
    assert!(html.contains("&lt;script&gt;"));
    let text = docs.notes(&["--format", "text"]);
    is_quiet(&text);
    assert!(text.contains("\\u{202e}"), "{text}");
    let json = docs.notes(&["--format", "json"]);
    assert!(!json.contains(|c: char| c.is_control() && c != '\n'));
    let told: Value = serde_json::from_str(&json).unwrap();
    assert!(told["entries"][0]["key"].as_str().unwrap().starts_with("we-%2Dird%20name-%2D%3E.md "));
}

#[test]
fn a_changelog_takes_hostile_entries_once() {
    let docs = hostile();
    let (_folder, file) = changelog("# Changelog\n");
    docs.prepend(&file);
    let once = fs::read_to_string(&file).unwrap();
    docs.prepend(&file);
    assert_eq!(fs::read_to_string(&file).unwrap(), once);
}

#[test]
fn csv_has_a_change_a_row_and_no_formula() {
    let docs = hostile();
    let folder = docs.folder.to_str().unwrap();
    let rows = |arguments: &[&str]| -> Vec<csv::StringRecord> {
        let told = stdout(arguments);
        is_quiet(&told);
        let mut reader = csv::Reader::from_reader(told.as_bytes());
        assert_eq!(reader.headers().unwrap().get(7), Some("kind"));
        reader.records().map(Result::unwrap).collect()
    };
    for arguments in [
        &["-C", folder, "--format", "csv", "HEAD~1..HEAD"][..],
        &["-C", folder, "log", "--format", "csv"],
        &["-C", folder, "-C", folder, "log", "--format", "csv"],
    ] {
        let rows = rows(arguments);
        assert!(rows.len() > HOSTILE.len());
        for cell in rows.iter().flatten() {
            let begins = cell.trim_start();
            assert!(!begins.starts_with(['=', '+', '-', '@']), "{cell}");
        }
        assert!(rows.iter().flatten().any(|cell| cell == "'=cmd|' /C calc'!A0"));
    }
    let json: Value =
        serde_json::from_str(&stdout(&["-C", demo(), "--format", "json", "HEAD~5..HEAD"])).unwrap();
    let changes = json["documents"][0]["changes"].as_array().unwrap();
    let table = rows(&["-C", demo(), "--format", "csv", "HEAD~5..HEAD"]);
    assert_eq!(table.len(), changes.len());
    for (row, change) in table.iter().zip(changes) {
        assert_eq!(row.get(6), change["id"].as_str());
        assert_eq!(row.get(7), change["kind"].as_str());
    }
}
