#!/usr/bin/env bash
# Fails if a binary would not start on an older Linux: it asks for a glibc newer than GLIBC, or for
# a library that a small system lacks.
#
#   scripts/symbols.sh BINARY [GLIBC]      default: 2.28
set -euo pipefail
binary="$1"
limit="${2:-2.28}"
command -v objdump >/dev/null || { echo 'error: objdump is missing (binutils brings it)' >&2; exit 2; }

faults=0
while read -r version; do
  if [[ "$(printf '%s\n' "$version" "$limit" | sort -V | tail -n 1)" != "$limit" ]]; then
    symbols="$(objdump -T "$binary" | grep -F "GLIBC_$version)" | awk '{print $NF}' | sort -u | tr '\n' ' ')"
    echo "error: $binary asks for glibc $version (at most $limit): $symbols" >&2
    faults=1
  fi
done < <(objdump -T "$binary" | grep -oE 'GLIBC_[0-9.]+' | sed 's/GLIBC_//' | sort -Vu)
while read -r library; do
  case "$library" in
    libc.so.* | libm.so.* | libpthread.so.* | libdl.so.* | librt.so.* | ld-linux*) ;;
    *)
      echo "error: $binary asks for $library, which not every system has" >&2
      faults=1
      ;;
  esac
done < <(objdump -p "$binary" | awk '$1 == "NEEDED" {print $2}')
exit "$faults"
