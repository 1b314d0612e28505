//! How much a finding of `lint` matters.

/// How much a finding matters; the order is that of weight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing has to be done.
    Note,
    /// Should be fixed; the duties are still read.
    Warning,
    /// A reader cannot rely on what the page says of who does what.
    Error,
}

impl Severity {
    /// Every severity, the worst first.
    pub const WORST_FIRST: [Self; 3] = [Self::Error, Self::Warning, Self::Note];

    /// The name that text and JSON use.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}
