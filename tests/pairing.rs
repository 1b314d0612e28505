//! Laws of pairing over small pages, tried exhaustively: what is told depends neither on the order
//! of rows and columns nor on sections that share nothing, and mirrors.

use std::fmt::Write as _;

use respdiff::diff::compare_pages;
use respdiff::model::{Change, Document, Kind, Side, Sides};
use respdiff::normalize::{Names, read_page};
// the laws find the rooms where a fuzz target has them: at the root

use crate::laws::{facts, told};

fn page(body: &str) -> Document {
    let text = format!("---\nlastupdated: \"2026-01-12\"\n---\n\n# Duties with Skyvault\n\n{body}");
    read_page(text.as_bytes(), &Names::builtin())
}

/// A section: a heading, a header, rows of cells.
fn section(heading: &str, header: &[&str], rows: &[Vec<&str>]) -> String {
    let mut text = format!("## {heading}\n\n| {} |\n", header.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(header.len()));
    for row in rows {
        let _ = writeln!(text, "| {} |", row.join(" | "));
    }
    text + "\n"
}

const COLUMNS: [&str; 3] = ["Task", "IBM responsibilities", "Your responsibilities"];
const AREAS: [&str; 4] = ["Resource", "Incidents", "Change management", "Recovery"];

/// All orders of a few things.
fn orders<T: Clone>(things: &[T]) -> Vec<Vec<T>> {
    if things.len() < 2 {
        return vec![things.to_vec()];
    }
    let mut all = Vec::new();
    for at in 0..things.len() {
        let mut rest = things.to_vec();
        let first = rest.remove(at);
        for mut order in orders(&rest) {
            order.insert(0, first.clone());
            all.push(order);
        }
    }
    all
}

/// Whatever the order of rows and columns, the same is told, and it mirrors.
#[track_caller]
fn check_orders(header: &[&str], old: &[Vec<&str>], new: &[Vec<&str>]) {
    let first = page(&section("Vaults", header, old));
    let expected = told(&first, &page(&section("Vaults", header, new)));
    for order in orders(new) {
        let second = page(&section("Vaults", header, &order));
        assert_eq!(told(&first, &second), expected, "{old:?} to {order:?}");
        let back = facts(&compare_pages(Sides::new(&second, &first)), true, false);
        assert_eq!(back, expected, "{order:?} back to {old:?}");
    }
    let columns: Vec<usize> = (1..header.len()).collect();
    for order in orders(&columns) {
        let order = [vec![0], order].concat();
        let turned = |cells: &[&str]| order.iter().map(|at| cells[*at].to_owned()).collect();
        let rows: Vec<Vec<String>> = new.iter().map(|row| turned(row)).collect();
        let rows: Vec<Vec<&str>> =
            rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
        let header: Vec<String> = turned(header);
        let header: Vec<&str> = header.iter().map(String::as_str).collect();
        let second = page(&section("Vaults", &header, &rows));
        assert_eq!(told(&first, &second), expected, "{old:?} to {new:?} in columns {order:?}");
    }
}

#[test]
fn rows_of_one_label_in_any_order_tell_the_same() {
    const SEAL: &str = "Seal the vault.";
    const KEYS: &str = "Rotate the keys.";
    let cells = [["", ""], [SEAL, ""], ["", SEAL], [SEAL, KEYS], [KEYS, SEAL]];
    for a in cells {
        for b in cells {
            let old = [vec!["Vault", a[0], a[1]], vec!["Vault", b[0], b[1]]];
            let turned = [old[1].clone(), old[0].clone()];
            let pages =
                [page(&section("V", &COLUMNS, &old)), page(&section("V", &COLUMNS, &turned))];
            assert_eq!(told(&pages[0], &pages[1]), Vec::<String>::new(), "{old:?}");
            for c in cells {
                for d in cells {
                    let new = [vec!["Vault", c[0], c[1]], vec!["Vault", d[0], d[1]]];
                    check_orders(&COLUMNS, &old, &new);
                }
            }
        }
    }
}

#[test]
fn rows_of_small_grids_in_any_order_tell_the_same() {
    let owners = [["IBM", "IBM", "IBM"], ["You", "Shared", "IBM"], ["You", "You", "Shared"]];
    let labels = ["High availability", "Logs two", "Networking", "Networking two"];
    let row = |label: &'static str, owners: [&'static str; 3]| {
        vec![label, owners[0], owners[1], owners[2]]
    };
    for own in owners {
        for other in owners {
            for label in labels {
                for renamed in labels {
                    let old = [row(label, own), row("Keys", other), row("Hardware", own)];
                    let new = [row(renamed, other), row("Hardware", own), row("Keys", own)];
                    check_orders(&AREAS, &old, &new);
                }
            }
        }
    }
}

#[test]
fn another_label_with_the_same_owners_is_another_row() {
    let rows = |label| [vec![label, "IBM", "You", "Shared"], vec!["Keys", "IBM", "IBM", "You"]];
    let pages = ["High availability", "Logs two"]
        .map(|label| page(&section("Vaults", &AREAS, &rows(label))));
    let told = told(&pages[0], &pages[1]);
    assert_eq!(told.iter().filter(|fact| fact.starts_with("added")).count(), 3, "{told:#?}");
    assert_eq!(told.iter().filter(|fact| fact.starts_with("removed")).count(), 3, "{told:#?}");
}

/// Sections that may stand on a page together, before and after.
fn sections() -> Vec<[String; 2]> {
    let grid = |label, owner| {
        let rows = [vec![label, owner, "IBM", "You"], vec!["Keys", "IBM", "You", "IBM"]];
        section("Owners", &AREAS, &rows)
    };
    let rows = |ibm, customer| {
        let filled = vec!["Storage", ibm, customer];
        section("Storage", &COLUMNS, &[filled, vec!["Discs", "Replace broken discs.", ""]])
    };
    let other = |ibm, customer| {
        let header = ["Task", "IBM responsibilities", "Your responsibilities"];
        section("Phone calls", &header, &[vec!["Hotline", ibm, customer]])
    };
    vec![
        [grid("Networking", "IBM"), grid("Networking two", "You")],
        [grid("Networking", "IBM"), grid("Gateways", "IBM")],
        [
            rows("Format the discs before use.", "Mirror each disc."),
            rows("", "Format the discs before use. Mirror two discs each."),
        ],
        [
            other("Answer calls within two hours.", "Name callers."),
            other("Answer calls.", "Name two callers. Keep their numbers current."),
        ],
    ]
}

#[test]
fn what_is_told_of_a_section_does_not_depend_on_its_company() {
    for [old, new] in &sections() {
        let alone = told(&page(old), &page(new));
        for [other_old, other_new] in &sections() {
            if other_old.lines().next() == old.lines().next() {
                continue;
            }
            let other = told(&page(other_old), &page(other_new));
            let joined = |one: &str, two: &str| page(&format!("{one}{two}"));
            let mut both = [alone.clone(), other].concat();
            both.sort();
            assert_eq!(told(&joined(old, other_old), &joined(new, other_new)), both);
            assert_eq!(told(&joined(other_old, old), &joined(other_new, new)), both);
            assert_eq!(told(&joined(old, other_old), &joined(new, other_old)), alone);
        }
    }
}

#[test]
fn possible_moves_are_told_of_the_same_line_from_either_side() {
    let rows = |ibm, customer| section("Access", &COLUMNS, &[vec!["Roles", ibm, customer]]);
    let old = page(&rows("Manage access of all users to the vaults with roles and groups.", ""));
    let new = page(&rows("", "Manage access of your teams to vaults with your own policies."));
    let told = |old: &Document, new: &Document| -> Vec<(Option<Side>, Option<usize>)> {
        let comparison = compare_pages(Sides::new(old, new));
        let moves = comparison.notices.iter().filter(|n| n.code.name() == "possible-move");
        moves.map(|notice| (notice.side, notice.line)).collect()
    };
    let turned = told(&new, &old).into_iter().map(|(side, line)| {
        let side = side.map(|side| if side == Side::Old { Side::New } else { Side::Old });
        (side, line)
    });
    let forth = told(&old, &new);
    assert_eq!(turned.collect::<Vec<_>>(), forth);
    assert_eq!(forth.len(), 1);
}

/// Texts in which `NAME` stands for a name that is written out, or for a keyref.
fn named_page(name: &str, rows: &[[&str; 3]]) -> Document {
    let rows: Vec<Vec<String>> = rows
        .iter()
        .map(|row| row.iter().map(|cell| cell.replace("NAME", name)).collect())
        .collect();
    let rows: Vec<Vec<&str>> =
        rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    page(&section(&format!("Duties for {name}"), &COLUMNS, &rows))
}

const NAMED_ROWS: [[&str; 3]; 4] = [
    ["NAME", "IBM keeps NAME current.", "Rotate the keys of NAME."],
    ["Backup of NAME", "NAME is backed up; NAME logs that.", "Test NAME's backups."],
    ["Access", "Watch the access to all NAMEs daily.", "Decide who has access to them."],
    ["Vaults", "- Before NAME ends: Tell you.<br>- Keep it.", "Delete what NAME left."],
];

const UNKNOWN: &str = "{{site.data.keyword.vamf_short}}";

/// What is told in both directions, which must be the same.
fn told_both_ways(old: &Document, new: &Document) -> Vec<String> {
    let there = told(old, new);
    let back = facts(&compare_pages(Sides::new(new, old)), true, false);
    assert_eq!(there, back);
    there
}

#[test]
fn an_unknown_keyref_in_the_place_of_a_name_is_a_notice() {
    for name in ["Vault Assistant for Mainframes", "Skyvault", "IBM Sky-Vault 2"] {
        let (old, new) = (named_page(name, &NAMED_ROWS), named_page(UNKNOWN, &NAMED_ROWS));
        assert_eq!(told_both_ways(&old, &new), [""; 0], "{name}");
        let notices = compare_pages(Sides::new(&old, &new)).notices;
        assert_eq!(notices.len(), 1, "{notices:?}");
        assert_eq!(notices[0].code.name(), "unknown-keyref");
        assert!(notices[0].message.contains("vamf"), "{}", notices[0].message);
    }
}

#[test]
fn what_else_changed_with_a_keyref_is_told() {
    let with = |name: &str, text: &str| {
        let rows = [["Keys", "IBM keeps NAME current.", text], ["Vaults", "Keep NAME.", "-"]];
        named_page(name, &rows)
    };
    let told = |old, new| told_both_ways(&old, &new).len();
    let name = "Vault Assistant";
    assert_eq!(told(with(name, "Rotate NAME keys."), with(UNKNOWN, "Rotate NAME keys.")), 0);
    for other in ["Rotate NAME keys daily.", "Rotate Other Vault keys.", "Rotate the keys."] {
        assert_eq!(told(with(name, "Rotate NAME keys."), with(UNKNOWN, other)), 1, "{other}");
    }
    // a key that is spelled like another name of the page stands for that one
    let other = |name: &str| {
        let rows = [["Keys", "Keep Redgate.", "Rotate NAME keys."], ["Vaults", "Keep NAME.", "-"]];
        named_page(name, &rows)
    };
    assert_eq!(told(other("Skyvault"), other("{{site.data.keyword.redgate_short}}")), 2);
    assert_eq!(told(other("Skyvault"), other("{{site.data.keyword.sv_short}}")), 0);
    // one keyref cannot stand for two names, nor for what is no name or is another keyref's
    let rows = |[a, b]: [&'static str; 2]| [["Keys", a, b]];
    for (old, changed) in [
        (["Keep Sky Vault.", "Rotate Sky Keys."], 2),
        (["Keep the vault.", "Rotate it."], 2),
        (["Keep {{site.data.keyword.cos_full}}.", "Rotate {{site.data.keyword.other}}."], 2),
    ] {
        let new = named_page(UNKNOWN, &rows(["Keep NAME.", "Rotate NAME."]));
        assert_eq!(told(named_page("", &rows(old)), new), changed, "{old:?}");
    }
}

#[test]
fn two_columns_of_one_party_are_both_that_party_s() {
    let row = ["Keys", "Rotate the keys.", "Store your own keys."];
    let old = page(&section("Vaults", &COLUMNS, &[row.to_vec()]));
    for header in [[COLUMNS[0], COLUMNS[2], COLUMNS[2]], [COLUMNS[0], COLUMNS[1], COLUMNS[1]]] {
        let new = page(&section("Vaults", &header, &[row.to_vec()]));
        let parties: Vec<_> = new.duties().map(|(_, _, duty)| duty.party.clone()).collect();
        assert_eq!(parties.len(), 2);
        assert_eq!(parties[0], parties[1]);
        let changes = told_both_ways(&old, &new);
        assert!(changes.len() == 1 && changes[0].starts_with("moved"), "{changes:?}");
    }
}

/// What is told between an owner list and party lists: the kind and the new text.
fn reshaped(sections: &[(&str, &[&str])]) -> Vec<(Kind, String)> {
    let header = ["Duty", "Owner"];
    let row = |duty: &'static str| vec![duty, "Customer"];
    let backup = [row("Copy each vault to a second region."), row("Test a restore every year.")];
    let recovery = [row("Name a person to call."), row("Practice the failover twice a year.")];
    let old = section("Backup", &header, &backup) + &section("Recovery", &header, &recovery);
    let mut new = String::new();
    for (heading, duties) in sections {
        let items = duties.join("\n- ");
        let _ = writeln!(new, "## {heading}\n\nCustomer responsibilities:\n\n- {items}\n");
    }
    let changes = compare_pages(Sides::new(&page(&old), &page(&new))).changes;
    let text = |change: &Change| change.place.new.as_ref().map(|place| place.text.clone());
    changes.iter().map(|change| (change.kind, text(change).unwrap_or_default())).collect()
}

#[test]
fn a_duty_that_goes_to_another_section_of_a_reshaped_page_is_relocated() {
    let copy = "Copy each vault to a second region.";
    let (test, name) = ("Test a restore every year.", "Name a person to call.");
    let practice = "Practice the failover twice a year.";
    let kept = [("Backup", &[copy, test][..]), ("Recovery", &[name, practice])];
    assert_eq!(reshaped(&kept), []);
    let went = [("Backup", &[test][..]), ("Recovery", &[name, practice, copy])];
    assert_eq!(reshaped(&went), [(Kind::Relocated, copy.to_owned())]);
    let renamed = [("Copies", &[copy, test][..]), ("Recovery", &[name, practice])];
    assert_eq!(reshaped(&renamed), []);
    // the section that it left has a new name, or is gone
    let renamed = [("Copies", &[test][..]), ("Recovery", &[name, practice, copy])];
    assert_eq!(reshaped(&renamed), [(Kind::Relocated, copy.to_owned())]);
    let merged = [("Recovery", &[copy, test, name, practice][..])];
    let both = [copy, test].map(|text| (Kind::Relocated, text.to_owned()));
    assert_eq!(reshaped(&merged), both);
    // a subheading is no other section
    let divided = [("Backup\n\n### In detail", &[copy, test][..]), ("Recovery", &[name, practice])];
    assert_eq!(reshaped(&divided), []);
}

#[test]
fn a_subheading_that_goes_makes_no_other_section() {
    let lists = |heading: &str, subheading: &str, days: usize| {
        format!(
            "## {heading}\n\n{subheading}- IBM responsibilities\n\n    - Copy each vault to a second region.\n    \
             - Keep the audit log for {days} days.\n\n- Your responsibilities\n\n    \
             - Test a restore every year.\n\n"
        )
    };
    let both = |subheading: &str| {
        page(&(lists("Vault Regional", subheading, 30) + &lists("Vault Dedicated", "", 90)))
    };
    let old = both("### Tasks in detail\n\n");
    assert_eq!(told_both_ways(&old, &both("")), Vec::<String>::new());
}
