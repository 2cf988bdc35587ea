#!/usr/bin/env bash
# outloud, which listens to the tags of a PDF: outloud.sh FILE.pdf OUT.json
# Exit code: 0 no error and no warning but those below, 1 some, 3 outloud cannot be run.
# Warnings that are known and right as they are: ORD-001 asks a person to look at pages whose drawing
# order is not the reading order (notes, floats; PDFUA1.md tells who looked); FIG-012 takes a Chinese
# text full of numbers for none; TAG-020 counts the bullets of lists, which are drawn.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# = 2 ] || usage "FILE.pdf OUT.json"
outloud=$validators/outloud/bin/outloud
[ -x "$outloud" ] || missing outloud
rm -f "$2"
"$outloud" --quiet --fail-on never --json "$2" "$1" >&2
"$validators/outloud/bin/python" - "$2" <<'PY'
import collections, json, sys

KNOWN = {"ORD-001", "FIG-012", "TAG-020"}
with open(sys.argv[1], encoding="utf-8") as file:
    report = json.load(file)
found = [finding for result in report["results"] for finding in result["findings"]]
count = collections.Counter(finding["severity"] for finding in found)
bad = [f for f in found if f["severity"] == "error" or f["severity"] == "warning" and f["rule"] not in KNOWN]
broken = [result["error"] for result in report["results"] if result["error"]]
for finding in bad:
    print(finding["severity"], finding["rule"], finding["message"], finding.get("location"))
for error in broken:
    print("not examined:", error)
print(f"outloud: {count['error']} errors, {count['warning']} kinds of warning, {count['info']} remarks")
sys.exit(1 if bad or broken or not report["results"] else 0)
PY
