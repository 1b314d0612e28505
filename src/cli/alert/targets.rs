//! From the configuration's targets to those that can be told. One that cannot does not stop the
//! others; what is found waits for it.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::deliver::targets::{Endpoint, EndpointRules, FeedMerge, Key, Target, Way};
use crate::error::{Error, ErrorKind, Result};
use crate::policy::alert::{TargetConfig, TargetType};
use crate::policy::{Source, Text};
use crate::render;
use crate::render::feed::{FeedSettings, with_event};
use crate::report::LinkBase;

use super::settings::{Settings, seen_from};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// Before each further try, in seconds.
const RETRIES: [u64; 9] =
    [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/// A feed keeps so many entries where its target does not say.
const FEED_ENTRIES: usize = 50;
const TIMEOUT: Duration = Duration::from_secs(20);

/// The targets that can be told, and why others cannot.
pub(super) fn ready(settings: &Settings) -> (Vec<Target>, Vec<(String, Error)>) {
    let (mut ready, mut faults) = (Vec::new(), Vec::new());
    for config in &settings.config.targets {
        match target(config, settings) {
            Ok(target) => ready.push(target),
            Err(fault) => faults.push((config.name.clone(), fault)),
        }
    }
    (ready, faults)
}

fn target(config: &TargetConfig, settings: &Settings) -> Result<Target> {
    let folder = &settings.folder;
    let timeout = config.timeout.unwrap_or(TIMEOUT);
    let rules = EndpointRules {
        allow_private: config.allow_private,
        allow_http: config.allow_http,
        proxy: config.proxy,
        timeout,
    };
    let url = || match &config.url {
        Some(Text::Plain(url)) => Ok(url.clone()),
        Some(Text::Kept(source)) => secret(source, folder),
        None => Ok(String::new()),
    };
    let (way, place) = match config.kind {
        TargetType::Webhook => {
            let url = url()?;
            let sources = config.secret.iter().flat_map(|sources| &sources.0);
            let key = |source| Key::read(&secret(source, folder)?, &place(source));
            let keys = sources.map(key).collect::<Result<Vec<Key>>>()?;
            (Way::Webhook { endpoint: Endpoint::new(&url, rules)?, keys }, url)
        }
        TargetType::Slack => {
            let url = url()?;
            let shape = render::alert::slack;
            (Way::Slack { endpoint: Endpoint::new(&url, rules)?, shape }, url)
        }
        TargetType::Command => {
            let words = config.command.clone().unwrap_or_default();
            let place = words.join("\0");
            let without = secret_names(settings);
            (Way::Command { words, without, timeout }, place)
        }
        TargetType::Stdout => (Way::Stdout, String::new()),
        TargetType::Feed => {
            let file = seen_from(folder, config.file.as_deref().unwrap_or(Path::new("")));
            let place = file.display().to_string();
            (Way::Feed { file, merge: feed_merge(config, &url()?)? }, place)
        }
    };
    let retries = config.retries.clone();
    let retries = retries.unwrap_or_else(|| RETRIES.map(Duration::from_secs).to_vec());
    Ok(Target { name: config.name.clone(), setting: mark(config.kind, &place), way, retries })
}

/// How the feed of a target takes an event in.
fn feed_merge(config: &TargetConfig, url: &str) -> Result<FeedMerge> {
    let settings = FeedSettings {
        name: config.name.clone(),
        base: LinkBase::parse(url)?,
        entries: config.entries.unwrap_or(FEED_ENTRIES),
    };
    Ok(FeedMerge(Box::new(move |old, event| with_event(&settings, old, event))))
}

/// By which a change of the settings is seen; it does not tell them.
fn mark(kind: TargetType, place: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{kind:?}\0{place}"));
    let digest = hash.finalize();
    digest.iter().take(8).fold(String::new(), |mark, byte| mark + &format!("{byte:02x}"))
}

/// The names in the environment under which secrets are kept: no program that we start needs them.
pub(super) fn secret_names(settings: &Settings) -> Vec<String> {
    let mut names = Vec::new();
    for target in &settings.config.targets {
        let secrets = target.secret.iter().flat_map(|sources| &sources.0);
        let url = match &target.url {
            Some(Text::Kept(source)) => Some(source),
            Some(Text::Plain(_)) | None => None,
        };
        names.extend(secrets.chain(url).filter_map(|source| match source {
            Source::Env(name) => Some(name.clone()),
            Source::File(_) => None,
        }));
    }
    names
}

fn place(source: &Source) -> String {
    match source {
        Source::Env(name) => format!("the environment's {name}"),
        Source::File(path) => format!("the file `{}`", path.display()),
    }
}

/// What is kept at a place; what it is never goes into a message.
fn secret(source: &Source, folder: &Path) -> Result<String> {
    let missing = |why: &str| {
        Error::new(ErrorKind::Input, format!("{} {why}", place(source)))
            .hint("nothing is lost: events wait in the outbox until then")
    };
    let found = match source {
        Source::Env(name) => env::var(name).map_err(|_| missing("is not set"))?,
        Source::File(path) => fs::read_to_string(seen_from(folder, path))
            .map_err(|error| missing(&format!("cannot be read: {}", error.kind())))?,
    };
    let found = found.trim();
    if found.is_empty() { Err(missing("is empty")) } else { Ok(found.to_owned()) }
}
