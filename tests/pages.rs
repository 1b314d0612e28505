//! What respdiff reads from single pages, and how it compares two of them.

mod asciidoctor;
mod generated;
mod generator;
mod golden;
#[path = "../fuzz/laws.rs"]
#[allow(dead_code, unreachable_pub, reason = "it belongs to the fuzz targets")]
mod laws;
mod limits;
mod pairing;

// where the laws look for them
use respdiff::{diff, lint, model, normalize};
