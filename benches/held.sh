#!/usr/bin/env bash
# What a report held in the browser costs, as a native program on the accounts of benches/browser: bytes a row, time to
# encode, decode and prepare it, and each key of a text typed and taken away again. The browser itself: benches/browser.sh.
set -euo pipefail
cd "$(dirname "$0")/.."
cargo run --quiet --release --package postroom-domain --example held
