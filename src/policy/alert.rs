//! Who is told of changes, and how: the `alert:` part of the user's own configuration.
//!
//! It is never read from a repository that is watched: whoever can write there must not choose
//! where messages go, which secrets are used or which commands run.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

use serde::Deserialize;

use super::forms::{self, Sources, Text};
use crate::error::{Error, ErrorKind, Result};
use crate::model::Level;

/// The user's configuration, as far as alerts go.
#[derive(Clone, Debug, Deserialize)]
pub struct UserConfig {
    /// Whom to tell of what.
    pub alert: Option<AlertConfig>,
}

/// What to watch, and whom to tell.
#[derive(Clone, Debug, Default, Deserialize)]
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
    /// Whom to tell.
    #[serde(default)]
    pub targets: Vec<TargetConfig>,
}

/// A repository to watch.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct WatchedConfig {
    /// Where it is, seen from the configuration's folder.
    pub path: PathBuf,
    /// What messages call it; its cursor is kept under this name.
    pub name: Option<String>,
    /// The branch to follow, where it is not the one that is checked out.
    pub branch: Option<String>,
    /// How long it may take to find what is new.
    #[serde(default, deserialize_with = "forms::optional_duration")]
    pub timeout: Option<Duration>,
}

/// How a target is reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum TargetType {
    /// A POST as Standard Webhooks has it.
    Webhook,
    /// An incoming webhook of Slack.
    Slack,
    /// A program that reads standard input.
    Command,
    /// A line of JSON on standard output.
    Stdout,
    /// An Atom feed in a file.
    Feed,
}

/// Somebody to tell.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TargetConfig {
    /// What messages and the outbox call it.
    pub name: String,
    /// How it is reached.
    #[serde(rename = "type")]
    pub kind: TargetType,
    /// Where a webhook or Slack is, in whose case this is a secret; where the pages of a feed are.
    pub url: Option<Text>,
    /// What signs a webhook; several while a secret is being changed.
    pub secret: Option<Sources>,
    /// The program and its words, no shell between.
    pub command: Option<Vec<String>>,
    /// The file of a feed, seen from the configuration's folder.
    pub file: Option<PathBuf>,
    /// How many entries of a feed are kept.
    pub entries: Option<usize>,
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
    #[serde(default, deserialize_with = "forms::optional_duration")]
    pub timeout: Option<Duration>,
    /// How long to wait before each further try; the last one goes on.
    #[serde(default, deserialize_with = "forms::durations")]
    pub retries: Option<Vec<Duration>>,
}

/// What a target wants to know; an empty list asks for all.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Changes at this level or above.
    pub level: LevelName,
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
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum LevelName {
    /// Who has to do it.
    #[default]
    Boundary,
    /// What is to be done at all.
    Scope,
    /// Words or place only.
    Wording,
}

impl LevelName {
    /// The level that it names.
    #[must_use]
    pub const fn level(self) -> Level {
        match self {
            Self::Boundary => Level::Boundary,
            Self::Scope => Level::Scope,
            Self::Wording => Level::Wording,
        }
    }
}

/// Reads the `alert:` part of the configuration file `name`.
///
/// # Errors
/// Where it is not there, or says what cannot be.
pub fn read(name: &str, text: &str) -> Result<AlertConfig> {
    let Some(config) = super::read::yaml::<UserConfig>(name, text)?.alert else {
        return Err(fault(name, "has no `alert:`")
            .hint("add the targets: alert: {targets: [{name: ops, type: stdout}]}"));
    };
    let mut names = BTreeSet::new();
    for target in &config.targets {
        checked(name, target)?;
        if !names.insert(target.name.as_str()) {
            let message = format!("has two targets that are named `{}`", target.name);
            return Err(fault(name, &message).hint("the outbox tells them apart by their names"));
        }
    }
    Ok(config)
}

fn fault(name: &str, message: &str) -> Error {
    Error::new(ErrorKind::Input, format!("`{name}` {message}"))
}

/// Each way of telling needs keys of its own, and has no use for those of the others.
fn checked(file: &str, target: &TargetConfig) -> Result<()> {
    let TargetConfig { name, kind, url, secret, command, .. } = target;
    let is_feed = *kind == TargetType::Feed;
    let of_target = |what: &str| fault(file, &format!("target `{name}`: {what}"));
    let plain = |c: char| c.is_ascii_alphanumeric() || "._-".contains(c);
    if name.is_empty() || name.len() > 100 || !name.chars().all(plain) {
        return Err(
            of_target("the name is not valid").hint("use letters, digits, `.`, `_` and `-`")
        );
    }
    let keys = [
        (
            "url",
            url.is_some(),
            matches!(kind, TargetType::Webhook | TargetType::Slack | TargetType::Feed),
        ),
        ("secret", secret.is_some(), *kind == TargetType::Webhook),
        ("command", command.is_some(), *kind == TargetType::Command),
        ("file", target.file.is_some(), is_feed),
    ];
    for (key, given, needed) in keys {
        if needed && !given {
            return Err(of_target(&format!("`{key}` is missing")).hint(match key {
                "secret" => "name where it is kept: secret: {env: NAME} or {file: PATH}",
                "url" if is_feed => {
                    "name the address of the pages: url: https://cloud.ibm.com/docs/vpc"
                }
                "file" => "name the file of the feed: file: feed.xml",
                "url" => "write the address, or where it is kept: url: {env: NAME}",
                _ => "a list, the program first: command: [notify, --json]",
            }));
        }
        if given && !needed {
            return Err(of_target(&format!("`{key}` is not used by this type of target")));
        }
    }
    if secret.as_ref().is_some_and(|secrets| secrets.0.is_empty()) {
        return Err(of_target("`secret` is empty"));
    }
    if command.as_ref().is_some_and(|words| words.first().is_none_or(String::is_empty)) {
        return Err(of_target("`command` is empty"));
    }
    if target.entries.is_some() && !is_feed {
        return Err(of_target("`entries` is not used by this type of target"));
    }
    if target.entries == Some(0) {
        return Err(of_target("`entries` is 0").hint("omit it to keep 50"));
    }
    if target.retries.as_ref().is_some_and(Vec::is_empty) {
        return Err(of_target("`retries` is empty").hint("omit it for the default, from 5s to 24h"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::Source;
    use super::*;

    #[track_caller]
    fn refused(text: &str, expected: &str) {
        let error = read("config.yaml", text).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }

    #[test]
    fn every_key_is_understood() {
        let text = "
policy: {other: keys}
alert:
  state: alert.sqlite
  fetch: true
  repositories:
    - {path: docs/skyvault, name: skyvault, branch: origin/main, timeout: 1h}
  targets:
    - name: ops
      type: webhook
      url: https://hooks.example.com/respdiff
      secret: [{env: NEW}, {file: old.key}]
      filters: {level: scope, party: [customer], area: [Backup], document: ['*.md'], repository: [sky]}
      allow_private: true
      allow_http: true
      proxy: true
      timeout: 300ms
      retries: [5s, 2h, 1d]
    - {name: chat, type: slack, url: {env: SLACK_URL}}
    - {name: pipe, type: command, command: [notify, --json]}
    - {name: feed, type: feed, file: feed.xml, url: 'https://docs.example/sky', entries: 9}
";
        let config = read("config.yaml", text).unwrap();
        assert_eq!(config.repositories[0].timeout, Some(Duration::from_secs(3_600)));
        let ops = &config.targets[0];
        assert_eq!(ops.timeout, Some(Duration::from_millis(300)));
        assert_eq!(ops.retries.as_ref().unwrap()[2], Duration::from_secs(86_400));
        assert_eq!(ops.filters.level.level(), Level::Scope);
        assert_eq!(ops.secret.as_ref().unwrap().0.len(), 2);
        assert_eq!(config.targets[1].filters.level.level(), Level::Boundary);
        assert!(
            matches!(&config.targets[1].url, Some(Text::Kept(Source::Env(name))) if name == "SLACK_URL")
        );
    }

    #[test]
    fn a_secret_in_the_wrong_place_is_not_repeated() {
        for secret in ["whsec_abc", "[whsec_abc]", "{env: whsec_abc}", "{env: 'whsec abc/+'}"] {
            let text = format!(
                "alert: {{targets: [{{name: a, type: webhook, url: 'https://a.example', secret: {secret}}}]}}"
            );
            let error = read("config.yaml", &text).unwrap_err().to_string();
            assert!(!error.contains("whsec"), "{error}");
            assert!(error.contains("secret") || error.contains("OPS_KEY"), "{error}");
        }
    }

    #[test]
    fn what_cannot_be_is_refused() {
        refused("targets: []", "has no `alert:`");
        refused("alert: {targets: [{name: a, type: feed, file: x}]}", "`url` is missing");
        refused("alert: {targets: [{name: a, type: feed, url: x}]}", "`file` is missing");
        refused(
            "alert: {targets: [{name: a, type: feed, url: x, file: y, entries: 0}]}",
            "`entries` is 0",
        );
        refused("alert: {targets: [{name: a, type: stdout, entries: 9}]}", "`entries` is not used");
        refused("alert: {target: []}", "target");
        refused("alert: {targets: [{name: a, type: pigeon}]}", "pigeon");
        refused(
            "alert: {targets: [{name: a, type: webhook, url: 'https://a.example'}]}",
            "`secret` is missing",
        );
        refused("alert: {targets: [{name: a, type: stdout, url: x}]}", "`url` is not used");
        refused("alert: {targets: [{name: a b, type: stdout}]}", "not valid");
        refused(
            "alert: {targets: [{name: a, type: stdout}, {name: a, type: stdout}]}",
            "two targets",
        );
        refused("alert: {targets: [{name: a, type: command, command: []}]}", "`command` is empty");
        refused("alert: {targets: [{name: a, type: stdout, timeout: soon}]}", "`soon`");
        refused("alert: {targets: [{name: a, type: slack, url: {enf: X}}]}", "enf");
    }
}
