//! What all documents of a set begin with.

use crate::report::OscalSource;

use super::tasks::own_prop;
use super::wire::{Metadata, OscalRole};

/// The version of the standard.
const VERSION: &str = "1.2.1";

/// The roles of the parties that exports speak of.
pub(super) const PROVIDER: &str = "provider";

pub(super) const CUSTOMER: &str = "customer";

/// What all documents of a set begin with.
pub(super) struct DocumentHead<'a> {
    pub(super) source: &'a OscalSource,
    pub(super) modified: String,
}

impl DocumentHead<'_> {
    pub(super) fn metadata(&self, title: &str, with_roles: bool) -> Metadata {
        let role = |id, title| OscalRole { id, title };
        let provider = format!("{}, the provider", self.provider_name());
        let roles = [role(PROVIDER, provider), role(CUSTOMER, "The customer".to_owned())];
        Metadata {
            title: format!("{title}: {}", self.source.name),
            last_modified: self.modified.clone(),
            version: self.source.version.clone(),
            oscal_version: VERSION,
            props: own_prop("generator", "respdiff").into_iter().collect(),
            roles: if with_roles { roles.into() } else { Vec::new() },
        }
    }

    /// What the provider is called.
    pub(super) fn provider_name(&self) -> &str {
        let mut duties = self.source.pages.iter().flat_map(|page| &page.duties);
        duties.find_map(|duty| duty.party.provider_name()).unwrap_or("IBM")
    }

    pub(super) fn profile_href(&self) -> String {
        format!("trestle://profiles/{}/profile.json", self.source.name)
    }
}
