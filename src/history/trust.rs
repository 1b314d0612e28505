//! Whom git trusts: repositories of other users that `safe.directory` names, in every form that
//! git takes. git's library knows only some of them, and asks for an owner where git does not.

use std::env;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use super::fault;
use crate::error::Result;

const KEY: &str = "safe.directory";

/// Opens a repository that git's library refuses for its owner, if git trusts it.
pub(super) fn open_trusted(
    base: &Path,
    dir: Option<&OsString>,
    ceilings: &[PathBuf],
    refused: git2::Error,
) -> Result<git2::Repository> {
    let found = match dir {
        // who names the repository answers for it: git asks for no owner then
        Some(dir) => Some(GitFolder { git_dir: base.join(dir), top: Some(base.to_owned()) }),
        None => GitFolder::discover_from(base, ceilings)
            .filter(|found| is_safe(found.named_folder(), base)),
    };
    let Some(found) = found else { return Err(fault::open(base, refused)) };
    let opened = || {
        let git = git2::Repository::open_bare(&found.git_dir)?;
        let config = git.config()?.snapshot()?;
        let top = match config.get_path("core.worktree") {
            Ok(top) => Some(found.git_dir.join(top)),
            Err(_) if config.get_bool("core.bare").unwrap_or(false) => None,
            Err(_) => found.top.clone(),
        };
        if let Some(top) = top {
            git.set_workdir(&top, false)?;
        }
        Ok(git)
    };
    opened().map_err(|error| fault::open(base, error))
}

/// A git folder, and the top of the working tree that it was found in.
struct GitFolder {
    git_dir: PathBuf,
    top: Option<PathBuf>,
}

impl GitFolder {
    fn discover_from(base: &Path, ceilings: &[PathBuf]) -> Option<Self> {
        let git_dir = git2::Repository::discover_path(base, ceilings).ok()?;
        let real = git_dir.canonicalize().ok()?;
        let base = base.canonicalize().ok()?;
        let top = base
            .ancestors()
            .take_while(|folder| **folder != real)
            .find(|folder| folder.join(".git").exists())
            .map(Path::to_owned);
        Some(Self { git_dir: real, top })
    }

    /// The folder that `safe.directory` has to name.
    fn named_folder(&self) -> &Path {
        self.top.as_deref().unwrap_or(&self.git_dir)
    }
}

/// Whether the user says that a folder is safe; the last word counts, and an empty one takes back
/// all before it.
fn is_safe(place: &Path, base: &Path) -> bool {
    let Ok(place) = place.canonicalize() else { return false };
    safe_directories().iter().fold(false, |safe, value| match value.as_str() {
        "" => false,
        "*" => true,
        value => safe || names_folder(value, &place, base),
    })
}

/// Whether one value names a folder.
fn names_folder(value: &str, place: &Path, base: &Path) -> bool {
    let home = || env::var_os("HOME").map(PathBuf::from);
    let path = match value.strip_prefix("~/") {
        Some(rest) => match home() {
            Some(home) => home.join(rest),
            None => return false,
        },
        None if value == "." => base.to_owned(),
        None => PathBuf::from(value),
    };
    if !path.is_absolute() {
        return false;
    }
    // git takes no slash behind the star, which a path forgets
    let is_all_below = value.ends_with("/*");
    let folder = if is_all_below { path.parent() } else { Some(path.as_path()) };
    let Some(folder) = folder.and_then(|folder| folder.canonicalize().ok()) else { return false };
    if is_all_below { place != folder && place.starts_with(&folder) } else { place == folder }
}

/// What the user's settings say, in the order in which git reads them; a repository's own are
/// never asked.
fn safe_directories() -> Vec<String> {
    let mut values = Vec::new();
    for file in config_files() {
        let Ok(config) = git2::Config::open(&file) else { continue };
        let Ok(entries) = config.multivar(KEY, None) else { continue };
        // what cannot be read further says nothing more
        let _ = entries.for_each(|entry| {
            let value = if entry.has_value() { entry.value().unwrap_or_default() } else { "" };
            values.push(value.to_owned());
        });
    }
    values.extend(of_environment());
    values
}

fn config_files() -> Vec<PathBuf> {
    let named = |name: &str| env::var_os(name).map(PathBuf::from);
    let is_true =
        |text: &str| !matches!(text.to_lowercase().as_str(), "" | "0" | "false" | "no" | "off");
    let no_system = env::var("GIT_CONFIG_NOSYSTEM").is_ok_and(|text| is_true(&text));
    let system = named("GIT_CONFIG_SYSTEM").or_else(|| git2::Config::find_system().ok());
    let mut files: Vec<PathBuf> = system.filter(|_| !no_system).into_iter().collect();
    if let Some(global) = named("GIT_CONFIG_GLOBAL") {
        files.push(global);
        return files;
    }
    let home = named("HOME");
    let below_home = |path: &str| home.as_ref().map(|home| home.join(path));
    let xdg = named("XDG_CONFIG_HOME").filter(|path| !path.as_os_str().is_empty());
    files
        .extend(xdg.map(|xdg| xdg.join("git/config")).or_else(|| below_home(".config/git/config")));
    files.extend(below_home(".gitconfig"));
    files.retain(|file| file.is_file());
    files
}

/// Settings of one run: `GIT_CONFIG_COUNT` and its like, then those of `git -c`.
fn of_environment() -> Vec<String> {
    let text = |name: String| env::var(name).ok();
    let count = text("GIT_CONFIG_COUNT".into()).and_then(|count| count.parse::<usize>().ok());
    let mut values: Vec<String> = (0..count.unwrap_or(0).min(10_000))
        .filter(|at| {
            text(format!("GIT_CONFIG_KEY_{at}")).is_some_and(|key| key.eq_ignore_ascii_case(KEY))
        })
        .filter_map(|at| text(format!("GIT_CONFIG_VALUE_{at}")))
        .collect();
    values.extend(config_parameters(&text("GIT_CONFIG_PARAMETERS".into()).unwrap_or_default()));
    values
}

/// The values in git's own list of settings: `'KEY'='VALUE'`, or `'KEY=VALUE'` of older versions.
fn config_parameters(text: &str) -> Vec<String> {
    let mut values = Vec::new();
    let mut rest = text.trim_start();
    while let Some((first, after)) = shell_quoted(rest) {
        let (key, value, after) = match after.strip_prefix('=') {
            Some(after) => {
                let (value, after) = shell_quoted(after).unwrap_or((String::new(), after));
                (first, value, after)
            }
            None => match first.split_once('=') {
                Some((key, value)) => (key.to_owned(), value.to_owned(), after),
                None => (first, String::new(), after),
            },
        };
        if key.eq_ignore_ascii_case(KEY) {
            values.push(value);
        }
        rest = after.trim_start();
    }
    values
}

/// A word in the quotes of a shell, and what comes after it.
fn shell_quoted(text: &str) -> Option<(String, &str)> {
    let mut rest = text.strip_prefix('\'')?;
    let mut word = String::new();
    loop {
        let (part, after) = rest.split_once('\'')?;
        word.push_str(part);
        let sign = after.strip_prefix('\\').and_then(|after| after.chars().next());
        match sign.filter(|sign| matches!(sign, '\'' | '!')) {
            Some(sign) => {
                word.push(sign);
                rest = after.get(2..)?.strip_prefix('\'')?;
            }
            None => return Some((word, after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_of_one_run_are_read_as_git_quotes_them() {
        let check =
            |text: &str, expected: &[&str]| assert_eq!(config_parameters(text), expected, "{text}");
        check("'safe.directory'='*'", &["*"]);
        check("'core.pager'='less' 'Safe.Directory'='/a b' 'safe.directory=/c'", &["/a b", "/c"]);
        check(r"'safe.directory'='/it'\''s'", &["/it's"]);
        check("'safe.directory'= 'safe.directory'", &["", ""]);
        check("", &[]);
        check("'open", &[]);
    }

    #[test]
    fn a_value_names_a_folder_or_all_below_it() {
        let home = tempfile::tempdir().unwrap();
        let root = home.path().canonicalize().unwrap();
        let place = root.join("a/b");
        std::fs::create_dir_all(&place).unwrap();
        let check = |value: &str, expected: bool| {
            let value = value.replace("ROOT", root.to_str().unwrap());
            assert_eq!(names_folder(&value, &place, &root), expected, "{value}");
        };
        for value in ["ROOT/a/b", "ROOT/a/b/", "ROOT/a/../a/b", "ROOT/a/*", "ROOT/*", "/*"] {
            check(value, true);
        }
        for value in
            ["ROOT/a", "ROOT/a/b/*", "ROOT/a/*/", "ROOT/a/b/c", "a/b", ".", "ROOT/c/*", "ROOT/a/b*"]
        {
            check(value, false);
        }
    }
}
