//! The policy that applies: the one that the user names, else the repository's own at the point
//! that is read.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Filter, Point, Repository};
use crate::model::{Change, Document, Place, counted};
use crate::normalize::{DocAttributes, Names, PolicyVocabulary};
use crate::policy::{FILE, Pathspec, Policy, RepositoryFile, Whose};

use super::args::CommonArgs;
use super::keyrefs::Keyrefs;
use super::{input, overlooked};

/// A policy with what its words were made into.
#[derive(Clone, Debug, Default)]
pub(super) struct EffectivePolicy {
    pub(super) policy: Policy,
    /// Whether the user named it, so that no repository's counts.
    pub(super) is_given: bool,
    /// The texts of its keyref files.
    pub(super) tables: Vec<String>,
    /// Its names of parties and templates' texts.
    pub(super) words: Option<Arc<PolicyVocabulary>>,
    /// How many changes its levels left out so far.
    left_out: Arc<AtomicUsize>,
}

impl EffectivePolicy {
    /// The policy that `--config` or `RESPDIFF_CONFIG` names, else the default.
    pub(super) fn from_option(common: &CommonArgs) -> Result<Self> {
        let Some((path, shown)) = given_file(common) else { return Ok(Self::default()) };
        let text = String::from_utf8(input::read_option(&path)?).map_err(|_| {
            Error::new(ErrorKind::Input, format!("{shown} is not UTF-8"))
                .with_hint("save it as UTF-8")
        })?;
        let policy = Policy::read(&shown, &text, Whose::User)?;
        let beside = path.parent().unwrap_or(Path::new(""));
        let mut tables = Vec::new();
        for file in &policy.keyrefs {
            let bytes = input::read_beside(beside, file.as_str())?;
            tables
                .push(checked_table(file.as_str(), String::from_utf8_lossy(&bytes).into_owned())?);
        }
        let mut attributes = Vec::new();
        for file in &policy.pages.attribute_files {
            let bytes = input::read_beside(beside, file.as_str())?;
            attributes.push(String::from_utf8_lossy(&bytes).into_owned());
        }
        Ok(Self { is_given: true, ..Self::from_files(policy, PolicyFiles { tables, attributes }) })
    }

    /// The repository's own policy at a point.
    pub(super) fn of_repository(repository: &Repository, point: &Point) -> Result<Self> {
        let Some(found) = repository.read_setting(point, FILE)? else { return Ok(Self::default()) };
        let policy = Policy::read(&found.name, &found.text, Whose::Repository)?;
        let files = Self::read_files(&policy, &found.name, repository, point)?;
        Ok(Self::from_files(policy, files))
    }

    /// The texts of the files that a policy names, at a point.
    pub(super) fn read_files(
        policy: &Policy,
        name: &str,
        repository: &Repository,
        point: &Point,
    ) -> Result<PolicyFiles> {
        let read = |file: &RepositoryFile, key: &str| {
            repository.read_setting(point, file.as_str())?.ok_or_else(|| {
                let message = format!("{name}: `{}` does not exist", file.as_str());
                Error::new(ErrorKind::Input, message).with_hint(format!(
                    "name a file of the repository under `{key}`, from its root"
                ))
            })
        };
        let mut files = PolicyFiles::default();
        for file in &policy.keyrefs {
            let table = read(file, "keyrefs")?;
            files.tables.push(checked_table(&table.name, table.text)?);
        }
        for file in &policy.pages.attribute_files {
            files.attributes.push(read(file, "asciidoc.files")?.text);
        }
        Ok(files)
    }

    pub(super) fn from_files(policy: Policy, files: PolicyFiles) -> Self {
        let words = policy.has_words().then(|| Arc::new(words_of(&policy, &files)));
        Self { policy, tables: files.tables, words, ..Self::default() }
    }

    /// Says once how many changes were left out.
    pub(super) fn report_left_out(&self) {
        let count = self.left_out.swap(0, Ordering::Relaxed);
        if count > 0 {
            let changes = counted(count, "change");
            let origin = self.policy.origin.as_deref().unwrap_or(FILE);
            deliver::print_to_stderr(&format!("note: {origin} ignores {changes} (`level: off`)\n"));
        }
    }
}

/// The texts of the files that a policy names.
#[derive(Default)]
pub(super) struct PolicyFiles {
    /// Keyref files.
    tables: Vec<String>,
    /// Files of AsciiDoc attributes.
    attributes: Vec<String>,
}

/// What a policy says of how pages are read.
fn words_of(policy: &Policy, files: &PolicyFiles) -> PolicyVocabulary {
    let pages = &policy.pages;
    let set = DocAttributes::new(pages.attributes.clone());
    let attributes = files.attributes.iter().fold(set, |set, text| set.with_file(text));
    let mut words = PolicyVocabulary::new(&policy.parties, &policy.placeholders)
        .with_stamp_fields(&pages.stamp)
        .with_attributes(attributes);
    for preset in &pages.presets {
        words = words.with_preset(preset.name());
    }
    match &pages.provider {
        Some(provider) => words.with_provider(&provider.name, &provider.spellings),
        None => words,
    }
}

/// The file that the user names, and how.
pub(super) fn given_file(common: &CommonArgs) -> Option<(PathBuf, String)> {
    if let Some(path) = &common.config {
        return Some((common.resolve_path(path), path.display().to_string()));
    }
    let path = std::env::var_os("RESPDIFF_CONFIG").filter(|path| !path.is_empty())?;
    let path = PathBuf::from(path);
    let shown = path.display().to_string();
    Some((path, shown))
}

fn checked_table(name: &str, table: String) -> Result<String> {
    match Names::builtin().with_keyref_file(&table) {
        Ok(_) => Ok(table),
        Err(reason) => {
            Err(Error::new(ErrorKind::Input, format!("{name} is not a keyref file: {reason}"))
                .with_hint("expected YAML such as `keyword: {cloud_notm: IBM Cloud}`"))
        }
    }
}

impl Keyrefs {
    /// The names and the policy that hold at a point of a repository.
    pub(super) fn in_force(&self, repository: &Repository, point: &Point) -> Result<Self> {
        let policy = if self.policy.is_given {
            self.policy.clone()
        } else {
            EffectivePolicy::of_repository(repository, point)?
        };
        Ok(self.under_policy(policy, repository).at_point(point))
    }

    /// The paths that were asked for, within the policy's sources.
    pub(super) fn path_filter(
        &self,
        repository: &Repository,
        paths: &[OsString],
    ) -> Result<Filter> {
        let filter = repository.path_filter(paths)?;
        Ok(match sources_filter(repository, &self.policy.policy)? {
            Some(sources) => filter.within_any(vec![sources]),
            None => filter,
        })
    }

    /// The same, with a word about what is passed over for the settings at these points.
    pub(super) fn reported_filter(
        &self,
        repository: &Repository,
        points: &[&Point],
        paths: &[OsString],
    ) -> Result<Filter> {
        let filter = self.path_filter(repository, paths)?;
        if !self.policy.is_given
            && let Some(newest) = points.last()
        {
            overlooked::warn_of_misnamed(repository, newest)?;
        }
        let asked = repository.path_filter(paths)?;
        let sides = (&asked, &filter);
        overlooked::report_sources(
            repository,
            points,
            &self.policy.policy,
            sides,
            &self.names_with(&[]),
        )?;
        if let Some(Point::WorkingTree) = points.last() {
            overlooked::report_untracked(repository, &filter, &self.names_with(&[]));
        }
        Ok(filter)
    }

    /// Gives changes of a page the levels that the policy says, and leaves out what is off.
    pub(super) fn relevel(&self, changes: &mut Vec<Change>, path: &str) {
        let before = changes.len();
        changes.retain_mut(|change| match self.policy.policy.level_of(change, path) {
            Some(level) => {
                change.level = level;
                true
            }
            None => false,
        });
        self.policy.left_out.fetch_add(before - changes.len(), Ordering::Relaxed);
        self.assign_controls(changes, path);
    }

    /// Says of changes of a page which controls they belong to.
    pub(super) fn assign_controls(&self, changes: &mut [Change], path: &str) {
        for change in changes {
            change.controls = self.policy.policy.controls_of_change(change, path);
        }
    }

    /// The controls of each duty of a page, by its position; empty where the policy maps none.
    pub(super) fn controls_of(&self, document: &Document, path: &str) -> Vec<Vec<String>> {
        let policy = &self.policy.policy;
        if policy.controls.is_empty() {
            return Vec::new();
        }
        let places = document.duties().enumerate().map(|(at, duty)| Place::of_duty(at, duty));
        places.map(|place| policy.controls_at(&place, path)).collect()
    }
}

/// The policy's sources; none where it names none.
pub(super) fn sources_filter(repository: &Repository, policy: &Policy) -> Result<Option<Filter>> {
    if policy.sources.is_empty() {
        return Ok(None);
    }
    let specs: Vec<&str> = policy.sources.iter().map(Pathspec::as_str).collect();
    repository.filter_from_root(&specs).map(Some)
}
