//! Who holds each duty since when.

use serde_json::Value;

use super::docs::{Docs, PAGE, moved};
use super::{demo_folder, refused, stdout};

fn told(more: &[&str]) -> Value {
    let demo = demo_folder().to_str().unwrap();
    let text = stdout(&[&["-C", demo, "blame", "--format", "json"], more].concat());
    serde_json::from_str(&text).unwrap()
}

#[test]
fn a_duty_that_moved_is_held_since_then() {
    let told = told(&["--moved"]);
    assert_eq!(told["schema"], "respdiff.blame/1");
    let duties = told["documents"][0]["duties"].as_array().unwrap();
    assert_eq!(duties.len(), 1);
    assert_eq!(duties[0]["party"], "customer");
    assert_eq!(duties[0]["since"]["last_updated"], "2025-01-15");
    let kinds: Vec<_> = duties[0]["history"].as_array().unwrap().iter().collect();
    assert_eq!(kinds[0]["kind"], "moved");
    assert_eq!(kinds[0]["from"], "ibm");
    assert_eq!(kinds[1]["kind"], "added");
    assert_eq!(kinds[1]["from"], Value::Null);
    assert_eq!(kinds[1]["last_updated"], "2023-11-20");
}

#[test]
fn json_fits_the_published_schema() {
    let schema: Value = serde_json::from_str(&stdout(&["schema", "blame"])).unwrap();
    for revision in ["HEAD", "HEAD~7"] {
        let told = told(&[revision]);
        let errors: Vec<_> = jsonschema::validator_for(&schema)
            .unwrap()
            .iter_errors(&told)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{revision}: {errors:?}");
    }
}

#[test]
fn an_id_stays_for_life() {
    let find = |revision: &str| {
        let told = told(&["--duty", "restore drill for every vault", revision]);
        told["documents"][0]["duties"][0]["id"].as_str().unwrap().to_owned()
    };
    assert_eq!(find("HEAD"), find("HEAD~7"));
    let by_id = told(&["--duty", &find("HEAD")[..6]]);
    assert_eq!(by_id["documents"][0]["duties"][0]["id"], find("HEAD"));
}

#[test]
fn text_is_laid_out_for_the_screen() {
    let demo = demo_folder().to_str().unwrap();
    for (width, expected) in [("80", 80), ("200", 150)] {
        let text = stdout(&["-C", demo, "--width", width, "blame"]);
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= expected, "{widest}: {text}");
        assert!(text.contains("customer  Run a restore drill for every vault once per"), "{text}");
        assert!(text.ends_with("17 duties in 1 responsibility page; 1 duty changed hands.\n"));
    }
    let life = stdout(&["-C", demo, "blame", "--duty", "restore drill for every vault"]);
    assert!(life.contains("moved: IBM → customer (committed 2025-01-15)\n"), "{life}");
    assert!(life.contains("[-report-] {+keep+}"), "{life}");
}

#[test]
fn a_duty_that_is_not_there_is_an_error() {
    let demo = demo_folder().to_str().unwrap();
    let message = refused(&["-C", demo, "blame", "--duty", "water the plants"]);
    assert!(message.starts_with("error: no duty matches `water the plants`\nhint: "), "{message}");
}

/// The row "Alerts" goes to a page of its own, and IBM gets the customer's duty with it.
#[test]
fn a_duty_is_followed_to_the_page_that_it_came_from() {
    let docs = Docs::new();
    let id_in = |path: &str, words: &str| {
        let told: Value = serde_json::from_str(
            &docs.ends(0, &["blame", "--format", "json", "--duty", words, "--", path]),
        )
        .unwrap();
        told["documents"][0]["duties"][0].clone()
    };
    let before = id_in("queue.md", "Subscribe to the alerts");
    let row = "| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |\n";
    let alerts = "---\nlastupdated: \"2026-02-10\"\n---\n\n# Responsibilities for alerts\n\n\
                  | Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
                  | Alerts | Send an alert when a server fails. Subscribe to the alerts. | Read them. |\n";
    docs.write("queue.md", &PAGE.replace(row, "").replace("2026-01-10", "2026-02-10"));
    docs.write("alerts.md", alerts).commit();
    let moved = id_in("alerts.md", "Subscribe to the alerts");
    assert_eq!(moved["id"], before["id"]);
    let kinds: Vec<_> = moved["history"].as_array().unwrap().iter().collect();
    assert_eq!(kinds.len(), 2, "{moved}");
    assert_eq!((&kinds[0]["kind"], &kinds[0]["from"]), (&"moved".into(), &"customer".into()));
    assert_eq!(kinds[1]["last_updated"], "2026-01-10");
    assert_eq!(moved["since"]["last_updated"], "2026-02-10");
    let listed = docs.ends(0, &["blame", "--moved"]);
    assert!(listed.contains("1 duty changed hands, in 1 responsibility page."), "{listed}");
    // IBM's own duty was not given to anybody
    let stayed = id_in("alerts.md", "Send an alert when a server fails");
    assert_eq!(stayed["since"]["last_updated"], "2026-01-10", "{stayed}");
    assert_eq!(id_in("alerts.md", "Read them")["history"][0]["kind"], "added");
}

#[test]
fn a_commit_of_another_day_than_its_edition_is_dated() {
    // all commits are of 2026-01-01, and the page is of 2026-01-10
    let docs = Docs::new();
    docs.write("queue.md", &PAGE.replace("a server", "any server")).commit();
    let told = docs.ends(0, &["blame"]);
    assert!(
        told.contains("\n                                    committed 2026-01-01\n"),
        "{told}"
    );
    let way = "added 2026-01-10 (committed 2026-01-01),\n";
    assert!(told.contains(way), "{told}");
    let told = docs.ends(0, &["blame", "--duty", "any server"]);
    let (since, id) = ("held by IBM since 2026-01-10 (committed 2026-01-01), id ", |revision| {
        docs.commit_id(revision)[..8].to_owned()
    });
    assert!(told.contains(since), "{told}");
    for event in [
        format!("2026-01-10  {}  reworded (committed 2026-01-01)\n", id("HEAD")),
        format!("2026-01-10  {}  added: IBM (committed 2026-01-01)\n", id("HEAD~1")),
    ] {
        assert!(told.contains(&event), "{told}");
    }
    let (_, csv, _) = docs.run(&["blame", "--format", "csv"]);
    assert!(csv.lines().all(|line| line.ends_with("T00:00:00+00:00") || line.contains("duty_id")));
    // of the day of its edition, it has no second day
    docs.write("queue.md", &PAGE.replace("2026-01-10", "2026-01-01"));
    docs.git(&["add", "-A"]);
    docs.git(&["commit", "-q", "-m", "Date"]);
    docs.git(&["checkout", "-q", "--orphan", "other"]);
    docs.commit();
    let told = docs.ends(0, &["blame"]);
    assert!(told.contains("2026-01-01  ") && !told.contains("committed 20"), "{told}");
}

#[test]
fn an_uncommitted_change_has_no_date() {
    let docs = Docs::new();
    docs.write("queue.md", &moved());
    let told = docs.ends(0, &["blame"]);
    assert!(told.contains("\n    uncommitted           customer  Copy every queue"), "{told}");
    assert!(told.contains("moved from IBM (uncommitted)\n"), "{told}");
    let told = docs.ends(0, &["blame", "--duty", "copy every queue"]);
    assert!(told.contains("held by the customer (uncommitted), id "), "{told}");
    assert!(told.contains("\n    uncommitted           moved: IBM → customer\n"), "{told}");
    let (_, json, _) = docs.run(&["blame", "--format", "json"]);
    assert!(json.contains("\"last_updated\": \"2026-01-10\""), "{json}");
}
