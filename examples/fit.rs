//! Fits the bars of matching on labelled pairs, by cross-validation over repositories: for each
//! repository the setting that is best on all others is scored on its own pairs.
//!
//! ```text
//! RESPDIFF_CORPUS=... cargo run --release --example fit
//! ```
//!
//! The labelled pairs stand in `$RESPDIFF_CORPUS/gold`; the scorer beside it (`tools/score`) is the
//! judge. It runs a program for each pair, so it is given one that prints what was told before.
#![expect(clippy::print_stdout, reason = "an example prints")]

use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use respdiff::align::Thresholds;
use respdiff::diff::compare_by;
use respdiff::model::{Change, Document, Place, Sides};
use respdiff::normalize::{Names, read_page};
use serde_json::{Value, json};

const REWORDED: [f64; 6] = [0.44, 0.48, 0.52, 0.56, 0.60, 0.64];
const HEAD: [f64; 4] = [0.0, 0.1, 0.2, 0.3];

/// Hits and misses: expected, told, expected and told, told and expected.
#[derive(Clone, Copy, Default)]
struct Count {
    expected: f64,
    told: f64,
    recalled: f64,
    precise: f64,
}

impl Count {
    fn plus(self, other: Self) -> Self {
        Self {
            expected: self.expected + other.expected,
            told: self.told + other.told,
            recalled: self.recalled + other.recalled,
            precise: self.precise + other.precise,
        }
    }

    fn f1(self) -> f64 {
        let share = |part: f64, of: f64| if of > 0.0 { part / of } else { 1.0 };
        let (precision, recall) =
            (share(self.precise, self.told), share(self.recalled, self.expected));
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

struct Case {
    name: String,
    pages: Sides<Document>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let corpus = std::env::var_os("RESPDIFF_CORPUS").ok_or("set RESPDIFF_CORPUS to the corpus")?;
    let corpus = PathBuf::from(corpus).canonicalize()?;
    let cases = cases(&corpus.join("gold"))?;
    let repositories: BTreeSet<&str> = cases.iter().map(|case| repository(&case.name)).collect();
    let mut counts: BTreeMap<(usize, usize), BTreeMap<&str, Count>> = BTreeMap::new();
    for (r, reworded) in REWORDED.iter().enumerate() {
        for (h, head) in HEAD.iter().enumerate() {
            let bars =
                Thresholds { reworded: *reworded, head: *head, ..Thresholds::within_document() };
            let told = tempfile::tempdir()?;
            tell(&cases, &bars, told.path())?;
            for name in &repositories {
                let own = cases.iter().filter(|case| repository(&case.name) == *name);
                let scorer = corpus.join("../tools/score");
                let count = score(&scorer, told.path(), own.map(|case| &case.name))?;
                counts.entry((r, h)).or_default().insert(name, count);
            }
            let all = sum(&counts[&(r, h)], |_| true).f1();
            println!("reworded {reworded:.2} head {head:.1}: F1 {all:.4} on all");
        }
    }
    validate(&repositories, &counts);
    Ok(())
}

/// Each repository by the setting that is best on all others.
fn validate(
    repositories: &BTreeSet<&str>,
    counts: &BTreeMap<(usize, usize), BTreeMap<&str, Count>>,
) {
    let mut held_out = Count::default();
    for name in repositories {
        let others = |setting: &BTreeMap<&str, Count>| sum(setting, |other| other != *name).f1();
        // of equals the one in the middle of the ranges, not the first
        let best = counts.iter().max_by(|a, b| {
            let central = |(r, h): (usize, usize)| -(r.abs_diff(3) + h.abs_diff(2)).cast_signed();
            others(a.1).total_cmp(&others(b.1)).then(central(*a.0).cmp(&central(*b.0)))
        });
        if let Some(((r, h), setting)) = best {
            let own = setting[name];
            held_out = held_out.plus(own);
            println!(
                "{name:24} fitted elsewhere: reworded {:.2} head {:.1}; F1 here {:.4}",
                REWORDED[*r],
                HEAD[*h],
                own.f1()
            );
        }
    }
    println!("held out, all repositories: F1 {:.4}", held_out.f1());
}

fn sum(setting: &BTreeMap<&str, Count>, wanted: impl Fn(&str) -> bool) -> Count {
    let chosen = setting.iter().filter(|(name, _)| wanted(name)).map(|(_, count)| *count);
    chosen.fold(Count::default(), Count::plus)
}

/// `070-key-protect` is a pair of `key-protect`.
fn repository(case: &str) -> &str {
    case.split_once('-').map_or(case, |(_, name)| name)
}

fn cases(gold: &Path) -> Result<Vec<Case>, Box<dyn Error>> {
    let mut folders: Vec<PathBuf> =
        fs::read_dir(gold)?.map(|entry| Ok(entry?.path())).collect::<std::io::Result<_>>()?;
    folders.sort();
    let names = Names::builtin();
    folders
        .into_iter()
        .map(|folder| {
            let page = |file: &str| {
                Ok::<_, std::io::Error>(read_page(&fs::read(folder.join(file))?, &names))
            };
            let name = folder.file_name().unwrap_or_default().to_string_lossy().into_owned();
            Ok(Case { name, pages: Sides::new(page("old.md")?, page("new.md")?) })
        })
        .collect()
}

/// Writes what is told of every case, and a program that prints it for the scorer.
fn tell(cases: &[Case], bars: &Thresholds, folder: &Path) -> Result<(), Box<dyn Error>> {
    for case in cases {
        let changes = compare_by(bars, case.pages.as_ref()).changes;
        let changes: Vec<Value> = changes.iter().map(wire).collect();
        let told = json!({ "documents": [{ "changes": changes }] });
        fs::write(folder.join(&case.name), told.to_string())?;
    }
    let program = folder.join("told");
    // the last argument is CASE/new.md
    fs::write(
        &program,
        "#!/bin/sh\nfor last; do :; done\ncat \"$(dirname \"$0\")/$(basename \"$(dirname \"$last\")\")\"\n",
    )?;
    let status = Command::new("chmod").arg("+x").arg(&program).status()?;
    if status.success() { Ok(()) } else { Err("chmod failed".into()) }
}

fn wire(change: &Change) -> Value {
    let place = |place: &Option<Place>| {
        place.as_ref().map(|p| json!({ "area": p.area, "task": p.task, "text": p.text }))
    };
    json!({
        "kind": change.kind.name(),
        "from": change.party.old.as_ref().map(ToString::to_string),
        "to": change.party.new.as_ref().map(ToString::to_string),
        "old": place(&change.place.old),
        "new": place(&change.place.new),
    })
}

/// The line `all  P .. R .. F1 ..  expected N told M` of the scorer.
fn score<'a>(
    scorer: &Path,
    told: &Path,
    cases: impl Iterator<Item = &'a String>,
) -> Result<Count, Box<dyn Error>> {
    let run = Command::new(scorer).args(cases).env("RESPDIFF", told.join("told")).output()?;
    let text = String::from_utf8(run.stdout)?;
    let line =
        text.lines().find(|line| line.starts_with("all ")).ok_or("the scorer said nothing")?;
    let after = |name: &str| -> Result<f64, Box<dyn Error>> {
        let mut words = line.split_whitespace().skip_while(|word| *word != name);
        Ok(words.nth(1).ok_or("the scorer's line is another one")?.parse()?)
    };
    let (expected, told) = (after("expected")?, after("told")?);
    Ok(Count { expected, told, recalled: after("R")? * expected, precise: after("P")? * told })
}
