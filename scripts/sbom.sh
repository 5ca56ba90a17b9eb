#!/bin/sh
# What the binary is built from on this machine, as CycloneDX 1.5 on standard output: every crate with version, licence and checksum.
# Needs cargo and jq. Crates for tests and for building alone are not in it.
set -eu
cd "$(dirname "$0")/.."
sums=$(mktemp)
trap 'rm -f "$sums"' EXIT
awk -F'"' '/^name = /{n=$2} /^version = /{v=$2} /^checksum = /{print n "@" v "\t" $2}' Cargo.lock > "$sums"
cargo tree --offline --locked -p postroom --edges normal --prefix none --no-dedupe --format '{p}	{l}' |
    sed 's/ (proc-macro)//; s/ ([^)]*)//' | sort -u |
    jq --raw-input --slurp --rawfile sums "$sums" '
        ($sums | split("\n") | map(select(. != "") | split("\t") | {key: .[0], value: .[1]}) | from_entries) as $sum
        | {
            bomFormat: "CycloneDX", specVersion: "1.5", version: 1,
            metadata: {component: {type: "application", name: "postroom"}},
            components: (split("\n") | map(select(. != "") | split("\t")
                | (.[0] | split(" ")) as $crate | ($crate[1] | ltrimstr("v")) as $version
                | {type: "library", name: $crate[0], version: $version, purl: "pkg:cargo/\($crate[0])@\($version)",
                   licenses: (if .[1] == "" or .[1] == null then [] else [{expression: (.[1] | gsub("/"; " OR "))}] end)}
                + (if $sum["\($crate[0])@\($version)"] then {hashes: [{alg: "SHA-256", content: $sum["\($crate[0])@\($version)"]}]} else {} end))
            | unique_by(.purl))
        }'
