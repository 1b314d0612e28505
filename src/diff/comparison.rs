//! What a comparison of two versions finds.

use crate::model::{Change, ChangedPart, Code, Duty, Kind, Matrix, Notice, Row, Side, Sides};

/// Which old duty became which new one, by index (see [`Document::duties`](crate::model::Document::duties)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DutyLink {
    /// Index on each side; none on the side where it has no counterpart.
    pub duty: Sides<Option<usize>>,
    /// What happened to it; none where it is as it was.
    pub kind: Option<Kind>,
}

impl DutyLink {
    /// A duty that only one side has.
    pub(super) fn of_lone(side: Side, duty: usize) -> Self {
        Self { duty: Sides::from_side(side, Some(duty), None), kind: Some(Kind::of_lone(side)) }
    }

    /// The duty, where only this side has it.
    pub(super) fn lone_duty(&self, side: Side) -> Option<usize> {
        (*self.duty.get(side)).filter(|_| self.kind == Some(Kind::of_lone(side)))
    }
}

/// All that two versions of a page differ in.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Comparison {
    /// The changes in final order: by kind, then as they stand on the page.
    pub changes: Vec<Change>,
    /// Notices about the comparison (renames, possible moves, ...), not those of the pages.
    pub notices: Vec<Notice>,
    /// Every duty of both sides once, those that stayed too. Duties that only were cut
    /// differently (one list item of two sentences, now two) are linked in order as far as they
    /// go and stand alone, with no kind, beyond that.
    pub links: Vec<DutyLink>,
    /// Of the duties that only were cut differently, which old one shares words with which new
    /// one, in the order of the page: more than one to one.
    pub recut: Vec<Sides<usize>>,
    /// Which old row is which new one, each as (matrix, row within it).
    pub rows: Vec<Sides<(usize, usize)>>,
    /// How many changes the policy leaves out.
    pub ignored: usize,
    /// Where duties of one side stand in the other's file, but no party can be read. They are
    /// among the notices, too; only who has the files can fill them in.
    pub unread: Vec<Notice>,
}

impl Comparison {
    /// Whether changes of a kind are certain: duties that cannot be read on the other side may be as they
    /// were.
    #[must_use]
    pub fn is_known(&self, kind: Kind) -> bool {
        let is_unread = |side| self.unread.iter().any(|notice| notice.side == Some(side));
        match kind {
            Kind::Added => !is_unread(Side::Old),
            Kind::Removed => !is_unread(Side::New),
            Kind::Moved | Kind::Reworded | Kind::Relocated => true,
        }
    }

    /// What of the page says something else, if anything certainly does.
    #[must_use]
    pub fn what_changed(&self) -> Option<ChangedPart> {
        let is_footnote = |notice: &Notice| notice.code == Code::FootnoteChanged;
        let is_known = |change: &Change| self.is_known(change.kind);
        if self.changes.iter().any(|change| !change.reference && is_known(change)) {
            return Some(ChangedPart::Duties);
        }
        if self.notices.iter().any(is_footnote) {
            return Some(ChangedPart::Footnotes);
        }
        self.changes.iter().any(is_known).then_some(ChangedPart::References)
    }
}

/// A duty with the table and the row that it stands in.
pub(super) type PlacedDuty<'a> = (&'a Matrix, &'a Row, &'a Duty);
