#!/bin/sh
# Checks for what must be there before the build tool itself can be compiled.
set -eu

if ! command -v cargo >/dev/null; then
    cat >&2 <<'TEXT'
error: Rust is missing. Install it for your user in about a minute with

    curl --proto '=https' --tlsv1.2 -sSf https://sh.rustup.rs | sh

then open a new terminal and run the same command again.
TEXT
    exit 1
fi

if ! command -v cc >/dev/null; then
    if ! command -v apt-get >/dev/null; then
        echo "error: a C compiler is missing. Install gcc or clang, with its headers, and try again." >&2
        exit 1
    fi
    echo "==> Installing a C compiler: a minute or two"
    scripts/apt-install.sh build-essential
fi

if [ ! -x "${CARGO_TARGET_DIR:-target}/release/xtask" ]; then
    echo "==> Compiling the build tool: about 3 minutes the first time"
fi
