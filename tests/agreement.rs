//! `check` on each commit against its parent, `alert` and `log` tell the same moves, additions
//! and removals, commit by commit, over real histories. `RESPDIFF_CORPUS` names a folder with
//! `histories/*.bundle`; without it these tests are skipped.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test may")]

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use rayon::prelude::*;
use respdiff::history::{Filter, Repository, Request};
use respdiff::model::{Change, Kind, Side};
use respdiff::normalize::Names;
use respdiff::timeline::{self, NamesTable, OldSide, compare_range};

use crate::histories;

/// How many duties moved, came and went.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Tally {
    moved: usize,
    added: usize,
    removed: usize,
}

impl Tally {
    fn add(&mut self, change: &Change) {
        match change.kind {
            Kind::Moved => self.moved += 1,
            Kind::Added => self.added += 1,
            Kind::Removed => self.removed += 1,
            Kind::Reworded | Kind::Relocated => {}
        }
    }
}

/// What each commit brought, by commit; those that brought nothing are left out.
type Told = BTreeMap<String, Tally>;

fn names(tables: &[NamesTable]) -> Names {
    let lay =
        |names: Names, table: &NamesTable| names.with_keyref_file(&table.text).unwrap_or(names);
    tables.iter().fold(Names::builtin(), lay)
}

fn mainline(clone: &str) -> Vec<String> {
    let words = ["-C", clone, "rev-list", "--first-parent", "--reverse", "HEAD"];
    let output = Command::new("git").args(words).output().unwrap();
    String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect()
}

/// What `check` tells of each commit but the first, and which of them it calls incomplete.
fn checked(clone: &str, commits: &[String]) -> (Told, BTreeSet<String>) {
    let found: Vec<(String, Tally, bool)> = commits
        .par_windows(2)
        .map(|pair| {
            let repo = Repository::open(Path::new(clone)).unwrap();
            let request = Request { revisions: pair.to_vec(), cached: false };
            let ends = repo.resolve_ends(&request).unwrap();
            let all = Filter::default();
            let compared =
                compare_range(&repo, &ends, &all, &names, OldSide::LastReadable).unwrap();
            let (mut tally, mut incomplete) = (Tally::default(), false);
            for document in &compared.documents {
                document.comparison.changes.iter().for_each(|change| tally.add(change));
                let unread = &document.comparison.unread;
                incomplete |= unread.iter().any(|notice| notice.side == Some(Side::New));
            }
            (pair[1].clone(), tally, incomplete)
        })
        .collect();
    let incomplete = found.iter().filter(|one| one.2).map(|one| one.0.clone()).collect();
    (told(found.into_iter().map(|(commit, tally, _)| (commit, tally))), incomplete)
}

fn told(found: impl Iterator<Item = (String, Tally)>) -> Told {
    found.filter(|(_, tally)| *tally != Tally::default()).collect()
}

/// What `alert --from-start` tells.
fn alerted(repo: &Repository) -> Told {
    let span = repo.parse_span(None).unwrap();
    let editions =
        timeline::editions_with_changes(repo, &span, &Filter::default(), &names, &|_| ()).unwrap();
    let mut tallies = Told::new();
    for change in editions.iter().flat_map(|edition| &edition.changes) {
        let commit = change.introduced.as_ref().unwrap().commit.clone();
        tallies.entry(commit).or_default().add(change);
    }
    told(tallies.into_iter())
}

/// What `log` tells: of editions of one commit what it brought; and the commits that are told
/// together with others, or that took a page away or brought it, of which it tells no duties.
fn logged(repo: &Repository) -> (Told, BTreeSet<String>) {
    let (mut tallies, mut apart) = (Told::new(), BTreeSet::new());
    let span = repo.parse_span(None).unwrap();
    timeline::log_pages(repo, &span, &Filter::default(), &names, &|_| (), &mut |page| {
        for (at, edition) in page.editions.iter().enumerate() {
            let is_first = at + 1 == page.editions.len();
            let commits = edition.commits.iter().map(|commit| commit.commit.clone());
            if is_first || edition.commits.len() > 1 {
                apart.extend(commits);
            } else {
                for change in &edition.report.changes {
                    let commit = edition.commits[0].commit.clone();
                    tallies.entry(commit).or_default().add(change);
                }
            }
            apart.extend(edition.gone.iter().map(|gone| gone.commit.commit.clone()));
        }
        Ok(())
    })
    .unwrap();
    (told(tallies.into_iter()), apart)
}

/// Commits that changed more than one page: duties may have gone from one to the other, which
/// `log`, page by page, tells as removed and added.
fn several_pages(repo: &Repository) -> BTreeSet<String> {
    let span = repo.parse_span(None).unwrap();
    let editions =
        timeline::editions_with_changes(repo, &span, &Filter::default(), &names, &|_| ()).unwrap();
    let mut pages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for edition in &editions {
        for change in &edition.changes {
            let commit = change.introduced.as_ref().unwrap().commit.clone();
            pages.entry(commit).or_default().insert(edition.path.clone());
        }
    }
    pages.into_iter().filter(|(_, pages)| pages.len() > 1).map(|(commit, _)| commit).collect()
}

#[test]
fn check_alert_and_log_agree_on_every_commit() {
    for bundle in histories::bundles() {
        let folder = tempfile::tempdir().unwrap();
        let clone = histories::cloned(&bundle, folder.path());
        let name = histories::name(&bundle);
        let commits = mainline(&clone);
        let repo = Repository::open(Path::new(&clone)).unwrap();
        let (mut checked, incomplete) = checked(&clone, &commits);
        let alerted = alerted(&repo);
        // nothing is before the first commit for `check` to compare with
        if let Some((first, tally)) = alerted.get_key_value(&commits[0]) {
            checked.insert(first.clone(), *tally);
        }
        assert_eq!(checked, alerted, "{name}: check and alert");
        let (mut logged, mut apart) = logged(&repo);
        apart.extend(several_pages(&repo));
        logged.retain(|commit, _| !apart.contains(commit));
        let alone: Told =
            alerted.iter().filter(|(commit, _)| !apart.contains(*commit)).map(own).collect();
        assert_eq!(logged, alone, "{name}: log and alert");
        println!(
            "{name}: {} commits, {} with changes, {} compared with log, incomplete: {incomplete:?}",
            commits.len(),
            alerted.len(),
            alone.len()
        );
    }
}

fn own((commit, tally): (&String, &Tally)) -> (String, Tally) {
    (commit.clone(), *tally)
}
