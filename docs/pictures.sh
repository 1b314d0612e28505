#!/usr/bin/env bash
# Makes the pictures of README.md from the demo: docs/pictures.sh
# Needs Debian's chromium and pngquant, and node with npm; RESPDIFF names a
# binary to use instead of building one.
set -euo pipefail
RESPDIFF="${RESPDIFF:+$(realpath "$RESPDIFF")}"
cd "$(dirname "$0")/.."

if [[ -z "$RESPDIFF" ]]; then
  cargo build --locked
  RESPDIFF="$(realpath "${CARGO_TARGET_DIR:-target}/debug/respdiff")"
fi
CHROMIUM="$(command -v "${CHROMIUM:-chromium}")"
export CHROMIUM
npm ci --prefix tests/browser --no-audit --no-fund --silent

work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
"$RESPDIFF" demo "$work/demo" >/dev/null 2>&1
"$RESPDIFF" -C "$work/demo" report HEAD~5..HEAD --output "$work/report.html" 2>/dev/null
"$RESPDIFF" -C "$work/demo" --color always --width 84 HEAD~5..HEAD >"$work/terminal.txt"
node tests/browser/pictures.mjs "$work" docs/pictures
# few colours, small files
pngquant --force --ext .png --strip 128 docs/pictures/*.png
ls -l docs/pictures
