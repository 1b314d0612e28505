//! The targets of alerts, and how each is reached. Nothing here decides when.

mod address;
mod answer;
mod http;
mod mail;
mod signature;

use std::fmt;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, Utc};

use crate::error::{Error, Result};

use super::outbox::Queued;
use super::process;

pub use http::{Endpoint, EndpointRules};
pub use mail::{Encryption, MailRoute, MailShape, Mailer, SmtpServer};
pub use signature::SigningKey;

/// A target, ready to be reached.
#[derive(Debug)]
pub struct Target {
    /// What the outbox calls it.
    pub name: String,
    /// The settings by which it is reached, without secrets; another text is another place.
    pub setting: String,
    /// How it is reached.
    pub way: Transport,
    /// How long to wait before each further try; the last one goes on.
    pub retries: Vec<Duration>,
}

/// Makes the bytes that a target takes from the JSON of an event.
pub type MessageShape = fn(&[u8]) -> Result<Vec<u8>>;

/// Makes the new content of a file from the one that it has, if it is there, and an event.
pub struct FeedMerge(pub Box<MergeFn>);

type MergeFn = dyn Fn(Option<&[u8]>, &[u8]) -> Result<Vec<u8>> + Send + Sync;

impl fmt::Debug for FeedMerge {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("FeedMerge")
    }
}

/// How a target is reached.
#[derive(Debug)]
pub enum Transport {
    /// A signed POST, as Standard Webhooks has it.
    Webhook {
        /// Where.
        endpoint: Endpoint,
        /// What it is signed with; several while a secret is being changed.
        keys: Vec<SigningKey>,
    },
    /// An incoming webhook of Slack.
    Slack {
        /// Where.
        endpoint: Endpoint,
        /// Makes its message.
        shape: MessageShape,
    },
    /// A program that reads the JSON on standard input.
    Command {
        /// The program and its words.
        words: Vec<String>,
        /// Names in the environment that are not passed on.
        without: Vec<String>,
        /// How long it may take.
        timeout: Duration,
    },
    /// Standard output.
    Stdout {
        /// Makes text of an event; none where it is written as it is.
        shape: Option<MessageShape>,
    },
    /// A mail.
    Mail {
        /// Sends it.
        mailer: Box<Mailer>,
        /// Makes its subject and text.
        shape: MailShape,
    },
    /// A feed that is kept in a file.
    Feed {
        /// Where.
        file: PathBuf,
        /// Makes its new content.
        merge: FeedMerge,
    },
}

/// What became of a try.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AttemptOutcome {
    /// It arrived.
    Delivered,
    /// It did not, for a reason that passes.
    Later {
        /// The reason.
        reason: String,
        /// How long the target asked to wait.
        wait: Option<Duration>,
    },
    /// It was refused for what it is or where it went.
    Refused {
        /// The reason.
        reason: String,
        /// How long the target asked to wait.
        wait: Option<Duration>,
    },
    /// Nobody is there any more and nothing more is wanted.
    Gone {
        /// The reason.
        reason: String,
    },
}

impl AttemptOutcome {
    fn try_later(reason: impl Into<String>) -> Self {
        Self::Later { reason: reason.into(), wait: None }
    }
}

impl Target {
    /// How much time has to be between two messages.
    #[must_use]
    pub fn pace(&self) -> Duration {
        match self.way {
            Transport::Slack { .. } => Duration::from_secs(1),
            Transport::Webhook { .. }
            | Transport::Command { .. }
            | Transport::Stdout { .. }
            | Transport::Mail { .. }
            | Transport::Feed { .. } => Duration::ZERO,
        }
    }

    /// Tries to deliver an event.
    #[must_use]
    pub fn send_event(&self, event: &Queued, now: DateTime<Utc>) -> AttemptOutcome {
        let body = event.body.as_bytes();
        match &self.way {
            Transport::Webhook { endpoint, keys } => {
                let headers = signature::signature_headers(&event.id, now, body, keys);
                endpoint.post(&headers, body, now)
            }
            Transport::Slack { endpoint, shape } => match shape(body) {
                Ok(message) => endpoint.post(&[], &message, now),
                Err(error) => refused_for(&error),
            },
            Transport::Mail { mailer, shape } => match shape(body) {
                Ok((subject, text)) => mailer.send_mail(&event.id, now, &subject, &text),
                Err(error) => refused_for(&error),
            },
            Transport::Command { words, without, timeout } => {
                run(words, without, &event.id, body, *timeout)
            }
            Transport::Stdout { shape } => {
                let line = match shape.map_or_else(|| Ok(body.to_vec()), |shape| shape(body)) {
                    Ok(line) => line,
                    Err(error) => return refused_for(&error),
                };
                match super::write_counted_line(&[&line, b"\n".as_slice()].concat()) {
                    Ok(()) => AttemptOutcome::Delivered,
                    Err(error) => AttemptOutcome::try_later(format!("standard output: {error}")),
                }
            }
            Transport::Feed { file, merge } => match into_feed(file, merge, body) {
                Ok(()) => AttemptOutcome::Delivered,
                Err(error) => AttemptOutcome::try_later(error.to_string()),
            },
        }
    }
}

fn refused_for(error: &Error) -> AttemptOutcome {
    AttemptOutcome::Refused { reason: error.to_string(), wait: None }
}

/// Replaces the file as a whole; runs that have the same file take turns.
fn into_feed(file: &Path, FeedMerge(merge): &FeedMerge, event: &[u8]) -> Result<()> {
    let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty());
    let _turn = super::FolderLock::take(folder.unwrap_or(Path::new(".")))?;
    let old = super::read_to_change(file)?;
    let new = merge(old.as_deref(), event)
        .map_err(|error| error.with_subject(&format!("`{}`", file.display())))?;
    super::write_file(file, &new)
}

/// No shell, and no secret of others, is between the configuration and the program.
fn run(
    words: &[String],
    without: &[String],
    id: &str,
    body: &[u8],
    timeout: Duration,
) -> AttemptOutcome {
    let Some((program, words)) = words.split_first() else {
        return AttemptOutcome::try_later("no program is named");
    };
    let mut command = Command::new(program);
    command.args(words).env("RESPDIFF_EVENT_ID", id);
    for name in without {
        command.env_remove(name);
    }
    match process::run(&mut command, body, timeout) {
        Ok(()) => AttemptOutcome::Delivered,
        Err(reason) => AttemptOutcome::try_later(format!("the command {reason}")),
    }
}
