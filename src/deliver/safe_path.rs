//! The way to a file that the user names: no link on it leads out of the folder that the run is in.

use std::fs;
use std::path::{Component, Path, PathBuf};

use crate::error::{Error, ErrorKind, Result};

/// The path of a file or folder that is to be written. Below `root`, no folder on the way may be a
/// link, which somebody else may have committed, and the last part must not be a link that leads
/// elsewhere. A path that is absolute, or above the folder, is the user's own choice.
///
/// # Errors
/// Where such a link is on the way.
pub fn safe_path_below(root: &Path, named: &Path) -> Result<PathBuf> {
    let whole = root.join(named);
    let mut path = root.to_owned();
    let mut depth = 0_usize;
    let mut parts = named.components().peekable();
    while let Some(part) = parts.next() {
        match part {
            Component::CurDir => continue,
            Component::Normal(_) => depth += 1,
            Component::ParentDir if depth > 0 => depth -= 1,
            Component::ParentDir | Component::RootDir | Component::Prefix(_) => break,
        }
        path.push(part);
        let is_link = fs::symlink_metadata(&path).is_ok_and(|found| found.is_symlink());
        if is_link && (parts.peek().is_some() || !stays_in_folder(&path)) {
            let what = if parts.peek().is_some() { "cannot be written: " } else { "" };
            let on_the_way = if what.is_empty() {
                "is a link that points elsewhere".to_owned()
            } else {
                format!("`{}` is a link", path.display())
            };
            let message = format!("`{}` {what}{on_the_way}", named.display());
            return Err(Error::new(ErrorKind::Output, message).with_hint(
                "respdiff does not write through links inside a repository; name the target itself",
            ));
        }
    }
    Ok(whole)
}

/// Whether a link leads to its own folder.
fn stays_in_folder(link: &Path) -> bool {
    let folder = link.parent().filter(|folder| *folder != Path::new(""));
    let folder = fs::canonicalize(folder.unwrap_or(Path::new(".")));
    let target = fs::canonicalize(link);
    matches!((folder, target), (Ok(folder), Ok(target)) if target.parent() == Some(&folder))
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn links_below_the_folder_lead_nowhere() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().join("docs");
        fs::create_dir_all(root.join("sub")).unwrap();
        fs::create_dir(home.path().join("else")).unwrap();
        symlink("../else", root.join("out")).unwrap();
        symlink("..", root.join("up")).unwrap();
        symlink("../../else", root.join("sub/out")).unwrap();
        symlink("nowhere", root.join("dangling")).unwrap();
        symlink("sub", root.join("beside")).unwrap();
        for named in [
            "out",
            "out/r.html",
            "./out/r.html",
            "up/docs/r.html",
            "sub/out/r.html",
            "sub/../out/r.html",
            "beside/r.html",
            "dangling",
        ] {
            assert!(safe_path_below(&root, Path::new(named)).is_err(), "{named}");
        }
        let absolute = root.join("out/r.html");
        for named in ["r.html", "sub/r.html", "new/r.html", "beside", "../else/r.html", ""] {
            assert_eq!(safe_path_below(&root, Path::new(named)).unwrap(), root.join(named));
        }
        assert_eq!(safe_path_below(&root, &absolute).unwrap(), absolute, "the user's own choice");
    }
}
