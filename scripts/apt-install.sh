#!/bin/sh
# Installs Debian packages without asking anything and without letting a service of theirs start.
set -eu

if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null || { echo "error: please install as root: $*" >&2; exit 1; }
    exec sudo -- "$0" "$@"
fi

export DEBIAN_FRONTEND=noninteractive
services="postfix saslauthd dovecot tinyproxy microsocks nginx"
ours=
for service in $services; do
    [ -e "/etc/init.d/$service" ] || ours="$ours $service"
done

# A package's script asks this file whether it may start its service; 101 means no.
policy=/usr/sbin/policy-rc.d
log=$(mktemp)
rubbish=$log
trap 'rm -f $rubbish' EXIT
trap 'exit 1' HUP INT TERM
if [ ! -e "$policy" ]; then
    rubbish="$log $policy"
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi
case " $* " in *" postfix "*)
    if command -v debconf-set-selections >/dev/null; then
        debconf-set-selections <<'ANSWERS'
postfix postfix/main_mailer_type select Local only
postfix postfix/mailname string localhost
ANSWERS
    fi
esac

apt() { apt-get -qq -y -o DPkg::Lock::Timeout=600 -o Dpkg::Use-Pty=0 "$@"; }
# One unreachable list is no reason to stop: the package may be in another.
apt update || echo "warning: apt-get update failed, trying with what is known" >&2
if ! apt install --no-install-recommends "$@" >"$log" 2>&1; then
    cat "$log" >&2
    exit 1
fi

# What this installed must not start with the machine either; a service that was here before is left alone.
for service in $ours; do
    [ -e "/etc/init.d/$service" ] || continue
    if command -v systemctl >/dev/null; then
        systemctl disable "$service" >/dev/null 2>&1 || true
    else
        update-rc.d "$service" disable >/dev/null 2>&1 || true
    fi
done
