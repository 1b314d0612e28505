//! Laws and minimal figures on generated pairs. The figures of a larger run are printed by
//! `cargo run --release --example generated`.

use std::sync::LazyLock;

use respdiff::diff::{Comparison, compare_pages};
use respdiff::model::{Change, Document, Kind, Sides};
use respdiff::normalize::{Names, read_page};
// the laws find the rooms where a fuzz target has them: at the root

use crate::generator::score::judge;
use crate::generator::table::Summary;
use crate::generator::{self, Pair, pair, tell};
use crate::laws;

/// Enough to notice a step back, few enough to be drawn and read at every run.
static PAIRS: LazyLock<Vec<Pair>> = LazyLock::new(|| (0..150).map(pair).collect());

/// The F1 that no kind may fall under.
const LEAST: f64 = 0.97;

#[test]
fn generated_pairs_are_told_as_they_are() {
    let mut summary = Summary::default();
    for pair in PAIRS.iter() {
        let told = tell(&pair.text);
        summary.add(pair, &judge(pair, &told));
    }
    for kind in [Kind::Moved, Kind::Added, Kind::Removed, Kind::Reworded] {
        let f1 = summary.kinds.of(kind).f1();
        assert!(f1 >= LEAST, "{} has an F1 of {f1:.4}\n{}", kind.name(), summary.table());
    }
}

#[test]
fn style_alone_is_no_change() {
    let told = PAIRS.iter().filter(|pair| pair.style_only).filter_map(|pair| {
        let told = tell(&pair.text).changes.len();
        (told > 0).then_some((pair.seed, told))
    });
    assert_eq!(told.collect::<Vec<_>>(), []);
}

#[test]
fn laws_of_pages_hold_on_generated_ones() {
    let names = Names::builtin();
    // each is read five times
    for text in PAIRS.iter().step_by(5).flat_map(|pair| [&pair.text.old, &pair.text.new]) {
        let page = laws::page(text.as_bytes(), &names);
        laws::styles(text.as_bytes(), &page, &names);
    }
}

#[test]
fn a_version_does_not_differ_from_itself() {
    for pair in PAIRS.iter() {
        let text = pair.text.new.clone();
        let told = tell(&Sides::new(text.clone(), text));
        assert_eq!(told.changes, [], "pair {}", pair.seed);
    }
}

#[test]
fn the_other_way_round_mirrors() {
    let names = Names::builtin();
    for pair in PAIRS.iter() {
        let pages = pair.text.as_ref().map(|text| read_page(text.as_bytes(), &names));
        let forth = told(&compare_pages(pages.as_ref()));
        let back = told(&compare_pages(pages.as_ref().swap()));
        let mut mirrored: Vec<_> = back.into_iter().map(mirror).collect();
        mirrored.sort();
        assert_eq!(forth, mirrored, "pair {}", pair.seed);
    }
}

/// The pages of each pair, read.
fn pages() -> impl Iterator<Item = Sides<Document>> {
    let names = Names::builtin();
    PAIRS.iter().map(move |pair| pair.text.as_ref().map(|text| read_page(text.as_bytes(), &names)))
}

#[test]
fn another_order_tells_the_same() {
    pages().for_each(|pages| laws::order(&pages.old, &pages.new));
}

#[test]
fn a_section_beside_them_that_shares_nothing_changes_nothing() {
    pages().for_each(|pages| laws::company(&pages.old, &pages.new));
}

#[test]
fn a_duty_moved_only_where_its_holders_changed() {
    pages().for_each(|pages| laws::holders(&pages.old, &pages.new));
}

#[test]
fn pairing_takes_steps_in_proportion_to_the_text() {
    // a small page becomes five pairs of longer ones
    let (old, new) = generator::bulk::page_of(6, 1);
    let pages = [old, new].map(|text| read_page(text.as_bytes(), &Names::builtin()));
    laws::time(&pages[0], &pages[1], 12_000);
}

#[test]
fn two_columns_of_one_party_are_read_or_told() {
    PAIRS.iter().for_each(|pair| laws::two_columns(&pair.text.new));
}

#[test]
fn other_names_make_another_page() {
    let plain = Names::builtin();
    for pair in PAIRS.iter().step_by(5) {
        for table in ["{acme: Acme Queue}", "{IBM_notm: Acme, cloud: Acme Cloud, cos_short: COS}"] {
            let named = plain.with_keyref_file(table).unwrap();
            laws::names(pair.text.new.as_bytes(), &plain, &named);
        }
    }
}

#[test]
fn see_to_it_is_no_reference_whatever_follows() {
    let read =
        PAIRS.iter().step_by(3).map(|pair| read_page(pair.text.new.as_bytes(), &Names::builtin()));
    read.for_each(|page| page.duties().for_each(|(_, _, duty)| laws::see_to_it(&duty.phrase.text)));
}

type Told = (Kind, Option<usize>, Option<usize>);

fn told(comparison: &Comparison) -> Vec<Told> {
    let duty = |change: &Change| {
        let duty = change.place.as_ref().map(|place| place.as_ref().map(|place| place.duty));
        (change.kind, duty.old, duty.new)
    };
    let mut told: Vec<Told> = comparison.changes.iter().map(duty).collect();
    told.sort();
    told
}

fn mirror((kind, old, new): Told) -> Told {
    let kind = match kind {
        Kind::Added => Kind::Removed,
        Kind::Removed => Kind::Added,
        Kind::Moved | Kind::Reworded | Kind::Relocated => kind,
    };
    (kind, new, old)
}

#[test]
fn a_seed_is_one_pair_for_ever() {
    let (a, b) = (pair(7), pair(7));
    assert_eq!(a.text, b.text);
    assert_eq!(a.truth.len(), b.truth.len());
}

#[test]
fn a_page_that_nothing_happened_to_has_no_truth() {
    for pair in PAIRS.iter().filter(|pair| pair.style_only) {
        assert!(pair.truth.is_empty(), "pair {}", pair.seed);
    }
}

#[test]
fn a_page_for_benchmarks_has_as_many_duties_as_asked() {
    let (old, new) = generator::bulk::page_of(400, 1);
    let read = |text: &str| read_page(text.as_bytes(), &Names::builtin()).duties().count();
    assert_eq!(read(&old), 400);
    assert_ne!(old, new);
}
