//! Counts of pages written by hand.

use chrono::{DateTime, NaiveDate};

use super::*;
use crate::model::{Burden, Introduced, Kind, Level, Phrase, Place, Stamp};
use crate::report::{
    AreaCount, CommitReport, DocumentReport, DocumentVersion, FirstVersion, Gone, Status,
    UnreadTables,
};

fn commit(day: u32) -> CommitReport {
    let time = format!("2025-01-{day:02}T08:00:00Z");
    let time = DateTime::parse_from_rfc3339(&time).unwrap();
    CommitReport { commit: format!("{day:040}"), time }
}

/// An edition of a day with so many duties of the customer before and after.
fn edition(day: u32, area: &str, old: usize, new: usize) -> Edition {
    let duties = Sides::new(old, new);
    let area = Phrase { text: area.to_owned(), canonical: area.to_lowercase() };
    let last_updated = NaiveDate::from_ymd_opt(2025, 1, day);
    let stamp = Stamp { last_updated, ..Stamp::default() };
    Edition {
        day: last_updated.unwrap(),
        commits: vec![commit(day)],
        first_path: String::new(),
        gone: None,
        duties: vec![(Party::Customer, duties)],
        areas: vec![AreaCount { area, party: Party::Customer, duties }],
        report: DocumentReport {
            path: String::new(),
            old_path: None,
            status: Status::Modified,
            title: String::new(),
            subcollection: None,
            version: Sides::new(None, Some(DocumentVersion { commit: None, stamp })),
            changes: Vec::new(),
            notices: Vec::new(),
            unread: Vec::new(),
            file_stays: false,
            reads_rest: false,
            ignored: 0,
        },
        between_pages: Vec::new(),
        changes_within: Vec::new(),
        first_version: None,
        unread_tables: UnreadTables::default(),
    }
}

fn page(path: &str, editions: Vec<Edition>) -> PageLog {
    let all_editions = editions.len();
    PageLog {
        path: path.to_owned(),
        title: path.to_uppercase(),
        editions,
        all_editions,
        unread_tables: UnreadTables::default(),
    }
}

fn customers(track: &Track) -> Vec<usize> {
    let of = |point: &StatsPoint| point.duties["customer"];
    track.points.iter().map(of).collect()
}

fn ends(track: &Track) -> Sides<usize> {
    track.parties["customer"]
}

#[track_caller]
fn check(by: Grouping, bounded: bool, pages: &[PageLog], expected: &[(&str, usize, &[usize])]) {
    let mut stats = Stats::new(by, bounded);
    for page in pages {
        stats.add_page(page);
    }
    let report = stats.finish(9);
    let tracks = std::iter::once(&report.total).chain(&report.groups);
    let told: Vec<_> =
        tracks.map(|track| (track.name.as_str(), ends(track).old, customers(track))).collect();
    let expected: Vec<_> =
        expected.iter().map(|(name, begun, points)| (*name, *begun, points.to_vec())).collect();
    assert_eq!(told, expected);
}

#[test]
fn pages_add_up_in_the_order_of_time() {
    let quay = page("quay", vec![edition(5, "Ropes", 2, 4), edition(1, "Ropes", 0, 2)]);
    let pier = page("pier", vec![edition(3, "ropes", 0, 10)]);
    let pages = [quay, pier];
    check(Grouping::Party, false, &pages, &[("", 12, &[2, 12, 14])]);
    check(Grouping::Party, true, &pages, &[("", 0, &[2, 12, 14])]);
    let by_page: &[(&str, usize, &[usize])] =
        &[("", 12, &[2, 12, 14]), ("quay", 2, &[2, 4]), ("pier", 10, &[10])];
    check(Grouping::Document, false, &pages, by_page);
    // one heading, whatever its letters
    check(Grouping::Area, false, &pages, &[("", 12, &[2, 12, 14]), ("Ropes", 12, &[2, 12, 14])]);
}

#[test]
fn what_was_there_before_counts_and_what_is_gone_does_not() {
    let mut last = edition(4, "Ropes", 6, 7);
    last.gone = Some(Gone {
        commit: commit(6),
        stamp: None,
        unread: Vec::new(),
        file_stays: false,
        unread_since: None,
        went_to: BTreeMap::new(),
        also_in: None,
    });
    let pages = [page("quay", vec![last, edition(2, "Ropes", 5, 6)])];
    check(Grouping::Party, true, &pages, &[("", 5, &[6, 7, 0])]);
    check(Grouping::Party, false, &pages, &[("", 6, &[6, 7, 0])]);
}

#[test]
fn an_area_has_a_point_where_it_changed() {
    let pages = [page(
        "quay",
        vec![edition(4, "Ropes", 6, 9), edition(3, "Ropes", 6, 6), edition(2, "Ropes", 0, 6)],
    )];
    check(Grouping::Area, false, &pages, &[("", 6, &[6, 6, 9]), ("Ropes", 6, &[6, 9])]);
}

#[test]
fn pages_of_one_commit_have_one_point() {
    let pages = [
        page("pier", vec![edition(3, "Ropes", 0, 10)]),
        page("quay", vec![edition(3, "Ropes", 0, 1)]),
    ];
    check(Grouping::Party, false, &pages, &[("", 11, &[11])]);
}

#[test]
fn a_page_that_came_with_others_is_counted_from_its_first_version() {
    let mut first = edition(5, "Ropes", 0, 6);
    first.commits = vec![commit(5), commit(2)];
    let area = first.areas[0].clone();
    let duties = vec![(Party::Customer, Sides::new(0, 4))];
    let areas = vec![AreaCount { duties: Sides::new(0, 4), ..area }];
    first.first_version = Some(FirstVersion { duties, areas });
    let pages = [page("pier", vec![edition(1, "Nets", 0, 2)]), page("quay", vec![first])];
    check(
        Grouping::Area,
        false,
        &pages,
        &[("", 8, &[2, 6, 8]), ("Ropes", 6, &[4, 6]), ("Nets", 2, &[2])],
    );
    let mut stats = Stats::new(Grouping::Party, false);
    for page in &pages {
        stats.add_page(page);
    }
    assert_eq!(
        stats.finish(9).new_pages,
        PageTotals { pages: 1, duties: 4, also_elsewhere: 0, given_to_others: 0, files_stay: 0 }
    );
}

/// A duty that goes to another page stands with both pages.
#[test]
fn what_goes_to_another_page_is_counted_once() {
    let place = |path: Option<&str>| Place {
        duty: 0,
        path: path.map(str::to_owned),
        section: Vec::new(),
        area: "Ropes".to_owned(),
        task: String::new(),
        text: "Coil the ropes.".to_owned(),
        line: 1,
        included: None,
    };
    let change = |place: Sides<Option<Place>>| Change {
        id: "0123456789abcdef".to_owned(),
        kind: Kind::Moved,
        party: Sides::new(Some(Party::Customer), Some(Party::Ibm)),
        level: Level::Boundary,
        burden: Burden::Ibm,
        similarity: None,
        emphasis: Vec::new(),
        reference: false,
        controls: Vec::new(),
        place,
        introduced: Some(Introduced {
            commit: commit(3).commit,
            time: commit(3).time,
            last_updated: None,
            author_commit: None,
        }),
        worded: None,
        assigned: None,
        provider: None,
    };
    let mut left = edition(3, "Ropes", 3, 2);
    left.report.version.old.clone_from(&left.report.version.new);
    left.report.changes = vec![change(Sides::new(Some(place(None)), Some(place(Some("quay")))))];
    let mut came = edition(3, "Ropes", 0, 1);
    came.between_pages = vec![change(Sides::new(Some(place(Some("pier"))), Some(place(None))))];
    let mut stats = Stats::new(Grouping::Document, true);
    stats.add_page(&page("pier", vec![left]));
    stats.add_page(&page("quay", vec![came]));
    let report = stats.finish(9);
    assert_eq!(report.total.summary.plus(&report.between_pages).moved, 1);
    assert_eq!(
        report.new_pages,
        PageTotals { pages: 1, duties: 0, also_elsewhere: 0, given_to_others: 0, files_stay: 0 }
    );
}
