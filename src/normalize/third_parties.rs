//! Names of parties beside IBM and the customer, as headers give them: partners, vendors,
//! companies.
//!
//! Any other name needs a word for responsibility behind it, for most bare words (`Notes`,
//! `Resource`) label a row.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

use super::tokens::{self, Token};

/// What a party is: a name may end with it.
const KINDS: [&str; 32] = [
    "partner",
    "partners",
    "vendor",
    "vendors",
    "supplier",
    "suppliers",
    "provider",
    "providers",
    "reseller",
    "resellers",
    "distributor",
    "distributors",
    "integrator",
    "integrators",
    "contractor",
    "contractors",
    "subcontractor",
    "subcontractors",
    "consultant",
    "consultants",
    "auditor",
    "auditors",
    "msp",
    "msps",
    "mssp",
    "isv",
    "isvs",
    "gsi",
    "csp",
    "publisher",
    "manufacturer",
    "oem",
];

/// What may stand before a kind ("Business Partner", "Managed service provider").
const QUALIFIERS: [&str; 61] = [
    "3rd",
    "a",
    "an",
    "app",
    "application",
    "authorized",
    "backup",
    "business",
    "center",
    "centre",
    "certified",
    "channel",
    "cloud",
    "consulting",
    "customer",
    "data",
    "database",
    "delivery",
    "external",
    "hardware",
    "hosting",
    "iaas",
    "ibm",
    "identity",
    "implementation",
    "independent",
    "infrastructure",
    "integration",
    "license",
    "local",
    "managed",
    "migration",
    "network",
    "on",
    "operating",
    "os",
    "other",
    "paas",
    "party",
    "platform",
    "premises",
    "saas",
    "security",
    "service",
    "services",
    "software",
    "solution",
    "solutions",
    "storage",
    "strategic",
    "support",
    "system",
    "systems",
    "tech",
    "technical",
    "technology",
    "third",
    "tool",
    "workload",
    "you",
    "your",
];

/// Companies whose software runs there, by the words of their names.
const COMPANIES: [&[&str]; 50] = [
    &["akamai"],
    &["amazon"],
    &["amazon", "web", "services"],
    &["aws"],
    &["broadcom"],
    &["canonical"],
    &["check", "point"],
    &["cisco"],
    &["citrix"],
    &["cloudera"],
    &["cloudflare"],
    &["cohesity"],
    &["commvault"],
    &["confluent"],
    &["couchbase"],
    &["databricks"],
    &["datastax"],
    &["dell"],
    &["dynatrace"],
    &["elastic"],
    &["entrust"],
    &["equinix"],
    &["f5"],
    &["fortinet"],
    &["google"],
    &["google", "cloud"],
    &["hashicorp"],
    &["hpe"],
    &["intel"],
    &["juniper"],
    &["kyndryl"],
    &["mezmo"],
    &["microsoft"],
    &["mongodb"],
    &["netapp"],
    &["nvidia"],
    &["oracle"],
    &["palo", "alto", "networks"],
    &["portworx"],
    &["red", "hat"],
    &["redhat"],
    &["salesforce"],
    &["sap"],
    &["servicenow"],
    &["snowflake"],
    &["suse"],
    &["sysdig"],
    &["veeam"],
    &["vmware"],
    &["zerto"],
];

/// Longer names are sentences.
const MOST_WORDS: usize = 8;

/// Every word that such a name may begin with: most texts begin with none.
static FIRST_WORDS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| {
    let companies = COMPANIES.iter().filter_map(|name| name.first());
    KINDS.iter().chain(&QUALIFIERS).chain(companies).copied().collect()
});

/// How many tokens at the head of `tokens` (raw ones) name such a party, if any do.
pub(super) fn named_third_party(tokens: &[Token]) -> Option<usize> {
    let first = tokens.first().and_then(Token::word)?;
    if !FIRST_WORDS.contains(first) {
        return None;
    }
    let (mut at, mut used) = (0, None);
    while at < MOST_WORDS {
        let rest = tokens.get(at..).unwrap_or_default();
        let Some(first) = rest.first() else { break };
        if let Some(length) = company_tokens(rest) {
            at += length;
            used = Some(at);
            continue;
        }
        let third = at > 0 && ["third", "3rd", "external"].iter().any(|w| tokens[at - 1].is(w));
        let ends = first.word().is_some_and(|word| {
            KINDS.contains(&word) || (third && matches!(word, "party" | "parties"))
        });
        let joins = at > 0 && (*first == Token::Join || first.is("and") || first.is("or"));
        let qualifies = first.word().is_some_and(|word| QUALIFIERS.contains(&word));
        if !(ends || joins || qualifies) {
            break;
        }
        at += 1;
        if ends {
            used = Some(at);
        }
    }
    used
}

/// Whether a word says that people act for somebody: a name may end with it ("Security team").
pub(super) fn is_people(word: &str) -> bool {
    matches!(
        word,
        "admin"
            | "admins"
            | "administrator"
            | "administrators"
            | "developer"
            | "developers"
            | "engineer"
            | "engineers"
            | "operator"
            | "operators"
            | "sre"
            | "sres"
            | "team"
            | "teams"
    )
}

/// Whether a name of few words ends with what a party is, whatever stands before ("Vault vendor").
pub(super) fn ends_with_kind(tokens: &[Token]) -> bool {
    let Some((last, before)) = tokens.split_last() else { return false };
    last.word().is_some_and(|word| KINDS.contains(&word))
        && before.len() <= 3
        && before.iter().all(may_qualify)
}

/// Whether a word may stand before what a party is, so that both are a name: not in "Contact the
/// vendor".
pub(super) fn may_qualify(token: &Token) -> bool {
    const ASKS: [&str; 12] =
        ["ask", "by", "call", "contact", "for", "from", "of", "per", "see", "the", "to", "with"];
    token.word().is_some_and(|word| !ASKS.contains(&word))
}

/// How many tokens the company's name at their head has.
fn company_tokens(tokens: &[Token]) -> Option<usize> {
    let fits = |name: &&&[&str]| {
        name.iter().enumerate().all(|(at, word)| tokens.get(at).is_some_and(|t| t.is(word)))
    };
    COMPANIES.iter().filter(fits).map(|name| name.len()).max()
}

/// The words of a text that stand for some of its tokens, as written.
pub(super) fn written_words(text: &str, tokens: &[Token], from: usize, used: usize) -> String {
    let words = |tokens: &[Token]| tokens.iter().filter(|token| token.word().is_some()).count();
    let (before, mut left) = (words(&tokens[..from]), words(&tokens[from..from + used]));
    let mut passed = 0;
    let mut name: Vec<&str> = Vec::new();
    for word in text.split(' ') {
        let length = words(&tokens::raw_tokens(word));
        if passed < before {
            passed += length;
        } else if left >= length {
            left -= length;
            name.push(word);
        } else if left > 0 {
            // "Partner-managed"
            name.extend(word.match_indices('-').nth(left - 1).map(|(end, _)| &word[..end]));
            left = 0;
        }
    }
    let name = name.join(" ");
    let name = name.trim_matches(|c: char| !c.is_alphanumeric());
    name.strip_suffix("'s").or_else(|| name.strip_suffix("’s")).unwrap_or(name).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_parties() {
        for name in [
            "Partner",
            "Business Partner",
            "IBM Partner",
            "Technology partners",
            "Managed service provider",
            "3rd party",
            "Third-party vendor",
            "Third-party OS vendor",
            "Partner / vendor",
            "SAP",
            "SAP or partner",
            "Red Hat",
            "Amazon Web Services",
        ] {
            let tokens = tokens::raw_tokens(name);
            assert_eq!(named_third_party(&tokens), Some(tokens.len()), "{name}");
            assert_eq!(written_words(name, &tokens, 0, tokens.len()), name);
        }
        for label in ["Notes", "Service", "Party", "Managed service", "Cloud", "Third", "IBM", ""] {
            assert_eq!(named_third_party(&tokens::raw_tokens(label)), None, "{label}");
        }
    }

    #[test]
    fn as_written() {
        let tokens = tokens::raw_tokens("Duties of the (Third-party) Vendor's team");
        assert_eq!(written_words("Duties of the (Third-party) Vendor's team", &tokens, 3, 3), {
            "Third-party) Vendor"
        });
        assert_eq!(written_words("SAP®", &tokens::raw_tokens("SAP®"), 0, 1), "SAP");
        assert_eq!(
            written_words("Third-party-managed", &tokens::raw_tokens("third party managed"), 0, 2),
            { "Third-party" }
        );
    }
}
