//! The user's own settings: what to watch, whom to notify, where the outbox is.

use std::env;
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::error::{Error, ErrorKind, Result};
use crate::history::{Repository, environment};
use crate::policy::alert::{self, AlertConfig};
use crate::report::LinkBase;

use super::super::args::{AlertArgs, CommonArgs};
use super::super::policy::{POLICY_VARIABLE, given_file};
use super::super::{input, several};

/// The environment variable that names the configuration.
const CONFIG_VARIABLE: &str = "RESPDIFF_ALERT_CONFIG";

/// Found good, paths seen from here.
pub(super) struct AlertSettings {
    pub(super) config: AlertConfig,
    /// Where it was read.
    pub(super) file: PathBuf,
    /// Whether it was named for alerts only, and not as the policy.
    pub(super) is_own: bool,
    /// The folder that its paths are seen from.
    pub(super) folder: PathBuf,
    /// The outbox.
    pub(super) state: PathBuf,
    pub(super) places: Vec<WatchedRepository>,
    pub(super) fetch: bool,
}

/// A repository to watch.
#[derive(Clone, Debug)]
pub(super) struct WatchedRepository {
    /// What messages call it.
    pub(super) name: String,
    pub(super) folder: PathBuf,
    /// Its lasting name, where the user gave it one.
    pub(super) identity: Option<String>,
    pub(super) branch: Option<String>,
    /// How long a look may take, where the user says so.
    pub(super) timeout: Option<Duration>,
    /// Where its pages are published.
    pub(super) link_base: Option<String>,
    /// Whether the configuration lists it.
    pub(super) is_configured: bool,
}

impl WatchedRepository {
    /// Opens it; a folder that the configuration lists is looked for there.
    pub(super) fn open_repository(&self) -> Result<Repository> {
        Repository::open(&self.folder).map_err(|error| {
            let is_folder = self.folder.is_dir();
            let is_path_wrong = !is_folder || environment::is_no_repository(&error);
            if !self.is_configured || !is_path_wrong {
                return error;
            }
            let message = if is_folder || self.folder.exists() {
                error.to_string()
            } else {
                format!("no such folder: {}", self.folder.display())
            };
            Error::new(error.kind(), message)
                .with_hint("correct `path` under `repositories` in the alert configuration")
        })
    }

    /// The address of its pages, found good.
    pub(super) fn parse_link_base(&self) -> Result<Option<LinkBase>> {
        self.link_base.as_deref().map(|url| LinkBase::parse(url, "`link-base`")).transpose()
    }
}

impl AlertSettings {
    pub(super) fn load(args: &AlertArgs, common: &CommonArgs) -> Result<Self> {
        let ConfigPath { path, is_own, hint } = config_path(args, common)?;
        let bytes = input::read_input(&path).map_err(|error| match hint {
            Some(hint) if !path.exists() => error.with_hint(hint),
            Some(_) | None => error,
        })?;
        let text = String::from_utf8(bytes).map_err(|_| {
            Error::new(ErrorKind::Input, format!("`{}` is not UTF-8", path.display()))
                .with_hint("save it as UTF-8")
        })?;
        let config = alert::read_config(&path.display().to_string(), &text)?;
        let folder = path.parent().unwrap_or(Path::new("")).to_owned();
        let state = match &config.state {
            Some(state) => seen_from(&folder, state),
            None => base_folder("XDG_STATE_HOME", ".local/state")?.join("respdiff/alert.sqlite"),
        };
        let places = watched_places(&config, &folder, common)?;
        let fetch = args.fetch || config.fetch;
        Ok(Self { fetch, config, file: path, is_own, folder, state, places })
    }
}

/// Where the configuration is.
struct ConfigPath {
    path: PathBuf,
    /// Whether it was named for alerts only.
    is_own: bool,
    /// What to do if there is no such file: what named it. None where one was found.
    hint: Option<String>,
}

impl ConfigPath {
    fn named_by(source: &str, path: PathBuf, is_own: bool) -> Self {
        let hint = format!(
            "the file name comes from {source}; `respdiff config schema alert` describes the file"
        );
        Self { path, is_own, hint: Some(hint) }
    }
}

/// Never one of a watched repository: it is named, or lies in the user's own folder.
fn config_path(args: &AlertArgs, common: &CommonArgs) -> Result<ConfigPath> {
    if let Some(path) = &args.alert_config {
        let hint = "--alert-config FILE names the file with the targets; `respdiff config schema alert` describes the file";
        let path = common.resolve_path(path);
        return Ok(ConfigPath { path, is_own: true, hint: Some(hint.to_owned()) });
    }
    if let Some(path) = env::var_os(CONFIG_VARIABLE).filter(|path| !path.is_empty()) {
        return Ok(ConfigPath::named_by(CONFIG_VARIABLE, PathBuf::from(path), true));
    }
    if let Some((path, _)) = given_file(common) {
        let source = if common.config.is_some() { "--config" } else { POLICY_VARIABLE };
        return Ok(ConfigPath::named_by(source, path, false));
    }
    let folder = base_folder("XDG_CONFIG_HOME", ".config")?.join("respdiff");
    let names = ["alert.yaml", "config.yaml"];
    if let Some(path) = names.map(|name| folder.join(name)).into_iter().find(|path| path.exists()) {
        return Ok(ConfigPath { path, is_own: true, hint: None });
    }
    let message =
        format!("no alert configuration: `{}` does not exist", folder.join(names[0]).display());
    Err(Error::new(ErrorKind::Usage, message).with_hint(
        "create the file, or name another with --alert-config FILE. It contains, for example: \
         {version: 1, alert: {targets: [{name: me, type: stdout, format: text}]}}",
    ))
}

fn base_folder(variable: &str, below_home: &str) -> Result<PathBuf> {
    let absolute = |name: &str| env::var_os(name).map(PathBuf::from).filter(|p| p.is_absolute());
    absolute(variable).or_else(|| Some(absolute("HOME")?.join(below_home))).ok_or_else(|| {
        let message = format!("neither {variable} nor HOME is set");
        Error::new(ErrorKind::Usage, message)
            .with_hint("name the configuration with --config, and `state` in it")
    })
}

/// `~/` is the user's home, and relative paths begin at a folder.
pub(super) fn seen_from(folder: &Path, path: &Path) -> PathBuf {
    match (path.strip_prefix("~"), env::var_os("HOME")) {
        (Ok(rest), Some(home)) => Path::new(&home).join(rest),
        _ => folder.join(path),
    }
}

/// The command line's repositories, else the configuration's, else the one here.
fn watched_places(
    config: &AlertConfig,
    folder: &Path,
    common: &CommonArgs,
) -> Result<Vec<WatchedRepository>> {
    let configured: Vec<WatchedRepository> = config
        .repositories
        .iter()
        .map(|found| WatchedRepository {
            name: found.name.clone().unwrap_or_else(|| {
                let shown = found.path.display().to_string();
                folder_name(shown, &seen_from(folder, &found.path))
            }),
            folder: seen_from(folder, &found.path),
            identity: found.name.clone(),
            branch: found.branch.clone(),
            timeout: found.timeout,
            link_base: found.link_base.clone(),
            is_configured: true,
        })
        .collect();
    let named = several::several_places(common)?.unwrap_or_else(|| {
        common
            .directories
            .first()
            .map(|_| several::RepositoryPlace::only_one(common))
            .into_iter()
            .collect()
    });
    if named.is_empty() && !configured.is_empty() {
        environment::names_none()?;
        return Ok(configured);
    }
    let named =
        if named.is_empty() { vec![several::RepositoryPlace::only_one(common)] } else { named };
    let same = |a: &Path, b: &Path| {
        a.canonicalize().ok().is_some_and(|a| b.canonicalize().ok() == Some(a))
    };
    Ok(named
        .into_iter()
        .map(|place| {
            let known = configured.iter().find(|known| same(&known.folder, &place.folder));
            known.cloned().unwrap_or(WatchedRepository {
                name: folder_name(place.name, &place.folder),
                folder: place.folder,
                identity: None,
                branch: None,
                timeout: None,
                link_base: None,
                is_configured: false,
            })
        })
        .collect())
}

/// The name that alerts give a repository without one of its own: the path as it was given, or the
/// name of its folder if the path says none, as `.` does.
fn folder_name(given: String, folder: &Path) -> String {
    if Path::new(&given).file_name().is_some() {
        return given;
    }
    let whole = folder.canonicalize().ok();
    let name = whole.as_deref().and_then(Path::file_name);
    name.map_or(given, |name| name.to_string_lossy().into_owned())
}
