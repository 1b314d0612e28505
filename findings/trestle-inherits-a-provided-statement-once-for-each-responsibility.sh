#!/usr/bin/env bash
# compliance-trestle 5.2.0
#
# Most would guess: if a plan exports one `provided` statement and two `responsibilities` that build on it, a plan that
# takes in all of it with `trestle author ssp-generate --leveraged-ssp` and `ssp-assemble` inherits that statement once.
# What happens: `ssp-generate` writes a page for each responsibility, with the provided statement on it, and
# `ssp-assemble` makes an `inherited` of each page. They have the same `provided-uuid` and the same text, so there are
# more of them than statements.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check compliance-trestle==5.2.0
mkdir workspace
cd workspace
../venv/bin/trestle init --local >/dev/null

inherited() { # RESPONSIBILITIES: how many of them the plan satisfies, and what it inherits
  rm -rf catalogs/keys profiles/keys system-security-plans/* markdown
  RESPONSIBILITIES=$1 ../venv/bin/python - <<'PYTHON'
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
catalog = {"href": "trestle://catalogs/keys/catalog.json", "include-all": {}}
write("profiles", "profile", {"imports": [catalog], "merge": {"as-is": True}})
provided = {"uuid": uuid(1), "description": "Store keys."}
responsibilities = [
    {"uuid": uuid(10 + number), "provided-uuid": uuid(1), "description": f"Make key {number}."}
    for number in range(int(os.environ["RESPONSIBILITIES"]))
]
export = {"provided": [provided]}
if responsibilities:
    export["responsibilities"] = responsibilities
component = {"uuid": uuid(2), "type": "service", "title": "Vault", "description": "A vault."}
component["status"] = {"state": "operational"}
part = {"uuid": uuid(3), "component-uuid": uuid(2), "description": "Keys.", "export": export}
requirement = {"uuid": uuid(4), "control-id": "key", "by-components": [part]}
information = {"title": "Keys", "description": "Keys."}
write("system-security-plans", "system-security-plan", {
    "import-profile": {"href": "trestle://profiles/keys/profile.json"},
    "system-characteristics": {
        "system-ids": [{"id": uuid(5)}],
        "system-name": "Vault",
        "description": "A vault.",
        "system-information": {"information-types": [information]},
        "status": {"state": "operational"},
        "authorization-boundary": {"description": "The vault."},
    },
    "system-implementation": {"components": [component]},
    "control-implementation": {"description": "Keys.", "implemented-requirements": [requirement]},
})
PYTHON
  ../venv/bin/trestle validate --all >/dev/null
  ../venv/bin/trestle author ssp-generate --profile keys --output markdown \
    --leveraged-ssp trestle://system-security-plans/keys/system-security-plan.json >/dev/null
  # the component that takes it in, and how
  sed -i -e 's/REPLACE_ME/This System/' -e 's/^<!-- Use this section .*/&\n\nDone./' markdown/inheritance/*/*/*.md
  ../venv/bin/trestle author ssp-assemble --markdown markdown --output back >/dev/null 2>log || { cat log; return 1; }
  ../venv/bin/python - <<'PYTHON'
import json

with open("system-security-plans/back/system-security-plan.json") as file:
    plan = json.load(file)["system-security-plan"]
part = plan["control-implementation"]["implemented-requirements"][0]["by-components"][0]
texts = [one["description"] for one in part["inherited"]]
print(len(part.get("satisfied", [])), "satisfied,", len(texts), "inherited:", *texts)
PYTHON
}

expect() { # RESPONSIBILITIES OUTPUT
  local output
  output=$(inherited "$1")
  if [[ $output != "$2" ]]; then
    echo "changed: $1 built on it: $output"
    exit 1
  fi
  echo "$1 built on it: $output"
}

expect 0 '0 satisfied, 1 inherited: Store keys.'
expect 1 '1 satisfied, 1 inherited: Store keys.'
expect 2 '2 satisfied, 2 inherited: Store keys. Store keys.'
expect 3 '3 satisfied, 3 inherited: Store keys. Store keys. Store keys.'
