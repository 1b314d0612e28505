//! Writes a small repository: what `respdiff demo` shows itself on.

use std::fs;
use std::path::Path;

use git2::build::CheckoutBuilder;
use git2::{IndexEntry, IndexTime, Repository, RepositoryInitOptions, Signature, Time};

use crate::error::{Error, ErrorKind, Result};

/// One commit of a linear history.
#[derive(Clone, Copy, Debug)]
pub struct NewCommit<'a> {
    /// When it is committed, in seconds since 1970-01-01T00:00:00Z.
    pub time: i64,
    /// What it says it does.
    pub message: &'a str,
    /// Every file of it, path and text.
    pub files: &'a [(&'a str, &'a str)],
}

/// Writes a repository into a folder that does not exist or is empty. Author, dates and
/// contents are all given, so the commit ids are the same everywhere.
pub fn write_repository(
    folder: &Path,
    author: (&str, &str),
    history: &[NewCommit<'_>],
) -> Result<()> {
    claim_folder(folder)?;
    write_commits(folder, author, history).map_err(|source| {
        let name = folder.display();
        Error::new(
            ErrorKind::Repository,
            format!("cannot create a repository in `{name}`: {source}"),
        )
        .with_hint("name a folder that you may write")
    })
}

fn claim_folder(folder: &Path) -> Result<()> {
    let name = folder.display();
    let taken = match fs::read_dir(folder) {
        Ok(mut entries) => entries.next().is_some(),
        Err(_) => fs::symlink_metadata(folder).is_ok(),
    };
    if taken {
        return Err(Error::new(ErrorKind::Input, format!("`{name}` already exists"))
            .with_hint("name a folder that does not exist yet"));
    }
    fs::create_dir_all(folder).map_err(|source| {
        let (why, hint) = match folder.ancestors().skip(1).find(|above| above.is_file()) {
            Some(file) => {
                (format!("`{}` is a file, not a folder", file.display()), "name another folder")
            }
            None => (source.to_string(), "name a folder that you may write"),
        };
        Error::new(ErrorKind::Input, format!("cannot create `{name}`: {why}")).with_hint(hint)
    })
}

fn write_commits(
    folder: &Path,
    (name, mail): (&str, &str),
    history: &[NewCommit<'_>],
) -> std::result::Result<(), git2::Error> {
    let mut options = RepositoryInitOptions::new();
    options.initial_head("main").external_template(false).no_reinit(true);
    let repository = Repository::init_opts(folder, &options)?;
    let mut parent = None;
    for snapshot in history {
        let mut index = repository.index()?;
        index.clear()?;
        for (path, text) in snapshot.files {
            index.add_frombuffer(&index_entry(path), text.as_bytes())?;
        }
        let tree = repository.find_tree(index.write_tree()?)?;
        let author = Signature::new(name, mail, &Time::new(snapshot.time, 0))?;
        let parents: Vec<&git2::Commit<'_>> = parent.iter().collect();
        let id =
            repository.commit(Some("HEAD"), &author, &author, snapshot.message, &tree, &parents)?;
        parent = Some(repository.find_commit(id)?);
    }
    repository.checkout_head(Some(CheckoutBuilder::new().force()))
}

/// An index entry of which only path and mode are given; the rest follows from the content.
fn index_entry(path: &str) -> IndexEntry {
    IndexEntry {
        ctime: IndexTime::new(0, 0),
        mtime: IndexTime::new(0, 0),
        dev: 0,
        ino: 0,
        mode: 0o100_644,
        uid: 0,
        gid: 0,
        file_size: 0,
        id: git2::Oid::ZERO_SHA1,
        flags: 0,
        flags_extended: 0,
        path: path.as_bytes().to_vec(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HISTORY: &[NewCommit<'_>] = &[
        NewCommit { time: 1_700_000_000, message: "First", files: &[("a.md", "# A\n")] },
        NewCommit { time: 1_700_086_400, message: "Second", files: &[("a.md", "# B\n")] },
    ];

    #[test]
    fn the_same_history_has_the_same_ids_everywhere() {
        let heads: Vec<_> = (0..2)
            .map(|_| {
                let folder = tempfile::tempdir().unwrap();
                write_repository(folder.path(), ("A", "a@example.com"), HISTORY).unwrap();
                assert_eq!(fs::read_to_string(folder.path().join("a.md")).unwrap(), "# B\n");
                let made = Repository::open(folder.path()).unwrap();
                assert!(made.statuses(None).unwrap().is_empty());
                made.head().unwrap().target().unwrap()
            })
            .collect();
        assert_eq!(heads[0], heads[1]);
    }

    #[test]
    fn a_folder_that_holds_anything_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("mine.txt"), "mine").unwrap();
        let error = write_repository(folder.path(), ("A", "a@example.com"), HISTORY).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Input);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
