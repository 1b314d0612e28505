//! Signatures of webhooks, as Standard Webhooks 1.0 has them.

use std::fmt;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{DateTime, Utc};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;

use crate::error::{Error, ErrorKind, Result};

/// What a secret begins with.
const PREFIX: &str = "whsec_";

/// The bytes that sign. They are never shown.
#[derive(Clone)]
pub struct SigningKey(Hmac<Sha256>);

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Key(..)")
    }
}

impl SigningKey {
    /// Reads `whsec_` and the base64 of 24 to 64 bytes. `place` says where it is kept.
    ///
    /// # Errors
    /// Where it is something else; the message does not say what.
    pub fn parse(secret: &str, place: &str) -> Result<Self> {
        let bytes = secret.trim().strip_prefix(PREFIX).and_then(|text| STANDARD.decode(text).ok());
        let key = bytes.filter(|bytes| (24..=64).contains(&bytes.len()));
        key.and_then(|bytes| Hmac::new_from_slice(&bytes).ok()).map(Self).ok_or_else(|| {
            Error::new(ErrorKind::Input, format!("{place} is not a webhook secret"))
                .with_hint("a secret is `whsec_` and 24 to 64 random bytes in base64")
        })
    }

    fn sign_parts(&self, parts: [&[u8]; 5]) -> String {
        let mut mac = self.0.clone();
        for part in parts {
            mac.update(part);
        }
        STANDARD.encode(mac.finalize().into_bytes())
    }
}

/// The three headers of a message.
pub(super) fn signature_headers(
    id: &str,
    now: DateTime<Utc>,
    body: &[u8],
    keys: &[SigningKey],
) -> [(&'static str, String); 3] {
    let time = now.timestamp().to_string();
    let sign = |key: &SigningKey| {
        let parts = [id.as_bytes(), b".", time.as_bytes(), b".", body];
        format!("v1,{}", key.sign_parts(parts))
    };
    let signatures: Vec<String> = keys.iter().map(sign).collect();
    [
        ("webhook-id", id.to_owned()),
        ("webhook-timestamp", time),
        ("webhook-signature", signatures.join(" ")),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The secret, message and signature that the specification's own test suites use.
    const SECRET: &str = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
    const SIGNED: &str = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

    #[test]
    fn the_known_message_has_its_known_signature() {
        let key = SigningKey::parse(SECRET, "SECRET").unwrap();
        let now = DateTime::from_timestamp(1_614_265_330, 0).unwrap();
        let body = br#"{"test": 2432232314}"#;
        let id = "msg_p5jXN8AQM9LWM0D4loKWxJek";
        let headers = signature_headers(id, now, body, &[key.clone(), key]);
        assert_eq!(headers[0].1, id);
        assert_eq!(headers[1].1, "1614265330");
        assert_eq!(headers[2].1, format!("{SIGNED} {SIGNED}"));
    }

    #[test]
    fn a_wrong_secret_is_refused_and_not_shown() {
        for wrong in ["", "whsec_", "whsec_c2hvcnQ=", "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "whsec_!"]
        {
            let error = SigningKey::parse(wrong, "OPS_SECRET").unwrap_err();
            assert_eq!(error.to_string(), "OPS_SECRET is not a webhook secret");
        }
        assert!(SigningKey::parse(&format!("{SECRET}\n"), "SECRET").is_ok());
    }
}
