//! Writes the inputs of `benches/limits.sh`.
//!
//! ```text
//! cargo run --release --example limits                     the cases, their sizes and units
//! cargo run --release --example limits -- NAME SIZE DIR    old.md, new.md (and keyref.yaml) into DIR
//! ```
#![expect(clippy::print_stdout, reason = "an example prints")]

#[path = "../tests/limits/cases.rs"]
mod cases;
#[path = "../tests/limits/words.rs"]
mod words;

use std::fs;
use std::path::Path;

use cases::CASES;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [name, size, folder] = arguments.as_slice() else {
        for case in CASES {
            println!("{} {} {}", case.name, case.full, case.unit);
        }
        return Ok(());
    };
    let case = CASES.iter().find(|case| case.name == name).ok_or("no such case")?;
    let input = (case.make)(size.parse()?);
    let folder = Path::new(folder);
    fs::create_dir_all(folder)?;
    fs::write(folder.join("old.md"), input.old)?;
    fs::write(folder.join("new.md"), input.new)?;
    if let Some(keyrefs) = input.keyrefs {
        fs::write(folder.join("keyref.yaml"), keyrefs)?;
    }
    Ok(())
}
