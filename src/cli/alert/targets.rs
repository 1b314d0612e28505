//! Builds the targets that can be reached from the configuration. One that cannot be reached does
//! not stop the others; its events wait for it.

use std::env;
use std::fs;
use std::path::Path;
use std::time::Duration;

use sha2::{Digest, Sha256};

use crate::deliver;
use crate::deliver::targets::{
    Encryption, Endpoint, EndpointRules, FeedMerge, MailRoute, Mailer, MessageShape, SigningKey,
    SmtpServer, Target, Transport,
};
use crate::error::{Error, ErrorKind, Result};
use crate::policy::alert::{SENDMAIL, SmtpConfig, SmtpTls, StdoutFormat, TargetConfig, TargetType};
use crate::policy::{SecretSource, TextOrSource};
use crate::render;
use crate::render::feed::{FeedSettings, with_event};
use crate::report::LinkBase;

use super::settings::{AlertSettings, seen_from};

const MINUTE: u64 = 60;
const HOUR: u64 = 60 * MINUTE;
/// Before each further try, in seconds.
const RETRIES: [u64; 9] =
    [5, 5 * MINUTE, 30 * MINUTE, 2 * HOUR, 5 * HOUR, 10 * HOUR, 14 * HOUR, 20 * HOUR, 24 * HOUR];
/// A feed keeps this many entries unless its target sets another number.
const FEED_ENTRIES: usize = 50;
const TIMEOUT: Duration = Duration::from_secs(20);

/// The targets that can be reached, and why others cannot.
pub(super) fn ready_targets(settings: &AlertSettings) -> (Vec<Target>, Vec<(String, Error)>) {
    let (mut ready, mut faults) = (Vec::new(), Vec::new());
    for config in &settings.config.targets {
        match build_target(config, settings) {
            Ok(target) => ready.push(target),
            Err(fault) => faults.push((config.name.clone(), fault)),
        }
    }
    (ready, faults)
}

fn build_target(config: &TargetConfig, settings: &AlertSettings) -> Result<Target> {
    let folder = &settings.folder;
    let timeout = config.timeout.unwrap_or(TIMEOUT);
    let rules = EndpointRules {
        allow_private: config.allow_private,
        allow_http: config.allow_http,
        proxy: config.proxy,
        timeout,
    };
    let url = || match &config.url {
        Some(TextOrSource::Plain(url)) => Ok(url.clone()),
        Some(TextOrSource::Kept(source)) => read_secret(source, folder),
        None => Ok(String::new()),
    };
    let (way, place) = match config.kind {
        TargetType::Webhook => {
            let url = url()?;
            let sources = config.secret.iter().flat_map(|sources| &sources.0);
            let key =
                |source| SigningKey::parse(&read_secret(source, folder)?, &kept_at(source, folder));
            let keys = sources.map(key).collect::<Result<Vec<SigningKey>>>()?;
            (Transport::Webhook { endpoint: Endpoint::new(&url, rules)?, keys }, url)
        }
        TargetType::Slack => {
            let url = url()?;
            let shape = render::alert::slack_message;
            (Transport::Slack { endpoint: Endpoint::new(&url, rules)?, shape }, url)
        }
        TargetType::Command => {
            let words = config.command.clone().unwrap_or_default();
            let place = words.join("\0");
            let without = secret_names(settings);
            (Transport::Command { words, without, timeout }, place)
        }
        TargetType::Stdout => {
            let is_text = match config.format {
                Some(format) => format == StdoutFormat::Text,
                None => deliver::stdout_is_terminal(),
            };
            let shape: Option<MessageShape> = is_text.then_some(render::alert::plain_text);
            (Transport::Stdout { shape }, String::new())
        }
        TargetType::Mail => {
            let mailer = Box::new(build_mailer(config, settings, timeout)?);
            let place = format!("{mailer:?}\0{}", config.from.as_deref().unwrap_or_default());
            (Transport::Mail { mailer, shape: render::alert::mail_parts }, place)
        }
        TargetType::Feed => {
            let file = seen_from(folder, config.file.as_deref().unwrap_or(Path::new("")));
            let place = file.display().to_string();
            (Transport::Feed { file, merge: feed_merge(config, &url()?)? }, place)
        }
    };
    let retries = config.retries.clone();
    let retries = retries.unwrap_or_else(|| RETRIES.map(Duration::from_secs).to_vec());
    Ok(Target { name: config.name.clone(), setting: mark_of(config.kind, &place), way, retries })
}

/// Who sends the mails of a target.
fn build_mailer(
    config: &TargetConfig,
    settings: &AlertSettings,
    timeout: Duration,
) -> Result<Mailer> {
    let folder = &settings.folder;
    let (from, to) = (config.from.as_deref(), config.to.as_deref());
    let route = match &config.smtp {
        None => {
            let program = config.sendmail.as_deref().unwrap_or(Path::new(SENDMAIL));
            // a name alone is looked for as a shell does
            let is_name = program.components().count() == 1 && !program.starts_with(".");
            let program = if is_name { program.to_owned() } else { seen_from(folder, program) };
            MailRoute::Sendmail { program, without: secret_names(settings) }
        }
        Some(smtp) => MailRoute::Smtp(smtp_server(smtp, folder)?),
    };
    Mailer::new(from.unwrap_or_default(), to.unwrap_or_default(), route, timeout)
}

fn smtp_server(smtp: &SmtpConfig, folder: &Path) -> Result<SmtpServer> {
    let user = match &smtp.user {
        Some(TextOrSource::Plain(user)) => Some(user.clone()),
        Some(TextOrSource::Kept(source)) => Some(read_secret(source, folder)?),
        None => None,
    };
    let password = smtp.password.as_ref().and_then(|sources| sources.0.first());
    let password = password.map(|source| read_secret(source, folder)).transpose()?;
    let login = match (user, password) {
        (Some(user), Some(password)) => Some((user, password)),
        (None, None) => None,
        (Some(_), None) | (None, Some(_)) => {
            return Err(Error::new(
                ErrorKind::Input,
                "`smtp` needs both `user` and `password`, or neither",
            )
            .with_hint("say where the password is kept: password: {env: SMTP_PASSWORD}"));
        }
    };
    let authority = smtp.ca.as_ref().map(|file| {
        fs::read(seen_from(folder, file)).map_err(|error| {
            let message = format!("`smtp.ca`: `{}` cannot be read: {error}", file.display());
            Error::new(ErrorKind::Input, message)
                .with_hint("paths are relative to the folder of the alert configuration")
        })
    });
    let (encryption, port) = match smtp.tls {
        SmtpTls::Starttls => (Encryption::AfterGreeting, 587),
        SmtpTls::Always => (Encryption::Always, 465),
        SmtpTls::None => (Encryption::Never, 25),
    };
    let (host, port) = (smtp.host.clone(), smtp.port.unwrap_or(port));
    Ok(SmtpServer { host, port, encryption, login, authority: authority.transpose()? })
}

/// How the feed of a target takes an event in.
fn feed_merge(config: &TargetConfig, url: &str) -> Result<FeedMerge> {
    let settings = FeedSettings {
        name: config.name.clone(),
        base: LinkBase::parse(url, "`url`")?,
        entries: config.entries.unwrap_or(FEED_ENTRIES),
    };
    Ok(FeedMerge(Box::new(move |old, event| with_event(&settings, old, event))))
}

/// A fingerprint of the settings that reveals a change of them, but not the settings.
fn mark_of(kind: TargetType, place: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(format!("{kind:?}\0{place}"));
    let digest = hash.finalize();
    digest.iter().take(8).fold(String::new(), |mark, byte| mark + &format!("{byte:02x}"))
}

/// The names in the environment under which secrets are kept: no program that we start needs them.
pub(super) fn secret_names(settings: &AlertSettings) -> Vec<String> {
    let mut names = Vec::new();
    for target in &settings.config.targets {
        let secrets = target.secret.iter().flat_map(|sources| &sources.0);
        let smtp = target.smtp.as_ref();
        let passwords = smtp.and_then(|smtp| smtp.password.as_ref());
        let secrets = secrets.chain(passwords.into_iter().flat_map(|sources| &sources.0));
        let texts = [target.url.as_ref(), smtp.and_then(|smtp| smtp.user.as_ref())];
        let kept = texts.into_iter().flatten().filter_map(|text| match text {
            TextOrSource::Kept(source) => Some(source),
            TextOrSource::Plain(_) => None,
        });
        names.extend(secrets.chain(kept).filter_map(|source| match source {
            SecretSource::Env(name) => Some(name.clone()),
            SecretSource::File(_) => None,
        }));
    }
    names
}

fn kept_at(source: &SecretSource, folder: &Path) -> String {
    match source {
        SecretSource::Env(name) => format!("the environment variable {name}"),
        SecretSource::File(path) => format!("the file `{}`", seen_from(folder, path).display()),
    }
}

/// Why a file cannot be read.
fn read_fault(error: &std::io::Error) -> String {
    if error.kind() == std::io::ErrorKind::NotFound {
        "does not exist".to_owned()
    } else {
        format!("cannot be read: {}", error.kind())
    }
}

/// What is kept at a place; what it is never goes into a message.
fn read_secret(source: &SecretSource, folder: &Path) -> Result<String> {
    let missing = |why: &str| {
        Error::new(ErrorKind::Input, format!("{} {why}", kept_at(source, folder)))
            .with_hint("nothing is lost: events wait in the outbox until the secret can be read")
    };
    let found = match source {
        SecretSource::Env(name) => env::var(name).map_err(|_| missing("is not set"))?,
        SecretSource::File(path) => fs::read_to_string(seen_from(folder, path))
            .map_err(|error| missing(&read_fault(&error)))?,
    };
    let found = found.trim();
    if found.is_empty() { Err(missing("is empty")) } else { Ok(found.to_owned()) }
}
