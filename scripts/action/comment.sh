#!/usr/bin/env bash
# Posts the result on the pull request, in one comment that later runs update. Where that cannot
# be (a fork's token may only read), it says so and leaves it at the summary: the verdict is
# verdict.sh's alone.
set -euo pipefail
# shellcheck source=scripts/action/common.sh
. "$(dirname "$0")/common.sh"

# so many pages of 100 comments are looked through
PAGES=30

leave() {
  annotate notice 'respdiff: no comment' "$1 The step summary has the result."
  exit 0
}

# METHOD PATH [FILE]: the answer's status; its body is in `answer`
request() {
  local options=(--disable --silent --show-error --max-time 30 --request "$1"
    --header "@$work/headers" --output "$work/answer" --write-out '%{http_code}')
  if [[ -n "${3:-}" ]]; then options+=(--data-binary "@$3"); fi
  : >"$work/answer"
  # no answer at all is 000
  curl "${options[@]}" -- "$GITHUB_API_URL$2" 2>"$work/error" || true
}

# STATUS DOING
refused() {
  case "$1" in
    401 | 403 | 404) leave "The job's token may not $2 (answer $1): give the job the permission pull-requests: write; for pull requests from forks there is none." ;;
    000) leave "Nothing answered to $2: $(head -c 500 "$work/error")" ;;
    *) leave "To $2 was answered with $1." ;;
  esac
}

# the comment of an earlier run, by its mark; only the job's own, since anybody may write the mark
find_comment() {
  local page status
  # shellcheck disable=SC2016 # $mark is jq's
  local ours='[.[] | select(.user.login == "github-actions[bot]" and ((.body // "") | startswith($mark))) | .id][0] // empty'
  for ((page = 1; page <= PAGES; page++)); do
    status="$(request GET "/repos/$GITHUB_REPOSITORY/issues/$number/comments?per_page=100&page=$page")"
    if [[ "$status" != 200 ]]; then refused "$status" 'read the comments'; fi
    comment="$(jq -r --arg mark "$mark" "$ours" "$work/answer")" || leave 'The list of comments cannot be read.'
    if [[ -n "$comment" || "$(jq length "$work/answer")" -lt 100 ]]; then return; fi
  done
  leave 'There are too many comments to find the earlier one.'
}

if [[ "$INPUT_COMMENT" != true ]]; then exit 0; fi
if ! command -v jq >/dev/null || ! command -v curl >/dev/null; then leave 'jq or curl is missing on this runner.'; fi
number="$(jq -r '.pull_request.number // empty' "$GITHUB_EVENT_PATH")"
if [[ ! "$number" =~ ^[0-9]+$ ]]; then exit 0; fi
if [[ ! "$INPUT_COMMENT_NAME" =~ ^[0-9A-Za-z._-]+$ ]]; then
  leave 'comment-name may hold letters, digits, points, dashes and underscores only.'
fi
if [[ -z "${GITHUB_TOKEN:-}" ]]; then leave 'The job has no token.'; fi

work="$(scratch)"
mark="<!-- respdiff-check: $INPUT_COMMENT_NAME -->"
comment=''
# in a file, since every process of the machine sees command lines
(
  umask 077
  printf '%s\n' "Authorization: Bearer $GITHUB_TOKEN" 'Accept: application/vnd.github+json' \
    'X-GitHub-Api-Version: 2022-11-28' 'Content-Type: application/json' 'Expect:' >"$work/headers"
)
trap 'rm -f "$work/headers"' EXIT

find_comment
if [[ -z "$comment" && "$NEWS" != true ]]; then exit 0; fi
{
  printf '%s\n' "$mark"
  cat "$COMMENT_FILE"
} | jq -Rs '{body: .}' >"$work/body"
if [[ -n "$comment" ]]; then
  status="$(request PATCH "/repos/$GITHUB_REPOSITORY/issues/comments/$comment" "$work/body")"
else
  status="$(request POST "/repos/$GITHUB_REPOSITORY/issues/$number/comments" "$work/body")"
fi
case "$status" in
  200 | 201) ;;
  *) refused "$status" 'write a comment' ;;
esac
