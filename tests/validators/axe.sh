#!/usr/bin/env bash
# axe-core on every page, at two widths, by day and night, in two sizes: axe.sh FILE.epub OUT.json
# Exit code: 0 no violation and no horizontal scrolling, 1 some, 3 axe cannot be run.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# = 2 ] || usage "FILE.epub OUT.json"
for tool in node chromium; do
  command -v $tool >/dev/null || missing $tool
done
[ -d "$validators/browser/node_modules/axe-core" ] || missing axe-core
rm -f "$2"
CHROMIUM=$(command -v chromium) exec node "$root/tests/validators/axe.mjs" "$1" "$2" "$validators/browser"
