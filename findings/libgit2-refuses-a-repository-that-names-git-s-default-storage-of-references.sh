#!/usr/bin/env bash
# pygit2 1.19.0 (libgit2 1.9.1)
#
# Most would guess: a repository whose references are in git's default format, `files`, can be read by libgit2, also where
# its configuration spells that default out.
# What happens: with `extensions.refStorage = files`, which git accepts and which changes nothing, libgit2 does not open
# the repository: "unsupported extension name extensions.refstorage". The same goes for `extensions.noop-v1`, which
# exists only so that git's tests have an extension that means nothing. `git config --unset` of the key helps.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pygit2==1.19.0
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init --quiet repository
cd repository
git config core.repositoryformatversion 1

opened() { # what libgit2 says of the repository, which git opens
  git status --short
  ../venv/bin/python - <<'PYTHON'
import pygit2

try:
    pygit2.Repository(".")
    print("opened")
except pygit2.GitError as error:
    print(error)
PYTHON
}

expect() { # WHAT OUTPUT
  local output
  output=$(opened)
  if [[ $output != "$2" ]]; then
    echo "changed: $1: $output"
    exit 1
  fi
  echo "$1: $output"
}

expect 'without an extension' 'opened'
git config extensions.refStorage files
expect 'refStorage = files' '.: unsupported extension name extensions.refstorage'
git config --unset extensions.refStorage
git config extensions.noop-v1 true
expect 'noop-v1' '.: unsupported extension name extensions.noop-v1'
