//! Product names behind keyrefs: the built-in ones, the repository's own over them, and the
//! user's file over both.

use std::collections::BTreeMap;
use std::path::Path;

use crate::deliver;
use crate::error::{Error, ErrorKind, Result};
use crate::history::{Point, RepoPath, Repository};
use crate::normalize::Names;

use super::args::CommonArgs;
use super::input;

/// What a docs repository calls its own table of names.
const FILE: &[u8] = b"keyref.yaml";

/// The user's own table, read and found good.
pub(super) struct Keyrefs {
    user: Option<String>,
}

impl Keyrefs {
    /// Reads the file of `--keyrefs`.
    pub(super) fn load(common: &CommonArgs, file: Option<&Path>) -> Result<Self> {
        let Some(path) = file else { return Ok(Self { user: None }) };
        let bytes = input::read(&common.resolve(path))?;
        let text = String::from_utf8_lossy(&bytes).into_owned();
        Names::builtin().overlaid(&text).map_err(|reason| {
            let name = path.display();
            Error::new(ErrorKind::Input, format!("`{name}` is no keyref file: {reason}"))
                .hint("expected YAML such as `keyword: {cloud_notm: IBM Cloud}`")
        })?;
        Ok(Self { user: Some(text) })
    }

    /// The names where there is no repository.
    pub(super) fn names(&self) -> Names {
        self.over(Names::builtin())
    }

    /// The user's table over others.
    pub(super) fn over(&self, names: Names) -> Names {
        match &self.user {
            Some(text) => names.overlaid(text).unwrap_or(names),
            None => names,
        }
    }
}

/// The names that hold at one end of a comparison, folder by folder.
pub(super) struct NamesAt<'a> {
    repository: &'a Repository,
    point: &'a Point,
    keyrefs: &'a Keyrefs,
    root: Names,
    folders: BTreeMap<Vec<u8>, Names>,
}

impl<'a> NamesAt<'a> {
    pub(super) fn new(
        repository: &'a Repository,
        point: &'a Point,
        keyrefs: &'a Keyrefs,
    ) -> Result<Self> {
        let root = laid_over(Names::builtin(), repository, point, FILE)?;
        Ok(Self { repository, point, keyrefs, root, folders: BTreeMap::new() })
    }

    /// The names for a page: the root's table, its folder's over it, the user's over both.
    pub(super) fn of(&mut self, page: &RepoPath) -> Result<&Names> {
        let bytes = page.as_bytes();
        let slash = bytes.iter().rposition(|byte| *byte == b'/');
        let folder = slash.and_then(|at| bytes.get(..=at)).unwrap_or_default().to_vec();
        if !self.folders.contains_key(&folder) {
            let names = if folder.is_empty() {
                self.root.clone()
            } else {
                let file = [folder.as_slice(), FILE].concat();
                laid_over(self.root.clone(), self.repository, self.point, &file)?
            };
            self.folders.insert(folder.clone(), self.keyrefs.over(names));
        }
        Ok(self.folders.get(&folder).unwrap_or(&self.root))
    }
}

fn laid_over(names: Names, repository: &Repository, point: &Point, path: &[u8]) -> Result<Names> {
    let Some(file) = repository.file_at(point, &RepoPath::new(path))? else { return Ok(names) };
    let bytes = repository.read(&file)?;
    match names.overlaid(&String::from_utf8_lossy(&bytes)) {
        Ok(both) => Ok(both),
        Err(reason) => {
            let at = point.name();
            deliver::aside(&format!("warning: {} at {at} is not used: {reason}\n", file.path));
            Ok(names)
        }
    }
}
