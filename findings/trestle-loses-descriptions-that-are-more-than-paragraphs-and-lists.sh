#!/usr/bin/env bash
# compliance-trestle 5.2.0
#
# Most would guess: a description, which OSCAL defines as Markdown with headings, tables, quotes and code, comes back
# from `trestle author component-generate` and `component-assemble` as it was, or there is a message.
# What happens: `component-assemble` ends with exit code 0 and loses tables, quotes, blocks of code and all that follows
# a heading. It also loses a description of one line that begins with `>`, `|` or `#` (`#1 is to ...`). If one begins
# with a placeholder such as `<name>`, it refuses the whole definition. With a backslash before the sign, the text
# stays.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check compliance-trestle==5.2.0
mkdir workspace
cd workspace
../venv/bin/trestle init --local >/dev/null

described() { # DESCRIPTION: what is left of it after the way to markdown and back
  rm -rf catalogs/keys component-definitions/* markdown
  DESCRIPTION=$1 ../venv/bin/python - <<'PYTHON'
import json
import os
import pathlib

def write(folder, model, content):
    metadata = {"title": "Keys", "last-modified": "2025-01-02T00:00:00Z", "version": "1", "oscal-version": "1.2.1"}
    path = pathlib.Path(folder, "keys", model + ".json")
    path.parent.mkdir(parents=True)
    path.write_text(json.dumps({model: {"uuid": uuid(0), "metadata": metadata, **content}}))

def uuid(number):
    return f"00000000-0000-4000-8000-{number:012}"

statement = {"id": "key_smt", "name": "statement", "prose": "Keep keys."}
control = {"id": "key", "title": "Key", "parts": [statement]}
write("catalogs", "catalog", {"groups": [{"id": "group", "title": "Group", "controls": [control]}]})
requirement = {"uuid": uuid(1), "control-id": "key", "description": os.environ["DESCRIPTION"]}
source = "trestle://catalogs/keys/catalog.json"
implementation = {"uuid": uuid(2), "source": source, "description": "Keys.", "implemented-requirements": [requirement]}
component = {"uuid": uuid(3), "type": "service", "title": "Vault", "description": "A vault."}
component["control-implementations"] = [implementation]
write("component-definitions", "component-definition", {"components": [component]})
PYTHON
  ../venv/bin/trestle validate --all >/dev/null
  ../venv/bin/trestle author component-generate --name keys --output markdown >/dev/null
  if ! ../venv/bin/trestle author component-assemble --name keys --markdown markdown --output back >log 2>&1; then
    grep -o 'HTML block is not closed' log
    return
  fi
  ../venv/bin/python - <<'PYTHON'
import json

with open("component-definitions/back/component-definition.json") as file:
    component = json.load(file)["component-definition"]["components"][0]
print(repr(component["control-implementations"][0]["implemented-requirements"][0]["description"]))
PYTHON
}

expect() { # WHAT DESCRIPTION OUTPUT
  local output
  output=$(described "$2")
  if [[ $output != "$3" ]]; then
    echo "changed: $1: $output"
    exit 1
  fi
  echo "$1: $output"
}

expect 'a paragraph and a list' $'Keep:\n\n- keys\n- doors' "'Keep:\\n\\n- keys\\n- doors'"
expect 'a table' $'Keep:\n\n| Key | Door |\n|---|---|\n| A | B |' "'Keep:'"
expect 'a quote' '> Keep keys.' "''"
expect 'a block of code' $'```\nkeep\n```' "''"
expect 'a line that begins with |' '| Keep keys.' "''"
expect 'text below a heading' $'Keep keys.\n\n## Doors\n\nShut doors.' "'Keep keys.'"
expect 'a line that begins with #' '#1 is to keep keys.' "''"
expect 'the same with a backslash' '\#1 is to keep keys.' "'\\\\#1 is to keep keys.'"
expect 'a placeholder' '<name> has to be chosen.' 'HTML block is not closed'
expect 'the same with a backslash' '\<name> has to be chosen.' "'\\\\<name> has to be chosen.'"
