//! Prints precision, recall and F1 over generated pairs of pages with known truth.
//!
//! ```text
//! cargo run --release --example generated -- --pairs 2000 --seed 7 [--show]
//! cargo run --release --example generated -- --dump 7001 DIR
//! ```
//!
//! Pair `i` of a run has the number `1,000,000 * seed + i`, which `--show` prints with every miss
//! and false alarm and `--dump` takes.
#![expect(clippy::print_stdout, reason = "an example prints")]

#[path = "../tests/generator/mod.rs"]
mod generator;

use std::path::{Path, PathBuf};

use clap::Parser;
use respdiff::model::{Change, Kind, Place};
use serde_json::{Value, json};

use generator::model::Holder;
use generator::score::{Verdict, judge};
use generator::table::Summary;
use generator::truth::{Expected, Spot};
use generator::{Pair, pair, tell};

/// Measures respdiff on generated pairs.
#[derive(Parser)]
struct Arguments {
    /// How many pairs.
    #[arg(long, default_value_t = 2000)]
    pairs: u64,
    /// Which series of pairs.
    #[arg(long, default_value_t = 7)]
    seed: u64,
    /// Prints every miss and every false alarm.
    #[arg(long)]
    show: bool,
    /// Writes one pair and its truth into a directory.
    #[arg(long, num_args = 2, value_names = ["NUMBER", "DIR"])]
    dump: Option<Vec<String>>,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments = Arguments::parse();
    if let Some([number, directory]) = arguments.dump.as_deref() {
        return dump(&pair(number.parse()?), &PathBuf::from(directory));
    }
    let mut summary = Summary::default();
    for at in 0..arguments.pairs {
        let pair = pair(arguments.seed.wrapping_mul(1_000_000).wrapping_add(at));
        let told = tell(&pair.text);
        let verdict = judge(&pair, &told);
        summary.add(&pair, &verdict);
        if arguments.show {
            show(&pair, &verdict);
        }
    }
    println!("{}", summary.table());
    Ok(())
}

fn show(pair: &Pair, verdict: &Verdict<'_>) {
    let style = &pair.style;
    for expected in &verdict.misses {
        // a relocation may go untold
        let miss = if expected.kind == Kind::Relocated { "untold" } else { "miss " };
        println!("{} {miss} {} ({})", pair.seed, expected.kind.name(), expected.by);
        println!("    - {}", spot(expected.old.as_ref(), expected.from));
        println!("    + {}", spot(expected.new.as_ref(), expected.to));
    }
    for change in &verdict.false_alarms {
        println!("{} false {}", pair.seed, change.kind.name());
        println!("    - {}", place(change, change.place.old.as_ref()));
        println!("    + {}", place(change, change.place.new.as_ref()));
    }
    if !verdict.is_exact() {
        println!(
            "    {} {} to {} {}",
            style.old.shape.name(),
            style.old.cut.name(),
            style.new.shape.name(),
            style.new.cut.name()
        );
    }
}

fn spot(spot: Option<&Spot>, holder: Option<Holder>) -> String {
    let holder = holder.map_or("", Holder::name);
    spot.map_or_else(String::new, |s| format!("[{holder} | {} | {}] {}", s.section, s.task, s.text))
}

fn place(change: &Change, place: Option<&Place>) -> String {
    let party = change.party.as_ref().map(|party| party.as_ref().map(ToString::to_string));
    let parties = format!("{}>{}", party.old.unwrap_or_default(), party.new.unwrap_or_default());
    place.map_or_else(String::new, |p| {
        format!("[{parties} | {} | {}] {} (line {})", p.section.join(" > "), p.task, p.text, p.line)
    })
}

fn dump(pair: &Pair, directory: &Path) -> Result<(), Box<dyn std::error::Error>> {
    std::fs::create_dir_all(directory)?;
    std::fs::write(directory.join("old.md"), &pair.text.old)?;
    std::fs::write(directory.join("new.md"), &pair.text.new)?;
    let truth: Vec<Value> = pair.truth.iter().map(expected).collect();
    let truth = json!({
        "pair": pair.seed,
        "styles": [format!("{:?}", pair.style.old), format!("{:?}", pair.style.new)],
        "changes": truth,
    });
    std::fs::write(directory.join("truth.json"), serde_json::to_string_pretty(&truth)?)?;
    println!("pair {} is in {}", pair.seed, directory.display());
    Ok(())
}

fn expected(change: &Expected) -> Value {
    let spot = |spot: &Option<Spot>| {
        spot.as_ref().map(|s| json!({"section": s.section, "task": s.task, "text": s.text}))
    };
    json!({
        "kind": change.kind.name(),
        "from": change.from.map(Holder::name),
        "to": change.to.map(Holder::name),
        "old": spot(&change.old),
        "new": spot(&change.new),
        "mutation": change.by,
        "reading": change.reading,
    })
}
