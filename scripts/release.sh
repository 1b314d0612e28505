#!/usr/bin/env bash
# Builds the archive of a release: the binary, manual pages, completions, licence, README and
# changelog, with its SHA-256 beside it. The same sources give the same bytes.
#
#   scripts/release.sh [OUTPUT-FOLDER]      default: target/dist
#
# TARGET             builds for another target triple (its binary must run here, for the pages)
# RESPDIFF_BINARY    packs this binary and builds none
# SOURCE_DATE_EPOCH  the time of all files; default: that of the last commit
set -euo pipefail
output="${1:-$(dirname "$0")/../target/dist}"
mkdir -p "$output"
output="$(cd "$output" && pwd)"
cd "$(dirname "$0")/.."

version="$(sed -n 's/^version = "\(.*\)"$/\1/p' Cargo.toml | head -n 1)"
target="${TARGET:-$(rustc -vV | sed -n 's/^host: //p')}"
epoch="${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct)}"
export SOURCE_DATE_EPOCH="$epoch"

binary="${RESPDIFF_BINARY:-}"
if [[ -z "$binary" ]]; then
  # no path of this machine in the binary
  cargo_home="${CARGO_HOME:-$HOME/.cargo}"
  export RUSTFLAGS="${RUSTFLAGS:-} --remap-path-prefix=$PWD=. --remap-path-prefix=$cargo_home=cargo"
  cargo build --release --locked --target "$target"
  binary="${CARGO_TARGET_DIR:-target}/$target/release/respdiff"
fi

name="respdiff-$version-$target"
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
root="$work/$name"
mkdir -p "$root/completions"
install -m 755 "$binary" "$root/respdiff"
install -m 644 LICENSE README.md CHANGELOG.md "$root/"
"$binary" man --output "$root/man/man1" 2>/dev/null
"$binary" completions bash >"$root/completions/respdiff.bash"
"$binary" completions zsh >"$root/completions/_respdiff"
"$binary" completions fish >"$root/completions/respdiff.fish"
"$binary" completions powershell >"$root/completions/respdiff.ps1"
"$binary" completions elvish >"$root/completions/respdiff.elv"

# order, owners, modes and times are the same wherever it is made
find "$root" -type d -exec chmod 755 {} +
find "$root" -type f ! -path "$root/respdiff" -exec chmod 644 {} +
tar --create --format=ustar --sort=name --mtime="@$epoch" --owner=0 --group=0 --numeric-owner \
  --directory "$work" "$name" | gzip -9n >"$output/$name.tar.gz"
(cd "$output" && sha256sum "$name.tar.gz" >"$name.tar.gz.sha256")
echo "$output/$name.tar.gz"
