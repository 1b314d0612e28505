//! The repository side of `diff`: from revisions to a report.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};
use crate::normalize::Names;
use crate::report::Report;

/// Compares two ends of the repository's history; also gives the folder its paths are below.
pub(super) fn compare(
    directory: &Path,
    _revisions: Vec<String>,
    _cached: bool,
    _paths: &[OsString],
    _names: &Names,
) -> Result<(Report, Option<PathBuf>)> {
    Err(Error::new(ErrorKind::Repository, format!("`{}` (being built)", directory.display())))
}
