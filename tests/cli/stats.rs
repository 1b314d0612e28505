//! Who has how much to do.

use serde_json::Value;

use super::docs::{Docs, PAGE};
use super::{demo_folder, refused, respdiff, stdout};

fn demo() -> &'static str {
    demo_folder().to_str().unwrap()
}

fn json(arguments: &[&str]) -> Value {
    let told = stdout(&[&["-C", demo(), "stats", "--format", "json"], arguments].concat());
    let told: Value = serde_json::from_str(&told).unwrap();
    let schema: Value = serde_json::from_str(&stdout(&["schema", "stats"])).unwrap();
    let errors: Vec<_> = jsonschema::validator_for(&schema)
        .unwrap()
        .iter_errors(&told)
        .map(|error| error.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
    told
}

#[test]
fn the_whole_history_counts_from_the_first_edition() {
    let told = json(&[]);
    assert_eq!(told["schema"], "respdiff.stats/1");
    assert_eq!(told["by"], "party");
    assert_eq!(told["bounded"], false);
    let total = &told["total"];
    assert_eq!(total["parties"]["ibm"], serde_json::json!({"from": 6, "to": 9}));
    assert_eq!(total["points"].as_array().unwrap().len(), 6);
    assert_eq!(total["points"][0]["last_updated"], "2023-11-20");
    assert_eq!(total["points"][5]["duties"]["ibm"], 9);
    assert_eq!(total["shift"], -1);
    assert_eq!(total["summary"]["moved"], 1);
    assert_eq!(told["groups"], Value::Array(Vec::new()));
}

#[test]
fn numbers_are_those_of_log() {
    let told = json(&[]);
    let log = stdout(&["-C", demo(), "log", "--format", "json", "--reverse"]);
    let log: Value = serde_json::from_str(&log).unwrap();
    let editions = log["documents"][0]["editions"].as_array().unwrap();
    let points = told["total"]["points"].as_array().unwrap();
    assert_eq!(points.len(), editions.len());
    for (point, edition) in points.iter().zip(editions) {
        assert_eq!(point["duties"], edition["duties"]);
        assert_eq!(point["commit"], edition["commits"][0]["commit"]);
        assert_eq!(point["last_updated"], edition["last_updated"]);
    }
}

#[test]
fn groups_add_up_to_the_total() {
    for by in ["area", "document"] {
        for range in ["HEAD", "HEAD~5..HEAD"] {
            let told = json(&["--by", by, range]);
            let groups = told["groups"].as_array().unwrap();
            assert!(!groups.is_empty());
            for party in ["ibm", "customer", "shared"] {
                for end in ["from", "to"] {
                    let of = |track: &Value| track["parties"][party][end].as_u64().unwrap();
                    let sum: u64 = groups.iter().map(of).sum();
                    assert_eq!(sum, of(&told["total"]), "{by} {range} {party} {end}");
                }
            }
            let shift = |track: &Value| track["shift"].as_i64().unwrap();
            let shifts: Vec<i64> = groups.iter().map(shift).collect();
            assert_eq!(shifts.iter().sum::<i64>(), shift(&told["total"]), "{by} {range}");
            let moved = groups.iter().map(|track| track["summary"]["moved"].as_u64().unwrap());
            assert!(moved.is_sorted_by(|a, b| a >= b), "{by} {range}");
        }
    }
}

#[test]
fn a_range_and_a_day_count_from_what_was_there() {
    let told = json(&["HEAD~5..HEAD"]);
    assert_eq!(told["bounded"], true);
    assert_eq!(told["total"]["parties"]["ibm"], serde_json::json!({"from": 8, "to": 9}));
    let told = json(&["--since", "2025", "--until", "2025-03"]);
    assert_eq!(told["editions"], 2);
    assert_eq!(told["total"]["parties"]["ibm"]["to"], 8);
    let told = stdout(&["-C", demo(), "stats", "--", "getting-started.md"]);
    assert_eq!(told, "No responsibility page found among the given paths in 8 commits.\n");
    assert!(refused(&["-C", demo(), "stats", "--since", "soon"]).contains("`soon` is not a date"));
}

#[test]
fn a_spreadsheet_gets_a_row_a_commit_and_party() {
    let told = stdout(&["-C", demo(), "stats", "--by", "document", "--format", "csv"]);
    let mut lines = told.lines();
    let head = "repository,group,title,time,commit,last_updated,party,duties";
    assert_eq!(lines.next(), Some(head));
    let rows: Vec<Vec<&str>> = lines.map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 6 * 3);
    assert!(rows.iter().all(|row| row.len() == 8 && row[1] == "responsibilities.md"));
    assert_eq!(rows[15][5..], ["2025-04-16", "ibm", "9"]);
}

#[test]
fn several_repositories_are_told_and_one_that_fails_does_not_stop_them() {
    let run = |format: &str| {
        let arguments = ["-C", demo(), "-C", "no-such", "stats", "--format", format];
        let output = respdiff().args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2));
        assert!(
            String::from_utf8(output.stderr)
                .unwrap()
                .starts_with("error: no such folder: no-such\n")
        );
        String::from_utf8(output.stdout).unwrap()
    };
    let told: Value = serde_json::from_str(&run("json")).unwrap();
    let schema: Value = serde_json::from_str(&stdout(&["schema", "repositories"])).unwrap();
    assert!(jsonschema::is_valid(&schema, &told));
    assert_eq!(told["repositories"][0]["result"]["schema"], "respdiff.stats/1");
    assert!(told["repositories"][1]["error"].is_string());
    assert!(run("csv").lines().nth(1).unwrap().starts_with(demo()));
    assert!(run("text").starts_with("━━ "));
}

#[test]
fn dates_that_go_back_and_an_area_that_came_and_went_are_told_as_such() {
    let docs = Docs::new();
    let more =
        format!("{PAGE}\n## Drills\n\n| Task | IBM | You |\n|-|-|-|\n| All | | Run one. |\n");
    docs.write("queue.md", &more.replace("2026-01-10", "2026-01-12")).commit();
    docs.write("queue.md", &PAGE.replace("2026-01-10", "2026-01-09")).commit();
    let told = docs.ends(0, &["stats", "HEAD~2..HEAD", "--by", "area"]);
    assert!(told.starts_with("Duties by area, 2026-01-09 to 2026-01-12\n"), "{told}");
    assert!(told.contains("  Drills * "), "{told}");
    let note = "\n  * No duties at the start, and none at the end.\n";
    assert_eq!(told.matches(note).count(), 1, "{told}");
    assert!(!stdout(&["-C", demo(), "stats", "--by", "area"]).contains('*'));
    assert!(told.contains("  Operations  "), "{told}");
}

#[test]
fn lines_keep_to_the_screen() {
    for width in ["40", "60", "80", "120"] {
        let told = stdout(&["-C", demo(), "stats", "--by", "area", "--width", width]);
        let table = told.lines().filter(|line| line.starts_with("  "));
        let widest = table.map(|line| line.chars().count()).max().unwrap();
        assert!(widest <= width.parse().unwrap(), "{told}");
    }
}

#[test]
fn what_begins_later_starts_with_nothing() {
    let docs = Docs::new();
    let later = PAGE.replace("2026-01-10", "2026-02-10").replace("Operations", "Vaults");
    docs.write("vaults.md", &later).commit();
    let told = docs.ends(0, &["stats", "--by", "document"]);
    assert!(told.contains("queue.md       3         3"), "{told}");
    assert!(told.contains("vaults.md  0 → 3     0 → 3"), "{told}");
    assert!(told.contains("  all       6 → 12  +6  ▁"), "{told}");
    for args in [&["stats"][..], &["stats", "HEAD^!"]] {
        let told = docs.ends(0, args).replace('\n', " ");
        assert!(told.contains("1 page was added, with 6 duties. "), "{told}");
        assert!(!told.contains("The counts in the table also"), "{told}");
    }
}

#[test]
fn pages_without_an_edition_in_the_period_are_named() {
    let docs = Docs::new();
    docs.write("engines.md", &PAGE.replace("2026-01-10", "2026-03-01").replace("queue", "engine"));
    docs.commit();
    for args in [&["stats", "--since", "2026-02"][..], &["stats", "HEAD^!"]] {
        let told = docs.ends(0, args).replace('\n', " ");
        let last = "1 page without an edition in this period, with 6 duties, is not counted. ";
        assert!(told.ends_with(last), "{told}");
        let counts: serde_json::Value =
            serde_json::from_str(&docs.ends(0, &[args, &["--format", "json"]].concat())).unwrap();
        assert_eq!(counts["not_counted"], serde_json::json!({"pages": 1, "duties": 6}));
    }
    assert!(!docs.ends(0, &["stats"]).contains("not counted"));
    // a page that is gone has no duties to count
    docs.git(&["rm", "-q", "queue.md"]);
    docs.write("engines.md", &PAGE.replace("2026-01-10", "2026-05-01").replace("queue", "engine"));
    docs.commit();
    let told = docs.ends(0, &["stats", "--since", "2026-04"]);
    assert!(!told.contains("not counted"), "{told}");
}

#[test]
fn a_page_that_was_removed_is_named_beside_the_changes() {
    let docs = Docs::new();
    docs.write("engines.md", PAGE).commit();
    docs.git(&["rm", "-q", "queue.md"]);
    docs.commit();
    let told = docs.ends(0, &["stats"]);
    let last = "No duty changed in this period. 1 page was added, with 6 duties. \
                1 page was removed, with its 6 duties; all of them are also on another page. ";
    assert!(told.replace('\n', " ").ends_with(last), "{told}");
    docs.ends(0, &["report", "--output", "report.html"]);
    let report = std::fs::read_to_string(docs.root().join("report.html")).unwrap();
    assert!(report.contains("1 page was removed, with its 6 duties; all"), "{report}");
}

/// The text names the same numbers in the table, in the bars and in the last lines.
#[test]
fn an_area_that_came_later_starts_with_none_and_bars_start_where_the_numbers_do() {
    let docs = Docs::new();
    let later = PAGE.replace("2026-01-10", "2026-02-10")
        + "\n## Drills\n\n| Task | IBM | You |\n|-|-|-|\n| All | Plan one. | Run one. |\n";
    docs.write("queue.md", &later).commit();
    let told = docs.ends(0, &["stats", "--by", "area"]);
    let line = told.lines().find(|line| line.starts_with("  Drills")).unwrap();
    let scale = "\n  Each row of bars has its own scale, from its lowest number to its highest.\n";
    assert_eq!(told.matches(scale).count(), 1, "{told}");
    assert!(line.contains("0 → 1"), "{told}");
    assert!(!told.contains("The counts in the table also"), "{told}");
    let told = docs.ends(0, &["stats", "HEAD^!"]);
    let all = told.lines().find(|line| line.starts_with("  all")).unwrap();
    assert!(all.contains("6 → 8"), "{told}");
    let (_, narrow, _) = docs.run(&["stats", "--width", "40"]);
    assert_eq!(narrow.contains("Each row of bars"), narrow.contains('█'), "{narrow}");
}

#[test]
fn the_sum_of_editions_is_told_from_a_comparison_of_two_ends() {
    let docs = Docs::new();
    for (day, words) in [("11", "Enlarge the"), ("12", "Extend the")] {
        let page = PAGE.replace("2026-01-10", &format!("2026-01-{day}"));
        docs.write("queue.md", &page.replace("Scale the", words)).commit();
    }
    let told = docs.ends(0, &["stats", "HEAD~2..HEAD"]).replace('\n', " ");
    assert!(told.contains("2 reworded.") && told.contains("counted edition by edition"), "{told}");
    assert!(docs.ends(0, &["HEAD~2..HEAD"]).contains("1 reworded, in 1 page"));
    let told = docs.ends(0, &["stats", "HEAD~1..HEAD"]);
    assert!(!told.contains("edition by edition"), "{told}");
}
