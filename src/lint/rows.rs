//! Rows that repeat each other or say nothing.

use std::collections::{BTreeMap, BTreeSet};

use super::quotes::quoted_beginning;
use crate::model::{Code, Layout, Matrix, Notice, Party, Row};

/// Notices about the rows of one table.
pub(super) fn check_rows(matrix: &Matrix, reported: &[Notice], found: &mut Vec<Notice>) {
    let placeholders: BTreeSet<Option<usize>> =
        reported.iter().filter(|notice| notice.code == Code::Placeholder).map(|n| n.line).collect();
    let mut seen: BTreeSet<RowMeaning<'_>> = BTreeSet::new();
    for row in &matrix.rows {
        if row.duties.is_empty() {
            if !row.task.is_empty() && !placeholders.contains(&Some(row.line)) {
                found.push(nobody_has(matrix, row));
            }
            continue;
        }
        if !seen.insert(row_meaning(row)) {
            // no line number: the same flaw reads the same when lines shift
            let message = format!(
                "row {} repeats an earlier row of its table",
                quoted_beginning(&row.task.text)
            );
            found.push(Notice::at(row.line, Code::DuplicateRow, message));
        }
        repeated_duties(row, found);
    }
}

/// All that two rows must share to be one row twice.
type RowMeaning<'a> = (&'a str, BTreeSet<(&'a Party, &'a str)>);

fn row_meaning(row: &Row) -> RowMeaning<'_> {
    let duties = row.duties.iter().map(|duty| (&duty.party, duty.phrase.canonical.as_str()));
    (&row.task.canonical, duties.collect())
}

fn nobody_has(matrix: &Matrix, row: &Row) -> Notice {
    let (code, what) = match matrix.layout {
        Layout::OwnerList | Layout::Raci => (Code::Orphan, "has no owner"),
        Layout::PartyColumns | Layout::OwnerGrid | Layout::PartyLists => {
            (Code::EmptyRow, "gives no party a duty")
        }
    };
    Notice::at(row.line, code, format!("row {} {what}", quoted_beginning(&row.task.text)))
}

fn repeated_duties(row: &Row, found: &mut Vec<Notice>) {
    // of several columns of owners each gives the duty once
    let mut seen: BTreeMap<(&str, Option<&str>), Vec<&Party>> = BTreeMap::new();
    for duty in row.duties.iter().filter(|duty| !duty.reference) {
        let column = duty.area.as_ref().map(|area| area.canonical.as_str());
        let holders = seen.entry((&duty.phrase.canonical, column)).or_default();
        if holders.contains(&&duty.party) {
            let message = format!("{} is in one cell twice", quoted_beginning(&duty.phrase.text));
            found.push(Notice::at(duty.line, Code::DuplicateDuty, message));
        } else if !is_other(&duty.party) && holders.iter().any(|party| !is_other(party)) {
            let message = format!(
                "{} is listed as a duty of both parties",
                quoted_beginning(&duty.phrase.text)
            );
            found.push(Notice::at(duty.line, Code::Contradiction, message));
        }
        holders.push(&duty.party);
    }
}

/// Neither of the two duties of a reported contradiction.
fn is_other(party: &Party) -> bool {
    matches!(party, Party::Other(_))
}
