//! A table that cannot be read for a while, beside tables that can be read: its duties neither go
//! when it breaks nor come when it is repaired.

use serde_json::Value;

use super::docs::{Docs, PAGE};

const HEADER: &str = "| Task | IBM responsibilities | Your responsibilities |";
const BACKUPS: &str = "| Backups | Copy every queue to a second site each night. | Choose how long copies are kept. |";

/// The page on a day, with a second table.
fn page(day: &str) -> String {
    let doors = "\n## Doors\n\n\
        | Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
        | Doors | Shut the doors at night. | Lock the doors of your office. |\n";
    format!("{PAGE}{doors}").replace("2026-01-10", day)
}

/// The same, but the header of the first table names nobody.
fn broken(day: &str) -> String {
    page(day).replacen(HEADER, "| Task | Vendor | Tenant |", 1)
}

/// The same after the customer got a duty of the first table, or IBM did.
fn moved(day: &str, to_customer: bool) -> String {
    let row = if to_customer {
        "| Backups | | Copy every queue to a second site each night. Choose how long copies are kept. |"
    } else {
        "| Backups | Copy every queue to a second site each night. Choose how long copies are kept. | |"
    };
    page(day).replace(BACKUPS, row)
}

/// A repository in which each of these is a commit.
fn docs(versions: &[String]) -> Docs {
    let docs = Docs::new();
    for version in versions {
        docs.write("queue.md", version).commit();
    }
    docs
}

/// Both tables, the first broken, and repaired.
fn repaired() -> Docs {
    docs(&[page("2026-02-10"), broken("2026-03-10"), page("2026-04-10")])
}

/// Output without the breaks of its lines.
fn in_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn json(docs: &Docs, args: &[&str]) -> Value {
    let (code, out, err) = docs.run(&[args, &["--format", "json"]].concat());
    assert_eq!(code, 0, "{args:?}: {err}");
    serde_json::from_str(&out).unwrap()
}

/// Ids of duties and the dates since which they are held, by text.
fn held(docs: &Docs, revision: &str) -> Vec<(String, String, String)> {
    let blame = json(docs, &["blame", revision]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let duties = blame["documents"][0]["duties"].as_array().unwrap();
    let mut all: Vec<_> = duties
        .iter()
        .map(|duty| (text(&duty["text"]), text(&duty["id"]), text(&duty["since"]["last_updated"])))
        .collect();
    all.sort();
    all
}

#[test]
fn the_range_of_the_repair_adds_nothing() {
    let docs = repaired();
    let (readable, unread) = (docs.commit_id("HEAD~2"), docs.commit_id("HEAD~1"));
    let returned = format!(
        "returned line 12: the table can be read again: from commit {} of 2026-01-01 on, respdiff \
         could not tell who had which duty; compared with its last readable version, commit {} of 2026-01-01",
        &unread[..8],
        &readable[..8]
    );
    for range in ["HEAD^!", "HEAD^..HEAD"] {
        let log = in_one_line(&docs.ends(0, &["log", range]));
        assert!(log.contains("no duty changed") && log.contains(&returned), "{log}");
        let line = docs.ends(0, &["log", range, "--oneline"]);
        assert!(line.contains("no duty changed (notices: stamp-future, returned)"), "{line}");
        let log = json(&docs, &["log", range]);
        assert_eq!(log["documents"][0]["editions"][0]["changes"], Value::Array(Vec::new()));
        for by in ["edition", "change", "range"] {
            let notes = docs.ends(0, &["notes", range, "--by", by]);
            assert!(notes.starts_with("No duty changed"), "{notes}");
        }
        let stats = in_one_line(&docs.ends(0, &["stats", range]));
        assert!(stats.contains("all 8 No duty changed"), "{stats}");
        let check = in_one_line(&docs.ends(0, &["check", range, "--fail-on", "wording"]));
        assert!(check.contains("Passed: no duty changed") && check.contains(&returned), "{check}");
        let file = docs.beside("report.html");
        docs.ends(0, &["report", range, "-o", file.to_str().unwrap()]);
        let report = std::fs::read_to_string(&file).unwrap();
        assert!(report.contains("the table can be read again"), "{range}");
    }
    // two ends are compared as they are
    let diff = in_one_line(&docs.ends(0, &["HEAD^!"]));
    let range = format!("`respdiff {}..HEAD` compares it with its last", &readable[..8]);
    assert!(diff.contains("ADDED (6 duties)") && diff.contains(&range), "{diff}");
    assert!(!docs.ends(0, &["HEAD~2..HEAD"]).contains("can be read again"));
}

#[test]
fn the_edition_that_broke_it_removes_nothing() {
    let docs = repaired();
    let unread = "respdiff can no longer tell who has 6 duties; no other duty changed";
    for range in [&["HEAD~1^!"][..], &["HEAD~1"], &["HEAD~2..HEAD~1"]] {
        let log = in_one_line(&docs.ends(0, &[&["log"], range].concat()));
        assert!(log.contains(unread) && log.contains("unassigned line 12: "), "{log}");
        assert!(!log.contains("removed") && !log.contains("stamp-only"), "{log}");
        let (code, ..) = docs.run(&[&["log", "--exit-code"], range].concat());
        assert_eq!(code, 1, "{range:?}");
        let log = json(&docs, &[&["log"], range].concat());
        let edition = &log["documents"][0]["editions"][0];
        assert_eq!(
            (&edition["changes"], &edition["unread_duties"]),
            (&Value::Array(vec![]), &6.into())
        );
        let stats = in_one_line(&docs.ends(0, &[&["stats"], range].concat()));
        assert!(
            stats.contains("respdiff can no longer tell who has 6 duties of 1 page"),
            "{stats}"
        );
    }
    // both in one
    let log = docs.ends(0, &["log", "--oneline"]);
    let told = [
        "no duty changed (notices: stamp-future, returned)",
        unread,
        "2 added",
        "the first edition",
    ];
    for (line, told) in log.lines().zip(told) {
        assert!(line.contains(told), "{log}");
    }
    docs.ends(0, &["notes"]);
    let stats = in_one_line(&docs.ends(0, &["stats"]));
    assert!(stats.contains("No duty moved; 2 added."), "{stats}");
}

#[test]
fn what_changed_meanwhile_is_told_by_the_repair() {
    for (to_customer, told) in [(true, "1 duty moved to you"), (false, "1 duty moved to IBM")] {
        let after = moved("2026-05-10", to_customer);
        // still broken under another date, and with another duty
        let more =
            broken("2026-04-10").replace("Shut the doors at night.", "Shut all doors at night.");
        let after = after.replace("Shut the doors at night.", "Shut all doors at night.");
        let docs = docs(&[page("2026-02-10"), broken("2026-03-10"), more, after]);
        for range in ["HEAD^!", "HEAD~2..HEAD", "HEAD"] {
            let log = docs.ends(0, &["log", range, "--oneline"]);
            let first = log.lines().next().unwrap();
            assert!(first.contains(&format!("{told} (notices: stamp-future, returned)")), "{log}");
            let stats = in_one_line(&docs.ends(0, &["stats", range]));
            assert!(stats.contains(told) && !stats.contains("can no longer"), "{stats}");
            assert!(!stats.contains("The counts in the table"), "{stats}");
            let heading = told.replace("1 duty m", "### M");
            assert!(docs.ends(0, &["notes", range]).contains(&heading), "{range}");
        }
        let log = docs.ends(0, &["log", "HEAD~1^!", "--oneline"]);
        assert!(log.contains("1 reworded") && !log.contains("can no longer"), "{log}");
        let check = docs.ends(1, &["check", "HEAD^!"]);
        assert!(
            check.contains("Failed: 1 change at level boundary is not acknowledged."),
            "{check}"
        );
        let diff = json(&docs, &["diff", "HEAD~3..HEAD"]);
        let change = &diff["documents"][0]["changes"][0];
        assert_eq!(
            (&change["kind"], &change["introduced"]["commit"]),
            (&"moved".into(), &docs.commit_id("HEAD").into())
        );
    }
}

#[test]
fn blame_and_exports_keep_dates_and_ids() {
    for to_customer in [true, false] {
        let before = moved("2026-02-10", to_customer);
        let lost = before.replacen(HEADER, "| Task | Vendor | Tenant |", 1);
        for (breaks, repairs) in [("2026-03-10", "2026-04-10"), ("2026-02-10", "2026-02-10")] {
            let (lost, again) =
                (lost.replace("2026-02-10", breaks), before.replace("2026-02-10", repairs));
            let docs = docs(&[page("2026-01-20"), before.clone(), lost, again]);
            assert_eq!(held(&docs, "HEAD"), held(&docs, "HEAD~2"));
            assert!(docs.ends(0, &["blame", "--moved"]).contains("1 duty changed hands"));
            let csv = |revision| {
                let rows = docs.ends(0, &["show", revision, "--format", "csv"]);
                rows.replace(repairs, "2026-02-10")
            };
            assert_eq!(csv("HEAD"), csv("HEAD~2"));
            let oscal = docs.ends(0, &["oscal", "--diff", "HEAD~2..HEAD"]);
            for none in ["\"added\": []", "\"changed\": []", "\"removed\": []"] {
                assert!(oscal.contains(none), "{oscal}");
            }
        }
    }
}

#[test]
fn a_break_under_the_same_date_hides_nothing_of_its_edition() {
    for to_customer in [true, false] {
        let (after, doors) = (moved("2026-03-10", to_customer), "| Doors | Shut");
        let after = after.replace(doors, "| Bells | Ring the bell at noon. | |\n| Doors | Shut");
        let lost = after.replacen(HEADER, "| Task | Vendor | Tenant |", 1);
        let again = after.replace("2026-03-10", "2026-04-10");
        let docs = docs(&[page("2026-02-10"), after, lost, again]);
        let moved = if to_customer { "1 duty moved to you" } else { "1 duty moved to IBM" };
        let log = docs.ends(0, &["log", "--oneline"]);
        let edition = log.lines().nth(1).unwrap();
        let told = format!("{moved}; 1 added; respdiff can no longer tell who has 6 duties");
        assert!(edition.contains(&told) && edition.starts_with("2026-03-10"), "{log}");
        for view in [&["log"][..], &["log", "--stat"]] {
            let log = in_one_line(&docs.ends(0, view));
            let unread = log.matches("respdiff can no longer tell who has 6 duties").count();
            assert_eq!(unread, 1, "{log}");
        }
        for range in ["HEAD~3..HEAD", "HEAD"] {
            let notes = docs.ends(0, &["notes", range]);
            assert!(notes.contains("## 2026-03-10: ") && notes.contains("### Moved"), "{notes}");
            assert!(notes.contains("Ring the bell at noon."), "{notes}");
            let stats = in_one_line(&docs.ends(0, &["stats", range]));
            assert!(stats.contains(moved) && !stats.contains("The counts in the table"), "{stats}");
        }
        // what nobody repaired is left out, what is known is not
        let notes = docs.ends(2, &["notes", "HEAD~3..HEAD~1"]);
        assert!(
            notes.contains("### Moved") && notes.contains("queue.md:12: its duties"),
            "{notes}"
        );
    }
}

#[test]
fn alerts_say_once_that_it_is_unread_and_once_that_it_is_back() {
    for (to_customer, told) in [(true, "moved to you"), (false, "moved to IBM")] {
        let docs = docs(&[
            page("2026-02-10"),
            broken("2026-03-10"),
            broken("2026-04-10"),
            moved("2026-05-10", to_customer),
        ]);
        let config = docs.beside("alerts.yaml");
        let target = "{name: me, type: stdout, format: text, filters: {level: wording}}";
        let text = format!("version: 1\nalert:\n  state: alert.sqlite\n  targets: [{target}]\n");
        std::fs::write(&config, text).unwrap();
        let newest = docs.commit_id("HEAD");
        let mut alerts = Vec::new();
        for back in (0..4).rev() {
            docs.git(&["reset", "-q", "--hard", &format!("{newest}~{back}")]);
            let args = ["alert", "--config", config.to_str().unwrap()];
            let (code, out, err) =
                docs.run_with(&args, &[("RESPDIFF_NOW", "2026-06-01T12:00:00Z")]);
            assert_eq!(code, 0, "{out}{err}");
            alerts.push(out);
        }
        let [first, unread, still, back] = alerts.as_slice() else { panic!("{alerts:?}") };
        assert!(first.is_empty() && still.is_empty(), "{alerts:?}");
        assert!(
            unread.contains("line 12: the columns of this table (Task, Vendor, Tenant)"),
            "{unread}"
        );
        assert!(
            unread.starts_with("Can no longer be read: ") && !unread.contains("Removed"),
            "{unread}"
        );
        assert!(back.contains("line 12: the table can be read again"), "{back}");
        assert!(back.contains(told) && !back.contains("Added"), "{back}");
    }
}

#[test]
fn a_table_that_goes_while_it_is_unread_is_removed_then() {
    let rest = page("2026-05-10");
    let (head, tail) = rest.split_once(HEADER).unwrap();
    let gone = format!("{head}Ask us.\n\n## Doors{}", tail.split_once("## Doors").unwrap().1);
    let docs = docs(&[page("2026-02-10"), broken("2026-03-10"), broken("2026-04-10"), gone]);
    let log = docs.ends(0, &["log", "--oneline"]);
    let told = ["6 removed", "no duty changed", "can no longer tell who has 6 duties"];
    for (line, told) in log.lines().zip(told) {
        assert!(line.contains(told) && !line.contains("returned"), "{log}");
    }
    assert_eq!(docs.ends(0, &["notes", "HEAD~3..HEAD"]).matches("No longer listed").count(), 6);
    docs.ends(0, &["show", "--format", "csv"]);
}

#[test]
fn tables_that_break_one_after_the_other_are_each_compared_with_their_own_last_version() {
    let second = "| Task | Landlord | Lodger |\n|---|---|---|\n| Doors";
    let both = |day: &str| {
        let (first, rest) = broken(day).split_once("\n## Doors").map(to_owned_pair).unwrap();
        let header = format!("{HEADER}\n|---|---|---|\n| Doors");
        format!("{first}\n## Doors{}", rest.replace(&header, second))
    };
    let first_back = |day: &str| {
        let (_, rest) = both(day).split_once("\n## Doors").map(to_owned_pair).unwrap();
        let (first, _) = moved(day, true).split_once("\n## Doors").map(to_owned_pair).unwrap();
        format!("{first}\n## Doors{rest}")
    };
    let docs = docs(&[
        page("2026-02-10"),
        broken("2026-03-10"),
        both("2026-04-10") + "\n## More\n\n" + EXTRA,
        first_back("2026-05-10") + "\n## More\n\n" + EXTRA,
        moved("2026-06-10", true) + "\n## More\n\n" + EXTRA,
    ]);
    let log = docs.ends(0, &["log", "--oneline"]);
    let told = [
        "no duty changed (notices: stamp-future, returned)",
        "1 duty moved to you (notices: stamp-future, returned)",
        "2 added; respdiff can no longer tell who has 2 duties",
        "respdiff can no longer tell who has 6 duties; no other duty changed",
    ];
    for (line, told) in log.lines().zip(told) {
        assert!(line.contains(told), "{log}");
    }
    for range in ["HEAD^!", "HEAD~2..HEAD", "HEAD~3..HEAD"] {
        let part = docs.ends(0, &["log", range, "--oneline"]);
        assert!(log.starts_with(&part), "{range}: {part}");
        let stats = in_one_line(&docs.ends(0, &["stats", range]));
        assert!(!stats.contains("can no longer") && !stats.contains("The counts"), "{stats}");
    }
}

/// A third table, which can always be read.
const EXTRA: &str = "| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
                     | Bells | Ring the bell at noon. | Answer the bell. |\n";

fn to_owned_pair((one, other): (&str, &str)) -> (String, String) {
    (one.to_owned(), other.to_owned())
}
