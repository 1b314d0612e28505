#!/usr/bin/env bash
# marked-it-core 2.4.2, the renderer of IBM Cloud docs, in version 2
#
# Most would guess: as in GitHub's Markdown, a table row may be indented by up to three blanks.
# What happens: one blank is fine, but with two the table ends there, and the row is published as a block of code. Where
# the rows below are not indented, they are cut off from their header, too.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund marked-it-core@2.4.2 highlight.js@10.7.3

render() { # INDENTATION
  INDENT=$1 node -e '
    const page = [
      "# Page", "",
      "| Task | IBM | You |", "|---|---|---|", "| Keys | Store keys. | Make keys. |",
      process.env.INDENT + "| Doors | Shut doors. | Lock doors. |", "",
    ].join("\n");
    const html = require("marked-it-core").generate(page, { version: 2 }).html.text;
    const rows = (html.match(/<tr>/g) || []).length;
    console.log(rows + " rows" + (html.includes("<pre>") ? " and a block of code" : ""));
  '
}

expect() { # WHAT INDENTATION OUTPUT
  local output
  output=$(render "$2")
  if [[ $output != "$3" ]]; then
    echo "changed: $1: $output"
    exit 1
  fi
  echo "$1: $output"
}

expect 'not indented' '' '3 rows'
expect 'one blank' ' ' '3 rows'
expect 'two blanks' '  ' '2 rows and a block of code'
