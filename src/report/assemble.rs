//! Puts the parts of a comparison into the order of the report.

use std::collections::BTreeSet;

use crate::diff::Comparison;
use crate::model::{Change, Code, Document, Kind, Notice, Party, Place, Side, Sides};

use super::{DocumentReport, DocumentVersion, End, PageLoads, Report, Status, duties_by_party};

/// One document of the range, compared: what a report is made of.
#[derive(Clone, Debug)]
pub struct Compared<'a> {
    /// The path on each side, none where it was not there. A file that assigns nothing any more has
    /// a path, but no page.
    pub path: Sides<Option<String>>,
    /// The commit of each end; none for the working tree, the index and files.
    pub commit: Sides<Option<String>>,
    /// The content on each side.
    pub page: Sides<Option<&'a Document>>,
    /// The notices about the content of each side, without those from reading it.
    pub findings: Sides<Vec<Notice>>,
    /// What they differ in, changes with the commit that brought them where it is known.
    pub comparison: Comparison,
}

/// Makes the report: documents by path, changes by kind and line, notices by side and line.
///
/// A document in which nothing changed and nothing new is to be noticed is left out, so that
/// an old flaw of a page is not reported with every commit that only reformats it.
#[must_use]
pub fn assemble_report(
    ends: Sides<End>,
    documents: Vec<Compared<'_>>,
    notices: Vec<Notice>,
) -> Report {
    let pages_read = Sides::new(
        documents.iter().filter(|document| is_page(document.page.old)).count(),
        documents.iter().filter(|document| is_page(document.page.new)).count(),
    );
    let ignored = documents.iter().map(|document| document.comparison.ignored).sum();
    let given = given_away(&documents);
    let mut loads = Vec::new();
    let mut givers = Vec::new();
    let mut reported = Vec::new();
    for Read { document, duties, is_news } in documents.into_iter().filter_map(report_of) {
        let is_giver = given.contains(&document.path);
        if !(is_news || is_giver) {
            continue;
        }
        let (path, old_path) = (document.path.clone(), document.old_path.clone());
        loads.push(PageLoads { path, old_path, duties });
        (if is_news { &mut reported } else { &mut givers }).push(document);
    }
    reported.sort_by(|a, b| (&a.path, &a.old_path).cmp(&(&b.path, &b.old_path)));
    let mut notices = notices;
    notices.sort();
    Report {
        ends,
        documents: reported,
        loads,
        givers,
        pages_read,
        notices,
        ignored,
        for_changes: false,
        counts_whole_pages: false,
        has_no_page: false,
        for_paths: false,
    }
}

/// The old paths of the pages that duties left for other pages.
fn given_away(documents: &[Compared<'_>]) -> BTreeSet<String> {
    let changes = documents.iter().flat_map(|document| &document.comparison.changes);
    let left = changes.filter_map(|change| change.place.old.as_ref()?.path.clone());
    left.collect()
}

/// One document, read for the report.
struct Read {
    document: DocumentReport,
    duties: Vec<(Party, Sides<usize>)>,
    /// Whether anything changed in it, or is new to be noticed.
    is_news: bool,
}

fn is_page(page: Option<&Document>) -> bool {
    page.is_some_and(Document::is_responsibility_page)
}

fn report_of(compared: Compared<'_>) -> Option<Read> {
    let Compared { path, commit, page, findings, comparison } = compared;
    let unread = comparison.unread;
    // a file whose parties cannot be read is there; what else it holds is no document
    let reads_rest = is_page(page.new);
    let page = is_reported(page, &unread);
    let own = Sides::new(
        own_notices(page.old, findings.old, &unread, Side::Old),
        own_notices(page.new, findings.new, &unread, Side::New),
    );
    let shown = page.new.or(page.old)?;
    let status = match (page.old, page.new) {
        (Some(_), Some(_)) if path.old == path.new => Status::Modified,
        (Some(_), Some(_)) => Status::Renamed,
        (None, _) => Status::Added,
        (_, None) => Status::Removed,
    };
    let is_news = status != Status::Modified
        || !comparison.changes.is_empty()
        || !comparison.notices.is_empty()
        || standing_notices(&own.old) != standing_notices(&own.new);
    let file_stays = status == Status::Removed && path.new.is_some();
    let old_path = if status == Status::Renamed { path.old.clone() } else { None };
    let path = if status == Status::Removed { path.old } else { path.new };
    let version = |page: Option<&Document>, commit| {
        page.map(|page| DocumentVersion { commit, stamp: page.stamp.clone() })
    };
    let duties = duties_by_party(page);
    let document = DocumentReport {
        path: path.unwrap_or_default(),
        old_path,
        status,
        title: shown.title.clone(),
        subcollection: shown.subcollection.clone(),
        version: Sides::new(version(page.old, commit.old), version(page.new, commit.new)),
        notices: all_notices(own, comparison.notices),
        changes: in_order(comparison.changes),
        unread,
        file_stays,
        reads_rest,
        ignored: comparison.ignored,
    };
    Some(Read { document, duties, is_news })
}

/// The pages of both sides, as far as they are reported: those that assign responsibility or seem
/// to, and the rest of a page whose tables stand in a comment or cannot be read any more.
pub(crate) fn is_reported<'a>(
    page: Sides<Option<&'a Document>>,
    unread: &[Notice],
) -> Sides<Option<&'a Document>> {
    let there = |one: Option<&'a Document>, other: Option<&Document>, side| {
        one.filter(|one| {
            one.seems_to_assign()
                || unread.iter().any(|notice| notice.side == Some(side))
                || (one.has_notice(Code::Hidden) && is_page(other))
        })
    };
    Sides::new(there(page.old, page.new, Side::Old), there(page.new, page.old, Side::New))
}

/// All notices about one side's page. A notice from reading it is given once if the comparison
/// gives it, too.
fn own_notices(
    page: Option<&Document>,
    findings: Vec<Notice>,
    unread: &[Notice],
    side: Side,
) -> Vec<Notice> {
    let Some(page) = page else { return Vec::new() };
    let is_told = |notice: &Notice| {
        let same = |reported: &Notice| reported.side == Some(side) && reported.line == notice.line;
        notice.code == Code::Unassigned && unread.iter().any(same)
    };
    let mut notices = page.notices.clone();
    notices.extend(findings);
    notices.retain(|notice| !is_told(notice));
    notices
}

/// The notices of a page as far as they do not depend on where in the page they stand.
fn standing_notices(notices: &[Notice]) -> Vec<(&str, &str)> {
    let mut seen: Vec<_> =
        notices.iter().map(|notice| (notice.code.name(), notice.message.as_str())).collect();
    seen.sort_unstable();
    seen
}

fn all_notices(own: Sides<Vec<Notice>>, of_comparison: Vec<Notice>) -> Vec<Notice> {
    let mut all = of_comparison;
    all.extend(own.old.into_iter().map(|notice| notice.on_side(Side::Old)));
    all.extend(own.new.into_iter().map(|notice| notice.on_side(Side::New)));
    all.sort_by(|a, b| {
        (a.side, a.line, a.code, &a.message).cmp(&(b.side, b.line, b.code, &b.message))
    });
    all.dedup();
    all
}

fn in_order(mut changes: Vec<Change>) -> Vec<Change> {
    let reported = |change: &Change| match change.kind {
        Kind::Removed => place_position(change.place.old.as_ref()),
        Kind::Moved | Kind::Added | Kind::Reworded | Kind::Relocated => {
            place_position(change.place.new.as_ref())
        }
    };
    changes.sort_by(|a, b| {
        (a.kind, reported(a), place_position(a.place.old.as_ref()), &a.id).cmp(&(
            b.kind,
            reported(b),
            place_position(b.place.old.as_ref()),
            &b.id,
        ))
    });
    changes
}

fn place_position(place: Option<&Place>) -> (usize, usize) {
    place.map_or((0, 0), |place| (place.line, place.duty))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Burden, Layout, Level, Matrix};

    fn page() -> Document {
        let matrix = Matrix {
            layout: Layout::PartyColumns,
            section: Vec::new(),
            line: 3,
            caption: None,
            rows: Vec::new(),
        };
        Document { matrices: vec![matrix.into()], ..Document::default() }
    }

    fn added(line: usize) -> Change {
        let place = Place {
            duty: line,
            path: None,
            section: Vec::new(),
            area: String::new(),
            task: String::new(),
            text: "Water the plants".to_owned(),
            line,
            included: None,
        };
        Change {
            id: line.to_string(),
            kind: Kind::Added,
            party: Sides::new(None, Some(Party::Customer)),
            level: Level::Scope,
            burden: Burden::Customer,
            similarity: None,
            emphasis: Vec::new(),
            reference: false,
            controls: Vec::new(),
            place: Sides::new(None, Some(place)),
            introduced: None,
            worded: None,
            assigned: None,
            provider: None,
        }
    }

    fn report(old: &Document, new: &Document, comparison: Comparison) -> Report {
        let path = Some("a.md".to_owned());
        let ends = Sides::new(End::WorkingTree, End::Index);
        let compared = Compared {
            path: Sides::new(path.clone(), path),
            commit: Sides::default(),
            page: Sides::new(Some(old), Some(new)),
            findings: Sides::default(),
            comparison,
        };
        assemble_report(ends, vec![compared], Vec::new())
    }

    #[test]
    fn a_page_without_news_is_left_out_but_counted() {
        let mut old = page();
        old.notices.push(Notice::at(7, Code::EmptyRow, "no duty"));
        let mut new = page();
        new.notices.push(Notice::at(9, Code::EmptyRow, "no duty"));
        let report = report(&old, &new, Comparison::default());
        assert!(report.documents.is_empty());
        assert_eq!(report.pages_read, Sides::new(1, 1));
    }

    #[test]
    fn changes_stand_in_the_order_of_lines_and_notices_know_their_side() {
        let mut new = page();
        new.notices.push(Notice::at(9, Code::EmptyRow, "no duty"));
        let comparison = Comparison { changes: vec![added(9), added(4)], ..Comparison::default() };
        let report = report(&page(), &new, comparison);
        let lines: Vec<_> = report.documents[0].changes.iter().map(|c| c.id.as_str()).collect();
        assert_eq!(lines, ["4", "9"]);
        assert_eq!(report.documents[0].notices[0].side, Some(Side::New));
    }

    #[test]
    fn a_page_that_assigned_nothing_before_is_an_added_document() {
        let report = report(&Document::default(), &page(), Comparison::default());
        assert_eq!(report.documents[0].status, Status::Added);
        assert_eq!(report.documents[0].version.old, None);
    }
}
