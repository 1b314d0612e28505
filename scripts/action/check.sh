#!/usr/bin/env bash
# Runs the gate over what the event is about: annotations, the step's summary, the files that were
# asked for, and the text of the comment. It ends well whatever was found, so that the comment is
# posted before verdict.sh fails; `exit-code` is 0, 1 or 2, and 2 is all that is not known.
set -euo pipefail
# shellcheck source=scripts/action/common.sh
. "$(dirname "$0")/common.sh"

# MESSAGE FILE: it could not be known; the file tells why
unknown() {
  annotate error 'respdiff could not check' "$1"$'\n'"$(head -c 4000 "$2")"
  {
    printf '## ⚠️ Responsibilities: not checked\n\n%s\n\n' "$1"
    # as code: nothing in it means anything, and nobody is called
    head -c 4000 "$2" | sed 's/^/    /'
    echo
  } >"$work/comment.md"
  cat "$work/comment.md" >>"$GITHUB_STEP_SUMMARY"
  finish 2 unknown true
}

# EXIT-CODE VERDICT NEWS
finish() {
  if [[ "$range" =~ ^[0-9A-Za-z./_~^-]+$ ]]; then
    # shellcheck disable=SC2016 # the ticks are Markdown's
    {
      printf '\nCompared: `%s`, in [this run](%s).\n' "$range" \
        "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$GITHUB_RUN_ID"
      if [[ "$1" == 1 ]]; then
        printf 'To accept a change: `respdiff ack ID --by NAME --reason TEXT %s`, then commit `.respdiff/acks.yaml` here.\n' "$range"
      fi
    } >>"$work/comment.md"
  fi
  output exit-code "$1"
  output verdict "$2"
  output news "$3"
  output range "$range"
  output comment-file "$work/comment.md"
  exit 0
}

# FORMAT FILE: the result there, and how it ended in `ended`; never returns where it is not known
run() {
  local file="$work/result"
  ended=0
  "$RESPDIFF" -C "$INPUT_DIRECTORY" check --format "$1" "${arguments[@]}" >"$file" 2>"$work/stderr" || ended=$?
  # the other formats would tell it again
  if [[ "$1" == github ]]; then show "$work/stderr"; fi
  if [[ "$ended" != 0 && "$ended" != 1 ]]; then
    local message='The gate did not come to a result.'
    if [[ "$(git -C "$INPUT_DIRECTORY" rev-parse --is-shallow-repository 2>/dev/null)" == true ]]; then
      message+=' This clone is shallow: set "fetch-depth: 0" where actions/checkout runs.'
    fi
    unknown "$message" "$work/stderr"
  fi
  put "$file" "$2"
}

# FILE PLACE: puts it there, in place of what is there, be it a link; never returns where it cannot
put() {
  check_way "$2"
  if [[ -L "$2" ]]; then rm -f -- "$2"; fi
  # a file would land in it, beside what a stranger may have put there
  if [[ -d "$2" ]]; then cannot_put "$2 is a folder."; fi
  mkdir -p -- "$(dirname -- "$2")" || cannot_put "The folder of $2 cannot be made."
  mv -f -- "$1" "$2" || cannot_put "$2 cannot be written."
}

# PLACE: below the checkout no folder on the way may be a link, which a stranger may have committed
check_way() {
  local rest="${1#"$GITHUB_WORKSPACE/"}" way=.
  if [[ "$rest" == /* || "$rest" == ../* ]]; then return; fi
  while [[ "$rest" == */* ]]; do
    way+="/${rest%%/*}"
    rest="${rest#*/}"
    if [[ -L "$way" ]]; then cannot_put "$way is a link."; fi
    if [[ -e "$way" && ! -d "$way" ]]; then cannot_put "$way is not a folder."; fi
  done
}

# WHY
cannot_put() {
  printf '%s\n' "$1" >"$work/why"
  unknown 'A result cannot be put where it was asked for.' "$work/why"
}

# a field of the event
event() {
  jq -r "$1 // empty" "$GITHUB_EVENT_PATH"
}

# MESSAGE
no_range() {
  printf '%s\n' "$1" >"$work/why"
  unknown 'respdiff does not know what to compare.' "$work/why"
}

pushed() {
  local before default branch
  before="$(event .before)"
  if [[ ! "$before" =~ ^0+$ ]]; then
    range="$before..$GITHUB_SHA"
    return
  fi
  # a new branch holds what it adds to the default one
  default="$(event .repository.default_branch)"
  branch="refs/remotes/origin/$default"
  if [[ "$GITHUB_REF" != "refs/heads/$default" ]] && git -C "$INPUT_DIRECTORY" rev-parse --quiet --verify "$branch^{commit}" >/dev/null; then
    range="origin/$default...$GITHUB_SHA"
    return
  fi
  annotate warning 'respdiff: the first push' 'There is nothing to compare with yet: only whether pages can be read is checked.'
  range="$GITHUB_SHA..$GITHUB_SHA"
}

find_range() {
  range="$INPUT_RANGE"
  if [[ "$range" == -* ]]; then
    no_range 'The input range begins with a dash.'
  fi
  if [[ -n "$range" || -n "$INPUT_BASELINE" ]]; then
    return
  fi
  command -v jq >/dev/null || no_range 'jq is missing on this runner, which reads the event: install it, or set the input range.'
  case "$GITHUB_EVENT_NAME" in
    pull_request | pull_request_review) range="$(event .pull_request.base.sha)...$(event .pull_request.head.sha)" ;;
    merge_group) range="$(event .merge_group.base_sha)..$(event .merge_group.head_sha)" ;;
    push) pushed ;;
    *) no_range "The event $GITHUB_EVENT_NAME is not about a range of commits: set the input range, or baseline." ;;
  esac
  if [[ "$range" == ..* || "$range" == *. ]]; then
    range=''
    no_range "The event $GITHUB_EVENT_NAME does not name both ends: set the input range."
  fi
}

work="$(scratch)"
range=''
cd "$GITHUB_WORKSPACE"
find_range

arguments=(--acks "$INPUT_ACKS")
if [[ -n "$INPUT_FAIL_ON" ]]; then arguments+=(--fail-on "$INPUT_FAIL_ON"); fi
if [[ -n "$INPUT_BASELINE" ]]; then arguments+=(--baseline "$INPUT_BASELINE"); fi
if [[ -n "$range" ]]; then arguments+=("$range"); fi
if [[ -n "$INPUT_PATHS" ]]; then
  arguments+=(--)
  while IFS= read -r path; do
    if [[ -n "$path" ]]; then arguments+=("$path"); fi
  done <<<"$INPUT_PATHS"
fi

# annotations, and the summary to the file that the runner names
run github "$work/annotations"
cat "$work/annotations"
code="$ended"
run markdown "$work/comment.md"
run json "$work/check.json"
for format in json sarif junit; do
  file="INPUT_$(tr '[:lower:]' '[:upper:]' <<<"$format")"
  if [[ -n "${!file}" ]]; then run "$format" "${!file}"; fi
done
# a page without changes needs no comment; without jq, one too many is no harm
news="$(jq '(.documents + .edits + .stale) != []' "$work/check.json" 2>/dev/null || echo true)"
if [[ "$code" == 0 ]]; then finish 0 passed "$news"; else finish 1 failed true; fi
