//! The policy that applies: the one that the user names, else the repository's own at the point
//! that is read.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::args::CommonArgs;
#[cfg(feature = "alert")]
use super::error_output::print_line;
use super::input;
use super::keyref_faults::unusable_table;
use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Filter, Point, Repository};
use crate::model::counted;
use crate::normalize::{DocAttributes, Names, PolicyVocabulary};
use crate::policy::{FILE, Pathspec, Policy, RepositoryFile, Whose};

/// The environment variable that names the user's policy.
pub(super) const POLICY_VARIABLE: &str = "RESPDIFF_CONFIG";

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
        let bytes = if common.config.is_some() {
            input::read_option(&path)?
        } else {
            input::read_of_variable(&path, POLICY_VARIABLE)?
        };
        let text = String::from_utf8(bytes).map_err(|_| {
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

    /// This policy with the names of parties by which a repository's own reads its pages at a point,
    /// unless it has such names itself. Nothing else of the repository's counts: it might silence what
    /// the repository is watched for.
    #[cfg(feature = "alert")]
    pub(super) fn with_names_of(&self, repository: &Repository, point: &Point) -> Result<Self> {
        let own = &self.policy;
        let Some(found) = repository.read_setting(point, FILE)? else { return Ok(self.clone()) };
        if own.has_words() || !own.keyrefs.is_empty() {
            return Ok(self.clone());
        }
        let theirs = Policy::read(&found.name, &found.text, Whose::Repository)?;
        let files = Self::read_files(&theirs, &found.name, repository, point)?;
        let Policy { parties, pages, keyrefs, .. } = theirs;
        let policy = Policy { parties, keyrefs, pages, ..own.clone() };
        let left_out = Arc::clone(&self.left_out);
        Ok(Self { is_given: self.is_given, left_out, ..Self::from_files(policy, files) })
    }

    /// Warns where the `parties` of a repository's own policy do not count at a point, because this one
    /// reads pages by other keys.
    #[cfg(feature = "alert")]
    pub(super) fn warn_of_unused_parties(&self, repository: &Repository, point: &Point) {
        let own = &self.policy;
        let reads_nothing = !own.has_words() && own.keyrefs.is_empty();
        if reads_nothing || !own.parties.is_empty() {
            return;
        }
        let Ok(Some(found)) = repository.read_setting(point, FILE) else { return };
        let theirs = Policy::read(&found.name, &found.text, Whose::Repository);
        if theirs.is_ok_and(|theirs| !theirs.parties.is_empty()) {
            let place = repository.shown_path().display().to_string();
            let origin = own.origin.as_deref().unwrap_or("your policy");
            let text = format!(
                "{place}: the `parties` of {} are not used, because {origin} says how pages are \
                 read: copy them to it",
                found.name
            );
            print_line(&format!("warning: {text}"));
        }
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

    /// Counts changes that its levels left out.
    pub(super) fn count_left_out(&self, changes: usize) {
        self.left_out.fetch_add(changes, Ordering::Relaxed);
    }

    /// Says once how many changes were left out.
    pub(super) fn report_left_out(&self) {
        let count = self.left_out.swap(0, Ordering::Relaxed);
        if count > 0 {
            let changes = counted(count, "change");
            let origin = self.policy.origin.as_deref().unwrap_or(FILE);
            deliver::print_to_stderr(&format!(
                "note: {origin} leaves out {changes} (`level: off`)\n"
            ));
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
    let path = std::env::var_os(POLICY_VARIABLE).filter(|path| !path.is_empty())?;
    let path = PathBuf::from(path);
    let shown = path.display().to_string();
    Some((path, shown))
}

/// A keyref file's text, found good.
pub(super) fn checked_table(name: &str, table: String) -> Result<String> {
    match Names::builtin().with_keyref_file(&table) {
        Ok(_) => Ok(table),
        Err(reason) => Err(unusable_table(name, &table, &reason)),
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
