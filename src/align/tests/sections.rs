//! Duties that went from one section to another.

use super::{RowSpec, check, page};

const KEYS: RowSpec<'_> = ("Keys", &["Make spare keys."], &["Keep the keys in a safe place."]);
const LAMPS: RowSpec<'_> = ("Lamps", &["Light the halls at night."], &[]);
const PAINT: RowSpec<'_> = ("Paint", &["Paint the gates twice a year."], &[]);

const RELOCATED: &str = "relocated: Light the halls at night. => Light the halls at night.";

#[test]
fn headings_that_stay_are_not_renamed_into_each_other() {
    let old = page(&[("Small vaults", &[LAMPS, KEYS]), ("Large vaults", &[KEYS])]);
    let new = page(&[("Small vaults", &[KEYS]), ("Large vaults", &[LAMPS, KEYS])]);
    check(&old, &new, &[RELOCATED]);
}

#[test]
fn the_order_of_sections_and_a_new_heading_change_nothing() {
    let old = page(&[("Small vaults", &[LAMPS, KEYS]), ("Large vaults", &[PAINT, KEYS])]);
    let in_order = page(&[("Large vaults", &[PAINT, KEYS]), ("Small vaults", &[LAMPS, KEYS])]);
    let renamed = page(&[("Tiny vaults", &[LAMPS, KEYS]), ("Large vaults", &[PAINT, KEYS])]);
    for new in [in_order, renamed] {
        check(&old, &new, &[]);
    }
}
