//! A line near the head of stored files that says what the rest is, so that one that was cut off or
//! damaged is never taken for what was accepted.

use sha2::{Digest, Sha256};

use crate::error::{Error, ErrorKind, Result};

/// What the line begins with.
const SIGN: &str = "# sha256 of all below: ";

/// A body with its line before it.
pub(super) fn with_checksum(body: &str) -> String {
    format!("{SIGN}{}\n{body}", body_checksum(body))
}

/// Fails where a text that begins with such a line is not what was written. One without a line is
/// of an older respdiff.
pub(super) fn verify_checksum(name: &str, text: &str) -> Result<()> {
    let Some(rest) = text.strip_prefix(SIGN) else { return Ok(()) };
    let (found, body) = rest.split_once('\n').unwrap_or((rest, ""));
    if found.trim_end() == body_checksum(body) {
        return Ok(());
    }
    let message = format!("{name} is cut off or damaged: its checksum does not match its text");
    Err(Error::new(ErrorKind::Input, message).with_hint(
        "restore the file from git (git checkout -- FILE); if git has no good copy, delete the \
         file, review the page, and accept the page again: respdiff snapshot --output DIR --accept",
    ))
}

/// White space at the end does not count: editors add and remove it.
fn body_checksum(body: &str) -> String {
    use std::fmt::Write as _;
    let digest = Sha256::digest(body.trim_end().as_bytes());
    digest.iter().fold(String::new(), |mut text, byte| {
        // writing to a String cannot fail
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cut_and_every_other_letter_is_found() {
        let text = with_checksum("page: a.md\nsource: |\n  # Keys\n");
        assert!(verify_checksum("a", &text).is_ok());
        assert!(verify_checksum("a", text.trim_end()).is_ok() && verify_checksum("a", "x").is_ok());
        for end in SIGN.len()..text.trim_end().len() {
            assert!(verify_checksum("a", &text[..end]).is_err(), "{end}");
        }
        assert!(verify_checksum("a", &text.replace("Keys", "Kegs")).is_err());
    }
}
