//! One mail: by SMTP, or through the program that this machine sends mail with.

use std::fmt;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use chrono::{DateTime, Utc};
use lettre::Transport;
use lettre::address::Envelope;
use lettre::message::header::{ContentType, To};
use lettre::message::{Mailbox, Mailboxes, Message};
use lettre::transport::smtp::authentication::Credentials;
use lettre::transport::smtp::client::{Certificate, Tls, TlsParameters};
use lettre::transport::smtp::{Error as SmtpFault, SmtpTransport};

use super::AttemptOutcome;
use crate::deliver::process;
use crate::error::{Error, ErrorKind, Result};

/// Makes subject and text of a mail from the JSON of an event.
pub type MailShape = fn(&[u8]) -> Result<(String, String)>;

/// How mails leave.
pub enum MailRoute {
    /// A server.
    Smtp(SmtpServer),
    /// A program that reads a mail on standard input, without the secrets of others.
    Sendmail {
        /// Where it is.
        program: PathBuf,
        /// Names in the environment that are not passed on.
        without: Vec<String>,
    },
}

/// A server that takes mail.
pub struct SmtpServer {
    /// Its name.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// Whether it is encrypted from the first byte, after a greeting, or not at all.
    pub encryption: Encryption,
    /// Who logs in, and with what.
    pub login: Option<(String, String)>,
    /// The certificate of an authority of the user's own.
    pub authority: Option<Vec<u8>>,
}

/// When a connection is encrypted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encryption {
    /// After a greeting, or nothing is sent.
    AfterGreeting,
    /// From the first byte.
    Always,
    /// Never.
    Never,
}

/// Sends mails from one address to others.
pub struct Mailer {
    from: Mailbox,
    to: Mailboxes,
    route: Route,
    timeout: Duration,
}

enum Route {
    Smtp(Box<SmtpTransport>),
    Sendmail { program: PathBuf, without: Vec<String> },
}

impl fmt::Debug for Mailer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Mailer").field("to", &self.to.to_string()).finish_non_exhaustive()
    }
}

impl Mailer {
    /// Reads addresses and what the server needs.
    ///
    /// # Errors
    /// Where an address, a host or a certificate cannot be read, or a password would go over a line
    /// that others read along.
    pub fn new(from: &str, to: &str, route: MailRoute, timeout: Duration) -> Result<Self> {
        let fault = |key: &str, what: &str| {
            Error::new(ErrorKind::Input, format!("`{key}`: {what}"))
                .with_hint("write addresses as ops@example.com, and separate several with commas")
        };
        let from = from.parse().map_err(|_| {
            fault("from", "this is not an address").with_hint("write one, such as ops@example.com")
        })?;
        let to: Mailboxes = to.parse().map_err(|_| fault("to", "these are not addresses"))?;
        if to.iter().next().is_none() {
            return Err(fault("to", "contains no address"));
        }
        let route = match route {
            MailRoute::Smtp(server) => Route::Smtp(Box::new(smtp_transport(server, timeout)?)),
            MailRoute::Sendmail { program, without } => Route::Sendmail { program, without },
        };
        Ok(Self { from, to, route, timeout })
    }

    /// Tries to hand a mail over. The same event has the same `Message-ID` on every try.
    pub(super) fn send_mail(
        &self,
        id: &str,
        now: DateTime<Utc>,
        subject: &str,
        text: &str,
    ) -> AttemptOutcome {
        let message = match self.build_message(id, now, subject, text) {
            Ok(message) => message,
            Err(error) => return AttemptOutcome::Refused { reason: error.to_string(), wait: None },
        };
        match &self.route {
            Route::Smtp(transport) => match transport.send(&message) {
                Ok(_) => AttemptOutcome::Delivered,
                Err(fault) => outcome_of_fault(&fault),
            },
            Route::Sendmail { program, without } => {
                let mut command = Command::new(program);
                command.args(["-i", "-f"]).arg(AsRef::<str>::as_ref(&self.from.email)).arg("--");
                command.args(self.to.iter().map(|to| to.email.to_string()));
                for name in without {
                    command.env_remove(name);
                }
                match process::run(&mut command, &message.formatted(), self.timeout) {
                    Ok(()) => AttemptOutcome::Delivered,
                    Err(reason) => AttemptOutcome::try_later(format!("sendmail {reason}")),
                }
            }
        }
    }

    fn build_message(
        &self,
        id: &str,
        now: DateTime<Utc>,
        subject: &str,
        text: &str,
    ) -> std::result::Result<Message, lettre::error::Error> {
        let builder = Message::builder()
            .from(self.from.clone())
            .mailbox(To::from(self.to.clone()))
            .message_id(Some(format!("<{id}@respdiff>")))
            .date(now.into())
            .subject(subject)
            .header(ContentType::TEXT_PLAIN);
        let to = self.to.iter().map(|to| to.email.clone()).collect();
        builder
            .envelope(Envelope::new(Some(self.from.email.clone()), to)?)
            .body(text.replace('\n', "\r\n"))
    }
}

fn smtp_transport(server: SmtpServer, timeout: Duration) -> Result<SmtpTransport> {
    let SmtpServer { host, port, encryption, login, authority } = server;
    let fault = |what: &str, hint: &str| {
        Error::new(ErrorKind::Input, format!("`smtp`: {what}")).with_hint(hint.to_owned())
    };
    let is_here = matches!(host.as_str(), "localhost" | "127.0.0.1" | "::1");
    if encryption == Encryption::Never && login.is_some() && !is_here {
        return Err(fault(
            "a password would be sent without encryption",
            "remove `tls: none`, or `user` and `password`",
        ));
    }
    let mut parameters = TlsParameters::builder(host.clone());
    if let Some(pem) = authority {
        let certificate = Certificate::from_pem(&pem);
        let certificate =
            certificate.map_err(|_| fault("`ca` is not a certificate", "save it as PEM"))?;
        parameters = parameters.add_root_certificate(certificate);
    }
    let parameters =
        || parameters.build().map_err(|error| fault(&error.to_string(), "check `host` and `ca`"));
    let tls = match encryption {
        Encryption::AfterGreeting => Tls::Required(parameters()?),
        Encryption::Always => Tls::Wrapper(parameters()?),
        Encryption::Never => Tls::None,
    };
    let mut builder = SmtpTransport::builder_dangerous(host).port(port).tls(tls);
    if let Some((user, password)) = login {
        builder = builder.credentials(Credentials::new(user, password));
    }
    Ok(builder.timeout(Some(timeout)).build())
}

/// What the server said. A permanent answer is a refusal; whatever else went wrong may pass.
fn outcome_of_fault(fault: &SmtpFault) -> AttemptOutcome {
    let code = fault.status().map(|code| format!("it answered {code}"));
    let reason = code.unwrap_or_else(|| fault.to_string());
    if fault.is_permanent() {
        AttemptOutcome::Refused { reason, wait: None }
    } else {
        AttemptOutcome::try_later(reason)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailer(to: &str, encryption: Encryption) -> Result<Mailer> {
        let route = MailRoute::Smtp(SmtpServer {
            host: "mx.example".into(),
            port: 25,
            encryption,
            login: Some(("ada".into(), "secret".into())),
            authority: None,
        });
        Mailer::new("respdiff@a.example", to, route, Duration::from_secs(1))
    }

    #[test]
    fn what_cannot_be_sent_is_refused_before_anything_is() {
        assert!(mailer("ops@a.example, Ada <ada@a.example>", Encryption::Always).is_ok());
        for to in ["", "nobody", "a@b@c"] {
            assert!(mailer(to, Encryption::Always).is_err(), "{to}");
        }
        let error = mailer("ops@a.example", Encryption::Never).unwrap_err().to_string();
        assert!(error.contains("without encryption"), "{error}");
    }

    #[test]
    fn no_text_adds_a_header() {
        let mailer = mailer("ops@a.example", Encryption::Always).unwrap();
        let now = DateTime::from_timestamp(1_700_000_000, 0).unwrap();
        let subject = "1 change\r\nBcc: eve@example.com";
        let message = mailer.build_message("evt_1", now, subject, "Lock ü.\n").unwrap();
        let text = String::from_utf8(message.formatted()).unwrap();
        assert!(!text.contains("\nBcc:"), "{text}");
        assert!(text.contains("Message-ID: <evt_1@respdiff>"), "{text}");
    }
}
