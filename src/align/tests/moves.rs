//! What moved, and what only looks like it.

use super::{check, page};

/// One row whose duty is IBM's, and then another one the customer's.
#[track_caller]
fn check_given(from: &str, to: &str, expected: &[&str]) {
    let old = page(&[("Doors", &[("Vaults", &[from], &[])])]);
    let new = page(&[("Doors", &[("Vaults", &[], &[to])])]);
    check(&old, &new, expected);
}

#[test]
fn another_deed_is_another_duty() {
    for (from, to) in [
        ("Publish the plan of each new vault", "Read the plan of each new vault"),
        ("Build the steel doors", "Open the steel doors"),
        ("Shut the doors of the platform", "Shut the doors of the application"),
        ("Seal the papers at rest", "Seal the papers in transit"),
    ] {
        let (added, removed) = (format!("added: - => {to}"), format!("removed: {from} => -"));
        check_given(from, to, &[&added, &removed]);
    }
}

#[test]
fn the_same_deed_in_other_words_moves() {
    for (from, to) in [
        ("Manage the keys of all vaults", "Handle the keys of all vaults"),
        (
            "Investigate the doors of all vaults each day",
            "Inevstigate the doors of all vaults each day",
        ),
        (
            "Shut the doors of the platform",
            "You are responsible for shutting the doors of the platform",
        ),
    ] {
        check_given(from, to, &[&format!("moved: {from} => {to}")]);
    }
}

#[test]
fn a_duty_that_its_party_denies_is_the_other_partys() {
    let duty = "Count the papers of the vault daily";
    let old = page(&[("Papers", &[("Vaults", &[duty], &["Read the count"])])]);
    for denial in [
        "IBM does not count the papers of the vault daily",
        "IBM no longer counts the papers of the vault daily",
        "IBM is not responsible for counting the papers of the vault",
    ] {
        let new = page(&[("Papers", &[("Vaults", &[denial], &[duty, "Read the count"])])]);
        check(&old, &new, &[&format!("moved: {duty} => {duty}"), &format!("added: - => {denial}")]);
        let alone = page(&[("Papers", &[("Vaults", &[denial], &["Read the count"])])]);
        check(&old, &alone, &[&format!("reworded: {duty} => {denial}")]);
    }
}
