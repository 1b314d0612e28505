//! Revisions in plain words: a branch, a tag or an id, and steps back from it. What git's library
//! reads on such a way it reads without looking for damage, so they are walked here.

use git2::{ErrorCode, ObjectFormat, ObjectType, Oid};

use super::{Commit, Id, Repository, fault};
use crate::error::Result;

/// Tags of tags, no deeper than anybody makes them.
const TAGS: usize = 64;
/// The shortest id that git takes.
pub(super) const SHORTEST: usize = 4;

impl Repository {
    /// The commit that `BASE~2^1` means; none where that is another spelling, or leads nowhere:
    /// then it is looked up, or explained, in full.
    pub(super) fn plainly_named(&self, name: &str) -> Result<Option<Id>> {
        let base = name.split(['~', '^']).next().unwrap_or(name);
        let mut steps = name.get(base.len()..).unwrap_or_default();
        let plain = steps.chars().all(|c| "~^".contains(c) || c.is_ascii_digit());
        if base.is_empty() || !plain || base.contains(['@', ':', '{', '\0']) && base != "@" {
            return Ok(None);
        }
        let Some(start) = self.resolve_base(base) else { return Ok(None) };
        let Some(mut commit) = self.tagged_commit(start, name)? else { return Ok(None) };
        while let Some(sign) = steps.chars().next() {
            let after = steps.get(1..).unwrap_or_default();
            steps = after.trim_start_matches(|c: char| c.is_ascii_digit());
            let digits = after.get(..after.len() - steps.len()).unwrap_or_default();
            let Ok(count) = (if digits.is_empty() { "1" } else { digits }).parse::<usize>() else {
                return Ok(None);
            };
            let next = if sign == '~' {
                self.steps_back(commit, count)?
            } else {
                self.nth_parent(commit, count)?
            };
            let Some(next) = next else { return Ok(None) };
            commit = next;
        }
        Ok(Some(commit.id))
    }

    fn steps_back(&self, mut commit: Commit, count: usize) -> Result<Option<Commit>> {
        for _ in 0..count {
            let Some(parent) = commit.parents.first() else { return Ok(None) };
            commit = self.read_commit(*parent)?;
        }
        Ok(Some(commit))
    }

    fn nth_parent(&self, commit: Commit, number: usize) -> Result<Option<Commit>> {
        let Some(at) = number.checked_sub(1) else { return Ok(Some(commit)) };
        commit.parents.get(at).map(|parent| self.read_commit(*parent)).transpose()
    }

    /// The object that a name without steps means, in git's order: a whole id, a reference, the
    /// beginning of an id.
    fn resolve_base(&self, base: &str) -> Option<Id> {
        let base = if base == "@" { "HEAD" } else { base };
        let hex = base.len() >= SHORTEST && base.bytes().all(|byte| byte.is_ascii_hexdigit());
        let format = self.git.object_format();
        let whole = if format == ObjectFormat::Sha256 { 64 } else { 40 };
        if hex && base.len() == whole {
            let known = |id: &Id| self.git.odb().is_ok_and(|odb| odb.exists(id.0));
            return Id::from_hex(base).filter(known);
        }
        if let Ok(reference) = self.git.resolve_reference_from_short_name(base) {
            return reference.resolve().ok()?.target().map(Id);
        }
        let short = hex.then(|| Oid::from_str_ext(base, format).ok()).flatten()?;
        self.git.odb().ok()?.exists_prefix(short, base.len()).ok().map(Id)
    }

    /// The commit that an object is or that it tags; none where it is or tags something else.
    fn tagged_commit(&self, mut id: Id, name: &str) -> Result<Option<Commit>> {
        let is_break = |byte: &u8| *byte == b'\n';
        for _ in 0..TAGS {
            let (kind, raw) = self.any_object(id, name)?;
            match kind {
                ObjectType::Commit => return self.read_commit(id).map(Some),
                ObjectType::Tag => {
                    let hex =
                        raw.strip_prefix(b"object ").and_then(|rest| rest.split(is_break).next());
                    let hex = hex.and_then(|hex| std::str::from_utf8(hex).ok());
                    let target = hex.and_then(Id::from_hex);
                    id = target.ok_or_else(|| fault::damaged_object("a tag", id))?;
                }
                ObjectType::Any | ObjectType::Blob | ObjectType::Tree => return Ok(None),
            }
        }
        Ok(None)
    }

    /// An object of whatever kind.
    fn any_object(&self, id: Id, name: &str) -> Result<(ObjectType, Vec<u8>)> {
        let what = || format!("the object that '{name}' points to");
        if let Some(found) = self.loose.read_object(id, &what)? {
            return Ok(found);
        }
        let odb = self.git.odb().map_err(|error| fault::library_fault("read objects", error))?;
        match odb.read(id.0) {
            Ok(object) => Ok((object.kind(), object.data().to_vec())),
            Err(error) if error.code() == ErrorCode::NotFound => {
                Err(fault::missing_object(&what(), id, self.clone_kind()))
            }
            Err(error) => Err(fault::library_fault(&format!("read {} ({id})", what()), error)),
        }
    }
}
