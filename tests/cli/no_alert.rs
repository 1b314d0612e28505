//! A build without alerts says so.

use super::refused;

#[test]
fn alert_says_that_this_build_has_none() {
    for arguments in [&["alert"][..], &["alert", "--status"], &["alert", "--dry-run"]] {
        let message = refused(arguments);
        assert!(message.contains("built without alerts\nhint: install a release"), "{message}");
    }
}
