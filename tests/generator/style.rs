//! How a version is written. Nothing here changes what the page means.

use super::habits::Habits;
use super::rng::Rng;

/// What holds the duties.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `Task | IBM responsibilities | Your responsibilities`.
    Columns,
    /// The same as an HTML table.
    Html,
    /// `Responsibilities | Ownership`.
    OwnerList,
    /// `Activity | IBM | Customer`, with roles in the cells.
    Raci,
    /// List items under "IBM responsibilities:".
    PartyLists,
}

impl Shape {
    /// Whether rows have labels.
    pub(crate) const fn has_rows(self) -> bool {
        matches!(self, Self::Columns | Self::Html)
    }

    /// Whether both parties can hold one duty.
    pub(crate) const fn can_share(self) -> bool {
        matches!(self, Self::OwnerList | Self::Raci)
    }

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Columns => "columns",
            Self::Html => "html",
            Self::OwnerList => "owner list",
            Self::Raci => "RACI",
            Self::PartyLists => "party lists",
        }
    }
}

/// How several duties share a cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cut {
    Sentences,
    Break(&'static str),
    Ul,
    Dashes,
    Stars,
    Numbers,
    Lines,
    /// Each cell in a way of its own.
    Mixed,
}

impl Cut {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Sentences => "sentences",
            Self::Break(_) => "<br>",
            Self::Ul => "<ul><li>",
            Self::Dashes => "\\n -",
            Self::Stars => "\\n *",
            Self::Numbers => "\\n 1.",
            Self::Lines => "\\n",
            Self::Mixed => "mixed",
        }
    }
}

/// How names of products are spelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Spelling {
    Written,
    /// Always the keyref key at this position (as far as the product has so many).
    Keyref(usize),
    /// Each time another.
    Mixed,
}

/// What stands below a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attributes {
    None,
    Caption,
    All,
}

/// Something odd that a person reads over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Quirk {
    None,
    /// A header row without its first cell over whole rows.
    LostHeaderCell,
    /// A blank line between rows.
    OrphanRows,
    /// A cell that goes on in the next line.
    BrokenRow,
    /// A row with a label only.
    LabelOnly,
    /// A table in a comment.
    Hidden,
    /// `{[KEY]}`.
    MalformedKeyrefs,
    /// "IBM®" where names are written out.
    Trademarks,
}

impl Quirk {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::LostHeaderCell => "a header cell lost",
            Self::OrphanRows => "orphan rows",
            Self::BrokenRow => "a row broken over lines",
            Self::LabelOnly => "a row with a label only",
            Self::Hidden => "a table in a comment",
            Self::MalformedKeyrefs => "malformed keyrefs",
            Self::Trademarks => "trademarks",
        }
    }
}

/// Everything about how one version is written.
#[derive(Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a habit of its own")]
pub(crate) struct Style {
    pub(crate) shape: Shape,
    pub(crate) cut: Cut,
    /// Whether one duty alone is written as a list, too.
    pub(crate) lone_item: bool,
    /// Whether a list begins after a line break.
    pub(crate) leading_break: bool,
    /// Whether "IBM is responsible for:" stands before some lists.
    pub(crate) lead: bool,
    pub(crate) header: usize,
    pub(crate) customer_first: bool,
    pub(crate) spelling: Spelling,
    pub(crate) customer: &'static str,
    /// How many of a hundred sentences get a link, bold words, code ticks, no-break spaces.
    pub(crate) links: usize,
    pub(crate) bold: usize,
    pub(crate) ticks: usize,
    pub(crate) no_break: usize,
    pub(crate) final_period: bool,
    pub(crate) empty: &'static str,
    pub(crate) short_rows: bool,
    pub(crate) trailing_pipe: bool,
    pub(crate) trailing_blanks: bool,
    pub(crate) padded: bool,
    pub(crate) separator: &'static str,
    pub(crate) attributes: Attributes,
    pub(crate) title_case: bool,
    pub(crate) anchors: bool,
    pub(crate) subheadings: bool,
    pub(crate) comments: bool,
    pub(crate) intro: bool,
    pub(crate) definitions: usize,
    pub(crate) crlf: bool,
    pub(crate) quirk: Quirk,
    pub(crate) shuffled: Shuffle,
    pub(crate) habits: Habits,
}

/// What stands in another order than it was thought up in.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is decided by itself")]
pub(crate) struct Shuffle {
    pub(crate) areas: bool,
    pub(crate) rows: bool,
    pub(crate) duties: bool,
    pub(crate) columns: bool,
}

impl Style {
    /// A style for a page of this shape.
    pub(crate) fn draw(shape: Shape, rng: &mut Rng) -> Self {
        let cut = cut(rng);
        let often = |rng: &mut Rng| *rng.weighted(&[(5, 0), (3, 12), (1, 40)]);
        Self {
            shape,
            cut,
            lone_item: rng.chance(35),
            leading_break: rng.chance(40),
            lead: rng.chance(10),
            header: rng.below(64),
            customer_first: rng.chance(10),
            spelling: *rng.weighted(&[
                (4, Spelling::Written),
                (2, Spelling::Keyref(0)),
                (2, Spelling::Keyref(1)),
                (1, Spelling::Keyref(2)),
                (3, Spelling::Mixed),
            ]),
            customer: *rng.weighted(&[(9, "the customer"), (1, "the client")]),
            links: often(rng),
            bold: often(rng),
            ticks: often(rng),
            no_break: often(rng),
            final_period: rng.chance(85),
            empty: empty(rng),
            short_rows: rng.chance(12),
            trailing_pipe: rng.chance(90),
            trailing_blanks: rng.chance(15),
            padded: rng.chance(85),
            separator: *rng.weighted(&[(6, "---"), (2, "-"), (1, ":---"), (1, "----------")]),
            attributes: *rng.weighted(&[
                (2, Attributes::None),
                (5, Attributes::Caption),
                (3, Attributes::All),
            ]),
            title_case: rng.chance(15),
            anchors: rng.chance(90),
            subheadings: rng.chance(6),
            comments: rng.chance(20),
            intro: rng.chance(70),
            definitions: rng.below(3),
            crlf: rng.chance(3),
            quirk: quirk(rng),
            shuffled: Shuffle::default(),
            habits: Habits::NONE,
        }
    }

    /// The order of the new version may differ.
    pub(crate) fn shuffle(&mut self, rng: &mut Rng) {
        self.shuffled = Shuffle {
            areas: rng.chance(12),
            rows: rng.chance(20),
            duties: rng.chance(25),
            columns: rng.chance(30),
        };
    }
}

fn cut(rng: &mut Rng) -> Cut {
    *rng.weighted(&[
        (6, Cut::Sentences),
        (1, Cut::Break("<br>")),
        (1, Cut::Break("<br/>")),
        (1, Cut::Break("</br>")),
        (3, Cut::Ul),
        (3, Cut::Dashes),
        (3, Cut::Stars),
        (2, Cut::Numbers),
        (2, Cut::Lines),
        (4, Cut::Mixed),
    ])
}

/// What stands where a party has no duty.
fn empty(rng: &mut Rng) -> &'static str {
    const EMPTY: [(usize, &str); 8] = [
        (12, ""),
        (4, "N/A"),
        (3, "`N/A`"),
        (1, "None"),
        (1, "Not applicable"),
        (1, "-"),
        (1, "No action required."),
        (1, "None."),
    ];
    let empty: &&str = rng.weighted(&EMPTY);
    empty
}

fn quirk(rng: &mut Rng) -> Quirk {
    *rng.weighted(&[
        (44, Quirk::None),
        (1, Quirk::LostHeaderCell),
        (1, Quirk::OrphanRows),
        (1, Quirk::BrokenRow),
        (1, Quirk::LabelOnly),
        (1, Quirk::Hidden),
        (1, Quirk::MalformedKeyrefs),
        (2, Quirk::Trademarks),
    ])
}
