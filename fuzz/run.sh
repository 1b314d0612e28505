#!/usr/bin/env bash
# Builds the fuzz targets and runs each for a while.
#
#   fuzz/run.sh [SECONDS [TARGET...]]      60 seconds and all targets, unless told otherwise
#   fuzz/run.sh --build                    only builds them
#
# Needs a stable Rust and a C++ compiler, no nightly and no cargo-fuzz (which works here too:
# `cargo +nightly fuzz run --sanitizer none page`). What a run learns is kept in fuzz/corpus, what
# breaks a target is put into fuzz/artifacts; each exits with an error where there is any.
set -euo pipefail
cd "$(dirname "$0")"

# libFuzzer's counters, as cargo-fuzz asks for them; --target keeps them out of build scripts
host=$(rustc -vV | sed -n 's/^host: //p')
export RUSTFLAGS="--cfg fuzzing -Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
-Cllvm-args=-sanitizer-coverage-inline-8bit-counters -Cllvm-args=-sanitizer-coverage-pc-table \
-Cllvm-args=-sanitizer-coverage-trace-compares"
targets=(front_matter table cell page pair keyrefs policy baseline acks)
bins=()
for target in "${targets[@]}"; do bins+=(--bin "$target"); done
cargo build --release --locked --target "$host" "${bins[@]}"
RUSTFLAGS="" cargo run --locked --quiet --target-dir target/seeds --bin seeds -- corpus
[[ "${1:-}" == --build ]] && exit

seconds=${1:-60}
if (($# > 1)); then targets=("${@:2}"); fi
mkdir -p artifacts
for target in "${targets[@]}"; do
  mkdir -p "corpus/$target"
  echo "== $target, $seconds seconds"
  "target/$host/release/$target" "corpus/$target" -max_total_time="$seconds" -max_len=4096 \
    -timeout=10 -rss_limit_mb=2048 -dict=dictionary.txt -artifact_prefix="artifacts/$target-" \
    -print_final_stats=1 -verbosity=0 2>&1 |
    grep -E 'stat::number_of_executed|stat::average|panicked|ERROR|SUMMARY|Test unit' || true
  [[ -z $(find artifacts -name "$target-*" -print -quit) ]] || failed=1
done
exit "${failed:-0}"
