//! The keys of a target that gets mail.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::value_forms::{Sources, TextOrSource};

/// A server that takes mail.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// Its name or address.
    pub host: String,
    /// Its port, where it is not the usual one: 587, or 465 with `tls: always`.
    pub port: Option<u16>,
    /// How it is encrypted.
    #[serde(default)]
    pub tls: SmtpTls,
    /// Who logs in.
    pub user: Option<TextOrSource>,
    /// Where the password is kept.
    pub password: Option<Sources>,
    /// A file with the certificate (PEM) of an authority of your own.
    pub ca: Option<PathBuf>,
}

/// When a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// After a greeting; without encryption nothing is sent.
    #[default]
    Starttls,
    /// From the first byte.
    Always,
    /// Never. No password is sent then, but to this machine.
    None,
}

/// What `sendmail` is called where a target does not say.
pub const SENDMAIL: &str = "/usr/sbin/sendmail";
