//! What a page and its sections are linked to by.

/// The ids of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Anchors {
    /// `subcollection` of the front matter.
    pub subcollection: Option<String>,
    /// The id of its title.
    pub topic: Option<String>,
    /// Its headings from level 2 down, in the order of the page.
    pub sections: Vec<Anchor>,
}

/// The ids of one heading.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    /// The headings from level 2 down to this one, plain text (see
    /// [`Matrix::section`](super::Matrix)).
    pub section: Vec<String>,
    /// The id that the author gave it.
    pub id: Option<String>,
    /// The id that GitHub makes of its source.
    pub slug: String,
}
