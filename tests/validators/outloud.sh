#!/usr/bin/env bash
# outloud, which listens to the tags of a PDF: outloud.sh FILE.pdf OUT.json
# Exit code: 0 no error, 1 some, 3 outloud cannot be run. Its warnings are printed for a person to judge;
# src/typeset/PDFUA1.md says what became of them.
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
found = [finding for result in report["results"] for finding in result["findings"]]
count = collections.Counter(finding["severity"] for finding in found)
bad = [finding for finding in found if finding["severity"] == "error"]
broken = [result["error"] for result in report["results"] if result["error"]]
for finding in found:
    print(finding["severity"], finding["rule"], finding["message"], finding.get("location"))
for error in broken:
    print("not examined:", error)
print(f"outloud: {count['error']} errors, {count['warning']} kinds of warning, {count['info']} remarks")
sys.exit(1 if bad or broken or not report["results"] else 0)
PY
