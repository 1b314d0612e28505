//! The keys of a target that gets mail.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::Deserialize;

use super::super::value_forms::{Sources, TextOrSource};

/// A mail server.
#[derive(Clone, Debug, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct SmtpConfig {
    /// The name or address of the server.
    pub host: String,
    /// The port. By default, 587; 465 with `tls: always`, and 25 with `tls: none`.
    pub port: Option<u16>,
    /// When the connection is encrypted.
    #[serde(default)]
    pub tls: SmtpTls,
    /// The login.
    pub user: Option<TextOrSource>,
    /// Where the password is kept.
    pub password: Option<Sources>,
    /// A PEM file with the certificate of your own certificate authority.
    pub ca: Option<PathBuf>,
}

/// When a connection to a mail server is encrypted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum SmtpTls {
    /// After the greeting. If the server offers no encryption, nothing is sent.
    #[default]
    Starttls,
    /// From the first byte.
    Always,
    /// Never. Passwords are then sent only to a server on this machine.
    None,
}

/// What `sendmail` is called where a target does not say.
pub const SENDMAIL: &str = "/usr/sbin/sendmail";
