//! Revisions by date (`main@{1.month.ago}`): a clone's reflog says where a branch was, in this
//! clone and for so long as it goes back. Before that, git's library takes the oldest entry.

use std::fs;

use git2::{Signature, Time};

use super::Repository;
use crate::error::{Error, ErrorKind, Result};

/// Larger numbers are moments for git, smaller ones count entries.
const LARGEST_NUMBER: u64 = 100_000_000;

impl Repository {
    /// Refuses a revision by date that is older than the whole reflog.
    pub(super) fn check_reflog(&self, name: &str) -> Result<()> {
        let Some((base, date)) = dated_reference(name) else { return Ok(()) };
        let Some(reference) = self.logged_reference(base) else { return Ok(()) };
        let log = self.git.reflog(&reference).ok();
        let oldest = log.as_ref().and_then(|log| log.get(log.len().checked_sub(1)?));
        let Some(oldest) = oldest else { return Ok(()) };
        let begun = oldest.committer().when().seconds();
        let is_before = is_before(date, begun).map_err(|error| {
            Error::new(ErrorKind::Incomplete, format!("cannot look up '{name}': {error}"))
                .with_hint("name a commit")
        })?;
        if !is_before {
            return Ok(());
        }
        let day = chrono::DateTime::from_timestamp(begun, 0)
            .map_or_else(String::new, |time| time.format("%Y-%m-%d").to_string());
        let short = reference.strip_prefix("refs/heads/").unwrap_or(&reference);
        let message = format!("'{name}': this clone's record of {short} begins on {day}");
        Err(Error::new(ErrorKind::Incomplete, message).with_hint(format!(
            "name a commit; `git rev-list -1 --first-parent --before='{date}' {short}` finds the \
             one of that date"
        )))
    }

    /// The full name of the reference whose log is asked.
    fn logged_reference(&self, base: &str) -> Option<String> {
        if matches!(base, "HEAD") {
            return Some("HEAD".to_owned());
        }
        let found = if matches!(base, "" | "@") {
            self.git.head().ok()?
        } else {
            self.git.resolve_reference_from_short_name(base).ok()?
        };
        found.name().ok().map(str::to_owned)
    }
}

/// The reference and the date of `REF@{DATE}`, whatever steps follow.
fn dated_reference(name: &str) -> Option<(&str, &str)> {
    let (base, rest) = name.split_once("@{")?;
    let (date, _) = rest.split_once('}')?;
    let is_branch = matches!(date.to_lowercase().as_str(), "u" | "upstream" | "push");
    let is_count = date.parse::<u64>().is_ok_and(|number| number <= LARGEST_NUMBER);
    let is_step = date.starts_with('-') && date[1..].bytes().all(|byte| byte.is_ascii_digit());
    (!is_branch && !is_count && !is_step).then_some((base, date))
}

/// Whether a date, as git's library reads it, is before a moment. The library does not return the
/// date, so a scratch repository with a reflog of two entries decides. If it cannot read the date,
/// it reports that itself later.
fn is_before(date: &str, moment: i64) -> std::result::Result<bool, Box<dyn std::error::Error>> {
    let folder = tempfile::tempdir()?;
    let git = git2::Repository::init_bare(folder.path())?;
    let who = Signature::new("x", "x", &Time::new(0, 0))?;
    let tree = git.find_tree(git.treebuilder(None)?.write()?)?;
    let commit = |text: &str| git.commit(None, &who, &who, text, &tree, &[]);
    let (before, after) = (commit("before")?, commit("after")?);
    let nothing = "0".repeat(40);
    let log =
        format!("{nothing} {before} x <x> 0 +0000\tx\n{before} {after} x <x> {moment} +0000\tx\n");
    fs::create_dir_all(folder.path().join("logs/refs/heads"))?;
    fs::write(folder.path().join("logs/refs/heads/x"), log)?;
    fs::write(folder.path().join("refs/heads/x"), format!("{after}\n"))?;
    let found = git.revparse_single(&format!("x@{{{date}}}"));
    Ok(found.is_ok_and(|found| found.id() == before))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_told_from_other_spellings() {
        let check = |name: &str, expected: Option<(&str, &str)>| {
            assert_eq!(dated_reference(name), expected);
        };
        check("main@{1.month.ago}~2", Some(("main", "1.month.ago")));
        check("@{2024-01-01}", Some(("", "2024-01-01")));
        check("HEAD@{1700000000}", Some(("HEAD", "1700000000")));
        for name in ["HEAD@{3}", "@{-1}", "main@{u}", "@{UPSTREAM}", "HEAD~1", "@"] {
            check(name, None);
        }
    }

    #[test]
    fn a_date_is_before_a_moment_or_not() {
        let moment = 1_700_000_000; // 2023-11-14
        for date in ["2023-11-01", "2020-05-05 12:00", "1699999999", "30.years.ago"] {
            assert!(is_before(date, moment).unwrap(), "{date}");
        }
        for date in ["2023-11-16", "yesterday", "1.week.ago", "1700000000", "now"] {
            assert!(!is_before(date, moment).unwrap(), "{date}");
        }
    }
}
