//! Bytes that mean something in inline text.

/// The marks of markdown, keyrefs, entities and HTML, breaks, and the first bytes of the characters
/// that stand for others.
const SPECIAL: &[u8] = b"`\\*_[]<>&{!\n()\t~\xEE\xF3\xF4";

/// Whether each byte is one: all bytes of a page are looked up here.
static IS_SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut at = 0;
    while at < SPECIAL.len() {
        table[SPECIAL[at] as usize] = true;
        at += 1;
    }
    table
};

/// Whether a byte may mean something else than itself.
pub(super) fn is_special(byte: u8) -> bool {
    IS_SPECIAL[usize::from(byte)]
}
