//! Alignment on pages written by hand.

use crate::diff::compare_pages;
use crate::model::{Document, Duty, Kind, Layout, Matrix, Party, Phrase, Row, Sides};

mod moves;
mod objects;
mod parts;
mod sections;

fn phrase(text: &str) -> Phrase {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|w| !w.is_empty())
        .map(str::to_lowercase)
        .collect();
    Phrase { text: text.to_owned(), canonical: words.join(" ") }
}

type RowSpec<'a> = (&'a str, &'a [&'a str], &'a [&'a str]);

/// A page of party columns: areas of rows of (task, IBM's duties, the customer's duties).
fn page(areas: &[(&str, &[RowSpec<'_>])]) -> Document {
    let duty = |party: Party, text: &str| Duty {
        party,
        column: String::new(),
        phrase: phrase(text),
        area: None,
        line: 1,
        reference: text.starts_with("See "),
        lead_words: 0,
        included: None,
    };
    let matrices = areas
        .iter()
        .map(|(area, rows)| Matrix {
            layout: Layout::PartyColumns,
            section: vec![phrase(area)],
            line: 1,
            caption: None,
            rows: rows
                .iter()
                .map(|(task, ibm, customer)| Row {
                    task: phrase(task),
                    line: 1,
                    duties: ibm
                        .iter()
                        .map(|text| duty(Party::Ibm, text))
                        .chain(customer.iter().map(|text| duty(Party::Customer, text)))
                        .collect(),
                })
                .collect(),
        })
        .map(Into::into)
        .collect();
    Document { matrices, ..Document::default() }
}

/// What is reported for the two pages, one line per change; also checks the laws on the way.
#[track_caller]
fn check(old: &Document, new: &Document, expected: &[&str]) {
    let told = |old: &Document, new: &Document| -> Vec<String> {
        let side = |place: &Option<crate::model::Place>| {
            place.as_ref().map_or("-".to_owned(), |place| place.text.clone())
        };
        compare_pages(Sides::new(old, new))
            .changes
            .iter()
            .map(|c| format!("{}: {} => {}", c.kind.name(), side(&c.place.old), side(&c.place.new)))
            .collect()
    };
    assert_eq!(told(old, new), expected);
    assert_eq!(told(old, old), Vec::<String>::new(), "diff(x, x)");
    assert_eq!(told(new, new), Vec::<String>::new(), "diff(x, x)");
    let kinds = |changes: Vec<crate::model::Change>| {
        let mut kinds: Vec<Kind> = changes.iter().map(|c| c.kind).collect();
        kinds.sort();
        kinds
    };
    let mirrored = kinds(compare_pages(Sides::new(new, old)).changes)
        .into_iter()
        .map(|kind| match kind {
            Kind::Added => Kind::Removed,
            Kind::Removed => Kind::Added,
            Kind::Moved | Kind::Reworded | Kind::Relocated => kind,
        })
        .collect::<std::collections::BTreeSet<_>>();
    let forth: std::collections::BTreeSet<Kind> =
        kinds(compare_pages(Sides::new(old, new)).changes).into_iter().collect();
    assert_eq!(mirrored, forth, "diff(b, a) mirrors diff(a, b)");
}

const KEEP: &str = "Keep the vault hardware running in every region.";

#[test]
fn a_duty_that_crosses_columns_moved() {
    let old = page(&[("Backup", &[("Vaults", &["Back up the vault index every night."], &[])])]);
    let new = page(&[("Backup", &[("Vaults", &[], &["Back up the vault index every night."])])]);
    check(
        &old,
        &new,
        &["moved: Back up the vault index every night. => Back up the vault index every night."],
    );
}

#[test]
fn voice_does_not_hide_a_move() {
    let old = page(&[(
        "Backup",
        &[("Vaults", &["IBM is responsible for backing up the vault index.", KEEP], &[])],
    )]);
    let new = page(&[("Backup", &[("Vaults", &[KEEP], &["You must back up the vault index."])])]);
    check(
        &old,
        &new,
        &[
            "moved: IBM is responsible for backing up the vault index. => You must back up the vault index.",
        ],
    );
}

#[test]
fn a_new_wording_is_one_change() {
    let old = page(&[(
        "Backup",
        &[("Vaults", &["Rotate the sealing keys every 30 days."], &["Choose a region."])],
    )]);
    let new = page(&[(
        "Backup",
        &[("Vaults", &["Rotate the sealing keys every 90 days."], &["Choose a region."])],
    )]);
    check(
        &old,
        &new,
        &[
            "reworded: Rotate the sealing keys every 30 days. => Rotate the sealing keys every 90 days.",
        ],
    );
}

#[test]
fn another_obligation_in_the_same_cell_is_no_rewording() {
    let old = page(&[(
        "Backup",
        &[("Images", &[], &["The customer gets a compatible image from the vendor."])],
    )]);
    let new = page(&[(
        "Backup",
        &[("Images", &[], &["The customer sends logs that reproduce the problem."])],
    )]);
    check(
        &old,
        &new,
        &[
            "added: - => The customer sends logs that reproduce the problem.",
            "removed: The customer gets a compatible image from the vendor. => -",
        ],
    );
}

#[test]
fn a_duty_that_replaces_one_about_the_same_thing_is_no_rewording() {
    const SCAN: &str = "Scan the images of vaults and wardens for known weaknesses.";
    let kinds_between = |old: &[&str], new: &[&str]| {
        let cell = |duties: &[&str]| page(&[("Backup", &[("Vaults", duties, &[])])]);
        let (old, new) = (cell(old), cell(new));
        let mut kinds: Vec<Kind> = compare_pages(Sides::new(&old, &new))
            .changes
            .iter()
            .map(|change| change.kind)
            .collect();
        kinds.sort();
        kinds
    };
    let kinds = |new: &str| kinds_between(&[KEEP, SCAN], &[KEEP, new]);
    let replaced = [Kind::Added, Kind::Removed];
    assert_eq!(kinds("Keep the images of doors and wardens in sealed rooms."), replaced);
    // the same deed and nothing else
    let review = &["Review firewall rules with the wardens."][..];
    assert_eq!(kinds_between(review, &["Validate seals before each transport."]), replaced);
    // the same deed, or one says little that the other does not
    for reworded in [
        "Scan the images of vaults every night, and mend what has aged.",
        "Search the images of vaults and wardens for weaknesses.",
    ] {
        assert_eq!(kinds(reworded), [Kind::Reworded], "{reworded}");
    }
}

#[test]
fn a_renamed_task_keeps_its_duties() {
    let old = page(&[(
        "Backup",
        &[("Vaults", &[KEEP], &["Choose a region."]), ("Keys", &["Seal keys."], &[])],
    )]);
    let new = page(&[(
        "Backup",
        &[("Vault hardware", &[KEEP], &["Choose a region."]), ("Keys", &["Seal keys."], &[])],
    )]);
    check(&old, &new, &[]);
    let told = compare_pages(Sides::new(&old, &new));
    assert_eq!(told.notices.len(), 1);
    assert_eq!(told.notices[0].message, "task \"Vaults\" is now \"Vault hardware\"");
}

#[test]
fn a_duty_in_another_section_is_relocated() {
    let old = page(&[
        ("Backup", &[("Vaults", &[KEEP, "Copy each vault to a second region."], &[])]),
        ("Recovery", &[("Sites", &["Test the failover twice a year."], &[])]),
    ]);
    let new = page(&[
        ("Backup", &[("Vaults", &[KEEP], &[])]),
        (
            "Recovery",
            &[(
                "Sites",
                &["Test the failover twice a year.", "Copy each vault to a second region."],
                &[],
            )],
        ),
    ]);
    check(
        &old,
        &new,
        &["relocated: Copy each vault to a second region. => Copy each vault to a second region."],
    );
}

#[test]
fn twins_pair_with_their_own_section() {
    let old = page(&[(
        "Standard",
        &[("Monitoring", &["Watch the vault metrics around the clock."], &[])],
    )]);
    let new = page(&[
        ("Standard", &[("Monitoring", &["Watch the vault metrics around the clock."], &[])]),
        ("Dedicated", &[("Monitoring", &["Watch the vault metrics around the clock."], &[])]),
    ]);
    check(&old, &new, &["added: - => Watch the vault metrics around the clock."]);
}

#[test]
fn references_never_move() {
    let old = page(&[("Backup", &[("Vaults", &["See the backup guide."], &[])])]);
    let new = page(&[("Backup", &[("Vaults", &[], &["See the backup guide."])])]);
    check(
        &old,
        &new,
        &["added: - => See the backup guide.", "removed: See the backup guide. => -"],
    );
}

#[test]
fn the_order_of_rows_says_nothing() {
    let rows: [RowSpec<'_>; 3] = [
        ("Vaults", &[KEEP], &["Choose a region."]),
        ("Keys", &["Seal keys."], &["Rotate keys."]),
        ("Keys", &["Store keys twice."], &[]),
    ];
    let turned: [RowSpec<'_>; 3] = [rows[2], rows[1], rows[0]];
    check(&page(&[("Backup", &rows)]), &page(&[("Backup", &turned)]), &[]);
}

#[test]
fn sentences_of_one_item_cut_into_two_duties_are_no_change() {
    let old = page(&[("Backup", &[("Vaults", &["Seal the vault. Then store the key."], &[])])]);
    let new = page(&[("Backup", &[("Vaults", &["Seal the vault.", "Then store the key."], &[])])]);
    check(&old, &new, &[]);
}

/// An owner grid: rows of (resource, (area, owner) of each cell that names one).
fn grid(rows: &[(&str, &[(&str, Party)])]) -> Document {
    let rows = rows.iter().map(|(task, cells)| {
        let duties = cells.iter().map(|(area, party)| Duty {
            party: party.clone(),
            column: (*area).to_owned(),
            phrase: phrase(&format!("{task}: {area}")),
            area: Some(phrase(area)),
            line: 1,
            reference: false,
            lead_words: 0,
            included: None,
        });
        Row { task: phrase(task), line: 1, duties: duties.collect() }
    });
    let matrix = Matrix {
        layout: Layout::OwnerGrid,
        section: vec![phrase("Overview")],
        line: 1,
        caption: None,
        rows: rows.collect(),
    };
    Document { matrices: vec![matrix.into()], ..Document::default() }
}

#[test]
fn a_row_without_owners_is_no_other_one_of_its_label() {
    let filled: &[(&str, Party)] = &[("Change", Party::Ibm), ("Recovery", Party::Customer)];
    let (other, empty) = (("Servers", filled), ("Vaults", &[][..]));
    for rows in [[empty, ("Vaults", filled), other], [("Vaults", filled), empty, other]] {
        check(&grid(&rows), &grid(&[("Vaults", filled), other]), &[]);
    }
}

#[test]
fn columns_are_known_by_heading_words_place_and_owners() {
    let row = |a: Party, b: Party, names: [&'static str; 3]| {
        vec![(names[0], a), (names[1], b), (names[2], Party::Ibm)]
    };
    let page = |names, owner: Party| {
        let vaults = row(owner, Party::Customer, names);
        let servers = row(Party::Shared, Party::Ibm, names);
        grid(&[("Vaults", vaults.as_slice()), ("Servers", servers.as_slice())])
    };
    let old = page(["Identity management", "Recovery", "Change"], Party::Ibm);
    check(&old, &page(["Identity and access management", "Restart", "Change"], Party::Ibm), &[]);
    check(
        &old,
        &page(["Recovery", "Change", "Identity management"], Party::Ibm),
        &[
            "moved: Vaults: Recovery => Vaults: Recovery",
            "moved: Vaults: Change => Vaults: Change",
            "moved: Servers: Recovery => Servers: Recovery",
            "moved: Servers: Identity management => Servers: Identity management",
        ],
    );
}

#[test]
fn another_setting_or_another_deed_by_the_same_means_is_another_duty() {
    let list = |texts: &[&str]| {
        let rows: Vec<RowSpec<'_>> =
            texts.iter().map(|text| (*text, std::slice::from_ref(text), &[][..])).collect();
        let mut list = page(&[("Settings", &rows)]);
        std::sync::Arc::make_mut(&mut list.matrices[0]).layout = Layout::OwnerList;
        list
    };
    let shut = "Ensure that the vault is shut.";
    let old = list(&["Ensure that the --keep-doors argument is set to true.", shut]);
    let new = list(&["Ensure that the --seal-doors argument is set to true.", shut]);
    check(
        &old,
        &new,
        &[
            "added: - => Ensure that the --seal-doors argument is set to true.",
            "removed: Ensure that the --keep-doors argument is set to true. => -",
        ],
    );
    let again = list(&["Ensure that --keep-doors is set to true.", shut]);
    let told = compare_pages(Sides::new(&old, &again)).changes;
    assert_eq!(told.iter().map(|change| change.kind).collect::<Vec<_>>(), [Kind::Reworded]);
    let recover = "Use the API, CLI, or console tools to recover your vaults, or set up doors.";
    let adjust = "Use the API, CLI, or console tools to adjust the network of your pools.";
    let old = page(&[("Recovery", &[("Vaults", &[], &[recover])])]);
    let new = page(&[("Networks", &[("Pools", &[], &[adjust])])]);
    let kinds: Vec<Kind> =
        compare_pages(Sides::new(&old, &new)).changes.iter().map(|change| change.kind).collect();
    assert_eq!(kinds.len(), 2, "{kinds:?}");
}

#[test]
fn of_two_halves_the_one_in_other_words_is_paired() {
    let whole = "Use the given tools to select to join several vaults to one door or choose one \
                 door for each vault by its size";
    let halves = [
        "Use the given tools to join several vaults to one door",
        "or choose one door for each vault by its size",
    ];
    let old = page(&[("Doors", &[("Vaults", &[], &[whole])])]);
    let new = page(&[("Doors", &[("Vaults", &[], &halves)])]);
    check(&old, &new, &[&format!("reworded: {whole} => {}", halves[0])]);
    check(&new, &old, &[&format!("reworded: {} => {whole}", halves[0])]);
}

#[test]
fn each_of_two_owner_columns_keeps_its_owner() {
    let list = |owner: Party, operator: Party| {
        let mut list = page(&[("Hosts", &[("Patch", &["Patch"], &["Patch"])])]);
        let matrix = std::sync::Arc::make_mut(&mut list.matrices[0]);
        matrix.layout = Layout::OwnerList;
        let duties = &mut matrix.rows[0].duties;
        (duties[0].party, duties[0].area) = (owner, Some(phrase("Owner")));
        (duties[1].party, duties[1].area) = (operator, Some(phrase("Operator")));
        list
    };
    let (apart, one) = (list(Party::Ibm, Party::Customer), list(Party::Ibm, Party::Ibm));
    check(&apart, &one, &["moved: Patch => Patch"]);
    let swapped = list(Party::Customer, Party::Ibm);
    check(&apart, &swapped, &["moved: Patch => Patch", "moved: Patch => Patch"]);
}
