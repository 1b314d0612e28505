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

/// A row of IBM's and the customer's duty, and what the row became.
#[track_caller]
fn check_row(old: [&str; 2], new: [&str; 2], expected: &[&str]) {
    let row = |[ibm, customer]: [&str; 2]| page(&[("Doors", &[("Vaults", &[ibm], &[customer])])]);
    check(&row(old), &row(new), expected);
}

#[test]
fn a_duty_that_crosses_the_row_is_not_a_rewording_of_its_neighbours() {
    let (cross, given) = ("Paint the doors of all vaults", "moved: Paint the doors of all vaults");
    check_row(
        [cross, "Choose the paint of the doors"],
        ["Deliver the doors of all vaults", cross],
        &[
            &format!("{given} => {cross}"),
            "added: - => Deliver the doors of all vaults",
            "removed: Choose the paint of the doors => -",
        ],
    );
    check_row(
        ["Find broken doors", "Replace broken doors"],
        ["Replace broken doors automatically", "Report broken doors"],
        &[
            "moved: Replace broken doors => Replace broken doors automatically",
            "added: - => Report broken doors",
            "removed: Find broken doors => -",
        ],
    );
}

#[test]
fn twins_that_change_places_move() {
    check_row(
        ["Seal the platform doors", "Seal the application doors"],
        ["Seal the doors of the application", "Seal the doors of the platform"],
        &[
            "moved: Seal the application doors => Seal the doors of the application",
            "moved: Seal the platform doors => Seal the doors of the platform",
        ],
    );
}

#[test]
fn one_sentence_of_a_duty_moves() {
    let (kept, given) = ("Shut the doors of all vaults.", "Count the keys every night.");
    let both = format!("{kept} {given}");
    let old = page(&[("Doors", &[("Vaults", &[&both], &["Paint the walls."])])]);
    let new = page(&[("Doors", &[("Vaults", &[kept], &["Paint the walls.", given])])]);
    check(
        &old,
        &new,
        &[&format!("moved: {given} => {given}"), &format!("reworded: {both} => {kept}")],
    );
    let longer = format!("Paint the walls. {given}");
    let new = page(&[("Doors", &[("Vaults", &[kept], &[&longer])])]);
    check(
        &old,
        &new,
        &[
            &format!("moved: {given} => {given}"),
            &format!("reworded: {both} => {kept}"),
            &format!("reworded: Paint the walls. => {longer}"),
        ],
    );
    // both went, cut in two: nothing was added
    let new = page(&[("Doors", &[("Vaults", &[], &["Paint the walls.", kept, given])])]);
    let told = crate::diff::compare_pages(crate::model::Sides::new(&old, &new)).changes;
    assert!(told.iter().all(|change| change.kind == crate::model::Kind::Moved), "{told:?}");
    assert_eq!(told.len(), 2);
}
