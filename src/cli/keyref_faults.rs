//! What is wrong with keyref files, reported once for each file, with the newest commit in which it
//! is wrong.

use super::error_output::print_line;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use crate::error::{Error, ErrorKind};
use crate::history::{Point, RepoPath, Repository};
use crate::model::counted;
use crate::normalize::KeyrefDoubt;
use crate::policy::BrokenYaml;

/// A keyref file as a warning names it: its path, and its repository where that is known.
pub(super) type FileName = (String, Option<String>);

/// A keyref file that the user or a policy names, and that cannot be used.
pub(super) fn unusable_table(name: &str, table: &str, reason: &str) -> Error {
    if let Some(broken) = BrokenYaml::find(table) {
        return Error::new(ErrorKind::Input, broken.message(name)).with_hint(broken.advice);
    }
    Error::new(ErrorKind::Input, format!("{name} is not a keyref file: {reason}"))
        .with_hint("expected YAML such as `keyword: {cloud_notm: IBM Cloud}`")
}

/// What is wrong with keyref files.
#[derive(Default)]
pub(super) struct KeyrefFaults {
    /// By file and reason, the contents that cannot be used.
    unusable: BTreeMap<(FileName, String), BTreeSet<String>>,
    /// By file and key, the contents that are doubtful and how each is.
    doubtful: BTreeMap<(FileName, String), BTreeMap<String, KeyrefDoubt>>,
    /// The points at which repositories are looked at.
    points: BTreeMap<String, Point>,
}

impl KeyrefFaults {
    /// Notes the point at which a repository is looked at.
    pub(super) fn note_point(&mut self, repository: &str, point: &Point) {
        self.points.entry(repository.to_owned()).or_insert_with(|| point.clone());
    }

    /// Notes a content that cannot be used.
    pub(super) fn note_unusable(&mut self, file: FileName, blob: &str, reason: String) {
        self.unusable.entry((file, reason)).or_default().insert(blob.to_owned());
    }

    /// Notes a content that is doubtful.
    pub(super) fn note_doubt(&mut self, file: FileName, blob: &str, doubt: KeyrefDoubt) {
        let (KeyrefDoubt::Twice { key, .. } | KeyrefDoubt::Endless { key }) = &doubt;
        self.doubtful.entry((file, key.clone())).or_default().insert(blob.to_owned(), doubt);
    }

    /// Warns of everything, each once.
    pub(super) fn print_all(&self) {
        for ((file, reason), blobs) in &self.unusable {
            let name = shown_name(file);
            let (place, _) = self.newest_place(file, blobs);
            let others = other_versions(blobs.len());
            print_line(&format!("warning: {name} is ignored in {place}{others}: {reason}"));
        }
        for ((file, key), doubts) in &self.doubtful {
            let name = shown_name(file);
            let blobs: BTreeSet<String> = doubts.keys().cloned().collect();
            let (place, blob) = self.newest_place(file, &blobs);
            let what = match doubts.get(&blob) {
                Some(KeyrefDoubt::Twice { lines, .. }) => listed_twice(lines),
                Some(KeyrefDoubt::Endless { .. }) => {
                    "refers to itself through other keys; it is read as unknown".to_owned()
                }
                None => continue,
            };
            let others = other_versions(blobs.len());
            let place =
                if blob.is_empty() { String::new() } else { format!(", in {place}{others}") };
            print_line(&format!("warning: {name}{place}: key {key} {what}"));
        }
    }

    /// The newest place where the file has one of these contents, and which one it has there.
    fn newest_place(&self, file: &FileName, blobs: &BTreeSet<String>) -> (String, String) {
        let first = blobs.first().cloned().unwrap_or_default();
        self.found_place(file, blobs).unwrap_or_else(|| (format!("blob {first}"), first))
    }

    fn found_place(
        &self,
        (path, repository): &FileName,
        blobs: &BTreeSet<String>,
    ) -> Option<(String, String)> {
        let name = repository.as_ref()?;
        let repository = Repository::open(Path::new(name)).ok()?;
        let path = RepoPath::from(path.as_str());
        let head = || Some(Point::Commit(repository.find_revision("HEAD").ok()?));
        let point = self.points.get(name).cloned().or_else(head)?;
        let is_one = |id: &str| blobs.contains(id);
        let tip = match &point {
            Point::Commit(_) => point.clone(),
            Point::Index | Point::WorkingTree | Point::Empty => {
                let head = head();
                let at = |point: &Point| Some(repository.file_at(point, &path).ok()??.blob.short());
                let here = at(&point).filter(|id| is_one(id));
                let is_committed = head.as_ref().and_then(at) == here;
                match here {
                    Some(blob) if !is_committed => return Some((point.name().to_owned(), blob)),
                    Some(_) | None => head?,
                }
            }
        };
        let (commit, blob) = repository.newest_with_content(&tip, &path, &is_one).ok()??;
        let day = commit.time.to_utc().date_naive();
        Some((format!("commit {} of {day}", commit.id.short()), blob))
    }
}

fn other_versions(count: usize) -> String {
    match count.saturating_sub(1) {
        0 => String::new(),
        others => format!(" and {}", counted(others, "other version")),
    }
}

fn shown_name((path, repository): &FileName) -> String {
    match repository {
        Some(repository) => {
            format!("{path} of {repository}")
        }
        None => path.clone(),
    }
}

fn listed_twice(lines: &[usize]) -> String {
    let lines: Vec<String> = lines.iter().map(ToString::to_string).collect();
    let on = match lines.split_last() {
        Some((last, before)) if !before.is_empty() => {
            format!(" on lines {} and {last}", before.join(", "))
        }
        Some(_) | None => " twice".to_owned(),
    };
    format!("is defined{on}; the last one counts")
}
