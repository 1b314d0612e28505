#!/bin/sh
# How long `respdiff log` takes against git's own log, as ratios of medians.
#
#   benches/ratios.sh REPOSITORY [PAGE] [RESPDIFF]
#
# REPOSITORY is a clone with a long history (nothing is written to it), PAGE one of its
# responsibility pages, RESPDIFF the binary (default: target/release/respdiff).
# Needs hyperfine and python3; both are Debian packages.
set -eu

repository=$(cd "${1:?usage: ratios.sh REPOSITORY [PAGE] [RESPDIFF]}" && pwd)
page=${2:-vpc-responsibilities.md}
here=$(cd "$(dirname "$0")/.." && pwd)
respdiff=${3:-$here/target/release/respdiff}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Runs two commands in turn, so that what else the machine does meets both, and prints the
# ratio of the medians.
ratio() {
    title=$1 limit=$2 ours=$3 gits=$4
    i=0
    while [ "$i" -lt 10 ]; do
        hyperfine --warmup 1 --runs 1 --style none \
            --export-json "$work/$i.json" "$ours" "$gits" >/dev/null 2>&1
        i=$((i + 1))
    done
    python3 - "$title" "$limit" "$work"/*.json <<'PYTHON'
import json, statistics, sys
title, limit, files = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
runs = [json.load(open(name))["results"] for name in files]
ours, gits = (statistics.median(run[side]["median"] for run in runs) for side in (0, 1))
verdict = "ok" if ours / gits <= limit else "TOO SLOW"
print(f"{title:44} {ours:6.3f} s  git {gits:6.3f} s  ratio {ours / gits:4.2f} (at most {limit}) {verdict}")
PYTHON
    rm -f "$work"/*.json
}

peak() {
    /usr/bin/time -f %M "$@" 2>&1 >/dev/null | tail -n 1
}

compare() {
    ratio "$1log -- $page" 0.6 \
        "$respdiff -C $2 log -- $page >/dev/null" \
        "git -C $2 log --first-parent --follow -p --format=%H -- $page >/dev/null"
    ratio "$1log" 1.5 \
        "$respdiff -C $2 log >/dev/null" \
        "git -C $2 log --first-parent -m -p --format=%H -- '*respons*.md' >/dev/null"
}

compare "" "$repository"
git clone --quiet --bare "$repository" "$work/graph"
git -C "$work/graph" commit-graph write
compare "commit-graph: " "$work/graph"

if [ -x /usr/bin/time ]; then
    echo "peak memory: log $(peak "$respdiff" -C "$repository" log) kB," \
        "log -- $page $(peak "$respdiff" -C "$repository" log -- "$page") kB"
fi

all=$(git -C "$repository" rev-list --first-parent --count HEAD)
for count in 1000 3000 "$all"; do
    [ "$count" -le "$all" ] || continue
    range=HEAD~$((count - 1))..HEAD
    hyperfine --warmup 1 --runs 5 --style none --export-json "$work/g.json" \
        "$respdiff -C $repository log $range >/dev/null" >/dev/null 2>&1
    python3 - "$count" "$work/g.json" <<'PYTHON'
import json, sys
count, median = int(sys.argv[1]), json.load(open(sys.argv[2]))["results"][0]["median"]
print(f"last {count} commits: {median:.3f} s, {median / count * 1e6:.0f} µs a commit")
PYTHON
done
