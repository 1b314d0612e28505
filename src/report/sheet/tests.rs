use super::*;
use crate::diff;
use crate::model::{Duty, Layout, Matrix, Phrase, Row, Stamp};
use crate::report::{DocumentVersion, Status};

fn phrase(text: &str) -> Phrase {
    Phrase { text: text.to_owned(), canonical: text.to_lowercase() }
}

fn duty(party: Party, text: &str) -> Duty {
    let column = party.to_string();
    Duty {
        party,
        column,
        phrase: phrase(text),
        area: None,
        line: 1,
        reference: false,
        lead_words: 0,
        included: None,
    }
}

/// One matrix; each row a label, IBM's duties and the customer's.
fn page(rows: &[(&str, &[&str], &[&str])]) -> Document {
    let row = |(task, ibm, you): &(&str, &[&str], &[&str])| Row {
        task: phrase(task),
        line: 1,
        duties: ibm
            .iter()
            .map(|text| duty(Party::Ibm, text))
            .chain(you.iter().map(|text| duty(Party::Customer, text)))
            .collect(),
    };
    let matrix = Matrix {
        layout: Layout::PartyColumns,
        section: vec![phrase("Watering")],
        line: 1,
        caption: None,
        rows: rows.iter().map(row).collect(),
    };
    Document { title: "Garden".to_owned(), matrices: vec![matrix.into()], ..Document::default() }
}

fn sheet(old: &Document, new: &Document) -> Sheet {
    let comparison = diff::compare_pages(Sides::new(old, new));
    let version = || Some(DocumentVersion { commit: None, stamp: Stamp::default() });
    let told = DocumentReport {
        path: "garden.md".to_owned(),
        old_path: None,
        status: Status::Modified,
        title: new.title.clone(),
        subcollection: None,
        version: Sides::new(version(), version()),
        changes: comparison.changes,
        notices: comparison.notices,
        unread: Vec::new(),
        file_stays: false,
        reads_rest: false,
        ignored: 0,
    };
    Sheet::new(told, Sides::new(Some(old), Some(new)), &comparison.links, &BTreeMap::new())
}

/// The rows as `task: party text | party text`.
fn lines(sheet: &Sheet) -> Vec<String> {
    let side = |held: &Option<HeldDuty>| {
        held.as_ref().map_or("-".to_owned(), |held| format!("{} {}", held.party, held.text))
    };
    let mut lines = Vec::new();
    for row in sheet.matrices.iter().flat_map(|matrix| &matrix.rows) {
        let task = row.task.new.as_ref().or(row.task.old.as_ref()).unwrap();
        for strand in &row.strands {
            let sign = if strand.change.is_some() { '*' } else { ' ' };
            let (old, new) = (side(&strand.duty.old), side(&strand.duty.new));
            lines.push(format!("{task}:{sign}{old} | {new}"));
        }
    }
    lines
}

#[test]
fn a_moved_duty_stands_with_each_party_once() {
    let old = page(&[
        ("Roses", &["Water the roses every morning before nine"], &["Cut the roses in autumn"]),
        ("Pond", &["Clean the pond and its two filters"], &[]),
    ]);
    let new = page(&[
        ("Roses", &[], &["Cut the roses in autumn", "Water the roses every morning before nine"]),
        ("Pond", &["Clean the pond and its two filters"], &[]),
    ]);
    let sheet = sheet(&old, &new);
    assert_eq!(
        lines(&sheet),
        [
            "Roses:*ibm Water the roses every morning before nine | \
             customer Water the roses every morning before nine",
            "Roses: customer Cut the roses in autumn | customer Cut the roses in autumn",
            "Pond: ibm Clean the pond and its two filters | ibm Clean the pond and its two filters",
        ]
    );
    let changed: Vec<bool> = sheet.matrices[0].rows.iter().map(RowPair::is_changed).collect();
    assert_eq!(changed, [true, false]);
    let ibm = Balance { before: 2, lost: 1, after: 1, ..Balance::default() };
    assert_eq!(sheet.balance[&Party::Ibm], ibm);
    let customer = Balance { before: 1, gained: 1, after: 2, ..Balance::default() };
    assert_eq!(sheet.balance[&Party::Customer], customer);
}

#[test]
fn a_row_that_is_gone_stands_where_it_stood() {
    let old = page(&[
        ("Roses", &["Water the roses every morning"], &[]),
        ("Swans", &["Feed both swans on Sundays"], &["Leave the swans alone at night"]),
        ("Pond", &["Clean the pond and its two filters"], &[]),
    ]);
    let new = page(&[
        ("Roses", &["Water the roses every morning"], &[]),
        ("Pond", &["Clean the pond and its two filters"], &[]),
    ]);
    let tasks: Vec<_> = sheet(&old, &new).matrices[0]
        .rows
        .iter()
        .map(|row| (row.task.old.clone(), row.task.new.clone()))
        .collect();
    let label = |text: &str| Some(text.to_owned());
    assert_eq!(
        tasks,
        [(label("Roses"), label("Roses")), (label("Swans"), None), (label("Pond"), label("Pond"))]
    );
}

#[test]
fn a_removed_duty_stays_with_its_row() {
    let old = page(&[("Roses", &["Water the roses every morning"], &["Guard the gate at night"])]);
    let new = page(&[("Roses", &["Water the roses every morning"], &[])]);
    assert_eq!(
        lines(&sheet(&old, &new)),
        [
            "Roses:*customer Guard the gate at night | -",
            "Roses: ibm Water the roses every morning | ibm Water the roses every morning",
        ]
    );
}

#[test]
fn a_page_that_came_or_went_has_one_side() {
    let some = page(&[("Roses", &["Water the roses every morning"], &[])]);
    let none = Document::default();
    assert_eq!(lines(&sheet(&none, &some)), ["Roses:*- | ibm Water the roses every morning"]);
    assert_eq!(lines(&sheet(&some, &none)), ["Roses:*ibm Water the roses every morning | -"]);
}
