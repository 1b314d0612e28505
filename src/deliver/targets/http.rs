//! One POST, only to the configured address, in bounded time.

use std::io::Read;
use std::time::Duration;

use chrono::{DateTime, Utc};
use ureq::http::Uri;
use ureq::unversioned::transport::DefaultConnector;
use ureq::{Agent, Body, Error as Fault, Proxy, http};

use super::address::{Guard, Private};
use super::{AttemptOutcome, answer};
use crate::error::{Error, ErrorKind, Result};

/// Of an answer's body this much is taken off the line; what it says is not used.
const BODY: usize = 16 * 1024;
/// Connecting takes no longer than this.
const CONNECT: Duration = Duration::from_secs(10);

/// Where a message goes. Only the host is ever shown: the rest of an address may be a secret.
pub struct Endpoint {
    url: String,
    host: String,
    agent: Agent,
}

impl std::fmt::Debug for Endpoint {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Endpoint").field("host", &self.host).finish_non_exhaustive()
    }
}

/// What an endpoint may be.
#[derive(Clone, Copy, Debug)]
pub struct EndpointRules {
    /// Of a private network.
    pub allow_private: bool,
    /// Without TLS.
    pub allow_http: bool,
    /// Behind the proxy that the environment names.
    pub proxy: bool,
    /// How long a whole try may take.
    pub timeout: Duration,
}

impl Endpoint {
    /// Reads an address.
    ///
    /// # Errors
    /// If it is not an address that may be used; the message does not show it.
    pub fn new(url: &str, rules: EndpointRules) -> Result<Self> {
        let refused = |what: &str, hint: &str| {
            Err(Error::new(ErrorKind::Input, format!("its address {what}"))
                .with_hint(hint.to_owned()))
        };
        let Ok(uri) = url.trim().parse::<Uri>() else {
            return refused("cannot be read", "write it as https://host/path");
        };
        let Some(authority) = uri.authority().filter(|found| !found.host().is_empty()) else {
            return refused("has no host", "write it as https://host/path");
        };
        if authority.as_str().contains('@') {
            return refused("contains a user name", "remove the credentials");
        }
        match uri.scheme_str() {
            Some("https") => {}
            Some("http") if rules.allow_http => {}
            Some("http") => {
                return refused("has no TLS", "use https, or allow it with `allow_http: true`");
            }
            _ => return refused("is not a web address", "write it as https://host/path"),
        }
        let host = authority.host().to_owned();
        Ok(Self { url: url.trim().to_owned(), host, agent: build_agent(rules) })
    }

    /// Sends a message and says what became of it.
    pub(super) fn post(
        &self,
        headers: &[(&'static str, String)],
        body: &[u8],
        now: DateTime<Utc>,
    ) -> AttemptOutcome {
        let mut request = self.agent.post(&self.url).header("content-type", "application/json");
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        match request.send(body) {
            Ok(response) => self.at_host(read_response(response, now)),
            Err(Fault::Other(error)) if error.is::<Private>() => {
                AttemptOutcome::try_later(Private::refusal(&self.host))
            }
            Err(fault) => self.at_host(AttemptOutcome::try_later(fault_text(&fault))),
        }
    }

    fn at_host(&self, verdict: AttemptOutcome) -> AttemptOutcome {
        let at = |reason: String| format!("{}: {reason}", self.host);
        match verdict {
            AttemptOutcome::Delivered => AttemptOutcome::Delivered,
            AttemptOutcome::Later { reason, wait } => {
                AttemptOutcome::Later { reason: at(reason), wait }
            }
            AttemptOutcome::Refused { reason, wait } => {
                AttemptOutcome::Refused { reason: at(reason), wait }
            }
            AttemptOutcome::Gone { reason } => AttemptOutcome::Gone { reason: at(reason) },
        }
    }
}

fn build_agent(rules: EndpointRules) -> Agent {
    let config = Agent::config_builder()
        .https_only(!rules.allow_http)
        .http_status_as_error(false)
        .max_redirects(0)
        .max_redirects_will_error(false)
        .proxy(if rules.proxy { Proxy::try_from_env() } else { None })
        .timeout_global(Some(rules.timeout))
        .timeout_connect(Some(CONNECT.min(rules.timeout)))
        // a line that was left open may be dead when the next message comes
        .max_idle_connections(0)
        .max_response_header_size(BODY)
        .user_agent(concat!("respdiff/", env!("CARGO_PKG_VERSION")))
        .build();
    // a proxy is the user's own, and it is the proxy that looks the target up
    let guard = Guard::new(rules.allow_private || rules.proxy);
    Agent::with_parts(config, DefaultConnector::default(), guard)
}

/// The status decides. The body is only taken off the line, so that the target sees us listen.
fn read_response(response: http::Response<Body>, now: DateTime<Utc>) -> AttemptOutcome {
    let status = response.status().as_u16();
    let retry_after = response.headers().get("retry-after").and_then(|value| value.to_str().ok());
    let verdict = answer::outcome_of_status(status, retry_after, now);
    if verdict != AttemptOutcome::Delivered {
        return verdict;
    }
    let mut body = response.into_body().into_reader().take(BODY as u64);
    // whatever becomes of the body, the message arrived
    let _ = std::io::copy(&mut body, &mut std::io::sink());
    verdict
}

/// What went wrong, without the address.
#[expect(clippy::wildcard_enum_match_arm, reason = "another crate's, and it may grow")]
fn fault_text(fault: &Fault) -> String {
    match fault {
        Fault::Timeout(_) => "no answer in time".into(),
        Fault::HostNotFound => "no host has this name".into(),
        Fault::Io(error) => format!("the connection failed: {error}"),
        Fault::Rustls(error) => format!("no TLS: {error}"),
        Fault::Tls(what) => format!("no TLS: {what}"),
        Fault::Protocol(_) | Fault::LargeResponseHeader(..) => {
            "its answer is not valid HTTP".into()
        }
        Fault::ConnectProxyFailed(_) | Fault::InvalidProxyUrl => "the proxy failed".into(),
        Fault::Other(error) => error.to_string(),
        _ => "the request failed".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> EndpointRules {
        let timeout = Duration::from_secs(1);
        EndpointRules { allow_private: false, allow_http: false, proxy: false, timeout }
    }

    #[test]
    fn addresses_that_may_not_be_used_are_refused_and_not_shown() {
        for (url, expected) in [
            ("http://hooks.example.com/T0/secret", "its address has no TLS"),
            ("https://me:secret@hooks.example.com/", "its address contains a user name"),
            ("file:///etc/secret", "its address cannot be read"),
            ("ftp://hooks.example.com/secret", "its address is not a web address"),
            ("secret", "its address is not a web address"),
            ("https://", "its address cannot be read"),
        ] {
            let error = Endpoint::new(url, rules()).unwrap_err();
            assert_eq!(error.to_string(), expected, "{url}");
        }
        let endpoint = Endpoint::new("https://hooks.example.com/T0/secret", rules()).unwrap();
        assert!(!format!("{endpoint:?}").contains("secret"));
    }

    #[test]
    fn a_private_address_is_not_called() {
        for host in ["127.0.0.1:9", "[::1]:9", "localhost:9", "[::ffff:127.0.0.1]:9", "0x7f.1:9"] {
            let endpoint = Endpoint::new(&format!("https://{host}/secret"), rules()).unwrap();
            let now = DateTime::from_timestamp(0, 0).unwrap();
            let AttemptOutcome::Later { reason, .. } = endpoint.post(&[], b"{}", now) else {
                panic!("{host} was called");
            };
            assert!(reason.contains("private address"), "{host}: {reason}");
            let is_name = ["localhost:9", "0x7f.1:9"].contains(&host);
            assert_eq!(reason.contains(" resolves to "), is_name, "{host}: {reason}");
            assert!(!reason.contains("secret"), "{reason}");
        }
    }
}
