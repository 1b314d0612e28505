//! Writes what each target begins with: `seeds DIR`. The texts are those of the test generator.
#![allow(clippy::unwrap_used)]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::fs;
use std::path::Path;

const KEYREFS: [&str; 4] = [
    "keyword:\n  a: Acme Queue\n  a_full: Acme Message Queue\n  b_notm: \"Skyvault\"\n",
    "site:\n  data:\n    keyword: {a: IBM Acme, b: &b IBM Cloud Acme Queue, b_full: *b}\n",
    "a: 1\nb: true\nc: 2.5\nd: ~\ne: [x, y]\n",
    "- a\n- b\n",
];
const FRONTS: [&str; 4] = [
    "copyright:\n  years: 2019, 2025\nlastupdated: \"2025-01-02\"\nsubcollection: skyvault\n",
    "copyright:\n  years: [2019, 2020]\nlastupdated: 2020-12-11c\n",
    "keywords: {{site.data.keyword.x}} , y\nlastupdated: “2020-02-03”\nyears:\n- 2019\n",
    "copyright: \"2023, 2024\"\nlastupdated: [{LAST_UPDATED_DATE}]\na: &a [x]\nb: [*a]\n",
];

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let write = |target: &str, at: usize, bytes: &[u8]| {
        let folder = Path::new(&folder).join(target);
        fs::create_dir_all(&folder).unwrap();
        fs::write(folder.join(format!("seed-{at:03}")), bytes).unwrap();
    };
    for at in 0..120 {
        let pair = generator::pair(5_000_000 + at as u64).text;
        write("page", at, pair.old.as_bytes());
        write("pair", at, format!("{}\u{c}{}", pair.old, pair.new).as_bytes());
        let rows = |line: &&str| line.starts_with('|') || line.starts_with('<') || line.starts_with('-');
        let lines: Vec<&str> = pair.new.lines().filter(rows).collect();
        write("table", at, lines.join("\n").as_bytes());
        let cells = lines.iter().flat_map(|line| line.split('|')).filter(|cell| cell.len() > 30);
        for (number, cell) in cells.take(4).enumerate() {
            write("cell", at * 4 + number, cell.trim().as_bytes());
        }
    }
    // small ones: what a fuzzer changes in them counts
    for at in 0..40 {
        let (old, new) = generator::bulk::page_of(2 + at % 7, at as u64);
        write("page", 200 + at, old.as_bytes());
        write("pair", 200 + at, format!("{old}\u{c}{new}").as_bytes());
    }
    for (at, text) in KEYREFS.iter().enumerate() {
        write("keyrefs", at, text.as_bytes());
    }
    for (at, text) in FRONTS.iter().enumerate() {
        write("front_matter", at, text.as_bytes());
    }
}
