#!/usr/bin/env bash
# How long people wait for each letter in the report of very many accounts, fifty of them typing at once, and what memory
# the server has then.
#
#   benches/million.sh [accounts] [seconds] [people] [database]     1,000,000, 60 and 50
#
# A database that exists is used as it is, a new one is kept where its name is given. Takes the release build as it is (`cargo xtask build`
# makes it). Aims: 50 ms at the 99th percentile, 250 MB. Those who type are a process of their own on the same machine.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=$(realpath "${POSTROOM_BIN:-target/release/postroom}")
[ -x "$binary" ] || { echo "no $binary: run 'cargo xtask build' first" >&2; exit 1; }
accounts=${1:-1000000} seconds=${2:-60} people=${3:-50}
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || { kill "$server"; wait "$server"; } 2> /dev/null; rm -rf "$folder"' EXIT
database=$(realpath -m "${4:-$folder/million.db}")
cargo build --quiet --release --package postroom-store --example million
million=${CARGO_TARGET_DIR:-target}/release/examples/million

export POSTROOM_LISTEN=127.0.0.1:0 POSTROOM_DATABASE_URL="sqlite://$database" POSTROOM_MASTER_KEY_FILE="${database%.db}.key" POSTROOM_LOG=info
[ -e "$database" ] || "$million" fill "$database" "$accounts"
echo "a password long enough" | "$binary" user add --name bench --role administrator --password-stdin > /dev/null 2>&1 || true
"$binary" serve > "$folder/said" 2> "$folder/log" &
server=$!

memory() { awk -v when="$1" '/^VmRSS|^VmHWM/ { printf "%s %s %.0f MB", (n++ ? "," : when ":"), $1, $2 / 1024 } END { print "" }' "/proc/$server/status"; }
until_in() { # the file, what it says, in half a minute
  for _ in $(seq 600); do grep -q "$2" "$1" && return; sleep 0.05; done
  echo "no '$2' in half a minute:" >&2; cat "$1" >&2; exit 1
}
until_in "$folder/said" 'listens on'
place=$(sed -n 's|^Postroom listens on http://\([^/ ]*\).*|\1|p' "$folder/said")
until_in "$folder/log" 'answered from memory'
sed 's/\x1b\[[0-9;]*m//g' "$folder/log" | grep -o 'the report of accounts.*'
memory 'before anybody types'
cookie=$(curl --silent --output /dev/null --dump-header - --header "origin: http://$place" --data-urlencode user_name=bench \
  --data-urlencode 'password=a password long enough' --data next= "http://$place/sign-in" \
  | sed -n 's/^set-cookie: \([^;]*\).*/\1/Ip' | head -n 1)
"$million" type "$place" "$cookie" "$seconds" "$people"
memory 'afterwards'
