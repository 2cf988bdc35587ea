#!/usr/bin/env bash
# Ace by DAISY: ace.sh FILE.epub OUTDIR, which gets report.json and report.html.
# Exit code: 0 passed with no violation, 1 not, 3 Ace cannot be run.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# = 2 ] || usage "FILE.epub OUTDIR"
for tool in node python3 chromium; do
  command -v $tool >/dev/null || missing $tool
done
ace=$validators/ace/node_modules/.bin/ace-puppeteer
[ -x "$ace" ] || missing "Ace by DAISY"
rm -f "$2/report.json"
code=0
# A busy machine starts the browser slowly; Ace would give it five seconds.
PUPPETEER_EXECUTABLE_PATH=$(command -v chromium) ACE_TIMEOUT_INITIAL=120000 \
  "$ace" --exiterror2 --force --silent --outdir "$2" "$1" >&2 || code=$?
python3 - "$2/report.json" "$code" <<'PY'
import json, sys

path, code = sys.argv[1], int(sys.argv[2])
try:
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
except (OSError, ValueError) as problem:
    sys.exit(f"Ace made no report (exit code {code}): {problem}")
violations = 0
for document in report["assertions"]:
    for found in document["assertions"]:
        violations += 1
        test, result = found["earl:test"], found["earl:result"]
        print(test["earl:impact"], test["dct:title"], document["earl:testSubject"]["url"])
        print("   ", " ".join((result.get("dct:description") or "").split())[:300])
        print("   ", " ".join((result.get("html") or "").split())[:300])
outcome = report["earl:result"]["earl:outcome"]
print(f"Ace: {outcome}, {violations} violations, exit code {code}")
sys.exit(0 if outcome == "pass" and not violations and not code else 1)
PY
