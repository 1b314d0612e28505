//! Submodules: repositories inside a repository, which are only pointed to.

use std::path::{Component, Path, PathBuf};

use super::{Filter, Point, RepoPath, Repository};

/// A submodule that `.gitmodules` names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submodule {
    /// Its folder, from the root of the repository.
    path: String,
    /// Its folder as `-C` takes it: from the current folder where that is in the repository.
    pub shown: String,
    /// Whether its files are there.
    pub is_checked_out: bool,
}

impl Submodule {
    /// Whether a filter lets any page of it through.
    #[must_use]
    pub fn is_asked_for(&self, filter: &Filter) -> bool {
        let within = format!("{}/responsibilities.md", self.path);
        filter.matches(&RepoPath::from(within.as_str()))
            || filter.matches(&RepoPath::from(self.path.as_str()))
    }
}

impl Repository {
    /// The submodules at a point, in the order of `.gitmodules`; none where it cannot be read.
    #[must_use]
    pub fn submodules(&self, point: &Point) -> Vec<Submodule> {
        let Ok(Some(setting)) = self.read_setting(point, ".gitmodules") else { return Vec::new() };
        let paths = setting.text.lines().filter_map(|line| {
            let (key, value) = line.split_once('=')?;
            let path = value.trim().trim_matches('"');
            (key.trim() == "path" && without_dots(Path::new(path)).is_some())
                .then(|| path.to_owned())
        });
        paths.map(|path| self.submodule_at(path)).collect()
    }

    /// The submodule of the working tree that a path, as seen from the folder that was opened, leads
    /// into, or that is in the folder of that name.
    #[must_use]
    pub fn submodule_of(&self, path: &Path) -> Option<Submodule> {
        let root = self.git.workdir()?;
        let here = String::from_utf8(self.prefix()).ok()?;
        let asked = without_dots(&Path::new(&here).join(path))?;
        let mut all = self.submodules(&Point::WorkingTree).into_iter();
        all.find(|submodule| {
            let leads_there = asked.starts_with(&submodule.path)
                || Path::new(&submodule.path).starts_with(&asked);
            leads_there && root.join(&submodule.path).exists()
        })
    }

    fn submodule_at(&self, path: String) -> Submodule {
        let folder = self.git.workdir().map(|root| root.join(&path));
        let is_checked_out = folder.as_ref().is_some_and(|folder| folder.join(".git").exists());
        let current = || std::env::current_dir().ok()?.canonicalize().ok();
        let shown = folder.and_then(|folder| {
            let folder = folder.canonicalize().ok()?;
            let shown = folder.strip_prefix(current()?).map(Path::to_path_buf).unwrap_or(folder);
            shown.to_str().map(str::to_owned)
        });
        let shown = shown.unwrap_or_else(|| path.clone());
        Submodule { path, shown, is_checked_out }
    }
}

/// A path without `.` and `..`; none where it leads out.
fn without_dots(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => plain.push(name),
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            Component::RootDir | Component::Prefix(_) => return None,
        }
    }
    Some(plain)
}
