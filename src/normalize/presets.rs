//! Owner words that others use, by the name of their scheme.

use self::PresetOwner::{Customer, Provider, Shared, ThirdParty};

/// Who an owner word of a scheme names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum PresetOwner {
    Provider,
    Customer,
    Shared,
    ThirdParty,
}

/// Cloud Controls Matrix, its shared security responsibility model.
const CCM: [(&str, PresetOwner); 12] = [
    ("CSP-owned", Provider),
    ("CSP", Provider),
    ("Cloud service provider", Provider),
    ("CSC-owned", Customer),
    ("CSC", Customer),
    ("Cloud service customer", Customer),
    ("Shared (Independent)", Shared),
    ("Shared (Dependent)", Shared),
    ("Shared CSP and CSC", Shared),
    ("Third-party outsourced", ThirdParty),
    ("3rd-party outsourced", ThirdParty),
    ("Third-party", ThirdParty),
];

/// NIST SP 800-53 and FedRAMP: where a control comes from.
const NIST: [(&str, PresetOwner); 18] = [
    ("Inherited", Provider),
    ("Fully inherited", Provider),
    ("Provided", Provider),
    ("Provider", Provider),
    ("Service provider", Provider),
    ("Service provider corporate", Provider),
    ("Service provider system specific", Provider),
    ("Service provider hybrid", Provider),
    ("Common", Provider),
    ("Customer-configured", Customer),
    ("Customer-provided", Customer),
    ("Configured by customer", Customer),
    ("Provided by customer", Customer),
    ("Customer system specific", Customer),
    ("System-specific", Customer),
    ("Hybrid", Shared),
    ("Partially inherited", Shared),
    ("Shared (Service provider and customer responsibility)", Shared),
];

/// PCI DSS: third-party service provider and assessed entity.
const PCI: [(&str, PresetOwner); 10] = [
    ("TPSP", Provider),
    ("TPSPs", Provider),
    ("Third-party service provider", Provider),
    ("Service provider", Provider),
    ("Entity", Customer),
    ("Assessed entity", Customer),
    ("Merchant", Customer),
    ("Shared", Shared),
    ("Joint", Shared),
    ("TPSP and entity", Shared),
];

/// The words of a scheme; none for one that is not known.
pub(super) fn words_of(preset: &str) -> &'static [(&'static str, PresetOwner)] {
    match preset {
        "ccm" => &CCM,
        "nist" => &NIST,
        "pci" => &PCI,
        _ => &[],
    }
}
