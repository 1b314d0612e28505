//! Lists of one party in tables and cells.

use crate::normalize::fixture::{check, matrix_lines};
use crate::normalize::{Names, read_page};

#[test]
fn both_parties_in_one_cell() {
    check(
        "Type | Responsibilities",
        &["Keys | IBM responsibilities:\n- Store keys\nYour responsibilities:\n- Make keys"],
        &["Keys > ibm: Store keys", "Keys > customer: Make keys"],
    );
    check(
        "Type | Responsibilities",
        &["Keys | IBM responsibility: Store keys.\nUser responsibility: Make keys."],
        &["Keys > ibm: Store keys.", "Keys > customer: Make keys."],
    );
}

#[test]
fn each_party_with_what_it_does_in_one_cell() {
    let expected = ["Keys > ibm: Store keys.", "Keys > customer: Make keys."];
    for cell in ["IBM: Store keys.\nCustomer: Make keys.", "- IBM: Store keys.\n- You: Make keys."]
    {
        check("Type | Responsibilities", &[&format!("Keys | {cell}")], &expected);
        check("Area | Ownership", &[&format!("Keys | {cell}")], &expected);
    }
}

#[test]
fn each_sentence_names_its_party() {
    let rows = [
        "Keys | IBM is responsible for storing keys. You are responsible for making keys.",
        "Doors | Customer is responsible for closing doors.",
        "Roof | N/A",
    ];
    let expected = [
        "Keys > ibm: IBM is responsible for storing keys.",
        "Keys > customer: You are responsible for making keys.",
        "Doors > customer: Customer is responsible for closing doors.",
    ];
    for header in ["Category | Responsibilities", "Area | Details", "Task | Description"] {
        check(header, &rows, &expected);
    }
    // names, not sentences
    check(
        "Type | Responsibilities",
        &["Keys | IBM is responsible.", "Doors | You are responsible for both plans"],
        &["Keys > ibm: Keys", "Doors > customer: Doors"],
    );
}

#[test]
fn the_title_of_a_table_names_its_party() {
    for (table, expected) in [
        (
            "| Task | Description | Frequency |\n|-|-|-|\n| Keys | Rotate keys | Daily |",
            "Keys > customer: Rotate keys",
        ),
        ("| Responsibility | When |\n|-|-|\n| Rotate keys | Daily |", " > customer: Rotate keys"),
        ("| Phase | Activities |\n|-|-|\n| Day 1 | Rotate keys |", "Day 1 > customer: Rotate keys"),
    ] {
        for title in ["## Your responsibilities", "_Table 1. Your responsibilities_"] {
            let page = format!("# Responsibilities\n\n{title}\n\n{table}\n");
            let found = read_page(page.as_bytes(), &Names::builtin());
            let lines: Vec<String> = found.matrices.iter().flat_map(|m| matrix_lines(m)).collect();
            assert_eq!(lines, [expected], "{page}");
        }
    }
    check("Your responsibilities", &["Rotate keys"], &[" > customer: Rotate keys"]);
}

#[test]
fn names_of_both_parties_in_one_cell() {
    check(
        "Type | Responsibilities",
        &[
            "Keys | IBM\n- Store keys\n- Count keys\nCustomer\n- Make keys",
            "Doors | AWS\n- Build doors",
        ],
        &[
            "Keys > ibm: Store keys",
            "Keys > ibm: Count keys",
            "Keys > customer: Make keys",
            "Doors > other:AWS: Build doors",
        ],
    );
}
#[test]
fn a_shared_table_whose_cells_divide_is_nobody_s_alone() {
    let read = |rows: &str| {
        let page = format!(
            "# Skyvault\n\n| Resource | Service | Agents |\n|--|--|--|\n{rows}{{: caption=\"Shared responsibilities\"}}\n"
        );
        let page = read_page(page.as_bytes(), &Names::builtin());
        page.matrices.iter().flat_map(|matrix| matrix_lines(matrix)).collect::<Vec<_>>()
    };
    assert_eq!(read("| Hall | IBM owns the hall. | Customer owns the keys. |\n"), [""; 0]);
    assert_eq!(
        read("| Hall | Own the hall. | Own the keys. |\n"),
        ["Hall > shared: Own the hall.", "Hall > shared: Own the keys."]
    );
}
