//! Pages of which an export would lack duties, or give them to the wrong party: it says so and ends with
//! exit code 2.

use super::docs::{Docs, PAGE};

const RACI: &str = "# Responsibilities for Acme Queue\n\n| Task | IBM | Customer |\n|---|---|---|\n\
                    | Make keys | R | A |\n| Store keys | C | R |\n";
const GRID: &str = "# Responsibilities for Acme Queue\n\n| Resource | Incidents | Changes |\n|---|---|---|\n\
                    | Queues | IBM | You |\n| Keys | You | IBM |\n| Hosts | IBM | IBM |\n";

/// A repository with this page in place of the usual one.
fn with_page(text: &str) -> Docs {
    let docs = Docs::new();
    docs.write("queue.md", text).commit();
    docs
}

/// Every export names the place; what goes to standard output is written all the same.
#[track_caller]
fn check_refused(docs: &Docs, place: &str, why: &str) {
    let (code, out, err) = docs.run(&["show", "HEAD", "--format", "csv"]);
    assert_eq!(code, 2, "{out}{err}");
    assert!(out.lines().count() > 1, "{out}");
    for args in [
        &["show", "HEAD", "--format", "csv"] as &[&str],
        &["show", "HEAD", "--format", "csv", "-o", "duties.csv"],
        &["show", "HEAD", "--format", "jsonl"],
        &["blame", "--format", "csv"],
        &["snapshot", "-o", "accepted"],
        &["oscal", "-o", "oscal"],
    ] {
        let told = docs.ends(2, args);
        assert!(told.contains(&format!("error: {place}: ")) && told.contains(why), "{told}");
    }
    for name in ["duties.csv", "accepted", "oscal"] {
        assert!(!docs.root().join(name).exists(), "{name}");
    }
    docs.ends(0, &["snapshot", "-o", "accepted", "--accept"]);
}

#[test]
fn a_row_that_the_accountable_party_holds_is_whole() {
    let docs = with_page(&format!("{RACI}| Review logs | I | A |\n"));
    let told = docs.ends(0, &["show", "HEAD", "--format", "csv", "-o", "duties.csv"]);
    assert!(told.contains("3 duties") && docs.read("duties.csv").contains("Review logs,customer"));
    docs.ends(0, &["snapshot", "-o", "accepted"]);
    docs.ends(0, &["oscal", "-o", "oscal"]);
    let told = docs.ends(0, &["lint", "HEAD", "--fail-on", "error"]);
    assert!(told.contains("[no-responsible]") && told.contains("Give one party an R"), "{told}");
}

#[test]
fn a_row_without_an_owner_is_missing() {
    let docs = with_page(RACI);
    docs.write("queue.md", &format!("{RACI}| Rotate keys | C | I |\n")).commit();
    check_refused(&docs, "queue.md:7", "row \"Rotate keys\" has no owner");
}

#[test]
fn an_open_cell_of_a_grid_is_missing() {
    let docs = with_page(GRID);
    docs.write("queue.md", &GRID.replace("| Hosts | IBM | IBM |", "| Hosts | IBM | TBD |"))
        .commit();
    let why = "\"Hosts\" has no owner under Changes: the cell says \"TBD\"";
    check_refused(&docs, "queue.md:7", why);
    let told = docs.ends(0, &["lint", "HEAD"]);
    assert!(told.contains(why) && told.contains("[orphan]"), "{told}");
    for by in ["edition", "range"] {
        let told = docs.ends(2, &["notes", "--by", by, "HEAD^!"]);
        assert!(
            told.contains("error: queue.md:7: the notes about this page may be wrong"),
            "{told}"
        );
    }
    docs.write("guide.md", "# Guide\n").commit();
    docs.ends(0, &["notes", "--by", "range", "HEAD^!"]);
}

#[test]
fn markers_of_a_merge_may_give_a_duty_to_both() {
    let docs = Docs::new();
    let row = "| Alerts | Send an alert when a server fails. | Subscribe to the alerts. |\n";
    let other = "| Alerts | | Send an alert when a server fails. Subscribe to the alerts. |\n";
    let both = format!("<<<<<<< HEAD\n{row}=======\n{other}>>>>>>> b\n");
    docs.write("queue.md", &PAGE.replace(row, &both)).commit();
    check_refused(&docs, "queue.md:16", "merge");
    for by in ["edition", "range"] {
        let told = docs.ends(2, &["notes", "--by", by, "HEAD^!"]);
        assert!(told.contains("may be wrong"), "{told}");
    }
}

#[test]
fn a_file_that_is_not_there_takes_its_rows_along() {
    let docs = Docs::new();
    let page = |rows: &str| {
        format!(
            "= Responsibilities for Acme Store\n\n|===\n|Task |IBM responsibilities |Your responsibilities\n\n\
             |Keys |Make the keys. |Store the keys.\n{rows}|===\n"
        )
    };
    docs.write("store.adoc", &page("include::rows.adoc[]\n"));
    docs.write("rows.adoc", "|Doors |Shut the doors. |Lock the doors.\n").commit();
    docs.ends(0, &["show", "HEAD", "--format", "csv"]);
    docs.remove("rows.adoc").commit();
    check_refused(&docs, "store.adoc:7", "rows.adoc");
    let told = docs.ends(2, &["notes", "--by", "range", "HEAD^!"]);
    assert!(told.contains("may be wrong"), "{told}");
}
