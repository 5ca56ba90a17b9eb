# Sourced: a Postfix of our own in a folder of its own, on 127.0.0.1 only, with its own queue. Only root may start one.

# start_postfix FOLDER PORT NAME=VALUE…: what main.cf says beyond what every one of ours does.
start_postfix() {
  local folder=$1 port=$2
  shift 2
  mkdir -p "$folder"/{etc,spool,data}
  chown postfix "$folder/data"
  {
    printf '%s = %s\n' compatibility_level 3.6 queue_directory "$folder/spool" data_directory "$folder/data" \
      maillog_file "$folder/log" maillog_file_prefixes "$folder" myhostname mx.postroom.test mydestination '' \
      inet_interfaces 127.0.0.1 inet_protocols ipv4 alias_maps ''
    printf '%s\n' "$@"
  } > "$folder/etc/main.cf"
  cat > "$folder/etc/master.cf" << CF
127.0.0.1:$port inet n - n - - smtpd
smtp      unix - - n - - smtp
virtual   unix - n n - - virtual
cleanup   unix n - n - 0 cleanup
qmgr      unix n - n 300 1 qmgr
tlsmgr    unix - - n 1000? 1 tlsmgr
rewrite   unix - - n - - trivial-rewrite
bounce    unix - - n - 0 bounce
defer     unix - - n - 0 bounce
trace     unix - - n - 0 bounce
verify    unix - - n - 1 verify
flush     unix n - n 1000? 0 flush
showq     unix n - n - - showq
proxymap  unix - - n - - proxymap
error     unix - - n - - error
retry     unix - - n - - error
anvil     unix - - n - 1 anvil
scache    unix - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
CF
  postfix -c "$folder/etc" start > "$folder/said" 2>&1 || { cat "$folder/said" >&2; return 1; }
}

stop_postfix() {
  [ ! -e "$1/etc/main.cf" ] || postfix -c "$1/etc" stop 2> /dev/null || true
}

# Those of these programs that are missing, in one line; nothing if none is.
lacks() {
  local tool missing=
  for tool in "$@"; do command -v "$tool" > /dev/null || missing+="${missing:+, }$tool"; done
  echo "${missing:+missing: $missing ('cargo xtask setup --browser' installs what the benchmarks need)}"
}

# The same of Postfix, these programs and whoever runs it.
postfix_lacks() {
  [ "$(id -u)" = 0 ] || { echo "it starts a Postfix of its own, which only root may: run it as root"; return; }
  lacks postfix "$@"
}

need_root_and() {
  local lacking
  lacking=$(postfix_lacks "$@")
  [ -z "$lacking" ] || { echo "$(basename "$0") can't run: $lacking" >&2; exit 1; }
}

# free_ports COUNT: so many that are free now.
free_ports() {
  python3 - "$1" << 'PY'
import socket, sys
held = [socket.create_server(("127.0.0.1", 0)) for _ in range(int(sys.argv[1]))]
print(*(one.getsockname()[1] for one in held))
PY
}
