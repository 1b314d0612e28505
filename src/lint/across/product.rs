//! The product that a title, a heading or a caption speaks of, in lower case.

use std::collections::BTreeMap;

use crate::model::{Document, Matrix};
use crate::vocabulary::WordList;

/// What stands between "responsibilities" and the product's name.
static LEADS: WordList =
    WordList::named("words before the name of a responsibility page's product");

/// What may stand before "responsibilities" without being a product's name.
static GENERAL: WordList = WordList::named("words around responsibilities that name no product");

/// The product that the whole page is about: the one in its title, else its subcollection where
/// the title only says that the page is about responsibilities.
pub(super) fn of_page(document: &Document) -> Option<String> {
    let title = name_of(&document.title);
    if !title.contains("responsibilit") {
        return None;
    }
    let subcollection = || document.subcollection.as_deref().map(name_of_slug);
    of_phrase(&title).or_else(subcollection).filter(|name| !name.is_empty())
}

/// The products that a matrix may be about, by its headings and its caption, and the page's;
/// whether the page's title names each.
pub(super) fn of_matrix(matrix: &Matrix, of_page: Option<&String>) -> BTreeMap<String, bool> {
    let headings = matrix.section.iter().map(|heading| heading.text.as_str());
    let mut products: BTreeMap<String, bool> = headings
        .map(|heading| of_phrase(heading).unwrap_or_else(|| name_of(heading)))
        .chain(matrix.caption.as_deref().and_then(of_phrase))
        .map(|product| (product, false))
        .collect();
    products.extend(of_page.map(|product| (product.clone(), true)));
    products.remove("");
    products
}

/// The product of a text such as "Understanding your responsibilities when using Skyvault" or
/// "Skyvault shared responsibilities".
fn of_phrase(text: &str) -> Option<String> {
    let text = name_of(text);
    let (before, rest) = text.split_at(text.find("responsibilit")?);
    // the first lead: a name may hold "with" itself
    let lead = LEADS
        .iter()
        .filter_map(|lead| rest.find(&format!(" {lead} ")).map(|at| (at, lead)))
        .min_by_key(|(at, lead)| (*at, std::cmp::Reverse(lead.len())));
    let name = match lead {
        Some((at, lead)) => name_of(rest.get(at + " ".len() + lead.len()..)?),
        None if rest.contains(' ') => String::new(),
        None => {
            let is_general = |word: &&str| GENERAL.has(word);
            let words: Vec<_> = before.split(' ').skip_while(is_general).collect();
            let end = words.iter().rposition(|word| !word.is_empty() && !is_general(word));
            name_of(&words[..end.map_or(0, |end| end + 1)].join(" "))
        }
    };
    (!name.is_empty()).then_some(name)
}

/// A product's name without what may stand before and after it.
pub(super) fn name_of(text: &str) -> String {
    let text = text.to_lowercase().replace(['®', '™'], " ");
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let before = ["the ", "ibm cloud ", "ibm "];
    let name =
        before.iter().fold(text.as_str(), |text, word| text.strip_prefix(word).unwrap_or(text));
    let after = [" on ibm cloud", " for ibm cloud"];
    let name = after.iter().fold(name, |text, word| text.strip_suffix(word).unwrap_or(text));
    name.to_owned()
}

/// A subcollection's name as a product's: "key-protect" is "key protect".
fn name_of_slug(slug: &str) -> String {
    name_of(&slug.replace(['-', '_'], " "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_title_is_about() {
        for (title, product) in [
            ("Understanding your responsibilities when using IBM Cloud Skyvault", Some("skyvault")),
            ("Your responsibilities with IBM® Skyvault™ for IBM Cloud®", Some("skyvault")),
            ("Responsibilities for using Skyvault with Racks", Some("skyvault with racks")),
            ("Skyvault responsibilities", Some("skyvault")),
            ("Understanding your Skyvault shared responsibilities", Some("skyvault")),
            ("Overview of shared responsibilities", None),
            ("Roles and responsibilities", None),
            ("Responsibilities of everybody", None),
            ("Skyvault", None),
        ] {
            assert_eq!(of_phrase(title).as_deref(), product, "{title}");
        }
        let page = |title: &str| Document {
            title: title.to_owned(),
            subcollection: Some("sky-vault".to_owned()),
            ..Document::default()
        };
        assert_eq!(of_page(&page("Shared responsibilities")).as_deref(), Some("sky vault"));
        assert_eq!(of_page(&page("Rack benchmark")), None);
    }
}
