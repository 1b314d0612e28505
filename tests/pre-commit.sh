#!/bin/sh
# Runs the hooks by pre-commit (https://pre-commit.com) in a throw-away repository. It is left out where pre-commit is
# not installed. With RESPDIFF_BINARY the hooks run that binary, without it pre-commit builds respdiff as it does for users.
set -eu
command -v pre-commit >/dev/null || { echo 'pre-commit is not installed: left out'; exit 0; }
here=$(cd "$(dirname "$0")/.." && pwd)
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
export PRE_COMMIT_HOME="$scratch/home" GIT_CONFIG_GLOBAL="$scratch/gitconfig" GIT_CONFIG_NOSYSTEM=1
git config --file "$scratch/gitconfig" user.name Ada
git config --file "$scratch/gitconfig" user.email ada@example.com
git config --file "$scratch/gitconfig" safe.directory '*'

mkdir "$scratch/docs"
cd "$scratch/docs"
git init -q -b main
if [ -n "${RESPDIFF_BINARY:-}" ]; then
    # the hook as it is published, but for how the binary comes
    {
        echo 'repos: [{repo: local, hooks: ['
        sed -e '1s/^- /{/; s/^- /}, {/; s/language: rust/language: system/; s/$/,/; /#/d' \
            -e "s|entry: respdiff|entry: $RESPDIFF_BINARY|; s/files: \(.*\),/files: '\1',/" "$here/.pre-commit-hooks.yaml"
        echo '}]}]'
    } > .pre-commit-config.yaml
else
    cat > .pre-commit-config.yaml <<YAML
repos:
  - repo: $here
    rev: $(git -C "$here" rev-parse HEAD)
    hooks:
      - id: respdiff-check
      - id: respdiff-lint
YAML
fi
day=0
page() {
    day=$((day + 1)) # a change of duties wants a new date
    cat > queue.md <<PAGE
---
lastupdated: "2024-01-0$day"
---

# Responsibilities for Acme Queue

## Operations

| Task | IBM responsibilities | Your responsibilities |
|---|---|---|
| Queues | Scale the queue servers. | Delete queues that you no longer need. |
| Backups | $1 | $2 |
PAGE
}
page 'Copy every queue each night.' ''
git add -A
git commit -q -m 'First'
pre-commit install

page '' 'Copy every queue each night.'
git add -A
if git commit -q -m 'Move a duty'; then
    echo 'the hook let a moved duty pass'
    exit 1
fi
page 'Copy every queue twice each night.' ''
git add -A
git commit -q -m 'Reword a duty'
page 'Copy every queue twice each night to' ''
git add -A
if git commit -q -m 'Cut a duty off'; then
    echo 'the hook let a duty pass that ends in the middle of a sentence'
    exit 1
fi
git reset -q --hard
# pre-commit passes over deleted files, and runs no hook that waits for some
printf 'version: 1\ngate: {fail-on: scope}\n' > respdiff.yaml
git add -A
git commit -q -m 'Let removed duties fail'
git rm -q queue.md
if git commit -q -m 'Delete the page'; then
    echo 'the hook let the deletion of a page pass'
    exit 1
fi
echo 'the hooks stopped a moved duty, one cut off and a deleted page, and let a reworded duty pass'
