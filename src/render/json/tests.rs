//! What is written, held against the schemas that are published.

use chrono::{DateTime, NaiveDate};
use serde_json::Value;

use super::*;
use crate::model::{
    Burden, Change, Code, Document, Duty, Introduced, Kind, Layout, Level, Matrix, Notice, Party,
    Phrase, Place, Row, Side, Sides, Stamp, Years,
};
use crate::report::{DocumentReport, DocumentVersion, End, Report, ShownPage, Status};

fn place(party: &str, line: usize) -> Place {
    Place {
        duty: 0,
        path: None,
        section: vec!["Harbour".to_owned(), "Moorings".to_owned()],
        area: "Moorings".to_owned(),
        task: "Ropes".to_owned(),
        text: format!("{party} coils the ropes."),
        line,
        included: None,
    }
}

fn stamp() -> Stamp {
    Stamp {
        last_updated: NaiveDate::from_ymd_opt(2025, 2, 3),
        suffix: Some("b".to_owned()),
        copyright: Some(Years { first: 2020, last: 2025, open: false }),
        field: crate::model::DateField::default(),
    }
}

fn report() -> Report {
    let introduced = Introduced {
        commit: "a".repeat(40),
        time: DateTime::parse_from_rfc3339("2025-02-03T04:05:06+01:00").unwrap(),
        last_updated: NaiveDate::from_ymd_opt(2025, 2, 3),
        author_commit: None,
    };
    let change = Change {
        id: "1-abc".to_owned(),
        kind: Kind::Moved,
        party: Sides::new(Some(Party::Ibm), Some(Party::Other("Acme".to_owned()))),
        level: Level::Boundary,
        burden: Burden::None,
        similarity: Some(0.96667),
        emphasis: Vec::new(),
        reference: false,
        controls: Vec::new(),
        place: Sides::new(Some(place("IBM", 4)), Some(place("Acme", 5))),
        introduced: Some(introduced),
        worded: None,
        assigned: None,
        provider: None,
    };
    let version = |commit| Some(DocumentVersion { commit, stamp: stamp() });
    let document = DocumentReport {
        path: "a.md".to_owned(),
        old_path: None,
        status: Status::Modified,
        title: "Harbour".to_owned(),
        subcollection: None,
        version: Sides::new(version(Some("b".repeat(40))), version(None)),
        changes: vec![change],
        notices: vec![Notice::at(9, Code::ShortRow, "a cell is missing").on_side(Side::New)],
        unread: Vec::new(),
        file_stays: false,
        reads_rest: true,
        ignored: 0,
    };
    Report {
        ends: Sides::new(
            End::Commit { rev: "HEAD~5".to_owned(), commit: "b".repeat(40) },
            End::WorkingTree,
        ),
        documents: vec![document],
        loads: Vec::new(),
        givers: Vec::new(),
        ignored: 0,
        for_changes: false,
        counts_whole_pages: false,
        has_no_page: false,
        for_paths: false,
        pages_read: Sides::new(1, 1),
        notices: Vec::new(),
    }
}

#[track_caller]
fn check(schema: &[u8], written: &[u8]) {
    let schema: Value = serde_json::from_slice(schema).unwrap();
    let written: Value = serde_json::from_slice(written).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<_> = validator.iter_errors(&written).map(|e| e.to_string()).collect();
    assert!(errors.is_empty(), "{errors:?}");
}

#[test]
fn a_comparison_fits_its_schema() {
    check(&result_schema::<Report>().unwrap(), &render_result(&report()).unwrap());
    let files = Sides::new("old.md", "new.md").map(|path| End::File { path: path.to_owned() });
    let empty = Report { ends: files, documents: Vec::new(), ..report() };
    check(&result_schema::<Report>().unwrap(), &render_result(&empty).unwrap());
}

#[test]
fn the_schema_refuses_what_lacks_a_field() {
    let schema: Value = serde_json::from_slice(&result_schema::<Report>().unwrap()).unwrap();
    let mut written: Value = serde_json::from_slice(&render_result(&report()).unwrap()).unwrap();
    written["documents"][0]["changes"][0].as_object_mut().unwrap().remove("burden");
    assert!(!jsonschema::is_valid(&schema, &written));
    written["documents"] = Value::Array(Vec::new());
    assert!(jsonschema::is_valid(&schema, &written));
    written.as_object_mut().unwrap().remove("summary");
    assert!(!jsonschema::is_valid(&schema, &written));
}

#[test]
fn fields_stand_in_the_order_of_the_contract() {
    let written = String::from_utf8(render_result(&report()).unwrap()).unwrap();
    let order = [
        "schema",
        "from",
        "rev",
        "commit",
        "to",
        "documents",
        "path",
        "old_path",
        "status",
        "title",
        "subcollection",
        "last_updated",
        "suffix",
        "copyright",
        "changes",
        "id",
        "kind",
        "level",
        "burden",
        "similarity",
        "old",
        "section",
        "area",
        "task",
        "text",
        "line",
        "new",
        "introduced",
        "time",
        "author_commit",
        "notices",
        "code",
        "side",
        "message",
        "summary",
    ];
    let positions: Vec<_> =
        order.iter().map(|field| written.find(&format!("\"{field}\":")).unwrap()).collect();
    assert!(positions.is_sorted(), "{positions:?}");
    assert!(written.contains("\"similarity\": 0.97,"));
    assert!(written.contains("\"to\": \"other:Acme\","));
    assert!(written.ends_with("}\n"));
}

#[test]
fn the_working_tree_has_no_commit() {
    let written: Value = serde_json::from_slice(&render_result(&report()).unwrap()).unwrap();
    assert_eq!(
        written["to"],
        serde_json::json!({"rev": null, "commit": null, "working_tree": true})
    );
    assert_eq!(written["documents"][0]["to"]["commit"], Value::Null);
    assert_eq!(written["documents"][0]["to"]["suffix"], "b");
}

#[test]
fn matrices_fit_their_schema() {
    let phrase = |text: &str| Phrase { text: text.to_owned(), canonical: text.to_lowercase() };
    let duty = Duty {
        party: Party::Shared,
        column: "Owner".to_owned(),
        phrase: phrase("Light the beacon"),
        area: None,
        line: 5,
        reference: false,
        lead_words: 0,
        included: None,
    };
    let row = Row { task: phrase("Beacon"), line: 5, duties: vec![duty] };
    let matrix = Matrix {
        layout: Layout::OwnerList,
        section: vec![phrase("Coast")],
        line: 3,
        caption: None,
        rows: vec![row],
    };
    let document =
        Document { matrices: vec![matrix.into()], stamp: stamp(), ..Document::default() };
    let pages = vec![ShownPage::new("a.md".to_owned(), document)];
    check(&result_schema::<Vec<ShownPage>>().unwrap(), &render_result(&pages).unwrap());
    let yaml = crate::render::yaml::render_matrix(&pages).unwrap();
    assert!(String::from_utf8(yaml).unwrap().contains("- party: shared\n"));
}
