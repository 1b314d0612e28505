//! What a run passes over, told: settings under a name that is not read, `sources` that match
//! nothing, and pages that `sources` leave out.

use std::collections::BTreeSet;

use crate::deliver;
use crate::error::Result;
use crate::history::{Filter, Point, RepoPath, Repository};
use crate::normalize::{Names, assigns};
use crate::policy::{ACKS, FILE, Pathspec, Policy};
use crate::render::safe;

/// A file that looks like one of ours, and the name under which it would be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misnamed {
    pub(super) found: String,
    pub(super) meant: &'static str,
}

/// The settings of a repository that are not read for their names.
pub(super) fn misnamed(repository: &Repository, point: &Point) -> Result<Vec<Misnamed>> {
    let mut all = Vec::new();
    let (folder, acks) = ACKS.split_once('/').unwrap_or_default();
    for place in ["", folder, folder.trim_start_matches('.')] {
        for name in repository.file_names(point, place)? {
            let found = if place.is_empty() { name.clone() } else { format!("{place}/{name}") };
            let meant = if is_like(&name, FILE) {
                FILE
            } else if !place.is_empty() && is_like(&name, acks) {
                ACKS
            } else {
                continue;
            };
            if found != meant {
                all.push(Misnamed { found, meant });
            }
        }
    }
    Ok(all)
}

/// Whether a file's name is a slip for another: letter case, a dot before it, `.yml`, or one
/// letter.
fn is_like(name: &str, wanted: &str) -> bool {
    let plain = name.to_lowercase();
    let plain = plain.trim_start_matches('.');
    let stem = plain.strip_suffix(".yml").or(plain.strip_suffix(".yaml"));
    stem.is_some_and(|stem| strsim::osa_distance(&format!("{stem}.yaml"), wanted) <= 1)
}

/// Warns of settings that are not read for their names.
pub(super) fn warn_of_misnamed(repository: &Repository, point: &Point) -> Result<()> {
    for Misnamed { found, meant } in misnamed(repository, point)? {
        let found = safe::visible(&found);
        deliver::aside(&format!("warning: {found} is not read: its name has to be {meant}\n"));
    }
    Ok(())
}

/// Tells of sources that match nothing at any of these points, and how many pages they leave out.
pub(super) fn tell_sources(
    repository: &Repository,
    points: &[&Point],
    policy: &Policy,
    (asked, within): (&Filter, &Filter),
    names: &Names,
) -> Result<()> {
    if policy.sources.is_empty() {
        return Ok(());
    }
    let (mut there, mut left_out) = (BTreeSet::new(), BTreeSet::new());
    for point in points {
        for file in repository.files(point, &Filter::default())? {
            let is_left_out = asked.matches(&file.path) && !within.matches(&file.path);
            if is_left_out && assigns(&repository.read(&file)?, names) {
                left_out.insert(file.path.clone());
            }
            there.insert(file.path);
        }
    }
    let origin = safe::visible(policy.origin.as_deref().unwrap_or(FILE)).into_owned();
    for source in unmatched(repository, policy, &there)? {
        let source = safe::visible(source);
        deliver::aside(&format!(
            "warning: {origin}: `{source}` under `sources` matches no markdown file\n"
        ));
    }
    if !left_out.is_empty() {
        let count = left_out.len();
        let pages = if count == 1 { "1 page".to_owned() } else { format!("{count} pages") };
        deliver::aside(&format!("note: {origin} leaves {pages} out (`sources`)\n"));
    }
    Ok(())
}

fn unmatched<'p>(
    repository: &Repository,
    policy: &'p Policy,
    there: &BTreeSet<RepoPath>,
) -> Result<Vec<&'p str>> {
    let mut found = Vec::new();
    for source in policy.sources.iter().map(Pathspec::as_str) {
        // one that excludes says what is not wanted, there or not
        let is_excluding = [":!", ":^", ":(exclude"].iter().any(|sign| source.starts_with(sign));
        let filter = repository.filter_from_root(&[source])?;
        if !is_excluding && !there.iter().any(|path| filter.matches(path)) {
            found.push(source);
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_in_a_name_are_seen() {
        for name in [
            "respdiff.yml",
            ".respdiff.yaml",
            ".respdiff.yml",
            "Respdiff.yaml",
            "respdif.yaml",
            "resp-diff.yaml",
        ] {
            assert!(is_like(name, FILE), "{name}");
        }
        for name in ["acks.yml", "ack.yaml", "Acks.yaml"] {
            assert!(is_like(name, "acks.yaml"), "{name}");
        }
        for name in ["respdiff.yaml.bak", "respdiff.md", "keyref.yaml", "respdiff"] {
            assert!(!is_like(name, FILE), "{name}");
        }
    }
}
