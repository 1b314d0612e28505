//! A snapshot written and read again.

use super::*;

fn snapshot() -> Snapshot {
    let phrase = |text: &str| Phrase { text: text.to_owned(), canonical: text.to_lowercase() };
    let duty = Duty {
        party: Party::Other("Acme: 1".to_owned()),
        column: "yes".to_owned(),
        phrase: phrase("null"),
        area: None,
        line: 8,
        reference: true,
        lead_words: 0,
        included: None,
    };
    let row = Row { task: phrase("~"), line: 7, duties: vec![duty] };
    let matrix = Matrix {
        layout: Layout::OwnerGrid,
        section: vec![phrase("A: b")],
        line: 5,
        caption: None,
        rows: vec![row],
    };
    Snapshot {
        reader: "0.1.0".to_owned(),
        words: None,
        page: "docs/a.md".to_owned(),
        commit: None,
        blob: "0".repeat(40),
        document: Document { matrices: vec![matrix.into()], ..Document::default() },
        names: BTreeMap::from([("on".to_owned(), "12".to_owned())]),
        source: "---\ntitle: x\n---\n\n  trailing  \n\ttab\u{7}\u{2028}".to_owned(),
    }
}

#[test]
fn what_is_written_is_read() {
    let snapshot = snapshot();
    let text = snapshot.write().unwrap();
    assert_eq!(Snapshot::read("a.yaml", &text, &|text| text.to_lowercase()).unwrap(), snapshot);
    assert_eq!(snapshot.write().unwrap(), text);
}

#[test]
fn what_is_not_ours_is_told() {
    for text in ["", "version: 1\n", "format: respdiff.snapshot/2\n"] {
        assert!(Snapshot::read("a.yaml", text, &str::to_owned).is_err());
    }
    let cut = &snapshot().write().unwrap()[..HEAD.len() + 20];
    assert!(Snapshot::read("a.yaml", cut, &str::to_owned).is_err());
}

#[test]
fn names_of_files_lead_nowhere_and_stay_apart() {
    assert_eq!(Snapshot::file_name("docs/a b.md"), "docs/a%20b.md.yaml");
    assert_eq!(Snapshot::file_name("../../etc/x.md"), "%2E./%2E./etc/x.md.yaml");
    assert_ne!(Snapshot::file_name("a%2Fb.md"), Snapshot::file_name("a/b.md"));
    let long = |end: &str| Snapshot::file_name(&format!("{}{end}.md", "ü".repeat(500)));
    assert!(long("a").len() < 255 && long("a") != long("b"));
}
