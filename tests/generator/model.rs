//! A page as what it means: areas of rows of duties, each with an identity that lives through
//! every mutation, so that the truth about a pair is read off both models.

use super::sentence::Sentence;
use super::vocabulary::WORDS;

/// Identity of an area, a row or a duty.
pub(crate) type Id = usize;

/// Who holds a duty, on the scale of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Holder {
    Ibm,
    Shared,
    Customer,
    /// Other parties, in a grid that is theirs.
    Vendor,
    Partner,
}

impl Holder {
    /// The name that JSON uses.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Ibm => "ibm",
            Self::Shared => "shared",
            Self::Customer => "customer",
            Self::Vendor => "other:On-premises provider",
            Self::Partner => "other:Workload provider",
        }
    }

    /// The name without its kind.
    pub(crate) fn written(self) -> &'static str {
        self.name().trim_start_matches("other:")
    }

    /// The other of the two.
    pub(crate) const fn other(self) -> Self {
        match self {
            Self::Ibm => Self::Customer,
            Self::Shared | Self::Customer | Self::Vendor | Self::Partner => Self::Ibm,
        }
    }

    /// Who stands for this holder in a grid of other parties.
    const fn in_grid_of_others(self) -> Self {
        match self {
            Self::Ibm | Self::Vendor => Self::Vendor,
            Self::Customer | Self::Partner => Self::Partner,
            Self::Shared => Self::Shared,
        }
    }
}

/// What a duty's cell says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Text {
    /// An obligation that mutations can work on.
    Built(Sentence),
    /// One that says little ("Monitor events."); only kept, moved in its row, added or removed.
    Generic(&'static str),
    /// "See ...": never moved.
    Reference(String),
    /// Two sentences that are one list item, or two duties where a style has no items. Never
    /// mutated, so that it does not matter which.
    Double(Sentence, Sentence),
}

impl Text {
    /// The text, with names as marks.
    pub(crate) fn text(&self) -> String {
        match self {
            Self::Built(sentence) => sentence.text(),
            Self::Generic(text) => (*text).to_owned(),
            Self::Reference(title) => format!("See {title}."),
            Self::Double(first, second) => format!("{} {}", first.text(), second.text()),
        }
    }

    /// What it says beside voice and grammar, in base forms.
    pub(crate) fn essence(&self) -> Vec<String> {
        match self {
            Self::Built(sentence) => sentence.essence(),
            Self::Generic(text) => words(text),
            Self::Reference(title) => words(title),
            Self::Double(first, second) => {
                first.essence().into_iter().chain(second.essence()).collect()
            }
        }
    }
}

impl Text {
    /// The verbs (the first of those that are nearly the same) with their objects.
    fn deeds(&self) -> Vec<(usize, usize)> {
        let clauses = match self {
            Self::Built(sentence) => sentence.clauses.as_slice(),
            Self::Generic(_) | Self::Reference(_) | Self::Double(..) => &[],
        };
        clauses.iter().map(|clause| (WORDS.verbs[clause.verb].kin, clause.object.noun)).collect()
    }
}

fn words(text: &str) -> Vec<String> {
    text.trim_end_matches('.').split(' ').map(str::to_lowercase).collect()
}

/// One obligation.
#[derive(Clone, Debug)]
pub(crate) struct Duty {
    pub(crate) id: Id,
    pub(crate) holder: Holder,
    pub(crate) text: Text,
}

/// One row.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) id: Id,
    pub(crate) label: String,
    pub(crate) duties: Vec<Duty>,
}

impl Row {
    /// Whether every duty can be cut in one way only.
    pub(crate) fn is_plain(&self) -> bool {
        !self.duties.iter().any(|duty| matches!(duty.text, Text::Double(..)))
    }
}

/// One table under its heading.
#[derive(Clone, Debug)]
pub(crate) struct Area {
    pub(crate) id: Id,
    /// The heading above the heading, for the plans of one area.
    pub(crate) parent: Option<String>,
    pub(crate) heading: String,
    pub(crate) rows: Vec<Row>,
}

/// A row of the overview, an owner a column; none where nobody owns it.
#[derive(Clone, Debug)]
pub(crate) struct GridRow {
    pub(crate) id: Id,
    pub(crate) label: String,
    pub(crate) owners: Vec<Option<Holder>>,
}

/// The overview that names an owner a resource and area.
#[derive(Clone, Debug)]
pub(crate) struct Grid {
    /// The columns, by position among the vocabulary's.
    pub(crate) columns: Vec<usize>,
    pub(crate) rows: Vec<GridRow>,
    /// Whether its owners are other parties than IBM and the customer.
    pub(crate) of_others: bool,
}

impl Grid {
    /// The owner that a drawn one stands for here.
    pub(crate) fn owner_of(&self, drawn: Option<Holder>) -> Option<Holder> {
        drawn.map(|holder| if self.of_others { holder.in_grid_of_others() } else { holder })
    }

    /// Gives all that IBM and the customer own to others.
    pub(crate) fn give_to_others(&mut self) {
        self.of_others = true;
        for owner in self.rows.iter_mut().flat_map(|row| &mut row.owners) {
            *owner = owner.map(Holder::in_grid_of_others);
        }
    }
}

/// A page about an invented service.
#[derive(Clone, Debug)]
pub(crate) struct Page {
    /// The service, by position among the vocabulary's products.
    pub(crate) product: usize,
    pub(crate) grid: Option<Grid>,
    pub(crate) areas: Vec<Area>,
}

/// A duty with the area and the row that it stands in.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Placed<'a> {
    pub(crate) area: &'a Area,
    pub(crate) row: &'a Row,
    pub(crate) duty: &'a Duty,
}

impl Page {
    pub(crate) fn rows(&self) -> impl Iterator<Item = (&Area, &Row)> {
        self.areas.iter().flat_map(|area| area.rows.iter().map(move |row| (area, row)))
    }

    pub(crate) fn duties(&self) -> impl Iterator<Item = Placed<'_>> {
        self.rows()
            .flat_map(|(area, row)| row.duties.iter().map(move |duty| Placed { area, row, duty }))
    }

    pub(crate) fn row_mut(&mut self, id: Id) -> Option<&mut Row> {
        self.areas.iter_mut().flat_map(|area| &mut area.rows).find(|row| row.id == id)
    }

    pub(crate) fn duty_mut(&mut self, id: Id) -> Option<&mut Duty> {
        self.areas
            .iter_mut()
            .flat_map(|area| &mut area.rows)
            .flat_map(|row| &mut row.duties)
            .find(|duty| duty.id == id)
    }

    pub(crate) fn find(&self, id: Id) -> Option<Placed<'_>> {
        self.duties().find(|placed| placed.duty.id == id)
    }

    /// The row's label is used, wherever.
    pub(crate) fn has_label(&self, label: &str) -> bool {
        self.rows().any(|(_, row)| row.label == label)
    }
}

/// How alike two texts are by what they say, 0 to 1 (Dice over words).
pub(crate) fn alike(a: &Text, b: &Text) -> f64 {
    let (a, mut b) = (a.essence(), b.essence());
    let total = a.len() + b.len();
    if total == 0 {
        return 0.0;
    }
    let mut same = 0_usize;
    for word in &a {
        if let Some(at) = b.iter().position(|other| other == word) {
            b.swap_remove(at);
            same += 1;
        }
    }
    (2 * same) as f64 / total as f64
}

/// Whether both tell to do the same to the same, or nearly so: "send" and "publish" of one
/// notice are two wordings to a reader who knows no more than both pages.
pub(crate) fn shares_a_deed(a: &Text, b: &Text) -> bool {
    let (a, b) = (a.deeds(), b.deeds());
    a.iter().any(|deed| b.contains(deed))
}
