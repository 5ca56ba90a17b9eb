#!/usr/bin/env bash
# How long a million messages make people wait: each filter, sort and page of the Outbox, and its file and its print.
#
#   benches/outbox_report.sh [rows] [database]     1,000,000; a database that exists is used as it is, a new one is kept
#
# Takes the release build as it is (`cargo xtask build` makes it). Aims: 50 ms at the 99th percentile; 200 ms to the first row.
set -euo pipefail
cd "$(dirname "$0")/.."
binary=$(realpath "${POSTROOM_BIN:-target/release/postroom}")
[ -x "$binary" ] || { echo "no $binary: run 'cargo xtask build' first" >&2; exit 1; }
rows=${1:-1000000}
folder=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2> /dev/null; rm -rf "$folder"' EXIT
database=$(realpath -m "${2:-$folder/bench.db}")
cargo run --quiet --release --package postroom-store --example outbox_report -- "$rows" "$database"

export POSTROOM_LISTEN=127.0.0.1:0 POSTROOM_DATABASE_URL="sqlite://$database" POSTROOM_MASTER_KEY_FILE="${database%.db}.key" POSTROOM_LOG=error
echo "a password long enough" | "$binary" user add --name bench --role administrator --password-stdin 2> /dev/null || true
# Nothing is sent: the accounts in it are paused.
"$binary" serve > "$folder/said" &
server=$!
python3 - "$folder/said" "$server" << 'PY'
import http.client, sys, time, urllib.parse
said, pid = sys.argv[1:]
while not (line := open(said).readline()).endswith("\n"):
    time.sleep(0.01)
place = line.split("//")[1].strip()

def peak():
    return next(int(line.split()[1]) // 1024 for line in open(f"/proc/{pid}/status") if line.startswith("VmHWM"))

connection = http.client.HTTPConnection(place)
form = urllib.parse.urlencode({"user_name": "bench", "password": "a password long enough", "next": ""})
connection.request("POST", "/sign-in", form, {"origin": f"http://{place}", "content-type": "application/x-www-form-urlencoded"})
cookie = connection.getresponse().getheader("set-cookie").split(";")[0]
print(f"\n{'fetched over HTTP':<58} {'head ms':>9} {'first row':>9} {'whole s':>9} {'MB':>7} {'lines':>9} {'peak MB':>8}")
for path in ["/reports/outbox.csv", "/reports/outbox.csv?sort=subject", "/reports/outbox.csv?subject=backup",
             "/reports/outbox.csv?subject=host+4711", "/reports/outbox/print?subject=backup",
             "/reports/outbox/print?status=error&sort=subject", "/reports/outbox/print"]:
    connection = http.client.HTTPConnection(place)
    began = time.time()
    connection.request("GET", path, headers={"cookie": cookie})
    answer = connection.getresponse()
    piece = answer.read1(65536)
    head, row, octets, lines = time.time(), None, len(piece), piece.count(b"\n")
    while piece := answer.read1(65536):
        row = row or time.time()
        octets += len(piece)
        lines += piece.count(b"\n")
    ended = time.time()
    print(f"{path:<58} {(head - began) * 1e3:>9.0f} {((row or head) - began) * 1e3:>9.0f} {ended - began:>9.1f} "
          f"{octets / 1e6:>7.1f} {lines:>9} {peak():>8}")
PY
