//! Tables of party columns, and how their rows are read.

use crate::model::{Code, Layout};
use crate::normalize::fixture::{check, codes, document, matrix_lines, table};

#[test]
fn one_column_a_party() {
    check(
        "Task | {IBM_notm} responsibilities | Your responsibilities",
        &["Keys | Store keys | - Make keys\n- Rotate keys", "Vaults | N/A | Open the vault"],
        &[
            "Keys > ibm: Store keys",
            "Keys > customer: Make keys",
            "Keys > customer: Rotate keys",
            "Vaults > customer: Open the vault",
        ],
    );
}

#[test]
fn what_spans_columns_is_each_party_s() {
    let page = "<table><tr><th>Task<th>IBM<th>You<th>Vendor</tr>\
        <tr><td>Keys<td colspan=2>Count keys.<td>Sell locks.</tr>\
        <tr><td>Doors<td>Paint.<td colspan=2>Shut doors.</tr>\
        <tr><td rowspan=2>Walls<td rowspan=2 colspan=3>Guard walls.</tr><tr></tr>\
        <tr><td colspan=4>All else</table>";
    let page = crate::normalize::read_page(page.as_bytes(), &crate::normalize::Names::builtin());
    assert_eq!(
        matrix_lines(&page.matrices[0]),
        [
            "Keys > shared: Count keys.",
            "Keys > other:Vendor: Sell locks.",
            "Doors > ibm: Paint.",
            "Doors > customer: Shut doors.",
            "Doors > other:Vendor: Shut doors.",
            "Walls > shared: Guard walls.",
            "Walls > other:Vendor: Guard walls.",
        ]
    );
    let codes = crate::lint::content_findings(&page).into_iter().map(|notice| notice.code);
    assert_eq!(codes.collect::<Vec<_>>(), [Code::EmptyRow]);
}

#[test]
fn what_spans_rows_is_told_once_a_task() {
    let page = "<table><tr><th>Task<th>IBM<th>You</tr>\
        <tr><td rowspan=2>Keys<td rowspan=3>Store them.<td>Make keys.\
        <tr><td>Rotate keys.<tr><td>Doors<td>Shut them.</table>";
    let page = crate::normalize::read_page(page.as_bytes(), &crate::normalize::Names::builtin());
    assert_eq!(
        matrix_lines(&page.matrices[0]),
        [
            "Keys > ibm: Store them.",
            "Keys > customer: Make keys.",
            "Keys > customer: Rotate keys.",
            "Doors > ibm: Store them.",
            "Doors > customer: Shut them.",
        ]
    );
}

#[test]
fn short_rows_are_read() {
    let rows = ["Keys | Store keys", "Label", "Vaults | a | b | c"];
    let page = document(vec![table(" | IBM responsibilities | You", &rows)]);
    assert_eq!(
        matrix_lines(&page.matrices[0]),
        ["Keys > ibm: Store keys", "Vaults > ibm: a", "Vaults > customer: b",]
    );
    assert_eq!(page.matrices[0].rows.len(), 3);
    assert_eq!(page.matrices[0].layout, Layout::PartyColumns);
    assert!(codes(&page).is_empty());
}

#[test]
fn in_a_short_row_the_text_says_whose_it_is() {
    check(
        "Task | IBM responsibilities | Your responsibilities",
        &["Keys | You are responsible for making keys.", "Doors | Customers must shut doors."],
        &[
            "Keys > customer: You are responsible for making keys.",
            "Doors > customer: Customers must shut doors.",
        ],
    );
    check(
        "Task | Your responsibilities | IBM responsibilities",
        &["Keys | IBM is responsible for storing keys.", "Doors | Shut doors."],
        &["Keys > ibm: IBM is responsible for storing keys.", "Doors > customer: Shut doors."],
    );
}

#[test]
fn an_activity_is_the_task_and_a_blank_area_the_one_above() {
    check(
        "Area | Activity | Your responsibility | IBM responsibility",
        &["Keys | Make | Make keys | ", " | Store | | Store keys", "Vaults | Store | Shut it | "],
        &[
            "Make > customer: Make keys",
            "Store (Keys) > ibm: Store keys",
            "Store (Vaults) > customer: Shut it",
        ],
    );
}

#[test]
fn templates_yield_no_duty() {
    let header = "Task | IBM responsibilities | Your responsibilities";
    let rows = ["Task 1 | IBM responsibility description | Customer responsibility description"];
    let page = document(vec![table(header, &rows)]);
    assert!(matrix_lines(&page.matrices[0]).is_empty());
    assert!(codes(&page).iter().all(|code| *code == Code::Placeholder));
}

#[test]
fn values_are_nobody_s_duties() {
    for rows in [
        ["Uptime | 99.99% | 99.9%", "Answer | 1 hour | 24x7"],
        ["Price | Free | 5 USD", "More | 10 USD | 20 USD"],
    ] {
        assert!(document(vec![table("Metric | IBM | Customer", &rows)]).matrices.is_empty());
    }
    check(
        "Task | IBM | Customer",
        &["Keys | Rotate keys | Run 3 tests of the keys", "Doors | 2 guards | Shut doors"],
        &[
            "Keys > ibm: Rotate keys",
            "Keys > customer: Run 3 tests of the keys",
            "Doors > ibm: 2 guards",
            "Doors > customer: Shut doors",
        ],
    );
}

#[test]
fn a_blank_label_is_the_row_above_s() {
    check(
        "Task | IBM responsibilities | Your responsibilities",
        &["Keys | Store keys | Make keys", " | Copy keys | Delete keys", "Doors | | Shut doors"],
        &[
            "Keys > ibm: Store keys",
            "Keys > customer: Make keys",
            "Keys > ibm: Copy keys",
            "Keys > customer: Delete keys",
            "Doors > customer: Shut doors",
        ],
    );
}

#[test]
fn the_number_of_a_row_is_no_task() {
    let held = |header: &str, rows: &[&str], lines: &[&str]| check(header, rows, lines);
    held(
        "# | IBM responsibilities | Your responsibilities",
        &["1 | Store keys | Make keys", "2 | | Shut doors"],
        &[" > ibm: Store keys", " > customer: Make keys", " > customer: Shut doors"],
    );
    held(
        "No. | Area | IBM responsibilities | Your responsibilities",
        &["R1 | Keys | Store keys | Make keys", "R2 | Doors | | Shut doors"],
        &["Keys > ibm: Store keys", "Keys > customer: Make keys", "Doors > customer: Shut doors"],
    );
    held(
        "Version | IBM responsibilities | Your responsibilities",
        &["Vault 1 | Store keys | ", "Vault 2 | Keep keys | "],
        &["Vault 1 > ibm: Store keys", "Vault 2 > ibm: Keep keys"],
    );
}
