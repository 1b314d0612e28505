#!/bin/sh
# Runs every hostile input of tests/limits at the size that is promised, and the large repositories,
# with the release build: exit code, time and peak memory of each.
#
#   benches/limits.sh [SHARE [CASE...]]      SHARE 10 takes a tenth of each size (1)
#
# Needs /usr/bin/time (Debian's package `time`) and git.
set -eu
cd "$(dirname "$0")/.."
share=${1:-1}
[ "$#" -eq 0 ] || shift
cargo build --release --locked
cargo build --release --locked --example limits
respdiff=$PWD/target/release/respdiff
limits=$PWD/target/release/examples/limits
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

# measure TITLE COMMAND...: no command may take more than ten minutes, or be killed by a signal
measure() {
    title=$1
    shift
    code=0
    timeout 600 /usr/bin/time -o "$work/time" -f '%e s (%U user) %M kB' "$@" \
        >/dev/null 2>"$work/said" || code=$?
    printf '%-44s exit %s  %s  %s\n' "$title" "$code" "$(tail -n 1 "$work/time")" \
        "$(head -n 1 "$work/said" | cut -c 1-90)"
    case $code in 0 | 1 | 2) ;; *) failed=1 ;; esac
}

pages() {
    wanted=" $* "
    "$limits" >"$work/cases"
    while read -r name full unit; do
        case $wanted in *" $name "* | '  ') ;; *) continue ;; esac
        size=$((full / share))
        rm -f "$work"/*.md "$work/keyref.yaml"
        "$limits" "$name" "$size" "$work"
        set -- --width 80
        [ ! -f "$work/keyref.yaml" ] || set -- --width 80 --keyrefs "$work/keyref.yaml"
        measure "show $name, $size $unit" "$respdiff" show "$@" --no-index "$work/new.md"
        measure "diff $name, $size $unit" "$respdiff" diff "$@" --no-index \
            "$work/old.md" "$work/new.md"
    done <"$work/cases"
}

# A repository of so many pages, in which every page changes in the second commit.
documents() {
    awk -v count="$1" 'BEGIN {
        for (version = 1; version <= 2; version++) {
            printf "commit refs/heads/main\ncommitter A <a@example.com> %d +0000\n", 1700000000 + version * 86400
            printf "data 1\nx\n"
            for (at = 0; at < count; at++) {
                text = "# Duties of unit " at "\n\n| Task | IBM | You |\n|-|-|-|\n"
                text = text "| Keys | Keep the keys of unit " at " in version " version ". | Count them. |\n"
                printf "M 100644 inline docs/%03d/%d.md\ndata %d\n%s\n", at % 500, at, length(text), text
            }
        }
    }' | git -C "$2" fast-import --quiet
}

# A commit of so many files that are no pages, and one that is, renamed as a whole in the next.
files() {
    awk -v count="$1" 'BEGIN {
        printf "blob\nmark :1\ndata 6\nwords\n\n"
        page = "# Duties\n\n| Task | IBM | You |\n|-|-|-|\n| Keys | Keep the keys. | Count them. |\n"
        for (version = 1; version <= 2; version++) {
            printf "commit refs/heads/main\ncommitter A <a@example.com> %d +0000\n", 1700000000 + version * 86400
            printf "data 1\nx\n"
            if (version == 2) printf "D old\n"
            folder = version == 1 ? "old" : "new"
            for (at = 0; at < count; at++) printf "M 100644 :1 %s/%03d/%d.md\n", folder, at % 997, at
            printf "M 100644 inline %s/duties.md\ndata %d\n%s\n", folder, length(page), page
        }
    }' | git -C "$2" fast-import --quiet
}

repositories() {
    for kind in documents files; do
        case $kind in documents) count=$((20000 / share)) ;; files) count=$((200000 / share)) ;; esac
        git init --quiet --initial-branch=main "$work/$kind"
        "$kind" "$count" "$work/$kind"
        printf '%s\n' 'version: 1' 'alert: {state: a.sqlite, targets: [{name: me, type: stdout, filters: {level: wording}}]}' \
            >"$work/alert.yaml"
        for command in "diff HEAD~1..HEAD" "log" "blame HEAD" "show HEAD" "lint HEAD" \
            "check HEAD~1..HEAD" "notes HEAD~1..HEAD" "stats" "report --output $work/report.html" \
            "alert --config $work/alert.yaml --from-start"; do
            # the words of a command are apart
            # shellcheck disable=SC2086
            measure "${command%% *}: $count $kind" "$respdiff" -C "$work/$kind" $command
        done
        git -C "$work/$kind" read-tree HEAD
        measure "diff HEAD (nothing checked out): $count $kind" "$respdiff" -C "$work/$kind"
        rm -rf "${work:?}/$kind" "$work/a.sqlite"* "$work/report.html"
    done
}

failed=0
if [ "$#" -eq 0 ]; then
    repositories
fi
pages "$@"
exit "$failed"
