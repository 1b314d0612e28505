#!/usr/bin/env bash
# Gives what respdiff writes to real readers: tests/readers/run.sh
# From npm: Ajv (the JSON Schemas) and rss-parser (feeds). From PyPI: feedparser (feeds).
# What cannot be had is skipped, and the output says so. RESPDIFF names a binary to test instead of building one.
set -euo pipefail
RESPDIFF="${RESPDIFF:+$(realpath "$RESPDIFF")}"
cd "$(dirname "$0")"
if [[ -z "$RESPDIFF" ]]; then
  cargo build --locked
  RESPDIFF="$(realpath "${CARGO_TARGET_DIR:-../../target}/debug/respdiff")"
fi
export RESPDIFF

if ! command -v npm >/dev/null; then
  echo 'skipped: tests/readers, since npm is missing'
  exit 0
fi
if ! npm ci --no-audit --no-fund --silent; then
  echo 'skipped: tests/readers, since npm cannot fetch ajv and rss-parser'
  exit 0
fi
exec node --test
