#!/usr/bin/env bash
# outloud, which listens to the tags of a PDF: outloud.sh FILE.pdf OUT.json
# Exit code: 0 no error and no warning but those below, 1 some, 3 outloud cannot be run.
# ORD-001 asks a person to look at pages whose drawing order is not the reading order (notes, floats).
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# = 2 ] || usage "FILE.pdf OUT.json"
outloud=$validators/outloud/bin/outloud
[ -x "$outloud" ] || missing outloud
rm -f "$2"
"$outloud" --quiet --fail-on never --json "$2" "$1" >&2
"$validators/outloud/bin/python" - "$2" <<'PY'
import collections, json, sys

with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
files = report if isinstance(report, list) else report.get("files", [report])
found = [finding for each in files for finding in each.get("findings", [])]
count = collections.Counter(finding["severity"] for finding in found)
bad = [f for f in found if f["severity"] == "error" or (f["severity"] == "warning" and f["rule_id"] != "ORD-001")]
for finding in bad[:40]:
    print(finding["severity"], finding["rule_id"], "page", finding.get("page"), finding.get("message", "")[:300])
print(f"outloud: {count['error']} errors, {count['warning']} warnings, {count['info']} remarks")
sys.exit(1 if bad else 0)
PY
