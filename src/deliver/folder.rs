//! Files in a folder, each whole or not at all.

use std::fs;
use std::path::Path;

use super::files::replace;
use crate::error::{Error, ErrorKind, Result};

/// Writes files into a folder, which is made if need be.
///
/// # Errors
/// Where the folder cannot be made or a file cannot be written.
pub fn files(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<()> {
    let failed = |what: &Path, source| {
        let message = format!("`{}` cannot be written: {source}", what.display());
        Error::new(ErrorKind::Output, message)
    };
    fs::create_dir_all(folder).map_err(|source| failed(folder, source))?;
    for (name, bytes) in files {
        let path = folder.join(name);
        replace(&path, None, bytes).map_err(|source| failed(&path, source))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_replaced_and_nothing_else_is_left() {
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("a/b");
        for text in ["old", "new"] {
            files(&folder, &[("page.1".to_owned(), text.as_bytes().to_vec())]).unwrap();
        }
        assert_eq!(fs::read(folder.join("page.1")).unwrap(), b"new");
        assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);
        let error = files(&folder.join("page.1"), &[]).unwrap_err();
        assert!(error.to_string().contains("page.1` cannot be written"), "{error}");
    }
}
