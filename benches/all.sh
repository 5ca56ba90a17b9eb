#!/usr/bin/env bash
# All figures, one script after the other, those that need a Postfix last. What can't be measured here is said and left out, and
# a script that fails stops no other. Takes the release build as it is: `make bench` makes it current first.
set -uo pipefail
cd "$(dirname "$0")/.."
. benches/postfix.sh
# Where the build has put it, so that no older one is measured.
export POSTROOM_BIN=${POSTROOM_BIN:-${CARGO_TARGET_DIR:-target}/release/postroom}

# A script that tidies up when it is interrupted ends as any other does; the rest must not begin then.
trap 'exit 130' INT TERM
skipped=() failed=()
measure() {
  printf '\n==> %s\n' "$*"
  "$@" || failed+=("$1")
}
skip() {
  printf '\n==> %s is skipped: %s\n' "$1" "$2"
  skipped+=("$1: $2")
}

measure benches/figures.sh
measure benches/held.sh
measure benches/million.sh
measure benches/outbox_report.sh
lacking=$(lacks node npm python3 "${CHROMIUM:-/usr/bin/chromium}")
if [ -z "$lacking" ]; then measure benches/browser.sh; else skip benches/browser.sh "$lacking"; fi
lacking=$(postfix_lacks smtp-sink smtp-source node npm python3)
if [ -z "$lacking" ]; then measure benches/throughput.sh; else skip benches/throughput.sh "$lacking"; fi

echo
for one in ${skipped+"${skipped[@]}"}; do echo "not measured: $one"; done
for one in ${failed+"${failed[@]}"}; do echo "failed: $one"; done
[ ${#failed[@]} = 0 ]
