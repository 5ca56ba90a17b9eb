#!/usr/bin/env bash
# Kills the server with SIGKILL at random moments while messages flow through it to a real Postfix, and counts.
#
#   benches/kills.sh [kills] [messages] [seed]     100 and 10,000; without a seed, another each time
#
# Every message that was answered with 202 must arrive. What arrives twice must have the same Message-ID and be called a
# possible duplicate in the Outbox. Needs root (Postfix); everything is on 127.0.0.1 and in a folder that is gone
# afterwards. Takes the release build as it is (`cargo xtask build` makes it).
set -euo pipefail
cd "$(dirname "$0")/.."
. benches/postfix.sh
need_root_and python3
binary=$(realpath "${POSTROOM_BIN:-target/release/postroom}")
[ -x "$binary" ] || { echo "no $binary: run 'cargo xtask build' first" >&2; exit 1; }

folder=$(mktemp -d)
trap 'stop_postfix "$folder/postfix"; rm -rf "$folder"' EXIT
chmod 755 "$folder"
mkdir -p "$folder"/mail/box/{new,cur,tmp}
chown -R postfix "$folder/mail"
read -r mail web < <(free_ports 2)
start_postfix "$folder/postfix" "$mail" 'default_transport = error:nothing leaves' 'virtual_mailbox_domains = example.test' \
  "virtual_mailbox_base = $folder/mail" 'virtual_mailbox_maps = static:box/' 'virtual_minimum_uid = 1' \
  "virtual_uid_maps = static:$(id -u postfix)" "virtual_gid_maps = static:$(id -g postfix)"

# In the background and waited for, so that the trap runs at once when this is ended.
python3 benches/kills/run.py "$binary" "$folder" "$web" "$mail" "${1:-100}" "${2:-10000}" "${3:-$RANDOM}" &
wait $!
