//! The `respdiff` binary: parse, run, outcome to exit code.

fn main() {}
