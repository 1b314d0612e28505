//! The front door: a page's bytes, and the format that their reader goes by.

use crate::model::Format;

/// A page's bytes and the format that they are in.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// Which reader takes it.
    pub format: Format,
    /// The file's bytes.
    pub bytes: &'s [u8],
}

impl<'s> Source<'s> {
    /// Bytes in a format.
    #[must_use]
    pub const fn in_format(format: Format, bytes: &'s [u8]) -> Self {
        Self { format, bytes }
    }

    /// A file of this name.
    #[must_use]
    pub fn of_file(name: &str, bytes: &'s [u8]) -> Self {
        Self { format: Format::of_named(name.as_bytes()), bytes }
    }
}

/// Bytes alone are markdown.
impl<'s> From<&'s [u8]> for Source<'s> {
    fn from(bytes: &'s [u8]) -> Self {
        Self { format: Format::Markdown, bytes }
    }
}

impl<'s> From<&'s Vec<u8>> for Source<'s> {
    fn from(bytes: &'s Vec<u8>) -> Self {
        Self { format: Format::Markdown, bytes }
    }
}

impl<'s, const N: usize> From<&'s [u8; N]> for Source<'s> {
    fn from(bytes: &'s [u8; N]) -> Self {
        Self { format: Format::Markdown, bytes }
    }
}
