#!/usr/bin/env bash
# What the GitHub Action runs: finds savy, scans, tells the exit code. Everything comes in SAVY_… variables; see action.yml.
set -uo pipefail

fail() {
  echo "::error title=savy::$1"
  exit 2
}

command -v node > /dev/null || fail 'Node.js is not installed: use actions/setup-node before this step'
node -e 'process.exit(Number(process.versions.node.split(".")[0]) < 20 ? 1 : 0)' || fail "Node.js $(node --version) is too old, savy needs 20 or newer: use actions/setup-node before this step"

# From npm, or the copy that lies here, built when it is not.
if [ -n "${SAVY_VERSION:-}" ]; then
  case $SAVY_VERSION in *[!0-9A-Za-z.^~-]*) fail 'version is no version of a package' ;; esac
  home="${RUNNER_TEMP:-$(mktemp -d)}/savy-$SAVY_VERSION"
  npm install --prefix "$home" --no-save --no-audit --no-fund --ignore-scripts --loglevel=error "savy@$SAVY_VERSION" >&2 || fail "savy@$SAVY_VERSION could not be installed"
  savy="$home/node_modules/savy/bin/savy.js"
else
  if [ ! -f "$SAVY_HOME/dist/cli.cjs" ]; then
    (cd "$SAVY_HOME" && npm ci --no-audit --no-fund --loglevel=error) >&2 || fail 'savy could not be built'
  fi
  savy="$SAVY_HOME/bin/savy.js"
fi

options=()
[ -n "${SAVY_FAIL_ON:-}" ] && options+=("--fail-on=$SAVY_FAIL_ON")
[ -n "${SAVY_BASELINE:-}" ] && options+=("--baseline=$SAVY_BASELINE")
case ${SAVY_CHANGED:-} in '' | false) ;; true) options+=(--changed) ;; *) options+=("--changed=$SAVY_CHANGED") ;; esac
while IFS= read -r arg; do [ -n "$arg" ] && options+=("$arg"); done <<< "${SAVY_ARGS:-}"
paths=()
while IFS= read -r path; do [ -n "$path" ] && paths+=("$path"); done <<< "${SAVY_PATHS:-.}"
[ ${#paths[@]} -gt 0 ] || paths=(.)

report=()
[ -n "${SAVY_OUTPUT:-}" ] && report=("--output=$SAVY_OUTPUT")
node "$savy" scan ${options[@]+"${options[@]}"} "--format=${SAVY_FORMAT:-github}" ${report[@]+"${report[@]}"} -- "${paths[@]}"
code=$?

if [ "${SAVY_SUMMARY:-}" = true ] && [ -n "${GITHUB_STEP_SUMMARY:-}" ] && [ $code -ne 2 ]; then
  node "$savy" scan ${options[@]+"${options[@]}"} --format=markdown -- "${paths[@]}" >> "$GITHUB_STEP_SUMMARY" 2> /dev/null || true
fi
if [ -n "${GITHUB_OUTPUT:-}" ]; then
  echo "exit-code=$code" >> "$GITHUB_OUTPUT"
  # A name with a line break in it would be another output.
  case ${SAVY_OUTPUT:-} in *$'\n'*) ;; *) echo "report=${SAVY_OUTPUT:-}" >> "$GITHUB_OUTPUT" ;; esac
fi
exit $code
