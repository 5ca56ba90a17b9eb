#!/usr/bin/env bash
# Messages each second to one sink, in one run: straight, through Postroom's queue, nodemailer's pool, a Postfix in between.
#
#   benches/throughput.sh [messages] [rounds]     10,000 and 3; messages in hundreds
#
# Needs root (Postfix), Postfix with smtp-sink and smtp-source, node and npm. Everything listens on 127.0.0.1 only and
# lives in a folder that is gone afterwards. Others at work on the machine slow all of them down: trust the ratios.
set -euo pipefail
cd "$(dirname "$0")/.."
messages=${1:-10000} rounds=${2:-3}
octets=1770 # of text, in each of them: about 2 KB with its header
. benches/postfix.sh
need_root_and smtp-sink smtp-source node npm python3 cargo
[ $((messages % 100)) = 0 ] || { echo "the sink counts in hundreds: not $messages messages" >&2; exit 1; }

folder=$(mktemp -d)
sink=
end() {
  [ -n "$sink" ] && kill "$sink" 2> /dev/null
  stop_postfix "$folder/postfix"
  rm -rf "$folder"
}
trap end EXIT

cargo build --quiet --release --package postroom-service --example outbox_throughput
postroom=${CARGO_TARGET_DIR:-target}/release/examples/outbox_throughput
cp benches/throughput/* "$folder"
(cd "$folder" && npm install --silent --no-audit --no-fund --no-package-lock)

read -r port relay < <(free_ports 2)
chmod 755 "$folder"
start_postfix "$folder/postfix" "$relay" 'mynetworks = 127.0.0.0/8' "relayhost = [127.0.0.1]:$port"

fresh_sink() { # its counter begins at nothing
  [ -n "$sink" ] && kill "$sink" && { wait "$sink" || true; } 2> /dev/null
  smtp-sink -c -u postfix "127.0.0.1:$port" 1000 > "$folder/counter" 2>&1 &
  sink=$!
  until (exec 3<> "/dev/tcp/127.0.0.1/$port") 2> /dev/null; do sleep 0.02; done
}
arrived() { # waits for all of them, prints how many each second since then
  python3 - "$folder/counter" "$messages" "$1" <<'PY'
import re, sys, time
path, messages, began = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
while True:
    counted = re.findall(r"mesg=(\d+)", open(path).read()[-400:])
    if counted and int(counted[-1]) >= messages:
        break
    if time.time() - began > 600:
        sys.exit("the sink has seen " + (counted[-1] if counted else "none") + f" of {messages} after ten minutes")
    time.sleep(0.005)
print(round(messages / (time.time() - began)))
PY
}
flood() { # into that port, over ten connections that are kept
  smtp-source -s 10 -d -l "$octets" -m "$messages" -f bench@example.com -t user@example.org "127.0.0.1:$1"
}
note() { echo "$2" >> "$folder/$1.figures"; }

for round in $(seq "$rounds"); do
  echo "round $round of $rounds: $messages messages of about 2 KB, four ways" >&2
  fresh_sink; began=$(date +%s.%N); flood "$port"; note direct "$(arrived "$began")"
  fresh_sink; "$postroom" "$port" "$messages" > "$folder/said"
  for what in accepted sent both; do note "$what" "$(awk -v what="$what:" '$1 == what { print $2 }' "$folder/said")"; done
  fresh_sink; note pool "$(cd "$folder" && node pool.js "$port" "$messages")"
  fresh_sink; began=$(date +%s.%N); flood "$relay"; note relay "$(arrived "$began")"
done

python3 - "$folder" <<'PY'
import statistics, sys
def figures(name):
    return sorted(int(line) for line in open(f"{sys.argv[1]}/{name}.figures"))
direct = statistics.median(figures("direct"))
print(f"{'messages each second':<52} {'durable':<8} {'median':>7} {'min':>7} {'max':>7} {'to direct':>10}")
for name, durable, words in [
    ("direct", "no", "smtp-source straight into the sink"),
    ("sent", "yes", "Postroom's queue, sending what it has accepted"),
    ("both", "yes", "Postroom's queue, accepting and sending at once"),
    ("pool", "no", "nodemailer's pool"),
    ("relay", "yes", "Postfix in between, accepting and sending at once"),
    ("accepted", "yes", "(Postroom accepting alone, none sent)"),
]:
    found = figures(name)
    median = statistics.median(found)
    print(f"{words:<52} {durable:<8} {median:>7.0f} {found[0]:>7} {found[-1]:>7} {median / direct:>10.3f}")
PY
