//! respdiff's rooms that read pages and compare them, built from the same files.
//!
//! The whole crate would bring git, SQLite and an HTTP client into every fuzz build, and counters
//! into all of them. These rooms know of none (`tests/architecture.rs` holds that), so that they
//! stand alone here.
#![allow(missing_docs, dead_code, unused_imports, clippy::pedantic)]

#[path = "../src/align/mod.rs"]
pub mod align;
#[path = "../src/diff/mod.rs"]
pub mod diff;
#[path = "../src/error.rs"]
pub mod error;
#[path = "../src/lint/mod.rs"]
pub mod lint;
#[path = "../src/model/mod.rs"]
pub mod model;
#[path = "../src/normalize/mod.rs"]
pub mod normalize;
#[path = "../src/parse/mod.rs"]
pub mod parse;
#[path = "../src/policy/mod.rs"]
pub mod policy;
#[path = "../src/report/mod.rs"]
pub mod report;
#[path = "../src/vocabulary/mod.rs"]
pub mod vocabulary;

pub mod laws;
