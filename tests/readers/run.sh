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
if command -v python3 >/dev/null && python3 -m venv .venv 2>/dev/null \
  && .venv/bin/pip install --quiet --disable-pip-version-check --requirement requirements.txt; then
  export FEEDPARSER_PYTHON="$PWD/.venv/bin/python"
else
  echo 'skipped: the feeds, since Python or feedparser cannot be had'
fi
exec node --test
