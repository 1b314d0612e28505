//! What the user's own git configuration says; a repository's is never asked, since it may
//! be a stranger's.

/// The pager that the user gave git (`core.pager`).
#[must_use]
pub fn pager() -> Option<String> {
    // system, XDG and global files only
    let config = git2::Config::open_default().ok()?;
    config.get_string("core.pager").ok()
}
