//! Names of things in a repository: object ids and paths.

use std::fmt;

use git2::{ObjectFormat, ObjectType, Oid};

use crate::model::Format;

/// The id of a commit, tree or blob; displays as 40 hex digits, or as 64 in a SHA-256 repository.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Id(pub(super) Oid);

impl Id {
    /// A whole id from its hex digits.
    pub(super) fn from_hex(digits: &str) -> Option<Self> {
        let format = match digits.len() {
            40 => ObjectFormat::Sha1,
            64 => ObjectFormat::Sha256,
            _ => return None,
        };
        Oid::from_str_ext(digits, format).ok().map(Self)
    }

    /// How many bytes it has in a tree.
    pub(super) fn raw_length(&self) -> usize {
        self.0.as_bytes().len()
    }

    /// The id of an object, as a repository of this format computes it.
    pub(super) fn of_object(
        format: ObjectFormat,
        kind: ObjectType,
        content: &[u8],
    ) -> Result<Self, git2::Error> {
        Oid::hash_object_ext(kind, content, format).map(Self)
    }

    /// The first seven digits, as people name commits.
    #[must_use]
    pub fn short(&self) -> String {
        let mut name = self.to_string();
        name.truncate(8);
        name
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A path inside a repository: bytes, as git keeps them, which need not be UTF-8.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RepoPath(Box<[u8]>);

impl RepoPath {
    /// A path from its bytes, `/` between the parts.
    pub fn new(bytes: impl Into<Box<[u8]>>) -> Self {
        Self(bytes.into())
    }

    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        &self.0
    }

    /// The last part.
    #[must_use]
    pub fn name(&self) -> &[u8] {
        self.0.rsplit(|byte| *byte == b'/').next().unwrap_or(&self.0)
    }

    /// The folder it is in; none at the root.
    pub(super) fn folder(&self) -> Option<&[u8]> {
        self.0.iter().rposition(|byte| *byte == b'/').map(|slash| &self.0[..slash])
    }

    /// A folder and a name in it.
    pub(super) fn join(directory: &[u8], name: &[u8]) -> Self {
        if directory.is_empty() {
            return Self(name.into());
        }
        Self([directory, b"/", name].concat().into())
    }
}

impl RepoPath {
    /// The format of the file's pages.
    #[must_use]
    pub fn format(&self) -> Format {
        Format::of_named(&self.0)
    }
}

impl fmt::Display for RepoPath {
    /// Writes the path for people: bytes that are no UTF-8 and control characters are
    /// escaped, so that two paths never look the same and none can drive a terminal.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for chunk in self.0.utf8_chunks() {
            for char in chunk.valid().chars() {
                if char.is_control() {
                    write!(f, "{}", char.escape_default())?;
                } else {
                    write!(f, "{char}")?;
                }
            }
            for byte in chunk.invalid() {
                write!(f, "\\x{byte:02x}")?;
            }
        }
        Ok(())
    }
}

impl fmt::Debug for RepoPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl From<&str> for RepoPath {
    fn from(path: &str) -> Self {
        Self(path.as_bytes().into())
    }
}

/// Whether a reader takes files of this name.
pub(super) fn is_page_name(name: &[u8]) -> bool {
    Format::of_name(name).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_ids_have_40_or_64_hex_digits() {
        for length in [40, 64] {
            let digits = "a7".repeat(length / 2);
            let id = Id::from_hex(&digits).unwrap();
            assert_eq!((id.to_string(), id.short()), (digits, "a7a7a7a7".to_owned()));
        }
        for digits in ["", "a7", &"a7".repeat(21), &"g7".repeat(20), &"a7".repeat(33)] {
            assert_eq!(Id::from_hex(digits), None);
        }
    }

    #[test]
    fn shows_paths_without_control_characters() {
        assert_eq!(
            RepoPath::new(*b"a\xff/\x1bb\xc3\xa9.md").to_string(),
            "a\\xff/\\u{1b}b\u{e9}.md"
        );
    }
}
