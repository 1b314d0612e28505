//! Sentences that are all different, and no two of them much alike.

const VERBS: [&str; 16] = [
    "Keep", "Check", "Renew", "Watch", "Write", "Test", "Copy", "Close", "Open", "Count", "Grant",
    "Review", "Rotate", "Export", "Label", "Delete",
];
const OBJECTS: [&str; 16] = [
    "keys", "logs", "drafts", "quotas", "seals", "shelves", "tickets", "doors", "lists", "hooks",
    "tokens", "ledgers", "alarms", "folders", "queues", "plans",
];
const PLACES: [&str; 16] = [
    "of the vault",
    "in the cellar",
    "on the roof",
    "of each tenant",
    "for the auditors",
    "before a release",
    "after a drill",
    "in every zone",
    "of the archive",
    "by the gate",
    "from the console",
    "of the nightly run",
    "near the lift",
    "with the owner",
    "at the desk",
    "under the stairs",
];

/// Spreads a number, so that neighbours have little in common.
fn spread(at: usize) -> usize {
    at.wrapping_mul(0x9E37_79B9).rotate_left(13) ^ at
}

/// A few words.
pub(crate) fn phrase(at: usize) -> String {
    let mixed = spread(at);
    format!(
        "{} the {} {at} {}",
        VERBS[mixed % 16],
        OBJECTS[(mixed >> 4) % 16],
        PLACES[(mixed >> 8) % 16]
    )
}

/// A whole sentence.
pub(crate) fn sentence(at: usize) -> String {
    let mixed = spread(at);
    format!(
        "{} and tell the {} of unit {}.",
        phrase(at),
        OBJECTS[(mixed >> 12) % 16],
        mixed % 9_973
    )
}

/// What a row is called.
pub(crate) fn label(at: usize) -> String {
    format!("{} {}", OBJECTS[spread(at) % 16], at)
}
