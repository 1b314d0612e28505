//! Rows of both sides, as they are shown together.

use super::*;
use crate::diff::{Comparison, DutyLink};

/// `task: party duty, ...` a row, all in one table.
fn page(rows: &[&str]) -> Document {
    let row = |(at, line): (usize, &&str)| {
        let (task, held) = line.split_once(": ").unwrap();
        let phrase = |text: &str| Phrase { text: text.to_owned(), canonical: text.to_owned() };
        let duty = |text: &str| Duty {
            party: if text.starts_with("ibm") { Party::Ibm } else { Party::Customer },
            column: String::new(),
            phrase: phrase(text.split_once(' ').unwrap().1),
            area: None,
            line: at + 1,
            reference: false,
            lead_words: 0,
            included: None,
        };
        Row { task: phrase(task), line: at + 1, duties: held.split(", ").map(duty).collect() }
    };
    let matrix = Matrix {
        layout: Layout::PartyColumns,
        section: Vec::new(),
        line: 1,
        caption: None,
        rows: rows.iter().enumerate().map(row).collect(),
    };
    Document { matrices: vec![matrix.into()], ..Document::default() }
}

fn link(old: Option<usize>, new: Option<usize>, kind: Option<Kind>) -> DutyLink {
    DutyLink { duty: Sides::new(old, new), kind }
}

/// Each row as `old task > new task`, and each duty as `kind old>new`.
#[track_caller]
fn check(old: &[&str], new: &[&str], links: Vec<DutyLink>, expected: &[&str]) {
    check_rows(old, new, &[], links, expected);
}

/// The same where the comparison paired these rows.
#[track_caller]
fn check_rows(
    old: &[&str],
    new: &[&str],
    rows: &[(usize, usize)],
    links: Vec<DutyLink>,
    expected: &[&str],
) {
    let rows = rows.iter().map(|(old, new)| Sides::new((0, *old), (0, *new))).collect();
    let (old, new) = (page(old), page(new));
    let path = Some("quay.md".to_owned());
    let compared = Compared {
        path: Sides::new(path.clone(), path),
        commit: Sides::default(),
        page: Sides::new(Some(&old), Some(&new)),
        findings: Sides::default(),
        comparison: Comparison { links, rows, ..Comparison::default() },
    };
    let page = super::build_page(&compared);
    let mut told = Vec::new();
    for table in &page.tables {
        for row in &table.rows {
            let task = |task: &Option<String>| task.clone().unwrap_or_default();
            let duty = |duty: &DutyBeside| {
                let text = |side: &Option<(Party, String)>, here: bool| {
                    let text = side.as_ref().map(|(_, text)| text.clone());
                    text.filter(|_| here).unwrap_or_default()
                };
                let kind = duty.kind.map_or("same", Kind::name);
                let old = text(&duty.side.old, duty.here.old);
                format!("{kind} {old}>{}", text(&duty.side.new, duty.here.new))
            };
            let duties: Vec<String> = row.duties.iter().map(duty).collect();
            let tasks = format!("{} > {}", task(&row.task.old), task(&row.task.new));
            told.push(format!("{tasks}: {}", duties.join(", ")));
        }
        told.push(format!("{} unchanged", table.unchanged));
    }
    assert_eq!(told, expected);
}

#[test]
fn rows_are_told_with_what_they_were() {
    check(
        &["Ropes: ibm coil, customer check", "Lamps: ibm light"],
        &["Lamps: ibm light", "Lines: ibm coil up, customer check"],
        vec![
            link(Some(0), Some(1), Some(Kind::Reworded)),
            link(Some(1), Some(2), None),
            link(Some(2), Some(0), None),
        ],
        &["Ropes > Lines: reworded coil>coil up, same check>check", "1 unchanged"],
    );
}

#[test]
fn what_went_to_another_row_is_told_in_both() {
    check(
        &["Ropes: ibm coil, ibm check", "Lamps: ibm light"],
        &["Ropes: ibm check", "Lamps: ibm light, customer coil"],
        vec![
            link(Some(0), Some(2), Some(Kind::Moved)),
            link(Some(1), Some(0), None),
            link(Some(2), Some(1), None),
        ],
        &[
            "Ropes > Ropes: same check>check, moved coil>",
            "Lamps > Lamps: same light>light, moved >coil",
            "0 unchanged",
        ],
    );
}

#[test]
fn a_row_that_is_gone_stands_where_it_stood() {
    check(
        &["Ropes: ibm coil", "Bells: ibm ring", "Lamps: ibm light"],
        &["Ropes: ibm coil", "Flags: ibm hoist", "Lamps: ibm light"],
        vec![
            link(Some(0), Some(0), None),
            link(Some(2), Some(2), None),
            link(Some(1), None, Some(Kind::Removed)),
            link(None, Some(1), Some(Kind::Added)),
        ],
        &["Bells > : removed ring>", " > Flags: added >hoist", "2 unchanged"],
    );
}

#[test]
fn rows_stand_together_as_the_comparison_paired_them() {
    // most of what Ropes held is in Lamps now, and yet Ropes is Ropes
    check_rows(
        &["Ropes: ibm coil, ibm check, ibm dry", "Bells: ibm ring"],
        &["Ropes: ibm splice", "Lamps: ibm coil, ibm check, ibm dry well"],
        &[(0, 0), (1, 1)],
        vec![
            link(Some(0), Some(1), Some(Kind::Relocated)),
            link(Some(1), Some(2), Some(Kind::Relocated)),
            link(Some(2), Some(3), Some(Kind::Reworded)),
            link(Some(3), None, Some(Kind::Removed)),
            link(None, Some(0), Some(Kind::Added)),
        ],
        &[
            "Ropes > Ropes: added >splice, relocated coil>, relocated check>, reworded dry>",
            "Bells > : removed ring>",
            " > Lamps: relocated >coil, relocated >check, reworded >dry well",
            "0 unchanged",
        ],
    );
}
