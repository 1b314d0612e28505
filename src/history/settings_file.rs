//! Settings files of a repository: read at any point, and never through a link.

use std::fs;
use std::io::ErrorKind as Io;

use super::tree::{EntryKind, TreeEntry, tree_entries};
use super::{Point, RepoPath, Repository};
use crate::error::{Error, ErrorKind, Result};

/// A settings file with the name that people know it by.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SettingsFile {
    /// `respdiff.yaml`, or `REV:respdiff.yaml`.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl Repository {
    /// A settings file at a point; none where it is not there. In the working tree one counts
    /// that git does not track yet.
    ///
    /// # Errors
    /// Where it cannot be read, is no plain file or no UTF-8.
    pub fn read_setting(&self, point: &Point, path: &str) -> Result<Option<SettingsFile>> {
        let name = match point {
            Point::Commit(revision) if revision.name.contains("..") => {
                format!("{}:{path}", revision.commit.short())
            }
            Point::Commit(revision) => format!("{}:{path}", revision.name),
            Point::Index => format!("{path} (staged)"),
            Point::WorkingTree | Point::Empty => path.to_owned(),
        };
        let path_in_repository = RepoPath::from(path);
        let file = match point {
            Point::Commit(_) | Point::Index | Point::Empty => {
                self.file_at(point, &path_in_repository)?
            }
            Point::WorkingTree => self.kept_in_index(&path_in_repository)?,
        };
        let bytes = match (file, point) {
            (Some(file), _) => Some(self.read_file(&file)?.to_vec()),
            (None, Point::WorkingTree) => self.setting_on_disk(path)?,
            (None, Point::Commit(_) | Point::Index | Point::Empty) => None,
        };
        let Some(bytes) = bytes else { return Ok(None) };
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(ErrorKind::Input, format!("{name} is not valid UTF-8"))
                .with_hint("save it as UTF-8")
        })?;
        Ok(Some(SettingsFile { name, text }))
    }

    /// The names of the files right in a folder at a point; the root's is empty.
    ///
    /// # Errors
    /// Where the point cannot be read.
    pub fn file_names(&self, point: &Point, folder: &str) -> Result<Vec<String>> {
        let text = |name: &[u8]| String::from_utf8_lossy(name).into_owned();
        let mut names: Vec<String> = match point {
            Point::Commit(revision) => {
                let root = self.read_tree(self.read_commit(revision.commit)?.tree)?;
                let is_folder = |entry: &TreeEntry<'_>| {
                    entry.kind == EntryKind::Tree && entry.name == folder.as_bytes()
                };
                let length = self.id_length();
                let below = tree_entries(&root, length).find(is_folder);
                let below = below.and_then(|entry| entry.object_id());
                let tree = match below {
                    _ if folder.is_empty() => root,
                    Some(id) => self.read_tree(id)?,
                    None => return Ok(Vec::new()),
                };
                let files =
                    tree_entries(&tree, length).filter(|entry| entry.kind == EntryKind::File);
                files.map(|entry| text(entry.name)).collect()
            }
            Point::Index => self.staged_names(folder)?.iter().map(|name| text(name)).collect(),
            Point::WorkingTree => {
                let place = self.shown_path().join(folder);
                let files = fs::read_dir(place).into_iter().flatten().flatten();
                files.map(|file| file.file_name().to_string_lossy().into_owned()).collect()
            }
            Point::Empty => Vec::new(),
        };
        names.sort();
        Ok(names)
    }

    fn setting_on_disk(&self, path: &str) -> Result<Option<Vec<u8>>> {
        const LARGEST: u64 = 16 << 20;
        let mut place = self.shown_path().to_owned();
        let parts: Vec<&str> = path.split('/').collect();
        for (at, part) in parts.iter().enumerate() {
            place.push(part);
            let fault = |what: String| Error::new(ErrorKind::Input, what);
            let metadata = match fs::symlink_metadata(&place) {
                Ok(metadata) => metadata,
                Err(error) if matches!(error.kind(), Io::NotFound | Io::NotADirectory) => {
                    return Ok(None);
                }
                Err(error) => {
                    return Err(fault(format!("{path} cannot be read: {error}"))
                        .with_hint("make it readable"));
                }
            };
            let last = at + 1 == parts.len();
            let plain = if last { metadata.is_file() } else { metadata.is_dir() };
            if !plain || metadata.len() > LARGEST {
                let hint = if metadata.is_symlink() {
                    "respdiff does not follow this link; put the file itself there"
                } else if metadata.is_dir() {
                    "it is a folder; remove it, or rename it"
                } else {
                    "put a short text file there, or remove it"
                };
                return Err(fault(format!("{path} is not a regular file of this repository"))
                    .with_hint(hint));
            }
        }
        fs::read(&place).map(Some).map_err(|error| {
            Error::new(ErrorKind::Input, format!("{path} cannot be read: {error}"))
                .with_hint("make it readable")
        })
    }
}
