//! What a version writes beside its owners and duties, and how it spells what means the same.
//!
//! Drawn from a stream of its own: a pair without these habits is written as it was before.

use super::rng::Rng;

/// How a footnote is cited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NoteSign {
    /// `[^1]`
    Markdown,
    /// `<sup>1</sup>`
    Sup,
    /// `^1^`
    Carets,
    /// `¹`
    Raised,
    /// `[1]`, behind owners only.
    Brackets,
    /// `*`, behind owners only.
    Stars,
    /// `†`, behind owners only.
    Daggers,
}

impl NoteSign {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Markdown => "[^1]",
            Self::Sup => "<sup>",
            Self::Carets => "^1^",
            Self::Raised => "raised digits",
            Self::Brackets => "[1]",
            Self::Stars => "*",
            Self::Daggers => "†",
        }
    }
}

/// How a RACI table spells roles.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Roles {
    /// `R, A`
    Letters,
    /// `R/A`
    Slashes,
    /// `RA`
    Together,
    /// `**R**`
    Bold,
    /// "Responsible and accountable"
    Words,
    /// With letters beyond R, A, C and I.
    More,
    /// `r/a`
    Small,
}

impl Roles {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Letters => "R, A",
            Self::Slashes => "R/A",
            Self::Together => "RA",
            Self::Bold => "**R**",
            Self::Words => "words",
            Self::More => "R, A, O",
            Self::Small => "r/a",
        }
    }
}

/// What the columns of a RACI table are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RoleLayout {
    /// A column a party.
    Parties,
    /// A column a role.
    Roles,
    /// One column with all parties and roles.
    OneCell,
}

/// What names the party of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum ListForm {
    /// A line above it.
    Lines,
    /// "You are responsible for:".
    Sentences,
    /// An item above it.
    Items,
    /// The term that it defines.
    Definitions,
    /// A heading.
    Headings,
    /// A heading, above paragraphs.
    Paragraphs,
}

impl ListForm {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Lines => "lines",
            Self::Sentences => "sentences",
            Self::Items => "items",
            Self::Definitions => "definitions",
            Self::Headings => "headings",
            Self::Paragraphs => "paragraphs",
        }
    }
}

/// How a version is written beyond its style.
#[derive(Clone, Debug)]
pub(crate) struct Habits {
    /// How many of a hundred owners have a qualifier.
    pub(crate) qualifiers: usize,
    /// How many of a hundred owners and duties cite a footnote.
    pub(crate) owner_notes: usize,
    pub(crate) duty_notes: usize,
    pub(crate) sign: NoteSign,
    /// The number of the first footnote.
    pub(crate) first_note: usize,
    /// How lead-ins in cells are worded, and how many of a hundred stand behind a sentence.
    pub(crate) lead_in: usize,
    pub(crate) sentence_first: usize,
    pub(crate) roles: Roles,
    pub(crate) role_layout: RoleLayout,
    pub(crate) list_form: ListForm,
}

impl Habits {
    /// Nothing of it.
    pub(crate) const NONE: Self = Self {
        qualifiers: 0,
        owner_notes: 0,
        duty_notes: 0,
        sign: NoteSign::Markdown,
        first_note: 1,
        lead_in: 0,
        sentence_first: 0,
        roles: Roles::Letters,
        role_layout: RoleLayout::Parties,
        list_form: ListForm::Lines,
    };

    /// The habits of a version: many have none.
    pub(crate) fn draw(rng: &mut Rng) -> Self {
        let sign = *rng.weighted(&[
            (4, NoteSign::Markdown),
            (3, NoteSign::Sup),
            (2, NoteSign::Carets),
            (2, NoteSign::Raised),
            (1, NoteSign::Brackets),
            (1, NoteSign::Stars),
            (1, NoteSign::Daggers),
        ]);
        Self {
            qualifiers: *rng.weighted(&[(6, 0), (2, 20), (1, 70)]),
            owner_notes: *rng.weighted(&[(6, 0), (2, 20), (1, 60)]),
            duty_notes: *rng.weighted(&[(8, 0), (1, 4), (1, 15)]),
            sign,
            first_note: rng.between(1, 4),
            lead_in: rng.below(4),
            sentence_first: *rng.weighted(&[(7, 0), (2, 30), (1, 80)]),
            roles: *rng.pick(&[
                Roles::Letters,
                Roles::Slashes,
                Roles::Together,
                Roles::Bold,
                Roles::Words,
                Roles::More,
                Roles::Small,
            ]),
            role_layout: *rng.weighted(&[
                (5, RoleLayout::Parties),
                (2, RoleLayout::Roles),
                (1, RoleLayout::OneCell),
            ]),
            list_form: *rng.pick(&[
                ListForm::Lines,
                ListForm::Sentences,
                ListForm::Items,
                ListForm::Definitions,
                ListForm::Headings,
                ListForm::Paragraphs,
            ]),
        }
    }
}
