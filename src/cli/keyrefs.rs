//! Product names behind keyrefs: the built-in ones, the repository's own over them, and the
//! user's file over both.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::error::Result;
use crate::history::{File, Filter, Point, RepoPath, Repository};
use crate::model::Format;
use crate::normalize::{KeyrefDoubt, Names};
use crate::policy::BrokenYaml;
use crate::timeline::NamesTable;

use super::args::CommonArgs;
use super::input;
use super::keyref_faults::{FileName, KeyrefFaults};
use super::policy::{EffectivePolicy, checked_table, sources_filter};

/// What a docs repository calls its own table of names.
const FILE: &[u8] = b"keyref.yaml";

/// The user's own table, read and found good.
pub(super) struct Keyrefs {
    user: Option<NamesTable>,
    /// What is wrong with the repository's tables, reported once.
    faults: Arc<Mutex<KeyrefFaults>>,
    /// The repository whose tables are read, as warnings name it.
    repository: Option<String>,
    /// The policy that applies.
    pub(super) policy: EffectivePolicy,
    /// Which files its sources are; none where it names none.
    sources: Option<Arc<Filter>>,
    /// The built-in names, from which all others of a run come, so that these share what was read.
    plain: Names,
}

impl Keyrefs {
    /// Reads the file of `--keyrefs`.
    pub(super) fn load(common: &CommonArgs, file: Option<&Path>) -> Result<Self> {
        let user = match file {
            Some(path) => {
                let path_shown = path.display().to_string();
                let bytes = input::read_option(&common.resolve_path(path))?;
                let text = String::from_utf8_lossy(&bytes).into_owned();
                let text = checked_table(&path_shown, text)?;
                Some(NamesTable { path: path_shown, blob: String::new(), text })
            }
            None => None,
        };
        let policy = EffectivePolicy::from_option(common)?;
        let plain = Names::builtin();
        Ok(Self { user, faults: Arc::default(), repository: None, policy, sources: None, plain })
    }

    /// The names where the repository has these tables: the root's first, then the folder's.
    pub(super) fn names_with(&self, tables: &[NamesTable]) -> Names {
        let mut names = self.plain.clone();
        if let Some(sources) = self.sources.clone() {
            names = names.with_page_paths(move |path| sources.matches(&RepoPath::from(path)));
        }
        for table in tables {
            match names.overlaid_with_doubts(&table.text) {
                Ok((both, doubts)) => {
                    names = both;
                    self.note_doubts(table, doubts);
                }
                Err(reason) => self.note_unusable(table, reason),
            }
        }
        // these were found good when they were read
        let of_policy = self.policy.tables.iter().zip(&self.policy.policy.keyrefs);
        let of_policy = of_policy.map(|(text, file)| NamesTable {
            path: file.as_str().to_owned(),
            blob: String::new(),
            text: text.clone(),
        });
        for table in of_policy.chain(self.user.clone()) {
            if let Ok((both, doubts)) = names.overlaid_with_doubts(&table.text) {
                names = both;
                self.note_doubts(&table, doubts);
            }
        }
        match &self.policy.words {
            Some(own) => names.with_own(own),
            None => names,
        }
    }

    /// The same for one repository, under its policy.
    pub(super) fn under_policy(&self, policy: EffectivePolicy, repository: &Repository) -> Self {
        // sources that cannot be used are reported where pages are looked for
        let sources = sources_filter(repository, &policy.policy).ok().flatten().map(Arc::new);
        let place = repository.shown_path().display().to_string();
        let repository = Some(place.trim_end_matches('/').to_owned());
        let (user, faults) = (self.user.clone(), Arc::clone(&self.faults));
        Self { user, faults, repository, policy, sources, plain: self.plain.clone() }
    }

    /// The same for one repository, under the policy that applies there.
    pub(super) fn of_repository(&self, repository: &Repository) -> Self {
        self.under_policy(self.policy.clone(), repository)
    }

    /// A file without a blob was named by the user or a policy, wherever it is.
    fn file_name(&self, table: &NamesTable) -> FileName {
        let repository = self.repository.clone().filter(|_| !table.blob.is_empty());
        (table.path.clone(), repository)
    }

    fn note_unusable(&self, table: &NamesTable, reason: String) {
        let reason = BrokenYaml::find(&table.text).map_or(reason, |broken| broken.reason());
        if let Ok(mut faults) = self.faults.lock() {
            faults.note_unusable(self.file_name(table), &table.blob, reason);
        }
    }

    fn note_doubts(&self, table: &NamesTable, doubts: Vec<KeyrefDoubt>) {
        let Ok(mut faults) = self.faults.lock() else { return };
        for doubt in doubts {
            faults.note_doubt(self.file_name(table), &table.blob, doubt);
        }
    }

    /// The same names, known to be read as of a point: warnings name a commit of its history.
    pub(super) fn at_point(self, point: &Point) -> Self {
        if let (Some(repository), Ok(mut faults)) = (&self.repository, self.faults.lock()) {
            faults.note_point(repository, point);
        }
        self
    }

    /// Warns about faulty tables, and reports how many changes were left out.
    pub(super) fn print_warnings(&self) {
        self.warn_of_names();
        self.policy.report_left_out();
    }

    /// Warns of what was found wrong with tables since the last call, each once.
    pub(super) fn warn_of_names(&self) {
        let found = self.faults.lock().map(|mut faults| std::mem::take(&mut *faults));
        found.unwrap_or_default().print_all();
    }
}

/// The names that hold at one point of a history, folder by folder.
pub(super) struct NamesAt<'a> {
    repository: &'a Repository,
    point: &'a Point,
    keyrefs: &'a Keyrefs,
    folders: BTreeMap<Vec<u8>, Names>,
}

impl<'a> NamesAt<'a> {
    pub(super) fn new(repository: &'a Repository, point: &'a Point, keyrefs: &'a Keyrefs) -> Self {
        Self { repository, point, keyrefs, folders: BTreeMap::new() }
    }

    /// The names for a page: the root's table, its folder's over it, the user's over both.
    pub(super) fn names_for(&mut self, page: &RepoPath) -> Result<Names> {
        let path = page.as_bytes();
        let slash = path.iter().rposition(|byte| *byte == b'/');
        let folder = slash.and_then(|at| path.get(..=at)).unwrap_or_default().to_vec();
        if let Some(names) = self.folders.get(&folder) {
            return Ok(names.clone());
        }
        let mut tables = Vec::new();
        tables.extend(self.read_table(FILE)?);
        if !folder.is_empty() {
            tables.extend(self.read_table(&[folder.as_slice(), FILE].concat())?);
        }
        let names = self.keyrefs.names_with(&tables);
        self.folders.insert(folder, names.clone());
        Ok(names)
    }

    /// The names for a page, with the files that it includes.
    pub(super) fn of_page(&mut self, page: &File) -> Result<Names> {
        let names = self.names_for(&page.path)?;
        if page.path.format() != Format::AsciiDoc {
            return Ok(names);
        }
        let files = self.repository.included_at(self.point, page, &names)?;
        let texts = self.repository.included_texts(&page.path, &files)?;
        Ok(names.with_included(texts))
    }

    fn read_table(&self, path: &[u8]) -> Result<Option<NamesTable>> {
        let file = self.repository.file_at(self.point, &RepoPath::new(path))?;
        file.map(|file| NamesTable::read_table(self.repository, &file)).transpose()
    }
}
