//! No input makes the cost grow faster than nearly linearly, and none breaks the reader: each
//! hostile case at two sizes. `benches/limits.sh` runs them at the sizes that are promised.

#![allow(clippy::unwrap_used, reason = "a test may")]

#[path = "limits/cases.rs"]
mod cases;
#[path = "limits/clock.rs"]
mod clock;
#[path = "limits/words.rs"]
mod words;

use std::time::Duration;

use respdiff::diff::compare_pages;
use respdiff::lint;
use respdiff::model::Sides;
use respdiff::normalize::{Names, may_assign_responsibility, read_page};

use cases::{CASES, Case, Input};

/// The second size is so many times the first.
const TIMES: u32 = 4;
/// What may come on top of that: caches, sorting, and what else the machine does.
const SLACK: u32 = 3;
/// Less than this says nothing about growth.
const GRAIN: Duration = Duration::from_millis(40);
/// The larger size of the two, in input that is counted in bytes and in input that is not.
const BYTES: usize = 96 << 10;
const COUNT: usize = 1_200;

/// All that a comparison does; what it takes on this thread.
fn cost(input: &Input) -> Duration {
    let begun = clock::spent();
    let mut names = Names::builtin();
    if let Some(table) = &input.keyrefs {
        names = names.with_keyref_file(table).unwrap_or(names);
    }
    let texts = Sides::new(&input.old, &input.new);
    let pages = texts.map(|text| {
        let sniffed = may_assign_responsibility(text.as_bytes());
        let page = read_page(text.as_bytes(), &names);
        assert!(sniffed || page.matrices.is_empty());
        page
    });
    let pages = pages.as_ref();
    let compared = compare_pages(pages);
    let duties = pages.map(|page| page.duties().count());
    assert!(compared.changes.len() <= duties.old + duties.new);
    drop(pages.map(lint::content_findings));
    clock::spent().saturating_sub(begun)
}

fn size(case: &Case) -> usize {
    let most = if case.unit == "bytes" { BYTES } else { COUNT };
    case.full.min(most)
}

/// A machine that is busy with other things may be slow once, not four times.
#[track_caller]
fn grows_nearly_linearly(case: &Case) {
    let large = size(case);
    let small = (case.make)(large / TIMES as usize);
    let large = (case.make)(large);
    let mut told = Vec::new();
    for _ in 0..4 {
        let (few, many) = (cost(&small), cost(&large));
        if many <= few.max(GRAIN) * TIMES * SLACK {
            return;
        }
        told.push((few, many));
    }
    panic!("{}: {TIMES} times the size takes {told:?}", case.name);
}

fn check(wanted: impl Fn(&str) -> bool) {
    let mut checked = 0;
    for case in CASES.iter().filter(|case| wanted(case.name)) {
        grows_nearly_linearly(case);
        checked += 1;
    }
    assert!(checked > 3);
}

#[test]
fn pages_headings_and_nesting() {
    check(|name| !["row", "table", "front", "keyref"].iter().any(|of| name.starts_with(of)));
}

#[test]
fn rows() {
    check(|name| name.starts_with("row"));
}

#[test]
fn tables() {
    check(|name| name.starts_with("table"));
}

#[test]
fn yaml_and_names() {
    check(|name| name.starts_with("front") || name.starts_with("keyref"));
}

/// What is told of a page is not many times the page: labels and headings are repeated with each
/// duty, but not at any length.
#[test]
fn long_labels_are_not_told_in_full_with_every_duty() {
    const MOST: usize = 4_000;
    for name in ["table-of-a-long-label-over-many-columns", "table-under-a-long-heading"] {
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        let input = (case.make)(200 << 10);
        let names = Names::builtin();
        let texts = Sides::new(&input.old, &input.new);
        let pages = texts.map(|text| read_page(text.as_bytes(), &names));
        let changes = compare_pages(pages.as_ref()).changes;
        assert!(changes.len() > 4_000, "{name}: {}", changes.len());
        for place in changes.iter().flat_map(|change| [&change.place.old, &change.place.new]) {
            let Some(place) = place else { continue };
            let section: usize = place.section.iter().map(String::len).sum();
            let length = section + place.area.len() + place.task.len() + place.text.len();
            assert!(length < MOST, "{name}: {length}");
        }
        let told = pages.new.notices.iter().any(|notice| notice.code.name() == "cut-off");
        assert!(told, "{name}");
    }
}

/// What is nested costs a stack in careless readers: as deep as is promised, in a small stack.
#[test]
fn nesting_takes_no_stack() {
    let deep = CASES.iter().filter(|case| {
        (case.name.contains("nest") || case.name.contains("dashes")) && case.name != "nested-lists"
    });
    for case in deep {
        let input = (case.make)(case.full.min(20_000));
        let run = std::thread::Builder::new().stack_size(1 << 20).spawn(move || cost(&input));
        run.unwrap().join().unwrap();
    }
}

/// At the full size.
#[test]
fn a_table_of_names_that_would_explode_is_refused() {
    for name in ["keyref-file-aliases", "keyref-file-wide-aliases", "keyref-file-nesting"] {
        let case = CASES.iter().find(|case| case.name == name).unwrap();
        let table = (case.make)(case.full).keyrefs.unwrap();
        let begun = clock::spent();
        let message = Names::builtin().with_keyref_file(&table).unwrap_err();
        assert!(message.starts_with("it is not valid YAML: "), "{message}");
        assert!(clock::spent().saturating_sub(begun) < Duration::from_secs(20), "{name}");
    }
}
