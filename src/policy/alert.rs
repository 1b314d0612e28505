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

use super::value_forms::{self, Sources, TextOrSource};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Level;

pub use mail::{SENDMAIL, SmtpConfig, SmtpTls};

/// The user's configuration, as far as alerts go.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[schemars(title = "alert configuration")]
pub struct UserConfig {
    /// The format of the file: 1.
    pub version: Option<u32>,
    /// Whom to notify of what.
    pub alert: Option<AlertConfig>,
}

/// What to watch, and whom to notify.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AlertConfig {
    /// Where the outbox is kept.
    pub state: Option<PathBuf>,
    /// Whether `git fetch` is run first.
    #[serde(default)]
    pub fetch: bool,
    /// What to watch where the command line does not say.
    #[serde(default)]
    pub repositories: Vec<WatchedConfig>,
    /// Whom to notify.
    #[serde(default)]
    pub targets: Vec<TargetConfig>,
}

/// A repository to watch.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct WatchedConfig {
    /// Where it is, seen from the configuration's folder.
    pub path: PathBuf,
    /// What messages call it; its cursor is kept under this name.
    pub name: Option<String>,
    /// The branch to follow, where it is not the one that is checked out.
    pub branch: Option<String>,
    /// Where its pages are published, for links; else pages are linked to where `origin` is.
    #[serde(rename = "link-base", alias = "link_base")]
    pub link_base: Option<String>,
    /// How long it may take to find what is new.
    #[serde(default, deserialize_with = "value_forms::optional_duration")]
    #[schemars(with = "Option<String>")]
    pub timeout: Option<Duration>,
}

/// How a target is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum TargetType {
    /// A POST as Standard Webhooks has it.
    Webhook,
    /// An incoming webhook of Slack.
    Slack,
    /// A program that reads standard input.
    Command,
    /// Standard output.
    Stdout,
    /// A mail, by SMTP or `sendmail`.
    Mail,
    /// An Atom feed in a file.
    Feed,
}

/// How events are written to standard output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum StdoutFormat {
    /// For people.
    Text,
    /// A line of JSON each.
    Json,
}

/// A target of alerts.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct TargetConfig {
    /// What messages and the outbox call it.
    pub name: String,
    /// How it is reached.
    #[serde(rename = "type")]
    pub kind: TargetType,
    /// Where a webhook or Slack is, in whose case this is a secret; where the pages of a feed are.
    pub url: Option<TextOrSource>,
    /// What signs a webhook; several while a secret is being changed.
    pub secret: Option<Sources>,
    /// The program and its words, no shell between.
    pub command: Option<Vec<String>>,
    /// The file of a feed, seen from the configuration's folder.
    pub file: Option<PathBuf>,
    /// How many entries of a feed are kept.
    pub entries: Option<usize>,
    /// Who mails are from.
    pub from: Option<String>,
    /// Who gets them; several addresses with commas between.
    pub to: Option<String>,
    /// The server that takes mails.
    pub smtp: Option<SmtpConfig>,
    /// The program that takes mails, where there is no `smtp`.
    pub sendmail: Option<PathBuf>,
    /// How standard output gets it, where not as text at a terminal and as JSON elsewhere.
    pub format: Option<StdoutFormat>,
    /// What it wants to know.
    #[serde(default)]
    pub filters: Filters,
    /// Whether its host may be of a private network.
    #[serde(default)]
    pub allow_private: bool,
    /// Whether it may be reached without TLS.
    #[serde(default)]
    pub allow_http: bool,
    /// Whether the environment's proxy is used.
    #[serde(default)]
    pub proxy: bool,
    /// How long it may take to answer.
    #[serde(default, deserialize_with = "value_forms::optional_duration")]
    #[schemars(with = "Option<String>")]
    pub timeout: Option<Duration>,
    /// How long to wait before each further try; the last one goes on.
    #[serde(default, deserialize_with = "value_forms::read_durations")]
    #[schemars(with = "Option<Vec<String>>")]
    pub retries: Option<Vec<Duration>>,
}

/// What a target wants to know; an empty list asks for all.
#[derive(Clone, Debug, Default, Deserialize, JsonSchema)]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Changes at this level or above.
    pub level: AlertLevelName,
    /// Changes that give a duty to one of these parties or take it away.
    pub party: Vec<String>,
    /// Changes under a heading that holds one of these texts.
    pub area: Vec<String>,
    /// Pages that one of these pathspecs matches.
    pub document: Vec<String>,
    /// Repositories whose name holds one of these texts.
    pub repository: Vec<String>,
}

/// A level, as it is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
#[schemars(rename = "AlertLevel")]
pub enum AlertLevelName {
    /// Who has to do it.
    #[default]
    Boundary,
    /// What is to be done at all.
    Scope,
    /// Words or place only.
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
    let schema = crate::report::schemas::of_input::<UserConfig>();
    let mut bytes = serde_json::to_vec_pretty(&schema).map_err(|source| {
        Error::new(ErrorKind::Output, "the schema cannot be written as JSON").with_source(source)
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// Reads the `alert:` part of the configuration file `name`.
///
/// # Errors
/// Where it is not there, or says what cannot be.
pub fn read_config(name: &str, text: &str) -> Result<AlertConfig> {
    let Some(config) = super::read::read_yaml::<UserConfig>(name, text)?.alert else {
        return Err(config_fault(name, "has no `alert:`")
            .with_hint("add the targets: alert: {targets: [{name: ops, type: stdout}]}"));
    };
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
        return Err(of_target("`secret` is empty"));
    }
    if command.as_ref().is_some_and(|words| words.first().is_none_or(String::is_empty)) {
        return Err(of_target("`command` is empty"));
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
            "secret" => "name where it is kept: secret: {env: NAME} or {file: PATH}",
            "url" if is_feed => {
                "name the address of the pages: url: https://cloud.ibm.com/docs/vpc"
            }
            "from" => "name the sender: from: respdiff@example.com",
            "to" => "name the recipients: to: ops@example.com, audit@example.com",
            "file" => "name the file of the feed: file: feed.xml",
            "url" => "write the address, or where it is kept: url: {env: NAME}",
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
        Some((key, ..)) => Err(of_target(&format!("`{key}` is not used by this type of target"))),
        None => Ok(()),
    }
}

#[cfg(test)]
mod tests;
