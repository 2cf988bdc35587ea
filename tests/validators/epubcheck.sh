#!/usr/bin/env bash
# EPUBCheck 5.3.0: epubcheck.sh FILE.epub OUT.json
# Exit code: 0 no message of any level but CSS-028, 1 a message, 3 EPUBCheck cannot be run.
# CSS-028 only notes that a style sheet embeds a font, which our books do on purpose.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# = 2 ] || usage "FILE.epub OUT.json"
command -v java >/dev/null || missing java
command -v python3 >/dev/null || missing python3
[ -f "$validators/epubcheck/epubcheck.jar" ] || missing EPUBCheck
mkdir -p "$(dirname "$2")"
rm -f "$2"
code=0
java -Xss4m -jar "$validators/epubcheck/epubcheck.jar" "$1" \
  --failonwarnings --usage --locale en --json "$2" --quiet >&2 || code=$?
python3 - "$2" "$code" <<'PY'
import json, sys

path, code = sys.argv[1], int(sys.argv[2])
try:
    with open(path, encoding="utf-8") as file:
        report = json.load(file)
except (OSError, ValueError) as problem:
    sys.exit(f"EPUBCheck made no report: {problem}")
version = report["checker"]["checkerVersion"]
messages = [m for m in report["messages"] if (m["severity"], m["ID"]) != ("USAGE", "CSS-028")]
for message in messages:
    places = [f"{place['path']}:{place['line']}:{place['column']}" for place in message["locations"]] or [""]
    print(message["severity"], message["ID"], places[0], message["message"])
    for place in places[1:]:
        print("   also", place)
print(f"EPUBCheck {version}: {len(messages)} messages, exit code {code}")
sys.exit(1 if messages or code else 0)
PY
