//! Raw objects: read once, searched as bytes, never kept as git's own structures.

use std::sync::Arc;

use git2::{ErrorCode, ObjectType};

use super::{Commit, Id, Repository, fault};
use crate::error::Result;

/// So many bytes of trees are kept.
const TREES: usize = 16 << 20;

/// So many commits are kept.
const COMMITS: usize = 1_024;

impl Repository {
    /// The bytes of a blob.
    ///
    /// # Errors
    /// Where it is missing or damaged.
    pub fn read_blob(&self, id: Id) -> Result<Vec<u8>> {
        self.blob_of(id, &|| "a file's content".into())
    }

    /// The bytes of a blob, with a name for it should it be missing.
    pub(super) fn blob_of(&self, id: Id, what: &dyn Fn() -> String) -> Result<Vec<u8>> {
        self.read_object(id, ObjectType::Blob, what, <[u8]>::to_vec)
    }

    /// A commit, its parents as this clone has them. Recent ones are kept: a name such as `HEAD~60` is
    /// walked to, and the walks that follow go over the same commits.
    pub(super) fn read_commit(&self, id: Id) -> Result<Commit> {
        if let Some(known) = self.commits.borrow().get(&id) {
            return Ok(known.clone());
        }
        let parsed = self.read_object(id, ObjectType::Commit, &|| "a commit".into(), |raw| {
            Commit::parse(id, raw)
        })?;
        let mut commit = parsed.ok_or_else(|| fault::damaged_object("a commit", id))?;
        if self.shallow.contains(&id) {
            // The ids of the parents are there; a later fetch may even have brought the
            // objects. git does not look past the boundary, and neither do we.
            commit.cut = !commit.parents.is_empty();
            commit.parents.clear();
        }
        let mut commits = self.commits.borrow_mut();
        if commits.len() >= COMMITS {
            commits.clear();
        }
        commits.insert(id, commit.clone());
        Ok(commit)
    }

    /// The raw bytes of a tree. Those of recent ones are kept: walks go over the same
    /// commits more than once, and each tree is an end of two steps.
    pub(super) fn read_tree(&self, id: Id) -> Result<Arc<[u8]>> {
        if let Some(known) = self.trees.borrow().0.get(&id) {
            return Ok(Arc::clone(known));
        }
        let raw: Arc<[u8]> = self.peek_tree(id, |raw| Arc::from(raw))?;
        let (trees, size) = &mut *self.trees.borrow_mut();
        *size += raw.len();
        if *size > TREES {
            trees.clear();
            *size = raw.len();
        }
        trees.insert(id, Arc::clone(&raw));
        Ok(raw)
    }

    /// Looks at the raw bytes of a tree, and keeps none of them.
    pub(super) fn peek_tree<T>(&self, id: Id, f: impl FnOnce(&[u8]) -> T) -> Result<T> {
        self.read_object(id, ObjectType::Tree, &|| "a folder's list of files".into(), f)
    }

    fn read_object<T>(
        &self,
        id: Id,
        kind: ObjectType,
        what: &dyn Fn() -> String,
        f: impl FnOnce(&[u8]) -> T,
    ) -> Result<T> {
        if let Some((found, content)) = self.loose.read_object(id, what)? {
            let right = found == kind;
            return if right { Ok(f(&content)) } else { Err(fault::damaged_object(&what(), id)) };
        }
        let odb = self.git.odb().map_err(|error| fault::library_fault("read objects", error))?;
        let object = odb.read(id.0).map_err(|error| {
            if error.code() == ErrorCode::NotFound {
                fault::missing_object(&what(), id, self.clone_kind())
            } else {
                fault::library_fault(&format!("read {} ({id})", what()), error)
            }
        })?;
        if object.kind() == kind {
            Ok(f(object.data()))
        } else {
            Err(fault::damaged_object(&what(), id))
        }
    }
}
