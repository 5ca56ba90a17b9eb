#!/bin/sh
# Unpacks Debian's Exim into a folder, with its libraries installed: as a package it would drive out Postfix.
set -eu

folder=$1
here=$(dirname "$(realpath "$0")")
package=exim4-daemon-light
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
# apt's own user is to write into it.
chmod 777 "$scratch"

download() { (cd "$scratch" && apt-get -qq download "$package"); }
# Without lists of packages nothing is found; the script that installs brings them.
download 2>/dev/null || { "$here/apt-install.sh"; download; }
libraries=$(dpkg-deb -f "$scratch"/*.deb Depends | tr ',' '\n' | sed -n 's/^ *\(lib[^ ]*\).*/\1/p')
# One word each.
# shellcheck disable=SC2086
"$here/apt-install.sh" $libraries

# The user whom it gives its rights up to, as its package would have made it.
user=Debian-exim
if ! getent passwd "$user" >/dev/null; then
    set -- useradd --system --user-group --no-create-home --home-dir /var/spool/exim4 --shell /usr/sbin/nologin "$user"
    if [ "$(id -u)" = 0 ]; then "$@"; else sudo -- "$@"; fi
fi

rm -rf "$folder"
mkdir -p "$folder"
dpkg-deb -x "$scratch"/*.deb "$folder"
# The package has it change its user at each start; here it is started as root, whoever unpacked it.
chmod 755 "$folder/usr/sbin/exim4"
