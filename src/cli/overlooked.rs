//! Warns of what a run passes over: settings files with a wrong name, `sources` that match nothing,
//! and pages that `sources` leave out.

use super::error_output::print_line;
use super::shell::{git_in, shell_quoted};

use std::collections::BTreeSet;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{File, Filter, Point, RepoPath, Repository};
use crate::model::counted;
use crate::normalize::{Names, Source, assigns_responsibility};
use crate::policy::{ACKS, FILE, Policy, is_stored};

/// A file that looks like one of ours, and the name under which it would be read; none where it
/// only stands in the folder that is ours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Misnamed {
    pub(super) found: String,
    pub(super) meant: Option<&'static str>,
    /// Whether a file of that name is there, too.
    pub(super) meant_exists: bool,
}

impl Misnamed {
    /// What is to be done.
    pub(super) fn advice(&self) -> String {
        match self.meant {
            Some(meant) if self.meant_exists => {
                format!("move what you need from it to {meant}, and remove it")
            }
            Some(meant) => format!("rename it to {meant}"),
            None => format!("respdiff reads {FILE} and {ACKS}"),
        }
    }
}

/// The settings of a repository that are not read for their names.
pub(super) fn misnamed_files(repository: &Repository, point: &Point) -> Result<Vec<Misnamed>> {
    let mut all = Vec::new();
    let (folder, _) = ACKS.split_once('/').unwrap_or_default();
    for place in ["", folder, folder.trim_start_matches('.')] {
        for name in repository.file_names(point, place)? {
            let found = if place.is_empty() { name.clone() } else { format!("{place}/{name}") };
            if found == FILE || found == ACKS {
                continue;
            }
            let meant = match settings_stem(&name) {
                Some(stem) => meant_by(&stem, !place.is_empty()),
                None => continue,
            };
            let is_in_ours = place == folder && !name.to_lowercase().contains("alert");
            // a baseline may be kept anywhere
            if (meant.is_some() || is_in_ours) && !is_stored_at(repository, point, &found) {
                let meant_exists = meant.is_some_and(|meant| {
                    matches!(repository.read_setting(point, meant), Ok(Some(_)))
                });
                all.push(Misnamed { found, meant, meant_exists });
            }
        }
    }
    Ok(all)
}

fn is_stored_at(repository: &Repository, point: &Point, path: &str) -> bool {
    let setting = repository.read_setting(point, path);
    setting.is_ok_and(|found| found.is_some_and(|setting| is_stored(&setting.text)))
}

/// A file's name without its ending and a dot before it, in small letters; none where the ending is
/// not one that settings have.
fn settings_stem(name: &str) -> Option<String> {
    let plain = name.to_lowercase();
    let (stem, ending) = plain.trim_start_matches('.').rsplit_once('.')?;
    matches!(ending, "yaml" | "yml" | "json" | "toml").then(|| stem.to_owned())
}

/// Which file somebody meant by such a name: it differs by one letter, or says in another word what
/// the file is. `in_folder` where its folder says already whose it is.
fn meant_by(stem: &str, in_folder: bool) -> Option<&'static str> {
    const NAME: &str = "respdiff";
    let is_near = |wanted: &str| strsim::osa_distance(stem, wanted) <= 1;
    if is_near(NAME) {
        return Some(FILE);
    }
    let rest = stem.strip_prefix(NAME).filter(|rest| rest.starts_with(['-', '_', '.']));
    let words = match rest {
        Some(rest) => &rest[1..],
        None if in_folder => stem,
        None => return None,
    };
    let is_one_of = |all: &[&str]| all.iter().any(|word| words.contains(word));
    if (in_folder && is_near("acks")) || words == "ack" || is_one_of(&["acks", "acknowledg"]) {
        return Some(ACKS);
    }
    is_one_of(&["policy", "policies", "config", "settings"]).then_some(FILE)
}

/// Names the responsibility pages of the working tree that git does not track, which are not read.
pub(super) fn report_untracked(repository: &Repository, filter: &Filter, names: &Names) {
    // where the index cannot be read, the code that needs it reports that
    for (path, content) in repository.untracked_pages(filter).unwrap_or_default() {
        if assigns_responsibility(Source::in_format(path.format(), &content), names) {
            let magic = if repository.is_below_root() { ":/" } else { "" };
            let added = shell_quoted(&format!("{magic}{path}"));
            let git = git_in(repository.given_folder());
            print_line(&format!(
                "note: {path} is not read, because git does not track it: `{git} add -N {added}` includes it"
            ));
        }
    }
}

/// Says that the policy in the working tree does not apply to a commit, where it is not committed.
/// `is_given` says that the user named another policy.
pub(super) fn note_uncommitted_policy(repository: &Repository, point: &Point, is_given: bool) {
    if is_given || repository.is_bare() || point.commit_id().is_none() {
        return;
    }
    let text = |point: &Point| Some(repository.read_setting(point, FILE).ok()??.text);
    let head = repository.find_revision("HEAD").ok().map(Point::Commit);
    let here = text(&Point::WorkingTree);
    if here.is_some() && here != head.as_ref().and_then(text) {
        print_line(&format!(
            "note: the {FILE} in the working tree is not committed, so it does not apply to this range"
        ));
    }
}

/// Warns of settings that are not read for their names.
pub(super) fn warn_of_misnamed(repository: &Repository, point: &Point) -> Result<()> {
    for misnamed in misnamed_files(repository, point)? {
        print_line(&format!("warning: {} is not read: {}", misnamed.found, misnamed.advice()));
    }
    Ok(())
}

/// Warns of sources that match nothing at any of these points, and how many pages they leave out.
pub(super) fn report_sources(
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
        for file in repository.page_files(point, &Filter::default())? {
            let is_left_out = asked.matches(&file.path) && !within.matches(&file.path);
            if is_left_out && is_page(repository, &file, names)? {
                left_out.insert(file.path.clone());
            }
            there.insert(file.path);
        }
    }
    let origin = policy.origin.as_deref().unwrap_or(FILE);
    let unmatched = unmatched_sources(repository, policy, &there)?;
    let unread = unread_sources(repository, points, &unmatched)?;
    for source in unmatched {
        let what = match unread.iter().find(|(known, _)| *known == source) {
            Some((_, path)) => {
                format!("matches only files that respdiff does not read, such as {path}")
            }
            None => "matches no page".to_owned(),
        };
        print_line(&format!("warning: {origin}: `{source}` under `sources` {what}"));
    }
    if !left_out.is_empty() {
        let pages = counted(left_out.len(), "page");
        print_line(&format!("note: {origin} excludes {pages} (`sources`)"));
    }
    Ok(())
}

/// Whether a file assigns any responsibility.
fn is_page(repository: &Repository, file: &File, names: &Names) -> Result<bool> {
    let content = repository.read_file(file)?;
    Ok(assigns_responsibility(Source::in_format(file.path.format(), &content), names))
}

/// Refuses sources that name files, of which no reader takes any: the answer would be about nothing.
pub(super) fn refuse_unread_sources(
    repository: &Repository,
    point: &Point,
    policy: &Policy,
) -> Result<()> {
    if policy.sources.is_empty() {
        return Ok(());
    }
    let files = repository.page_files(point, &Filter::default())?;
    let there = files.into_iter().map(|file| file.path).collect();
    let unmatched = unmatched_sources(repository, policy, &there)?;
    let Some((source, path)) = unread_sources(repository, &[point], &unmatched)?.into_iter().next()
    else {
        return Ok(());
    };
    let origin = policy.origin.as_deref().unwrap_or(FILE);
    let message = format!(
        "{origin}: `{source}` under `sources` matches only files that respdiff does not read, such as {path}"
    );
    Err(Error::new(ErrorKind::Input, message).with_hint(
        "pages end in .md, .markdown, .mdx, .adoc, .asciidoc or .asc; remove the pattern",
    ))
}

/// Those of the patterns that name files, each with the first one.
fn unread_sources<'p>(
    repository: &Repository,
    points: &[&Point],
    sources: &[&'p str],
) -> Result<Vec<(&'p str, RepoPath)>> {
    let mut found = Vec::new();
    if sources.is_empty() {
        return Ok(found);
    }
    let mut paths = Vec::new();
    for point in points {
        paths.extend(repository.all_paths(point)?);
    }
    for source in sources {
        let filter = repository.filter_from_root(&[*source])?;
        let first = paths.iter().find(|path| filter.matches(path));
        found.extend(first.map(|path| (*source, path.clone())));
    }
    Ok(found)
}

fn unmatched_sources<'p>(
    repository: &Repository,
    policy: &'p Policy,
    there: &BTreeSet<RepoPath>,
) -> Result<Vec<&'p str>> {
    let mut found = Vec::new();
    // one that excludes says what is not wanted, there or not
    for source in policy.sources.iter().filter(|source| !source.is_excluding()) {
        let source = source.as_str();
        let filter = repository.filter_from_root(&[source])?;
        if !there.iter().any(|path| filter.matches(path)) {
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
        let meant = |name: &str, in_folder| meant_by(&settings_stem(name)?, in_folder);
        for name in [
            "respdiff.yml",
            ".respdiff.yaml",
            ".respdiff.yml",
            "Respdiff.yaml",
            "respdif.yaml",
            "resp-diff.yaml",
            "respdiff.json",
            "respdiff-policy.yaml",
        ] {
            assert_eq!(meant(name, false), Some(FILE), "{name}");
        }
        for name in ["policy.yaml", "config.yml", "respdiff.toml"] {
            assert_eq!(meant(name, true), Some(FILE), "{name}");
        }
        let acks = ["acks.yml", "ack.yaml", "Acks.yaml", "acks.json", "acknowledgements.yaml"];
        for name in acks.into_iter().chain(["acknowledgments.yaml", "respdiff-acks.yaml"]) {
            assert_eq!(meant(name, true), Some(ACKS), "{name}");
        }
        for name in ["respdiff.yaml.bak", "respdiff.md", "keyref.yaml", "respdiff", "alert.yaml"] {
            assert_eq!(meant(name, true), None, "{name}");
        }
        for name in ["policy.yaml", "packs.yaml", "acks.yaml", "respdiff-alert.yaml"] {
            assert_eq!(meant(name, false), None, "{name}");
        }
    }
}
