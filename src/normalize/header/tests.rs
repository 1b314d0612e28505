//! Headers as they are written, and whose their columns are.

use super::*;
use crate::normalize::fixture::cell;

fn read(header: &[&str]) -> Option<Vec<String>> {
    let names = Names::builtin();
    let mut reader = TextReader::new(&names, Vec::new());
    let cells: Vec<Cell> = header.iter().map(|text| cell(text)).collect();
    let roles: Vec<Role> = cells.iter().map(|cell| column_role(cell, &names)).collect();
    let parties = column_parties(&cells, &roles, &mut reader)?;
    Some(
        parties
            .iter()
            .map(|party| party.as_ref().map_or_else(|| "-".to_owned(), ToString::to_string))
            .collect(),
    )
}

#[track_caller]
fn check(header: &[&str], expected: &[&str]) {
    assert_eq!(read(header).unwrap_or_default(), expected, "{header:?}");
}

#[test]
fn party_columns_in_all_spellings() {
    for (ibm, you) in [
        ("IBM responsibilities", "Your responsibilities"),
        ("{IBM_notm} Responsibilities", "Your Responsibilities"),
        ("{cloud} responsibilities", "your Responsibilities"),
        ("IBM's Responsibility", "Customer responsibility"),
        ("{IBM}'s Responsibilites", "Client Responsibilities"),
        ("How IBM helps", "What you can do"),
        ("How {cloud_notm} helps", "What you can do"),
        ("IBM Cloud role", "Your role"),
        ("IBM", "You"),
        ("{IBM_notm}", "Customer"),
        ("{cos_full_notm} responsibilities", "Your responsibilities"),
        ("Event Streams responsibilities", "Customer responsibilities"),
        ("Responsibilities of IBM", "Responsibilities of the customer"),
        ("IBM is responsible for", "You are responsible for"),
        ("IBM roles and responsibilities", "Your roles and responsibilities"),
        ("IBM Cloud Databases responsibilities", "Your responsibilities"),
        ("IBM SRE responsibilities", "Your responsibilities"),
        ("How {cloud} helps you", "What you need to do"),
        ("What IBM handles", "What you handle"),
        ("IBM does", "You do"),
        ("IBM takes care of", "You take care of"),
        ("{IBM_notm} {cos_full_notm} responsibilities", "Your responsibilities"),
        ("IBM responsibilities", "Yuor responsibilities"),
        ("IMB responsibilities", "Cutomer responsibilities"),
        ("Our responsibilities", "Your responsibilities"),
        ("What we do", "What you do"),
    ] {
        check(&["Task", ibm, you], &["-", "ibm", "customer"]);
        check(&["", you, ibm], &["-", "customer", "ibm"]);
    }
}

#[test]
fn further_parties() {
    check(
        &["Task", "IBM responsibilities", "Shared responsibilities", "Your responsibilities"],
        &["-", "ibm", "shared", "customer"],
    );
    check(
        &["Task", "IBM responsibilities", "Vault vendor responsibilities", "You"],
        &["-", "ibm", "other:Vault vendor", "customer"],
    );
    check(
        &["Area", "Activity", "Your responsibility", "IBM responsibility"],
        &["-", "-", "customer", "ibm"],
    );
    check(&["Task", "IBM", "You", "Additional responsibilities"], &["-", "ibm", "customer", "-"]);
    check(
        &["Task", "IBM responsibilities", "Customer / partner responsibilities"],
        &["-", "ibm", "other:Customer / partner"],
    );
    check(
        &["Task", "Red Hat responsibilities", "Your responsibilities"],
        &["-", "other:Red Hat", "customer"],
    );
    check(&["Task", "How Redvault helps", "What you can do"], &["-", "other:Redvault", "customer"]);
}

#[test]
fn an_outsider_is_known_by_its_name_beside_both_parties() {
    for (header, name) in [
        ("Partner", "Partner"),
        ("Business Partner's", "Business Partner"),
        ("IBM Partner", "IBM Partner"),
        ("Third-party vendor", "Third-party vendor"),
        ("SAP®", "SAP"),
        ("Red Hat role", "Red Hat"),
        ("Partner roles and responsibilities", "Partner"),
        ("Partner responsibilities", "Partner"),
        ("Responsibilities of the supplier", "supplier"),
        ("Managed by MSP", "MSP"),
        ("Managed service provider", "Managed service provider"),
        ("MSP-managed", "MSP"),
    ] {
        let other = format!("other:{name}");
        check(&["Task", "IBM", "Customer", header], &["-", "ibm", "customer", &other]);
        check(
            &["Task", header, "Your responsibilities", "IBM responsibilities"],
            &["-", &other, "customer", "ibm"],
        );
    }
    for label in ["Notes", "Service", "Vendor support", "Partner link", "SAP notes", "Example"] {
        check(&["Task", "IBM", "Customer", label], &["-", "ibm", "customer", "-"]);
    }
    check(&["Vendor", "IBM", "Customer"], &["-", "ibm", "customer"]);
    assert_eq!(read(&["Task", "IBM", "Partner"]), None);
}

#[test]
fn people_of_the_customer_are_the_customer() {
    for header in ["Client admin", "Your users", "Customer IT", "Customer admin responsibilities"] {
        check(&["Task", "IBM", "Client", header], &["-", "ibm", "customer", "customer"]);
    }
    for label in
        ["Client library", "Customer support team", "User group", "Customer data", "Your clients"]
    {
        check(&["Task", "IBM", "Customer", label], &["-", "ibm", "customer", "-"]);
    }
    check(&["Customer admin", "IBM", "Customer"], &["-", "ibm", "customer"]);
}

#[test]
fn brackets_say_who_plays_a_role() {
    for (ibm, customer) in [
        ("Service provider (IBM)", "Customer"),
        ("Provider ({IBM_notm})", "Consumer (you)"),
        ("Provider (IBM) responsibilities", "Consumer responsibilities (customer)"),
    ] {
        check(&["Task", ibm, customer], &["-", "ibm", "customer"]);
    }
    for header in ["Notes (IBM)", "Provider (IBM or other)", "Provider of IBM", "Service (IBM)"] {
        assert_eq!(read(&["Task", header, "Customer"]), None, "{header}");
    }
}

#[test]
fn managed_by_each_party() {
    check(&["Task", "IBM-managed", "Customer-managed"], &["-", "ibm", "customer"]);
    check(&["Task", "Client managed", "{cloud} managed"], &["-", "customer", "ibm"]);
    for header in [
        ["Plan", "Customer-managed"],
        ["IBM-managed keys", "Customer-managed keys"],
        ["IBM-managed", "Shared"],
    ] {
        assert_eq!(read(&header), None, "{header:?}");
    }
}

#[test]
fn false_friends_are_no_party_columns() {
    for header in [
        ["Client", "Language"],
        ["Cloud Provider", "Customer provided"],
        ["Account owner", "Customer"],
        ["IBM Cloud service", "Your plan"],
        ["Customer", "Client"],
        ["Role", "Responsibilities"],
        ["{cos_short}", "You"],
        ["Task", "You"],
        ["Your responsibilities", "Task"],
        ["How it works", "What you can do"],
        ["IBM offers", "Custom price"],
    ] {
        assert_eq!(read(&header), None, "{header:?}");
    }
}
