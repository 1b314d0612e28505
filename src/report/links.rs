//! From a page and a section to where readers find them.

use std::collections::BTreeMap;

use crate::error::{Error, ErrorKind, Result};
use crate::model::{Anchor, Anchors};

/// What links begin with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkBase(String);

impl LinkBase {
    /// Takes an `https` URL. One that ends in `/` is a folder that the files are below, with
    /// GitHub's ids; any other is a documentation set, whose pages are `?topic=` of it.
    /// `given_as` is the option or the key that gives it, as messages write it.
    pub fn parse(url: &str, given_as: &str) -> Result<Self> {
        let refuse = |why: &str| {
            Error::new(ErrorKind::Usage, format!("{given_as}: `{url}` {why}"))
                .with_hint("give a URL such as https://cloud.ibm.com/docs/vpc, or the URL of a folder, ending in /")
        };
        let head = url.get(..8).filter(|head| head.eq_ignore_ascii_case("https://"));
        let Some(rest) = head.and_then(|head| url.get(head.len()..)) else {
            return Err(refuse("does not begin with https://"));
        };
        let (host, _) = rest.split_once('/').unwrap_or((rest, ""));
        let is_host = host.starts_with(|c: char| c.is_ascii_alphanumeric())
            && host.chars().all(|c| c.is_ascii_alphanumeric() || "-.:".contains(c));
        if !is_host {
            return Err(refuse("has no host"));
        }
        let is_path = |c: char| c.is_ascii_alphanumeric() || "-._~/%:+,=".contains(c);
        if !rest.chars().all(is_path) {
            return Err(refuse(
                "has characters that a path cannot have (respdiff adds the query and the fragment)",
            ));
        }
        Ok(Self(url.to_owned()))
    }
}

/// Where IBM publishes its docs: each documentation set is below it, by its subcollection.
const IBM_DOCS: &str = "https://cloud.ibm.com/docs";

impl LinkBase {
    /// The docs of IBM Cloud.
    #[must_use]
    pub fn ibm_docs() -> Self {
        Self(IBM_DOCS.to_owned())
    }

    /// The address itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Where the pages are that can be linked to.
#[derive(Clone, Debug)]
pub struct PageLinks {
    base: LinkBase,
    pages: BTreeMap<String, Anchors>,
}

impl PageLinks {
    /// The pages that are published, by path.
    #[must_use]
    pub fn new(base: LinkBase, pages: BTreeMap<String, Anchors>) -> Self {
        Self { base, pages }
    }

    /// The URL of a section of a page; that of the page where it has no such section, none
    /// where the page is gone.
    #[must_use]
    pub fn link_to(&self, path: &str, section: &[String]) -> Option<String> {
        let anchors = self.pages.get(path)?;
        let anchor = find(anchors, section);
        let LinkBase(base) = &self.base;
        if base.ends_with('/') {
            let fragment = anchor.map(|anchor| anchor.slug.as_str());
            return Some(format!("{base}{}{}", percent_encoded(path), fragment_of(fragment)));
        }
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.strip_suffix(".md").unwrap_or(file);
        let topic = percent_encoded(anchors.topic.as_deref().unwrap_or(stem));
        let set = anchors.subcollection.as_deref().map(percent_encoded);
        let folder = set.as_ref().filter(|_| base == IBM_DOCS).map(|set| format!("/{set}"));
        let fragment = anchor.map(|anchor| anchor.id.as_ref().unwrap_or(&anchor.slug).as_str());
        let fragment = fragment_of(fragment);
        let folder = folder.unwrap_or_default();
        let set = set.map(|set| format!("{set}-")).unwrap_or_default();
        Some(format!("{base}{folder}?topic={set}{topic}{fragment}"))
    }
}

fn fragment_of(id: Option<&str>) -> String {
    id.filter(|id| !id.is_empty()).map(|id| format!("#{}", percent_encoded(id))).unwrap_or_default()
}

/// The heading with all that is above it; else the only one of that name.
fn find<'a>(anchors: &'a Anchors, section: &[String]) -> Option<&'a Anchor> {
    let last = section.last()?;
    let is_whole = |anchor: &&Anchor| anchor.section == section;
    let mut alike = anchors.sections.iter().filter(|anchor| anchor.section.last() == Some(last));
    anchors.sections.iter().find(is_whole).or_else(|| {
        let first = alike.next()?;
        alike.next().is_none().then_some(first)
    })
}

/// Percent-encoded, but for what a path is made of.
pub(crate) fn percent_encoded(text: &str) -> String {
    use std::fmt::Write as _;

    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                out.push(char::from(byte));
            }
            // writing to a string never fails
            _ => drop(write!(out, "%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn links(base: &str) -> PageLinks {
        let section = |names: &[&str], id: Option<&str>, slug: &str| Anchor {
            section: names.iter().map(|name| (*name).to_owned()).collect(),
            id: id.map(str::to_owned),
            slug: slug.to_owned(),
        };
        let sections = vec![
            section(&["Backups"], Some("back ups"), "backups"),
            section(&["Backups", "Drills"], None, "drills"),
            section(&["Keys", "Drills"], None, "drills-1"),
        ];
        let anchors =
            Anchors { subcollection: Some("acme".into()), topic: Some("duties".into()), sections };
        let base = LinkBase::parse(base, "--link-base").unwrap();
        PageLinks::new(base, [("docs/my page.md".to_owned(), anchors)].into())
    }

    #[track_caller]
    fn check(base: &str, section: &[&str], expected: &str) {
        let section: Vec<String> = section.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(links(base).link_to("docs/my page.md", &section).as_deref(), Some(expected));
    }

    #[test]
    fn a_topic_of_a_documentation_set() {
        let base = "https://docs.example/acme";
        check(base, &["Backups"], "https://docs.example/acme?topic=acme-duties#back%20ups");
        check(base, &["Keys", "Drills"], "https://docs.example/acme?topic=acme-duties#drills-1");
        check(base, &["Old", "Drills"], "https://docs.example/acme?topic=acme-duties");
        check(base, &[], "https://docs.example/acme?topic=acme-duties");
        assert_eq!(links(base).link_to("gone.md", &[]), None);
    }

    #[test]
    fn a_file_below_a_folder() {
        let base = "https://git.example/acme/docs/blob/main/";
        check(base, &["Backups"], &format!("{base}docs/my%20page.md#backups"));
    }

    #[test]
    fn only_https_and_nothing_but_a_path() {
        for url in [
            "http://docs.example",
            "javascript:alert(1)",
            "https://",
            "https://user@docs.example",
            "https://docs.example/a?b",
            "https://docs.example/a b",
            "https://docs.example/a)",
            "//docs.example",
            "ü",
        ] {
            assert!(LinkBase::parse(url, "--link-base").is_err(), "{url}");
        }
    }
}
