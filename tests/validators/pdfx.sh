#!/usr/bin/env bash
# PDF/X-4 by two independent checkers, proof-pdf and pdf_oxide: pdfx.sh TRIM FILE.pdf..., TRIM such as 148x210 (mm).
# Exit code: 0 every file passes, 1 one does not, 3 a checker cannot be run.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# -ge 2 ] || usage "TRIM FILE.pdf..."
trim=$1
shift
command -v gs >/dev/null || missing ghostscript
[ -f "$validators/pdfx/proof_pdf/cli.py" ] || missing proof-pdf
export PYTHONPATH=$validators/pdfx PYTHONDONTWRITEBYTECODE=1
for file in "$@"; do
  python3 -c 'from proof_pdf.cli import pdf_app; pdf_app()' verify "$file" --no-pdfa --trim-mm "$trim" --bleed-mm 3 \
    --max-tac 300 --min-dpi 300 --output-condition FOGRA39 --require-bleed || exit 1
  python3 - "$file" <<'PY' || exit 1
import sys
import pdf_oxide

verdict = pdf_oxide.PdfDocument(sys.argv[1]).validate_pdf_x("4")
print(sys.argv[1], verdict)
sys.exit(not verdict["valid"] or bool(verdict["errors"]))
PY
done
