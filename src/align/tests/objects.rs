//! What a deed is done to, by what means and when.

use super::moves::check_given;
use super::page;
use crate::diff::compare_pages;
use crate::model::{Document, Kind, Sides};

/// Each text is one party's duty in turn, and the other one the other party's.
fn check_both_ways(pairs: &[(&str, &str)], check: impl Fn(&str, &str)) {
    for (a, b) in pairs {
        check(a, b);
        check(b, a);
    }
}

fn check_two_duties(pairs: &[(&str, &str)]) {
    check_both_ways(pairs, |from, to| {
        let (added, removed) = (format!("added: - => {to}"), format!("removed: {from} => -"));
        check_given(from, to, &[&added, &removed]);
    });
}

fn check_one_duty(pairs: &[(&str, &str)]) {
    check_both_ways(pairs, |from, to| check_given(from, to, &[&format!("moved: {from} => {to}")]));
}

#[test]
fn the_same_deed_done_to_another_thing_is_another_duty() {
    check_two_duties(&[
        ("Clean the management rooms.", "Clean the workload rooms."),
        ("Test the alarm plan for the service.", "Test the alarm plan for your visitors."),
        ("Train IBM guards once a year.", "Train your visitors once a year."),
    ]);
}

#[test]
fn a_thing_in_another_spelling_is_the_same() {
    check_one_duty(&[
        ("Polish the brass handles.", "Polish the brass hanldes."),
        ("Repair the brass valves of the steam engines.", "Repair the brass valves of your SEs."),
        ("Send keys to IBM Lost Property.", "Send your keys to IBM Lost Property."),
        ("Polish the handles of the doors.", "Polish the door handles."),
        ("Repair the problems that visitors report.", "Repair the issues that visitors report."),
        ("Insure the service against fire.", "Insure your instance against fire."),
    ]);
}

#[test]
fn the_same_deed_under_other_circumstances_moves() {
    check_one_duty(&[
        ("Oil the hinges.", "Oil the hinges automatically when a new lock is delivered."),
        ("Archive the visitor books.", "Archive the visitor books that are older than one year."),
    ]);
    // two circumstances may be those of two duties
    check_two_duties(&[
        (
            "Shred the letters that the archive receives from abroad.",
            "Shred the letters that your visitors leave behind.",
        ),
        ("Protect papers by locking all archives.", "Protect papers by masking personal names."),
    ]);
}

#[test]
fn who_provides_the_means_does_not_do_it() {
    check_two_duties(&[
        ("Provide a console to open doors.", "Open doors in the console."),
        ("Provide the CLI to resize vaults.", "Use the provided CLI to resize vaults."),
        ("IBM offers a portal for ordering keys.", "Order keys in the portal."),
        ("Provide a dashboard that shows locked doors.", "Watch locked doors in the dashboard."),
    ]);
    check_one_duty(&[("Provide copies of all keys.", "Offer copies of all keys.")]);
}

#[test]
fn who_asks_for_a_deed_does_not_do_it() {
    check_two_duties(&[("Submit new locks for approval.", "IBM approves new locks.")]);
}

#[test]
fn a_noun_and_its_verb_name_one_deed() {
    check_one_duty(&[
        ("Take a backup of the visitor book.", "Back up the visitor book."),
        ("Make a backup of the visitor book.", "Back up the visitor book daily."),
        ("Setup of the alarm system.", "Set up the alarm system."),
        ("Failover of the primary pump.", "Fail over the primary pump."),
        ("Cleanup of old locks.", "Clean up old locks."),
        ("Analysis of visitor complaints.", "Analyze visitor complaints."),
        ("Maintenance of the steam pumps.", "Maintain the steam pumps."),
        ("Registration of visitors' dogs.", "Register visitors' dogs."),
        ("Definition of quiet hours.", "Define quiet hours."),
        ("Run a backup of the visitor book every night.", "Back up the visitor book every night."),
    ]);
    // what is done to a backup backs nothing up
    check_two_duties(&[
        ("Restore visitor book backups.", "Back up the visitor book."),
        ("Repair the backup gate.", "Back up the gate."),
        ("Monitor the failover of the primary pump.", "Fail over the primary pump."),
        ("Explain the setup of the alarm system.", "Set up the alarm system."),
        ("Keep backups of the visitor book for 30 days.", "Back up the visitor book."),
    ]);
}

#[test]
fn who_keeps_all_words_of_a_duty_keeps_the_duty() {
    let old = page(&[("Backup", &[("Vaults", &["Restore the settings of the service."], &[])])]);
    let grown = "Restore the settings and badges of the service every night.";
    let near = "Restore the settings of your guests.";
    let new = page(&[("Backup", &[("Vaults", &[grown], &[near])])]);
    let kinds = |old: &Document, new: &Document| {
        let changes = compare_pages(Sides::new(old, new)).changes;
        let mut kinds: Vec<Kind> = changes.iter().map(|change| change.kind).collect();
        kinds.sort();
        kinds
    };
    assert_eq!(kinds(&old, &new), [Kind::Added, Kind::Reworded]);
    assert_eq!(kinds(&new, &old), [Kind::Removed, Kind::Reworded]);
}
