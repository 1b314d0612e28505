//! Parts of a duty that went to the other party.

use super::moves::check_row;
use super::{check, page};
use crate::model::Document;

/// A row whose duties both changed since a part of the one became a part of the other.
#[track_caller]
fn check_exchanged(old: [&str; 2], new: [&str; 2], part: Option<[&str; 2]>) {
    let moved = part.map(|[old, new]| format!("moved: {old} => {new}"));
    let reworded = [
        format!("reworded: {} => {}", old[0], new[0]),
        format!("reworded: {} => {}", old[1], new[1]),
    ];
    let all: Vec<&str> = moved.iter().chain(&reworded).map(String::as_str).collect();
    check_row(old, new, &all);
}

#[test]
fn a_part_of_a_series_moves() {
    for (old, new, part) in [
        (
            ["Manage doors, walls, and the roof.", "Manage lamps and chairs."],
            ["Manage doors and the roof.", "Manage walls, lamps, and chairs."],
            ["Manage … walls", "Manage walls"],
        ),
        (
            ["Clean steel and oak doors.", "Clean glass doors."],
            ["Clean steel doors.", "Clean oak and glass doors."],
            ["Clean … oak doors", "Clean oak"],
        ),
        (
            ["Clean, inspect, and monitor the doors.", "Close the doors."],
            ["Clean and monitor the doors.", "Inspect and close the doors."],
            ["inspect … the doors", "Inspect … the doors"],
        ),
        (
            ["IBM cleans, inspects, and monitors the doors.", "You close the doors."],
            ["IBM cleans and monitors the doors.", "You inspect and close the doors."],
            ["inspects … the doors", "You inspect … the doors"],
        ),
        (
            ["Door care; wall care; roof repair", "Lamp care; chair care"],
            ["Door care; wall care", "Lamp care; chair care; roof repair"],
            ["roof repair"; 2],
        ),
        (["Doors/walls/roof", "Lamps/chairs"], ["Doors/walls", "Lamps/chairs/roof"], ["roof"; 2]),
        (
            [
                "Choose the paint, monitor the old keys, and list the doors",
                "Buy locks, and order lamps",
            ],
            [
                "Choose the paint, and list the doors",
                "Buy locks, monitor the old keys, and order lamps",
            ],
            ["monitor the old keys"; 2],
        ),
    ] {
        check_exchanged(old, new, Some(part));
    }
}

#[test]
fn what_stands_in_no_series_or_behind_another_verb_did_not_move() {
    for (old, new) in [
        (
            ["Watch the state of the doors.", "Check the alarms."],
            ["Watch the doors.", "Check the alarms of the state."],
        ),
        (
            ["Notify you of fires and floods.", "Subscribe to alarms."],
            ["Notify you of fires.", "Subscribe to alarms and floods news."],
        ),
        (
            ["Clean doors and walls in all vaults.", "Clean lamps."],
            ["Clean doors and walls.", "Clean lamps in all vaults."],
        ),
    ] {
        check_exchanged(old, new, None);
    }
}

/// A duty that is shorter now, and what the other party has since then.
#[track_caller]
fn check_given(duty: &str, kept: &str, given: &str, is_moved: bool) {
    let reworded = format!("reworded: {duty} => {kept}");
    let other = if is_moved { format!("moved: {duty}") } else { "added: -".to_owned() };
    let mut expected = [format!("{other} => {given}"), reworded];
    expected.sort();
    check_row([duty, ""], [kept, given], &expected.each_ref().map(String::as_str));
}

#[test]
fn a_part_moves_however_it_was_joined() {
    for joint in [", as well as", ", along with", " plus", ", including"] {
        check_given(
            &format!("Yearly care of oak doors{joint} monitoring the state of old steel keys."),
            "Monitoring the state of old steel keys.",
            "Yearly care of oak doors.",
            true,
        );
    }
}

#[test]
fn a_scope_that_is_divided_moves_in_part() {
    for (duty, kept, given) in [
        (
            "Clean the doors of all vaults.",
            "Clean the doors of all vaults except night vaults.",
            "Clean the doors of night vaults.",
        ),
        ("Clean the doors.", "Clean the doors of day vaults.", "Clean the doors of night vaults."),
        (
            "Clean the doors each year.",
            "Day plan: Clean the doors each year.",
            "Night plan: Clean the doors each year.",
        ),
        (
            "Clean the doors.",
            "Clean the doors if you rent a day vault.",
            "Clean the doors if you rent a night vault.",
        ),
    ] {
        check_given(duty, kept, given, true);
    }
    for (duty, kept, given) in [
        (
            "Clean the doors.",
            "Clean the doors and their frames.",
            "Clean the doors frames at home.",
        ),
        (
            "Watch the vault.",
            "Watch the vault in all towns.",
            "Watch the vault budget of your account.",
        ),
    ] {
        check_given(duty, kept, given, false);
    }
}

#[test]
fn a_sentence_moves_without_the_example_behind_it() {
    let stays = "Note that oil is not there from the start.";
    let duty = format!(
        "Set up and clean new doors for your vaults. For example, to get ready for winter, read the plan. {stays}"
    );
    check_row(
        ["", &duty],
        ["IBM sets up and cleans new doors for your vaults.", stays],
        &[
            &format!("moved: {duty} => IBM sets up and cleans new doors for your vaults."),
            &format!("reworded: {duty} => {stays}"),
        ],
    );
}

#[test]
fn a_deed_moves_without_the_condition_before_it() {
    let duty = "When a fire breaks out, carry the steel keys to the vault.";
    check_row(
        ["Build vaults and send papers to the vault.", duty],
        ["Build vaults, carry the steel keys to the vault, and send papers to them.", ""],
        &[
            &format!(
                "moved: {duty} => Build vaults, carry the steel keys to the vault, and send papers to them."
            ),
            "reworded: Build vaults and send papers to the vault. => Build vaults, carry the steel keys to the vault, and send papers to them.",
        ],
    );
}

#[test]
fn a_part_moves_to_the_service_that_its_new_text_names() {
    let (duty, kept) = ("Lock the oak doors and the steel keys.", "Lock the oak doors.");
    let reworded = format!("reworded: {duty} => {kept}");
    for name in ["Skyvault", "The service", "IBM Doors", "Keys for Vaults"] {
        for voice in ["locks", "must lock", "automatically locks", "is responsible for locking"] {
            let given = format!("{name} {voice} the steel keys.");
            check_row(
                ["", duty],
                [&given, kept],
                &[&format!("moved: {duty} => {given}"), &reworded],
            );
        }
    }
    for given in [
        "Inspect which service locks the steel keys.",
        "The partner locks the steel keys.",
        "Your vault locks the steel keys.",
        "No vault locks the steel keys.",
        "Skyvault does not lock the steel keys.",
        "The page lists locks of the steel keys.",
    ] {
        check_row(["", duty], [given, kept], &[&format!("added: - => {given}"), &reworded]);
    }
    let given = "Skyvault locks the steel keys.";
    let added = format!("added: - => {given}");
    check_row([duty, ""], [kept, given], &[&added, &reworded]);
}

#[test]
fn what_its_party_keeps_of_a_duty_is_not_new() {
    let duty = "Repair doors, steel gates, and keys.";
    let (keys, rest) = ("Repair keys.", "Repair doors and steel gates.");
    for (kept, given) in [(rest, keys), (keys, rest)] {
        let reworded = format!("reworded: {duty} => {kept}");
        check_row([duty, ""], [kept, given], &[&format!("moved: {duty} => {given}"), &reworded]);
    }
    for other in ["Count the keys.", "Repair keys of old vaults."] {
        let moved = format!("moved: {duty} => {rest}");
        check_row([duty, ""], [other, rest], &[&moved, &format!("added: - => {other}")]);
    }
}

#[test]
fn one_of_three_parts_moves() {
    let duty = "Clean, inspect, and monitor the doors.";
    let row = |ibm: &[&str], customer: &[&str]| page(&[("Doors", &[("Vaults", ibm, customer)])]);
    check(
        &row(&[duty], &[]),
        &row(&["Clean the doors.", "Inspect the doors."], &["Monitor the doors."]),
        &[
            &format!("moved: {duty} => Monitor the doors."),
            "added: - => Clean the doors.",
            &format!("reworded: {duty} => Inspect the doors."),
        ],
    );
}

/// A page with one row, in which an item of a list was IBM's and now is the customer's.
#[track_caller]
fn check_item_given(lead: &str, item: &str, is_moved: bool) {
    let with_lead = format!("{lead} {item}");
    let mut old = page(&[("Doors", &[("Vaults", &[&with_lead], &[])])]);
    let mut tables: Vec<_> = old.matrices.iter().map(|table| (**table).clone()).collect();
    tables[0].rows[0].duties[0].lead_words = lead.split(' ').count();
    old.matrices = tables.into_iter().map(Into::into).collect();
    let new = page(&[("Doors", &[("Vaults", &[], &[item])])]);
    let moved = format!("moved: {with_lead} => {item}");
    let (added, removed) = (format!("added: - => {item}"), format!("removed: {with_lead} => -"));
    if is_moved {
        check(&old, &new, &[&moved]);
    } else {
        check(&old, &new, &[&added, &removed]);
    }
}

#[test]
fn an_item_moves_without_a_lead_in_that_only_opens_its_list() {
    for lead in [
        "Perform these actions:",
        "This includes the following tasks:",
        "IBM provides the following services:",
    ] {
        check_item_given(lead, "Run daily tests of doors", true);
        check_item_given(lead, "Daily tests of doors", true);
    }
    for lead in ["Provide the tools to:", "Do not perform these tasks:"] {
        check_item_given(lead, "Run daily tests of doors", false);
    }
}

#[test]
fn an_item_that_the_lead_in_leaves_to_the_other_party_does_not_move() {
    let item = "Run daily tests of doors";
    for lead in ["Teach the customer how to:", "Show customers how to:", "IBM needs you to:"] {
        check_item_given(lead, item, false);
    }
    // the same lead-in is dropped on one side only, where it says that the items are done
    let leads = ["Approve the following tasks:", "Perform the following tasks:"];
    let (approved, done) = (format!("{} {item}", leads[0]), format!("{} {item}", leads[1]));
    let with_leads = |mut page: Document| {
        let mut tables: Vec<_> = page.matrices.iter().map(|table| (**table).clone()).collect();
        tables[0].rows[0].duties[0].lead_words = 4;
        page.matrices = tables.into_iter().map(Into::into).collect();
        page
    };
    let old = with_leads(page(&[("Doors", &[("Vaults", &[], &[&approved])])]));
    let new = with_leads(page(&[("Doors", &[("Vaults", &[&done], &[])])]));
    let (added, removed) = (format!("added: - => {done}"), format!("removed: {approved} => -"));
    check(&old, &new, &[&added, &removed]);
    for lead in ["For the customer, do the following:", "You and IBM need to:"] {
        check_item_given(lead, item, true);
    }
}
