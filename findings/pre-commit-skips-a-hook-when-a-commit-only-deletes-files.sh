#!/usr/bin/env bash
# pre-commit 4.3.0
#
# Most would guess: a hook with `files: '\.md$'` and `pass_filenames: false` runs whenever a commit touches a
# Markdown file, so that a hook which looks at the whole index sees every such commit.
# What happens: a commit that only deletes Markdown files, or only renames them to names that do not match, skips the
# hook with "(no files to check)" and exit code 0, since deleted files do not count. `always_run: true` is the way out.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pre-commit==4.3.0
export PRE_COMMIT_HOME="$work/cache" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null
git init --quiet repository
cd repository
git config user.name Ada
git config user.email ada@example.com
cat >.pre-commit-config.yaml <<'YAML'
repos:
  - repo: local
    hooks:
      - {id: gate, name: gate, entry: 'false', language: system, files: '\.md$', pass_filenames: false}
YAML
echo one >page.md
git add -A
git commit --quiet --no-verify -m one

expect() { # WHAT EXIT-CODE OUTPUT-PART
  local code=0
  output=$(../venv/bin/pre-commit run 2>&1) || code=$?
  if [[ $code != "$2" || $output != *"$3"* ]]; then
    echo "changed: $1: exit code $code: $output"
    exit 1
  fi
  echo "$1: exit code $code, ${3:-ran}"
  git reset --quiet --hard
}

echo two >>page.md
git add -A
expect 'a commit that changes the page' 1 'Failed'
git rm --quiet page.md
expect 'a commit that deletes the page' 0 '(no files to check)Skipped'
git mv page.md page.txt
expect 'a commit that renames the page to another ending' 0 '(no files to check)Skipped'
