#!/usr/bin/env bash
# veraPDF: verapdf.sh FLAVOURS FILE.pdf..., flavours separated by commas, such as ua1,2a.
# Exit code: 0 every file conforms to every flavour, 1 one does not, 3 veraPDF cannot be run.
set -euo pipefail
. "$(dirname "$0")/env.sh"
[ $# -ge 2 ] || usage "FLAVOURS FILE.pdf..."
command -v java >/dev/null || missing java
[ -f "$validators/verapdf/classes/VeraCheck.class" ] || missing veraPDF
[ -f "$java_libraries/jaxb-runtime.jar" ] || missing libjaxb-java
exec java -cp "$verapdf_classpath" VeraCheck "$@"
