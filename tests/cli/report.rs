//! `respdiff report`: a page that is well formed, closed to what documents say, and true.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use html5gum::{Token, Tokenizer};
use sha2::{Digest, Sha256};

use super::{demo_folder, refused, respdiff, stdout};
use respdiff::history::write::{NewCommit, write_repository};

fn demo() -> &'static str {
    demo_folder().to_str().unwrap()
}

fn page(arguments: &[&str]) -> String {
    stdout(&[arguments, &["--output", "-"]].concat())
}

/// An element as it is written.
#[derive(Debug)]
struct Element {
    name: String,
    attributes: BTreeMap<String, String>,
    /// The text directly behind its tag.
    text: String,
}

const VOID: [&str; 4] = ["meta", "input", "rect", "br"];
/// What only SVG has, which closes itself.
const DRAWN: [&str; 6] = ["rect", "polyline", "polygon", "line", "circle", "path"];

/// The elements in their order; every one is closed where it has to be.
#[track_caller]
fn elements(html: &str) -> Vec<Element> {
    let mut found: Vec<Element> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut behind_start = false;
    let text = |bytes: &[u8]| String::from_utf8(bytes.to_vec()).unwrap();
    for token in Tokenizer::new(html) {
        match token.unwrap() {
            Token::StartTag(tag) => {
                let name = text(&tag.name);
                let closed = tag.self_closing && DRAWN.contains(&name.as_str());
                assert!(!tag.self_closing || closed, "<{name}/>");
                if !closed && !VOID.contains(&name.as_str()) {
                    open.push(name.clone());
                }
                let attributes =
                    tag.attributes.iter().map(|(name, value)| (text(name), text(value)));
                let attributes = attributes.collect();
                found.push(Element { name, attributes, text: String::new() });
                behind_start = true;
            }
            Token::EndTag(tag) => {
                assert_eq!(open.pop(), Some(text(&tag.name)), "{:?}", found.last());
                behind_start = false;
            }
            Token::String(words) => {
                if let Some(last) = found.last_mut().filter(|_| behind_start) {
                    last.text.push_str(&text(&words));
                }
            }
            Token::Comment(_) | Token::Doctype(_) => {}
            Token::Error(error) => panic!("{error:?} near {:?}", found.last()),
        }
    }
    assert!(open.is_empty(), "never closed: {open:?}");
    found
}

/// What holds for every page, whatever is in it.
#[track_caller]
fn check(html: &str) -> Vec<Element> {
    let elements = elements(html);
    let mut ids = BTreeSet::new();
    for element in &elements {
        for (name, value) in &element.attributes {
            assert!(!name.starts_with("on") && name != "style" && name != "src", "{element:?}");
            assert!(name != "id" || ids.insert(value.clone()), "twice: {value}");
        }
        let known =
            !["iframe", "img", "object", "embed", "link", "base"].contains(&element.name.as_str());
        assert!(known, "{element:?}");
    }
    for element in &elements {
        for (name, value) in &element.attributes {
            let named: Vec<&str> = match name.as_str() {
                "href" => vec![value.strip_prefix('#').expect("links stay on the page")],
                "aria-labelledby" => value.split(' ').collect(),
                "for" => vec![value],
                _ => Vec::new(),
            };
            for id in named {
                assert!(ids.contains(id), "{name}={id} points to a missing file");
            }
        }
    }
    let policy = policy(&elements);
    for (name, directive) in [("style", "style-src"), ("script", "script-src")] {
        let mut own = elements.iter().filter(|element| element.name == name);
        let content = &own.next().unwrap().text;
        assert!(own.next().is_none(), "one {name} only");
        let hash = STANDARD.encode(Sha256::digest(content.as_bytes()));
        assert_eq!(policy[directive], format!("'sha256-{hash}'"));
    }
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["img-src"], "'none'");
    elements
}

fn policy(elements: &[Element]) -> BTreeMap<String, String> {
    let is_policy = |element: &&Element| {
        let named = element.attributes.get("http-equiv");
        named.is_some_and(|name| name == "Content-Security-Policy")
    };
    let meta = elements.iter().find(is_policy).unwrap();
    let directives = meta.attributes["content"].split("; ").map(|directive| {
        let (name, value) = directive.split_once(' ').unwrap();
        (name.to_owned(), value.to_owned())
    });
    directives.collect()
}

/// The kinds of the changes that stand side by side.
fn side_by_side(elements: &[Element]) -> Vec<&str> {
    let in_tables = elements.iter().filter(|element| {
        let class = element.attributes.get("class").map(String::as_str);
        element.name == "tr" || (element.name == "li" && class != Some("change"))
    });
    in_tables
        .filter_map(|element| element.attributes.get("data-kind"))
        .map(String::as_str)
        .collect()
}

#[test]
fn a_range_is_told_as_diff_tells_it() {
    let html = page(&["-C", demo(), "report", "HEAD~5..HEAD"]);
    let elements = check(&html);
    let mut kinds = side_by_side(&elements);
    kinds.sort_unstable();
    let expected = ["added", "added", "added", "moved", "removed", "removed", "reworded"];
    assert_eq!(kinds, expected);
    let told = stdout(&["-C", demo(), "--format", "json", "HEAD~5..HEAD"]);
    let told: serde_json::Value = serde_json::from_str(&told).unwrap();
    for change in told["documents"][0]["changes"].as_array().unwrap() {
        let id = format!("id=\"change-{}\"", change["id"].as_str().unwrap());
        assert!(html.contains(&id), "{id}");
    }
    for words in [
        "<h1>1 duty moved to you; 3 added, 2 removed, 1 reworded</h1>",
        "<del>80%</del> full.",
        "<ins>70%</ins> full.",
        "From HEAD~5 (1811954e) to HEAD (14afb11a)",
        "4 editions, newest first",
    ] {
        assert!(html.contains(words), "{words}");
    }
}

#[test]
fn the_whole_history_goes_from_the_first_edition_to_the_newest() {
    let html = page(&["-C", demo(), "report"]);
    let elements = check(&html);
    assert_eq!(side_by_side(&elements).iter().filter(|kind| **kind == "moved").count(), 1);
    assert!(html.contains("edition 2023-11-20 → 2025-04-16"), "the scope");
    assert!(html.contains("6 editions, newest first"));
    // what each party had, got, lost and has
    let html = html.replace("\"number detail\"", "\"number\"");
    let row = |party: &str, numbers: &str| {
        let cells = numbers.split(' ').map(|number| format!("<td class=\"number\">{number}</td>"));
        let cells = cells.collect::<Vec<_>>().concat();
        let party = format!("dir=\"auto\">{party}</span></th>{cells}");
        assert!(html.contains(&party), "{party}");
    };
    row("IBM", "6 4 0 0 1 9");
    row("Customer", "5 3 1 1 0 8");
}

#[test]
fn the_timeline_is_drawn_and_told_as_a_table() {
    let html = page(&["-C", demo(), "report"]);
    let elements = check(&html);
    let svg = elements.iter().find(|element| element.name == "svg").unwrap();
    assert_eq!(svg.attributes["role"], "img");
    let desc = elements.iter().find(|element| element.name == "desc").unwrap();
    assert_eq!(desc.text.trim(), "IBM from 6 to 9, Customer from 5 to 8. 1 duty moved.");
    // a line for each party
    assert_eq!(elements.iter().filter(|element| element.name == "polyline").count(), 2);
    assert!(html.contains("<th scope=\"row\">2025-01-15</th>"));
}

#[test]
fn the_same_history_gives_the_same_bytes() {
    let arguments = ["-C", demo(), "report", "HEAD~7..HEAD"];
    assert_eq!(page(&arguments), page(&arguments));
}

#[test]
fn a_range_without_news_says_so() {
    let html = page(&["-C", demo(), "report", "HEAD~4..HEAD~3"]);
    check(&html);
    assert!(html.contains("<h1>No duty changed</h1>"));
    assert!(html.contains("no responsibility page has a new notice"));
}

const ATTACKS: [&str; 6] = [
    "<script>alert(1)</script>",
    "</style><script>alert(2)</script>",
    "`\"><svg onload=alert(3)>`",
    "[here](javascript:alert(4))",
    "`{{ 7 * 7 }}`",
    "\u{202e}gnp.exe\u{1b}[31m",
];

fn hostile(folder: &Path) {
    let page = |date: &str, turned: usize| {
        let mut text = format!(
            "---\ncopyright:\n  years: 2024\nlastupdated: \"{date}\"\n---\n\n# Gates {0}\n\n## Area \
             {0}\n\n| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n",
            ATTACKS.join(" ")
        );
        for (at, attack) in ATTACKS.iter().enumerate() {
            let mut cells = [format!("Guard gate number {at} {attack}"), String::new()];
            cells.rotate_left((at + turned) % 2);
            writeln!(text, "| Gate {at} {attack} | {} | {} |", cells[0], cells[1]).unwrap();
        }
        text
    };
    let (old, new) = (page("2024-01-01", 0), page("2024-02-02", 1));
    let path = "<b onclick=alert(5)>.md";
    let history = [
        NewCommit { time: 1_704_100_000, message: "<script>", files: &[(path, &old)] },
        NewCommit { time: 1_706_900_000, message: "</script>", files: &[(path, &new)] },
    ];
    write_repository(folder, ("Gate Keeper", "gate@example.com"), &history).unwrap();
}

#[test]
fn nothing_of_a_document_becomes_markup() {
    let parent = tempfile::tempdir().unwrap();
    let folder = parent.path().join("hostile");
    hostile(&folder);
    let folder = folder.to_str().unwrap();
    for html in [
        page(&["-C", folder, "report"]),
        page(&["-C", folder, "report", "HEAD~1..HEAD"]),
        page(&["-C", folder, "-C", demo(), "report"]),
    ] {
        let elements = check(&html);
        assert!(side_by_side(&elements).contains(&"moved"));
        assert!(!elements.iter().any(|element| element.name == "b"));
        for shown in ["&lt;script&gt;alert(1)", "onload=alert(3)", "{{ 7 * 7 }}", "\\u{202e}"] {
            assert!(html.contains(shown), "{shown}");
        }
        assert!(!html.contains(['\u{1b}', '\u{202e}']));
    }
}

#[test]
fn several_repositories_make_one_page_with_an_index() {
    let html = page(&["-C", demo(), "-C", demo(), "report"]);
    let elements = check(&html);
    assert_eq!(side_by_side(&elements).iter().filter(|kind| **kind == "moved").count(), 2);
    assert!(html.contains("href=\"#document-2\""));
    assert!(html.contains("2 responsibility pages in 2 repositories"));
    // moves are shown with their repository, and what changed most comes first
    let escaped = |path: &str| path.replace('/', "&#x2f;");
    assert!(html.contains(&format!("{}: responsibilities.md", escaped(demo()))));
    let quiet = super::docs::Docs::new();
    let quiet = quiet.root().to_str().unwrap();
    let html = page(&["-C", quiet, "-C", demo(), "report"]);
    check(&html);
    let place_of = |name: &str| html.find(&format!(">{}</th>", escaped(name))).unwrap();
    assert!(place_of(demo()) < place_of(quiet));
}

#[test]
fn a_repository_that_cannot_be_read_is_told_on_the_page_and_by_the_exit_code() {
    let run = respdiff()
        .args(["-C", "./missing", "-C", demo(), "report", "--output", "-"])
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(2));
    assert!(
        String::from_utf8(run.stderr).unwrap().starts_with("error: no such folder: ./missing\n")
    );
    let html = String::from_utf8(run.stdout).unwrap();
    check(&html);
    assert!(html.contains("Not read:"));
}

#[test]
fn a_file_is_written_whole_and_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("report.html");
    let shown = path.to_str().unwrap();
    let run = respdiff().args(["-C", demo(), "report", "--output", shown]).output().unwrap();
    assert!(run.status.success() && run.stdout.is_empty());
    let told = String::from_utf8(run.stderr).unwrap();
    assert_eq!(told, format!("Wrote {shown}: 1 page, 12 changes in 6 editions.\n"));
    assert_eq!(fs::read_to_string(&path).unwrap(), page(&["-C", demo(), "report"]));
    let message = refused(&["-C", demo(), "report", "--output", "no-such-folder/report.html"]);
    assert!(message.contains("does not exist\nhint: create the folder"), "{message}");
}

#[test]
fn a_place_to_write_to_is_needed() {
    let message = refused(&["-C", demo(), "report"]);
    assert!(message.contains("--output <FILE>"), "{message}");
}

#[test]
fn moves_of_one_place_and_commit_between_the_ends_are_one_item() {
    let docs = super::docs::Docs::new();
    let row = "| Backups | Copy every queue to a second site each night. | Choose how long copies are kept. |";
    let duties = "Copy every queue to a second site each night. Test every copy once a month.";
    let of_ibm = format!("| Backups | {duties} | Choose how long copies are kept. |");
    let of_customer = format!("| Backups | | {duties} Choose how long copies are kept. |");
    for (row_now, day) in [(of_ibm.as_str(), 11), (of_customer.as_str(), 12), ("", 13)] {
        let page = super::docs::PAGE.replace(row, row_now).replace("\n\n| Alerts", "\n| Alerts");
        docs.write("queue.md", &page.replace("2026-01-10", &format!("2026-01-{day}"))).commit();
    }
    let html = page(&["-C", docs.root().to_str().unwrap(), "report"]);
    check(&html);
    assert!(html.contains("In between, duties changed hands 2 times."), "{html}");
    assert!(html.contains("Duties changed hands 2 times in between."));
}

#[test]
fn a_move_of_a_duty_that_was_reworded_before_stands_once() {
    let docs = super::docs::Docs::new();
    let row = "| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |";
    let reworded = row.replace("when a server fails", "when a server of a queue fails");
    let moved =
        "| Alerts | | Send an alert when a server of a queue fails. Subscribe to the alerts. |";
    for (row_now, day) in [(reworded.as_str(), 11), (moved, 12)] {
        let page = super::docs::PAGE.replace(row, row_now);
        docs.write("queue.md", &page.replace("2026-01-10", &format!("2026-01-{day}"))).commit();
    }
    let html = page(&["-C", docs.root().to_str().unwrap(), "report"]);
    assert!(html.contains("1 duty moved to you"), "{html}");
    assert!(!html.contains("hands in between"), "{html}");
}
