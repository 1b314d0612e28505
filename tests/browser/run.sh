#!/usr/bin/env bash
# Looks at the report page in a real browser: tests/browser/run.sh
# Brings what it needs: Debian's chromium (as root or by sudo), and from npm what drives it.
# RESPDIFF names a binary to test instead of building one, CHROMIUM another browser.
set -euo pipefail
RESPDIFF="${RESPDIFF:+$(realpath "$RESPDIFF")}"
cd "$(dirname "$0")"

as_root() { if [[ $(id -u) -eq 0 ]]; then "$@"; else sudo "$@"; fi; }

if ! command -v "${CHROMIUM:-chromium}" >/dev/null; then
  as_root apt-get update -qq
  as_root apt-get install -y -qq --no-install-recommends chromium fonts-liberation2
fi
CHROMIUM="$(command -v "${CHROMIUM:-chromium}")"
if [[ -z "$RESPDIFF" ]]; then
  cargo build --locked
  RESPDIFF="$(realpath "${CARGO_TARGET_DIR:-../../target}/debug/respdiff")"
fi
export CHROMIUM RESPDIFF
npm ci --no-audit --no-fund --silent
exec node --test --test-concurrency=1 report.test.mjs
