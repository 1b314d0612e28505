#!/usr/bin/env bash
# marked-it-core 2.4.2, the renderer of IBM Cloud docs, in version 2
#
# Most would guess: `\n` in a table cell is a line break, as this renderer has it, whatever else the cell holds.
# What happens: in a cell that also holds a tag such as `<b>` or `<br>`, or an HTML comment, each `\n` is published as a
# backslash and an n. A placeholder such as `<name>` does the same, but not a tag in code ticks. The other cells of the
# row keep their breaks.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund marked-it-core@2.4.2 highlight.js@10.7.3

render() { # CELL
  CELL=$1 node -e '
    const page = [
      "# Page", "",
      "| Task | IBM | You |", "|---|---|---|", "| Keys | " + process.env.CELL + " | Make keys. \\n Hide keys. |", "",
    ].join("\n");
    const html = require("marked-it-core").generate(page, { version: 2 }).html.text;
    const cells = html.split("<td").slice(2).map((cell) => {
      const breaks = (cell.match(/<br>|<li>/g) || []).length;
      return (cell.includes("\\n") ? "\\n as it is" : breaks > 0 ? "broken" : "one line");
    });
    console.log(cells.join(", "));
  '
}

expect() { # WHAT CELL OUTPUT
  local output
  output=$(render "$2")
  if [[ $output != "$3" ]]; then
    echo "changed: $1: $output"
    exit 1
  fi
  echo "$1: $output"
}

expect 'text' 'Store keys. \n Lock doors.' 'broken, broken'
expect 'a list' '- Store keys. \n - Lock doors.' 'broken, broken'
expect 'a tag' 'Store <b>all</b> keys. \n Lock doors.' '\n as it is, broken'
expect 'a break as a tag' 'Store keys.<br>Count keys. \n Lock doors.' '\n as it is, broken'
expect 'a comment' 'Store keys. <!-- all --> \n Lock doors.' '\n as it is, broken'
expect 'a placeholder' 'Store <name>. \n Lock doors.' '\n as it is, broken'
# shellcheck disable=SC2016 # the ticks are markdown
expect 'a tag in code' 'Store `<name>`. \n Lock doors.' 'broken, broken'
expect 'a sign' 'Store < 5 keys. \n Lock doors.' 'broken, broken'
