//! What comparing costs at 100, 1,000 and 10,000 duties a side, a tenth of them changed.

#[path = "../tests/generator/mod.rs"]
mod generator;

use divan::{Bencher, black_box};
use generator::bulk::page_of;
use respdiff::diff::compare;
use respdiff::model::Sides;
use respdiff::normalize::{Names, read};

const DUTIES: [usize; 3] = [100, 1_000, 10_000];

fn main() {
    divan::main();
}

/// Matching alone: both versions are read already.
#[divan::bench(args = DUTIES)]
fn compares(bencher: Bencher<'_, '_>, duties: usize) {
    let names = Names::builtin();
    let (old, new) = page_of(duties, 1);
    let pages = Sides::new(read(old.as_bytes(), &names), read(new.as_bytes(), &names));
    bencher.bench_local(|| compare(black_box(pages.as_ref())));
}

/// Reading one version.
#[divan::bench(args = DUTIES)]
fn reads(bencher: Bencher<'_, '_>, duties: usize) {
    let names = Names::builtin();
    let (old, _) = page_of(duties, 1);
    bencher.bench_local(|| read(black_box(old.as_bytes()), &names));
}
