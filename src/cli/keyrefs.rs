//! Product names behind keyrefs: the built-in ones, the repository's own over them, and the
//! user's file over both.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::{Arc, Mutex};

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, RepoPath, Repository};
use crate::normalize::Names;
use crate::render::safe;
use crate::timeline::NamesTable;

use super::args::CommonArgs;
use super::input;
use super::policy::InForce;

/// What a docs repository calls its own table of names.
const FILE: &[u8] = b"keyref.yaml";

/// By path and reason, the contents that it is wrong with.
type Faults = BTreeMap<(String, String), BTreeSet<String>>;

/// The user's own table, read and found good.
pub(super) struct Keyrefs {
    user: Option<String>,
    /// What is wrong with tables of the repository, to be told once.
    faults: Arc<Mutex<Faults>>,
    /// The policy that is in force.
    pub(super) policy: InForce,
}

impl Keyrefs {
    /// Reads the file of `--keyrefs`.
    pub(super) fn load(common: &CommonArgs, file: Option<&Path>) -> Result<Self> {
        let user = match file {
            Some(path) => Some(checked(path, &input::read_option(&common.resolve(path))?)?),
            None => None,
        };
        Ok(Self { user, faults: Arc::default(), policy: InForce::given(common)? })
    }

    /// The names where the repository has these tables: the root's first, then the folder's.
    pub(super) fn names(&self, tables: &[NamesTable]) -> Names {
        let mut names = Names::builtin();
        for table in tables {
            match names.overlaid(&table.text) {
                Ok(both) => names = both,
                Err(reason) => self.fault(table, reason),
            }
        }
        // these were found good when they were read
        for table in self.policy.tables.iter().chain(&self.user) {
            names = names.overlaid(table).unwrap_or(names);
        }
        match &self.policy.words {
            Some(own) => names.with_own(own),
            None => names,
        }
    }

    /// The same under another policy.
    pub(super) fn under(&self, policy: InForce) -> Self {
        Self { user: self.user.clone(), faults: Arc::clone(&self.faults), policy }
    }

    fn fault(&self, table: &NamesTable, reason: String) {
        if let Ok(mut faults) = self.faults.lock() {
            let blobs = faults.entry((table.path.clone(), reason)).or_default();
            blobs.insert(table.blob.clone());
        }
    }

    /// Warns, once, of the repository's tables that could not be used.
    pub(super) fn warn(&self) {
        let faults = self.faults.lock().map(|mut faults| std::mem::take(&mut *faults));
        for ((path, reason), blobs) in &faults.unwrap_or_default() {
            let (path, reason) = (safe::visible(path), safe::visible(reason));
            let first = blobs.first().map_or("", String::as_str);
            let more = match blobs.len() {
                0 | 1 => String::new(),
                count => format!(" and {} more", count - 1),
            };
            deliver::aside(&format!(
                "warning: {path} is not used as it is in blob {first}{more}: {reason}\n"
            ));
        }
        self.policy.tell_left_out();
    }
}

fn checked(path: &Path, bytes: &[u8]) -> Result<String> {
    let table = String::from_utf8_lossy(bytes).into_owned();
    match Names::builtin().overlaid(&table) {
        Ok(_) => Ok(table),
        Err(reason) => {
            let name = path.display();
            Err(Error::new(ErrorKind::Input, format!("`{name}` is no keyref file: {reason}"))
                .hint("expected YAML such as `keyword: {cloud_notm: IBM Cloud}`"))
        }
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
    pub(super) fn of(&mut self, page: &RepoPath) -> Result<Names> {
        let path = page.as_bytes();
        let slash = path.iter().rposition(|byte| *byte == b'/');
        let folder = slash.and_then(|at| path.get(..=at)).unwrap_or_default().to_vec();
        if let Some(names) = self.folders.get(&folder) {
            return Ok(names.clone());
        }
        let mut tables = Vec::new();
        tables.extend(self.table(FILE)?);
        if !folder.is_empty() {
            tables.extend(self.table(&[folder.as_slice(), FILE].concat())?);
        }
        let names = self.keyrefs.names(&tables);
        self.folders.insert(folder, names.clone());
        Ok(names)
    }

    fn table(&self, path: &[u8]) -> Result<Option<NamesTable>> {
        let file = self.repository.file_at(self.point, &RepoPath::new(path))?;
        file.map(|file| NamesTable::read(self.repository, &file)).transpose()
    }
}
