//! How alike two duties must be to count as one.
//!
//! The figures were fitted by `examples/fit.rs`: [`Thresholds::reworded`] and [`Thresholds::head`] on labelled
//! pairs of real versions by cross-validation over their repositories, [`Thresholds::moved`],
//! [`Thresholds::other_deed`] and [`Thresholds::same_list`] on generated pairs (`examples/generated.rs`), since
//! moves of sentences and pages of lists hardly occur in real ones.

/// What context adds to the likeness of two texts, and how high the sum must be.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Thresholds {
    /// The sum from which two duties of one party are one, reworded.
    pub reworded: f64,
    /// The sum from which two duties of different parties are one that moved.
    pub moved: f64,
    /// How far below [`Thresholds::moved`] a pair still deserves a notice.
    pub doubt: f64,
    /// Added when both texts are equal.
    pub equal_text: f64,
    /// Added besides when they are equal in aligned rows though the parties differ: the very
    /// words crossed the columns.
    pub crossed: f64,
    /// How much of the likeness is that of the heads: the first words that count, which name the
    /// deed and its object, where circumstances may be anybody's.
    pub head: f64,
    /// How much of the likeness is lost where the heads have nothing in common: another deed done
    /// to something else, under circumstances that may be alike.
    pub other_head: f64,
    /// How much of the likeness is lost where the first word that counts of each, which names the
    /// deed in most cases, is nowhere in the other.
    pub other_deed: f64,
    /// The same where the parties differ (IBM publishes what the customer reads), or where both texts
    /// name opposites: IBM encrypts data at rest, the customer data in transit.
    pub moved_deed: f64,
    /// The same where the parties differ and each text opens with a verb that is none in the other:
    /// IBM scans images, the customer fixes what is found in scanned images. Or where the one deed is done
    /// to a thing of IBM's and to one of the customer's: IBM operators, the customer's users.
    pub moved_noun: f64,
    /// How much of the likeness is lost where both name settings, and none in common.
    pub other_setting: f64,
    /// Added when both stand in aligned rows.
    pub same_row: f64,
    /// Added when both stand in aligned tables, but not in aligned rows.
    pub same_table: f64,
    /// The same where the rows of one side have no labels, so that only the table shows where a
    /// duty stands.
    pub same_list: f64,
    /// Added, in proportion to the likeness of both tasks, when rows are not aligned.
    pub task: f64,
    /// Added when each is the only one left over in its cell and the cells are aligned.
    pub alone: f64,
    /// What two texts of one cell are alike at least that are equal behind their lead-ins.
    pub same_body: f64,
    /// What two texts of one cell are alike at least of which one stands whole in the other.
    pub whole_kept: f64,
    /// What two texts of one row and party are alike at least of which one has every word of the
    /// other, and asks for the same deed.
    pub grown: f64,
    /// What two texts of two parties are alike at least that ask for one deed done to one thing, and
    /// differ in when or how it is done.
    pub same_core: f64,
    /// Added to the bar when rows are aligned, the texts ask for two deeds or have nothing but the
    /// deed in common, and each says much more than [`Thresholds::few_own`] that the other does not.
    pub own_words: f64,
    /// Sum of weights of words that two wordings of one duty may well have each for its own.
    pub few_own: f64,
    /// Added to the bar when rows are not aligned and the texts say little (see
    /// [`Thresholds::little`]), in proportion to how little.
    pub vague: f64,
    /// Sum of word weights under which a text says little.
    pub little: f64,
}

impl Thresholds {
    /// The bars inside one document.
    #[must_use]
    pub const fn within_document() -> Self {
        Self {
            reworded: 0.56,
            moved: 0.82,
            doubt: 0.15,
            equal_text: 0.05,
            crossed: 0.20,
            head: 0.20,
            other_head: 0.40,
            other_deed: 0.15,
            moved_deed: 0.30,
            moved_noun: 0.45,
            other_setting: 0.60,
            same_row: 0.20,
            same_table: 0.08,
            same_list: 0.18,
            task: 0.06,
            alone: 0.10,
            same_body: 0.90,
            whole_kept: 0.60,
            grown: 0.80,
            same_core: 0.72,
            own_words: 0.08,
            few_own: 2.5,
            vague: 0.30,
            little: 2.0,
        }
    }

    /// The bars between different documents, where nothing but the words speaks for a pair.
    #[must_use]
    pub const fn across_documents() -> Self {
        Self { reworded: 0.80, moved: 0.95, vague: 0.5, ..Self::within_document() }
    }
}
