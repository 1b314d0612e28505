//! What moved, and what only looks like it.

use super::{check, page};

/// One row whose duty is IBM's, and then another one the customer's.
#[track_caller]
pub(super) fn check_given(from: &str, to: &str, expected: &[&str]) {
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
        ("Scan doors for rust", "Repair rust in scanned doors"),
        ("Log access", "Access logs"),
        ("Restore the service after a fire", "Restore the data after a fire"),
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
        ("Shut the doors of the platform", "Make sure that you shut the doors of the platform"),
        ("Update the doors of the vault", "Apply updates to the doors of the vault"),
        ("Store the customer's papers in IBM Cloud", "Store the customer's papers in IBM Cloud"),
        ("Notify IBM of customer fires", "Notify IBM of customer fires"),
    ] {
        check_given(from, to, &[&format!("moved: {from} => {to}")]);
    }
}

#[test]
fn who_has_the_other_party_do_it_does_not_take_it_over() {
    let check_both = |[ibm, customer]: [&str; 2]| {
        let (added, removed) = (format!("added: - => {customer}"), format!("removed: {ibm} => -"));
        check_row([ibm, ""], ["", customer], &[&added, &removed]);
        let (added, removed) = (format!("added: - => {ibm}"), format!("removed: {customer} => -"));
        check_row(["", customer], [ibm, ""], &[&added, &removed]);
    };
    for request in [
        "Ask IBM to repair the doors of old vaults.",
        "Request that IBM repair the doors of old vaults.",
        "Contact IBM Support to repair the doors of old vaults.",
        "Open a case to have IBM repair the doors of old vaults.",
        "Verify that IBM repaired the doors of old vaults.",
        "Decide whether to repair the doors of old vaults.",
        "Submit a request to repair the doors of old vaults.",
    ] {
        check_both(["Repair the doors of old vaults.", request]);
    }
    for help in [
        "Help you repair the doors of old vaults.",
        "Assist the customer in repairing the doors of old vaults.",
        "Let customers repair the doors of old vaults.",
        "IBM does not repair the doors of old vaults.",
        "IBM never repairs the doors of old vaults.",
        "The service does not repair the doors of old vaults.",
        "No responsibility for repairing the doors of old vaults.",
    ] {
        check_both([help, "Repair the doors of old vaults."]);
    }
}

#[test]
fn a_duty_moves_though_it_names_the_other_party() {
    for (ibm, customer) in [
        (
            "Repair the doors of the customer vault as the IBM plan says.",
            "Repair the doors of the vault as the IBM plan says.",
        ),
        ("Repair the doors of old vaults.", "Repair the doors of old vaults not sold by IBM."),
        ("Repair the doors when you ask for it.", "Repair the doors when you have time for it."),
        ("IBM repairs the doors of your vault.", "IBM repairs the doors of the vault."),
        ("Repair the doors of old vaults.", "Do not forget to repair the doors of old vaults."),
        ("Repair and paint the doors.", "Not only repair but also paint the doors."),
        (
            "Repair the doors of old vaults.",
            "With the help of IBM Support, repair the doors of old vaults.",
        ),
        ("Repair the doors of old vaults.", "You, not IBM, repair the doors of old vaults."),
        ("Repair the doors of vaults.", "Repair the doors of vaults, because IBM does not."),
        ("Repair the doors.", "IBM cannot repair the doors; you must repair them."),
    ] {
        check_given(ibm, customer, &[&format!("moved: {ibm} => {customer}")]);
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
        "The service does not count the papers of the vault",
        "The papers of the vault are not counted",
        "IBM never counts the papers of the vault",
    ] {
        let new = page(&[("Papers", &[("Vaults", &[denial], &[duty, "Read the count"])])]);
        check(&old, &new, &[&format!("moved: {duty} => {duty}"), &format!("added: - => {denial}")]);
        let alone = page(&[("Papers", &[("Vaults", &[denial], &["Read the count"])])]);
        check(&old, &alone, &[&format!("reworded: {duty} => {denial}")]);
    }
}

/// A row of IBM's and the customer's duty, and what the row became.
#[track_caller]
pub(super) fn check_row(old: [&str; 2], new: [&str; 2], expected: &[&str]) {
    let row = |[ibm, customer]: [&str; 2]| {
        let cells = [ibm, customer].map(|text| if text.is_empty() { vec![] } else { vec![text] });
        page(&[("Doors", &[("Vaults", &cells[0], &cells[1])])])
    };
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
        ["Repair the doors on request", ""],
        ["Release repairs", "Repair the doors"],
        &["moved: Repair the doors on request => Repair the doors", "added: - => Release repairs"],
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
fn a_short_duty_with_another_number_is_the_same() {
    check_row(["Use v1.2.", ""], ["Use v1.3.", ""], &["reworded: Use v1.2. => Use v1.3."]);
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

#[test]
fn a_part_of_a_duty_moves() {
    let (whole, kept, given) =
        ("Paint and count the doors.", "Paint the doors.", "Count the doors.");
    let moved = [format!("moved: {whole} => {given}"), format!("reworded: {whole} => {kept}")];
    let moved: Vec<&str> = moved.iter().map(String::as_str).collect();
    check_row([whole, "Shut windows."], [kept, "Shut windows."], &moved[1..]);
    let row = |ibm: &[&str], customer: &[&str]| page(&[("Doors", &[("Vaults", ibm, customer)])]);
    let walls = "Shut windows.";
    check(&row(&[whole], &[walls]), &row(&[kept], &[walls, given]), &moved);
    // in the words of the other party, and to two duties
    let voice = "You must count the doors.";
    check(
        &row(&[whole], &[walls]),
        &row(&[kept], &[walls, voice]),
        &[&format!("moved: {whole} => {voice}"), moved[1]],
    );
    let three = "Paint, count, and shut the doors.";
    check(
        &row(&[three], &[]),
        &row(&[kept], &[given, "Shut the doors."]),
        &[
            &format!("moved: {three} => {given}"),
            &format!("moved: {three} => Shut the doors."),
            &format!("reworded: {three} => {kept}"),
        ],
    );
    // where it is done is no deed
    let place = "at night in the old north tower";
    check_row(
        [&format!("Shut the doors {place}."), "Sell locks."],
        ["Shut the doors.", &format!("Sell locks {place}.")],
        &[
            &format!("reworded: Shut the doors {place}. => Shut the doors."),
            &format!("reworded: Sell locks. => Sell locks {place}."),
        ],
    );
    // another deed about the same doors is new
    check(
        &row(&[whole], &[walls]),
        &row(&[kept], &[walls, "Sell the doors."]),
        &["added: - => Sell the doors.", moved[1]],
    );
}

#[test]
fn a_part_between_semicolons_or_behind_an_and_moves() {
    let given = "count the keys of each vault every night";
    check_row(
        [&format!("Shut the doors; {given}; and paint the walls."), "Sell locks."],
        ["Shut the doors; and paint the walls.", &format!("Sell locks; {given}.")],
        &[
            &format!("moved: {given} => {given}."),
            &format!(
                "reworded: Shut the doors; {given}; and paint the walls. => Shut the doors; and paint the walls."
            ),
            &format!("reworded: Sell locks. => Sell locks; {given}."),
        ],
    );
    check_row(
        [&format!("Shut the doors and {given}."), "Sell locks."],
        ["Shut the doors.", &format!("Sell locks and {given}.")],
        &[
            &format!("moved: {given} => {given}"),
            &format!("reworded: Shut the doors and {given}. => Shut the doors."),
            &format!("reworded: Sell locks. => Sell locks and {given}."),
        ],
    );
}

#[test]
fn twins_of_regrouped_sections_keep_their_holders() {
    let (shut, paint) = ("Shut the doors at night.", "Paint the walls in spring.");
    let old = page(&[
        ("Standard", &[("Doors", &[shut], &[]), ("Walls", &[], &[paint])]),
        ("Dedicated", &[("Doors", &[], &[shut]), ("Walls", &[paint], &[])]),
    ]);
    let new = page(&[
        ("Doors", &[("Standard", &[shut], &[]), ("Dedicated", &[], &[shut])]),
        ("Walls", &[("Standard", &[], &[paint]), ("Dedicated", &[paint], &[])]),
    ]);
    let found = crate::diff::compare_pages(crate::model::Sides::new(&old, &new)).changes;
    let kinds: Vec<_> = found.iter().map(|change| change.kind).collect();
    assert_eq!(kinds, [crate::model::Kind::Relocated; 2], "{found:?}");
    // in its own section and row the same is a move
    let new = page(&[
        ("Standard", &[("Doors", &[], &[shut]), ("Walls", &[], &[paint])]),
        ("Dedicated", &[("Doors", &[shut], &[]), ("Walls", &[paint], &[])]),
    ]);
    let moved = format!("moved: {shut} => {shut}");
    check(&old, &new, &[&moved, &moved]);
    // of two holders one is gone
    let old =
        page(&[("Keys", &[("X", &[shut], &[paint])]), ("Nodes", &[("X", &[paint], &[shut])])]);
    let new = page(&[("Keys and nodes", &[("X", &[shut], &[paint])])]);
    check(&old, &new, &[&format!("removed: {paint} => -"), &format!("removed: {shut} => -")]);
}

#[test]
fn who_gives_the_means_does_not_do_it() {
    check_row(
        ["Provide a lift to raise the doors.", "Raise the doors."],
        ["Raise the doors automatically.", "Ask for it by mail."],
        &[
            "moved: Raise the doors. => Raise the doors automatically.",
            "added: - => Ask for it by mail.",
            "removed: Provide a lift to raise the doors. => -",
        ],
    );
    check_row(
        ["Raise the doors.", "Read the guide."],
        ["Make lifts available so that you can raise the doors.", "Raise the doors with a lift."],
        &[
            "moved: Raise the doors. => Raise the doors with a lift.",
            "added: - => Make lifts available so that you can raise the doors.",
            "removed: Read the guide. => -",
        ],
    );
}

#[test]
fn what_a_cell_says_of_the_other_party_is_no_partner() {
    check_row(
        ["Rotate the keys.", "IBM rotates the keys for you."],
        ["", "Rotate the keys."],
        &[
            "moved: Rotate the keys. => Rotate the keys.",
            "removed: IBM rotates the keys for you. => -",
        ],
    );
    check_row(
        ["Rotate your keys.", "You do not need to rotate your keys."],
        ["IBM does not rotate your keys.", "Rotate your keys."],
        &[
            "moved: Rotate your keys. => Rotate your keys.",
            "added: - => IBM does not rotate your keys.",
            "removed: You do not need to rotate your keys. => -",
        ],
    );
    // the mirror image of a duty is another one
    check_row(
        ["Notify you of broken doors.", ""],
        ["", "Notify IBM of broken doors."],
        &["added: - => Notify IBM of broken doors.", "removed: Notify you of broken doors. => -"],
    );
}

#[test]
fn a_thing_of_an_enumeration_moves() {
    check_row(
        ["Doors, walls, roof", "Keys, lamps"],
        ["Doors, roof", "Walls, keys, lamps"],
        &[
            "moved: walls => Walls",
            "reworded: Doors, walls, roof => Doors, roof",
            "reworded: Keys, lamps => Walls, keys, lamps",
        ],
    );
}

#[test]
fn a_shared_duty_that_each_party_has_is_no_change() {
    let duty = "Look into broken doors.";
    let shared = {
        let mut page = page(&[("Doors", &[("Vaults", &[duty], &[])])]);
        let mut matrix = (*page.matrices[0]).clone();
        matrix.rows[0].duties[0].party = crate::model::Party::Shared;
        page.matrices[0] = std::sync::Arc::new(matrix);
        page
    };
    let both = page(&[("Doors", &[("Vaults", &[duty], &[duty])])]);
    check(&shared, &both, &[]);
    check(&both, &shared, &[]);
    let mine = page(&[("Doors", &[("Vaults", &[], &[duty])])]);
    check(&shared, &mine, &[&format!("moved: {duty} => {duty}")]);
}
