#!/usr/bin/env bash
# @asciidoctor/core 3.0.4 (Asciidoctor in JavaScript), HTML
#
# Most would guess: a comment block, `////` to `////`, hides rows of a table, as it hides paragraphs and as `//` hides
# one line, also in a table.
# What happens: within a table, `//` hides its line, but `////` is text of a cell. The rows between two of them are
# published, and the signs with them.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @asciidoctor/core@3.0.4

convert() { # PAGE
  PAGE=$1 node --input-type=module -e '
    import asciidoctor from "@asciidoctor/core";
    const html = asciidoctor().convert(process.env.PAGE, { safe: "safe" });
    const texts = html.replace(/<[^>]*>/g, "\n").split("\n").map((text) => text.trim());
    console.log(texts.filter((text) => text !== "").join(" | "));
  '
}

expect() { # WHAT PAGE OUTPUT
  local output
  output=$(convert "$2")
  if [[ $output != "$3" ]]; then
    echo "changed: $1: $output"
    exit 1
  fi
  echo "$1: $output"
}

expect 'a block around a paragraph' $'Keys\n\n////\nHidden\n////\n\nDoors\n' 'Keys | Doors'
expect 'a line in a table' $'|===\n|Keys |Store\n// |Hidden |Row\n|Doors |Shut\n|===\n' 'Keys | Store | Doors | Shut'
expect 'a block in a table' $'|===\n|Keys |Store\n////\n|Hidden |Row\n////\n|Doors |Shut\n|===\n' \
  'Keys | Store | //// | Hidden | Row | //// | Doors | Shut'
