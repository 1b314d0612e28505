//! The rules of a policy that match nothing in the pages, which may be misspelled.

use std::ffi::OsStr;

use crate::error::Result;
use crate::history::{Filter, Point, Repository};
use crate::model::Place;
use crate::policy::{FILE, LevelRule, LintRule, Pathspec, Policy};
use crate::render::safe;

use super::args::CommonArgs;
use super::keyrefs::Keyrefs;
use super::pages::{PageAt, PagesAt};
use super::policy::EffectivePolicy;
use super::{input, pages};

/// A warning for each rule that names headings or pages of which there are none, one a line.
pub(super) fn list_unmatched(
    policy: &Policy,
    revision: Option<&OsStr>,
    common: &CommonArgs,
) -> Result<String> {
    let keys = [
        ("controls", !policy.controls.is_empty()),
        ("levels", policy.levels.iter().any(LevelRule::names_place)),
        ("lint", policy.lint.iter().any(LintRule::names_pages)),
        ("sources", policy.sources.iter().any(Pathspec::is_excluding)),
    ];
    let mut keys = keys.iter().filter(|(_, is_used)| *is_used).peekable();
    if keys.peek().is_none() {
        return Ok(String::new());
    }
    let revision = revision.map(input::word_text).transpose()?;
    let repository = match Repository::open(common.start_folder()) {
        Ok(repository) => repository,
        // a policy of the user's own may stand in no repository
        Err(_) if EffectivePolicy::from_option(common)?.is_given => {
            let note = |(key, _): &(&str, bool)| {
                format!("note: `{key}` was not compared with pages: this is not a repository\n")
            };
            return Ok(keys.map(note).collect());
        }
        Err(error) => return Err(error),
    };
    let point = pages::named_point(&repository, revision)?;
    let keyrefs = Keyrefs::load(common, None)?.in_force(&repository, &point)?;
    let filter = keyrefs.path_filter(&repository, &[])?;
    let found = PagesAt::new(&repository, &point, &keyrefs).pages_under(&filter)?;
    let mut lines = unmatched_sources(&repository, &point, policy)?;
    lines.extend(unmatched_places(policy, &found, &point));
    let origin = policy.origin.as_deref().unwrap_or(FILE);
    let warning = |line: &String| format!("warning: {origin}: {line}");
    let lines = lines.iter().map(|line| safe::make_visible(&warning(line)).into_owned() + "\n");
    Ok(lines.collect())
}

/// The patterns of `sources` that exclude nothing. Of those that include nothing, every command
/// warns.
fn unmatched_sources(
    repository: &Repository,
    point: &Point,
    policy: &Policy,
) -> Result<Vec<String>> {
    let files = repository.page_files(point, &Filter::default())?;
    let mut lines = Vec::new();
    for (at, source) in policy.sources.iter().enumerate().filter(|(_, one)| one.is_excluding()) {
        let filter = repository.filter_from_root(&[source.as_str()])?;
        if files.iter().all(|file| filter.matches(&file.path)) {
            let (source, point) = (source.as_str(), point.name());
            lines.push(format!("sources[{at}] `{source}` excludes no page of {point}"));
        }
    }
    Ok(lines)
}

/// The rules of `levels`, `lint` and `controls` that match no duty or page.
fn unmatched_places(policy: &Policy, found: &[PageAt], point: &Point) -> Vec<String> {
    let point = point.name();
    let has_duty = |fits: &dyn Fn(&Place, &str) -> bool| {
        found.iter().any(|page| {
            let path = page.file.path.to_string();
            let mut duties = page.document.duties().enumerate();
            duties.any(|(at, duty)| fits(&Place::of_duty(at, duty), &path))
        })
    };
    let mut lines = Vec::new();
    for (at, rule) in policy.levels.iter().enumerate().filter(|(_, rule)| rule.names_place()) {
        if !has_duty(&|place, path| rule.fits_place(place, path)) {
            lines.push(format!("levels[{at}] {rule} matches no duty of {point}"));
        }
    }
    for (at, rule) in policy.lint.iter().enumerate() {
        if rule.names_pages() && !found.iter().any(|page| rule.fits_page(&page.path())) {
            lines.push(format!("lint[{at}] {rule} matches no page of {point}"));
        }
    }
    for (at, rule) in policy.controls.iter().enumerate() {
        if !has_duty(&|place, path| rule.fits_place(place, path)) {
            lines.push(format!("controls[{at}] {rule} matches no duty of {point}"));
        }
    }
    lines
}
