#!/usr/bin/env bash
# pygit2 1.19.0 (libgit2 1.9.1)
#
# Most would guess: whatever index git writes in a repository with default settings can be read by libgit2.
# What happens: after `git update-index --split-index` (or with `core.splitIndex`), libgit2 refuses the whole index:
# "unsupported mandatory extension: 'link'". Commits and trees stay readable. `git update-index --no-split-index`
# writes the index as one file again.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pygit2==1.19.0
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init --quiet repository
cd repository
echo one >page.md
git add page.md

index() { # what libgit2 says of the index
  ../venv/bin/python - <<'PYTHON'
import pygit2

try:
    print(len(pygit2.Repository(".").index), "entry")
except pygit2.GitError as error:
    print(error)
PYTHON
}

expect() { # WHAT OUTPUT
  local output
  output=$(index)
  if [[ $output != "$2" ]]; then
    echo "changed: $1: $output"
    exit 1
  fi
  echo "$1: $output"
}

expect 'an index in one file' '1 entry'
git update-index --split-index
expect 'a split index' "unsupported mandatory extension: 'link'"
git update-index --no-split-index
expect 'joined again' '1 entry'
