//! References ("See ...") are counted apart from duties, in every output.

use serde_json::Value;

use super::docs::{Docs, PAGE};

const DUTY: &str = "Subscribe to the alerts.";

/// The page, then the same page with one more duty and one more reference.
fn docs() -> Docs {
    let docs = Docs::new();
    let page = PAGE.replace(DUTY, &format!("{DUTY}<br>Answer each alert.<br>See [the guide](x)."));
    docs.write("queue.md", &page.replace("01-10", "02-10")).commit();
    docs
}

fn rows(csv: &str) -> Vec<csv::StringRecord> {
    csv::Reader::from_reader(csv.as_bytes()).records().collect::<Result<_, _>>().unwrap()
}

#[test]
fn a_written_table_counts_them_apart() {
    let docs = docs();
    for command in ["show", "blame"] {
        for format in ["csv", "jsonl", "xlsx"] {
            let told = docs.ends(0, &[command, "--format", format, "-o", "duties"]);
            assert_eq!(told, "Wrote duties: 7 duties and 1 reference from 1 page.\n");
        }
    }
    let told = docs.ends(0, &["show", "HEAD~1", "--format", "csv", "-o", "duties"]);
    assert_eq!(told, "Wrote duties: 6 duties from 1 page.\n");
}

#[test]
fn a_row_of_a_change_says_whether_it_is_of_one() {
    let docs = docs();
    for command in [&["diff", "HEAD~1..HEAD"][..], &["log"]] {
        let told = docs.ends(0, &[command, &["--format", "csv"]].concat());
        let header = told.lines().next().unwrap();
        let column = header.split(',').position(|name| name == "reference").unwrap();
        let is_reference = |row: &csv::StringRecord| row[column].to_owned();
        let said: Vec<String> = rows(&told).iter().map(is_reference).collect();
        assert_eq!(said, ["false", "true"], "{command:?}");
    }
}

#[test]
fn a_script_can_subtract_them_from_the_summary() {
    let docs = docs();
    let told = docs.ends(0, &["diff", "HEAD~1..HEAD", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let summary = &told["summary"];
    assert_eq!((&summary["added"], &summary["references"]["added"]), (&2.into(), &1.into()));
    for kind in ["removed", "reworded", "relocated"] {
        assert_eq!(summary["references"][kind], 0, "{kind}");
    }
    let told = docs.ends(0, &["stats", "HEAD~1..HEAD", "--format", "json"]);
    let told: Value = serde_json::from_str(&told).unwrap();
    let summary = &told["total"]["summary"];
    assert_eq!((&summary["added"], &summary["references"]["added"]), (&1.into(), &0.into()));
    let schema = docs.ends(0, &["schema", "diff"]);
    assert!(schema.contains("subtract `references` to count duties"), "{schema}");
}

#[test]
fn one_in_a_table_that_cannot_be_read_is_no_unread_duty() {
    let docs = docs();
    let doors = "\n## Doors\n\n| Task | IBM responsibilities | Your responsibilities |\n|---|---|---|\n\
                 | Doors | Shut the doors at night. | Lock the doors of your office. |\n";
    let page = docs.read("queue.md") + doors;
    docs.write("queue.md", &page.replace("02-10", "03-10")).commit();
    let header = "| Task | IBM responsibilities | Your responsibilities |";
    let broken = page.replacen(header, "| Task | Vendor | Tenant |", 1);
    docs.write("queue.md", &broken.replace("02-10", "04-10")).commit();
    let told = docs.ends(0, &["stats", "HEAD~1..HEAD"]).replace('\n', " ");
    assert!(told.contains("9 → 2  -7"), "{told}");
    assert!(told.contains("can no longer tell who has 7 duties of 1 page"), "{told}");
    assert!(!told.contains("The counts in the table"), "{told}");
    let json = docs.ends(0, &["stats", "HEAD~1..HEAD", "--format", "json"]);
    assert!(json.contains("\"unread_duties\": 7"), "{json}");
}

#[test]
fn counts_say_that_a_duty_became_one() {
    let docs = Docs::new();
    let long = PAGE.replace(DUTY, "Subscribe to the alerts about failing servers in the console.");
    docs.write("queue.md", &long.replace("01-10", "02-10")).commit();
    let page = long.replace("Subscribe to", "For information, see how to subscribe to");
    docs.write("queue.md", &page.replace("01-10", "03-10")).commit();
    let reason = "also change if a duty is split, joined or repeated, becomes a reference, or \
                  stops being one.";
    for args in [&["stats", "HEAD~1..HEAD"][..], &["HEAD~1..HEAD", "--stat"]] {
        let told = docs.ends(0, args).replace('\n', " ");
        assert!(told.contains("No duty moved; 1 reworded"), "{args:?}: {told}");
        assert!(told.contains(reason), "{args:?}: {told}");
    }
    let told = docs.ends(0, &["HEAD~2..HEAD~1", "--stat"]);
    assert!(!told.contains("These numbers"), "{told}");
}
