#!/usr/bin/env bash
# shellcheck disable=SC2016  # the backquotes are Markdown's
# Writes the map in docs/architecture.md from the table of rooms in tests/architecture.rs and the first paragraph of
# each room's documentation. With --check, fails if the map is out of date.
set -euo pipefail
cd "$(dirname "$0")/.."

map() {
  echo
  echo '| Floor | Room | What it does | Uses |'
  echo '|---|---|---|---|'
  awk '/^const ROOMS/ {inside = 1; next} inside && /^\];/ {exit} inside' tests/architecture.rs |
    tr -d '\n' | tr -s ' ' |
    grep -oE '\( ?"[a-z]+", [0-9]+, &\[[^]]*\],? ?\)' |
    while IFS= read -r row; do
      room=$(sed -E 's/^\( ?"([a-z]+)".*/\1/' <<<"$row")
      floor=$(sed -E 's/^[^,]*, ([0-9]+),.*/\1/' <<<"$row")
      uses=$(sed -E 's/.*&\[([^]]*)\].*/\1/; s/"//g; s/^ +//; s/,? *$//' <<<"$row")
      [[ $uses == '*' ]] && continue
      file="src/$room/mod.rs"
      [[ -e $file ]] || file="src/$room.rs"
      # the first paragraph of the room's documentation, as one line
      what=$(sed -n '/^\/\/! *$/q; s|^//! *||p' "$file" | tr '\n' ' ' | sed -E 's/ +$//' | sed -E 's/\[`([^`]*)`\]\([^)]*\)/`\1`/g')
      printf '| %s | `%s/` | %s | %s |\n' "$floor" "$room" "$what" "${uses:-nothing}"
    done
  echo
}

page=docs/architecture.md
drawn=$(mktemp)
trap 'rm -f "$drawn"' EXIT
{
  sed '/<!-- map:/q' "$page"
  map
  sed -n '/<!-- end of the map -->/,$p' "$page"
} >"$drawn"

if [[ "${1:-}" == --check ]]; then
  diff -u "$page" "$drawn" || { echo "error: the map in $page is out of date; run docs/map.sh" >&2; exit 1; }
else
  cat "$drawn" >"$page"
fi
