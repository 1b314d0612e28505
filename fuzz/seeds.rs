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
const POLICIES: [&str; 3] = [
    "version: 1\nsources: [docs, ':!docs/drafts']\nparties:\n  Platform team: ibm\n  Vendor: other:Acme\n\
     placeholders: ['Fill me in*']\nkeyrefs: [names/keyref.yaml]\nlevels:\n\
     - {kind: [reworded, relocated], area: 'Security*', level: scope}\n\
     - {kind: moved, from: shared, to: ibm, document: 'docs/*', level: 'off'}\ngate: {fail-on: wording}\n",
    "version: 1\nlevels:\n- {kind: added, party: customer, task: \"a\\tb\", level: boundary}\n",
    "version: 1\nalert:\n  state: a.sqlite\n  retries: [5s, 5m]\n  repositories: [{path: a, name: b}]\n  targets:\n\
     - {name: ops, type: webhook, url: {env: URL}, secret: [{env: KEY}, {file: k}], filters: {level: scope}}\n\
     - {name: me, type: command, command: [a, b], timeout: 1m}\n",
];
const BASELINES: [&str; 2] = [
    "page: a.md\ntitle: Acme Queue\nsubcollection: queue\nlast_updated: 2024-02-03\nsuffix: b\n\
     copyright: {first: 2019, last: 2024}\nmatrices:\n- layout: party-columns\n  section: [Keys]\n  line: 9\n\
     \x20 rows:\n  - task: Rotation\n    line: 11\n    duties:\n    - {party: ibm, text: Rotate., column: IBM}\n\
     reader: 0.1.0\nwords: ab\ncommit: '01'\nblob: '02'\nnames: {a: b}\nsource: |\n  # Acme\n  | a | b |\n",
    "page: \"a\\nb\"\ntitle: ''\nmatrices:\n- {layout: owner-grid, section: [], line: 1, caption: c, rows: [\n\
     {task: t, line: 2, duties: [{party: other:Acme, text: x, column: y, area: z, line: 3, reference: true}]}]}\n\
     reader: r\nblob: b\nsource: \"\\x07 \\t\\n\"\n",
];
const ACKS: [&str; 2] = [
    "version: 1\nacks:\n- id: 0123456789abcdef\n  by: Ada\n  reason: agreed\n  until: 2027-03-31\n  kind: moved\n\
     \x20 from: ibm\n  to: customer\n  page: a.md\n  place: Keys\n  old: Rotate.\n  new: Rotate.\n",
    "version: 1\nacks: [{id: 0123456789abcde0, by: 'null', reason: \"~\\n1\"}, {id: 0123456789abcdea, by: a, reason: b}]\n",
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
        write("keyrefs", 10 + at, format!("{}\u{c}{text}", KEYREFS[0]).as_bytes());
    }
    for (at, text) in POLICIES.iter().enumerate() {
        write("policy", at, text.as_bytes());
    }
    for (at, text) in BASELINES.iter().enumerate() {
        write("baseline", at, text.as_bytes());
    }
    for (at, text) in ACKS.iter().enumerate() {
        write("acks", at, text.as_bytes());
    }
    for (at, text) in FRONTS.iter().enumerate() {
        write("front_matter", at, text.as_bytes());
    }
}
