#!/usr/bin/env bash
# @mdx-js/mdx 3.1.1 with remark-gfm 4.0.1, as documentation sites use it
#
# Most would guess: a comment in braces, `{/* ... */}`, leaves nothing on the page. A line of a table that holds only a
# comment, or a row that is hidden by one, changes nothing else.
# What happens: the table ends at that line. The rows below it are published as a paragraph, with their pipes. Within a
# cell, such a comment is harmless.
set -euo pipefail
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund @mdx-js/mdx@3.1.1 remark-gfm@4.0.1
cat >render.mjs <<'JAVASCRIPT'
import { evaluate } from '@mdx-js/mdx';
import gfm from 'remark-gfm';

const Fragment = (props) => props.children;
const texts = (children) => [children ?? []].flat(Infinity).join('');
// elements as texts: rows and paragraphs in brackets, the rest without a sign
function jsx(type, props) {
  const inside = texts(type === Fragment ? type(props) : props.children).replace(/\s+/g, ' ').trim();
  return { tr: `[row ${inside}]`, p: `[paragraph ${inside}]`, td: `${inside} ` }[type] ?? inside;
}
const page = ['| IBM | You |', '|---|---|', '| Store | Make |', ...process.argv.slice(2), ''].join('\n');
const { default: content } = await evaluate(page, { Fragment, jsx, jsxs: jsx, remarkPlugins: [gfm] });
console.log(content({}).replace(/^.*?\]/, '').replaceAll('] [', ']['));
JAVASCRIPT

expect() { # WHAT OUTPUT LINE...
  local what=$1 expected=$2 output
  shift 2
  output=$(node render.mjs "$@")
  if [[ $output != "$expected" ]]; then
    echo "changed: $what: $output"
    exit 1
  fi
  echo "$what: $output"
}

expect 'no comment' '[row Store Make][row Shut Lock]' '| Shut | Lock |'
expect 'in a cell' '[row Store Make][row Shut Lock]' '| Shut {/* doors */} | Lock |'
expect 'a line' '[row Store Make][paragraph | Shut | Lock |]' '{/* doors */}' '| Shut | Lock |'
expect 'a hidden row' '[row Store Make][paragraph | Shut | Lock |]' '{/*' '| Old | Rows |' '*/}' '| Shut | Lock |'
