# shellcheck shell=bash
# What the action's steps share. Text of pages, paths and branches is a stranger's: it reaches the
# log only escaped, or where the runner obeys nothing.

# LEVEL TITLE MESSAGE: an annotation
annotate() {
  local title message
  title="$(escaped "$2")"
  title="${title//:/%3A}"
  message="$(escaped "$3")"
  printf '::%s title=%s::%s\n' "$1" "${title//,/%2C}" "$message"
}

# TEXT: as a workflow command takes it
escaped() {
  local text="${1//%/%25}"
  text="${text//$'\r'/%0D}"
  printf '%s' "${text//$'\n'/%0A}"
}

# FILE: its text in the log, where the runner obeys no command in it
show() {
  local token
  if [[ ! -s "$1" ]]; then return; fi
  token="$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')"
  printf '::stop-commands::%s\n' "$token"
  cat "$1"
  # a last line without an end must not swallow what follows
  printf '\n::%s::\n' "$token"
}

# NAME VALUE: an output of the step, in one line
output() {
  local value="${2//$'\r'/ }"
  printf '%s=%s\n' "$1" "${value//$'\n'/ }" >>"$GITHUB_OUTPUT"
}

# a folder that goes with the job
scratch() {
  mktemp -d "${RUNNER_TEMP:-${TMPDIR:-/tmp}}/respdiff.XXXXXX"
}
