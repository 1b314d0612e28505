#!/usr/bin/env bash
# Gets respdiff: the one that is named, a release whose checksum is right, or one built from the
# action's own sources. Its path is the step's output `binary`.
set -euo pipefail
# shellcheck source=scripts/action/common.sh
. "$(dirname "$0")/common.sh"

stop() {
  annotate error 'respdiff cannot be installed' "$1"
  exit 2
}

# FILE: its SHA-256; what macOS has is another program
checksum() {
  if command -v sha256sum >/dev/null; then sha256sum "$1"; else shasum -a 256 "$1"; fi | cut -d ' ' -f 1
}

target() {
  case "$(uname -s) $(uname -m)" in
    'Linux x86_64') echo x86_64-unknown-linux-gnu ;;
    'Linux aarch64') echo aarch64-unknown-linux-gnu ;;
    'Darwin x86_64') echo x86_64-apple-darwin ;;
    'Darwin arm64') echo aarch64-apple-darwin ;;
    *) return 1 ;;
  esac
}

# URL FILE: over TLS all the way, but for this machine itself
fetch() {
  local schemes='=https'
  case "$1" in
    https://*) ;;
    http://127.0.0.1:* | http://localhost:*) schemes='=http,https' ;;
    *) stop "$1 is no https address" ;;
  esac
  curl --disable --fail --silent --show-error --location --proto "$schemes" --retry 2 \
    --max-time 300 --output "$2" -- "$1" || stop "$1 cannot be downloaded: is there such a release, with an archive for this machine? build: true builds respdiff instead"
}

# The version of the action's own sources.
own_version() {
  sed -n 's/^version = "\(.*\)"$/\1/p' "$GITHUB_ACTION_PATH/Cargo.toml" | head -n 1
}

download() {
  local version="${INPUT_VERSION:-$(own_version)}" releases="$INPUT_RELEASES" triple name wanted found has
  version="${version#v}"
  [[ "$version" =~ ^[0-9][0-9A-Za-z.+-]*$ ]] || stop 'version is no version, such as v0.1.0'
  if [[ -z "$releases" && -n "${GITHUB_ACTION_REPOSITORY:-}" ]]; then
    releases="$GITHUB_SERVER_URL/$GITHUB_ACTION_REPOSITORY/releases"
  fi
  [[ -n "$releases" ]] || stop 'where releases are is not known here: set releases'
  triple="$(target)" || stop "there is no release for $(uname -s) $(uname -m): set build: true to build respdiff"
  name="respdiff-$version-$triple"
  fetch "${releases%/}/download/v$version/$name.tar.gz" "$work/$name.tar.gz"
  wanted="$INPUT_SHA256"
  if [[ -z "$wanted" ]]; then
    fetch "${releases%/}/download/v$version/$name.tar.gz.sha256" "$work/sha256"
    wanted="$(head -c 64 "$work/sha256")"
  fi
  [[ "$wanted" =~ ^[0-9a-fA-F]{64}$ ]] || stop 'the SHA-256 to compare with is none'
  found="$(checksum "$work/$name.tar.gz")"
  if [[ "$found" != "$(tr 'A-F' 'a-f' <<<"$wanted")" ]]; then
    stop "$name.tar.gz is not what it should be: its SHA-256 is $found, not $wanted"
  fi
  tar -xzf "$work/$name.tar.gz" -C "$work" "$name/respdiff"
  binary="$work/$name/respdiff"
  has="$("$binary" --version)" || stop "respdiff of $name.tar.gz does not run here"
  if [[ "$has" != "respdiff $version" ]]; then
    stop "$name.tar.gz holds \"$has\", not version $version: the archive is old or misnamed"
  fi
  if [[ "$version" != "$(own_version)" ]]; then
    annotate warning 'another version of respdiff' "this action is of version $(own_version) and runs respdiff $version: options may be missing. Set version and the action's own tag to the same release"
  fi
}

build() {
  command -v cargo >/dev/null || stop 'there is no Rust on this runner: install it, or leave build out to download a release'
  # from there, so that no cargo configuration of the checkout counts
  (cd "$GITHUB_ACTION_PATH" && cargo install --locked --path . --root "$work" --no-track)
  binary="$work/bin/respdiff"
}

work="$(scratch)"
if [[ -n "$INPUT_BINARY" ]]; then
  binary="$INPUT_BINARY"
elif [[ "$INPUT_BUILD" == true ]]; then
  [[ -z "$INPUT_VERSION$INPUT_SHA256" ]] || stop 'build builds from sources: leave version and sha256 out'
  build
elif [[ -n "$INPUT_BUILD" && "$INPUT_BUILD" != false ]]; then
  stop 'build is neither true nor false'
else
  download
fi
"$binary" --version || stop "$binary does not run here"
output binary "$binary"
