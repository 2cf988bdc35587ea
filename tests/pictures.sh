#!/usr/bin/env bash
# Draws pictures of the built editions: the README's, and contact sheets.
#
#   tests/pictures.sh            → .pictures/*.png, as the README shows them
#   tests/pictures.sh sheets     → output/sheets/: every page of every PDF
#   tests/pictures.sh beside     → output/sheets/beside-*.png: pages of the print edition, and beside each the
#                                  pages of large print that say the same
#
# Needs poppler-utils and ImageMagick; run it after `kepu build`.
set -euo pipefail
cd "$(dirname "$0")/.."
book=output/tan-zhi-duoshao

if [ "${1:-}" = sheets ]; then
  for edition in screen print large-print; do
    work=$(mktemp -d)
    pdftoppm -r 40 -png "$book-$edition.pdf" "$work/page"
    mkdir -p output/sheets
    rm -f "output/sheets/$edition"-*.png
    montage "$work"/page-*.png -tile 8x5 -geometry +4+4 -background '#888' \
      "output/sheets/$edition-%02d.png"
    rm -r "$work"
  done
  exit
fi

# The openings of all chapters: a page of print, and the first two of large print, in true proportion.
if [ "${1:-}" = beside ]; then
  work=$(mktemp -d)
  mkdir -p output/sheets
  rm -f output/sheets/beside-*.png
  python3 - <<'PY' > "$work/pages"
import json
outputs = json.load(open("output/build.json"))["outputs"]
print_, large = (outputs[f"tan-zhi-duoshao-{edition}.pdf"] for edition in ("print", "large-print"))
for anchor in print_["page_map"]:
    if anchor.startswith(("ch-", "fig-", "tbl-")) and anchor in large["page_map"]:
        number = lambda output: output["folios"].index(output["page_map"][anchor]) + 1
        print(number(print_), number(large))
PY
  sort -n -u -k1,1 "$work/pages" | while read -r standard large; do
    name=$work/$(printf %04d "$standard")
    pdftoppm -r 36 -png -singlefile -f "$standard" -l "$standard" "$book-print.pdf" "$name-a"
    pdftoppm -r 36 -png -singlefile -f "$large" -l "$large" "$book-large-print.pdf" "$name-b"
    pdftoppm -r 36 -png -singlefile -f "$((large + 1))" -l "$((large + 1))" "$book-large-print.pdf" "$name-c"
  done
  montage "$work"/*.png -tile 9x4 -gravity north -geometry +4+4 -background '#888' output/sheets/beside-%02d.png
  rm -r "$work"
  exit
fi

# The physical page of an anchor, counted from 1.
page() {
  python3 - "$1" "$2" <<'PY'
import json, sys
output = json.load(open("output/build.json"))["outputs"][f"tan-zhi-duoshao-{sys.argv[1]}.pdf"]
print(output["folios"].index(output["page_map"][sys.argv[2]]) + 1)
PY
}

# A row of pages of one edition, by number.
row() {
  local name=$1 edition=$2 work; shift 2
  work=$(mktemp -d)
  for number in "$@"; do
    pdftoppm -r 50 -png -f "$number" -l "$number" "$book-$edition.pdf" "$work/$(printf %04d "$number")"
  done
  montage "$work"/*.png -tile "$#x1" -geometry +6+6 -background '#8a8f8c' -strip ".pictures/$name.png"
  rm -r "$work"
}

mkdir -p .pictures
part=$(page screen part-1)
chapter=$(page screen ch-10)
contents=$(page screen contents)
large=$(page large-print ch-1)
row opening screen 1 "$contents" "$part" "$((part + 1))"
row chapter screen "$chapter" "$((chapter + 1))" "$((chapter + 2))" "$((chapter + 3))"
row large-print large-print "$large" "$((large + 1))" "$((large + 2))"
