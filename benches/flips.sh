#!/bin/sh
# Flips one random byte of a pack (every fourth time: of a pack's index) under `respdiff log`, again
# and again: no panic, and no other answer with exit code 0. The bytes are the same in every run.
#
#   RESPDIFF_CORPUS=DIR benches/flips.sh [TIMES]
#
# DIR holds histories/*.bundle, each of which is damaged TIMES times (300).
set -eu
cd "$(dirname "$0")/.."
: "${RESPDIFF_CORPUS:?names a folder with histories/*.bundle}"
cargo build --release --locked
RESPDIFF_FLIPS=${1:-300} RESPDIFF_BINARY=$PWD/target/release/respdiff \
    cargo test --locked --test repositories flips -- --nocapture
