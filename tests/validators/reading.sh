#!/usr/bin/env bash
# Two reading systems open the book: reading.sh FILE.epub OUTDIR; EVERY_PAGE=1 turns and keeps every page.
# Exit code: 0 both show it, 1 one does not, 3 they cannot be run.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# = 2 ] || usage "FILE.epub OUTDIR"
for tool in node chromium; do
  command -v $tool >/dev/null || missing $tool
done
[ -d "$validators/browser/node_modules/foliate-js" ] || missing "the reading systems"
CHROMIUM=$(command -v chromium) exec node "$root/tests/validators/reading.mjs" "$1" "$2" "$validators/browser"
