#!/usr/bin/env bash
# pygit2 1.19.0 (libgit2 1.9.1)
#
# Most would guess: libgit2 walks through the history that `git log` prints.
# What happens: `git replace` gives commits and files another content, and `git replace --graft` other parents, for
# instance to put an old history below a new one. git shows them everywhere. libgit2 does not know the references below
# `refs/replace`: without an error, it returns the commits and files as they were recorded.
# With GIT_NO_REPLACE_OBJECTS=1 or `core.useReplaceRefs = false`, git shows the same as libgit2.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pygit2==1.19.0
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init --quiet repository
cd repository
git config user.name Ada
git config user.email ada@example.com
for text in one two three; do
  echo "$text" >page.md
  git add page.md
  git commit --quiet -m "$text"
done

of_git() { # the subjects of all commits, and the page
  git log --format=%s
  git show HEAD:page.md
}

of_libgit2() { # the same
  ../venv/bin/python - <<'PYTHON'
import pygit2

repository = pygit2.Repository(".")
for commit in repository.walk(repository.head.target):
    print(commit.message.strip())
print(repository.revparse_single("HEAD:page.md").data.decode().strip())
PYTHON
}

expect() { # WHAT COMMAND OUTPUT
  local output
  output=$("$2" | paste -sd ' ')
  if [[ $output != "$3" ]]; then
    echo "changed: $1: $2: $output"
    exit 1
  fi
  echo "$1: $2: $output"
}

expect 'as recorded' of_git 'three two one three'
expect 'as recorded' of_libgit2 'three two one three'
git replace --graft HEAD "$(git rev-parse HEAD~2)"
expect 'another parent' of_git 'three one three'
expect 'another parent' of_libgit2 'three two one three'
git replace "$(git rev-parse HEAD:page.md)" "$(git rev-parse HEAD~1:page.md)"
expect 'another page' of_git 'three one one'
expect 'another page' of_libgit2 'three two one three'
git config core.useReplaceRefs false
expect 'without replacements' of_git 'three two one three'
