package org.example.field;

/** What native code does for the app. */
final class Bridge {
  static {
    System.loadLibrary("bridge");
  }

  private Bridge() {}

  static native int address(int port);

  static native int listing();

  static native int watching(int mode);

  static native int missing(String name);
}
