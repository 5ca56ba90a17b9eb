#!/usr/bin/env bash
# Prints the three figures of the first page: time from start to first answer, idle memory, bytes of script, style and WebAssembly.
# Takes the release build as it is (`cargo xtask build` makes it).
set -euo pipefail
cd "$(dirname "$0")/.."
binary=${POSTROOM_BIN:-target/release/postroom}
[ -x "$binary" ] || { echo "no $binary: run 'cargo xtask build' first" >&2; exit 1; }
folder=$(mktemp -d)
pid=
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; wait 2>/dev/null; rm -rf "$folder"' EXIT

start() { # prints milliseconds from start to the first answered request
  "$binary" --listen 127.0.0.1:0 --database-url "sqlite://$folder/postroom.db" --master-key-file "$folder/master.key" \
    --log error > "$folder/out" 2>&1 &
  pid=$!
  python3 - "$folder/out" "$1" <<'PY'
import sys, time, urllib.request
path, begun = sys.argv[1], float(sys.argv[2])
while True:
    line = open(path).readline()
    if line.startswith("Postroom listens on ") and line.endswith("\n"):
        url = line.split()[-1]
        break
    time.sleep(0.001)
urllib.request.urlopen(url + "/sign-in").read()
print(round((time.time() - begun) * 1000))
PY
}
stop() { kill "$pid"; wait "$pid" 2>/dev/null || true; pid=; }

start "$(date +%s.%N)" > /dev/null; stop   # the first start makes key and database, and warms the disk's cache
for _ in 1 2 3 4 5; do start "$(date +%s.%N)"; stop; done | sort -n | sed -n '3s/^/start to first answer, ms (median of 5; aim: under 300): /p'
start "$(date +%s.%N)" > /dev/null
sleep 3
awk '/^VmRSS/ { printf "idle memory, MB (aim: under 40): %.1f\n", $2 / 1024 }' "/proc/$pid/status"
stop
cargo xtask sizes | awk '/^total/ { printf "WASM + JS + CSS of the first page, brotli, KB of 1000 bytes (aim: under 250): %.0f\n", $2 / 1000 }'
