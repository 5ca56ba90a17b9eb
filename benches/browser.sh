#!/usr/bin/env bash
# The report in a real Chromium, beside AG Grid, TanStack Table, MUI X Data Grid and a floor of plain JavaScript, in one run.
#
#   benches/browser.sh [--quick] [--parts check,keys,visit,live,sweep,memory] [--only postroom,floor] [--sizes 1000,100000] [--delay 100]
#
# check   the probe itself: pages that answer wrongly or late
# keys    from key to painted answer, at 1,000, 10,000 and 100,000 accounts; median, p95, p99, longest frame, script
# visit   a first visit over a slow line on a slow processor
# live    from the answer to another administrator's change until it is painted in an open report
# sweep   100 to 1,000,000 accounts, and the plot of it: docs/report-speed.svg
# memory  the settings window opened and closed 500 times
#
# All of it takes about an hour, --quick (1,000 accounts, once) some minutes; on a machine that does something else, longer and
# wrong. Prints Markdown; raw figures go to target/benches/browser/figures.json. Takes the release build as it is (`cargo xtask build`
# makes it); servers listen on 127.0.0.1:18500 and 18501 (POSTROOM_BENCH_PORT), and all data is gone afterwards.
set -euo pipefail
cd "$(dirname "$0")/.."
for tool in node npm python3 "${CHROMIUM:=/usr/bin/chromium}"; do
  command -v "$tool" > /dev/null || { echo "browser.sh needs $tool" >&2; exit 1; }
done
export CHROMIUM
binary=${POSTROOM_BIN:-target/release/postroom}
[ -x "$binary" ] || { echo "no $binary: run 'cargo xtask build' first" >&2; exit 1; }
peers=benches/browser
if ! cmp -s "$peers/package-lock.json" "$peers/node_modules/.installed"; then
  echo "installing the peers with npm, about 110 MB" >&2
  npm --prefix "$peers" ci --silent --no-audit --no-fund
  cp "$peers/package-lock.json" "$peers/node_modules/.installed"
fi
exec node "$peers/run.mjs" "$@"
