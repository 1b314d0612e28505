//! Owner words that others use, by the name of their scheme.

use self::PresetOwner::{Customer, Provider, Shared, ThirdParty};
use crate::vocabulary::WordList;

/// Who an owner word of a scheme names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PresetOwner {
    Provider,
    Customer,
    Shared,
    ThirdParty,
}

/// The lists of the schemes: `ccm` is the Cloud Controls Matrix with its shared security responsibility
/// model; `nist` says where a control of NIST SP 800-53 and FedRAMP comes from; `pci` is PCI DSS with
/// its third-party service provider and assessed entity.
static SCHEMES: [(&str, PresetOwner, WordList); 10] = [
    ("ccm", Provider, WordList::named("ccm: the provider")),
    ("ccm", Customer, WordList::named("ccm: the customer")),
    ("ccm", Shared, WordList::named("ccm: both")),
    ("ccm", ThirdParty, WordList::named("ccm: a third party")),
    ("nist", Provider, WordList::named("nist: the provider")),
    ("nist", Customer, WordList::named("nist: the customer")),
    ("nist", Shared, WordList::named("nist: both")),
    ("pci", Provider, WordList::named("pci: the provider")),
    ("pci", Customer, WordList::named("pci: the customer")),
    ("pci", Shared, WordList::named("pci: both")),
];

/// The words of a scheme; none for one that is not known.
pub(super) fn words_of(preset: &str) -> impl Iterator<Item = (&'static str, PresetOwner)> {
    let lists = SCHEMES.iter().filter(move |(scheme, ..)| *scheme == preset);
    lists.flat_map(|(_, owner, words)| words.iter().map(|word| (word, *owner)))
}
