//! Who is notified of changes, and how: the `alert:` part of the user's own configuration.
//!
//! It is never read from a repository that is watched: whoever can write there must not choose
//! where messages go, which secrets are used or which commands run.

mod mail;

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use schemars::JsonSchema;
use serde::Deserialize;

use super::file::ALERT_SCHEMA_HINT;
use super::value_forms::{self, Sources, TextOrSource};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Level;

pub use mail::{SENDMAIL, SmtpConfig, SmtpTls};

/// The configuration of `respdiff alert`.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(title = "alert configuration")]
pub struct UserConfig {
    /// The format of the file: 1.
    pub version: Option<u32>,
    /// What to watch and where to report it.
    pub alert: Option<AlertConfig>,
}

/// What to watch and where to report it.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlertConfig {
    /// The file of the outbox.
    pub state: Option<PathBuf>,
    /// Whether to run `git fetch` first.
    #[serde(default)]
    pub fetch: bool,
    /// The repositories to watch, if the command line names none.
    #[serde(default)]
    pub repositories: Vec<WatchedConfig>,
    /// Where to send events.
    #[serde(default)]
    pub targets: Vec<TargetConfig>,
}

/// A repository to watch.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchedConfig {
    /// The folder of the repository, relative to the folder of this configuration.
    pub path: PathBuf,
    /// The name of the repository in messages and in the outbox.
    pub name: Option<String>,
    /// The branch to watch, if it is not the one that is checked out.
    pub branch: Option<String>,
    /// Where the pages are published, for links. By default, links go to `origin`.
    #[serde(rename = "link-base", alias = "link_base")]
    pub link_base: Option<String>,
    /// The time limit for finding new changes in the repository. By default, 15 minutes.
    #[serde(default, deserialize_with = "value_forms::optional_duration")]
    #[schemars(with = "Option<String>")]
    pub timeout: Option<Duration>,
}

/// A type of target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TargetType {
    /// A webhook that follows Standard Webhooks.
    Webhook,
    /// An incoming webhook in Slack.
    Slack,
    /// A program that reads the event from standard input.
    Command,
    /// Standard output.
    Stdout,
    /// Mail, by SMTP or `sendmail`.
    Mail,
    /// An Atom feed in a file.
    Feed,
}

/// The format of events on standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StdoutFormat {
    /// For people.
    Text,
    /// One line of JSON per event.
    Json,
}

/// A target of alerts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetConfig {
    /// The name of the target in messages and in the outbox.
    pub name: String,
    /// The type of the target.
    #[serde(rename = "type")]
    pub kind: TargetType,
    /// For a webhook, its address. For Slack, where the secret address is kept. For a feed, the
    /// address of the published pages.
    pub url: Option<TextOrSource>,
    /// The secret that signs a webhook; to replace it, list the old and the new one.
    pub secret: Option<Sources>,
    /// The program and its arguments; no shell is involved.
    pub command: Option<Vec<String>>,
    /// The file of a feed, relative to the folder of this configuration.
    pub file: Option<PathBuf>,
    /// The number of entries to keep in a feed. By default, 50.
    pub entries: Option<usize>,
    /// The sender of mail.
    pub from: Option<String>,
    /// The recipients of mail; separate several with commas.
    pub to: Option<String>,
    /// The mail server.
    pub smtp: Option<SmtpConfig>,
    /// The program that sends mail, without `smtp`. By default, /usr/sbin/sendmail.
    pub sendmail: Option<PathBuf>,
    /// The format on standard output. By default, text on a terminal and JSON elsewhere.
    pub format: Option<StdoutFormat>,
    /// What to send.
    #[serde(default)]
    pub filters: Filters,
    /// Whether to allow an address in a private network.
    #[serde(default)]
    pub allow_private: bool,
    /// Whether to allow an address without TLS.
    #[serde(default)]
    pub allow_http: bool,
    /// Whether to use the proxy that the environment names.
    #[serde(default)]
    pub proxy: bool,
    /// How long to wait for an answer.
    #[serde(default, deserialize_with = "value_forms::optional_duration")]
    #[schemars(with = "Option<String>")]
    pub timeout: Option<Duration>,
    /// How long to wait before each further attempt; the last waiting time repeats.
    #[serde(default, deserialize_with = "value_forms::read_durations")]
    #[schemars(with = "Option<Vec<String>>")]
    pub retries: Option<Vec<Duration>>,
}

/// What to send to a target; an empty list means everything.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Changes at this level or above.
    pub level: AlertLevelName,
    /// Changes that give a duty to one of these parties or take it away.
    pub party: Vec<String>,
    /// Changes under a heading that contains one of these texts.
    pub area: Vec<String>,
    /// Pages that one of these pathspecs matches.
    pub document: Vec<String>,
    /// Repositories whose name contains one of these texts.
    pub repository: Vec<String>,
}

/// A level of changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "AlertLevel")]
pub enum AlertLevelName {
    /// A duty moved to another party.
    #[default]
    Boundary,
    /// A duty was added or removed.
    Scope,
    /// A duty was reworded or relocated.
    Wording,
}

impl AlertLevelName {
    /// The level that it names.
    #[must_use]
    pub const fn to_level(self) -> Level {
        match self {
            Self::Boundary => Level::Boundary,
            Self::Scope => Level::Scope,
            Self::Wording => Level::Wording,
        }
    }
}

/// The JSON Schema of the file, for editors.
///
/// # Errors
/// Where it cannot be written.
pub fn alert_schema() -> Result<Vec<u8>> {
    crate::report::schemas::of_input::<UserConfig>()
}

/// Reads the `alert:` part of the configuration file `name`.
///
/// # Errors
/// Where it is not there, or says what cannot be.
pub fn read_config(name: &str, text: &str) -> Result<AlertConfig> {
    let read = super::read::read_yaml::<UserConfig>(name, text);
    let read = read.map_err(|error| match error.advice() {
        Some(_) => error,
        None => error.with_hint(ALERT_SCHEMA_HINT),
    });
    let Some(config) = read?.alert else {
        return Err(config_fault(name, "has no `alert:`").with_hint(
            "add the targets: alert: {targets: [{name: me, type: stdout, format: text}]}",
        ));
    };
    if config.targets.is_empty() {
        return Err(config_fault(name, "names no target: `targets` is empty")
            .with_hint("add one: alert: {targets: [{name: me, type: stdout, format: text}]}"));
    }
    let mut names = BTreeSet::new();
    for target in &config.targets {
        check_target(name, target)?;
        if !names.insert(target.name.as_str()) {
            let message = format!("has two targets that are named `{}`", target.name);
            return Err(config_fault(name, &message)
                .with_hint("the outbox tells them apart by their names"));
        }
    }
    Ok(config)
}

fn config_fault(name: &str, message: &str) -> Error {
    Error::new(ErrorKind::Input, format!("`{name}` {message}"))
}

/// Each kind of target needs keys of its own, and rejects those of the others.
fn check_target(file: &str, target: &TargetConfig) -> Result<()> {
    let TargetConfig { name, secret, command, .. } = target;
    let of_target = |what: &str| config_fault(file, &format!("target `{name}`: {what}"));
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if name.is_empty() || name.len() > 100 || !name.chars().all(plain) {
        return Err(
            of_target("the name is not valid").with_hint("use letters, digits, `.`, `_` and `-`")
        );
    }
    check_keys(target, &of_target)?;
    if secret.as_ref().is_some_and(|secrets| secrets.0.is_empty()) {
        return Err(of_target("`secret` is empty")
            .with_hint("say where it is kept: secret: {env: NAME} or {file: PATH}"));
    }
    if command.as_ref().is_some_and(|words| words.first().is_none_or(String::is_empty)) {
        return Err(of_target("`command` is empty")
            .with_hint("a list, the program first: command: [notify, --json]"));
    }
    if target.smtp.is_some() && target.sendmail.is_some() {
        return Err(
            of_target("`smtp` and `sendmail` are both given").with_hint("remove one of them")
        );
    }
    if target.entries == Some(0) {
        return Err(of_target("`entries` is 0").with_hint("omit it to keep 50"));
    }
    if target.retries.as_ref().is_some_and(Vec::is_empty) {
        return Err(
            of_target("`retries` is empty").with_hint("omit it for the default, from 5s to 24h")
        );
    }
    Ok(())
}

/// Each type of target needs keys of its own, and has no use for those of the others.
fn check_keys(target: &TargetConfig, of_target: &dyn Fn(&str) -> Error) -> Result<()> {
    let TargetConfig { kind, url, secret, command, .. } = target;
    let (is_feed, is_mail) = (*kind == TargetType::Feed, *kind == TargetType::Mail);
    let has_url = matches!(kind, TargetType::Webhook | TargetType::Slack | TargetType::Feed);
    let needed = [
        ("url", url.is_some(), has_url),
        ("secret", secret.is_some(), *kind == TargetType::Webhook),
        ("command", command.is_some(), *kind == TargetType::Command),
        ("file", target.file.is_some(), is_feed),
        ("from", target.from.is_some(), is_mail),
        ("to", target.to.is_some(), is_mail),
    ];
    if let Some((key, ..)) = needed.iter().find(|(_, given, needed)| *needed && !given) {
        return Err(of_target(&format!("`{key}` is missing")).with_hint(match *key {
            "secret" => "say where it is kept: secret: {env: NAME} or {file: PATH}",
            "url" if is_feed => {
                "name the address of the pages: url: https://cloud.ibm.com/docs/vpc"
            }
            "from" => "name the sender: from: respdiff@example.com",
            "to" => "name the recipients: to: ops@example.com, audit@example.com",
            "file" => "name the file of the feed: file: feed.xml",
            "url" => "write the address, or say where it is kept: url: {env: NAME}",
            _ => "a list, the program first: command: [notify, --json]",
        }));
    }
    let possible = [
        ("entries", target.entries.is_some(), is_feed),
        ("smtp", target.smtp.is_some(), is_mail),
        ("sendmail", target.sendmail.is_some(), is_mail),
        ("format", target.format.is_some(), *kind == TargetType::Stdout),
    ];
    let mut all = needed.iter().chain(&possible);
    match all.find(|(_, given, is_used)| *given && !is_used) {
        Some((key, ..)) => Err(of_target(&format!("`{key}` is not used by this type of target"))
            .with_hint(format!("remove `{key}`, or correct the `type` of the target"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
