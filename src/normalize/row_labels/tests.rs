//! Which of several label columns names the rows.

use crate::normalize::fixture::check;

#[test]
fn the_column_behind_a_group_names_the_rows() {
    let rows = [
        "Keys | Root keys | You | IBM",
        "Keys | Night keys | IBM | IBM",
        "Doors | Gate | You | You",
    ];
    let held = [
        "Root keys > customer: Root keys: Repair",
        "Root keys > ibm: Root keys: Change",
        "Night keys > ibm: Night keys: Repair",
        "Night keys > ibm: Night keys: Change",
        "Gate > customer: Gate: Repair",
        "Gate > customer: Gate: Change",
    ];
    check("Category | Resource | Repair | Change", &rows, &held);
    let blank = [rows[0], " | Night keys | IBM | IBM", rows[2]];
    check("Category | Resource | Repair | Change", &blank, &held);
    let held =
        ["Root keys > ibm: Root keys", "Night keys > customer: Night keys", "Gate > ibm: Gate"];
    check(
        "Category | Component | Owner",
        &["Keys | Root keys | IBM", " | Night keys | Customer", "Doors | Gate | IBM"],
        &held,
    );
    check(
        "Area | Component | IBM | Customer",
        &["Keys | Root keys | X | ", "Keys | Night keys | | X", "Doors | Gate | X | "],
        &held,
    );
    check(
        "Area | Step | Responsible | Consulted",
        &[
            "Keys | Root keys | IBM | You",
            "Keys | Night keys | You | IBM",
            "Doors | Gate | IBM | IBM",
        ],
        &held,
    );
}

#[test]
fn the_number_of_a_row_does_not_name_it() {
    check(
        "No. | Resource | Repair | Change",
        &["1 | Keys | You | IBM", "2 | Doors | IBM | IBM"],
        &[
            "Keys > customer: Keys: Repair",
            "Keys > ibm: Keys: Change",
            "Doors > ibm: Doors: Repair",
            "Doors > ibm: Doors: Change",
        ],
    );
    check(
        "# | Component | Owner",
        &["1 | Keys | IBM", "2 | Doors | You"],
        &["Keys > ibm: Keys", "Doors > customer: Doors"],
    );
    check("Port | Protocol | Owner", &["1 | Ping | IBM", "2 | Pong | You"], &[]);
}

#[test]
fn rows_keep_their_names_whatever_rows_stand_beside_them() {
    check(
        "Service | Function | Owner",
        &[
            "Vault | Backup | IBM",
            "Vault | Repair | You",
            "Gate | Backup | You",
            "Wall | Paint | IBM",
        ],
        &[
            "Vault > ibm: Vault",
            "Vault > customer: Vault",
            "Gate > customer: Gate",
            "Wall > ibm: Wall",
        ],
    );
    check(
        "Domain | Service | Owner",
        &["Inside | Vault | IBM", "Outside | Vault | You", "Outside | Gate | You"],
        &["Vault > ibm: Vault", "Vault > customer: Vault", "Gate > customer: Gate"],
    );
}

#[test]
fn remarks_name_no_rows() {
    let rows = ["Keys | Old ones | You | IBM", "Keys | New ones | IBM | IBM"];
    let held = [
        "Keys > customer: Keys: Repair",
        "Keys > ibm: Keys: Change",
        "Keys > ibm: Keys: Repair",
        "Keys > ibm: Keys: Change",
    ];
    for header in ["Resource | Notes | Repair | Change", "Area | Details | Repair | Change"] {
        check(header, &rows, &held);
    }
}

#[test]
fn what_a_row_has_does_not_name_it() {
    for column in ["Cadence", "Location", "Team"] {
        check(
            &format!("Area | {column} | Owner"),
            &["Roof | Red | IBM", "Doors | Blue | You"],
            &["Roof > ibm: Roof", "Doors > customer: Doors"],
        );
    }
}
