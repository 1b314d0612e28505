//! One hostile page, through every command and format: nothing in it acts on who reads the result.
//!
//! `page` holds the attacks and writes them into a repository's pages, paths and names; `signs`
//! says what no output may hold; the rest goes through the formats, each with its own reader.
#![cfg(unix)]
#![allow(clippy::unwrap_used, reason = "a test may")]
#![allow(clippy::format_push_string, clippy::format_collect, reason = "pages read best as texts")]

#[cfg(feature = "alert")]
mod alerts;
mod machines;
mod page;
mod people;
mod places;
mod settings;
mod signs;
mod terminals;
mod world;
