//! What the user's own git configuration says. A repository's own configuration never decides which
//! command is run, since it may not be trusted.

use std::path::Path;

use super::environment;

/// The pager that the user gave git (`core.pager`).
#[must_use]
pub fn configured_pager() -> Option<String> {
    // system, XDG and global files only
    let config = git2::Config::open_default().ok()?;
    config.get_string("core.pager").ok()
}

/// Whether the user wants git's differences in colour (`color.diff`, `color.ui`); none where git
/// is to find out itself.
#[must_use]
pub fn configured_color() -> Option<bool> {
    let config = git2::Config::open_default().ok()?;
    let said = config.get_string("color.diff").or_else(|_| config.get_string("color.ui")).ok()?;
    match said.to_lowercase().as_str() {
        "always" => Some(true),
        "never" | "false" | "no" | "off" | "0" => Some(false),
        _ => None,
    }
}

/// Sites that show a commit at `OWNER/REPOSITORY/commit/ID`. Other sites are never linked to: the
/// origin of a clone is untrusted, and what looks like a commit should lead to one.
const SITES: [&str; 2] = ["github.com", "github.ibm.com"];

/// The address that a commit's id makes a page of, where `origin` is at a known site.
#[must_use]
pub fn commit_pages(folder: &Path) -> Option<String> {
    let repository = environment::open(folder).ok()?.git;
    let origin = repository.find_remote("origin").ok()?;
    web_address(origin.url().ok()?)
}

/// Both of git's ways to write it: `https://SITE/OWNER/NAME` and `git@SITE:OWNER/NAME`.
fn web_address(remote: &str) -> Option<String> {
    let rest = remote.strip_prefix("https://").or_else(|| remote.strip_prefix("ssh://git@"));
    let (site, path) = match rest {
        Some(rest) => rest.split_once('/')?,
        None => remote.strip_prefix("git@")?.split_once(':')?,
    };
    let path = path.trim_end_matches('/');
    let (owner, name) = path.strip_suffix(".git").unwrap_or(path).split_once('/')?;
    let plain = |part: &str| {
        !part.is_empty()
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte))
    };
    let known = SITES.contains(&site) && plain(owner) && plain(name);
    known.then(|| format!("https://{site}/{owner}/{name}/commit/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(remote: &str, expected: Option<&str>) {
        assert_eq!(web_address(remote).as_deref(), expected);
    }

    #[test]
    fn a_commit_is_linked_to_where_it_is_known_to_be() {
        let page = Some("https://github.com/skyvault/docs/commit/");
        check("https://github.com/skyvault/docs", page);
        check("https://github.com/skyvault/docs.git", page);
        check("git@github.com:skyvault/docs.git", page);
        check("ssh://git@github.com/skyvault/docs/", page);
    }

    #[test]
    fn nothing_else_is_linked() {
        check("https://github.com.example/skyvault/docs", None);
        check("https://user@github.com/skyvault/docs", None);
        check("https://github.com/skyvault/docs/more", None);
        check("https://github.com/skyvault/a\u{1b}b", None);
        check("https://github.com/sky vault/docs", None);
        check("/srv/skyvault.git", None);
    }
}
