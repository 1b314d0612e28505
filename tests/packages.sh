#!/usr/bin/env bash
# Installs what a release has, as users do: tests/packages.sh
# The wheel is built by maturin and installed by pip into an empty environment; a hook with
# `language: python` installs it by pre-commit; the .deb and the .rpm go into an empty root.
# What cannot be had here is left out, and the output says so.
#
# RESPDIFF_WHEEL   a folder with a finished wheel, in place of building one (which takes minutes)
# RESPDIFF_BINARY  the binary that the packages are made of; without it they are left out
set -euo pipefail
here="$(cd "$(dirname "$0")/.." && pwd)"
scratch="$(mktemp -d)"
trap 'rm -rf "$scratch"' EXIT
version="respdiff $(sed -n 's/^version = "\(.*\)"$/\1/p' "$here/Cargo.toml" | head -n 1)"
left_out() { echo "left out: $1"; }
ok() { echo "ok: $1"; }
same() { # NAME FOUND WANTED
  [[ "$2" == "$3" ]] || { echo "FAULT: $1: got '$2', want '$3'" >&2; exit 1; }
  ok "$1"
}

python_packages() {
  local wheels="${RESPDIFF_WHEEL:-$scratch/wheels}"
  if ! python3 -m venv "$scratch/tools" 2>/dev/null; then
    left_out 'the wheel, since Python is missing'
    return
  fi
  "$scratch/tools/bin/pip" install --quiet --disable-pip-version-check maturin==1.16.0 pre-commit==4.6.0 \
    || { left_out 'the wheel, since PyPI cannot be reached'; return; }
  if [[ -z "${RESPDIFF_WHEEL:-}" ]]; then
    (cd "$here/packaging/python" && "$scratch/tools/bin/maturin" build --profile dev --compatibility linux --out "$wheels")
  fi
  python3 -m venv "$scratch/user"
  "$scratch/user/bin/pip" install --quiet --disable-pip-version-check --no-index --find-links "$wheels" respdiff
  same 'pip install respdiff' "$("$scratch/user/bin/respdiff" --version)" "$version"

  # the hooks of this commit, in a repository of docs
  export PRE_COMMIT_HOME="$scratch/home" PIP_FIND_LINKS="$wheels" GIT_CONFIG_GLOBAL="$scratch/gitconfig" GIT_CONFIG_NOSYSTEM=1
  git config --file "$scratch/gitconfig" user.name Ada
  git config --file "$scratch/gitconfig" user.email ada@example.com
  git config --file "$scratch/gitconfig" safe.directory '*'
  git init -q -b main "$scratch/docs"
  cd "$scratch/docs"
  cat >.pre-commit-config.yaml <<YAML
repos:
  - repo: $here
    rev: $(git -C "$here" rev-parse HEAD)
    hooks:
      - id: respdiff-check-wheel
      - id: respdiff-lint-wheel
YAML
  page 2024-01-01 'Copy every queue each night.' ''
  git add -A
  git commit -q -m 'First'
  # a compiler that is none: nothing is compiled
  PATH="$scratch/tools/bin:$PATH" RUSTUP_TOOLCHAIN=none pre-commit run --all-files >"$scratch/first" \
    || { cat "$scratch/first"; exit 1; }
  ok 'a hook by the wheel, which passes'
  page 2024-01-02 '' 'Copy every queue each night.'
  git add -A
  if PATH="$scratch/tools/bin:$PATH" pre-commit run >"$scratch/second"; then
    echo 'FAULT: the hook passed a moved duty' >&2
    exit 1
  fi
  grep -q 'Copy every queue each night' "$scratch/second" || { cat "$scratch/second"; exit 1; }
  ok 'a hook by the wheel, which stops a moved duty'

  # what is missing is named
  refused "$wheels" 'python3.99' 'a hook without its Python' '        language_version: python3.99'
  mkdir "$scratch/old"
  old_wheel "$scratch/old/respdiff-0.0.9-py3-none-any.whl"
  PIP_NO_INDEX=1 refused "$scratch/old $scratch/build" 'respdiff==' 'a hook where there is an old wheel only' ''
}

# WHEELS WORD NAME LINE: a hook whose environment cannot be made says so, with the word
refused() {
  # what pip builds the hooks' own package with
  "$scratch/tools/bin/pip" download --quiet --disable-pip-version-check --dest "$scratch/build" 'setuptools>=61' wheel 2>/dev/null || true
  printf 'repos:\n  - repo: %s\n    rev: %s\n    hooks:\n      - id: respdiff-lint-wheel\n%s\n' \
    "$here" "$(git -C "$here" rev-parse HEAD)" "$4" >.pre-commit-config.yaml
  if PRE_COMMIT_HOME="$scratch/other-home" PIP_FIND_LINKS="$1" PATH="$scratch/tools/bin:$PATH" \
    pre-commit run --all-files >"$scratch/refused" 2>&1; then
    echo "FAULT: $3: it ran" >&2
    exit 1
  fi
  grep -q -- "$2" "$scratch/refused" || { cat "$scratch/refused"; exit 1; }
  ok "$3"
}

old_wheel() { # FILE: a wheel of an earlier version, with nothing in it
  python3 - "$1" <<'PYTHON'
import sys, zipfile
with zipfile.ZipFile(sys.argv[1], "w") as wheel:
    folder = "respdiff-0.0.9.dist-info/"
    wheel.writestr(folder + "METADATA", "Metadata-Version: 2.1\nName: respdiff\nVersion: 0.0.9\n")
    wheel.writestr(folder + "WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
    wheel.writestr(folder + "RECORD", "")
PYTHON
}

page() { # DATE IBM CUSTOMER
  cat >queue.md <<PAGE
---
lastupdated: "$1"
---

# Responsibilities for Acme Queue

## Operations

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Queues | Scale the queue servers. | Delete queues that you no longer need. |
| Backups | $2 | $3 |
PAGE
}

# ROOT: an empty root with what the binary loads, and no more
empty_root() {
  mkdir -p "$1"
  local file
  for file in $(ldd "$RESPDIFF_BINARY" | grep -oE '/[^ ]+'); do
    install -D "$(realpath "$file")" "$1$file"
  done
}

linux_packages() {
  [[ -n "${RESPDIFF_BINARY:-}" ]] || { left_out 'the .deb and the .rpm, since RESPDIFF_BINARY names no binary'; return; }
  local target
  target="$(uname -m)-unknown-linux-gnu"
  TARGET="$target" "$here/scripts/release.sh" "$scratch/dist" >/dev/null
  TARGET="$target" "$here/scripts/release.sh" "$scratch/again" >/dev/null
  diff -r "$scratch/dist" "$scratch/again" && ok 'two runs give the same bytes'
  (cd "$scratch/dist" && sha256sum --quiet --check ./*.sha256) && ok 'each file has its SHA-256'
  if [[ "$(id -u)" != 0 ]]; then
    left_out 'installing the packages, since that needs root'
    return
  fi
  local deb rpm
  deb="$(find "$scratch/dist" -name '*.deb')"
  rpm="$(find "$scratch/dist" -name '*.rpm')"
  if [[ -n "$deb" ]] && command -v dpkg >/dev/null; then
    empty_root "$scratch/deb"
    mkdir -p "$scratch/deb/var/lib/dpkg/"{info,updates}
    touch "$scratch/deb/var/lib/dpkg/status"
    dpkg --root="$scratch/deb" --force-depends --install "$deb" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
    same 'the .deb in an empty root' "$(chroot "$scratch/deb" /usr/bin/respdiff --version)" "$version"
  else
    left_out 'installing the .deb, since dpkg is missing'
  fi
  if [[ -n "$rpm" ]] && command -v rpm >/dev/null; then
    empty_root "$scratch/rpm"
    rpm --root "$scratch/rpm" --nodeps --install "$rpm" >"$scratch/log" 2>&1 || { cat "$scratch/log"; exit 1; }
    same 'the .rpm in an empty root' "$(chroot "$scratch/rpm" /usr/bin/respdiff --version)" "$version"
  else
    left_out 'installing the .rpm, since rpm is missing'
  fi
}

python_packages
linux_packages
