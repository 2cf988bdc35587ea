#!/usr/bin/env bash
# Times the program against the stock typst compiler on the same source.
#
# Prints ratios: all editions by kepu, to the screen edition's generated source
# alone by typst (the PyPI wheel, which is the same engine); an unchanged
# rebuild; peak memory. Run it on an idle machine after `cargo build --release`.
set -euo pipefail
cd "$(dirname "$0")/.."
runs=${1:-7}
kepu=target/release/kepu
cache=.cache/speed
mkdir -p "$cache"
[ -x "$cache/venv/bin/python" ] || python3 -m venv "$cache/venv"
"$cache/venv/bin/python" -m pip install --quiet --disable-pip-version-check typst==0.15.2
rm -rf "$cache/source" "$cache/out"
"$kepu" build screen --emit-typst "$cache/source" --quiet
"$cache/venv/bin/python" - "$runs" "$kepu" "$cache" <<'PY'
import os, resource, statistics, subprocess, sys, time

runs, kepu, cache = int(sys.argv[1]), sys.argv[2], sys.argv[3]
stock = [
    sys.executable, "-c",
    "import sys, typst; s = sys.argv[1];"
    "typst.compile(s + '/main.typ', output=s + '.pdf', root=s, font_paths=['fonts'],"
    " ignore_system_fonts=True, pdf_standards=['a-2a', 'ua-1'])",
    cache + "/source",
]
nothing = [sys.executable, "-c", "import typst"]
every = [kepu, "build", "--force", "--quiet", "--out", cache + "/out"]
again = [kepu, "build", "--quiet", "--out", cache + "/out"]


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - start


def median(values):
    return statistics.median(values)


for command in (stock, every):
    seconds(command)  # warm the file cache
pairs = [(seconds(every), seconds(stock) - seconds(nothing)) for _ in range(runs)]
ratios = [ours / theirs for ours, theirs in pairs]
print(f"all editions, kepu      median {median([a for a, _ in pairs]):.3f} s")
print(f"screen source, typst    median {median([b for _, b in pairs]):.3f} s (interpreter start subtracted)")
print(f"ratio                   median {median(ratios):.2f}  min {min(ratios):.2f}  max {max(ratios):.2f}  (at most 1.5)")
print(f"unchanged rebuild       median {median([seconds(again) for _ in range(runs)]) * 1000:.0f} ms  (under 50)")
child = os.fork()
if child == 0:
    os.execv(every[0], every)
_, _, usage = os.wait4(child, 0)
print(f"peak memory             {usage.ru_maxrss / 1024:.0f} MB  (under 600)")
PY
