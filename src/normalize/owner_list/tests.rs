//! Owner lists: one column with the duty, one with its owner.

use crate::model::{Code, Layout};
use crate::normalize::fixture::{check, codes, document, heading, matrix_lines, table};

#[test]
fn one_column_names_the_owner() {
    for owner in ["Ownership", "Owner", "Who is responsible", "Responsible party"] {
        check(
            &format!("Responsibilities | {owner}"),
            &["Store keys | IBM", "Make keys | Customer", "Move keys | Vault vendor", "Rest | "],
            &[
                "Store keys > ibm: Store keys",
                "Make keys > customer: Make keys",
                "Move keys > other:Vault vendor: Move keys",
            ],
        );
    }
}

#[test]
fn the_column_of_owners_may_ask_who_does_it() {
    let owners = ["Team", "Role", "By whom", "Accountable", "Provider"];
    for owner in owners.into_iter().chain(["IBM or customer", "IBM / you"]) {
        let rows = ["Store keys | IBM", "Make keys | Customer"];
        let list = table(&format!("Task | {owner}"), &rows);
        let page = document(vec![heading(2, "Responsibilities"), list]);
        let duties = ["Store keys > ibm: Store keys", "Make keys > customer: Make keys"];
        assert_eq!(matrix_lines(&page.matrices[0]), duties, "{owner}");
    }
    // elsewhere they are about people, prices, rights, or an area of a grid
    for header in ["Plan | Provider", "Action | Role", "Speaker | Role", "Event | Actor"] {
        let page =
            document(vec![heading(2, "Plans"), table(header, &["Lite | IBM", "Own | Customer"])]);
        assert!(page.matrices.iter().all(|matrix| matrix.layout != Layout::OwnerList), "{header}");
    }
    check(
        "Task | Accountable | Approver",
        &["Store keys | IBM | IBM", "Make keys | Customer | IBM"],
        &[
            "Store keys > ibm: Store keys: Accountable",
            "Store keys > ibm: Store keys: Approver",
            "Make keys > customer: Make keys: Accountable",
            "Make keys > ibm: Make keys: Approver",
        ],
    );
    check(
        "Resource | Team | Operations",
        &["Hosts | IBM | Customer", "Keys | Customer | IBM"],
        &[
            "Hosts > ibm: Hosts: Team",
            "Hosts > customer: Hosts: Operations",
            "Keys > customer: Keys: Team",
            "Keys > ibm: Keys: Operations",
        ],
    );
}

#[test]
fn things_have_owners_but_are_no_duties() {
    for (header, row) in [
        ("Port | Protocol | Owner", "443 | TCP | IBM"),
        ("Namespace | Managed by", "vault-system | IBM"),
        ("Rule | Ownership", "vault.allow_all | Customer"),
    ] {
        check(header, &[row], &[]);
    }
    check("Task | Owner", &["Backups | IBM"], &["Backups > ibm: Backups"]);
    check("ID | Requirement | Owner", &["AC-2 | Lock it | IBM"], &["Lock it > ibm: Lock it"]);
}

#[test]
fn owners_may_all_be_other_parties() {
    check(
        "Responsibilities | Ownership",
        &["Store keys | IBM and Red Hat", "Make keys | Partner"],
        &["Store keys > other:IBM and Red Hat: Store keys", "Make keys > other:Partner: Make keys"],
    );
    check("Task | Responsible party", &["Keys | Red Hat"], &["Keys > other:Red Hat: Keys"]);
    check("Responsibilities | Owner", &["Keys | VMware"], &["Keys > other:VMware: Keys"]);
    check("Responsibilities | Owner", &["Store keys | Ada Lovelace", "Make | Partner"], &[]);
    check("Feature | Owner", &["Keys | Partner"], &[]);
}

#[test]
fn each_of_two_owner_columns_tells_a_row() {
    check(
        "Component | Owner | Operator",
        &["Vault | IBM | You", "Door | You | Skyworks"],
        &[
            "Vault > ibm: Vault",
            "Vault > customer: Vault",
            "Door > customer: Door",
            "Door > other:Skyworks: Door",
        ],
    );
}

#[test]
fn columns_of_owners_under_other_names() {
    let rows = ["Vault | IBM | Each runs alone.", "Door | You | "];
    for header in ["Component | Manager | Notes", "Component | Who renews | Notes"] {
        let page = document(vec![heading(1, "Duties with Skyvault"), table(header, &rows)]);
        assert_eq!(
            matrix_lines(&page.matrices[0]),
            ["Vault > ibm: Vault", "Door > customer: Door"]
        );
    }
    // who manages a plan has no duty by that, unless the page says so
    for header in ["Plan | Manager", "Item | Paid by", "Encryption | Key owner"] {
        check(header, &["Lite | IBM", "Own | You", "Large | IBM"], &[]);
    }
    check("Task | Handled by", &["Seal | IBM"], &["Seal > ibm: Seal"]);
}

#[test]
fn sentences_beside_a_task_are_the_duties() {
    let rows = ["Keys | Store the keys. | IBM", "Keys | Rotate them all. | You"];
    let held = ["Keys > ibm: Store the keys.", "Keys > customer: Rotate them all."];
    for header in ["Task | Action | Owner", "Task | Description | Owner"] {
        check(header, &rows, &held);
    }
    check("Task | Notes | Owner", &rows, &["Keys > ibm: Keys", "Keys > customer: Keys"]);
    // a full stop decides nothing
    check(
        "Task | Description | Owner",
        &["Keys | Store the keys | IBM", "Keys | Rotate them all | You"],
        &["Keys > ibm: Store the keys", "Keys > customer: Rotate them all"],
    );
    let named = ["Store the keys | Daily | IBM", "Rotate them | Yearly | You"];
    check(
        "Task | Description | Owner",
        &named,
        &["Store the keys > ibm: Store the keys", "Rotate them > customer: Rotate them"],
    );
}

#[test]
fn several_words_in_code_are_no_identifier() {
    check(
        "Component | Owner",
        &["`Vault door` | IBM", "`Vault keys` | You"],
        &["`Vault door` > ibm: `Vault door`", "`Vault keys` > customer: `Vault keys`"],
    );
    check("Component | Owner", &["`vault-door` | IBM", "`vault-keys` | You"], &[]);
}

#[test]
fn owners_that_are_sentences() {
    let held = ["Door > ibm: Door", "Keys > customer: Keys", "Roof > shared: Roof"];
    let rows = ["Door | IBM is responsible.", "Keys | You are responsible.", "Roof | Both"];
    for header in ["Component | Owner", "Component | Responsibility of"] {
        check(header, &rows, &held);
    }
    let rows = ["Door | IBM", "Keys | You", "Roof | Shared: IBM builds it, and you paint it."];
    check("Component | Owner", &rows, &held);
}

#[test]
fn benchmarks_recommend() {
    check(
        "Section | Recommendation | Level | Responsibility",
        &["1.1 | Shut the door | 1 | IBM", "1.2 | Lock it | 2 | Shared", "1.3 | Guard it | 2"],
        &["Shut the door > ibm: Shut the door", "Lock it > shared: Lock it"],
    );
}

#[test]
fn a_template_s_task_is_told_and_owned_by_nobody() {
    let page = document(vec![table("Responsibilities | Ownership", &["Task 1 | IBM"])]);
    assert_eq!(page.duties().count(), 0);
    assert_eq!(codes(&page), [Code::Placeholder]);
    assert!(crate::lint::content_findings(&page).iter().all(|notice| notice.code != Code::Orphan));
}

#[test]
fn one_unknown_mark_makes_no_sentences_of_the_others() {
    let rows = ["Shut the door | Yes | No", "Lock it | | ★", "Guard it | No | YES"];
    let page = document(vec![table("Task | IBM | You", &rows)]);
    let parties: Vec<String> = page.duties().map(|(.., duty)| duty.party.to_string()).collect();
    assert_eq!(parties, ["ibm", "customer", "customer"]);
    assert_eq!(codes(&page), [Code::Unassigned]);
    let rows = ["Shut the door | Yes | No", "Lock it | TBD | Yes"];
    let page = document(vec![table("Task | IBM | You", &rows)]);
    assert_eq!((page.duties().count(), codes(&page)), (2, vec![Code::Placeholder]));
}

#[test]
fn check_marks_own() {
    let rows = ["Shut the door | ✓ | ", "Lock it | | ✔", "Guard it | ✓ | ✓"];
    check(
        "Responsibility | IBM | You",
        &rows,
        &[
            "Shut the door > ibm: Shut the door",
            "Lock it > customer: Lock it",
            "Guard it > shared: Guard it",
        ],
    );
    let page = document(vec![table("Responsibility | IBM | You", &rows)]);
    assert_eq!(page.matrices[0].layout, Layout::OwnerList);
}

#[test]
fn an_x_beside_check_marks_says_no() {
    let held = ["Shut it > ibm: Shut it", "Lock it > customer: Lock it"];
    for yes in ["✓", "✔", "Yes"] {
        let rows = [format!("Shut it | {yes} | X"), format!("Lock it | x | {yes}")];
        let rows: Vec<&str> = rows.iter().map(String::as_str).collect();
        check("Task | IBM | You", &rows, &held);
    }
    check("Task | IBM | You", &["Shut it | X | ", "Lock it | | X"], &held);
    check("IBM | You | Part", &["X | | Shut it", " | X | Lock it"], &held);
    // two signs for yes
    check("Task | IBM | You", &["Shut it | ✓ | ", "Lock it | | X"], &held);
}
